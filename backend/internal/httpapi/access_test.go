// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/time/rate"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// rule says what a route is about and who gets past the door with a record of
// the first programme: not 401 and not 404. Everybody else must be told that
// there is nothing.
type rule struct {
	record string // what the path names: "need", "candidacy", …; empty: no record
	body   any    // a request that can be read
	passes string // the actors who get past the door, in the order of the list below
}

// everybody is who knocks at every door. The names are those of the rules.
var everybody = []string{
	"stranger", "nobody", "revoked", "invited", // signed out; no membership; membership revoked; not confirmed yet
	"person", "second person", "association", "host", "second host", "ministry", "foreign ministry", "coordinator", "administrator",
	"other person", "other association", "other host", "other ministry", "other coordinator",
}

// Groups of actors, as they stand in the rules.
const (
	all       = "stranger nobody revoked invited person second-person association host second-host ministry foreign-ministry coordinator administrator other-person other-association other-host other-ministry other-coordinator"
	signedIn  = "nobody revoked invited person second-person association host second-host ministry foreign-ministry coordinator administrator other-person other-association other-host other-ministry other-coordinator"
	members   = "person second-person association host second-host ministry foreign-ministry coordinator other-person other-association other-host other-ministry other-coordinator"
	persons   = "person second-person other-person"
	officers  = "association other-association"
	keepers   = "coordinator administrator other-coordinator"
	lending   = "association host second-host ministry foreign-ministry coordinator other-association other-host other-ministry other-coordinator"
	hosts     = "host second-host other-host"
	insiding  = "host second-host ministry foreign-ministry coordinator other-host other-ministry other-coordinator"
	directors = "coordinator other-coordinator"
	deciders  = "association coordinator administrator other-association other-coordinator"
	stewards  = "ministry foreign-ministry coordinator administrator other-ministry other-coordinator"
)

var empty = map[string]any{}

