// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import (
	"encoding/json"
	"fmt"
	"strconv"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// RuleResult is what one rule of eligibility found about a person. The rules propose;
// a coordinator decides, and what they found is kept with the decision.
type RuleResult struct {
	Rule    string `json:"rule" enum:"consent,profile,years,education,licence,modality,stay,language"`
	What    string `json:"what" doc:"Which language, or empty."`
	Outcome string `json:"outcome" enum:"met,not_met"`
	Asked   string `json:"asked" doc:"What the need asks for."`
	Found   string `json:"found" doc:"What the profile says."`
}

// RulesOf compares a profile with what the need asks for without exception: of its
// positions, the one that the person stands for.
func RulesOf(p registry.Profile, t needs.Terms, position *string, sharing bool, today day.Day) []RuleResult {
	all := []RuleResult{
		rule("consent", "", sharing, "", ""),
		rule("profile", "", p.Visible, "", ""),
		rule("years", "", p.YearsExperience >= t.YearsExperience, strconv.Itoa(t.YearsExperience), strconv.Itoa(p.YearsExperience)),
		rule("modality", "", works(p, t.Modality), t.Modality, ""),
	}
	if t.EducationLevel > 0 {
		best := 0
		for _, e := range p.Education {
			best = max(best, e.Level)
		}
		all = append(all, rule("education", "", best >= t.EducationLevel, strconv.Itoa(t.EducationLevel), strconv.Itoa(best)))
	}
	if t.LicensedFor(position) {
		until := licensedUntil(p, today)
		all = append(all, rule("licence", "", until != "", t.Regulator, until))
	}
	if p.LongestDays > 0 && t.StartsOn != "" && t.EndsOn != "" {
		shortest := t.ShortestDays
		if shortest == 0 {
			shortest = t.Days()
		}
		all = append(all, rule("stay", "", t.Relay || p.LongestDays >= shortest, strconv.Itoa(shortest), strconv.Itoa(p.LongestDays)))
	}
	for _, floor := range t.Languages {
		if floor.Required {
			all = append(all, languageRule(p, floor))
		}
	}
	return all
}

func rule(name, what string, met bool, asked, found string) RuleResult {
	outcome := "not_met"
	if met {
		outcome = "met"
	}
	return RuleResult{Rule: name, What: what, Outcome: outcome, Asked: asked, Found: found}
}

// licensedUntil is how long a licence of the person holds: a day, "open" for one that
// does not end, or nothing.
func licensedUntil(p registry.Profile, today day.Day) string {
	until := ""
	for _, l := range p.Licences {
		if l.ValidUntil == "" {
			return "open"
		}
		if l.ValidUntil >= today {
			until = max(until, string(l.ValidUntil))
		}
	}
	return until
}

func languageRule(p registry.Profile, floor needs.LanguageFloor) RuleResult {
	asked := floor.Spoken.String() + " " + floor.Written.String()
	for _, l := range p.Languages {
		if l.Language != floor.Language {
			continue
		}
		spoken, written := min(l.Listening, l.Interaction), min(l.Reading, l.Writing)
		met := l.Native || spoken >= floor.Spoken && written >= floor.Written
		return rule("language", floor.Language, met, asked, spoken.String()+" "+written.String())
	}
	return rule("language", floor.Language, false, asked, "")
}

// rulesIn compares the person of a candidacy as they are today.
func rulesIn(tx *store.Tx, c Candidacy, sharing bool) ([]RuleResult, error) {
	people, err := registry.ProfilesIn(tx, []string{c.ProfessionalID})
	if err != nil || len(people) == 0 {
		return nil, err
	}
	terms, err := needs.TermsIn(tx, []string{c.NeedID})
	if err != nil || len(terms) == 0 {
		return nil, err
	}
	return RulesOf(people[0], terms[0], c.PositionID, sharing, day.Day(tx.Today())), nil
}

// kept are the results that stand with a candidacy.
func (c Candidacy) kept() ([]RuleResult, error) {
	all := []RuleResult{}
	if c.Rules == "" {
		return all, nil
	}
	if err := json.Unmarshal([]byte(c.Rules), &all); err != nil {
		return nil, fmt.Errorf("read rule results: %w", err)
	}
	return all, nil
}

// keepRules writes what the rules found beside the decision about them.
func (c *Candidacy) keepRules(found []RuleResult) error {
	text, err := json.Marshal(found)
	if err != nil {
		return fmt.Errorf("write rule results: %w", err)
	}
	c.Rules = string(text)
	return nil
}

// works tells whether the person works in that way.
func works(p registry.Profile, modality string) bool {
	switch modality {
	case "virtual":
		return p.Virtual
	case "hybrid":
		return p.Hybrid || p.Onsite
	}
	return p.Onsite
}
