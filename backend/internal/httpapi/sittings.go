// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/selection"
)

type seatView struct {
	UserID       string `json:"userId"`
	Name         string `json:"name"`
	Organisation string `json:"organisation"`
	Seat         string `json:"seat" enum:"host,coordinator,ministry,association" doc:"The side that the member sits for."`
	Chair        bool   `json:"chair" doc:"Speaks for the committee."`
}

type sittingView struct {
	NeedID   string     `json:"needId"`
	Version  int        `json:"version" doc:"Of the need; for If-Match."`
	Members  []seatView `json:"members"`
	Possible []seatView `json:"possible" doc:"Whom the coordinator may put on it."`
}

func (v sittingView) etag() int { return v.Version }

func viewSitting(s selection.Sitting) sittingView {
	seat := func(m selection.Seat) seatView {
		return seatView{UserID: m.UserID, Name: m.Name, Organisation: m.Organisation, Seat: m.Seat, Chair: m.Chair}
	}
	return sittingView{NeedID: s.NeedID, Version: s.Version, Members: mapped(s.Members, seat), Possible: mapped(s.Possible, seat)}
}

type seatInput struct {
	UserID string `json:"userId" maxLength:"36"`
	Seat   string `json:"seat" enum:"host,coordinator,ministry,association"`
	Chair  bool   `json:"chair"`
}

type sittingInput struct {
	NeedPath
	IfMatch
	Body struct {
		Members []seatInput `json:"members" maxItems:"15"`
	}
}

type interestInput struct {
	CandidacyPath
	Body struct {
		Conflict bool   `json:"conflict" doc:"I have a conflict of interest, and stay away."`
		Reason   string `json:"reason" required:"false" doc:"Which; needed with a conflict. At most 5,000 characters."`
	}
}

type judgementInput struct {
	CandidacyPath
	Body struct {
		Scores []levelInput `json:"scores" maxItems:"40" doc:"One for each criterion of the need."`
	}
}

type levelInput struct {
	Criterion string `json:"criterion" maxLength:"36"`
	Level     int    `json:"level" doc:"1 does not meet it, 2 meets it in part, 3 meets it, 4 goes beyond it."`
	Note      string `json:"note" required:"false" doc:"At most 5,000 characters."`
}

type takenReferenceInput struct {
	CandidacyPath
	Body struct {
		Referee string `json:"referee" doc:"A function and an institution, not a name. At most 300 characters."`
		Words   string `json:"words" doc:"What they said. At most 5,000 characters."`
	}
}

type rulesView struct {
	Version         int  `json:"version" doc:"1 while the programme has set none."`
	Committee       bool `json:"committee" doc:"A committee has to choose; else a host may endorse from the shortlist."`
	ShortlistLeast  int  `json:"shortlistLeast"`
	Balanced        bool `json:"balanced" doc:"Women and men on every shortlist, or a written reason."`
	ReferencesLeast int  `json:"referencesLeast" doc:"Of somebody whom a committee recommends."`
}

func (v rulesView) etag() int { return v.Version }

func viewRules(r selection.Rules) rulesView {
	return rulesView{Version: r.Version, Committee: r.Committee, ShortlistLeast: r.ShortlistLeast, Balanced: r.Balanced, ReferencesLeast: r.ReferencesLeast}
}

type rulesInput struct {
	IfMatch
	Body struct {
		Committee       bool `json:"committee"`
		ShortlistLeast  int  `json:"shortlistLeast" doc:"1 to 20."`
		Balanced        bool `json:"balanced"`
		ReferencesLeast int  `json:"referencesLeast" doc:"0 to 5."`
	}
}

type templateView struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Shared bool   `json:"shared" doc:"Every host of the programme may use it."`
	Mine   bool   `json:"mine" doc:"I may remove it."`
}

type templateInput struct {
	NeedPath
	Body struct {
		Title string `json:"title" doc:"What it is called. At most 300 characters."`
	}
}

type templatePath struct {
	ID string `path:"id" maxLength:"36"`
}

