// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/selection"
)

// candidacyFile is what hangs on a candidacy, as far as the reader may see it.
type candidacyFile struct {
	Next        []nextStep             `json:"next" doc:"The steps that I may take, each with what it still waits for."`
	Rules       []selection.RuleResult `json:"rules" doc:"What each rule of eligibility found; for the coordinator."`
	Committee   []committeeSeat        `json:"committee"`
	Criteria    []judgedCriterion      `json:"criteria" doc:"What the committee judges."`
	Sits        bool                   `json:"sits" doc:"I sit on the committee."`
	Scores      []scoreView            `json:"scores" doc:"My own; the others' once mine are complete or the committee has spoken."`
	Assessments []assessmentView       `json:"assessments"`
	References  []takenReference       `json:"references"`
	Reviews     []selectionReview      `json:"reviews"`
	Doubt       *doubtView             `json:"doubt,omitempty" doc:"Of a statement, while it is open."`
	ReviewUntil *time.Time             `json:"reviewUntil,omitempty" doc:"Until when I may ask for a review."`
}

type committeeSeat struct {
	UserID   string `json:"userId"`
	Name     string `json:"name"`
	Seat     string `json:"seat" enum:"host,coordinator,ministry,association"`
	Chair    bool   `json:"chair"`
	Declared bool   `json:"declared" doc:"Has said whether there is a conflict of interest."`
	Conflict bool   `json:"conflict" doc:"Has one, and stays away."`
	Finished bool   `json:"finished" doc:"Has judged every criterion."`
	Mine     bool   `json:"mine"`
}

type judgedCriterion struct {
	ID       string `json:"id"`
	Label    string `json:"label"`
	Required bool   `json:"required"`
}

type scoreView struct {
	UserID    string `json:"userId"`
	Criterion string `json:"criterion" doc:"The identifier of a criterion of the need."`
	Level     int    `json:"level" doc:"1 does not meet it, 2 meets it in part, 3 meets it, 4 goes beyond it."`
	Note      string `json:"note"`
}

type assessmentView struct {
	Round   int            `json:"round"`
	Outcome string         `json:"outcome" enum:"recommended,reserve,not_selected"`
	Levels  map[string]int `json:"levels" doc:"The agreed level by criterion."`
	Minutes string         `json:"minutes"`
	At      time.Time      `json:"at"`
}

type takenReference struct {
	Referee string    `json:"referee" doc:"A function and an institution, not a name."`
	Words   string    `json:"words"`
	At      time.Time `json:"at"`
}

type selectionReview struct {
	Grounds   string     `json:"grounds"`
	AskedAt   time.Time  `json:"askedAt"`
	Outcome   string     `json:"outcome" enum:",upheld,reopened,ended"`
	Words     string     `json:"words"`
	Replayed  string     `json:"replayed" enum:",same,differs,none" doc:"What came out when the frozen ranking was computed again."`
	DecidedAt *time.Time `json:"decidedAt,omitempty"`
}

type doubtView struct {
	Evidence string    `json:"evidence"`
	ReplyBy  time.Time `json:"replyBy"`
	Reply    string    `json:"reply"`
	Replied  bool      `json:"replied"`
}

// viewCandidacyFile spells what hangs on a candidacy.
func viewCandidacyFile(f *selection.File) *candidacyFile {
	if f == nil {
		return nil
	}
	view := &candidacyFile{Rules: append([]selection.RuleResult{}, f.Rules...), ReviewUntil: f.ReviewUntil}
	view.Next = mapped(f.Next, func(n selection.Next) nextStep {
		return viewStep(n.Move, mapped(n.Missing, func(l selection.Lack) nextLack { return nextLack{Evidence: string(l.Evidence), What: l.What} }))
	})
	view.Committee, view.Sits = mapped(f.Members, viewSeat), f.Sits
	view.Criteria = mapped(f.Criteria, func(c needs.Criterion) judgedCriterion {
		return judgedCriterion{ID: c.ID, Label: c.Label, Required: c.Required}
	})
	view.Scores = mapped(f.Scores, func(s selection.Score) scoreView {
		return scoreView{UserID: s.UserID, Criterion: s.Criterion, Level: s.Level, Note: s.Note}
	})
	view.Assessments = mapped(f.Assessments, func(a selection.Assessment) assessmentView {
		return assessmentView{Round: a.Round, Outcome: a.Outcome, Levels: a.Agreed(), Minutes: a.Minutes, At: a.At}
	})
	view.References = mapped(f.References, func(r selection.Reference) takenReference {
		return takenReference{Referee: r.Referee, Words: r.Words, At: r.At}
	})
	view.Reviews = mapped(f.Reviews, func(r selection.Review) selectionReview {
		return selectionReview{Grounds: r.Grounds, AskedAt: r.AskedAt, Outcome: r.Outcome, Words: r.Words, Replayed: r.Replayed, DecidedAt: r.DecidedAt}
	})
	if d := f.Doubt; d != nil {
		view.Doubt = &doubtView{Evidence: d.Evidence, ReplyBy: d.ReplyBy, Reply: d.Reply, Replied: d.RepliedAt != nil}
	}
	return view
}

func viewSeat(m selection.MemberView) committeeSeat {
	return committeeSeat{UserID: m.UserID, Name: m.Name, Seat: m.Seat, Chair: m.Chair, Declared: m.Declared, Conflict: m.Conflict, Finished: m.Finished, Mine: m.Mine}
}

type agreedLevel struct {
	Criterion string `json:"criterion" maxLength:"36"`
	Level     int    `json:"level" doc:"1 does not meet it, 2 meets it in part, 3 meets it, 4 goes beyond it."`
}

type moveInput struct {
	CandidacyPath
	IfMatch
	Body struct {
		Move   string        `json:"move" maxLength:"40" doc:"A step of the table: see the field next of the candidacy."`
		Reason string        `json:"reason" required:"false" doc:"What the step asks for in words: a reason, grounds, minutes, what is false. At most 5,000 characters."`
		Code   string        `json:"code" required:"false" doc:"languages, licence, experience, education, availability, skills, references, stronger_candidates, post_filled or other."`
		Levels []agreedLevel `json:"levels" required:"false" maxItems:"40" doc:"The level that the committee agreed on for each criterion."`
	}
}

// moveRoutes take the steps of a candidacy that have no road of their own.
func (a *API) moveRoutes() []Route {
	movers := identity.Only(identity.Host, identity.Ministry, identity.Coordinator, identity.Association, identity.Professional)
	person, coordinator := identity.Only(identity.Professional), identity.Only(identity.Coordinator)
	return []Route{
		on("POST", "/candidacies/{id}/moves", movers, "move-candidacy", "Take a step of the table of candidacies", a.moveCandidacy),
		on("POST", "/candidacies/{id}/reply", person, "reply-to-doubt", "Reply to a doubt about what I stated", giveReason(a, (*selection.Service).Reply)),
		on("POST", "/candidacies/{id}/drop-doubt", coordinator, "drop-doubt", "Let a doubt about a statement go", giveReason(a, (*selection.Service).Drop)),
	}
}

func (a *API) moveCandidacy(ctx context.Context, who identity.Actor, in *moveInput) (candidacyView, error) {
	version, err := in.version()
	if err != nil {
		return candidacyView{}, err
	}
	levels := mapped(in.Body.Levels, func(l agreedLevel) selection.Agreed { return selection.Agreed(l) })
	c, err := a.Selection.Take(ctx, who, in.ID, version, selection.Ask{Move: in.Body.Move, Reason: in.Body.Reason, Code: in.Body.Code, Levels: levels})
	return viewCandidacy(c), err
}
