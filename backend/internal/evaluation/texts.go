// SPDX-License-Identifier: AGPL-3.0-or-later

package evaluation

import (
	"context"

	"sankofa/backend/internal/linking"
)

// rankTexts ranks long texts for long texts: by all words of the query, repeats
// kept, and a little by the concepts that both speak of, which is all there is
// where the languages differ.
func (w *work) rankTexts(ctx context.Context) ([]ranked, error) {
	mentions := func(text, language string) []string {
		var out []string
		for _, m := range w.taxonomy.Mentions(text, language) {
			out = append(out, m.Concept)
		}
		return out
	}
	corpus := linking.NewTexts(texts(w.corpus), w.CorpusLanguage, mentions)
	run := make([]ranked, len(w.queries))
	err := w.each(ctx, len(w.queries), func(i int) {
		run[i] = ranked{query: w.queries[i].id, documents: w.highest(corpus.Scores(w.queries[i].text, w.QueryLanguage))}
	})
	return run, err
}
