// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"strings"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/disclosure"
	"sankofa/backend/internal/identity"
)

type disclosureNeed struct {
	ID        string `json:"id"`
	Reference string `json:"reference"`
	Title     string `json:"title"`
}

type disclosedLine struct {
	Field string `json:"field" doc:"The name of the field: email, phone, cvText, …"`
	Value string `json:"value"`
}

type disclosedPart struct {
	Part  string          `json:"part"`
	Lines []disclosedLine `json:"lines" doc:"Empty when the profile says nothing here."`
}

type disclosureCan struct {
	Grant  bool `json:"grant"`
	Refuse bool `json:"refuse"`
	Revoke bool `json:"revoke"`
}

type disclosureView struct {
	ID           string           `json:"id"`
	Version      int              `json:"version"`
	State        string           `json:"state" enum:"ASKED,GRANTED,REFUSED,EXPIRED,REVOKED"`
	CandidacyID  string           `json:"candidacyId"`
	Need         disclosureNeed   `json:"need"`
	Host         organisationView `json:"host" doc:"To whom it is, or would be, shown."`
	AskedBy      string           `json:"askedBy" doc:"The organisation that asked."`
	Person       personView       `json:"person"`
	Parts        []string         `json:"parts" doc:"What was asked for: name, contact, cv, licences, birth, residence, accessibility."`
	GrantedParts []string         `json:"grantedParts"`
	Purpose      string           `json:"purpose"`
	Until        string           `json:"until" doc:"The last day on which it is shown."`
	AskedAt      time.Time        `json:"askedAt"`
	AnswerBy     time.Time        `json:"answerBy"`
	AnsweredAt   *time.Time       `json:"answeredAt"`
	EndedAt      *time.Time       `json:"endedAt"`
	Content      []disclosedPart  `json:"content" doc:"Word for word what the host sees, or would see; to the host only while it is granted."`
	GeneralNamed bool             `json:"generalNamed" doc:"The person also agreed that hosts learn the name once shortlisted."`
	Can          disclosureCan    `json:"can"`
}

func (v disclosureView) etag() int { return v.Version }

func viewDisclosure(v disclosure.View) disclosureView {
	return disclosureView{ID: v.ID, Version: v.Version, State: string(v.State), CandidacyID: v.CandidacyID,
		Need: disclosureNeed{ID: v.NeedID, Reference: v.Need.Reference, Title: v.Need.Title}, Host: viewOrganisation(v.Host), AskedBy: v.Asker.Name,
		Person: personView{Pseudonym: v.Pseudonym, Name: v.Name}, Parts: strings.Fields(v.Parts), GrantedParts: listed(strings.Fields(v.GrantedParts)),
		Purpose: v.Purpose, Until: string(v.UntilOn), AskedAt: v.AskedAt, AnswerBy: v.AnswerBy, AnsweredAt: v.AnsweredAt, EndedAt: v.EndedAt,
		Content: mapped(v.Content, func(c disclosure.Content) disclosedPart {
			return disclosedPart{Part: string(c.Part), Lines: mapped(c.Lines, func(l disclosure.Line) disclosedLine { return disclosedLine(l) })}
		}), GeneralNamed: v.GeneralNamed, Can: disclosureCan(v.Can)}
}

// listed is a list that is never null.
func listed(words []string) []string { return append([]string{}, words...) }

// disclosureRoutes are how a person shows one host more, for one need.
func (a *API) disclosureRoutes() []Route {
	self := identity.Only(identity.Professional)
	askers := identity.Only(identity.Host, identity.Coordinator)
	readers := identity.Only(identity.Professional, identity.Host, identity.Coordinator)
	return []Route{
		creates("/candidacies/{id}/disclosures", askers, "ask-disclosure", "Ask a person to show a host more than the pseudonym", a.askDisclosure, a.readDisclosure),
		on("GET", "/disclosures", readers, "list-disclosures", "What was asked, granted and ended, newest first", a.listDisclosures),
		on("GET", "/disclosures/{id}", readers, "show-disclosure", "One disclosure; with what is shown, while it is", a.showDisclosure),
		on("POST", "/disclosures/{id}/grant", self, "grant-disclosure", "Show the host these parts", a.grantDisclosure),
		on("POST", "/disclosures/{id}/refuse", self, "refuse-disclosure", "Show the host nothing", a.refuseDisclosure),
		on("POST", "/disclosures/{id}/revoke", self, "revoke-disclosure", "Take it back; the host sees nothing from now on", a.revokeDisclosure),
		on("GET", "/me/accessibility", self, "show-my-accessibility", "What I need to be able to work", a.myAccessibility),
		does("PUT", "/me/accessibility", self, "say-my-accessibility", "Say what I need to be able to work; nothing takes it back", a.sayAccessibility),
	}
}

