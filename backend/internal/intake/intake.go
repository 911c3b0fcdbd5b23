// SPDX-License-Identifier: AGPL-3.0-or-later

// Package intake brings an association's members in by spreadsheet: it finds out
// what each column is about, shows what would happen and everything that is
// wrong at once, and then does it as a job that survives being killed and can be
// undone for 30 days. It never touches a consent: whom it brings is invited, and
// seen by nobody before they say yes.
package intake

import (
	"encoding/json"
	"fmt"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/sheets"
)

// State is where an import stands.
type State string

// The states.
const (
	Opened    State = "open"      // uploaded; nothing is written about anybody
	Running   State = "running"   // people are being written
	Done      State = "done"      // all of them are
	Cancelled State = "cancelled" // stopped half way; it can go on, or be undone
	Undoing   State = "undoing"
	Undone    State = "undone"
	Discarded State = "discarded" // never started, and its file is gone
)

// Outcome is what becomes of a row.
type Outcome string

// The outcomes.
const (
	New       Outcome = "new"
	Update    Outcome = "update"
	Same      Outcome = "same"
	Duplicate Outcome = "duplicate" // perhaps somebody who is here already
	Invalid   Outcome = "invalid"
)

// Outcomes lists them in the order in which people ask for them.
var Outcomes = []Outcome{New, Update, Same, Duplicate, Invalid}

// undoable is how long an import can be undone.
const undoable = 30 * 24 * time.Hour

// Import is one row: a spreadsheet that an association brought.
type Import struct {
	ID             string
	OrganisationID string
	ProgrammeID    string
	CreatedBy      string
	CreatedAt      time.Time
	FileName       string
	Format         sheets.Format
	Settings       string // JSON of Settings
	State          State
	Total          int
	Done           int
	Added          int
	Updated        int
	Same           int
	Duplicates     int
	Invalid        int
	Removed        int
	Restored       int
	Kept           int
	StartedAt      *time.Time
	FinishedAt     *time.Time
	UndoUntil      *time.Time
	Problem        string
	LeasedBy       string
	LeasedUntil    *time.Time
	Version        int
}

// Row is what became of one row of the file.
type Row struct {
	ImportID       string
	Number         int
	Outcome        Outcome
	ProfessionalID *string
	Before         string
	Undone         bool
}

// TableName names the table for GORM.
func (Row) TableName() string { return "import_rows" }

// Settings say how a file is read and what its columns are about, as far as a
// person has said so; the rest is detected.
type Settings struct {
	Encoding  string `json:"encoding,omitempty"`
	Delimiter string `json:"delimiter,omitempty"`
	Sheet     string `json:"sheet,omitempty"`
	HeaderRow int    `json:"headerRow,omitempty"` // its number in the file; 0: detected
	// Columns by their place, counted from 0.
	Columns map[int]Choice `json:"columns,omitempty"`
	// What holds for every row that does not say otherwise.
	OriginCountry    string `json:"originCountry,omitempty"`
	OriginLink       string `json:"originLink,omitempty"`
	ResidenceCountry string `json:"residenceCountry,omitempty"`
	// AddDuplicates brings people in although they may be here already.
	AddDuplicates bool `json:"addDuplicates,omitempty"`
	// Lenient leaves out single values that cannot be read, and brings the person.
	Lenient bool `json:"lenient,omitempty"`
	// Rows is what a person decided of rows about somebody who may be here already, by
	// the number of the row; it goes before AddDuplicates.
	Rows map[int]Decision `json:"rows,omitempty"`
}

// Decision is what becomes of a row about somebody who may be here already.
type Decision string

// The decisions.
const (
	AddRow    Decision = "add"    // somebody else: bring them in
	UpdateRow Decision = "update" // the same person: add what the row says to their record
	SkipRow   Decision = "skip"
)

// Decisions lists them all.
var Decisions = []Decision{AddRow, UpdateRow, SkipRow}

// adds tells whether the row comes in although its person may be here already.
func (s Settings) adds(row int) bool {
	if decided, ok := s.Rows[row]; ok {
		return decided == AddRow
	}
	return s.AddDuplicates
}

// Choice is what a person said of a column.
type Choice struct {
	Field   Field        `json:"field"`
	Order   sheets.Order `json:"order,omitempty"`
	Decimal string       `json:"decimal,omitempty"`
}

func (s Settings) encode() string {
	text, _ := json.Marshal(s) // plain texts and numbers always encode
	return string(text)
}

func (i *Import) settings() (Settings, error) {
	var s Settings
	if err := json.Unmarshal([]byte(i.Settings), &s); err != nil {
		return s, fmt.Errorf("settings of import %s: %w", i.ID, err)
	}
	return s, nil
}

// counts raises the number of rows with the outcome.
func (i *Import) counts(outcome Outcome, by int) {
	i.Done += by
	switch outcome {
	case New:
		i.Added += by
	case Update:
		i.Updated += by
	case Same:
		i.Same += by
	case Duplicate:
		i.Duplicates += by
	case Invalid:
		i.Invalid += by
	}
}

// Start begins the import, or goes on with one that was cancelled.
func (i *Import) Start(total int, now time.Time) error {
	if i.State != Opened && i.State != Cancelled {
		return fault.New(fault.Conflict, "import.not_open", "This import has been started already.")
	}
	i.State, i.Total, i.FinishedAt, i.Problem = Running, max(total, i.Done), nil, ""
	if i.StartedAt == nil {
		i.StartedAt = &now
	}
	return nil
}

// Cancel stops a running import, or discards one that was never started.
func (i *Import) Cancel(now time.Time) error {
	switch i.State {
	case Opened:
		i.State = Discarded
	case Running:
		until := now.Add(undoable)
		i.State, i.UndoUntil = Cancelled, &until
	default:
		return fault.New(fault.Conflict, "import.not_running", "This import is not running any more.")
	}
	i.FinishedAt = &now
	i.release()
	return nil
}

// Finish records that every row has an outcome.
func (i *Import) finish(now time.Time) {
	until := now.Add(undoable)
	i.State, i.FinishedAt, i.UndoUntil = Done, &now, &until
	i.release()
}

// Undo begins to take the import back.
func (i *Import) Undo(now time.Time) error {
	if i.State != Done && i.State != Cancelled {
		return fault.New(fault.Conflict, "import.not_done", "Only an import that has ended can be undone.")
	}
	if i.UndoUntil == nil || !now.Before(*i.UndoUntil) {
		return fault.New(fault.Conflict, "import.undo_over", "An import can be undone for 30 days; this one is older.")
	}
	i.State = Undoing
	return nil
}

func (i *Import) release() { i.LeasedBy, i.LeasedUntil = "", nil }
