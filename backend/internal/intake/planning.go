// SPDX-License-Identifier: AGPL-3.0-or-later

package intake

import (
	"slices"
	"strings"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/sheets"
)

// Problem is one thing wrong with one value: where, what, why, and how to mend it.
type Problem struct {
	Row        int
	Column     string // its letter; empty when it is about a column that is not there
	Header     string
	Field      Field
	Value      string
	Code       string // stable, the key of a translation
	Message    string // the English sentence
	Suggestion string // what may be meant
	Optional   bool   // the person can be brought in without it
}

// Remark is something about a row that stops nothing: a level that was taken for
// granted, a title that no concept is known for.
type Remark struct {
	Field Field
	Code  string
	Words string
}

// Linked is a concept that words of a row were taken for.
type Linked struct {
	Field Field
	Words string
	Link
}

// Planned is what one row would write.
type Planned struct {
	Number   int
	Profile  registry.Profile
	Problems []Problem
	Remarks  []Remark
	Links    []Linked
	gives    map[string]bool // the fields of the profile that the row says something about
}

// valid tells whether the row can be brought in.
func (p *Planned) valid(lenient bool) bool {
	return !slices.ContainsFunc(p.Problems, func(one Problem) bool { return !lenient || !one.Optional })
}

// planner turns rows into profiles.
type planner struct {
	words    Vocabulary
	check    func(*registry.Profile) error
	settings Settings
	columns  []Column
	speaks   string // the language of titles and skills
	today    day.Day
}

// row is one row while it is read.
type row struct {
	*planner
	Planned
	cells sheets.Row
}

// plan reads one row.
func (pl *planner) plan(cells sheets.Row) Planned {
	r := &row{planner: pl, cells: cells, Planned: Planned{Number: cells.Number, gives: map[string]bool{}}}
	p := &r.Profile
	p.OriginCountry, p.ResidenceCountry, p.OriginLink = pl.settings.OriginCountry, pl.settings.ResidenceCountry, pl.settings.OriginLink
	for _, f := range order {
		for i := range pl.columns {
			c := &pl.columns[i]
			if c.Field != f {
				continue
			}
			if value := sheets.Unsafe(cells.Cell(c.Index)); value != "" && !blank[strings.ToLower(value)] {
				readers[f](r, c, value)
			}
		}
	}
	r.together()
	r.verify()
	return r.Planned
}

// blank are words for nothing.
var blank = map[string]bool{"-": true, "--": true, "n/a": true, "na": true, "n.a.": true, "null": true, "none": true, "/": true, "?": true, ".": true, "néant": true, "nd": true}

// order is that in which fields are read: countries before telephone numbers,
// which are dialled there.
var order = []Field{GivenName, FamilyName, FullName, Email, OriginCountry, ResidenceCountry, ResidencePlace, Phone, Sex, BirthDate, OriginLink, ResidenceStatus,
	Occupation, Years, Employer, Skills, Languages, LanguageLevel, EducationLevel, EducationField, Institution, EducationYear, LicenceBody, LicenceNumber,
	Summary, Modality, AvailableFrom, AvailableTo}

// readers read one value each.
var readers = map[Field]func(*row, *Column, string){
	GivenName:  func(r *row, c *Column, v string) { r.Profile.GivenName = r.line(c, v, "givenName") },
	FamilyName: func(r *row, c *Column, v string) { r.Profile.FamilyName = r.line(c, v, "familyName") },
	FullName:   (*row).fullName, Email: (*row).email, Phone: (*row).phone,
	OriginCountry:    func(r *row, c *Column, v string) { r.country(c, v, &r.Profile.OriginCountry, "originCountry") },
	ResidenceCountry: func(r *row, c *Column, v string) { r.country(c, v, &r.Profile.ResidenceCountry, "residenceCountry") },
	ResidencePlace:   func(r *row, c *Column, v string) { r.Profile.ResidencePlace = r.line(c, v, "residencePlace") },
	Sex:              func(r *row, c *Column, v string) { r.choose(c, v, sexes, &r.Profile.Sex, "sex") },
	OriginLink:       func(r *row, c *Column, v string) { r.choose(c, v, links, &r.Profile.OriginLink, "originLink") },
	ResidenceStatus: func(r *row, c *Column, v string) {
		r.choose(c, v, statuses, &r.Profile.ResidenceStatus, "residenceStatus")
	},
	BirthDate: func(r *row, c *Column, v string) {
		if d, ok := r.date(c, v); ok {
			r.Profile.BirthDate, r.gives["birthDate"] = d, true
		}
	},
	Occupation: (*row).occupation, Years: (*row).years, Employer: (*row).employer,
	Skills: (*row).skills, Languages: (*row).languages, LanguageLevel: (*row).languageLevel,
	EducationLevel: (*row).educationLevel, EducationField: (*row).educationField,
	Institution:   func(r *row, c *Column, v string) { r.education().Institution = r.line(c, v, "education") },
	EducationYear: (*row).educationYear,
	LicenceBody:   func(r *row, c *Column, v string) { r.licence().Body = r.line(c, v, "licences") },
	LicenceNumber: func(r *row, c *Column, v string) { r.licence().Number = r.line(c, v, "licences") },
	Summary:       func(r *row, _ *Column, v string) { r.Profile.Summary, r.gives["summary"] = v, true },
	Modality:      (*row).modality,
	AvailableFrom: func(r *row, c *Column, v string) {
		if d, ok := r.date(c, v); ok {
			r.window().From = d
		}
	},
	AvailableTo: func(r *row, c *Column, v string) {
		if d, ok := r.date(c, v); ok {
			r.window().To = d
		}
	},
}

