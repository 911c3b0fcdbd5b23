// SPDX-License-Identifier: AGPL-3.0-or-later

package main

import (
	"fmt"
	"log"
	"slices"
)

// race lets the engines take turns at every query, again and again; the first
// round warms them up and checks that all are asked the same.
func race(c *corpus, running []*child, needs, rounds int) (agreement, error) {
	a := agreement{strays: map[string]int{}}
	for round := range rounds + 1 {
		for number, q := range c.queries {
			if q.need >= needs {
				continue
			}
			if round == 0 {
				a.queries++
			}
			passed := map[string]int{}
			for i := range running {
				r := running[(i+number+round)%len(running)] // nobody always comes after the same other
				took, n, found, err := r.ask(number)
				if err != nil {
					return a, err
				}
				if round == 0 {
					passed[r.name] = n
					a.strays[r.name] += strays(c, q, found)
					continue
				}
				at := [2]int{q.row, scope(q)}
				r.times[at] = append(r.times[at], took)
			}
			if round == 0 {
				a.passing += passed["limit"]
				if passed["limit"] != passed["sankofa"] {
					a.mismatch++
				}
			}
		}
		log.Printf("%d people: round %d of %d", len(c.people), round, rounds)
	}
	for name, n := range a.strays {
		if n > 0 {
			return a, fmt.Errorf("%s found %d people who do not meet the conditions: the comparison would be worth nothing", name, n)
		}
	}
	return a, nil
}

func scope(q question) int {
	if q.any {
		return 1
	}
	return 0
}

// strays counts those of the people found who do not meet the conditions.
func strays(c *corpus, q question, found []int) int {
	n := 0
	for _, person := range found {
		for _, word := range q.must {
			if _, ok := slices.BinarySearch(c.people[person][conditions], word); !ok {
				n++
				break
			}
		}
	}
	return n
}
