// SPDX-License-Identifier: AGPL-3.0-or-later

package assigning

import "math"

// flow is the core: the assignment of people to the seats of slots with the
// greatest total weight, by successive shortest augmenting paths with node
// potentials over the sparse lists of the slots (Jonker and Volgenant 1987 for
// dense matrices; here each row has its few arcs, and a way to stay empty). It is
// exact in whole numbers, and its potentials prove it.
type flow struct {
	m      *model
	weight []int64 // of each arc, prices taken off
	state  []int8  // of each arc: only the free are used
	work   int64   // arcs that were looked at

	rows    []row
	u       []int64 // potential of a row
	v       []int64 // potential of a home, never positive
	holder  []int32 // the row that holds a home, or -1
	match   []int32 // the arc of a row, or -1: it stays empty
	dist    []int64
	by      []int32 // the arc by which a home was reached
	from    []int32 // the row from which it was
	touched []int32
	done    []int32 // homes whose distance is final
	queue   queue
	waiting []int32 // rows that did not find a home by bidding
}

// row is one seat of a slot.
type row struct {
	slot int32
	must bool // it may not stay empty
}

const far = math.MaxInt64 / 4

func newFlow(m *model) *flow {
	f := &flow{m: m, weight: make([]int64, len(m.arcs)), v: make([]int64, m.homes), holder: make([]int32, m.homes),
		dist: make([]int64, m.homes), by: make([]int32, m.homes), from: make([]int32, m.homes)}
	for i := range f.dist {
		f.dist[i] = far
	}
	return f
}

// reset forgets everything but the weights.
func (f *flow) reset() {
	f.rows, f.u, f.match, f.waiting = f.rows[:0], f.u[:0], f.match[:0], f.waiting[:0]
	clear(f.v)
	for i := range f.holder {
		f.holder[i] = -1
	}
}

// add gives a slot one seat more.
func (f *flow) add(slot int32, must bool) {
	f.rows = append(f.rows, row{slot, must})
	f.match = append(f.match, -1)
	f.u = append(f.u, 0)
}

// solve fills the seats; false when one that must be filled cannot be. First every
// row takes its best home and bids by how much it prefers that one, which settles
// nearly all; the rest find a shortest path.
func (f *flow) solve() bool {
	bids := bidsPerRow * len(f.rows)
	for r := range f.rows {
		for at := int32(r); at >= 0; {
			home, best, second := f.prefer(at)
			if home < 0 {
				f.u[at] = best
				break
			}
			if f.holder[home] >= 0 && (best == second || bids < 0) {
				f.waiting = append(f.waiting, at)
				break
			}
			bids--
			at = f.bid(at, home, best, second)
		}
	}
	for _, r := range f.waiting {
		home, best, _ := f.prefer(r)
		f.u[r] = best
		if home < 0 {
			if f.rows[r].must {
				return false
			}
			continue
		}
		if f.holder[home] < 0 {
			f.holder[home], f.match[r] = r, f.by[home]
			continue
		}
		if !f.augment(r) {
			return false
		}
	}
	return true
}

// bidsPerRow ends a long dispute about few homes: a shortest path is quicker then.
const bidsPerRow = 128

// prefer returns the home that suits a row best, or -1: to stay empty; and the
// reduced costs of that and of the second best. It leaves the arc in by.
func (f *flow) prefer(r int32) (home int32, best, second int64) {
	home, best, second = -1, far, far
	if !f.rows[r].must {
		best = 0
	}
	for _, a := range f.m.slots[f.rows[r].slot].arcs {
		if f.state[a] != free {
			continue
		}
		f.work++
		at := f.m.arcs[a].home
		cost := -f.weight[a] - f.v[at]
		switch {
		case cost < best:
			if at != home {
				second = best
			}
			home, best = at, cost
			f.by[at] = a
		case cost < second && at != home:
			second = cost
		}
	}
	return home, best, second
}

// bid gives a row the home that suits it best, makes that so much dearer that the
// second best suits it as well, and returns the row that held it, or -1.
func (f *flow) bid(r, home int32, best, second int64) int32 {
	before := f.holder[home]
	if second == far {
		second = best
	}
	f.v[home] -= second - best
	f.u[r] = second
	f.holder[home], f.match[r] = r, f.by[home]
	if before >= 0 {
		f.match[before] = -1
	}
	return before
}

