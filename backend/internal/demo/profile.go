// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/taxonomy"
)

// languages draws what the person speaks and which language they write.
func (m *maker) languages(d *draft) {
	d.language = d.weighted(d.lives.profiles)
	if own := d.home.own[0]; d.in(own.weight) {
		d.language = own.value
	} else if d.language == "ar" && own.value != "ar" {
		d.language = "en"
	}
	d.CVLanguage = d.language
	mother := d.weighted(d.home.mother)
	d.speak(registry.Language{Language: mother, Native: true, Listening: 6, Reading: 6, Interaction: 6, Production: 6, Writing: 6})
	d.learn(d.home.official, d.officialLevel())
	d.learn(d.lives.local, d.between(3, 6))
	if second := d.home.also[0]; d.in(second.weight) {
		d.learn(second.value, d.between(3, 6))
	}
	if d.in(50) {
		d.learn("en", d.between(2, 5))
	}
	d.learn(d.language, d.between(5, 6))
}

// officialLevel is high for most; who grew up abroad may know less of it.
func (d *draft) officialLevel() int {
	if d.OriginLink == "born" || d.OriginLink == "citizen" {
		return d.between(4, 6)
	}
	return d.between(1, 6)
}

// learn adds a language at about the level, unless it is known better.
func (d *draft) learn(language string, level int) {
	at := func(offset int) registry.CEFR { return registry.CEFR(min(max(level+offset, 1), 6)) }
	lower := -d.IntN(2)
	d.speak(registry.Language{Language: language, Listening: at(0), Reading: at(0), Interaction: at(0), Production: at(lower), Writing: at(lower)})
}

func (d *draft) speak(l registry.Language) {
	for i, known := range d.Languages {
		if known.Language == l.Language {
			if known.Interaction < l.Interaction {
				d.Languages[i] = l
			}
			return
		}
	}
	d.Languages = append(d.Languages, l)
}

// abilities draws skills: most from one or two corners of the field, as people
// specialise; who suits a need has some of what it asks for.
func (m *maker) abilities(d *draft) {
	for _, s := range m.askedFor(d) {
		d.addSkill(m, s)
	}
	pool := m.skills[d.work.isco]
	for _, s := range specialised(d.chance, pool)[:min(len(pool), d.between(4, 8))] {
		d.addSkill(m, s)
	}
}

// askedFor draws at most four of the skills that the person's need asks for.
func (m *maker) askedFor(d *draft) []taxonomy.Skill {
	if d.need == nil {
		return nil
	}
	var out []taxonomy.Skill
	for _, c := range d.need.criteria() {
		if s, ok := m.tax.Find(c.Concept); ok && len(out) < 4 && d.in(50) {
			out = append(out, s)
		}
	}
	return out
}

// specialised orders skills by chance, those first that belong together with one
// drawn at random, for some with one of two.
func specialised(c chance, pool []taxonomy.Skill) []taxonomy.Skill {
	focus := around(of(c, pool))
	if c.in(35) {
		focus = append(focus, around(of(c, pool))...)
	}
	type drawn struct {
		at  int
		key float64
	}
	keys := make([]drawn, len(pool))
	for i, s := range pool {
		weight := 1.0
		if slices.ContainsFunc(around(s), func(up string) bool { return slices.Contains(focus, up) }) {
			weight = 40
		}
		keys[i] = drawn{i, -math.Log(1-c.Float64()) / weight}
	}
	slices.SortFunc(keys, func(a, b drawn) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.at, b.at)) })
	out := make([]taxonomy.Skill, len(pool))
	for i, k := range keys {
		out[i] = pool[k.at]
	}
	return out
}

// around returns the concepts that say where a skill belongs: the broader ones,
// or itself when there is none.
func around(s taxonomy.Skill) []string {
	if len(s.Broader) == 0 {
		return []string{s.ID}
	}
	return slices.Clone(s.Broader)
}

// addSkill writes a skill in the words of the profile's language: mostly the
// usual label, sometimes another.
func (d *draft) addSkill(m *maker, s taxonomy.Skill) {
	if slices.ContainsFunc(d.Skills, func(k registry.Skill) bool { return k.Concept == s.ID }) {
		return
	}
	label := m.tax.Label(s.ID, d.language)
	if words := s.Labels[d.language]; len(words) > 1 && d.in(30) {
		label = of(d.chance, words[1:])
	}
	years := d.between(1, d.YearsExperience)
	level := min(4, 1+years/4+d.IntN(2))
	evidence := registry.Evidence(d.weighted([]option{{string(registry.Claimed), 50}, {string(registry.WithExperience), 40}, {string(registry.ByReferee), 10}}))
	d.Skills = append(d.Skills, registry.Skill{Concept: s.ID, Label: label, Level: level, Years: years,
		LastUsed: year - min(d.IntN(4), d.IntN(8)), Evidence: evidence})
}

