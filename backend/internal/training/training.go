// SPDX-License-Identifier: AGPL-3.0-or-later

// Package training learns the weights of matching from how much each side has
// written, and measures what that gains on people and needs that it has not
// learnt from.
//
// No public data says which person suits which need, so the truth comes from
// where it is known: the demonstration's generator makes people and needs whole,
// their suitability follows from those whole facts (truth), and then a part of
// what they say is hidden, as real people hide it: a title only, a text only, no
// codes, another language. The weights are those by which what is left puts
// people in the order of the truth. What is learnt is how far to trust words,
// subjects, titles and codes against each other; what a host cares for is not.
package training

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"sankofa/backend/internal/demo"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/taxonomy"
)

// Options are the size of the data and the seed of everything.
type Options struct {
	Seed   uint64
	People int // in all; the last third is held out
	Needs  int // likewise
	List   int // people compared with a need
	Rounds int // of learning
}

// Usual are the options that the committed weights were made with.
var Usual = Options{Seed: 2026, People: 600, Needs: 150, List: 40, Rounds: 400}

// Kinds are the ways in which a person or a need may say less than all.
var Kinds = []string{"whole", "codes only", "text only", "title only"}

// sample is one person compared with one need, each saying what is left to them.
type sample struct {
	x      []float64 // features, with 1 first
	shares []float64 // of each group, 0 to 1; absent groups are marked in asked
	asked  []bool
	truth  float64
}

// list is people compared with one need.
type list struct {
	need, person string // kinds; "mixed" for people of all kinds
	same         bool   // only of lists about languages
	samples      []sample
}

// data is what is learnt from and what is held out.
type data struct{ learnt, held []list }

// gather makes the lists.
func gather(tax *taxonomy.Taxonomy, o Options) (data, error) {
	service, err := search.New(search.Options{Vocabulary: tax})
	if err != nil {
		return data{}, err
	}
	g := gatherer{reading: service.Reading(), concepts: tax, dice: rand.New(rand.NewPCG(o.Seed, 1)), most: o.List}
	profiles, err := demo.People(tax, o.Seed, 100, 100+o.People)
	if err != nil {
		return data{}, err
	}
	for p := range profiles {
		g.people = append(g.people, g.hide(p))
	}
	terms, err := demo.Needs(tax, o.Seed, o.Needs)
	if err != nil {
		return data{}, err
	}
	var out data
	cut, apart := len(g.people)*2/3, len(terms)*2/3
	for i, t := range terms {
		if i < apart {
			out.learnt = append(out.learnt, g.lists(t, g.people[:cut])...)
		} else {
			out.held = append(out.held, g.lists(t, g.people[cut:])...)
		}
	}
	return out, nil
}

// known is a person in all kinds.
type known struct {
	whole matching.Person
	less  map[string]matching.Person
}

type gatherer struct {
	reading  matching.Reading
	concepts matching.Concepts
	dice     *rand.Rand
	people   []known
	most     int
}

// hide reads a person in every kind.
func (g *gatherer) hide(p registry.Profile) known {
	k := known{whole: g.reading.Person(p), less: map[string]matching.Person{}}
	for _, kind := range Kinds {
		k.less[kind] = g.reading.Person(lessOf(p, kind))
	}
	return k
}

// lessOf hides what a person of the kind does not say.
func lessOf(p registry.Profile, kind string) registry.Profile {
	switch kind {
	case "codes only":
		p.Summary, p.CVText, p.OccupationTitle = "", "", ""
		p.Experience = append([]registry.Experience{}, p.Experience...)
		for i := range p.Experience {
			p.Experience[i].Title, p.Experience[i].Description = "", ""
		}
	case "text only":
		p.ISCO, p.Skills = "", nil
		p.Experience = append([]registry.Experience{}, p.Experience...)
		for i := range p.Experience {
			p.Experience[i].ISCO = ""
		}
	case "title only":
		p.ISCO, p.Skills, p.Summary, p.CVText, p.Experience, p.Education = "", nil, "", "", nil, nil
	}
	return p
}

// lessAsked hides what a need of the kind does not say.
func lessAsked(t needs.Terms, kind string) needs.Terms {
	switch kind {
	case "codes only":
		t.Title, t.OccupationTitle, t.Background, t.Objectives, t.Outputs = "", "", "", "", nil
	case "text only":
		t.ISCO, t.Criteria = "", nil
	case "title only":
		t.ISCO, t.Criteria, t.Background, t.Objectives, t.Outputs = "", nil, "", "", nil
	}
	return t
}