// rules classifies every route. A route that is not here fails the test.
var rules = map[string]rule{
	"sign-in":               {"", map[string]any{"email": "a@b.c", "password": "x"}, ""}, // a wrong password is 401 for everybody
	"show-session":          {"", nil, signedIn},
	"sign-out":              {"", nil, signedIn},
	"act-for":               {"", map[string]any{"membershipId": ""}, signedIn},
	"open-decision-link":    {"", map[string]any{"token": "none"}, all},
	"decide-by-link":        {"", map[string]any{"token": "none", "decision": "yes", "reason": "x", "code": "000000"}, all},
	"list-delegations":      {"", nil, lending},
	"list-colleagues":       {"", nil, lending},
	"give-delegation":       {"", empty, lending},
	"show-delegation":       {"delegation", nil, "host"},
	"accept-delegation":     {"delegation", nil, "host"}, // who hears that only the colleague can
	"end-delegation":        {"delegation", nil, "host"},
	"choose-language":       {"", map[string]any{"locale": "fr"}, signedIn},
	"begin-second-factor":   {"", nil, signedIn},
	"confirm-second-factor": {"", map[string]any{"code": "000000"}, signedIn},
	"list-demo-sign-ins":    {"", nil, ""}, // there is no demonstration here
	"list-programmes":       {"", nil, signedIn},
	"list-open-programmes":  {"", nil, all},
	"list-organisations":    {"", nil, signedIn},
	"suggest-occupations":   {"", nil, all},
	"link-occupation":       {"", nil, all},
	"suggest-skills":        {"", nil, all},
	"name-codes":            {"", nil, all},
	"list-codes":            {"", nil, all},
	"list-notices":          {"", nil, all},
	"register-myself":       {"", empty, all},
	"open-invitation":       {"", map[string]any{"token": "none"}, ""}, // an unknown token is nothing, for everybody
	"accept-invitation":     {"", map[string]any{"token": "none", "password": "correct horse battery", "locale": "en", "consents": []any{}}, ""},
	"decline-invitation":    {"", map[string]any{"token": "none"}, ""},

	"register-professional": {"", empty, officers},
	"list-professionals":    {"", nil, "association coordinator other-association other-coordinator"},
	"show-professional":     {"professional", nil, "person association coordinator"}, // hosts and ministries read what was frozen at the shortlist
	"revise-professional":   {"professional", agronomist("moussa-main@example.org", "GH"), "person association"},
	"invite-professional":   {"professional", nil, "association"},
	"show-my-profile":       {"", nil, persons},
	"revise-my-profile":     {"", agronomist("moussa-main@example.org", "GH"), persons},
	"pause-my-profile":      {"", map[string]any{"paused": true}, persons},
	"confirm-my-profile":    {"", nil, persons},
	"list-my-changes":       {"", nil, persons},
	"list-my-views":         {"", nil, persons},
	"list-my-consents":      {"", nil, persons},
	"patch-my-profile":      {"", map[string]any{"fields": []any{"summary"}, "seen": map[string]any{"summary": "other"}, "values": empty}, persons},
	"show-completeness":     {"", nil, persons},
	"list-my-documents":     {"", nil, persons},
	"add-document":          {"", nil, persons},
	"fetch-document":        {"document", nil, "person"},
	"delete-document":       {"document", nil, "person"},
	"show-cv":               {"", nil, persons},
	"read-cv":               {"", nil, persons},
	"answer-suggestion":     {"suggestion", map[string]any{"answer": "refused"}, persons},
	"use-cv-text":           {"", map[string]any{"use": true}, persons},
	"drop-cv":               {"", nil, persons},
	"show-calendar-feed":    {"", nil, persons},
	"renew-calendar-feed":   {"", nil, persons},
	"close-calendar-feed":   {"", nil, persons},
	"read-calendar":         {"", nil, ""}, // an unknown address is nothing, for everybody
	"give-consent":          {"", map[string]any{"purpose": "statistics", "version": "none", "language": "en"}, persons},
	"withdraw-consent":      {"", nil, persons},

	"list-tasks":       {"", nil, signedIn},
	"count-tasks":      {"", nil, signedIn},
	"list-task-limits": {"", nil, signedIn},
	"show-board":       {"", nil, insiding},
	"export-board":     {"", nil, insiding},
	"preview-bulk":     {"", bulkSound(), directors},
	"begin-bulk":       {"", bulkSound(), directors},
	"show-bulk":        {"bulk", nil, "coordinator"},
	"undo-bulk":        {"bulk", nil, "coordinator"},

	"read-candidacy-messages": {"candidacy", nil, "person host coordinator"},
	"write-candidacy-message": {"candidacy", map[string]any{"body": "Good morning"}, "person host coordinator"},
	"read-placement-messages": {"placement", nil, "person host coordinator"},
	"write-placement-message": {"placement", map[string]any{"body": "Good morning"}, "person host coordinator"},

	"ask-disclosure":        {"candidacy", disclosureSound(), "host coordinator"},
	"list-disclosures":      {"", nil, "person second-person host second-host coordinator other-person other-host other-coordinator"},
	"show-disclosure":       {"disclosure", nil, "person host coordinator"},
	"grant-disclosure":      {"disclosure", map[string]any{"parts": []any{"name"}}, "person"},
	"refuse-disclosure":     {"disclosure", nil, "person"},
	"revoke-disclosure":     {"disclosure", nil, "person"},
	"show-my-accessibility": {"", nil, persons},
	"say-my-accessibility":  {"", map[string]any{"needs": ""}, persons},
	"preview-erasure":       {"", nil, persons},
	"request-erasure":       {"", map[string]any{"word": "x", "password": "x"}, persons},
	"export-me":             {"", nil, persons},
	"export-my-resume":      {"", nil, persons},
	"export-me-readable":    {"", nil, persons},
	"list-processing":       {"", nil, keepers},
	"export-processing":     {"", nil, keepers},
	"print-processing":      {"", nil, keepers},
	"show-keeping":          {"", nil, persons},
	"keep-me":               {"", nil, persons},
	"cancel-erasure":        {"", nil, persons},

	"list-transfers":        {"", nil, keepers},
	"record-transfer":       {"", empty, "administrator"},
	"show-transfer":         {"transfer", nil, keepers},
	"revise-transfer":       {"transfer", transferSound(), "administrator"},
	"list-breaches":         {"", nil, keepers},
	"record-breach":         {"", empty, keepers},
	"show-breach":           {"breach", nil, "coordinator administrator"},
	"revise-breach":         {"breach", breachSound(), "administrator"},
	"note-authority-told":   {"breach", map[string]any{"at": "2026-11-02T08:00:00Z"}, "administrator"},
	"tell-breached-people":  {"breach", map[string]any{"words": "x"}, "administrator"},
	"close-breach":          {"breach", nil, "administrator"},
	"list-my-breaches":      {"", nil, persons},
	"list-assessments":      {"", nil, keepers},
	"write-assessment":      {"", empty, "administrator"},
	"show-assessment":       {"assessment", nil, keepers},
	"revise-assessment":     {"assessment", assessmentSound(), "administrator"},
	"list-ranking-reviews":  {"", nil, "person second-person coordinator other-person other-coordinator"},
	"ask-ranking-review":    {"", map[string]any{"need": "none", "words": "x"}, persons},
	"show-ranking-review":   {"review", nil, "person coordinator"},
	"answer-ranking-review": {"review", map[string]any{"answer": "x"}, "coordinator"},

	"draft-need":     {"", empty, hosts},
	"list-needs":     {"", nil, members},
	"show-need":      {"open", nil, "person second-person association host ministry coordinator"},
	"revise-need":    {"open", irrigation("GH"), "host"},
	"duplicate-need": {"open", nil, "host"},
	"submit-need":    {"open", nil, "host"},
	"validate-need":  {"open", nil, "ministry"},
	"return-need":    {"open", map[string]any{"reason": "x"}, "ministry coordinator"},
	"reject-need":    {"open", map[string]any{"reason": "x"}, "ministry coordinator"},
	"approve-need":   {"open", nil, "coordinator"},
	"publish-need":   {"open", empty, "coordinator"},
	"extend-need":    {"open", map[string]any{"closesOn": "2027-03-02"}, "coordinator"},
	"close-need":     {"open", map[string]any{"reason": "x"}, "coordinator"},
	"reopen-need":    {"open", map[string]any{"reason": "x"}, "coordinator"},
	"cancel-need":    {"open", map[string]any{"reason": "x"}, "coordinator"},

	"suspend-need":    {"open", map[string]any{"reason": "x"}, "ministry coordinator"},
	"resume-need":     {"open", nil, "ministry coordinator"},
	"stand-down-need": {"open", map[string]any{"reason": "x"}, "host coordinator"},
	"close-out-need":  {"open", nil, "coordinator"},

	"list-words":    {"", nil, stewards},
	"add-words":     {"", map[string]any{"words": []any{}}, stewards},
	"withdraw-word": {"word", map[string]any{"reason": "x"}, stewards}, // everybody sees the word; whose it is not is told so
	"show-concept":  {"", nil, stewards},
	"try-words":     {"", map[string]any{"text": "x", "language": "en"}, stewards},

	"rank-people":           {"open", nil, "coordinator"},
	"compare-person":        {"open", nil, "coordinator"},
	"list-passages":         {"open", nil, "coordinator"},
	"compare-people":        {"open", nil, "coordinator"},
	"show-loosening":        {"open", nil, "coordinator"},
	"list-needs-for-me":     {"", nil, persons},
	"list-needs-for-member": {"professional", nil, "association"},
	"search-professionals":  {"", map[string]any{"q": "water", "facets": empty}, directors},

	"list-saved-searches": {"", nil, directors},
	"save-search":         {"", empty, directors},
	"show-saved-search":   {"saved", nil, "coordinator"},
	"revise-saved-search": {"saved", searchSaved(), "coordinator"},
	"follow-saved-search": {"saved", map[string]any{"pinned": false, "frequency": "none"}, "coordinator"},
	"remove-saved-search": {"saved", nil, "coordinator"},
	"list-alerts":         {"", nil, directors},
	"count-alerts":        {"", nil, directors},
	"read-alerts":         {"", map[string]any{"ids": []any{}}, directors},

	"shortlist":          {"open", map[string]any{"reason": "x", "people": []any{}}, "coordinator"},
	"show-shortlist":     {"need", nil, "host ministry coordinator"},
	"list-snapshots":     {"need", nil, "coordinator"},
	"show-snapshot":      {"snapshot", nil, "coordinator"},
	"replay-snapshot":    {"snapshot", nil, "coordinator"},
	"nominate":           {"open", map[string]any{"professionalId": "none", "reason": "x"}, "association"},
	"begin-draft":        {"open", nil, "person second-person"},
	"drop-draft":         {"open", nil, "person second-person"},
	"apply":              {"open", map[string]any{"statement": "x"}, "person second-person"},
	"list-candidacies":   {"", nil, members},
	"show-candidacy":     {"candidacy", nil, "person host ministry coordinator"}, // the association did not nominate this one
	"answer-nomination":  {"nomination", map[string]any{"accept": false}, "person"},
	"dismiss-candidacy":  {"candidacy", map[string]any{"reason": "x"}, "coordinator"},
	"endorse-candidacy":  {"candidacy", map[string]any{"decision": "yes", "reason": "x"}, "host"},
	"clear-candidacy":    {"candidacy", map[string]any{"decision": "yes", "reason": "x"}, "ministry"},
	"approve-candidacy":  {"candidacy", map[string]any{"decision": "yes", "reason": "x"}, "coordinator"},
	"accept-offer":       {"candidacy", map[string]any{"noFee": true}, "person"},
	"decline-offer":      {"candidacy", map[string]any{"reason": "x"}, "person"},
	"withdraw-candidacy": {"candidacy", map[string]any{"reason": "x"}, "person"},
	"show-committee":     {"need", nil, "host ministry coordinator"},
	"set-committee":      {"need", map[string]any{"members": []any{}}, "coordinator"},
	"declare-interest":   {"candidacy", map[string]any{"conflict": false}, "host ministry coordinator"}, // who sits on no committee is told so
	"judge-candidacy":    {"candidacy", map[string]any{"scores": []any{}}, "host ministry coordinator"},
	"take-reference":     {"candidacy", map[string]any{"referee": "x", "words": "x"}, "host ministry coordinator"},

	"show-approval-chain":  {"", nil, directors},
	"set-approval-chain":   {"", map[string]any{"steps": []any{}}, directors},
	"show-selection-rules": {"", nil, directors},
	"set-selection-rules":  {"", rulesSound(), directors},
	"list-need-templates":  {"", nil, "host second-host coordinator other-host other-coordinator"},
	"keep-need-template":   {"open", map[string]any{"title": "x"}, "host coordinator"},
	"use-need-template":    {"case", nil, ""}, // one that is not there is nothing, for everybody
	"drop-need-template":   {"case", nil, ""},
	"move-candidacy":       {"candidacy", map[string]any{"move": "x"}, "person host ministry coordinator"},
	"reply-to-doubt":       {"candidacy", map[string]any{"reason": "x"}, "person"},
	"drop-doubt":           {"candidacy", map[string]any{"reason": "x"}, "coordinator"},

	"list-placements":   {"", nil, members},
	"show-placement":    {"placement", nil, "person association host ministry coordinator"},
	"show-rates":        {"", nil, directors},
	"set-rates":         {"", ratesSound(), directors},
	"ask-instalment":    {"placement", map[string]any{"amount": 1}, "coordinator"},
	"decide-instalment": {"placement", map[string]any{"release": true}, "coordinator"},
	"show-burden":       {"open", nil, "host ministry coordinator"},
	"show-coverage":     {"open", nil, "person second-person association host ministry coordinator"},
	"set-stay":          {"candidacy", map[string]any{"from": "2027-06-07", "to": "2027-06-20"}, "coordinator"},

	"form-team":            {"open", map[string]any{"name": "x", "statement": "x", "members": []any{}}, "association"},
	"list-teams":           {"open", nil, "association host ministry coordinator"},
	"show-team":            {"case", nil, ""}, // one that is not there is nothing, for everybody; story 4 knocks at one that is
	"add-to-team":          {"case", map[string]any{"members": []any{}}, ""},
	"move-team":            {"case", map[string]any{"step": "apply"}, ""},
	"show-equipment":       {"open", nil, "host ministry coordinator"}, // no team of the association stands for it
	"set-equipment":        {"open", map[string]any{"items": []any{}}, "host coordinator"},
	"fetch-customs-letter": {"open", nil, "host ministry coordinator"},
	"evaluate-team":        {"open", map[string]any{"answers": empty}, "host"},

	"cancel-placement": {"placement", map[string]any{"reason": "x"}, "person host ministry coordinator"},

	"take-placement-step":    {"placement", map[string]any{"move": "clear"}, "person host ministry coordinator"},
	"bring-clearance":        {"placement", map[string]any{"reference": ""}, "person host coordinator"},
	"sign-clearance":         {"placement", nil, "person host coordinator"},
	"decide-clearance":       {"placement", map[string]any{"state": "VERIFIED"}, "coordinator"},
	"set-indicators":         {"placement", map[string]any{"indicators": []any{}}, "person host coordinator"},
	"set-sessions":           {"placement", map[string]any{"sessions": []any{}}, "person host coordinator"},
	"set-absences":           {"placement", map[string]any{"absences": []any{}}, "person host coordinator"},
	"report-on-placement":    {"placement", map[string]any{"answers": empty}, "person host coordinator"},
	"fetch-placement-letter": {"placement", nil, "person host ministry coordinator"},
	"link-evaluation":        {"placement", nil, "host coordinator"},
	"mail-evaluation":        {"placement", nil, "coordinator"},
	"import-evaluation":      {"placement", map[string]any{"text": "x"}, "host coordinator"},
	"open-evaluation":        {"", map[string]any{"token": "none"}, ""}, // an unknown token is nothing, for everybody
	"answer-evaluation":      {"", map[string]any{"token": "none", "answers": empty}, ""},
	"list-present":           {"", nil, directors},
	"evacuate":               {"", map[string]any{"placements": []any{}, "reason": "x"}, directors},
	"list-my-contacts":       {"", nil, persons},
	"set-my-contacts":        {"", map[string]any{"contacts": []any{}}, persons},
	"file-incident":          {"placement", map[string]any{"kind": "work", "text": "x"}, "person association host ministry coordinator"},
	"list-incidents":         {"", nil, members},
	"show-incident":          {"incident", nil, "person coordinator"},
	"work-incident":          {"incident", map[string]any{"to": "WORKING"}, "coordinator"},
	"check-certificate":      {"", nil, ""}, // a code that nobody issued is nothing, for everybody

	"show-fairness":         {"", nil, stewards},
	"export-fairness":       {"", nil, stewards},
	"show-trained":          {"", nil, stewards},
	"show-drift":            {"", nil, stewards},
	"list-shown-rankings":   {"", nil, keepers},
	"show-shown-ranking":    {"shown", nil, "coordinator"}, // an administrator without a programme's code reads the first one's
	"export-shown-rankings": {"", nil, keepers},
	"propose":               {"", usualProposal(), directors},
	"list-proposals":        {"", nil, directors},
	"show-proposal":         {"proposal", nil, "coordinator"},
	"revise-proposal":       {"proposal", usualProposal(), "coordinator"},
	"list-my-wishes":        {"", nil, persons},
	"order-needs":           {"", map[string]any{"needs": []any{}}, persons},
	"list-favourites":       {"need", nil, "host"},
	"order-people":          {"need", map[string]any{"people": []any{}}, "host"},

	"list-my-notices":         {"", nil, signedIn},
	"count-my-notices":        {"", nil, signedIn},
	"read-my-notices":         {"", map[string]any{"ids": []any{}}, signedIn},
	"show-my-notifications":   {"", nil, signedIn},
	"choose-my-notifications": {"", map[string]any{"timeZone": "UTC", "quietFrom": 0, "quietTo": 0, "digestHour": 8, "choices": []any{}}, signedIn},
	"forget-password":         {"", map[string]any{"email": "a@b.c"}, all},
	"reset-password":          {"", map[string]any{"token": "none", "password": "correct horse battery"}, all}, // a link that does not work is a conflict, for everybody
	"confirm-registration":    {"", map[string]any{"token": "none"}, all},
	"open-mail-stop":          {"", map[string]any{"token": "none"}, ""}, // an unknown token is nothing, for everybody
	"stop-mail":               {"", map[string]any{"token": "none"}, ""},

	"open-mail-answer": {"", map[string]any{"token": "none"}, ""}, // an unknown token is nothing, for everybody
	"give-mail-answer": {"", map[string]any{"token": "none"}, ""},
	"list-mails":       {"", nil, "administrator"},
	"show-outbox":      {"", nil, "administrator"},
	"test-mail":        {"", nil, "administrator"},
	"open-mail":        {"mail", nil, "administrator"},
	"retry-mail":       {"mail", nil, "administrator"},
	"give-up-mail":     {"mail", nil, "administrator"},
	"upload-import":    {"", map[string]any{}, officers},
	"list-imports":     {"", nil, officers},
	"show-import":      {"import", nil, "association"},
	"adjust-import":    {"import", settingsSound(), "association"},
	"check-import":     {"import", nil, "association"},
	"start-import":     {"import", nil, "association"},
	"cancel-import":    {"import", nil, "association"},
	"undo-import":      {"import", nil, "association"},
	"list-duplicates":  {"", nil, deciders},
	"show-duplicate":   {"pair", nil, "association coordinator administrator"},
	"merge-duplicate":  {"pair", empty, "association coordinator administrator"},
	"part-duplicate":   {"pair", nil, "association coordinator administrator"},
	"list-merges":      {"", nil, deciders},
	"undo-merge":       {"merged", nil, "coordinator administrator"}, // the coordinator decided, not the association
	"list-my-referees": {"", nil, persons},
	"ask-referee":      {"", map[string]any{"name": "", "email": "", "locale": "en", "skills": []any{}}, persons},
	"revoke-referee":   {"case", nil, ""}, // an unknown question is nothing, for everybody
	"open-reference":   {"", map[string]any{"token": "none"}, ""},
	"answer-reference": {"", map[string]any{"token": "none"}, ""},

	"list-verifications":   {"", nil, "person second-person coordinator other-person other-coordinator"},
	"request-verification": {"", map[string]any{"professional": "none", "credential": "licence", "issuer": "x"}, ""},
	"show-verification":    {"case", nil, "person coordinator"},
	"move-verification":    {"case", map[string]any{"to": "SENT_TO_SOURCE"}, "coordinator"},
	"list-member-changes":  {"professional", nil, "association"},
	"restore-member-field": {"professional", nil, ""}, // an unknown change is nothing
	"restore-my-field":     {"case", nil, ""},
	"show-import-template": {"", nil, officers},
	"export-import-errors": {"import", nil, "association"},

	"count-members":        {"", nil, officers},
	"count-invitations":    {"", nil, officers},
	"invite-members":       {"", empty, officers},
	"export-professionals": {"", nil, "association coordinator other-association other-coordinator"},

	"list-partners":            {"", nil, all},
	"apply-as-organisation":    {"", empty, all},
	"open-application":         {"", map[string]any{"token": "none"}, all}, // a link that does not work is a conflict, for everybody
	"resend-application":       {"", organisationSound("TEST", "association", "x@y.example", map[string]any{"token": "none"}, "programme", "officerEmail"), all},
	"add-application-paper":    {"", sent{"x.png", []byte(aPicture)}, all},
	"remove-application-paper": {"", map[string]any{"token": "none", "paper": "none"}, all},
	"list-applications":        {"", nil, stewards},
	"show-application":         {"applicant", nil, "ministry coordinator administrator"},
	"move-application":         {"applicant", map[string]any{"move": "refuse", "reason": "x"}, "ministry coordinator administrator"},
	"invite-first-officer":     {"applicant", nil, "coordinator administrator"},
	"fetch-application-paper":  {"applicant", nil, ""}, // an unknown paper is nothing
	"open-office":              {"", map[string]any{"token": "none"}, all},
	"take-office":              {"", map[string]any{"token": "none", "name": "x", "password": "correct horse battery", "locale": "en"}, all},
	"list-offices":             {"", nil, keepers},
	"show-office":              {"host office", nil, "coordinator administrator"},
	"move-office":              {"host office", map[string]any{"move": "suspend", "reason": "x"}, "coordinator administrator"},
	"export-needs":             {"", nil, members},
	"export-candidacies":       {"", nil, members},
	"export-placements":        {"", nil, members},

	"list-ledger":  {"", nil, keepers},
	"check-ledger": {"", nil, keepers},
}

