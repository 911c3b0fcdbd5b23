// SPDX-License-Identifier: AGPL-3.0-or-later

package linking

import "strings"

// The evidence that a space gives for one concept; each from 0 to 1.
const (
	byStems  = iota // cosine of stems, best label
	byChars         // cosine of n-grams in words, best label
	byWhole         // cosine of n-grams across words, best label
	byTerms         // BM25 over all labels together, of what is possible
	byAsked         // how much of the title's words the best label has, softly
	byNamed         // how much of the best label's words the title has, softly
	bySoft          // both (their harmonic mean)
	byHead          // how near the heads are
	byExact         // a label is the title
	byPart          // a label is a part of the title between slashes or commas
	byEdit          // 1 - edit distance / length, of the best label
	byOthers        // mean cosine of n-grams over the three best labels
	byRank          // the best label is the preferred one
	evidences
)

// evidence is what one space says about a concept.
type evidence struct {
	values [evidences]float32
	label  int32 // that fits best, -1 without one
}

// matcher compares one title with one space.
type matcher struct {
	s      *space
	folded string
	parts  []string    // of the title, folded, when it has several
	words  []int32     // of the title in the vocabulary, -1 for new ones
	near   [][]float32 // by word of the title: how like it each word of the vocabulary is
	idf    []float32   // of the title's words
	stem   []float32   // by label, as the next two
	char   []float32
	whole  []float32
	terms  []float32 // by concept
}

// match compares a title with every label.
func (s *space) match(title string) *matcher {
	m := &matcher{s: s}
	cut := s.v.cut(title, s.language)
	var stems, chars, whole []string
	folded := make([]string, len(cut))
	for i, w := range cut {
		folded[i] = fold(w)
		stems = append(stems, stem(w, s.language))
		grams(folded[i], shortGram, longGram, func(g string) { chars = append(chars, g) })
	}
	m.folded = strings.Join(folded, " ")
	m.parts = s.partsOf(clean(title))
	grams(m.folded, shortWholeGram, longWholeGram, func(g string) { whole = append(whole, g) })
	m.stem, m.char, m.whole = make([]float32, len(s.labels)), make([]float32, len(s.labels)), make([]float32, len(s.labels))
	m.terms = make([]float32, s.concepts)
	s.terms.add(stems, m.terms)
	if most := s.terms.most(stems); most > 0 {
		for c := range m.terms {
			m.terms[c] /= most
		}
	}
	for i := range cut {
		m.read(folded[i], stems[i])
	}
	s.stems.cosines(s.stems.query(stems), m.stem)
	s.chars.cosines(s.chars.query(chars), m.char)
	s.whole.cosines(s.whole.query(whole), m.whole)
	return m
}

// partsOf cuts a title where people put several into one.
func (s *space) partsOf(title string) []string {
	cut := strings.FieldsFunc(title, func(r rune) bool { return strings.ContainsRune("/;,()|–—", r) })
	if len(cut) < 2 {
		return nil
	}
	var out []string
	for _, part := range cut {
		if ws := s.v.cut(part, s.language); len(ws) > 0 {
			out = append(out, fold(strings.Join(ws, " ")))
		}
	}
	return out
}

const (
	sameStem   = 0.95 // how like two words with one stem are at least
	likeEnough = 0.5  // from here two words are taken for forms of one
	newWord    = 8    // the rarity of a word that no label has, nor one like it
)

// read finds what a word of the title is like.
func (m *matcher) read(folded, stemmed string) {
	s := m.s
	near := make([]float32, len(s.stemOf))
	var features []string
	grams(folded, shortGram, longGram, func(g string) { features = append(features, g) })
	s.near.cosines(s.near.query(features), near)
	if st, ok := s.stemIDs[stemmed]; ok {
		for _, w := range s.withStem[st] {
			near[w] = max(near[w], sameStem)
		}
	}
	id, known := s.vocabulary[folded]
	rarity := float32(newWord)
	if known {
		near[id], rarity = 1, s.wordIDF[id]
	} else {
		id = -1
		// A new word is as rare as the words that it is like.
		sum, weight := float32(0), float32(0)
		for w, like := range near {
			if like > likeEnough {
				sum, weight = sum+like*s.wordIDF[w], weight+like
			}
		}
		if weight > 0 {
			rarity = sum / weight
		}
	}
	m.words, m.near, m.idf = append(m.words, id), append(m.near, near), append(m.idf, rarity)
}

