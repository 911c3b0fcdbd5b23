// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"context"
	"fmt"
	"io"

	"sankofa/backend/internal/evaluation"
	"sankofa/backend/internal/linking"
)

// EvaluateOptions are those of evaluate.
type EvaluateOptions struct {
	Corpus, Queries, Qrels, Mapping, Run string
	CorpusLanguage, QueryLanguage        string
	Task, Labels                         string
	Depth                                int
}

// EvaluateResult is its answer.
type EvaluateResult struct{ evaluation.Result }

func (a *App) evaluate(ctx context.Context, o EvaluateOptions, progress Progress) (EvaluateResult, error) {
	r, err := evaluation.Evaluate(ctx, a.Taxonomy, evaluation.Options{
		Corpus: o.Corpus, Queries: o.Queries, Qrels: o.Qrels, Mapping: o.Mapping, Run: o.Run,
		CorpusLanguage: o.CorpusLanguage, QueryLanguage: o.QueryLanguage, Task: o.Task, Labels: o.Labels, Depth: o.Depth,
		Model: linking.Trained(),
	}, progress)
	return EvaluateResult{r}, err
}

// Print writes the result for a reader.
func (r EvaluateResult) Print(w io.Writer) {
	knowledge := "the core vocabulary"
	if r.ESCO {
		knowledge = "the core vocabulary and ESCO"
	}
	fmt.Fprintf(w, "Task %s: %d queries (%s) against %d texts (%s) with %s, in %.1f s.\n", r.Task, r.Queries, r.QueryLanguage,
		r.Corpus, r.CorpusLanguage, knowledge, r.Seconds)
	m := r.Metrics
	if m == nil {
		return
	}
	fmt.Fprintf(w, "Means over the %d queries that have a right answer:\n", m.Queries)
	for _, row := range []struct {
		name  string
		value float64
	}{{"MAP", m.MAP}, {"MRR", m.MRR}, {"nDCG@10", m.NDCG10}, {"P@5", m.P5}, {"Hit@1", m.Hit1}, {"Hit@5", m.Hit5}, {"Hit@10", m.Hit10},
		{"Recall@10", m.Recall10}, {"Recall@100", m.Recall100}} {
		fmt.Fprintf(w, "%-11s%.4f\n", row.name, row.value)
	}
}
