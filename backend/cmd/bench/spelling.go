// SPDX-License-Identifier: AGPL-3.0-or-later

package main

import (
	"fmt"
	"slices"
	"strconv"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/taxonomy"
)

// spelling turns people and needs into the words of the corpus: one word for each
// thing that can be asked for.
type spelling struct {
	words   map[string]string
	tax     *taxonomy.Taxonomy
	texts   matching.Texts
	ends    []day.Day           // last days of the needs that are asked about
	lengths []int               // their lengths in days
	months  []string            // and the months that they touch
	near    map[string][]string // concepts that people claim, by the concept asked for
	claimed map[string]bool
	users   map[string]int // people by word of a text
	people  int
}

func newSpelling(tax *taxonomy.Taxonomy, texts matching.Texts, asked []matching.Need) *spelling {
	s := &spelling{words: map[string]string{}, tax: tax, texts: texts, near: map[string][]string{}, claimed: map[string]bool{}, users: map[string]int{}}
	for _, n := range asked {
		s.ends = append(s.ends, n.Ends)
		s.lengths = append(s.lengths, n.Days())
		s.months = append(s.months, wholeMonths(n.Starts, n.Ends)...)
	}
	slices.Sort(s.ends)
	slices.Sort(s.lengths)
	slices.Sort(s.months)
	s.ends, s.lengths, s.months = slices.Compact(s.ends), slices.Compact(s.lengths), slices.Compact(s.months)
	return s
}

// word returns the word of a thing in a field.
func (s *spelling) word(field int, thing string) string {
	key := fieldLetters[field:field+1] + thing
	w, ok := s.words[key]
	if !ok {
		w = fieldLetters[field:field+1] + strconv.FormatInt(int64(len(s.words)), 36)
		s.words[key] = w
	}
	return w
}

// wholeMonths lists the months of a period that begins with the first and ends
// with the last day of a month.
func wholeMonths(from, to day.Day) []string {
	var all []string
	for at := from.Time(); !at.After(to.Time()); at = at.AddDate(0, 1, 0) {
		all = append(all, at.Format("2006-01"))
	}
	return all
}

// document spells a person.
func (s *spelling) document(p matching.Person) document {
	s.people++
	var d document
	add := func(field int, thing string) { d[field] = append(d[field], s.word(field, thing)) }
	for _, thing := range s.offers(p) {
		add(conditions, thing)
	}
	for _, thing := range s.facts(p) {
		add(coded, thing)
	}
	titled := p.Occupation
	for _, post := range p.Posts {
		titled += "\n" + post.Title
	}
	for _, t := range s.texts.Terms(titled, "en") {
		add(titles, t.Stem)
	}
	for _, t := range p.Terms {
		add(bodies, t.Stem)
		s.users[t.Stem]++
	}
	for field := range d {
		slices.Sort(d[field])
		d[field] = slices.Compact(d[field])
	}
	return d
}

// offers lists what the conditions may ask for, so that each condition is a list
// of words that must all be there.
func (s *spelling) offers(p matching.Person) []string {
	all := []string{"member", "origin " + p.Origin}
	for _, month := range s.months {
		first := day.Day(month + "-01")
		last := day.Day(first.Time().AddDate(0, 1, -1).Format("2006-01-02"))
		if slices.ContainsFunc(p.Windows, func(w matching.Window) bool { return w.From <= first && w.To >= last }) {
			all = append(all, "free "+month)
		}
	}
	for _, days := range s.lengths {
		if p.LongestDays >= days {
			all = append(all, fmt.Sprint("stays ", days))
		}
	}
	for _, last := range s.ends {
		if p.ReturnRight != "no" && (p.ReturnRightUntil == "" || p.ReturnRightUntil >= last) {
			all = append(all, "returns "+string(last))
		}
	}
	for _, l := range p.Languages {
		for level := 1; level <= 6; level++ {
			if int(l.Spoken) >= level {
				all = append(all, fmt.Sprintf("%s speaks %d", l.Language, level))
			}
			if int(l.Written) >= level {
				all = append(all, fmt.Sprintf("%s writes %d", l.Language, level))
			}
		}
	}
	for _, m := range p.Modalities() {
		all = append(all, "works "+m)
	}
	return all
}

// facts lists the coded things of a profile.
func (s *spelling) facts(p matching.Person) []string {
	var all []string
	for _, c := range p.Claims {
		if c.Concept != "" {
			all = append(all, "claim "+c.Concept)
			s.claimed[c.Concept] = true
		}
	}
	for length := 1; length <= len(p.ISCO); length++ {
		all = append(all, "isco "+p.ISCO[:length])
	}
	for _, post := range p.Posts {
		for length := 1; length <= len(post.ISCO); length++ {
			all = append(all, "held "+post.ISCO[:length])
		}
	}
	for _, e := range p.Education {
		for length := 2; length <= len(e.Field); length++ {
			all = append(all, "field "+e.Field[:length])
		}
		for level := 0; level <= e.Level; level++ {
			all = append(all, fmt.Sprint("level ", level))
		}
	}
	for years := 1; years <= min(p.Years, 20); years++ {
		all = append(all, fmt.Sprint("years ", years))
	}
	for _, l := range p.Languages {
		for level := 1; level <= int(l.Spoken); level++ {
			all = append(all, fmt.Sprintf("%s speaks %d", l.Language, level))
		}
	}
	return all
}
