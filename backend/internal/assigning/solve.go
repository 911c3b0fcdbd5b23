// SPDX-License-Identifier: AGPL-3.0-or-later

package assigning

import (
	"context"
	"slices"

	"sankofa/backend/internal/fault"
)

// Limits bound how long a search goes on: by what it does, not by a clock, so that
// the answer is the same on every machine.
type Limits struct {
	// Work is how many possible stays are looked at before the search settles for
	// what it has and says how far from the best that may be; 0 means DefaultWork.
	Work int64
}

// DefaultWork is a second or two of work.
const DefaultWork = 150_000_000

// Solve returns the proposal with the greatest total, or the best that was found
// with a bound. Pins that cannot be kept are a fault.
func Solve(ctx context.Context, p Problem, limits Limits) (Result, error) {
	if err := p.check(); err != nil {
		return Result{}, err
	}
	if err := p.checkPins(); err != nil {
		return Result{}, err
	}
	if limits.Work == 0 {
		limits.Work = DefaultWork
	}
	chosen, bound, err := solve(ctx, &p, limits)
	if err != nil {
		return Result{}, err
	}
	r := Result{Chosen: chosen, Bound: bound}
	for _, i := range chosen {
		r.Total += p.Options[i].Value
		r.Cost += p.Options[i].Cost
	}
	r.Optimal = r.Total == r.Bound
	r.Posts, r.Gaps = gaps(&p, chosen, r.Optimal)
	return r, nil
}

// errPins says that no proposal keeps all pins.
var errPins = fault.New(fault.Conflict, "assign.pins",
	"The pinned decisions cannot all be kept together under these conditions. Please take one away, or raise the budget or the quota.")

// solve tries without what ties all needs together first: when budget and quotas
// are kept anyway, the parts that have nobody in common are solved one by one.
func solve(ctx context.Context, p *Problem, limits Limits) ([]int, int64, error) {
	chosen, bound, err := parts(ctx, p, components(p), limits, false)
	if err != nil || p.kept(chosen) {
		return chosen, bound, err
	}
	all := make([]int, len(p.Needs))
	for i := range all {
		all[i] = i
	}
	chosen, tied, err := parts(ctx, p, [][]int{all}, limits, true)
	return chosen, min(bound, tied), err
}

// kept tells whether budget and quotas are kept.
func (p *Problem) kept(chosen []int) bool {
	var cost int64
	at := make([]int, len(p.Needs))
	for _, i := range chosen {
		cost += p.Options[i].Cost
		at[p.Options[i].Need]++
	}
	for _, q := range p.Quotas {
		n := 0
		for _, need := range distinct(q.Needs) {
			n += at[need]
		}
		if n > q.Most {
			return false
		}
	}
	return p.Budget == nil || cost <= *p.Budget
}

func distinct(numbers []int) []int {
	sorted := slices.Clone(numbers)
	slices.Sort(sorted)
	return slices.Compact(sorted)
}

// parts solves groups of needs that have nothing in common.
func parts(ctx context.Context, p *Problem, groups [][]int, limits Limits, coupled bool) (chosen []int, bound int64, err error) {
	weight := make([]int64, len(groups))
	of := make([]int, len(p.Needs))
	for g, members := range groups {
		for _, n := range members {
			of[n] = g
		}
	}
	for _, o := range p.Options {
		weight[of[o.Need]]++
	}
	for g, members := range groups {
		best, least, err := part(ctx, p, members, max(limits.Work/int64(len(p.Options)+1)*weight[g], 100_000), coupled)
		if err != nil {
			return nil, 0, err
		}
		bound += least
		chosen = append(chosen, best...)
	}
	slices.Sort(chosen)
	return chosen, bound, nil
}

// part solves one group. What the first look at all its proposals rules out is left
// out of the model, and the rest is looked at anew, as long as that helps.
func part(ctx context.Context, p *Problem, members []int, limit int64, coupled bool) (chosen []int, bound int64, err error) {
	var ruledOut []bool
	m := build(p, members, coupled, ruledOut)
	s := newSearch(m, limit)
	bound = far
	for range 4 {
		if !s.begin() {
			bound = min(bound, s.value)
			return s.found(bound)
		}
		bound = min(bound, floor(s.first.bound))
		live := 0
		if ruledOut == nil {
			ruledOut = make([]bool, len(p.Options))
		}
		for a, state := range s.first.state {
			ruledOut[m.arcs[a].option] = state == out
			if state != out {
				live++
			}
		}
		if live > len(m.arcs)*3/4 || s.flow.work > limit/2 {
			break
		}
		m = build(p, members, coupled, ruledOut)
		s = s.again(m)
	}
	least, err := s.run(ctx)
	if err != nil {
		return nil, 0, err
	}
	return s.found(min(bound, least))
}

// found returns the best proposal as indexes of options.
func (s *search) found(bound int64) ([]int, int64, error) {
	if s.value < 0 {
		return nil, 0, errPins
	}
	return s.options, bound, nil
}

// again is a search of the same part in a smaller model. It knows what is found.
func (s *search) again(m *model) *search {
	next := newSearch(m, s.limit)
	next.value, next.options, next.flow.work = s.value, s.options, s.flow.work
	next.first.prices.budget = share(s.first.prices.budget, m.size, max(s.m.size, 1)) // the usual cost may be another
	copy(next.first.prices.link, s.first.prices.link)                                 // slots are the same
	return next
}

// components groups needs that share people, directly or by others.
func components(p *Problem) [][]int {
	parent := make([]int, len(p.Needs))
	for i := range parent {
		parent[i] = i
	}
	var find func(int) int
	find = func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	first := map[string]int{}
	for _, o := range p.Options {
		if n, ok := first[o.Person]; ok {
			a, b := find(n), find(o.Need)
			parent[max(a, b)] = min(a, b)
			continue
		}
		first[o.Person] = o.Need
	}
	at := map[int]int{}
	var groups [][]int
	for i := range p.Needs {
		top := find(i)
		if _, ok := at[top]; !ok {
			at[top] = len(groups)
			groups = append(groups, nil)
		}
		groups[at[top]] = append(groups[at[top]], i)
	}
	return groups
}

// PinCost is what a pin costs: the best total without it, minus that with it.
type PinCost struct {
	Pin   Pin
	Cost  int64 // never negative when Exact
	Exact bool  // both totals are optimal; else the cost lies between Least and Most
	Least int64
	Most  int64
}

// PinCosts solves the problem again without each of its pins, one at a time.
func PinCosts(ctx context.Context, p Problem, with Result, limits Limits) ([]PinCost, error) {
	costs := make([]PinCost, len(p.Pins))
	for i, pin := range p.Pins {
		free := p
		free.Pins = slices.Delete(slices.Clone(p.Pins), i, i+1)
		without, err := Solve(ctx, free, limits)
		if err != nil {
			return nil, err
		}
		costs[i] = PinCost{Pin: pin, Cost: without.Total - with.Total, Exact: without.Optimal && with.Optimal,
			Least: max(without.Total-with.Bound, 0), Most: without.Bound - with.Total}
	}
	return costs, nil
}
