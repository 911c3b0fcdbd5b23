// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/selection"
)

type candidacyNeed struct {
	ID           string           `json:"id"`
	Reference    string           `json:"reference"`
	Title        string           `json:"title"`
	State        string           `json:"state"`
	Version      int              `json:"version"`
	Organisation organisationView `json:"organisation" doc:"The host institution."`
	Country      string           `json:"country"`
	DutyStation  string           `json:"dutyStation"`
	Modality     string           `json:"modality"`
	StartsOn     string           `json:"startsOn"`
	EndsOn       string           `json:"endsOn"`
}

type personView struct {
	Pseudonym      string `json:"pseudonym"`
	Name           string `json:"name" doc:"Empty while the reader may not know it."`
	ProfessionalID string `json:"professionalId" doc:"Empty while the reader may not know who it is."`
}

type decisionView struct {
	Step         string    `json:"step" enum:"shortlist,host_endorsement,no_objection,approval,acceptance"`
	Outcome      string    `json:"outcome" enum:"yes,no"`
	Reason       string    `json:"reason"`
	By           string    `json:"by"`
	For          string    `json:"for" doc:"The colleague in whose name it was signed; empty: in one's own."`
	Organisation string    `json:"organisation"`
	At           time.Time `json:"at"`
	Round        int       `json:"round"`
}

func viewDecision(d selection.Signed) decisionView {
	return decisionView{Step: string(d.Step), Outcome: d.Outcome, Reason: d.Reason, By: d.By, For: d.For, Organisation: d.Organisation, At: d.At, Round: d.Round}
}

// candidacyCan says what the reader may do next; the server decides.
type candidacyCan struct {
	Dismiss  bool `json:"dismiss"`
	Endorse  bool `json:"endorse"`
	Object   bool `json:"object" doc:"Give or refuse the ministry's no-objection."`
	Approve  bool `json:"approve"`
	Answer   bool `json:"answer"`
	Accept   bool `json:"accept"`
	Decline  bool `json:"decline"`
	Withdraw bool `json:"withdraw"`
	Stay     bool `json:"stay" doc:"Give it its own days within the period of the need."`
}

type candidacyView struct {
	ID          string          `json:"id"`
	Version     int             `json:"version"`
	State       string          `json:"state" doc:"Empty for the person and the association: they are told the status."`
	Status      string          `json:"status" enum:"draft,nominated,received,reviewing,interview,proposed,offer,accepted,not_selected,closed"`
	Origin      string          `json:"origin" enum:"ranking,application,nomination"`
	Association string          `json:"association" doc:"That nominated the person, or empty."`
	Statement   string          `json:"statement" doc:"Why: the person's words, or the association's."`
	Need        candidacyNeed   `json:"need"`
	Person      personView      `json:"person"`
	Position    *postView       `json:"position,omitempty" doc:"Which of the need's positions this is for; left out where it has none."`
	TeamID      string          `json:"teamId" doc:"The team that the person stands in, or empty."`
	From        string          `json:"from" doc:"The first day that the person would come."`
	To          string          `json:"to"`
	Days        int             `json:"days"`
	Score       int             `json:"score" doc:"As the ranking had it at the shortlist; 0 before."`
	OutOf       int             `json:"outOf"`
	AnswerBy    *time.Time      `json:"answerBy" doc:"When a nomination or an offer ends by itself."`
	EndReason   string          `json:"endReason" doc:"Why the person left, if they said."`
	Decisions   []decisionView  `json:"decisions"`
	Profile     *selection.Card `json:"profile,omitempty" doc:"As it was at the shortlist; left out while the reader may not see it, and in lists."`
	Placement   string          `json:"placementReference"`
	Can         candidacyCan    `json:"can"`
	ReasonCode  string          `json:"reasonCode" doc:"Why not, from the list; empty while the candidacy runs."`
	Round       int             `json:"round" doc:"One more after an objection or a review; 0 for the person and the association."`
	Deciders    []string        `json:"deciders" doc:"Names of the officers whom the chain names for the next decision; none: any of the side."`
	DecideBy    *time.Time      `json:"decideBy" doc:"Until when the next decision is due."`
	EscalatedAt *time.Time      `json:"escalatedAt" doc:"Since when it is late, and others know."`
	File        *candidacyFile  `json:"file,omitempty" doc:"What hangs on it; left out in lists."`
	CreatedAt   time.Time       `json:"createdAt"`
	UpdatedAt   time.Time       `json:"updatedAt"`
}

