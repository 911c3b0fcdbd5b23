// SPDX-License-Identifier: AGPL-3.0-or-later

package needs

import (
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/lifecycle"
)

// States lists every state of a need, in the order of its life.
var States = []State{Draft, Submitted, Returned, Validated, Rejected, Approved, Published, Closed, InSelection,
	PartlyFilled, Filled, Underway, Delivered, ClosedOut, Suspended, StoodDown, Cancelled, Expired}

// final are the states that nothing leaves; a trigger in the schema says so too.
var final = states(lifecycle.Need.Finals())

func states(all []lifecycle.State) []State {
	out := make([]State, len(all))
	for i, s := range all {
		out[i] = State(s)
	}
	return out
}

// Over tells whether the need has come to its end.
func (s State) Over() bool { return slices.Contains(final, s) }

// Words returns the state as a sentence uses it: "in selection".
func (s State) Words() string { return strings.ToLower(strings.ReplaceAll(string(s), "_", " ")) }

// begins returns a conflict unless the step begins where the need stands: the table
// in lifecycle says where.
func (n *Need) begins(step, done string) error {
	return n.only(done, states(lifecycle.Need.From(step))...)
}

// only returns a conflict unless the need is in one of the states.
func (n *Need) only(done string, from ...State) error {
	if slices.Contains(from, n.State) {
		return nil
	}
	words := make([]string, len(from))
	for i, s := range from {
		words[i] = s.Words()
	}
	return fault.New(fault.Conflict, "need.not_"+strings.ToLower(string(from[0])),
		"This need is %s. It can only be %s while it is %s.", n.State.Words(), done, strings.Join(words, " or "))
}

// Revise admits a new text: the host's own, before anybody has it or after it came back.
func (n *Need) Revise() error { return n.only("changed", Draft, Returned) }

// Submit hands the need to the ministry.
func (n *Need) Submit(by string) error {
	if err := n.begins("submit", "submitted"); err != nil {
		return err
	}
	n.State, n.SubmittedBy, n.Round = Submitted, by, n.Round+1
	return nil
}

// Validate is the ministry's yes.
func (n *Need) Validate(by ...string) error {
	if err := n.begins("validate", "validated"); err != nil {
		return err
	}
	if err := n.notBy(by...); err != nil {
		return err
	}
	n.State = Validated
	return nil
}

// Return sends the need back to its host to be mended.
func (n *Need) Return(by ...string) error {
	if err := n.begins("return", "returned"); err != nil {
		return err
	}
	if err := n.notBy(by...); err != nil {
		return err
	}
	n.State = Returned
	return nil
}

// Reject ends the need.
func (n *Need) Reject(by ...string) error {
	if err := n.begins("reject", "rejected"); err != nil {
		return err
	}
	if err := n.notBy(by...); err != nil {
		return err
	}
	n.State = Rejected
	return nil
}

// Approve is the coordinator's yes.
func (n *Need) Approve(by ...string) error {
	if err := n.begins("approve", "approved"); err != nil {
		return err
	}
	if err := n.notBy(by...); err != nil {
		return err
	}
	n.State = Approved
	return nil
}

// wrote tells whether the user had a hand in the text that is under review.
func (n *Need) wrote(user string) bool { return user == n.CreatedBy || user == n.SubmittedBy }

// notBy keeps authors from deciding about their own text (feature 67).
// Several act where one does it in the name of another: all of them count.
func (n *Need) notBy(users ...string) error {
	if !slices.ContainsFunc(users, n.wrote) {
		return nil
	}
	return ownText
}

// ownText is the answer to whoever decides about what they wrote.
var ownText = fault.New(fault.Conflict, "need.own_text",
	"You wrote or submitted this need yourself. Somebody else has to decide about it.")

// Publish opens the need to associations and professionals.
func (n *Need) Publish(opens, closes day.Day) error {
	if err := n.begins("publish", "published"); err != nil {
		return err
	}
	n.State, n.OpensOn, n.ClosesOn = Published, opens, closes
	return nil
}

// Extend moves the closing date of a published need.
func (n *Need) Extend(closes day.Day) error {
	if err := n.begins("extend", "extended"); err != nil {
		return err
	}
	n.ClosesOn = closes
	return nil
}

// Close ends the time for applications.
func (n *Need) Close() error {
	if err := n.begins("close", "closed"); err != nil {
		return err
	}
	n.State = Closed
	return nil
}

