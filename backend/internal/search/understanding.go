// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sankofa/backend/internal/taxonomy"
)

// plan is a query as it is put to a source: the tree of its parts, with the words
// linked to concepts and to other spellings.
type plan struct {
	kind  nodeKind
	kids  []*plan
	part  *queryPart // of a single clause
	under bool       // a negation stands above: nothing here adds to a person's relevance
}

// queryPart is what one or several neighbouring words of a query were understood as.
type queryPart struct {
	field    string   // with the value in words[0]
	words    []string // as typed, in small letters; all of them are wanted
	phrase   bool
	near     [][]Near // by word: other spellings that will do too
	skills   []string // concepts that will do instead of the words
	groups   []string // groups of ISCO-08 that will do instead
	guessed  bool     // the concepts were guessed by the spelling or the sound of the word
	negated  bool
	from, to int
}

// coded tells whether concepts may take the place of the words.
func (p *queryPart) coded() bool { return len(p.skills)+len(p.groups) > 0 }

// understand links the words of a query: as it was typed, or exactly as it stands.
func (s *Service) understand(n *node, language string, exact bool) *plan {
	if n == nil {
		return nil
	}
	u := understander{s: s, language: language, exact: exact}
	return u.plan(n, false)
}

type understander struct {
	s        *Service
	language string
	exact    bool
}

// plan turns a part of the tree into what is looked for; nil asks for nothing.
func (u understander) plan(n *node, negated bool) *plan {
	switch n.kind {
	case oneClause:
		return u.clauses([]clause{n.clause}, negated)
	case noneOf:
		kid := u.plan(n.kids[0], true)
		if kid == nil {
			return nil
		}
		return &plan{kind: noneOf, kids: []*plan{kid}, under: true}
	}
	out := &plan{kind: n.kind, under: negated}
	for i := 0; i < len(n.kids); {
		var kid *plan
		if run := u.run(n, i); len(run) > 0 {
			kid, i = u.clauses(run, negated), i+len(run)
		} else {
			kid, i = u.plan(n.kids[i], negated), i+1
		}
		if kid != nil {
			out.kids = append(out.kids, kid)
		}
	}
	switch len(out.kids) {
	case 0:
		return nil
	case 1:
		return out.kids[0]
	}
	return out
}

// run returns the plain words that stand beside each other: they may name one
// concept together.
func (u understander) run(n *node, from int) []clause {
	if n.kind != allOf {
		return nil
	}
	var run []clause
	for _, kid := range n.kids[from:] {
		if kid.kind != oneClause || kid.field != "" || kid.phrase {
			break
		}
		run = append(run, kid.clause)
	}
	return run
}

// clauses turns neighbouring clauses into parts.
func (u understander) clauses(run []clause, negated bool) *plan {
	var parts []*queryPart
	if len(run) == 1 && (run[0].field != "" || run[0].phrase) {
		parts = append(parts, u.single(run[0]))
	} else {
		parts = u.linked(run, negated)
	}
	out := &plan{kind: allOf, under: negated}
	for _, one := range parts {
		if one == nil {
			continue
		}
		one.negated = negated
		out.kids = append(out.kids, &plan{kind: oneClause, part: one, under: negated})
	}
	switch len(out.kids) {
	case 0:
		return nil
	case 1:
		return out.kids[0]
	}
	return out
}

// single reads a field or a phrase. The words of a skill become its concept; words
// that name none are looked for in the texts.
func (u understander) single(c clause) *queryPart {
	p := &queryPart{field: c.field, words: []string{c.text}, phrase: c.phrase, from: c.from, to: c.to}
	if c.field == "skill" {
		id := c.text
		if _, known := u.s.vocabulary.Find(id); !known {
			id, known = u.s.vocabulary.LinkSkill(c.text, u.language)
			if !known {
				p.field, p.words = "", strings.Fields(c.text)
				return u.telling(p)
			}
		}
		p.skills = []string{id}
		return p
	}
	if c.phrase {
		return u.telling(p)
	}
	return p
}

// telling returns the part, or nil if none of its words tells anything. Small
// words among others are left out.
func (u understander) telling(p *queryPart) *queryPart {
	if p.phrase {
		if len(u.s.texts.tokens(p.words[0], other)) == 0 {
			return nil
		}
		return p
	}
	kept := slices.DeleteFunc(slices.Clone(p.words), func(word string) bool { return len(u.s.texts.tokens(word, other)) == 0 })
	if len(kept) == 0 {
		return nil
	}
	p.words = kept
	return p
}

