// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

import (
	"cmp"
	"slices"

	"sankofa/backend/internal/registry"
)

// Lift is a change of a profile that would raise its score for a need. The gain
// is what the changed person scores more; nobody has guessed it.
type Lift struct {
	Name         string `json:"name" doc:"The criterion that the change is about, such as skill.required"`
	Change       Change `json:"change" enum:"add_skill,prove_skill,state_occupation,reach_level,state_level,state_field,state_years,date_posts,cover_period,complete_licence,offer_modality" doc:"What to change"`
	Concept      string `json:"concept" doc:"The concept that it is about; empty without one"`
	ConceptLabel string `json:"conceptLabel" doc:"The concept in the reader's language"`
	Need         string `json:"need" doc:"What the need asks for, in its own words"`
	Gain         int    `json:"gain" doc:"Points that the change would add to the score, by scoring the changed profile"`
}

// Change names what a person can change of a profile.
type Change string

// The changes. None asks somebody to be somebody else: an occupation, an
// education or years that the profile states stay as they are.
const (
	AddSkill        Change = "add_skill"        // say that one has the skill, and in which post it was used
	ProveSkill      Change = "prove_skill"      // have a referee confirm it
	StateOccupation Change = "state_occupation" // choose the code of one's occupation
	ReachLevel      Change = "reach_level"      // state, or learn, a language as far as is asked
	StateLevel      Change = "state_level"      // enter one's education
	StateField      Change = "state_field"      // enter the field of one's education
	DatePosts       Change = "date_posts"       // enter from when to when one held one's posts
	StateYears      Change = "state_years"      // enter one's years of experience
	CoverPeriod     Change = "cover_period"     // be free for the whole period
	CompleteLicence Change = "complete_licence" // enter what a licence is for and how long it holds
	OfferModality   Change = "offer_modality"   // work in the way that is asked
)

// mostLifts is how many changes a reader is shown.
const mostLifts = 3

// Lifts returns the few changes that would raise a person's score most, each
// scored by itself; of the same gain the criterion that comes first.
func (s *Scorer) Lifts(p Person, r Result) []Lift {
	shares := make([]int, len(s.rules))
	for i, rule := range s.rules {
		shares[i] = rule.judge(p).share
	}
	return s.lifts(p, r, func(changed Person, criterion string) int {
		of, score := s.of(ClassOf(s.need, changed)), 0
		for i, rule := range s.rules {
			share := shares[i]
			if slices.Contains(touched[criterion], rule.name) {
				share = rule.judge(changed).share
			}
			score += worth(of[i], share)
		}
		return score
	})
}

// touched says which criteria look at what a change to please one of them changes.
// None changes the words of the texts, which take longest to compare.
var touched = map[string][]string{
	ByOccupation:     {ByOccupation},
	ByRequiredSkill:  {ByRequiredSkill, ByDesirableSkill, ByTopics},
	ByDesirableSkill: {ByRequiredSkill, ByDesirableSkill, ByTopics},
	ByLanguage:       {ByLanguage},
	ByLevel:          {ByLevel, ByField},
	ByField:          {ByLevel, ByField},
	ByExperience:     {ByExperience},
	ByRecency:        {ByRecency, ByExperience, ByOccupation},
	ByAvailability:   {ByAvailability},
	ByLicence:        {ByLicence},
	ByModality:       {ByModality},
}

// lifts finds the changes; scored returns the score of a person who has changed to
// please a criterion.
func (s *Scorer) lifts(p Person, r Result, scored func(changed Person, criterion string) int) []Lift {
	lifts := []Lift{}
	for i, c := range r.Criteria {
		if c.Points == c.Of {
			continue
		}
		change, changed := s.changed(s.rules[i], c, p)
		if change == "" {
			continue
		}
		if gain := scored(changed, c.Name) - r.Score; gain > 0 {
			lifts = append(lifts, Lift{Name: c.Name, Change: change, Concept: c.Concept, Need: c.Evidence.Need, Gain: gain})
		}
	}
	slices.SortStableFunc(lifts, func(a, b Lift) int { return cmp.Compare(b.Gain, a.Gain) })
	return lifts[:min(len(lifts), mostLifts)]
}

// changed returns the person after the change that a criterion suggests, and its
// name; an empty name says that there is none.
func (s *Scorer) changed(of rule, c Criterion, p Person) (Change, Person) {
	n := s.need
	switch c.Name {
	case ByOccupation:
		if p.ISCO == "" && c.Source == "" {
			p.ISCO = append(slices.Clone(p.Linked), n.Groups()...)[0].ISCO
			return StateOccupation, p
		}
	case ByRequiredSkill, ByDesirableSkill:
		return skilled(*of.wish, c, p)
	case ByLanguage:
		return fluent(*of.floor, c, p)
	case ByLevel, ByField:
		if c.Status == Unknown {
			p.Education = append(slices.Clone(p.Education), Education{Level: n.EducationLevel, Field: n.EducationField})
			return map[string]Change{ByLevel: StateLevel, ByField: StateField}[c.Name], p
		}
	case ByExperience:
		if c.Status == Unknown {
			p.Years = n.Years
			return StateYears, p
		}
	case ByRecency:
		if c.Status == Unknown && len(p.Posts) > 0 {
			p.Posts = slices.Clone(p.Posts)
			for i := range p.Posts {
				if !p.Posts[i].From.Valid() {
					p.Posts[i].From = n.Starts.Add(-fresh)
				}
			}
			return DatePosts, p
		}
	case ByAvailability:
		p.Windows = []Window{{From: n.Starts, To: n.Ends}}
		p.LongestDays = max(p.LongestDays, n.length())
		return CoverPeriod, p
	case ByLicence:
		p.Licences = append(slices.Clone(p.Licences), Licence{ISCO: n.ISCO, Until: n.Ends})
		return CompleteLicence, p
	case ByModality:
		p.offer(n.Modality)
		return OfferModality, p
	}
	return "", p
}

// skilled gives the person the skill, or where they have it a referee for it.
func skilled(w Wish, c Criterion, p Person) (Change, Person) {
	p.Claims = slices.Clone(p.Claims)
	for i, claim := range p.Claims {
		if c.Relation == "same" && claim.Concept == w.Concept && claim.Words == c.Evidence.Person {
			p.Claims[i].Evidence = registry.ByReferee
			return ProveSkill, p
		}
	}
	if w.Concept != "" {
		p.Skills++
	}
	p.Claims = append(p.Claims, Claim{Concept: w.Concept, Words: w.Label, Terms: w.Terms, Source: FromSkills,
		Evidence: registry.WithExperience, Level: advanced})
	return AddSkill, p
}

// advanced is the level that somebody is taken to have who adds a skill.
const advanced = 3

// fluent lets the person reach the floor of a language, if they are below it.
func fluent(f Floor, c Criterion, p Person) (Change, Person) {
	known := p.language(f.Language)
	if known.Spoken >= f.Spoken && known.Written >= f.Written && c.Status != Unknown {
		return "", p
	}
	reached := Language{Language: f.Language, Spoken: max(known.Spoken, f.Spoken), Written: max(known.Written, f.Written)}
	p.Languages = append([]Language{reached}, p.Languages...)
	return ReachLevel, p
}

// offer adds a way of working.
func (p *Person) offer(modality string) {
	switch modality {
	case "onsite":
		p.Onsite = true
	case "virtual":
		p.Virtual = true
	case "hybrid":
		p.Hybrid = true
	}
}
