// SPDX-License-Identifier: AGPL-3.0-or-later

package main

import (
	"fmt"
	"io"
	"math"
	"strings"
	"time"
)

// scopes names whose people a query asks for.
var scopes = []string{"one origin", "any origin"}

// report writes the half of docs/benchmarks.md that is about speed.
func report(w io.Writer, sizes []size) {
	for _, s := range sizes {
		fmt.Fprintf(w, "### %d people, of whom %d can be found\n\n", s.people, s.found)
		fmt.Fprintf(w, "%d queries, each asked of every engine in turn and again; on average %d people meet the conditions. "+
			"Sankofa lets the same number of people pass as the limit in %d of them. Nobody was found by any engine who does not meet the conditions.\n\n",
			s.agreed.queries, s.agreed.passing/max(1, s.agreed.queries), s.agreed.queries-s.agreed.mismatch)
		times(w, s)
		sizesOf(w, s)
		goals(w, s)
		s.own.write(w)
	}
	growth(w, sizes)
}

// times writes how long each engine takes, and the ratios.
func times(w io.Writer, s size) {
	limit, product := s.named("limit"), s.named("sankofa")
	fmt.Fprintln(w, "Median and 95th percentile of one query in µs; in brackets the ratio of the medians to the limit, and to Sankofa.")
	fmt.Fprintln(w)
	head, line := "| engine |", "|---|"
	for _, scope := range scopes {
		for _, row := range rows {
			head, line = head+" "+row+", "+scope+" |", line+"---|"
		}
	}
	fmt.Fprintln(w, head)
	fmt.Fprintln(w, line)
	for _, e := range s.engines {
		if e.absent {
			fmt.Fprintf(w, "| %s | not installable on this machine |%s\n", e.name, strings.Repeat(" |", 5))
			continue
		}
		fmt.Fprintf(w, "| %s |", e.version)
		for scope := range scopes {
			for row := range rows {
				at := [2]int{row, scope}
				m := quantile(e.times[at], 50)
				fmt.Fprintf(w, " %s / %s (%s; %s) |", micros(m), micros(quantile(e.times[at], 95)), ratio(m, quantile(limit.times[at], 50)), ratio(m, quantile(product.times[at], 50)))
			}
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w)
}

func (s size) named(name string) contender {
	for _, e := range s.engines {
		if e.name == name {
			return e
		}
	}
	return contender{}
}

func micros(d time.Duration) string { return fmt.Sprint(d.Microseconds()) }

func ratio(a, b time.Duration) string {
	if b == 0 {
		return "–"
	}
	return digits(float64(a) / float64(b))
}

// digits writes a ratio as exactly as it is worth.
func digits(x float64) string {
	if x < 10 {
		return fmt.Sprintf("%.2g", x)
	}
	return fmt.Sprintf("%.0f", x)
}

// sizesOf writes what each engine keeps and how fast it is filled.
func sizesOf(w io.Writer, s size) {
	fmt.Fprintln(w, "| engine | index, kB a person | built, people a second | memory, MB |\n|---|---|---|---|")
	for _, e := range s.engines {
		if e.absent || e.name == "limit" {
			continue
		}
		memory := "the server's"
		if e.memory > 0 {
			memory = fmt.Sprint(e.memory >> 20)
		}
		fmt.Fprintf(w, "| %s | %.2f | %.0f | %s |\n", e.version, float64(e.bytes)/float64(s.found)/1000, float64(s.found)/e.built.Seconds(), memory)
	}
	fmt.Fprintln(w)
}

// goal is what the ratio of a peer's time to Sankofa's should be at least.
type goal struct {
	peer  string
	least [3][2]float64 // by row and scope; 0: none is set
}

var goalsSet = []goal{
	{"lucene", [3][2]float64{{5, 5}, {5, 5}, {3, 3}}},
	{"bleve", [3][2]float64{{15, 15}, {15, 15}, {15, 15}}},
	{"postgresql", [3][2]float64{{25, 150}, {25, 150}, {25, 150}}},
}

// goals says which goals are met.
func goals(w io.Writer, s size) {
	fmt.Fprintln(w, "| goal | "+strings.Join(rows, " | ")+" |\n|---|---|---|---|")
	product, limit := s.named("sankofa"), s.named("limit")
	for scope, name := range scopes {
		for _, g := range goalsSet {
			peer := s.named(g.peer)
			if peer.absent || peer.times == nil {
				continue
			}
			fmt.Fprintf(w, "| times as fast as %s, %s |", peer.version, name)
			for row := range rows {
				at := [2]int{row, scope}
				got := float64(quantile(peer.times[at], 50)) / float64(max(1, quantile(product.times[at], 50)))
				fmt.Fprintf(w, " %s of %g: %s |", digits(got), g.least[row][scope], met(got >= g.least[row][scope]))
			}
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "| times the limit, %s |", name)
		for row := range rows {
			at := [2]int{row, scope}
			got := float64(quantile(product.times[at], 50)) / float64(max(1, quantile(limit.times[at], 50)))
			fmt.Fprintf(w, " %s of 2: %s |", digits(got), met(got <= 2))
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w)
}

func met(yes bool) string {
	if yes {
		return "met"
	}
	return "**missed**"
}

// write writes the product's own figures.
func (o *own) write(w io.Writer) {
	single := o.Order.Median * time.Duration(o.Needs)
	fmt.Fprintln(w, "| Sankofa's own work | median | 95th % |\n|---|---|---|")
	line := func(what string, s spread) {
		fmt.Fprintf(w, "| %s | %s | %s |\n", what, millis(s.Median), millis(s.P95))
	}
	line("the order of everybody for a need as it stands, with the counts of every condition, by the index alone", o.Order)
	line("the same as a coordinator is given it: the 50 shown read again from the database, with reasons, and recorded", o.Whole)
	line("the open needs for a person, read from the database, with reasons", o.Reverse)
	line("from the commit of a changed profile to the end of the next search that knows of it", o.Visible)
	line("the order, while profiles are changed without pause", o.Beside)
	fmt.Fprintf(w, "| the best 50 for each of %d needs, one processor | %s | |\n", o.Needs, millis(o.Many[0]))
	fmt.Fprintf(w, "| the same, two processors | %s | |\n", millis(o.Many[1]))
	fmt.Fprintf(w, "| opening everything with a built index | %s | |\n\n", millis(o.Start))
	fmt.Fprintf(w, "Many at once took %s times as long as so many single orders on one processor, and was %s times as fast on two. "+
		"The database was loaded in %.0f s. Of the best 50 of %d needs, %.3f are those that come out when everybody is read and compared by the rules, with the same scores.\n\n",
		ratio(o.Many[0], single), ratio(o.Many[0], o.Many[1]), o.Load, o.Checked, o.Recall)
}

func millis(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000) }

// growth fits how time grows with the people who can be found: time = a·n^x.
func growth(w io.Writer, sizes []size) {
	if len(sizes) < 2 {
		return
	}
	first, last := sizes[0], sizes[len(sizes)-1]
	fmt.Fprintf(w, "### Growth\n\nThe exponent x of time ∝ n^x, from %d to %d people who can be found.\n\n| engine |", first.found, last.found)
	for _, scope := range scopes {
		for _, row := range rows {
			fmt.Fprintf(w, " %s, %s |", row, scope)
		}
	}
	fmt.Fprintf(w, "\n|---|---|---|---|---|---|---|\n")
	for _, e := range last.engines {
		before := first.named(e.name)
		if e.absent || before.times == nil {
			continue
		}
		fmt.Fprintf(w, "| %s |", e.version)
		for scope := range scopes {
			for row := range rows {
				at := [2]int{row, scope}
				x := math.Log(float64(max(1, quantile(e.times[at], 50)))/float64(max(1, quantile(before.times[at], 50)))) / math.Log(float64(last.found)/float64(first.found))
				fmt.Fprintf(w, " %.2f |", x)
			}
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w)
}
