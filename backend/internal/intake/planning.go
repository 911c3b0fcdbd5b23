// SPDX-License-Identifier: AGPL-3.0-or-later

package intake

import (
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/sheets"
	"sankofa/backend/internal/taxonomy"
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

// fullName cuts a whole name in two: at the comma, by the capitals, or by what
// the heading says comes first. Somebody with one name has one.
func (r *row) fullName(c *Column, value string) {
	if r.Profile.GivenName != "" {
		return
	}
	r.gives["givenName"], r.gives["familyName"] = true, true
	p := &r.Profile
	if family, given, ok := strings.Cut(value, ","); ok && strings.TrimSpace(given) != "" {
		p.GivenName, p.FamilyName = strings.TrimSpace(given), strings.TrimSpace(family)
		return
	}
	words := strings.Fields(value)
	if len(words) == 1 {
		p.GivenName = value
		return
	}
	capitals := 0
	for capitals < len(words) && shouted(words[capitals]) {
		capitals++
	}
	last := len(words)
	for last > 0 && shouted(words[last-1]) {
		last--
	}
	switch {
	case capitals > 0 && capitals < len(words): // DIOP Moussa
		p.FamilyName, p.GivenName = strings.Join(words[:capitals], " "), strings.Join(words[capitals:], " ")
	case last < len(words) && last > 0: // Moussa DIOP
		p.GivenName, p.FamilyName = strings.Join(words[:last], " "), strings.Join(words[last:], " ")
	case slices.Contains(familyFirst, plainHeading(c.Name)):
		p.FamilyName, p.GivenName = words[0], strings.Join(words[1:], " ")
	default:
		p.GivenName, p.FamilyName = words[0], strings.Join(words[1:], " ")
	}
}

func shouted(word string) bool {
	return len([]rune(word)) > 1 && word == strings.ToUpper(word) && word != strings.ToLower(word)
}

// email takes an address, and tries to see what a broken one was meant to be.
func (r *row) email(c *Column, value string) {
	r.gives["email"] = true
	written := strings.TrimPrefix(strings.ToLower(strings.TrimSpace(value)), "mailto:")
	if address, err := mail.ParseAddress(written); err == nil {
		r.Profile.Email = registry.Tidied(address.Address)
		if strings.Contains(address.Address[strings.LastIndex(address.Address, "@"):], ".") {
			return
		}
	}
	addresses := strings.FieldsFunc(written, func(c rune) bool { return strings.ContainsRune(" ;,/\n", c) })
	addresses = slices.DeleteFunc(addresses, func(one string) bool { return !sound(one) })
	if len(addresses) > 1 {
		r.Profile.Email = ""
		r.wrong(c, value, "email.several", addresses[0], "There are several addresses here. Please keep one.", false)
		return
	}
	r.wrong(c, value, "email.malformed", mendedEmail(written), "This is no e-mail address. Please write one such as name@example.org.", false)
}

func sound(address string) bool {
	parsed, err := mail.ParseAddress(address)
	return err == nil && parsed.Address == address && strings.Contains(address[strings.LastIndex(address, "@"):], ".")
}

// mendedEmail guesses what a broken address was meant to be, or nothing.
func mendedEmail(written string) string {
	for _, try := range []string{
		strings.ReplaceAll(written, " ", ""),
		strings.NewReplacer(" ", "", ",", ".", ";", ".", "@@", "@", "..", ".", "(at)", "@", "[at]", "@").Replace(written),
		strings.NewReplacer(" at ", "@", " dot ", ".", " ", "").Replace(written),
		strings.Trim(written, ".,;:<>()'\" "),
		strings.ReplaceAll(strings.ReplaceAll(written, " ", ""), "#", "@"),
		withDot(written),
	} {
		if sound(try) {
			return try
		}
	}
	return ""
}

// withDot puts the dot back that is missing before a well-known end.
func withDot(written string) string {
	for _, end := range []string{"com", "fr", "org", "net", "it", "es", "pt", "nl", "de"} {
		if stem, ok := strings.CutSuffix(written, end); ok && strings.Contains(stem, "@") && !strings.Contains(stem[strings.Index(stem, "@"):], ".") {
			return stem + "." + end
		}
	}
	return written
}

func (r *row) phone(c *Column, value string) {
	number, ok := phoneOf(value, r.Profile.ResidenceCountry, r.Profile.OriginCountry)
	if !ok {
		for _, part := range strings.FieldsFunc(value, func(c rune) bool { return strings.ContainsRune("/;,\n", c) }) {
			if number, ok = phoneOf(part, r.Profile.ResidenceCountry, r.Profile.OriginCountry); ok {
				r.remark(Phone, "phone.first", part) // the others are not kept
				break
			}
		}
	}
	if !ok {
		r.wrong(c, value, "phone.malformed", "", "This is no telephone number that can be dialled. Please write it with its country code, such as +31 20 123 4567.", true)
		return
	}
	r.Profile.Phone, r.gives["phone"] = number, true
}

func (r *row) country(c *Column, value string, to *string, field string) {
	if code, ok := r.words.CountryNamed(value); ok {
		*to, r.gives[field] = code, true
		return
	}
	for _, part := range parts(strings.ReplaceAll(value, "-", ",")) {
		if code, ok := r.words.CountryNamed(part); ok {
			r.wrong(c, value, "country.several", code, "This is not one country. Please choose one.", false)
			return
		}
	}
	r.wrong(c, value, "country.unknown", r.words.CountryLike(value), "We know no country of this name. Please write its name, or its code such as GH.", false)
}

// date reads a date in the order of the column.
func (r *row) date(c *Column, value string) (day.Day, bool) {
	if d, ok := sheets.ParseDate(value, c.Order); ok {
		return day.Day(d), true
	}
	suggestion := ""
	for _, order := range []sheets.Order{sheets.DayFirst, sheets.MonthFirst} {
		if d, ok := sheets.ParseDate(value, order); ok {
			suggestion = d
		}
	}
	// A day counted from 1900 is what spreadsheets keep behind a date.
	if n, err := strconv.Atoi(sheets.Latin(value)); err == nil && n > 7_000 && n < 60_000 {
		suggestion = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n).Format(time.DateOnly)
	}
	r.wrong(c, value, "date.unreadable", suggestion, "This is no date that we can read. Please write it as 1990-12-31, or leave it empty.", true)
	return "", false
}

