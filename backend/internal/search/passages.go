// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/taxonomy"
)

// Passage is a sentence that a person wrote and that meets something the need
// asks for. It says nothing of who the person is.
type Passage struct {
	Source   string `json:"source" enum:"summary,cv,experience,education" doc:"Where in the profile it stands"`
	Title    string `json:"title" doc:"Of the post or the education; empty for the summary and the CV"`
	Language string `json:"language" doc:"Of the profile's texts, ISO 639; empty: not said"`
	Parts    []Part `json:"parts" doc:"The sentence in order; together the parts are its text"`
}

// Part is a piece of a passage, marked or not.
type Part struct {
	Text    string `json:"text"`
	Mark    string `json:"mark,omitempty" enum:"concept,words" doc:"Why it is marked: both sides speak of one concept, or use the same word; nothing: it is not"`
	Need    string `json:"need,omitempty" doc:"What the need says there, in its own words"`
	Concept string `json:"concept,omitempty" doc:"The concept of the need that it meets"`
	// Relation is that of the person's concept to the need's.
	Relation string `json:"relation,omitempty" enum:"same,narrower,broader" doc:"How the marked words stand to the concept"`
}

// The bounds of what is shown: nobody reads more, and the profile is a click away.
const (
	mostPassages   = 12
	mostOfASingle  = 6   // sentences of one text
	longestPassage = 400 // characters; a longer sentence is cut around its first mark
	fewestWords    = 3   // in common, where a sentence meets no concept
)

// Passages returns what a person wrote that met the need, for the coordinator of
// its programme. The person is recorded as seen.
func (s *Service) Passages(ctx context.Context, who identity.Actor, ref, pseudonym string) (out []Passage, err error) {
	var person, needID string
	err = s.db.View(ctx, func(tx *store.Tx) error {
		terms, err := rankable(tx, who, ref)
		if err != nil {
			return err
		}
		profile, err := findableIn(tx, pseudonym, terms.ProgrammeID)
		if err != nil {
			return err
		}
		person, needID = profile.ID, terms.ID
		out = s.marker(s.need(terms)).passages(profile)
		return nil
	})
	if err == nil {
		s.viewed(who, []string{person}, "passages", needID)
	}
	return out, err
}

// marker finds in a text what a need asks for.
type marker struct {
	s     *Service
	need  matching.Need
	words map[string]string // the need's words by stem
}

func (s *Service) marker(need matching.Need) marker {
	m := marker{s: s, need: need, words: map[string]string{}}
	for _, t := range need.Terms {
		m.words[t.Stem] = t.Word
	}
	return m
}

// passages lists the passages of a profile: the summary first, then the posts,
// the CV and the education, and of each the weightiest sentences.
func (m marker) passages(p registry.Profile) []Passage {
	clean := matching.Scrubber(p)
	out := []Passage{}
	add := func(source, title, text string) {
		out = append(out, m.sentences(Passage{Source: source, Title: clean(title), Language: p.CVLanguage}, clean(text))...)
	}
	add("summary", "", p.Summary)
	for _, e := range p.Experience {
		add("experience", e.Title, e.Description)
	}
	add("cv", "", p.CVText)
	for _, e := range p.Education {
		add("education", "", e.Title)
	}
	return out[:min(len(out), mostPassages)]
}

// sentences returns the sentences of a text that meet the need best, in the
// order of the text.
func (m marker) sentences(as Passage, text string) []Passage {
	type weighed struct {
		from, weight int
		passage      Passage
	}
	marks := m.marks(text, as.Language)
	var all []weighed
	for _, span := range sentencesOf(text) {
		inside := within(marks, span)
		weight := weightOf(inside)
		if weight < fewestWords {
			continue
		}
		one := as
		one.Parts = partsOf(text, shortened(text, span, inside), inside)
		all = append(all, weighed{span.from, weight, one})
	}
	slices.SortStableFunc(all, func(a, b weighed) int { return cmp.Compare(b.weight, a.weight) })
	all = all[:min(len(all), mostOfASingle)]
	slices.SortFunc(all, func(a, b weighed) int { return cmp.Compare(a.from, b.from) })
	out := make([]Passage, len(all))
	for i, one := range all {
		out[i] = one.passage
	}
	return out
}

// span is a piece of a text, in bytes: from the first to the one after the last.
type span struct{ from, to int }

// hit is a span that meets the need.
type hit struct {
	span
	part Part
}

