// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"time"

	"sankofa/backend/internal/accountability"
	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
)

// TransferText is what is said of a transfer; exported for huma to look into it.
type TransferText struct {
	Recipient  string `json:"recipient" doc:"To whom."`
	Country    string `json:"country" maxLength:"2" doc:"ISO 3166-1 alpha-2."`
	Categories string `json:"categories" doc:"Which personal data, in words."`
	Purpose    string `json:"purpose"`
	Basis      string `json:"basis" maxLength:"40" doc:"adequacy, standard_clauses, agreement, consent or public_interest (GDPR, articles 45, 46 and 49)."`
	Safeguards string `json:"safeguards" doc:"What protects people there; needed but for adequacy and consent."`
	Contract   string `json:"contract" maxLength:"40" doc:"memorandum, programme_agreement, standard_clauses, processor_contract, administrative_arrangement, other, or empty."`
	From       string `json:"from" maxLength:"10" doc:"The first day."`
	Until      string `json:"until" required:"false" maxLength:"10" doc:"The last day; empty while it goes on."`
}

type transferView struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
	TransferText
	Runs      bool      `json:"runs" doc:"Data may go today."`
	CreatedAt time.Time `json:"createdAt"`
}

func (v transferView) etag() int { return v.Version }

func (a *API) viewTransfer(t accountability.Transfer) transferView {
	v := transferView{ID: t.ID, Version: t.Version, Runs: t.Runs(day.Of(a.DB.Now())), CreatedAt: t.CreatedAt,
		TransferText: TransferText{Recipient: t.Recipient, Country: t.Country, Categories: t.Categories, Purpose: t.Purpose, Basis: t.Basis,
			Safeguards: t.Safeguards, Contract: t.Contract, From: string(t.FromOn)}}
	if t.UntilOn != nil {
		v.Until = string(*t.UntilOn)
	}
	return v
}

func (t TransferText) transfer() accountability.Transfer {
	out := accountability.Transfer{Recipient: t.Recipient, Country: t.Country, Categories: t.Categories, Purpose: t.Purpose, Basis: t.Basis,
		Safeguards: t.Safeguards, Contract: t.Contract, FromOn: day.Day(t.From)}
	if t.Until != "" {
		until := day.Day(t.Until)
		out.UntilOn = &until
	}
	return out
}

// BreachText is what is said of a breach; exported for huma to look into it.
type BreachText struct {
	Title        string `json:"title"`
	What         string `json:"what" doc:"What happened, and to which data."`
	Organisation string `json:"organisation" required:"false" maxLength:"60" doc:"Whose access it concerns; empty: everybody's."`
	From         string `json:"from" maxLength:"40" doc:"Since when, such as 2026-11-29T08:30:00Z."`
	To           string `json:"to" maxLength:"40" doc:"Until when."`
	KnownAt      string `json:"knownAt" maxLength:"40" doc:"When it became known: the 72 hours begin then."`
	Consequences string `json:"consequences" required:"false" doc:"What may follow for people."`
	Risk         string `json:"risk" maxLength:"10" doc:"none, risk or high. With none nobody has to be told, with high the people, too."`
	People       int    `json:"people" required:"false" doc:"About how many people it concerns, as you estimate."`
	Measures     string `json:"measures" required:"false" doc:"What was done, and what will be."`
}

// breach reads what was said; a moment that is none is named.
func (t BreachText) breach() (accountability.Breach, error) {
	var c fault.Check
	out := accountability.Breach{Title: t.Title, What: t.What, OrganisationID: t.Organisation, FromAt: momentOf(&c, t.From, "from"), ToAt: momentOf(&c, t.To, "to"),
		KnownAt: momentOf(&c, t.KnownAt, "knownAt"), Consequences: t.Consequences, Risk: t.Risk, People: t.People, Measures: t.Measures}
	return out, c.Err()
}

// momentOf reads a moment of RFC 3339.
func momentOf(c *fault.Check, text, field string) time.Time {
	at, err := time.Parse(time.RFC3339, text)
	c.That(err == nil && at.Year() >= 2000 && at.Year() < 2200, field, "moment.malformed", "Please give a moment as in 2026-11-29T08:30:00Z.")
	return at.UTC().Truncate(time.Microsecond)
}

type breachCan struct {
	Revise        bool `json:"revise"`
	TellAuthority bool `json:"tellAuthority"`
	TellPeople    bool `json:"tellPeople"`
	Close         bool `json:"close"`
}

