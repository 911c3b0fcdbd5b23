// SPDX-License-Identifier: AGPL-3.0-or-later

package assigning

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// wishes draws lists with ties, on which not everybody stands.
func wishes(r *rand.Rand) Wishes {
	w := Wishes{}
	places, people := 1+r.IntN(4), 1+r.IntN(5)
	likes := func(n int) (all []Liking) {
		for i := range n {
			if r.IntN(4) > 0 {
				all = append(all, Liking{Of: i, Rank: 1 + r.IntN(3)})
			}
		}
		return all
	}
	for i := range places {
		w.Places = append(w.Places, Place{ID: fmt.Sprint("N", i), Posts: r.IntN(3), Likes: likes(people)})
	}
	for i := range people {
		w.People = append(w.People, Wisher{ID: fmt.Sprint("P", i), Likes: likes(places)})
	}
	score := map[Pair]int{}
	for place := range places {
		for one := range people {
			score[Pair{place, one}] = r.IntN(3)
		}
	}
	w.Score = func(place, person int) int { return score[Pair{place, person}] }
	return w
}

// blocking returns a pair that would both rather have each other than what the
// matching gives them, ties broken as stated. It shares no code with the matching.
func blocking(w Wishes, found []Pair) (Pair, bool) {
	prefersPlace := func(person, a, b int) bool {
		return better(w.People[person].Likes, a, b, w.Score(a, person), w.Score(b, person), w.Places[a].ID, w.Places[b].ID)
	}
	prefersPerson := func(place, a, b int) bool {
		return better(w.Places[place].Likes, a, b, w.Score(place, a), w.Score(place, b), w.People[a].ID, w.People[b].ID)
	}
	for place := range w.Places {
		for person := range w.People {
			if rank(w.Places[place].Likes, person) == 0 || rank(w.People[person].Likes, place) == 0 || slices.Contains(found, Pair{place, person}) {
				continue
			}
			would, held := true, 0
			for _, p := range found {
				if p.Person == person && !prefersPlace(person, place, p.Place) {
					would = false
				}
			}
			weaker := false
			for _, p := range found {
				if p.Place == place {
					held++
					weaker = weaker || prefersPerson(place, person, p.Person)
				}
			}
			if would && (held < w.Places[place].Posts || weaker) {
				return Pair{place, person}, true
			}
		}
	}
	return Pair{}, false
}

func rank(likes []Liking, of int) int {
	for _, l := range likes {
		if l.Of == of {
			return l.Rank
		}
	}
	return 0
}

func better(likes []Liking, a, b, scoreA, scoreB int, nameA, nameB string) bool {
	if x, y := rank(likes, a), rank(likes, b); x != y {
		return x < y
	}
	if scoreA != scoreB {
		return scoreA > scoreB
	}
	return nameA < nameB
}

func TestNoPairWouldRatherHaveEachOther(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(11, 4))
	matched, differ := 0, 0
	for i := range 5000 {
		w := wishes(r)
		people, places := ProposedByPeople(w), ProposedByPlaces(w)
		for name, found := range map[string][]Pair{"people": people, "places": places} {
			if pair, ok := blocking(w, found); ok {
				t.Fatalf("case %d: %v block what %s proposed, %v: %+v", i, pair, name, found, w)
			}
			mustFit(t, w, found)
		}
		// The rural hospitals theorem (Roth 1986): the same people are matched either way.
		if len(people) != len(places) {
			t.Fatalf("case %d: %v and %v match different numbers", i, people, places)
		}
		for _, p := range people {
			for _, q := range places {
				if p.Person == q.Person && p.Place != q.Place {
					differ++
					if rank(w.People[p.Person].Likes, p.Place) > rank(w.People[p.Person].Likes, q.Place) {
						t.Fatalf("case %d: person %d fares worse when people propose", i, p.Person)
					}
				}
			}
		}
		matched += len(people)
	}
	if matched < 1000 || differ < 20 {
		t.Errorf("%d matched, %d differ: the cases test little", matched, differ)
	}
}

func mustFit(t *testing.T, w Wishes, found []Pair) {
	t.Helper()
	posts, once := map[int]int{}, map[int]bool{}
	for _, p := range found {
		posts[p.Place]++
		if once[p.Person] || posts[p.Place] > w.Places[p.Place].Posts {
			t.Fatalf("%v does not fit", found)
		}
		once[p.Person] = true
	}
}