func (v candidacyView) etag() int { return v.Version }

func viewCandidacy(v selection.View) candidacyView {
	view := candidacyView{
		ID: v.ID, Version: v.Version, State: string(v.State), Status: string(v.Status), Origin: v.Origin, Association: v.Association,
		Statement: v.Statement, Need: viewCandidacyNeed(v), Person: viewPerson(v),
		From: string(v.From), To: string(v.To), Days: day.Length(v.From, v.To), Score: v.Score, OutOf: 1000, AnswerBy: v.AnswerBy,
		EndReason: v.EndReason, Decisions: mapped(v.Decisions, viewDecision), Profile: v.Card, Placement: v.Placement,
		Can: candidacyCan(v.Can), ReasonCode: v.ReasonCode, Round: v.Round, Deciders: mapped(v.Deciders, func(a selection.Approver) string { return a.Name }), DecideBy: v.DecideBy, EscalatedAt: v.EscalatedAt,
		File: viewCandidacyFile(v.File), CreatedAt: v.CreatedAt, UpdatedAt: v.UpdatedAt,
	}
	if v.Position.ID != "" {
		post := viewPost(v.Position)
		view.Position = &post
	}
	if v.TeamID != nil {
		view.TeamID = *v.TeamID
	}
	return view
}

func viewCandidacyNeed(v selection.View) candidacyNeed {
	n := v.Need
	return candidacyNeed{ID: n.ID, Reference: n.Reference, Title: n.Title, State: string(n.State), Version: n.Version,
		Organisation: viewOrganisation(v.Organisation), Country: n.Country, DutyStation: n.DutyStation, Modality: n.Modality,
		StartsOn: string(n.StartsOn), EndsOn: string(n.EndsOn)}
}

func viewPerson(v selection.View) personView {
	p := personView{Pseudonym: v.Pseudonym, Name: v.Name}
	if v.Name != "" {
		p.ProfessionalID = v.ProfessionalID
	}
	return p
}

type snapshotSummary struct {
	ID        string    `json:"id"`
	TakenAt   time.Time `json:"takenAt"`
	By        string    `json:"by"`
	Algorithm string    `json:"algorithm"`
	Index     int64     `json:"indexPosition" doc:"The number of the last ledger entry that the index had read."`
	SHA256    string    `json:"sha256"`
	Intact    bool      `json:"intact" doc:"The SHA-256 of what is stored is still the one that was written down."`
}

func viewSummary(k selection.Kept) snapshotSummary {
	return snapshotSummary{ID: k.ID, TakenAt: k.TakenAt, By: k.By, Algorithm: k.Algorithm, Index: k.IndexPosition, SHA256: k.SHA256, Intact: k.Intact()}
}

// snapshotView is a frozen ranking with everything around it.
type snapshotView struct {
	ID            string          `json:"id"`
	NeedReference string          `json:"needReference"`
	TakenAt       time.Time       `json:"takenAt"`
	By            string          `json:"by"`
	Algorithm     string          `json:"algorithm"`
	Index         int64           `json:"indexPosition" doc:"The number of the last ledger entry that the index had read."`
	SHA256        string          `json:"sha256"`
	Intact        bool            `json:"intact" doc:"The SHA-256 of what is stored is still the one that was written down."`
	Ranking       json.RawMessage `json:"ranking" doc:"The ranking as it was frozen."`
}

func viewSnapshot(k selection.Kept) snapshotView {
	return snapshotView{ID: k.ID, NeedReference: k.NeedReference, TakenAt: k.TakenAt, By: k.By, Algorithm: k.Algorithm,
		Index: k.IndexPosition, SHA256: k.SHA256, Intact: k.Intact(), Ranking: json.RawMessage(k.Body)}
}

// shortlistView is the shortlist of a need.
type shortlistView struct {
	Snapshot *snapshotSummary `json:"snapshot,omitempty" doc:"The ranking that the last shortlist rests on; left out before the first."`
	Items    []candidacyView  `json:"items"`
}

func viewSheet(s selection.Sheet) shortlistView {
	view := shortlistView{Items: mapped(s.Items, viewCandidacy)}
	if s.Snapshot != nil {
		summary := viewSummary(*s.Snapshot)
		view.Snapshot = &summary
	}
	return view
}

