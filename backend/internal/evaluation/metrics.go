// SPDX-License-Identifier: AGPL-3.0-or-later

package evaluation

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// Metrics are means over the queries that have at least one right answer, by the
// conventions of trec_eval.
type Metrics struct {
	Queries   int     `json:"queries"`
	MAP       float64 `json:"map"`    // mean of average precision
	MRR       float64 `json:"mrr"`    // mean of 1 / rank of the first right answer
	NDCG10    float64 `json:"ndcg10"` // normalised discounted cumulative gain of the first ten
	P5        float64 `json:"p5"`     // share of right answers among the first five
	Hit1      float64 `json:"hit1"`   // share of queries with a right answer first; as the next two
	Hit5      float64 `json:"hit5"`
	Hit10     float64 `json:"hit10"`
	Recall10  float64 `json:"recall10"`  // share of the right answers among the first ten
	Recall100 float64 `json:"recall100"` // the same among the first hundred
}

// ranked is the order of one query's answers.
type ranked struct {
	query     string
	documents []string // best first
}

// measure compares a run with judgements. Only the first so many answers of each
// query count; 0 means all.
func measure(run []ranked, j judgements, cut int) Metrics {
	var m Metrics
	for _, r := range run {
		right := j[r.query]
		total := 0
		for _, grade := range right {
			if grade > 0 {
				total++
			}
		}
		if total == 0 {
			continue
		}
		documents := r.documents
		if cut > 0 {
			documents = documents[:min(cut, len(documents))]
		}
		m.add(documents, right, total)
	}
	if m.Queries > 0 {
		n := float64(m.Queries)
		for _, v := range []*float64{&m.MAP, &m.MRR, &m.NDCG10, &m.P5, &m.Hit1, &m.Hit5, &m.Hit10, &m.Recall10, &m.Recall100} {
			*v /= n
		}
	}
	return m
}

// add counts one query.
func (m *Metrics) add(documents []string, right map[string]int, total int) {
	m.Queries++
	found, precision, gain := 0, 0.0, 0.0
	for i, d := range documents {
		grade := right[d]
		if grade <= 0 {
			continue
		}
		rank := i + 1
		found++
		if found == 1 {
			m.MRR += 1 / float64(rank)
			for at, hit := range map[int]*float64{1: &m.Hit1, 5: &m.Hit5, 10: &m.Hit10} {
				if rank <= at {
					*hit++
				}
			}
		}
		precision += float64(found) / float64(rank)
		if rank <= 5 {
			m.P5 += 1.0 / 5
		}
		if rank <= 10 {
			gain += float64(grade) / math.Log2(float64(rank)+1)
			m.Recall10 += 1 / float64(total)
		}
		if rank <= 100 {
			m.Recall100 += 1 / float64(total)
		}
	}
	m.MAP += precision / float64(total)
	m.NDCG10 += gain / ideal(right)
}

// ideal is the gain of the best possible ten.
func ideal(right map[string]int) float64 {
	var grades []int
	for _, g := range right {
		if g > 0 {
			grades = append(grades, g)
		}
	}
	slices.SortFunc(grades, func(a, b int) int { return cmp.Compare(b, a) })
	sum := 0.0
	for i, g := range grades[:min(10, len(grades))] {
		sum += float64(g) / math.Log2(float64(i)+2)
	}
	return sum
}

// runTag names who made a run, in its last column.
const runTag = "sankofa"

// writeRun writes a run as TREC's tools read it: query, Q0, document, rank, score
// and tag. The score only says the order: it falls by one from rank to rank, so
// that no tool can break a tie in another way.
func writeRun(path string, run []ranked) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".run-*")
	if err != nil {
		return unwritable(path, err)
	}
	defer os.Remove(file.Name())
	out := bufio.NewWriter(file)
	err = printRun(out, run)
	for _, end := range []func() error{out.Flush, file.Close} {
		if e := end(); err == nil {
			err = e
		}
	}
	if err == nil {
		err = os.Chmod(file.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return unwritable(path, err)
	}
	return nil
}

func printRun(out io.Writer, run []ranked) error {
	for _, r := range run {
		for i, d := range r.documents {
			if _, err := fmt.Fprintf(out, "%s\tQ0\t%s\t%d\t%d\t%s\n", r.query, d, i+1, len(r.documents)-i, runTag); err != nil {
				return err
			}
		}
	}
	return nil
}

func wholeNumber(text string) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil
}
