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
)

// State is where a candidacy stands; partners see it, the person sees a Status.
type State string

// The states of a candidacy.
const (
	Draft        State = "DRAFT"
	Nominated    State = "NOMINATED"
	Submitted    State = "SUBMITTED"
	Shortlisted  State = "SHORTLISTED"
	HostEndorsed State = "HOST_ENDORSED"
	NoObjection  State = "NO_OBJECTION"
	Objected     State = "OBJECTED"
	Approved     State = "APPROVED"
	Offered      State = "OFFERED"
	Accepted     State = "ACCEPTED"
	Declined     State = "DECLINED"
	OfferExpired State = "OFFER_EXPIRED"
	NotSelected  State = "NOT_SELECTED"
	Ineligible   State = "INELIGIBLE"
	Withdrawn    State = "WITHDRAWN"
	Lapsed       State = "LAPSED"
	Disqualified State = "DISQUALIFIED"
)

// States lists every state.
var States = []State{Draft, Nominated, Submitted, Shortlisted, HostEndorsed, NoObjection, Objected, Approved, Offered,
	Accepted, Declined, OfferExpired, NotSelected, Ineligible, Withdrawn, Lapsed, Disqualified}

// underway are the states that a candidacy can still leave.
var underway = []State{Draft, Nominated, Submitted, Shortlisted, HostEndorsed, NoObjection, Approved, Offered}

// chosen are the states of somebody who is on a shortlist now, or has come of it.
var chosen = []State{Shortlisted, HostEndorsed, NoObjection, Approved, Offered, Accepted}

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
	StatusInterview   Status = "interview"
	StatusProposed    Status = "proposed" // to the authorities
	StatusOffer       Status = "offer"
	StatusAccepted    Status = "accepted"
	StatusNotSelected Status = "not_selected"
	StatusClosed      Status = "closed"
)

// statuses projects every state; which authority objected, or who has not
// decided yet, is not in it.
var statuses = map[State]Status{
	Draft: StatusDraft, Nominated: StatusNominated, Submitted: StatusReceived, Shortlisted: StatusInterview,
	HostEndorsed: StatusProposed, NoObjection: StatusProposed, Approved: StatusProposed, Offered: StatusOffer,
	Accepted: StatusAccepted, Objected: StatusNotSelected, NotSelected: StatusNotSelected, Ineligible: StatusNotSelected,
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
	EndReason      string // why the person left, in their words
	Placement      string // the reference of the placement that came of it
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
	if err := c.only("answered", Nominated); err != nil {
		return err
	}
	c.State, c.SubmittedAt, c.AnswerBy = Submitted, &now, nil
	return nil
}

// Refuse is the nominated person's no. Nobody but the association and the
// coordinator ever learns of it.
func (c *Candidacy) Refuse() error {
	if err := c.only("answered", Nominated); err != nil {
		return err
	}
	c.State, c.AnswerBy = Withdrawn, nil
	return nil
}

// Shortlist puts the person before the host.
func (c *Candidacy) Shortlist(snapshotID string, now time.Time) error {
	if err := c.only("shortlisted", Submitted); err != nil {
		return err
	}
	c.State, c.SnapshotID = Shortlisted, &snapshotID
	if c.SubmittedAt == nil {
		c.SubmittedAt = &now
	}
	return nil
}

// Dismiss ends an application that does not come onto the shortlist.
func (c *Candidacy) Dismiss() error {
	if err := c.only("set aside", Submitted); err != nil {
		return err
	}
	c.State = NotSelected
	return nil
}

// Endorse is the host's decision.
func (c *Candidacy) Endorse(yes bool) error {
	if err := c.only("endorsed by the host", Shortlisted); err != nil {
		return err
	}
	c.State = either(yes, HostEndorsed, NotSelected)
	return nil
}

// Clear is the ministry's decision.
func (c *Candidacy) Clear(yes bool) error {
	if err := c.only("cleared by the ministry", HostEndorsed); err != nil {
		return err
	}
	c.State = either(yes, NoObjection, Objected)
	return nil
}

// Approve is the coordinator's decision.
func (c *Candidacy) Approve(yes bool) error {
	if err := c.only("approved", NoObjection); err != nil {
		return err
	}
	c.State = either(yes, Approved, NotSelected)
	return nil
}

// Offer puts the placement before the person, who has until then to answer.
func (c *Candidacy) Offer(until time.Time) error {
	if err := c.only("offered", Approved); err != nil {
		return err
	}
	c.State, c.AnswerBy = Offered, &until
	return nil
}

// Accept is the person's yes to the offer.
func (c *Candidacy) Accept(now time.Time) error {
	if err := c.only("accepted", Offered); err != nil {
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
	if err := c.only("declined", Offered); err != nil {
		return err
	}
	c.State, c.AnswerBy = Declined, nil
	return nil
}

// Withdraw is the person's wish to leave, at any time before they accept.
func (c *Candidacy) Withdraw() error {
	if err := c.only("withdrawn", underway...); err != nil {
		return err
	}
	c.State, c.AnswerBy = Withdrawn, nil
	return nil
}

// Expire ends an offer that was not answered in time.
func (c *Candidacy) Expire() error {
	if err := c.only("ended", Offered); err != nil {
		return err
	}
	c.State, c.AnswerBy = OfferExpired, nil
	return nil
}

// Lapse ends a nomination that was not answered, or whatever is underway when
// the need itself ends.
func (c *Candidacy) Lapse() error {
	if err := c.only("ended", underway...); err != nil {
		return err
	}
	c.State, c.AnswerBy = Lapsed, nil
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
