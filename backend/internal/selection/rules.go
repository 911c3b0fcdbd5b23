// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import (
	"fmt"
	"strings"

	"sankofa/backend/internal/store"
)

// Rules are what a programme asks of a selection; who decides, and until when, stands
// in its Chain.
type Rules struct {
	ProgrammeID     string `gorm:"primaryKey"`
	Committee       bool   // a committee has to choose; else a host may endorse from the shortlist
	ShortlistLeast  int
	Balanced        bool // women and men on every shortlist, or a written reason
	ReferencesLeast int
	Version         int
}

// TableName names the table for GORM.
func (Rules) TableName() string { return "selection_rules" }

// usual are the rules of a programme that has set none.
func usual(programmeID string) Rules {
	return Rules{ProgrammeID: programmeID, ShortlistLeast: 1, ReferencesLeast: 2, Version: 1}
}

// rulesOfIn returns the rules of a programme.
func rulesOfIn(tx *store.Tx, programmeID string) (Rules, error) {
	var found []Rules
	if err := tx.Where("programme_id = ?", programmeID).Find(&found).Error; err != nil {
		return Rules{}, fmt.Errorf("load the rules of a programme: %w", err)
	}
	if len(found) == 0 {
		return usual(programmeID), nil
	}
	return found[0], nil
}

func plain(evidence, what string) string {
	words := strings.ReplaceAll(evidence, "_", " ")
	if what == "" {
		return words
	}
	return words + " (" + strings.ReplaceAll(what, "_", " ") + ")"
}

func joined(words []string) string { return strings.Join(words, ", ") }
