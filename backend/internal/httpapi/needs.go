// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"strings"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
)

type outputView struct {
	Output    string `json:"output" doc:"What shall exist when the person leaves."`
	Indicator string `json:"indicator" required:"false" doc:"How one will know that it does."`
}

type counterpartView struct {
	Function string `json:"function" doc:"The function of a local colleague who learns, not a name."`
	Unit     string `json:"unit" required:"false"`
}

type criterionView struct {
	Concept  string `json:"concept" required:"false" doc:"A skill of the vocabulary, or empty for the words alone."`
	Label    string `json:"label" doc:"In the words of the host."`
	Required bool   `json:"required" required:"false" doc:"Else it is desirable."`
	Weight   int    `json:"weight" doc:"From 1 (nice to have) to 5 (decisive)."`
}

type floorView struct {
	Language string `json:"language" doc:"ISO 639."`
	Spoken   string `json:"spoken" required:"false" doc:"The least CEFR level for listening and interaction: A1 to C2, or empty."`
	Written  string `json:"written" required:"false" doc:"The least CEFR level for reading and writing: A1 to C2, or empty."`
	Required bool   `json:"required" required:"false" doc:"Else it is desirable."`
}

type contributionView struct {
	Kind        string `json:"kind" doc:"lodging, meals, local_transport, workspace, equipment, interpreter, security or other."`
	Description string `json:"description" required:"false"`
}

// positionView is a part of the head count that is of one profession.
type positionView struct {
	ISCO            string `json:"isco" doc:"A four-digit unit group of ISCO-08."`
	Title           string `json:"title" doc:"In the host's words. At most 300 characters."`
	Headcount       int    `json:"headcount" doc:"1 to 100."`
	LicenceRequired bool   `json:"licenceRequired" required:"false"`
}

// postView is a position with how much of it is taken.
type postView struct {
	ID        string `json:"id"`
	ISCO      string `json:"isco"`
	Title     string `json:"title"`
	Headcount int    `json:"headcount"`
	Filled    int    `json:"filled" doc:"How many of its places are taken."`
}

func viewPost(p needs.Position) postView {
	return postView{ID: p.ID, ISCO: p.ISCO, Title: p.Title, Headcount: p.Headcount, Filled: p.Filled}
}

// needText is the part of a need that its host writes; all of it but the title
// may wait until the need is submitted.
type needText struct {
	Title           string             `json:"title" doc:"At most 300 characters."`
	Language        string             `json:"language" required:"false" doc:"ISO 639 code of the language that this is written in."`
	Sector          string             `json:"sector" required:"false"`
	ISCO            string             `json:"isco" required:"false" doc:"A four-digit unit group of ISCO-08."`
	OccupationTitle string             `json:"occupationTitle" required:"false"`
	Background      string             `json:"background" required:"false" doc:"At most 10,000 characters."`
	Objectives      string             `json:"objectives" required:"false" doc:"What shall be passed on. At most 10,000 characters."`
	Country         string             `json:"country" required:"false" doc:"ISO 3166-1 alpha-2; empty means the country of the host institution."`
	DutyStation     string             `json:"dutyStation" required:"false"`
	Unit            string             `json:"unit" required:"false"`
	Supervisor      string             `json:"supervisor" required:"false" doc:"A function, not a name."`
	StartsOn        string             `json:"startsOn" required:"false" doc:"The first day: 2027-02-01."`
	EndsOn          string             `json:"endsOn" required:"false" doc:"The last day: 2027-04-25."`
	ShortestDays    int                `json:"shortestDays" required:"false" doc:"The shortest stay that still helps, in days; 0 means the whole period."`
	Modality        string             `json:"modality" required:"false" doc:"onsite, virtual or hybrid."`
	Headcount       int                `json:"headcount" required:"false" doc:"How many people are asked for: 1 to 100."`
	Relay           bool               `json:"relay" required:"false" doc:"Covered by several people one after the other, each handing over to the next."`
	OverlapDays     int                `json:"overlapDays" required:"false" doc:"How many days each and the next are there together: 0 to 30."`
	YearsExperience int                `json:"yearsExperience" required:"false" doc:"At least."`
	EducationLevel  int                `json:"educationLevel" required:"false" doc:"ISCED 2011 level, at least; 0 means none is asked."`
	EducationField  string             `json:"educationField" required:"false" doc:"ISCED-F 2013."`
	LicenceRequired bool               `json:"licenceRequired" required:"false"`
	Regulator       string             `json:"regulator" required:"false" doc:"The council that gives the licence."`
	NonSubstitution bool               `json:"nonSubstitution" required:"false" doc:"The host declares that no local post is replaced."`
	PrioritySector  string             `json:"prioritySector" required:"false" doc:"The priority of the national strategy that this serves."`
	Outputs         []outputView       `json:"outputs" required:"false" doc:"At most 40."`
	Counterparts    []counterpartView  `json:"counterparts" required:"false" doc:"At most 40."`
	Criteria        []criterionView    `json:"criteria" required:"false" doc:"At most 40."`
	Languages       []floorView        `json:"languages" required:"false" doc:"At most 40."`
	Contributions   []contributionView `json:"contributions" required:"false" doc:"At most 40."`
	Positions       []positionView     `json:"positions" required:"false" doc:"The professions that the head count is made of; they add up to it. Empty: all are of one. At most 40."`
}

