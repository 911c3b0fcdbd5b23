// SPDX-License-Identifier: AGPL-3.0-or-later

package main

import (
	"context"
	"path/filepath"

	"sankofa/backend/internal/app"
)

type evaluateCommand struct {
	Corpus         string `help:"What is ranked: a TSV file (identifier, tab, text) or a folder of text files." required:"" placeholder:"PATH"`
	Queries        string `help:"What it is ranked for, in the same form." required:"" placeholder:"PATH"`
	Qrels          string `help:"Judgements in TREC's form: query, 0, document, relevance. Without them nothing is measured." placeholder:"FILE"`
	Mapping        string `help:"Which concept each text of the corpus names: identifier, tab, URI. Without it the words decide." placeholder:"FILE"`
	CorpusLanguage string `help:"Language of the corpus (ISO 639-1). Without it, it is guessed." placeholder:"LANGUAGE"`
	QueryLanguage  string `help:"Language of the queries. Without it, it is guessed." placeholder:"LANGUAGE"`
	RunFile        string `name:"run" help:"File to write the rankings to, in TREC's form." placeholder:"FILE"`
	Task           string `help:"What is compared: title (titles with titles), occupation (titles with labels of occupations), text (long texts) or skill (phrases with labels of skills). Without it, it is guessed." enum:",title,occupation,text,skill" default:""`
	Labels         string `help:"Order of a concept's labels: mixed (what brings most at each place), grouped (all of one concept, then the next) or concepts (one of each concept first)." enum:"mixed,grouped,concepts" default:"mixed"`
	Depth          int    `help:"Answers for each query; 0 is 100 labels, or 1,000 titles or texts." default:"0"`
}

// Run evaluates.
func (e *evaluateCommand) Run(ctx context.Context, c *common, out *output) error {
	o := app.EvaluateOptions{CorpusLanguage: e.CorpusLanguage, QueryLanguage: e.QueryLanguage, Task: e.Task, Labels: e.Labels, Depth: e.Depth}
	for _, file := range []struct {
		given string
		to    *string
	}{{e.Corpus, &o.Corpus}, {e.Queries, &o.Queries}, {e.Qrels, &o.Qrels}, {e.Mapping, &o.Mapping}, {e.RunFile, &o.Run}} {
		if file.given == "" {
			continue
		}
		path, err := filepath.Abs(file.given)
		if err != nil {
			return err
		}
		*file.to = path
	}
	var result app.EvaluateResult
	if err := c.do(ctx, out, "evaluate", o, &result); err != nil {
		return err
	}
	return out.result(result, result.Print)
}
