// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"math"

	"sankofa/backend/internal/matching"
)

// usage says how many of a number of people use each word; it makes rare words
// weigh more. The people are those of the need's country in the programme, so
// that the index and the database count the same.
type usage struct {
	people int
	users  map[string]int
}

// Weight is the inverse document frequency in thousandths; nothing for a word
// that nobody uses, for it would only dilute the others.
func (u usage) Weight(stem string) int {
	users := u.users[stem]
	if users == 0 {
		return 0
	}
	return int(1000 * math.Log(1+float64(u.people)/float64(users)))
}

// textFields are the fields that hold stems.
var textFields = func() []string {
	all := []string{textField + other}
	for language := range analyzerNames {
		all = append(all, textField+language)
	}
	return all
}()

// usage counts how many of the people use each word of a need.
func (st state) usage(need matching.Need, among set) (usage, error) {
	u := usage{people: among.count(), users: map[string]int{}}
	for _, t := range need.Terms {
		users, err := st.using(t.Stem)
		if err != nil {
			return u, err
		}
		u.users[t.Stem] = among.and(users).count()
	}
	return u, nil
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
