// SPDX-License-Identifier: AGPL-3.0-or-later

package intake

import (
	"strconv"
	"strings"

	"sankofa/backend/internal/registry"
)

// cell spells one field of a person for a spreadsheet.
type cell struct {
	Field Field
	Named bool // says who the person is: not for who may not know
	Text  func(c registry.Card) string
}

// cells are the columns of an export, in the order of the template: a file that
// was exported can be imported again.
var cells = []cell{
	{GivenName, true, func(c registry.Card) string { return c.GivenName }},
	{FamilyName, true, func(c registry.Card) string { return c.FamilyName }},
	{Email, true, func(c registry.Card) string { return c.Email }},
	{Phone, true, func(c registry.Card) string { return c.Phone }},
	{BirthDate, true, func(c registry.Card) string { return string(c.BirthDate) }},
	{OriginCountry, false, func(c registry.Card) string { return c.OriginCountry }},
	{OriginLink, false, func(c registry.Card) string { return c.OriginLink }},
	{ResidenceCountry, false, func(c registry.Card) string { return c.ResidenceCountry }},
	{ResidencePlace, true, func(c registry.Card) string { return c.ResidencePlace }},
	{ResidenceStatus, false, func(c registry.Card) string { return c.ResidenceStatus }},
	{Occupation, false, func(c registry.Card) string { return c.OccupationTitle }},
	{Years, false, func(c registry.Card) string { return digits(c.YearsExperience) }},
	{Skills, false, func(c registry.Card) string {
		return joined(c.Skills, func(s registry.Skill) string { return s.Label })
	}},
	{Languages, false, func(c registry.Card) string { return joined(c.Languages, spokenAs) }},
	{EducationLevel, false, func(c registry.Card) string {
		return first(c.Education, func(e registry.Education) string { return digits(e.Level) })
	}},
	{EducationField, false, func(c registry.Card) string {
		return first(c.Education, func(e registry.Education) string { return e.Field })
	}},
	{EducationYear, false, func(c registry.Card) string {
		return first(c.Education, func(e registry.Education) string { return digits(e.Year) })
	}},
	{LicenceBody, true, func(c registry.Card) string {
		return first(c.Licences, func(l registry.Licence) string { return l.Body })
	}},
	{LicenceNumber, true, func(c registry.Card) string {
		return first(c.Licences, func(l registry.Licence) string { return l.Number })
	}},
	{Summary, false, func(c registry.Card) string { return c.Summary }},
	{AvailableFrom, false, func(c registry.Card) string {
		return first(c.Availability, func(w registry.Window) string { return string(w.From) })
	}},
	{AvailableTo, false, func(c registry.Card) string {
		return first(c.Availability, func(w registry.Window) string { return string(w.To) })
	}},
}

// Sheet spells people as rows below a heading, with a reference before them. For
// who may not know who they are (blind), the columns that say so are left out
// whole: a name that some cells held would tell who is on a shortlist.
func Sheet(people []registry.Card, blind bool, language string) [][]string {
	columns := make([]cell, 0, len(cells))
	head := []string{mark + " reference"}
	if !blind {
		head = append(head, mark+" state")
	}
	for _, one := range cells {
		if blind && one.Named {
			continue
		}
		columns = append(columns, one)
		head = append(head, Heading(one.Field, language))
	}
	out := [][]string{head}
	for _, c := range people {
		row := []string{c.Pseudonym}
		if !blind {
			row = append(row, string(c.Progress))
		}
		for _, one := range columns {
			row = append(row, one.Text(c))
		}
		out = append(out, row)
	}
	return out
}

func digits(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func first[T any](rows []T, text func(T) string) string {
	if len(rows) == 0 {
		return ""
	}
	return text(rows[0])
}

func joined[T any](rows []T, text func(T) string) string {
	words := make([]string, len(rows))
	for i, row := range rows {
		words[i] = text(row)
	}
	return strings.Join(words, "; ")
}

// spokenAs spells a language with the level of conversation, by which imports go.
func spokenAs(l registry.Language) string {
	if level := l.Interaction.String(); level != "" {
		return l.Language + " " + level
	}
	return l.Language
}
