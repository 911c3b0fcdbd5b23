// SPDX-License-Identifier: AGPL-3.0-or-later

// Package selection leads a person from being nominated, applying or being found
// by the ranking to an accepted offer: the shortlist with the ranking that it
// rests on, the three decisions of host, ministry and coordinator, and the
// person's own answer.
package selection

import (
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/lifecycle"
)

// State is where a candidacy stands; partners see it, the person sees a Status.
type State string

// The states of a candidacy; lifecycle has the table of how it moves.
const (
	Draft           State = "DRAFT"
	Nominated       State = "NOMINATED"
	Submitted       State = "SUBMITTED"
	Eligible        State = "ELIGIBLE"
	Ineligible      State = "INELIGIBLE"
	Longlisted      State = "LONGLISTED"
	Shortlisted     State = "SHORTLISTED"
	UnderAssessment State = "UNDER_ASSESSMENT"
	Recommended     State = "RECOMMENDED"
	Reserve         State = "RESERVE"
	HostEndorsed    State = "HOST_ENDORSED"
	NoObjection     State = "NO_OBJECTION"
	Objected        State = "OBJECTED"
	Approved        State = "APPROVED"
	Offered         State = "OFFERED"
	Accepted        State = "ACCEPTED"
	Declined        State = "DECLINED"
	OfferExpired    State = "OFFER_EXPIRED"
	NotSelected     State = "NOT_SELECTED"
	Withdrawn       State = "WITHDRAWN"
	Lapsed          State = "LAPSED"
	Disqualified    State = "DISQUALIFIED"
	UnderReview     State = "UNDER_REVIEW"
)

// States lists every state.
var States = states(lifecycle.Candidacy.States())

func states(all []lifecycle.State) []State {
	return each(all, func(s lifecycle.State) State { return State(s) })
}

// underway are the states that a candidacy can still leave.
var underway = states(lifecycle.OpenCandidacy)

// chosen are the states of somebody who is on a shortlist now, or has come of it.
var chosen = []State{Shortlisted, UnderAssessment, Recommended, Reserve, HostEndorsed, NoObjection, Approved, Offered, Accepted}

// early are the states of somebody who may still come onto a shortlist.
var early = []State{Submitted, Eligible, Longlisted}

// Running tells whether the candidacy is underway or has led to a place.
func (c *Candidacy) Running() bool {
	return slices.Contains(underway, c.State) || c.State == Accepted
}

// Words returns the state as a sentence uses it.
func (s State) Words() string { return strings.ToLower(strings.ReplaceAll(string(s), "_", " ")) }

// Status is what the person is told: less than partners know among themselves
// (feature 68).
type Status string

// The statuses that a person sees.
const (
	StatusDraft       Status = "draft"
	StatusNominated   Status = "nominated" // waits for the person's own answer
	StatusReceived    Status = "received"
	StatusReviewing   Status = "reviewing" // looked at, from the rules to the longlist
	StatusInterview   Status = "interview"
	StatusProposed    Status = "proposed" // to the authorities
	StatusOffer       Status = "offer"
	StatusAccepted    Status = "accepted"
	StatusNotSelected Status = "not_selected"
	StatusClosed      Status = "closed"
)

// statuses projects every state; which authority objected, or who has not
// decided yet, is not in it, and neither is who waits on the reserve.
var statuses = map[State]Status{
	Draft: StatusDraft, Nominated: StatusNominated, Submitted: StatusReceived, Eligible: StatusReviewing, Longlisted: StatusReviewing,
	Shortlisted: StatusInterview, UnderAssessment: StatusInterview, Recommended: StatusInterview, Reserve: StatusInterview,
	HostEndorsed: StatusProposed, NoObjection: StatusProposed, Objected: StatusProposed, Approved: StatusProposed, Offered: StatusOffer,
	Accepted: StatusAccepted, NotSelected: StatusNotSelected, Ineligible: StatusNotSelected, UnderReview: StatusNotSelected,
	Disqualified: StatusNotSelected, Declined: StatusClosed, OfferExpired: StatusClosed, Withdrawn: StatusClosed, Lapsed: StatusClosed,
}

