// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"io"
	"time"

	"sankofa/backend/internal/files"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/lifecycle"
	"sankofa/backend/internal/partners"
)

// RefereeNamed is somebody who knows an organisation.
type RefereeNamed struct {
	Name         string `json:"name" maxLength:"200"`
	Organisation string `json:"organisation" maxLength:"200"`
	Contact      string `json:"contact" maxLength:"200" doc:"An e-mail address or a telephone number."`
}

// OrganisationText is what an organisation says of itself; exported for huma.
type OrganisationText struct {
	Kind        string         `json:"kind" enum:"association,host_institution,ministry,destination_ministry,donor,local_authority,professional_council,recruitment_agency,employer,data_office"`
	Name        string         `json:"name" maxLength:"200"`
	Country     string         `json:"country" maxLength:"2" doc:"ISO 3166-1."`
	Place       string         `json:"place" maxLength:"200"`
	Website     string         `json:"website" maxLength:"300" doc:"https://… or empty."`
	Summary     string         `json:"summary" maxLength:"2000" doc:"What it does."`
	OfficerName string         `json:"officerName" maxLength:"200" doc:"Who acts for it first."`
	Locale      string         `json:"locale" maxLength:"5" doc:"Of the mails."`
	Referees    []RefereeNamed `json:"referees" maxItems:"4" doc:"Two to four people who know it and are not of it."`
}

func (t OrganisationText) form() partners.Form {
	return partners.Form{Kind: t.Kind, Name: t.Name, Country: t.Country, Place: t.Place, Website: t.Website, Summary: t.Summary, OfficerName: t.OfficerName, Locale: t.Locale,
		Referees: mapped(t.Referees, func(r RefereeNamed) partners.Referee {
			return partners.Referee{Name: r.Name, Organisation: r.Organisation, Contact: r.Contact}
		})}
}

type organisationAsking struct {
	Body struct {
		OrganisationText
		Programme    string `json:"programme" maxLength:"40" doc:"Its code; see open-programmes."`
		OfficerEmail string `json:"officerEmail" maxLength:"254"`
	}
}

type applicationSent struct {
	Sent bool `json:"sent" doc:"A mail with the link is on its way to the first officer."`
}

type linkToken struct {
	Body struct {
		Token string `json:"token" maxLength:"100" doc:"What stands behind the # of the link."`
	}
}

type applicationResending struct {
	IfMatch
	Body struct {
		OrganisationText
		Token string `json:"token" maxLength:"100"`
	}
}

type paperRemoving struct {
	Body struct {
		Token string `json:"token" maxLength:"100"`
		Paper string `json:"paper" maxLength:"60"`
	}
}

type paperView struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	MediaType string    `json:"mediaType"`
	Size      int64     `json:"size" doc:"In bytes."`
	CreatedAt time.Time `json:"createdAt"`
}

type fieldRemark struct {
	Field string `json:"field" enum:"name,kind,country,place,website,summary,officerName,referees,papers"`
	Words string `json:"words" maxLength:"2000"`
}

type roundRemark struct {
	Round int    `json:"round"`
	Field string `json:"field"`
	Words string `json:"words"`
}

type organisationStep struct {
	Name    string   `json:"name" doc:"The step of the machine."`
	Missing []string `json:"missing" doc:"What it still waits for."`
}

type applicationView struct {
	ID            string             `json:"id"`
	Programme     string             `json:"programme" doc:"Its code."`
	ProgrammeName string             `json:"programmeName"`
	State         string             `json:"state" enum:"APPLIED,RETURNED,APPROVED,CLOSED"`
	Round         int                `json:"round"`
	Kind          string             `json:"kind"`
	Name          string             `json:"name"`
	Country       string             `json:"country"`
	Place         string             `json:"place"`
	Website       string             `json:"website"`
	Summary       string             `json:"summary"`
	OfficerName   string             `json:"officerName"`
	OfficerEmail  string             `json:"officerEmail"`
	Locale        string             `json:"locale"`
	Referees      []RefereeNamed     `json:"referees"`
	Papers        []paperView        `json:"papers"`
	Remarks       []roundRemark      `json:"remarks" doc:"Of every round, oldest first."`
	Reason        string             `json:"reason" doc:"Of the last decision."`
	Vouched       bool               `json:"vouched" doc:"The ministry vouched for the host."`
	AsksMinistry  bool               `json:"asksMinistry" doc:"A ministry of its country takes part and is asked."`
	Invited       bool               `json:"invited" doc:"The first officer has a link and has not used it."`
	Can           []organisationStep `json:"can"`
	Version       int                `json:"version"`
	CreatedAt     time.Time          `json:"createdAt"`
	UpdatedAt     time.Time          `json:"updatedAt"`
}

