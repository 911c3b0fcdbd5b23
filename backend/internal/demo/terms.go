// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/taxonomy"
)

// terms is one need as its file in data/needs spells it.
type terms struct {
	Reference    string      `json:"reference"`
	Host         string      `json:"host"` // key of an organisation
	State        needs.State `json:"state"`
	Language     string      `json:"language"`
	Sector       string      `json:"sector"`
	Title        string      `json:"title"`
	ISCO         string      `json:"isco"`
	Occupation   string      `json:"occupation"`
	Background   string      `json:"background"`
	Objectives   string      `json:"objectives"`
	Station      string      `json:"station"`
	Unit         string      `json:"unit"`
	Supervisor   string      `json:"supervisor"`
	From         string      `json:"from"`
	To           string      `json:"to"`
	Shortest     int         `json:"shortest"`
	Modality     string      `json:"modality"`
	Headcount    int         `json:"headcount"`
	Years        int         `json:"years"`
	Level        int         `json:"level"`
	Field        string      `json:"field"`
	Licence      string      `json:"licence"`   // the council, where every candidate needs its licence
	Regulator    string      `json:"regulator"` // the council, where only some do
	Priority     string      `json:"priority"`
	Outputs      [][2]string `json:"outputs"`      // output and indicator
	Counterparts [][2]string `json:"counterparts"` // function and unit
	Required     []string    `json:"required"`     // concept and weight
	Desirable    []string    `json:"desirable"`
	Languages    []string    `json:"languages"` // "fr B2 B1 required": spoken, written
	Gives        [][2]string `json:"gives"`     // kind and description
	Round        int         `json:"round"`     // 0 is the first
	Returned     *returned   `json:"returned"`  // what was said when it came back
	Validated    string      `json:"validated"` // the reason for each yes
	Approved     string      `json:"approved"`
}

// returned is why a need came back to its host.
type returned struct {
	Reason   string      `json:"reason"`
	Comments [][2]string `json:"comments"` // field and text
}

// readTerms reads every need, in the order of the references.
var readTerms = sync.OnceValues(func() ([]terms, error) {
	names, err := fs.Glob(files, "data/needs/*.json")
	if err != nil {
		return nil, err
	}
	var all []terms
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		decoder := json.NewDecoder(strings.NewReader(string(text)))
		decoder.DisallowUnknownFields()
		var t terms
		if err := decoder.Decode(&t); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if t.Reference+".json" != path.Base(name) {
			return nil, fmt.Errorf("%s holds %s", name, t.Reference)
		}
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b terms) int { return strings.Compare(a.Reference, b.Reference) })
	return all, nil
})

// form returns the need as a host writes it; criteria have the vocabulary's
// words of the need's language.
func (t terms) form(tax *taxonomy.Taxonomy, country string) (needs.Form, error) {
	f := needs.Form{
		Title: t.Title, Language: t.Language, Sector: t.Sector, ISCO: t.ISCO, OccupationTitle: t.Occupation,
		Background: t.Background, Objectives: t.Objectives, Country: country, DutyStation: t.Station, Unit: t.Unit,
		Supervisor: t.Supervisor, StartsOn: day.Day(t.From), EndsOn: day.Day(t.To), ShortestDays: t.Shortest, Modality: t.Modality,
		Headcount: t.Headcount, YearsExperience: t.Years, EducationLevel: t.Level, EducationField: t.Field,
		LicenceRequired: t.Licence != "", Regulator: t.Licence + t.Regulator, NonSubstitution: true, PrioritySector: t.Priority,
	}
	for _, o := range t.Outputs {
		f.Outputs = append(f.Outputs, needs.Output{Output: o[0], Indicator: o[1]})
	}
	for _, c := range t.Counterparts {
		f.Counterparts = append(f.Counterparts, needs.Counterpart{Function: c[0], Unit: c[1]})
	}
	for _, g := range t.Gives {
		f.Contributions = append(f.Contributions, needs.Contribution{Kind: g[0], Description: g[1]})
	}
	for _, c := range t.criteria() {
		if !tax.Skill(c.Concept) {
			return f, fmt.Errorf("%s: the vocabulary has no skill %q", t.Reference, c.Concept)
		}
		c.Label = tax.Label(c.Concept, t.Language)
		f.Criteria = append(f.Criteria, c)
	}
	floors, err := t.floors()
	f.Languages = floors
	return f, err
}

// criteria returns what the need asks for: concepts and weights, without words.
func (t terms) criteria() []needs.Criterion {
	var out []needs.Criterion
	for i, text := range append(slices.Clone(t.Required), t.Desirable...) {
		concept, weight, _ := strings.Cut(text, " ")
		n, _ := strconv.Atoi(weight) // a weight that is no number is 0, which no need may have
		out = append(out, needs.Criterion{Concept: concept, Required: i < len(t.Required), Weight: n})
	}
	return out
}

// floors returns the least of each language.
func (t terms) floors() ([]needs.LanguageFloor, error) {
	var out []needs.LanguageFloor
	for _, text := range t.Languages {
		parts := strings.Fields(text)
		if len(parts) != 4 {
			return nil, fmt.Errorf("%s: language %q", t.Reference, text)
		}
		floor := needs.LanguageFloor{Language: parts[0], Spoken: registry.ParseCEFR(parts[1]), Required: parts[3] == "required"}
		if parts[2] != "-" {
			floor.Written = registry.ParseCEFR(parts[2])
		}
		out = append(out, floor)
	}
	return out, nil
}

// hostCountries returns the country of each organisation, by its key.
func hostCountries() (map[string]string, error) {
	rows, err := readOrganisations()
	out := map[string]string{}
	for _, r := range rows {
		out[r["key"]] = r["country"]
	}
	return out, err
}
