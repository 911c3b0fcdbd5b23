// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

import (
	"cmp"
	"slices"
)

// Headline says in one line why somebody stands where they stand: the criteria
// that carry the score and the one that costs most. It names criteria by their
// place in the list, so that each screen puts them in its own words.
type Headline struct {
	Strengths []int `json:"strengths" doc:"The places in criteria, from 0, of at most two that give most points"`
	Gap       *int  `json:"gap" doc:"The place in criteria of the one that costs most points; null when nothing worth naming is lost"`
}

const (
	mostStrengths = 2
	worthNaming   = 20 // points; a smaller loss is no gap
)

// Headline picks the strengths and the gap of a result.
func (r Result) Headline() Headline {
	h := Headline{Strengths: []int{}}
	order := make([]int, len(r.Criteria))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(r.Criteria[b].Points, r.Criteria[a].Points) })
	for _, i := range order {
		if c := r.Criteria[i]; len(h.Strengths) < mostStrengths && c.Points > 0 && c.Status == Met {
			h.Strengths = append(h.Strengths, i)
		}
	}
	lost := worthNaming - 1
	for i, c := range r.Criteria {
		if c.Status != Met && c.Of-c.Points > lost {
			lost, h.Gap = c.Of-c.Points, &i
		}
	}
	return h
}
