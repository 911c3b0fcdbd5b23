// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import (
	"fmt"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// batch is how many identifiers one query names, and how many rows a timer takes.
const batch = 500

// scoped is the query of the candidacies that the actor may see: what is
// forgotten here shows nothing instead of everything. A host never learns of a
// nomination that its person has not accepted.
func scoped(tx *store.Tx, who identity.Actor) *gorm.DB {
	query := tx.Model(&Candidacy{})
	if !who.Is(identity.Professional) {
		query = query.Where(privacy.NotLeaving("professional_id"))
	}
	switch who.Role {
	case identity.Professional:
		return query.Where("professional_id = ? AND professional_id <> ''", who.ProfessionalID)
	case identity.Association:
		return query.Where("nominated_by = ? OR (snapshot_id IS NOT NULL AND need_id IN (SELECT need_id FROM committee_members WHERE user_id = ?))",
			who.OrganisationID, who.UserID).Where("need_id IN (SELECT id FROM needs WHERE programme_id = ?)", who.ProgrammeID)
	case identity.Host:
		return query.Where("submitted_at IS NOT NULL").
			Where("need_id IN (SELECT id FROM needs WHERE programme_id = ? AND organisation_id = ?)", who.ProgrammeID, who.OrganisationID)
	case identity.Ministry:
		return query.Where("snapshot_id IS NOT NULL").
			Where("need_id IN (SELECT n.id FROM needs n JOIN organisations o ON o.country = n.country WHERE n.programme_id = ? AND o.id = ?)",
				who.ProgrammeID, who.OrganisationID)
	case identity.Coordinator:
		return query.Where("need_id IN (SELECT id FROM needs WHERE programme_id = ?)", who.ProgrammeID)
	}
	return query.Where("1 = 0")
}

// findIn returns a candidacy, as far as the actor may see it.
func findIn(tx *store.Tx, who identity.Actor, candidacyID string) (Candidacy, error) {
	var found []Candidacy
	if err := scoped(tx, who).Where("id = ?", candidacyID).Find(&found).Error; err != nil {
		return Candidacy{}, fmt.Errorf("load candidacy: %w", err)
	}
	if len(found) == 0 {
		return Candidacy{}, missing
	}
	return found[0], nil
}

// FindIn returns a candidacy as far as the actor may see it, for the layers above.
func FindIn(tx *store.Tx, who identity.Actor, candidacyID string) (Candidacy, error) {
	return findIn(tx, who, candidacyID)
}

// byID returns a candidacy, whoever asks: for timers.
func byID(tx *store.Tx, candidacyID string) (Candidacy, error) {
	var c Candidacy
	err := tx.Where("id = ?", candidacyID).Take(&c).Error
	return c, err
}

// ofPerson returns the candidacy of a person for a need, if there is one.
func ofPerson(tx *store.Tx, needID, professionalID string) (Candidacy, bool, error) {
	var found []Candidacy
	err := tx.Where("need_id = ? AND professional_id = ?", needID, professionalID).Find(&found).Error
	if err != nil || len(found) == 0 {
		return Candidacy{}, false, err
	}
	return found[0], true, nil
}

// standingIn returns the states of the people's candidacies for a need, by person.
func standingIn(tx *store.Tx, needID string, people []string) (map[string]State, error) {
	states := map[string]State{}
	for part := range slices.Chunk(people, batch) {
		var found []Candidacy
		err := tx.Select("professional_id", "state").Where("need_id = ? AND professional_id IN ?", needID, part).Find(&found).Error
		if err != nil {
			return nil, fmt.Errorf("load candidacies: %w", err)
		}
		for _, c := range found {
			states[c.ProfessionalID] = c.State
		}
	}
	return states, nil
}

// StatesIn returns where the people stand for a need, by identifier of the
// person, for rankings that show it.
func StatesIn(tx *store.Tx, needID string, people []string) (map[string]State, error) {
	return standingIn(tx, needID, people)
}

// shortlistOf returns who was ever on the shortlist of a need, best score first.
func shortlistOf(tx *store.Tx, who identity.Actor, needID string) ([]Candidacy, error) {
	var found []Candidacy
	err := scoped(tx, who).Where("need_id = ? AND snapshot_id IS NOT NULL", needID).Order("score DESC, id").Limit(batch).Find(&found).Error
	return found, err
}

// list returns one page of the candidacies that the actor may see, newest first.
func list(tx *store.Tx, who identity.Actor, f Filter) ([]Candidacy, string, error) {
	limit := f.Limit
	if limit == 0 {
		limit = 25
	}
	query := scoped(tx, who).Omit("profile")
	if len(f.States) > 0 && insider(who) {
		query = query.Where("state IN ?", f.States)
	}
	if f.Pending {
		query = query.Where("state IN ?", waitsFor(who.Role))
		if insider(who) { // what others are named for waits for them
			query = query.Where("(NOT EXISTS ("+namedOf+") OR ? IN ("+namedOf+"))", who.Office())
		}
	}
	if f.After != "" {
		query = query.Where("id < ?", f.After)
	}
	var found []Candidacy
	if err := query.Order("id DESC").Limit(limit + 1).Find(&found).Error; err != nil {
		return nil, "", fmt.Errorf("list candidacies: %w", err)
	}
	if len(found) <= limit {
		return found, "", nil
	}
	return found[:limit], found[limit-1].ID, nil
}

