// SPDX-License-Identifier: AGPL-3.0-or-later

package evaluation

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"sankofa/backend/internal/linking"
)

// each calls f for the numbers below n on all processors, until the context ends.
func (w *work) each(ctx context.Context, n int, f func(i int)) error {
	var next, done atomic.Int64
	var group sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			for i := next.Add(1) - 1; i < int64(n) && ctx.Err() == nil; i = next.Add(1) - 1 {
				f(int(i))
				if d := done.Add(1); w.progress != nil && d%100 == 0 {
					w.progress(d, int64(n))
				}
			}
		})
	}
	group.Wait()
	return ctx.Err()
}

// rankTitles ranks titles for titles, by what they mean and how they are written.
func (w *work) rankTitles(ctx context.Context) ([]ranked, error) {
	linker := linking.New(w.taxonomy.OccupationVocabulary(), w.Model)
	pairs := linker.NewPairs(texts(w.corpus), w.CorpusLanguage)
	run := make([]ranked, len(w.queries))
	err := w.each(ctx, len(w.queries), func(i int) {
		title := pairs.Read(w.queries[i].text, w.QueryLanguage)
		scores := make([]float64, len(w.corpus))
		for at := range scores {
			scores[at] = pairs.Score(pairs.Likeness(title, at))
		}
		run[i] = ranked{query: w.queries[i].id, documents: w.highest(scores)}
	})
	return run, err
}

func texts(items []item) []string {
	out := make([]string, len(items))
	for i, it := range items {
		out[i] = it.text
	}
	return out
}

// highest lists the documents with the highest scores above zero.
func (w *work) highest(scores []float64) []string {
	var places []int
	for at, s := range scores {
		if s > 0 {
			places = append(places, at)
		}
	}
	slices.SortFunc(places, func(a, b int) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), compareIDs(w.corpus[a].id, w.corpus[b].id))
	})
	return w.ids(places[:min(len(places), w.Depth)])
}
