// SPDX-License-Identifier: AGPL-3.0-or-later

package selection_test

import (
	"context"
	"testing"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/placements/placementstest"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

func TestOneDecisionAStepHoweverManyDecide(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		storetest.Warm(t, db)
		calls, people := w.Of.Batch(1, needs.InSelection, 100), w.People(storetest.Rounds)
		offers := w.OfferedEach(calls, people)[0]
		err := db.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(`UPDATE candidacies SET state = 'SHORTLISTED'`).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		second := w.Officer("colleague@test.invalid", w.HostOrg.ID, w.Programme.ID, identity.Host)
		outcomes := storetest.Race(t, storetest.Rounds, storetest.Writers, func(round, writer int) error {
			who, opinion := w.Host, placementstest.Yes
			if writer%2 == 1 {
				who, opinion = second, placementstest.No
			}
			_, err := w.Selection.Endorse(context.Background(), who, offers[round].ID, 1, opinion)
			return err
		})
		storetest.OneWins(t, outcomes, fault.Conflict, fault.Stale)
		var decisions int64
		_ = db.View(t.Context(), func(tx *store.Tx) error { return tx.Model(&selection.Decision{}).Count(&decisions).Error })
		if decisions != storetest.Rounds {
			t.Errorf("%d decisions of %d", decisions, storetest.Rounds)
		}
	})
}

func TestOnePostIsAcceptedOnceHoweverManyAccept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		storetest.Warm(t, db)
		people := make([][]identity.Actor, storetest.Rounds)
		calls := w.Of.Batch(storetest.Rounds, needs.InSelection, 1)
		offers := make([][]selection.Candidacy, storetest.Rounds)
		everybody := w.People(storetest.Rounds * storetest.Writers)
		for round := range people {
			people[round] = everybody[round*storetest.Writers : (round+1)*storetest.Writers]
			offers[round] = w.OfferedEach(calls[round:round+1], people[round])[0]
		}
		outcomes := storetest.Race(t, storetest.Rounds, storetest.Writers, func(round, writer int) error {
			_, err := w.Selection.Accept(context.Background(), people[round][writer], offers[round][writer].ID, 1, true)
			return err
		})
		storetest.OneWins(t, outcomes)
	})
}

func TestACandidacyEndsOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		storetest.Warm(t, db)
		people := w.People(storetest.Rounds)
		offers := w.OfferedEach(w.Of.Batch(1, needs.InSelection, 100), people)[0]
		outcomes := storetest.Race(t, storetest.Rounds, storetest.Writers, func(round, writer int) (err error) {
			person, c := people[round], offers[round]
			switch writer % 3 {
			case 0:
				_, err = w.Selection.Accept(context.Background(), person, c.ID, 1, true)
			case 1:
				_, err = w.Selection.Decline(context.Background(), person, c.ID, 1, "")
			default:
				_, err = w.Selection.Withdraw(context.Background(), person, c.ID, 1, "")
			}
			return err
		})
		storetest.OneWins(t, outcomes, fault.Conflict, fault.Stale)
		err := db.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(`UPDATE candidacies SET state = 'OFFERED' WHERE state IN ('ACCEPTED', 'DECLINED', 'WITHDRAWN')`).Error
		})
		if !fault.HasCode(err, "candidacies.final") {
			t.Errorf("an ended candidacy was opened again: %v", err)
		}
	})
}