// linked cuts a run of words into parts: those that name a skill or an occupation
// together, and single words.
func (u understander) linked(run []clause, negated bool) []*queryPart {
	words := make([]string, len(run))
	for i, c := range run {
		words[i] = c.text
	}
	links := map[int]link{}
	if !u.exact && !negated {
		links = u.links(words)
	}
	var parts []*queryPart
	for i := 0; i < len(run); {
		l, ok := links[i]
		if !ok {
			l.words = 1
		}
		p := &queryPart{words: slices.Clone(words[i : i+l.words]), skills: l.skills, groups: l.groups, from: run[i].from, to: run[i+l.words-1].to}
		if ok {
			parts = append(parts, p)
		} else {
			parts = append(parts, u.telling(p))
		}
		i += l.words
	}
	return parts
}

// link is what so many words name together.
type link struct {
	words          int
	skills, groups []string
}

// mostLinked is how many single words of a run are tried as titles.
const mostLinked = 8

// links finds the skills and occupations that the words name, by the place of the
// first word; the longest name at each place.
func (u understander) links(words []string) map[int]link {
	found := map[int]link{}
	put := func(at, length int, add func(*link)) {
		l := found[at]
		if length < l.words {
			return
		}
		if length > l.words {
			l = link{words: length}
		}
		add(&l)
		found[at] = l
	}
	starts, text := map[int]int{}, ""
	for i, w := range words {
		starts[len(text)] = i
		text += w + " "
	}
	for _, language := range []string{u.language, ""} {
		own := maps.Clone(found)
		for _, m := range u.s.vocabulary.Mentions(text, language) {
			at, ok := starts[m.From]
			if !ok || m.To < len(text) && text[m.To] != ' ' || own[at].words >= len(strings.Fields(m.Words)) {
				continue // the reader's own language comes first
			}
			put(at, len(strings.Fields(m.Words)), func(l *link) {
				if !slices.Contains(l.skills, m.Concept) && len(l.skills) < mostNear {
					l.skills = append(l.skills, m.Concept)
				}
			})
		}
	}
	u.titles(words, put)
	return apartFrom(found)
}

// titles finds the occupations that the words name: all of them, or one alone.
func (u understander) titles(words []string, put func(at, length int, add func(*link))) {
	try := func(at, length int) {
		for _, code := range u.groupsOf(strings.Join(words[at:at+length], " ")) {
			put(at, length, func(l *link) {
				if !slices.Contains(l.groups, code) {
					l.groups = append(l.groups, code)
				}
			})
		}
	}
	if len(words) > 1 && len(words) <= 6 {
		try(0, len(words))
	}
	for i := range words[:min(len(words), mostLinked)] {
		try(i, 1)
	}
}

// groupsOf returns the groups of ISCO-08 whose title, or an everyday occupation
// of which, says the same as the words: no more and no less.
func (u understander) groupsOf(words string) []string {
	var codes []string
	for _, l := range u.s.vocabulary.LinkOccupation(words, u.language) {
		if len(codes) < 2 && sameTitle(words, l.Matched) {
			codes = append(codes, l.ID)
		}
	}
	return codes
}

// sameTitle tells whether two titles have the same words, in any form of them.
func sameTitle(a, b string) bool {
	one, another := strings.FieldsFunc(taxonomy.Fold(a), notLetter), strings.FieldsFunc(taxonomy.Fold(b), notLetter)
	short := func(w string) bool { return utf8.RuneCountInString(w) < 3 }
	one, another = slices.DeleteFunc(one, short), slices.DeleteFunc(another, short)
	if len(one) != len(another) || len(one) == 0 {
		return false
	}
	for _, w := range one {
		if !slices.ContainsFunc(another, func(o string) bool { return akin(w, o) }) {
			return false
		}
	}
	return true
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// akin tells whether two words are forms of one: they begin alike.
func akin(a, b string) bool {
	from, to := []rune(a), []rune(b)
	same := 0
	for same < min(len(from), len(to)) && from[same] == to[same] {
		same++
	}
	return same == len(from) && same == len(to) || same >= 3 && same >= max(len(from), len(to))-4 && same*10 >= min(len(from), len(to))*7
}

// apartFrom leaves out what lies within a longer name that begins before it.
func apartFrom(found map[int]link) map[int]link {
	out := map[int]link{}
	end := 0
	for _, at := range slices.Sorted(maps.Keys(found)) {
		if at >= end {
			out[at], end = found[at], at+found[at].words
		}
	}
	return out
}