type breachView struct {
	ID               string     `json:"id"`
	Version          int        `json:"version"`
	Title            string     `json:"title"`
	What             string     `json:"what"`
	Organisation     string     `json:"organisation" doc:"Whose access it concerns; empty: everybody's."`
	OrganisationName string     `json:"organisationName"`
	From             time.Time  `json:"from"`
	To               time.Time  `json:"to"`
	KnownAt          time.Time  `json:"knownAt"`
	NotifyBy         time.Time  `json:"notifyBy" doc:"When the 72 hours are over."`
	HoursLeft        int        `json:"hoursLeft" doc:"Until then, while the clock runs; negative when they are over."`
	Running          bool       `json:"running" doc:"The clock runs: the authority has to be told and has not been."`
	Consequences     string     `json:"consequences"`
	Risk             string     `json:"risk" enum:"none,risk,high"`
	People           int        `json:"people" doc:"As whoever recorded it estimates."`
	Found            int        `json:"found" doc:"People who were looked at in the period, as the ledger tells."`
	Reached          int        `json:"reached" doc:"Of them, those with an account."`
	Measures         string     `json:"measures"`
	AuthorityToldAt  *time.Time `json:"authorityToldAt"`
	Delay            string     `json:"delay" doc:"Why the authority was told after 72 hours."`
	PeopleToldAt     *time.Time `json:"peopleToldAt"`
	Words            string     `json:"words" doc:"What the people were told."`
	ClosedAt         *time.Time `json:"closedAt"`
	CreatedAt        time.Time  `json:"createdAt"`
	Can              breachCan  `json:"can"`
}

func (v breachView) etag() int { return v.Version }

func viewBreach(b accountability.BreachView) breachView {
	return breachView{ID: b.ID, Version: b.Version, Title: b.Title, What: b.What, Organisation: b.OrganisationID, OrganisationName: b.Organisation,
		From: b.FromAt, To: b.ToAt, KnownAt: b.KnownAt, NotifyBy: b.NotifyBy(), HoursLeft: b.HoursLeft(b.Now), Running: b.Running(), Consequences: b.Consequences,
		Risk: b.Risk, People: b.People, Found: b.Found, Reached: b.Reached, Measures: b.Measures, AuthorityToldAt: b.AuthorityToldAt, Delay: b.Delay,
		PeopleToldAt: b.PeopleToldAt, Words: b.Words, ClosedAt: b.ClosedAt, CreatedAt: b.CreatedAt, Can: breachCan(b.Can)}
}

type myBreachView struct {
	Title    string    `json:"title"`
	Words    string    `json:"words"`
	Measures string    `json:"measures"`
	From     time.Time `json:"from"`
	To       time.Time `json:"to"`
	ToldAt   time.Time `json:"toldAt"`
}

// AssessmentText are notes of an impact assessment; exported for huma to look into it.
type AssessmentText struct {
	Title      string `json:"title"`
	Processing string `json:"processing" doc:"What is done with whose data, and what for."`
	Necessity  string `json:"necessity" doc:"Why it is needed, and no more than that."`
	Risks      string `json:"risks" doc:"For the people."`
	Measures   string `json:"measures" doc:"Against the risks."`
	Outcome    string `json:"outcome" maxLength:"10" doc:"What risk is left: low, mitigated or high."`
	ReviewOn   string `json:"reviewOn" maxLength:"10" doc:"When it is looked at again."`
}

func (t AssessmentText) assessment() accountability.Assessment {
	return accountability.Assessment{Title: t.Title, Processing: t.Processing, Necessity: t.Necessity, Risks: t.Risks, Measures: t.Measures,
		Outcome: t.Outcome, ReviewOn: day.Day(t.ReviewOn)}
}

type impactView struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
	AssessmentText
	Due       bool      `json:"due" doc:"The day on which it is looked at again has come."`
	UpdatedAt time.Time `json:"updatedAt"`
}

func (v impactView) etag() int { return v.Version }

func (a *API) viewAssessment(one accountability.Assessment) impactView {
	return impactView{ID: one.ID, Version: one.Version, Due: one.ReviewOn <= day.Of(a.DB.Now()), UpdatedAt: one.UpdatedAt,
		AssessmentText: AssessmentText{Title: one.Title, Processing: one.Processing, Necessity: one.Necessity, Risks: one.Risks, Measures: one.Measures,
			Outcome: one.Outcome, ReviewOn: string(one.ReviewOn)}}
}

