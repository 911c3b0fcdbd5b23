// SPDX-License-Identifier: AGPL-3.0-or-later

package assigning

import (
	"cmp"
	"slices"
)

// trial is a proposal in the making: it knows what can be added without breaking
// a limit.
type trial struct {
	m       *model
	on      []bool
	ofSlot  [][]int32 // the arcs that are on
	ofOne   [][]int32 // the same, by person
	posts   []int32   // of linked needs: filled
	ways    [][]int32 // of linked needs: how often each way is filled
	quota   []int64   // of packs: how many are on
	cost    int64
	liked   []bool
	byValue []int32 // all arcs, the most valuable first
}

func newTrial(m *model) *trial {
	t := &trial{m: m, on: make([]bool, len(m.arcs)), ofSlot: make([][]int32, len(m.slots)), ofOne: make([][]int32, len(m.people)),
		posts: make([]int32, len(m.needs)), quota: make([]int64, len(m.packs)), liked: make([]bool, len(m.arcs))}
	for i := range m.needs {
		t.ways = append(t.ways, make([]int32, len(m.needs[i].ways)))
	}
	for a := range m.arcs {
		t.byValue = append(t.byValue, int32(a))
	}
	slices.SortStableFunc(t.byValue, func(a, b int32) int {
		return cmp.Or(cmp.Compare(m.arcs[b].value, m.arcs[a].value), cmp.Compare(m.arcs[a].cost, m.arcs[b].cost))
	})
	return t
}

func (t *trial) clear() {
	clear(t.on)
	clear(t.posts)
	clear(t.quota)
	for i := range t.ofSlot {
		t.ofSlot[i] = t.ofSlot[i][:0]
	}
	for i := range t.ofOne {
		t.ofOne[i] = t.ofOne[i][:0]
	}
	for i := range t.ways {
		clear(t.ways[i])
	}
	t.cost = 0
}

// need returns the need of an arc.
func (t *trial) need(a int32) *need { return &t.m.needs[t.m.slots[t.m.arcs[a].slot].need] }

// fits tells whether the person, the quotas and the budget admit an arc.
func (t *trial) fits(a int32) bool {
	c := &t.m.arcs[a]
	for _, b := range t.ofOne[c.person] {
		if t.m.conflict(a, b) {
			return false
		}
	}
	for _, q := range c.packs {
		if p := &t.m.packs[q]; p.quota && t.quota[q] >= p.most {
			return false
		}
	}
	return !t.on[a] && (t.m.budget == none || t.cost+c.cost <= t.m.budget)
}

// room tells whether the slot of an arc of a need that is not linked has a seat.
func (t *trial) room(a int32) bool {
	return int32(len(t.ofSlot[t.m.arcs[a].slot])) < t.need(a).heads
}

func (t *trial) put(a int32) {
	c := &t.m.arcs[a]
	t.on[a] = true
	t.ofSlot[c.slot] = append(t.ofSlot[c.slot], a)
	t.ofOne[c.person] = append(t.ofOne[c.person], a)
	t.cost += c.cost
	for _, q := range c.packs {
		t.quota[q]++
	}
}

func (t *trial) drop(a int32) {
	c := &t.m.arcs[a]
	t.on[a] = false
	not := func(b int32) bool { return b == a }
	t.ofSlot[c.slot] = slices.DeleteFunc(t.ofSlot[c.slot], not)
	t.ofOne[c.person] = slices.DeleteFunc(t.ofOne[c.person], not)
	t.cost -= c.cost
	for _, q := range c.packs {
		t.quota[q]--
	}
}

func (t *trial) taken() []int32 {
	var all []int32
	for a, on := range t.on {
		if on {
			all = append(all, int32(a))
		}
	}
	return all
}

// holds tells whether a proposal keeps every limit and every pin. It looks at
// everything again, whoever made the proposal.
func (t *trial) holds(arcs []int32) bool {
	t.clear()
	for _, a := range arcs {
		if !t.fits(a) || !t.need(a).linked && !t.room(a) {
			return false
		}
		t.put(a)
	}
	for i := range t.m.needs {
		if t.m.needs[i].linked && !t.whole(i) {
			return false
		}
	}
	for _, p := range t.m.pins {
		if !slices.ContainsFunc(p.arcs, func(a int32) bool { return t.on[a] }) {
			return false
		}
	}
	return true
}

// whole tells whether every way of a linked need is filled in all its stays or in none.
func (t *trial) whole(i int) bool {
	posts := 0
	for _, way := range t.m.needs[i].ways {
		n := len(t.ofSlot[way.slots[0]])
		for _, slot := range way.slots {
			if len(t.ofSlot[slot]) != n {
				return false
			}
		}
		posts += n
	}
	return posts <= int(t.m.needs[i].heads)
}

