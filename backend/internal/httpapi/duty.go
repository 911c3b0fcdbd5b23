// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/placements"
)

type presentView struct {
	Placement   placementView `json:"placement"`
	Country     string        `json:"country"`
	DutyStation string        `json:"dutyStation"`
	Phone       string        `json:"phone" doc:"Of the person."`
	Insured     bool          `json:"insured" doc:"The policy is verified and covers today."`
	Policy      string        `json:"policy" doc:"Its number."`
	InsuredTo   string        `json:"insuredTo"`
	Contacts    []contactView `json:"contacts" doc:"Whom to tell when something has happened."`
}

type contactView struct {
	Name     string `json:"name"`
	Phone    string `json:"phone"`
	Relation string `json:"relation" required:"false" doc:"What they are to the person."`
}

func viewContact(c placements.Contact) contactView {
	return contactView{Name: c.Name, Phone: c.Phone, Relation: c.Relation}
}

type dutyFilter struct {
	Country string `query:"country" maxLength:"2" doc:"Only in this country."`
	Place   string `query:"place" maxLength:"200" doc:"Only at this duty station, as it is written."`
}

type evacuationOrdered struct {
	Body struct {
		Placements []string `json:"placements" maxItems:"500" doc:"References or identifiers."`
		Reason     string   `json:"reason" doc:"The order, in words. Kept and shown to the partners."`
	}
}

type evacuationView struct {
	Done  int                `json:"done" doc:"How many are evacuated."`
	Items []evacuatedOneView `json:"items" doc:"What became of each, in the order in which they were named."`
}

type evacuatedOneView struct {
	Reference string `json:"reference"`
	Done      bool   `json:"done"`
	Code      string `json:"code" doc:"Why not; empty where it is done."`
	Detail    string `json:"detail"`
}

type contactsView struct {
	Contacts []contactView `json:"contacts"`
}

type contactsSet struct {
	Body contactsView
}

type incidentView struct {
	ID         string    `json:"id"`
	Version    int       `json:"version"`
	Placement  string    `json:"placement" doc:"Its reference."`
	Role       string    `json:"role" doc:"Of whoever told it."`
	Mine       bool      `json:"mine" doc:"I told it."`
	Kind       string    `json:"kind" enum:"safety,health,harassment,abuse,fee,work,other"`
	HappenedOn string    `json:"happenedOn"`
	Text       string    `json:"text"`
	State      string    `json:"state" enum:"OPEN,WORKING,CLOSED"`
	Outcome    string    `json:"outcome" doc:"What was done."`
	CreatedAt  time.Time `json:"createdAt"`
	UpdatedAt  time.Time `json:"updatedAt"`
	Can        struct {
		Work bool `json:"work"`
	} `json:"can"`
}

func (v incidentView) etag() int { return v.Version }

func viewIncident(who identity.Actor, i placements.Incident) incidentView {
	v := incidentView{ID: i.ID, Version: i.Version, Placement: i.Reference, Role: string(i.Role), Mine: i.FiledBy == who.UserID, Kind: i.Kind,
		HappenedOn: string(i.HappenedOn), Text: i.Body, State: i.State, Outcome: i.Outcome, CreatedAt: i.CreatedAt, UpdatedAt: i.UpdatedAt}
	v.Can.Work = who.Is(identity.Coordinator) && !v.Mine
	return v
}

type incidentTold struct {
	PlacementPath
	Body struct {
		Kind       string `json:"kind" enum:"safety,health,harassment,abuse,fee,work,other"`
		HappenedOn string `json:"happenedOn,omitempty" maxLength:"10"`
		Text       string `json:"text" doc:"At most 5,000 characters. Only you and the coordinators read it."`
	}
}

// IncidentPath names a report; exported for huma to look into it.
type IncidentPath struct {
	ID string `path:"id" maxLength:"60"`
}

type incidentWorked struct {
	IncidentPath
	IfMatch
	Body struct {
		To      string `json:"to" enum:"WORKING,CLOSED"`
		Outcome string `json:"outcome,omitempty" doc:"What was done; whoever told it reads it. Needed to close."`
	}
}