// wrong records a problem with the value of a column.
func (r *row) wrong(c *Column, value, code, suggestion, message string, optional bool) {
	if long := []rune(value); len(long) > 200 {
		value = string(long[:199]) + "…"
	}
	r.Problems = append(r.Problems, Problem{Row: r.Number, Column: c.Letter, Header: c.Name, Field: c.Field, Value: value, Code: code,
		Message: message, Suggestion: suggestion, Optional: optional})
}

func (r *row) remark(field Field, code, words string) {
	r.Remarks = append(r.Remarks, Remark{field, code, words})
}

// line takes a text of one line.
func (r *row) line(_ *Column, value, field string) string {
	r.gives[field] = true
	return strings.Join(strings.Fields(value), " ")
}

func (r *row) choose(c *Column, value string, known dictionary, to *string, field string) {
	found, ok := choice(value, known)
	if !ok {
		r.wrong(c, value, field+".unknown", "", "We do not know what this means. Please use one of the words in the template, or leave it empty.", true)
		return
	}
	*to, r.gives[field] = found, true
}

// familyFirst are headings that put the family name before the given one.
var familyFirst = []string{"nom prenom", "nom et prenom", "nom et prenoms", "noms et prenoms", "apellidos y nombre", "apellidos y nombres", "cognome e nome", "surname and name", "surname first name", "apelido e nome"}

// together mends what only several values tell, before everything is checked.
func (r *row) together() {
	p := &r.Profile
	if !p.Onsite && !p.Virtual && !p.Hybrid {
		p.Onsite = true
	}
	for i := range p.Education {
		if e := &p.Education[i]; e.Level < 0 {
			e.Level = 6
			r.remark(EducationLevel, "education.assumed", e.Title)
		}
	}
	if len(p.Licences) > 0 {
		l := &p.Licences[0]
		if l.Country, l.ISCO = p.ResidenceCountry, p.ISCO; l.Body == "" {
			r.remark(LicenceNumber, "licence.alone", l.Number)
			p.Licences = nil
		}
	}
	if len(p.Availability) > 0 {
		r.free(&p.Availability[0])
	}
}

// free completes a period of availability; one that is over says nothing.
func (r *row) free(w *registry.Window) {
	if w.From == "" && w.To != "" {
		w.From = r.today
	}
	if w.To == "" && w.From != "" {
		w.To = w.From.Add(364)
		r.remark(AvailableTo, "available.assumed", string(w.To))
	}
	if w.To < r.today || w.From == "" {
		if w.From != "" {
			r.remark(AvailableFrom, "available.over", string(w.To))
		}
		r.Profile.Availability, r.gives["availability"] = nil, false
	}
}

// verify lets the registry check the whole, and says of which column each of its
// complaints is.
func (r *row) verify() {
	p := &r.Profile
	if p.GivenName == "" && p.FamilyName != "" {
		p.GivenName, p.FamilyName = p.FamilyName, "" // somebody with one name
	}
	if p.GivenName == "" && p.Email == "" && len(r.Problems) == 0 {
		r.Problems = append(r.Problems, Problem{Row: r.Number, Code: "row.nobody", Value: r.cells.Cell(0),
			Message: "This row has neither a name nor an e-mail address. If it is about nobody, leave it out."})
		return
	}
	err := r.check(p)
	if err == nil {
		return
	}
	for _, f := range fault.Of(err).Fields {
		r.complain(f)
	}
	if err := r.check(p); err != nil { // without what can be left out
		for _, f := range fault.Of(err).Fields {
			r.complain(f)
		}
	}
}

// complain records a complaint of the registry, unless its value has a problem already.
func (r *row) complain(f fault.Field) {
	base, _, _ := strings.Cut(f.Field, "[")
	field, ok := ofProfile[base]
	if !ok {
		field = Field(base)
	}
	if slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.Field == field }) {
		r.leaveOut(field)
		return
	}
	problem := Problem{Row: r.Number, Field: field, Code: f.Code, Message: f.Message, Optional: !required[field]}
	if f.Code == "email.malformed" && r.Profile.Email == "" {
		problem.Code, problem.Message = "email.empty", "There is no e-mail address. The person needs one to be invited."
	}
	for _, c := range r.columns {
		if c.Field == field || field == GivenName && c.Field == FullName {
			problem.Column, problem.Header, problem.Value = c.Letter, c.Name, r.cells.Cell(c.Index)
			break
		}
	}
	r.Problems = append(r.Problems, problem)
	r.leaveOut(field)
}

// leaveOut takes a value back that cannot be kept, so that the person could come
// in without it.
func (r *row) leaveOut(field Field) {
	p := &r.Profile
	switch field {
	case BirthDate:
		p.BirthDate = ""
	case Phone:
		p.Phone = ""
	case ResidencePlace:
		p.ResidencePlace = ""
	case Occupation:
		p.OccupationTitle, p.ISCO = "", ""
	case Years:
		p.YearsExperience = 0
	case Summary:
		p.Summary = ""
	case Skills:
		p.Skills = nil
	case Languages:
		p.Languages = nil
	case EducationLevel:
		p.Education = nil
	case LicenceBody:
		p.Licences = nil
	case Employer:
		p.Experience = nil
	case AvailableFrom:
		p.Availability = nil
	}
}

// required are the fields without which nobody can be invited.
var required = map[Field]bool{GivenName: true, Email: true, OriginCountry: true, ResidenceCountry: true}

// ofProfile are the fields that a profile calls otherwise.
var ofProfile = map[string]Field{"occupationTitle": Occupation, "isco": Occupation, "education": EducationLevel, "licences": LicenceBody,
	"experience": Employer, "availability": AvailableFrom, "onsite": Modality}
