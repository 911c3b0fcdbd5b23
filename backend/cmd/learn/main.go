// SPDX-License-Identifier: AGPL-3.0-or-later

// Command learn trains the linear model of the linker on the public sets in a
// folder, and writes it where the product reads it. Before that it prints how
// good the model is on languages that it was not trained on.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"sort"

	"sankofa/backend/internal/app"
	"sankofa/backend/internal/evaluation"
	"sankofa/backend/internal/linking"
)

// seed makes every run of the command the same.
const seed = 20261128

// set is a set of examples.
type set struct {
	name     string
	options  evaluation.Options
	examples []linking.Example
}

func main() {
	data := flag.String("data", "data", "directory of a database into which ESCO was imported")
	sets := flag.String("sets", "", "folder of the public sets")
	out := flag.String("out", "backend/internal/linking/model.json", "file to write the model to")
	most := flag.Int("queries", 800, "queries of each set at most")
	folds := flag.Int("folds", 3, "parts into which languages are put to test the model")
	only := flag.String("task", "", "occupation, skill or title: learn this and keep the rest; empty learns all")
	flag.Parse()
	if err := run(context.Background(), *data, *sets, *out, *most, *folds, *only); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, data, folder, out string, most, folds int, only string) error {
	a, err := app.Open(ctx, app.Config{Data: data})
	if err != nil {
		return err
	}
	defer a.Close()
	work, err := os.MkdirTemp("", "sankofa-learn-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	found, err := evaluation.PublicSets(folder, work, a.Taxonomy)
	if err != nil {
		return err
	}
	var all []set
	for _, s := range found {
		// Across languages a title goes through the concepts of its own language:
		// the examples would be the same once more.
		if only != "" && s.Options.Task != only {
			continue
		}
		if s.Options.Task != evaluation.Occupation || s.Options.QueryLanguage == s.Options.CorpusLanguage {
			all = append(all, set{name: s.Name, options: s.Options})
		}
	}
	model := linking.Trained()
	if only == "" {
		model.Data = nil
	}
	tasks := map[string][]set{}
	for _, s := range all {
		if s.options.Task == evaluation.Title {
			continue // it needs the other weights first
		}
		if err := s.gather(ctx, a, model, most); err != nil {
			return err
		}
		tasks[s.options.Task] = append(tasks[s.options.Task], s)
		fmt.Printf("%-24s %5d examples\n", s.name, len(s.examples))
	}
	if some := tasks[evaluation.Occupation]; len(some) > 0 {
		model.Occupations = learn("occupation", some, folds)
	}
	if some := tasks[evaluation.Skill]; len(some) > 0 {
		model.Skills = learn("skill", some, 2)
	}
	for _, s := range all {
		if s.options.Task == evaluation.Title {
			if err := s.gather(ctx, a, model, most); err != nil {
				return err
			}
			tasks[evaluation.Title] = append(tasks[evaluation.Title], s)
		}
	}
	if some := tasks[evaluation.Title]; len(some) > 0 {
		model.Pairs = learn("title", some, 3)
	}
	for _, s := range all {
		if only != "" {
			break // it stands there
		}
		model.Data = append(model.Data, fmt.Sprintf("%s: %d examples", s.name, min(most, count(tasks, s.name))))
	}
	return write(out, model)
}

func count(tasks map[string][]set, name string) int {
	for _, sets := range tasks {
		for _, s := range sets {
			if s.name == name {
				return len(s.examples)
			}
		}
	}
	return 0
}

func (s *set) gather(ctx context.Context, a *app.App, model linking.Model, most int) (err error) {
	s.options.Model = model
	s.examples, err = evaluation.Examples(ctx, a.Taxonomy, s.options, most, seed)
	for i := range s.examples {
		s.examples[i].Set = s.name
	}
	return err
}

// learn tests by leaving out a part of the languages – of the examples, where all
// are of one language – and then trains on everything.
func learn(task string, sets []set, folds int) []float64 {
	var all []linking.Example
	languages := map[string]bool{}
	for _, s := range sets {
		all = append(all, s.examples...)
		for _, e := range s.examples {
			languages[e.Language] = true
		}
	}
	part := func(i int) int { return i % folds }
	if len(languages) >= folds {
		names := make([]string, 0, len(languages))
		for l := range languages {
			names = append(names, l)
		}
		sort.Strings(names)
		part = func(i int) int { return slices.Index(names, all[i].Language) % folds }
	}
	results := map[string][]float64{}
	for fold := range folds {
		var train []linking.Example
		for i, e := range all {
			if part(i) != fold {
				train = append(train, e)
			}
		}
		weights := linking.Learn(train, seed)
		for i, e := range all {
			if part(i) == fold {
				m := judge(e, weights)
				for k := range m {
					results[e.Set] = append(results[e.Set], m[k])
				}
			}
		}
	}
	for _, s := range sets {
		var sums [4]float64
		n := len(results[s.name]) / len(sums)
		for i, v := range results[s.name] {
			sums[i%len(sums)] += v / float64(n)
		}
		fmt.Printf("%-10s %-24s left out: hit@1 %.3f  mrr %.3f  hit@10 %.3f  map %.3f\n", task, s.name, sums[0], sums[1], sums[2], sums[3])
	}
	return linking.Learn(all, seed)
}

// judge says how good the order of one example's candidates is.
func judge(e linking.Example, weights []float64) (m [4]float64) {
	order := make([]int, len(e.Candidates))
	scores := make([]float64, len(order))
	for i, f := range e.Candidates {
		order[i] = i
		for j, w := range weights {
			scores[i] += w * float64(f[j])
		}
	}
	sort.SliceStable(order, func(a, b int) bool { return scores[order[a]] > scores[order[b]] })
	found := 0.0
	for rank, i := range order {
		if !e.Right[i] {
			continue
		}
		found++
		if found == 1 {
			m[1] = 1 / float64(rank+1)
			if rank == 0 {
				m[0] = 1
			}
			if rank < 10 {
				m[2] = 1
			}
		}
		m[3] += found / float64(rank+1)
	}
	m[3] /= math.Max(found, 1)
	return m
}

// write writes the model with no more digits than tell something.
func write(path string, m linking.Model) error {
	for _, list := range [][]float64{m.Occupations, m.Skills, m.Pairs} {
		for i := range list {
			list[i] = math.Round(list[i]*1000) / 1000
		}
	}
	text, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o644)
}