// occupation keeps the words for ever, and takes them for a unit group where the
// linker is sure enough.
func (r *row) occupation(c *Column, value string) {
	p := &r.Profile
	p.OccupationTitle = r.line(c, value, "occupationTitle")
	if link, ok := r.words.Occupation(p.OccupationTitle, r.speaks); ok {
		p.ISCO, r.gives["isco"] = link.Concept, true
		r.Links = append(r.Links, Linked{Occupation, p.OccupationTitle, link})
		return
	}
	r.remark(Occupation, "unlinked", p.OccupationTitle)
}

func (r *row) years(c *Column, value string) {
	n, ok := yearsOf(value, c.Decimal)
	if !ok || n > 70 {
		r.wrong(c, value, "years.unreadable", "", "Please write how many years, as a number up to 70.", true)
		return
	}
	r.Profile.YearsExperience, r.gives["yearsExperience"] = n, true
}

func (r *row) employer(c *Column, value string) {
	title := r.Profile.OccupationTitle
	if title == "" {
		r.remark(Employer, "employer.alone", value)
		return
	}
	r.gives["experience"] = true
	r.Profile.Experience = append(r.Profile.Experience, registry.Experience{Title: title, ISCO: r.Profile.ISCO, Employer: r.line(c, value, "experience")})
}

// usualSkill is the level of a skill that nobody gave one: independent. The
// person sees it when they answer.
const usualSkill = 2

func (r *row) skills(_ *Column, value string) {
	r.gives["skills"] = true
	for _, words := range parts(value) {
		words = strings.Join(strings.Fields(words), " ")
		if len([]rune(words)) > 200 || len(r.Profile.Skills) >= 60 {
			r.remark(Skills, "skills.left_out", words)
			continue
		}
		skill := registry.Skill{Label: words, Level: usualSkill}
		link, ok := r.words.SkillNamed(words, r.speaks)
		if ok && !slices.ContainsFunc(r.Profile.Skills, func(s registry.Skill) bool { return s.Concept == link.Concept }) {
			skill.Concept = link.Concept
			r.Links = append(r.Links, Linked{Skills, words, link})
		} else if !ok {
			r.remark(Skills, "unlinked", words)
		}
		if !slices.ContainsFunc(r.Profile.Skills, func(s registry.Skill) bool { return taxonomy.Fold(s.Label) == taxonomy.Fold(words) }) {
			r.Profile.Skills = append(r.Profile.Skills, skill)
		}
	}
}

// usualLevel is that of a language whose level nobody gave: B1.
const usualLevel = 3

func (r *row) languages(c *Column, value string) {
	for _, words := range listed(value, func(part string) bool { _, _, ok := r.spoken(part); return ok }) {
		code, level, ok := r.spoken(words)
		if !ok {
			r.wrong(c, words, "language.unknown", "", "We know no language of this name. Please write its name, or its code such as fr.", true)
			continue
		}
		r.speak(code, level, words)
	}
}

// spoken reads "Français (C1)", "English: fluent", "Wolof langue maternelle".
func (r *row) spoken(text string) (code string, level int, ok bool) {
	if code, ok = r.words.LanguageNamed(text); ok && !strings.ContainsAny(text, "([") {
		return code, 0, true
	}
	words := strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(" ():-–=[]", c) })
	for n := len(words); n > 0; n-- {
		code, ok := r.words.LanguageNamed(strings.Join(words[:n], " "))
		if !ok {
			continue
		}
		if n == len(words) {
			return code, 0, true
		}
		for from := n; from < len(words); from++ {
			if level, ok := levelOf(strings.Join(words[from:], " ")); ok {
				return code, level, true
			}
			if level, ok := levelOf(words[from]); ok {
				return code, level, true
			}
		}
		return code, 0, true
	}
	return "", 0, false
}

