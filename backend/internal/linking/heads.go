// SPDX-License-Identifier: AGPL-3.0-or-later

package linking

import "math"

// headIsLast tells on which side of a title a language puts the word that
// says what somebody is: the side whose words tell more about the group of
// occupations that a label belongs to (less entropy of groups, given the word).
// So no list of languages is needed.
func (s *space) headIsLast(groups []int32) bool {
	first, last := map[int32]map[int32]int{}, map[int32]map[int32]int{}
	note := func(side map[int32]map[int32]int, word, group int32) {
		if side[word] == nil {
			side[word] = map[int32]int{}
		}
		side[word][group]++
	}
	for _, l := range s.labels {
		if len(l.words) < 2 || groups[l.concept] < 0 {
			continue
		}
		note(first, s.stemOf[l.words[0]], groups[l.concept])
		note(last, s.stemOf[l.words[len(l.words)-1]], groups[l.concept])
	}
	return entropy(last) < entropy(first)
}

// leastUses is how often a word must stand on a side to say anything about it.
const leastUses = 4

// entropy returns the mean entropy of groups given a word, in nats, over words
// that are used often enough; a side without such words tells nothing.
func entropy(side map[int32]map[int32]int) float64 {
	sum, uses := 0.0, 0
	for _, groups := range side {
		n := 0
		for _, c := range groups {
			n += c
		}
		if n < leastUses {
			continue
		}
		uses += n
		for _, c := range groups {
			sum -= float64(c) * math.Log(float64(c)/float64(n))
		}
	}
	if uses == 0 {
		return math.Inf(1)
	}
	return sum / float64(uses)
}
