// SPDX-License-Identifier: AGPL-3.0-or-later

package linking

import (
	"cmp"
	"slices"
)

// translation says which stems of one language stand where a word of another
// stands, learnt from concepts that have labels in both (IBM model 1: Brown,
// Della Pietra, Della Pietra and Mercer, 1993). Within one language it learns
// what says the same.
type translation struct {
	from, to *space
	into     [][]feature // by word of from: stems of to with their probability
}

// How a translation is learnt and used.
const (
	translationRounds = 5
	translationLabels = 6    // of a concept that are paired with the preferred one
	translationKept   = 8    // stems of a word
	leastProbability  = 0.02 // of a stem that is kept
	likeWords         = 12   // that speak for a new one
	likeAtAll         = 0.25 // how like they must be
)

// sentence is a label with one that says the same.
type sentence struct{ from, to []int32 }

// newTranslation learns from the concepts that both spaces name.
func newTranslation(from, to *space) *translation {
	t := &translation{from: from, to: to, into: make([][]feature, len(from.stemOf))}
	pairs := t.sentences()
	// Words of from are numbered from 1; 0 is the empty word.
	table := make([]map[int32]float64, len(from.stemOf)+1)
	for i := range table {
		table[i] = map[int32]float64{}
	}
	for _, p := range pairs {
		for _, stem := range p.to {
			table[0][stem] = 1
			for _, word := range p.from {
				table[word+1][stem] = 1
			}
		}
	}
	for range translationRounds {
		improve(table, pairs)
	}
	for word := range t.into {
		var kept []feature
		for stem, p := range table[word+1] {
			if p > leastProbability {
				kept = append(kept, feature{stem, float32(p)})
			}
		}
		slices.SortFunc(kept, func(a, b feature) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.id, b.id)) })
		t.into[word] = slices.Clip(kept[:min(len(kept), translationKept)])
	}
	return t
}

// sentences pairs the labels of each concept: all with the preferred one of the
// other language, and the preferred one with all.
func (t *translation) sentences() []sentence {
	var all []sentence
	stems := func(l int32) []int32 {
		var out []int32
		for _, w := range t.to.labels[l].words {
			out = append(out, t.to.stemOf[w])
		}
		return out
	}
	for c := range t.from.of {
		from, to := t.from.of[c], t.to.of[c]
		if len(from) == 0 || len(to) == 0 {
			continue
		}
		for _, l := range from[:min(len(from), translationLabels)] {
			if t.from != t.to || l != to[0] {
				all = append(all, sentence{t.from.labels[l].words, stems(to[0])})
			}
		}
		for _, l := range to[1:min(len(to), translationLabels)] {
			all = append(all, sentence{t.from.labels[from[0]].words, stems(l)})
		}
	}
	return all
}

// improve is one round of expectation and maximisation.
func improve(table []map[int32]float64, pairs []sentence) {
	counts := make([]map[int32]float64, len(table))
	for i := range counts {
		counts[i] = make(map[int32]float64, len(table[i]))
	}
	totals := make([]float64, len(table))
	for _, p := range pairs {
		for _, stem := range p.to {
			sum := table[0][stem]
			for _, word := range p.from {
				sum += table[word+1][stem]
			}
			if sum == 0 {
				continue
			}
			share := table[0][stem] / sum
			counts[0][stem] += share
			totals[0] += share
			for _, word := range p.from {
				share := table[word+1][stem] / sum
				counts[word+1][stem] += share
				totals[word+1] += share
			}
		}
	}
	for i := range table {
		for stem, n := range counts[i] {
			table[i][stem] = n / totals[i]
		}
	}
}

// title returns the title in the stems of the other language, as a vector of
// length 1.
func (t *translation) title(m *matcher) []feature {
	sum := map[int32]float32{}
	for i, id := range m.words {
		if id >= 0 && len(t.into[id]) > 0 {
			for _, f := range t.into[id] {
				sum[f.id] += m.idf[i] * f.weight
			}
			continue
		}
		t.newWord(m.near[i], m.idf[i], sum)
	}
	return t.to.stems.unit(sum)
}

// newWord adds what a word means that the table does not know: what the words
// mean that look like it, which in a language that joins words are its parts.
func (t *translation) newWord(near []float32, idf float32, sum map[int32]float32) {
	likes := best(near, likeWords)
	total := float32(0)
	for _, w := range likes {
		if near[w] > likeAtAll {
			total += near[w] * near[w]
		}
	}
	if total == 0 {
		return
	}
	sure := min(1, 2*near[likes[0]])
	for _, w := range likes {
		if near[w] <= likeAtAll {
			break
		}
		for _, f := range t.into[w] {
			sum[f.id] += idf * f.weight * near[w] * near[w] / total * sure
		}
	}
}

// says returns, by concept, how well the best label of the other language fits
// the translated title.
func (t *translation) says(m *matcher) []float32 {
	by := make([]float32, len(t.to.labels))
	t.to.stems.cosines(t.title(m), by)
	out := make([]float32, t.to.concepts)
	for i := range by {
		c := t.to.labels[i].concept
		out[c] = max(out[c], by[i])
	}
	return out
}
