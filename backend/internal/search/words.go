// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"slices"

	"sankofa/backend/internal/matching"
)

// newCrowd returns an empty crowd for a need.
func newCrowd() matching.Crowd {
	return matching.Crowd{Users: map[string]int{}, Holders: map[string]int{}}
}

// wondered lists the concepts of a need whose rarity counts, each once.
func wondered(need matching.Need) []string {
	var all []string
	for _, w := range need.Wishes {
		if w.Concept != "" {
			all = append(all, w.Concept)
		}
	}
	for _, m := range need.Topics {
		all = append(all, m.Concept)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// count adds one person to a crowd, by the same rules.
func (s *Service) count(c *matching.Crowd, need matching.Need, p matching.Person) {
	c.People++
	for _, t := range need.Terms {
		if _, ok := matching.Find(p.Terms, t.Stem); ok {
			c.Users[t.Stem]++
		}
	}
	above := s.aboveOf(p.Claims)
	for _, concept := range wondered(need) {
		if slices.Contains(above, concept) {
			c.Holders[concept]++
		}
	}
}
