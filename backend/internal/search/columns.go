// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"math"
	"strings"
	"sync"
	"sync/atomic"

	"sankofa/backend/internal/matching"
)

// columns hold in memory what people are ranked by, one value after the other, so
// that everybody who meets the conditions of a need can be scored exactly. They
// belong to a shelf: made of the rows that the index keeps when it is opened, and
// changed with every batch that is written to it.
//
// People are kept by their country of origin, for no need asks for two. Within a
// country everybody has a slot; whoever changes gets a new one at the end, and
// the old one is dead until so many are that the slots are closed up again.
type columns struct {
	mu    sync.RWMutex
	pools map[string]*homeland
	where map[string]place // by identifier
	lex   *register
	kin   kinship
	busy  atomic.Int32 // processors that rank

	crowded int // from how many people on several processors rank sooner than one
}

// place is where somebody is.
type place struct {
	pool *homeland
	slot uint32
}

func newColumns() *columns {
	return &columns{pools: map[string]*homeland{}, where: map[string]place{}, lex: newRegister(), crowded: crowded}
}

// homeland is the people of one country of origin.
type homeland struct {
	lex      *register
	ids      []string // by slot
	names    []string // pseudonyms
	versions []int32  // of the profiles
	live     set
	alive    int
	members  map[string]set // by programme

	windows listing[dayWindow] // when they are free
	weeks   weeks              // the same, by Monday
	longest []int32            // days of their longest stay
	returns []int32            // the last day on which they may come back
	works   [3]set             // in which modalities
	speech  map[string][]uint8 // levels by language

	classes []uint16             // what decides the weights
	work    listing[job]         // the present occupation first, where it is known, then the posts
	facets  [facetCount][]uint32 // by slot
	claims  []*claimants         // by the concept's number
	mine    listing[claimed]     // the same by slot
	labels  []*claimants         // by the label's number
	stems   []*users             // by the stem's number
	held    holdings
	coming  uint32 // people who have been promised a slot
}

// dayWindow is a window as numbers of days since 1970-01-01.
type dayWindow struct{ from, to int32 }

// claimants are the people with a claim, each with the grade of the claim.
type claimants struct {
	slots  []uint32
	grades []uint16
}

// claimed is a claim of a concept, by its number, and the grade of the claim.
type claimed struct {
	concept uint32
	grade   uint16
}

// users are the people who use a stem, ascending, and what it counts in their
// texts, in thousandths.
type users struct {
	slots  []uint32
	counts []uint16
}

// job is an occupation that somebody has or had.
type job struct {
	group uint32
	last  int32 // the last day of it: far ahead while it goes on, long ago where no day is known
	past  bool  // a post, and not the present occupation
}

// listing is a list for every slot, all in one.
type listing[T any] struct {
	ends []uint32
	all  []T
}

func (l *listing[T]) add(some ...T) {
	l.all = append(l.all, some...)
	l.ends = append(l.ends, uint32(len(l.all)))
}

// at returns the list of a slot.
func (l *listing[T]) at(slot uint32) []T {
	from := uint32(0)
	if slot > 0 {
		from = l.ends[slot-1]
	}
	return l.all[from:l.ends[slot]]
}

// at returns what a list holds under a number, or nothing.
func at[T any](list []*T, number uint32) *T {
	if uint64(number) >= uint64(len(list)) {
		return nil
	}
	return list[number]
}

// entry returns what a list holds under a number, and makes it where there is nothing.
func entry[T any](list *[]*T, number uint32) *T {
	for int(number) >= len(*list) {
		*list = append(*list, nil)
	}
	if (*list)[number] == nil {
		(*list)[number] = new(T)
	}
	return (*list)[number]
}

// modalities are those that people work in, by their number.
var modalities = [...]string{"onsite", "virtual", "hybrid"}

func newHomeland(lex *register) *homeland {
	return &homeland{lex: lex, members: map[string]set{}, speech: map[string][]uint8{}}
}

// add gives a person a slot at the end.
func (p *homeland) add(e entrant) uint32 {
	r := &e.row
	slot := uint32(len(p.ids))
	n := uint64(slot)
	p.held.known = nil
	p.ids, p.names, p.versions = append(p.ids, r.ID), append(p.names, r.Person.Pseudonym), append(p.versions, int32(r.Version))
	p.live.add(n)
	p.alive++
	for _, programme := range r.Programmes {
		members, known := p.members[programme]
		if members.add(n); known {
			p.members[programme] = members
		} else {
			p.members[strings.Clone(programme)] = members
		}
	}
	windows := dayWindows(r.Person.Windows)
	p.windows.add(windows...)
	p.weeks.free(slot, windows)
	p.longest = append(p.longest, int32(r.Person.LongestDays))
	p.returns = append(p.returns, lastReturn(r.Person))
	for i, m := range modalities {
		if r.Person.Does(m) {
			p.works[i].add(n)
		}
	}
	for _, l := range r.Person.Languages {
		p.speak(slot, l)
	}
	for kind := range p.facets {
		p.facets[kind] = append(p.facets[kind], e.facets[kind])
	}
	for _, c := range e.coded {
		entry(&p.claims, c.concept).note(slot, c.grade)
	}
	p.mine.add(e.coded...)
	for _, w := range e.worded {
		entry(&p.labels, w.label).note(slot, w.grade)
	}
	p.classes = append(p.classes, e.class)
	p.work.add(e.jobs...)
	for i, s := range r.Stems {
		u := entry(&p.stems, e.stems[i])
		u.slots, u.counts = append(u.slots, slot), append(u.counts, uint16(matching.Frequency(s.Count, len(r.Stems))))
	}
	return slot
}

// speak notes how well somebody knows a language; of two entries the first counts,
// as in the rules.
func (p *homeland) speak(slot uint32, l matching.Language) {
	levels := p.speech[l.Language]
	for uint32(len(levels)) <= slot {
		levels = append(levels, 0)
	}
	if levels[slot] == 0 {
		levels[slot] = knows | uint8(l.Spoken)<<3 | uint8(l.Written)
	}
	if _, known := p.speech[l.Language]; !known {
		l.Language = strings.Clone(l.Language)
	}
	p.speech[l.Language] = levels
}

// knows marks a language that somebody lists, at whatever level.
const knows = 1 << 6

func (c *claimants) note(slot uint32, grade uint16) {
	c.slots, c.grades = append(c.slots, slot), append(c.grades, grade)
}

// lastDay is when a post ended.
func lastDay(post matching.Post) int32 {
	switch {
	case post.To.Valid():
		return dayNumber(post.To)
	case post.From.Valid():
		return math.MaxInt32
	}
	return math.MinInt32
}
