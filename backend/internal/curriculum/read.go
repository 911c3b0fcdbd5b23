// SPDX-License-Identifier: AGPL-3.0-or-later

package curriculum

import (
	"encoding/json"
	"math"
	"strings"
	"time"
)

// ReadText finds what the text of a CV suggests. It never fails: a text in which
// nothing is recognised suggests nothing.
func ReadText(text string, linker Linker, now time.Time) Reading {
	text = cut(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), mostText)
	sections, language := sectionsOf(text)
	if language == "" {
		language = linker.Guess(some(sections))
	}
	f := newFound(linker, language, now.Year())
	f.person(sections)
	for _, s := range sections {
		switch s.part {
		case top:
			f.calling(s.lines)
		case summary:
			f.single("summary", cut(paragraph(s.lines), 2000), paragraph(s.lines), 800)
		case experience:
			f.experience(s.lines)
		case education:
			f.education(s.lines)
		case skills:
			f.skills(s.lines)
		case languages:
			f.languages(s.lines)
		case licences:
			f.licences(s.lines)
		}
	}
	f.years(now)
	return Reading{Language: language, Suggestions: f.inOrder(), Text: strings.TrimSpace(text)}
}

// some returns lines to guess the language by.
func some(sections []section) []string {
	var out []string
	for _, s := range sections {
		for _, l := range s.lines {
			if len(out) < 60 && len(l) > 8 && len(l) < 200 {
				out = append(out, l)
			}
		}
	}
	return out
}

// calling takes the line below the name as the occupation when the linker knows
// it well: "Ama Boateng / Registered nurse".
func (f *found) calling(lines []string) {
	seen := 0
	for _, l := range lines {
		if l == "" || email.MatchString(l) || phone.MatchString(l) {
			continue
		}
		if seen++; seen > 6 {
			return
		}
		for _, p := range pieces([]string{l}) {
			if len([]rune(p)) > 80 || seen == 1 && looksLikeName(p) {
				continue
			}
			if links := f.linker.Occupations(p, f.language); len(links) > 0 && links[0].Sure >= 500 {
				f.work(p, l)
				return
			}
		}
	}
}

// paragraph joins lines that a layout has broken.
func paragraph(lines []string) string {
	var out []string
	for _, l := range lines {
		if l = unbullet(l); l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, " ")
}

// years counts the years of the suggested posts, those at the same time once.
func (f *found) years(now time.Time) {
	var months = map[int]bool{}
	for _, s := range f.all {
		if s.Field != "experience" {
			continue
		}
		from, to := datesOf(s.Value, now)
		for m := from.Year()*12 + int(from.Month()); !from.IsZero() && m <= to.Year()*12+int(to.Month()) && len(months) < 900; m++ {
			months[m] = true
		}
	}
	if n := int(math.Floor(float64(len(months)) / 12)); n > 0 {
		f.single("yearsExperience", n, "", 600)
	}
}

// order is that of the form.
var order = []string{"givenName", "familyName", "email", "phone", "birthDate", "occupationTitle", "isco", "yearsExperience", "summary",
	"experience", "education", "languages", "skills", "licences"}

func (f *found) inOrder() []Suggestion {
	out := make([]Suggestion, 0, len(f.all))
	for _, field := range order {
		for _, s := range f.all {
			if s.Field == field {
				out = append(out, s)
			}
		}
	}
	return out
}

// datesOf returns from when to when a suggested post goes.
func datesOf(value json.RawMessage, now time.Time) (from, to time.Time) {
	var row experienceRow
	if json.Unmarshal(value, &row) != nil {
		return from, to
	}
	from, _ = time.Parse(time.DateOnly, row.From)
	to = now
	if row.To != "" {
		to, _ = time.Parse(time.DateOnly, row.To)
	}
	if to.After(now) {
		to = now
	}
	return from, to
}
