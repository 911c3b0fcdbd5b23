// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/taxonomy"
)

// maker makes people.
type maker struct {
	*tables
	tax    *taxonomy.Taxonomy
	seed   uint64
	skills map[string][]taxonomy.Skill // by ISCO-08 unit group
	calls  []call
	lands  map[string]map[string]string // names of countries, by language
}

// call is a need and the country that it calls people back to.
type call struct {
	terms
	from country
}

// People returns the fictional people number from up to, but not including, to.
// The first are those of the stories. A person depends on the seed and the
// number alone; no database is needed, and they belong to no programme yet.
func People(tax *taxonomy.Taxonomy, seed uint64, from, to int) (iter.Seq[registry.Profile], error) {
	m, err := newMaker(tax, seed)
	if err != nil {
		return nil, err
	}
	return func(yield func(registry.Profile) bool) {
		for i := from; i < to; i++ {
			if !yield(m.person(i).Profile) {
				return
			}
		}
	}, nil
}

func newMaker(tax *taxonomy.Taxonomy, seed uint64) (*maker, error) {
	t, err := load()
	if err != nil {
		return nil, err
	}
	m := &maker{tables: t, tax: tax, seed: seed, skills: map[string][]taxonomy.Skill{}, lands: map[string]map[string]string{}}
	if err := m.readCalls(); err != nil {
		return nil, err
	}
	if err := m.collectSkills(); err != nil {
		return nil, err
	}
	for _, language := range languages {
		m.lands[language] = map[string]string{}
		for _, land := range tax.Countries(language) {
			m.lands[language][land.Code] = land.Name
		}
	}
	return m, nil
}

// readCalls joins each need with the country that it calls people back to.
func (m *maker) readCalls() error {
	all, err := readTerms()
	if err != nil {
		return err
	}
	hosts, err := hostCountries()
	if err != nil {
		return err
	}
	for _, n := range all {
		at := slices.IndexFunc(m.countries, func(c country) bool { return c.code == hosts[n.Host] })
		if at < 0 {
			return fmt.Errorf("%s: nobody comes from %s", n.Reference, hosts[n.Host])
		}
		if m.occupations[n.ISCO].isco == "" {
			return fmt.Errorf("%s: nobody works as ISCO-08 %s", n.Reference, n.ISCO)
		}
		m.calls = append(m.calls, call{n, m.countries[at]})
	}
	return nil
}

// collectSkills finds the skills that the people of each occupation use.
func (m *maker) collectSkills() error {
	for _, s := range m.tax.Skills("") {
		for code, o := range m.occupations {
			if s.Sector != "esco" && m.uses(o, s) {
				m.skills[code] = append(m.skills[code], s)
			}
		}
	}
	for code := range m.occupations {
		if n := len(m.skills[code]); n < 4 {
			return fmt.Errorf("the vocabulary has only %d skills for ISCO-08 %s", n, code)
		}
	}
	return nil
}

// uses tells whether people of the occupation use the skill.
func (m *maker) uses(o occupation, s taxonomy.Skill) bool {
	if len(o.focus) == 0 {
		return slices.Contains(s.ISCO, o.isco) || slices.Contains(s.ISCO, o.isco[:3])
	}
	return slices.Contains(o.focus, s.ID) ||
		slices.ContainsFunc(m.tax.BroaderOf(s.ID), func(up string) bool { return slices.Contains(o.focus, up) })
}

// person is a profile with what only the loading needs to know.
type person struct {
	registry.Profile
	association string // the key of one, or nothing
	resting     bool   // consents, but does not want to be found for now
}

// draft is a person in the making: what the parts of a profile draw on.
type draft struct {
	person
	chance
	home     country
	lives    residence
	work     occupation
	language string // that the profile is written in
	need     *terms // that the person would suit, for some
	turn     int    // which of the sentences of a kind comes first
}

// written is the day on which the demonstration was written: nothing that has
// happened to its people happened later, whatever today is.
const written = "2026-09-30"

// year is the year of that day.
const year = 2026

// person makes person number index.
func (m *maker) person(index int) person {
	if index < len(stories) {
		return m.character(index)
	}
	d := &draft{chance: newChance(m.seed, index)}
	d.Pseudonym, d.Demo, d.turn = pseudonym(m.seed, index), true, d.IntN(6)
	m.origin(d, index)
	m.name(d, index)
	m.occupation(d)
	m.residence(d)
	m.languages(d)
	m.abilities(d)
	m.education(d)
	m.licence(d)
	m.experience(d)
	m.availability(d)
	m.texts(d)
	m.standing(d)
	return d.person
}

// origin draws where the person comes from and lives. Nearly half of all people
// are of the country and the kind that one of the needs looks for, in turn, so
// that each need finds somebody even in a small demonstration.
func (m *maker) origin(d *draft, index int) {
	d.home = m.countries[d.index(len(m.countries), func(i int) int { return m.countries[i].weight })]
	if d.in(45) {
		called := m.calls[index%len(m.calls)]
		d.home, d.need = called.from, &called.terms
	}
	d.OriginCountry = d.home.code
	d.OriginLink = d.weighted([]option{{"born", 62}, {"citizen", 12}, {"parent", 20}, {"grandparent", 3}, {"spouse", 3}})
	d.lives = m.tables.residences[d.weighted(d.home.residences)]
	d.ResidenceCountry = d.lives.code
	d.ResidencePlace = of(d.chance, d.lives.towns)
}