// knockers opens a browser for everybody on the list.
func knockers(t *testing.T, h *house, main, other *scene) map[string]*client {
	t.Helper()
	nobody := identity.Actor{UserID: h.User("nobody@test.invalid")}
	revoked := h.Officer("revoked@test.invalid", h.HostOrg.ID, h.Programme.ID, identity.Host)
	invited := h.Officer("invited@test.invalid", h.HostOrg.ID, h.Programme.ID, identity.Host)
	abroad := h.Side
	foreign := h.foreignMinistry(t)
	second := &scene{Side: abroad, Association: main.Association}
	second.join(t, h, "GH", "second")
	out := map[string]*client{
		"stranger": h.stranger(t), "nobody": h.as(t, nobody), "revoked": h.as(t, revoked), "invited": h.as(t, invited),
		"person": main.Person, "second-person": second.Person, "association": main.Association, "host": main.Host, "second-host": h.as(t, h.SecondHost),
		"ministry": main.Ministry, "foreign-ministry": h.as(t, foreign), "coordinator": main.Coordinator, "administrator": h.as(t, h.Administrator),
		"other-person": other.Person, "other-association": other.Association, "other-host": other.Host, "other-ministry": other.Ministry, "other-coordinator": other.Coordinator,
	}
	err := h.DB.Keep(t.Context(), func(tx *store.Tx) error {
		if err := tx.Exec(`UPDATE memberships SET state = 'revoked' WHERE id = ?`, revoked.MembershipID).Error; err != nil {
			return err
		}
		return tx.Exec(`UPDATE memberships SET state = 'invited' WHERE id = ?`, invited.MembershipID).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// foreignMinistry is an officer of another country's ministry in the same programme.
func (h *house) foreignMinistry(t *testing.T) identity.Actor {
	t.Helper()
	var ministry identity.Organisation
	err := h.DB.Change(t.Context(), store.System, func(tx *store.Tx) (err error) {
		ministry, err = identity.FoundOrganisationIn(tx, identity.Organisation{Kind: "ministry", Name: "Ministry abroad", Country: "SN"}, h.Programme.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return h.Officer("abroad@test.invalid", ministry.ID, h.Programme.ID, identity.Ministry)
}

func TestEveryRouteKnowsWhoMayPass(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := whole(t, db)
		main, other := h.play(t, h.Side, "GH", "main"), h.play(t, h.Other, "KE", "other")
		// A stranger knocks at more doors than one may from one address in so short a time.
		h.API.limits.per = map[string]*rate.Limiter{"127.0.0.1": rate.NewLimiter(rate.Inf, 1)}
		doors := knockers(t, h, main, other)
		// Routes that end a session come last, so that everybody can still knock.
		routes := slices.Clone(h.Server.Routes())
		slices.SortStableFunc(routes, func(a, b Route) int { return order(a) - order(b) })
		for _, r := range routes {
			known, ok := rules[r.ID]
			if !ok {
				t.Errorf("%s %s (%s): nobody classified this route; add it to the rules", r.Method, r.Path, r.ID)
				continue
			}
			var passed []string
			for _, name := range everybody {
				name = strings.ReplaceAll(name, " ", "-")
				body := known.body
				if r.ID == "sign-in" { // an account of its own each, or the throttle answers
					body = map[string]any{"email": name + "@nowhere.invalid", "password": "x"}
				}
				got := doors[name].do(r.Method, main.in(r.Path, known.record), body, "If-Match", `"999"`)
				if got.Status >= 500 {
					t.Errorf("%s as %s: %d %s", r.ID, name, got.Status, got.Body)
				}
				if got.Status != http.StatusUnauthorized && got.Status != http.StatusNotFound {
					passed = append(passed, name)
				}
				if name == "stranger" && !r.Access.Public && got.Status != http.StatusUnauthorized {
					t.Errorf("%s for a stranger: %d, want 401", r.ID, got.Status)
				}
			}
			if got := strings.Join(passed, " "); got != known.passes {
				t.Errorf("%s %s (%s):\n got  %s\n want %s", r.Method, r.Path, r.ID, got, known.passes)
			}
		}
		for id := range rules {
			if !slices.ContainsFunc(routes, func(r Route) bool { return r.ID == id }) {
				t.Errorf("the rules know a route %s that does not exist", id)
			}
		}
	})
}

// order lets routes that change who one is wait until the end.
func order(r Route) int {
	return map[string]int{"act-for": 1, "choose-language": 1, "sign-in": 2, "sign-out": 3}[r.ID]
}

func TestRoutesThatAreOpenToStrangersAreFew(t *testing.T) {
	h := open(t, storetest.SQLite(t))
	want := []string{"accept-invitation", "add-application-paper", "answer-evaluation", "answer-reference", "apply-as-organisation", "check-certificate", "confirm-registration", "decide-by-link", "decline-invitation", "forget-password", "give-mail-answer", "link-occupation", "list-codes", "list-demo-sign-ins", "list-notices",
		"list-open-programmes", "list-partners", "name-codes", "open-application", "open-decision-link", "open-evaluation", "open-invitation", "open-mail-answer", "open-mail-stop", "open-office", "open-reference", "read-calendar", "register-myself",
		"remove-application-paper", "resend-application", "reset-password", "sign-in", "stop-mail", "suggest-occupations", "suggest-skills", "take-office"}
	var got []string
	for _, r := range h.Server.Routes() {
		if r.Access.Public {
			got = append(got, r.ID)
		}
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("open to everybody: %v, want %v", got, want)
	}
}

// TestListsHoldNothingThatFindWouldNotShow asks everybody for every list and
// opens each item of it.
func TestListsHoldNothingThatFindWouldNotShow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := whole(t, db)
		main, other := h.play(t, h.Side, "GH", "main"), h.play(t, h.Other, "KE", "other")
		opened := 0
		for name, c := range knockers(t, h, main, other) {
			for list, one := range map[string]func(item) string{
				"/needs":                     func(i item) string { return "/needs/" + i.Reference },
				"/professionals":             func(i item) string { return "/professionals/" + i.ID },
				"/candidacies":               func(i item) string { return "/candidacies/" + i.ID },
				"/placements":                func(i item) string { return "/placements/" + i.Reference },
				"/saved-searches":            func(i item) string { return "/saved-searches/" + i.ID },
				"/proposals":                 func(i item) string { return "/proposals/" + i.ID },
				"/disclosures":               func(i item) string { return "/disclosures/" + i.ID },
				"/imports":                   func(i item) string { return "/imports/" + i.ID },
				"/duplicates":                func(i item) string { return "/duplicates/" + i.ID },
				"/incidents":                 func(i item) string { return "/incidents/" + i.ID },
				"/organisation-applications": func(i item) string { return "/organisation-applications/" + i.ID },
				"/offices":                   func(i item) string { return "/offices/" + i.ID },
				"/verifications":             func(i item) string { return "/verifications/" + i.ID },
				"/transfers":                 func(i item) string { return "/transfers/" + i.ID },
				"/breaches":                  func(i item) string { return "/breaches/" + i.ID },
				"/impact-assessments":        func(i item) string { return "/impact-assessments/" + i.ID },
				"/delegations":               func(i item) string { return "/delegations/" + i.ID },
				"/ranking-reviews":           func(i item) string { return "/ranking-reviews/" + i.ID },
			} {
				got := c.do("GET", list, nil)
				if got.Status != http.StatusOK {
					continue
				}
				var items struct{ Items []item }
				got.Into(t, &items)
				for _, i := range items.Items {
					opened++
					if alone := c.do("GET", one(i), nil); alone.Status != http.StatusOK {
						t.Errorf("%s lists %s, which alone is %d", name, one(i), alone.Status)
					}
				}
			}
		}
		if opened < 20 {
			t.Errorf("only %d items were listed: the scene is empty", opened)
		}
	})
}

// item is what a list's entries are opened by.
type item struct{ ID, Reference string }

func TestTheDescriptionAndTheRouterAgree(t *testing.T) {
	h := open(t, storetest.SQLite(t))
	described := map[string]bool{}
	for path, operations := range h.Server.Description().Paths {
		for _, method := range []string{"GET", "POST", "PUT", "DELETE", "PATCH"} {
			if operationOf(operations, method) != nil {
				described[method+" "+Base+path] = true
			}
		}
	}
	served := map[string]bool{}
	for _, r := range h.Server.Engine.Routes() {
		if !strings.HasPrefix(r.Path, Base) {
			continue
		}
		parts := strings.Split(r.Path, "/")
		for i, part := range parts {
			if name, ok := strings.CutPrefix(part, ":"); ok {
				parts[i] = fmt.Sprintf("{%s}", name)
			}
		}
		served[r.Method+" "+strings.Join(parts, "/")] = true
	}
	for route := range served {
		if !described[route] {
			t.Errorf("%s is served and not described", route)
		}
	}
	for route := range described {
		if !served[route] {
			t.Errorf("%s is described and not served", route)
		}
	}
	if len(served) < 50 {
		t.Errorf("only %d routes", len(served))
	}
}
