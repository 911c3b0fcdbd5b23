// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/search"
)

type rankingAsked struct {
	NeedPath
	Limit int `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many people at most."`
}

type candidateAsked struct {
	NeedPath
	Pseudonym string `path:"pseudonym" maxLength:"20" doc:"Of the person: P-7K3M-Q2XA."`
}

type comparisonAsked struct {
	NeedPath
	People []string `query:"people" maxItems:"5" doc:"Two to five pseudonyms, separated by commas."`
}

type suitingAsked struct {
	Limit int `query:"limit" minimum:"1" maximum:"100" default:"25" doc:"How many needs at most."`
}

type memberNeedsAsked struct {
	ProfessionalPath
	Limit int `query:"limit" minimum:"1" maximum:"100" default:"25" doc:"How many needs at most."`
}

// rankingRoutes find people for needs and needs for people.
func (a *API) rankingRoutes() []Route {
	coordinator := identity.Only(identity.Coordinator)
	return []Route{
		on("GET", "/needs/{ref}/ranking", coordinator, "rank-people", "The people for a need, best first, with reasons", a.rankPeople),
		on("GET", "/needs/{ref}/candidates/{pseudonym}", coordinator, "compare-person", "One person compared with a need", a.comparePerson),
		on("GET", "/needs/{ref}/candidates/{pseudonym}/passages", coordinator, "list-passages", "What a person wrote that met a need", a.passages),
		on("GET", "/needs/{ref}/comparison", coordinator, "compare-people", "Two to five people side by side", a.comparePeople),
		on("GET", "/needs/{ref}/loosening", coordinator, "show-loosening", "What loosening each condition of a need would bring in", a.loosen),
		on("GET", "/me/needs", identity.Only(identity.Professional), "list-needs-for-me", "Open needs that suit me, best first", a.needsForMe),
		on("GET", "/professionals/{id}/needs", identity.Only(identity.Association), "list-needs-for-member",
			"Open needs that suit a member, best first", a.needsForMember),
	}
}

func (a *API) rankPeople(ctx context.Context, who identity.Actor, in *rankingAsked) (search.Ranking, error) {
	return a.Search.Rank(ctx, who, in.Ref, in.Limit)
}

func (a *API) comparePerson(ctx context.Context, who identity.Actor, in *candidateAsked) (search.Candidate, error) {
	return a.Search.Explain(ctx, who, in.Ref, in.Pseudonym)
}

func (a *API) passages(ctx context.Context, who identity.Actor, in *candidateAsked) (list[search.Passage], error) {
	found, err := a.Search.Passages(ctx, who, in.Ref, in.Pseudonym)
	return listOf(found, ""), err
}

func (a *API) comparePeople(ctx context.Context, who identity.Actor, in *comparisonAsked) (list[search.Candidate], error) {
	found, err := a.Search.Compare(ctx, who, in.Ref, in.People)
	return listOf(found, ""), err
}

func (a *API) loosen(ctx context.Context, who identity.Actor, in *NeedPath) (list[search.Loosening], error) {
	found, err := a.Search.Loosen(ctx, who, in.Ref)
	return listOf(found, ""), err
}

func (a *API) needsForMe(ctx context.Context, who identity.Actor, in *suitingAsked) (list[search.Suiting], error) {
	found, err := a.Search.NeedsFor(ctx, who, who.ProfessionalID, in.Limit)
	return listOf(found, ""), err
}

func (a *API) needsForMember(ctx context.Context, who identity.Actor, in *memberNeedsAsked) (list[search.Suiting], error) {
	found, err := a.Search.NeedsFor(ctx, who, in.ID, in.Limit)
	return listOf(found, ""), err
}
