// SPDX-License-Identifier: AGPL-3.0-or-later

package stats

// Least is how many people a published cell must stand for, unless it is empty.
const Least = 5

// small tells whether a number of people could point at somebody.
func small(n int) bool { return n > 0 && n < Least }

// counts is a table of one way to group people: by group and stage, how many
// reached the stage. What is not open is not published.
type counts struct {
	reached [][]int
	open    [][]bool
}

func newCounts(groups, stages int) *counts {
	c := &counts{reached: make([][]int, groups), open: make([][]bool, groups)}
	for g := range groups {
		c.reached[g], c.open[g] = make([]int, stages), make([]bool, stages)
		for s := range stages {
			c.open[g][s] = true
		}
	}
	return c
}

// protect decides which numbers are published: of everybody, by stage, and of
// every table. A cell is withheld when it stands for fewer than Least people, or
// when it differs by so few from one before it in its row, for then the few who
// left could be counted. Others are withheld with it, so that no sum or
// difference of what is published gives a withheld number away: in every column
// that lacks a number at least two are lacking, and those that lack add up to
// Least people or more (complementary suppression; see A. Hundepool et al.,
// Statistical Disclosure Control, 2012, chapter 4).
func protect(total []int, tables []*counts) (open []bool) {
	open = make([]bool, len(total))
	for s := range open {
		open[s] = true
	}
	withhold(total, open)
	for _, t := range tables {
		for g := range t.reached {
			withhold(t.reached[g], t.open[g])
		}
	}
	for changed := true; changed; {
		changed = false
		for _, t := range tables {
			for s := range total {
				for t.exposed(s, open[s]) {
					g := t.partner(s)
					if g < 0 {
						break
					}
					t.open[g][s], changed = false, true
				}
			}
			for g := range t.reached {
				changed = withhold(t.reached[g], t.open[g]) || changed
			}
		}
	}
	return open
}

// withhold closes what is small in a row of falling numbers, and what differs by
// a small number from the open one before it.
func withhold(row []int, open []bool) (changed bool) {
	last := -1
	for s := range row {
		if !open[s] {
			continue
		}
		if small(row[s]) || last >= 0 && small(row[last]-row[s]) {
			open[s], changed = false, true
			continue
		}
		last = s
	}
	return changed
}

// exposed tells whether the column gives a withheld number away.
func (t *counts) exposed(s int, totalOpen bool) bool {
	lacking, sum := 0, 0
	for g := range t.reached {
		if !t.open[g][s] {
			lacking++
			sum += t.reached[g][s]
		}
	}
	if totalOpen {
		return lacking == 1 || lacking > 1 && small(sum)
	}
	return lacking == 0 // the groups would add up to the total
}

// partner is the smallest group that is still open and not empty, or any that is
// open; -1 when there is none.
func (t *counts) partner(s int) int {
	best := -1
	for g := range t.reached {
		if !t.open[g][s] {
			continue
		}
		n := t.reached[g][s]
		if best < 0 || n > 0 && (t.reached[best][s] == 0 || n < t.reached[best][s]) {
			best = g
		}
	}
	return best
}
