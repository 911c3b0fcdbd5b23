// SPDX-License-Identifier: AGPL-3.0-or-later

package assigning

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// brute looks at every subset of options that breaks nothing, and returns the
// greatest total; -1 when there is none. It shares no code with the solver.
func brute(p Problem) int64 {
	best := int64(-1)
	var chosen []Option
	var visit func(i int, value, cost int64)
	visit = func(i int, value, cost int64) {
		if p.Budget != nil && cost > *p.Budget {
			return
		}
		if i == len(p.Options) {
			if value > best && bruteWhole(p, chosen) {
				best = value
			}
			return
		}
		o := p.Options[i]
		ok := true
		for _, c := range chosen {
			if c.Person == o.Person && (c.Need == o.Need || c.From <= o.To && o.From <= c.To) {
				ok = false
			}
		}
		for _, pin := range p.Pins {
			if !pin.Here && pin.Need == o.Need && pin.Person == o.Person {
				ok = false
			}
		}
		if ok {
			chosen = append(chosen, o)
			visit(i+1, value+o.Value, cost+o.Cost)
			chosen = chosen[:len(chosen)-1]
		}
		visit(i+1, value, cost)
	}
	visit(0, 0, 0)
	return best
}

func bruteWhole(p Problem, chosen []Option) bool {
	count := map[[3]int]int{}
	at := map[int]int{}
	here := map[string]bool{}
	for _, o := range chosen {
		count[[3]int{o.Need, o.Way, o.Stay}]++
		at[o.Need]++
		here[fmt.Sprint(o.Need, o.Person)] = true
	}
	for n, need := range p.Needs {
		posts := 0
		for w, way := range need.Ways {
			for s := range way.Stays {
				if count[[3]int{n, w, s}] != count[[3]int{n, w, 0}] {
					return false
				}
			}
			posts += count[[3]int{n, w, 0}]
		}
		if posts > need.Headcount {
			return false
		}
	}
	for _, q := range p.Quotas {
		sum, seen := 0, map[int]bool{}
		for _, n := range q.Needs {
			if !seen[n] {
				sum += at[n]
			}
			seen[n] = true
		}
		if sum > q.Most {
			return false
		}
	}
	for _, pin := range p.Pins {
		if pin.Here && !here[fmt.Sprint(pin.Need, pin.Person)] {
			return false
		}
	}
	return true
}

// small draws a problem that brute force can solve.
func small(r *rand.Rand) Problem {
	p := Problem{}
	for n := range 1 + r.IntN(4) {
		start := r.IntN(30)
		period := Span{start, start + 3 + r.IntN(20)}
		need := Need{ID: fmt.Sprintf("N%d", n), Headcount: r.IntN(4), Ways: []Way{{Stays: []Span{period}}}}
		if r.IntN(3) == 0 {
			need.Ways = Relays(period, 1+r.IntN(6), r.IntN(3), 3)
		}
		p.Needs = append(p.Needs, need)
	}
	most := []int64{5, 20, 1000}[r.IntN(3)]
	for range r.IntN(14) {
		n := r.IntN(len(p.Needs))
		w := r.IntN(len(p.Needs[n].Ways))
		s := r.IntN(len(p.Needs[n].Ways[w].Stays))
		span := p.Needs[n].Ways[w].Stays[s]
		if len(p.Needs[n].Ways[w].Stays) == 1 && r.IntN(2) == 0 {
			span.From += r.IntN(3)
			span.To = span.From + r.IntN(span.To-span.From+1)
		}
		o := Option{Need: n, Way: w, Stay: s, Person: fmt.Sprintf("P%d", r.IntN(5)), Span: span, Value: r.Int64N(most), Cost: r.Int64N(100)}
		twice := false
		for _, other := range p.Options {
			twice = twice || other.Need == o.Need && other.Way == o.Way && other.Stay == o.Stay && other.Person == o.Person
		}
		if !twice || r.IntN(4) == 0 {
			p.Options = append(p.Options, o)
		}
	}
	if r.IntN(2) == 0 {
		budget := r.Int64N(300)
		p.Budget = &budget
	}
	for range r.IntN(3) {
		q := Quota{ID: "Q", Most: r.IntN(3)}
		for n := range p.Needs {
			if r.IntN(2) == 0 {
				q.Needs = append(q.Needs, n)
			}
		}
		p.Quotas = append(p.Quotas, q)
	}
	for _, o := range p.Options {
		if r.IntN(8) == 0 {
			p.Pins = append(p.Pins, Pin{Need: o.Need, Person: o.Person, Here: r.IntN(2) == 0})
		}
	}
	return p
}

func TestTheProposalIsTheBestThatThereIs(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 20261128))
	refused, solved := 0, 0
	for i := range 4000 {
		p := small(r)
		got, err := Solve(t.Context(), p, Limits{})
		if err != nil && p.checkPins() != nil {
			refused++
			continue // what contradicts itself is tested below
		}
		want := brute(p)
		if want < 0 {
			if err == nil {
				t.Fatalf("case %d: Solve found %d where nothing keeps the pins: %+v", i, got.Total, p)
			}
			refused++
			continue
		}
		if err != nil {
			t.Fatalf("case %d: %v, want a total of %d: %+v", i, err, want, p)
		}
		if got.Total != want || !got.Optimal || got.Bound != want {
			t.Fatalf("case %d: total %d, bound %d, optimal %v; want %d: %+v", i, got.Total, got.Bound, got.Optimal, want, p)
		}
		mustHold(t, p, got)
		solved++
	}
	if solved < 2000 || refused < 50 {
		t.Errorf("%d solved and %d refused: the cases do not test both", solved, refused)
	}
}

// mustHold checks what every proposal keeps, however large.
func mustHold(t *testing.T, p Problem, r Result) {
	t.Helper()
	var chosen []Option
	var total, cost int64
	stays := map[string][]Span{}
	for _, i := range r.Chosen {
		o := p.Options[i]
		for _, other := range stays[o.Person] {
			if other.Overlaps(o.Span) {
				t.Fatalf("%s is in two places at once", o.Person)
			}
		}
		stays[o.Person] = append(stays[o.Person], o.Span)
		chosen = append(chosen, o)
		total += o.Value
		cost += o.Cost
		for _, pin := range p.Pins {
			if !pin.Here && pin.Need == o.Need && pin.Person == o.Person {
				t.Fatalf("%s goes where a pin says not", o.Person)
			}
		}
	}
	if !bruteWhole(p, chosen) {
		t.Fatal("a head count, a quota, a relay or a pin is broken")
	}
	if p.Budget != nil && cost > *p.Budget {
		t.Fatalf("costs %d, more than the budget of %d", cost, *p.Budget)
	}
	if total != r.Total || cost != r.Cost || r.Bound < r.Total || r.Optimal != (r.Bound == r.Total) {
		t.Fatalf("the sums are not those of the stays: %+v", r)
	}
}
