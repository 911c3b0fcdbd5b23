// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
)

type noticeView struct {
	Purpose  string `json:"purpose" enum:"registry_search,share_with_hosts,statistics,association_contact"`
	Version  string `json:"version"`
	Language string `json:"language"`
	Title    string `json:"title"`
	Body     string `json:"body" doc:"Paragraphs with an empty line between; lines that begin with a dash are a list."`
	Required bool   `json:"required" doc:"Nobody can be found without this one."`
}

func viewNotice(n privacy.Notice) noticeView {
	return noticeView{Purpose: string(n.Purpose), Version: n.Version, Language: n.Language, Title: n.Title, Body: n.Body, Required: n.Required}
}

type consentView struct {
	Purpose       string     `json:"purpose"`
	Status        string     `json:"status" enum:"none,active,withdrawn"`
	Title         string     `json:"title"`
	NoticeVersion string     `json:"noticeVersion" doc:"The version of the text that the person agreed to."`
	Outdated      bool       `json:"outdated" doc:"There is a newer text to read and agree to."`
	GivenAt       *time.Time `json:"givenAt"`
	WithdrawnAt   *time.Time `json:"withdrawnAt"`
}

// viewConsents shows consents with titles in the language of the reader.
func viewConsents(all []privacy.Consent, locale string) []consentView {
	return mapped(all, func(c privacy.Consent) consentView {
		n := privacy.CurrentNotice(c.Purpose, locale)
		view := consentView{Purpose: string(c.Purpose), Status: string(c.Status), Title: n.Title, NoticeVersion: c.NoticeVersion,
			Outdated: c.Status == privacy.Active && c.NoticeVersion != n.Version, WithdrawnAt: c.WithdrawnAt}
		if c.Status != privacy.None {
			view.GivenAt = &c.GivenAt
		}
		return view
	})
}

type givenView struct {
	Purpose  string `json:"purpose" doc:"registry_search, share_with_hosts, statistics or association_contact."`
	Version  string `json:"version" doc:"The version of the notice that was read."`
	Language string `json:"language" doc:"The language in which it was read."`
}

func (g givenView) given() privacy.Given {
	return privacy.Given{Purpose: privacy.Purpose(g.Purpose), Version: g.Version, Language: g.Language}
}

type secretSaid struct {
	Body struct {
		Token string `json:"token" maxLength:"100" doc:"What stands behind the # of the link."`
	}
}

type acceptance struct {
	Body struct {
		Token    string      `json:"token" maxLength:"100"`
		Password string      `json:"password" required:"false" maxLength:"400" doc:"For the new account; left out by who is signed in."`
		Locale   string      `json:"locale" required:"false" doc:"Language of the screens: en, fr, ar or pt."`
		Consents []givenView `json:"consents" required:"false" maxItems:"10" doc:"What the person ticked."`
	}
}

// RegistrationText is a profile with what a person signs in with later. It is
// exported, as IfMatch is, for huma to look into it.
type RegistrationText struct {
	Password string      `json:"password" maxLength:"400"`
	Locale   string      `json:"locale" doc:"Language of the screens: en, fr, ar or pt."`
	Consents []givenView `json:"consents" required:"false" maxItems:"10" doc:"What the person ticked."`
}

type registration struct {
	Body struct {
		RegistrationText
		ProfileText
	}
}

// kept is the registration with a fingerprint in the place of the password.
func (in *registration) kept() any {
	same := *in
	same.Body.Password = identity.Fingerprint(in.Body.Password, in.Body.Email)
	return same
}

type registrationView struct {
	ID      string `json:"id" doc:"Of the profile; sign in to see it. Empty when a mail comes first."`
	Confirm bool   `json:"confirm" doc:"We have sent a mail to the address: look there how to go on. It is the same whether or not the address has an account."`
}

type welcomeView struct {
	GivenName   string           `json:"givenName"`
	FamilyName  string           `json:"familyName"`
	Association organisationView `json:"association"`
	Programmes  []programmeView  `json:"programmes"`
	Profile     professionalView `json:"profile" doc:"What the association wrote."`
	Notices     []noticeView     `json:"notices"`
	HasAccount  bool             `json:"hasAccount" doc:"The address has an account: sign in first, then accept."`
	ExpiresAt   time.Time        `json:"expiresAt"`
}

