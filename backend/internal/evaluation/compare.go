// SPDX-License-Identifier: AGPL-3.0-or-later

package evaluation

import (
	"context"
	"slices"

	"sankofa/backend/internal/linking"
	"sankofa/backend/internal/taxonomy"
)

// Compared is how good one way of ranking was on a set.
type Compared struct {
	Name    string
	Metrics Metrics
}

// The names of the ways that are compared.
const (
	Product        = "Sankofa"
	ProductGrouped = "Sankofa, labels grouped"
	ProductFirst   = "Sankofa, one label a concept first"
	byBM25         = "BM25"
	byWordCosine   = "tf-idf of words"
	byCharCosine   = "tf-idf of letters"
	byEdits        = "edit distance"
)

// firstAnswers is how many answers of each query are looked at where labels are
// ranked, as the makers of MELO do.
const firstAnswers = 100

// Compare ranks a set with the product and with the plain ways, in one run. At
// most so many queries are taken, evenly spread over the file; 0 takes all.
func Compare(ctx context.Context, t *taxonomy.Taxonomy, o Options, most int) ([]Compared, int, error) {
	w := &work{Options: o, taxonomy: t}
	if err := w.read(); err != nil {
		return nil, 0, err
	}
	w.thin(most)
	all, cut, err := w.product(ctx)
	if err != nil {
		return nil, 0, err
	}
	plain := linking.NewPlain(texts(w.corpus))
	for _, way := range []struct {
		name  string
		score func(string) []float32
	}{{byBM25, plain.BM25}, {byWordCosine, plain.Words}, {byCharCosine, plain.Letters}, {byEdits, plain.Edits}} {
		run := make([]ranked, len(w.queries))
		err := w.each(ctx, len(w.queries), func(i int) {
			scores := way.score(w.queries[i].text)
			exact := make([]float64, len(scores))
			for k, s := range scores {
				exact[k] = float64(s)
			}
			run[i] = ranked{query: w.queries[i].id, documents: w.highest(exact)}
		})
		if err != nil {
			return nil, 0, err
		}
		all = append(all, Compared{way.name, measure(run, w.right, cut)})
	}
	return all, len(w.queries), nil
}

// product ranks with the product, labels in each of their orders, and says how
// many answers of each query count; 0 is all.
func (w *work) product(ctx context.Context) ([]Compared, int, error) {
	v := w.taxonomy.OccupationVocabulary()
	if w.Task == Skill {
		v = w.taxonomy.SkillVocabulary()
	}
	if w.Task != Occupation && w.Task != Skill {
		run, err := w.rank(ctx)
		return []Compared{{Product, measure(run, w.right, 0)}}, 0, err
	}
	groups, err := w.linkAll(ctx, v)
	var all []Compared
	for _, way := range []struct{ name, order string }{{Product, Mixed}, {ProductGrouped, Grouped}, {ProductFirst, Concepts}} {
		all = append(all, Compared{way.name, measure(w.arranged(groups, way.order), w.right, firstAnswers)})
	}
	return all, firstAnswers, err
}

// thin keeps every n-th query.
func (w *work) thin(most int) {
	if most <= 0 || len(w.queries) <= most {
		return
	}
	step := float64(len(w.queries)) / float64(most)
	kept := make([]item, most)
	for i := range kept {
		kept[i] = w.queries[int(float64(i)*step)]
	}
	w.queries = slices.Clip(kept)
}
