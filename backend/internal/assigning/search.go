// SPDX-License-Identifier: AGPL-3.0-or-later

package assigning

import (
	"container/heap"
	"context"
)

// search is branch and bound over the relaxed problem: the most promising part
// of all proposals is looked at first, and is divided where the relaxed problem
// cannot decide. What is found is a proposal; what is left is the bound.
type search struct {
	m    *model
	flow *flow

	options []int // of the best proposal so far
	value   int64 // of it, not scaled; -1: there is none

	mean   []int64 // of each arc: how much of it the relaxed problem took lately, in thousandths
	filled [][]int64
	taken  []int32
	ways   [][]int32
	trial  *trial
	first  *node
	nodes  int
	limit  int64 // of work
	toll   int64 // the work of a round beside the flow's
}

// How many rounds the prices of a node are improved: of the first node, whose
// prices all others begin with, and of the others.
const (
	firstRounds = 240
	laterRounds = 24
)

func newSearch(m *model, limit int64) *search {
	s := &search{m: m, flow: newFlow(m), value: -1, mean: make([]int64, len(m.arcs)), limit: limit}
	s.toll = int64(4*len(m.arcs) + len(m.people) + len(m.packs) + len(m.slots))
	for i := range m.needs {
		s.ways = append(s.ways, make([]int32, len(m.needs[i].ways)))
		s.filled = append(s.filled, make([]int64, len(m.needs[i].ways)))
	}
	s.trial, s.first = newTrial(m), m.root()
	return s
}

// hopeful tells whether a part with the scaled bound can hold anything better
// than the best so far.
func (s *search) hopeful(bound int64) bool { return floor(bound) > s.value }

// floor takes the scale off a bound; values are whole, so what is left over is
// out of reach.
func floor(bound int64) int64 {
	q := bound / scale
	if bound%scale < 0 {
		q--
	}
	return q
}

// begin looks at all proposals at once, and tells whether any part of them has to
// be looked into.
func (s *search) begin() bool {
	n := s.first
	return s.m.narrow(n) && s.ascend(n) && s.m.narrow(n)
}

// run returns what no proposal exceeds, after begin.
func (s *search) run(ctx context.Context) (bound int64, err error) {
	open := nodes{s.first}
	left := int64(-1) // the best bound among parts that were not looked into
	for len(open) > 0 {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		n := heap.Pop(&open).(*node)
		if n.bound != far && !s.hopeful(n.bound) {
			break // nor has any other part more to offer
		}
		if n != s.first && s.flow.work > s.limit {
			left = floor(n.bound)
			break
		}
		s.nodes++
		if n != s.first && (!s.m.narrow(n) || !s.ascend(n) || !s.m.narrow(n)) {
			continue
		}
		for _, c := range s.divide(n) {
			s.nodes++
			c.number = s.nodes
			heap.Push(&open, c)
		}
	}
	return max(left, s.value), nil
}

// ascend improves the prices of a node by steps along the subgradient, and the
// best proposal on the way. It returns false when the node can be left.
func (s *search) ascend(n *node) bool {
	rounds, step, stalled := laterRounds, 1.0, 0
	if n.depth == 0 {
		rounds = firstRounds
	}
	clear(s.mean)
	for i := range s.filled {
		clear(s.filled[i])
	}
	kept, prices := n.prices.clone(), &n.prices
	for k := range rounds {
		r, ok := s.relax(n)
		if !ok {
			return false
		}
		if r.bound < n.bound {
			n.bound, kept, stalled = r.bound, prices.clone(), 0
		} else if stalled++; stalled == 8 {
			step, stalled = step/2, 0
		}
		s.flow.work += s.toll
		s.remember(r, k)
		s.propose(n, r, k)
		if !s.hopeful(n.bound) {
			return false
		}
		s.fix(n, r.bound)
		if step < 1e-4 || s.flow.work > s.limit && (n.depth > 0 || k >= laterRounds) || !s.improve(n, r, step) {
			break
		}
	}
	n.prices = kept
	return true
}

// remember keeps a moving mean of what the relaxed problem takes: where it
// changes its mind is where to divide.
func (s *search) remember(r relaxed, round int) {
	weight := int64(8)
	if round < 8 {
		weight = int64(round + 1)
	}
	for a := range s.mean {
		s.mean[a] -= s.mean[a] / weight
	}
	for _, a := range r.taken {
		s.mean[a] += 1000 / weight
	}
	for i := range r.ways {
		for w := range r.ways[i] {
			s.filled[i][w] += (1000*int64(r.ways[i][w]) - s.filled[i][w]) / weight
		}
	}
}

