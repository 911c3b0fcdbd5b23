// SPDX-License-Identifier: AGPL-3.0-or-later

package assigning

import (
	"cmp"
	"math"
	"slices"
)

// model is a part of a problem as the search sees it: everything by number.
type model struct {
	arcs  []arc
	slots []slot
	needs []need
	homes int    // groups of arcs of one person of which the flow takes one at most
	packs []pack // other limits, which the flow does not know
	pins  []pinned
	// people lists the arcs of each person.
	people [][]int32
	budget int64 // or none
	size   int64 // a usual cost, by which the budget's price is measured
}

// none says that there is no budget.
const none = int64(-1)

// arc is an option of a person at a slot.
type arc struct {
	option      int // index of Problem.Options
	slot        int32
	person      int32
	home        int32
	span        Span
	value, cost int64
	packs       []int32
}

// slot is one stay of one way of a need.
type slot struct {
	need, way int32
	arcs      []int32 // the most valuable first
}

// need is a group of slots.
type need struct {
	index  int // of Problem.Needs
	heads  int32
	ways   []way
	linked bool // a way of it needs several stays, or it has several ways
}

type way struct{ slots []int32 }

// pack is a group of arcs of which so many may be taken.
type pack struct {
	arcs  []int32
	most  int64
	quota bool // stated by the problem; else it follows from the days of a person
}

// pinned is a person who shall go to a need, by one of these arcs.
type pinned struct{ arcs []int32 }

// conflict tells whether one person cannot take both: they overlap, or they are of
// the same need.
func (m *model) conflict(a, b int32) bool {
	x, y := &m.arcs[a], &m.arcs[b]
	return x.person == y.person && (x.span.Overlaps(y.span) || m.slots[x.slot].need == m.slots[y.slot].need)
}

// build makes the model of some of the needs of a problem. Without the coupled
// limits it leaves out what ties all needs together: budget and quotas. Options that
// are ruled out (nil: none) are left out.
func build(p *Problem, members []int, coupled bool, ruledOut []bool) *model {
	m := &model{budget: none}
	at := make(map[int]int32, len(members))
	slotOf := map[[3]int]int32{}
	for _, index := range members {
		at[index] = int32(len(m.needs))
		m.addNeed(p, index, slotOf)
	}
	m.addArcs(p, at, slotOf, ruledOut)
	m.settle()
	if coupled {
		m.couple(p, at)
	}
	m.addPins(p, at)
	return m
}

func (m *model) addNeed(p *Problem, index int, slotOf map[[3]int]int32) {
	n := p.Needs[index]
	made := need{index: index, heads: int32(n.Headcount), linked: len(n.Ways) > 1}
	for w, planned := range n.Ways {
		var slots []int32
		for s := range planned.Stays {
			slotOf[[3]int{index, w, s}] = int32(len(m.slots))
			slots = append(slots, int32(len(m.slots)))
			m.slots = append(m.slots, slot{need: int32(len(m.needs)), way: int32(w)})
		}
		made.ways = append(made.ways, way{slots: slots})
		made.linked = made.linked || len(slots) > 1
	}
	m.needs = append(m.needs, made)
}