// NeedShown is the same in an answer, where nothing is left out. Go converts one
// into the other, as they differ in nothing but their tags.
type NeedShown struct {
	Title           string             `json:"title"`
	Language        string             `json:"language"`
	Sector          string             `json:"sector"`
	ISCO            string             `json:"isco"`
	OccupationTitle string             `json:"occupationTitle"`
	Background      string             `json:"background"`
	Objectives      string             `json:"objectives"`
	Country         string             `json:"country"`
	DutyStation     string             `json:"dutyStation"`
	Unit            string             `json:"unit"`
	Supervisor      string             `json:"supervisor"`
	StartsOn        string             `json:"startsOn"`
	EndsOn          string             `json:"endsOn"`
	ShortestDays    int                `json:"shortestDays"`
	Modality        string             `json:"modality"`
	Headcount       int                `json:"headcount"`
	Relay           bool               `json:"relay"`
	OverlapDays     int                `json:"overlapDays"`
	YearsExperience int                `json:"yearsExperience"`
	EducationLevel  int                `json:"educationLevel"`
	EducationField  string             `json:"educationField"`
	LicenceRequired bool               `json:"licenceRequired"`
	Regulator       string             `json:"regulator"`
	NonSubstitution bool               `json:"nonSubstitution"`
	PrioritySector  string             `json:"prioritySector"`
	Outputs         []outputView       `json:"outputs"`
	Counterparts    []counterpartView  `json:"counterparts"`
	Criteria        []criterionView    `json:"criteria"`
	Languages       []floorView        `json:"languages"`
	Contributions   []contributionView `json:"contributions"`
	Positions       []positionView     `json:"positions"`
}

// form reads what the host wrote.
func (t needText) form() needs.Form {
	return needs.Form{
		Title: t.Title, Language: t.Language, Sector: t.Sector, ISCO: t.ISCO, OccupationTitle: t.OccupationTitle,
		Background: t.Background, Objectives: t.Objectives, Country: t.Country, DutyStation: t.DutyStation, Unit: t.Unit,
		Supervisor: t.Supervisor, StartsOn: day.Day(t.StartsOn), EndsOn: day.Day(t.EndsOn), ShortestDays: t.ShortestDays,
		Modality: t.Modality, Headcount: t.Headcount, YearsExperience: t.YearsExperience, EducationLevel: t.EducationLevel,
		EducationField: t.EducationField, LicenceRequired: t.LicenceRequired, Regulator: t.Regulator,
		NonSubstitution: t.NonSubstitution, PrioritySector: t.PrioritySector, Relay: t.Relay, OverlapDays: t.OverlapDays,
		Outputs: mapped(t.Outputs, func(o outputView) needs.Output { return needs.Output{Output: o.Output, Indicator: o.Indicator} }),
		Counterparts: mapped(t.Counterparts, func(c counterpartView) needs.Counterpart {
			return needs.Counterpart{Function: c.Function, Unit: c.Unit}
		}),
		Criteria: mapped(t.Criteria, func(c criterionView) needs.Criterion {
			return needs.Criterion{Concept: c.Concept, Label: c.Label, Required: c.Required, Weight: c.Weight}
		}),
		Languages: mapped(t.Languages, func(l floorView) needs.LanguageFloor {
			return needs.LanguageFloor{Language: l.Language, Spoken: registry.ParseCEFR(l.Spoken), Written: registry.ParseCEFR(l.Written), Required: l.Required}
		}),
		Contributions: mapped(t.Contributions, func(c contributionView) needs.Contribution {
			return needs.Contribution{Kind: c.Kind, Description: c.Description}
		}),
		Positions: mapped(t.Positions, func(p positionView) needs.Position {
			return needs.Position{ISCO: p.ISCO, Title: p.Title, Headcount: p.Headcount, LicenceRequired: p.LicenceRequired}
		}),
	}
}