func (v applicationView) etag() int { return v.Version }

func viewSteps(all []partners.Next) []organisationStep {
	return mapped(all, func(n partners.Next) organisationStep {
		return organisationStep{Name: n.Name, Missing: mapped(n.Missing, func(e lifecycle.Evidence) string { return string(e) })}
	})
}

func viewPaper(f files.File) paperView {
	return paperView{ID: f.ID, Name: f.Name, MediaType: string(f.MediaType), Size: f.Size, CreatedAt: f.CreatedAt}
}

func viewApplication(d partners.Dossier) applicationView {
	return applicationView{ID: d.ID, Programme: d.Programme.Code, ProgrammeName: d.Programme.Name, State: string(d.State), Round: d.Round, Kind: d.Kind, Name: d.Name, Country: d.Country,
		Place: d.Place, Website: d.Website, Summary: d.Summary, OfficerName: d.OfficerName, OfficerEmail: d.OfficerEmail, Locale: d.Locale, Reason: d.Reason,
		Vouched: d.VouchedAt != nil, AsksMinistry: d.HasMinistry && d.Kind == "host_institution", Invited: d.Invited, Can: viewSteps(d.Can), Version: d.Version, CreatedAt: d.CreatedAt, UpdatedAt: d.UpdatedAt,
		Papers: mapped(d.Papers, viewPaper), Remarks: mapped(d.Remarks, func(r partners.Remark) roundRemark {
			return roundRemark{Round: r.Round, Field: r.Field, Words: r.Words}
		}),
		Referees: mapped(d.Referees, func(r partners.Referee) RefereeNamed {
			return RefereeNamed{Name: r.Name, Organisation: r.Organisation, Contact: r.Contact}
		})}
}

type applicationFilter struct {
	Page
	State string `query:"state" maxLength:"20" doc:"Only of this state."`
}

// ApplicationPath names an application; exported for huma to look into it.
type ApplicationPath struct {
	ID string `path:"id" maxLength:"60"`
}

type applicationMoving struct {
	ApplicationPath
	IfMatch
	Body struct {
		Move    string        `json:"move" enum:"vouch,return,approve,refuse"`
		Reason  string        `json:"reason" required:"false" maxLength:"2000"`
		Remarks []fieldRemark `json:"remarks" required:"false" maxItems:"9" doc:"What is to be mended; with return."`
	}
}

type paperPath struct {
	ApplicationPath
	Paper string `path:"paper" maxLength:"60"`
}

type officeOffered struct {
	Organisation string `json:"organisation"`
	Programme    string `json:"programme"`
	Role         string `json:"role"`
	Email        string `json:"email"`
	Name         string `json:"name"`
	Locale       string `json:"locale"`
	Known        bool   `json:"known" doc:"The address has an account: its password is asked."`
}

type officeTaking struct {
	Body struct {
		Token    string `json:"token" maxLength:"100"`
		Name     string `json:"name" maxLength:"200"`
		Password string `json:"password" maxLength:"1000"`
		Locale   string `json:"locale" maxLength:"5"`
	}
}

func (in *officeTaking) kept() any {
	out := *in
	out.Body.Password = ""
	return out
}

type officeView struct {
	ID         string             `json:"id"`
	Kind       string             `json:"kind"`
	Name       string             `json:"name"`
	Country    string             `json:"country"`
	Place      string             `json:"place"`
	State      string             `json:"state" enum:"APPROVED,SUSPENDED,CLOSED"`
	Reason     string             `json:"reason" doc:"Why it does not take part at present."`
	StateAt    *time.Time         `json:"stateAt" doc:"Since when; null where it never changed."`
	Officers   int                `json:"officers"`
	OpenNeeds  int                `json:"openNeeds"`
	Programmes []string           `json:"programmes" doc:"Their codes."`
	Can        []organisationStep `json:"can"`
	Version    int                `json:"version"`
}

func (v officeView) etag() int { return v.Version }

func viewOffice(o partners.Office) officeView {
	return officeView{ID: o.ID, Kind: o.Kind, Name: o.Name, Country: o.Country, Place: o.Place, State: o.State, Reason: o.StateReason, StateAt: o.StateAt,
		Officers: o.Officers, OpenNeeds: o.OpenNeeds, Programmes: mapped(o.Programmes, func(s string) string { return s }), Can: viewSteps(o.Can), Version: o.Version}
}

