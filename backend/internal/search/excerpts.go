// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/registry"
)

// Excerpt is a piece of a profile that met the query, in the person's own words
// and without what says who they are.
type Excerpt struct {
	Source   string `json:"source" enum:"occupation,summary,cv,skill,experience,education" doc:"Where in the profile it stands"`
	Language string `json:"language" doc:"That it is probably written in; empty when nobody knows"`
	Spans    []Span `json:"spans" doc:"The excerpt from beginning to end"`
}

// Span is a part of a excerpt.
type Span struct {
	Text    string `json:"text"`
	Marked  bool   `json:"marked" doc:"It met the query"`
	Concept string `json:"concept,omitempty" doc:"The concept or ISCO-08 group that joins it to the query, where no word does"`
}

// spot is a place of a text that met a part of the query.
type spot struct {
	from, to int // in bytes
	part     int // of the query
	concept  string
}

// The bounds of what is shown of one person.
const (
	mostExcerpts = 3
	around       = 70  // bytes before and after a mark
	mostShown    = 260 // bytes of one excerpt, about
)

// source text of a profile.
type written struct {
	source, text string
	concept      string // of a skill that the person chose
	group        string // of the occupation or the post
}

// writtenBy lists the texts of a profile, clean of who wrote them.
func writtenBy(p registry.Profile) []written {
	clean := matching.Scrubber(p)
	all := []written{{source: "occupation", text: clean(p.OccupationTitle), group: p.ISCO}}
	for _, s := range p.Skills {
		all = append(all, written{source: "skill", text: clean(s.Label), concept: s.Concept})
	}
	for _, e := range p.Experience {
		all = append(all, written{source: "experience", text: clean(e.Title), group: e.ISCO}, written{source: "experience", text: clean(e.Description)})
	}
	all = append(all, written{source: "summary", text: clean(p.Summary)}, written{source: "cv", text: clean(p.CVText)})
	for _, e := range p.Education {
		all = append(all, written{source: "education", text: clean(e.Title)})
	}
	return slices.DeleteFunc(all, func(w written) bool { return strings.TrimSpace(w.text) == "" })
}

// excerpter finds the places that met a query in the texts of one person after another.
type excerpter struct {
	s     *Service
	parts []*queryPart // positive ones only are looked for
}

// excerpts returns the pieces of a profile that met the query, and for every part
// of it the words that did.
func (m excerpter) excerpts(p registry.Profile) ([]Excerpt, map[int][]met) {
	var all []Excerpt
	var covered []map[int]bool
	how := map[int][]met{}
	for _, w := range writtenBy(p) {
		marks := m.marks(w, p.CVLanguage)
		for _, k := range marks {
			how[k.part] = appendMet(how[k.part], met{words: w.text[k.from:k.to], concept: k.concept, source: w.source})
		}
		for _, group := range grouped(marks) {
			all = append(all, Excerpt{Source: w.source, Language: p.CVLanguage, Spans: spans(w.text, group)})
			parts := map[int]bool{}
			for _, k := range group {
				parts[k.part] = true
			}
			covered = append(covered, parts)
		}
	}
	return chosen(all, covered), how
}

// met is how a person met a part of the query.
type met struct{ words, concept, source string }

// appendMet adds words that are not there yet; a few will do.
func appendMet(all []met, one met) []met {
	same := func(o met) bool { return strings.EqualFold(o.words, one.words) && o.concept == one.concept }
	if len(all) >= 5 || slices.ContainsFunc(all, same) {
		return all
	}
	return append(all, one)
}

// marks finds the places of one text, in their order and without overlaps.
func (m excerpter) marks(w written, language string) []spot {
	var all []spot
	tokens := map[string]analysed{}
	for _, tongue := range []string{other, spoken(language)} {
		if _, done := tokens[tongue]; !done {
			tokens[tongue] = m.s.texts.analysed(w.text, tongue)
		}
	}
	var mentions []spot
	for i, p := range m.parts {
		if p.negated || p.field != "" && p.field != "skill" {
			continue
		}
		if p.coded() {
			if mentions == nil {
				mentions = m.mentions(w, language)
			}
			all = append(all, m.concepts(w, p, i, mentions)...)
		}
		for _, words := range tokens {
			all = append(all, words.marks(m.s.texts, p, i)...)
		}
	}
	slices.SortFunc(all, func(a, b spot) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to), cmp.Compare(a.concept, b.concept))
	})
	var out []spot
	for _, k := range all {
		if last := len(out) - 1; last < 0 || k.from >= out[last].to {
			out = append(out, k)
		}
	}
	return out
}

// mentions lists the concepts that a text names.
func (m excerpter) mentions(w written, language string) []spot {
	all := []spot{}
	for _, found := range m.s.vocabulary.Mentions(w.text, language) {
		all = append(all, spot{from: found.From, to: found.To, concept: found.Concept})
	}
	return all
}

