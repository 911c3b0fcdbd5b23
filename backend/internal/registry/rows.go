// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/store"
)

// missing is the answer for what is not there and for what the actor may not see.
var missing = fault.New(fault.Missing, "professional.missing", "There is nobody here by that name.")

// stale is the answer to whoever changes a version that is no longer the latest.
var stale = fault.New(fault.Stale, "stale",
	"Someone else changed this in the meantime. Reload to see their version, then make your change again.")

// history is one row of what a field held before.
type history struct {
	ID             string
	ProfessionalID string
	Field          string
	Before         string
	After          string
	ByUser         string
	ByOrganisation string
	At             time.Time
	Capacity       string // the role in which they wrote; older rows do not say
	Source         string // where it came from; older rows do not say
}

// TableName names the table for GORM.
func (history) TableName() string { return "field_history" }

// scope limits a query on professionals to those whom the actor may see at all.
// A host or a ministry sees nobody here: they meet people on a shortlist.
func scope(tx *store.Tx, who identity.Actor) *gorm.DB {
	query := tx.Model(&Professional{})
	switch who.Role {
	case identity.Professional:
		return query.Where("id = ? AND id <> ''", who.ProfessionalID)
	case identity.Association:
		return query.Where(`id IN (SELECT a.professional_id FROM professional_associations a
			JOIN professional_programmes e ON e.professional_id = a.professional_id
			WHERE a.organisation_id = ? AND e.programme_id = ?)`, who.OrganisationID, who.ProgrammeID).Where(privacy.NotLeaving("id"))
	case identity.Coordinator:
		return query.Where(`state = 'active' AND id IN (SELECT v.professional_id FROM visibility v
			JOIN professional_programmes e ON e.professional_id = v.professional_id
			WHERE e.programme_id = ?)`, who.ProgrammeID)
	}
	return query.Where("1 = 0")
}

// named limits a query to the person with the identifier or the pseudonym.
func named(query *gorm.DB, ref string) *gorm.DB {
	if id.IsPseudonym(ref) {
		return query.Where("pseudonym = ?", ref)
	}
	return query.Where("id = ?", ref)
}

// findIn returns the professional whom the actor asks for, if they may see them.
func (s *Service) findIn(tx *store.Tx, who identity.Actor, ref string) (Profile, error) {
	var rows []Professional
	if err := named(scope(tx, who), ref).Limit(1).Find(&rows).Error; err != nil {
		return Profile{}, err
	}
	if len(rows) == 0 && who.Is(identity.Coordinator) {
		return s.shortlistedIn(tx, who, ref)
	}
	if len(rows) == 0 {
		return Profile{}, missing
	}
	return profileIn(tx, rows[0].ID)
}

// shortlistedIn finds a person who can no longer be searched, but whom the
// coordinator works with: a withdrawal does not erase what was decided.
func (s *Service) shortlistedIn(tx *store.Tx, who identity.Actor, ref string) (Profile, error) {
	var rows []Professional
	err := named(tx.Model(&Professional{}), ref).
		Where("id IN (SELECT professional_id FROM professional_programmes WHERE programme_id = ?)", who.ProgrammeID).
		Where(privacy.NotLeaving("id")).Limit(1).Find(&rows).Error
	if err != nil {
		return Profile{}, err
	}
	if len(rows) == 0 {
		return Profile{}, missing
	}
	known, err := s.nameKnownIn(tx, who, []string{rows[0].ID})
	if err != nil {
		return Profile{}, err
	}
	if !known[rows[0].ID] {
		return Profile{}, missing
	}
	return profileIn(tx, rows[0].ID)
}

// profileIn returns one profile by its identifier.
func profileIn(tx *store.Tx, professionalID string) (Profile, error) {
	found, err := ProfilesIn(tx, []string{professionalID})
	if err != nil {
		return Profile{}, err
	}
	if len(found) == 0 {
		return Profile{}, missing
	}
	return found[0], nil
}

// lockIn returns the row of a professional and holds it until the transaction
// ends, so that state, consent and visibility change one after the other.
func lockIn(tx *store.Tx, professionalID string) (Professional, error) {
	var rows []Professional
	err := tx.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate}).Where("id = ?", professionalID).Find(&rows).Error
	if err != nil {
		return Professional{}, err
	}
	if len(rows) == 0 {
		return Professional{}, missing
	}
	return rows[0], nil
}

