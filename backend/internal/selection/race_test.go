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

func TestWhatIsSignedForAColleagueIsBothPeoples(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		colleague := w.Officer("colleague@test.invalid", w.HostOrg.ID, w.Programme.ID, identity.Host)
		n := w.Of.Published()
		c := w.Shortlisted(n, w.People(1)...)[0]
		acting := w.Host
		acting.UserID, acting.ForUserID = colleague.UserID, w.Host.UserID
		c = w.Must(w.Selection.Endorse(t.Context(), acting, c.ID, c.Version, placementstest.Yes))
		signed := c.Decisions[len(c.Decisions)-1]
		if signed.ByUser != colleague.UserID || signed.ForUser != w.Host.UserID || signed.By == "" || signed.For == "" {
			t.Errorf("signed as %+v, want by the colleague for the host's officer", signed)
		}
		// Neither of the two decides again, in whatever office, and nobody for them.
		in := func(office identity.Actor, user, behalf string) identity.Actor {
			office.UserID, office.ForUserID = user, behalf
			return office
		}
		for name, who := range map[string]identity.Actor{
			"the one who signed":               in(w.Ministry, colleague.UserID, ""),
			"the one it was signed for":        in(w.Ministry, w.Host.UserID, ""),
			"somebody for the one who signed":  in(w.Ministry, w.Ministry.UserID, colleague.UserID),
			"somebody for the absent one":      in(w.Ministry, w.Ministry.UserID, w.Host.UserID),
			"the one who signed, for a third":  in(w.Ministry, colleague.UserID, w.Ministry.UserID),
			"the absent one, for somebody too": in(w.Ministry, w.Host.UserID, w.Ministry.UserID),
		} {
			_, err := w.Selection.Clear(t.Context(), who, c.ID, c.Version, placementstest.Yes)
			if !fault.HasCode(err, "decision.same_person") {
				t.Errorf("%s: %v, want decision.same_person", name, err)
			}
			view, err := w.Selection.Find(t.Context(), who, c.ID)
			if err != nil || view.Can.Object {
				t.Errorf("%s is offered the decision (%v)", name, err)
			}
		}
		// The schema says the same, whatever the code forgets.
		err := db.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Create(&selection.Decision{ID: c.NeedID, CandidacyID: c.ID, Round: c.Round, Step: selection.StepNoObjection, Outcome: "yes",
				ByUser: w.Host.UserID, ByOrganisation: w.MinistryOrg.ID, At: tx.Now}).Error
		})
		if !fault.HasCode(err, "decisions.apart") {
			t.Errorf("past the service: %v, want decisions.apart", err)
		}
		w.Must(w.Selection.Clear(t.Context(), w.Ministry, c.ID, c.Version, placementstest.Yes))
	})
}

func TestAScorerDoesNotApproveByADelegate(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		c := w.Cleared(w.Of.Published(), w.People(1)[0])
		scorer := w.Officer("scorer@test.invalid", w.CoordinatorOrg.ID, w.Programme.ID, identity.Coordinator)
		err := db.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Create(&selection.Score{CandidacyID: c.ID, Round: 1, UserID: scorer.UserID, Criterion: c.ID, Level: 4, At: tx.Now}).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		acting := w.Coordinator
		acting.ForUserID = scorer.UserID
		if _, err := w.Selection.Approve(t.Context(), acting, c.ID, c.Version, placementstest.Yes); !fault.HasCode(err, "candidacy.scorer") {
			t.Errorf("approved for the scorer: %v, want candidacy.scorer", err)
		}
		w.Must(w.Selection.Approve(t.Context(), w.Coordinator, c.ID, c.Version, placementstest.Yes))
	})
}
