// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/placements"
)

type placementNeed struct {
	ID        string `json:"id"`
	Reference string `json:"reference"`
	Title     string `json:"title"`
}

type placementCan struct {
	Cancel bool `json:"cancel"`
}

type placementView struct {
	ID           string           `json:"id"`
	Reference    string           `json:"reference" doc:"For people: GH-P-2027-0001."`
	Version      int              `json:"version"`
	State        string           `json:"state"`
	Need         placementNeed    `json:"need"`
	CandidacyID  string           `json:"candidacyId"`
	Organisation organisationView `json:"organisation" doc:"The host institution."`
	Person       personView       `json:"person"`
	From         string           `json:"from"`
	To           string           `json:"to"`
	Days         int              `json:"days"`
	ExtensionTo  string           `json:"extensionTo" doc:"The last day that is asked for, while it is."`
	Modality     string           `json:"modality"`
	Reason       string           `json:"reason" doc:"Why it was cancelled, postponed or cut short."`
	File         *placementFile   `json:"file,omitempty" doc:"What hangs on it; left out in lists."`
	Can          placementCan     `json:"can"`
	CreatedAt    time.Time        `json:"createdAt"`
	UpdatedAt    time.Time        `json:"updatedAt"`
}

func (v placementView) etag() int { return v.Version }

func viewPlacement(v placements.View) placementView {
	view := placementView{
		ID: v.ID, Reference: v.Reference, Version: v.Version, State: string(v.Stands()),
		Need:        placementNeed{ID: v.NeedID, Reference: v.NeedReference, Title: v.NeedTitle},
		CandidacyID: v.CandidacyID, Organisation: viewOrganisation(v.Organisation), Person: personView{Pseudonym: v.Pseudonym, Name: v.Name},
		From: string(v.From), To: string(v.To), Days: v.Days(), ExtensionTo: string(v.ExtensionTo), Modality: v.Modality, Reason: v.Reason, Can: placementCan(v.Can),
		CreatedAt: v.CreatedAt, UpdatedAt: v.UpdatedAt,
	}
	if v.Name != "" {
		view.Person.ProfessionalID = v.ProfessionalID
	}
	view.File = viewFile(v.File)
	return view
}

// PlacementPath names a placement by its identifier or its reference; exported
// for huma to look into it.
type PlacementPath struct {
	Ref string `path:"ref" maxLength:"60" doc:"The identifier or the reference of the placement."`
}

type placementCancel struct {
	PlacementPath
	IfMatch
	Body struct {
		Reason string `json:"reason" doc:"Kept and shown to the partners. At most 5,000 characters."`
	}
}

type placementFilter struct {
	Page
	State []string `query:"state" maxItems:"20" doc:"Only in these states, separated by commas."`
}

// placementRoutes show who goes where and when.
func (a *API) placementRoutes() []Route {
	readers := identity.Only(identity.Host, identity.Ministry, identity.Coordinator, identity.Association, identity.Professional)
	readersOfLetters := identity.Only(identity.Host, identity.Ministry, identity.Coordinator, identity.Professional)
	cancellers := identity.Only(identity.Host, identity.Ministry, identity.Coordinator, identity.Professional)
	return []Route{
		on("GET", "/placements", readers, "list-placements", "The placements that I may see, newest first", a.listPlacements),
		on("GET", "/placements/{ref}", readers, "show-placement", "A placement", a.showPlacement),
		on("POST", "/placements/{ref}/cancel", cancellers, "cancel-placement", "End a placement before it began", a.cancelPlacement),
		on("POST", "/placements/{ref}/steps", cancellers, "take-placement-step", "Take the next step of a placement", a.takeStep),
		on("PUT", "/placements/{ref}/clearances/{kind}", identity.Only(identity.Professional, identity.Host, identity.Coordinator), "bring-clearance",
			"Say that a clearance is there, with its days", a.bringClearance),
		on("POST", "/placements/{ref}/clearances/{kind}/signature", identity.Only(identity.Professional, identity.Host, identity.Coordinator), "sign-clearance",
			"Sign what several have to sign", a.signClearance),
		on("POST", "/placements/{ref}/clearances/{kind}/decision", identity.Only(identity.Coordinator), "decide-clearance",
			"Verify, refuse or waive a clearance", a.decideClearance),
		on("PUT", "/placements/{ref}/reports/{kind}", identity.Only(identity.Professional, identity.Host, identity.Coordinator), "report-on-placement",
			"Tell of a placement: a note, a report, an evaluation", a.reportOn),
		download("/placements/{ref}/letters/{letter}", "application/pdf", "The document, for printing", readersOfLetters, "fetch-placement-letter",
			"A document of a placement: invitation, terms of reference, agreement, mission order, certificate", a.fetchLetter),
		on("GET", "/certificates/{code}", identity.Public, "check-certificate", "Whether a certificate of service is real", a.checkCertificate),
	}
}

func (a *API) listPlacements(ctx context.Context, who identity.Actor, in *placementFilter) (list[placementView], error) {
	found, err := a.Placements.List(ctx, who, placements.Filter{After: in.After, Limit: in.Limit,
		States: mapped(in.State, func(s string) placements.State { return placements.State(s) })})
	return listOf(mapped(found.Items, viewPlacement), found.Next), err
}

func (a *API) showPlacement(ctx context.Context, who identity.Actor, in *PlacementPath) (placementView, error) {
	p, err := a.Placements.Find(ctx, who, in.Ref)
	return viewPlacement(p), err
}

func (a *API) cancelPlacement(ctx context.Context, who identity.Actor, in *placementCancel) (placementView, error) {
	version, err := in.version()
	if err != nil {
		return placementView{}, err
	}
	p, err := a.Placements.Cancel(ctx, who, in.Ref, version, in.Body.Reason)
	return viewPlacement(p), err
}

type letterAsked struct {
	PlacementPath
	Letter   string `path:"letter" maxLength:"40" doc:"invitation, terms_of_reference, agreement, mission_order or certificate."`
	Language string `query:"language" enum:"en,fr,ar,pt" doc:"Left out: the language of the person."`
}

func (a *API) fetchLetter(ctx context.Context, who identity.Actor, in *letterAsked) (string, []byte, error) {
	return a.Placements.Letter(ctx, who, in.Ref, placements.LetterKind(in.Letter), in.Language)
}
