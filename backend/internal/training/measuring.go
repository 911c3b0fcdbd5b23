// SPDX-License-Identifier: AGPL-3.0-or-later

package training

import (
	"cmp"
	"math"
	"slices"

	"sankofa/backend/internal/matching"
)

// Measure is how well the held-out lists of one kind are ordered, as nDCG@10
// against the truth (gain 2^(4·truth) - 1), before and after learning, by the part
// of the score that is learnt.
type Measure struct {
	Need   string  `json:"need"`
	Person string  `json:"person"`
	Lists  int     `json:"lists"`
	Before float64 `json:"before"`
	After  float64 `json:"after"`
}

// measured measures each kind of need with each kind of person; the last line is
// over all mixed lists.
func measured(held []list, before, after matching.Model) []Measure {
	prior, learnt := newLearner(before), newLearner(after)
	var out []Measure
	for _, need := range append(slices.Clone(Kinds), "all") {
		for _, person := range append(slices.Clone(Kinds), "mixed") {
			m := Measure{Need: need, Person: person}
			for _, one := range held {
				if (one.need == need || need == "all") && one.person == person {
					m.Lists++
					m.Before += ndcg(one, prior)
					m.After += ndcg(one, learnt)
				}
			}
			if m.Lists > 0 {
				m.Before, m.After = rounded(m.Before/float64(m.Lists)), rounded(m.After/float64(m.Lists))
				out = append(out, m)
			}
		}
	}
	return out
}

func rounded(x float64) float64 { return math.Round(x*10_000) / 10_000 }

// ndcg is the normalised discounted cumulative gain of the first ten (Järvelin and
// Kekäläinen, 2002); people with the same score stand in the order of the list.
func ndcg(one list, l *learner) float64 {
	moves, beyond := make([]float64, len(l.groups)), make([]float64, len(l.groups))
	type placed struct{ score, truth float64 }
	all := make([]placed, len(one.samples))
	for i, s := range one.samples {
		all[i] = placed{l.score(s, moves, beyond), s.truth}
	}
	slices.SortStableFunc(all, func(a, b placed) int { return cmp.Compare(b.score, a.score) })
	gained := 0.0
	for i, p := range all[:min(10, len(all))] {
		gained += gain(p.truth) / math.Log2(float64(i+2))
	}
	slices.SortStableFunc(all, func(a, b placed) int { return cmp.Compare(b.truth, a.truth) })
	ideal := 0.0
	for i, p := range all[:min(10, len(all))] {
		ideal += gain(p.truth) / math.Log2(float64(i+2))
	}
	if ideal == 0 {
		return 1
	}
	return gained / ideal
}

func gain(truth float64) float64 { return math.Exp2(4*truth) - 1 }
