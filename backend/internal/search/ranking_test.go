// SPDX-License-Identifier: AGPL-3.0-or-later

package search_test

import (
	"testing"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

func TestTheAgronomistWhoWritesItalianIsFirstForTheFrenchNeed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.crowd(100)
		m := w.Added(moussa())[0]
		need := w.publish(same)
		w.built()
		r := w.rank(need, 3)
		if r.Source != "index" || len(r.Candidates) != 3 {
			t.Fatalf("%d candidates by the %s", len(r.Candidates), r.Source)
		}
		first := r.Candidates[0]
		if first.ProfessionalID != m.ID || first.Person != m.Pseudonym {
			t.Fatalf("the first is %+v", first)
		}
		for _, c := range first.Criteria {
			if c.Name == "skill.required" && (c.Concept != "agriculture.drip-irrigation" || c.Evidence.Person != "irrigazione a goccia" || c.Status != matching.Met) {
				t.Errorf("the reason is %+v", c)
			}
		}
	})
}

// TestIndexAndDatabaseRankAlike is the contract of both searchers.
func TestIndexAndDatabaseRankAlike(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.crowd(260)
		var all []needs.Terms
		for _, change := range []func(*needs.Terms){
			same,
			func(n *needs.Terms) { n.ShortestDays = 14 },
			func(n *needs.Terms) { n.LicenceRequired, n.ISCO, n.Country = true, "2222", "GH" },
			func(n *needs.Terms) { n.Modality, n.Languages[0].Required = "virtual", false },
			func(n *needs.Terms) { n.Modality, n.Criteria, n.Country = "hybrid", nil, "CD" },
			func(n *needs.Terms) { n.Criteria[0].Concept, n.Criteria[1].Label = "", "gestione" },
			func(n *needs.Terms) { n.StartsOn, n.EndsOn = "2027-03-01", "2027-08-31" },
			func(n *needs.Terms) { n.Country = "XX" },
		} {
			all = append(all, w.publish(change))
		}
		byDatabase := make([]string, len(all))
		for i, need := range all {
			r := w.rank(need, 200)
			if r.Source != "database" {
				t.Fatalf("the %s answered without an index", r.Source)
			}
			byDatabase[i] = spell(r)
		}
		w.built()
		passed := 0
		for i, need := range all {
			r := w.rank(need, 200)
			if r.Source != "index" {
				t.Fatalf("the %s answered", r.Source)
			}
			if got := spell(r); got != byDatabase[i] {
				t.Errorf("need %d: the index differs: %s", i, difference(got, byDatabase[i]))
			}
			removed := 0
			for _, e := range r.Excluded {
				removed += e.Count
			}
			if r.Considered-removed != r.Passed || r.Passed != min(200, len(r.Candidates)) {
				t.Errorf("need %d: %d considered, %d removed, %d passed, %d shown", i, r.Considered, removed, r.Passed, len(r.Candidates))
			}
			passed += r.Passed
		}
		if passed < 30 {
			t.Errorf("only %d people passed in all: the needs ask too much to tell anything", passed)
		}
	})
}

// TestAnOldProfileIsMarkedAndLosesNoPoints holds what feature 25 promises of rankings.
func TestAnOldProfileIsMarkedAndLosesNoPoints(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		m := w.Added(moussa())[0]
		need := w.publish(same)
		w.built()
		before := w.rank(need, 1).Candidates[0]
		if before.Summary.NotConfirmedSince != "" {
			t.Errorf("a new profile is marked: %s", before.Summary.NotConfirmedSince)
		}
		since := db.Now().Add(-registry.SinkAfter)
		err := db.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(`UPDATE professionals SET confirmed_at = ? WHERE id = ?`, since, m.ID).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		after := w.rank(need, 1).Candidates[0]
		if after.Summary.NotConfirmedSince != day.Of(since) || after.Score != before.Score {
			t.Errorf("after 270 days it says %q with %d points, want %q with %d", after.Summary.NotConfirmedSince, after.Score, day.Of(since), before.Score)
		}
	})
}
