// SPDX-License-Identifier: AGPL-3.0-or-later

package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

// attacker knows everything that is published and solves for the rest: a system
// of linear equations whose unknowns are all cells and all totals.
type attacker struct {
	unknowns int
	rows     [][]float64
}

// knows adds an equation.
func (a *attacker) knows(terms map[int]float64) {
	row := make([]float64, a.unknowns)
	for at, factor := range terms {
		row[at] = factor
	}
	a.rows = append(a.rows, row)
}

// reduce brings the equations into echelon form.
func (a *attacker) reduce() {
	at := 0
	for column := 0; column < a.unknowns && at < len(a.rows); column++ {
		pivot := -1
		for i := at; i < len(a.rows); i++ {
			if math.Abs(a.rows[i][column]) > 1e-9 {
				pivot = i
				break
			}
		}
		if pivot < 0 {
			continue
		}
		a.rows[at], a.rows[pivot] = a.rows[pivot], a.rows[at]
		for i := range a.rows {
			if factor := a.rows[i][column] / a.rows[at][column]; i != at && factor != 0 {
				for k := range a.rows[i] {
					a.rows[i][k] -= factor * a.rows[at][k]
				}
			}
		}
		at++
	}
	a.rows = a.rows[:at]
}

// recovers tells whether a sum of unknowns follows from what is known.
func (a *attacker) recovers(terms map[int]float64) bool {
	left := make([]float64, a.unknowns)
	for at, factor := range terms {
		left[at] = factor
	}
	for _, row := range a.rows {
		for column, value := range row {
			if math.Abs(value) > 1e-9 {
				if factor := left[column] / value; factor != 0 {
					for k := range left {
						left[k] -= factor * row[k]
					}
				}
				break
			}
		}
	}
	for _, rest := range left {
		if math.Abs(rest) > 1e-6 {
			return false
		}
	}
	return true
}

// attack lists what can be recovered that must not be: cells, totals, and how
// many left between two stages, when they are small.
func attack(total []int, open []bool, tables []*counts) (recovered []string) {
	stages := len(total)
	a := &attacker{unknowns: stages}
	begins := make([]int, len(tables))
	for i, t := range tables {
		begins[i] = a.unknowns
		a.unknowns += len(t.reached) * stages
	}
	at := func(i, g, s int) int { return begins[i] + g*stages + s }
	for s := range stages {
		if open[s] {
			a.knows(map[int]float64{s: 1})
		}
		for i, t := range tables {
			sum := map[int]float64{s: -1}
			for g := range t.reached {
				sum[at(i, g, s)] = 1
				if t.open[g][s] {
					a.knows(map[int]float64{at(i, g, s): 1})
				}
			}
			a.knows(sum)
		}
	}
	a.reduce()
	check := func(name string, row []int, place func(s int) int) {
		for s := range stages {
			if small(row[s]) && a.recovers(map[int]float64{place(s): 1}) {
				recovered = append(recovered, name+" cell")
			}
			for after := s + 1; after < stages; after++ {
				if small(row[s]-row[after]) && a.recovers(map[int]float64{place(s): 1, place(after): -1}) {
					recovered = append(recovered, name+" difference")
				}
			}
		}
	}
	check("total", total, func(s int) int { return s })
	for i, t := range tables {
		for g := range t.reached {
			check("group", t.reached[g], func(s int) int { return at(i, g, s) })
		}
		for s := range stages { // what is withheld of a column, added up
			sum, lacking, terms := 0, 0, map[int]float64{}
			for g := range t.reached {
				if !t.open[g][s] {
					sum, lacking, terms[at(i, g, s)] = sum+t.reached[g][s], lacking+1, 1
				}
			}
			if lacking > 0 && small(sum) && a.recovers(terms) {
				recovered = append(recovered, "sum")
			}
		}
	}
	return recovered
}

// people draws how far people of several groupings came.
func people(dice *rand.Rand, n, stages int, groups []int) (total []int, tables []*counts) {
	total = make([]int, stages)
	for _, size := range groups {
		tables = append(tables, newCounts(size, stages))
	}
	for range n {
		last := 0
		for last < stages-1 && dice.IntN(10) < 6 {
			last++
		}
		for s := 0; s <= last; s++ {
			total[s]++
		}
		for _, t := range tables {
			g := min(dice.IntN(len(t.reached)), dice.IntN(len(t.reached))) // some are rarer than others
			for s := 0; s <= last; s++ {
				t.reached[g][s]++
			}
		}
	}
	return total, tables
}

func TestNothingWithheldCanBeRecovered(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 14))
	open, all := 0, 0
	for round := range 400 {
		n := []int{3, 12, 40, 150, 900}[round%5]
		total, tables := people(dice, n, 6, []int{2, 4, 7})
		shown := protect(total, tables)
		if got := attack(total, shown, tables); len(got) > 0 {
			t.Fatalf("round %d, %d people: recovered %v from totals %v (%v)", round, n, got, total, shown)
		}
		if n == 900 {
			for _, table := range tables {
				for g := range table.open {
					for s := range table.open[g] {
						all++
						if table.open[g][s] {
							open++
						}
					}
				}
			}
		}
	}
	if open*10 < all*7 {
		t.Errorf("of a large programme only %d of %d cells are published", open, all)
	}
}

func TestTheAttackerFindsWhatIsBadlyHidden(t *testing.T) {
	total := []int{30}
	table := newCounts(3, 1)
	table.reached[0][0], table.reached[1][0], table.reached[2][0] = 20, 7, 3
	table.open[2][0] = false
	if got := attack(total, []bool{true}, []*counts{table}); len(got) == 0 {
		t.Error("one cell alone is hidden under its total, and nobody finds it")
	}
	protect(total, []*counts{table})
	if table.open[1][0] || !table.open[0][0] {
		t.Errorf("with the small cell the next smallest is withheld: %v", table.open)
	}
}

func TestSmallNumbersAreWithheld(t *testing.T) {
	for n, want := range map[int]bool{0: false, 1: true, 4: true, 5: false, 400: false} {
		if small(n) != want {
			t.Errorf("small(%d) = %v", n, !want)
		}
	}
	total := []int{40, 38, 20, 2}
	open := protect(total, nil)
	if !open[0] || open[1] || !open[2] || open[3] {
		t.Errorf("of %v these are published: %v; two who left and two who stayed must not be", total, open)
	}
}
