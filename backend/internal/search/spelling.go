// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// How words that hardly anybody uses are looked for in other spellings.
const (
	few      = 2  // a word that so many people use, or fewer, may be misspelt
	farMore  = 5  // a spelling takes part if so many times as many people use it
	mostNear = 3  // other spellings of one word
	tried    = 64 // spellings of which the users are counted
)

// edits is by how many letters another spelling may differ: none for a short word,
// where every other word is near, and two for a long one.
func edits(word string) int {
	for _, r := range word {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			return 0
		}
	}
	switch n := utf8.RuneCountInString(word); {
	case n < 4 || n > 40:
		return 0
	case n < 8:
		return 1
	}
	return 2
}

// Near is another spelling of a word that was looked for.
type Near struct {
	Word  string `json:"word"`
	Users int    `json:"users" doc:"How many people of the programme use it"`

	apart int
}

// spellings returns the words of the people that are probably meant by a word
// that so few use. Words of other programmes are never among them.
func spellings(src source, word string, users int) ([]Near, error) {
	most := edits(word)
	if most == 0 || users > few {
		return nil, nil
	}
	// The first letter is hardly ever wrong, and it keeps the walk short.
	_, size := utf8.DecodeRuneInString(word)
	found, err := src.near(word, word[:size], most)
	if err != nil {
		return nil, err
	}
	found = append(found, swapped(word)...)
	slices.Sort(found)
	var all []Near
	for _, other := range slices.Compact(found) {
		if d := slips(word, other, most); d > 0 {
			all = append(all, Near{Word: other, apart: d})
		}
	}
	slices.SortStableFunc(all, func(a, b Near) int { return cmp.Compare(a.apart, b.apart) })
	kept := []Near{}
	for _, one := range all[:min(len(all), tried)] {
		holders, err := src.having(wordsField, one.Word)
		if err != nil {
			return nil, err
		}
		if one.Users = holders.and(src.everybody()).count(); one.Users > 0 && one.Users >= users*farMore {
			kept = append(kept, one)
		}
	}
	slices.SortFunc(kept, func(a, b Near) int {
		return cmp.Or(cmp.Compare(a.apart, b.apart), cmp.Compare(b.Users, a.Users), strings.Compare(a.Word, b.Word))
	})
	return kept[:min(len(kept), mostNear)], nil
}

// slips counts the slips that make one word of another that begins with the same
// letter: at most so many, or one swap of neighbours; 0 when it takes more.
func slips(word, other string, most int) int {
	first, _ := utf8.DecodeRuneInString(word)
	if begins, _ := utf8.DecodeRuneInString(other); begins != first || word == other || most == 0 {
		return 0
	}
	if distance(word, other, 2) == 1 {
		return 1
	}
	if d := levenshtein(word, other, most+1); d <= most {
		return d
	}
	return 0
}

// swapped returns the word with two neighbours in each other's place: one slip of
// the fingers, which an automaton of Levenshtein counts as two.
func swapped(word string) []string {
	letters := []rune(word)
	var all []string
	for i := 1; i+1 < len(letters); i++ { // never the first letter
		letters[i], letters[i+1] = letters[i+1], letters[i]
		all = append(all, string(letters))
		letters[i], letters[i+1] = letters[i+1], letters[i]
	}
	return all
}

// distance counts the letters to insert, leave out, replace or swap with their
// neighbour to make one word of another (optimal string alignment). It stops
// counting at the limit.
func distance(a, b string, limit int) int { return apart(a, b, limit, true) }

// levenshtein is distance without swaps, as an automaton of Levenshtein counts.
func levenshtein(a, b string, limit int) int { return apart(a, b, limit, false) }

func apart(a, b string, limit int, swaps bool) int {
	from, to := []rune(a), []rune(b)
	if len(from)-len(to) >= limit || len(to)-len(from) >= limit {
		return limit
	}
	before, last, next := make([]int, len(to)+1), make([]int, len(to)+1), make([]int, len(to)+1)
	for j := range last {
		last[j] = j
	}
	lastBest := 0
	for i, r := range from {
		next[0] = i + 1
		best := next[0]
		for j, o := range to {
			cost := 1
			if r == o {
				cost = 0
			}
			next[j+1] = min(last[j]+cost, last[j+1]+1, next[j]+1)
			if swaps && i > 0 && j > 0 && r == to[j-1] && from[i-1] == o {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
			best = min(best, next[j+1])
		}
		if best >= limit && lastBest >= limit {
			return limit
		}
		before, last, next, lastBest = last, next, before, best
	}
	return min(last[len(to)], limit)
}
