// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
)

// DemoSignIn is an account of the demonstration, printed and shown for anybody.
type DemoSignIn struct {
	Role         string `json:"role"`
	Email        string `json:"email"`
	Password     string `json:"password"`
	Name         string `json:"name"`
	Organisation string `json:"organisation"`
}

type credentials struct {
	Body struct {
		Email    string `json:"email" maxLength:"254"`
		Password string `json:"password" maxLength:"400"`
		Code     string `json:"code" required:"false" maxLength:"12" doc:"The six digits of the second factor, where one is set up."`
	}
}

type organisationView struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Country string `json:"country"`
	Place   string `json:"place"`
}

func viewOrganisation(o identity.Organisation) organisationView {
	return organisationView{ID: o.ID, Name: o.Name, Kind: o.Kind, Country: o.Country, Place: o.Place}
}

type programmeView struct {
	ID                  string   `json:"id"`
	Code                string   `json:"code"`
	Name                string   `json:"name"`
	Summary             string   `json:"summary"`
	Countries           []string `json:"countries" doc:"Countries of origin that the programme serves."`
	MinimumCounterparts int      `json:"minimumCounterparts"`
	ShortlistMost       int      `json:"shortlistMost"`
	Demo                bool     `json:"demo"`
}

func viewProgramme(p identity.Programme) programmeView {
	return programmeView{ID: p.ID, Code: p.Code, Name: p.Name, Summary: p.Summary, Countries: append([]string{}, p.Countries...),
		MinimumCounterparts: p.MinimumCounterparts, ShortlistMost: p.ShortlistMost, Demo: p.Demo}
}

type membershipView struct {
	MembershipID string           `json:"membershipId"`
	Role         string           `json:"role"`
	Organisation organisationView `json:"organisation"`
	Programme    *programmeView   `json:"programme"`
}

func viewPlace(p identity.Place) membershipView {
	view := membershipView{MembershipID: p.Membership.ID, Role: string(p.Membership.Role), Organisation: viewOrganisation(p.Organisation)}
	if p.Programme != nil {
		programme := viewProgramme(*p.Programme)
		view.Programme = &programme
	}
	return view
}

type userView struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Email  string `json:"email"`
	Locale string `json:"locale"`
	Demo   bool   `json:"demo"`
}

type factorView struct {
	Enrolled bool `json:"enrolled" doc:"A second factor is set up."`
	Required bool `json:"required" doc:"The acting role asks for one."`
}

type sessionView struct {
	User           userView         `json:"user"`
	Role           string           `json:"role" enum:",professional,association,host,ministry,coordinator,administrator"`
	Acting         *membershipView  `json:"acting" doc:"The membership that the session acts in; null for a professional."`
	Memberships    []membershipView `json:"memberships"`
	ProfessionalID string           `json:"professionalId"`
	ActingFor      *lentView        `json:"actingFor" doc:"The colleague in whose name the session acts; null in one's own office."`
	Lent           []lentView       `json:"lent" doc:"Colleagues in whose name I may act now."`
	TOTP           factorView       `json:"totp"`
	Demo           bool             `json:"demo" doc:"The demonstration is loaded: fictional people are about."`
}

// sessionRoutes sign people in and out and say who they are.
func (a *API) sessionRoutes() []Route {
	return []Route{
		on("POST", "/session", identity.Public, "sign-in", "Sign in", a.signIn),
		on("GET", "/session", identity.SignedIn, "show-session", "Who am I, and acting for whom", a.showSession),
		does("DELETE", "/session", identity.SignedIn, "sign-out", "Sign out", a.signOut),
		on("PUT", "/session/acting", identity.SignedIn, "act-for", "Choose the organisation to act for", a.actFor),
		on("PUT", "/session/locale", identity.SignedIn, "choose-language", "Choose the language of the screens", a.chooseLocale),
		on("POST", "/session/totp", identity.SignedIn, "begin-second-factor", "Begin to set up a second factor", a.beginFactor),
		on("PUT", "/session/totp", identity.SignedIn, "confirm-second-factor", "Confirm the second factor with its first code", a.confirmFactor),
		on("GET", "/demo-sign-ins", identity.Public, "list-demo-sign-ins", "The accounts of the demonstration", a.demoSignIns),
		on("GET", "/programmes", identity.SignedIn, "list-programmes", "The programmes that I have to do with", a.programmes),
		on("GET", "/open-programmes", identity.Public, "list-open-programmes", "The programmes that a person may register for", a.openProgrammes),
		on("GET", "/organisations", identity.SignedIn, "list-organisations", "The partners of my programme", a.organisations),
	}
}

func (a *API) signIn(ctx context.Context, _ identity.Actor, in *credentials) (sessionView, error) {
	token, err := a.Identity.SignIn(ctx, identity.Credentials{Email: in.Body.Email, Password: in.Body.Password,
		Code: in.Body.Code, Address: addressOf(ctx)})
	if err != nil {
		return sessionView{}, err
	}
	return a.begin(ctx, token)
}

// begin hands a fresh session to the browser and describes it.
func (a *API) begin(ctx context.Context, token string) (sessionView, error) {
	who, err := a.Identity.Resume(ctx, token)
	if err != nil {
		return sessionView{}, err
	}
	if old := tokenOf(ctx); old != "" {
		// The session before this one ends; that it could not is no reason to refuse the new one.
		_ = a.Identity.SignOut(ctx, old)
	}
	a.setSession(ctx, token)
	return a.describe(ctx, who)
}

