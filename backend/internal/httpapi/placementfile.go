// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/placements"
)

type placementFile struct {
	Next        []placementNext   `json:"next" doc:"The steps that I may take, and what each still waits for."`
	Clearances  []clearanceView   `json:"clearances" doc:"What has to be in order before anybody travels, as far as I may see it."`
	Guard       *guardView        `json:"guard,omitempty" doc:"What the absence does to the right to live abroad; for the person and the coordinator."`
	Steps       []placementStep   `json:"steps" doc:"What has happened, oldest first."`
	Reports     []placementReport `json:"reports" doc:"What was told, as far as I may read it."`
	Due         []placementDue    `json:"due" doc:"What I may tell now."`
	Owed        []placementOwed   `json:"owed" doc:"For the coordinator: what is asked of the others and is not there."`
	Skills      []string          `json:"skills" doc:"The skills that the need asked for: what an evaluation counts."`
	CanLink     bool              `json:"canLink" doc:"I may make a link by which the host evaluates."`
	CanMail     bool              `json:"canMail" doc:"I may have such a link mailed to the host."`
	Midterm     string            `json:"midterm" doc:"The day on which half of the stay is over; empty for less than six weeks."`
	Letters     []string          `json:"letters" doc:"The documents that I may have now, by their kinds."`
	Money       *moneyView        `json:"money,omitempty" doc:"What the stay costs the programme; for the person and the coordinator."`
	Indicators  []indicatorView   `json:"indicators" doc:"What is measured of the stay."`
	Sessions    []trainingView    `json:"sessions" doc:"The counterparts and the trainings, in heads; for the person, the host and the coordinator."`
	Absences    []absenceView     `json:"absences" doc:"Days of leave and of work from elsewhere; for the same."`
	Used        []usedView        `json:"used" doc:"How many days of each, and how many the programme allows."`
	Writes      placementWrites   `json:"writes" doc:"What of this I may write down now."`
	Certificate string            `json:"certificate" doc:"Its code; empty while there is none, or it is not mine to give."`
}

type placementNext struct {
	Move     string          `json:"move" enum:"clear,postpone,prepare,depart,arrive,ask_extension,join_extension,allow_extension,extend,refuse_extension,withdraw_extension,suspend,resume,evacuate,return,curtail,end,complete,follow_up,close,cancel"`
	To       string          `json:"to" doc:"The state that it leads to."`
	Evidence []string        `json:"evidence" doc:"What it asks for."`
	Missing  []placementLack `json:"missing" doc:"What is not there yet; the step is refused while something is."`
}

type placementLack struct {
	Evidence string `json:"evidence"`
	What     string `json:"what" doc:"Which of them: the kind of a clearance, or a rule."`
}

type clearanceView struct {
	Kind       string     `json:"kind"`
	Mandatory  bool       `json:"mandatory"`
	Why        string     `json:"why" doc:"The rule that asks for it."`
	State      string     `json:"state" enum:"OPEN,PROVIDED,VERIFIED,REFUSED,WAIVED"`
	Done       bool       `json:"done"`
	Short      string     `json:"short" doc:"Why the paper does not reach; empty: it does."`
	Reference  string     `json:"reference" doc:"The number of the paper; empty for who may not see it."`
	IssuedOn   string     `json:"issuedOn"`
	ValidFrom  string     `json:"validFrom"`
	ValidUntil string     `json:"validUntil"`
	Note       string     `json:"note"`
	Signed     []string   `json:"signed" doc:"The sides that have signed."`
	DecidedAt  *time.Time `json:"decidedAt,omitempty"`
	Can        struct {
		Bring  bool `json:"bring"`
		Sign   bool `json:"sign"`
		Decide bool `json:"decide"`
	} `json:"can"`
}

type guardView struct {
	Signal      string `json:"signal" enum:"green,amber,red"`
	Rule        string `json:"rule"`
	Limit       int    `json:"limit" doc:"Days that the rule allows; 0: none is set."`
	Counted     int    `json:"counted" doc:"Days that count against it, with this stay."`
	SafeUntil   string `json:"safeUntil" doc:"The latest last day that would be within it."`
	Consecutive bool   `json:"consecutive" doc:"The limit is of days in one go."`
}

type placementStep struct {
	Move   string    `json:"move"`
	From   string    `json:"from"`
	To     string    `json:"to"`
	Role   string    `json:"role" doc:"Of whoever took it; system: a timer."`
	On     string    `json:"on" doc:"The day that it is about."`
	Reason string    `json:"reason"`
	At     time.Time `json:"at"`
}

type placementReport struct {
	Kind    string            `json:"kind"`
	Role    string            `json:"role"`
	Answers map[string]string `json:"answers"`
	At      time.Time         `json:"at"`
}

