// SPDX-License-Identifier: AGPL-3.0-or-later

package tasks

import "sankofa/backend/internal/lifecycle"

// Record is the kind of record that waits.
type Record string

// The records.
const (
	Need         Record = "need"
	Candidacy    Record = "candidacy"
	Placement    Record = "placement"
	Disclosure   Record = "disclosure"
	Verification Record = "verification"
	Duplicate    Record = "duplicate"
	Import       Record = "import"
	Profile      Record = "profile"
	Mail         Record = "mail"
	Applicant    Record = "applicant" // an organisation that asks to take part
	Review       Record = "review"
	Breach       Record = "breach"
)

// Rule says on whom a record waits in a state, for what, and how long is long.
type Rule struct {
	Kind   string // the name of the task; the screens put it into words
	Record Record
	State  lifecycle.State
	Move   string // the step of the machine that ends the waiting; empty where there is no machine
	On     []lifecycle.Who
	Days   int    // the limit; 0 where the record has a date of its own
	Why    string // why this limit
}

// Rules is the one table of limits. The reasons are those of the programme's own
// rules where they give a number, and else the shortest time in
// which somebody with other work can fairly be expected to act. docs/tasks.md is
// generated from it.
var Rules = []Rule{
	// A need.
	{"need.complete", Need, "DRAFT", "submit", only(lifecycle.Host), 30, "a draft ends after 90 idle days; a month leaves two to finish it"},
	{"need.mend", Need, "RETURNED", "submit", only(lifecycle.Host), 14, "two weeks to answer comments while whoever wrote them still remembers the case"},
	{"need.validate", Need, "SUBMITTED", "validate", only(lifecycle.Ministry), 10, "ten days, as for the no-objection: the host's dates begin to slip after that"},
	{"need.approve", Need, "VALIDATED", "approve", only(lifecycle.Coordinator), 10, "the same time as the ministry has"},
	{"need.publish", Need, "APPROVED", "publish", only(lifecycle.Coordinator), 5, "nothing is left to decide; a week of work"},
	{"need.nominate", Need, "PUBLISHED", "", only(lifecycle.Association), 0, "the closing date of the call"},
	{"need.choose", Need, "CLOSED", "select", only(lifecycle.Coordinator), 10, "people who applied are told of a result within weeks, not months"},
	{"need.shortlist", Need, "IN_SELECTION", "", only(lifecycle.Coordinator), 21, "three weeks for longlist and shortlist"},
	{"need.refill", Need, "PARTLY_FILLED", "reopen", only(lifecycle.Coordinator), 21, "posts that stay empty are offered again while the dates still allow it"},
	{"need.resume", Need, "SUSPENDED", "resume", only(lifecycle.Coordinator), 30, "candidates who wait are told every month whether it goes on"},
	{"need.close_out", Need, "DELIVERED", "close_out", only(lifecycle.Coordinator), 400, "the last follow-up comes twelve months after the end"},

	// A candidacy.
	{"candidacy.answer", Candidacy, "NOMINATED", "agree", only(lifecycle.Professional), 0, "a nomination lapses after 14 days; its own date counts"},
	{"candidacy.check", Candidacy, "SUBMITTED", "admit", only(lifecycle.Coordinator), 5, "whoever applies hears within a week of work"},
	{"candidacy.longlist", Candidacy, "ELIGIBLE", "longlist", only(lifecycle.Coordinator), 5, "the score is there; a look is what is missing"},
	{"candidacy.shortlist", Candidacy, "LONGLISTED", "shortlist", only(lifecycle.Coordinator), 14, "two weeks with a shortlist to be agreed with the host"},
	{"candidacy.endorse", Candidacy, "SHORTLISTED", "endorse", only(lifecycle.Host), 7, "a week: a shortlist has two to five names; the date of the programme's chain goes before"},
	{"candidacy.assess", Candidacy, "UNDER_ASSESSMENT", "", only(lifecycle.Coordinator), 21, "a committee of several partners needs a date that suits all"},
	{"candidacy.endorse", Candidacy, "RECOMMENDED", "endorse", only(lifecycle.Host), 7, "the head of the house signs what the committee agreed on; the date of the chain goes before"},
	{"candidacy.clear", Candidacy, "HOST_ENDORSED", "no_object", only(lifecycle.Ministry), 10, "the usual term of a no-objection; silence is never a yes; the date of the chain goes before"},
	{"candidacy.object", Candidacy, "OBJECTED", "conclude", only(lifecycle.Coordinator), 10, "what follows from an objection is said as soon as the objection was"},
	{"candidacy.approve", Candidacy, "NO_OBJECTION", "approve", only(lifecycle.Coordinator), 5, "the last of three decisions; the person waits for a month by now; the date of the chain goes before"},
	{"candidacy.offer", Candidacy, "APPROVED", "offer", only(lifecycle.Coordinator), 3, "nothing is left to decide"},
	{"candidacy.accept", Candidacy, "OFFERED", "accept", only(lifecycle.Professional), 0, "an offer ends after ten working days; its own date counts"},
	{"candidacy.review", Candidacy, "UNDER_REVIEW", "uphold", only(lifecycle.Coordinator), 15, "the person had 15 days to ask; the answer takes no longer"},

	// A placement.
	{"placement.prepare", Placement, lifecycle.Postponed, "prepare", only(lifecycle.Coordinator), 5, "clearances are looked at anew as soon as the dates are"},
	{"placement.clear", Placement, lifecycle.Preparing, "clear", only(lifecycle.Coordinator), 0, "two weeks before the first day: a flight is booked then"},
	{"placement.depart", Placement, lifecycle.Cleared, "depart", []lifecycle.Who{lifecycle.Professional, lifecycle.Coordinator}, 0, "the first day"},
	{"placement.arrive", Placement, lifecycle.Travelling, "arrive", []lifecycle.Who{lifecycle.Host, lifecycle.Professional}, 0, "five days after the first day; then the coordinator may speak for a side"},
	{"placement.extend", Placement, lifecycle.ExtensionAsked, "refuse_extension", []lifecycle.Who{lifecycle.Ministry, lifecycle.Coordinator}, 10, "as long as a no-objection; papers that must reach the new end take their time"},
	{"placement.resume", Placement, lifecycle.Suspended, "resume", only(lifecycle.Coordinator), 14, "somebody abroad without duty is decided about within two weeks"},
	{"placement.return", Placement, lifecycle.Evacuated, "return", only(lifecycle.Coordinator), 14, "whether the stay goes on is said within two weeks"},
	{"placement.complete", Placement, lifecycle.Ended, "complete", only(lifecycle.Coordinator), 45, "reports are due after 30 days; two weeks to read them"},
	{"placement.complete", Placement, lifecycle.Curtailed, "complete", only(lifecycle.Coordinator), 45, "as for a stay that came to its end"},
	{"placement.follow_up", Placement, lifecycle.Completed, "follow_up", only(lifecycle.Coordinator), 0, "a month after the question of the twelfth month"},
	{"placement.close", Placement, lifecycle.FollowedUp, "close", only(lifecycle.Coordinator), 30, "what has stayed is written down while it is known"},

	// Whatever else waits. These have no machine; their state is a question's.
	{"disclosure.answer", Disclosure, "ASKED", "", only(lifecycle.Professional), 0, "a question to see more ends after 14 days; its own date counts"},
	{"verification.send", Verification, "REQUESTED", "", only(lifecycle.Coordinator), 5, "a letter to the source"},
	{"verification.chase", Verification, "SENT_TO_SOURCE", "", only(lifecycle.Coordinator), 30, "councils answer within a month or are asked again"},
	{"verification.chase", Verification, "UNREACHABLE", "", only(lifecycle.Coordinator), 30, "another way to the source is tried every month"},
	{"duplicate.decide", Duplicate, "open", "", only(lifecycle.Coordinator), 14, "while two records stand, one person is counted and asked twice"},
	{"import.finish", Import, "open", "", only(lifecycle.Association), 7, "a list that was read and not imported is thrown away in the end"},
	{"profile.confirm", Profile, "active", "", only(lifecycle.Professional), 0, "180 days after the last confirmation, as the reminder by mail"},
	{"applicant.decide", Applicant, lifecycle.Applied, "return", []lifecycle.Who{lifecycle.Coordinator, lifecycle.Ministry}, 14, "an organisation that asks hears within two weeks"},
	{"review.answer", Review, "OPEN", "", only(lifecycle.Coordinator), 0, "whoever doubts a ranking is answered within a month (GDPR, article 12(3)); its own date counts"},
	{"breach.notify", Breach, "open", "", []lifecycle.Who{administrator}, 0, "72 hours after a breach became known the authority is told of it (GDPR, article 33)"},
	{"mail.mend", Mail, "dead", "", []lifecycle.Who{administrator}, 1, "people wait for mails that did not leave"},
}

// administrator runs the installation; no machine knows them.
const administrator = lifecycle.Administrator

func only(who lifecycle.Who) []lifecycle.Who { return []lifecycle.Who{who} }

// Reports are asked for while a placement is in one of several states; each has the
// same patience.
const (
	reportDays  = 30 // after the day on which it is asked for: what was seen is written down within a month
	midtermDays = 7  // the mid-term note changes what is left of the stay
	clearDays   = 14 // before the first day
	arriveDays  = 5  // after the first day
	staleDays   = 180
	followDays  = 30
)

// of returns the rules of a kind of record, by state.
func of(record Record) map[lifecycle.State]Rule {
	all := map[lifecycle.State]Rule{}
	for _, r := range Rules {
		if r.Record == record {
			all[r.State] = r
		}
	}
	return all
}

// states lists the states of a kind of record in which something waits.
func states(record Record) []lifecycle.State {
	var all []lifecycle.State
	for _, r := range Rules {
		if r.Record == record {
			all = append(all, r.State)
		}
	}
	return all
}
