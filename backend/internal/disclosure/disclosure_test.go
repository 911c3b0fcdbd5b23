// SPDX-License-Identifier: AGPL-3.0-or-later

package disclosure_test

import (
	"testing"
	"time"

	"sankofa/backend/internal/disclosure"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/placements/placementstest"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// world is a shortlisted person and a host who would like to know more.
type world struct {
	*placementstest.World
	service   *disclosure.Service
	ama       identity.Actor
	candidacy selection.View
	t         *testing.T
}

// newWorld shortlists a person, who then keeps the general consent to be named to
// hosts, or takes it back.
func newWorld(t *testing.T, db *store.DB, keeps bool) *world {
	t.Helper()
	w := &world{World: placementstest.New(t, db), t: t}
	w.service = &disclosure.Service{DB: db, Views: w.Audit}
	w.ama = w.Joined("ama@example.org", privacy.RegistrySearch, privacy.ShareWithHosts)
	w.candidacy = w.Shortlisted(w.Of.Published(), w.ama)[0]
	if keeps {
		return w
	}
	if err := w.Privacy.Withdraw(t.Context(), w.ama, privacy.ShareWithHosts); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) asking() disclosure.Asking {
	return disclosure.Asking{CandidacyID: w.candidacy.ID, Parts: []disclosure.Part{disclosure.Contact, disclosure.Name}, Purpose: "To arrange lodging", Until: "2027-06-30"}
}

func (w *world) asked() disclosure.View {
	w.t.Helper()
	id, err := w.service.Ask(w.t.Context(), w.Host, w.asking())
	if err != nil {
		w.t.Fatal(err)
	}
	return w.seen(w.ama, id)
}

func (w *world) seen(who identity.Actor, id string) disclosure.View {
	w.t.Helper()
	v, err := w.service.Find(w.t.Context(), who, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return v
}

// name is how the host sees the candidate.
func (w *world) name() string {
	w.t.Helper()
	return w.Must(w.Selection.Find(w.t.Context(), w.Host, w.candidacy.ID)).Name
}

func TestAHostSeesThePseudonymBeforeTheFieldsAfterAndNothingOnceRevoked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db, false)
		d := w.asked()
		if len(d.Content) != 2 || d.Content[0].Lines[0].Value != "Ama" || d.Content[1].Lines[0].Value != "ama@example.org" {
			t.Errorf("the person is not told what would be shown: %+v", d.Content)
		}
		if got := w.seen(w.Host, d.ID); len(got.Content) > 0 || got.Name != "" || got.Pseudonym == "" || w.name() != "" {
			t.Errorf("before the answer the host sees %+v", got)
		}
		granted, err := w.service.Grant(t.Context(), w.ama, d.ID, d.Version, []disclosure.Part{disclosure.Name})
		if err != nil || !granted.Can.Revoke {
			t.Fatalf("%+v %v", granted.Can, err)
		}
		got := w.seen(w.Host, d.ID)
		if len(got.Content) != 1 || got.Content[0].Part != disclosure.Name || got.Name != "Ama Boateng" || w.name() != "Ama Boateng" {
			t.Errorf("after the grant the host sees %+v and %q", got.Content, w.name())
		}
		if _, err := w.service.Revoke(t.Context(), w.ama, d.ID, granted.Version); err != nil {
			t.Fatal(err)
		}
		if got := w.seen(w.Host, d.ID); len(got.Content) > 0 || got.Name != "" || got.State != disclosure.Revoked || w.name() != "" {
			t.Errorf("after revocation the host sees %+v and %q", got, w.name())
		}
		w.lookedAt()
	})
}

// lookedAt checks that the host's look stands in the person's own list.
func (w *world) lookedAt() {
	w.t.Helper()
	looks, _, err := w.Audit.WhoLooked(w.t.Context(), w.ama, 0, 100)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, l := range looks {
		if l.What == "disclosure" && l.Role == "host" {
			return
		}
	}
	w.t.Errorf("the host's look is not recorded: %+v", looks)
}

func TestARefusalCountsMoreThanTheGeneralConsent(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db, true)
		if w.name() != "Ama Boateng" {
			t.Fatalf("by the general consent the host sees %q", w.name())
		}
		d := w.asked()
		if !d.GeneralNamed {
			t.Error("the person is not reminded of the general consent")
		}
		if _, err := w.service.Refuse(t.Context(), w.ama, d.ID, d.Version); err != nil || w.name() != "" {
			t.Errorf("after the refusal the host sees %q (%v)", w.name(), err)
		}
		if _, err := w.service.Grant(t.Context(), w.ama, d.ID, d.Version+1, []disclosure.Part{disclosure.Name}); !fault.HasCode(err, "disclosure.not_asked") {
			t.Errorf("granted after the refusal: %v", err)
		}
	})
}

