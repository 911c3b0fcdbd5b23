// SPDX-License-Identifier: AGPL-3.0-or-later

package needs

import (
	"cmp"
	"slices"

	"sankofa/backend/internal/day"
)

// Stay is a stretch of days, both ends included.
type Stay struct{ From, To day.Day }

// Days is how many days a stay has.
func (s Stay) Days() int { return day.Length(s.From, s.To) }

// Handover is where one stay of a relay meets the next.
type Handover struct {
	Stay        // the days on which both are there; empty when they do not meet
	Days   int  // how many
	Enough bool // as many as the host asked for
}

// Coverage is how the stays of a need cover its period.
type Coverage struct {
	Period    Stay
	First     day.Day // that anybody is there
	Last      day.Day
	Covered   int    // days of the period on which somebody is there
	Gaps      []Stay // on which nobody is
	Handovers []Handover
}

// Whole tells whether somebody is there on every day.
func (c Coverage) Whole() bool { return c.Covered > 0 && len(c.Gaps) == 0 }

// CoverageOf lays the stays over the period of the need, in their order.
func CoverageOf(n Need, stays []Stay) Coverage {
	c := Coverage{Period: Stay{n.StartsOn, n.EndsOn}, Gaps: []Stay{}, Handovers: []Handover{}}
	all := slices.Clone(stays)
	slices.SortFunc(all, func(a, b Stay) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	if n.StartsOn == "" || n.EndsOn == "" {
		return c
	}
	open := n.StartsOn // the first day that nobody covers yet
	for i, s := range all {
		if i == 0 {
			c.First = s.From
		}
		c.Last = max(c.Last, s.To)
		from, to := max(s.From, open), min(s.To, n.EndsOn)
		if open < from && open <= n.EndsOn {
			c.Gaps = append(c.Gaps, Stay{open, min(from.Add(-1), n.EndsOn)})
		}
		if from <= to {
			c.Covered += day.Length(from, to)
			open = to.Add(1)
		}
		if i > 0 {
			c.Handovers = append(c.Handovers, handover(all[i-1], s, n.OverlapDays))
		}
	}
	if open <= n.EndsOn {
		c.Gaps = append(c.Gaps, Stay{open, n.EndsOn})
	}
	return c
}

func handover(a, b Stay, asked int) Handover {
	h := Handover{Days: day.Overlap(a.From, a.To, b.From, b.To)}
	h.Enough = h.Days >= asked && b.From <= a.To.Add(1)
	if h.Days > 0 {
		h.Stay = Stay{max(a.From, b.From), min(a.To, b.To)}
	}
	return h
}
