// SPDX-License-Identifier: AGPL-3.0-or-later

package intake

import (
	"slices"
	"strconv"
	"strings"

	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/sheets"
	"sankofa/backend/internal/taxonomy"
)

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