// textOf shows what the host wrote.
func textOf(f needs.Form) needText {
	return needText{
		Title: f.Title, Language: f.Language, Sector: f.Sector, ISCO: f.ISCO, OccupationTitle: f.OccupationTitle,
		Background: f.Background, Objectives: f.Objectives, Country: f.Country, DutyStation: f.DutyStation, Unit: f.Unit,
		Supervisor: f.Supervisor, StartsOn: string(f.StartsOn), EndsOn: string(f.EndsOn), ShortestDays: f.ShortestDays,
		Modality: f.Modality, Headcount: f.Headcount, YearsExperience: f.YearsExperience, EducationLevel: f.EducationLevel,
		EducationField: f.EducationField, LicenceRequired: f.LicenceRequired, Regulator: f.Regulator,
		NonSubstitution: f.NonSubstitution, PrioritySector: f.PrioritySector, Relay: f.Relay, OverlapDays: f.OverlapDays,
		Outputs:      mapped(f.Outputs, func(o needs.Output) outputView { return outputView{Output: o.Output, Indicator: o.Indicator} }),
		Counterparts: mapped(f.Counterparts, func(c needs.Counterpart) counterpartView { return counterpartView{Function: c.Function, Unit: c.Unit} }),
		Criteria: mapped(f.Criteria, func(c needs.Criterion) criterionView {
			return criterionView{Concept: c.Concept, Label: c.Label, Required: c.Required, Weight: c.Weight}
		}),
		Languages: mapped(f.Languages, func(l needs.LanguageFloor) floorView {
			return floorView{Language: l.Language, Spoken: l.Spoken.String(), Written: l.Written.String(), Required: l.Required}
		}),
		Contributions: mapped(f.Contributions, func(c needs.Contribution) contributionView {
			return contributionView{Kind: c.Kind, Description: c.Description}
		}),
		Positions: mapped(f.Positions, func(p needs.Position) positionView {
			return positionView{ISCO: p.ISCO, Title: p.Title, Headcount: p.Headcount, LicenceRequired: p.LicenceRequired}
		}),
	}
}

type commentView struct {
	Field string `json:"field" doc:"The field of the need to mend, such as outputs[0].indicator."`
	Text  string `json:"text"`
}

type reviewView struct {
	Round        int           `json:"round" doc:"Which submission this is about."`
	Step         string        `json:"step" enum:"validation,approval"`
	Outcome      string        `json:"outcome" enum:"validated,approved,returned,rejected"`
	Reason       string        `json:"reason"`
	Comments     []commentView `json:"comments"`
	By           string        `json:"by"`
	Organisation string        `json:"organisation"`
	At           time.Time     `json:"at"`
}

func viewReview(v needs.Verdict) reviewView {
	return reviewView{Round: v.Round, Step: v.Step, Outcome: v.Outcome, Reason: v.Reason, By: v.By, Organisation: v.Organisation,
		At: v.At, Comments: mapped(v.Comments, func(c needs.Comment) commentView { return commentView(c) })}
}

