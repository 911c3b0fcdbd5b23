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
		n[text] = number
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

// of numbers a value.
func (f *facet) of(value matching.Person) uint32 {
	n := f.known.of(string(pack(make([]byte, 0, 96), reflect.ValueOf(value))))
	if int(n) == len(f.values) {
		f.values = append(f.values, value)
	}
	return n
}

// grade numbers what a claim rests on, and asks what it gives.
func (x *register) grade(c matching.Claim) uint16 {
	g := grade{c.Evidence, c.Level}
	n, ok := x.grades[g]
	if !ok {
		n = uint16(len(x.grades))
		x.grades[g] = n
		for r := range x.related {
			x.related[r] = append(x.related[r], int32(matching.ByRelation(c, matching.Relation(r))))
		}
		x.worded = append(x.worded, int32(matching.ByWords(c)))
	}
	return n
}

// label numbers the words of a claim.
func (x *register) label(c matching.Claim) uint32 {
	key := labelKey(c)
	n := x.labels.of(key)
	if int(n) == len(x.spelt) {
		x.spelt = append(x.spelt, key)
		for _, t := range c.Terms {
			x.saying[t.Stem] = append(x.saying[t.Stem], n)
		}
	}
	return n
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

// classify numbers a class.
func (x *register) classify(c classOf) uint16 {
	n, ok := x.class[c]
	if !ok {
		n = uint16(len(x.classed))
		x.class[c], x.classed = n, append(x.classed, c)
	}
	return n
}

// group numbers a kind of work.
func (x *register) group(groups []matching.Link) uint32 {
	n := x.work.of(string(pack(make([]byte, 0, 64), reflect.ValueOf(groups))))
	if int(n) == len(x.groups) {
		x.groups = append(x.groups, groups)
	}
	return n
}