// dutyRoutes are for the day on which something happens.
func (a *API) dutyRoutes() []Route {
	coordinator, self := identity.Only(identity.Coordinator), identity.Only(identity.Professional)
	tellers := identity.Only(identity.Professional, identity.Host, identity.Ministry, identity.Association, identity.Coordinator)
	return []Route{
		on("GET", "/duty", coordinator, "list-present", "Who is where now, with insurance and whom to tell", a.listPresent),
		on("POST", "/evacuations", coordinator, "evacuate", "Bring several people to safety by one order", a.evacuate),
		on("GET", "/me/emergency-contacts", self, "list-my-contacts", "Whom to tell when something has happened to me", a.myContacts),
		on("PUT", "/me/emergency-contacts", self, "set-my-contacts", "Say whom to tell when something has happened to me", a.setContacts),
		creates("/placements/{ref}/incidents", tellers, "file-incident", "Tell in confidence what went wrong", a.fileIncident, a.readIncident),
		on("GET", "/incidents", tellers, "list-incidents", "What was told in confidence: mine, and the programme's for its coordinators", a.listIncidents),
		on("GET", "/incidents/{id}", tellers, "show-incident", "A report of what went wrong", a.showIncident),
		on("POST", "/incidents/{id}/work", coordinator, "work-incident", "Take a report in hand, or close it with what was done", a.workIncident),
	}
}

func (a *API) listPresent(ctx context.Context, who identity.Actor, in *dutyFilter) (list[presentView], error) {
	found, err := a.Placements.WhoIsWhere(ctx, who, in.Country, in.Place)
	return listOf(mapped(found, func(p placements.Present) presentView {
		return presentView{Placement: viewPlacement(p.View), Country: p.Country, DutyStation: p.DutyStation, Phone: p.Phone, Insured: p.Insured,
			Policy: p.Policy, InsuredTo: string(p.InsuredTo), Contacts: mapped(p.Contacts, viewContact)}
	}), ""), err
}

func (a *API) evacuate(ctx context.Context, who identity.Actor, in *evacuationOrdered) (evacuationView, error) {
	found, err := a.Placements.Evacuate(ctx, who, in.Body.Placements, in.Body.Reason)
	view := evacuationView{Items: []evacuatedOneView{}}
	for _, o := range found {
		one := evacuatedOneView{Reference: o.Reference, Done: o.Err == nil}
		if o.Err == nil {
			view.Done++
		} else {
			f := fault.Of(o.Err)
			one.Code, one.Detail = f.Code, f.Message
		}
		view.Items = append(view.Items, one)
	}
	return view, err
}

func (a *API) myContacts(ctx context.Context, who identity.Actor, _ *none) (contactsView, error) {
	found, err := a.Placements.Contacts(ctx, who)
	return contactsView{mapped(found, viewContact)}, err
}

func (a *API) setContacts(ctx context.Context, who identity.Actor, in *contactsSet) (contactsView, error) {
	found, err := a.Placements.SetContacts(ctx, who, mapped(in.Body.Contacts, func(c contactView) placements.Contact {
		return placements.Contact{Name: c.Name, Phone: c.Phone, Relation: c.Relation}
	}))
	return contactsView{mapped(found, viewContact)}, err
}

func (a *API) fileIncident(ctx context.Context, who identity.Actor, in *incidentTold) (string, error) {
	return a.Placements.File(ctx, who, in.Ref, placements.Incident{Kind: in.Body.Kind, HappenedOn: day.Day(in.Body.HappenedOn), Body: in.Body.Text})
}

func (a *API) readIncident(ctx context.Context, who identity.Actor, id string) (incidentView, error) {
	i, err := a.Placements.FindIncident(ctx, who, id)
	return viewIncident(who, i), err
}

func (a *API) listIncidents(ctx context.Context, who identity.Actor, in *Page) (list[incidentView], error) {
	found, next, err := a.Placements.Incidents(ctx, who, in.After, in.Limit)
	return listOf(mapped(found, func(i placements.Incident) incidentView { return viewIncident(who, i) }), next), err
}

func (a *API) showIncident(ctx context.Context, who identity.Actor, in *IncidentPath) (incidentView, error) {
	return a.readIncident(ctx, who, in.ID)
}

func (a *API) workIncident(ctx context.Context, who identity.Actor, in *incidentWorked) (incidentView, error) {
	version, err := in.version()
	if err != nil {
		return incidentView{}, err
	}
	i, err := a.Placements.Work(ctx, who, in.ID, version, in.Body.To, in.Body.Outcome)
	return viewIncident(who, i), err
}
