// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"math"
	"reflect"
	"sync"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/registry"
)

// columns hold in memory what people are ranked by, one value after the other, so
// that everybody who meets the conditions of a need can be scored exactly. They
// belong to a shelf: made of the rows that the index keeps when it is opened, and
// changed with every batch that is written to it.
//
// People are kept by their country of origin, for no need asks for two. Within a
// country everybody has a slot; whoever changes gets a new one at the end, and
// the old one is dead until so many are that the pool is packed again.
type columns struct {
	mu    sync.RWMutex
	pools map[string]*homeland
	where map[string]place // by identifier
	kin   kinship
}

// place is where somebody is.
type place struct {
	pool *homeland
	slot uint32
}

func newColumns() *columns {
	return &columns{pools: map[string]*homeland{}, where: map[string]place{}}
}

// homeland is the people of one country of origin.
type homeland struct {
	ids      []string // by slot
	names    []string // pseudonyms
	versions []int    // of the profiles
	live     set
	alive    int
	members  map[string]set // by programme

	windows listing[dayWindow] // when they are free
	longest []int32            // days of their longest stay
	returns []int32            // the last day on which they may come back
	works   [3]set             // in which modalities
	speech  map[string][]uint8

	classes []uint16 // what decides the weights: one number each, of classed
	classed []classOf
	class   map[classOf]uint16

	groups []([]matching.Link) // what posts and occupations are, each kind once
	group  map[string]uint32
	work   listing[job] // the present occupation first, where it is known, then the posts

	facets [facetCount]facet
	grades map[grade]uint16 // of claims: what they rest on and how far they go
	graded []matching.Claim
	claims map[string]*claimants // by concept
	spoken map[string]*claimants // by label, where words may have to do: see labelKey
	labels map[string][]string   // labels that hold a stem
	stems  map[string]*users
}

// dayWindow is a window as numbers of days since 1970-01-01.
type dayWindow struct{ from, to int32 }

// claimants are the people with a claim, each with the grade of the claim.
type claimants struct {
	slots  []uint32
	grades []uint16
}

// users are the people who use a stem, ascending, and what it counts in their
// texts, in thousandths.
type users struct {
	slots  []uint32
	counts []uint16
}

// classOf is what of a person decides the weights, whatever the need.
type classOf struct {
	matching.Class
	language string
}

// job is an occupation that somebody has or had.
type job struct {
	group uint32
	last  int32 // the last day of it: far ahead while it goes on, long ago where no day is known
	past  bool  // a post, and not the present occupation
}

// grade is what a claim rests on and how far it goes.
type grade struct {
	evidence registry.Evidence
	level    int
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

// The facets of a person: parts of the values that a criterion looks at and no
// other part. Equal parts are kept once, and judged once for each need.
const (
	career    = iota // the present occupation and the posts
	schooling        // education
	years            // how long the person has worked
	licensing        // licences
	facetCount
)

// facet is one part of everybody's values.
type facet struct {
	ids    []uint32 // by slot
	known  map[string]uint32
	values []matching.Person // by number: with this part alone
}

// part leaves one facet of a person.
func part(kind int, p matching.Person) matching.Person {
	switch kind {
	case schooling:
		return matching.Person{Education: p.Education}
	case years:
		if p.Years != 0 {
			return matching.Person{Years: p.Years}
		}
		return matching.Person{Posts: each(p.Posts, func(post matching.Post) matching.Post { return matching.Post{From: post.From, To: post.To} })}
	}
	return matching.Person{Licences: p.Licences}
}

func (f *facet) add(value matching.Person) {
	key := pack(make([]byte, 0, 64), reflect.ValueOf(value))
	n, ok := f.known[string(key)]
	if !ok {
		n = uint32(len(f.values))
		f.known[string(key)] = n
		f.values = append(f.values, value)
	}
	f.ids = append(f.ids, n)
}

func newHomeland() *homeland {
	p := &homeland{members: map[string]set{}, grades: map[grade]uint16{}, speech: map[string][]uint8{}, claims: map[string]*claimants{}, spoken: map[string]*claimants{},
		labels: map[string][]string{}, stems: map[string]*users{}, class: map[classOf]uint16{}, group: map[string]uint32{}}
	for i := range p.facets {
		p.facets[i].known = map[string]uint32{}
	}
	return p
}

// add gives a person a slot at the end.
func (p *homeland) add(r row) uint32 {
	slot := uint32(len(p.ids))
	n := uint64(slot)
	p.ids, p.names, p.versions = append(p.ids, r.ID), append(p.names, r.Person.Pseudonym), append(p.versions, r.Version)
	p.live.add(n)
	p.alive++
	for _, programme := range r.Programmes {
		p.join(programme, n)
	}
	p.windows.add(dayWindows(r.Person.Windows)...)
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
		p.facets[kind].add(part(kind, r.Person))
	}
	for _, c := range r.Person.Claims {
		p.claim(slot, c)
	}
	p.classes = append(p.classes, p.classify(classOf{r.Class, r.Person.Language}))
	p.jobs(r.Person)
	p.write(slot, r.Stems)
	return slot
}

