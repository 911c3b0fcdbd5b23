// SPDX-License-Identifier: AGPL-3.0-or-later

package placements_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/placements/placementstest"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

func TestOnlyWhatHasNotBegunIsCancelled(t *testing.T) {
	for _, state := range placements.States {
		p := placements.Placement{State: state}
		err := p.Cancel("Ill.")
		legal := state == placements.Preparing || state == placements.Cleared
		if legal && (err != nil || p.State != placements.Cancelled || p.Reason != "Ill.") {
			t.Errorf("%s: got %v and %s, want it cancelled", state, err, p.State)
		}
		if !legal && (!fault.Is(err, fault.Conflict) || p.State != state) {
			t.Errorf("%s: got %v and %s, want a conflict and no change", state, err, p.State)
		}
	}
}

func TestASecondBookingOfTheSameDaysNamesThemAndNothingElse(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		ama := w.People(1)[0]
		w.Placed(w.Of.Published(), ama)
		second := w.Of.Published()
		c := w.Offered(second, ama)
		_, err := w.Selection.Accept(t.Context(), ama, c.ID, c.Version, true)
		message := fault.Of(err).Message
		if !fault.HasCode(err, placements.Overlap) || !strings.Contains(message, "2027-02-01 to 2027-04-25") || strings.Contains(message, "GH-") {
			t.Errorf("got %v, want the days of the other booking", err)
		}
		n := w.Of.Must(w.Of.Needs.Find(t.Context(), w.Coordinator, second.ID))
		if n.State != needs.InSelection || n.Filled != 0 {
			t.Errorf("the refused acceptance left the need %s with %d filled", n.State, n.Filled)
		}
		if v := w.Must(w.Selection.Find(t.Context(), w.Coordinator, c.ID)); v.State != selection.Offered || len(v.Decisions) != 4 {
			t.Errorf("the refused acceptance left the candidacy %s with %d decisions", v.State, len(v.Decisions))
		}
	})
}

func TestCancellingFreesTheDaysAndThePost(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		ama := w.People(1)[0]
		n := w.Of.Published()
		_, p := w.Placed(n, ama)
		c := w.Offered(w.Of.Published(), ama)
		if _, err := w.Placements.Cancel(t.Context(), w.Host, p.Reference, p.Version, " "); !fault.Is(err, fault.Invalid) {
			t.Errorf("without a reason: %v", err)
		}
		if _, err := w.Placements.Cancel(t.Context(), w.Host, p.Reference, p.Version+1, "x"); !fault.Is(err, fault.Stale) {
			t.Errorf("an older version: %v", err)
		}
		cancelled, err := w.Placements.Cancel(t.Context(), w.Host, p.Reference, p.Version, "The ward moves.")
		if err != nil || cancelled.State != placements.Cancelled || cancelled.Can.Cancel || cancelled.Name != "" {
			t.Fatalf("got %s, name %q, can %+v (%v)", cancelled.State, cancelled.Name, cancelled.Can, err)
		}
		after := w.Of.Must(w.Of.Needs.Find(t.Context(), w.Coordinator, n.ID))
		if after.State != needs.InSelection || after.Filled != 0 {
			t.Errorf("the need is %s with %d filled", after.State, after.Filled)
		}
		w.Must(w.Selection.Accept(t.Context(), ama, c.ID, c.Version, true))
		err = db.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(`UPDATE placements SET state = 'PREPARING' WHERE id = ?`, p.ID).Error
		})
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("a cancelled placement came back to life: %v", err)
		}
	})
}

func TestNobodyListsWhatTheyMayNotFind(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		people := w.People(2)
		_, p := w.Placed(w.Of.Published(), people[0])
		everybody := w.Of.Everybody()
		everybody["herself"], everybody["another person"] = people[0], people[1]
		may := []string{"herself", "association", "host", "ministry", "coordinator"}
		for name, who := range everybody {
			page, err := w.Placements.List(t.Context(), who, placements.Filter{States: []placements.State{placements.Preparing}})
			if err != nil {
				t.Fatal(err)
			}
			_, err = w.Placements.Find(t.Context(), who, p.Reference)
			if !slices.Contains(may, name) {
				if len(page.Items) != 0 || !fault.Is(err, fault.Missing) {
					t.Errorf("the %s lists %d and finds it (%v)", name, len(page.Items), err)
				}
				if _, err := w.Placements.Cancel(t.Context(), who, p.ID, p.Version, "x"); !fault.Is(err, fault.Missing) {
					t.Errorf("the %s cancels it: %v", name, err)
				}
				continue
			}
			if len(page.Items) != 1 || err != nil || page.Items[0].Name != "Ama Boateng" || page.Items[0].Can.Cancel != (name != "association") {
				t.Errorf("the %s lists %+v and finds it (%v)", name, page.Items, err)
			}
		}
		if _, err := w.Placements.Cancel(t.Context(), w.Association, p.ID, p.Version, "x"); !fault.Is(err, fault.Denied) {
			t.Errorf("the association cancels it: %v", err)
		}
		if _, err := w.Placements.List(t.Context(), w.Host, placements.Filter{States: []placements.State{"ODD"}, After: "x", Limit: 101}); len(fault.Of(err).Fields) != 3 {
			t.Errorf("a filter that cannot be meant: %v", err)
		}
	})
}

