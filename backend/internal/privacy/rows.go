// SPDX-License-Identifier: AGPL-3.0-or-later

package privacy

import (
	"slices"

	"gorm.io/gorm/clause"

	"sankofa/backend/internal/id"
	"sankofa/backend/internal/store"
)

// chunk is how many identifiers one query names at most.
const chunk = 400

// activeIn returns the active consent and holds its row, so that showing and
// withdrawing take turns. SQLite has one writer and needs no lock.
func activeIn(tx *store.Tx, professionalID string, purpose Purpose) (Consent, bool, error) {
	var rows []Consent
	err := tx.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate}).
		Where("professional_id = ? AND purpose = ? AND status = ?", professionalID, purpose, Active).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return Consent{}, false, err
	}
	return rows[0], true, nil
}

// insertIn writes a new consent.
func insertIn(tx *store.Tx, professionalID, givenBy string, given Given) (Consent, error) {
	consent := Consent{ID: id.New(), ProfessionalID: professionalID, Purpose: given.Purpose, NoticeVersion: given.Version,
		NoticeLanguage: given.Language, Status: Active, GivenBy: givenBy, GivenAt: tx.Now}
	return consent, tx.Create(&consent).Error
}

// endIn withdraws a consent, unless somebody else was faster.
func endIn(tx *store.Tx, consent *Consent) error {
	if err := consent.withdraw(tx.Now); err != nil {
		return err
	}
	res := tx.Model(consent).Where("status = ?", Active).Select("status", "withdrawn_at").Updates(consent)
	if res.Error == nil && res.RowsAffected == 0 {
		return notGiven()
	}
	return res.Error
}

// showIn writes the visibility row and tells whether it was not there before.
func showIn(tx *store.Tx, consent Consent) (bool, error) {
	row := visibility{ProfessionalID: consent.ProfessionalID, ConsentID: consent.ID, Purpose: RegistrySearch, Status: Active, Since: tx.Now}
	res := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
	return res.RowsAffected > 0, res.Error
}

// ConsentsIn returns one entry a purpose: the active consent, else the one that
// was withdrawn last, else an entry that says None.
func ConsentsIn(tx *store.Tx, professionalID string) ([]Consent, error) {
	all, err := ConsentsOfIn(tx, []string{professionalID})
	return all[professionalID], err
}

// ConsentsOfIn returns what ConsentsIn does, of many people at once.
func ConsentsOfIn(tx *store.Tx, professionalIDs []string) (map[string][]Consent, error) {
	rows := map[string][]Consent{}
	for part := range slices.Chunk(professionalIDs, chunk) {
		var found []Consent
		err := tx.Where("professional_id IN ?", part).Order("given_at DESC, id DESC").Find(&found).Error
		if err != nil {
			return nil, err
		}
		for _, row := range found {
			rows[row.ProfessionalID] = append(rows[row.ProfessionalID], row)
		}
	}
	all := make(map[string][]Consent, len(professionalIDs))
	for _, person := range professionalIDs {
		for _, p := range Purposes {
			all[person] = append(all[person], standing(rows[person], p, person))
		}
	}
	return all, nil
}

// standing picks what counts among the consents of one purpose, newest first.
func standing(rows []Consent, purpose Purpose, professionalID string) Consent {
	best := Consent{ProfessionalID: professionalID, Purpose: purpose, Status: None}
	for _, row := range rows {
		if row.Purpose != purpose {
			continue
		}
		if row.Status == Active {
			return row
		}
		if best.Status == None {
			best = row
		}
	}
	return best
}

// HasIn tells whether the person consents to the purpose now.
func HasIn(tx *store.Tx, professionalID string, purpose Purpose) (bool, error) {
	found, err := GivenIn(tx, []string{professionalID}, purpose)
	return found[professionalID], err
}

// GivenIn tells which of the people consent to the purpose now.
func GivenIn(tx *store.Tx, professionalIDs []string, purpose Purpose) (map[string]bool, error) {
	return among(tx, professionalIDs,
		`SELECT professional_id FROM consents WHERE professional_id IN ? AND status = 'active' AND purpose = ?`, purpose)
}

// VisibleIn tells which of the people can be found now.
func VisibleIn(tx *store.Tx, professionalIDs []string) (map[string]bool, error) {
	return among(tx, professionalIDs, `SELECT professional_id FROM visibility WHERE professional_id IN ?`)
}

// among runs a query over identifiers in chunks and returns those that it finds.
func among(tx *store.Tx, ids []string, query string, more ...any) (map[string]bool, error) {
	found := make(map[string]bool, len(ids))
	for start := 0; start < len(ids); start += chunk {
		part := ids[start:min(start+chunk, len(ids))]
		var rows []string
		if err := tx.Raw(query, append([]any{part}, more...)...).Scan(&rows).Error; err != nil {
			return nil, err
		}
		for _, row := range rows {
			found[row] = true
		}
	}
	return found, nil
}

// GiveManyIn gives every consent for many people at once and makes them
// findable, for the demonstration's batches. It emits nothing: the event of the
// registration tells of it.
func GiveManyIn(tx *store.Tx, professionalIDs []string, givenBy, language string) error {
	var consents []Consent
	var visible []visibility
	for _, person := range professionalIDs {
		for _, purpose := range Purposes {
			n := CurrentNotice(purpose, language)
			consents = append(consents, Consent{ID: id.New(), ProfessionalID: person, Purpose: purpose, NoticeVersion: n.Version,
				NoticeLanguage: n.Language, Status: Active, GivenBy: givenBy, GivenAt: tx.Now})
			if purpose == RegistrySearch {
				visible = append(visible, visibility{ProfessionalID: person, ConsentID: consents[len(consents)-1].ID,
					Purpose: RegistrySearch, Status: Active, Since: tx.Now})
			}
		}
	}
	if len(consents) == 0 {
		return nil
	}
	if err := tx.CreateInBatches(consents, chunk).Error; err != nil {
		return err
	}
	return tx.CreateInBatches(visible, chunk).Error
}