// addArcs numbers people in the order of their names, so that the order of the
// options decides nothing but ties.
func (m *model) addArcs(p *Problem, at map[int]int32, slotOf map[[3]int]int32, ruledOut []bool) {
	away := map[pair]bool{}
	for _, pin := range p.Pins {
		if !pin.Here {
			away[pair{pin.Need, pin.Person}] = true
		}
	}
	var names []string
	var taken []int
	for i, o := range p.Options {
		if _, ok := at[o.Need]; !ok || p.Needs[o.Need].Headcount == 0 || ruledOut != nil && ruledOut[i] || away[pair{o.Need, o.Person}] {
			continue
		}
		taken = append(taken, i)
		names = append(names, o.Person)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	m.people = make([][]int32, len(names))
	for _, i := range taken {
		o := p.Options[i]
		person, _ := slices.BinarySearch(names, o.Person)
		s := slotOf[[3]int{o.Need, o.Way, o.Stay}]
		number := int32(len(m.arcs))
		m.arcs = append(m.arcs, arc{option: i, slot: s, person: int32(person), span: o.Span, value: o.Value * scale, cost: o.Cost})
		m.slots[s].arcs = append(m.slots[s].arcs, number)
		m.people[person] = append(m.people[person], number)
	}
	for i := range m.slots {
		slices.SortStableFunc(m.slots[i].arcs, func(a, b int32) int {
			return cmp.Or(cmp.Compare(m.arcs[b].value, m.arcs[a].value), cmp.Compare(m.arcs[a].cost, m.arcs[b].cost), cmp.Compare(a, b))
		})
	}
}

type pair struct {
	need   int
	person string
}

// settle divides each person's arcs into homes, and makes packs of what one home
// does not see.
func (m *model) settle() {
	for _, arcs := range m.people {
		m.house(arcs)
		m.packDays(arcs)
		m.packNeeds(arcs)
	}
}

// house covers the periods by as few points in time as there can be: arcs whose
// periods hold the same point exclude each other, and share a home.
func (m *model) house(arcs []int32) {
	byEnd := slices.Clone(arcs)
	slices.SortStableFunc(byEnd, func(a, b int32) int { return cmp.Compare(m.arcs[a].span.To, m.arcs[b].span.To) })
	point := math.MinInt
	for _, a := range byEnd {
		if m.arcs[a].span.From > point {
			point = m.arcs[a].span.To
			m.homes++
		}
		m.arcs[a].home = int32(m.homes - 1)
	}
}

// packDays makes a pack of the arcs that hold the same day, where they have
// several homes. First days are enough to look at, and of two sets of which one
// holds the other, the larger.
func (m *model) packDays(arcs []int32) {
	byStart := slices.Clone(arcs)
	slices.SortStableFunc(byStart, func(a, b int32) int { return cmp.Compare(m.arcs[a].span.From, m.arcs[b].span.From) })
	var held []int32
	for _, a := range byStart {
		first := m.arcs[a].span.From
		over := func(b int32) bool { return m.arcs[b].span.To < first }
		if slices.ContainsFunc(held, over) {
			m.pack(held, 1, false)
			held = slices.DeleteFunc(held, over)
		}
		held = append(held, a)
	}
	m.pack(held, 1, false)
}

// spread tells whether arcs have several homes.
func (m *model) spread(arcs []int32) bool {
	for _, a := range arcs {
		if m.arcs[a].home != m.arcs[arcs[0]].home {
			return true
		}
	}
	return false
}

// packNeeds holds that a person takes one stay of a need at most.
func (m *model) packNeeds(arcs []int32) {
	of := func(a int32) int32 { return m.slots[m.arcs[a].slot].need }
	byNeed := slices.Clone(arcs)
	slices.SortStableFunc(byNeed, func(a, b int32) int { return cmp.Compare(of(a), of(b)) })
	for len(byNeed) > 0 {
		n := 1
		for n < len(byNeed) && of(byNeed[n]) == of(byNeed[0]) {
			n++
		}
		m.pack(byNeed[:n], 1, false)
		byNeed = byNeed[n:]
	}
}

// pack adds a limit, unless the homes hold it already.
func (m *model) pack(arcs []int32, most int64, quota bool) {
	if !quota && (len(arcs) < 2 || !m.spread(arcs)) {
		return
	}
	number := int32(len(m.packs))
	m.packs = append(m.packs, pack{arcs: slices.Clone(arcs), most: most, quota: quota})
	for _, a := range arcs {
		m.arcs[a].packs = append(m.arcs[a].packs, number)
	}
}

// couple adds the limits that tie needs together.
func (m *model) couple(p *Problem, at map[int]int32) {
	for _, q := range p.Quotas {
		in := make([]bool, len(m.needs))
		for _, index := range q.Needs {
			if n, ok := at[index]; ok {
				in[n] = true
			}
		}
		var arcs []int32
		for a := range m.arcs {
			if in[m.slots[m.arcs[a].slot].need] {
				arcs = append(arcs, int32(a))
			}
		}
		if len(arcs) > 0 {
			m.pack(arcs, min(int64(q.Most), int64(len(arcs))), true)
		}
	}
	if p.Budget == nil {
		return
	}
	m.budget, m.size = *p.Budget, 1
	var sum int64
	for _, a := range m.arcs {
		sum += a.cost
	}
	if len(m.arcs) > 0 {
		m.size = max(sum/int64(len(m.arcs)), 1)
	}
}

func (m *model) addPins(p *Problem, at map[int]int32) {
	done := map[pair]bool{}
	for _, pin := range p.Pins {
		key := pair{pin.Need, pin.Person}
		if _, ok := at[pin.Need]; !ok || !pin.Here || done[key] {
			continue
		}
		done[key] = true
		var arcs []int32
		for a := range m.arcs {
			o := &p.Options[m.arcs[a].option]
			if o.Need == pin.Need && o.Person == pin.Person {
				arcs = append(arcs, int32(a))
			}
		}
		m.pins = append(m.pins, pinned{arcs: arcs})
	}
}

// scale refines values, so that whole prices come near to what the limits are
// worth.
const scale = 256