type pickInput struct {
	Pseudonym string `json:"pseudonym" doc:"Such as P-7K3M-Q2XA."`
	From      string `json:"from" required:"false" doc:"The first day that the person would come; empty means the first of the need."`
	To        string `json:"to" required:"false" doc:"The last day; empty means the last of the need."`
	Position  string `json:"position" required:"false" maxLength:"36" doc:"The identifier of one of the need's positions; empty means the one near to the person's occupation."`
}

type shortlistInput struct {
	NeedPath
	IfMatch
	Body struct {
		People []pickInput `json:"people" doc:"From one to as many as the programme allows."`
		Reason string      `json:"reason" doc:"Why these people; kept with each of them."`
		Why    string      `json:"balanceReason" required:"false" maxLength:"5000" doc:"Why the list is short or one-sided all the same, where the programme asks for one."`
	}
}

type nominationInput struct {
	NeedPath
	Body struct {
		ProfessionalID string `json:"professionalId" maxLength:"36" doc:"The member's identifier or pseudonym."`
		Position       string `json:"position" required:"false" maxLength:"36" doc:"The identifier of one of the need's positions; empty means the one near to the member's occupation."`
		Reason         string `json:"reason" doc:"Why this person. At most 5,000 characters."`
	}
}

type applicationInput struct {
	NeedPath
	Body struct {
		Statement string `json:"statement" doc:"Why you, in your own words. At most 5,000 characters."`
		From      string `json:"from,omitempty" doc:"The first day on which you can come; left out: the whole period."`
		To        string `json:"to,omitempty" doc:"The last day."`
		Position  string `json:"position" required:"false" maxLength:"36" doc:"The identifier of one of the need's positions; empty means the one near to your occupation."`
	}
}

// CandidacyPath names a candidacy; exported for huma to look into it.
type CandidacyPath struct {
	ID string `path:"id" maxLength:"36"`
}

type opinionInput struct {
	CandidacyPath
	IfMatch
	Body struct {
		Decision string `json:"decision" enum:"yes,no"`
		Reason   string `json:"reason" doc:"Kept and shown to the partners. At most 5,000 characters."`
	}
}

type reasonInput struct {
	CandidacyPath
	IfMatch
	Body *struct {
		Reason string `json:"reason" required:"false" doc:"At most 5,000 characters."`
	}
}

// reason returns what was said, or nothing.
func (in *reasonInput) reason() string {
	if in.Body == nil {
		return ""
	}
	return in.Body.Reason
}

type nominationAnswer struct {
	CandidacyPath
	IfMatch
	Body struct {
		Accept bool `json:"accept"`
	}
}

type stayInput struct {
	CandidacyPath
	IfMatch
	Body struct {
		From string `json:"from"`
		To   string `json:"to"`
	}
}

func (a *API) setStay(ctx context.Context, who identity.Actor, in *stayInput) (candidacyView, error) {
	version, err := in.version()
	if err != nil {
		return candidacyView{}, err
	}
	c, err := a.Selection.SetStay(ctx, who, in.ID, version, needs.Stay{From: day.Day(in.Body.From), To: day.Day(in.Body.To)})
	return viewCandidacy(c), err
}

type acceptanceInput struct {
	CandidacyPath
	IfMatch
	Body struct {
		NoFee bool `json:"noFee" doc:"I declare that I paid nobody for this."`
	}
}

type candidacyFilter struct {
	Page
	State   []string `query:"state" maxItems:"20" doc:"Only in these states, separated by commas."`
	Pending bool     `query:"pending" doc:"Only those that wait for me."`
}

type snapshotPath struct {
	ID string `path:"id" maxLength:"36"`
}

