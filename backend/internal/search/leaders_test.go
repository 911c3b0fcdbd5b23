// SPDX-License-Identifier: AGPL-3.0-or-later

package search_test

import (
	"math"
	"runtime"
	"slices"
	"testing"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/store/storetest"
)

// TestWhoIsLetGoWasNotAmongTheBest compares the few best, for whom others are let go
// on the way, with the head of the order of everybody: of one country and of all, by
// one processor and by several.
func TestWhoIsLetGoWasNotAmongTheBest(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.crowd(400)
	w.built()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	shown, ahead := 0, 0
	for i := range 40 {
		w.Search.RankTogether(1000 * (i % 2))
		terms := w.anyNeed()
		need := w.Search.Reading().Need(terms)
		for _, country := range []string{need.Country, ""} {
			need.Country = country
			all, err := w.Search.Order(t.Context(), need, terms.ProgrammeID, math.MaxInt)
			if err != nil {
				t.Fatal(err)
			}
			for _, most := range []int{0, 1, 3, 10, 50} {
				got, err := w.Search.Order(t.Context(), need, terms.ProgrammeID, most)
				if err != nil {
					t.Fatal(err)
				}
				want := all.Best[:min(most, len(all.Best))]
				if !slices.Equal(got.Best, want) {
					t.Fatalf("the best %d in %q are %v, want %v", most, country, got.Best, want)
				}
				if got.Passed != all.Passed || got.Known != all.Known {
					t.Errorf("%d of %d pass with %d wanted, and %d of %d with all", got.Passed, got.Known, most, all.Passed, all.Known)
				}
				for _, c := range matching.Conditions {
					if got.Removed[c] != all.Removed[c] {
						t.Errorf("%s removed %d with %d wanted, and %d with all", c, got.Removed[c], most, all.Removed[c])
					}
				}
				shown, ahead = shown+len(want), ahead+len(all.Best)-len(want)
			}
		}
	}
	if shown < 500 || ahead < 2000 {
		t.Errorf("only %d shown and %d behind them: too few to tell anything", shown, ahead)
	}
}
