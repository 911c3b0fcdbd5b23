// SPDX-License-Identifier: AGPL-3.0-or-later

// Package disclosure lets one person show one host more than a pseudonym, for one
// need and until a day: the host or the coordinator asks, the person sees exactly
// what would be shown, grants it, refuses, or takes it back. Nothing is copied:
// what is granted is read from the profile for as long as the grant lasts.
package disclosure

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
)

// State is where a disclosure stands.
type State string

// The states.
const (
	Asked   State = "ASKED"
	Granted State = "GRANTED"
	Refused State = "REFUSED"
	Expired State = "EXPIRED"
	Revoked State = "REVOKED"
)

// Part is something that can be shown.
type Part string

// The parts, in the order in which they are shown.
const (
	Name          Part = "name"
	Contact       Part = "contact"       // e-mail address and telephone
	CV            Part = "cv"            // summary and CV as they are, with nothing covered up
	Licences      Part = "licences"      // with their numbers
	Birth         Part = "birth"         // the date of birth, for letters and visas
	Residence     Part = "residence"     // town and status
	Accessibility Part = "accessibility" // what the person needs to be able to work
)

// Parts lists them all.
var Parts = []Part{Name, Contact, CV, Licences, Birth, Residence, Accessibility}

// How long things last.
const (
	answerTime = 14 * 24 * time.Hour // for the person to answer
	longest    = 2 * 365             // days that a grant may last
	mostWords  = 500
)

// Disclosure is one row.
type Disclosure struct {
	ID             string
	CandidacyID    string
	NeedID         string
	ProfessionalID string
	OrganisationID string
	Parts          string
	GrantedParts   string
	Purpose        string
	UntilOn        day.Day
	State          State
	AskedBy        string
	AskedFor       string
	AskedAt        time.Time
	AnswerBy       time.Time
	AnsweredAt     *time.Time
	EndedAt        *time.Time
	Version        int
}

// open tells whether the granted parts are shown now.
func (d *Disclosure) open(today day.Day) bool { return d.State == Granted && today <= d.UntilOn }

// grant gives all or some of what was asked for.
func (d *Disclosure) grant(parts []Part, now time.Time) error {
	if err := d.answerable(now); err != nil {
		return err
	}
	asked := strings.Fields(d.Parts)
	var given []string
	var c fault.Check
	for i, p := range parts {
		c.That(slices.Contains(asked, string(p)), fmt.Sprintf("parts[%d]", i), "disclosure.not_asked", "Nobody asked for this part.")
	}
	for _, p := range Parts {
		if slices.Contains(parts, p) {
			given = append(given, string(p))
		}
	}
	c.That(len(given) > 0, "parts", "disclosure.nothing", "Please choose at least one part, or refuse.")
	if err := c.Err(); err != nil {
		return err
	}
	d.State, d.GrantedParts, d.AnsweredAt = Granted, strings.Join(given, " "), &now
	return nil
}

// refuse says no.
func (d *Disclosure) refuse(now time.Time) error {
	if err := d.answerable(now); err != nil {
		return err
	}
	d.State, d.AnsweredAt, d.EndedAt = Refused, &now, &now
	return nil
}

// revoke takes a grant back.
func (d *Disclosure) revoke(now time.Time) error {
	if d.State != Granted {
		return fault.New(fault.Conflict, "disclosure.not_granted", "There is nothing to take back: this host is shown nothing.")
	}
	d.State, d.EndedAt = Revoked, &now
	return nil
}

// answerable tells whether the question still stands.
func (d *Disclosure) answerable(now time.Time) error {
	if d.State != Asked || now.After(d.AnswerBy) || day.Of(now) > d.UntilOn {
		return fault.New(fault.Conflict, "disclosure.not_asked", "This question is no longer open.")
	}
	return nil
}

// known keeps the parts that exist, each once, in their order.
func known(c *fault.Check, parts []Part) string {
	var out []string
	for _, p := range Parts {
		if slices.Contains(parts, p) {
			out = append(out, string(p))
		}
	}
	for i, p := range parts {
		c.That(slices.Contains(Parts, p), fmt.Sprintf("parts[%d]", i), "disclosure.part", "There is no such part.")
	}
	c.That(len(out) > 0, "parts", "disclosure.nothing", "Please say what you ask for.")
	return strings.Join(out, " ")
}

func missing() error {
	return fault.New(fault.Missing, "disclosure.missing", "There is no such question here.")
}
