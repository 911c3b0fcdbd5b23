// SPDX-License-Identifier: AGPL-3.0-or-later

package needs_test

import (
	"context"
	"fmt"
	"testing"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/needs/needstest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

func TestReferencesAreUniqueAndWithoutGaps(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		storetest.Warm(t, db)
		const rounds = 5
		outcomes := storetest.Race(t, rounds, storetest.Writers, func(_, writer int) error {
			form := needs.Form{Title: "A draft"}
			if writer%4 == 0 {
				form.Title = "" // refused, and takes no number with it
			}
			_, err := w.Needs.Draft(context.Background(), w.Host, form)
			return err
		})
		made := 0
		for _, outcome := range outcomes {
			made += len(storetest.Winners(outcome))
		}
		var references []string
		err := db.View(t.Context(), func(tx *store.Tx) error {
			return tx.Model(&needs.Need{}).Order("reference").Pluck("reference", &references).Error
		})
		if err != nil || len(references) != made || made != rounds*24 {
			t.Fatalf("%d references for %d drafts (%v), want %d", len(references), made, err, rounds*24)
		}
		for i, got := range references {
			if want := fmt.Sprintf("GH-2026-%04d", i+1); got != want {
				t.Fatalf("reference %d is %s, want %s", i, got, want)
			}
		}
	})
}

func TestOneReviewAStepHoweverManyDecide(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		storetest.Warm(t, db)
		all := w.Batch(storetest.Rounds, needs.Submitted, 1)
		outcomes := storetest.Race(t, storetest.Rounds, storetest.Writers, func(round, writer int) error {
			n := all[round]
			var err error
			if writer%2 == 0 {
				_, err = w.Needs.Validate(context.Background(), w.Ministry, n.ID, n.Version, "")
			} else {
				_, err = w.Needs.Reject(context.Background(), w.Coordinator, n.ID, n.Version, "No.")
			}
			return err
		})
		storetest.OneWins(t, outcomes, fault.Conflict, fault.Stale)
	})
}

func TestAPostIsNeverFilledTwice(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		storetest.Warm(t, db)
		all := w.Batch(storetest.Rounds, needs.InSelection, 3)
		outcomes := storetest.Race(t, storetest.Rounds, storetest.Writers, func(round, _ int) error {
			return db.Change(context.Background(), store.System, func(tx *store.Tx) error {
				_, err := needs.FillIn(tx, all[round].ID, nil)
				return err
			})
		})
		storetest.LosersAreTold(t, outcomes)
		for round, outcome := range outcomes {
			if winners := storetest.Winners(outcome); len(winners) != 3 {
				t.Errorf("round %d: %d posts of 3 were filled", round, len(winners))
			}
		}
	})
}

func TestTerminalStatesAreFinalInTheDatabaseToo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		n := w.Submitted()
		n = w.Must(w.Needs.Reject(t.Context(), w.Ministry, n.ID, n.Version, "No."))
		err := db.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(`UPDATE needs SET state = 'DRAFT' WHERE id = ?`, n.ID).Error
		})
		if !fault.HasCode(err, "needs.final") {
			t.Errorf("got %v, want the rule needs.final", err)
		}
	})
}
