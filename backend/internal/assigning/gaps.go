// SPDX-License-Identifier: AGPL-3.0-or-later

package assigning

import "slices"

// gaps counts the posts that a proposal fills, and says of each need that is not
// filled why not.
func gaps(p *Problem, chosen []int, optimal bool) (posts int, all []Gap) {
	filled := make([]int, len(p.Needs))
	for _, i := range chosen {
		// Every stay of a relay is filled, so the first counts for all.
		if o := p.Options[i]; o.Stay == 0 {
			filled[o.Need]++
		}
	}
	why := newReasons(p, chosen)
	for i, n := range p.Needs {
		posts += filled[i]
		if missing := n.Headcount - filled[i]; missing > 0 {
			all = append(all, Gap{Need: i, Posts: missing, Reason: why.of(i, optimal)})
		}
	}
	return posts, all
}

// reasons looks at a proposal for what stands against one person more.
type reasons struct {
	p       *Problem
	byNeed  map[int][]int // indexes of options
	away    map[pair]bool
	busy    map[string][]int // options that are chosen
	left    int64
	full    []bool // needs whose quota is used up
	limited bool
}

func newReasons(p *Problem, chosen []int) *reasons {
	r := &reasons{p: p, byNeed: map[int][]int{}, away: map[pair]bool{}, busy: map[string][]int{}, full: make([]bool, len(p.Needs)), limited: p.Budget != nil}
	for i, o := range p.Options {
		r.byNeed[o.Need] = append(r.byNeed[o.Need], i)
	}
	for _, pin := range p.Pins {
		r.away[pair{pin.Need, pin.Person}] = !pin.Here
	}
	at := make([]int, len(p.Needs))
	if r.limited {
		r.left = *p.Budget
	}
	for _, i := range chosen {
		o := p.Options[i]
		r.busy[o.Person] = append(r.busy[o.Person], i)
		r.left -= o.Cost
		at[o.Need]++
	}
	for _, q := range p.Quotas {
		n := 0
		for _, need := range distinct(q.Needs) {
			n += at[need]
		}
		for _, need := range q.Needs {
			r.full[need] = r.full[need] || n >= q.Most
		}
	}
	return r
}

// of returns the reason for a need that has an empty post.
func (r *reasons) of(need int, optimal bool) Reason {
	any, withheld := map[[2]int]bool{}, map[[2]int]bool{}
	open, cheapest := map[[2]int]bool{}, map[[2]int]int64{}
	elsewhere := false
	for _, i := range r.byNeed[need] {
		o := r.p.Options[i]
		at := [2]int{o.Way, o.Stay}
		any[at] = true
		if r.away[pair{need, o.Person}] {
			continue
		}
		withheld[at] = true
		if r.taken(o) {
			elsewhere = elsewhere || !r.here(o)
			continue
		}
		open[at] = true
		if c, ok := cheapest[at]; !ok || o.Cost < c {
			cheapest[at] = o.Cost
		}
	}
	switch {
	case len(any) == 0:
		return Nobody
	case !r.covered(need, any):
		return Broken
	case !r.covered(need, withheld):
		return Withheld
	case !r.covered(need, open) && !elsewhere:
		return Few
	case !r.covered(need, open):
		return Taken
	case r.full[need]:
		return Quotas
	case r.limited && !r.affordable(need, open, cheapest):
		return Money
	case optimal:
		return Taken
	}
	return Unproven
}

// taken tells whether the proposal has the person elsewhere on those days, or at
// this need already.
func (r *reasons) taken(o Option) bool {
	for _, i := range r.busy[o.Person] {
		b := r.p.Options[i]
		if b.Need == o.Need || b.Overlaps(o.Span) {
			return true
		}
	}
	return false
}

// here tells whether the proposal has the person at the option's need.
func (r *reasons) here(o Option) bool {
	return slices.ContainsFunc(r.busy[o.Person], func(i int) bool { return r.p.Options[i].Need == o.Need })
}

// covered tells whether some way has somebody for each of its stays.
func (r *reasons) covered(need int, has map[[2]int]bool) bool {
	for w := range r.p.Needs[need].Ways {
		if r.wayCovered(need, w, has) {
			return true
		}
	}
	return false
}

func (r *reasons) wayCovered(need, w int, has map[[2]int]bool) bool {
	for s := range r.p.Needs[need].Ways[w].Stays {
		if !has[[2]int{w, s}] {
			return false
		}
	}
	return true
}

// affordable tells whether the rest of the money pays for some way.
func (r *reasons) affordable(need int, has map[[2]int]bool, cheapest map[[2]int]int64) bool {
	for w, way := range r.p.Needs[need].Ways {
		sum := int64(0)
		for s := range way.Stays {
			sum += cheapest[[2]int{w, s}]
		}
		if r.wayCovered(need, w, has) && sum <= r.left {
			return true
		}
	}
	return false
}
