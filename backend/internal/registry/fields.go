// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"encoding/json"
	"strconv"

	"sankofa/backend/internal/day"
)

// field is one thing that people write about a professional: how requests spell
// it, how it reads as text, and how it is copied.
type field struct {
	name    string
	section bool // a list: its text is JSON
	text    func(*Profile) string
	copy    func(to, from *Profile)
	read    func(to *Profile, text string) error // the other way round: of what the history keeps
}

// fields are all of them. Whatever is not here – state, pseudonym, visibility –
// cannot be set by writing a profile.
var fields = []field{
	word("givenName", func(p *Profile) *string { return &p.GivenName }),
	word("familyName", func(p *Profile) *string { return &p.FamilyName }),
	word("email", func(p *Profile) *string { return &p.Email }),
	word("phone", func(p *Profile) *string { return &p.Phone }),
	word("sex", func(p *Profile) *string { return &p.Sex }),
	word("birthDate", func(p *Profile) *day.Day { return &p.BirthDate }),
	word("originCountry", func(p *Profile) *string { return &p.OriginCountry }),
	word("originLink", func(p *Profile) *string { return &p.OriginLink }),
	word("residenceCountry", func(p *Profile) *string { return &p.ResidenceCountry }),
	word("residencePlace", func(p *Profile) *string { return &p.ResidencePlace }),
	word("residenceStatus", func(p *Profile) *string { return &p.ResidenceStatus }),
	word("rightOfReturn", func(p *Profile) *string { return &p.RightOfReturn }),
	word("rightOfReturnUntil", func(p *Profile) *day.Day { return &p.RightOfReturnUntil }),
	word("occupationTitle", func(p *Profile) *string { return &p.OccupationTitle }),
	word("isco", func(p *Profile) *string { return &p.ISCO }),
	number("yearsExperience", func(p *Profile) *int { return &p.YearsExperience }),
	word("summary", func(p *Profile) *string { return &p.Summary }),
	word("cvText", func(p *Profile) *string { return &p.CVText }),
	word("cvLanguage", func(p *Profile) *string { return &p.CVLanguage }),
	flag("onsite", func(p *Profile) *bool { return &p.Onsite }),
	flag("virtual", func(p *Profile) *bool { return &p.Virtual }),
	flag("hybrid", func(p *Profile) *bool { return &p.Hybrid }),
	number("longestDays", func(p *Profile) *int { return &p.LongestDays }),
	number("noticeDays", func(p *Profile) *int { return &p.NoticeDays }),
	section("skills", func(p *Profile) *[]Skill { return &p.Skills }, func(s Skill) writtenSkill { return writtenSkill(s) },
		func(s writtenSkill) Skill { return Skill(s) }),
	section("languages", func(p *Profile) *[]Language { return &p.Languages }, func(l Language) writtenLanguage { return writtenLanguage(l) },
		func(l writtenLanguage) Language { return Language(l) }),
	section("education", func(p *Profile) *[]Education { return &p.Education }, func(e Education) writtenEducation { return writtenEducation(e) },
		func(e writtenEducation) Education { return Education(e) }),
	section("licences", func(p *Profile) *[]Licence { return &p.Licences }, func(l Licence) writtenLicence { return writtenLicence(l) },
		func(l writtenLicence) Licence { return Licence(l) }),
	section("experience", func(p *Profile) *[]Experience { return &p.Experience }, func(e Experience) writtenExperience { return writtenExperience(e) },
		func(e writtenExperience) Experience { return Experience(e) }),
	section("availability", func(p *Profile) *[]Window { return &p.Availability }, func(w Window) writtenWindow { return writtenWindow(w) },
		func(w writtenWindow) Window { return Window(w) }),
}

func word[T ~string](name string, at func(*Profile) *T) field {
	return field{name: name,
		text: func(p *Profile) string { return string(*at(p)) },
		copy: func(to, from *Profile) { *at(to) = *at(from) },
		read: func(to *Profile, text string) error { *at(to) = T(text); return nil }}
}

func number(name string, at func(*Profile) *int) field {
	return field{name: name,
		text: func(p *Profile) string { return strconv.Itoa(*at(p)) },
		copy: func(to, from *Profile) { *at(to) = *at(from) },
		read: func(to *Profile, text string) (err error) { *at(to), err = strconv.Atoi(text); return err }}
}

