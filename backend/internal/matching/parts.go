// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

import (
	"slices"
	"strings"
)

// What follows gives an index the points of single criteria, for people of whom
// it knows single things: so it can estimate a score by the very rules.

// points returns what the rule gives a person.
func (r rule) points(p Person) int { return r.worth(r.judge(p)) }

// Aspect returns the points that a person gets by the criteria of one name. An
// index asks it about people of whom it knows one thing only.
func (s *Scorer) Aspect(name string, p Person) int {
	points := 0
	for _, rule := range s.rules {
		if rule.name == name {
			points += rule.points(p)
		}
	}
	return points
}

// Wanted is a skill that a need asks for and the points that stand on it.
type Wanted struct {
	Concept string
	Of      int
}

// Wanted lists the skills with a concept that the need asks for.
func (s *Scorer) Wanted() []Wanted {
	var all []Wanted
	for _, required := range []bool{true, false} {
		for _, w := range s.need.Wishes {
			if w.Required == required {
				all = append(all, Wanted{Concept: w.Concept})
			}
		}
	}
	i := 0
	for _, rule := range s.rules {
		if strings.HasPrefix(rule.name, "skill.") {
			all[i].Of = rule.of
			i++
		}
	}
	return slices.DeleteFunc(all, func(w Wanted) bool { return w.Concept == "" })
}

// Floor returns the points that the levels of one language give, by the number
// of the language in the need.
func (s *Scorer) Floor(i, spoken, written int) int {
	nth := 0
	for _, rule := range s.rules {
		if rule.name != "language" {
			continue
		}
		if i == nth {
			f := s.need.Floors[i]
			p := Person{Languages: []Language{{Language: f.Language, Spoken: Level(spoken), Written: Level(written)}}}
			return rule.points(p)
		}
		nth++
	}
	return 0
}

// WordPoints returns the points for words in common that weigh so much of a total.
func (s *Scorer) WordPoints(weight, total int) int {
	for _, rule := range s.rules {
		if rule.name == "text" {
			return rule.worth(verdict{share: wordShare(weight, total)})
		}
	}
	return 0
}

// Nearness is what a relation between concepts is worth, in thousandths.
func Nearness(r Relation) int { return nearness[r] }
