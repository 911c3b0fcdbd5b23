// SPDX-License-Identifier: AGPL-3.0-or-later

package search_test

import (
	"encoding/json"
	"testing"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// loosened asks what loosening a need would bring in.
func (w *world) loosened(need needs.Terms) []search.Loosening {
	w.t.Helper()
	return must[[]search.Loosening](w.t)(w.Search.Loosen(w.t.Context(), w.Coordinator, need.Reference))
}

// of returns the loosening of one condition.
func of(all []search.Loosening, c matching.Condition) search.Loosening {
	for _, one := range all {
		if one.Condition == c {
			return one
		}
	}
	return search.Loosening{}
}

// TestLooseningBringsInWhomItSays changes the need as each loosening says and
// counts who passes then.
func TestLooseningBringsInWhomItSays(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.crowd(300)
	need := w.publish(same)
	w.built()
	before := w.rank(need, 1).Passed
	after := func(change func(*needs.Terms)) int { return w.rank(w.publish(change), 1).Passed - before }
	all := w.loosened(need)
	steps := 0
	for _, step := range of(all, matching.Availability).Steps {
		steps++
		if got := after(func(n *needs.Terms) { n.ShortestDays = step.Days }); got != step.Gain {
			t.Errorf("%d days bring in %d, not %d", step.Days, got, step.Gain)
		}
	}
	tongue := of(all, matching.Languages)
	if got := after(func(n *needs.Terms) { n.Languages[0].Required = false }); got != tongue.Gain {
		t.Errorf("without French %d come in, not %d", got, tongue.Gain)
	}
	for _, step := range tongue.Steps {
		steps++
		got := after(func(n *needs.Terms) {
			n.Languages[0].Spoken, n.Languages[0].Written = registry.ParseCEFR(step.Spoken), registry.ParseCEFR(step.Written)
		})
		if got != step.Gain || step.Language != "fr" {
			t.Errorf("%+v brings in %d", step, got)
		}
	}
	if tongue.Gain == 0 || steps < 3 {
		t.Errorf("%d gain by language, %d steps: too little to tell anything", tongue.Gain, steps)
	}
}

func TestIndexAndDatabaseLoosenAlike(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.crowd(160)
		var all []needs.Terms
		for _, change := range []func(*needs.Terms){
			same,
			func(n *needs.Terms) { n.ShortestDays = 14 },
			func(n *needs.Terms) { n.LicenceRequired, n.ISCO, n.Country = true, "2222", "GH" },
			func(n *needs.Terms) { n.Modality, n.Languages[0].Required = "virtual", false },
			func(n *needs.Terms) { n.Modality, n.Country = "hybrid", "CD" },
			func(n *needs.Terms) { n.StartsOn, n.EndsOn = "2027-03-01", "2027-08-31" },
			func(n *needs.Terms) { n.StartsOn, n.EndsOn = "", "" },
			func(n *needs.Terms) { n.Country = "XX" },
		} {
			all = append(all, w.publish(change))
		}
		spelt := func(need needs.Terms) string {
			text, err := json.Marshal(w.loosened(need))
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
		byDatabase := make([]string, len(all))
		for i, need := range all {
			byDatabase[i] = spelt(need)
		}
		w.built()
		gains := map[matching.Condition]int{}
		for i, need := range all {
			if got := spelt(need); got != byDatabase[i] {
				t.Errorf("need %d: the index says %s, the database %s", i, got, byDatabase[i])
			}
			for _, one := range w.loosened(need) {
				gains[one.Condition] += one.Gain
			}
		}
		for _, c := range []matching.Condition{matching.Availability, matching.Languages, matching.Licences, matching.Modality} {
			if gains[c] == 0 {
				t.Errorf("no need is kept from anybody by %s alone: too little to tell anything", c)
			}
		}
	})
}

func TestOnlyTheCoordinatorLoosens(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	need := w.publish(same)
	for _, who := range []identity.Actor{w.Host, w.Ministry, w.Association, {}} {
		if _, err := w.Search.Loosen(t.Context(), who, need.Reference); !fault.Is(err, fault.Missing) {
			t.Errorf("the %s is told %v", who.Role, err)
		}
	}
}