// listIn returns at most limit+1 of the people whom the actor may see, newest first.
func listIn(tx *store.Tx, who identity.Actor, f Filter) ([]string, error) {
	query, order, beyond := scope(tx, who), "id DESC", "id < ?"
	if who.Is(identity.Association) {
		query = narrowed(tx, who, query, f.Progress, f.Import)
		if f.Progress.waits() { // identifiers grow with time
			order, beyond = "id", "id > ?"
		}
	}
	query = query.Select("id").Order(order).Limit(f.Limit + 1)
	if f.After != "" {
		query = query.Where(beyond, f.After)
	}
	if f.State != "" {
		query = query.Where("state = ?", f.State)
	}
	column := "sought"
	if who.Is(identity.Coordinator) {
		column = "sought_work" // who sees no names cannot guess them either
	}
	for _, word := range strings.Fields(Fold(f.Query)) {
		query = query.Where(column+` LIKE ? ESCAPE '!'`, "%"+likely.Replace(word)+"%")
	}
	var ids []string
	return ids, query.Find(&ids).Error
}

// likely keeps what people type from being read as a pattern.
var likely = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

// insertIn writes a new professional with everything that belongs to them.
func insertIn(tx *store.Tx, p *Profile) error {
	pseudonym, err := freePseudonymIn(tx)
	if err != nil {
		return err
	}
	if p.ID == "" {
		p.ID = id.New()
	}
	p.Pseudonym, p.Version = pseudonym, 1
	p.CreatedAt, p.UpdatedAt = tx.Now, tx.Now
	return insertManyIn(tx, []Profile{*p})
}

// freePseudonymIn returns a pseudonym that nobody has. A clash is rare, but a
// failed insert would end the whole transaction on PostgreSQL.
func freePseudonymIn(tx *store.Tx) (string, error) {
	for {
		pseudonym := id.Pseudonym()
		var taken int64
		err := tx.Model(&Professional{}).Where("pseudonym = ?", pseudonym).Count(&taken).Error
		if err != nil || taken == 0 {
			return pseudonym, err
		}
	}
}

// saveIn writes a changed professional, unless somebody else changed it first.
func saveIn(tx *store.Tx, p *Professional) error {
	read := p.Version
	p.Version++
	p.UpdatedAt = tx.Now
	spellSought(p)
	if err := store.Saved(tx.Model(&Professional{}).Where("id = ? AND version = ?", p.ID, read).Select("*").Updates(p)); err != nil {
		return err
	}
	return RekeyIn(tx, []Professional{*p})
}

// saveSectionIn writes one section anew.
func saveSectionIn(tx *store.Tx, p *Profile, name string) error {
	one := []Profile{*p}
	switch name {
	case "skills":
		return rewrite(tx, p.ID, skillRows(one))
	case "languages":
		return rewrite(tx, p.ID, languageRows(one))
	case "education":
		return rewrite(tx, p.ID, educationRows(one))
	case "licences":
		return rewrite(tx, p.ID, licenceRows(one))
	case "experience":
		return rewrite(tx, p.ID, experienceRows(one))
	}
	return rewrite(tx, p.ID, windowRows(one))
}

// rewrite replaces all rows of one section.
func rewrite[T any](tx *store.Tx, professionalID string, rows []T) error {
	if err := tx.Where("professional_id = ?", professionalID).Delete(new(T)).Error; err != nil {
		return err
	}
	return createAll(tx, rows)
}

// forgetIn deletes everything that hangs on a profile, and its past.
func forgetIn(tx *store.Tx, professionalID string) error {
	for _, row := range []any{&Skill{}, &Language{}, &Education{}, &Licence{}, &Experience{}, &Window{}, &history{}} {
		if err := tx.Where("professional_id = ?", professionalID).Delete(row).Error; err != nil {
			return err
		}
	}
	return nil
}

// joinIn enrols a person and makes them a member, where they are not yet.
func joinIn(tx *store.Tx, professionalID string, programmes, associations []string) error {
	for _, programmeID := range programmes {
		row := enrolment{ProfessionalID: professionalID, ProgrammeID: programmeID}
		if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
			return err
		}
	}
	for _, organisationID := range associations {
		row := affiliation{ProfessionalID: professionalID, OrganisationID: organisationID, Since: tx.Now}
		if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
			return err
		}
	}
	return nil
}
