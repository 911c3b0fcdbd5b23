// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"fmt"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
)

// Codes tells which codes exist; taxonomy knows them.
type Codes interface {
	ISCO(code string) bool
	Skill(id string) bool
	Country(code string) bool
	Language(code string) bool
	EducationField(code string) bool
}

// Limits on what one profile holds: generous for a life's work, and small enough
// that nobody can fill the disk or the screen of a reader.
const (
	nameMost, lineMost, summaryMost, descriptionMost, cvMost = 200, 200, 2000, 5000, 60_000
	skillsMost, languagesMost, educationMost, licencesMost   = 60, 20, 20, 20
	experienceMost, windowsMost                              = 30, 24
	youngest, longestCareer, longestStay, longestNotice      = 16, 70, 730, 365
)

var (
	originLinks       = []string{"", "born", "citizen", "parent", "grandparent", "spouse"}
	residenceStatuses = []string{"", "citizen", "permanent", "temporary", "refugee", "other"}
	rights            = []string{"yes", "no", "unknown"}
	sexes             = []string{"", "female", "male", "other"}
	phone             = regexp.MustCompile(`^\+?[0-9]{6,15}$`)
)

// checker collects what is wrong with a profile.
type checker struct {
	fault.Check
	codes Codes
	today day.Day
	// stored is what is already kept, or nothing: a window that has passed since
	// it was written is no mistake of whoever changes something else.
	stored *Profile
}

// profile complains about everything that cannot be kept.
func (c *checker) profile(p *Profile) {
	c.person(p)
	c.origin(p)
	c.work(p)
	c.skills(p.Skills, p.Experience)
	c.languages(p.Languages)
	c.education(p.Education)
	c.licences(p.Licences)
	c.experience(p.Experience)
	c.availability(p.Availability)
}

// complete complains about what a person must have before they can be found.
func (c *checker) complete(p *Profile) {
	for _, name := range p.Professional.Missing() {
		c.That(false, name, "field.empty", "Please fill this in.")
	}
}

func (c *checker) person(p *Profile) {
	c.line(p.GivenName, "givenName", 1, nameMost)
	c.line(p.FamilyName, "familyName", 0, nameMost)
	address, err := mail.ParseAddress(p.Email)
	c.That(err == nil && address.Address == p.Email && len(p.Email) <= 254, "email", "email.malformed",
		"Please write an e-mail address such as name@example.org.")
	c.That(p.Phone == "" || phone.MatchString(p.Phone), "phone", "phone.malformed",
		"Please write the number with its country code, such as +31 20 123 4567, or leave it empty.")
	c.oneOf(p.Sex, "sex", sexes)
	if p.BirthDate == "" {
		return
	}
	oldest := c.today.Time().AddDate(-110, 0, 0)
	latest := c.today.Time().AddDate(-youngest, 0, 0)
	born := p.BirthDate.Time()
	c.That(p.BirthDate.Valid() && born.After(oldest) && !born.After(latest), "birthDate", "birthDate.impossible",
		"Please check the date of birth; a person here is at least %d years old.", youngest)
}

func (c *checker) origin(p *Profile) {
	c.country(p.OriginCountry, "originCountry", true)
	c.oneOf(p.OriginLink, "originLink", originLinks)
	c.country(p.ResidenceCountry, "residenceCountry", true)
	c.line(p.ResidencePlace, "residencePlace", 0, lineMost)
	c.oneOf(p.ResidenceStatus, "residenceStatus", residenceStatuses)
	c.oneOf(p.RightOfReturn, "rightOfReturn", rights)
	c.date(p.RightOfReturnUntil, "rightOfReturnUntil")
	c.That(p.RightOfReturnUntil == "" || p.RightOfReturn == "yes", "rightOfReturnUntil", "rightOfReturnUntil.pointless",
		"A last date only makes sense when the right of return is \"yes\".")
}