type officeMoving struct {
	ApplicationPath
	IfMatch
	Body struct {
		Move   string `json:"move" enum:"suspend,reinstate,close"`
		Reason string `json:"reason" maxLength:"2000"`
	}
}

type partnerView struct {
	ID         string    `json:"id"`
	Kind       string    `json:"kind"`
	Name       string    `json:"name"`
	Country    string    `json:"country"`
	Place      string    `json:"place"`
	Website    string    `json:"website"`
	Summary    string    `json:"summary"`
	Since      time.Time `json:"since"`
	Programmes []string  `json:"programmes" doc:"Their names."`
}

type partnerFilter struct {
	Page
	Kind    string `query:"kind" enum:",association,host_institution,ministry,coordinator,destination_ministry,donor,local_authority,professional_council,recruitment_agency,employer,data_office" doc:"Only of this kind."`
	Country string `query:"country" maxLength:"2" doc:"Only there."`
	Words   string `query:"q" maxLength:"100" doc:"Part of the name or the place."`
}

// partnerRoutes are about the organisations that take part, and those that ask to.
func (a *API) partnerRoutes() []Route {
	gate := identity.Only(identity.Coordinator, identity.Ministry, identity.Administrator)
	runs := identity.Only(identity.Coordinator, identity.Administrator)
	return []Route{
		on("GET", "/partners", identity.Public, "list-partners", "Who takes part, for everybody; organisations only, nobody is named", a.listPartners),
		creates("/organisation-applications", identity.Public, "apply-as-organisation", "Ask for an organisation to take part; the first officer gets a link by mail", a.applyAsOrganisation, a.readAsked),
		on("POST", "/application/open", identity.Public, "open-application", "Where an application stands, by the link; the first time confirms the address", a.openApplication),
		on("POST", "/application/resend", identity.Public, "resend-application", "Send an application again that was sent back, as it was mended", a.resendApplication),
		uploads("/application/papers", identity.Public, "add-application-paper", "Add a paper to an application, encrypted; the header Link-Token holds the link's secret", partners.MostBytes, a.addPaper, a.readPaper),
		does("POST", "/application/papers/remove", identity.Public, "remove-application-paper", "Destroy a paper of an application", a.removePaper),
		on("GET", "/organisation-applications", gate, "list-applications", "Organisations that ask to take part, newest first", a.listApplications),
		on("GET", "/organisation-applications/{id}", gate, "show-application", "An application", a.showApplication),
		on("POST", "/organisation-applications/{id}/move", gate, "move-application", "Vouch for an organisation, send its application back, let it in or refuse it", a.moveApplication),
		on("POST", "/organisation-applications/{id}/invite", runs, "invite-first-officer", "Send the first officer the link once more", a.inviteOfficer),
		paper("/organisation-applications/{id}/papers/{paper}", gate, "fetch-application-paper", "A paper of an application, to be saved", a.fetchPaper),
		on("POST", "/office/open", identity.Public, "open-office", "What the link to a first officer offers", a.openOffice),
		does("POST", "/office/take", identity.Public, "take-office", "Become the first officer of an organisation; the link works once", a.takeOffice),
		on("GET", "/offices", runs, "list-offices", "Organisations of the programme, with their state", a.listOffices),
		on("GET", "/offices/{id}", runs, "show-office", "An organisation of the programme", a.showOffice),
		on("POST", "/offices/{id}/move", runs, "move-office", "Suspend an organisation, let it act again, or end its part", a.moveOffice),
	}
}

func (a *API) listPartners(ctx context.Context, _ identity.Actor, in *partnerFilter) (list[partnerView], error) {
	found, next, err := a.Partners.Directory(ctx, partners.Filter{Kind: in.Kind, Country: in.Country, Words: in.Words, After: in.After, Limit: in.Limit})
	return listOf(mapped(found, func(p partners.Partner) partnerView {
		return partnerView{ID: p.ID, Kind: p.Kind, Name: p.Name, Country: p.Country, Place: p.Place, Website: p.Website, Summary: p.Summary, Since: p.Since,
			Programmes: mapped(p.Programmes, func(s string) string { return s })}
	}), next), err
}

func (a *API) applyAsOrganisation(ctx context.Context, _ identity.Actor, in *organisationAsking) (string, error) {
	f := in.Body.form()
	f.Programme, f.OfficerEmail = in.Body.Programme, in.Body.OfficerEmail
	return a.Partners.Apply(ctx, f)
}

