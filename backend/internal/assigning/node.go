// SPDX-License-Identifier: AGPL-3.0-or-later

package assigning

import "slices"

// What is decided of an arc.
const (
	free = int8(0)
	in   = int8(1)
	out  = int8(-1)
)

// node is a part of all proposals: those in which some arcs are taken or left
// out, and some ways filled at least or at most so often.
type node struct {
	number int
	bound  int64 // scaled: no proposal of this part is better
	state  []int8
	low    [][]int32 // of needs and their ways: posts filled so, at least
	high   [][]int32 // and at most
	prices prices
	depth  int
}

// prices are what the limits cost in the relaxed problem.
type prices struct {
	pack   []int64 // of one place in a pack, never negative
	link   []int64 // of one stay of a slot of a linked need, of either sign
	budget int64   // of a usual cost
}

func (p prices) clone() prices {
	return prices{slices.Clone(p.pack), slices.Clone(p.link), p.budget}
}

// root is the node of all proposals.
func (m *model) root() *node {
	n := &node{bound: far, state: make([]int8, len(m.arcs)),
		prices: prices{pack: make([]int64, len(m.packs)), link: make([]int64, len(m.slots))}}
	for i := range m.needs {
		low, high := make([]int32, len(m.needs[i].ways)), make([]int32, len(m.needs[i].ways))
		for w := range high {
			high[w] = m.needs[i].heads
		}
		n.low, n.high = append(n.low, low), append(n.high, high)
	}
	return n
}

// child is a copy to decide more in.
func (n *node) child() *node {
	c := &node{bound: n.bound, state: slices.Clone(n.state), prices: n.prices.clone(), depth: n.depth + 1}
	for i := range n.low {
		c.low, c.high = append(c.low, slices.Clone(n.low[i])), append(c.high, slices.Clone(n.high[i]))
	}
	return c
}

// narrow draws the conclusions of what is decided, and tells whether anything is
// left: false means that no proposal is like this.
func (m *model) narrow(n *node) bool {
	for changed := true; changed; {
		changed = false
		for _, step := range []func(*node) (bool, bool){m.narrowPeople, m.narrowPacks, m.narrowBudget, m.narrowNeeds, m.narrowPins} {
			more, ok := step(n)
			if !ok {
				return false
			}
			changed = changed || more
		}
	}
	return true
}

// narrowPeople leaves out what conflicts with what is taken.
func (m *model) narrowPeople(n *node) (changed, ok bool) {
	for _, arcs := range m.people {
		for _, a := range arcs {
			if n.state[a] != in {
				continue
			}
			for _, b := range arcs {
				if a == b || n.state[b] == out || !m.conflict(a, b) {
					continue
				}
				if n.state[b] == in {
					return false, false
				}
				n.state[b], changed = out, true
			}
		}
	}
	return changed, true
}

// narrowPacks leaves out the rest of a pack that is full. Packs of days follow
// from the conflicts.
func (m *model) narrowPacks(n *node) (changed, ok bool) {
	for _, p := range m.packs {
		if !p.quota {
			continue
		}
		left := p.most
		for _, a := range p.arcs {
			if n.state[a] == in {
				left--
			}
		}
		if left < 0 {
			return false, false
		}
		if left == 0 {
			changed = n.leave(p.arcs) || changed
		}
	}
	return changed, true
}

// leave leaves out the arcs that are free, and tells whether any was.
func (n *node) leave(arcs []int32) (changed bool) {
	for _, a := range arcs {
		if n.state[a] == free {
			n.state[a], changed = out, true
		}
	}
	return changed
}

// narrowBudget leaves out what the rest of the money cannot pay.
func (m *model) narrowBudget(n *node) (changed, ok bool) {
	if m.budget == none {
		return false, true
	}
	left := m.budget
	for a := range m.arcs {
		if n.state[a] == in {
			left -= m.arcs[a].cost
		}
	}
	if left < 0 {
		return false, false
	}
	for a := range m.arcs {
		if n.state[a] == free && m.arcs[a].cost > left {
			n.state[a], changed = out, true
		}
	}
	return changed, true
}

// narrowNeeds draws what can be known of the ways of each need.
func (m *model) narrowNeeds(n *node) (changed, ok bool) {
	for i := range m.needs {
		more, ok := m.narrowNeed(n, i)
		if !ok {
			return false, false
		}
		changed = changed || more
	}
	return changed, true
}

func (m *model) narrowNeed(n *node, i int) (changed, ok bool) {
	low, high := n.low[i], n.high[i]
	var sum int32
	for w, way := range m.needs[i].ways {
		for _, s := range way.slots {
			taken, open := m.count(n, s)
			low[w] = max(low[w], taken)
			high[w] = min(high[w], taken+open)
		}
		sum += low[w]
	}
	if sum > m.needs[i].heads {
		return false, false
	}
	for w, way := range m.needs[i].ways {
		high[w] = min(high[w], m.needs[i].heads-sum+low[w])
		if low[w] > high[w] {
			return false, false
		}
		for _, s := range way.slots {
			taken, open := m.count(n, s)
			switch {
			case open > 0 && taken == high[w]:
				changed = n.leave(m.slots[s].arcs) || changed
			case open > 0 && m.needs[i].linked && taken+open == low[w]:
				changed = n.take(m.slots[s].arcs) || changed
			}
		}
	}
	return changed, true
}

// take takes the arcs that are free.
func (n *node) take(arcs []int32) (changed bool) {
	for _, a := range arcs {
		if n.state[a] == free {
			n.state[a], changed = in, true
		}
	}
	return changed
}

// count returns how many arcs of a slot are taken and how many are free.
func (m *model) count(n *node, s int32) (taken, open int32) {
	for _, a := range m.slots[s].arcs {
		switch n.state[a] {
		case in:
			taken++
		case free:
			open++
		}
	}
	return taken, open
}

// narrowPins takes the last arc that a pin can be kept by.
func (m *model) narrowPins(n *node) (changed, ok bool) {
	for _, p := range m.pins {
		last, open, kept := int32(-1), 0, false
		for _, a := range p.arcs {
			switch n.state[a] {
			case in:
				kept = true
			case free:
				last, open = a, open+1
			}
		}
		if kept {
			continue
		}
		if open == 0 {
			return false, false
		}
		if open == 1 {
			n.state[last], changed = in, true
		}
	}
	return changed, true
}
