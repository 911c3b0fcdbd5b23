// SPDX-License-Identifier: AGPL-3.0-or-later

package needs

import (
	"fmt"
	"reflect"
	"strings"
	"unicode"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
)

// Form is what a host writes: the part of the terms of reference that is theirs
// to change.
type Form struct {
	Title           string
	Language        string
	Sector          string
	ISCO            string
	OccupationTitle string
	Background      string
	Objectives      string
	Country         string // empty: the country of the host institution
	DutyStation     string
	Unit            string
	Supervisor      string
	StartsOn        day.Day
	EndsOn          day.Day
	ShortestDays    int
	Modality        string
	Headcount       int
	Relay           bool
	OverlapDays     int
	YearsExperience int
	EducationLevel  int
	EducationField  string
	LicenceRequired bool
	Regulator       string
	NonSubstitution bool
	PrioritySector  string
	Outputs         []Output
	Counterparts    []Counterpart
	Criteria        []Criterion
	Languages       []LanguageFloor
	Contributions   []Contribution
	Positions       []Position
}

// Limits of what a form may hold: far above what a reader would bear.
const (
	mostRows  = 40
	mostText  = 10_000
	mostLine  = 300
	mostDays  = 731
	mostHeads = 100
	// mostOverlap is how many days a handover may take; the schema says so too.
	mostOverlap = 30
)

// Form returns the part of the terms that the host may change.
func (t Terms) Form() Form {
	return Form{
		Title: t.Title, Language: t.Language, Sector: t.Sector, ISCO: t.ISCO, OccupationTitle: t.OccupationTitle,
		Background: t.Background, Objectives: t.Objectives, Country: t.Country, DutyStation: t.DutyStation, Unit: t.Unit,
		Supervisor: t.Supervisor, StartsOn: t.StartsOn, EndsOn: t.EndsOn, ShortestDays: t.ShortestDays, Modality: t.Modality,
		Headcount: t.Headcount, YearsExperience: t.YearsExperience, EducationLevel: t.EducationLevel,
		EducationField: t.EducationField, LicenceRequired: t.LicenceRequired, Regulator: t.Regulator,
		NonSubstitution: t.NonSubstitution, PrioritySector: t.PrioritySector, Relay: t.Relay, OverlapDays: t.OverlapDays,
		Outputs: t.Outputs, Counterparts: t.Counterparts, Criteria: t.Criteria, Languages: t.Languages, Contributions: t.Contributions,
		Positions: t.Positions,
	}.bare()
}

// write puts the form into the terms.
func (f Form) write(t *Terms) {
	n := &t.Need
	n.Title, n.Language, n.Sector, n.ISCO, n.OccupationTitle = f.Title, f.Language, f.Sector, f.ISCO, f.OccupationTitle
	n.Background, n.Objectives, n.Country, n.DutyStation, n.Unit = f.Background, f.Objectives, f.Country, f.DutyStation, f.Unit
	n.Supervisor, n.StartsOn, n.EndsOn, n.ShortestDays, n.Modality = f.Supervisor, f.StartsOn, f.EndsOn, f.ShortestDays, f.Modality
	n.Headcount, n.YearsExperience, n.EducationLevel, n.EducationField = f.Headcount, f.YearsExperience, f.EducationLevel, f.EducationField
	n.LicenceRequired, n.Regulator, n.NonSubstitution, n.PrioritySector = f.LicenceRequired, f.Regulator, f.NonSubstitution, f.PrioritySector
	n.Relay, n.OverlapDays = f.Relay, f.OverlapDays
	t.Outputs, t.Counterparts, t.Criteria, t.Languages, t.Contributions = f.Outputs, f.Counterparts, f.Criteria, f.Languages, f.Contributions
	t.Positions = f.Positions
}

// bare returns the form without what only the database knows about its rows.
func (f Form) bare() Form {
	f.Outputs, f.Counterparts, f.Criteria = copied(f.Outputs), copied(f.Counterparts), copied(f.Criteria)
	f.Languages, f.Contributions, f.Positions = copied(f.Languages), copied(f.Contributions), copied(f.Positions)
	for i := range f.Outputs {
		f.Outputs[i].ID, f.Outputs[i].NeedID, f.Outputs[i].Position = "", "", 0
	}
	for i := range f.Counterparts {
		f.Counterparts[i].ID, f.Counterparts[i].NeedID, f.Counterparts[i].Position = "", "", 0
	}
	for i := range f.Criteria {
		f.Criteria[i].ID, f.Criteria[i].NeedID, f.Criteria[i].Position = "", "", 0
	}
	for i := range f.Languages {
		f.Languages[i].NeedID, f.Languages[i].Position = "", 0
	}
	for i := range f.Contributions {
		f.Contributions[i].ID, f.Contributions[i].NeedID, f.Contributions[i].Position = "", "", 0
	}
	for i := range f.Positions {
		f.Positions[i].ID, f.Positions[i].NeedID, f.Positions[i].Position, f.Positions[i].Filled = "", "", 0, 0
	}
	return f
}

// copied returns a copy, so that clearing a row here leaves the caller's alone.
func copied[T any](rows []T) []T { return append([]T{}, rows...) }

// tidied returns the form with what may be left out filled in and spaces cut off.
func (f Form) tidied(hostCountry string) Form {
	f = f.bare()
	clean(reflect.ValueOf(&f).Elem())
	if f.Country == "" {
		f.Country = hostCountry
	}
	if f.Modality == "" {
		f.Modality = "onsite"
	}
	if f.Headcount == 0 {
		f.Headcount = max(1, heads(f.Positions))
	}
	return f
}

// clean cuts spaces off every text of the form and of its rows, and drops the
// character NUL, which PostgreSQL cannot store.
func clean(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			clean(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			clean(v.Index(i))
		}
	case reflect.String:
		v.SetString(strings.TrimSpace(strings.ReplaceAll(v.String(), "\x00", "")))
	}
}

// changed returns the names of the fields that differ, as requests spell them.
func changed(before, after Form) []string {
	names := []string{}
	b, a := reflect.ValueOf(before.bare()), reflect.ValueOf(after.bare())
	for i := range b.NumField() {
		if !reflect.DeepEqual(b.Field(i).Interface(), a.Field(i).Interface()) {
			names = append(names, wire(b.Type().Field(i).Name))
		}
	}
	return names
}

// fields are the names that a reviewer may comment on.
var fields = func() map[string]bool {
	known := map[string]bool{"": false}
	form := reflect.TypeFor[Form]()
	for i := range form.NumField() {
		known[wire(form.Field(i).Name)] = true
	}
	return known
}()

// wire spells a Go field name as requests do: "StartsOn" is "startsOn", "ISCO" is "isco".
func wire(name string) string {
	if name == strings.ToUpper(name) {
		return strings.ToLower(name)
	}
	letters := []rune(name)
	letters[0] = unicode.ToLower(letters[0])
	return string(letters)
}

// at names a field of a row as requests spell it: "outputs[0].indicator".
func at(list string, i int, field string) string { return fmt.Sprintf("%s[%d].%s", list, i, field) }

// rows complains about a list that is too long, and tells whether to look at it.
func rows(c *fault.Check, n int, list string) bool {
	c.That(n <= mostRows, list, "list.long", "Please keep this to %d rows; it has %d.", mostRows, n)
	return n <= mostRows
}
