// SPDX-License-Identifier: AGPL-3.0-or-later

package assigning

import (
	"cmp"
	"slices"
)

// Wishes are what both sides would rather have: who would go where, and whom each
// place would have. Whoever is not on a list is not wanted by its owner.
type Wishes struct {
	Places []Place
	People []Wisher
	// Score breaks ties, for one place between people and for one person between
	// places: more is better. Nil: all are alike, and the order of names decides.
	Score func(place, person int) int
}

// Place is a need with posts, and the people whom its host would have.
type Place struct {
	ID    string
	Posts int
	Likes []Liking // of people
}

// Wisher is a person, and the places where they would go. A person takes one.
type Wisher struct {
	ID    string
	Likes []Liking // of places
}

// Liking is somebody on a list. The same rank twice is a tie.
type Liking struct {
	Of   int // index of the person, or of the place
	Rank int // 1 is the most wanted
}

// Pair is a person at a place.
type Pair struct{ Place, Person int }

// ProposedByPeople returns the stable matching that is best for every person among
// all stable ones: people ask in the order of their lists, and places keep the best
// who have asked so far (deferred acceptance; Gale and Shapley 1962). Stable means
// that no person and no place would both rather have each other.
func ProposedByPeople(w Wishes) []Pair {
	t := newTables(w)
	next := make([]int, len(w.People))
	kept := make([][]int, len(w.Places))
	asking := make([]int, len(w.People))
	for i := range asking {
		asking[i] = len(asking) - 1 - i
	}
	for len(asking) > 0 {
		one := asking[len(asking)-1]
		if next[one] == len(t.ofPerson[one]) {
			asking = asking[:len(asking)-1]
			continue
		}
		place := t.ofPerson[one][next[one]]
		next[one]++
		kept[place] = append(kept[place], one)
		t.byPlace(place, kept[place])
		if len(kept[place]) <= w.Places[place].Posts {
			asking = asking[:len(asking)-1]
			continue
		}
		out := kept[place][len(kept[place])-1]
		kept[place] = kept[place][:len(kept[place])-1]
		if out != one {
			asking[len(asking)-1] = out
		}
	}
	return pairs(kept)
}

// ProposedByPlaces returns the stable matching that is best for every place: places
// ask in the order of their lists, and people keep the best that has asked so far.
func ProposedByPlaces(w Wishes) []Pair {
	t := newTables(w)
	next := make([]int, len(w.Places))
	at := make([]int, len(w.People))
	for i := range at {
		at[i] = -1
	}
	holds := make([]int, len(w.Places))
	for again := true; again; {
		again = false
		for place := range w.Places {
			for holds[place] < w.Places[place].Posts && next[place] < len(t.ofPlace[place]) {
				one := t.ofPlace[place][next[place]]
				next[place]++
				again = true
				if at[one] >= 0 && t.rankOfPlace(one, at[one]) < t.rankOfPlace(one, place) {
					continue
				}
				if at[one] >= 0 {
					holds[at[one]]--
				}
				at[one] = place
				holds[place]++
			}
		}
	}
	kept := make([][]int, len(w.Places))
	for one, place := range at {
		if place >= 0 {
			kept[place] = append(kept[place], one)
		}
	}
	return pairs(kept)
}

func pairs(kept [][]int) []Pair {
	var all []Pair
	for place, people := range kept {
		slices.Sort(people)
		for _, one := range people {
			all = append(all, Pair{Place: place, Person: one})
		}
	}
	return all
}

// tables are the lists with ties broken, of those who are on each other's.
type tables struct {
	w         Wishes
	ofPerson  [][]int // places, the most wanted first
	ofPlace   [][]int // people
	placeRank []map[int]int
	personAt  []map[int]int // of a place: the rank of each person
}

func newTables(w Wishes) *tables {
	t := &tables{w: w, ofPerson: make([][]int, len(w.People)), ofPlace: make([][]int, len(w.Places)),
		placeRank: make([]map[int]int, len(w.People)), personAt: make([]map[int]int, len(w.Places))}
	wanted := map[Pair]bool{}
	for place := range w.Places {
		for _, l := range w.Places[place].Likes {
			wanted[Pair{place, l.Of}] = true
		}
	}
	both := map[Pair]bool{}
	for one := range w.People {
		likes := slices.DeleteFunc(slices.Clone(w.People[one].Likes), func(l Liking) bool { return !wanted[Pair{l.Of, one}] })
		for _, l := range likes {
			both[Pair{l.Of, one}] = true
		}
		t.ofPerson[one], t.placeRank[one] = order(likes, func(place int) int { return t.score(place, one) }, func(a, b int) int { return cmp.Compare(w.Places[a].ID, w.Places[b].ID) })
	}
	for place := range w.Places {
		likes := slices.DeleteFunc(slices.Clone(w.Places[place].Likes), func(l Liking) bool { return !both[Pair{place, l.Of}] })
		t.ofPlace[place], t.personAt[place] = order(likes, func(one int) int { return t.score(place, one) }, func(a, b int) int { return cmp.Compare(w.People[a].ID, w.People[b].ID) })
	}
	return t
}

func (t *tables) score(place, person int) int {
	if t.w.Score == nil {
		return 0
	}
	return t.w.Score(place, person)
}

// order sorts a list: by rank, then the better score, then the name. Who stands on
// it twice stands at the better place.
func order(likes []Liking, score func(int) int, name func(a, b int) int) ([]int, map[int]int) {
	slices.SortStableFunc(likes, func(a, b Liking) int {
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(score(b.Of), score(a.Of)), name(a.Of, b.Of))
	})
	var sorted []int
	ranks := map[int]int{}
	for _, l := range likes {
		if _, twice := ranks[l.Of]; twice {
			continue
		}
		ranks[l.Of] = len(sorted)
		sorted = append(sorted, l.Of)
	}
	return sorted, ranks
}

func (t *tables) rankOfPlace(person, place int) int { return t.placeRank[person][place] }

// byPlace sorts people as a place would have them.
func (t *tables) byPlace(place int, people []int) {
	slices.SortFunc(people, func(a, b int) int { return cmp.Compare(t.personAt[place][a], t.personAt[place][b]) })
}
