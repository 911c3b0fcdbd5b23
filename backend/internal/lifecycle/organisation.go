// SPDX-License-Identifier: AGPL-3.0-or-later

package lifecycle

// Who else takes steps of an organisation.
const (
	Applicant     Who = "applicant"     // the first officer of an organisation that asks to take part, by a link
	Administrator Who = "administrator" // runs the installation
)

// The evidence that the steps of an organisation ask for.
const (
	Confirmed   Evidence = "confirmed_address" // the first officer opened the link in our mail
	Papers      Evidence = "papers"            // a certificate of registration or its like
	TwoReferees Evidence = "two_referees"      // who know the organisation and are not of it
	Vouched     Evidence = "vouched"           // for a host: the ministry of its country, where one takes part
	FieldRemark Evidence = "remark_per_field"  // what is to be mended, and where
)

// The states of an organisation that no other record has.
const (
	Applied State = "APPLIED"
)

// Organisation is the life of a partner, from the day on which it asks to take part.
// What was refused is closed; it may apply again.
var Organisation = Machine{
	Name: "organisation", Begin: Applied,
	Moves: []Move{
		{"vouch", []State{Applied}, Applied, []Who{Ministry}, []Evidence{Confirmed}, []Who{Coordinator}},
		{"return", []State{Applied}, Returned, []Who{Ministry, Coordinator, Administrator}, []Evidence{FieldRemark}, []Who{Applicant}},
		{"resend", []State{Returned}, Applied, []Who{Applicant}, nil, []Who{Coordinator}},
		{"approve", []State{Applied}, Approved, []Who{Coordinator, Administrator}, []Evidence{Confirmed, Papers, TwoReferees, Vouched}, []Who{Applicant}},
		{"refuse", []State{Applied, Returned}, Closed, []Who{Coordinator, Administrator}, []Evidence{Reason}, []Who{Applicant}},
		{"lapse", []State{Returned}, Closed, []Who{System}, nil, []Who{Applicant}}, // ninety days without an answer
		{"suspend", []State{Approved}, Suspended, []Who{Coordinator, Administrator}, []Evidence{Reason}, []Who{Applicant}},
		{"reinstate", []State{Suspended}, Approved, []Who{Coordinator, Administrator}, []Evidence{Reason}, []Who{Applicant}},
		{"close", []State{Approved, Suspended}, Closed, []Who{Coordinator, Administrator}, []Evidence{Reason}, []Who{Applicant}},
	},
}
