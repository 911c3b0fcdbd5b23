// SPDX-License-Identifier: AGPL-3.0-or-later

package lifecycle

// The evidence that the steps of a placement ask for.
const (
	Clearances     Evidence = "clearances"      // every mandatory one verified, and valid for the whole stay
	ResidenceGuard Evidence = "residence_guard" // the absence does not end the right to live abroad
	NewDates       Evidence = "new_dates"
	Departure      Evidence = "departure" // the day on which the person leaves
	// FirstInstalment is that a part of the allowance was paid, which two people released;
	// where the programme pays one.
	FirstInstalment Evidence = "first_instalment"
	ArrivalHost     Evidence = "arrival_host"    // the host has seen the person
	ArrivalPerson   Evidence = "arrival_person"  // the person is there
	Reason          Evidence = "reason"          // in words
	LastDay         Evidence = "last_day"        // the last day of service
	Handover        Evidence = "handover"        // a note for whoever comes next
	FinalReport     Evidence = "final_report"    // of the professional
	HostEvaluation  Evidence = "host_evaluation" // of the host
	NoFeeAtEnd      Evidence = "no_fee"          // the third declaration that nobody was paid
	FollowUp        Evidence = "follow_up"       // an answer after three months and one after twelve, of either side
	Outcome         Evidence = "outcome"         // what has stayed, in words
	NewEnd          Evidence = "new_end"         // the last day that is asked for
	BothAsk         Evidence = "both_ask"        // the host and the person ask for the same
	Unopposed       Evidence = "no_objection"    // the ministry does not object
)

// The states of a placement.
const (
	Preparing  State = "PREPARING"
	Cleared    State = "CLEARED"
	Postponed  State = "POSTPONED"
	Travelling State = "TRAVELLING"
	OnDuty     State = "ON_DUTY"
	Suspended  State = "SUSPENDED"
	// ExtensionAsked is being on duty while a later last day is asked for.
	ExtensionAsked State = "EXTENSION_ASKED"
	Evacuated      State = "EVACUATED"
	Curtailed      State = "CURTAILED"
	Ended          State = "ENDED"
	Completed      State = "COMPLETED"
	FollowedUp     State = "FOLLOWED_UP"
	Closed         State = "CLOSED"
	Cancelled      State = "CANCELLED"
)

// Placement is the life of a stay, from the accepted offer to what is left of it a
// year later. A postponed stay is prepared again: its clearances are looked at anew.
// Who has asked for an extension is on duty all the same: whatever may befall a stay
// may befall it then, and ends the asking.
var Placement = Machine{
	Name: "placement", Begin: Preparing,
	Moves: []Move{
		{"clear", []State{Preparing}, Cleared, []Who{Coordinator}, []Evidence{Clearances, ResidenceGuard}, []Who{Professional, Host, Ministry}},
		{"postpone", []State{Preparing, Cleared}, Postponed, []Who{Coordinator}, []Evidence{NewDates, Reason}, []Who{Professional, Host, Ministry}},
		{"prepare", []State{Postponed}, Preparing, []Who{Coordinator}, nil, []Who{Professional, Host}},
		{"depart", []State{Cleared}, Travelling, []Who{Professional, Coordinator}, []Evidence{Departure, FirstInstalment}, []Who{Host}},
		{"arrive", []State{Travelling, Cleared}, OnDuty, []Who{Host, Professional, Coordinator}, []Evidence{ArrivalHost, ArrivalPerson}, []Who{Ministry, Association}},
		{"ask_extension", []State{OnDuty}, ExtensionAsked, []Who{Professional, Host}, []Evidence{NewEnd, Reason}, []Who{Professional, Host}},
		{"join_extension", []State{ExtensionAsked}, ExtensionAsked, []Who{Professional, Host}, nil, []Who{Ministry}},
		{"allow_extension", []State{ExtensionAsked}, ExtensionAsked, []Who{Ministry}, []Evidence{BothAsk}, []Who{Coordinator}},
		{"extend", []State{ExtensionAsked}, OnDuty, []Who{Coordinator}, []Evidence{BothAsk, Unopposed, Clearances, ResidenceGuard}, []Who{Professional, Host, Ministry}},
		{"refuse_extension", []State{ExtensionAsked}, OnDuty, []Who{Ministry, Coordinator}, []Evidence{Reason}, []Who{Professional, Host}},
		{"withdraw_extension", []State{ExtensionAsked}, OnDuty, []Who{Professional, Host}, nil, []Who{Professional, Host, Ministry, Coordinator}},
		{"suspend", []State{OnDuty, ExtensionAsked}, Suspended, []Who{Coordinator}, []Evidence{Reason}, []Who{Professional, Host, Ministry}},
		{"resume", []State{Suspended}, OnDuty, []Who{Coordinator}, nil, []Who{Professional, Host, Ministry}},
		{"evacuate", []State{OnDuty, ExtensionAsked}, Evacuated, []Who{Coordinator}, []Evidence{Reason}, []Who{Professional, Host, Ministry}},
		{"return", []State{Evacuated}, OnDuty, []Who{Coordinator}, nil, []Who{Professional, Host, Ministry}},
		{"curtail", []State{OnDuty, ExtensionAsked}, Curtailed, []Who{Professional, Host, Coordinator}, []Evidence{Reason, LastDay}, []Who{Professional, Host, Ministry, Coordinator}},
		{"curtail", []State{Evacuated}, Curtailed, []Who{Coordinator}, []Evidence{Reason, LastDay}, []Who{Professional, Host, Ministry}},
		{"end", []State{OnDuty, ExtensionAsked}, Ended, []Who{Host}, []Evidence{Handover}, []Who{Professional, Host}},
		{"end", []State{OnDuty, ExtensionAsked}, Ended, []Who{System}, nil, []Who{Professional, Host}}, // the day after the last; a note that is missing stays asked for
		{"complete", []State{Ended, Curtailed}, Completed, []Who{Coordinator}, []Evidence{FinalReport, HostEvaluation, NoFeeAtEnd}, []Who{Professional, Ministry, Association}},
		{"follow_up", []State{Completed}, FollowedUp, []Who{Coordinator}, []Evidence{FollowUp}, []Who{Coordinator}},
		{"close", []State{FollowedUp}, Closed, []Who{Coordinator}, []Evidence{Outcome}, []Who{Professional, Host}},
		{"cancel", []State{Preparing, Cleared}, Cancelled, []Who{Professional, Host, Ministry, Coordinator}, []Evidence{Reason}, []Who{Professional, Host, Ministry, Coordinator}},
	},
}
