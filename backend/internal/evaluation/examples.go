// SPDX-License-Identifier: AGPL-3.0-or-later

package evaluation

import (
	"context"
	"math/rand/v2"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/linking"
	"sankofa/backend/internal/taxonomy"
)

// Examples returns what a model can be trained on: the candidates of the queries
// of a task, and which of them are right. At most so many queries are taken, by
// chance from the seed.
func Examples(ctx context.Context, t *taxonomy.Taxonomy, o Options, most int, seed uint64) ([]linking.Example, error) {
	w := &work{Options: o, taxonomy: t}
	if err := w.read(); err != nil {
		return nil, err
	}
	if w.right == nil {
		return nil, fault.New(fault.Invalid, "evaluate.no_qrels", "Nothing can be learnt from %q without judgements.", o.Queries)
	}
	chance := rand.New(rand.NewPCG(seed, seed))
	chance.Shuffle(len(w.queries), func(i, j int) { w.queries[i], w.queries[j] = w.queries[j], w.queries[i] })
	w.queries = w.queries[:min(most, len(w.queries))]
	switch w.Task {
	case Occupation:
		return w.labelExamples(ctx, t.OccupationVocabulary())
	case Skill:
		return w.labelExamples(ctx, t.SkillVocabulary())
	}
	return w.pairExamples(ctx)
}

func (w *work) labelExamples(ctx context.Context, v linking.Vocabulary) ([]linking.Example, error) {
	l := w.prepare(v)
	out := make([]linking.Example, len(w.queries))
	err := w.each(ctx, len(w.queries), func(i int) {
		right := w.right[w.queries[i].id]
		e := linking.Example{Language: w.QueryLanguage}
		for _, c := range l.linker.Candidates(w.queries[i].text, w.QueryLanguage, func(c int32) bool { return len(l.of[c]) > 0 }) {
			good := false
			for _, at := range l.of[c.Concept] {
				good = good || right[w.corpus[at].id] > 0
			}
			e.Candidates, e.Right = append(e.Candidates, c.Features), append(e.Right, good)
		}
		out[i] = e
	})
	return out, err
}

// pairsOfExample is how many titles of the corpus stand in one example: those
// that have most in common with the query.
const pairsOfExample = 400

func (w *work) pairExamples(ctx context.Context) ([]linking.Example, error) {
	linker := linking.New(w.taxonomy.OccupationVocabulary(), w.Model)
	pairs := linker.NewPairs(texts(w.corpus), w.CorpusLanguage)
	out := make([]linking.Example, len(w.queries))
	err := w.each(ctx, len(w.queries), func(i int) {
		title := pairs.Read(w.queries[i].text, w.QueryLanguage)
		right := w.right[w.queries[i].id]
		e := linking.Example{Language: w.QueryLanguage}
		for _, at := range pairs.Closest(title, pairsOfExample) {
			parts := pairs.Likeness(title, at)
			e.Candidates = append(e.Candidates, parts[:])
			e.Right = append(e.Right, right[w.corpus[at].id] > 0)
		}
		out[i] = e
	})
	return out, err
}
