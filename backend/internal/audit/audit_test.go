// SPDX-License-Identifier: AGPL-3.0-or-later

package audit_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"sankofa/backend/internal/audit"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry/registrytest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

func looks(t *testing.T, w *registrytest.World, who identity.Actor) []audit.Look {
	t.Helper()
	found, _, err := w.Audit.WhoLooked(t.Context(), who, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestThePersonSeesWhoLooked(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := registrytest.New(t, db)
		ama := w.Joined("ama@example.org", privacy.RegistrySearch)
		w.Audit.References = func(_ *store.Tx, ids []string) (map[string]string, error) {
			return map[string]string{ids[0]: "GH-2027-0001"}, nil
		}
		for range 3 { // the same look within the hour is one look
			if _, err := w.Registry.Find(t.Context(), w.Coordinator, ama.ProfessionalID); err != nil {
				t.Fatal(err)
			}
		}
		w.Audit.Viewed(w.Coordinator, []string{ama.ProfessionalID}, "ranking", "need-1")
		w.Audit.Viewed(w.Host, []string{ama.ProfessionalID, "somebody else"}, "shortlist", "need-1")
		_ = w.Card(ama)
		officer := ama
		officer.Role, officer.OrganisationID = identity.Coordinator, w.CoordinatorOrg.ID
		w.Audit.Viewed(officer, []string{ama.ProfessionalID}, "ranking", "need-1") // herself, at work

		got := looks(t, w, ama)
		want := []audit.Look{
			{Organisation: w.HostOrg.Name, Role: "host", What: "shortlist", Need: "GH-2027-0001"},
			{Organisation: w.CoordinatorOrg.Name, Role: "coordinator", What: "ranking", Need: "GH-2027-0001"},
			{Organisation: w.CoordinatorOrg.Name, Role: "coordinator", What: "profile"},
		}
		same := slices.EqualFunc(got, want, func(a, b audit.Look) bool {
			return a.Organisation == b.Organisation && a.Role == b.Role && a.What == b.What && a.Need == b.Need && a.At.Equal(storetest.Start)
		})
		if !same {
			t.Errorf("she sees %+v, want %+v", got, want)
		}
		clock.Advance(time.Hour)
		w.Audit.Viewed(w.Coordinator, []string{ama.ProfessionalID}, "profile", "")
		if n := len(looks(t, w, ama)); n != 4 {
			t.Errorf("an hour later there are %d looks, want 4", n)
		}
		first, next, err := w.Audit.WhoLooked(t.Context(), ama, 0, 3)
		if err != nil || len(first) != 3 || next == 0 {
			t.Fatalf("the first page: %d looks, next %d (%v)", len(first), next, err)
		}
		rest, next, err := w.Audit.WhoLooked(t.Context(), ama, next, 3)
		if err != nil || len(rest) != 1 || next != 0 || rest[0].What != "profile" {
			t.Errorf("the last page: %+v, next %d (%v)", rest, next, err)
		}
		if _, _, err := w.Audit.WhoLooked(t.Context(), w.Coordinator, 0, 3); !fault.Is(err, fault.Missing) {
			t.Errorf("who has no profile: %v", err)
		}
	})
}

func TestViewsAreWrittenByThemselvesAndAtTheEnd(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		before, _ := db.LastEvent(t.Context())
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- w.Audit.Run(ctx) }()
		w.Audit.Viewed(w.Host, []string{"p1"}, "shortlist", "n")
		deadline := time.Now().Add(10 * time.Second)
		for last := before; last == before; last, _ = db.LastEvent(t.Context()) {
			if time.Now().After(deadline) {
				t.Fatal("nothing was written by itself")
			}
			time.Sleep(20 * time.Millisecond)
		}
		w.Audit.Viewed(w.Host, []string{"p2"}, "shortlist", "n")
		stop()
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		events, _ := db.Events(t.Context(), before, 10)
		if len(events) != 2 || events[1].Subject != "p2" || events[1].Name != audit.Viewing || events[1].ByUser != w.Host.UserID {
			t.Errorf("the ledger says %+v", events)
		}
	})
}

func TestViewsThatCannotBeWrittenWait(t *testing.T) {
	w := registrytest.New(t, storetest.SQLite(t))
	ama := w.Joined("ama@example.org")
	w.Audit.Viewed(w.Coordinator, []string{ama.ProfessionalID}, "ranking", "")
	w.Audit.Viewed(w.Host, []string{ama.ProfessionalID}, "shortlist", "")
	gone, stop := context.WithCancel(t.Context())
	stop()
	if err := w.Audit.Flush(gone); err == nil {
		t.Fatal("it was written without a database")
	}
	if got := looks(t, w, ama); len(got) != 2 || got[1].What != "ranking" {
		t.Errorf("she sees %+v", got)
	}
}

