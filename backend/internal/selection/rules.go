// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import (
	"fmt"
	"strings"

	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/store"
)

// Rules are what a programme asks of a selection. What happens when nobody decides
// is never a yes.
type Rules struct {
	ProgrammeID     string `gorm:"primaryKey"`
	Committee       bool   // a committee has to choose; else a host may endorse from the shortlist
	ShortlistLeast  int
	Balanced        bool // women and men on every shortlist, or a written reason
	ReferencesLeast int
	EndorsementDays int
	ObjectionDays   int
	ApprovalDays    int
	Silence         string // "escalate", "remind"
	Version         int
}

// TableName names the table for GORM.
func (Rules) TableName() string { return "selection_rules" }

// usual are the rules of a programme that has set none.
func usual(programmeID string) Rules {
	return Rules{ProgrammeID: programmeID, ShortlistLeast: 1, ReferencesLeast: 2, EndorsementDays: 10, ObjectionDays: 10,
		ApprovalDays: 10, Silence: "escalate", Version: 1}
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

// days is how long somebody may take to decide about a candidacy that stands there;
// none where nobody is waited for.
func (r Rules) days(s State) int {
	switch s {
	case Shortlisted, Recommended:
		return r.EndorsementDays
	case HostEndorsed:
		return r.ObjectionDays
	case NoObjection:
		return r.ApprovalDays
	}
	return 0
}

// setDeadline says until when the next decision is due.
func setDeadline(tx *store.Tx, c *Candidacy, n needs.Need) error {
	rules, err := rulesOfIn(tx, n.ProgrammeID)
	if err != nil {
		return err
	}
	c.DecideBy, c.EscalatedAt = nil, nil
	if days := rules.days(c.State); days > 0 {
		until := tx.Now.AddDate(0, 0, days)
		c.DecideBy = &until
	}
	return nil
}

func plain(evidence, what string) string {
	words := strings.ReplaceAll(evidence, "_", " ")
	if what == "" {
		return words
	}
	return words + " (" + strings.ReplaceAll(what, "_", " ") + ")"
}

func joined(words []string) string { return strings.Join(words, ", ") }