// DisclosurePath names a disclosure; exported for huma to look into it.
type DisclosurePath struct {
	ID string `path:"id" maxLength:"60"`
}

type disclosureAsked struct {
	ID   string `path:"id" maxLength:"60" doc:"The candidacy."`
	Body struct {
		Parts   []string `json:"parts" maxItems:"7" doc:"name, contact, cv, licences, birth, residence, accessibility."`
		Purpose string   `json:"purpose" doc:"What for, in words that the person reads. At most 500 characters."`
		Until   string   `json:"until" maxLength:"10" doc:"The last day on which it is shown, such as 2027-07-31."`
	}
}

func partsOf(words []string) []disclosure.Part {
	return mapped(words, func(w string) disclosure.Part { return disclosure.Part(w) })
}

func (a *API) askDisclosure(ctx context.Context, who identity.Actor, in *disclosureAsked) (string, error) {
	return a.Disclosure.Ask(ctx, who, disclosure.Asking{CandidacyID: in.ID, Parts: partsOf(in.Body.Parts), Purpose: in.Body.Purpose, Until: day.Day(in.Body.Until)})
}

func (a *API) readDisclosure(ctx context.Context, who identity.Actor, made string) (disclosureView, error) {
	v, err := a.Disclosure.Find(ctx, who, made)
	return viewDisclosure(v), err
}

type disclosureFilter struct {
	Page
	Candidacy string `query:"candidacy" maxLength:"60" doc:"Only about this candidacy."`
}

func (a *API) listDisclosures(ctx context.Context, who identity.Actor, in *disclosureFilter) (list[disclosureView], error) {
	found, next, err := a.Disclosure.List(ctx, who, disclosure.Filter{Candidacy: in.Candidacy, After: in.After, Limit: in.Limit})
	return listOf(mapped(found, viewDisclosure), next), err
}

func (a *API) showDisclosure(ctx context.Context, who identity.Actor, in *DisclosurePath) (disclosureView, error) {
	return a.readDisclosure(ctx, who, in.ID)
}

type disclosureGrant struct {
	DisclosurePath
	IfMatch
	Body struct {
		Parts []string `json:"parts" maxItems:"7" doc:"Which of the parts that were asked for."`
	}
}

func (a *API) grantDisclosure(ctx context.Context, who identity.Actor, in *disclosureGrant) (disclosureView, error) {
	version, err := in.version()
	if err != nil {
		return disclosureView{}, err
	}
	v, err := a.Disclosure.Grant(ctx, who, in.ID, version, partsOf(in.Body.Parts))
	return viewDisclosure(v), err
}

type disclosureAct struct {
	DisclosurePath
	IfMatch
}

func (a *API) refuseDisclosure(ctx context.Context, who identity.Actor, in *disclosureAct) (disclosureView, error) {
	version, err := in.version()
	if err != nil {
		return disclosureView{}, err
	}
	v, err := a.Disclosure.Refuse(ctx, who, in.ID, version)
	return viewDisclosure(v), err
}

func (a *API) revokeDisclosure(ctx context.Context, who identity.Actor, in *disclosureAct) (disclosureView, error) {
	version, err := in.version()
	if err != nil {
		return disclosureView{}, err
	}
	v, err := a.Disclosure.Revoke(ctx, who, in.ID, version)
	return viewDisclosure(v), err
}

type accessibilityView struct {
	Needs string `json:"needs" doc:"In the person's own words; empty: nothing said."`
}

func (a *API) myAccessibility(ctx context.Context, who identity.Actor, _ *none) (accessibilityView, error) {
	words, _, err := a.Disclosure.Accessibility(ctx, who)
	return accessibilityView{Needs: words}, err
}

type accessibilitySaid struct{ Body accessibilityView }

func (a *API) sayAccessibility(ctx context.Context, who identity.Actor, in *accessibilitySaid) error {
	return a.Disclosure.SayAccessibility(ctx, who, in.Body.Needs)
}
