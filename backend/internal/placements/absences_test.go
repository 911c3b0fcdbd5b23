// SPDX-License-Identifier: AGPL-3.0-or-later

package placements

import (
	"testing"

	"sankofa/backend/internal/day"
)

func TestDaysAwayAreCountedAgainstWhatTheProgrammeAllows(t *testing.T) {
	two, none := 2, 0
	stay := Placement{From: "2027-01-11", To: "2027-07-09"} // 180 days
	leave := func(from, to string) Away { return Away{Kind: Leave, From: day.Day(from), To: day.Day(to)} }
	for _, c := range []struct {
		about  string
		stay   Placement
		away   []Away
		rule   *plan
		unpaid int
	}{
		{"nothing was promised", stay, []Away{leave("2027-03-01", "2027-03-31")}, nil, 0},
		{"no limit was set", stay, []Away{leave("2027-03-01", "2027-03-31")}, &plan{}, 0},
		{"as many as are allowed", stay, []Away{leave("2027-03-01", "2027-03-12")}, &plan{LeaveDays: &two}, 0},
		{"one more, in two stretches", stay, []Away{leave("2027-03-01", "2027-03-12"), leave("2027-04-01", "2027-04-01")}, &plan{LeaveDays: &two}, 1},
		{"the last thirty begun are rounded up", Placement{From: "2027-01-01", To: "2027-02-01"}, []Away{leave("2027-01-04", "2027-01-06")}, &plan{LeaveDays: &two}, 0}, // 32 days: 2.13, so three
		{"none is allowed", stay, []Away{leave("2027-03-01", "2027-03-03")}, &plan{LeaveDays: &none}, 3},
		{"the limit of one kind says nothing of the other", stay, []Away{{Kind: Remote, From: "2027-03-01", To: "2027-03-31"}}, &plan{LeaveDays: &none}, 0},
		{"both are over", stay, []Away{leave("2027-03-01", "2027-03-01"), {Kind: Remote, From: "2027-03-02", To: "2027-03-03"}}, &plan{LeaveDays: &none, RemoteDays: &none}, 3},
		{"what lies after a stay that was cut short does not count", Placement{From: "2027-01-11", To: "2027-03-02"}, []Away{leave("2027-03-01", "2027-03-12")}, &plan{LeaveDays: &none}, 2},
	} {
		if got := unpaid(usedOf(c.stay, c.away, c.rule)); got != c.unpaid {
			t.Errorf("%s: %d days are not paid, want %d", c.about, got, c.unpaid)
		}
	}
}