type reviewCan struct {
	Answer bool `json:"answer"`
}

type rankingReviewView struct {
	ID         string         `json:"id"`
	Version    int            `json:"version"`
	State      string         `json:"state" enum:"OPEN,ANSWERED"`
	Pseudonym  string         `json:"pseudonym" doc:"Of who asks: as in the ranking that it is about."`
	Need       disclosureNeed `json:"need"`
	Words      string         `json:"words" doc:"What the person doubts."`
	AskedAt    time.Time      `json:"askedAt"`
	AnswerBy   time.Time      `json:"answerBy"`
	Overdue    bool           `json:"overdue"`
	Answer     string         `json:"answer"`
	AnsweredAt *time.Time     `json:"answeredAt"`
	Can        reviewCan      `json:"can"`
}

func (v rankingReviewView) etag() int { return v.Version }

func viewRankingReview(r accountability.RequestView) rankingReviewView {
	return rankingReviewView{ID: r.ID, Version: r.Version, State: r.State, Pseudonym: r.Pseudonym,
		Need:  disclosureNeed{ID: r.NeedID, Reference: r.Need.Reference, Title: r.Need.Title},
		Words: r.Words, AskedAt: r.AskedAt, AnswerBy: r.AnswerBy, Overdue: r.State == accountability.Open && r.Now.After(r.AnswerBy),
		Answer: r.Answer, AnsweredAt: r.AnsweredAt, Can: reviewCan(r.Can)}
}

// accountabilityRoutes are the registers of the data-protection officer, and people's
// requests that somebody look again at a ranking.
func (a *API) accountabilityRoutes() []Route {
	keepers := identity.Only(identity.Administrator, identity.Coordinator)
	officer := identity.Only(identity.Administrator)
	self := identity.Only(identity.Professional)
	parties := identity.Only(identity.Professional, identity.Coordinator)
	return []Route{
		on("GET", "/transfers", keepers, "list-transfers", "The register of transfers to other countries, newest first", a.listTransfers),
		creates("/transfers", officer, "record-transfer", "Enter a transfer into the register", a.recordTransfer, a.readTransfer),
		on("GET", "/transfers/{id}", keepers, "show-transfer", "One transfer", a.showTransfer),
		on("PUT", "/transfers/{id}", officer, "revise-transfer", "Correct a transfer, or end it by its last day", a.reviseTransfer),
		on("GET", "/breaches", keepers, "list-breaches", "The record of breaches, newest first, with the clock", a.listBreaches),
		creates("/breaches", keepers, "record-breach", "Record a breach; whom it concerns is read from the ledger", a.recordBreach, a.readBreach),
		on("GET", "/breaches/{id}", keepers, "show-breach", "One breach", a.showBreach),
		on("PUT", "/breaches/{id}", officer, "revise-breach", "Correct the record of a breach", a.reviseBreach),
		on("POST", "/breaches/{id}/authority", officer, "note-authority-told", "Note when the authority was told", a.tellAuthority),
		on("POST", "/breaches/{id}/people", officer, "tell-breached-people", "Tell everybody whom it concerns, in the product and by mail", a.tellPeople),
		on("POST", "/breaches/{id}/close", officer, "close-breach", "End the work on a breach; its record stays", a.closeBreach),
		on("GET", "/me/breaches", self, "list-my-breaches", "What happened to my data, as I was told", a.myBreaches),
		on("GET", "/impact-assessments", keepers, "list-assessments", "Notes of impact assessments, newest first", a.listAssessments),
		creates("/impact-assessments", officer, "write-assessment", "Keep notes of an impact assessment", a.writeAssessment, a.readAssessment),
		on("GET", "/impact-assessments/{id}", keepers, "show-assessment", "One set of notes", a.showAssessment),
		on("PUT", "/impact-assessments/{id}", officer, "revise-assessment", "Write the notes anew", a.reviseAssessment),
		on("GET", "/ranking-reviews", parties, "list-ranking-reviews", "Requests that somebody look again at a ranking: mine, or the programme's", a.listRankingReviews),
		creates("/ranking-reviews", self, "ask-ranking-review", "Ask that somebody look again at how I was ranked", a.askRankingReview, a.readRankingReview),
		on("GET", "/ranking-reviews/{id}", parties, "show-ranking-review", "One request", a.showRankingReview),
		on("POST", "/ranking-reviews/{id}/answer", identity.Only(identity.Coordinator), "answer-ranking-review", "Answer in writing; the person is told", a.answerRankingReview),
	}
}

