// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/selection"
)

// dueDecisionView is what the link of a mail asks an officer to decide. Whoever holds the mail
// reads it, so it names nobody: the person by pseudonym only.
type dueDecisionView struct {
	ID        string         `json:"id" doc:"Of the candidacy, for who signs in."`
	Step      string         `json:"step" enum:"host_endorsement,no_objection,approval"`
	Locale    string         `json:"locale" doc:"The officer's language."`
	Enrolled  bool           `json:"enrolled" doc:"The officer has a second factor; without one they have to sign in."`
	For       string         `json:"for" doc:"The absent colleague in whose name it is signed; empty: in one's own."`
	Reference string         `json:"reference" doc:"Of the need."`
	Title     string         `json:"title" doc:"Of the need."`
	Language  string         `json:"language" doc:"That the title is written in."`
	Host      string         `json:"host"`
	Pseudonym string         `json:"pseudonym" doc:"Of the person."`
	From      string         `json:"from"`
	To        string         `json:"to"`
	DecideBy  *time.Time     `json:"decideBy"`
	Earlier   []decisionView `json:"earlier" doc:"What was decided before, with the reasons."`
}

func viewDueDecision(a selection.Asked) dueDecisionView {
	v := a.View
	view := dueDecisionView{ID: v.ID, Step: string(a.Step), Locale: a.Locale, Enrolled: a.Enrolled, For: a.For, Reference: v.Need.Reference, Title: v.Need.Title,
		Language: v.Need.Language, Host: v.Organisation.Name, Pseudonym: v.Pseudonym, From: string(v.From), To: string(v.To), DecideBy: v.DecideBy, Earlier: []decisionView{}}
	for _, d := range v.Decisions {
		if d.Round == v.Round {
			view.Earlier = append(view.Earlier, viewDecision(d))
		}
	}
	return view
}

type askedDecision struct {
	Body struct {
		Token    string `json:"token" maxLength:"200" doc:"Of the link."`
		Decision string `json:"decision" enum:"yes,no"`
		Reason   string `json:"reason" doc:"At most 5000 characters."`
		Code     string `json:"code" maxLength:"12" doc:"The six digits of the second factor."`
	}
}

func (in *askedDecision) kept() any { return nil }

// byMailRoutes let an officer decide by the link of a mail with their second factor.
func (a *API) byMailRoutes() []Route {
	return []Route{
		on("POST", "/decision-links/open", identity.Public, "open-decision-link", "What the link of a mail asks an officer to decide", a.openAsked),
		does("POST", "/decision-links", identity.Public, "decide-by-link", "Decide by the link of a mail, once, with the second factor", a.decideAsked),
	}
}

func (a *API) openAsked(ctx context.Context, _ identity.Actor, in *tokenSaid) (dueDecisionView, error) {
	asked, err := a.Selection.OpenAsked(ctx, in.Body.Token)
	if err != nil {
		return dueDecisionView{}, err
	}
	return viewDueDecision(asked), nil
}

func (a *API) decideAsked(ctx context.Context, _ identity.Actor, in *askedDecision) error {
	_, err := a.Selection.DecideAsked(ctx, in.Body.Token, selection.Opinion{Yes: in.Body.Decision == "yes", Reason: in.Body.Reason},
		func(userID string) error { return a.Identity.ProveFactor(ctx, userID, in.Body.Code) })
	return err
}
