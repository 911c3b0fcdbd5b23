// SPDX-License-Identifier: AGPL-3.0-or-later

package linking

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// vectors finds documents by cosine: each is a bag of features weighted by how
// rare they are (tf-idf, with 1+log of the count).
type vectors struct {
	ids  map[string]int32
	idf  []float32
	post [][]posting
	docs int
}

// posting is a document that holds a feature, with its weight in the document's
// vector of length 1.
type posting struct {
	doc    int32
	weight float32
}

// collecting gathers documents before they are indexed.
type collecting struct {
	ids  map[string]int32
	uses []int32
	docs [][]counted // by document, ascending by feature
	open []int32     // features of the document that is being read
}

// counted is a feature with how often a document holds it.
type counted struct {
	id int32
	n  int32
}

func newCollecting() *collecting { return &collecting{ids: map[string]int32{}} }

// take notes one feature of the open document.
func (c *collecting) take(feature string) {
	id, ok := c.ids[feature]
	if !ok {
		id = int32(len(c.uses))
		c.ids[strings.Clone(feature)] = id
		c.uses = append(c.uses, 0)
	}
	c.open = append(c.open, id)
}

// close ends the open document.
func (c *collecting) close() {
	slices.Sort(c.open)
	doc := make([]counted, 0, len(c.open))
	for _, id := range c.open {
		if n := len(doc); n > 0 && doc[n-1].id == id {
			doc[n-1].n++
			continue
		}
		doc = append(doc, counted{id, 1})
		c.uses[id]++
	}
	c.docs = append(c.docs, slices.Clip(doc))
	c.open = c.open[:0]
}

// vectors indexes what was gathered.
func (c *collecting) vectors() *vectors {
	v := &vectors{ids: c.ids, docs: len(c.docs), idf: make([]float32, len(c.uses)), post: make([][]posting, len(c.uses))}
	for id, n := range c.uses {
		v.idf[id] = float32(math.Log(1 + float64(len(c.docs))/float64(n)))
		v.post[id] = make([]posting, 0, n)
	}
	for doc, features := range c.docs {
		sum := 0.0
		for _, f := range features {
			w := float64(v.idf[f.id]) * often(f.n)
			sum += w * w
		}
		length := math.Sqrt(sum)
		for _, f := range features {
			v.post[f.id] = append(v.post[f.id], posting{int32(doc), float32(float64(v.idf[f.id]) * often(f.n) / length)})
		}
	}
	return v
}

// often dampens a count.
func often(n int32) float64 { return 1 + math.Log(float64(n)) }

// feature is a feature of a query: its number and its weight.
type feature struct {
	id     int32
	weight float32
}

// query weighs features, which may repeat. What no document holds makes the
// vector longer, as a rather rare thing.
func (v *vectors) query(features []string) []feature {
	slices.Sort(features)
	out := make([]feature, 0, len(features))
	sum, unknown := 0.0, math.Log(1+float64(v.docs))/math.Sqrt2
	for i := 0; i < len(features); {
		j := i
		for j < len(features) && features[j] == features[i] {
			j++
		}
		tf := often(int32(j - i))
		id, ok := v.ids[features[i]]
		i = j
		if !ok {
			sum += unknown * unknown * tf * tf
			continue
		}
		w := float64(v.idf[id]) * tf
		sum += w * w
		out = append(out, feature{id, float32(w)})
	}
	return scaled(out, math.Sqrt(sum))
}

// unit weighs sums of features by rarity and makes a vector of length 1.
func (v *vectors) unit(sum map[int32]float32) []feature {
	out := make([]feature, 0, len(sum))
	length := 0.0
	for id, n := range sum {
		out = append(out, feature{id, n * v.idf[id]})
	}
	// A fixed order makes sums of fractions the same on every run.
	slices.SortFunc(out, func(a, b feature) int { return cmp.Compare(a.id, b.id) })
	for _, f := range out {
		length += float64(f.weight) * float64(f.weight)
	}
	return scaled(out, math.Sqrt(length))
}

func scaled(features []feature, length float64) []feature {
	if length > 0 {
		for i := range features {
			features[i].weight /= float32(length)
		}
	}
	return features
}

// cosines adds the cosine of the query with every document to into.
func (v *vectors) cosines(q []feature, into []float32) {
	for _, f := range q {
		for _, p := range v.post[f.id] {
			into[p.doc] += p.weight * f.weight
		}
	}
}

// grams calls f for the n-grams of letters of a folded word between two marks.
func grams(word string, shortest, longest int, f func(gram string)) {
	text := "\x02" + word + "\x03"
	var room [64]int
	starts := room[:0]
	for i := range text {
		starts = append(starts, i)
	}
	starts = append(starts, len(text))
	for n := shortest; n <= longest; n++ {
		for i := 0; i+n < len(starts); i++ {
			f(text[starts[i]:starts[i+n]])
		}
	}
}

// best returns the places of the highest values above zero, at most n, the
// highest first and of equals the first.
func best(values []float32, n int) []int32 {
	least := float32(0)
	order := make([]int32, 0, 4*n)
	sortBest := func() {
		slices.SortFunc(order, func(a, b int32) int { return cmp.Or(cmp.Compare(values[b], values[a]), cmp.Compare(a, b)) })
		if len(order) > n {
			order = order[:n]
		}
		if len(order) == n {
			least = values[order[n-1]]
		}
	}
	for i, v := range values {
		if v <= least {
			continue
		}
		if order = append(order, int32(i)); len(order) == 4*n {
			sortBest()
		}
	}
	sortBest()
	return order
}