// privacyRoutes are how people come in and what they agree to.
func (a *API) privacyRoutes() []Route {
	self := identity.Only(identity.Professional)
	return []Route{
		on("GET", "/notices", identity.Public, "list-notices", "The texts that people read before they consent", a.notices),
		on("POST", "/invitations/open", identity.Public, "open-invitation", "What an invited person is asked", a.openInvitation),
		on("POST", "/invitations/accept", identity.Public, "accept-invitation", "Make the profile my own, and sign in", a.acceptInvitation),
		does("POST", "/invitations/decline", identity.Public, "decline-invitation", "Say no; what was written about me is deleted", a.declineInvitation),
		on("GET", "/me/consents", self, "list-my-consents", "What I agreed to", a.myConsents),
		creates("/me/consents", self, "give-consent", "Agree to one purpose", a.giveConsent, a.readConsents),
		does("DELETE", "/me/consents/{purpose}", self, "withdraw-consent", "Withdraw; no search finds me by the time this answers", a.withdrawConsent),
	}
}

type reading struct {
	Language string `query:"language" maxLength:"10" doc:"en, fr, ar or pt; anything else is answered in English."`
}

func (a *API) notices(_ context.Context, _ identity.Actor, in *reading) (list[noticeView], error) {
	return listOf(mapped(privacy.Notices(in.Language), viewNotice), ""), nil
}

type opening struct {
	Body struct {
		Token    string `json:"token" maxLength:"100" doc:"What stands behind the # of the link."`
		Language string `json:"language" required:"false" maxLength:"10" doc:"Of the notices: en, fr, ar or pt."`
	}
}

func (a *API) openInvitation(ctx context.Context, _ identity.Actor, in *opening) (welcomeView, error) {
	w, err := a.Registry.Open(ctx, in.Body.Token)
	if err != nil {
		return welcomeView{}, err
	}
	card := registry.Card{Profile: w.Profile, Named: true, Invitation: w.Invitation, Affiliations: []identity.Organisation{w.Association}}
	return welcomeView{GivenName: w.Profile.GivenName, FamilyName: w.Profile.FamilyName, Association: viewOrganisation(w.Association),
		Programmes: mapped(w.Programmes, viewProgramme), Profile: viewProfessional(card, in.Body.Language, ""),
		Notices: mapped(privacy.Notices(in.Body.Language), viewNotice), HasAccount: w.HasAccount, ExpiresAt: w.Invitation.ExpiresAt}, nil
}

func (a *API) acceptInvitation(ctx context.Context, who identity.Actor, in *acceptance) (sessionView, error) {
	userID, err := a.Registry.Accept(ctx, who, in.Body.Token, registry.Account{Password: in.Body.Password, Locale: in.Body.Locale,
		Consents: mapped(in.Body.Consents, givenView.given)})
	if err != nil {
		return sessionView{}, err
	}
	token, err := a.Identity.OpenFor(ctx, userID)
	if err != nil {
		return sessionView{}, err
	}
	return a.begin(ctx, token)
}

func (a *API) declineInvitation(ctx context.Context, _ identity.Actor, in *secretSaid) error {
	return a.Registry.Decline(ctx, in.Body.Token)
}

func (a *API) registerMyself(ctx context.Context, _ identity.Actor, in *registration) (string, error) {
	return made(a.Registry.SelfRegister(ctx, in.Body.ProfileText.profile(), registry.Account{Email: in.Body.Email, Password: in.Body.Password,
		Locale: in.Body.Locale, Consents: mapped(in.Body.Consents, givenView.given)}))
}

// readRegistration says what became of a registration, without a word on whether
// the address was known.
func (a *API) readRegistration(ctx context.Context, _ identity.Actor, made string) (registrationView, error) {
	if a.Registry.ConfirmsAddresses || made == "" {
		return registrationView{Confirm: true}, nil
	}
	joined, err := a.Registry.Joined(ctx, made)
	if err != nil || !joined {
		return registrationView{Confirm: true}, err
	}
	return registrationView{ID: made}, nil
}

func (a *API) myConsents(ctx context.Context, who identity.Actor, _ *none) (list[consentView], error) {
	return a.readConsents(ctx, who, "")
}

func (a *API) readConsents(ctx context.Context, who identity.Actor, _ string) (list[consentView], error) {
	found, err := a.Privacy.Consents(ctx, who)
	return listOf(viewConsents(found, who.Locale), ""), err
}

type consenting struct{ Body givenView }

func (a *API) giveConsent(ctx context.Context, who identity.Actor, in *consenting) (string, error) {
	consent, err := a.Privacy.Give(ctx, who, in.Body.given())
	return consent.ID, err
}

type purposePath struct {
	Purpose string `path:"purpose" maxLength:"60"`
}

func (a *API) withdrawConsent(ctx context.Context, who identity.Actor, in *purposePath) error {
	return a.Privacy.Withdraw(ctx, who, privacy.Purpose(in.Purpose))
}
