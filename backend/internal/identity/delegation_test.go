// SPDX-License-Identifier: AGPL-3.0-or-later

package identity_test

import (
	"sync"
	"testing"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/identity/identitytest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// lent is a world with a second officer of the host.
func lent(t *testing.T, db *store.DB) (*identitytest.World, *identity.Service, identity.Actor) {
	t.Helper()
	w := identitytest.New(t, db)
	return w, identity.NewService(db), w.Officer("colleague@test.invalid", w.HostOrg.ID, w.Programme.ID, identity.Host)
}

// away is an absence of so many days that begins today.
func away(db *store.DB, taker identity.Actor, days int) identity.Lending {
	today := day.Of(db.Now())
	return identity.Lending{TakerID: taker.UserID, From: today, Until: today.Add(days - 1), Reason: "On leave"}
}

func TestAColleagueActsOnlyAfterTheirYesAndUntilTheLastDay(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w, s, colleague := lent(t, db)
		token, err := s.OpenFor(t.Context(), colleague.UserID)
		if err != nil {
			t.Fatal(err)
		}
		d, err := s.Lend(t.Context(), w.Host, away(db, colleague, 3))
		if err != nil || d.State != "offered" || d.Giver == "" || d.Taker == "" || !d.Mine {
			t.Fatalf("lent as %+v (%v)", d, err)
		}
		if err := s.ActUnder(t.Context(), colleague, token, d.ID); !fault.HasCode(err, "delegation.not_live") {
			t.Errorf("before the yes: %v", err)
		}
		if _, err := s.Accept(t.Context(), w.Host, d.ID, d.Version); !fault.Is(err, fault.Denied) {
			t.Errorf("the giver accepts for the colleague: %v, want denied", err)
		}
		if _, err := s.Accept(t.Context(), w.SecondHost, d.ID, d.Version); !fault.Is(err, fault.Missing) {
			t.Errorf("a stranger to it accepts: %v, want missing", err)
		}
		d, err = s.Accept(t.Context(), colleague, d.ID, d.Version)
		if err != nil || d.State != "live" {
			t.Fatalf("accepted as %+v (%v)", d, err)
		}
		if err := s.ActUnder(t.Context(), colleague, token, d.ID); err != nil {
			t.Fatal(err)
		}
		who, err := s.Resume(t.Context(), token)
		if err != nil || who.UserID != colleague.UserID || who.ForUserID != w.Host.UserID || who.MembershipID != w.Host.MembershipID ||
			who.OrganisationID != w.Host.OrganisationID || who.Role != identity.Host {
			t.Fatalf("acts as %+v (%v)", who, err)
		}
		overview, err := s.Describe(t.Context(), who)
		if err != nil || len(overview.Lent) != 1 || overview.Lent[0].Giver == "" {
			t.Errorf("the session lists %+v (%v), want the one office", overview.Lent, err)
		}
		// No onward delegation.
		if _, err := s.Lend(t.Context(), who, away(db, w.Host, 2)); !fault.HasCode(err, "delegation.onward") {
			t.Errorf("handed on: %v", err)
		}
		// When its days are over the session goes on in the own office.
		for range 72 {
			clock.Advance(time.Hour)
			if clock.Now().Before(d.EndsAt) {
				if _, err := s.Resume(t.Context(), token); err != nil { // keeps the session alive, as work does
					if token, err = s.OpenFor(t.Context(), colleague.UserID); err != nil {
						t.Fatal(err)
					}
					if err := s.ActUnder(t.Context(), colleague, token, d.ID); err != nil {
						t.Fatalf("on the last days: %v", err)
					}
				}
			}
		}
		token, err = s.OpenFor(t.Context(), colleague.UserID)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.ActUnder(t.Context(), colleague, token, d.ID); !fault.HasCode(err, "delegation.not_live") {
			t.Errorf("after the last day: %v", err)
		}
		if _, err := s.End(t.Context(), w.Host, d.ID, d.Version); !fault.HasCode(err, "delegation.over") {
			t.Errorf("ended after its end: %v", err)
		}
	})
}

func TestEitherEndsADelegationAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, s, colleague := lent(t, db)
		for _, ends := range []identity.Actor{w.Host, colleague} {
			d, err := s.Lend(t.Context(), w.Host, away(db, colleague, 90))
			if err != nil {
				t.Fatal(err)
			}
			if d, err = s.Accept(t.Context(), colleague, d.ID, d.Version); err != nil {
				t.Fatal(err)
			}
			token, err := s.OpenFor(t.Context(), colleague.UserID)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.ActUnder(t.Context(), colleague, token, d.ID); err != nil {
				t.Fatal(err)
			}
			if _, err := s.End(t.Context(), ends, d.ID, d.Version-1); !fault.Is(err, fault.Stale) {
				t.Errorf("ended by an older version: %v", err)
			}
			if _, err := s.End(t.Context(), ends, d.ID, d.Version); err != nil {
				t.Fatal(err)
			}
			who, err := s.Resume(t.Context(), token)
			if err != nil || who.ForUserID != "" || who.MembershipID != colleague.MembershipID {
				t.Errorf("after its end the session acts as %+v (%v), want in the own office", who, err)
			}
		}
	})
}

func TestWhatCannotBeLent(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, s, colleague := lent(t, db)
		today := day.Of(db.Now())
		for name, c := range map[string]struct {
			change func(*identity.Lending)
			field  string
		}{
			"to oneself":          {func(l *identity.Lending) { l.TakerID = w.Host.UserID }, "takerId"},
			"to another house":    {func(l *identity.Lending) { l.TakerID = w.SecondHost.UserID }, "takerId"},
			"to another role":     {func(l *identity.Lending) { l.TakerID = w.Coordinator.UserID }, "takerId"},
			"for 91 days":         {func(l *identity.Lending) { l.Until = today.Add(90) }, "until"},
			"backwards":           {func(l *identity.Lending) { l.Until = today.Add(-1) }, "until"},
			"from yesterday":      {func(l *identity.Lending) { l.From = today.Add(-1) }, "from"},
			"without a reason":    {func(l *identity.Lending) { l.Reason = "  " }, "reason"},
			"on a day that isn't": {func(l *identity.Lending) { l.From = "2027-02-30" }, "from"},
		} {
			l := away(db, colleague, 5)
			c.change(&l)
			_, err := s.Lend(t.Context(), w.Host, l)
			if f := fault.Of(err); err == nil || len(f.Fields) == 0 || f.Fields[0].Field != c.field {
				t.Errorf("%s: %v, want a word about %s", name, err, c.field)
			}
		}
		if _, err := s.Lend(t.Context(), w.Administrator, away(db, colleague, 5)); !fault.Is(err, fault.Missing) {
			t.Errorf("an administrator lends: %v", err)
		}
	})
}

func TestAnOfficeIsInOnePairOfHands(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, s, colleague := lent(t, db)
		third := w.Officer("third@test.invalid", w.HostOrg.ID, w.Programme.ID, identity.Host)
		var wait sync.WaitGroup
		errs := make([]error, 2)
		for i, taker := range []identity.Actor{colleague, third} {
			wait.Go(func() { _, errs[i] = s.Lend(t.Context(), w.Host, away(db, taker, 10)) })
		}
		wait.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Errorf("two at once: %v and %v, want one of them to win", errs[0], errs[1])
		}
		for _, err := range errs {
			if err != nil && !fault.HasCode(err, "delegation.overlap") && !fault.Is(err, fault.Stale) {
				t.Errorf("the slower one hears %v", err)
			}
		}
	})
}

func TestWhatIsDoneForAColleagueNamesBoth(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, _, colleague := lent(t, db)
		acting := colleague
		acting.ForUserID = w.Host.UserID
		err := db.Change(t.Context(), acting.Author(), func(tx *store.Tx) error {
			tx.Emit("need.drafted", w.HostOrg.ID, store.Details{"reference": "X"})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		last, err := db.LastEvent(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		events, err := db.Events(t.Context(), last-1, 1)
		if err != nil || len(events) != 1 || events[0].ByUser != colleague.UserID || events[0].Details != `{"actingFor":"`+w.Host.UserID+`","reference":"X"}` {
			t.Errorf("the ledger says %+v (%v)", events, err)
		}
		err = db.View(t.Context(), func(tx *store.Tx) error {
			for who, want := range map[string]bool{w.Host.UserID: true, colleague.UserID: false} {
				got, err := identity.ActedForIn(tx, identity.Actor{UserID: who}, w.HostOrg.ID, "need.drafted")
				if err != nil || got != want {
					t.Errorf("something was done for %s: %t (%v), want %t", who, got, err, want)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
