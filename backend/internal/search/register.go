// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"reflect"
	"strings"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/taxonomy"
)

// register numbers whatever occurs in the values of people: stems, concepts, labels,
// kinds of work and so on. What belongs to a number is found by the place in a
// list, and what matching says about it is asked once. Numbers are never given
// up: what nobody has any more stays until the next start.
type register struct {
	stems    numbers32
	concepts numbers32
	labels   numbers32           // claims by their words, where words may have to do: see labelKey
	saying   map[string][]uint32 // labels that hold a stem
	spelt    []string            // labels by number

	grades  map[grade]uint16 // of claims: what they rest on and how far they go
	related [taxonomy.Same + 1][]int32
	worded  []int32 // shares of a wish that a claim of each grade gives by its words

	class   map[classOf]uint16
	classed []classOf

	work   numbers32
	groups [][]matching.Link // kinds of work by number

	facets [facetCount]facet
}

// numbers32 numbers texts from 0.
type numbers32 map[string]uint32

// of returns the number of a text, a new one for a new text.
func (n numbers32) of(text string) uint32 {
	number, ok := n[text]
	if !ok {
		number = uint32(len(n))
		n[strings.Clone(text)] = number
	}
	return number
}

// grade is what a claim rests on and how far it goes.
type grade struct {
	evidence registry.Evidence
	level    int
}

// classOf is what of a person decides the weights, whatever the need.
type classOf struct {
	matching.Class
	language string
}

// The facets of a person: parts of the values that a criterion looks at and no
// other part. Equal parts are kept once, and judged once for each need.
const (
	schooling = iota // education
	years            // how long the person has worked
	licensing        // licences
	facetCount
)

// facet is one part of the values of people: each value once.
type facet struct {
	known  numbers32
	values []matching.Person // with this part alone
}