// propose makes a proposal of what the relaxed problem took: as it is when it
// breaks nothing, and mended now and then.
func (s *search) propose(n *node, r relaxed, round int) {
	if s.trial.holds(r.taken) {
		s.offer(r.taken)
		return
	}
	if round%6 == 0 {
		s.trial.mend(n, r)
		s.flow.work += 4 * s.toll
		s.offer(s.trial.taken())
	}
}

// offer keeps a proposal when it breaks nothing and is better than the best.
func (s *search) offer(arcs []int32) {
	var value int64
	for _, a := range arcs {
		value += s.m.arcs[a].value / scale
	}
	if value <= s.value || !s.trial.holds(arcs) {
		return
	}
	s.options, s.value = make([]int, len(arcs)), value
	for i, a := range arcs {
		s.options[i] = s.m.arcs[a].option
	}
}

// improve moves the prices one step: up where a limit is broken, down where it
// has room. It returns false when the relaxed problem keeps every limit that has
// a price, so that nothing is left to improve.
func (s *search) improve(n *node, r relaxed, step float64) bool {
	g := s.slope(r)
	norm := 0.0
	for q, over := range g.pack {
		if over < 0 && n.prices.pack[q] == 0 {
			g.pack[q] = 0
			continue
		}
		norm += float64(over * over)
	}
	for _, over := range g.link {
		norm += float64(over * over)
	}
	if g.budget < 0 && n.prices.budget == 0 {
		g.budget = 0
	}
	norm += float64(g.budget * g.budget)
	if norm == 0 {
		return false
	}
	gap := float64(max(r.bound-max(s.value, 0)*scale, scale))
	length := float64(float64(step*gap) / norm)
	for q, over := range g.pack {
		if over != 0 {
			n.prices.pack[q] = within(n.prices.pack[q]+rounded(length*float64(over)), 0)
		}
	}
	for slot, over := range g.link {
		if over != 0 {
			n.prices.link[slot] = within(n.prices.link[slot]+rounded(length*float64(over)), -mostPrice)
		}
	}
	n.prices.budget = within(n.prices.budget+rounded(float64(length*g.budget)), 0)
	return true
}

// mostPrice keeps sums of prices within 64 bits.
const mostPrice = MostValue * scale

func within(price, least int64) int64 { return min(max(price, least), mostPrice) }

func rounded(x float64) int64 {
	if x < 0 {
		return -int64(min(-x+0.5, mostPrice))
	}
	return int64(min(x+0.5, mostPrice))
}

// slope is by how much each limit is broken: negative where it has room.
type slope struct {
	pack   []int64
	link   []int64
	budget float64 // in usual costs
}

func (s *search) slope(r relaxed) slope {
	m := s.m
	g := slope{pack: make([]int64, len(m.packs)), link: make([]int64, len(m.slots))}
	for q := range m.packs {
		g.pack[q] = -m.packs[q].most
	}
	var cost int64
	for _, a := range r.taken {
		for _, q := range m.arcs[a].packs {
			g.pack[q]++
		}
		slot := m.arcs[a].slot
		if m.needs[m.slots[slot].need].linked {
			g.link[slot]++
		}
		cost += m.arcs[a].cost
	}
	for i := range m.needs {
		if !m.needs[i].linked {
			continue
		}
		for w, way := range m.needs[i].ways {
			for _, slot := range way.slots {
				g.link[slot] -= int64(r.ways[i][w])
			}
		}
	}
	if m.budget != none {
		g.budget = float64(float64(cost-m.budget) / float64(m.size))
	}
	return g
}

// nodes is a heap: the highest bound first, then the deepest, then the oldest.
type nodes []*node

func (h nodes) Len() int { return len(h) }
func (h nodes) Less(i, j int) bool {
	a, b := h[i], h[j]
	if a.bound != b.bound {
		return a.bound > b.bound
	}
	if a.depth != b.depth {
		return a.depth > b.depth
	}
	return a.number < b.number
}
func (h nodes) Swap(i, j int) { h[i], h[j] = h[j], h[i] }

// Push adds a node.
func (h *nodes) Push(x any) { *h = append(*h, x.(*node)) }

// Pop takes the last.
func (h *nodes) Pop() any {
	all := *h
	last := all[len(all)-1]
	*h = all[:len(all)-1]
	return last
}