// mend makes a proposal of what the relaxed problem took: first what the node has
// decided, then relays, then single stays, and last whatever still fits.
func (t *trial) mend(n *node, r relaxed) {
	t.clear()
	clear(t.liked)
	for a, state := range n.state {
		if state == in {
			t.put(int32(a))
		}
	}
	for _, a := range r.taken {
		t.liked[a] = true
	}
	for i := range t.m.needs {
		t.mendWays(n, i, r.ways[i])
	}
	for _, only := range []bool{true, false} {
		for _, a := range t.byValue {
			if n.state[a] == free && (!only || t.liked[a]) && !t.need(a).linked && t.room(a) && t.fits(a) {
				t.put(a)
			}
		}
	}
	for i := range t.m.needs {
		t.fillWays(n, i)
	}
	for range 2 {
		if !t.swap(n) {
			return
		}
	}
}

// mendWays fills the ways of a linked need as often as the relaxed problem does.
func (t *trial) mendWays(n *node, i int, ways []int32) {
	if !t.m.needs[i].linked {
		return
	}
	for w := range t.m.needs[i].ways {
		if n.low[i][w] > 0 && t.raise(n, i, w, n.low[i][w]) {
			t.posts[i] += n.low[i][w]
			t.ways[i][w] = n.low[i][w]
		}
	}
	for w := range t.m.needs[i].ways {
		for t.ways[i][w] < ways[w] && t.more(n, i, w) {
		}
	}
}

// fillWays fills posts of a linked need that are still empty, any way that can be.
func (t *trial) fillWays(n *node, i int) {
	if !t.m.needs[i].linked {
		return
	}
	for w := range t.m.needs[i].ways {
		for t.ways[i][w] < n.high[i][w] && t.more(n, i, w) {
		}
	}
}

// more fills one post more in a way.
func (t *trial) more(n *node, i, w int) bool {
	if t.posts[i] >= t.m.needs[i].heads || !t.raise(n, i, w, t.ways[i][w]+1) {
		return false
	}
	t.ways[i][w]++
	t.posts[i]++
	return true
}

// raise brings every slot of a way to so many people, or changes nothing. It looks
// for them back and forth, and gives up after some steps.
func (t *trial) raise(n *node, i, w int, to int32) bool {
	slots := t.m.needs[i].ways[w].slots
	steps := 200
	var fill func(k int) bool
	fill = func(k int) bool {
		if k == len(slots) {
			return true
		}
		if int32(len(t.ofSlot[slots[k]])) >= to {
			return fill(k + 1)
		}
		for _, liked := range []bool{true, false} {
			for _, a := range t.m.slots[slots[k]].arcs {
				if n.state[a] != free || t.liked[a] != liked || !t.fits(a) {
					continue
				}
				t.put(a)
				if fill(k) {
					return true
				}
				t.drop(a)
				if steps--; steps < 0 {
					return false
				}
			}
		}
		return false
	}
	return fill(0)
}

// swap puts arcs in the place of what they exclude, where that is worth more, and
// tells whether it did.
func (t *trial) swap(n *node) bool {
	better := false
	for _, a := range t.byValue {
		if n.state[a] != free || t.on[a] || t.need(a).linked {
			continue
		}
		against, ok := t.against(n, a)
		if !ok {
			continue
		}
		for _, b := range against {
			t.drop(b)
		}
		if t.fits(a) {
			t.put(a)
			better = true
			continue
		}
		for _, b := range against {
			t.put(b)
		}
	}
	return better
}

// against returns what has to go for an arc; false when that is worth as much, or
// must not go.
func (t *trial) against(n *node, a int32) ([]int32, bool) {
	c := &t.m.arcs[a]
	left := c.value
	var against []int32
	for _, b := range t.ofOne[c.person] {
		if !t.m.conflict(a, b) {
			continue
		}
		if n.state[b] == in || t.need(b).linked {
			return nil, false
		}
		against = append(against, b)
		left -= t.m.arcs[b].value
	}
	inSlot := func(b int32) bool { return t.m.arcs[b].slot == c.slot }
	if !t.room(a) && !slices.ContainsFunc(against, inSlot) {
		weakest := int32(-1)
		for _, b := range t.ofSlot[c.slot] {
			if n.state[b] == free && (weakest < 0 || t.m.arcs[b].value < t.m.arcs[weakest].value) {
				weakest = b
			}
		}
		if weakest < 0 {
			return nil, false
		}
		against = append(against, weakest)
		left -= t.m.arcs[weakest].value
	}
	return against, left > 0
}
