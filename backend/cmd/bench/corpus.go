// SPDX-License-Identifier: AGPL-3.0-or-later

package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// corpus is what every engine is given: the people as lists of opaque words, one
// list a field, and the queries in the same words. So no engine breaks texts into
// other words than another.
type corpus struct {
	people  []document
	queries []question
}

// The fields of a document. A word belongs to one field; its first letter says to
// which.
const (
	conditions = iota // what the hard conditions ask for
	coded             // skills, occupations, education, languages, years
	titles            // words of the occupations
	bodies            // words of all texts
	fieldCount
)

// fieldNames names the fields for engines that have names for them.
var fieldNames = [fieldCount]string{"conditions", "coded", "title", "body"}

// fieldLetters begin the words of each field.
const fieldLetters = "cktb"

// document is one person.
type document [fieldCount][]string

// question is one query of one need.
type question struct {
	row   int  // how much of the need is asked about
	any   bool // people of every origin
	need  int  // number of the need among those asked about
	must  []string
	terms []weighted
}

// weighted is a word and what it counts, in units that only compare.
type weighted struct {
	word   string
	weight int
}

// rows names how much of a need is asked about.
var rows = []string{"coded criteria only", "+ title and key terms", "+ whole terms of reference"}

func peopleFile(dir string) string  { return filepath.Join(dir, "people.tsv") }
func queriesFile(dir string) string { return filepath.Join(dir, "queries.tsv") }

// writeCorpus writes both files.
func writeCorpus(dir string, people []document, queries []question) error {
	err := writeLines(peopleFile(dir), len(people), func(w *bufio.Writer, i int) {
		for field, words := range people[i] {
			if field > 0 {
				_ = w.WriteByte('\t')
			}
			_, _ = w.WriteString(strings.Join(words, " "))
		}
	})
	if err != nil {
		return err
	}
	return writeLines(queriesFile(dir), len(queries), func(w *bufio.Writer, i int) {
		q := queries[i]
		fmt.Fprintf(w, "%d\t%t\t%d\t%s\t", q.row, q.any, q.need, strings.Join(q.must, " "))
		for at, t := range q.terms {
			if at > 0 {
				_ = w.WriteByte(' ')
			}
			fmt.Fprintf(w, "%s^%d", t.word, t.weight)
		}
	})
}

func writeLines(name string, n int, write func(*bufio.Writer, int)) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer file.Close()
	w := bufio.NewWriterSize(file, 1<<20)
	for i := range n {
		write(w, i)
		_ = w.WriteByte('\n')
	}
	if err := w.Flush(); err != nil { // It remembers the first error of all writes.
		return err
	}
	return file.Close()
}

// readCorpus reads what writeCorpus wrote; without the words of the people, only
// their conditions are kept.
func readCorpus(dir string, whole bool) (*corpus, error) {
	c := &corpus{}
	same := map[string]string{} // words are shared
	split := func(text string) []string {
		words := strings.Fields(text)
		for i, w := range words {
			known, ok := same[w]
			if !ok {
				known = strings.Clone(w)
				same[known] = known
			}
			words[i] = known
		}
		return words
	}
	err := eachLine(peopleFile(dir), func(parts []string) error {
		var d document
		if len(parts) != fieldCount {
			return fmt.Errorf("%d fields", len(parts))
		}
		for field, text := range parts {
			if whole || field == conditions {
				d[field] = split(text)
			}
		}
		c.people = append(c.people, d)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return c, eachLine(queriesFile(dir), func(parts []string) error {
		q, err := readQuestion(parts, split)
		c.queries = append(c.queries, q)
		return err
	})
}

func readQuestion(parts []string, split func(string) []string) (q question, err error) {
	if len(parts) != 5 {
		return q, fmt.Errorf("%d fields", len(parts))
	}
	if q.row, err = strconv.Atoi(parts[0]); err != nil {
		return q, err
	}
	if q.need, err = strconv.Atoi(parts[2]); err != nil {
		return q, err
	}
	q.any, q.must = parts[1] == "true", split(parts[3])
	for _, text := range strings.Fields(parts[4]) {
		word, weight, _ := strings.Cut(text, "^")
		n, err := strconv.Atoi(weight)
		if err != nil {
			return q, err
		}
		q.terms = append(q.terms, weighted{word: split(word)[0], weight: n})
	}
	return q, nil
}

func eachLine(name string, f func(parts []string) error) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(make([]byte, 1<<20), 1<<24)
	for n := 1; lines.Scan(); n++ {
		if err := f(strings.Split(lines.Text(), "\t")); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return lines.Err()
}
