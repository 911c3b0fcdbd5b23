// SPDX-License-Identifier: AGPL-3.0-or-later

package lifecycle

import "slices"

// The evidence that the steps of a candidacy ask for.
const (
	Statement       Evidence = "statement"         // why this person, in words
	Consent         Evidence = "consent"           // of the person, to be shown to this host
	Declarations    Evidence = "declarations"      // nobody was paid, and no conflict of interest: the first of three
	FourteenDays    Evidence = "fourteen_days"     // without an answer
	OfferPeriod     Evidence = "offer_period"      // has passed without an answer
	RuleResults     Evidence = "rule_results"      // what each rule of eligibility found
	ReasonCode      Evidence = "reason_code"       // from the list, and words
	Score           Evidence = "score"             // with its explanation, as the ranking had it
	TwoToFive       Evidence = "two_to_five"       // names on the shortlist, or as few and many as the programme says
	Balance         Evidence = "balance"           // of the shortlist, or a written reason
	NoCommittee     Evidence = "no_committee"      // the need has none: its programme leaves the choice to the host
	Quorum          Evidence = "quorum"            // the host, the coordinator, and the ministry or an association
	Conflicts       Evidence = "conflicts"         // every member has declared, and whoever has one stays away
	TwoScores       Evidence = "two_scores"        // of two members on every criterion, each made without the other's
	Consensus       Evidence = "consensus"         // the level of each criterion that the committee agreed on
	References      Evidence = "references"        // were taken
	Minutes         Evidence = "minutes"           // of the meeting
	NotDecidedYet   Evidence = "three_people"      // one person takes one of the three steps
	NotScorer       Evidence = "not_scorer"        // who recommended cannot approve
	OpenPost        Evidence = "open_post"         // one that nobody holds
	Agreement       Evidence = "agreement"         // the version of the text that the person agrees to
	NoFee           Evidence = "no_fee_offer"      // the second declaration that nobody was paid
	NeedOver        Evidence = "need_over"         // the need was stood down or cancelled
	FalseStatement  Evidence = "false_statement"   // what is false, and how one knows
	RightOfReply    Evidence = "right_of_reply"    // seven days, or the person's answer
	SecondApprover  Evidence = "second_approver"   // somebody else of the coordinator
	Grounds         Evidence = "grounds"           // why it should be looked at again
	FifteenDays     Evidence = "within_15_days"    // of the decision
	IndependentView Evidence = "independent"       // a reviewer who had no part in the decision
	Replayed        Evidence = "replayed_snapshot" // the frozen ranking, computed again
)

// The states of a candidacy that no other machine has.
const (
	Nominated       State = "NOMINATED"
	Eligible        State = "ELIGIBLE"
	Ineligible      State = "INELIGIBLE"
	Longlisted      State = "LONGLISTED"
	Shortlisted     State = "SHORTLISTED"
	UnderAssessment State = "UNDER_ASSESSMENT"
	Recommended     State = "RECOMMENDED"
	Reserve         State = "RESERVE"
	NotSelected     State = "NOT_SELECTED"
	HostEndorsed    State = "HOST_ENDORSED"
	NoObjection     State = "NO_OBJECTION"
	Objected        State = "OBJECTED"
	Offered         State = "OFFERED"
	Accepted        State = "ACCEPTED"
	Declined        State = "DECLINED"
	OfferExpired    State = "OFFER_EXPIRED"
	Withdrawn       State = "WITHDRAWN"
	Lapsed          State = "LAPSED"
	Disqualified    State = "DISQUALIFIED"
	UnderReview     State = "UNDER_REVIEW"
)

// OpenCandidacy are the states in which a candidacy still waits for something.
var OpenCandidacy = []State{Draft, Nominated, Submitted, Eligible, Longlisted, Shortlisted, UnderAssessment, Recommended, Reserve,
	HostEndorsed, Objected, NoObjection, Approved, Offered}

// Reviewable are the ends that the person may have looked at again.
var Reviewable = []State{NotSelected, Ineligible, Disqualified}