func TestTheLedgerIsReadByThoseWhoAnswerForIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		ama := w.Joined("ama@example.org", privacy.RegistrySearch)
		invited := w.Registered("invited@example.org")
		all, _, err := w.Audit.Ledger(t.Context(), w.Administrator, audit.Filter{Limit: 100})
		last, _ := db.LastEvent(t.Context())
		if err != nil || int64(len(all)) != last || all[0].Number != last {
			t.Fatalf("the administrator reads %d of %d (%v)", len(all), last, err)
		}
		own, _, err := w.Audit.Ledger(t.Context(), w.Coordinator, audit.Filter{Limit: 100})
		if err != nil || len(own) == 0 {
			t.Fatalf("the coordinator reads %d (%v)", len(own), err)
		}
		for _, e := range own {
			if e.Subject == invited.ID || e.Subject != ama.ProfessionalID && e.Subject != w.Programme.ID {
				t.Errorf("the coordinator reads %s of %s", e.Name, e.Subject)
			}
		}
		if other, _, _ := w.Audit.Ledger(t.Context(), w.Other.Coordinator, audit.Filter{Limit: 100}); slices.ContainsFunc(other, func(e audit.Entry) bool { return e.Subject != w.Other.Coordinator.ProgrammeID }) {
			t.Errorf("another programme's coordinator reads %+v", other)
		}
		registered, _, _ := w.Audit.Ledger(t.Context(), w.Administrator, audit.Filter{Name: "professional.registered", Limit: 100})
		if len(registered) != 2 || registered[0].By != "Officer association" || registered[0].Organisation != w.AssociationOrg.Name {
			t.Errorf("registrations: %+v", registered)
		}
		consents, _, _ := w.Audit.Ledger(t.Context(), w.Administrator, audit.Filter{Name: "visibility", Subject: ama.ProfessionalID, Limit: 100})
		if len(consents) != 1 || consents[0].Name != "visibility.on" || consents[0].By != "invited" {
			t.Errorf("visibility: %+v", consents)
		}
		if _, err := w.Privacy.Give(t.Context(), ama, registrytest.Consents(privacy.Statistics)[0]); err != nil {
			t.Fatal(err)
		}
		newest, next, _ := w.Audit.Ledger(t.Context(), w.Administrator, audit.Filter{Limit: 1})
		if newest[0].By != "professional" || next != last+1 {
			t.Errorf("what a person does is signed %q, next %d", newest[0].By, next)
		}
		for name, who := range map[string]identity.Actor{"host": w.Host, "ministry": w.Ministry, "association": w.Association, "herself": ama} {
			if _, _, err := w.Audit.Ledger(t.Context(), who, audit.Filter{}); !fault.Is(err, fault.Missing) {
				t.Errorf("%s reads the ledger: %v", name, err)
			}
			if _, err := w.Audit.Check(t.Context(), who); !fault.Is(err, fault.Missing) {
				t.Errorf("%s checks the ledger: %v", name, err)
			}
		}
	})
}

func TestWhatIsDoneForAColleagueNamesBoth(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		acting := w.Coordinator
		acting.ForUserID = w.Ministry.UserID
		if err := db.Change(t.Context(), acting.Author(), func(tx *store.Tx) error {
			tx.Emit("programme.rates_set", w.Programme.ID, store.Details{"rates": 1})
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		for name, who := range map[string]identity.Actor{"administrator": w.Administrator, "coordinator": w.Coordinator} {
			got, _, err := w.Audit.Ledger(t.Context(), who, audit.Filter{Subject: w.Programme.ID, Name: "programme.rates_set", Limit: 10})
			if err != nil || len(got) != 1 || got[0].By != "Officer coordinator" || got[0].For != "Officer ministry" {
				t.Errorf("the %s reads %+v (%v)", name, got, err)
			}
		}
		if other, _, _ := w.Audit.Ledger(t.Context(), w.Other.Coordinator, audit.Filter{Subject: w.Programme.ID, Limit: 10}); len(other) != 0 {
			t.Errorf("another programme's coordinator reads %+v", other)
		}
	})
}

func TestABrokenChainIsFoundWhereItBreaks(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		for i := range 25 { // more than one leaf of the ledger
			err := db.Change(t.Context(), w.Host.Author(), func(tx *store.Tx) error {
				for range 100 {
					tx.Emit("test.done", "s", store.Details{"round": i})
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		last, _ := db.LastEvent(t.Context())
		proof, err := w.Audit.Check(t.Context(), w.Administrator)
		if err != nil || !proof.Intact || proof.Entries != last {
			t.Fatalf("a whole ledger: %+v (%v)", proof, err)
		}
		for _, forgery := range []struct {
			sql string
			at  int64
		}{
			{`UPDATE ledger SET details = '{"round":99}' WHERE number = 1234`, 1234},
			{`UPDATE ledger SET by_user = 'somebody' WHERE number = 1200`, 1200},
			{`DELETE FROM ledger WHERE number = 700`, 700},
			{`DELETE FROM ledger WHERE number > 500`, 501},
		} {
			tamper(t, db, forgery.sql)
			proof, err := w.Audit.Check(t.Context(), w.Coordinator)
			if err != nil || proof.Intact || proof.BrokenAt != forgery.at {
				t.Errorf("%s: %+v (%v), want broken at %d", forgery.sql, proof, err, forgery.at)
			}
		}
	})
}

// tamper does what only somebody with the database in their hands can: it takes
// the guard away first.
func tamper(t *testing.T, db *store.DB, sql string) {
	t.Helper()
	guards := []string{`DROP TRIGGER IF EXISTS ledger_kept_update`, `DROP TRIGGER IF EXISTS ledger_kept_delete`}
	if db.Engine() == store.Postgres {
		guards = []string{`DROP TRIGGER IF EXISTS ledger_kept ON ledger`}
	}
	err := db.Keep(t.Context(), func(tx *store.Tx) error {
		for _, statement := range append(guards, sql) {
			if err := tx.Exec(statement).Error; err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
