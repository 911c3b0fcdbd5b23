// SPDX-License-Identifier: AGPL-3.0-or-later

package search_test

import (
	"testing"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// TestManyNeedsAtOnceRankAsOneByOne: the proposal for a whole programme must rest
// on the same scores as each ranking.
func TestManyNeedsAtOnceRankAsOneByOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.crowd(120)
		all := []needs.Terms{
			w.publish(func(n *needs.Terms) { n.ShortestDays = 14 }),
			w.publish(func(n *needs.Terms) { n.Country, n.Modality = "GH", "virtual" }),
			w.publish(func(n *needs.Terms) { n.Country, n.Criteria, n.Languages = "CD", nil, nil }),
			w.publish(func(n *needs.Terms) { n.Country = "XX" }),
		}
		var ids []string
		for _, need := range all {
			ids = append(ids, need.ID)
		}
		for _, source := range []string{"database", "index"} {
			var want []search.Suited
			for _, need := range all {
				r := w.rank(need, 7)
				if r.Source != source {
					t.Fatalf("the %s answered", r.Source)
				}
				for _, c := range r.Candidates {
					want = append(want, search.Suited{NeedID: need.ID, ProfessionalID: c.ProfessionalID, Pseudonym: c.Person, Score: c.Score})
				}
			}
			got, err := w.Search.Suitable(t.Context(), w.Coordinator, ids, 7)
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != len(want) || len(want) < 15 {
				t.Fatalf("by the %s: %d people, want %d", source, len(got), len(want))
			}
			for i := range want {
				if got[i] != want[i] {
					t.Errorf("by the %s: number %d is %+v, want %+v", source, i, got[i], want[i])
				}
			}
			w.built()
		}
	})
}

func TestOnlyTheCoordinatorOfTheProgrammeSeesWhoSuitsManyNeeds(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.crowd(10)
	need := w.publish(same)
	w.built()
	if _, err := w.Search.Suitable(t.Context(), w.Host, []string{need.ID}, 5); !fault.Is(err, fault.Missing) {
		t.Errorf("an officer of a host: got %v, want that there is nothing", err)
	}
	if _, err := w.Search.Suitable(t.Context(), w.Coordinator, []string{need.ID, "nothing"}, 5); !fault.Is(err, fault.Missing) {
		t.Errorf("an unknown need: got %v, want that there is nothing", err)
	}
}