// Candidacy is the life of one person's candidacy for one need. It begins as a draft
// of the person, as a nomination of an association, or, for somebody whom the ranking
// found, as if submitted.
var Candidacy = Machine{
	Name: "candidacy", Begin: Draft, Also: []State{Nominated, Submitted},
	Moves: append([]Move{
		{"submit", []State{Draft}, Submitted, []Who{Professional}, []Evidence{Statement, Consent}, []Who{Coordinator}},
		{"agree", []State{Nominated}, Submitted, []Who{Professional}, []Evidence{Consent}, []Who{Association, Coordinator}},
		{"lapse", []State{Nominated}, Lapsed, []Who{System}, []Evidence{FourteenDays}, []Who{Association, Professional}},
		{"admit", []State{Submitted}, Eligible, []Who{Coordinator}, []Evidence{RuleResults}, nil},
		{"exclude", []State{Submitted}, Ineligible, []Who{Coordinator}, []Evidence{RuleResults, ReasonCode}, []Who{Professional}},
		{"longlist", []State{Eligible}, Longlisted, []Who{Coordinator}, []Evidence{Score}, nil}, // nobody outside is told
		{"shortlist", []State{Longlisted}, Shortlisted, []Who{Coordinator}, []Evidence{FrozenRanking, TwoToFive, Balance}, []Who{Professional, Host}},
		{"dismiss", []State{Longlisted}, NotSelected, []Who{Coordinator}, []Evidence{ReasonCode}, []Who{Professional}},
		{"assess", []State{Shortlisted}, UnderAssessment, []Who{Committee}, []Evidence{Quorum, Conflicts}, []Who{Professional}},
		{"recommend", []State{UnderAssessment}, Recommended, []Who{Committee}, assessed, []Who{Professional, Host}},
		{"reserve", []State{UnderAssessment}, Reserve, []Who{Committee}, assessed, []Who{Professional}},
		{"not_select", []State{UnderAssessment}, NotSelected, []Who{Committee}, append([]Evidence{ReasonCode}, assessed...), []Who{Professional}},
		{"call_up", []State{Reserve}, Recommended, []Who{Coordinator}, []Evidence{OpenPost, Reason}, []Who{Host}},
		{"release", []State{Reserve}, NotSelected, []Who{Coordinator}, []Evidence{ReasonCode}, []Who{Professional}},
		{"endorse", []State{Shortlisted}, HostEndorsed, []Who{Host}, []Evidence{Reason, NoCommittee}, []Who{Ministry}},
		{"endorse", []State{Recommended}, HostEndorsed, []Who{Host}, []Evidence{Reason, NotDecidedYet}, []Who{Ministry}},
		{"refuse", []State{Recommended}, NotSelected, []Who{Host}, []Evidence{Reason}, []Who{Professional, Coordinator}},
		{"refuse", []State{Shortlisted}, NotSelected, []Who{Host}, []Evidence{Reason, NoCommittee}, []Who{Professional, Coordinator}},
		{"no_object", []State{HostEndorsed}, NoObjection, []Who{Ministry}, []Evidence{Reason, NotDecidedYet}, []Who{Coordinator, Host}},
		{"object", []State{HostEndorsed}, Objected, []Who{Ministry}, []Evidence{Reason, NotDecidedYet}, []Who{Coordinator, Host}},
		{"reconsider", []State{Objected}, UnderAssessment, []Who{Coordinator}, []Evidence{Reason, Quorum}, []Who{Committee}},
		{"conclude", []State{Objected}, NotSelected, []Who{Coordinator}, []Evidence{ReasonCode}, []Who{Professional}},
		{"approve", []State{NoObjection}, Approved, []Who{Coordinator}, []Evidence{Reason, NotDecidedYet, NotScorer}, []Who{Association, Host, Ministry}},
		{"refuse", []State{NoObjection}, NotSelected, []Who{Coordinator}, []Evidence{Reason, NotDecidedYet}, []Who{Professional}},
		{"offer", []State{Approved}, Offered, []Who{Coordinator}, nil, []Who{Professional}},
		{"accept", []State{Offered}, Accepted, []Who{Professional}, []Evidence{NoFee, OpenPost}, []Who{Host, Ministry, Association}},
		{"decline", []State{Offered}, Declined, []Who{Professional}, nil, []Who{Coordinator, Host}},
		{"expire", []State{Offered}, OfferExpired, []Who{System}, []Evidence{OfferPeriod}, []Who{Coordinator, Host, Professional}},
		{"withdraw", OpenCandidacy, Withdrawn, []Who{Professional}, nil, []Who{Coordinator, Host, Association}},
		{"disqualify", OpenCandidacy, Disqualified, []Who{Coordinator}, []Evidence{FalseStatement, RightOfReply, SecondApprover}, []Who{Professional}},
		{"lapse", append(slices.Clone(OpenCandidacy), UnderReview), Lapsed, []Who{System}, []Evidence{NeedOver}, []Who{Professional}},
		{"ask_review", Reviewable, UnderReview, []Who{Professional}, []Evidence{Grounds, FifteenDays}, []Who{Coordinator}},
		{"reopen", []State{UnderReview}, Eligible, []Who{Coordinator}, []Evidence{Reason, IndependentView, Replayed}, []Who{Professional}},
	}, upholds()...),
}

// assessed is what the committee needs before its chair speaks for it.
var assessed = []Evidence{TwoScores, Consensus, References, Minutes}

// upholds are the ways back from a review that changes nothing.
func upholds() []Move {
	all := make([]Move, len(Reviewable))
	for i, s := range Reviewable {
		all[i] = Move{"uphold", []State{UnderReview}, s, []Who{Coordinator}, []Evidence{Reason, IndependentView, Replayed, BeforeState}, []Who{Professional}}
	}
	return all
}