// weightOf counts what a sentence meets: a concept is worth more than any word.
func weightOf(marks []hit) int {
	weight, seen := 0, map[string]bool{}
	for _, one := range marks {
		key := one.part.Mark + one.part.Concept + one.part.Need
		if seen[key] {
			continue
		}
		seen[key] = true
		if one.part.Mark == "concept" {
			weight += 10
		} else {
			weight++
		}
	}
	return weight
}

// marks finds concepts, and beside them the words in common; they are sorted and
// do not overlap.
func (m marker) marks(text, language string) []hit {
	var all []hit
	for _, mention := range m.s.vocabulary.Mentions(text, language) {
		if part, ok := m.meets(mention); ok {
			all = append(all, hit{span{mention.From, mention.To}, part})
		}
	}
	for _, token := range m.s.texts[spoken(language)].Analyze([]byte(text)) {
		word, ok := m.words[string(token.Term)]
		if ok && tells(token.Term) && token.Start < token.End && token.End <= len(text) {
			all = append(all, hit{span{token.Start, token.End}, Part{Mark: "words", Need: word}})
		}
	}
	slices.SortStableFunc(all, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.part.Mark, b.part.Mark), cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to))
	})
	var kept []hit
	for _, one := range all {
		if !slices.ContainsFunc(kept, func(k hit) bool { return one.from < k.to && k.from < one.to }) {
			kept = append(kept, one)
		}
	}
	slices.SortFunc(kept, func(a, b hit) int { return cmp.Compare(a.from, b.from) })
	return kept
}

// relations spells the relations that are worth a mark: a sibling is another
// thing, and to mark it would mislead.
var relations = map[matching.Relation]string{taxonomy.Same: "same", taxonomy.Narrower: "narrower", taxonomy.Broader: "broader"}

// meets tells which wish or topic of the need a concept in a text meets best.
func (m marker) meets(found matching.Mention) (Part, bool) {
	best, part := 0, Part{}
	for _, w := range m.need.Wishes {
		if w.Concept == "" {
			continue
		}
		relation := taxonomy.Same
		if w.Concept != found.Concept {
			relation = m.s.vocabulary.Relation(w.Concept, found.Concept)
		}
		if near := matching.Nearness(relation); relations[relation] != "" && near > best {
			best, part = near, Part{Mark: "concept", Need: w.Label, Concept: w.Concept, Relation: relations[relation]}
		}
	}
	for _, topic := range m.need.Topics {
		if best == 0 && topic.Concept == found.Concept {
			return Part{Mark: "concept", Need: topic.Words, Concept: topic.Concept, Relation: "same"}, true
		}
	}
	return part, best > 0
}

// sentencesOf cuts a text at line breaks and after the marks that end a sentence.
func sentencesOf(text string) []span {
	var all []span
	from := 0
	end := func(to int) {
		trimmed := strings.TrimSpace(text[from:to])
		if trimmed != "" {
			start := from + strings.Index(text[from:to], trimmed)
			all = append(all, span{start, start + len(trimmed)})
		}
		from = to
	}
	for i, r := range text {
		next := i + utf8.RuneLen(r)
		if r == utf8.RuneError {
			continue
		}
		after, _ := utf8.DecodeRuneInString(text[next:])
		if r == '\n' || strings.ContainsRune(".!?؟。", r) && (next == len(text) || unicode.IsSpace(after)) {
			end(next)
		}
	}
	end(len(text))
	return all
}

func within(marks []hit, s span) []hit {
	var inside []hit
	for _, one := range marks {
		if one.from >= s.from && one.to <= s.to {
			inside = append(inside, one)
		}
	}
	return inside
}

// shortened cuts a long sentence, at spaces, to what stands around its first mark.
func shortened(text string, s span, marks []hit) span {
	if len(text[s.from:s.to]) <= longestPassage || len(marks) == 0 {
		return s
	}
	if from := marks[0].from - longestPassage/4; from > s.from {
		if at := strings.IndexByte(text[from:marks[0].from], ' '); at >= 0 {
			s.from = from + at + 1
		} else {
			s.from = marks[0].from
		}
	}
	if to := s.from + longestPassage; to < s.to {
		s.to = max(s.from+strings.LastIndexByte(text[s.from:to], ' '), marks[0].to)
	}
	return s
}

// partsOf cuts a sentence at its marks.
func partsOf(text string, s span, marks []hit) []Part {
	var parts []Part
	plain := func(to int) {
		if to > s.from {
			parts = append(parts, Part{Text: text[s.from:to]})
		}
	}
	for _, one := range marks {
		if one.from < s.from || one.to > s.to {
			continue
		}
		plain(one.from)
		one.part.Text = text[one.from:one.to]
		parts = append(parts, one.part)
		s.from = one.to
	}
	plain(s.to)
	return parts
}
