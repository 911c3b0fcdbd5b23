// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"cmp"
	"slices"

	index "github.com/blevesearch/bleve_index_api"

	"sankofa/backend/internal/matching"
)

// Several lists of people are drawn from the index, each by one kind of sign, and
// fused: whoever is high on one of them is worth a full comparison, also when
// the others know nothing of them.

const (
	longList   = 500 // people of each list
	fusing     = 60  // the constant k of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009)
	sameGroup  = 1000
	sameMinor  = 600
	usualWords = 150
)

// fused returns those of the people whom the lists name, best first: by their
// words, by the titles of what they do and did, and by their concepts.
func (s *Service) fused(st state, need matching.Need, among set, crowd matching.Crowd) ([]uint64, error) {
	var all [][]uint64
	for _, draw := range []func() (map[uint64]int, error){
		func() (map[uint64]int, error) { return st.byWords(need, among, crowd) },
		func() (map[uint64]int, error) { return st.byTitles(s.texts.grams(need.Occupation), among) },
		func() (map[uint64]int, error) { return st.byConcepts(need, among, crowd) },
	} {
		points, err := draw()
		if err != nil {
			return nil, err
		}
		all = append(all, best(points, longList))
	}
	return fuse(all...), nil
}

// best returns the numbers with the most points, at most so many; of the same
// points the lower number.
func best(points map[uint64]int, most int) []uint64 {
	order := make([]uint64, 0, len(points))
	for n := range points {
		order = append(order, n)
	}
	slices.SortFunc(order, func(a, b uint64) int { return cmp.Or(cmp.Compare(points[b], points[a]), cmp.Compare(a, b)) })
	return order[:min(most, len(order))]
}

// fuse joins lists by reciprocal rank: in each, the place n counts 1/(60+n).
func fuse(lists ...[]uint64) []uint64 {
	const whole = 1_000_000_000 // whole numbers, so that the order is exact
	points := map[uint64]int{}
	for _, list := range lists {
		for i, n := range list {
			points[n] += whole / (fusing + i + 1)
		}
	}
	return best(points, len(points))
}

// byWords draws by the words of the need, all of them, as the text criterion
// weighs them.
func (st state) byWords(need matching.Need, among set, crowd matching.Crowd) (map[uint64]int, error) {
	points := map[uint64]int{}
	for _, t := range need.Terms {
		weight := crowd.Word(t)
		if weight == 0 {
			continue
		}
		for _, field := range textFields {
			err := st.counts(field, t.Stem, func(n uint64, count int) {
				if among.has(n) {
					points[n] += weight * matching.Frequency(count, usualWords) / 1000
				}
			})
			if err != nil {
				return nil, err
			}
		}
	}
	return points, nil
}

// byTitles draws by the letters that titles have in common; what stands in few
// titles tells more.
func (st state) byTitles(grams []string, among set) (map[uint64]int, error) {
	points := map[uint64]int{}
	for _, gram := range grams {
		users, err := st.having(gramField, gram)
		if err != nil {
			return nil, err
		}
		own := among.and(users)
		weight := matching.Rarity(among.count(), own.count())
		for n := range own.all() {
			points[n] += weight
		}
	}
	return points, nil
}

// byConcepts draws by the skills and subjects of the need, and by its occupation.
func (st state) byConcepts(need matching.Need, among set, crowd matching.Crowd) (map[uint64]int, error) {
	points := map[uint64]int{}
	add := func(field, term string, weight int) error {
		return st.walk(field, term, func(n uint64) {
			if among.has(n) {
				points[n] += weight
			}
		})
	}
	for _, concept := range wondered(need) {
		if err := add(aboveField, concept, matching.Rarity(crowd.People, crowd.Holders[concept])); err != nil {
			return nil, err
		}
	}
	for _, group := range need.Groups() {
		codes, err := st.prefixed(iscoField, minorGroup(group.ISCO))
		if err != nil {
			return nil, err
		}
		for _, code := range codes {
			near := sameMinor
			if code == group.ISCO {
				near = sameGroup
			}
			if err := add(iscoField, code, near*group.Weight/1000); err != nil {
				return nil, err
			}
		}
	}
	return points, nil
}

// counts calls f for each document that holds the term in the field, with how
// often.
func (st state) counts(field, term string, f func(n uint64, count int)) error {
	if err := st.ctx.Err(); err != nil {
		return err
	}
	postings, err := st.reader.TermFieldReader(st.ctx, []byte(term), field, true, false, false)
	if err != nil {
		return err
	}
	defer postings.Close()
	var doc index.TermFieldDoc
	for {
		next, err := postings.Next(doc.Reset())
		if err != nil || next == nil {
			return err
		}
		f(next.ID.Value(), int(next.Freq))
	}
}

// both returns the numbers of two lists, each once, in their order.
func both(a, b []uint64) []uint64 {
	seen := map[uint64]bool{}
	var all []uint64
	for _, n := range append(slices.Clone(a), b...) {
		if !seen[n] {
			seen[n] = true
			all = append(all, n)
		}
	}
	return all
}
