// SPDX-License-Identifier: AGPL-3.0-or-later

package placements

import (
	"slices"
	"strings"

	"sankofa/backend/internal/day"
)

// Signal is what the residence-status guard says.
type Signal string

// The signals.
const (
	Green Signal = "green" // the absence is within what the status allows
	Amber Signal = "amber" // nobody knows: the person asks the authority where they live
	Red   Signal = "red"   // the stay would end the right to live there
)

// Absence is a stay away from the country of residence, both days included.
type Absence struct{ From, To day.Day }

// Guard is what a stay does to somebody's right to live where they live (feature 86).
type Guard struct {
	Signal      Signal
	Rule        string  // the name of the rule that decided
	Limit       int     // days that the rule allows; 0: none
	Counted     int     // days that count against it, with this stay
	SafeUntil   day.Day // the latest last day that would still be within it; empty where nothing is
	Consecutive bool    // the limit is of days in one go, and not in all
}

// allowance is what a status allows.
type allowance struct {
	rule        string
	days        int
	consecutive bool
	window      int // days over which they are added up; 0: only those in one go
}

// The days that permits allow, by status. They are the European Union's, as the
// commonest case; what a country allows beyond them is for the person to ask.
//   - permanent: long-term residents lose the status after twelve months in a row
//     outside the Union (Directive 2003/109/EC, article 9(1)(c)).
//   - temporary: absences shorter than six months in a row, and of ten months in all
//     within five years, do not break the residence that leads to that status
//     (article 4(3)).
var allowances = map[string][]allowance{
	"permanent": {{"twelve_months_in_a_row", 365, true, 0}},
	"temporary": {{"six_months_in_a_row", 180, true, 0}, {"ten_months_in_five_years", 304, false, 5 * 365}},
}

// GuardOf looks at a stay, and at the absences before it. Citizens may be away as
// long as they like; for refugees and others nobody but the authority can tell.
func GuardOf(status string, from, to day.Day, earlier []Absence) Guard {
	if status == "citizen" {
		return Guard{Signal: Green, Rule: "citizen"}
	}
	rules, known := allowances[status]
	if !known {
		return Guard{Signal: Amber, Rule: "ask_the_authority"}
	}
	var worst Guard
	for i, a := range rules {
		g := a.judge(from, to, earlier)
		if i == 0 || g.Signal == Red && worst.Signal != Red || g.Signal == worst.Signal && g.Limit-g.Counted < worst.Limit-worst.Counted {
			worst = g
		}
	}
	return worst
}

// judge counts the days of one rule.
func (a allowance) judge(from, to day.Day, earlier []Absence) Guard {
	before := 0
	if a.consecutive {
		before = joined(from, earlier)
	} else {
		before = within(to.Add(1-a.window), from.Add(-1), earlier)
	}
	g := Guard{Signal: Green, Rule: a.rule, Limit: a.days, Counted: before + day.Length(from, to), Consecutive: a.consecutive}
	if left := a.days - before; left > 0 {
		g.SafeUntil = from.Add(left - 1)
	}
	if g.Counted > g.Limit {
		g.Signal = Red
	}
	return g
}

// joined counts the days of the absences that run into the day without a night at
// home between them.
func joined(from day.Day, earlier []Absence) int {
	all := slices.Clone(earlier)
	slices.SortFunc(all, func(a, b Absence) int { return strings.Compare(string(b.To), string(a.To)) }) // the latest first
	days, begins := 0, from
	for _, a := range all {
		if a.To >= begins || a.To.Add(1) < begins {
			continue
		}
		days += day.Length(a.From, a.To)
		begins = a.From
	}
	return days
}

// within counts the days of absences from one day to another.
func within(first, last day.Day, earlier []Absence) int {
	days := 0
	for _, a := range earlier {
		from, to := max(a.From, first), min(a.To, last)
		if from <= to {
			days += day.Length(from, to)
		}
	}
	return days
}