// write notes the words of somebody's texts.
func (p *homeland) write(slot uint32, stems []stem) {
	for _, s := range stems {
		u := p.stems[s.Stem]
		if u == nil {
			u = &users{}
			p.stems[s.Stem] = u
		}
		u.slots = append(u.slots, slot)
		u.counts = append(u.counts, uint16(matching.Frequency(s.Count, len(stems))))
	}
}

// classify numbers a class.
func (p *homeland) classify(c classOf) uint16 {
	n, ok := p.class[c]
	if !ok {
		n = uint16(len(p.classed))
		p.class[c], p.classed = n, append(p.classed, c)
	}
	return n
}

// jobs notes what somebody does and did.
func (p *homeland) jobs(person matching.Person) {
	var all []job
	if groups := matching.GroupsOf(person.ISCO, person.Linked); len(groups) > 0 {
		all = append(all, job{group: p.groupOf(groups)})
	}
	for _, post := range person.Posts {
		if groups := matching.GroupsOf(post.ISCO, post.Linked); len(groups) > 0 {
			all = append(all, job{group: p.groupOf(groups), last: lastDay(post), past: true})
		}
	}
	p.work.add(all...)
}

// groupOf numbers a kind of work.
func (p *homeland) groupOf(groups []matching.Link) uint32 {
	key := pack(make([]byte, 0, 64), reflect.ValueOf(groups))
	n, ok := p.group[string(key)]
	if !ok {
		n = uint32(len(p.groups))
		p.group[string(key)], p.groups = n, append(p.groups, groups)
	}
	return n
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

func (p *homeland) join(programme string, n uint64) {
	members := p.members[programme]
	members.add(n)
	p.members[programme] = members
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
	p.speech[l.Language] = levels
}

// knows marks a language that somebody lists, at whatever level.
const knows = 1 << 6

// claim notes a claim under its concept and under its words.
func (p *homeland) claim(slot uint32, c matching.Claim) {
	grade := p.grade(c)
	if c.Concept != "" {
		note(p.claims, c.Concept, slot, grade)
	}
	if len(c.Terms) == 0 {
		return
	}
	key := labelKey(c)
	if p.spoken[key] == nil {
		for _, t := range c.Terms {
			p.labels[t.Stem] = append(p.labels[t.Stem], key)
		}
	}
	note(p.spoken, key, slot, grade)
}

// grade numbers what a claim rests on and how far it goes.
func (p *homeland) grade(c matching.Claim) uint16 {
	g := grade{c.Evidence, c.Level}
	n, ok := p.grades[g]
	if !ok {
		n = uint16(len(p.graded))
		p.grades[g], p.graded = n, append(p.graded, matching.Claim{Evidence: c.Evidence, Level: c.Level})
	}
	return n
}

func note(in map[string]*claimants, key string, slot uint32, grade uint16) {
	c := in[key]
	if c == nil {
		c = &claimants{}
		in[key] = c
	}
	c.slots, c.grades = append(c.slots, slot), append(c.grades, grade)
}

// labelKey spells the words of a claim, and whether they name a concept.
func labelKey(c matching.Claim) string {
	key := "-"
	if c.Concept != "" {
		key = "+"
	}
	for _, t := range c.Terms {
		key += t.Stem + "\x00"
	}
	return key
}

// named tells whether the words of a label name a concept.
func named(label string) bool { return label[0] == '+' }

// modalities are those that people work in, by their number.
var modalities = [...]string{"onsite", "virtual", "hybrid"}