// needCan says what the reader may do next; the server decides.
type needCan struct {
	Edit      bool `json:"edit"`
	Submit    bool `json:"submit"`
	Duplicate bool `json:"duplicate"`
	Validate  bool `json:"validate"`
	Return    bool `json:"return"`
	Reject    bool `json:"reject"`
	Approve   bool `json:"approve"`
	Publish   bool `json:"publish"`
	Extend    bool `json:"extend"`
	Close     bool `json:"close"`
	Reopen    bool `json:"reopen"`
	Cancel    bool `json:"cancel"`
	Suspend   bool `json:"suspend"`
	Resume    bool `json:"resume"`
	StandDown bool `json:"standDown"`
	CloseOut  bool `json:"closeOut"`
	Rank      bool `json:"rank"`
	Shortlist bool `json:"shortlist"`
	Nominate  bool `json:"nominate"`
	Apply     bool `json:"apply"`
}

type needView struct {
	ID            string           `json:"id"`
	Reference     string           `json:"reference" doc:"For people: GH-2027-0001."`
	Version       int              `json:"version"`
	State         string           `json:"state"`
	StateReason   string           `json:"stateReason" doc:"Why it was closed early, extended, reopened or cancelled."`
	Demo          bool             `json:"demo" doc:"Fictional, made by the demonstration."`
	Programme     programmeView    `json:"programme"`
	Organisation  organisationView `json:"organisation" doc:"The host institution."`
	Days          int              `json:"days" doc:"Length of the whole period, counting both ends; 0 while the dates are open."`
	Filled        int              `json:"filled" doc:"How many of the posts are taken."`
	Posts         []postView       `json:"posts" doc:"The positions by profession, and how much of each is taken; empty where all are of one."`
	OutOfPriority bool             `json:"outOfPriority" doc:"The need names no priority of the national strategy."`
	OpensOn       string           `json:"opensOn"`
	ClosesOn      string           `json:"closesOn"`
	NoticeIn      []string         `json:"noticeLanguages" doc:"Languages that the call is published in."`
	Round         int              `json:"round" doc:"How often it was submitted."`
	Reviews       []reviewView     `json:"reviews"`
	Can           needCan          `json:"can"`
	Next          []nextStep       `json:"next" doc:"The steps of the need's life that I may take, each with what it still waits for."`
	CreatedAt     time.Time        `json:"createdAt"`
	UpdatedAt     time.Time        `json:"updatedAt"`
	NeedShown
}

func (v needView) etag() int { return v.Version }

func viewNeed(v needs.View) needView {
	view := needView{
		ID: v.ID, Reference: v.Reference, Version: v.Version, State: string(v.State), StateReason: v.StateReason, Demo: v.Demo,
		Programme: viewProgramme(v.Programme), Organisation: viewOrganisation(v.Organisation), Filled: v.Filled, Posts: mapped(v.Positions, viewPost),
		OutOfPriority: v.PrioritySector == "", OpensOn: string(v.OpensOn), ClosesOn: string(v.ClosesOn), NoticeIn: []string{},
		Round: v.Round, Reviews: mapped(v.Reviews, viewReview), Can: needCan(v.Can), Next: mapped(v.Next, viewNeedNext), CreatedAt: v.CreatedAt, UpdatedAt: v.UpdatedAt,
		NeedShown: NeedShown(textOf(v.Form())),
	}
	if v.NoticeLanguages != "" {
		view.NoticeIn = strings.Split(v.NoticeLanguages, ",")
	}
	if v.StartsOn != "" && v.EndsOn != "" {
		view.Days = v.Days()
	}
	return view
}

// NeedPath names a need by its identifier or its reference. It is exported, as
// IfMatch is, for huma to look into it.
type NeedPath struct {
	Ref string `path:"ref" maxLength:"60" doc:"The identifier or the reference of the need."`
}

type needDraft struct{ Body needText }

type needRevision struct {
	NeedPath
	IfMatch
	Body needText
}

// needStep is a step of a need's life; which parts of the body count depends on
// the step.
type needStep struct {
	NeedPath
	IfMatch
	Body *needSaid
}

type needSaid struct {
	Reason    string        `json:"reason" required:"false" doc:"Kept and shown. Needed to reject, extend, close, reopen, suspend, stand down and cancel."`
	Comments  []commentView `json:"comments" required:"false" doc:"What to mend, field by field; needed to return a need."`
	OpensOn   string        `json:"opensOn" required:"false" doc:"To publish and reopen; empty means today."`
	ClosesOn  string        `json:"closesOn" required:"false" doc:"To publish, extend and reopen."`
	Languages []string      `json:"languages" required:"false" doc:"Languages of the notice; empty means the need's own."`
}