// Reopen publishes a need again that found nobody, or too few.
func (n *Need) Reopen(opens, closes day.Day) error {
	if err := n.begins("reopen", "reopened"); err != nil {
		return err
	}
	n.State, n.OpensOn, n.ClosesOn = Published, opens, closes
	return nil
}

// BeginSelection starts the choice among candidates; a later shortlist of the same
// need finds it begun. A published need has to be closed first: see BeginSelectionIn.
func (n *Need) BeginSelection() error {
	if n.State == InSelection || n.State == PartlyFilled {
		return nil
	}
	if err := n.begins("select", "shortlisted for"); err != nil {
		return err
	}
	n.State = InSelection
	return nil
}

// Choosable tells whether a shortlist may be made now.
func (n *Need) Choosable() error {
	return n.only("shortlisted for", Published, Closed, InSelection, PartlyFilled)
}

// Fill counts one accepted offer. A call that was reopened for more people stays
// open until the last post is taken.
func (n *Need) Fill() error {
	if err := n.only("filled", InSelection, PartlyFilled, Published, Closed); err != nil {
		return err
	}
	if n.Filled >= n.Headcount {
		return full
	}
	n.Filled++
	switch {
	case n.Filled == n.Headcount:
		n.State = Filled
	case n.State == InSelection:
		n.State = PartlyFilled
	}
	return nil
}

// full is what whoever comes too late is told.
var full = fault.New(fault.Conflict, "need.full", "All posts of this need are taken already.")

// BeginService says that the first person is on duty.
func (n *Need) BeginService() error {
	if err := n.begins("begin", "begun"); err != nil {
		return err
	}
	n.State = Underway
	return nil
}

// Deliver says that every stay has come to its end.
func (n *Need) Deliver() error {
	if err := n.begins("deliver", "delivered"); err != nil {
		return err
	}
	n.State = Delivered
	return nil
}

// Release takes back one accepted offer whose placement was cancelled. A need on
// which others work already stays underway.
func (n *Need) Release() error {
	if err := n.only("released", Filled, PartlyFilled, Published, Closed, InSelection, Underway); err != nil {
		return err
	}
	if n.Filled == 0 {
		return fault.New(fault.Conflict, "need.empty", "Nobody holds a post of this need.")
	}
	n.Filled--
	switch {
	case n.State == Filled && n.Filled > 0:
		n.State = PartlyFilled
	case n.State == Filled, n.State == PartlyFilled && n.Filled == 0:
		n.State = InSelection
	}
	return nil
}

// Cancel ends the need for good. People who are booked are told one by one
// first, so their placements have to be cancelled before.
func (n *Need) Cancel() error {
	if n.State.Over() {
		return fault.New(fault.Conflict, "need.over", "This need is %s already.", n.State.Words())
	}
	if err := n.begins("cancel", "cancelled"); err != nil {
		return err
	}
	if err := n.empty(); err != nil {
		return err
	}
	n.ResumesTo = ""
	n.State = Cancelled
	return nil
}

// Suspend stops everything until the need is resumed.
func (n *Need) Suspend() error {
	if err := n.begins("suspend", "suspended"); err != nil {
		return err
	}
	n.ResumesTo, n.State = n.State, Suspended
	return nil
}

// Resume leads a suspended need back to where it stood.
func (n *Need) Resume(now time.Time) error {
	if err := n.begins("resume", "resumed"); err != nil {
		return err
	}
	n.State, n.ResumesTo, n.ResumedAt = n.ResumesTo, "", &now
	return nil
}

// StandDown ends a need that nobody looks for any more. It asks for care: whoever
// was asked is told, and sees it for two weeks more.
func (n *Need) StandDown(today day.Day) error {
	if err := n.begins("stand_down", "stood down"); err != nil {
		return err
	}
	if err := n.empty(); err != nil {
		return err
	}
	n.State, n.ResumesTo, n.StoodDownOn = StoodDown, "", today
	return nil
}

// CloseOut ends the file of a need that was delivered.
func (n *Need) CloseOut() error {
	if err := n.begins("close_out", "closed out"); err != nil {
		return err
	}
	n.State = ClosedOut
	return nil
}

// empty asks that nobody holds a post: each is told first, one by one.
func (n *Need) empty() error {
	if n.Filled == 0 {
		return nil
	}
	return fault.New(fault.Conflict, "need.booked",
		"%d of the posts are taken. Cancel those placements first, so that each person is told why.", n.Filled)
}

// Expire ends a draft that nobody has touched for long.
func (n *Need) Expire() error {
	if err := n.begins("expire", "expired"); err != nil {
		return err
	}
	n.State = Expired
	return nil
}