func (r *row) speak(code string, level int, words string) {
	r.gives["languages"] = true
	if slices.ContainsFunc(r.Profile.Languages, func(l registry.Language) bool { return l.Language == code }) || len(r.Profile.Languages) >= 20 {
		return
	}
	if level == 0 {
		level = usualLevel
		r.remark(Languages, "level.assumed", words)
	}
	native := level == 7
	cefr := registry.CEFR(min(level, 6))
	r.Profile.Languages = append(r.Profile.Languages, registry.Language{Language: code, Native: native, Listening: cefr, Reading: cefr, Interaction: cefr, Production: cefr, Writing: cefr})
}

var (
	yeses = map[string]bool{"yes": true, "y": true, "x": true, "oui": true, "o": true, "sim": true, "si": true, "sí": true, "sì": true, "نعم": true, "true": true, "1": true, "✓": true}
	noes  = map[string]bool{"no": true, "n": true, "non": true, "não": true, "nao": true, "لا": true, "false": true, "0": true}
)

// languageLevel reads a column that is named after a language.
func (r *row) languageLevel(c *Column, value string) {
	code, ok := r.words.LanguageNamed(c.Name)
	if !ok {
		code, _, ok = r.spoken(c.Name)
	}
	key := strings.ToLower(strings.TrimSpace(value))
	if !ok || noes[key] {
		return
	}
	level, known := levelOf(value)
	if !known && !yeses[key] {
		r.wrong(c, value, "level.unknown", "", "Please write a level from A1 to C2, or a word such as fluent.", true)
		return
	}
	r.speak(code, level, c.Name)
}

func (r *row) education() *registry.Education {
	r.gives["education"] = true
	if len(r.Profile.Education) == 0 {
		r.Profile.Education = []registry.Education{{Level: -1}}
	}
	return &r.Profile.Education[0]
}

func (r *row) educationLevel(c *Column, value string) {
	level, ok := degreeOf(value)
	if !ok {
		r.wrong(c, value, "education.unknown", "", "We cannot tell the level of this education. Please write a degree, such as Bachelor, or an ISCED level from 0 to 8.", true)
		return
	}
	e := r.education()
	e.Level, _ = strconv.Atoi(level)
	if len(value) > 1 {
		e.Title = r.line(c, value, "education")
	}
}

func (r *row) educationField(c *Column, value string) {
	e := r.education()
	if e.Title == "" {
		e.Title = r.line(c, value, "education")
	} else if !strings.Contains(taxonomy.Fold(e.Title), taxonomy.Fold(value)) {
		e.Title += ", " + r.line(c, value, "education")
	}
	if link, ok := r.words.StudyField(value, r.speaks); ok {
		e.Field = link.Concept
		r.Links = append(r.Links, Linked{EducationField, value, link})
		return
	}
	r.remark(EducationField, "unlinked", value)
}

func (r *row) educationYear(c *Column, value string) {
	n, err := strconv.Atoi(sheets.Latin(strings.TrimSpace(value)))
	if d, ok := sheets.ParseDate(value, c.Order); err != nil && ok {
		n, err = strconv.Atoi(d[:4])
	}
	if err != nil || n < 1940 || n > r.today.Time().Year() {
		r.wrong(c, value, "year.unreadable", "", "Please write a year, such as 2012.", true)
		return
	}
	r.education().Year = n
}

func (r *row) licence() *registry.Licence {
	r.gives["licences"] = true
	if len(r.Profile.Licences) == 0 {
		r.Profile.Licences = []registry.Licence{{}}
	}
	return &r.Profile.Licences[0]
}

func (r *row) modality(c *Column, value string) {
	p := &r.Profile
	onsite, virtual, hybrid := p.Onsite, p.Virtual, p.Hybrid
	for _, words := range listed(value, func(part string) bool { _, ok := choice(part, modes); return ok }) {
		mode, ok := choice(words, modes)
		if !ok {
			r.wrong(c, value, "modality.unknown", "", "Please write onsite, virtual or hybrid.", true)
			return
		}
		onsite = onsite || mode == "onsite" || mode == "both"
		virtual = virtual || mode == "virtual" || mode == "both"
		hybrid = hybrid || mode == "hybrid"
	}
	p.Onsite, p.Virtual, p.Hybrid = onsite, virtual, hybrid
	r.gives["onsite"], r.gives["virtual"], r.gives["hybrid"] = true, true, true
}

func (r *row) window() *registry.Window {
	r.gives["availability"] = true
	if len(r.Profile.Availability) == 0 {
		r.Profile.Availability = []registry.Window{{}}
	}
	return &r.Profile.Availability[0]
}

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
