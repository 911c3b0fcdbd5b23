// SPDX-License-Identifier: AGPL-3.0-or-later

// Package assigning proposes who goes where for many needs together: the
// greatest total suitability under head counts, one place at a time for each
// person, relays of several stays, a budget, quotas and decisions that are
// pinned. It is pure: values in, a proposal out, with no clock, no store and no
// chance, so that the same question has the same answer everywhere.
package assigning

import (
	"fmt"

	"sankofa/backend/internal/fault"
)

// Problem is everything that a proposal rests on.
type Problem struct {
	Needs   []Need
	Options []Option
	Quotas  []Quota
	Pins    []Pin
	Budget  *int64 // whole minor units of one currency, such as cents; nil: no limit
}

// Need is a request for a number of people at a place.
type Need struct {
	ID        string
	Headcount int // posts that are still to be filled
	// Ways are the ways to fill one post, each a number of stays one after the
	// other: a single stay, or a relay. All stays of a relay are filled, or none.
	Ways []Way
}

// Way is how one post is filled. The periods of a relay's stays are fixed; those of
// a single stay are as each person can come.
type Way struct{ Stays []Span }

// Span is a number of whole days, both ends included, counted from any fixed day.
type Span struct{ From, To int }

// Days returns the length, counting both ends.
func (s Span) Days() int { return s.To - s.From + 1 }

// Overlaps tells whether two periods share a day.
func (s Span) Overlaps(o Span) bool { return s.From <= o.To && o.From <= s.To }

// Option is a person who can take one stay of a need, on days that are theirs.
type Option struct {
	Need   int    // index of Problem.Needs
	Way    int    // index of its ways
	Stay   int    // index of the way's stays
	Person string // any text that names one person, such as a pseudonym
	Span
	Value int64 // suitability in whole units; more is better, never negative
	Cost  int64 // whole minor units
}

// Quota is the most stays that an agreement allows in a group of needs. Whoever
// goes twice counts twice.
type Quota struct {
	ID    string
	Needs []int
	Most  int
}

// Pin is a decision that somebody has taken: this person here, or not here.
type Pin struct {
	Need   int
	Person string
	Here   bool
}

// The bounds of what can be asked: sums of that many values fit into 64 bits.
const (
	MostNeeds     = 20_000
	MostOptions   = 2_000_000
	MostHeadcount = 1_000
	MostValue     = 1 << 30
	MostCost      = 1 << 40
	mostDay       = 1 << 24
	mostTotal     = 1_000_000 // posts of all needs
)

// check says everything that is wrong with a problem.
func (p *Problem) check() error {
	var c fault.Check
	c.That(len(p.Needs) <= MostNeeds, "needs", "assign.too_many", "A proposal takes at most %d needs.", MostNeeds)
	c.That(len(p.Options) <= MostOptions, "options", "assign.too_many", "A proposal weighs at most %d possible stays.", MostOptions)
	c.That(p.Budget == nil || *p.Budget >= 0 && *p.Budget <= 1<<60, "budget", "budget.negative", "A budget cannot be less than nothing.")
	if err := c.Err(); err != nil {
		return err
	}
	posts := 0
	for i, n := range p.Needs {
		at := fmt.Sprintf("needs[%d]", i)
		c.That(n.Headcount >= 0 && n.Headcount <= MostHeadcount, at+".headcount", "number.range", "Please give a number from %d to %d.", 0, MostHeadcount)
		c.That(len(n.Ways) > 0, at+".ways", "assign.no_way", "The need %s has no way to be filled.", n.ID)
		for _, w := range n.Ways {
			c.That(len(w.Stays) > 0, at+".ways", "assign.no_stay", "A way to fill the need %s has no stay.", n.ID)
		}
		posts += max(n.Headcount, 0)
	}
	c.That(posts <= mostTotal, "needs", "assign.too_many", "A proposal fills at most %d posts.", mostTotal)
	if err := c.Err(); err != nil {
		return err
	}
	for i, o := range p.Options {
		p.checkOption(&c, fmt.Sprintf("options[%d]", i), o)
	}
	for i, q := range p.Quotas {
		at := fmt.Sprintf("quotas[%d]", i)
		c.That(q.Most >= 0, at+".most", "quota.negative", "The quota %s cannot be less than nothing.", q.ID)
		for _, n := range q.Needs {
			c.That(p.has(n), at+".needs", "need.unknown", "The quota %s names a need that is not there.", q.ID)
		}
	}
	for i, pin := range p.Pins {
		c.That(p.has(pin.Need), fmt.Sprintf("pins[%d].need", i), "need.unknown", "A pin names a need that is not there.")
	}
	return c.Err()
}

func (p *Problem) has(need int) bool { return need >= 0 && need < len(p.Needs) }

func (p *Problem) checkOption(c *fault.Check, at string, o Option) {
	if !p.has(o.Need) || o.Way < 0 || o.Way >= len(p.Needs[o.Need].Ways) || o.Stay < 0 || o.Stay >= len(p.Needs[o.Need].Ways[o.Way].Stays) {
		c.That(false, at, "assign.no_stay", "A person is compared with a stay that is not there.")
		return
	}
	c.That(o.From >= -mostDay && o.From <= o.To && o.To <= mostDay, at+".from", "dates.order", "The last day of a stay comes before its first.")
	stays := p.Needs[o.Need].Ways[o.Way].Stays
	c.That(len(stays) == 1 || o.Span == stays[o.Stay], at+".from", "assign.gap", "A stay of a relay has other days than the relay, which would leave a gap.")
	c.That(o.Value >= 0 && o.Value <= MostValue, at+".value", "number.range", "Please give a number from %d to %d.", 0, MostValue)
	c.That(o.Cost >= 0 && o.Cost <= MostCost, at+".cost", "number.range", "Please give a number from %d to %d.", 0, int64(MostCost))
}

// Result is a proposal.
type Result struct {
	Chosen  []int // indexes of Problem.Options, ascending
	Total   int64 // the sum of their values
	Cost    int64 // the sum of their costs
	Bound   int64 // no proposal under these conditions has a greater total
	Optimal bool  // Total is Bound
	Posts   int   // posts that are filled
	Gaps    []Gap // what could not be filled, in the order of needs
}

// Gap is a need that is not filled, or not wholly.
type Gap struct {
	Need   int
	Posts  int // that are empty
	Reason Reason
}

// Reason says why a post stays empty.
type Reason string

// The reasons, the first that holds.
const (
	Nobody   Reason = "nobody"   // nobody can take any stay of it
	Broken   Reason = "relay"    // no relay of stays covers the period without a gap
	Few      Reason = "few"      // everybody who could go is proposed here already
	Withheld Reason = "pins"     // those who could were pinned away
	Quotas   Reason = "quota"    // a quota is used up
	Money    Reason = "budget"   // the money does not reach
	Taken    Reason = "taken"    // those who could go are proposed where they bring more
	Unproven Reason = "unproven" // the search ended before it could tell
)