// said returns the body, or an empty one.
func (in *needStep) said() needSaid {
	if in.Body == nil {
		return needSaid{}
	}
	return *in.Body
}

func (s needSaid) window() needs.Window {
	return needs.Window{OpensOn: day.Day(s.OpensOn), ClosesOn: day.Day(s.ClosesOn), Languages: s.Languages}
}

type needFilter struct {
	Page
	State []string `query:"state" maxItems:"20" doc:"Only needs in these states, separated by commas."`
	Q     string   `query:"q" maxLength:"300" doc:"Words of the title, the reference or the host's name."`
}

// needRoutes lead needs from draft to publication.
func (a *API) needRoutes() []Route {
	host, coordinator := identity.Only(identity.Host), identity.Only(identity.Coordinator)
	ministry, reviewers := identity.Only(identity.Ministry), identity.Only(identity.Ministry, identity.Coordinator)
	hostOrCoordinator := identity.Only(identity.Host, identity.Coordinator)
	readers := identity.Only(identity.Host, identity.Ministry, identity.Coordinator, identity.Association, identity.Professional)
	return []Route{
		creates("/needs", host, "draft-need", "Begin a need", a.draftNeed, a.readNeed),
		on("GET", "/needs", readers, "list-needs", "The needs that I may see, newest first", a.listNeeds),
		on("GET", "/needs/{ref}", readers, "show-need", "A need", a.showNeed),
		on("PUT", "/needs/{ref}", host, "revise-need", "Rewrite a draft or a returned need", a.reviseNeed),
		creates("/needs/{ref}/duplicate", host, "duplicate-need", "Begin a need from an earlier one", a.duplicateNeed, a.readNeed),
		step("/needs/{ref}/submit", host, "submit-need", "Hand a need to the ministry", a.submitNeed),
		step("/needs/{ref}/validate", ministry, "validate-need", "The ministry's yes", a.validateNeed),
		step("/needs/{ref}/return", reviewers, "return-need", "Send a need back to be mended", a.returnNeed),
		step("/needs/{ref}/reject", reviewers, "reject-need", "End a need under review", a.rejectNeed),
		step("/needs/{ref}/approve", coordinator, "approve-need", "The coordinator's yes", a.approveNeed),
		step("/needs/{ref}/publish", coordinator, "publish-need", "Open a need to candidates", a.publishNeed),
		step("/needs/{ref}/extend", coordinator, "extend-need", "Move the closing date", a.extendNeed),
		step("/needs/{ref}/close", coordinator, "close-need", "Close a call early", a.closeNeed),
		step("/needs/{ref}/reopen", coordinator, "reopen-need", "Publish a need again", a.reopenNeed),
		step("/needs/{ref}/cancel", coordinator, "cancel-need", "End a need for good", a.cancelNeed),
		step("/needs/{ref}/suspend", reviewers, "suspend-need", "Stop a need until it is resumed", a.suspendNeed),
		step("/needs/{ref}/resume", reviewers, "resume-need", "Lead a suspended need back to where it stood", a.resumeNeed),
		step("/needs/{ref}/stand-down", hostOrCoordinator, "stand-down-need", "End a need that nobody looks for any more", a.standDownNeed),
		step("/needs/{ref}/close-out", coordinator, "close-out-need", "Close the file of a need that was delivered", a.closeOutNeed),
	}
}

// step describes a route that takes a need one step on.
func step(path string, access identity.Access, id, summary string,
	take func(context.Context, identity.Actor, string, int, needSaid) (needs.View, error)) Route {
	return on("POST", path, access, id, summary, func(ctx context.Context, who identity.Actor, in *needStep) (needView, error) {
		version, err := in.version()
		if err != nil {
			return needView{}, err
		}
		n, err := take(ctx, who, in.Ref, version, in.said())
		return viewNeed(n), err
	})
}

func (a *API) draftNeed(ctx context.Context, who identity.Actor, in *needDraft) (string, error) {
	n, err := a.Needs.Draft(ctx, who, in.Body.form())
	return n.ID, err
}

func (a *API) duplicateNeed(ctx context.Context, who identity.Actor, in *NeedPath) (string, error) {
	n, err := a.Needs.Duplicate(ctx, who, in.Ref)
	return n.ID, err
}

