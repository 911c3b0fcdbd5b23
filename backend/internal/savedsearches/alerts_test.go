// SPDX-License-Identifier: AGPL-3.0-or-later

package savedsearches_test

import (
	"slices"
	"testing"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/savedsearches"
	"sankofa/backend/internal/store"
)

func TestAWatchedNeedTellsWhoComesAmongTheBest(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		n := w.published()
		first := w.arrives("NL", "midwife")
		v, err := w.Saved.Save(t.Context(), w.Coordinator, savedsearches.Written{Kind: savedsearches.Need, Name: "Midwives", NeedRef: n.ID, Best: 2, Following: savedsearches.Following{Frequency: savedsearches.Instant}})
		if err != nil || v.NeedReference != n.Reference {
			t.Fatalf("%+v, %v", v, err)
		}
		if _, err := w.Saved.Save(t.Context(), w.Coordinator, savedsearches.Written{Kind: savedsearches.Need, Name: "Again", NeedRef: n.ID, Best: 5, Following: savedsearches.Following{Frequency: savedsearches.Instant}}); !fault.HasCode(err, "saved_search.twice") {
			t.Errorf("a second watch: %v", err)
		}
		w.delivered(w.Watcher)
		second := w.arrives("NL", "midwife")
		w.delivered(w.Watcher)
		if got := w.told(w.Coordinator); !slices.Equal(got, []string{second.ID}) {
			t.Errorf("told of %v, want %s; %s was there", got, second.ID, first.ID)
		}
		w.rewrites(second, "midwife still")
		w.delivered(w.Watcher)
		if got := w.told(w.Coordinator); len(got) != 1 {
			t.Errorf("told again: %v", got)
		}
		// When one of the best goes, the next one comes among them.
		third := w.arrives("NL", "midwife")
		w.delivered(w.Watcher)
		before := w.told(w.Coordinator)
		w.happens("consent.withdrawn", first.ID, func(tx *store.Tx) error { return privacy.HideIn(tx, first.ID) })
		w.delivered(w.Watcher)
		if got := w.told(w.Coordinator); !slices.Contains(got, third.ID) && !slices.Contains(before, third.ID) {
			t.Errorf("told of %v", got)
		}
		if _, err := w.Saved.Save(t.Context(), w.Other.Coordinator, savedsearches.Written{Kind: savedsearches.Need, Name: "Spy", NeedRef: n.ID, Best: 2, Following: savedsearches.Following{Frequency: savedsearches.Instant}}); !fault.Is(err, fault.Missing) {
			t.Errorf("the other programme watches: %v", err)
		}
	})
}

// published is an open need for midwives.
func (w *world) published() needs.Need {
	w.t.Helper()
	n := needs.Need{ID: id.New(), Reference: "GH-2027-0001", ProgrammeID: w.Programme.ID, OrganisationID: w.HostOrg.ID, State: needs.Published, CreatedBy: "u", Title: "Midwives", Language: "en",
		Sector: "health", ISCO: "2222", Country: "GH", StartsOn: "2027-02-01", EndsOn: "2027-03-01", Modality: "onsite", Headcount: 1, Version: 1}
	w.happens("need.published", n.ID, func(tx *store.Tx) error {
		n.CreatedAt, n.UpdatedAt = tx.Now, tx.Now
		return tx.Create(&n).Error
	})
	return n
}

func TestAlertsAreReadAndPaged(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.saves(w.Coordinator, same)
		for range 5 {
			w.arrives("IT", "dialysis")
			w.delivered(w.Watcher)
		}
		var all []savedsearches.Alert
		after := ""
		for pages := 0; pages == 0 || after != ""; pages++ {
			part, next, err := w.Saved.Alerts(t.Context(), w.Coordinator, savedsearches.Filter{Limit: 2, After: after})
			if err != nil || pages > 4 {
				t.Fatalf("page %d: %v", pages, err)
			}
			all, after = append(all, part...), next
		}
		seen := map[string]bool{}
		for _, a := range all {
			seen[a.ProfessionalID] = true
			if a.Person == "" || a.SearchName != "Dialysis in Italy" || a.Read || a.Summary.OccupationTitle == "" {
				t.Errorf("%+v", a)
			}
		}
		if len(all) != 5 || len(seen) != 5 {
			t.Errorf("%d alerts about %d people", len(all), len(seen))
		}
		if n, err := w.Saved.Read(t.Context(), w.Second, []string{all[0].ID}); n != 0 || err != nil {
			t.Errorf("another reads mine: %d, %v", n, err)
		}
		if n, err := w.Saved.Read(t.Context(), w.Coordinator, []string{all[0].ID, all[1].ID}); n != 2 || err != nil {
			t.Errorf("read %d, %v", n, err)
		}
		if n, err := w.Saved.Unread(t.Context(), w.Coordinator); n != 3 || err != nil {
			t.Errorf("unread %d, %v", n, err)
		}
		if n, err := w.Saved.Read(t.Context(), w.Coordinator, nil); n != 3 || err != nil {
			t.Errorf("read all: %d, %v", n, err)
		}
		if _, _, err := w.Saved.Alerts(t.Context(), w.Coordinator, savedsearches.Filter{After: "%"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("a cursor of nonsense: %v", err)
		}
	})
}
