// SPDX-License-Identifier: AGPL-3.0-or-later

package assigning

import (
	"fmt"
	"slices"

	"sankofa/backend/internal/fault"
)

// checkPins says which pins contradict each other, or what they rest on.
func (p *Problem) checkPins() error {
	var c fault.Check
	here := p.checkEach(&c)
	p.checkPlaces(&c, here)
	p.checkPeople(&c, here)
	return c.Err()
}

// field names a pin as a request spells it.
func field(i int) string { return fmt.Sprintf("pins[%d]", i) }

// checkEach looks at each pin by itself, and returns the indexes of those that
// send somebody somewhere.
func (p *Problem) checkEach(c *fault.Check) (here []int) {
	stated := map[pair]bool{}
	possible := map[pair]bool{}
	for _, o := range p.Options {
		possible[pair{o.Need, o.Person}] = true
	}
	for i, pin := range p.Pins {
		key := pair{pin.Need, pin.Person}
		if before, ok := stated[key]; ok {
			c.That(before == pin.Here, field(i), "pin.contradiction", "%s is pinned to %s and away from it. Please choose one.", pin.Person, p.Needs[pin.Need].ID)
			c.That(before != pin.Here, field(i), "pin.twice", "%s is pinned twice in the same way at %s. Please leave one.", pin.Person, p.Needs[pin.Need].ID)
			continue
		}
		stated[key] = pin.Here
		if !pin.Here {
			continue
		}
		c.That(possible[key], field(i), "pin.impossible", "%s cannot be pinned to %s: no stay there is possible for this person.", pin.Person, p.Needs[pin.Need].ID)
		if possible[key] {
			here = append(here, i)
		}
	}
	return here
}

// checkPlaces finds needs with more people pinned to them than they have posts.
func (p *Problem) checkPlaces(c *fault.Check, here []int) {
	pinned := make([]int, len(p.Needs))
	for _, i := range here {
		n := p.Pins[i].Need
		pinned[n]++
		posts, most := p.Needs[n].Headcount, 0
		for _, w := range p.Needs[n].Ways {
			most = max(most, posts*len(w.Stays))
		}
		c.That(pinned[n] <= most, field(i), "pin.full", "More people are pinned to %s than can go there (%d). Please take one away.", p.Needs[n].ID, most)
	}
}

// checkPeople finds people who are pinned to two places at once.
func (p *Problem) checkPeople(c *fault.Check, here []int) {
	spans := map[pair][]Span{}
	for _, o := range p.Options {
		key := pair{o.Need, o.Person}
		spans[key] = append(spans[key], o.Span)
	}
	for k, i := range here {
		for _, j := range here[:k] {
			a, b := p.Pins[i], p.Pins[j]
			if a.Person != b.Person || apart(spans[pair{a.Need, a.Person}], spans[pair{b.Need, b.Person}]) {
				continue
			}
			c.That(false, field(i), "pin.two_places", "%s is pinned to %s and to %s, and the stays overlap. Nobody can be in two places on the same day.",
				a.Person, p.Needs[b.Need].ID, p.Needs[a.Need].ID)
		}
	}
}

// apart tells whether two of the periods do not overlap.
func apart(a, b []Span) bool {
	return slices.ContainsFunc(a, func(x Span) bool {
		return slices.ContainsFunc(b, func(y Span) bool { return !x.Overlaps(y) })
	})
}