type placementDue struct {
	Kind      string              `json:"kind"`
	Questions []placementQuestion `json:"questions"`
	From      string              `json:"from" doc:"The day on which it is asked for; empty: at any time."`
	Overdue   bool                `json:"overdue"`
}

type placementOwed struct {
	Kind    string `json:"kind"`
	Role    string `json:"role" doc:"Of whom it is asked."`
	From    string `json:"from" doc:"The day on which it was asked for."`
	Overdue bool   `json:"overdue"`
}

type placementQuestion struct {
	Name     string   `json:"name"`
	Kind     string   `json:"kind" enum:"text,level,degree,yes_no,yes,skills"`
	Required bool     `json:"required"`
	Options  []string `json:"options" doc:"Of skills: what there is to choose from. The answer counts them from 0, such as 0,2."`
}

// viewFile spells what hangs on a placement.
func viewFile(f *placements.File) *placementFile {
	if f == nil {
		return nil
	}
	view := &placementFile{Next: mapped(f.Next, viewNext), Clearances: mapped(f.Clearances, viewClearance), Midterm: string(f.Midterm), Skills: append([]string{}, f.Skills...), CanLink: f.CanLink, CanMail: f.CanMail, Certificate: f.Certificate, Money: viewMoney(f.Money)}
	if g := f.Guard; g != nil {
		view.Guard = &guardView{Signal: string(g.Signal), Rule: g.Rule, Limit: g.Limit, Counted: g.Counted, SafeUntil: string(g.SafeUntil), Consecutive: g.Consecutive}
	}
	view.Steps = mapped(f.Steps, func(s placements.Step) placementStep {
		return placementStep{Move: s.Move, From: string(s.FromState), To: string(s.ToState), Role: s.Role, On: string(s.OnDay), Reason: s.Reason, At: s.At}
	})
	view.Reports = mapped(f.Reports, func(r placements.Report) placementReport {
		return placementReport{Kind: string(r.Kind), Role: string(r.Role), Answers: r.Answers(), At: r.UpdatedAt}
	})
	view.Due = mapped(f.Dues, func(d placements.Due) placementDue {
		return placementDue{Kind: string(d.Kind), From: string(d.From), Overdue: d.Overdue,
			Questions: mapped(d.Questions, viewQuestion)}
	})
	view.follow(f)
	view.Letters = mapped(f.Letters, func(k placements.LetterKind) string { return string(k) })
	view.Owed = mapped(f.Owed, func(o placements.Owed) placementOwed {
		return placementOwed{Kind: string(o.Kind), Role: string(o.Role), From: string(o.From), Overdue: o.Overdue}
	})
	return view
}

func viewNext(n placements.Next) placementNext {
	view := placementNext{Move: n.Move.Name, To: string(n.Move.To), Evidence: []string{}, Missing: []placementLack{}}
	for _, e := range n.Move.Evidence {
		view.Evidence = append(view.Evidence, string(e))
	}
	for _, l := range n.Missing {
		view.Missing = append(view.Missing, placementLack{Evidence: string(l.Evidence), What: l.What})
	}
	return view
}

func viewClearance(c placements.ClearanceView) clearanceView {
	view := clearanceView{Kind: string(c.Kind), Mandatory: c.Mandatory, Why: c.Why, State: string(c.State), Done: c.Done, Short: c.Short,
		Reference: c.Reference, IssuedOn: string(c.IssuedOn), ValidFrom: string(c.ValidFrom), ValidUntil: string(c.ValidUntil), Note: c.Note,
		Signed: []string{}, DecidedAt: c.DecidedAt}
	view.Signed = append(view.Signed, c.Signed...)
	view.Can.Bring, view.Can.Sign, view.Can.Decide = c.Bring, c.Sign, c.Decide
	return view
}

type stepTaken struct {
	PlacementPath
	IfMatch
	Body struct {
		Move   string `json:"move" enum:"clear,postpone,prepare,depart,arrive,ask_extension,join_extension,allow_extension,extend,refuse_extension,withdraw_extension,suspend,resume,evacuate,return,curtail,end,complete,follow_up,close,cancel"`
		Reason string `json:"reason,omitempty" doc:"Kept and shown to the partners. At most 5,000 characters."`
		On     string `json:"on,omitempty" doc:"The day of the departure, of the arrival, or the last of service."`
		From   string `json:"from,omitempty" doc:"The new first day of a postponed stay."`
		To     string `json:"to,omitempty" doc:"Its new last day, or the one that an extension asks for."`
	}
}