// sittingRoutes are those of committees, of what a programme asks of a selection, and
// of templates.
func (a *API) sittingRoutes() []Route {
	coordinator, host := identity.Only(identity.Coordinator), identity.Only(identity.Host)
	partners := identity.Only(identity.Host, identity.Ministry, identity.Coordinator)
	members := identity.Only(identity.Host, identity.Ministry, identity.Coordinator, identity.Association)
	writers := identity.Only(identity.Host, identity.Coordinator)
	return []Route{
		on("GET", "/needs/{ref}/committee", partners, "show-committee", "The committee of a need", a.showCommittee),
		on("PUT", "/needs/{ref}/committee", coordinator, "set-committee", "Put the committee of a need together", a.setCommittee),
		on("POST", "/candidacies/{id}/interests", members, "declare-interest", "Say whether I have a conflict of interest", a.declareInterest),
		on("POST", "/candidacies/{id}/scores", members, "judge-candidacy", "Judge every criterion, without the others", a.judgeCandidacy),
		on("POST", "/candidacies/{id}/references", members, "take-reference", "Keep what a referee told the committee", a.takeReference),
		on("GET", "/selection-rules", coordinator, "show-selection-rules", "What the programme asks of a selection", a.showRules),
		on("PUT", "/selection-rules", coordinator, "set-selection-rules", "Say what the programme asks of a selection", a.setRules),
		on("GET", "/approval-chain", coordinator, "show-approval-chain", "Who decides about a person, until when, and what follows silence", a.showChain),
		on("PUT", "/approval-chain", coordinator, "set-approval-chain", "Say how the programme decides from now on; what is under way keeps its chain", a.setChain),
		on("GET", "/need-templates", writers, "list-need-templates", "What I may begin a need from", a.listTemplates),
		on("POST", "/needs/{ref}/template", writers, "keep-need-template", "Make a template of a need", a.keepTemplate),
		creates("/need-templates/{id}/needs", host, "use-need-template", "Begin a need from a template", a.useTemplate, a.readNeed),
		does("DELETE", "/need-templates/{id}", writers, "drop-need-template", "Remove a template", a.dropTemplate),
	}
}

func (a *API) showCommittee(ctx context.Context, who identity.Actor, in *NeedPath) (sittingView, error) {
	s, err := a.Selection.Sitting(ctx, who, in.Ref)
	return viewSitting(s), err
}

func (a *API) setCommittee(ctx context.Context, who identity.Actor, in *sittingInput) (sittingView, error) {
	version, err := in.version()
	if err != nil {
		return sittingView{}, err
	}
	s, err := a.Selection.Seat(ctx, who, in.Ref, version, mapped(in.Body.Members, func(m seatInput) selection.Seat {
		return selection.Seat{UserID: m.UserID, Seat: m.Seat, Chair: m.Chair}
	}))
	return viewSitting(s), err
}

func (a *API) declareInterest(ctx context.Context, who identity.Actor, in *interestInput) (candidacyView, error) {
	c, err := a.Selection.Declare(ctx, who, in.ID, in.Body.Conflict, in.Body.Reason)
	return viewCandidacy(c), err
}

func (a *API) judgeCandidacy(ctx context.Context, who identity.Actor, in *judgementInput) (candidacyView, error) {
	c, err := a.Selection.Judge(ctx, who, in.ID, mapped(in.Body.Scores, func(l levelInput) selection.Score {
		return selection.Score{Criterion: l.Criterion, Level: l.Level, Note: l.Note}
	}))
	return viewCandidacy(c), err
}

func (a *API) takeReference(ctx context.Context, who identity.Actor, in *takenReferenceInput) (candidacyView, error) {
	c, err := a.Selection.Refer(ctx, who, in.ID, in.Body.Referee, in.Body.Words)
	return viewCandidacy(c), err
}

func (a *API) showRules(ctx context.Context, who identity.Actor, _ *struct{}) (rulesView, error) {
	r, err := a.Selection.RulesOf(ctx, who)
	return viewRules(r), err
}

func (a *API) setRules(ctx context.Context, who identity.Actor, in *rulesInput) (rulesView, error) {
	version, err := in.version()
	if err != nil {
		return rulesView{}, err
	}
	b := in.Body
	r, err := a.Selection.SetRules(ctx, who, version, selection.Rules{Committee: b.Committee, ShortlistLeast: b.ShortlistLeast, Balanced: b.Balanced,
		ReferencesLeast: b.ReferencesLeast})
	return viewRules(r), err
}

func (a *API) listTemplates(ctx context.Context, who identity.Actor, _ *struct{}) (list[templateView], error) {
	found, err := a.Needs.Templates(ctx, who)
	return listOf(mapped(found, func(t needs.Template) templateView { return viewTemplate(who, t) }), ""), err
}

func viewTemplate(who identity.Actor, t needs.Template) templateView {
	shared := t.OrganisationID == nil
	return templateView{ID: t.ID, Title: t.Title, Shared: shared, Mine: shared == who.Is(identity.Coordinator)}
}

func (a *API) keepTemplate(ctx context.Context, who identity.Actor, in *templateInput) (templateView, error) {
	t, err := a.Needs.KeepTemplate(ctx, who, in.Ref, in.Body.Title)
	return viewTemplate(who, t), err
}

func (a *API) useTemplate(ctx context.Context, who identity.Actor, in *templatePath) (string, error) {
	n, err := a.Needs.FromTemplate(ctx, who, in.ID)
	return n.ID, err
}

func (a *API) dropTemplate(ctx context.Context, who identity.Actor, in *templatePath) error {
	return a.Needs.DropTemplate(ctx, who, in.ID)
}