// selectionRoutes lead candidacies from the shortlist to the answer.
func (a *API) selectionRoutes() []Route {
	host, ministry, coordinator := identity.Only(identity.Host), identity.Only(identity.Ministry), identity.Only(identity.Coordinator)
	partners := identity.Only(identity.Host, identity.Ministry, identity.Coordinator)
	person, association := identity.Only(identity.Professional), identity.Only(identity.Association)
	readers := identity.Only(identity.Host, identity.Ministry, identity.Coordinator, identity.Association, identity.Professional)
	return []Route{
		creates("/needs/{ref}/shortlist", coordinator, "shortlist", "Put people before the host and freeze the ranking", a.shortlist, a.readShortlist),
		on("GET", "/needs/{ref}/shortlist", partners, "show-shortlist", "The shortlist of a need", a.showShortlist),
		on("GET", "/needs/{ref}/snapshots", coordinator, "list-snapshots", "The rankings that were frozen for a need", a.listSnapshots),
		on("GET", "/snapshots/{id}", coordinator, "show-snapshot", "A ranking as it was frozen", a.showSnapshot),
		on("GET", "/snapshots/{id}/replay", coordinator, "replay-snapshot", "Compute a frozen ranking again and compare it line by line", a.replaySnapshot),
		creates("/needs/{ref}/nominations", association, "nominate", "Propose a member for a need", a.nominate, a.readCandidacy),
		creates("/needs/{ref}/applications", person, "apply", "Apply for a need", a.apply, a.readCandidacy),
		does("PUT", "/needs/{ref}/application-draft", person, "begin-draft", "Say that I have begun an application, so that I am told before the call closes", a.beginDraft),
		does("DELETE", "/needs/{ref}/application-draft", person, "drop-draft", "Forget that I have begun one", a.dropDraft),
		on("GET", "/candidacies", readers, "list-candidacies", "The candidacies that I may see, newest first", a.listCandidacies),
		on("GET", "/candidacies/{id}", readers, "show-candidacy", "A candidacy", a.showCandidacy),
		on("POST", "/candidacies/{id}/answer", person, "answer-nomination", "Say yes or no to a nomination", a.answerNomination),
		on("POST", "/candidacies/{id}/dismiss", coordinator, "dismiss-candidacy", "Set an application aside", giveReason(a, (*selection.Service).Dismiss)),
		on("POST", "/candidacies/{id}/endorse", host, "endorse-candidacy", "The host's decision", giveOpinion(a, (*selection.Service).Endorse)),
		on("POST", "/candidacies/{id}/no-objection", ministry, "clear-candidacy", "The ministry's decision", giveOpinion(a, (*selection.Service).Clear)),
		on("POST", "/candidacies/{id}/approve", coordinator, "approve-candidacy", "The coordinator's decision; a yes is the offer", giveOpinion(a, (*selection.Service).Approve)),
		on("PUT", "/candidacies/{id}/stay", coordinator, "set-stay", "Give a candidacy its own days, such as a leg of a relay", a.setStay),
		on("POST", "/candidacies/{id}/accept", person, "accept-offer", "Accept an offer", a.acceptOffer),
		on("POST", "/candidacies/{id}/decline", person, "decline-offer", "Decline an offer", giveReason(a, (*selection.Service).Decline)),
		on("POST", "/candidacies/{id}/withdraw", person, "withdraw-candidacy", "Leave, at any time before accepting", giveReason(a, (*selection.Service).Withdraw)),
	}
}

func (a *API) shortlist(ctx context.Context, who identity.Actor, in *shortlistInput) (string, error) {
	version, err := in.version()
	if err != nil {
		return "", err
	}
	sheet, err := a.Selection.ShortlistBalanced(ctx, who, in.Ref, version, mapped(in.Body.People, func(p pickInput) selection.Pick {
		return selection.Pick{Pseudonym: strings.ToUpper(strings.TrimSpace(p.Pseudonym)), From: day.Day(p.From), To: day.Day(p.To), Position: p.Position}
	}), strings.TrimSpace(in.Body.Reason), in.Body.Why)
	return sheet.NeedID, err
}

func (a *API) readShortlist(ctx context.Context, who identity.Actor, needID string) (shortlistView, error) {
	sheet, err := a.Selection.Shortlisted(ctx, who, needID)
	return viewSheet(sheet), err
}

func (a *API) showShortlist(ctx context.Context, who identity.Actor, in *NeedPath) (shortlistView, error) {
	return a.readShortlist(ctx, who, in.Ref)
}

func (a *API) listSnapshots(ctx context.Context, who identity.Actor, in *NeedPath) (list[snapshotSummary], error) {
	found, err := a.Selection.Snapshots(ctx, who, in.Ref)
	return listOf(mapped(found, viewSummary), ""), err
}

