// SPDX-License-Identifier: AGPL-3.0-or-later

// Package erasure lets a person go for good: it shows beforehand what goes and
// what stays and why, waits some days in which they may change their mind and are
// shown to nobody, and then erases them from tables, documents, index and disk.
// What becomes of each column stands in the inventory; a tombstone is left, by
// identifier, so that a restored backup erases them again.
package erasure

import (
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/inventory"
)

// Grace is how long one may change one's mind, unless the operator says otherwise.
const Grace = 14 * 24 * time.Hour

// Word is what a person types to confirm, whatever the language of the screen.
const Word = "ERASE"

// State is where an erasure stands.
type State string

// The states.
const (
	Requested State = "REQUESTED"
	Cancelled State = "CANCELLED"
	Done      State = "DONE"
)

// Cause is who wanted it.
type Cause string

// The causes.
const (
	ByPerson    Cause = "person"
	ByRetention Cause = "retention"
)

// Erasure is one row.
type Erasure struct {
	ID             string
	ProfessionalID string
	UserID         string
	Cause          Cause
	State          State
	RequestedAt    time.Time
	DueAt          time.Time
	EndedAt        *time.Time
	Counts         string
	ScouredAt      *time.Time
}

// TableName names the table for GORM.
func (Erasure) TableName() string { return "erasures" }

// Tombstone says by identifier who was erased, for backups that were made before.
type Tombstone struct {
	ProfessionalID string    `json:"professional"`
	UserID         string    `json:"user"`
	At             time.Time `json:"at"`
}

// Line is what becomes of one table's rows about a person.
type Line struct {
	Table string
	Rows  int64
	Fate  inventory.Fate
	Why   string // why it stays; empty for what goes
}

// Preview is what a person reads before they confirm.
type Preview struct {
	Goes     []Line
	Stays    []Line
	Due      time.Time // when it would be carried out
	Days     int       // in which one may change one's mind
	Officer  bool      // the account also acts for an organisation: it stays for that
	Placed   []string  // references of placements that have to end first
	Standing *Erasure  // an erasure that has been asked for already
}

func missing() error {
	return fault.New(fault.Missing, "missing", "There is nothing here for you.")
}

func placed() error {
	return fault.New(fault.Conflict, "erasure.placed",
		"You are on a placement, or about to be. It has to end or be cancelled first; your host is counting on you.")
}
