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

// textFields are the fields that hold stems.
var textFields = func() []string {
	all := []string{textField + other}
	for language := range analyzerNames {
		all = append(all, textField+language)
	}
	return all
}()

// crowd counts among people what a need's criteria must know of everybody: who
// uses its words, and who has its concepts. The people are those of the need's
// country in the programme, so that the index and the database count the same.
func (st state) crowd(need matching.Need, among set) (matching.Crowd, error) {
	c := newCrowd()
	c.People = among.count()
	for _, t := range need.Terms {
		users, err := st.using(t.Stem)
		if err != nil {
			return c, err
		}
		c.Users[t.Stem] = among.and(users).count()
	}
	for _, concept := range wondered(need) {
		holders, err := st.having(aboveField, concept)
		if err != nil {
			return c, err
		}
		c.Holders[concept] = among.and(holders).count()
	}
	return c, nil
}

// using returns the documents whose text, in any language, holds the stem.
func (st state) using(stem string) (set, error) {
	var users set
	for _, field := range textFields {
		err := st.walk(field, stem, func(n uint64) { users.add(n) })
		if err != nil {
			return nil, err
		}
	}
	return users, nil
}

// count adds one person to a crowd, by the same rules.
func (s *Service) count(c *matching.Crowd, need matching.Need, p matching.Person) {
	c.People++
	for _, t := range need.Terms {
		if _, ok := matching.Find(p.Terms, t.Stem); ok {
			c.Users[t.Stem]++
		}
	}
	_, above := s.claimTokens(p.Claims)
	for _, concept := range wondered(need) {
		if slices.Contains(above, concept) {
			c.Holders[concept]++
		}
	}
}
