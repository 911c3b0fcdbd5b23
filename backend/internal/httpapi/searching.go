// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/search"
)

// facetChoices are the values chosen in each facet.
type facetChoices struct {
	Group      []string `json:"group,omitempty" maxItems:"50" doc:"Sub-major groups of ISCO-08, two digits"`
	Occupation []string `json:"occupation,omitempty" maxItems:"50" doc:"Unit groups of ISCO-08, four digits"`
	Skill      []string `json:"skill,omitempty" maxItems:"50" doc:"Identifiers of skills"`
	Language   []string `json:"language,omitempty" maxItems:"50" doc:"With the level in speech: fr-B2"`
	Residence  []string `json:"residence,omitempty" maxItems:"50" doc:"Countries, ISO 3166-1 alpha-2"`
	Years      []string `json:"years,omitempty" maxItems:"50" doc:"Bands of experience: 0-2, 3-5, 6-10, 11-20, 21-99"`
	Month      []string `json:"month,omitempty" maxItems:"50" doc:"Months in which the person is free: 2027-06"`
	Modality   []string `json:"modality,omitempty" maxItems:"50" doc:"onsite, virtual, hybrid"`
	Licence    []string `json:"licence,omitempty" maxItems:"50" doc:"yes, no"`
	Evidence   []string `json:"evidence,omitempty" maxItems:"50" doc:"What stands behind a skill: claimed, experience, referee, host"`
}

// choices are the same as search takes them.
func (f facetChoices) choices() search.Choices {
	all := search.Choices{}
	for name, values := range map[string][]string{"group": f.Group, "occupation": f.Occupation, "skill": f.Skill, "language": f.Language, "residence": f.Residence,
		"years": f.Years, "month": f.Month, "modality": f.Modality, "licence": f.Licence, "evidence": f.Evidence} {
		if len(values) > 0 {
			all[name] = values
		}
	}
	return all
}

// facetsChosen is the way back.
func facetsChosen(c search.Choices) facetChoices {
	return facetChoices{Group: c["group"], Occupation: c["occupation"], Skill: c["skill"], Language: c["language"], Residence: c["residence"],
		Years: c["years"], Month: c["month"], Modality: c["modality"], Licence: c["licence"], Evidence: c["evidence"]}
}

// searchAsked travels in a body: what somebody looks for may be a name, and
// addresses are kept in logs and histories.
type searchAsked struct {
	Body struct {
		Q        string       `json:"q" maxLength:"2000" doc:"Words that must all be there, \"words in a row\", -words that must not, one OR another, (parts) and field:value for skill, isco, held, language, residence, origin, years, level, studied, modality, available, licence and evidence. May be empty where facets are chosen."`
		Facets   facetChoices `json:"facets" doc:"What is chosen: any value of a facet will do, and every facet must be met. {} chooses nothing."`
		Exact    bool         `json:"exact,omitempty" doc:"Look for the words as they stand: no other spellings, no concepts."`
		Counts   bool         `json:"counts,omitempty" doc:"Count the facets too."`
		Language string       `json:"language,omitempty" maxLength:"10" doc:"The reader's: words are read in it first, and concepts are named in it. Left out: that of the account."`
		After    string       `json:"after,omitempty" maxLength:"500" doc:"The cursor that the previous page gave as next."`
		Limit    int          `json:"limit,omitempty" minimum:"1" maximum:"200" default:"25" doc:"How many people at most."`
	}
}

// searchRoutes find people by what somebody types.
func (a *API) searchRoutes() []Route {
	return []Route{
		on("POST", "/search/professionals", identity.Only(identity.Coordinator), "search-professionals", "People by words, phrases, fields and facets", a.searchProfessionals),
	}
}

func (a *API) searchProfessionals(ctx context.Context, who identity.Actor, in *searchAsked) (search.Findings, error) {
	return a.Search.Find(ctx, who, search.Asked{Query: in.Body.Q, Choices: in.Body.Facets.choices(), Exact: in.Body.Exact,
		Facets: in.Body.Counts, After: in.Body.After, Language: in.Body.Language, Limit: in.Body.Limit})
}
