// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
)

// lentView is a colleague in whose name the session may act now.
type lentView struct {
	DelegationID string         `json:"delegationId"`
	Name         string         `json:"name" doc:"Of the colleague."`
	Until        string         `json:"until" doc:"The last day."`
	Office       membershipView `json:"office"`
}

// viewLent shows the office of a colleague; its places are those of the person, since
// both belong to the same organisation.
func viewLent(d identity.Delegated, own []membershipView) lentView {
	view := lentView{DelegationID: d.ID, Name: d.Giver, Until: string(d.Last())}
	for _, m := range own {
		if m.Organisation.ID == d.Organisation.ID && m.Role == string(d.Role) {
			view.Office = m
		}
	}
	view.Office.MembershipID = d.MembershipID
	return view
}

type delegationView struct {
	ID           string           `json:"id"`
	Version      int              `json:"version"`
	Mine         bool             `json:"mine" doc:"I gave it; else I was asked to take it."`
	Giver        string           `json:"giver" doc:"The name of whoever is acted for."`
	Taker        string           `json:"taker" doc:"The name of the colleague who acts."`
	Organisation organisationView `json:"organisation"`
	Role         string           `json:"role"`
	From         string           `json:"from" doc:"The first day."`
	Until        string           `json:"until" doc:"The last day."`
	Reason       string           `json:"reason"`
	State        string           `json:"state" enum:"offered,coming,live,over" doc:"offered: the colleague has not accepted yet; coming: accepted and not begun."`
	AcceptedAt   *time.Time       `json:"acceptedAt"`
	EndedAt      *time.Time       `json:"endedAt" doc:"When it was ended before its time."`
	CanAccept    bool             `json:"canAccept"`
	CanEnd       bool             `json:"canEnd"`
}

func (v delegationView) etag() int { return v.Version }

func viewDelegation(d identity.Delegated) delegationView {
	return delegationView{ID: d.ID, Version: d.Version, Mine: d.Mine, Giver: d.Giver, Taker: d.Taker, Organisation: viewOrganisation(d.Organisation),
		Role: string(d.Role), From: string(d.First()), Until: string(d.Last()), Reason: d.Reason, State: d.State, AcceptedAt: d.AcceptedAt, EndedAt: d.EndedAt,
		CanAccept: !d.Mine && d.State == "offered", CanEnd: d.State != "over"}
}

type delegationInput struct {
	Body struct {
		TakerID string `json:"takerId" maxLength:"36" doc:"The colleague: see list-colleagues."`
		From    string `json:"from" maxLength:"10" doc:"The first day: today or later."`
		Until   string `json:"until" maxLength:"10" doc:"The last day: at most 90 days in all."`
		Reason  string `json:"reason" doc:"Why; the colleague reads it. At most 1000 characters."`
	}
}

type delegationAct struct {
	IfMatch
	ID string `path:"id" maxLength:"36"`
}

type delegationPath struct {
	ID string `path:"id" maxLength:"36"`
}

type colleagueView struct {
	UserID string `json:"userId"`
	Name   string `json:"name"`
}

// delegationRoutes let an officer put their office into a colleague's hands for a time.
func (a *API) delegationRoutes() []Route {
	officers := identity.Only(identity.Association, identity.Host, identity.Ministry, identity.Coordinator)
	return []Route{
		on("GET", "/delegations", officers, "list-delegations", "Who acts for me, and for whom I act", a.listDelegations),
		on("GET", "/delegations/colleagues", officers, "list-colleagues", "Who could act for me", a.listColleagues),
		creates("/delegations", officers, "give-delegation", "Let a colleague act for me for some days", a.giveDelegation, a.readDelegation),
		on("GET", "/delegations/{id}", officers, "show-delegation", "Who acts for whom, from when and until when", a.showDelegation),
		on("POST", "/delegations/{id}/accept", officers, "accept-delegation", "Agree to act for a colleague", a.acceptDelegation),
		on("POST", "/delegations/{id}/end", officers, "end-delegation", "End it at once, or do not take it", a.endDelegation),
	}
}

func (a *API) listDelegations(ctx context.Context, who identity.Actor, _ *none) (list[delegationView], error) {
	found, err := a.Identity.Delegations(ctx, who)
	return listOf(mapped(found, viewDelegation), ""), err
}

func (a *API) listColleagues(ctx context.Context, who identity.Actor, _ *none) (list[colleagueView], error) {
	found, err := a.Identity.Colleagues(ctx, who)
	return listOf(mapped(found, func(u identity.User) colleagueView { return colleagueView{UserID: u.ID, Name: u.Name} }), ""), err
}

func (a *API) giveDelegation(ctx context.Context, who identity.Actor, in *delegationInput) (string, error) {
	d, err := a.Identity.Lend(ctx, who, identity.Lending{TakerID: in.Body.TakerID, From: day.Day(in.Body.From), Until: day.Day(in.Body.Until), Reason: in.Body.Reason})
	return d.ID, err
}

func (a *API) readDelegation(ctx context.Context, who identity.Actor, id string) (delegationView, error) {
	d, err := a.Identity.FindDelegation(ctx, who, id)
	return viewDelegation(d), err
}

func (a *API) showDelegation(ctx context.Context, who identity.Actor, in *delegationPath) (delegationView, error) {
	return a.readDelegation(ctx, who, in.ID)
}

func (a *API) acceptDelegation(ctx context.Context, who identity.Actor, in *delegationAct) (delegationView, error) {
	version, err := in.version()
	if err != nil {
		return delegationView{}, err
	}
	d, err := a.Identity.Accept(ctx, who, in.ID, version)
	return viewDelegation(d), err
}

func (a *API) endDelegation(ctx context.Context, who identity.Actor, in *delegationAct) (delegationView, error) {
	version, err := in.version()
	if err != nil {
		return delegationView{}, err
	}
	d, err := a.Identity.End(ctx, who, in.ID, version)
	return viewDelegation(d), err
}
