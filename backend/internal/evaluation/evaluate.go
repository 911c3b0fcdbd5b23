// SPDX-License-Identifier: AGPL-3.0-or-later

// Package evaluation ranks any corpus for any queries through the product's own
// linker, and says how good the rankings are by judgements that others made. It
// is how anyone can check what docs/benchmarks.md claims.
package evaluation

import (
	"context"
	"os"
	"slices"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/linking"
	"sankofa/backend/internal/taxonomy"
)

// The tasks.
const (
	Title      = "title"      // titles for titles
	Occupation = "occupation" // labels of occupations for titles
	Text       = "text"       // long texts for long texts
	Skill      = "skill"      // labels of skills for phrases
)

// Options say what to rank for what.
type Options struct {
	Corpus, Queries string // TSV files or folders of text files
	Qrels           string // judgements; empty: nothing is measured
	Mapping         string // which concept each text of the corpus names; empty: by its words
	Run             string // file to write the rankings to; empty: none
	CorpusLanguage  string // ISO 639-1; empty: guessed
	QueryLanguage   string
	Task            string // empty: guessed
	Depth           int    // answers for each query; 0: 100 labels, or 1,000 titles or texts
	Labels          string // order of labels: "mixed", "grouped" or "concepts"; empty is mixed
	Model           linking.Model
}

// Result says what was done, and how good it was.
type Result struct {
	Task           string   `json:"task"`
	CorpusLanguage string   `json:"corpusLanguage"`
	QueryLanguage  string   `json:"queryLanguage"`
	Corpus         int      `json:"corpus"`
	Queries        int      `json:"queries"`
	ESCO           bool     `json:"esco"` // whether ESCO was there to help
	Seconds        float64  `json:"seconds"`
	Metrics        *Metrics `json:"metrics,omitempty"`
}

// work is an evaluation with everything read.
type work struct {
	Options
	taxonomy  *taxonomy.Taxonomy
	corpus    []item
	queries   []item
	right     judgements
	concepts  map[string]string
	longTexts bool
	progress  func(done, total int64)
}

// Evaluate ranks the corpus for every query.
func Evaluate(ctx context.Context, t *taxonomy.Taxonomy, o Options, progress func(done, total int64)) (Result, error) {
	began := time.Now()
	w := &work{Options: o, taxonomy: t, progress: progress}
	if err := w.read(); err != nil {
		return Result{}, err
	}
	run, err := w.rank(ctx)
	if err != nil {
		return Result{}, err
	}
	if w.Run != "" {
		if err := writeRun(w.Run, run); err != nil {
			return Result{}, err
		}
	}
	r := Result{Task: w.Task, CorpusLanguage: w.CorpusLanguage, QueryLanguage: w.QueryLanguage, Corpus: len(w.corpus), Queries: len(w.queries),
		ESCO: t.ESCO().Loaded, Seconds: time.Since(began).Seconds()}
	if w.right != nil {
		m := measure(run, w.right, 0)
		r.Metrics = &m
	}
	return r, nil
}

// read reads the files and fills in what was left open.
func (w *work) read() (err error) {
	if w.Task != "" && !slices.Contains([]string{Title, Occupation, Text, Skill}, w.Task) {
		return fault.New(fault.Invalid, "evaluate.task", "There is no task %q. Please choose title, occupation, text or skill.", w.Task)
	}
	if w.corpus, err = readItems(w.Corpus); err != nil {
		return err
	}
	if w.queries, err = readItems(w.Queries); err != nil {
		return err
	}
	if w.Mapping != "" {
		if w.concepts, err = readMapping(w.Mapping); err != nil {
			return err
		}
	}
	if w.Qrels != "" {
		if w.right, err = readJudgements(w.Qrels); err != nil {
			return err
		}
	}
	if isFolder(w.Corpus) {
		w.corpus = w.right.named(w.corpus)
	}
	if w.Task == "" {
		w.Task = w.guessTask()
	}
	for _, language := range []struct {
		said  *string
		texts []item
	}{{&w.CorpusLanguage, w.corpus}, {&w.QueryLanguage, w.queries}} {
		if *language.said == "" {
			*language.said = w.taxonomy.GuessLanguage(sample(language.texts))
		}
	}
	if w.Depth == 0 {
		w.Depth = 100
		if w.Task == Title || w.Task == Text {
			w.Depth = 1000
		}
	}
	return nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// guessTask takes folders for long texts, a mapping or known labels for a
// classification, and everything else for titles.
func (w *work) guessTask() string {
	switch {
	case isFolder(w.Corpus) || isFolder(w.Queries):
		return Text
	case w.concepts != nil:
		for _, id := range w.concepts {
			if w.taxonomy.Skill(id) {
				return Skill
			}
		}
		return Occupation
	}
	return Title
}

// sample takes some of the texts, for a guess.
func sample(items []item) []string {
	var out []string
	for i := 0; i < len(items); i += max(1, len(items)/300) {
		text := items[i].text
		out = append(out, text[:min(len(text), 2000)])
	}
	return out
}

// rank ranks the corpus for every query.
func (w *work) rank(ctx context.Context) ([]ranked, error) {
	switch w.Task {
	case Occupation:
		return w.rankLabels(ctx, w.taxonomy.OccupationVocabulary())
	case Skill:
		return w.rankLabels(ctx, w.taxonomy.SkillVocabulary())
	case Text:
		return w.rankTexts(ctx)
	}
	return w.rankTitles(ctx)
}
