// SPDX-License-Identifier: AGPL-3.0-or-later

// Package proposals proposes who goes where for all open needs of a programme
// together, and keeps what was asked and answered. It decides nothing: from a
// proposal a coordinator goes on to the ranking and the shortlist, as before.
package proposals

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/assigning"
	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
)

// Inputs are what a coordinator asks for. As JSON they are kept with the answer.
type Inputs struct {
	Budget   *int64 `json:"budget"`   // whole minor units of the currency; nil: no limit
	Currency string `json:"currency"` // ISO 4217, such as EUR
	Travel   int64  `json:"travel"`   // for each stay that is not virtual, in minor units
	Daily    int64  `json:"daily"`    // for each day of such a stay, in minor units
	// Relays are the references of needs that people cover one after the other; nil:
	// those whose head count covers their period by stays of the shortest length.
	Relays   []string `json:"relays"`
	Handover int      `json:"handover"` // days that two stays of a relay share
	Quotas   []Quota  `json:"quotas"`
	Pins     []Pin    `json:"pins"`
}

// Quota is the most stays that an agreement allows in the needs that it is for:
// named ones, those of some occupations, or both.
type Quota struct {
	Name  string   `json:"name"`
	Needs []string `json:"needs"` // references
	ISCO  []string `json:"isco"`  // ISCO-08 codes of one to four digits: 222 is every nurse and midwife
	Most  int      `json:"most"`
}

// Pin is a decision that a coordinator has taken.
type Pin struct {
	Need   string `json:"need"`   // reference
	Person string `json:"person"` // pseudonym
	Here   bool   `json:"here"`   // else: not here
}

// Usual are the inputs where nothing was chosen. The days of a handover are those of
// the relays that programmes plan by hand.
func Usual() Inputs { return Inputs{Currency: "EUR", Handover: 3} }

// Line is one stay of a proposal.
type Line struct {
	NeedID    string  `json:"needId"`
	Need      string  `json:"need"` // reference
	Person    string  `json:"person"`
	From      day.Day `json:"from"`
	To        day.Day `json:"to"`
	Stay      int     `json:"stay"`  // 1 is the first of a relay
	Stays     int     `json:"stays"` // 1: no relay
	Score     int     `json:"score"`
	Value     int64   `json:"value"` // in assigning.Unit
	Cost      int64   `json:"cost"`
	Candidacy string  `json:"candidacy"` // how far the person is as a candidate; empty: they are none
	Pinned    bool    `json:"pinned"`
}

// Open is a need that a proposal looked at.
type Open struct {
	ID       string  `json:"id"`
	Need     string  `json:"need"`
	From     day.Day `json:"from"`
	To       day.Day `json:"to"`
	Posts    int     `json:"posts"`    // to be filled
	Suitable int     `json:"suitable"` // people who meet the conditions, as far as the list went
	Empty    int     `json:"empty"`    // posts that the proposal leaves empty
	Reason   string  `json:"reason"`   // why
	Relay    bool    `json:"relay"`    // people cover it one after the other
	Divides  bool    `json:"divides"`  // they could
}

// PinCost is what a pin costs in suitability.
type PinCost struct {
	Pin
	Cost  int64 `json:"cost"` // in assigning.Unit
	Exact bool  `json:"exact"`
	Least int64 `json:"least"`
	Most  int64 `json:"most"`
}

// Result is what was answered. As JSON it is kept.
type Result struct {
	Lines   []Line    `json:"lines"`
	Needs   []Open    `json:"needs"`
	Pins    []PinCost `json:"pins"`
	Total   int64     `json:"total"` // in assigning.Unit
	Bound   int64     `json:"bound"`
	Optimal bool      `json:"optimal"`
	Cost    int64     `json:"cost"`
	Posts   int       `json:"posts"`
	Stable  *Stable   `json:"stable"` // nil: nobody has stated what they would rather
}

// Stable are the two stable matchings of those who have stated their wishes.
type Stable struct {
	People        []Match `json:"people"`        // the best stable one for the professionals
	Hosts         []Match `json:"hosts"`         // and for the hosts
	Professionals int     `json:"professionals"` // who have ordered needs
	Needs         int     `json:"needs"`         // whose host has ordered people
}

// Match is a pair of a stable matching, with the place that each has on the other's list.
type Match struct {
	Need     string `json:"need"`
	Person   string `json:"person"`
	ByPerson int    `json:"byPerson"` // 1: the person's first wish
	ByHost   int    `json:"byHost"`
	Score    int    `json:"score"`
}

