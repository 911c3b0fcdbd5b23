// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/store"
)

// chunk is how many rows or identifiers one statement carries at most.
const chunk = 500

// ProfilesIn returns the profiles with the identifiers, in the same order; who
// is not there is left out. It takes one query a table, however many are asked.
func ProfilesIn(tx *store.Tx, ids []string) ([]Profile, error) {
	out := make([]Profile, 0, len(ids))
	for start := 0; start < len(ids); start += chunk {
		part, err := profilesIn(tx, ids[start:min(start+chunk, len(ids))])
		if err != nil {
			return nil, err
		}
		out = append(out, part...)
	}
	return out, nil
}

func profilesIn(tx *store.Tx, ids []string) ([]Profile, error) {
	var rows []Professional
	if err := tx.Where("id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, err
	}
	by := make(map[string]*Profile, len(rows))
	for _, row := range rows {
		by[row.ID] = &Profile{Professional: row}
	}
	if err := fillIn(tx, ids, by); err != nil {
		return nil, err
	}
	out := make([]Profile, 0, len(rows))
	for _, one := range ids {
		if p, ok := by[one]; ok {
			out = append(out, *p)
		}
	}
	return out, nil
}

// fillIn reads everything that belongs to the profiles.
func fillIn(tx *store.Tx, ids []string, by map[string]*Profile) error {
	for _, read := range []func() error{
		func() error {
			return gather(tx, ids, "position", func(s Skill) { p := by[s.ProfessionalID]; p.Skills = append(p.Skills, s) })
		},
		func() error {
			return gather(tx, ids, "language", func(l Language) { p := by[l.ProfessionalID]; p.Languages = append(p.Languages, l) })
		},
		func() error {
			return gather(tx, ids, "position", func(e Education) { p := by[e.ProfessionalID]; p.Education = append(p.Education, e) })
		},
		func() error {
			return gather(tx, ids, "position", func(l Licence) { p := by[l.ProfessionalID]; p.Licences = append(p.Licences, l) })
		},
		func() error {
			return gather(tx, ids, "position", func(e Experience) { p := by[e.ProfessionalID]; p.Experience = append(p.Experience, e) })
		},
		func() error {
			return gather(tx, ids, "position", func(w Window) { p := by[w.ProfessionalID]; p.Availability = append(p.Availability, w) })
		},
		func() error {
			return gather(tx, ids, "programme_id", func(e enrolment) { p := by[e.ProfessionalID]; p.Programmes = append(p.Programmes, e.ProgrammeID) })
		},
		func() error {
			return gather(tx, ids, "since, organisation_id", func(a affiliation) {
				p := by[a.ProfessionalID]
				p.Associations = append(p.Associations, a.OrganisationID)
			})
		},
	} {
		if err := read(); err != nil {
			return err
		}
	}
	visible, err := privacy.VisibleIn(tx, ids)
	for professionalID := range visible {
		if p, ok := by[professionalID]; ok {
			p.Visible = true
		}
	}
	return err
}

// gather reads the rows of one table that belong to the people. A row cannot
// belong to nobody: the foreign key says so, and so does the snapshot we read.
func gather[T any](tx *store.Tx, ids []string, order string, put func(T)) error {
	var rows []T
	if err := tx.Where("professional_id IN ?", ids).Order("professional_id, " + order).Find(&rows).Error; err != nil {
		return err
	}
	for _, row := range rows {
		put(row)
	}
	return nil
}

// enrolment says that a person takes part in a programme.
type enrolment struct {
	ProfessionalID string
	ProgrammeID    string
}

// TableName names the table for GORM.
func (enrolment) TableName() string { return "professional_programmes" }

// RegisterBatchIn writes many complete profiles at once, for the demonstration
// and for imports that were checked before: whoever calls vouches for them. An
// empty identifier or pseudonym is made; who is Visible consents to everything
// in the notices in force. One event a person is emitted.
func RegisterBatchIn(tx *store.Tx, people []Profile) error {
	var visible []string
	for i := range people {
		p := &people[i]
		if p.ID == "" {
			p.ID = id.New()
		}
		if p.Pseudonym == "" {
			p.Pseudonym = id.Pseudonym()
		}
		p.Version = 1
		if p.CreatedAt.IsZero() {
			p.CreatedAt = tx.Now
		}
		p.UpdatedAt = tx.Now
		if p.Visible {
			visible = append(visible, p.ID)
		}
		tx.Emit("professional.registered", p.ID, store.Details{"batch": true})
	}
	if err := insertManyIn(tx, people); err != nil {
		return err
	}
	return privacy.GiveManyIn(tx, visible, "demo", "en")
}