// EntryPath names an entry of a register; exported for huma to look into it.
type EntryPath struct {
	ID string `path:"id" maxLength:"60"`
}

func (p Page) register() accountability.Page {
	return accountability.Page{After: p.After, Limit: p.Limit}
}

type registerPage struct{ Page }

func (a *API) listTransfers(ctx context.Context, who identity.Actor, in *registerPage) (list[transferView], error) {
	rows, next, err := a.Accountability.Transfers(ctx, who, in.register())
	return listOf(mapped(rows, a.viewTransfer), next), err
}

type transferSaid struct{ Body TransferText }

func (a *API) recordTransfer(ctx context.Context, who identity.Actor, in *transferSaid) (string, error) {
	return a.Accountability.RecordTransfer(ctx, who, in.Body.transfer())
}

func (a *API) readTransfer(ctx context.Context, who identity.Actor, made string) (transferView, error) {
	t, err := a.Accountability.Transfer(ctx, who, made)
	return a.viewTransfer(t), err
}

func (a *API) showTransfer(ctx context.Context, who identity.Actor, in *EntryPath) (transferView, error) {
	return a.readTransfer(ctx, who, in.ID)
}

type transferRevised struct {
	EntryPath
	IfMatch
	Body TransferText
}

func (a *API) reviseTransfer(ctx context.Context, who identity.Actor, in *transferRevised) (transferView, error) {
	version, err := in.version()
	if err != nil {
		return transferView{}, err
	}
	t, err := a.Accountability.ReviseTransfer(ctx, who, in.ID, version, in.Body.transfer())
	return a.viewTransfer(t), err
}

func (a *API) listBreaches(ctx context.Context, who identity.Actor, in *registerPage) (list[breachView], error) {
	rows, next, err := a.Accountability.Breaches(ctx, who, in.register())
	return listOf(mapped(rows, viewBreach), next), err
}

type breachSaid struct{ Body BreachText }

func (a *API) recordBreach(ctx context.Context, who identity.Actor, in *breachSaid) (string, error) {
	b, err := in.Body.breach()
	if err != nil {
		return "", err
	}
	return a.Accountability.RecordBreach(ctx, who, b)
}

func (a *API) readBreach(ctx context.Context, who identity.Actor, made string) (breachView, error) {
	b, err := a.Accountability.Breach(ctx, who, made)
	return viewBreach(b), err
}

func (a *API) showBreach(ctx context.Context, who identity.Actor, in *EntryPath) (breachView, error) {
	return a.readBreach(ctx, who, in.ID)
}

type breachRevised struct {
	EntryPath
	IfMatch
	Body BreachText
}

func (a *API) reviseBreach(ctx context.Context, who identity.Actor, in *breachRevised) (breachView, error) {
	version, err := in.version()
	if err != nil {
		return breachView{}, err
	}
	said, err := in.Body.breach()
	if err != nil {
		return breachView{}, err
	}
	b, err := a.Accountability.ReviseBreach(ctx, who, in.ID, version, said)
	return viewBreach(b), err
}

type authorityTold struct {
	EntryPath
	IfMatch
	Body struct {
		At    string `json:"at" maxLength:"40" doc:"When it was told, such as 2026-11-29T08:30:00Z."`
		Delay string `json:"delay" required:"false" doc:"Why it took longer than 72 hours, if it did."`
	}
}

func (a *API) tellAuthority(ctx context.Context, who identity.Actor, in *authorityTold) (breachView, error) {
	version, err := in.version()
	if err != nil {
		return breachView{}, err
	}
	var c fault.Check
	at := momentOf(&c, in.Body.At, "at")
	if err := c.Err(); err != nil {
		return breachView{}, err
	}
	b, err := a.Accountability.TellAuthority(ctx, who, in.ID, version, at, in.Body.Delay)
	return viewBreach(b), err
}

type peopleTold struct {
	EntryPath
	IfMatch
	Body struct {
		Words string `json:"words" doc:"What happened, what may follow, and what people can do; they read it word for word."`
	}
}

