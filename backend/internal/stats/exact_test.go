// SPDX-License-Identifier: AGPL-3.0-or-later

package stats

import (
	"math"
	"testing"
)

func near(a, b float64) bool { return math.Abs(a-b) < 5e-4 }

func TestIntervalsAreThoseOfTheTables(t *testing.T) {
	for _, c := range []struct {
		k, n      int
		low, high float64
	}{
		{0, 10, 0, 0.3085}, {10, 10, 0.6915, 1}, {5, 10, 0.1871, 0.8129}, {1, 20, 0.0013, 0.2487}, {50, 100, 0.3983, 0.6017}, {0, 0, 0, 1},
	} {
		if low, high := Interval(c.k, c.n); !near(low, c.low) || !near(high, c.high) {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", c.k, c.n, low, high, c.low, c.high)
		}
	}
}

func TestFishersTestKnowsTheTea(t *testing.T) {
	for _, c := range []struct {
		k1, n1, k2, n2 int
		want           float64
	}{
		{3, 4, 1, 4, 0.4857}, // the lady tasting tea
		{1, 10, 11, 14, 0.0028}, {5, 10, 5, 10, 1}, {0, 5, 5, 5, 0.0079}, {2, 0, 1, 5, 1},
	} {
		if got := Fisher(c.k1, c.n1, c.k2, c.n2); !near(got, c.want) {
			t.Errorf("%d of %d and %d of %d: %.4f, want %.4f", c.k1, c.n1, c.k2, c.n2, got, c.want)
		}
	}
}
