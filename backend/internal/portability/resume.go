// SPDX-License-Identifier: AGPL-3.0-or-later

package portability

import (
	"strconv"
	"strings"

	"sankofa/backend/internal/registry"
)

// Resume is the profile as JSON Resume 1.0.0 spells it (jsonresume.org/schema), for
// other programs to read. What that schema has no place for is left to the full export.
type Resume struct {
	Schema       string        `json:"$schema"`
	Basics       Basics        `json:"basics"`
	Work         []Work        `json:"work"`
	Education    []Study       `json:"education"`
	Certificates []Certificate `json:"certificates"`
	Skills       []Ability     `json:"skills"`
	Languages    []Tongue      `json:"languages"`
}

// Basics are name and contact.
type Basics struct {
	Name     string   `json:"name"`
	Label    string   `json:"label,omitempty"`
	Email    string   `json:"email,omitempty"`
	Phone    string   `json:"phone,omitempty"`
	Summary  string   `json:"summary,omitempty"`
	Location Location `json:"location"`
}

// Location is where the person lives.
type Location struct {
	City        string `json:"city,omitempty"`
	CountryCode string `json:"countryCode,omitempty"`
}

// Work is a post.
type Work struct {
	Name      string `json:"name,omitempty"`
	Position  string `json:"position"`
	Location  string `json:"location,omitempty"`
	StartDate string `json:"startDate,omitempty"`
	EndDate   string `json:"endDate,omitempty"`
	Summary   string `json:"summary,omitempty"`
}

// Study is an education.
type Study struct {
	Institution string `json:"institution,omitempty"`
	Area        string `json:"area,omitempty"`
	StudyType   string `json:"studyType,omitempty"`
	EndDate     string `json:"endDate,omitempty"`
}

// Certificate is a registration with a council.
type Certificate struct {
	Name   string `json:"name"`
	Issuer string `json:"issuer"`
	Date   string `json:"date,omitempty"`
}

// Ability is a skill.
type Ability struct {
	Name  string `json:"name"`
	Level string `json:"level,omitempty"`
}

// Tongue is a language.
type Tongue struct {
	Language string `json:"language"`
	Fluency  string `json:"fluency"`
}

// levels of a skill, in the words of the screens.
var levels = []string{"", "basic", "independent", "advanced", "expert"}

// ResumeOf spells a profile as JSON Resume.
func ResumeOf(p registry.Profile) Resume {
	r := Resume{Schema: "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
		Basics: Basics{Name: strings.TrimSpace(p.GivenName + " " + p.FamilyName), Label: p.OccupationTitle, Email: p.Email, Phone: p.Phone,
			Summary: p.Summary, Location: Location{City: p.ResidencePlace, CountryCode: p.ResidenceCountry}},
		Work: []Work{}, Education: []Study{}, Certificates: []Certificate{}, Skills: []Ability{}, Languages: []Tongue{}}
	for _, e := range p.Experience {
		r.Work = append(r.Work, Work{Name: e.Employer, Position: e.Title, Location: e.Country, StartDate: string(e.From), EndDate: string(e.To), Summary: e.Description})
	}
	for _, e := range p.Education {
		r.Education = append(r.Education, Study{Institution: e.Institution, Area: e.Field, StudyType: e.Title, EndDate: year(e.Year)})
	}
	for _, l := range p.Licences {
		r.Certificates = append(r.Certificates, Certificate{Name: strings.TrimSpace("Registration " + l.Number), Issuer: l.Body, Date: string(l.ValidFrom)})
	}
	for _, s := range p.Skills {
		level := ""
		if s.Level > 0 && s.Level < len(levels) {
			level = levels[s.Level]
		}
		r.Skills = append(r.Skills, Ability{Name: s.Label, Level: level})
	}
	for _, l := range p.Languages {
		fluency := "native"
		if !l.Native {
			fluency = l.Interaction.String()
		}
		r.Languages = append(r.Languages, Tongue{Language: l.Language, Fluency: fluency})
	}
	return r
}

// year spells a year; zero is not said.
func year(y int) string {
	if y == 0 {
		return ""
	}
	return strconv.Itoa(y)
}
