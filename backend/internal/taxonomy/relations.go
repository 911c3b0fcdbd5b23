// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import "slices"

// Relation says how a person's concept stands to the one that a need asks for.
type Relation int

// The relations, weakest first.
const (
	Unrelated Relation = iota
	Sibling            // both belong to the same broader concept
	Broader            // the person has the broader concept: it may include what is asked
	Narrower           // the person has a narrower concept: a part of what is asked
	Same
)

// Relation returns how the person's concept stands to the need's.
func (t *Taxonomy) Relation(need, person string) Relation {
	v := t.now.Load()
	need, person = v.known(need), v.known(person)
	switch {
	case need == "" || person == "":
		return Unrelated
	case need == person:
		return Same
	case v.includes(need, person):
		return Narrower
	case v.includes(person, need):
		return Broader
	case v.siblings(need, person):
		return Sibling
	}
	return Unrelated
}

// deepest is how far up the broader concepts are followed; it also ends a
// circle that an imported file may hold.
const deepest = 4

// includes tells whether the wide concept is above the narrow one.
func (v *vocabulary) includes(wide, narrow string) bool {
	at := []string{narrow}
	for range deepest {
		var next []string
		for _, id := range at {
			s := v.skills[id]
			if s == nil {
				continue
			}
			if slices.Contains(s.Broader, wide) {
				return true
			}
			next = append(next, s.Broader...)
		}
		at = next
	}
	return false
}

// siblings tells whether two concepts share one that is directly above both.
func (v *vocabulary) siblings(a, b string) bool {
	one, other := v.skills[a], v.skills[b]
	if one == nil || other == nil {
		return false
	}
	return slices.ContainsFunc(one.Broader, func(id string) bool { return !v.crowded[id] && slices.Contains(other.Broader, id) })
}

// BroaderOf returns the concepts above a skill, nearest first.
func (t *Taxonomy) BroaderOf(id string) []string {
	v := t.now.Load()
	var out []string
	at := []string{v.known(id)}
	for range deepest {
		var next []string
		for _, one := range at {
			if s := v.skills[one]; s != nil {
				for _, up := range s.Broader {
					if !slices.Contains(out, up) {
						out, next = append(out, up), append(next, up)
					}
				}
			}
		}
		at = next
	}
	return out
}
