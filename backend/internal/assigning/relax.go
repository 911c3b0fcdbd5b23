// SPDX-License-Identifier: AGPL-3.0-or-later

package assigning

import (
	"cmp"
	"math/bits"
	"slices"
)

// The relaxed problem. Limits that the flow does not know (days of one person in
// several homes, one stay of a need for each, quotas, the budget, and that all
// stays of a relay are filled or none) are taken out and priced instead: what a
// proposal breaks, it pays for. Whatever the prices, no proposal that breaks
// nothing is worth more than the best of the relaxed problem (Lagrangian
// relaxation; Geoffrion 1974). Prices are whole numbers, so the bound is proven.

// relaxed is the best of the relaxed problem at some prices.
type relaxed struct {
	bound int64     // scaled
	taken []int32   // arcs, those of the node included
	ways  [][]int32 // how often each way of a linked need is filled, by the prices
}

// relax solves the relaxed problem of a node; false when nothing is like the node.
func (s *search) relax(n *node) (relaxed, bool) {
	m, f := s.m, s.flow
	r := relaxed{taken: s.taken[:0], ways: s.ways}
	f.state = n.state
	f.reset()
	s.weigh(n)
	for a := range m.arcs {
		if n.state[a] == in {
			r.bound += f.weight[a]
			r.taken = append(r.taken, int32(a))
		}
	}
	for i := range m.needs {
		r.bound += s.relaxWays(n, i, r.ways[i])
		s.seats(n, i)
	}
	if !f.solve() {
		return r, false
	}
	for row := range f.rows {
		if a := f.match[row]; a >= 0 {
			r.bound += f.weight[a]
			r.taken = append(r.taken, a)
		}
	}
	for q, price := range n.prices.pack {
		r.bound += price * m.packs[q].most
	}
	if m.budget != none {
		r.bound += share(n.prices.budget, m.budget, m.size)
	}
	slices.Sort(r.taken)
	s.taken = r.taken
	return r, true
}

// weigh takes the prices off the values.
func (s *search) weigh(n *node) {
	for a := range s.m.arcs {
		if n.state[a] == out {
			continue
		}
		c := &s.m.arcs[a]
		w := c.value - n.prices.link[c.slot]
		for _, q := range c.packs {
			w -= n.prices.pack[q]
		}
		if s.m.budget != none {
			w -= share(n.prices.budget, c.cost, s.m.size)
		}
		s.flow.weight[a] = w
	}
}

// seats adds the seats of a need to the flow.
func (s *search) seats(n *node, i int) {
	for w, way := range s.m.needs[i].ways {
		for _, slot := range way.slots {
			taken, open := s.m.count(n, slot)
			must := int32(0)
			if s.m.needs[i].linked {
				must = n.low[i][w] - taken
			}
			for k := range min(n.high[i][w]-taken, open) {
				s.flow.add(slot, k < must)
			}
		}
	}
}

// relaxWays chooses how often each way of a linked need is filled: those first
// whose stays are priced most. It returns what that brings.
func (s *search) relaxWays(n *node, i int, ways []int32) (sum int64) {
	need := &s.m.needs[i]
	if !need.linked {
		return 0
	}
	worth := make([]int64, len(need.ways))
	order := make([]int, len(need.ways))
	left := need.heads
	for w, way := range need.ways {
		order[w] = w
		for _, slot := range way.slots {
			worth[w] += n.prices.link[slot]
		}
		ways[w] = n.low[i][w]
		left -= ways[w]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(worth[b], worth[a]) })
	for _, w := range order {
		if more := min(left, n.high[i][w]-n.low[i][w]); worth[w] > 0 && more > 0 {
			ways[w] += more
			left -= more
		}
		sum += worth[w] * int64(ways[w])
	}
	return sum
}

// share returns price × amount ÷ size, rounded down: the shares of parts never
// add up to more than the share of the whole. It does not overflow on the way.
func share(price, amount, size int64) int64 {
	high, low := bits.Mul64(uint64(price), uint64(amount))
	if high >= uint64(size) {
		return far / 1024
	}
	q, _ := bits.Div64(high, low, uint64(size))
	return int64(min(q, uint64(far/1024)))
}

// fix leaves out the arcs that would bring the bound below what is already found.
func (s *search) fix(n *node, bound int64) {
	f := s.flow
	best := make(map[int32]int64, 16)
	for r, row := range f.rows {
		if u, ok := best[row.slot]; !ok || f.u[r] > u {
			best[row.slot] = f.u[r]
		}
	}
	for slot := range s.m.slots {
		u, ok := best[int32(slot)]
		if !ok {
			continue
		}
		for _, a := range s.m.slots[slot].arcs {
			if n.state[a] != free {
				continue
			}
			if reduced := -f.weight[a] - u - f.v[s.m.arcs[a].home]; !s.hopeful(bound - reduced) {
				n.state[a] = out
			}
		}
	}
}