func (c *checker) work(p *Profile) {
	c.line(p.OccupationTitle, "occupationTitle", 0, lineMost)
	c.isco(p.ISCO, "isco")
	c.between(p.YearsExperience, "yearsExperience", 0, longestCareer)
	c.prose(p.Summary, "summary", summaryMost)
	c.prose(p.CVText, "cvText", cvMost)
	c.That(p.CVText == "" || p.CVLanguage != "", "cvLanguage", "cvLanguage.empty", "Please say which language the CV is written in.")
	c.language(p.CVLanguage, "cvLanguage")
	c.That(p.Onsite || p.Virtual || p.Hybrid, "onsite", "modality.empty",
		"Please choose at least one way of working: onsite, virtual or hybrid.")
	c.between(p.LongestDays, "longestDays", 1, longestStay)
	c.between(p.NoticeDays, "noticeDays", 0, longestNotice)
}

// plain tells whether the text has no letters that a screen cannot show and a
// database may refuse.
func plain(text string, allowed string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsControl(r) && !strings.ContainsRune(allowed, r)
	})
}

// line checks text of one line.
func (c *checker) line(text, field string, least, most int) {
	c.Length(text, field, least, most)
	c.That(plain(text, ""), field, "field.control", "Please remove line breaks and invisible characters.")
}

// prose checks text of many lines.
func (c *checker) prose(text, field string, most int) {
	c.Length(text, field, 0, most)
	c.That(plain(text, "\n\t"), field, "field.control", "Please remove invisible characters.")
}

func (c *checker) between(n int, field string, least, most int) {
	c.That(n >= least && n <= most, field, "field.range", "Please give a number from %d to %d.", least, most)
}

func (c *checker) oneOf(text, field string, known []string) {
	said := slices.DeleteFunc(slices.Clone(known), func(k string) bool { return k == "" })
	c.That(slices.Contains(known, text), field, "field.unknown", "Please choose one of: %s.", strings.Join(said, ", "))
}

func (c *checker) country(code, field string, needed bool) {
	c.That(code != "" || !needed, field, "field.empty", "Please choose a country.")
	c.That(code == "" || c.codes.Country(code), field, "country.unknown",
		"There is no country with this code; use ISO 3166, such as GH.")
}

func (c *checker) language(code, field string) {
	c.That(code == "" || c.codes.Language(code), field, "language.unknown",
		"There is no language with this code; use ISO 639, such as fr.")
}

func (c *checker) isco(code, field string) {
	c.That(code == "" || len(code) == 4 && c.codes.ISCO(code), field, "isco.unknown",
		"There is no occupation with this code; use four digits of ISCO-08, such as 2222.")
}

// date checks a date that may be left out.
func (c *checker) date(d day.Day, field string) bool {
	ok := d == "" || d.Valid()
	c.That(ok, field, "date.impossible", "This date does not exist; write it as YYYY-MM-DD.")
	return ok
}

// past checks a date that cannot lie ahead.
func (c *checker) past(d day.Day, field string) {
	if c.date(d, field) {
		c.That(d <= c.today, field, "date.future", "This date lies in the future.")
	}
}

// ordered checks two dates, each of which may be left out.
func (c *checker) ordered(from, to day.Day, fieldFrom, fieldTo string) {
	if c.date(from, fieldFrom) && c.date(to, fieldTo) && from != "" && to != "" {
		c.That(from <= to, fieldTo, "date.order", "This ends before it starts.")
	}
}

// year checks a year that may be left out and cannot lie ahead.
func (c *checker) year(y int, field string) {
	now := c.today.Time().Year()
	c.That(y == 0 || y >= now-80 && y <= now, field, "year.impossible", "Please give a year up to %d.", now)
}

// most checks the length of a list.
func (c *checker) most(n int, field string, most int) bool {
	c.That(n <= most, field, "list.long", "Please keep this to %d entries; it has %d.", most, n)
	return n <= most
}

// at spells the path of a field in a list: "skills[3].level".
func at(list string, i int, name string) string { return fmt.Sprintf("%s[%d].%s", list, i, name) }