func newRegister() *register {
	x := &register{stems: numbers32{}, concepts: numbers32{}, labels: numbers32{}, saying: map[string][]uint32{},
		grades: map[grade]uint16{}, class: map[classOf]uint16{}, work: numbers32{}}
	for i := range x.facets {
		x.facets[i].known = numbers32{}
	}
	return x
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

// entrant is a person whose values have their numbers.
type entrant struct {
	row
	facets [facetCount]uint32
	coded  []claimed // claims under their concepts
	worded []worded  // claims under their words
	class  uint16
	jobs   []job // the present occupation first, where it is known, then the posts
	stems  []uint32
}

// worded is a claim by the number of its words, and its grade.
type worded struct {
	label uint32
	grade uint16
}

// look finds the numbers of a person's values, and tells whether all of them have
// one. It changes nothing, so several may look at once.
func (x *register) look(r row) (entrant, bool) { return x.enter(r, false) }

// learn numbers a person's values.
func (x *register) learn(r row) entrant {
	e, _ := x.enter(r, true)
	return e
}

// enter finds the numbers of a person's values. Where one has none it gives it one,
// if it may; else it tells that not all are known. Texts that stay are cloned, for
// those of a row hold on to all of it.
func (x *register) enter(r row, may bool) (entrant, bool) {
	r.ID, r.Person.Pseudonym = strings.Clone(r.ID), strings.Clone(r.Person.Pseudonym)
	n := numbering{register: x, may: may, known: true}
	e := entrant{row: r, class: n.class(classOf{r.Class, r.Person.Language}), stems: make([]uint32, len(r.Stems))}
	for i, s := range r.Stems {
		e.stems[i] = n.number(x.stems, s.Stem)
	}
	for kind := range e.facets {
		e.facets[kind] = n.facet(&x.facets[kind], part(kind, r.Person))
	}
	for _, c := range r.Person.Claims {
		grade := n.grade(c)
		if c.Concept != "" {
			e.coded = append(e.coded, claimed{n.number(x.concepts, c.Concept), grade})
		}
		if len(c.Terms) > 0 {
			e.worded = append(e.worded, worded{n.label(c), grade})
		}
	}
	if groups := matching.GroupsOf(r.Person.ISCO, r.Person.Linked); len(groups) > 0 {
		e.jobs = append(e.jobs, job{group: n.group(groups)})
	}
	for _, post := range r.Person.Posts {
		if groups := matching.GroupsOf(post.ISCO, post.Linked); len(groups) > 0 {
			e.jobs = append(e.jobs, job{group: n.group(groups), last: lastDay(post), past: true})
		}
	}
	return e, n.known
}

// numbering finds numbers in a register, and gives new ones if it may.
type numbering struct {
	*register
	may     bool
	known   bool // all that was asked for so far
	scratch []byte
}

// number finds the number of a text.
func (n *numbering) number(in numbers32, text string) uint32 {
	number, ok := in[text]
	if !ok && n.may {
		return in.of(text)
	}
	n.known = n.known && ok
	return number
}

// packed finds the number of a value by its bytes, and returns them where it is new.
func (n *numbering) packed(in numbers32, value any) (number uint32, key string) {
	n.scratch = pack(n.scratch[:0], reflect.ValueOf(value))
	number, ok := in[string(n.scratch)]
	if !ok && n.may {
		key = string(n.scratch)
		return in.of(key), key
	}
	n.known = n.known && ok
	return number, ""
}

// facet numbers a part of a person.
func (n *numbering) facet(f *facet, value matching.Person) uint32 {
	number, fresh := n.packed(f.known, value)
	if fresh != "" {
		f.values = append(f.values, unpacked[matching.Person](fresh))
	}
	return number
}

// group numbers a kind of work.
func (n *numbering) group(groups []matching.Link) uint32 {
	number, fresh := n.packed(n.work, groups)
	if fresh != "" {
		n.groups = append(n.groups, unpacked[[]matching.Link](fresh))
	}
	return number
}

// unpacked reads what has just been packed.
func unpacked[T any](text string) T {
	var value T
	p := packed{rest: text}
	p.fill(reflect.ValueOf(&value).Elem())
	return value
}

// grade numbers what a claim rests on, and asks what it gives.
func (n *numbering) grade(c matching.Claim) uint16 {
	g := grade{c.Evidence, c.Level}
	number, ok := n.grades[g]
	if ok || !n.may {
		n.known = n.known && ok
		return number
	}
	number = uint16(len(n.grades))
	g.evidence = registry.Evidence(strings.Clone(string(g.evidence)))
	n.grades[g] = number
	for r := range n.related {
		n.related[r] = append(n.related[r], int32(matching.ByRelation(c, matching.Relation(r))))
	}
	n.worded = append(n.worded, int32(matching.ByWords(c)))
	return number
}

// label numbers the words of a claim.
func (n *numbering) label(c matching.Claim) uint32 {
	key := labelKey(c)
	number := n.number(n.labels, key)
	if n.may && int(number) == len(n.spelt) {
		n.spelt = append(n.spelt, key)
		for _, t := range c.Terms {
			stem := strings.Clone(t.Stem)
			n.saying[stem] = append(n.saying[stem], number)
		}
	}
	return number
}

// class numbers what of a person decides the weights.
func (n *numbering) class(c classOf) uint16 {
	number, ok := n.register.class[c]
	if ok || !n.may {
		n.known = n.known && ok
		return number
	}
	number = uint16(len(n.classed))
	c.language = strings.Clone(c.language)
	n.register.class[c], n.classed = number, append(n.classed, c)
	return number
}

// labelKey spells the words of a claim, and whether they name a concept.
func labelKey(c matching.Claim) string {
	var key strings.Builder
	key.WriteByte('-')
	if c.Concept != "" {
		key.Reset()
		key.WriteByte('+')
	}
	for _, t := range c.Terms {
		key.WriteString(t.Stem)
		key.WriteByte(0)
	}
	return key.String()
}

// named tells whether the words of a label name a concept.
func named(label string) bool { return label[0] == '+' }

// says tells whether a label holds a stem.
func says(label, stem string) bool {
	for rest := label[1:]; rest != ""; {
		one, after, _ := strings.Cut(rest, "\x00")
		if one == stem {
			return true
		}
		rest = after
	}
	return false
}
