// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/taxonomy"
)

// promise estimates, from the index alone, how people will score. It is used
// when more people meet the conditions than can be read at once: the best of
// them by this estimate are then scored in full.
type promise struct {
	state
	among  set
	points []int // by document number
}

// promising returns the documents that promise most, at most so many.
func (st state) promising(need matching.Need, among set, scorer *matching.Scorer, crowd matching.Crowd, vocabulary Vocabulary, most int) ([]uint64, error) {
	p := &promise{state: st, among: among, points: make([]int, 64*len(among))}
	steps := []func() error{
		func() error { return p.byOccupation(scorer) },
		func() error { return p.bySkills(scorer.Wanted(), vocabulary) },
		func() error {
			return p.byTerm(yearsField, func(term string) int {
				years, _ := strconv.Atoi(term)
				return scorer.Aspect("experience", matching.Person{Years: years})
			})
		},
		func() error {
			return p.byTerm(levelField, func(term string) int {
				level, _ := strconv.Atoi(term)
				return scorer.Aspect("education.level", matching.Person{Education: []matching.Education{{Level: level}}})
			})
		},
		func() error {
			return p.byTerm(studiedField, func(term string) int {
				return scorer.Aspect("education.field", matching.Person{Education: []matching.Education{{Field: term}}})
			})
		},
		func() error { return p.byLanguages(need, scorer) },
		func() error { return p.byWords(need, crowd, scorer) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return p.best(most), nil
}

// best returns the members with the most points.
func (p *promise) best(most int) []uint64 {
	members := slices.Collect(p.among.all())
	slices.SortFunc(members, func(a, b uint64) int {
		return cmp.Or(cmp.Compare(p.points[b], p.points[a]), cmp.Compare(a, b))
	})
	return members[:min(most, len(members))]
}

// raise lifts a person's points of one criterion to at least so many; over
// several terms the best counts.
type raise map[uint64]int

func (p *promise) lift(r raise, field, term string, points int) error {
	if points == 0 {
		return nil
	}
	return p.walk(field, term, func(n uint64) {
		if p.among.has(n) && points > r[n] {
			r[n] = points
		}
	})
}

// add adds what a criterion has given.
func (p *promise) add(r raise) {
	for n, points := range r {
		p.points[n] += points
	}
}

// byOccupation goes over the occupations that people have or had.
func (p *promise) byOccupation(scorer *matching.Scorer) error {
	best := raise{}
	for field, as := range map[string]func(string) matching.Person{
		iscoField: func(code string) matching.Person { return matching.Person{ISCO: code} },
		heldField: func(code string) matching.Person { return matching.Person{Posts: []matching.Post{{ISCO: code}}} },
	} {
		codes, err := p.terms(field, "", "")
		if err != nil {
			return err
		}
		for _, code := range codes {
			if err := p.lift(best, field, code, scorer.Aspect("occupation", as(code))); err != nil {
				return err
			}
		}
	}
	p.add(best)
	return nil
}

// bySkills goes over the concepts that people claim, with what each claim is worth.
func (p *promise) bySkills(wanted []matching.Wanted, vocabulary Vocabulary) error {
	claims, err := p.terms(claimField, "", "")
	if err != nil {
		return err
	}
	for _, w := range wanted {
		best := raise{}
		for _, claim := range claims {
			cut := strings.LastIndexByte(claim, '/')
			relation := vocabulary.Relation(w.Concept, claim[:max(cut, 0)])
			if relation == taxonomy.Unrelated {
				continue
			}
			worth, _ := strconv.Atoi(claim[cut+1:])
			points := w.Of * matching.Nearness(relation) / 1000 * worth / 1000
			if err := p.lift(best, claimField, claim, points); err != nil {
				return err
			}
		}
		p.add(best)
	}
	return nil
}

// byTerm goes over the terms of a field of which people have one or a few.
func (p *promise) byTerm(field string, worth func(term string) int) error {
	terms, err := p.terms(field, "", "")
	if err != nil {
		return err
	}
	best := raise{}
	for _, term := range terms {
		if err := p.lift(best, field, term, worth(term)); err != nil {
			return err
		}
	}
	p.add(best)
	return nil
}

// byLanguages gives what the weaker of two abilities gives.
func (p *promise) byLanguages(need matching.Need, scorer *matching.Scorer) error {
	for i, f := range need.Floors {
		var spoken, written [7]set
		for level := 1; level <= 6; level++ {
			var err error
			if spoken[level], err = p.having(speaksField, speaks(f.Language, "s", level)); err != nil {
				return err
			}
			if written[level], err = p.having(speaksField, speaks(f.Language, "w", level)); err != nil {
				return err
			}
		}
		for n := range p.among.all() {
			p.points[n] += scorer.Floor(i, reached(spoken, n), reached(written, n))
		}
	}
	return nil
}

// reached returns the highest level whose set has the document.
func reached(levels [7]set, n uint64) int {
	level := 0
	for level < 6 && levels[level+1].has(n) {
		level++
	}
	return level
}

// byWords adds what words in common give, in the measure of the text criterion.
func (p *promise) byWords(need matching.Need, crowd matching.Crowd, scorer *matching.Scorer) error {
	total := 0
	for _, t := range need.Terms {
		total += crowd.Word(t)
	}
	if total == 0 {
		return nil
	}
	weight := raise{}
	for _, t := range need.Terms {
		users, err := p.using(t.Stem)
		if err != nil {
			return err
		}
		for n := range p.among.and(users).all() {
			weight[n] += crowd.Word(t)
		}
	}
	for n, w := range weight {
		p.points[n] += scorer.WordPoints(w, total)
	}
	return nil
}