func (a *API) describe(ctx context.Context, who identity.Actor) (sessionView, error) {
	o, err := a.Identity.Describe(ctx, who)
	if err != nil {
		return sessionView{}, err
	}
	view := sessionView{
		User:           userView{ID: o.User.ID, Name: o.User.Name, Email: o.User.Email, Locale: o.User.Locale, Demo: o.User.Demo},
		Role:           string(who.Role),
		Memberships:    mapped(o.Places, viewPlace),
		ProfessionalID: who.ProfessionalID,
		TOTP:           factorView{Enrolled: o.Enrolled, Required: o.Required},
		Demo:           a.DemoSignIns != nil && len(a.DemoSignIns()) > 0,
	}
	for i := range view.Memberships {
		if view.Memberships[i].MembershipID == who.MembershipID {
			view.Acting = &view.Memberships[i]
		}
	}
	view.Lent = mapped(o.Lent, func(d identity.Delegated) lentView { return viewLent(d, view.Memberships) })
	for i := range view.Lent {
		if view.Lent[i].DelegationID == who.DelegationID {
			view.ActingFor, view.Acting = &view.Lent[i], &view.Lent[i].Office
		}
	}
	return view, nil
}

func (a *API) showSession(ctx context.Context, who identity.Actor, _ *none) (sessionView, error) {
	return a.describe(ctx, who)
}

func (a *API) signOut(ctx context.Context, _ identity.Actor, _ *none) error {
	if err := a.Identity.SignOut(ctx, tokenOf(ctx)); err != nil {
		return err
	}
	a.setSession(ctx, "")
	return nil
}

type actingChoice struct {
	Body struct {
		MembershipID string `json:"membershipId" maxLength:"36" doc:"Empty: act for oneself as a professional."`
		DelegationID string `json:"delegationId" required:"false" maxLength:"36" doc:"Act for the colleague whose office this lends; the membership is left empty."`
	}
}

func (a *API) actFor(ctx context.Context, who identity.Actor, in *actingChoice) (sessionView, error) {
	act := func() error { return a.Identity.Act(ctx, who, tokenOf(ctx), in.Body.MembershipID) }
	if in.Body.DelegationID != "" {
		act = func() error { return a.Identity.ActUnder(ctx, who, tokenOf(ctx), in.Body.DelegationID) }
	}
	if err := act(); err != nil {
		return sessionView{}, err
	}
	who, err := a.Identity.Resume(ctx, tokenOf(ctx))
	if err != nil {
		return sessionView{}, err
	}
	return a.describe(ctx, who)
}

type localeChoice struct {
	Body struct {
		Locale string `json:"locale" maxLength:"8"`
	}
}

func (a *API) chooseLocale(ctx context.Context, who identity.Actor, in *localeChoice) (sessionView, error) {
	if err := a.Identity.SetLocale(ctx, who, in.Body.Locale); err != nil {
		return sessionView{}, err
	}
	who.Locale = in.Body.Locale
	return a.describe(ctx, who)
}

type enrolmentView struct {
	Secret string `json:"secret" doc:"To be typed into an authenticator app."`
	URI    string `json:"uri" doc:"The same for a link or a QR code."`
}

func (a *API) beginFactor(ctx context.Context, who identity.Actor, _ *none) (enrolmentView, error) {
	e, err := a.Identity.Enrol(ctx, who)
	return enrolmentView{Secret: e.Secret, URI: e.URI}, err
}

type factorCode struct {
	Body struct {
		Code string `json:"code" maxLength:"12"`
	}
}

func (a *API) confirmFactor(ctx context.Context, who identity.Actor, in *factorCode) (sessionView, error) {
	if err := a.Identity.ConfirmEnrolment(ctx, who, tokenOf(ctx), in.Body.Code); err != nil {
		return sessionView{}, err
	}
	who, err := a.Identity.Resume(ctx, tokenOf(ctx))
	if err != nil {
		return sessionView{}, err
	}
	return a.describe(ctx, who)
}

func (a *API) demoSignIns(context.Context, identity.Actor, *none) (list[DemoSignIn], error) {
	if a.DemoSignIns == nil {
		return list[DemoSignIn]{}, fault.New(fault.Missing, "demo.missing", "The demonstration is not loaded.")
	}
	return listOf(a.DemoSignIns(), ""), nil
}

func (a *API) programmes(ctx context.Context, who identity.Actor, _ *none) (list[programmeView], error) {
	found, err := a.Identity.Programmes(ctx, who)
	return listOf(mapped(found, viewProgramme), ""), err
}

func (a *API) openProgrammes(ctx context.Context, _ identity.Actor, _ *none) (list[programmeView], error) {
	found, err := a.Identity.OpenProgrammes(ctx)
	return listOf(mapped(found, viewProgramme), ""), err
}

type organisationFilter struct {
	Kind string `query:"kind" maxLength:"40" doc:"Only organisations of this kind."`
}

func (a *API) organisations(ctx context.Context, who identity.Actor, in *organisationFilter) (list[organisationView], error) {
	found, err := a.Identity.Organisations(ctx, who, in.Kind)
	return listOf(mapped(found, viewOrganisation), ""), err
}
