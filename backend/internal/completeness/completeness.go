// SPDX-License-Identifier: AGPL-3.0-or-later

// Package completeness tells a person how much of their profile is filled in, and
// what would lift them for the needs that are open today. It scores nothing
// itself: the points are those of the ranking, asked need by need.
package completeness

import (
	"cmp"
	"context"
	"slices"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/search"
)

// Service measures profiles.
type Service struct {
	Registry *registry.Service
	Search   *search.Service
}

// Item is one thing that a whole profile says.
type Item struct {
	Name   string // "skills"
	Part   string // the part of the form in which it stands
	Field  string // and the field there
	Weight int    // of 100 together
	Done   bool
}

// Tip is one change that open needs want.
type Tip struct {
	Kind    string // "condition": without it the person is out; "lift": with it they score more
	What    string // the condition or the change, as matching names it
	Part    string // the part of the form in which it is mended
	Concept string // the skill that it is about; empty without one
	Label   string // the skill in the reader's language, or what the needs ask for
	Needs   int    // open needs that want it
	Gain    int    // points of 1000 that it would add, at most; 0 for a condition
	Example string // the reference of one of the needs
}

// Meter is how far a profile has come.
type Meter struct {
	Percent int
	Items   []Item
	Needs   int // open needs that were looked at
	Tips    []Tip
}

// items are what a whole profile says. The weights follow what the ranking looks
// at: skills, work, and the time that one has.
var items = []struct {
	Item
	done func(registry.Profile) bool
}{
	{Item{Name: "occupation", Part: "work", Field: "occupationTitle", Weight: 15}, func(p registry.Profile) bool { return p.OccupationTitle != "" && p.ISCO != "" }},
	{Item{Name: "skills", Part: "skills", Field: "skills", Weight: 15}, func(p registry.Profile) bool { return len(p.Skills) >= 3 }},
	{Item{Name: "experience", Part: "experience", Field: "experience", Weight: 15}, func(p registry.Profile) bool {
		return slices.ContainsFunc(p.Experience, func(e registry.Experience) bool { return e.From != "" })
	}},
	{Item{Name: "availability", Part: "stay", Field: "availability", Weight: 15}, func(p registry.Profile) bool { return len(p.Availability) > 0 }},
	{Item{Name: "languages", Part: "languages", Field: "languages", Weight: 10}, func(p registry.Profile) bool { return len(p.Languages) > 0 }},
	{Item{Name: "education", Part: "education", Field: "education", Weight: 10}, func(p registry.Profile) bool { return len(p.Education) > 0 }},
	{Item{Name: "years", Part: "work", Field: "yearsExperience", Weight: 5}, func(p registry.Profile) bool { return p.YearsExperience > 0 }},
	{Item{Name: "return", Part: "residence", Field: "rightOfReturn", Weight: 5}, func(p registry.Profile) bool { return p.RightOfReturn != "unknown" && p.RightOfReturn != "" }},
	{Item{Name: "phone", Part: "person", Field: "phone", Weight: 5}, func(p registry.Profile) bool { return p.Phone != "" }},
	{Item{Name: "summary", Part: "work", Field: "summary", Weight: 5}, func(p registry.Profile) bool { return p.Summary != "" }},
}

// conditionParts and changeParts say in which part of the form a condition is
// met, or a change made. What cannot be mended there is not among them.
var conditionParts = map[matching.Condition]string{
	matching.Availability: "stay", matching.Languages: "languages", matching.Licences: "licences",
	matching.RightOfReturn: "residence", matching.Modality: "stay", matching.Consent: "consents",
}

var changeParts = map[matching.Change]string{
	matching.AddSkill: "skills", matching.ProveSkill: "skills", matching.StateOccupation: "work", matching.ReachLevel: "languages",
	matching.StateLevel: "education", matching.StateField: "education", matching.StateYears: "work", matching.DatePosts: "experience",
	matching.CoverPeriod: "stay", matching.CompleteLicence: "licences", matching.OfferModality: "stay",
}

// How many needs are looked at, and tips shown.
const (
	mostNeeds = 50
	mostTips  = 5
)

// Mine measures the profile of the person who asks.
func (s *Service) Mine(ctx context.Context, who identity.Actor) (Meter, error) {
	card, err := s.Registry.Find(ctx, who, who.ProfessionalID)
	if err != nil {
		return Meter{}, err
	}
	m := Meter{}
	for _, i := range items {
		i.Done = i.done(card.Profile)
		if i.Done {
			m.Percent += i.Weight
		}
		m.Items = append(m.Items, i.Item)
	}
	suiting, err := s.Search.NeedsFor(ctx, who, who.ProfessionalID, mostNeeds)
	if err != nil {
		return Meter{}, err
	}
	m.Needs, m.Tips = len(suiting), tips(suiting)
	return m, nil
}

// tips gathers what the needs want. A need that more than one condition keeps
// the person from is left out: one change would not help there.
func tips(suiting []search.Suiting) []Tip {
	all := map[string]*Tip{}
	note := func(kind, what, part, concept, label string, gain int, need string) {
		key := kind + " " + what + " " + cmp.Or(concept, label)
		if kind == "condition" {
			key, label = kind+" "+what, ""
		}
		if all[key] == nil {
			all[key] = &Tip{Kind: kind, What: what, Part: part, Concept: concept, Label: label, Example: need}
		}
		all[key].Needs++
		all[key].Gain = max(all[key].Gain, gain)
	}
	for _, n := range suiting {
		if len(n.Blocked) > 1 {
			continue
		}
		for _, c := range n.Blocked {
			if part := conditionParts[c]; part != "" {
				note("condition", string(c), part, "", "", 0, n.Need.Reference)
			}
		}
		for _, l := range n.Lifts {
			if part := changeParts[l.Change]; part != "" {
				note("lift", string(l.Change), part, l.Concept, cmp.Or(l.ConceptLabel, l.Need), l.Gain, n.Need.Reference)
			}
		}
	}
	return best(all)
}

// best returns the few tips that count most: conditions first, since without them
// a person is out; then what most needs want; then what adds most.
func best(all map[string]*Tip) []Tip {
	out := make([]Tip, 0, len(all))
	for _, t := range all {
		out = append(out, *t)
	}
	slices.SortFunc(out, func(a, b Tip) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(b.Needs, a.Needs), cmp.Compare(b.Gain, a.Gain), cmp.Compare(a.What+a.Label, b.What+b.Label))
	})
	return out[:min(len(out), mostTips)]
}