func (a *API) readAsked(context.Context, identity.Actor, string) (applicationSent, error) {
	return applicationSent{Sent: true}, nil
}

func (a *API) openApplication(ctx context.Context, _ identity.Actor, in *linkToken) (applicationView, error) {
	found, err := a.Partners.Open(ctx, in.Body.Token)
	return viewApplication(found), err
}

func (a *API) resendApplication(ctx context.Context, _ identity.Actor, in *applicationResending) (applicationView, error) {
	version, err := in.version()
	if err != nil {
		return applicationView{}, err
	}
	found, err := a.Partners.Resend(ctx, in.Body.Token, version, in.Body.form())
	return viewApplication(found), err
}

func (a *API) addPaper(ctx context.Context, _ identity.Actor, in sent) (string, error) {
	f, err := a.Partners.AddPaper(ctx, linkOf(ctx), in.Name, in.Content)
	return f.ID, err
}

// paperKept is the answer to a paper that arrived.
type paperKept struct {
	ID string `json:"id"`
}

func (a *API) readPaper(_ context.Context, _ identity.Actor, id string) (paperKept, error) {
	return paperKept{ID: id}, nil
}

func (a *API) removePaper(ctx context.Context, _ identity.Actor, in *paperRemoving) error {
	return a.Partners.RemovePaper(ctx, in.Body.Token, in.Body.Paper)
}

func (a *API) listApplications(ctx context.Context, who identity.Actor, in *applicationFilter) (list[applicationView], error) {
	found, next, err := a.Partners.Applications(ctx, who, in.State, in.After, in.Limit)
	return listOf(mapped(found, viewApplication), next), err
}

func (a *API) showApplication(ctx context.Context, who identity.Actor, in *ApplicationPath) (applicationView, error) {
	found, err := a.Partners.Find(ctx, who, in.ID)
	return viewApplication(found), err
}

func (a *API) moveApplication(ctx context.Context, who identity.Actor, in *applicationMoving) (applicationView, error) {
	version, err := in.version()
	if err != nil {
		return applicationView{}, err
	}
	found, err := a.Partners.Take(ctx, who, in.ID, version, partners.Move{Name: in.Body.Move, Reason: in.Body.Reason,
		Remarks: mapped(in.Body.Remarks, func(r fieldRemark) partners.Remark { return partners.Remark{Field: r.Field, Words: r.Words} })})
	return viewApplication(found), err
}

func (a *API) inviteOfficer(ctx context.Context, who identity.Actor, in *ApplicationPath) (applicationView, error) {
	found, err := a.Partners.Invite(ctx, who, in.ID)
	return viewApplication(found), err
}

func (a *API) fetchPaper(ctx context.Context, who identity.Actor, in *paperPath) (files.File, io.ReadCloser, error) {
	return a.Partners.Paper(ctx, who, in.ID, in.Paper)
}

func (a *API) openOffice(ctx context.Context, _ identity.Actor, in *linkToken) (officeOffered, error) {
	s, err := a.Partners.OpenOffice(ctx, in.Body.Token)
	return officeOffered{Organisation: s.Organisation.Name, Programme: s.Programme.Name, Role: string(s.Role), Email: s.Email, Name: s.Name, Locale: s.Locale, Known: s.Known}, err
}

func (a *API) takeOffice(ctx context.Context, _ identity.Actor, in *officeTaking) error {
	return a.Partners.TakeOffice(ctx, in.Body.Token, in.Body.Name, in.Body.Password, in.Body.Locale)
}

func (a *API) listOffices(ctx context.Context, who identity.Actor, in *applicationFilter) (list[officeView], error) {
	found, next, err := a.Partners.Offices(ctx, who, in.State, in.After, in.Limit)
	return listOf(mapped(found, viewOffice), next), err
}

func (a *API) showOffice(ctx context.Context, who identity.Actor, in *ApplicationPath) (officeView, error) {
	found, err := a.Partners.FindOffice(ctx, who, in.ID)
	return viewOffice(found), err
}

func (a *API) moveOffice(ctx context.Context, who identity.Actor, in *officeMoving) (officeView, error) {
	version, err := in.version()
	if err != nil {
		return officeView{}, err
	}
	found, err := a.Partners.MoveOffice(ctx, who, in.ID, version, in.Body.Move, in.Body.Reason)
	return viewOffice(found), err
}
