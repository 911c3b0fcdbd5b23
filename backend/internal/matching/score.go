// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

import (
	"cmp"
	"slices"

	"sankofa/backend/internal/taxonomy"
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
	name  string
	part  int    // of its group's weight, relative to the other rules of the group
	whole int    // what the parts of its group add up to
	group Linear // the weight of its group
	judge func(Person) verdict
	wish  *Wish  // that the rule is about
	floor *Floor // that the rule is about
}

// worth returns the points that a share gives of so many.
func worth(of, share int) int { return (of*share + full/2) / full }

// Scorer compares people with one need. It remembers what it learnt about
// concepts, so it is not for use by several goroutines at once.
type Scorer struct {
	need     Need
	concepts Concepts
	crowd    Crowd
	model    Model
	rules    []rule
	laid     map[Class][]int // points of each rule, by class
	total    int             // what the words of the need weigh together
	known    map[[2]string]Relation
}

// For returns a scorer for the need with the weights of this build.
func For(need Need, concepts Concepts, crowd Crowd) *Scorer {
	return Weighed(need, concepts, crowd, Weights())
}

// Weighed returns a scorer with the weights of a model.
func Weighed(need Need, concepts Concepts, crowd Crowd, model Model) *Scorer {
	s := &Scorer{need: need, concepts: concepts, crowd: crowd, model: model,
		laid: map[Class][]int{}, known: map[[2]string]Relation{}}
	s.total = s.weight(need.Terms)
	s.rules = s.lay()
	parts := map[string]int{}
	for _, r := range s.rules {
		parts[r.name] += r.part
	}
	for i, r := range s.rules {
		s.rules[i].whole, s.rules[i].group = parts[r.name], model.Groups[r.name]
	}
	return s
}

// Score compares one person with one need.
func Score(need Need, person Person, concepts Concepts, crowd Crowd) Result {
	return For(need, concepts, crowd).Score(person)
}

// Score compares a person with the need, criterion by criterion.
func (s *Scorer) Score(p Person) Result {
	r := Result{Pseudonym: p.Pseudonym, Criteria: make([]Criterion, len(s.rules))}
	of := s.of(ClassOf(s.need, p))
	for i, rule := range s.rules {
		v := rule.judge(p)
		points := worth(of[i], v.share)
		r.Score += points
		r.Criteria[i] = Criterion{Name: rule.name, Status: v.status, Points: points, Of: of[i],
			Evidence: v.evidence, Concept: v.concept, Relation: v.relation, Source: v.source}
	}
	return r
}

// lay lists what the need asks for, and nothing else.
func (s *Scorer) lay() []rule {
	n := s.need
	var rules []rule
	add := func(asked bool, name string, judge func(Person) verdict) {
		if asked {
			rules = append(rules, rule{name: name, part: 1, judge: judge})
		}
	}
	known := len(n.Groups()) > 0
	add(known, ByOccupation, s.occupation)
	rules = append(rules, s.skills(true, ByRequiredSkill)...)
	rules = append(rules, s.skills(false, ByDesirableSkill)...)
	rules = append(rules, s.languages()...)
	add(n.EducationLevel > 0, ByLevel, s.educationLevel)
	add(n.EducationField != "", ByField, s.educationField)
	add(n.Years > 0, ByExperience, s.experience)
	add(known && n.Starts.Valid(), ByRecency, s.recency)
	add(n.length() > 0, ByAvailability, s.availability)
	add(n.LicenceRequired, ByLicence, s.licence)
	add(true, ByModality, s.modality)
	add(s.crowd.Veterans > 0, ByMissions, s.missions)
	add(len(n.Topics) > 0, ByTopics, s.topics)
	add(s.total > 0, ByText, s.text)
	return rules
}

// skills lists one rule a wish: its part is the host's weight times the rarity.
func (s *Scorer) skills(required bool, name string) []rule {
	var rules []rule
	for _, w := range s.need.Wishes {
		if w.Required == required {
			rules = append(rules, rule{name: name, part: min(max(w.Weight, 1), 5) * s.crowd.skill(w.Concept),
				judge: func(p Person) verdict { return s.wish(w, p) }, wish: &w})
		}
	}
	return rules
}

// languages lists one rule an ability that a language is asked for; languages
// weigh the same, and so do the abilities of one.
func (s *Scorer) languages() []rule {
	var rules []rule
	for _, f := range s.need.Floors {
		abilities := f.abilities()
		for _, one := range abilities {
			rules = append(rules, rule{name: ByLanguage, part: 2 / len(abilities), floor: &one,
				judge: func(p Person) verdict { return floor(one, p) }})
		}
	}
	return rules
}

// of returns the points that each rule can give to people of a class: together
// they are Whole, in proportion to the weights of the groups and the parts in
// them; what rounding leaves over goes to the largest remainders.
func (s *Scorer) of(c Class) []int {
	if laid, ok := s.laid[c]; ok {
		return laid
	}
	x := features(s.need, c)
	weights, total := make([]int, len(s.rules)), 0
	for i, r := range s.rules {
		weights[i] = r.group.at(x) * full * r.part / r.whole
		total += weights[i]
	}
	of, given := make([]int, len(s.rules)), 0
	order := make([]int, len(s.rules))
	for i, weight := range weights {
		order[i] = i
		of[i] = Whole * weight / total
		given += of[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(Whole*weights[b]%total, Whole*weights[a]%total) })
	for _, i := range order[:Whole-given] {
		of[i]++
	}
	s.laid[c] = of
	return of
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
