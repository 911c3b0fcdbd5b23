// SPDX-License-Identifier: AGPL-3.0-or-later

package main

import (
	"fmt"
	"math"
	"slices"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/taxonomy"
)

// narrowed leaves of a need what a row asks about. The product is given the need
// so narrowed, the other engines the words that spell it.
func narrowed(n matching.Need, row int, texts matching.Texts) matching.Need {
	// Other engines have no whole words for these: a part of a period, and a
	// licence with its last day.
	n.Shortest, n.LicenceRequired = 0, false
	n.Topics = nil
	if row == 0 {
		n.Terms = nil
	}
	if row == 1 {
		key := n.Occupation
		for _, w := range n.Wishes {
			key += "\n" + w.Label
		}
		n.Terms = texts.Terms(key, n.Language)
	}
	return n
}

// question spells a need that was narrowed.
func (s *spelling) question(n matching.Need, row, number int, anyOrigin bool) question {
	q := question{row: row, any: anyOrigin, need: number}
	for _, thing := range s.demands(n, anyOrigin) {
		q.must = append(q.must, s.word(conditions, thing))
	}
	add := func(field int, thing string, weight int) {
		if word := s.word(field, thing); weight > 0 && !slices.ContainsFunc(q.terms, func(t weighted) bool { return t.word == word }) {
			q.terms = append(q.terms, weighted{word: word, weight: weight})
		}
	}
	s.skills(n, func(thing string, weight int) { add(coded, thing, weight) })
	s.career(n, func(thing string, weight int) { add(coded, thing, weight) })
	if row > 0 {
		for _, t := range s.texts.Terms(n.Occupation, n.Language) {
			add(titles, t.Stem, s.telling(t.Stem))
		}
	}
	for _, t := range n.Terms {
		add(bodies, t.Stem, s.telling(t.Stem))
	}
	return q
}

// telling is how much a word counts: more the fewer people use it.
func (s *spelling) telling(stem string) int {
	if s.users[stem] == 0 {
		return 0
	}
	return int(1000 * math.Log(1+float64(s.people)/float64(s.users[stem])))
}

// demands lists what the conditions ask for.
func (s *spelling) demands(n matching.Need, anyOrigin bool) []string {
	all := []string{"member"}
	if !anyOrigin {
		all = append(all, "origin "+n.Country)
	}
	for _, month := range wholeMonths(n.Starts, n.Ends) {
		all = append(all, "free "+month)
	}
	all = append(all, fmt.Sprint("stays ", n.Days()), "works "+n.Modality)
	if n.Modality != "virtual" {
		all = append(all, "returns "+string(n.Ends))
	}
	for _, f := range n.Floors {
		if f.Required {
			all = append(all, fmt.Sprintf("%s speaks %d", f.Language, f.Spoken), fmt.Sprintf("%s writes %d", f.Language, f.Written))
		}
	}
	return all
}

// skills asks for the concepts that people claim, each for what its relation to
// the one asked for is worth.
func (s *spelling) skills(n matching.Need, add func(thing string, weight int)) {
	for _, w := range n.Wishes {
		weight := 100 * max(w.Weight, 1)
		if w.Required {
			weight *= 3
		}
		for _, concept := range s.relatives(w.Concept) {
			share := map[matching.Relation]int{taxonomy.Same: 10, taxonomy.Narrower: 9, taxonomy.Broader: 7, taxonomy.Sibling: 4}[s.tax.Relation(w.Concept, concept)]
			add("claim "+concept, weight*share)
		}
	}
}

// relatives lists the concepts that somebody claims and that have to do with one.
func (s *spelling) relatives(concept string) []string {
	known, ok := s.near[concept]
	if !ok {
		for c := range s.claimed {
			if s.tax.Relation(concept, c) != taxonomy.Unrelated {
				known = append(known, c)
			}
		}
		slices.Sort(known)
		s.near[concept] = known
	}
	return known
}

// career asks for occupations, education, years and desirable languages.
func (s *spelling) career(n matching.Need, add func(thing string, weight int)) {
	for length := 1; length <= len(n.ISCO); length++ {
		add("isco "+n.ISCO[:length], 2000*length)
		add("held "+n.ISCO[:length], 1800*length)
	}
	for length := 2; length <= len(n.EducationField); length++ {
		add("field "+n.EducationField[:length], 1300)
	}
	add(fmt.Sprint("level ", n.EducationLevel), 4000)
	add(fmt.Sprint("years ", n.Years), 8000)
	for _, f := range n.Floors {
		if !f.Required {
			add(fmt.Sprintf("%s speaks %d", f.Language, f.Spoken), 3500)
		}
	}
}