func TestAGrantEndsWithItsDayAndAQuestionWithItsTerm(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, false)
		d := w.asked()
		if _, err := w.service.Grant(t.Context(), w.ama, d.ID, d.Version, []disclosure.Part{disclosure.Name, disclosure.Contact}); err != nil {
			t.Fatal(err)
		}
		clock.Advance(time.Date(2027, 7, 1, 0, 0, 0, 0, time.UTC).Sub(clock.Now()))
		if got := w.seen(w.Host, d.ID); got.State != disclosure.Expired || len(got.Content) > 0 || w.name() != "" {
			t.Errorf("the day after, before the timer: %+v %q", got, w.name())
		}
		if err := w.service.Expire(t.Context()); err != nil {
			t.Fatal(err)
		}
		again := w.asking()
		again.Until = "2027-12-31"
		id, err := w.service.Ask(t.Context(), w.Coordinator, again)
		if err != nil {
			t.Fatal(err)
		}
		clock.Advance(15 * 24 * time.Hour)
		if _, err := w.service.Grant(t.Context(), w.ama, id, 1, []disclosure.Part{disclosure.Name}); !fault.HasCode(err, "disclosure.not_asked") {
			t.Errorf("answered too late: %v", err)
		}
		if err := w.service.Expire(t.Context()); err != nil || w.seen(w.Coordinator, id).State != disclosure.Expired {
			t.Errorf("the question is %s (%v)", w.seen(w.Coordinator, id).State, err)
		}
	})
}

func TestOnlyThoseConcernedAskAnswerAndSee(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db, false)
		d := w.asked()
		for name, who := range w.Of.Everybody() {
			_, err := w.service.Ask(t.Context(), who, w.asking())
			open := fault.HasCode(err, "disclosure.open") // the door was passed; one question at a time
			if may := name == "host" || name == "coordinator"; may != open || !may && !fault.Is(err, fault.Missing) {
				t.Errorf("%s asks: %v", name, err)
			}
			_, err = w.service.Find(t.Context(), who, d.ID)
			if may := name == "host" || name == "coordinator"; may != (err == nil) {
				t.Errorf("%s looks: %v", name, err)
			}
			if _, err := w.service.Grant(t.Context(), who, d.ID, d.Version, []disclosure.Part{disclosure.Name}); !fault.Is(err, fault.Missing) {
				t.Errorf("%s grants: %v", name, err)
			}
		}
	})
}

func TestWhatCannotBeAskedIsNamed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db, false)
		for field, spoil := range map[string]func(*disclosure.Asking){
			"parts":    func(a *disclosure.Asking) { a.Parts = nil },
			"parts[0]": func(a *disclosure.Asking) { a.Parts = []disclosure.Part{"bank", disclosure.Name} },
			"purpose":  func(a *disclosure.Asking) { a.Purpose = "  " },
			"until":    func(a *disclosure.Asking) { a.Until = "2026-12-01" },
		} {
			asking := w.asking()
			spoil(&asking)
			_, err := w.service.Ask(t.Context(), w.Host, asking)
			if f := fault.Of(err); f.Kind != fault.Invalid || f.Fields[0].Field != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		d := w.asked()
		if _, err := w.service.Grant(t.Context(), w.ama, d.ID, d.Version, []disclosure.Part{disclosure.Birth}); fault.Of(err).Kind != fault.Invalid {
			t.Errorf("more was granted than was asked for: %v", err)
		}
		if _, err := w.service.Refuse(t.Context(), w.ama, d.ID, d.Version+7); !fault.Is(err, fault.Stale) {
			t.Errorf("an old version: %v", err)
		}
	})
}

func TestAccessibilityIsToldOnlyByADisclosure(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db, false)
		for _, words := range []string{"Steps are hard", "A lift, please"} {
			if err := w.service.SayAccessibility(t.Context(), w.ama, words); err != nil {
				t.Fatal(err)
			}
		}
		asking := w.asking()
		asking.Parts = []disclosure.Part{disclosure.Accessibility}
		id, err := w.service.Ask(t.Context(), w.Host, asking)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.service.Grant(t.Context(), w.ama, id, 1, asking.Parts); err != nil {
			t.Fatal(err)
		}
		if got := w.seen(w.Host, id); len(got.Content) != 1 || got.Content[0].Lines[0].Value != "A lift, please" || got.Name != "" {
			t.Errorf("the host sees %+v", got)
		}
		if err := w.service.SayAccessibility(t.Context(), w.ama, ""); err != nil {
			t.Fatal(err)
		}
		if words, _, err := w.service.Accessibility(t.Context(), w.ama); words != "" || err != nil {
			t.Errorf("taken back, it is %q (%v)", words, err)
		}
	})
}

func TestOfManyAnswersOneCounts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db, false)
		d := w.asked()
		storetest.Warm(t, db)
		outcomes := storetest.Race(t, 1, storetest.Writers, func(_, writer int) error {
			if writer%2 == 0 {
				_, err := w.service.Refuse(t.Context(), w.ama, d.ID, d.Version)
				return err
			}
			_, err := w.service.Grant(t.Context(), w.ama, d.ID, d.Version, []disclosure.Part{disclosure.Name})
			return err
		})
		storetest.OneWins(t, outcomes, fault.Conflict, fault.Stale)
	})
}
