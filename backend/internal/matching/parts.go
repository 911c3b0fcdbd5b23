// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

// What follows gives an index the points of single criteria, for people of whom
// it knows single things: so it can estimate a score by the very rules.

// typical is the class that estimates are made for: who writes a page in the
// need's language, lists some skills and has chosen a code.
var typical = Class{Words: 7, Skills: 3, Same: true, Coded: true}

// sum adds up what the rules give that are meant.
func (s *Scorer) sum(p Person, meant func(rule) bool) int {
	points := 0
	for i, of := range s.of(typical) {
		if meant(s.rules[i]) {
			points += worth(of, s.rules[i].judge(p).share)
		}
	}
	return points
}

// Aspect returns the points that a person gets by the criteria of one name. An
// index asks it about people of whom it knows one thing only.
func (s *Scorer) Aspect(name string, p Person) int {
	return s.sum(p, func(r rule) bool { return r.name == name })
}

// Wanted is a skill that a need asks for and the points that stand on it.
type Wanted struct {
	Concept string
	Of      int
}

// Wanted lists the skills with a concept that the need asks for.
func (s *Scorer) Wanted() []Wanted {
	var all []Wanted
	for i, of := range s.of(typical) {
		if w := s.rules[i].wish; w != nil && w.Concept != "" {
			all = append(all, Wanted{Concept: w.Concept, Of: of})
		}
	}
	return all
}

// Floor returns the points that the levels of one language give, by the number
// of the language in the need.
func (s *Scorer) Floor(i, spoken, written int) int {
	language := s.need.Floors[i].Language
	p := Person{Languages: []Language{{Language: language, Spoken: Level(spoken), Written: Level(written)}}}
	return s.sum(p, func(r rule) bool { return r.floor != nil && r.floor.Language == language })
}

// WordPoints returns the points for words in common that weigh so much of a total.
func (s *Scorer) WordPoints(weight, total int) int {
	for i, of := range s.of(typical) {
		if s.rules[i].name == ByText {
			return worth(of, WordShare(weight, total))
		}
	}
	return 0
}

// Nearness is what a relation between concepts is worth, in thousandths.
func Nearness(r Relation) int { return nearness[r] }
