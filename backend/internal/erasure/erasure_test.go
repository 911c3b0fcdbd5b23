// SPDX-License-Identifier: AGPL-3.0-or-later

package erasure_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"sankofa/backend/internal/erasure"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/inventory"
	"sankofa/backend/internal/placements/placementstest"
	"sankofa/backend/internal/portability"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// world is two people about each of whom something stands in every table of work,
// of choosing and of placing.
type world struct {
	*placementstest.World
	t       *testing.T
	service *erasure.Service
	ama     identity.Actor
	kofi    identity.Actor
}

// canary and other are words that nobody else writes.
const (
	canary = "quizzaltena"
	other  = "zorrillaverde"
)

func newWorld(t *testing.T, db *store.DB) *world {
	t.Helper()
	w := &world{World: placementstest.New(t, db), t: t}
	w.service = &erasure.Service{DB: db, Privacy: w.Privacy}
	w.ama = w.Joined("ama@example.org", privacy.RegistrySearch, privacy.ShareWithHosts)
	w.kofi = w.Joined("kofi@example.org", privacy.RegistrySearch, privacy.ShareWithHosts)
	w.written(w.ama, canary)
	w.written(w.kofi, other)
	return w
}

// written puts the word into every table that has come since the first ones; what the
// rules of a service would not let one write twice is written as rows.
func (w *world) written(person identity.Actor, word string) {
	w.t.Helper()
	c, p := w.Placed(w.Of.Published(), person)
	now := w.DB.Now()
	officer, host, programme := w.Coordinator.UserID, w.Host.UserID, w.Programme.ID
	request, verification, act, breach := id.New(), id.New(), id.New(), id.New()
	rows := []struct {
		table string
		row   map[string]any
	}{
		{"messages", map[string]any{"id": id.New(), "candidacy_id": c.ID, "audience": "everybody", "role": "coordinator", "by_user": officer, "body": word, "at": now}},
		{"messages", map[string]any{"id": id.New(), "placement_id": p.ID, "audience": "programme", "role": "professional", "by_user": person.UserID, "body": word, "at": now}},
		{"message_readings", map[string]any{"thread": c.ID, "user_id": officer, "role": "coordinator", "read_at": now}},
		{"record_tags", map[string]any{"record": "candidacy", "subject": c.ID, "tag": word, "by_user": officer, "at": now}},
		{"record_tags", map[string]any{"record": "placement", "subject": p.ID, "tag": word, "by_user": officer, "at": now}},
		{"record_assignments", map[string]any{"record": "placement", "subject": p.ID, "user_id": officer, "by_user": officer, "at": now}},
		{"bulk_acts", map[string]any{"id": act, "programme_id": programme, "kind": "tag", "by_user": officer, "by_organisation": w.Coordinator.OrganisationID, "state": "done", "created_at": now, "due_at": now}},
		{"bulk_items", map[string]any{"act_id": act, "position": 1, "record": "candidacy", "subject": c.ID, "version": 1, "before": word, "message": word}},
		{"incidents", map[string]any{"id": id.New(), "programme_id": programme, "placement_id": p.ID, "filed_by": host, "role": "host", "kind": "work", "body": word, "state": "CLOSED", "outcome": word, "created_at": now, "updated_at": now}},
		{"committee_conflicts", map[string]any{"candidacy_id": c.ID, "user_id": host, "conflict": true, "reason": word, "at": now}},
		{"committee_scores", map[string]any{"candidacy_id": c.ID, "round": 1, "user_id": host, "criterion": id.New(), "level": 3, "note": word, "at": now}},
		{"assessments", map[string]any{"id": id.New(), "candidacy_id": c.ID, "round": 1, "outcome": "recommended", "levels": "{}", "minutes": word, "by_user": officer, "at": now}},
		{"candidacy_references", map[string]any{"id": id.New(), "candidacy_id": c.ID, "referee": word, "words": word, "by_user": officer, "at": now}},
		{"candidacy_reviews", map[string]any{"id": id.New(), "candidacy_id": c.ID, "round": 1, "from_state": "NOT_SELECTED", "grounds": word, "words": word, "asked_at": now}},
		{"disqualifications", map[string]any{"id": id.New(), "candidacy_id": c.ID, "evidence": word, "proposed_by": officer, "proposed_at": now, "reply_by": now, "reply": word}},
		{"placement_reports", map[string]any{"id": id.New(), "placement_id": p.ID, "kind": "host_evaluation", "body": `{"words":"` + word + `"}`, "role": "host", "by_user": host, "source": "link", "created_at": now, "updated_at": now}},
		{"placement_links", map[string]any{"token_hash": word, "placement_id": p.ID, "kind": "host_evaluation", "created_by": host, "created_at": now, "expires_at": now.Add(time.Hour)}},
		{"placement_steps", map[string]any{"id": id.New(), "placement_id": p.ID, "move": "postpone", "from_state": "PREPARING", "to_state": "POSTPONED", "role": "coordinator", "reason": word, "at": now}},
		{"clearances", map[string]any{"id": id.New(), "placement_id": p.ID, "kind": "insurance", "why": "always", "reference": word, "note": word, "created_at": now, "updated_at": now}},
		{"emergency_contacts", map[string]any{"id": id.New(), "professional_id": person.ProfessionalID, "position": 1, "name": word, "phone": word, "relation": word, "updated_at": now}},
		{"review_requests", map[string]any{"id": id.New(), "professional_id": person.ProfessionalID, "need_id": c.NeedID, "words": word, "state": "ANSWERED", "asked_at": now, "answer_by": now, "answer": word, "answered_at": now}},
		{"referee_requests", map[string]any{"id": request, "professional_id": person.ProfessionalID, "referee_name": word, "referee_email": word, "locale": "en", "message": word, "state": "sent", "created_at": now, "expires_at": now}},
		{"referee_skills", map[string]any{"request_id": request, "position": 1, "label": word}},
		{"skill_confirmations", map[string]any{"id": id.New(), "professional_id": person.ProfessionalID, "kind": "referee", "label": word, "request_id": request, "by_name": word, "relation": "colleague", "comment": word, "made_at": now}},
		{"verification_cases", map[string]any{"id": verification, "professional_id": person.ProfessionalID, "credential": "licence", "body": word, "number": word, "title": word, "state": "REQUESTED", "reference": word, "opened_by": officer, "opened_at": now, "updated_at": now}},
		{"verification_steps", map[string]any{"id": id.New(), "case_id": verification, "state": "REQUESTED", "note": word, "reference": word, "by_user": officer, "by_organisation": w.Coordinator.OrganisationID, "at": now}},
		{"breaches", map[string]any{"id": breach, "title": "x", "what": "x", "from_at": now, "to_at": now, "known_at": now, "by_user": officer, "created_at": now}},
		{"breach_people", map[string]any{"breach_id": breach, "professional_id": person.ProfessionalID, "looks": 1}},
	}
	err := w.DB.Keep(w.t.Context(), func(tx *store.Tx) error {
		for _, one := range rows {
			if err := tx.Table(one.table).Create(one.row).Error; err != nil {
				return fmt.Errorf("%s: %w", one.table, err)
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.Placements.Cancel(w.t.Context(), w.Coordinator, p.Reference, p.Version, word); err != nil {
		w.t.Fatal(err)
	}
}

// later are the tables that the test writes into.
var later = []string{"messages", "message_readings", "record_tags", "record_assignments", "bulk_items", "incidents", "committee_conflicts", "committee_scores",
	"assessments", "candidacy_references", "candidacy_reviews", "disqualifications", "placement_reports", "placement_links", "placement_steps", "emergency_contacts",
	"review_requests", "referee_requests", "referee_skills", "skill_confirmations", "verification_cases", "verification_steps", "breach_people", "clearances"}

// holding returns how many rows of each table hold the word.
func (w *world) holding(word string) map[string]int {
	w.t.Helper()
	found := map[string]int{}
	err := w.DB.View(w.t.Context(), func(tx *store.Tx) error {
		names, err := tx.Migrator().GetTables()
		if err != nil {
			return err
		}
		for _, name := range names {
			var rows []map[string]any
			if err := tx.Table(name).Find(&rows).Error; err != nil {
				return err
			}
			for _, row := range rows {
				if strings.Contains(strings.ToLower(fmt.Sprint(row)), word) {
					found[name]++
				}
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return found
}

// counts returns how many rows are about the person, table by table.
func (w *world) counts(person identity.Actor, pseudonym string) map[string]int64 {
	w.t.Helper()
	out := map[string]int64{}
	values := map[string]any{"person": person.ProfessionalID, "user": person.UserID, "pseudonym": pseudonym}
	err := w.DB.View(w.t.Context(), func(tx *store.Tx) error {
		for _, t := range inventory.Tables() {
			if t.Whose == "" {
				continue
			}
			var n int64
			if err := tx.Raw("SELECT count(*) FROM "+t.Name+" WHERE "+t.Whose, values).Scan(&n).Error; err != nil {
				return err
			}
			out[t.Name] = n
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

func (w *world) erase(person identity.Actor) {
	w.t.Helper()
	err := w.DB.Change(w.t.Context(), store.System, func(tx *store.Tx) error {
		_, err := w.service.EraseIn(tx, person.ProfessionalID)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// TestARareWordIsNowhereAfterErasureInAnyTableOfWork writes a word about one person into
// every newer table, and another about somebody else, whose rows must all stay.
func TestARareWordIsNowhereAfterErasureInAnyTableOfWork(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		before := w.holding(canary)
		for _, table := range later {
			if before[table] == 0 && !slices.Contains([]string{"message_readings", "record_assignments", "breach_people"}, table) {
				t.Errorf("the word is not in %s before, so that its absence proves nothing", table)
			}
		}
		kofi, told := w.counts(w.kofi, w.Pseudonym(w.kofi)), w.holding(other)
		w.erase(w.ama)
		if left := w.holding(canary); len(left) > 0 {
			t.Errorf("after erasure the word stands in %v", left)
		}
		kofi["duplicate_pairs"] = 0 // that the two may be one goes with either
		if got := w.counts(w.kofi, w.Pseudonym(w.kofi)); !maps.Equal(got, kofi) {
			t.Errorf("of somebody else there are %v, and were %v", got, kofi)
		}
		if got := w.holding(other); !maps.Equal(got, told) {
			t.Errorf("somebody else's word stands in %v, and stood in %v", got, told)
		}
	})
}

// TestWhatIsDeletedIsGoneAndWhatStaysSaysNothing compares what is left with what the
// inventory promises.
func TestWhatIsDeletedIsGoneAndWhatStaysSaysNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		before := w.counts(w.ama, w.Pseudonym(w.ama))
		w.erase(w.ama)
		after := w.counts(w.ama, w.Pseudonym(w.ama))
		for _, table := range inventory.Tables() {
			switch {
			case table.Whose == "" || table.Name == "users" || table.Name == "ledger":
			case table.Fate == inventory.Deleted && after[table.Name] > 0:
				t.Errorf("%s is to be deleted, and %d rows are left", table.Name, after[table.Name])
			case (table.Fate == inventory.Scrubbed || table.Fate == inventory.Kept) && after[table.Name] < before[table.Name]:
				t.Errorf("%s is to stay: %d rows of %d do", table.Name, after[table.Name], before[table.Name])
			}
		}
		if err := db.View(t.Context(), func(tx *store.Tx) error {
			var rows []struct{ GivenName, Email string }
			err := tx.Raw(`SELECT given_name, email FROM professionals WHERE id = ? AND erased_at IS NOT NULL`, w.ama.ProfessionalID).Scan(&rows).Error
			if len(rows) != 1 || rows[0].GivenName+rows[0].Email != "" {
				t.Errorf("what is left of the person: %+v", rows)
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	})
}

// TestTheExportHoldsWhatIsThePersonsInEveryTable takes everything away before erasure.
func TestTheExportHoldsWhatIsThePersonsInEveryTable(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		bundle, err := (&portability.Service{DB: db, Audit: w.Audit}).Gather(t.Context(), w.ama)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range later {
			if table == "placement_links" { // digests of links only
				continue
			}
			if len(bundle.Records[table]) == 0 {
				t.Errorf("the export lacks %s", table)
			}
		}
		text, err := json.Marshal(bundle)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), other) {
			t.Error("the export holds what is somebody else's")
		}
		if told := fmt.Sprint(bundle.Records["incidents"]); strings.Contains(told, canary) {
			t.Errorf("the export tells what somebody else told in confidence: %s", told)
		}
		for _, table := range []string{"messages", "record_tags", "assessments", "candidacy_references", "placement_reports", "review_requests"} {
			if told := fmt.Sprint(bundle.Records[table]); !strings.Contains(told, canary) {
				t.Errorf("the export tells nothing of %s: %s", table, told)
			}
		}
	})
}

func TestAnErasureIsAskedForOnceTakenBackAndCarriedOutWhenItsDaysAreOver(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		yes := erasure.Confirmation{Word: erasure.Word, Password: "correct horse battery"}
		if _, err := w.service.Request(t.Context(), w.ama, erasure.Confirmation{Word: "erase"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("another word: %v", err)
		}
		if _, err := w.service.Request(t.Context(), w.Coordinator, yes); !fault.Is(err, fault.Missing) {
			t.Errorf("somebody else: %v", err)
		}
		if _, err := w.service.Request(t.Context(), w.ama, yes); err != nil {
			t.Fatal(err)
		}
		if _, err := w.service.Request(t.Context(), w.ama, yes); !fault.HasCode(err, "erasure.requested") {
			t.Errorf("asked twice: %v", err)
		}
		preview, err := w.service.Preview(t.Context(), w.ama)
		if err != nil || preview.Standing == nil || len(preview.Goes) == 0 || len(preview.Stays) == 0 {
			t.Errorf("%+v %v", preview, err)
		}
		if err := w.service.CarryOut(t.Context()); err != nil {
			t.Fatal(err)
		}
		if len(w.holding(canary)) == 0 {
			t.Error("it was carried out before its days were over")
		}
		if err := w.service.Cancel(t.Context(), w.ama); err != nil {
			t.Errorf("taken back: %v", err)
		}
		if err := w.service.Cancel(t.Context(), w.ama); err == nil {
			t.Error("there is nothing to take back")
		}
		stones, err := w.service.Tombstones(t.Context())
		if err != nil || len(stones) > 0 {
			t.Errorf("%v %v", stones, err)
		}
	})
}
