// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import (
	"encoding/json"
	"fmt"

	"sankofa/backend/internal/registry"
)

// Frozen is a profile as it was at the shortlist, for readers who may know who
// it is and for those who may not. Later edits do not reach it (feature 73).
type Frozen struct {
	Named Card `json:"named"`
	Blind Card `json:"blind"`
}

// Card is what a host or a ministry reads about a person: qualifications, and
// neither contact nor sex nor date of birth.
type Card struct {
	Pseudonym        string           `json:"pseudonym"`
	GivenName        string           `json:"givenName"`
	FamilyName       string           `json:"familyName"`
	OriginCountry    string           `json:"originCountry"`
	ResidenceCountry string           `json:"residenceCountry"`
	OccupationTitle  string           `json:"occupationTitle"`
	ISCO             string           `json:"isco"`
	YearsExperience  int              `json:"yearsExperience"`
	Summary          string           `json:"summary"`
	CVText           string           `json:"cvText"`
	CVLanguage       string           `json:"cvLanguage"`
	Onsite           bool             `json:"onsite"`
	Virtual          bool             `json:"virtual"`
	Hybrid           bool             `json:"hybrid"`
	LongestDays      int              `json:"longestDays"`
	NoticeDays       int              `json:"noticeDays"`
	Skills           []CardSkill      `json:"skills"`
	Languages        []CardLanguage   `json:"languages"`
	Education        []CardEducation  `json:"education"`
	Licences         []CardLicence    `json:"licences"`
	Experience       []CardExperience `json:"experience"`
	Availability     []CardWindow     `json:"availability"`
}

// CardSkill is a skill on a card.
type CardSkill struct {
	Concept  string `json:"concept"`
	Label    string `json:"label"`
	Level    int    `json:"level" doc:"1 basic, 2 independent, 3 advanced, 4 expert."`
	Years    int    `json:"years"`
	LastUsed int    `json:"lastUsed"`
	Evidence string `json:"evidence"`
}

// CardLanguage is a language on a card, with CEFR levels.
type CardLanguage struct {
	Language    string `json:"language"`
	Native      bool   `json:"native"`
	Listening   string `json:"listening"`
	Reading     string `json:"reading"`
	Interaction string `json:"interaction"`
	Production  string `json:"production"`
	Writing     string `json:"writing"`
}

// CardEducation is a completed education on a card.
type CardEducation struct {
	Level       int    `json:"level" doc:"ISCED 2011."`
	Field       string `json:"field"`
	Title       string `json:"title"`
	Institution string `json:"institution"`
	Country     string `json:"country"`
	Year        int    `json:"year"`
}

// CardLicence is a registration with a council on a card, without its number.
type CardLicence struct {
	Body           string `json:"body"`
	Country        string `json:"country"`
	ISCO           string `json:"isco"`
	ValidFrom      string `json:"validFrom"`
	ValidUntil     string `json:"validUntil"`
	GoodStandingOn string `json:"goodStandingOn"`
}

// CardExperience is a post on a card.
type CardExperience struct {
	Title       string `json:"title"`
	ISCO        string `json:"isco"`
	Employer    string `json:"employer"`
	Country     string `json:"country"`
	From        string `json:"from"`
	To          string `json:"to"`
	Description string `json:"description"`
}

// CardWindow is a period on a card in which the person is free.
type CardWindow struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// freeze returns the profile as it is now, to be kept.
func freeze(p registry.Profile) (string, error) {
	text, err := json.Marshal(Frozen{Named: cardOf(p.Reserved()), Blind: cardOf(p.Blind())})
	if err != nil {
		return "", fmt.Errorf("freeze profile: %w", err)
	}
	return string(text), nil
}

// thaw reads a frozen profile: the open card, or the one that names nobody.
func thaw(text string, named bool) (*Card, error) {
	if text == "" {
		return nil, nil
	}
	var f Frozen
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		return nil, fmt.Errorf("read frozen profile: %w", err)
	}
	if named {
		return &f.Named, nil
	}
	return &f.Blind, nil
}

func cardOf(p registry.Profile) Card {
	return Card{
		Pseudonym: p.Pseudonym, GivenName: p.GivenName, FamilyName: p.FamilyName, OriginCountry: p.OriginCountry,
		ResidenceCountry: p.ResidenceCountry, OccupationTitle: p.OccupationTitle, ISCO: p.ISCO, YearsExperience: p.YearsExperience,
		Summary: p.Summary, CVText: p.CVText, CVLanguage: p.CVLanguage, Onsite: p.Onsite, Virtual: p.Virtual, Hybrid: p.Hybrid,
		LongestDays: p.LongestDays, NoticeDays: p.NoticeDays,
		Skills: each(p.Skills, func(s registry.Skill) CardSkill {
			return CardSkill{Concept: s.Concept, Label: s.Label, Level: s.Level, Years: s.Years, LastUsed: s.LastUsed, Evidence: string(s.Evidence)}
		}),
		Languages: each(p.Languages, func(l registry.Language) CardLanguage {
			return CardLanguage{Language: l.Language, Native: l.Native, Listening: l.Listening.String(), Reading: l.Reading.String(),
				Interaction: l.Interaction.String(), Production: l.Production.String(), Writing: l.Writing.String()}
		}),
		Education: each(p.Education, func(e registry.Education) CardEducation {
			return CardEducation{Level: e.Level, Field: e.Field, Title: e.Title, Institution: e.Institution, Country: e.Country, Year: e.Year}
		}),
		Licences: each(p.Licences, func(l registry.Licence) CardLicence {
			return CardLicence{Body: l.Body, Country: l.Country, ISCO: l.ISCO, ValidFrom: string(l.ValidFrom),
				ValidUntil: string(l.ValidUntil), GoodStandingOn: string(l.GoodStandingOn)}
		}),
		Experience: each(p.Experience, func(e registry.Experience) CardExperience {
			return CardExperience{Title: e.Title, ISCO: e.ISCO, Employer: e.Employer, Country: e.Country, From: string(e.From),
				To: string(e.To), Description: e.Description}
		}),
		Availability: each(p.Availability, func(w registry.Window) CardWindow { return CardWindow{From: string(w.From), To: string(w.To)} }),
	}
}

// each converts a slice; the result is never nil, so that JSON says [] and not null.
func each[A, B any](in []A, f func(A) B) []B {
	out := make([]B, 0, len(in))
	for _, one := range in {
		out = append(out, f(one))
	}
	return out
}