// Proposal is a question that a coordinator asked; its rounds hold the answers.
type Proposal struct {
	ID          string
	ProgrammeID string
	Round       int
	ByUser      string
	Version     int
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// The bounds of what can be asked.
const (
	mostPins   = 50
	mostQuotas = 20
	mostMoney  = int64(100_000_000_000_000)
	mostCost   = int64(1_000_000_000) // of a journey, or of a day
	mostListed = 500
	mostName   = 200
)

var (
	currency = regexp.MustCompile(`^[A-Z]{3}$`)
	iscoCode = regexp.MustCompile(`^\d{1,4}$`)
)

// tidied returns the inputs with spaces and cases as they are kept.
func (in Inputs) tidied() Inputs {
	in.Currency = strings.ToUpper(strings.TrimSpace(in.Currency))
	in.Pins, in.Quotas, in.Relays = slices.Clone(in.Pins), slices.Clone(in.Quotas), slices.Clone(in.Relays)
	for i := range in.Relays {
		in.Relays[i] = strings.ToUpper(strings.TrimSpace(in.Relays[i]))
	}
	for i := range in.Pins {
		in.Pins[i].Need = strings.ToUpper(strings.TrimSpace(in.Pins[i].Need))
		in.Pins[i].Person = strings.ToUpper(strings.TrimSpace(in.Pins[i].Person))
	}
	for i := range in.Quotas {
		in.Quotas[i].Name = strings.TrimSpace(in.Quotas[i].Name)
	}
	return in
}

// check says what is wrong with the inputs in themselves.
func (in Inputs) check() error {
	var c fault.Check
	c.That(in.Budget == nil || *in.Budget >= 0, "budget", "budget.negative", "A budget cannot be less than nothing.")
	c.That(in.Budget == nil || *in.Budget <= mostMoney, "budget", "number.range", "Please give a number from %d to %d.", 0, mostMoney)
	c.That(currency.MatchString(in.Currency), "currency", "currency.malformed", "Please give the currency as three letters, such as EUR (ISO 4217).")
	c.That(in.Travel >= 0 && in.Travel <= mostCost, "travel", "number.range", "Please give a number from %d to %d.", 0, mostCost)
	c.That(in.Daily >= 0 && in.Daily <= mostCost, "daily", "number.range", "Please give a number from %d to %d.", 0, mostCost)
	c.That(in.Handover >= 0 && in.Handover <= 30, "handover", "number.range", "Please give a number from %d to %d.", 0, 30)
	c.That(len(in.Pins) <= mostPins, "pins", "pin.many", "A proposal takes at most %d pins.", mostPins)
	c.That(len(in.Relays) <= mostListed, "relays", "list.long", "Please keep this list to %d.", mostListed)
	c.That(len(in.Quotas) <= mostQuotas, "quotas", "quota.many", "A proposal takes at most %d quotas.", mostQuotas)
	if c.Failed() {
		return c.Err()
	}
	for i, p := range in.Pins {
		c.That(id.IsPseudonym(p.Person), fmt.Sprintf("pins[%d].person", i), "pseudonym.malformed", "A pseudonym looks like P-7K3M-Q2XA.")
	}
	for i, q := range in.Quotas {
		at := fmt.Sprintf("quotas[%d]", i)
		c.Length(q.Name, at+".name", 1, mostName)
		c.That(q.Most >= 0 && q.Most <= 1_000_000, at+".most", "quota.negative", "A quota cannot be less than nothing.")
		c.That(len(q.Needs)+len(q.ISCO) > 0, at+".needs", "quota.empty", "Please say which needs or occupations the quota is for.")
		c.That(len(q.Needs) <= mostListed, at+".needs", "list.long", "Please keep this list to %d.", mostListed)
		c.That(len(q.ISCO) <= mostListed, at+".isco", "list.long", "Please keep this list to %d.", mostListed)
		for k, code := range q.ISCO[:min(len(q.ISCO), mostListed)] {
			c.That(iscoCode.MatchString(code), fmt.Sprintf("%s.isco[%d]", at, k), "isco.malformed", "An ISCO-08 code has one to four digits.")
		}
	}
	return c.Err()
}

// Points returns a value in points of suitability, rounded to the nearest.
func Points(value int64) int64 {
	if value < 0 {
		return -Points(-value)
	}
	return (value + assigning.Unit/2) / assigning.Unit
}

// PointsUp returns a value in points, rounded up, for bounds.
func PointsUp(value int64) int64 { return (value + assigning.Unit - 1) / assigning.Unit }