// insertManyIn writes profiles with everything that belongs to them.
func insertManyIn(tx *store.Tx, people []Profile) error {
	rows := make([]Professional, len(people))
	var enrolments []enrolment
	var affiliations []affiliation
	for i := range people {
		tidy(&people[i])
		spellSought(&people[i].Professional)
		rows[i] = people[i].Professional
		for _, programmeID := range people[i].Programmes {
			enrolments = append(enrolments, enrolment{ProfessionalID: people[i].ID, ProgrammeID: programmeID})
		}
		for _, organisationID := range people[i].Associations {
			affiliations = append(affiliations, affiliation{ProfessionalID: people[i].ID, OrganisationID: organisationID, Since: tx.Now})
		}
	}
	for _, write := range []func() error{
		func() error { return createAll(tx, rows) },
		func() error { return createAll(tx, enrolments) },
		func() error { return createAll(tx, affiliations) },
		func() error { return createAll(tx, skillRows(people)) },
		func() error { return createAll(tx, languageRows(people)) },
		func() error { return createAll(tx, educationRows(people)) },
		func() error { return createAll(tx, licenceRows(people)) },
		func() error { return createAll(tx, experienceRows(people)) },
		func() error { return createAll(tx, windowRows(people)) },
		func() error { return RekeyIn(tx, rows) },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

// createAll inserts the rows, a few hundred at a time; none is no mistake.
func createAll[T any](tx *store.Tx, rows []T) error {
	if len(rows) == 0 {
		return nil
	}
	return tx.CreateInBatches(rows, chunk).Error
}

// VisibleIn tells which of the people can be found in the programme now: enrolled,
// consenting, and not resting.
func VisibleIn(tx *store.Tx, programmeID string, ids []string) (map[string]bool, error) {
	found := make(map[string]bool, len(ids))
	for start := 0; start < len(ids); start += chunk {
		var rows []string
		err := tx.Raw(visibleOf+` AND p.id IN ?`, programmeID, ids[start:min(start+chunk, len(ids))]).Scan(&rows).Error
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			found[row] = true
		}
	}
	return found, nil
}

// visibleOf selects the people who can be found in a programme.
const visibleOf = `SELECT p.id FROM professionals p
	JOIN visibility v ON v.professional_id = p.id
	JOIN professional_programmes e ON e.professional_id = p.id
	WHERE p.state = 'active' AND e.programme_id = ?`

// VisiblePageIn returns, in the order of identifiers, the next people after one
// who can be found in the programme: for a ranking that does without the index.
func VisiblePageIn(tx *store.Tx, programmeID, after string, limit int) ([]string, error) {
	var ids []string
	err := tx.Raw(visibleOf+` AND p.id > ? ORDER BY p.id LIMIT ?`, programmeID, after, limit).Scan(&ids).Error
	return ids, err
}

// PageIn returns the next identifiers after one, of everybody: for rebuilding an index.
func PageIn(tx *store.Tx, after string, limit int) ([]string, error) {
	var ids []string
	err := tx.Model(&Professional{}).Where("id > ?", after).Order("id").Limit(limit).Pluck("id", &ids).Error
	return ids, err
}

// ByPseudonymIn returns the identifiers of people by their pseudonyms.
func ByPseudonymIn(tx *store.Tx, pseudonyms []string) (map[string]string, error) {
	var rows []Professional
	if err := tx.Select("id", "pseudonym").Where("pseudonym IN ?", pseudonyms).Find(&rows).Error; err != nil {
		return nil, err
	}
	found := make(map[string]string, len(rows))
	for _, row := range rows {
		found[row.Pseudonym] = row.ID
	}
	return found, nil
}

// MemberIn tells whether the person belongs to the association.
func MemberIn(tx *store.Tx, professionalID, organisationID string) (bool, error) {
	var n int64
	err := tx.Model(&affiliation{}).Where("professional_id = ? AND organisation_id = ?", professionalID, organisationID).Count(&n).Error
	return n > 0, err
}
