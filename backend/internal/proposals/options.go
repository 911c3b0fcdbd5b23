// SPDX-License-Identifier: AGPL-3.0-or-later

package proposals

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"sankofa/backend/internal/assigning"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/selection"
)

// asked is a problem with what each of its numbers stands for.
type asked struct {
	assigning.Problem
	facts  *facts
	scores []int // of each option
	suits  []int // how many people suit each need
}

// problem states the problem for the solver.
func (f *facts) problem(in Inputs) (*asked, error) {
	if err := f.checkRelays(in); err != nil {
		return nil, err
	}
	a := &asked{facts: f, suits: make([]int, len(f.needs))}
	a.Budget = in.Budget
	at := map[string]int{}
	for i, n := range f.needs {
		at[n.ID] = i
		a.Needs = append(a.Needs, f.need(n, in))
	}
	for _, one := range f.suited {
		i := at[one.NeedID]
		a.suits[i]++
		a.offer(i, one, in)
	}
	if err := a.addQuotas(in.Quotas); err != nil {
		return nil, err
	}
	for _, p := range in.Pins {
		i := slices.IndexFunc(f.needs, func(n needs.Need) bool { return n.Reference == p.Need })
		a.Pins = append(a.Pins, assigning.Pin{Need: i, Person: p.Person, Here: p.Here})
	}
	return a, nil
}

// checkRelays refuses a relay of a need that cannot be one.
func (f *facts) checkRelays(in Inputs) error {
	var c fault.Check
	for k, reference := range in.Relays {
		i := slices.IndexFunc(f.needs, func(n needs.Need) bool { return n.Reference == reference })
		field := fmt.Sprintf("relays[%d]", k)
		c.That(i >= 0, field, "need.not_open", "There is no such open need in this programme.")
		c.That(i < 0 || f.divides(f.needs[i], in.Handover) || f.needs[i].Headcount > 1 && f.left(f.needs[i]) < 2, field, "relay.impossible",
			"This need cannot be covered by a relay: its host has to ask for several people and admit stays that are short enough.")
	}
	return c.Err()
}

// need is a need as the solver sees it: the posts that nobody has, and the ways to
// fill one. A relay is one post, covered by as many people as the need has left.
func (f *facts) need(n needs.Need, in Inputs) assigning.Need {
	period := f.period(n)
	made := assigning.Need{ID: n.Reference, Headcount: f.left(n), Ways: []assigning.Way{{Stays: []assigning.Span{period}}}}
	if slices.Contains(in.Relays, n.Reference) {
		made.Ways = f.relay(n, in.Handover)
		made.Headcount = min(made.Headcount, 1)
	}
	return made
}

// left is how many people a need can still take.
func (f *facts) left(n needs.Need) int { return max(n.Headcount-n.Filled-f.reserved[n.ID], 0) }

// relay returns the ways to cover what is open of a need's period.
func (f *facts) relay(n needs.Need, handover int) []assigning.Way {
	return assigning.Relays(f.uncovered(n, handover), max(n.ShortestDays, 1), handover, min(f.left(n), mostStays))
}

// divides tells whether people could cover a need one after the other.
func (f *facts) divides(n needs.Need, handover int) bool {
	return n.ShortestDays > 0 && f.left(n) > 1 && len(f.relay(n, handover)) > 1
}

// relays returns the needs that are relays where nobody has said which: as many
// people as the host asks for cover the period when each stays as briefly as the
// host admits.
func (f *facts) relays(handover int) []string {
	all := []string{}
	for _, n := range f.needs {
		if n.Relay && f.divides(n, handover) {
			all = append(all, n.Reference)
			continue
		}
		if n.Headcount > 1 && f.divides(n, handover) && n.ShortestDays*n.Headcount-handover*(n.Headcount-1) <= n.Days()+n.ShortestDays/2 &&
			n.ShortestDays*n.Headcount-handover*(n.Headcount-1) >= n.Days() {
			all = append(all, n.Reference)
		}
	}
	return all
}

// period is what is left of a need's period: nobody comes in the past.
func (f *facts) period(n needs.Need) assigning.Span {
	return span(max(n.StartsOn, f.today), n.EndsOn)
}

// uncovered is the first part of a need's period on which nobody is booked, with
// the days of the handovers from and to those who are.
func (f *facts) uncovered(n needs.Need, handover int) assigning.Span {
	open := f.period(n)
	last := open.To
	booked := slices.Clone(f.covered[n.ID])
	slices.SortFunc(booked, func(a, b assigning.Span) int { return cmp.Compare(a.From, b.From) })
	for _, b := range booked {
		switch {
		case b.To < open.From:
		case b.From <= open.From+handover:
			open.From = max(open.From, min(b.To+1-handover, last))
		default:
			open.To = min(open.To, b.From-1+handover)
		}
	}
	return open
}

// offer adds the stays that a person can take at a need.
func (a *asked) offer(i int, one search.Suited, in Inputs) {
	n, p := a.facts.needs[i], a.facts.people[one.ProfessionalID]
	c := a.facts.standing[pair{n.ID, one.ProfessionalID}]
	if !slices.Contains(able, c.State) {
		return
	}
	free := p.free(n.ID)
	add := func(way, stay int, days assigning.Span) {
		a.Options = append(a.Options, assigning.Option{Need: i, Way: way, Stay: stay, Person: one.Pseudonym, Span: days,
			Value: assigning.Worth(max(one.Score, 1), len(a.Needs[i].Ways[way].Stays)), Cost: in.cost(n, days)})
		a.scores = append(a.scores, one.Score)
	}
	if !slices.Contains(in.Relays, n.Reference) {
		if days, ok := p.single(free, a.facts.period(n), n, c); ok {
			add(0, 0, days)
		}
		return
	}
	for w, way := range a.Needs[i].Ways {
		for k, stay := range way.Stays {
			// What was agreed with a candidate stays as it is.
			if slices.Contains(underway, c.State) && stay != span(c.From, c.To) {
				continue
			}
			if p.longest >= stay.Days() && within(free, stay) {
				add(w, k, stay)
			}
		}
	}
}