// education draws one or two completed educations.
func (m *maker) education(d *draft) {
	graduated := max(1975, year-d.YearsExperience-d.IntN(2))
	level := d.work.level
	switch {
	case d.in(12) && level < 8:
		level++
	case d.in(10) && level > 4:
		level--
	}
	d.Education = append(d.Education, m.degree(d, level, graduated))
	if level >= 7 && d.in(70) {
		d.Education = append(d.Education, m.degree(d, 6, graduated-2))
	}
}

func (m *maker) degree(d *draft, level, graduated int) registry.Education {
	where, town, language := d.place(d.in(45))
	title := m.degrees[level][d.language]
	return registry.Education{Level: level, Field: d.work.field, Country: where, Year: graduated,
		Title:       strings.ReplaceAll(title, "{field}", m.studies[d.work.field][d.language]),
		Institution: strings.ReplaceAll(of(d.chance, m.schools[language]), "{town}", town)}
}

// place returns a country, a town in it and the language of its institutions: in
// the country of origin, or where the person lives.
func (d *draft) place(origin bool) (where, town, language string) {
	if !origin {
		language = d.lives.local
		if !slices.Contains(languages, language) {
			language = "en"
		}
		return d.lives.code, d.ResidencePlace, language
	}
	i := d.IntN(len(d.home.towns))
	switch {
	case d.home.official != "ar":
		return d.home.code, d.home.towns[i], d.home.official
	case d.language == "ar":
		return d.home.code, d.home.arabic[i], "ar"
	case d.home.code == "SD":
		return d.home.code, d.home.towns[i], "en"
	}
	return d.home.code, d.home.towns[i], "fr"
}

// licence draws the registration that the profession asks for: some have let it
// expire, some have not entered it.
func (m *maker) licence(d *draft) {
	if d.work.licence == "" || d.in(6) {
		return
	}
	l := registry.Licence{Body: d.lives.councils[d.work.licence], Number: fmt.Sprintf("DEMO-%06d", d.IntN(1_000_000)),
		Country: d.lives.code, ISCO: d.work.isco, ValidFrom: d.date("2019-01-01", "2023-12-31")}
	switch draw := d.IntN(100); {
	case draw < 10:
		l.ValidUntil = d.date("2025-01-01", "2026-09-01")
	case draw >= 16:
		l.ValidUntil = d.date("2027-10-01", "2031-12-31")
	}
	if d.in(40) {
		l.GoodStandingOn = d.date("2026-03-01", "2026-09-15")
	}
	d.Licences = append(d.Licences, l)
}

// availability draws when and for how long the person can be away.
func (m *maker) availability(d *draft) {
	d.LongestDays = of(d.chance, []int{14, 21, 30, 42, 60, 90, 90, 120, 180, 180})
	d.NoticeDays = of(d.chance, []int{14, 30, 30, 60, 90})
	d.Onsite, d.Virtual = d.in(92), d.in(45)
	d.Hybrid = d.in(40) || !d.Onsite && !d.Virtual
	if d.need != nil && d.in(75) {
		d.freeFor(*d.need)
		return
	}
	switch draw := d.IntN(100); {
	case draw < 8: // not free
	case draw < 35:
		d.Availability = append(d.Availability, window(d.date("2026-12-01", "2027-04-01"), d.date("2027-12-01", "2028-12-31")))
	case draw < 50: // the long holidays
		d.Availability = append(d.Availability, window("2027-07-01", "2027-08-31"), window("2028-07-01", "2028-08-31"))
	default:
		from := d.date("2026-12-01", "2027-06-30")
		for range d.between(1, 3) {
			to := from.Add(d.between(29, 149))
			d.Availability = append(d.Availability, window(from, to))
			from = to.Add(d.between(30, 150))
		}
	}
}

// freeFor lets the person have time for the need, most of it at least, and work
// in its way.
func (d *draft) freeFor(n terms) {
	from, to := day.Day(n.From), day.Day(n.To)
	d.LongestDays = max(d.LongestDays, n.Shortest)
	d.Availability = append(d.Availability, window(from.Add(-d.between(0, 30)), to.Add(d.between(-20, 30))))
	switch n.Modality {
	case "onsite":
		d.Onsite = true
	case "virtual":
		d.Virtual = true
	case "hybrid":
		d.Hybrid = true
	}
}

// window is a period in which somebody is free; it begins when the
// demonstration does, at the earliest.
func window(from, to day.Day) registry.Window {
	from = max(from, "2026-12-01")
	return registry.Window{From: from, To: max(from, to)}
}
