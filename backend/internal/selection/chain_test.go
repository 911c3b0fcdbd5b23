// SPDX-License-Identifier: AGPL-3.0-or-later

package selection_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/placements/placementstest"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// links is a chain in which every step says something of its own.
func links(approvers ...string) []selection.Link {
	var people []selection.Approver
	for _, one := range approvers {
		people = append(people, selection.Approver{UserID: one})
	}
	return []selection.Link{{Step: selection.StepEndorsement, Days: 7, Silence: selection.SilenceReminds},
		{Step: selection.StepNoObjection, Days: 10, Working: true, Silence: selection.SilenceEscalates},
		{Step: selection.StepApproval, Days: 5, Silence: selection.SilenceEscalates, People: people}}
}

// within tells how many days a candidacy may wait from now.
func within(t *testing.T, db *store.DB, c selection.View) float64 {
	t.Helper()
	if c.DecideBy == nil {
		t.Fatalf("%s waits for nobody", c.State)
	}
	return c.DecideBy.Sub(db.Now()).Round(time.Minute).Hours() / 24
}

func TestAChainHoldsForWhatBeginsUnderIt(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, _ *storetest.Clock) {
		w := placementstest.New(t, db)
		old := w.Shortlisted(w.Of.Published(), w.People(1)...)[0]
		if got := within(t, db, old); got != 10 {
			t.Errorf("by the usual chain the host has %v days, want 10", got)
		}
		second := w.Officer("second@test.invalid", w.CoordinatorOrg.ID, w.Programme.ID, identity.Coordinator)
		chain, err := w.Selection.SetChain(t.Context(), w.Coordinator, 1, links(second.UserID))
		if err != nil || chain.Version != 2 || chain.At == nil || len(chain.Links[2].People) != 1 {
			t.Fatalf("set as %+v (%v)", chain, err)
		}
		fresh := w.Shortlisted(w.Of.Published(), w.People(2)[1])[0]
		if got := within(t, db, fresh); got != 7 {
			t.Errorf("by the new chain the host has %v days, want 7", got)
		}
		for name, want := range map[string]float64{old.ID: 10, fresh.ID: 14} { // ten working days are two weeks
			c, err := w.Selection.Find(t.Context(), w.Host, name)
			if err != nil {
				t.Fatal(err)
			}
			c = w.Must(w.Selection.Endorse(t.Context(), w.Host, c.ID, c.Version, placementstest.Yes))
			if got := within(t, db, c); got != want {
				t.Errorf("the ministry has %v days, want %v", got, want)
			}
			w.Must(w.Selection.Clear(t.Context(), w.Ministry, c.ID, c.Version, placementstest.Yes))
		}
		// Whoever is not named decides about what began before, and not about the new one.
		c, err := w.Selection.Find(t.Context(), w.Coordinator, fresh.ID)
		if err != nil || c.Can.Approve || len(c.Deciders) != 1 {
			t.Errorf("the coordinator who is not named may approve: %t, of %v (%v)", c.Can.Approve, c.Deciders, err)
		}
		for _, next := range c.File.Next {
			if next.Move.Name == "approve" {
				t.Error("the coordinator who is not named is offered the approval")
			}
		}
		for who, want := range map[identity.Actor]string{w.Coordinator: old.ID, second: fresh.ID + " " + old.ID} {
			page, err := w.Selection.List(t.Context(), who, selection.Filter{Pending: true})
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, one := range page.Items {
				ids = append(ids, one.ID)
			}
			if got := strings.Join(ids, " "); got != want {
				t.Errorf("on somebody wait %s, want %s", got, want)
			}
		}
		if _, err := w.Selection.Approve(t.Context(), w.Coordinator, c.ID, c.Version, placementstest.Yes); !fault.HasCode(err, "decision.not_named") {
			t.Errorf("approved by somebody who is not named: %v", err)
		}
		deputy := w.Coordinator
		deputy.ForUserID = second.UserID
		w.Must(w.Selection.Approve(t.Context(), deputy, c.ID, c.Version, placementstest.Yes))
		before, err := w.Selection.Find(t.Context(), w.Coordinator, old.ID)
		if err != nil || !before.Can.Approve {
			t.Errorf("what began under the usual chain cannot be approved (%v)", err)
		}
		w.Must(w.Selection.Approve(t.Context(), w.Coordinator, before.ID, before.Version, placementstest.Yes))
	})
}

