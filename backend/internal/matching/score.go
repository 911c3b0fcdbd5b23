// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

import (
	"cmp"
	"slices"

	"sankofa/backend/internal/taxonomy"
)

// The weights of the groups of criteria, before what a need does not ask for is
// spread over the rest. Skills and occupation carry most; words are a tie-break.
const (
	weighsOccupation      = 200
	weighsRequiredSkills  = 330
	weighsDesirableSkills = 100
	weighsLanguages       = 70
	weighsEducationLevel  = 40
	weighsEducationField  = 40
	weighsExperience      = 80
	weighsAvailability    = 60
	weighsLicence         = 30
	weighsModality        = 10
	weighsText            = 40
)

// full is the share, in thousandths, of whatever is met completely. Shares are
// whole numbers so that the order is exact on every machine.
const full = 1000

// enough is the share from which a criterion is called met.
const enough = 700

// verdict is what a criterion's rule found.
type verdict struct {
	share    int // thousandths
	status   Status
	evidence Evidence
	concept  string
	relation string
	source   Source
}

// graded derives the status from the share.
func graded(share int, e Evidence) verdict {
	v := verdict{share: share, evidence: e, status: Missing}
	switch {
	case share >= enough:
		v.status = Met
	case share > 0:
		v.status = Partly
	}
	return v
}

// rule is one criterion that a need asks for.
type rule struct {
	name   string
	weight int // relative to the other rules
	of     int // points, once all rules of the need are known
	judge  func(Person) verdict
	wish   *Wish  // that the rule is about
	floor  *Floor // that the rule is about
}

// worth returns the points that a verdict gives.
func (r rule) worth(v verdict) int { return (r.of*v.share + full/2) / full }

// Scorer compares people with one need. It remembers what it learnt about
// concepts, so it is not for use by several goroutines at once.
type Scorer struct {
	need     Need
	concepts Concepts
	words    Words
	rules    []rule
	known    map[[2]string]Relation
}

// For returns a scorer for the need. Without words every word weighs the same.
func For(need Need, concepts Concepts, words Words) *Scorer {
	s := &Scorer{need: need, concepts: concepts, words: words, known: map[[2]string]Relation{}}
	s.rules = s.lay()
	spread(s.rules)
	return s
}

// Score compares one person with one need.
func Score(need Need, person Person, concepts Concepts, words Words) Result {
	return For(need, concepts, words).Score(person)
}

// Score compares a person with the need, criterion by criterion.
func (s *Scorer) Score(p Person) Result {
	r := Result{Pseudonym: p.Pseudonym, Criteria: make([]Criterion, 0, len(s.rules))}
	for _, rule := range s.rules {
		v := rule.judge(p)
		points := rule.worth(v)
		r.Score += points
		r.Criteria = append(r.Criteria, Criterion{Name: rule.name, Status: v.status, Points: points, Of: rule.of,
			Evidence: v.evidence, Concept: v.concept, Relation: v.relation, Source: v.source})
	}
	return r
}

// lay lists what the need asks for, and nothing else.
func (s *Scorer) lay() []rule {
	n := s.need
	var rules []rule
	add := func(asked bool, name string, weight int, judge func(Person) verdict) {
		if asked {
			rules = append(rules, rule{name: name, weight: weight * full, judge: judge})
		}
	}
	add(n.ISCO != "", "occupation", weighsOccupation, s.occupation)
	rules = append(rules, s.skills(true, "skill.required", weighsRequiredSkills)...)
	rules = append(rules, s.skills(false, "skill.desirable", weighsDesirableSkills)...)
	rules = append(rules, s.languages()...)
	add(n.EducationLevel > 0, "education.level", weighsEducationLevel, s.educationLevel)
	add(n.EducationField != "", "education.field", weighsEducationField, s.educationField)
	add(n.Years > 0, "experience", weighsExperience, s.experience)
	add(n.length() > 0, "availability", weighsAvailability, s.availability)
	add(n.LicenceRequired, "licence", weighsLicence, s.licence)
	add(true, "modality", weighsModality, s.modality)
	add(s.wordsTell(), "text", weighsText, s.text)
	return rules
}

// skills lists one rule a wish; together they weigh what the group weighs.
func (s *Scorer) skills(required bool, name string, weight int) []rule {
	total := 0
	for _, w := range s.need.Wishes {
		if w.Required == required {
			total += max(w.Weight, 1)
		}
	}
	var rules []rule
	for _, w := range s.need.Wishes {
		if w.Required == required {
			rules = append(rules, rule{name: name, weight: weight * full * max(w.Weight, 1) / total,
				judge: func(p Person) verdict { return s.wish(w, p) }, wish: &w})
		}
	}
	return rules
}

// languages lists one rule a language; they weigh the same.
func (s *Scorer) languages() []rule {
	var rules []rule
	for _, f := range s.need.Floors {
		rules = append(rules, rule{name: "language", weight: weighsLanguages * full / len(s.need.Floors),
			judge: func(p Person) verdict { return floor(f, p) }, floor: &f})
	}
	return rules
}

// spread gives the rules points that add up to Whole, in proportion to their
// weights; what rounding leaves over goes to the largest remainders.
func spread(rules []rule) {
	total, given := 0, 0
	for _, r := range rules {
		total += r.weight
	}
	order := make([]int, len(rules))
	for i := range rules {
		order[i] = i
		rules[i].of = Whole * rules[i].weight / total
		given += rules[i].of
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(Whole*rules[b].weight%total, Whole*rules[a].weight%total)
	})
	for _, i := range order[:Whole-given] {
		rules[i].of++
	}
}

// relation asks the vocabulary once for each pair of concepts.
func (s *Scorer) relation(need, person string) Relation {
	if need == person {
		return taxonomy.Same
	}
	key := [2]string{need, person}
	r, ok := s.known[key]
	if !ok {
		r = s.concepts.Relation(need, person)
		s.known[key] = r
	}
	return r
}
