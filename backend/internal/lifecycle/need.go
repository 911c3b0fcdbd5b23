// SPDX-License-Identifier: AGPL-3.0-or-later

package lifecycle

// The evidence that the steps of a need ask for.
const (
	Terms           Evidence = "terms"            // every field that the terms of reference ask for, an output with its indicator, enough counterparts
	OtherPerson     Evidence = "other_person"     // whoever decides did not write or validate the text
	FieldComments   Evidence = "field_comments"   // what to mend, field by field
	PriorityOrWords Evidence = "priority"         // a priority sector, or why it is validated all the same
	Window          Evidence = "window"           // the days on which the call opens and closes
	ClosingDay      Evidence = "closing_day"      // a later one
	FrozenRanking   Evidence = "frozen_ranking"   // the ranking as it stood, kept word for word
	NoPlaces        Evidence = "no_places"        // nobody holds a post any more: each was told why
	FollowedAfter   Evidence = "followed_up"      // every stay was followed up, or a reason why not
	WholeCoverage   Evidence = "whole_coverage"   // of a relay: the last stay has come to its end
	IdleDays        Evidence = "idle_ninety_days" // nobody has touched the draft
	LastDayPassed   Evidence = "last_day_passed"  // of the call
)

// The states of a need that no other machine has.
const (
	Draft        State = "DRAFT"
	Submitted    State = "SUBMITTED"
	Returned     State = "RETURNED"
	Validated    State = "VALIDATED"
	Rejected     State = "REJECTED"
	Approved     State = "APPROVED"
	Published    State = "PUBLISHED"
	InSelection  State = "IN_SELECTION"
	PartlyFilled State = "PARTLY_FILLED"
	Filled       State = "FILLED"
	Underway     State = "UNDERWAY"
	Delivered    State = "DELIVERED"
	ClosedOut    State = "CLOSED_OUT"
	StoodDown    State = "STOOD_DOWN"
	Expired      State = "EXPIRED"
)

// Suspendable are the states that a need may be suspended in, and comes back to. A
// draft is its host's alone: nobody else sees it, so nobody suspends it.
var Suspendable = []State{Submitted, Returned, Validated, Approved, Published, Closed, InSelection, PartlyFilled, Filled}

// Candidates stands for whoever was asked, nominated or applied for a need.
const Candidates Who = "candidates"

// Need is the life of a need, from the first draft to the last follow-up.
var Need = Machine{
	Name: "need", Begin: Draft,
	Moves: append([]Move{
		{"submit", []State{Draft, Returned}, Submitted, []Who{Host}, []Evidence{Terms}, []Who{Ministry, Coordinator}},
		{"return", []State{Submitted}, Returned, []Who{Ministry, Coordinator}, []Evidence{OtherPerson, FieldComments}, []Who{Host}},
		{"validate", []State{Submitted}, Validated, []Who{Ministry}, []Evidence{OtherPerson, PriorityOrWords}, []Who{Host, Coordinator}},
		{"reject", []State{Submitted, Validated}, Rejected, []Who{Ministry, Coordinator}, []Evidence{OtherPerson, Reason}, []Who{Host}},
		{"approve", []State{Validated}, Approved, []Who{Coordinator}, []Evidence{OtherPerson}, []Who{Host, Ministry}},
		{"publish", []State{Approved}, Published, []Who{Coordinator}, []Evidence{Window}, []Who{Association, Professional, Host}},
		{"extend", []State{Published}, Published, []Who{Coordinator}, []Evidence{ClosingDay, Reason}, []Who{Candidates, Host}},
		{"close", []State{Published}, Closed, []Who{Coordinator}, []Evidence{Reason}, []Who{Host}},
		{"close", []State{Published}, Closed, []Who{System}, []Evidence{LastDayPassed}, []Who{Host}},
		{"select", []State{Closed}, InSelection, []Who{Coordinator}, []Evidence{FrozenRanking}, []Who{Committee}},
		{"fill_part", []State{InSelection}, PartlyFilled, []Who{System}, nil, []Who{Host, Coordinator}},
		{"fill", []State{InSelection, PartlyFilled, Published, Closed}, Filled, []Who{System}, nil, []Who{Host, Ministry, Coordinator}},
		{"release", []State{Filled}, PartlyFilled, []Who{System}, nil, []Who{Coordinator}},
		{"release", []State{Filled, PartlyFilled}, InSelection, []Who{System}, nil, []Who{Coordinator}},
		{"reopen", []State{Closed, PartlyFilled}, Published, []Who{Coordinator}, []Evidence{Window, Reason}, []Who{Association}},
		{"begin", []State{Filled, PartlyFilled}, Underway, []Who{System}, nil, []Who{Ministry}},
		{"deliver", []State{Underway}, Delivered, []Who{System}, []Evidence{WholeCoverage}, []Who{Host, Ministry, Coordinator}},
		{"close_out", []State{Delivered}, ClosedOut, []Who{Coordinator}, []Evidence{FollowedAfter}, []Who{Host, Ministry}},
		{"suspend", Suspendable, Suspended, []Who{Ministry, Coordinator}, []Evidence{Reason}, []Who{Candidates, Host}},
		{"stand_down", append([]State{Draft, Suspended}, Suspendable...), StoodDown, []Who{Coordinator, Host}, []Evidence{Reason, NoPlaces}, []Who{Candidates, Host}},
		{"cancel", append([]State{Draft, Suspended, Underway, Delivered}, Suspendable...), Cancelled, []Who{Coordinator}, []Evidence{Reason, NoPlaces}, []Who{Candidates, Host, Ministry}},
		{"expire", []State{Draft}, Expired, []Who{System}, []Evidence{IdleDays}, []Who{Host}},
	}, resumes()...),
}

// resumes are the ways back from a suspension: always to where the need stood before.
func resumes() []Move {
	all := make([]Move, len(Suspendable))
	for i, s := range Suspendable {
		all[i] = Move{"resume", []State{Suspended}, s, []Who{Ministry, Coordinator}, []Evidence{BeforeState}, []Who{Candidates, Host}}
	}
	return all
}

// BeforeState is that a record comes back to where it stood, and nowhere else.
const BeforeState Evidence = "previous_state"