// rough is a first estimate of each concept, by which candidates are chosen.
func (m *matcher) rough() []float32 {
	out := make([]float32, m.s.concepts)
	for i := range m.s.labels {
		c := m.s.labels[i].concept
		out[c] = max(out[c], 0.4*m.stem[i]+0.4*m.char[i]+0.3*m.whole[i])
	}
	for c := range out {
		out[c] += 0.25 * m.terms[c]
	}
	return out
}

// about gathers the evidence for one concept.
func (m *matcher) about(concept int32) evidence {
	e := evidence{label: -1}
	e.values[byTerms] = m.terms[concept]
	fits := float32(-1)
	var top best3
	for _, i := range m.s.of[concept] {
		l := &m.s.labels[i]
		e.values[byStems] = max(e.values[byStems], m.stem[i])
		e.values[byChars] = max(e.values[byChars], m.char[i])
		e.values[byWhole] = max(e.values[byWhole], m.whole[i])
		top.add(m.char[i])
		if l.folded == m.folded {
			e.values[byExact] = 1
		}
		for _, part := range m.parts {
			if part == l.folded {
				e.values[byPart] = 1
			}
		}
		asked, named, head := m.soft(l)
		both := 2 * asked * named / (asked + named + 1e-6)
		if fit := both + m.char[i]/2; fit > fits {
			fits, e.label = fit, i
			e.values[byAsked], e.values[byNamed], e.values[bySoft], e.values[byHead] = asked, named, both, head
		}
	}
	if e.label < 0 {
		return e
	}
	if m.s.labels[e.label].rank == 0 {
		e.values[byRank] = 1
	}
	n := min(3, len(m.s.of[concept]))
	e.values[byOthers] = (top[0] + top[1] + top[2]) / float32(n)
	e.values[byEdit] = likeness(m.folded, m.s.labels[e.label].folded)
	return e
}

// soft aligns the words of the title with those of a label.
func (m *matcher) soft(l *label) (asked, named, head float32) {
	if len(m.words) == 0 {
		return 0, 0, 0
	}
	var askedOf, namedOf float32
	for i := range m.words {
		nearest := float32(0)
		for _, w := range l.words {
			nearest = max(nearest, m.near[i][w])
		}
		asked, askedOf = asked+m.idf[i]*nearest, askedOf+m.idf[i]
	}
	for _, w := range l.words {
		nearest := float32(0)
		for i := range m.words {
			nearest = max(nearest, m.near[i][w])
		}
		named, namedOf = named+m.s.wordIDF[w]*nearest, namedOf+m.s.wordIDF[w]
	}
	if m.s.lastHead {
		head = m.near[len(m.words)-1][l.words[len(l.words)-1]]
	} else {
		head = m.near[0][l.words[0]]
	}
	return asked / askedOf, named / namedOf, head
}

// longestEdit bounds the work of an edit distance, in letters.
const longestEdit = 120

// likeness is 1 for the same text and falls with the edit distance.
func likeness(a, b string) float32 {
	x, y := []rune(a), []rune(b)
	x, y = x[:min(len(x), longestEdit)], y[:min(len(y), longestEdit)]
	longest := max(len(x), len(y))
	if longest == 0 {
		return 0
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(x); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := diagonal
			if x[i-1] != y[j-1] {
				cost = 1 + min(diagonal, row[j], row[j-1])
			}
			diagonal, row[j] = row[j], cost
		}
	}
	return 1 - float32(row[len(y)])/float32(longest)
}

// best3 keeps the three highest values.
type best3 [3]float32

func (b *best3) add(v float32) {
	switch {
	case v > b[0]:
		*b = best3{v, b[0], b[1]}
	case v > b[1]:
		*b = best3{b[0], v, b[1]}
	case v > b[2]:
		b[2] = v
	}
}

func (b best3) mean() float32 { return (b[0] + b[1] + b[2]) / 3 }
