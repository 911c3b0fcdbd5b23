// SPDX-License-Identifier: AGPL-3.0-or-later

// Command evaluate compares the product's linking and ranking with the plain ways
// on the public sets in a folder, in one run, and writes the table into a Markdown
// file between two marks. scripts/evaluate calls it.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"sankofa/backend/internal/app"
	"sankofa/backend/internal/evaluation"
	"sankofa/backend/internal/linking"
)

func main() {
	data := flag.String("data", "data", "directory of a database into which ESCO was imported")
	sets := flag.String("sets", "", "folder of the public sets")
	into := flag.String("into", "docs/benchmarks.md", "file that has the marks <!-- quality --> and <!-- /quality -->")
	most := flag.Int("queries", 300, "queries of each set at most; 0 takes all")
	flag.Parse()
	if err := run(context.Background(), *data, *sets, *into, *most); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, data, folder, into string, most int) error {
	a, err := app.Open(ctx, app.Config{Data: data})
	if err != nil {
		return err
	}
	defer a.Close()
	work, err := os.MkdirTemp("", "sankofa-evaluate-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	sets, err := evaluation.PublicSets(folder, work, a.Taxonomy)
	if err != nil {
		return err
	}
	var rows strings.Builder
	for _, s := range sets {
		s.Options.Model = linking.Trained()
		began := time.Now()
		all, queries, err := evaluation.Compare(ctx, a.Taxonomy, s.Options, most)
		if err != nil {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
		for _, c := range all {
			m := c.Metrics
			fmt.Fprintf(&rows, "| %s | %d | %s | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f |\n",
				s.Name, queries, c.Name, m.Hit1, m.Hit5, m.Hit10, m.MRR, m.MAP, m.NDCG10, m.P5)
		}
		fmt.Fprintf(os.Stderr, "%s: %s\n", s.Name, time.Since(began).Round(time.Second))
	}
	return splice(into, text(rows.String(), most))
}

// text is what stands between the marks.
func text(rows string, most int) string {
	var out strings.Builder
	fmt.Fprintf(&out, "## Quality\n\nWritten by `scripts/evaluate` on %s. ", time.Now().UTC().Format(time.DateOnly))
	if most > 0 {
		fmt.Fprintf(&out, "Of each set at most %d queries were taken, evenly spread (`scripts/evaluate DIR 0` takes all). ", most)
	}
	out.WriteString(`Every row of a set was made in the same run. Of labels the first 100 answers count, as in MELO. The product knows its core vocabulary and ESCO; the plain ways know the corpus only. BM25, tf-idf and edit distance are ` + "`internal/linking/plain.go`" + `.

The model of the linker was trained on sets of this table (see ` + "`internal/linking/model.json`" + ` for which and how many examples), so these rows show how well it fits them; how good it is on languages that it was not trained on is what ` + "`scripts/learn`" + ` prints first.

| set | queries | way | Hit@1 | Hit@5 | Hit@10 | MRR | MAP | nDCG@10 | P@5 |
|---|---|---|---|---|---|---|---|---|---|
`)
	out.WriteString(rows)
	return out.String()
}

const begins, ends = "<!-- quality -->", "<!-- /quality -->"

// splice puts a text between the marks of a file.
func splice(path, text string) error {
	old, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	before, rest, found := strings.Cut(string(old), begins)
	_, after, closed := strings.Cut(rest, ends)
	if !found || !closed {
		return fmt.Errorf("%s has no %s and %s", path, begins, ends)
	}
	return os.WriteFile(path, []byte(before+begins+"\n"+text+ends+after), 0o644)
}
