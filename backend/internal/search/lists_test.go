// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"slices"
	"testing"
)

func TestFusingPutsFirstWhoIsHighOnSeveralLists(t *testing.T) {
	for _, c := range []struct {
		lists [][]uint64
		want  []uint64
	}{
		{[][]uint64{{1, 2, 3}, {2, 3, 1}, {2, 1, 3}}, []uint64{2, 1, 3}},
		{[][]uint64{{7}, {7, 5}, {9, 5}}, []uint64{7, 5, 9}},
		{[][]uint64{{4, 3}, {3, 4}}, []uint64{3, 4}}, // the same points: the lower number
		{[][]uint64{{}, nil}, []uint64{}},
	} {
		if got := fuse(c.lists...); !slices.Equal(got, c.want) {
			t.Errorf("%v fuse to %v, want %v", c.lists, got, c.want)
		}
	}
}

func TestBestKeepsThoseWithTheMostPoints(t *testing.T) {
	got := best(map[uint64]int{5: 10, 3: 10, 8: 99, 1: 1}, 3)
	if want := []uint64{8, 3, 5}; !slices.Equal(got, want) {
		t.Errorf("the best are %v, want %v", got, want)
	}
}

func TestGramsMeetAcrossAccentsAndEndings(t *testing.T) {
	texts, err := newAnalyzers()
	if err != nil {
		t.Fatal(err)
	}
	one, other := texts.grams("Ingénieur"), texts.grams("ingenieurs")
	for _, gram := range one {
		if !slices.Contains(other, gram) {
			t.Errorf("%q of one title is not in the other's %v", gram, other)
		}
	}
	if !slices.Contains(one, "inge") || slices.Contains(one, "in") {
		t.Errorf("the grams are %v", one)
	}
}
