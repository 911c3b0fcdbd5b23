// SPDX-License-Identifier: AGPL-3.0-or-later

// Package needs holds the terms of reference of host institutions and their
// review: a need is written by a host, validated by the ministry, approved and
// published by the coordinator.
package needs

import (
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/registry"
)

// State is where a need stands; the transitions are those of the lifecycle and
// no others.
type State string

// The states of a need.
const (
	Draft        State = "DRAFT"
	Submitted    State = "SUBMITTED"
	Returned     State = "RETURNED"
	Validated    State = "VALIDATED"
	Rejected     State = "REJECTED"
	Approved     State = "APPROVED"
	Published    State = "PUBLISHED"
	Closed       State = "CLOSED"
	InSelection  State = "IN_SELECTION"
	PartlyFilled State = "PARTLY_FILLED"
	Filled       State = "FILLED"
	Underway     State = "UNDERWAY"
	Delivered    State = "DELIVERED"
	ClosedOut    State = "CLOSED_OUT"
	Suspended    State = "SUSPENDED"
	StoodDown    State = "STOOD_DOWN"
	Cancelled    State = "CANCELLED"
	Expired      State = "EXPIRED"
)

// Need is one row: the request of a host institution for skills.
type Need struct {
	ID              string
	Reference       string // "GH-2027-0001"
	ProgrammeID     string
	OrganisationID  string // the host institution
	State           State
	Round           int    // how often it was submitted
	SubmittedBy     string // the user who submitted it last
	CreatedBy       string
	Title           string
	Language        string // that it is written in
	Sector          string
	ISCO            string `gorm:"column:isco"`
	OccupationTitle string
	Background      string
	Objectives      string
	Country         string
	DutyStation     string
	Unit            string
	Supervisor      string // a function, not a name
	StartsOn        day.Day
	EndsOn          day.Day
	ShortestDays    int    // the shortest stay that still helps, in days; 0: the whole period
	Modality        string // "onsite", "virtual", "hybrid"
	Headcount       int
	Filled          int
	YearsExperience int // at least
	EducationLevel  int // ISCED 2011, at least; 0: none asked
	EducationField  string
	LicenceRequired bool
	Regulator       string
	NonSubstitution bool // the host declares that no local post is replaced
	PrioritySector  string
	OpensOn         day.Day
	ClosesOn        day.Day
	NoticeLanguages string // that the call is published in: "en,fr"
	StateReason     string // why it was closed early, extended, reopened or cancelled
	ResumesTo       State  // where a suspended need comes back to
	ResumedAt       *time.Time
	StoodDownOn     day.Day
	Relay           bool // covered by several people one after the other
	OverlapDays     int  // that each of them and the next are there together
	Demo            bool
	Version         int
	CreatedAt       time.Time
	UpdatedAt       time.Time
}

// Days returns the length of the whole period in days, counting both ends.
func (n Need) Days() int { return day.Length(n.StartsOn, n.EndsOn) }

// Output is what shall exist when the person leaves, and how one will know.
type Output struct {
	ID        string
	NeedID    string
	Position  int
	Output    string
	Indicator string
}

// TableName names the table for GORM.
func (Output) TableName() string { return "need_outputs" }

// Counterpart is a local colleague, by function, to whom the skills pass.
type Counterpart struct {
	ID       string
	NeedID   string
	Position int
	Function string
	Unit     string
}

// TableName names the table for GORM.
func (Counterpart) TableName() string { return "need_counterparts" }

// Criterion is a skill that the need asks for.
type Criterion struct {
	ID       string
	NeedID   string
	Position int
	Concept  string // of the vocabulary, or empty
	Label    string // in the host's words
	Required bool   // else desirable
	Weight   int    // 1–5
}

// TableName names the table for GORM.
func (Criterion) TableName() string { return "need_criteria" }

// LanguageFloor is the least a person must know of a language.
type LanguageFloor struct {
	NeedID   string
	Position int
	Language string
	Spoken   registry.CEFR // floor for listening and interaction
	Written  registry.CEFR // floor for reading and writing
	Required bool          // else desirable
}

// TableName names the table for GORM.
func (LanguageFloor) TableName() string { return "need_languages" }

// Contribution is what the host gives in kind.
type Contribution struct {
	ID          string
	NeedID      string
	Position    int
	Kind        string // "lodging", "meals", "local_transport", "workspace", "equipment", "interpreter", "security", "other"
	Description string
}

// TableName names the table for GORM.
func (Contribution) TableName() string { return "need_contributions" }

// Terms is a need with everything that belongs to its terms of reference.
type Terms struct {
	Need
	Outputs       []Output
	Counterparts  []Counterpart
	Criteria      []Criterion
	Languages     []LanguageFloor
	Contributions []Contribution
	Positions     []Position // what the head count is made of; none: all alike
}