func (a *API) takeStep(ctx context.Context, who identity.Actor, in *stepTaken) (placementView, error) {
	version, err := in.version()
	if err != nil {
		return placementView{}, err
	}
	b := in.Body
	p, err := a.Placements.Take(ctx, who, in.Ref, version, placements.Ask{Move: b.Move, Reason: b.Reason, On: day.Day(b.On), From: day.Day(b.From), To: day.Day(b.To)})
	return viewPlacement(p), err
}

// ClearancePath names a line of the checklist; exported for huma to look into it.
type ClearancePath struct {
	PlacementPath
	Kind string `path:"kind" maxLength:"40" doc:"agreement, work_plan, registration, good_standing, insurance, medical, entry, right_of_return, employer, briefing, safeguarding or host_readiness."`
}

type clearanceBrought struct {
	ClearancePath
	IfMatch
	Body struct {
		Reference  string `json:"reference" doc:"The number of the paper. Of medical fitness only the result is kept: leave it empty."`
		IssuedOn   string `json:"issuedOn,omitempty" doc:"The day on which a letter was written."`
		ValidFrom  string `json:"validFrom,omitempty"`
		ValidUntil string `json:"validUntil,omitempty" doc:"Left out: it does not end."`
	}
}

func (a *API) bringClearance(ctx context.Context, who identity.Actor, in *clearanceBrought) (placementView, error) {
	version, err := in.version()
	if err != nil {
		return placementView{}, err
	}
	p, err := a.Placements.Bring(ctx, who, in.Ref, version, placements.ClearanceKind(in.Kind), placements.Paper{Reference: in.Body.Reference,
		IssuedOn: day.Day(in.Body.IssuedOn), ValidFrom: day.Day(in.Body.ValidFrom), ValidUntil: day.Day(in.Body.ValidUntil)})
	return viewPlacement(p), err
}

type clearanceSigned struct {
	ClearancePath
	IfMatch
}

func (a *API) signClearance(ctx context.Context, who identity.Actor, in *clearanceSigned) (placementView, error) {
	version, err := in.version()
	if err != nil {
		return placementView{}, err
	}
	p, err := a.Placements.Sign(ctx, who, in.Ref, version, placements.ClearanceKind(in.Kind))
	return viewPlacement(p), err
}

type clearanceDecided struct {
	ClearancePath
	IfMatch
	Body struct {
		State string `json:"state" enum:"VERIFIED,REFUSED,WAIVED"`
		Note  string `json:"note,omitempty" doc:"Why; needed unless it is verified."`
	}
}

func (a *API) decideClearance(ctx context.Context, who identity.Actor, in *clearanceDecided) (placementView, error) {
	version, err := in.version()
	if err != nil {
		return placementView{}, err
	}
	p, err := a.Placements.Decide(ctx, who, in.Ref, version, placements.ClearanceKind(in.Kind), placements.ClearanceState(in.Body.State), in.Body.Note)
	return viewPlacement(p), err
}

type placementTold struct {
	PlacementPath
	Kind string `path:"kind" maxLength:"40" doc:"midterm_person, midterm_host, handover, final_report, host_evaluation, no_fee, follow_up_3, follow_up_12 or outcome."`
	IfMatch
	Body struct {
		Answers map[string]string `json:"answers" doc:"By the names of the questions that are due."`
	}
}

func (a *API) reportOn(ctx context.Context, who identity.Actor, in *placementTold) (placementView, error) {
	version, err := in.version()
	if err != nil {
		return placementView{}, err
	}
	p, err := a.Placements.Report(ctx, who, in.Ref, version, placements.ReportKind(in.Kind), in.Body.Answers)
	return viewPlacement(p), err
}

type certificatePath struct {
	Code string `path:"code" maxLength:"60" doc:"As it stands on the certificate; spaces, hyphens and small letters do not matter."`
}

type certificateView struct {
	Code         string `json:"code"`
	Organisation string `json:"organisation" doc:"The host institution."`
	Country      string `json:"country"`
	Title        string `json:"title" doc:"What the service was for."`
	From         string `json:"from"`
	To           string `json:"to"`
	Days         int    `json:"days"`
	IssuedOn     string `json:"issuedOn"`
	Demo         bool   `json:"demo" doc:"Of the demonstration: nobody served."`
}

func (a *API) checkCertificate(ctx context.Context, _ identity.Actor, in *certificatePath) (certificateView, error) {
	c, err := a.Placements.Check(ctx, in.Code)
	return certificateView{Code: c.Code, Organisation: c.Organisation, Country: c.Country, Title: c.Title, From: string(c.From), To: string(c.To),
		Days: c.Days, IssuedOn: string(c.IssuedOn), Demo: c.Demo}, err
}
