// SPDX-License-Identifier: AGPL-3.0-or-later

package intake_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/identity/identitytest"
	"sankofa/backend/internal/intake"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/sheets"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// aboutPeople are the tables that a dry run must leave as they are.
var aboutPeople = []string{"professionals", "professional_skills", "professional_languages", "professional_education", "professional_associations", "field_history",
	"invitations", "consents", "visibility", "duplicate_keys", "duplicate_pairs", "import_rows", "ledger"}

// sum spells how many rows each table about people has.
func (w *world) sum() string {
	w.t.Helper()
	var out []string
	err := w.DB.View(w.t.Context(), func(tx *store.Tx) error {
		for _, table := range aboutPeople {
			var n int64
			if err := tx.Raw(`SELECT count(*) FROM ` + table).Scan(&n).Error; err != nil {
				return err
			}
			out = append(out, fmt.Sprint(table, " ", n))
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return strings.Join(out, "\n")
}

func TestADryRunLeavesEverythingAsItIs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.brought(w.uploaded(people(20, nil)))
		f := w.uploaded(people(40, func(i int, cells []string) { cells[0] = "Aminata" }))
		before := w.sum()
		trial := w.tried(f)
		if trial.Counts[intake.Update] != 20 || trial.Counts[intake.New]+trial.Counts[intake.Duplicate] != 20 || len(trial.Rows) != 20 {
			t.Errorf("dry run: %v with %d rows", trial.Counts, len(trial.Rows))
		}
		if after := w.sum(); after != before {
			t.Errorf("the dry run wrote:\n%s\n%s", before, after)
		}
	})
}

func TestAKilledImportGoesOnAndDoublesNobody(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db)
		f := w.uploaded(people(1200, nil))
		if _, err := w.Intake.Start(t.Context(), w.Association, f.ID, f.Version); err != nil {
			t.Fatal(err)
		}
		killed := 0
		for range 12 {
			ctx, kill := context.WithTimeout(t.Context(), 700*time.Millisecond)
			worked, err := w.Intake.Work(ctx)
			kill()
			if err != nil {
				killed++
			}
			if !worked {
				break
			}
			// Another process takes over once the lease is up.
			clock.Advance(time.Minute)
			w.Intake = w.service(w.Intake.Files)
		}
		w.works()
		done := w.found(f.ID)
		if done.State != intake.Done || done.Added != 1200 || w.members() != 1200 {
			t.Errorf("after %d kills: %+v, %d members", killed, done.Import, w.members())
		}
		again := w.brought(w.uploaded(people(1200, nil)))
		if again.Same != 1200 || w.members() != 1200 {
			t.Errorf("the same file again: %+v", again.Import)
		}
	})
}

func TestUndoingTakesBackAllButWhoHasAnswered(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		// Somebody is here already, with other words.
		w.brought(w.uploaded("First name;E-mail;Country of origin;Occupation\nAma;awa1@example.org;Ghana;Midwife\n"))
		f := w.brought(w.uploaded(people(5, nil)))
		if f.Added != 4 || f.Updated != 1 {
			t.Fatalf("%+v", f.Import)
		}
		var answered string
		err := db.View(t.Context(), func(tx *store.Tx) error {
			return tx.Raw(`SELECT id FROM professionals WHERE email = 'awa2@example.org'`).Scan(&answered).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		made, err := w.Registry.Invite(t.Context(), w.Association, answered)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Registry.Accept(t.Context(), identity.Actor{}, made.Secret, registry.Account{Password: identitytest.Password, Locale: "en"}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Intake.Undo(t.Context(), w.Association, f.ID, f.Version); err != nil {
			t.Fatal(err)
		}
		w.works()
		undone := w.found(f.ID)
		if undone.State != intake.Undone || undone.Removed != 3 || undone.Restored != 1 || undone.Kept != 1 || w.members() != 2 {
			t.Errorf("undone: %+v, %d members", undone.Import, w.members())
		}
		var before registry.Professional
		err = db.View(t.Context(), func(tx *store.Tx) error { return tx.Where("email = ?", "awa1@example.org").Take(&before).Error })
		if err != nil || before.GivenName != "Ama" || before.OccupationTitle != "Midwife" {
			t.Errorf("who was here before is %s, %s (%v)", before.GivenName, before.OccupationTitle, err)
		}
	})
}

func TestOfTwoOfficersOneStartsAndTheOtherIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		storetest.OneWins(t, storetest.Race(t, 5, 8, func() func(round, writer int) error {
			imports := map[int]intake.Found{}
			for round := range 5 {
				imports[round] = w.uploaded(people(3, nil))
			}
			return func(round, _ int) error {
				_, err := w.Intake.Start(t.Context(), w.Association, imports[round].ID, imports[round].Version)
				return err
			}
		}()), fault.Stale)
		w.works()
		if n := w.members(); n != 3 {
			t.Errorf("%d members", n)
		}
	})
}

func TestNobodyElseSeesAnImport(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	f := w.uploaded(people(2, nil))
	for _, who := range []identity.Actor{w.Coordinator, w.Host, w.Other.Association, {}} {
		if _, err := w.Intake.Find(t.Context(), who, f.ID); !fault.Is(err, fault.Missing) {
			t.Errorf("%s finds it: %v", who.Role, err)
		}
	}
}

func TestTheFileOfErrorsCanBeMendedAndSentAgain(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	f := w.brought(w.uploaded(people(10, func(i int, cells []string) {
		if i == 4 {
			cells[2] = "awa4.example.org"
		}
	})))
	_, rows, err := w.Intake.Errors(t.Context(), w.Association, f.ID, "en")
	if err != nil || len(rows) != 2 || rows[1][10] != "6" || !strings.Contains(rows[1][11], "e-mail") {
		t.Fatalf("%q %v", rows, err)
	}
	rows[1][2] = "awa4@example.org"
	text, err := sheets.WriteCSV(rows)
	if err != nil {
		t.Fatal(err)
	}
	mended := w.brought(w.uploaded(string(text)))
	if mended.Added != 1 || w.members() != 10 {
		t.Errorf("%+v, %d members", mended.Import, w.members())
	}
}
