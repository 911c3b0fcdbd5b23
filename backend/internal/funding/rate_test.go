// SPDX-License-Identifier: AGPL-3.0-or-later

package funding

import "testing"

// The rule of the stories: sixty days in full, sixty at three quarters, the rest at
// three fifths.
var stepped = []Tier{{60, 100}, {60, 75}, {0, 60}}

func TestAllowancesOfTheStories(t *testing.T) {
	for _, c := range []struct {
		about  string
		rate   Rate
		days   int
		lodged bool
		want   int64
	}{
		{"84 days in Kumasi", Rate{Daily: 4500, Tiers: stepped}, 84, false, 351_000},
		{"the same, lodged by the host", Rate{Daily: 4500, LodgingShare: 50, Tiers: stepped}, 84, true, 175_500},
		{"180 days in Hargeisa", Rate{Daily: 7000, Tiers: stepped}, 180, false, 987_000},
		{"37 days in Mogadishu", Rate{Daily: 7000, Tiers: stepped}, 37, false, 259_000},
		{"no steps", Rate{Daily: 7000}, 10, false, 70_000},
		{"no days", Rate{Daily: 7000, Tiers: stepped}, 0, false, 0},
		{"half a unit is rounded up", Rate{Daily: 1, Tiers: []Tier{{0, 50}}}, 1, false, 1},
	} {
		if got := c.rate.Allowance(c.days, c.lodged); got != c.want {
			t.Errorf("%s: %d, want %d", c.about, got, c.want)
		}
	}
}
