// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"math"
	"sync"

	"sankofa/backend/internal/matching"
)

// heat is who of one pool meets the conditions of a need, and with how many points.
type heat struct {
	pool    *homeland
	passing []uint32
	removed map[matching.Condition]int
	*scratch
}

// scratch is memory that one heat needs and the next may use again.
type scratch struct {
	slots  []uint32
	passes set
	scores []int32 // by slot
	shares []int32 // of one criterion, by slot
	sums   []int64 // of weights of words, by slot
	memo   []int16 // shares of the values of a facet, or unjudged
}

var scratches = sync.Pool{New: func() any { return &scratch{} }}

// roomFor makes room for so many slots, all zero.
func (s *scratch) roomFor(n int) {
	if cap(s.scores) < n {
		s.scores, s.shares, s.sums = make([]int32, n, n+n/4), make([]int32, n, n+n/4), make([]int64, n, n+n/4)
		s.passes = make(set, (n+63)/64, (n+n/4+63)/64)
	}
	s.scores, s.shares, s.sums, s.passes = s.scores[:n], s.shares[:n], s.sums[:n], s.passes[:(n+63)/64]
	clear(s.scores)
	clear(s.shares)
	clear(s.sums)
	clear(s.passes)
	s.slots = s.slots[:0]
}

func (h *heat) free() { scratches.Put(h.scratch) }

// view is one need seen from one pool.
type view struct {
	asking
	pool   *homeland
	scorer *matching.Scorer
	kin    *kinship
	of     [][]int // points of each criterion, by class
	heat
}

func (v *view) run() heat {
	v.heat = heat{pool: v.pool, removed: map[matching.Condition]int{}, scratch: scratches.Get().(*scratch)}
	v.roomFor(len(v.pool.ids))
	v.sieve(v.pool.members[v.programme])
	v.score()
	return v.heat
}

// sieve applies the conditions in their order: who fails one is not asked for the
// next.
func (v *view) sieve(members set) {
	left := v.slots
	for n := range members.all() {
		left = append(left, uint32(n))
	}
	v.slots = left
	for _, c := range matching.Conditions[2:] {
		before := len(left)
		left = v.meet(c, left)
		v.removed[c] = before - len(left)
	}
	v.passing = left
	for _, slot := range left {
		v.passes.add(uint64(slot))
	}
}

// meet keeps who meets one condition.
func (v *view) meet(c matching.Condition, left []uint32) []uint32 {
	switch c {
	case matching.Availability:
		return v.available(left)
	case matching.Languages:
		return v.speaking(left)
	case matching.Licences:
		return v.licensed(left)
	case matching.RightOfReturn:
		return v.returning(left)
	case matching.Modality:
		for i, m := range modalities {
			if m == v.need.Modality {
				return only(left, func(slot uint32) bool { return v.pool.works[i].has(uint64(slot)) })
			}
		}
	}
	return left
}

func only(left []uint32, ok func(uint32) bool) []uint32 {
	out := left[:0]
	for _, slot := range left {
		if ok(slot) {
			out = append(out, slot)
		}
	}
	return out
}

// available keeps who is free for long enough within the need's period.
func (v *view) available(left []uint32) []uint32 {
	least := int32(v.need.Days())
	if least == 0 {
		return left
	}
	p, period := v.pool, dayWindow{math.MaxInt32, math.MinInt32}
	if v.need.Starts.Valid() && v.need.Ends.Valid() {
		period = dayWindow{dayNumber(v.need.Starts), dayNumber(v.need.Ends)}
	}
	out := left[:0]
	for _, slot := range left {
		if p.longest[slot] < least {
			continue
		}
		for _, w := range p.windows.at(slot) {
			if min(w.to, period.to)-max(w.from, period.from)+1 >= least {
				out = append(out, slot)
				break
			}
		}
	}
	return out
}

func (v *view) speaking(left []uint32) []uint32 {
	for _, f := range v.need.Floors {
		if !f.Required || f.Spoken <= 0 && f.Written <= 0 {
			continue
		}
		var enough [1 << 7]bool
		for levels := range enough {
			enough[levels] = levels>>3&7 >= int(f.Spoken) && levels&7 >= int(f.Written)
		}
		known := v.pool.speech[f.Language]
		left = only(left, func(slot uint32) bool { return int(slot) < len(known) && enough[known[slot]] })
	}
	return left
}

func (v *view) licensed(left []uint32) []uint32 {
	if !v.need.LicenceRequired {
		return left
	}
	held := &v.pool.facets[licensing]
	v.forget(len(held.values))
	return only(left, func(slot uint32) bool {
		n := held.ids[slot]
		if v.memo[n] == unjudged {
			v.memo[n] = 0
			if matching.Check(matching.Licences, v.need, held.values[n]) == nil {
				v.memo[n] = 1
			}
		}
		return v.memo[n] == 1
	})
}

func (v *view) returning(left []uint32) []uint32 {
	if v.need.Modality == "virtual" {
		return left
	}
	last := int32(math.MinInt32 + 1)
	if v.need.Ends.Valid() {
		last = dayNumber(v.need.Ends)
	}
	return only(left, func(slot uint32) bool { return v.pool.returns[slot] >= last })
}

// unjudged marks a value that has not been looked at for this need.
const unjudged = -1

// forget makes room for judging so many values.
func (s *scratch) forget(n int) {
	if cap(s.memo) < n {
		s.memo = make([]int16, n, n+n/4)
	}
	s.memo = s.memo[:n]
	for i := range s.memo {
		s.memo[i] = unjudged
	}
}