func (a *API) tellPeople(ctx context.Context, who identity.Actor, in *peopleTold) (breachView, error) {
	version, err := in.version()
	if err != nil {
		return breachView{}, err
	}
	b, err := a.Accountability.TellPeople(ctx, who, in.ID, version, in.Body.Words)
	return viewBreach(b), err
}

type breachAct struct {
	EntryPath
	IfMatch
}

func (a *API) closeBreach(ctx context.Context, who identity.Actor, in *breachAct) (breachView, error) {
	version, err := in.version()
	if err != nil {
		return breachView{}, err
	}
	b, err := a.Accountability.CloseBreach(ctx, who, in.ID, version)
	return viewBreach(b), err
}

func (a *API) myBreaches(ctx context.Context, who identity.Actor, _ *none) (list[myBreachView], error) {
	rows, err := a.Accountability.MyBreaches(ctx, who)
	return listOf(mapped(rows, func(b accountability.Breached) myBreachView {
		return myBreachView{Title: b.Title, Words: b.Words, Measures: b.Measures, From: b.FromAt, To: b.ToAt, ToldAt: b.ToldAt}
	}), ""), err
}

func (a *API) listAssessments(ctx context.Context, who identity.Actor, in *registerPage) (list[impactView], error) {
	rows, next, err := a.Accountability.Assessments(ctx, who, in.register())
	return listOf(mapped(rows, a.viewAssessment), next), err
}

type assessmentSaid struct{ Body AssessmentText }

func (a *API) writeAssessment(ctx context.Context, who identity.Actor, in *assessmentSaid) (string, error) {
	return a.Accountability.WriteAssessment(ctx, who, in.Body.assessment())
}

func (a *API) readAssessment(ctx context.Context, who identity.Actor, made string) (impactView, error) {
	one, err := a.Accountability.Assessment(ctx, who, made)
	return a.viewAssessment(one), err
}

func (a *API) showAssessment(ctx context.Context, who identity.Actor, in *EntryPath) (impactView, error) {
	return a.readAssessment(ctx, who, in.ID)
}

type assessmentRevised struct {
	EntryPath
	IfMatch
	Body AssessmentText
}

func (a *API) reviseAssessment(ctx context.Context, who identity.Actor, in *assessmentRevised) (impactView, error) {
	version, err := in.version()
	if err != nil {
		return impactView{}, err
	}
	one, err := a.Accountability.ReviseAssessment(ctx, who, in.ID, version, in.Body.assessment())
	return a.viewAssessment(one), err
}

type reviewFilter struct {
	Page
	State string `query:"state" maxLength:"20" doc:"OPEN or ANSWERED; empty: both."`
}

func (a *API) listRankingReviews(ctx context.Context, who identity.Actor, in *reviewFilter) (list[rankingReviewView], error) {
	rows, next, err := a.Accountability.Reviews(ctx, who, in.State, in.register())
	return listOf(mapped(rows, viewRankingReview), next), err
}

type reviewAsked struct {
	Body struct {
		Need  string `json:"need" maxLength:"60" doc:"Its reference."`
		Words string `json:"words" doc:"What you doubt. At most 2000 characters."`
	}
}

func (a *API) askRankingReview(ctx context.Context, who identity.Actor, in *reviewAsked) (string, error) {
	return a.Accountability.AskReview(ctx, who, in.Body.Need, in.Body.Words)
}

func (a *API) readRankingReview(ctx context.Context, who identity.Actor, made string) (rankingReviewView, error) {
	r, err := a.Accountability.Review(ctx, who, made)
	return viewRankingReview(r), err
}

func (a *API) showRankingReview(ctx context.Context, who identity.Actor, in *EntryPath) (rankingReviewView, error) {
	return a.readRankingReview(ctx, who, in.ID)
}

type reviewAnswered struct {
	EntryPath
	IfMatch
	Body struct {
		Answer string `json:"answer" doc:"In plain words; the person reads it as it is. At most 4000 characters."`
	}
}

func (a *API) answerRankingReview(ctx context.Context, who identity.Actor, in *reviewAnswered) (rankingReviewView, error) {
	version, err := in.version()
	if err != nil {
		return rankingReviewView{}, err
	}
	r, err := a.Accountability.AnswerReview(ctx, who, in.ID, version, in.Body.Answer)
	return viewRankingReview(r), err
}
