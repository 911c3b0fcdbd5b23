// SPDX-License-Identifier: AGPL-3.0-or-later

package linking

// Plain compares texts in the ways that everybody has, to be compared with: by
// words (BM25; tf-idf), by letters (tf-idf of n-grams in words) and by edits. It
// knows neither concepts nor languages.
type Plain struct {
	folded []string
	terms  *bm25
	words  *vectors
	chars  *vectors
}

// The lengths of the n-grams of letters.
const shortPlainGram, longPlainGram = 3, 5

// NewPlain indexes texts.
func NewPlain(texts []string) *Plain {
	p := &Plain{folded: make([]string, len(texts))}
	byTerm, byWord, byChar := newCollecting(), newCollecting(), newCollecting()
	for i, t := range texts {
		p.folded[i] = fold(t)
		for _, w := range words(p.folded[i]) {
			byTerm.take(w)
			byWord.take(w)
			grams(w, shortPlainGram, longPlainGram, byChar.take)
		}
		byTerm.close()
		byWord.close()
		byChar.close()
	}
	p.terms, p.words, p.chars = byTerm.bm25(), byWord.vectors(), byChar.vectors()
	return p
}

// BM25 scores every text for a query.
func (p *Plain) BM25(query string) []float32 {
	out := make([]float32, len(p.folded))
	p.terms.add(words(fold(query)), out)
	return out
}

// Words returns cosines of tf-idf vectors of words.
func (p *Plain) Words(query string) []float32 {
	out := make([]float32, len(p.folded))
	p.words.cosines(p.words.query(words(fold(query))), out)
	return out
}

// Letters returns cosines of tf-idf vectors of n-grams of letters.
func (p *Plain) Letters(query string) []float32 {
	out := make([]float32, len(p.folded))
	var all []string
	for _, w := range words(fold(query)) {
		grams(w, shortPlainGram, longPlainGram, func(g string) { all = append(all, g) })
	}
	p.chars.cosines(p.chars.query(all), out)
	return out
}

// Edits returns 1 - edit distance / length.
func (p *Plain) Edits(query string) []float32 {
	out := make([]float32, len(p.folded))
	folded := fold(query)
	for i, t := range p.folded {
		out[i] = likeness(folded, t)
	}
	return out
}
