// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"math/rand/v2"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/id"
)

// chance draws what is left open about one person. It depends on the seed and
// on the person's number alone, so that person 17 is the same among 300 people
// and among 100,000.
type chance struct{ *rand.Rand }

func newChance(seed uint64, index int) chance {
	return chance{rand.New(rand.NewPCG(seed, mix(uint64(index)+1)))}
}

// in is true in so many per cent of all cases.
func (c chance) in(percent int) bool { return c.IntN(100) < percent }

// between draws a number, both ends included.
func (c chance) between(least, most int) int { return least + c.IntN(most-least+1) }

// date draws a date, both ends included.
func (c chance) date(first, last day.Day) day.Day {
	return first.Add(c.IntN(day.Length(first, last)))
}

// of draws one of a list.
func of[T any](c chance, list []T) T { return list[c.IntN(len(list))] }

// weighted draws a value by the weights.
func (c chance) weighted(options []option) string {
	return options[c.index(len(options), func(i int) int { return options[i].weight })].value
}

// index draws one of n places by their weights.
func (c chance) index(n int, weight func(int) int) int {
	total := 0
	for i := range n {
		total += weight(i)
	}
	at := c.IntN(total)
	for i := range n {
		if at -= weight(i); at < 0 {
			return i
		}
	}
	return n - 1
}

// mix spreads the bits of a number (the finaliser of SplitMix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// half is one of the two parts of 20 bits that a pseudonym's 40 bits consist of.
const half = 1<<20 - 1

// pseudonym returns the pseudonym of a generated person. A Feistel network
// permutes all numbers of 40 bits, so no two people of one seed ever share one.
func pseudonym(seed uint64, index int) string {
	x := uint64(index)
	for {
		x = permuted(seed, x)
		if name := spelled(x); !reserved[name] {
			return name
		}
	}
}

func permuted(seed, x uint64) uint64 {
	left, right := x>>20&half, x&half
	for round := range uint64(4) {
		left, right = right, left^mix(seed^mix(right<<8|round))&half
	}
	return left<<20 | right
}

// spelled writes 40 bits as a pseudonym, five bits a letter.
func spelled(x uint64) string {
	var b [8]byte
	for i := range b {
		b[i] = byte(x >> (5 * i))
	}
	return id.FormatPseudonym(b)
}