func TestNobodyWaitsForSomebodyWhoLeft(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		second := w.Officer("second@test.invalid", w.CoordinatorOrg.ID, w.Programme.ID, identity.Coordinator)
		if _, err := w.Selection.SetChain(t.Context(), w.Coordinator, 1, links(second.UserID)); err != nil {
			t.Fatal(err)
		}
		c := w.Cleared(w.Of.Published(), w.People(1)[0])
		if err := identity.NewService(db).Revoke(t.Context(), w.Administrator, second.MembershipID); err != nil {
			t.Fatal(err)
		}
		w.Must(w.Selection.Approve(t.Context(), w.Coordinator, c.ID, c.Version, placementstest.Yes))
	})
}

func TestWhatAChainCannotBe(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		for name, spoil := range map[string]func([]selection.Link) []selection.Link{
			"steps chain.steps":                      func(l []selection.Link) []selection.Link { return l[:2] },
			"steps[0].step chain.order":              func(l []selection.Link) []selection.Link { l[0].Step = selection.StepAcceptance; return l },
			"steps[1].days number.range":             func(l []selection.Link) []selection.Link { l[1].Days = 91; return l },
			"steps[2].silence silence.unknown":       func(l []selection.Link) []selection.Link { l[2].Silence = "yes"; return l },
			"steps[2].approvers[0] chain.no_officer": func([]selection.Link) []selection.Link { return links(w.Host.UserID) },
		} {
			_, err := w.Selection.SetChain(t.Context(), w.Coordinator, 1, spoil(links()))
			if got := strings.Join(names(err), " "); got != name {
				t.Errorf("got %q (%v), want %q", got, err, name)
			}
		}
		if _, err := w.Selection.SetChain(t.Context(), w.Host, 1, links()); !fault.Is(err, fault.Missing) {
			t.Errorf("a host sets the chain: %v", err)
		}
		// Two at once: one wins, the other is told.
		var wait sync.WaitGroup
		errs := make([]error, 2)
		for i := range errs {
			wait.Go(func() { _, errs[i] = w.Selection.SetChain(t.Context(), w.Coordinator, 1, links()) })
		}
		wait.Wait()
		for i, err := range errs {
			other := errs[1-i]
			if err == nil && !fault.Is(other, fault.Stale) || err != nil && other != nil {
				t.Errorf("two at once: %v and %v", errs[0], errs[1])
			}
		}
	})
}

func TestSilenceIsTheChainsAndNeverAYes(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := placementstest.New(t, db)
		if _, err := w.Selection.SetChain(t.Context(), w.Coordinator, 1, links()); err != nil {
			t.Fatal(err)
		}
		c := w.Shortlisted(w.Of.Published(), w.People(1)...)[0]
		told := func() (details []string) {
			if err := w.Selection.Lapse(t.Context()); err != nil {
				t.Fatal(err)
			}
			events, err := db.Events(t.Context(), 0, 10_000)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range events {
				if e.Name == "candidacy.escalated" && e.ByUser == store.System.UserID {
					details = append(details, e.Details)
				}
			}
			return details
		}
		clock.Advance(7*24*time.Hour - time.Minute)
		if got := told(); len(got) != 0 {
			t.Errorf("told before it is late: %v", got)
		}
		clock.Advance(2 * time.Minute)
		told()
		got := told()
		if len(got) != 1 || !strings.Contains(got[0], `"silence":"remind"`) || !strings.Contains(got[0], `"step":"host_endorsement"`) {
			t.Errorf("after a week of silence of the host the ledger says %v", got)
		}
		c, err := w.Selection.Find(t.Context(), w.Host, c.ID)
		if err != nil || c.State != selection.Shortlisted {
			t.Fatalf("silence moved it to %s (%v)", c.State, err)
		}
		w.Must(w.Selection.Endorse(t.Context(), w.Host, c.ID, c.Version, placementstest.Yes))
		clock.Advance(15 * 24 * time.Hour)
		got = told()
		if len(got) != 2 || !strings.Contains(got[1], `"silence":"escalate"`) || !strings.Contains(got[1], `"step":"no_objection"`) {
			t.Errorf("after the silence of the ministry the ledger says %v", got)
		}
	})
}