func TestOneBookingAPersonAndPeriodHoweverManyBook(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		storetest.Warm(t, db)
		people := w.People(storetest.Rounds)
		offers := w.OfferedEach(w.Of.Batch(storetest.Writers, needs.InSelection, 100), people)
		outcomes := storetest.Race(t, storetest.Rounds, storetest.Writers, func(round, writer int) error {
			_, err := w.Selection.Accept(context.Background(), people[round], offers[writer][round].ID, 1, true)
			return err
		})
		storetest.OneWins(t, outcomes)
		for round, outcome := range outcomes {
			for writer, err := range outcome {
				if err != nil && (!fault.HasCode(err, placements.Overlap) || !strings.Contains(fault.Of(err).Message, "2027-02-01")) {
					t.Fatalf("round %d, writer %d: got %v, want the days of the other booking", round, writer, err)
				}
			}
		}
		var references []string
		err := db.View(t.Context(), func(tx *store.Tx) error {
			return tx.Model(&placements.Placement{}).Order("reference").Pluck("reference", &references).Error
		})
		if err != nil || len(slices.Compact(references)) != storetest.Rounds || references[len(references)-1] != "GH-P-2026-0100" {
			t.Errorf("%d references up to %s (%v)", len(references), references[len(references)-1], err)
		}
	})
}

func TestTheDatabaseRefusesAnOverlapByItself(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		people := w.People(1)
		offers := w.OfferedEach(w.Of.Batch(2, needs.InSelection, 1), people)
		row := func(c selection.Candidacy, reference, from, to string) error {
			return db.Keep(t.Context(), func(tx *store.Tx) error {
				return tx.Exec(`INSERT INTO placements (id, reference, programme_id, need_id, candidacy_id, professional_id, organisation_id,
					state, modality, from_on, to_on, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, 'PREPARING', 'onsite', ?, ?, ?, ?)`,
					reference, reference, w.Programme.ID, c.NeedID, c.ID, c.ProfessionalID, w.HostOrg.ID, from, to, tx.Now, tx.Now).Error
			})
		}
		if err := row(offers[0][0], "A", "2027-02-01", "2027-02-28"); err != nil {
			t.Fatal(err)
		}
		if err := row(offers[1][0], "B", "2027-02-28", "2027-03-10"); !fault.HasCode(err, placements.Overlap) {
			t.Errorf("a shared day: got %v, want the rule %s", err, placements.Overlap)
		}
		if err := row(offers[1][0], "B", "2027-03-01", "2027-03-10"); err != nil {
			t.Errorf("the day after: %v", err)
		}
		err := db.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(`UPDATE placements SET from_on = ? WHERE reference = 'B'`, "2027-02-20").Error
		})
		if !fault.HasCode(err, placements.Overlap) {
			t.Errorf("moved into the other: got %v, want the rule %s", err, placements.Overlap)
		}
	})
}

func TestAnAssociationSeesTheStatusAndNotTheReason(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		_, p := w.Placed(w.Of.Published(), w.People(1)[0])
		if _, err := w.Placements.Cancel(t.Context(), w.Coordinator, p.ID, p.Version, "Her licence was refused."); err != nil {
			t.Fatal(err)
		}
		for role, who := range map[string]identity.Actor{"association": w.Association, "coordinator": w.Coordinator} {
			v, err := w.Placements.Find(t.Context(), who, p.Reference)
			if err != nil || v.State != placements.Cancelled || (v.Reason == "") != (role == "association") {
				t.Errorf("the %s reads %s because %q (%v)", role, v.State, v.Reason, err)
			}
		}
	})
}

func TestOnlyCompletedPlacementsSpeakForTheirPerson(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		ama := w.People(1)[0]
		need := w.Of.Published()
		w.Placed(need, ama)
		completed := func(people []string) (found []placements.Served) {
			err := db.View(t.Context(), func(tx *store.Tx) (err error) {
				found, err = placements.CompletedIn(tx, people)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return found
		}
		if got := completed(nil); len(got) > 0 {
			t.Errorf("nobody has completed anything, and yet %+v", got)
		}
		err := db.Change(t.Context(), store.System, func(tx *store.Tx) error {
			tx.Emit("placement.completed", ama.ProfessionalID)
			return tx.Model(&placements.Placement{}).Where("professional_id = ?", ama.ProfessionalID).Update("state", placements.Completed).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, people := range [][]string{nil, {ama.ProfessionalID, "nobody"}} {
			if got := completed(people); len(got) != 1 || got[0].ProfessionalID != ama.ProfessionalID || got[0].ISCO != need.ISCO || got[0].To != "2027-04-25" {
				t.Errorf("of %v: %+v", people, got)
			}
		}
		if got := completed([]string{"nobody"}); len(got) > 0 {
			t.Errorf("nobody has %+v", got)
		}
	})
}
