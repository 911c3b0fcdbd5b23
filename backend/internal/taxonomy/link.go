// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"cmp"
	"slices"
)

// Mention is a place in a text that names a concept.
type Mention struct {
	Concept string
	Words   string // as they stand in the text
	From    int    // first byte
	To      int    // byte after the last
}

// phrases finds the labels of one language in texts. It is a tree: from the
// root, each stem of a label leads to another node; where a label ends, the
// node has a concept.
type phrases struct {
	language string
	stems    map[string]uint32 // numbered from 1
	next     map[uint64]uint32 // node and stem -> node; the root is 0
	concepts []string          // by node; empty where no label ends
}

func newPhrases(language string) *phrases {
	return &phrases{language: language, stems: map[string]uint32{}, next: map[uint64]uint32{}, concepts: []string{""}}
}

func step(node, stem uint32) uint64 { return uint64(node)<<32 | uint64(stem) }

// indexer builds the tables of a vocabulary. It remembers the stems of words,
// which come up again and again in labels.
type indexer struct {
	v     *vocabulary
	stems map[string]map[string]string // language, word
}

func newIndexer(v *vocabulary) *indexer {
	v.phrases = map[string]*phrases{}
	return &indexer{v: v, stems: map[string]map[string]string{}}
}

// addSkills makes the labels findable in texts. Where concepts share a label,
// the one that prefers it has it, and otherwise the first; what was added
// before stays.
func (x *indexer) addSkills(ids []string, labels func(id string) Labels) {
	for _, id := range ids {
		for language, list := range labels(id) {
			if len(list) > 0 {
				x.addPhrase(language, list[0], id)
			}
		}
	}
	for _, id := range ids {
		for language, list := range labels(id) {
			for _, label := range list[min(1, len(list)):] {
				x.addPhrase(language, label, id)
			}
		}
	}
}

func (x *indexer) addPhrase(language, label, concept string) {
	p := x.v.phrases[language]
	if p == nil {
		p = newPhrases(language)
		x.v.phrases[language] = p
		x.stems[language] = map[string]string{}
	}
	words := meaningful(wordsOf(label), language)
	if len(words) == 0 {
		return
	}
	node := uint32(0)
	for _, w := range words {
		node = p.grow(node, x.stem(w.text, language))
	}
	if p.concepts[node] == "" {
		p.concepts[node] = concept
	}
}

// stem returns the stem of a word from memory.
func (x *indexer) stem(word, language string) string {
	known := x.stems[language]
	s, ok := known[word]
	if !ok {
		s = stem(word, language)
		known[word] = s
	}
	return s
}

// grow returns the node after the stem; it makes one where there is none.
func (p *phrases) grow(node uint32, stem string) uint32 {
	number, ok := p.stems[stem]
	if !ok {
		number = uint32(len(p.stems) + 1)
		p.stems[stem] = number
	}
	to, ok := p.next[step(node, number)]
	if !ok {
		to = uint32(len(p.concepts))
		p.next[step(node, number)] = to
		p.concepts = append(p.concepts, "")
	}
	return to
}

// meaningful leaves the small words out.
func meaningful(words []word, language string) []word {
	out := words[:0:0]
	for _, w := range words {
		if !small[language][w.text] {
			out = append(out, w)
		}
	}
	return out
}

// scanned is how much of a text is read for mentions, in bytes: a long CV.
const scanned = 200_000

// Mentions finds the concepts that a text names, in the order of the text, the
// longest label at each place. The language is the text's; when it is empty or
// not one of ours, every language is tried that the text may be written in.
func (t *Taxonomy) Mentions(text, language string) []Mention {
	if len(text) > scanned {
		text = text[:scanned]
	}
	v := t.now.Load()
	words := wordsOf(text)
	if p := v.phrases[language]; p != nil {
		return t.localMentions(text, language, p.scan(text, words))
	}
	var out []Mention
	for _, try := range v.likely(words) {
		out = append(out, v.phrases[try].scan(text, words)...)
	}
	slices.SortFunc(out, func(a, b Mention) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(b.To, a.To), cmp.Compare(a.Concept, b.Concept))
	})
	return t.localMentions(text, language, slices.CompactFunc(out, func(a, b Mention) bool { return a.From == b.From && a.Concept == b.Concept }))
}

// Where a text has this many words, its small words show its language.
const enoughWords = 150

// likely returns the languages that the words may be in: all of them for a
// short text, and those of its small words, and English, for a long one.
func (v *vocabulary) likely(words []word) []string {
	all := slices.Sorted(keysOf(v.phrases))
	if len(words) < enoughWords {
		return all
	}
	counts, most := map[string]int{}, 0
	for language, list := range small {
		for _, w := range words[:min(len(words), 10*enoughWords)] {
			if list[w.text] {
				counts[language]++
			}
		}
		most = max(most, counts[language])
	}
	if most < len(words[:min(len(words), 10*enoughWords)])/20 {
		return all // none of the languages whose small words we know
	}
	return slices.DeleteFunc(all, func(language string) bool { return language != "en" && counts[language]*3 < most*2 })
}

// scan walks over the words of a text once.
func (p *phrases) scan(text string, words []word) []Mention {
	var out []Mention
	words, numbers := p.numbered(words)
	for i := 0; i < len(words); {
		n, concept := p.at(numbers[i:])
		if n == 0 || n == 1 && len(words[i].text) == 1 {
			i++ // a single letter in a running text is no programming language
			continue
		}
		from, to := words[i].from, words[i+n-1].to
		out = append(out, Mention{Concept: concept, Words: text[from:to], From: from, To: to})
		i += n
	}
	return out
}

// numbered leaves the small words out and returns the number of each other
// word's stem, 0 for one that stands in no label.
func (p *phrases) numbered(words []word) ([]word, []uint32) {
	kept, numbers := make([]word, 0, len(words)), make([]uint32, 0, len(words))
	seen := make(map[string]uint32, len(words)/3)
	for _, w := range words {
		if small[p.language][w.text] {
			continue
		}
		number, ok := seen[w.text]
		if !ok {
			number = p.stems[stem(w.text, p.language)]
			seen[w.text] = number
		}
		kept, numbers = append(kept, w), append(numbers, number)
	}
	return kept, numbers
}

// at returns the longest phrase at the beginning of the stems.
func (p *phrases) at(numbers []uint32) (int, string) {
	node, found, concept := uint32(0), 0, ""
	for i, number := range numbers {
		to, ok := p.next[step(node, number)]
		if !ok {
			break
		}
		node = to
		if p.concepts[node] != "" {
			found, concept = i+1, p.concepts[node]
		}
	}
	return found, concept
}

// LinkSkill returns the concept that the words name as a whole, in the language
// or in any other.
func (t *Taxonomy) LinkSkill(words, language string) (string, bool) {
	if len(words) > longestLabel {
		return "", false
	}
	if concept, ok := t.localSkill(words, language); ok && language != "" {
		return concept, true
	}
	v := t.now.Load()
	cut := wordsOf(words)
	for _, try := range append([]string{language}, slices.Sorted(keysOf(v.phrases))...) {
		p := v.phrases[try]
		if p == nil {
			continue
		}
		kept, numbers := p.numbered(cut)
		if n, concept := p.at(numbers); n > 0 && n == len(kept) {
			return concept, true
		}
	}
	return t.localSkill(words, "")
}

// longestLabel is how many bytes a label may have; whatever is longer names nothing.
const longestLabel = 600
