// SPDX-License-Identifier: AGPL-3.0-or-later

package linking

import "math"

// The usual constants of BM25 (Robertson and Zaragoza, The Probabilistic
// Relevance Framework: BM25 and Beyond, 2009).
const (
	bmK = 1.2
	bmB = 0.75
)

// bm25 ranks documents by the words that they share with a query.
type bm25 struct {
	ids  map[string]int32
	idf  []float64
	post [][]posting
	docs int
}

// bm25 indexes what was gathered; empty documents do not count.
func (c *collecting) bm25() *bm25 {
	b := &bm25{ids: c.ids, idf: make([]float64, len(c.uses)), post: make([][]posting, len(c.uses)), docs: len(c.docs)}
	filled, total := 0, 0.0
	lengths := make([]float64, len(c.docs))
	for doc, features := range c.docs {
		for _, f := range features {
			lengths[doc] += float64(f.n)
		}
		if len(features) > 0 {
			filled++
			total += lengths[doc]
		}
	}
	average := total / float64(max(filled, 1))
	for id, n := range c.uses {
		b.idf[id] = math.Log(1 + (float64(filled)-float64(n)+0.5)/(float64(n)+0.5))
		b.post[id] = make([]posting, 0, n)
	}
	for doc, features := range c.docs {
		for _, f := range features {
			tf := float64(f.n) * (bmK + 1) / (float64(f.n) + bmK*(1-bmB+bmB*lengths[doc]/average))
			b.post[f.id] = append(b.post[f.id], posting{int32(doc), float32(tf * b.idf[f.id])})
		}
	}
	return b
}

// add adds what each document has for the words of the query, which may repeat:
// a word that the query says twice counts twice.
func (b *bm25) add(words []string, into []float32) {
	for _, w := range words {
		if id, ok := b.ids[w]; ok {
			for _, p := range b.post[id] {
				into[p.doc] += p.weight
			}
		}
	}
}

// most is what a document could have for the query if it were made of nothing else.
func (b *bm25) most(words []string) float32 {
	sum := 0.0
	for _, w := range words {
		if id, ok := b.ids[w]; ok {
			sum += b.idf[id] * (bmK + 1)
			continue
		}
		sum += math.Log(1+float64(b.docs)) * (bmK + 1) / 2
	}
	return float32(sum)
}
