// SPDX-License-Identifier: AGPL-3.0-or-later

package erasure

import (
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm/clause"

	"sankofa/backend/internal/inventory"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// whom returns the values of the conditions of the inventory for one person.
func whom(p registry.Professional, now time.Time) map[string]any {
	user := ""
	if p.UserID != nil {
		user = *p.UserID
	}
	if user == "" {
		user = "-" // nobody's: an empty identifier would match rows without one
	}
	return map[string]any{"person": p.ID, "user": user, "pseudonym": p.Pseudonym, "now": now}
}

// personIn returns the professional's row and holds it until the transaction ends.
func personIn(tx *store.Tx, professionalID string) (registry.Professional, error) {
	var rows []registry.Professional
	query := tx.DB
	if tx.Writes() {
		query = query.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate})
	}
	if err := query.Where("id = ?", professionalID).Find(&rows).Error; err != nil {
		return registry.Professional{}, err
	}
	if len(rows) == 0 {
		return registry.Professional{}, missing()
	}
	return rows[0], nil
}

// openIn returns the erasure that waits, if there is one.
func openIn(tx *store.Tx, professionalID string) (*Erasure, error) {
	var rows []Erasure
	err := tx.Where("professional_id = ? AND state = ?", professionalID, Requested).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return &rows[0], nil
}

// placementsIn returns the references of placements that have not ended.
func placementsIn(tx *store.Tx, professionalID string) ([]string, error) {
	var references []string
	err := tx.Raw(`SELECT reference FROM placements WHERE professional_id = ? AND state IN
		('PREPARING', 'CLEARED', 'POSTPONED', 'TRAVELLING', 'ON_DUTY', 'SUSPENDED', 'EVACUATED') ORDER BY reference`, professionalID).
		Scan(&references).Error
	return references, err
}

// officerIn tells whether the account also acts for an organisation.
func officerIn(tx *store.Tx, userID *string) (bool, error) {
	if userID == nil {
		return false, nil
	}
	var n int64
	err := tx.Raw(`SELECT count(*) FROM memberships WHERE user_id = ?`, *userID).Scan(&n).Error
	return n > 0, err
}

// countIn counts the rows of a table that are about the person.
func countIn(tx *store.Tx, table inventory.Table, values map[string]any, pseudonym string) (n int64, err error) {
	if table.Fate == inventory.Edited {
		return editable(tx, table.Name, pseudonym, values["person"].(string))
	}
	err = tx.Raw("SELECT count(*) FROM "+table.Name+" WHERE "+table.Whose, values).Scan(&n).Error
	return n, err
}

// clearIn does to the rows of one table what the inventory says, and tells how many.
func clearIn(tx *store.Tx, table inventory.Table, values map[string]any) (int64, error) {
	switch table.Fate {
	case inventory.Deleted:
		res := tx.Exec("DELETE FROM "+table.Name+" WHERE "+table.Whose, values)
		return res.RowsAffected, res.Error
	case inventory.Scrubbed:
		return scrubIn(tx, table, values)
	case inventory.Edited:
		return editIn(tx, table.Name, values)
	}
	return 0, nil
}

// scrubIn puts the values of the inventory in the place of the person's.
func scrubIn(tx *store.Tx, table inventory.Table, values map[string]any) (int64, error) {
	set := ""
	for _, c := range table.Columns {
		if c.Erased == "" {
			continue
		}
		if set != "" {
			set += ", "
		}
		set += c.Name + " = " + c.Erased
	}
	res := tx.Exec("UPDATE "+table.Name+" SET "+set+" WHERE "+table.Whose, values)
	return res.RowsAffected, res.Error
}

// countsText spells how many rows of each table went.
func countsText(counts map[string]int64) string {
	text, _ := json.Marshal(counts) // a map of numbers always encodes
	return string(text)
}

// tombstonesIn returns everybody who was erased.
func tombstonesIn(tx *store.Tx) ([]Tombstone, error) {
	var rows []Erasure
	if err := tx.Where("state = ?", Done).Order("ended_at, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("load tombstones: %w", err)
	}
	stones := make([]Tombstone, len(rows))
	for i, r := range rows {
		stones[i] = Tombstone{ProfessionalID: r.ProfessionalID, UserID: r.UserID, At: *r.EndedAt}
	}
	return stones, nil
}
