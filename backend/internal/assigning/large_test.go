// SPDX-License-Identifier: AGPL-3.0-or-later

package assigning

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

// crowd says how large a drawn programme is.
type crowd struct {
	needs, people, list int
	heads               int // posts of a need, at most
	relays              int // one need of so many is a relay; 0: none
	seasons             bool
	seed                uint64
}

// programme draws needs over two years and, for each, the people who suit it
// best, as a ranking would list them.
func (c crowd) programme() Problem {
	r := rand.New(rand.NewPCG(c.seed, 1))
	p := Problem{}
	for n := range c.needs {
		start, days := 0, 60
		if c.seasons {
			start, days = r.IntN(600), 20+r.IntN(80)
		}
		period := Span{start, start + days - 1}
		need := Need{ID: fmt.Sprintf("N%05d", n), Headcount: 1 + r.IntN(c.heads), Ways: []Way{{Stays: []Span{period}}}}
		if c.relays > 0 && n%c.relays == 0 {
			need.Ways = Relays(period, 15, 3, 4)
		}
		p.Needs = append(p.Needs, need)
		// People live around their field: the lists of neighbouring needs share them.
		centre := r.IntN(c.people)
		drawn := map[int]bool{}
		for len(drawn) < c.list {
			drawn[(centre+r.IntN(6*c.list)+c.people)%c.people] = true
		}
		for _, one := range slices.Sorted(maps.Keys(drawn)) {
			score := 300 + r.IntN(650)
			for w, way := range need.Ways {
				for s, span := range way.Stays {
					if len(need.Ways) > 1 && r.IntN(2) == 0 {
						continue
					}
					p.Options = append(p.Options, Option{Need: n, Way: w, Stay: s, Person: fmt.Sprintf("P%06d", one), Span: span,
						Value: Worth(score, len(way.Stays)), Cost: int64(80_000 + 5_000*span.Days())})
				}
			}
		}
	}
	return p
}

// pressed adds a budget and quotas that are felt.
func pressed(p Problem, money, quota float64) Problem {
	free, _ := solvedWithout(p)
	budget := int64(float64(free.Cost) * money)
	p.Budget = &budget
	at := map[int]int{}
	for _, i := range free.Chosen {
		at[p.Options[i].Need%5]++
	}
	for g := range 2 {
		q := Quota{ID: fmt.Sprint(g), Most: int(float64(at[g]) * quota)}
		for n := range p.Needs {
			if n%5 == g {
				q.Needs = append(q.Needs, n)
			}
		}
		p.Quotas = append(p.Quotas, q)
	}
	return p
}

func solvedWithout(p Problem) (Result, error) {
	p.Budget, p.Quotas = nil, nil
	return Solve(context.Background(), p, Limits{})
}

func TestLargeProposalsKeepEveryLimitAndKnowHowGoodTheyAre(t *testing.T) {
	t.Parallel()
	for seed := range uint64(8) {
		c := crowd{needs: 30 + 10*int(seed), people: 200, list: 15, heads: 1 + int(seed%3), relays: 4, seasons: true, seed: seed}
		p := c.programme()
		for _, pressure := range []float64{0, 0.7} {
			if pressure > 0 {
				p = pressed(p, pressure, 0.8)
			}
			r, err := Solve(t.Context(), p, Limits{Work: 1_500_000})
			if err != nil {
				t.Fatal(err)
			}
			mustHold(t, p, r)
			if off := float64(r.Bound-r.Total) / float64(r.Bound); off > 0.04 {
				t.Errorf("%+v, pressed by %v: %d is %.1f %% below the bound", c, pressure, r.Total, 100*off)
			}
		}
	}
}

func TestTheSameQuestionHasTheSameAnswer(t *testing.T) {
	t.Parallel()
	p := pressed(crowd{needs: 40, people: 150, list: 12, heads: 2, relays: 4, seasons: true, seed: 9}.programme(), 0.8, 0.9)
	first, err := Solve(t.Context(), p, Limits{Work: 2_000_000})
	if err != nil {
		t.Fatal(err)
	}
	again, err := Solve(t.Context(), p, Limits{Work: 2_000_000})
	if err != nil || !slices.Equal(first.Chosen, again.Chosen) || first.Bound != again.Bound {
		t.Errorf("got %v with a bound of %d, then %v with %d (%v)", first.Chosen, first.Bound, again.Chosen, again.Bound, err)
	}
}

func TestTheBoundOfALongerSearchIsNoWorse(t *testing.T) {
	t.Parallel()
	p := pressed(crowd{needs: 40, people: 150, list: 12, heads: 2, relays: 4, seasons: true, seed: 10}.programme(), 0.8, 0.9)
	short, err := Solve(t.Context(), p, Limits{Work: 500_000})
	if err != nil {
		t.Fatal(err)
	}
	long, err := Solve(t.Context(), p, Limits{Work: 10_000_000})
	if err != nil {
		t.Fatal(err)
	}
	if long.Bound > short.Bound || long.Total < short.Total || short.Bound < long.Total {
		t.Errorf("short: %d of %d; long: %d of %d", short.Total, short.Bound, long.Total, long.Bound)
	}
}

// benchmark solves a drawn programme and reports how far from the bound it ends.
func benchmark(b *testing.B, c crowd) {
	p := c.programme()
	b.ResetTimer()
	for b.Loop() {
		r, err := Solve(b.Context(), p, Limits{})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(1e6*float64(r.Bound-r.Total)/float64(max(r.Bound, 1)), "gap-ppm")
		b.ReportMetric(float64(r.Posts), "posts")
	}
}

func BenchmarkSolve(b *testing.B) {
	for name, c := range map[string]crowd{
		"1000/plain":      {needs: 1000, people: 20_000, list: 50, heads: 1, seed: 3},
		"1000/scarce":     {needs: 1000, people: 1500, list: 50, heads: 1, seed: 4},
		"1000/seasons":    {needs: 1000, people: 20_000, list: 50, heads: 1, seasons: true, seed: 3},
		"1000/relays":     {needs: 1000, people: 20_000, list: 50, heads: 1, relays: 20, seasons: true, seed: 3},
		"10000/plain":     {needs: 10_000, people: 100_000, list: 50, heads: 1, seed: 5},
		"10000/scarce":    {needs: 10_000, people: 11_000, list: 50, heads: 1, seed: 5},
		"100/with-relays": {needs: 100, people: 1000, list: 50, heads: 2, relays: 5, seasons: true, seed: 6},
	} {
		b.Run(name, func(b *testing.B) { benchmark(b, c) })
	}
}

// BenchmarkFlow is the core by itself: one assignment, without prices and bounds.
func BenchmarkFlow(b *testing.B) {
	for name, c := range map[string]crowd{
		"1000/plain":   {needs: 1000, people: 20_000, list: 50, heads: 1, seed: 3},
		"1000/scarce":  {needs: 1000, people: 1000, list: 50, heads: 1, seed: 4},
		"10000/plain":  {needs: 10_000, people: 100_000, list: 50, heads: 1, seed: 5},
		"10000/scarce": {needs: 10_000, people: 10_000, list: 50, heads: 1, seed: 5},
	} {
		p := c.programme()
		all := make([]int, len(p.Needs))
		for i := range all {
			all[i] = i
		}
		m := build(&p, all, false, nil)
		s := newSearch(m, DefaultWork)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, ok := s.relax(s.first); !ok {
					b.Fatal("no assignment")
				}
			}
		})
	}
}
