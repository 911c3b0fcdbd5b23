// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

import "math/bits"

// Crowd is what a comparison must know of everybody else: the people of the
// need's country in the programme, whether or not they meet its conditions, so
// that what is rare does not depend on who is free. The zero crowd knows nothing,
// and then every word and every skill tells the same.
type Crowd struct {
	People   int            `json:"people"`
	Users    map[string]int `json:"users"`    // people who use each word of the need, by stem
	Holders  map[string]int `json:"holders"`  // people who have each concept of the need or a special case of it
	Veterans int            `json:"veterans"` // people who have completed a mission, of whatever programme
}

// word is how much a word tells, in thousandths: the natural logarithm of
// 1 + people/users (the inverse document frequency). A word that nobody uses
// tells nothing, for it would only dilute the others.
func (c Crowd) word(stem string) int {
	if c.People == 0 {
		return full
	}
	return idf(c.People, c.Users[stem])
}

// Word is how much a word of the need tells, as often as it stands there.
func (c Crowd) Word(t Term) int { return max(t.Count, 1) * c.word(t.Stem) }

// The bounds of how much the rarity of a skill changes what it weighs, in
// thousandths: the rarest skill weighs three times the one that everybody has,
// so that the host's own weights, from one to five, still lead.
const (
	commonSkill = 500
	rareSkill   = 1500
)

// skill is how much a skill tells for its rarity, in thousandths: from
// commonSkill to rareSkill by its share of the largest inverse document
// frequency that a crowd of the size can give. One that nobody has separates
// nobody and weighs as if nothing were known.
func (c Crowd) skill(concept string) int {
	holders := c.Holders[concept]
	if concept == "" || holders == 0 || c.People == 0 {
		return full
	}
	return commonSkill + (rareSkill-commonSkill)*idf(c.People, min(holders, c.People))/idf(c.People, 1)
}

// Rarity is what it tells that so few of the people have something, in
// thousandths; see word.
func Rarity(people, holders int) int { return idf(people, holders) }

// idf is 1000·ln(1+people/holders) rounded down, or 0 without holders. It is
// computed in whole numbers so that it is the same on every machine.
func idf(people, holders int) int {
	if holders <= 0 || people <= 0 {
		return 0
	}
	const one = 1 << 31 // the mantissa is a fixed-point number from 1 to 2 with 31 bits behind the point
	most := uint64(1<<31 - 1)
	ratio := min(uint64(people)+uint64(holders), most) << 32 / min(uint64(holders), most) // with 32 bits behind the point
	exponent := bits.Len64(ratio) - 33
	mantissa := ratio >> 1
	if exponent > 0 {
		mantissa >>= exponent
	}
	log2 := uint64(exponent)
	for range 20 { // each squaring gives one binary digit of the logarithm
		mantissa = mantissa * mantissa >> 31
		log2 <<= 1
		if mantissa >= 2*one {
			mantissa >>= 1
			log2++
		}
	}
	const ln2 = 693147 // millionths
	return int(log2 * ln2 >> 20 / 1000)
}
