// SPDX-License-Identifier: AGPL-3.0-or-later

// Package placements keeps who goes where and when: the placement that comes of an
// accepted offer, what has to be cleared before anybody travels, every step until
// its end, what both sides report, and the certificate.
package placements

import (
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/lifecycle"
)

// State is where a placement stands.
type State string

// The states of a placement, as lifecycle names them.
const (
	Preparing  = State(lifecycle.Preparing)
	Cleared    = State(lifecycle.Cleared)
	Postponed  = State(lifecycle.Postponed)
	Travelling = State(lifecycle.Travelling)
	OnDuty     = State(lifecycle.OnDuty)
	Suspended  = State(lifecycle.Suspended)
	// ExtensionAsked is stored as OnDuty with the last day that is asked for: whoever
	// asks has not left.
	ExtensionAsked = State(lifecycle.ExtensionAsked)
	Evacuated      = State(lifecycle.Evacuated)
	Curtailed      = State(lifecycle.Curtailed)
	Ended          = State(lifecycle.Ended)
	Completed      = State(lifecycle.Completed)
	FollowedUp     = State(lifecycle.FollowedUp)
	Closed         = State(lifecycle.Closed)
	Cancelled      = State(lifecycle.Cancelled)
)

// States lists every state, in the order of a placement's life.
var States = []State{Preparing, Cleared, Postponed, Travelling, OnDuty, ExtensionAsked, Suspended, Evacuated, Curtailed, Ended, Completed,
	FollowedUp, Closed, Cancelled}

// Words returns the state as a sentence uses it.
func (s State) Words() string { return strings.ToLower(strings.ReplaceAll(string(s), "_", " ")) }

// cancellable are the states before anybody has left.
var cancellable = []State{Preparing, Cleared}

// Placement is one stay of one person at one host.
type Placement struct {
	ID             string
	Reference      string // "GH-P-2027-0001"
	ProgrammeID    string
	NeedID         string
	CandidacyID    string
	ProfessionalID string
	OrganisationID string // the host
	State          State
	Modality       string
	From           day.Day `gorm:"column:from_on"`
	To             day.Day `gorm:"column:to_on"`
	Reason         string  // why it was cancelled, postponed or cut short
	ExtensionTo    day.Day // the last day that is asked for, while it is
	Version        int
	CreatedAt      time.Time
	UpdatedAt      time.Time
}

// Days returns the length of the stay, counting both ends.
func (p Placement) Days() int { return day.Length(p.From, p.To) }

// Stands returns the state as the lifecycle knows it.
func (p Placement) Stands() State {
	if p.State == OnDuty && p.ExtensionTo != "" {
		return ExtensionAsked
	}
	return p.State
}

// Until returns the last day that clearances are looked at for: the one that is
// asked for, while it is.
func (p Placement) Until() day.Day { return max(p.To, p.ExtensionTo) }

// stand puts a placement into a state of the lifecycle. With every step but those of
// an extension the asking is over.
func (p *Placement) stand(to State, asked day.Day) {
	p.State, p.ExtensionTo = to, ""
	if to == ExtensionAsked {
		p.State, p.ExtensionTo = OnDuty, asked
	}
}

// Cancel ends a placement before it began; the person's days are free again.
func (p *Placement) Cancel(reason string) error {
	if !slices.Contains(cancellable, p.State) {
		return fault.New(fault.Conflict, "placement.not_preparing",
			"This placement is %s. It can only be cancelled before anybody has left.", p.State.Words())
	}
	p.State, p.Reason = Cancelled, reason
	return nil
}
