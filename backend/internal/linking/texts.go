// SPDX-License-Identifier: AGPL-3.0-or-later

package linking

import "slices"

// Texts compares long texts: vacancies with CVs, say.
type Texts struct {
	language string
	mentions func(text, language string) []string
	words    *bm25
	concepts *bm25
	docs     int
}

// What the concepts of two texts count beside their words: little where both are
// written in one language, for measured on long texts a full weight costs more
// than it brings; all where they are not.
const (
	conceptsBeside = 0.15
	conceptsAlone  = 1
)

// NewTexts indexes texts; mentions finds the concepts that a text speaks of.
func NewTexts(texts []string, language string, mentions func(text, language string) []string) *Texts {
	t := &Texts{language: language, mentions: mentions, docs: len(texts)}
	found := make([][2][]string, len(texts))
	inParallel(len(texts), func(i int) { found[i] = [2][]string{stemsOf(texts[i], language), mentions(texts[i], language)} })
	byWord, byConcept := newCollecting(), newCollecting()
	for _, f := range found {
		for _, w := range f[0] {
			byWord.take(w)
		}
		for _, c := range f[1] {
			byConcept.take(c)
		}
		byWord.close()
		byConcept.close()
	}
	t.words, t.concepts = byWord.bm25(), byConcept.bm25()
	return t
}

// stemsOf returns the stems of a text in their order, small words and all: what
// everybody says weighs nothing by itself.
func stemsOf(text, language string) []string {
	cut := words(text)
	known := map[string]string{}
	for i, w := range cut {
		s, ok := known[w]
		if !ok {
			s = stem(w, language)
			known[w] = s
		}
		cut[i] = s
	}
	return cut
}

// Scores compares a text with every document; 0 has nothing in common.
func (t *Texts) Scores(text, language string) []float64 {
	byWord, byConcept := make([]float32, t.docs), make([]float32, t.docs)
	t.words.add(stemsOf(text, language), byWord)
	t.concepts.add(t.mentions(text, language), byConcept)
	weight := float64(conceptsBeside)
	if language != t.language {
		weight = conceptsAlone
	}
	words, concepts := scale(byWord), scale(byConcept)
	out := make([]float64, t.docs)
	for i := range out {
		out[i] = words*float64(byWord[i]) + weight*concepts*float64(byConcept[i])
	}
	return out
}

// scale is what makes the highest value 1.
func scale(values []float32) float64 {
	if len(values) == 0 {
		return 0
	}
	if top := slices.Max(values); top > 0 {
		return 1 / float64(top)
	}
	return 0
}