// waitsFor returns the states in which a candidacy waits for somebody of the role.
func waitsFor(role identity.Role) []State {
	switch role {
	case identity.Professional:
		return []State{Nominated, Offered}
	case identity.Host:
		return []State{Shortlisted, Recommended}
	case identity.Ministry:
		return []State{HostEndorsed}
	case identity.Coordinator:
		return []State{Submitted, Eligible, Objected, NoObjection, UnderReview}
	}
	return []State{}
}

// overdue returns the identifiers of candidacies that have to end by themselves.
func overdue(tx *store.Tx) ([]string, error) {
	var ids []string
	over := append(slices.Clone(underway), UnderReview)
	err := tx.Model(&Candidacy{}).
		Where(`(state IN ? AND answer_by < ? AND need_id NOT IN (SELECT id FROM needs WHERE state = ? OR resumed_at > ?))
			OR (state IN ? AND need_id IN (SELECT id FROM needs WHERE state IN ?))`,
			[]State{Nominated, Offered}, tx.Now, needs.Suspended, tx.Now.Add(-resumeGrace), over, []needs.State{needs.Cancelled, needs.StoodDown}).
		Order("id").Limit(batch).Pluck("id", &ids).Error
	return ids, err
}

// insert writes a new candidacy; one person has one for a need.
func insert(tx *store.Tx, c *Candidacy) error {
	if c.ChainVersion == 0 { // whatever begins is decided by the chain that stands now
		err := tx.Raw(`SELECT COALESCE(MAX(a.version), 1) FROM needs n LEFT JOIN approval_chains a ON a.programme_id = n.programme_id WHERE n.id = ?`,
			c.NeedID).Scan(&c.ChainVersion).Error
		if err != nil {
			return fmt.Errorf("load the version of a chain: %w", err)
		}
	}
	c.Version, c.CreatedAt, c.UpdatedAt = 1, tx.Now, tx.Now
	res := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(c)
	if res.Error != nil {
		return fmt.Errorf("write candidacy: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		return fault.New(fault.Conflict, "candidacy.exists", "There is a candidacy of this person for this need already.")
	}
	return nil
}

// save writes a changed candidacy, unless somebody else changed it first.
func save(tx *store.Tx, c *Candidacy) error {
	read := c.Version
	c.Version++
	c.UpdatedAt = tx.Now
	return store.Saved(tx.Model(&Candidacy{}).Where("id = ? AND version = ?", c.ID, read).Select("*").Updates(c))
}

// needIn returns the need of a candidacy, whoever asks: who sees the candidacy
// may know what it is for.
func needIn(tx *store.Tx, needID string) (needs.Need, error) {
	var n needs.Need
	err := tx.Where("id = ?", needID).Take(&n).Error
	return n, err
}

// nomineeIn returns the person whom an association may nominate: a member who
// can be found in the programme and is not one of its own officers.
func nomineeIn(tx *store.Tx, who identity.Actor, professional, field string) (string, error) {
	var c fault.Check
	people, err := registry.ByPseudonymIn(tx, []string{professional})
	if err != nil {
		return "", err
	}
	person := professional
	if found := people[professional]; found != "" {
		person = found
	}
	member, err := registry.MemberIn(tx, person, who.OrganisationID)
	if err != nil {
		return "", err
	}
	visible, err := registry.VisibleIn(tx, who.ProgrammeID, []string{person})
	if err != nil {
		return "", err
	}
	c.That(member && visible[person], field, "person.not_member",
		"You can nominate members of your association who have confirmed their profile and consent to being searched.")
	if err := c.Err(); err != nil {
		return "", err
	}
	return person, notAnOfficer(tx, who, person)
}

// notAnOfficer keeps those who run an association from being nominated by it
// (feature 58): they may apply by themselves.
func notAnOfficer(tx *store.Tx, who identity.Actor, person string) error {
	var n int64
	err := tx.Raw(`SELECT count(*) FROM professionals p JOIN memberships m ON m.user_id = p.user_id
		WHERE p.id = ? AND m.organisation_id = ? AND m.state <> 'revoked'`, person, who.OrganisationID).Scan(&n).Error
	if err != nil || n == 0 {
		return err
	}
	return fault.New(fault.Conflict, "candidacy.own_officer",
		"This person is an officer of your association. To keep it fair, they apply by themselves instead of being nominated.")
}