// replaySnapshot computes a frozen ranking again from what it was made of.
func (a *API) replaySnapshot(ctx context.Context, who identity.Actor, in *snapshotPath) (search.Replayed, error) {
	found, err := a.Selection.Snapshot(ctx, who, in.ID)
	if err != nil {
		return search.Replayed{}, err
	}
	return search.Replay([]byte(found.Body))
}

func (a *API) showSnapshot(ctx context.Context, who identity.Actor, in *snapshotPath) (snapshotView, error) {
	found, err := a.Selection.Snapshot(ctx, who, in.ID)
	if err != nil {
		return snapshotView{}, err
	}
	return viewSnapshot(found), nil
}

func (a *API) nominate(ctx context.Context, who identity.Actor, in *nominationInput) (string, error) {
	c, err := a.Selection.NominateFor(ctx, who, in.Ref, selection.Nomination{Professional: in.Body.ProfessionalID, Position: in.Body.Position, Reason: in.Body.Reason})
	return c.ID, err
}

func (a *API) apply(ctx context.Context, who identity.Actor, in *applicationInput) (string, error) {
	c, err := a.Selection.ApplyFor(ctx, who, in.Ref, selection.Application{Statement: in.Body.Statement, From: day.Day(in.Body.From), To: day.Day(in.Body.To), Position: in.Body.Position})
	return c.ID, err
}

func (a *API) beginDraft(ctx context.Context, who identity.Actor, in *NeedPath) error {
	return a.Selection.BeginDraft(ctx, who, in.Ref)
}

func (a *API) dropDraft(ctx context.Context, who identity.Actor, in *NeedPath) error {
	return a.Selection.DropDraft(ctx, who, in.Ref)
}

func (a *API) readCandidacy(ctx context.Context, who identity.Actor, candidacyID string) (candidacyView, error) {
	c, err := a.Selection.Find(ctx, who, candidacyID)
	return viewCandidacy(c), err
}

func (a *API) showCandidacy(ctx context.Context, who identity.Actor, in *CandidacyPath) (candidacyView, error) {
	return a.readCandidacy(ctx, who, in.ID)
}

func (a *API) listCandidacies(ctx context.Context, who identity.Actor, in *candidacyFilter) (list[candidacyView], error) {
	found, err := a.Selection.List(ctx, who, selection.Filter{Pending: in.Pending, After: in.After, Limit: in.Limit,
		States: mapped(in.State, func(s string) selection.State { return selection.State(s) })})
	return listOf(mapped(found.Items, viewCandidacy), found.Next), err
}

func (a *API) answerNomination(ctx context.Context, who identity.Actor, in *nominationAnswer) (candidacyView, error) {
	version, err := in.version()
	if err != nil {
		return candidacyView{}, err
	}
	c, err := a.Selection.Answer(ctx, who, in.ID, version, in.Body.Accept)
	return viewCandidacy(c), err
}

func (a *API) acceptOffer(ctx context.Context, who identity.Actor, in *acceptanceInput) (candidacyView, error) {
	version, err := in.version()
	if err != nil {
		return candidacyView{}, err
	}
	c, err := a.Selection.Accept(ctx, who, in.ID, version, in.Body.NoFee)
	return viewCandidacy(c), err
}

// giveOpinion serves the three decisions, which differ in nothing but who takes them.
func giveOpinion(a *API, take func(*selection.Service, context.Context, identity.Actor, string, int, selection.Opinion) (selection.View, error)) func(context.Context, identity.Actor, *opinionInput) (candidacyView, error) {
	return func(ctx context.Context, who identity.Actor, in *opinionInput) (candidacyView, error) {
		version, err := in.version()
		if err != nil {
			return candidacyView{}, err
		}
		c, err := take(a.Selection, ctx, who, in.ID, version, selection.Opinion{Yes: in.Body.Decision == "yes", Reason: in.Body.Reason})
		return viewCandidacy(c), err
	}
}

// giveReason serves the steps that say why, or nothing.
func giveReason(a *API, take func(*selection.Service, context.Context, identity.Actor, string, int, string) (selection.View, error)) func(context.Context, identity.Actor, *reasonInput) (candidacyView, error) {
	return func(ctx context.Context, who identity.Actor, in *reasonInput) (candidacyView, error) {
		version, err := in.version()
		if err != nil {
			return candidacyView{}, err
		}
		c, err := take(a.Selection, ctx, who, in.ID, version, in.reason())
		return viewCandidacy(c), err
	}
}