func flag(name string, at func(*Profile) *bool) field {
	return field{name: name,
		text: func(p *Profile) string { return strconv.FormatBool(*at(p)) },
		copy: func(to, from *Profile) { *at(to) = *at(from) },
		read: func(to *Profile, text string) (err error) { *at(to), err = strconv.ParseBool(text); return err }}
}

func section[T, W any](name string, at func(*Profile) *[]T, written func(T) W, back func(W) T) field {
	return field{name: name, section: true,
		text: func(p *Profile) string {
			rows := make([]W, 0, len(*at(p)))
			for _, row := range *at(p) {
				rows = append(rows, written(row))
			}
			text, _ := json.Marshal(rows) // plain structs of text and numbers always encode
			return string(text)
		},
		copy: func(to, from *Profile) { *at(to) = *at(from) },
		read: func(to *Profile, text string) error {
			var rows []W
			if err := json.Unmarshal([]byte(text), &rows); err != nil {
				return err
			}
			out := make([]T, 0, len(rows))
			for _, row := range rows {
				out = append(out, back(row))
			}
			*at(to) = out
			return nil
		}}
}

// overwrite copies what people may write from one profile into another and
// returns the fields that differ, with what each held before.
func overwrite(to, from *Profile) []change {
	var changed []change
	for _, f := range fields {
		before, after := f.text(to), f.text(from)
		if before != after {
			changed = append(changed, change{field: f.name, section: f.section, before: before, after: after})
			f.copy(to, from)
		}
	}
	return changed
}

// change is one field that a writer changed.
type change struct {
	field, before, after string
	section              bool
}

// names lists the changed fields, for the ledger: never their values.
func names(changes []change) []string {
	out := make([]string, len(changes))
	for i, c := range changes {
		out[i] = c.field
	}
	return out
}

// The written… types spell the rows of a section in the history as requests
// spell them, without what the database adds. Converting to them keeps them in
// step with the rows: a field missing here does not compile.
type (
	writtenSkill struct {
		ID             string   `json:"-"`
		ProfessionalID string   `json:"-"`
		Position       int      `json:"-"`
		Concept        string   `json:"concept"`
		Label          string   `json:"label"`
		Level          int      `json:"level"`
		Years          int      `json:"years"`
		LastUsed       int      `json:"lastUsed"`
		Evidence       Evidence `json:"evidence"`
	}
	writtenLanguage struct {
		ProfessionalID string `json:"-"`
		Language       string `json:"language"`
		Native         bool   `json:"native"`
		Listening      CEFR   `json:"listening"`
		Reading        CEFR   `json:"reading"`
		Interaction    CEFR   `json:"interaction"`
		Production     CEFR   `json:"production"`
		Writing        CEFR   `json:"writing"`
	}
	writtenEducation struct {
		ID             string `json:"-"`
		ProfessionalID string `json:"-"`
		Position       int    `json:"-"`
		Level          int    `json:"level"`
		Field          string `json:"field"`
		Title          string `json:"title"`
		Institution    string `json:"institution"`
		Country        string `json:"country"`
		Year           int    `json:"year"`
	}
	writtenLicence struct {
		ID             string  `json:"-"`
		ProfessionalID string  `json:"-"`
		Position       int     `json:"-"`
		Body           string  `json:"body"`
		Number         string  `json:"number"`
		Country        string  `json:"country"`
		ISCO           string  `json:"isco"`
		ValidFrom      day.Day `json:"validFrom"`
		ValidUntil     day.Day `json:"validUntil"`
		GoodStandingOn day.Day `json:"goodStandingOn"`
		DocumentID     string  `json:"documentId,omitempty"`
	}
	writtenExperience struct {
		ID             string  `json:"-"`
		ProfessionalID string  `json:"-"`
		Position       int     `json:"-"`
		Title          string  `json:"title"`
		ISCO           string  `json:"isco"`
		Employer       string  `json:"employer"`
		Country        string  `json:"country"`
		From           day.Day `json:"from"`
		To             day.Day `json:"to"`
		Description    string  `json:"description"`
	}
	writtenWindow struct {
		ID             string  `json:"-"`
		ProfessionalID string  `json:"-"`
		Position       int     `json:"-"`
		From           day.Day `json:"from"`
		To             day.Day `json:"to"`
	}
)
