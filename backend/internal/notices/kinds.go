// SPDX-License-Identifier: AGPL-3.0-or-later

// Package notices tells people what happened that concerns them: in the product,
// and by mail through an outbox. It reads the ledger; a mail is composed when it
// is sent, so that no address, name or text lies about.
package notices

import (
	"slices"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Frequency is how soon a person wants to hear by mail.
type Frequency string

// The frequencies. In the product every notice shows at once.
const (
	Instant Frequency = "instant"
	Daily   Frequency = "daily"
	Weekly  Frequency = "weekly"
	Never   Frequency = "none"
)

// Frequencies lists them all.
var Frequencies = []Frequency{Instant, Daily, Weekly, Never}

// Where a notice is told.
type place int

const (
	both     place = iota
	mailOnly       // what only makes sense in a mail, such as a link that works once
)

// kind is one sort of news: what raises it, for whom, what it says. Adding one
// takes a line here and its texts in mail/texts.
type kind struct {
	Name      string
	Event     string // of the ledger; empty: the clock or an act of ours raises it
	Group     string // under which people find it among their choices; empty: nobody chooses
	Roles     []identity.Role
	Mandatory bool // security and what one cannot do without: sent at once to everybody
	Usual     Frequency
	Where     place
	Together  bool          // what one act announces about the same subject is one piece of news
	Lasts     time.Duration // after this the mail says nothing of use any more; 0: a month
	Link      identity.LinkKind
	At        string // where the mail's link leads, if not to the screen of the notice; what it opens is the subject
	Answers   bool   // its link answers what the mail asks, without signing in
	While     string // what it asks for is still to be done while the subject stands in this state
	To        audience
	Facts     facts
}

// Groups under which people choose.
const (
	groupProfile    = "profile"
	groupCandidacy  = "candidacies"
	groupNeeds      = "needs"
	groupMembers    = "members"
	groupSearches   = "searches"
	usefulFor       = 30 * 24 * time.Hour
	usefulReminders = 3 * 24 * time.Hour
)

// Roles that a kind concerns.
var (
	person      = []identity.Role{identity.Professional}
	association = []identity.Role{identity.Association}
	host        = []identity.Role{identity.Host}
	ministry    = []identity.Role{identity.Ministry}
	coordinator = []identity.Role{identity.Coordinator}
)

// kinds is the table. The order is that of the page where people choose.
var kinds = []kind{
	// Mails that everybody gets.
	{Name: "invitation", Event: "invitation.sent", Mandatory: true, Where: mailOnly, Link: identity.LinkInvitation, To: theInvited, Facts: ofInvitation},
	{Name: "reference", Event: "referee.asked", Mandatory: true, Where: mailOnly, Link: identity.LinkReference, To: theReferee, Facts: ofReference},
	{Name: "application_received", Event: "organisation.asked", Mandatory: true, Where: mailOnly, Link: identity.LinkApplication, To: theApplicant, Facts: ofApplication("/application", "APPLIED", "RETURNED")},
	{Name: "application_returned", Event: "organisation.returned", Mandatory: true, Where: mailOnly, Link: identity.LinkApplication, To: theApplicant, Facts: ofApplication("/application", "RETURNED")},
	{Name: "application_refused", Event: "organisation.refused", Mandatory: true, Where: mailOnly, Link: identity.LinkApplication, To: theApplicant, Facts: ofApplication("/application", "CLOSED")},
	{Name: "organisation_listed", Event: "organisation.listed", Mandatory: true, Where: mailOnly, Link: identity.LinkApplication, To: theApplicant, Facts: ofApplication("/application", "APPROVED")},
	{Name: "organisation_welcomed", Event: "organisation.welcomed", Mandatory: true, Where: mailOnly, Link: identity.LinkOffice, To: theApplicant, Facts: ofApplication("/office", "APPROVED")},
	{Name: "confirmation", Event: "user.confirmation_asked", Mandatory: true, Where: mailOnly, Lasts: 7 * 24 * time.Hour, Link: identity.LinkConfirmation, To: theUser, Facts: ofAccount("/confirm")},
	{Name: "registration_repeated", Event: "user.registration_repeated", Mandatory: true, Where: mailOnly, Lasts: 24 * time.Hour, To: theUser, Facts: ofAccount("/sign-in")},
	{Name: "reset", Event: "user.reset_asked", Mandatory: true, Where: mailOnly, Lasts: time.Hour, Link: identity.LinkReset, To: theUser, Facts: ofAccount("/reset-password")},
	{Name: "password_changed", Event: "user.password_reset", Mandatory: true, To: theUser, Facts: ofAccount("/sign-in")},
	{Name: "second_factor", Event: "user.second_factor_on", Mandatory: true, To: theUser, Facts: ofAccount("/security")},
	{Name: "organisation_suspended", Event: "organisation.suspended", Mandatory: true, To: theOfficers, Facts: ofOrganisation("SUSPENDED")},
	{Name: "organisation_reinstated", Event: "organisation.reinstated", Mandatory: true, To: theOfficers, Facts: ofOrganisation("APPROVED")},
	{Name: "organisation_closed", Event: "organisation.closed", Mandatory: true, To: theOfficers, Facts: ofOrganisation("CLOSED")},
	{Name: "delegation_given", Event: "delegation.given", Mandatory: true, To: theTaker, Facts: ofDelegation("offered")},
	{Name: "delegation_accepted", Event: "delegation.accepted", Mandatory: true, To: theGiver, Facts: ofDelegation("coming", "live")},
	{Name: "delegation_ended", Event: "delegation.ended", Mandatory: true, To: theOtherOne, Facts: ofDelegation("over")},
	{Name: testKind, Mandatory: true, Where: mailOnly, Lasts: 24 * time.Hour, Facts: ofAccount("/outbox")},
	{Name: digestKind, Mandatory: true, Where: mailOnly}, // gathers notices; see ofDigest

	// About oneself.
	{Name: "consent_given", Event: "consent.given", Group: groupProfile, Roles: person, Usual: Instant, Together: true, To: thePerson, Facts: ofConsent},
	{Name: "consent_withdrawn", Event: "consent.withdrawn", Group: groupProfile, Roles: person, Usual: Instant, Together: true, To: thePerson, Facts: ofConsent},
	{Name: "licence_expiry", Group: groupProfile, Roles: person, Usual: Instant, Facts: ofLicence},
	{Name: "profile_stale", Group: groupProfile, Roles: person, Usual: Instant, Answers: true, Facts: ofProfile},

	{Name: "disclosure_asked", Event: "disclosure.asked", Group: groupProfile, Roles: person, Usual: Instant, To: theCandidate, Facts: ofDisclosure},
	{Name: "erasure_requested", Event: "erasure.requested", Mandatory: true, To: thePerson, Facts: ofDay("due")},
	{Name: "breach_told", Event: "breach.people_told", Mandatory: true, To: theBreached, Facts: ofBreach},
	{Name: "ranking_answered", Event: "ranking.review_answered", Mandatory: true, To: theCandidate, Facts: ofRankingReview("/me/privacy")}, // it was asked for
	{Name: "retention_asked", Event: "retention.asked", Mandatory: true, Answers: true, To: thePerson, Facts: ofDay("by")},

	// One's candidacies.
	{Name: "nomination", Event: "candidacy.nominated", Group: groupCandidacy, Roles: person, Usual: Instant, To: theCandidate, Facts: ofCandidacy},
	{Name: "nomination_reminder", Group: groupCandidacy, Roles: person, Usual: Instant, Lasts: usefulReminders, Facts: stillIn("NOMINATED")},
	{Name: "candidacy_interview", Event: "candidacy.shortlisted", Group: groupCandidacy, Roles: person, Usual: Instant, To: theCandidate, Facts: ofCandidacy},
	{Name: "candidacy_proposed", Event: "candidacy.host_endorsed", Group: groupCandidacy, Roles: person, Usual: Instant, To: theCandidate, Facts: ofCandidacy},
	{Name: "candidacy_not_selected", Event: "candidacy.not_selected", Group: groupCandidacy, Roles: person, Usual: Instant, To: theCandidate, Facts: ofCandidacy},
	// That an authority objected is not for the person to know (feature 68): they hear what came of it.
	{Name: "candidacy_not_selected", Event: "candidacy.ineligible", To: theCandidate},
	{Name: "candidacy_doubted", Event: "candidacy.doubted", Mandatory: true, To: theCandidate, Facts: ofCandidacy}, // there are seven days to reply
	{Name: "candidacy_closed", Event: "candidacy.lapsed", Group: groupCandidacy, Roles: person, Usual: Instant, To: theCandidate, Facts: ofCandidacy},
	{Name: "candidacy_closed", Event: "candidacy.offer_expired", To: theCandidate},
	{Name: "offer", Event: "candidacy.offered", Group: groupCandidacy, Roles: person, Usual: Instant, To: theCandidate, Facts: ofCandidacy},
	{Name: "call_closing", Group: groupCandidacy, Roles: person, Usual: Instant, Lasts: usefulReminders, Facts: ofCall},
	{Name: "call_extended", Event: "need.extended", Group: groupCandidacy, Roles: append(slices.Clone(person), host...), Usual: Instant, To: theBeginners, Facts: ofCall},
	{Name: "offer_reminder", Group: groupCandidacy, Roles: person, Usual: Instant, Lasts: usefulReminders, Facts: stillIn("OFFERED")},
	{Name: "placement_booked", Event: "placement.booked", Group: groupCandidacy, Roles: append(slices.Clone(person), host...), Usual: Instant, To: theParties, Facts: ofPlacement},
	{Name: "extension_asked", Event: "placement.extension_asked", Group: groupCandidacy, Roles: append(slices.Clone(person), host...), Usual: Instant, To: theParties, Facts: ofPlacement},
	{Name: "placement_extended", Event: "placement.extended", Group: groupCandidacy, Roles: append(slices.Clone(person), host...), Usual: Instant, To: theParties, Facts: ofPlacement},
	{Name: "extension_refused", Event: "placement.extension_refused", Group: groupCandidacy, Roles: append(slices.Clone(person), host...), Usual: Instant, To: theParties, Facts: ofPlacement},
	{Name: "placement_suspended", Event: "placement.suspended", Group: groupCandidacy, Roles: append(slices.Clone(person), host...), Usual: Instant, To: theParties, Facts: ofPlacement},
	{Name: "placement_evacuated", Event: "placement.evacuated", Group: groupCandidacy, Roles: append(slices.Clone(person), host...), Usual: Instant, To: theParties, Facts: ofPlacement},
	{Name: "placement_curtailed", Event: "placement.curtailed", Group: groupCandidacy, Roles: append(slices.Clone(person), host...), Usual: Instant, To: theParties, Facts: ofPlacement},
	{Name: "readiness_reminder", Group: groupCandidacy, Roles: host, Usual: Instant, Lasts: usefulReminders, Facts: ofPlacement},
	{Name: "midterm_reminder", Group: groupCandidacy, Roles: append(slices.Clone(person), host...), Usual: Instant, Lasts: usefulReminders, Facts: ofPlacement},
	{Name: "midterm_overdue", Group: groupCandidacy, Roles: coordinator, Usual: Instant, Lasts: usefulReminders, Facts: ofPlacement},
	{Name: "evaluation_asked", Event: "placement.ended", Group: groupCandidacy, Roles: host, Usual: Instant, Link: identity.LinkEvaluation, At: evaluationPath, To: theHost, Facts: ofEvaluation},
	{Name: "evaluation_asked", Event: "placement.curtailed", To: theHost},
	{Name: "evaluation_asked", Event: "placement.evaluation_asked", To: theHost},
	{Name: "evaluation_reminder", Group: groupCandidacy, Roles: host, Usual: Instant, Lasts: usefulReminders, Link: identity.LinkEvaluation, At: evaluationPath, Facts: ofEvaluation},
	{Name: "report_reminder", Group: groupCandidacy, Roles: person, Usual: Instant, Lasts: usefulReminders, Facts: ofPlacement},
	{Name: "follow_up_reminder", Group: groupCandidacy, Roles: append(slices.Clone(person), host...), Usual: Instant, Lasts: usefulReminders, Facts: ofPlacement},
	{Name: "placement_cancelled", Event: "placement.cancelled", Group: groupCandidacy, Roles: append(slices.Clone(person), host...), Usual: Instant, To: theParties, Facts: ofPlacement},

	// An association's members.
	{Name: "invitation_accepted", Event: "invitation.accepted", Group: groupMembers, Roles: association, Usual: Daily, To: theInviter, Facts: ofMember("/professionals/{id}")},
	{Name: "invitation_declined", Event: "invitation.declined", Group: groupMembers, Roles: association, Usual: Daily, To: theInviter, Facts: ofMember("/professionals")},

	// Needs and their candidates, for those who work on them.
	{Name: "need_submitted", While: "SUBMITTED", Event: "need.submitted", Group: groupNeeds, Roles: ministry, Usual: Instant, To: theMinistry, Facts: ofNeed},
	{Name: "need_validated", While: "VALIDATED", Event: "need.validated", Group: groupNeeds, Roles: coordinator, Usual: Instant, To: theCoordinators, Facts: ofNeed},
	{Name: "need_returned", Event: "need.returned", Group: groupNeeds, Roles: host, Usual: Instant, To: theHost, Facts: ofNeed},
	{Name: "need_rejected", Event: "need.rejected", Group: groupNeeds, Roles: host, Usual: Instant, To: theHost, Facts: ofNeed},
	{Name: "need_stood_down", Event: "need.stood_down", Group: groupNeeds, Roles: host, Usual: Instant, To: theHost, Facts: ofNeed},
	{Name: "need_published", Event: "need.published", Group: groupNeeds, Roles: host, Usual: Daily, To: theHost, Facts: ofNeed},
	{Name: "application_new", Event: "candidacy.submitted", Group: groupNeeds, Roles: coordinator, Usual: Daily, To: theCoordinators, Facts: ofCandidacy},
	{Name: "candidacy_to_endorse", While: "SHORTLISTED", Event: "candidacy.shortlisted", Group: groupNeeds, Roles: host, Usual: Instant, Link: identity.LinkDecision, To: theAwaited, Facts: ofCandidacy},
	{Name: "candidacy_to_clear", While: "HOST_ENDORSED", Event: "candidacy.host_endorsed", Group: groupNeeds, Roles: ministry, Usual: Instant, Link: identity.LinkDecision, To: theAwaited, Facts: ofCandidacy},
	{Name: "candidacy_to_approve", While: "NO_OBJECTION", Event: "candidacy.no_objection", Group: groupNeeds, Roles: coordinator, Usual: Instant, Link: identity.LinkDecision, To: theAwaited, Facts: ofCandidacy},
	{Name: "decision_reminder", Group: groupNeeds, Roles: slices.Concat(host, ministry, coordinator), Usual: Instant, Lasts: usefulReminders, Link: identity.LinkDecision, Facts: ofDecision},
	{Name: "decision_late", Event: "candidacy.escalated", Group: groupNeeds, Roles: slices.Concat(host, ministry, coordinator), Usual: Instant, To: theLate, Facts: ofCandidacy},
	{Name: "review_asked", While: "UNDER_REVIEW", Event: "candidacy.review_asked", Group: groupNeeds, Roles: coordinator, Usual: Instant, To: theCoordinators, Facts: ofCandidacy},
	{Name: "ranking_doubted", Event: "ranking.review_asked", Group: groupNeeds, Roles: coordinator, Usual: Instant, To: theCoordinators, Facts: ofRankingReview("/ranking-reviews")},
	{Name: "offer_accepted", Event: "candidacy.accepted", Group: groupNeeds, Roles: append(slices.Clone(coordinator), host...), Usual: Daily, To: theDeciders, Facts: ofCandidacy},
	{Name: "offer_declined", Event: "candidacy.declined", Group: groupNeeds, Roles: append(slices.Clone(coordinator), host...), Usual: Daily, To: theDeciders, Facts: ofCandidacy},

	// Organisations that ask to take part.
	{Name: "organisation_applied", Event: "organisation.applied", Group: groupNeeds, Roles: append(slices.Clone(coordinator), ministry...), Usual: Instant, To: theGatekeepers, Facts: ofApplicant},
	{Name: "organisation_vouched", Event: "organisation.vouched", Group: groupNeeds, Roles: coordinator, Usual: Instant, To: theGatekeepers, Facts: ofApplicant},

	// What waits too long; the page of tasks shows it from the first day.
	{Name: "task_overdue", Event: "task.overdue", Group: groupNeeds, Roles: slices.Concat(person, host, ministry, coordinator), Usual: Daily, To: theHolders, Facts: ofTask},
	{Name: "task_reminded", Event: "task.reminded", Group: groupNeeds, Roles: slices.Concat(person, host, ministry), Usual: Instant, To: theActors, Facts: ofTask},
	{Name: "message_new", Event: "message.written", Group: groupNeeds, Roles: slices.Concat(person, host, coordinator), Usual: Instant, To: theThread, Facts: ofMessage},

	// Alerts have a page and a bell of their own; how often is chosen with each search.
	{Name: alertKind, Event: "alert.raised", Group: groupSearches, Roles: coordinator, Usual: Instant, Where: mailOnly, To: theFollowers, Facts: ofAlert},
}

// evaluationPath is the light page by which a host evaluates without an account.
const evaluationPath = "/evaluate"

// Kinds that something else than the table speaks of.
const (
	testKind   = "test"
	digestKind = "digest"
	alertKind  = "alert"
)

// byName and byEvent are the table from both its ends.
var byName, byEvent = indexed()

func indexed() (map[string]kind, map[string][]kind) {
	names, events := map[string]kind{}, map[string][]kind{}
	for _, k := range kinds {
		if first, ok := names[k.Name]; ok { // one more event that raises the same news
			first.Event, first.To = k.Event, k.To
			k = first
		} else {
			names[k.Name] = k
		}
		if k.Event != "" {
			events[k.Event] = append(events[k.Event], k)
		}
	}
	return names, events
}

// lasts is how long a mail of the kind is of use.
func (k kind) lasts() time.Duration {
	if k.Lasts == 0 {
		return usefulFor
	}
	return k.Lasts
}

// concerns tells whether a person in one of the roles may ever hear of it.
func (k kind) concerns(roles []identity.Role) bool {
	return slices.ContainsFunc(k.Roles, func(r identity.Role) bool { return slices.Contains(roles, r) })
}

// recipient is who is told: an account, or somebody who has none yet.
type recipient struct {
	UserID         string
	ProfessionalID string // of somebody without an account
	About          string // the professional whom it is about, so that it goes when they go
	Due            time.Time
}

// audience finds who is to be told of an event.
type audience func(tx *store.Tx, e store.Event) ([]recipient, error)
