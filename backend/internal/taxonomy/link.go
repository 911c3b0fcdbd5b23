// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"cmp"
	"slices"
	"strings"
)

// Mention is a place in a text that names a concept.
type Mention struct {
	Concept string
	Words   string // as they stand in the text
	From    int    // first byte
	To      int    // byte after the last
}

// phrases finds the labels of one language in texts: stems joined by a blank
// lead to a concept.
type phrases struct {
	concept map[string]string
	longest map[string]int // of the phrases that begin with a stem, in words
}

// index makes the tables that linking and typing use.
func (v *vocabulary) index() {
	v.phrases = map[string]*phrases{}
	v.entries, v.titles = nil, nil
	for _, id := range slices.Sorted(keysOf(v.skills)) {
		s := v.skills[id]
		for _, language := range slices.Sorted(keysOf(s.Labels)) {
			for rank, label := range s.Labels[language] {
				v.addPhrase(language, label, id)
				v.entries = append(v.entries, newEntry(id, language, label, rank))
			}
		}
	}
	for _, code := range slices.Sorted(keysOf(v.groups)) {
		if len(code) == 4 {
			v.addTitles(code, v.groups[code].Labels, 1)
		}
	}
	for _, o := range v.occupations {
		v.addTitles(o.ISCO, o.Labels, 0)
	}
}

func (v *vocabulary) addTitles(code string, labels Labels, rank int) {
	for _, language := range slices.Sorted(keysOf(labels)) {
		for i, label := range labels[language] {
			v.titles = append(v.titles, newEntry(code, language, label, rank+i))
		}
	}
}

// addPhrase makes a label findable in texts. The first concept keeps a phrase
// that two share; a preferred label comes before a synonym only by order.
func (v *vocabulary) addPhrase(language, label, concept string) {
	p := v.phrases[language]
	if p == nil {
		p = &phrases{concept: map[string]string{}, longest: map[string]int{}}
		v.phrases[language] = p
	}
	words := tokens(label, language)
	if len(words) == 0 {
		return
	}
	key := joined(words)
	if _, taken := p.concept[key]; taken {
		return
	}
	p.concept[key] = concept
	p.longest[words[0].stem] = max(p.longest[words[0].stem], len(words))
}

// joined writes the stems of words as one key.
func joined(words []token) string {
	var out strings.Builder
	for i, w := range words {
		if i > 0 {
			out.WriteByte(' ')
		}
		out.WriteString(w.stem)
	}
	return out.String()
}

// scanned is how much of a text is read for mentions, in bytes: a long CV.
const scanned = 200_000

// Mentions finds the concepts that a text names, in the order of the text, the
// longest label at each place. The language is the text's; when it is empty or
// not one of ours, every language is tried.
func (t *Taxonomy) Mentions(text, language string) []Mention {
	if len(text) > scanned {
		text = strings.ToValidUTF8(text[:scanned], "")
	}
	v := t.now.Load()
	if p := v.phrases[language]; p != nil {
		return p.scan(text, language)
	}
	var out []Mention
	for _, try := range slices.Sorted(keysOf(v.phrases)) {
		out = append(out, v.phrases[try].scan(text, try)...)
	}
	slices.SortFunc(out, func(a, b Mention) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(b.To, a.To), cmp.Compare(a.Concept, b.Concept))
	})
	return slices.CompactFunc(out, func(a, b Mention) bool { return a.From == b.From && a.Concept == b.Concept })
}

// scan walks over the text once.
func (p *phrases) scan(text, language string) []Mention {
	var out []Mention
	words := tokens(text, language)
	for i := 0; i < len(words); {
		n, concept := p.at(words[i:])
		if n == 0 {
			i++
			continue
		}
		from, to := words[i].from, words[i+n-1].to
		out = append(out, Mention{Concept: concept, Words: text[from:to], From: from, To: to})
		i += n
	}
	return out
}

// at returns the longest phrase at the beginning of the words.
func (p *phrases) at(words []token) (int, string) {
	for n := min(p.longest[words[0].stem], len(words)); n > 0; n-- {
		if concept, ok := p.concept[joined(words[:n])]; ok {
			return n, concept
		}
	}
	return 0, ""
}

// LinkSkill returns the concept that the words name as a whole, in the language
// or in any other.
func (t *Taxonomy) LinkSkill(words, language string) (string, bool) {
	v := t.now.Load()
	order := append([]string{language}, slices.Sorted(keysOf(v.phrases))...)
	for _, try := range order {
		p := v.phrases[try]
		if p == nil {
			continue
		}
		if concept, ok := p.concept[joined(tokens(words, try))]; ok && concept != "" {
			return concept, true
		}
	}
	return "", false
}
