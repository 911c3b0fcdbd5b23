// SPDX-License-Identifier: AGPL-3.0-or-later

package retention_test

import (
	"testing"
	"time"

	"sankofa/backend/internal/erasure"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/placements/placementstest"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/retention"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

const day = 24 * time.Hour

type world struct {
	*placementstest.World
	service *retention.Service
	erasure *erasure.Service
	clock   *storetest.Clock
	t       *testing.T
}

func newWorld(t *testing.T, db *store.DB, clock *storetest.Clock) *world {
	w := &world{World: placementstest.New(t, db), clock: clock, t: t}
	w.erasure = &erasure.Service{DB: db, Privacy: w.Privacy}
	w.service = &retention.Service{DB: db, Erasure: w.erasure}
	return w
}

// later moves time on and lets the clocks do their work.
func (w *world) later(days int) {
	w.t.Helper()
	w.clock.Advance(time.Duration(days) * day)
	for _, tick := range []error{w.service.Tick(w.t.Context()), w.erasure.CarryOut(w.t.Context())} {
		if tick != nil {
			w.t.Fatal(tick)
		}
	}
}

func (w *world) question(who identity.Actor) *retention.Question {
	w.t.Helper()
	q, err := w.service.Open(w.t.Context(), who)
	if err != nil {
		w.t.Fatal(err)
	}
	return q
}

// name is what is left of somebody's given name.
func (w *world) name(who identity.Actor) (name string) {
	w.t.Helper()
	err := w.DB.View(w.t.Context(), func(tx *store.Tx) error {
		return tx.Raw(`SELECT given_name FROM professionals WHERE id = ?`, who.ProfessionalID).Scan(&name).Error
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return name
}

func TestAPersonIsAskedBeforeAnythingGoesAndKeepingStartsTheClockAnew(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, clock)
		ama := w.Joined("ama@example.org", privacy.RegistrySearch)
		w.later(retention.AskAfter - 1)
		if w.question(ama) != nil {
			t.Fatal("asked too early")
		}
		if err := w.service.Keep(t.Context(), ama); !fault.HasCode(err, "retention.none") {
			t.Errorf("an answer without a question: %v", err)
		}
		w.later(2)
		if w.question(ama) == nil {
			t.Fatal("nobody asked after two years")
		}
		if err := w.service.Keep(t.Context(), ama); err != nil {
			t.Fatal(err)
		}
		w.later(retention.AnswerWithin + 30)
		if w.question(ama) != nil || w.name(ama) != "Ama" {
			t.Errorf("who said keep is asked again, or gone: %q", w.name(ama))
		}
		w.later(retention.AskAfter)
		if w.question(ama) == nil {
			t.Error("the clock did not start anew")
		}
	})
}

func TestWhoSaysNothingIsErasedAfterTheTermAndTheGrace(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, clock)
		ama := w.Joined("ama@example.org", privacy.RegistrySearch)
		w.later(retention.AskAfter + 1)
		w.later(retention.AnswerWithin + 1)
		standing, err := w.erasure.Standing(t.Context(), ama)
		if err != nil || standing == nil || standing.Cause != erasure.ByRetention || w.name(ama) != "Ama" {
			t.Fatalf("after the term: %+v %q (%v)", standing, w.name(ama), err)
		}
		w.later(15)
		if w.name(ama) != "" {
			t.Errorf("after the grace the name is %q", w.name(ama))
		}
	})
}

func TestWhoNeverAnsweredAnInvitationIsForgottenAfterAYear(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, clock)
		silent := identity.Actor{ProfessionalID: w.Registered("silent@example.org").ID}
		w.later(retention.UnansweredBy - 1)
		w.later(10)
		if w.name(silent) != "Ama" {
			t.Error("gone before the grace was over")
		}
		w.later(15)
		if w.name(silent) != "" {
			t.Errorf("the name is still %q", w.name(silent))
		}
	})
}

func TestTheWordsOfASelectionThatIsLongOverGo(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, clock)
		ama := w.Joined("ama@example.org", privacy.RegistrySearch, privacy.ShareWithHosts)
		c := w.Shortlisted(w.Of.Published(), ama)[0]
		w.Must(w.Selection.Withdraw(t.Context(), ama, c.ID, c.Version, "My mother is ill"))
		left := func() (words string) {
			err := db.View(t.Context(), func(tx *store.Tx) error {
				return tx.Raw(`SELECT profile || end_reason FROM candidacies WHERE id = ?`, c.ID).Scan(&words).Error
			})
			if err != nil {
				t.Fatal(err)
			}
			return words
		}
		w.later(retention.WordsAfter - 10)
		if left() == "" {
			t.Fatal("the words went too early")
		}
		w.later(20)
		if left() != "" {
			t.Errorf("the words are still there: %.60s", left())
		}
	})
}
