// SPDX-License-Identifier: AGPL-3.0-or-later

package intake_test

import (
	"testing"

	"sankofa/backend/internal/intake"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

func TestOfWhoMayBeHereAlreadyAPersonDecidesRowByRow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.brought(w.uploaded(people(4, nil)))
		// The same four, at other addresses, and now with years of experience.
		again := people(4, func(i int, cells []string) { cells[2] = "other-" + cells[2]; cells[7] = "Pharmacienne" })
		f := w.uploaded(again)
		trial := w.tried(f)
		if trial.Counts[intake.Duplicate] != 4 {
			t.Fatalf("dry run: %v, want four who may be here already", trial.Counts)
		}
		set := f.Settings
		set.Rows = map[int]intake.Decision{2: intake.AddRow, 3: intake.UpdateRow, 4: intake.SkipRow}
		f, err := w.Intake.Adjust(t.Context(), w.Association, f.ID, f.Version, set)
		if err != nil {
			t.Fatal(err)
		}
		trial = w.tried(f)
		if trial.Counts[intake.New] != 1 || trial.Counts[intake.Update] != 1 || trial.Counts[intake.Duplicate] != 2 || len(trial.Duplicates) != 4 {
			t.Errorf("decided: %v with %d listed, want one new, one update, two left out, and all four to decide on", trial.Counts, len(trial.Duplicates))
		}
		done := w.brought(f)
		if done.Added != 1 || done.Updated != 1 || done.Duplicates != 2 || w.members() != 5 {
			t.Errorf("import: %+v, %d members", done.Import, w.members())
		}
		page, err := w.Registry.List(t.Context(), w.Association, registry.Filter{Query: "awa1@", Limit: 10})
		if err != nil || len(page.Items) != 1 || page.Items[0].Email != "awa1@example.org" || page.Items[0].OccupationTitle != "Pharmacienne" {
			t.Errorf("the updated member is %+v %v: the address of the invitation stays, the occupation is new", page.Items, err)
		}
		set.Rows = map[int]intake.Decision{2: "perhaps"}
		other := w.uploaded(again)
		if _, err := w.Intake.Adjust(t.Context(), w.Association, other.ID, other.Version, set); err == nil {
			t.Error("a decision that nobody knows is kept")
		}
	})
}