// lists compares a need of every kind with people: with some of each kind by
// themselves, and with a list that mixes them.
func (g *gatherer) lists(t needs.Terms, among []known) []list {
	whole := g.reading.Need(t)
	chosen := g.choose(whole, among)
	var out []list
	for _, kind := range Kinds {
		need := g.reading.Need(lessAsked(t, kind))
		scorer := matching.For(need, g.concepts, crowdOf(need, among))
		mixed := list{need: kind, person: "mixed"}
		for i, of := range Kinds {
			one := list{need: kind, person: of}
			for j, k := range chosen {
				s := compare(scorer, need, k.less[of])
				s.truth = Truth(whole, k.whole, g.concepts)
				one.samples = append(one.samples, s)
				if j%len(Kinds) == i {
					mixed.samples = append(mixed.samples, s)
				}
			}
			out = append(out, one)
		}
		out = append(out, mixed)
	}
	return out
}

// choose draws people: half of them of a near occupation, as a list in real life
// has them.
func (g *gatherer) choose(n matching.Need, among []known) []known {
	var near, far []known
	for _, at := range g.dice.Perm(len(among)) {
		if k := among[at]; len(k.whole.ISCO) > 1 && k.whole.ISCO[:2] == n.ISCO[:2] {
			near = append(near, k)
		} else {
			far = append(far, k)
		}
	}
	chosen := near[:min(len(near), g.most/2)]
	return append(chosen, far[:min(len(far), g.most-len(chosen))]...)
}

// compare returns how far each group of criteria is met.
func compare(scorer *matching.Scorer, n matching.Need, p matching.Person) sample {
	s := sample{shares: make([]float64, len(matching.Groups)), asked: make([]bool, len(matching.Groups)), x: []float64{1}}
	for _, x := range matching.Features(n, p) {
		s.x = append(s.x, float64(x))
	}
	given, of := map[string]int{}, map[string]int{}
	for _, c := range scorer.Score(p).Criteria {
		given[c.Name] += c.Points
		of[c.Name] += c.Of
	}
	for i, group := range matching.Groups {
		if s.asked[i] = of[group] > 0 && slices.Contains(learnable, group); s.asked[i] {
			s.shares[i] = float64(given[group]) / float64(of[group])
		}
	}
	return s
}

// crowdOf counts people for the rarity of words and skills.
func crowdOf(n matching.Need, people []known) matching.Crowd {
	c := matching.Crowd{People: len(people), Users: map[string]int{}, Holders: map[string]int{}}
	for _, k := range people {
		for _, t := range n.Terms {
			if _, ok := matching.Find(k.whole.Terms, t.Stem); ok {
				c.Users[t.Stem]++
			}
		}
		for _, w := range n.Wishes {
			for _, claim := range k.whole.Claims {
				if w.Concept != "" && claim.Concept == w.Concept {
					c.Holders[w.Concept]++
					break
				}
			}
		}
	}
	return c
}

// The parts of the truth: what a host would look at who knew everything.
const (
	truthSkills     = 0.65
	truthOccupation = 0.35
)

// Truth is how well a person suits a need by the whole facts of both: the skills
// that the person lists with a concept, by the host's weights and the distance of
// the concepts; the occupation, by its distance. Texts have no part in it, so that
// it favours no way of reading them.
func Truth(n matching.Need, p matching.Person, concepts matching.Concepts) float64 {
	met, asked := 0.0, 0.0
	for _, w := range n.Wishes {
		weight := float64(w.Weight)
		if w.Required {
			weight *= 2
		}
		best := 0
		for _, c := range p.Claims {
			if c.Source == matching.FromSkills && c.Concept != "" && w.Concept != "" {
				best = max(best, matching.Nearness(concepts.Relation(w.Concept, c.Concept)))
			}
		}
		met, asked = met+weight*float64(best)/1000, asked+weight
	}
	truth := 0.0
	if asked > 0 {
		truth += truthSkills * met / asked
	}
	return truth + truthOccupation*float64(matching.Kinship(n.ISCO, p.ISCO))/1000
}

// String says what the data are, for the file of weights.
func (o Options) String() string {
	return fmt.Sprintf("%d people and %d needs of the demonstration's generator (internal/demo), seed %d, the last third of both held out; lists of %d",
		o.People, o.Needs, o.Seed, o.List)
}