// concepts marks what names a concept of the part, or a special case of it.
func (m excerpter) concepts(w written, p *queryPart, number int, mentions []spot) []spot {
	var all []spot
	whole := spot{from: 0, to: len(w.text), part: number}
	for _, concept := range p.skills {
		within := func(id string) bool {
			return id == concept || slices.Contains(m.s.vocabulary.BroaderOf(id), concept)
		}
		if w.concept != "" && within(w.concept) {
			whole.concept = concept
			all = append(all, whole)
		}
		for _, k := range mentions {
			if within(k.concept) {
				all = append(all, spot{from: k.from, to: k.to, part: number, concept: concept})
			}
		}
	}
	if w.group != "" && slices.Contains(p.groups, w.group) {
		whole.concept = w.group
		all = append(all, whole)
	}
	return all
}

// analysed is a text broken into stems of one language.
type analysed struct {
	language string
	tokens   []lemma
}

type lemma struct {
	text               string
	from, to, position int
}

func (a analyzers) analysed(text, language string) analysed {
	out := analysed{language: language}
	for _, token := range a[language].Analyze([]byte(text)) {
		if token.End <= len(text) && token.Start < token.End {
			out.tokens = append(out.tokens, lemma{string(token.Term), token.Start, token.End, token.Position})
		}
	}
	return out
}

// marks finds the words of a part, other spellings of them, or the phrase.
func (a analysed) marks(texts analyzers, p *queryPart, number int) []spot {
	var all []spot
	if p.field != "" {
		return nil
	}
	if p.phrase {
		if a.language != other {
			return nil
		}
		wanted := texts[other].Analyze([]byte(p.words[0]))
		at := map[int]lemma{}
		for _, t := range a.tokens {
			at[t.position] = t
		}
		for _, t := range a.tokens {
			last, ok := t, len(wanted) > 0
			for _, w := range wanted {
				next, there := at[t.position+w.Position-wanted[0].Position]
				if ok = ok && there && next.text == string(w.Term); !ok {
					break
				}
				last = next
			}
			if ok {
				all = append(all, spot{from: t.from, to: last.to, part: number})
			}
		}
		return all
	}
	wanted := map[string]bool{}
	for i, word := range p.words {
		for _, token := range texts.tokens(word, a.language) {
			wanted[token] = true
		}
		if a.language == other && i < len(p.near) {
			for _, n := range p.near[i] {
				wanted[n.Word] = true
			}
		}
	}
	for _, t := range a.tokens {
		if wanted[t.text] {
			all = append(all, spot{from: t.from, to: t.to, part: number})
		}
	}
	return all
}

// grouped puts marks together that fit into one excerpt.
func grouped(marks []spot) [][]spot {
	var all [][]spot
	for _, k := range marks {
		if last := len(all) - 1; last >= 0 && k.to-all[last][0].from < mostShown-2*around {
			all[last] = append(all[last], k)
			continue
		}
		all = append(all, []spot{k})
	}
	return all
}

// chosen keeps the excerpts that show most parts of the query: each next one the
// one that shows most of what is not shown yet.
func chosen(all []Excerpt, covered []map[int]bool) []Excerpt {
	out, shown, taken := []Excerpt{}, map[int]bool{}, map[int]bool{}
	for len(out) < min(mostExcerpts, len(all)) {
		best, most := -1, -1
		for i := range all {
			fresh := 0
			for part := range covered[i] {
				if !shown[part] {
					fresh++
				}
			}
			// The line that says why has the labels already: running text tells more.
			if fresh *= 2; fresh > 0 && slices.Contains([]string{"summary", "cv", "experience"}, all[i].Source) {
				fresh++
			}
			if !taken[i] && fresh > most {
				best, most = i, fresh
			}
		}
		if most <= 0 && len(out) > 0 {
			break // nothing new
		}
		taken[best] = true
		for part := range covered[best] {
			shown[part] = true
		}
		out = append(out, all[best])
	}
	return out
}

// spans cuts a excerpt out of a text at the edges of words.
func spans(text string, marks []spot) []Span {
	from, to := marks[0].from-around, min(marks[len(marks)-1].to, marks[0].from+mostShown)+around
	from, to = edge(text, max(from, 0), marks[0].from), edge(text, min(to, len(text)), len(text))
	var out []Span
	put := func(s Span) {
		if s.Text != "" {
			out = append(out, s)
		}
	}
	if from > 0 {
		put(Span{Text: "… "})
	}
	at := from
	for _, k := range marks {
		if k.from >= to {
			break
		}
		put(Span{Text: text[at:k.from]})
		put(Span{Text: text[k.from:min(k.to, to)], Marked: true, Concept: k.concept})
		at = min(k.to, to)
	}
	put(Span{Text: strings.TrimRightFunc(text[at:to], unicode.IsSpace)})
	if to < len(text) {
		put(Span{Text: " …"})
	}
	return out
}

// edge returns the next beginning of a word from a place on, at most the limit.
func edge(text string, at, limit int) int {
	for at > 0 && at < limit {
		if utf8.RuneStart(text[at]) {
			if r, _ := utf8.DecodeLastRuneInString(text[:at]); unicode.IsSpace(r) {
				return at
			}
		}
		at++
	}
	return min(at, limit)
}
