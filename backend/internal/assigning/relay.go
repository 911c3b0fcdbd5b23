// SPDX-License-Identifier: AGPL-3.0-or-later

package assigning

// Relays returns the ways to cover a period by stays one after the other: by one,
// by two, and so on up to most. Each stay has at least so many days, and shares
// its last overlap days with the first of the next, for the handover. The stays of
// a way are as equal as whole days allow, the longer ones first.
func Relays(period Span, shortest, overlap, most int) []Way {
	days := period.Days()
	shortest = max(shortest, 1)
	ways := []Way{{Stays: []Span{period}}}
	for k := 2; k <= most; k++ {
		// Every handover is counted twice.
		all := days + (k-1)*overlap
		if all/k < shortest || all/k <= overlap {
			break
		}
		way := Way{Stays: make([]Span, k)}
		from := period.From
		for i := range k {
			length := all / k
			if i < all%k {
				length++
			}
			way.Stays[i] = Span{From: from, To: from + length - 1}
			from += length - overlap
		}
		ways = append(ways, way)
	}
	return ways
}

// Unit is how many units of value a point of suitability has: it can be divided by
// every number of stays up to MostStays, so that a relay's value is the mean of its
// people's suitability in whole numbers. It is the least common multiple of 1 to 12.
const Unit = 27_720

// MostStays is how many stays a relay may have.
const MostStays = 12

// Worth returns the value of a person of this suitability for one of so many stays.
func Worth(score, stays int) int64 { return int64(score) * Unit / int64(max(stays, 1)) }