// name draws names, and an address and a number that reach nobody.
func (m *maker) name(d *draft, index int) {
	d.Sex = d.weighted([]option{{"female", 50}, {"male", 48}, {"", 2}})
	given := d.home.female
	if d.Sex == "male" {
		given = d.home.male
	}
	for {
		d.GivenName, d.FamilyName = of(d.chance, given), of(d.chance, d.home.family)
		if !isCharacter(d.GivenName, d.FamilyName) {
			break
		}
	}
	if d.Sex == "female" {
		d.FamilyName = strings.Replace(d.FamilyName, "Ould ", "Mint ", 1)
	}
	d.Email = mailbox(d.GivenName+" "+d.FamilyName, fmt.Sprint(index))
	d.Phone = d.fictionalNumber()
}

// mailbox spells an address under a name that can never exist (RFC 2606).
func mailbox(words ...string) string {
	local := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '.'
	}, registry.Fold(strings.Join(words, " ")))
	return local + "@" + domain
}

// fictionalNumber draws from the numbers that the country keeps free for films
// and books; elsewhere there is none.
func (d *draft) fictionalNumber() string {
	prefix, span, ok := strings.Cut(d.lives.phone, ":")
	if !ok || d.in(25) {
		return ""
	}
	first, last, _ := strings.Cut(span, "-")
	var from, to int
	_, _ = fmt.Sscanf(first+" "+last, "%d %d", &from, &to) // the table's own form, checked by a test
	return fmt.Sprintf("%s%0*d", prefix, len(first), d.between(from, to))
}

// occupation draws the work and the years in it.
func (m *maker) occupation(d *draft) {
	from := m.general
	if d.in(60) {
		from = d.home.occupations
	}
	d.work = m.occupations[d.weighted(from)]
	if d.need != nil {
		d.work = m.occupations[d.need.ISCO]
	}
	d.ISCO = d.work.isco
	d.YearsExperience = 2 + min(d.IntN(30), d.IntN(34))
	d.BirthDate = d.date("1999-01-01", "2000-12-31").Add(-365 * (d.YearsExperience + d.between(0, 4)))
}

// residence draws the standing in the country where the person lives.
func (m *maker) residence(d *draft) {
	d.ResidenceStatus = d.weighted([]option{{"citizen", 45}, {"permanent", 27}, {"temporary", 17}, {"refugee", 7}, {"other", 4}})
	switch d.ResidenceStatus {
	case "citizen":
		d.RightOfReturn = "yes"
	case "permanent":
		d.RightOfReturn = d.weighted([]option{{"yes", 92}, {"unknown", 8}})
		if d.RightOfReturn == "yes" && d.in(50) {
			d.RightOfReturnUntil = d.date("2028-06-01", "2033-12-31")
		}
	case "temporary":
		d.RightOfReturn = d.weighted([]option{{"yes", 70}, {"unknown", 20}, {"no", 10}})
		if d.RightOfReturn == "yes" {
			d.RightOfReturnUntil = d.date("2026-12-15", "2029-06-30")
		}
	default:
		d.RightOfReturn = d.weighted([]option{{"unknown", 60}, {"no", 40}})
	}
}

// standing draws how far the person is in the registry.
func (m *maker) standing(d *draft) {
	confirmed := time.Date(year, 9, 1, 8, d.IntN(60), 0, 0, time.UTC).AddDate(0, 0, -d.IntN(300))
	d.State, d.Visible, d.ConfirmedAt = registry.Active, true, &confirmed
	switch draw := d.IntN(100); {
	case draw < 12: // registered by an association, has not answered yet
		d.State, d.Visible, d.ConfirmedAt = registry.Invited, false, nil
	case draw < 15:
		d.State, d.Visible, d.resting = registry.Paused, false, true
	case draw < 17: // never consented to being searched
		d.Visible = false
	case draw < 19: // not complete enough to be found
		d.ISCO, d.OriginLink, d.Visible = "", "", false
	}
	m.leaveOut(d)
	if d.State == registry.Invited || d.in(90) {
		d.association = associationOf[d.ResidenceCountry]
	}
}

// leaveOut forgets a part of the profile of one in eight.
func (m *maker) leaveOut(d *draft) {
	if !d.in(12) {
		return
	}
	switch d.IntN(6) {
	case 0:
		d.Summary = ""
	case 1:
		d.CVText = ""
	case 2:
		d.Education = nil
	case 3:
		d.Experience = nil
	case 4:
		d.BirthDate = ""
	case 5:
		d.Skills = d.Skills[:min(len(d.Skills), 2)]
	}
}

// associationOf names the association that people of a country of residence join.
var associationOf = map[string]string{"NL": "nl-ghana", "FI": "fi-somali", "IT": "it-senegal", "BE": "be-congo", "GB": "gb-sierra-leone",
	"DE": "de-network", "FR": "fr-engineers", "PT": "pt-lusophone", "ES": "es-guinea", "SE": "se-sudan", "US": "us-ethiopia", "CA": "ca-africa"}