// Status returns what the person is told.
func (s State) Status() Status { return statuses[s] }

// Where a candidacy comes from.
const (
	FromRanking     = "ranking"
	FromApplication = "application"
	FromNomination  = "nomination"
)

// Candidacy is one person for one need, however they came to it.
type Candidacy struct {
	ID             string
	NeedID         string
	ProfessionalID string
	Origin         string
	NominatedBy    string     // the association, or empty
	Statement      string     // the person's words, or the association's
	SubmittedAt    *time.Time // since when partners may know of it
	State          State
	SnapshotID     *string // the ranking of the shortlist, once there is one
	Profile        string  // JSON of Frozen: the profile as it was at the shortlist
	Score          int     // of 1000, as the ranking had it then
	From           day.Day `gorm:"column:from_on"`
	To             day.Day `gorm:"column:to_on"`
	AnswerBy       *time.Time
	EndReason      string     // why the person left, in their words
	Placement      string     // the reference of the placement that came of it
	Round          int        // one more after an objection or a review
	Rules          string     // JSON: a list of RuleResult
	ReasonCode     string     // why not: one of ReasonCodes
	ResumesTo      State      // the end that a review looks at again
	EndedAt        *time.Time // since when a review may be asked for
	DecideBy       *time.Time // when whoever is to decide is late
	EscalatedAt    *time.Time // since when others know that nobody decided
	PositionID     *string    // which of the need's positions; nil where it has none
	TeamID         *string    // that the person stands in
	ChainVersion   int        // of the programme's chain that it is decided by
	Version        int
	CreatedAt      time.Time
	UpdatedAt      time.Time
}

// Step is a decision that a candidacy needs.
type Step string

// The steps.
const (
	StepShortlist   Step = "shortlist"
	StepEndorsement Step = "host_endorsement"
	StepNoObjection Step = "no_objection"
	StepApproval    Step = "approval"
	StepAcceptance  Step = "acceptance"
)

// Decision is one person's yes or no at one step; it is never changed.
type Decision struct {
	ID             string
	CandidacyID    string
	Step           Step
	Outcome        string // "yes", "no"
	Reason         string
	ByUser         string
	ByOrganisation string
	At             time.Time
	Round          int
	ForUser        string // the colleague in whose name; empty: the user's own
}

// by tells whether one of those who act here signed the decision, or it was signed for them.
func (d Decision) by(who identity.Actor) bool { return who.Counts(d.ByUser) || who.Counts(d.ForUser) }

// begins returns a conflict unless a step of the name, taken by that side, begins
// where the candidacy stands.
func (c *Candidacy) begins(step string, who lifecycle.Who, done string) error {
	var from []State
	for _, m := range lifecycle.Candidacy.Moves {
		if m.Name == step && m.May(who) {
			from = append(from, states(m.From)...)
		}
	}
	return c.only(done, from...)
}

// only returns a conflict unless the candidacy is in one of the states.
func (c *Candidacy) only(done string, from ...State) error {
	if slices.Contains(from, c.State) {
		return nil
	}
	words := make([]string, len(from))
	for i, s := range from {
		words[i] = s.Words()
	}
	return fault.New(fault.Conflict, "candidacy.not_"+strings.ToLower(string(from[0])),
		"This candidacy is %s. It can only be %s while it is %s.", c.State.Words(), done, strings.Join(words, " or "))
}

// Submit is the nominated person's yes: from now on partners may know of it.
func (c *Candidacy) Submit(now time.Time) error {
	if err := c.begins("agree", lifecycle.Professional, "answered"); err != nil {
		return err
	}
	c.State, c.SubmittedAt, c.AnswerBy = Submitted, &now, nil
	return nil
}