// cost is what a stay costs. Who works from afar does not travel.
func (in Inputs) cost(n needs.Need, days assigning.Span) int64 {
	if n.Modality == "virtual" {
		return 0
	}
	return in.Travel + in.Daily*int64(days.Days())
}

// free returns the days that a person offers and that nothing else has: a candidate
// keeps the days of their own candidacy for this need.
func (p *person) free(needID string) []assigning.Span {
	left := slices.Clone(p.windows)
	for _, t := range p.taken {
		if t.need == needID {
			continue
		}
		var cut []assigning.Span
		for _, w := range left {
			if !w.Overlaps(t.span) {
				cut = append(cut, w)
				continue
			}
			if w.From < t.span.From {
				cut = append(cut, assigning.Span{From: w.From, To: t.span.From - 1})
			}
			if w.To > t.span.To {
				cut = append(cut, assigning.Span{From: t.span.To + 1, To: w.To})
			}
		}
		left = cut
	}
	return left
}

// single returns the longest stay that a person can take in the period, the earliest
// of them, if it is as long as the need asks. Of a candidate it is what was agreed.
func (p *person) single(free []assigning.Span, period assigning.Span, n needs.Need, c selection.Candidacy) (assigning.Span, bool) {
	if slices.Contains(underway, c.State) && c.From != "" && c.To != "" {
		return span(c.From, c.To), true
	}
	shortest := period.Days()
	if n.ShortestDays > 0 {
		shortest = min(n.ShortestDays, shortest)
	}
	var best assigning.Span
	found := false
	for _, w := range free {
		days := assigning.Span{From: max(w.From, period.From), To: min(w.To, period.To)}
		days.To = min(days.To, days.From+p.longest-1)
		if days.Days() >= shortest && (!found || days.Days() > best.Days()) {
			best, found = days, true
		}
	}
	return best, found
}

func within(free []assigning.Span, days assigning.Span) bool {
	return slices.ContainsFunc(free, func(w assigning.Span) bool { return w.From <= days.From && days.To <= w.To })
}

// addQuotas says which needs each quota is for.
func (a *asked) addQuotas(quotas []Quota) error {
	var c fault.Check
	for k, q := range quotas {
		made := assigning.Quota{ID: q.Name, Most: q.Most}
		for at, reference := range q.Needs {
			i := slices.IndexFunc(a.facts.needs, func(n needs.Need) bool { return n.Reference == strings.ToUpper(strings.TrimSpace(reference)) })
			c.That(i >= 0, fmt.Sprintf("quotas[%d].needs[%d]", k, at), "need.not_open", "There is no such open need in this programme.")
			if i >= 0 {
				made.Needs = append(made.Needs, i)
			}
		}
		for i, n := range a.facts.needs {
			if slices.ContainsFunc(q.ISCO, func(code string) bool { return strings.HasPrefix(n.ISCO, code) }) {
				made.Needs = append(made.Needs, i)
			}
		}
		a.Quotas = append(a.Quotas, made)
	}
	return c.Err()
}

// result spells what the solver answered.
func (a *asked) result(solved assigning.Result, costs []assigning.PinCost, in Inputs) Result {
	r := Result{Lines: []Line{}, Needs: []Open{}, Pins: []PinCost{}, Total: solved.Total, Bound: solved.Bound, Optimal: solved.Optimal, Cost: solved.Cost, Posts: solved.Posts}
	for _, i := range solved.Chosen {
		r.Lines = append(r.Lines, a.line(i, in))
	}
	slices.SortFunc(r.Lines, func(x, y Line) int {
		return cmp.Or(cmp.Compare(x.Need, y.Need), cmp.Compare(x.From, y.From), cmp.Compare(x.Person, y.Person))
	})
	for i, n := range a.facts.needs {
		period := a.facts.period(n)
		r.Needs = append(r.Needs, Open{ID: n.ID, Need: n.Reference, From: date(period.From), To: date(period.To), Posts: a.Needs[i].Headcount,
			Suitable: a.suits[i], Relay: slices.Contains(in.Relays, n.Reference), Divides: a.facts.divides(n, in.Handover)})
	}
	for _, g := range solved.Gaps {
		r.Needs[g.Need].Empty, r.Needs[g.Need].Reason = g.Posts, string(g.Reason)
	}
	for k, c := range costs {
		r.Pins = append(r.Pins, PinCost{Pin: in.Pins[k], Cost: c.Cost, Exact: c.Exact, Least: c.Least, Most: c.Most})
	}
	return r
}

func (a *asked) line(i int, in Inputs) Line {
	o := a.Options[i]
	n := a.facts.needs[o.Need]
	l := Line{NeedID: n.ID, Need: n.Reference, Person: o.Person, From: date(o.From), To: date(o.To), Stay: o.Stay + 1,
		Stays: len(a.Needs[o.Need].Ways[o.Way].Stays), Score: a.scores[i], Value: o.Value, Cost: o.Cost}
	l.Pinned = slices.ContainsFunc(in.Pins, func(p Pin) bool { return p.Here && p.Need == l.Need && p.Person == l.Person })
	l.Candidacy = string(a.facts.standing[pair{n.ID, a.facts.ids[o.Person]}].State)
	return l
}