// augment finds the shortest path from a new row to a home that is free, or to a
// row that may stay empty, and moves everybody along it.
func (f *flow) augment(r int32) bool {
	end := target{dist: far, row: -1, home: -1}
	f.queue = f.queue[:0]
	f.done = f.done[:0]
	at, base := r, int64(0)
	for {
		f.scan(at, base, &end)
		dist, home := f.queue.pop(f)
		if home < 0 || dist >= end.dist {
			break
		}
		if f.holder[home] < 0 {
			end = target{dist: dist, row: -1, home: home}
			break
		}
		f.done = append(f.done, home)
		at, base = f.holder[home], dist
	}
	found := end.dist < far
	if found {
		f.shift(r, end.dist)
		f.move(r, end)
	}
	for _, home := range f.touched {
		f.dist[home] = far
	}
	f.touched = f.touched[:0]
	return found
}

// target is where a path ends.
type target struct {
	dist int64
	row  int32 // that will stay empty
	home int32 // that is free
}

// scan reaches from a row to the homes of its slot.
func (f *flow) scan(at int32, base int64, end *target) {
	u := f.u[at]
	if !f.rows[at].must {
		if dist := base - u; dist < end.dist {
			*end = target{dist: dist, row: at, home: -1}
		}
	}
	for _, a := range f.m.slots[f.rows[at].slot].arcs {
		if f.state[a] != free {
			continue
		}
		f.work++
		home := f.m.arcs[a].home
		dist := base - f.weight[a] - u - f.v[home]
		if dist >= f.dist[home] || dist >= end.dist {
			continue
		}
		if f.dist[home] == far {
			f.touched = append(f.touched, home)
		}
		f.dist[home], f.by[home], f.from[home] = dist, a, at
		f.queue.push(dist, home)
	}
}

// shift renews the potentials so that no reduced cost is negative.
func (f *flow) shift(r int32, dist int64) {
	f.u[r] += dist
	for _, home := range f.done {
		f.u[f.holder[home]] += dist - f.dist[home]
		f.v[home] += f.dist[home] - dist
	}
}

// move walks back from the end of the path and hands each home on.
func (f *flow) move(r int32, end target) {
	home := end.home
	if end.row >= 0 {
		if end.row == r {
			return // the new row itself stays empty
		}
		home = f.m.arcs[f.match[end.row]].home
		f.match[end.row] = -1
	}
	for {
		row := f.from[home]
		before := f.match[row]
		f.match[row], f.holder[home] = f.by[home], row
		if row == r {
			return
		}
		home = f.m.arcs[before].home
	}
}

// queue is a binary heap of homes by distance; ties go to the lower number. An
// entry that was overtaken is skipped when it comes up.
type queue []entry

type entry struct {
	dist int64
	home int32
}

func (e entry) before(o entry) bool { return e.dist < o.dist || e.dist == o.dist && e.home < o.home }

func (h *queue) push(dist int64, home int32) {
	*h = append(*h, entry{dist, home})
	s := *h
	for i := len(s) - 1; i > 0; {
		up := (i - 1) / 2
		if !s[i].before(s[up]) {
			return
		}
		s[i], s[up] = s[up], s[i]
		i = up
	}
}

// pop returns the nearest home whose distance still stands, or -1.
func (h *queue) pop(f *flow) (int64, int32) {
	for len(*h) > 0 {
		top := (*h)[0]
		h.drop()
		if top.dist == f.dist[top.home] {
			return top.dist, top.home
		}
	}
	return 0, -1
}

func (h *queue) drop() {
	s := *h
	last := len(s) - 1
	s[0] = s[last]
	s = s[:last]
	*h = s
	for i := 0; ; {
		next := 2*i + 1
		if next >= last {
			return
		}
		if next+1 < last && s[next+1].before(s[next]) {
			next++
		}
		if !s[next].before(s[i]) {
			return
		}
		s[i], s[next] = s[next], s[i]
		i = next
	}
}