// Refuse is the nominated person's no. Nobody but the association and the
// coordinator ever learns of it.
func (c *Candidacy) Refuse() error {
	if err := c.begins("agree", lifecycle.Professional, "answered"); err != nil {
		return err
	}
	c.State, c.AnswerBy = Withdrawn, nil
	return nil
}

// Shortlist puts the person before the host.
func (c *Candidacy) Shortlist(snapshotID string, now time.Time) error {
	if err := c.only("shortlisted", early...); err != nil {
		return err
	}
	c.State, c.SnapshotID = Shortlisted, &snapshotID
	if c.SubmittedAt == nil {
		c.SubmittedAt = &now
	}
	return nil
}

// Endorse is the host's decision.
func (c *Candidacy) Endorse(yes bool) error {
	if err := c.begins("endorse", lifecycle.Host, "endorsed by the host"); err != nil {
		return err
	}
	c.State = either(yes, HostEndorsed, NotSelected)
	return nil
}

// Clear is the ministry's decision.
func (c *Candidacy) Clear(yes bool) error {
	if err := c.begins("no_object", lifecycle.Ministry, "cleared by the ministry"); err != nil {
		return err
	}
	c.State = either(yes, NoObjection, Objected)
	return nil
}

// Approve is the coordinator's decision.
func (c *Candidacy) Approve(yes bool) error {
	if err := c.begins("approve", lifecycle.Coordinator, "approved"); err != nil {
		return err
	}
	c.State = either(yes, Approved, NotSelected)
	return nil
}

// Offer puts the placement before the person, who has until then to answer.
func (c *Candidacy) Offer(until time.Time) error {
	if err := c.begins("offer", lifecycle.Coordinator, "offered"); err != nil {
		return err
	}
	c.State, c.AnswerBy = Offered, &until
	return nil
}

// Accept is the person's yes to the offer.
func (c *Candidacy) Accept(now time.Time) error {
	if err := c.begins("accept", lifecycle.Professional, "accepted"); err != nil {
		return err
	}
	if c.AnswerBy != nil && now.After(*c.AnswerBy) {
		return fault.New(fault.Conflict, "candidacy.offer_over",
			"The offer ended on %s. Please ask the coordinator for a new one.", c.AnswerBy.Format(time.DateOnly))
	}
	c.State, c.AnswerBy = Accepted, nil
	return nil
}

// Decline is the person's no to the offer.
func (c *Candidacy) Decline() error {
	if err := c.begins("decline", lifecycle.Professional, "declined"); err != nil {
		return err
	}
	c.State, c.AnswerBy = Declined, nil
	return nil
}

// Withdraw is the person's wish to leave, at any time before they accept.
func (c *Candidacy) Withdraw() error {
	if err := c.begins("withdraw", lifecycle.Professional, "withdrawn"); err != nil {
		return err
	}
	c.State, c.AnswerBy, c.DecideBy, c.EscalatedAt = Withdrawn, nil, nil, nil
	return nil
}

// Expire ends an offer that was not answered in time.
func (c *Candidacy) Expire() error {
	if err := c.begins("expire", lifecycle.System, "ended"); err != nil {
		return err
	}
	c.State, c.AnswerBy = OfferExpired, nil
	return nil
}

// Lapse ends a nomination that was not answered, or whatever is underway when
// the need itself ends.
func (c *Candidacy) Lapse() error {
	if err := c.begins("lapse", lifecycle.System, "ended"); err != nil {
		return err
	}
	c.State, c.AnswerBy, c.DecideBy, c.EscalatedAt = Lapsed, nil, nil, nil
	return nil
}

func either(yes bool, then, otherwise State) State {
	if yes {
		return then
	}
	return otherwise
}

// workingDays returns the same hour so many working days later; Saturdays and
// Sundays do not count.
func workingDays(from time.Time, n int) time.Time {
	for at := from; ; {
		at = at.AddDate(0, 0, 1)
		if w := at.Weekday(); w == time.Saturday || w == time.Sunday {
			continue
		}
		if n--; n <= 0 {
			return at
		}
	}
}