func (a *API) readNeed(ctx context.Context, who identity.Actor, ref string) (needView, error) {
	n, err := a.Needs.Find(ctx, who, ref)
	return viewNeed(n), err
}

func (a *API) showNeed(ctx context.Context, who identity.Actor, in *NeedPath) (needView, error) {
	return a.readNeed(ctx, who, in.Ref)
}

func (a *API) listNeeds(ctx context.Context, who identity.Actor, in *needFilter) (list[needView], error) {
	found, err := a.Needs.List(ctx, who, needs.Filter{Query: in.Q, After: in.After, Limit: in.Limit,
		States: mapped(in.State, func(s string) needs.State { return needs.State(s) })})
	return listOf(mapped(found.Items, viewNeed), found.Next), err
}

func (a *API) reviseNeed(ctx context.Context, who identity.Actor, in *needRevision) (needView, error) {
	version, err := in.version()
	if err != nil {
		return needView{}, err
	}
	n, err := a.Needs.Revise(ctx, who, in.Ref, version, in.Body.form())
	return viewNeed(n), err
}

func (a *API) submitNeed(ctx context.Context, who identity.Actor, ref string, version int, _ needSaid) (needs.View, error) {
	return a.Needs.Submit(ctx, who, ref, version)
}

func (a *API) validateNeed(ctx context.Context, who identity.Actor, ref string, version int, said needSaid) (needs.View, error) {
	return a.Needs.Validate(ctx, who, ref, version, said.Reason)
}

func (a *API) returnNeed(ctx context.Context, who identity.Actor, ref string, version int, said needSaid) (needs.View, error) {
	comments := mapped(said.Comments, func(c commentView) needs.Comment { return needs.Comment(c) })
	return a.Needs.Return(ctx, who, ref, version, said.Reason, comments)
}

func (a *API) rejectNeed(ctx context.Context, who identity.Actor, ref string, version int, said needSaid) (needs.View, error) {
	return a.Needs.Reject(ctx, who, ref, version, said.Reason)
}

func (a *API) approveNeed(ctx context.Context, who identity.Actor, ref string, version int, said needSaid) (needs.View, error) {
	return a.Needs.Approve(ctx, who, ref, version, said.Reason)
}

func (a *API) publishNeed(ctx context.Context, who identity.Actor, ref string, version int, said needSaid) (needs.View, error) {
	return a.Needs.Publish(ctx, who, ref, version, said.window())
}

func (a *API) extendNeed(ctx context.Context, who identity.Actor, ref string, version int, said needSaid) (needs.View, error) {
	return a.Needs.Extend(ctx, who, ref, version, day.Day(said.ClosesOn), said.Reason)
}

func (a *API) closeNeed(ctx context.Context, who identity.Actor, ref string, version int, said needSaid) (needs.View, error) {
	return a.Needs.Close(ctx, who, ref, version, said.Reason)
}

func (a *API) reopenNeed(ctx context.Context, who identity.Actor, ref string, version int, said needSaid) (needs.View, error) {
	return a.Needs.Reopen(ctx, who, ref, version, said.window(), said.Reason)
}

func (a *API) cancelNeed(ctx context.Context, who identity.Actor, ref string, version int, said needSaid) (needs.View, error) {
	return a.Needs.Cancel(ctx, who, ref, version, said.Reason)
}

func (a *API) suspendNeed(ctx context.Context, who identity.Actor, ref string, version int, said needSaid) (needs.View, error) {
	return a.Needs.Suspend(ctx, who, ref, version, said.Reason)
}

func (a *API) resumeNeed(ctx context.Context, who identity.Actor, ref string, version int, said needSaid) (needs.View, error) {
	return a.Needs.Resume(ctx, who, ref, version, said.Reason)
}

func (a *API) standDownNeed(ctx context.Context, who identity.Actor, ref string, version int, said needSaid) (needs.View, error) {
	return a.Needs.StandDown(ctx, who, ref, version, said.Reason)
}

func (a *API) closeOutNeed(ctx context.Context, who identity.Actor, ref string, version int, said needSaid) (needs.View, error) {
	return a.Needs.CloseOut(ctx, who, ref, version, said.Reason)
}
