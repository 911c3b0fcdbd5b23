// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/taxonomy"
)

// Typed is what somebody has typed so far. It is exported for huma to look into it.
type Typed struct {
	Query    string `query:"q" maxLength:"200" doc:"What was typed so far, in any language."`
	Language string `query:"language" maxLength:"8" default:"en" doc:"Language of the answer: ISO 639-1."`
	Limit    int    `query:"limit" minimum:"1" maximum:"50" default:"10" doc:"How many items at most."`
}

type typedSkill struct {
	Typed
	ISCO string `query:"isco" maxLength:"4" pattern:"^([0-9]{3,4})?$" doc:"An ISCO-08 code whose skills come first; with nothing typed they are listed."`
}

type freeTitle struct {
	Title    string `query:"title" required:"true" minLength:"1" maxLength:"200" doc:"A job title as a person writes it."`
	Language string `query:"language" maxLength:"8" default:"en" doc:"Language of the title and of the answer: ISO 639-1."`
}

type readerLanguage struct {
	Language string `query:"language" maxLength:"8" default:"en" doc:"Language of the names: ISO 639-1."`
}

type codesToName struct {
	Codes    []string `query:"codes" required:"true" minItems:"1" maxItems:"100" doc:"Skills and ISCO-08 groups, separated by commas."`
	Language string   `query:"language" maxLength:"8" default:"en" doc:"Language of the names: ISO 639-1."`
}

type occupationSuggestion struct {
	Code    string `json:"code" doc:"ISCO-08 unit group."`
	Title   string `json:"title" doc:"Title of the group in the reader's language."`
	Matched string `json:"matched" doc:"The title that the words met, in whatever language."`
}

type skillSuggestion struct {
	ID      string `json:"id" doc:"Identifier of the concept."`
	Label   string `json:"label" doc:"Preferred label in the reader's language."`
	Matched string `json:"matched" doc:"The label that the words met, in whatever language."`
	Sector  string `json:"sector"`
}

type namedCode struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

type escoView struct {
	Loaded bool   `json:"loaded" doc:"ESCO was imported and extends the vocabulary."`
	Notice string `json:"notice" doc:"To be shown wherever the vocabulary is used; empty without ESCO."`
}

type codeLists struct {
	Countries   []namedCode `json:"countries" doc:"ISO 3166-1."`
	Languages   []namedCode `json:"languages" doc:"ISO 639: those that forms offer."`
	ISCEDLevels []namedCode `json:"iscedLevels" doc:"Levels of education, ISCED 2011."`
	ISCEDFields []namedCode `json:"iscedFields" doc:"Fields of education, ISCED-F 2013."`
	Sectors     []namedCode `json:"sectors"`
	CEFR        []string    `json:"cefr" doc:"Levels of a language, lowest first."`
	ESCO        escoView    `json:"esco"`
}

// taxonomyRoutes help people to find the codes for their words.
func (a *API) taxonomyRoutes() []Route {
	return []Route{
		on("GET", "/taxonomy/occupations", identity.Public, "suggest-occupations", "Occupations for what was typed", a.suggestOccupations),
		on("GET", "/taxonomy/occupation-links", identity.Public, "link-occupation", "The occupations that a free job title probably means", a.linkOccupation),
		on("GET", "/taxonomy/skills", identity.Public, "suggest-skills", "Skills for what was typed", a.suggestSkills),
		on("GET", "/taxonomy/names", identity.Public, "name-codes", "The names of skills and occupations", a.nameCodes),
		on("GET", "/taxonomy/lists", identity.Public, "list-codes", "Countries, languages, levels, fields and sectors", a.codeLists),
	}
}

func viewOccupation(s taxonomy.Suggestion) occupationSuggestion {
	return occupationSuggestion{Code: s.ID, Title: s.Label, Matched: s.Matched}
}

func (a *API) suggestOccupations(_ context.Context, _ identity.Actor, in *Typed) (list[occupationSuggestion], error) {
	return listOf(mapped(a.Taxonomy.SuggestOccupations(in.Query, in.Language, in.Limit), viewOccupation), ""), nil
}

func (a *API) linkOccupation(_ context.Context, _ identity.Actor, in *freeTitle) (list[occupationSuggestion], error) {
	return listOf(mapped(a.Taxonomy.LinkOccupation(in.Title, in.Language), viewOccupation), ""), nil
}

func (a *API) suggestSkills(_ context.Context, _ identity.Actor, in *typedSkill) (list[skillSuggestion], error) {
	found := a.Taxonomy.SuggestSkillsOf(in.ISCO, in.Query, in.Language, in.Limit)
	return listOf(mapped(found, func(s taxonomy.Suggestion) skillSuggestion {
		skill, _ := a.Taxonomy.Find(s.ID)
		return skillSuggestion{ID: s.ID, Label: s.Label, Matched: s.Matched, Sector: skill.Sector}
	}), ""), nil
}

// nameCodes leaves out what the vocabulary does not know.
func (a *API) nameCodes(_ context.Context, _ identity.Actor, in *codesToName) (list[namedCode], error) {
	var names []namedCode
	for _, code := range in.Codes {
		if _, ok := a.Taxonomy.Find(code); ok {
			names = append(names, namedCode{Code: code, Name: a.Taxonomy.Label(code, in.Language)})
		} else if _, ok := a.Taxonomy.Group(code); ok {
			names = append(names, namedCode{Code: code, Name: a.Taxonomy.Title(code, in.Language)})
		}
	}
	return listOf(names, ""), nil
}

func viewNamed(n taxonomy.Named) namedCode { return namedCode(n) }

func (a *API) codeLists(_ context.Context, _ identity.Actor, in *readerLanguage) (codeLists, error) {
	t := a.Taxonomy
	lists := codeLists{
		Countries:   mapped(t.Countries(in.Language), viewNamed),
		Languages:   mapped(t.Languages(in.Language), viewNamed),
		ISCEDLevels: mapped(t.EducationLevels(in.Language), viewNamed),
		ISCEDFields: mapped(t.EducationFields(in.Language), viewNamed),
		Sectors:     mapped(t.SectorNames(in.Language), viewNamed),
		CEFR:        taxonomy.CEFR[1:],
	}
	if t.ESCO().Loaded {
		lists.ESCO = escoView{Loaded: true, Notice: taxonomy.ESCONotice}
	}
	return lists, nil
}
