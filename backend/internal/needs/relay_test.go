// SPDX-License-Identifier: AGPL-3.0-or-later

package needs

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The three lecturers of story 7, and what goes wrong with fewer.
func TestCoverageOfARelay(t *testing.T) {
	n := Need{StartsOn: "2027-02-08", EndsOn: "2027-04-05", OverlapDays: 3, Relay: true}
	a, b, c := Stay{"2027-02-08", "2027-02-28"}, Stay{"2027-02-26", "2027-03-18"}, Stay{"2027-03-16", "2027-04-05"}
	for _, row := range []struct {
		about   string
		stays   []Stay
		covered int
		gaps    []Stay
		enough  []bool
	}{
		{"all three, in any order", []Stay{c, a, b}, 57, []Stay{}, []bool{true, true}},
		{"without the second", []Stay{a, c}, 42, []Stay{{"2027-03-01", "2027-03-15"}}, []bool{false}},
		{"only the second", []Stay{b}, 21, []Stay{{"2027-02-08", "2027-02-25"}, {"2027-03-19", "2027-04-05"}}, []bool{}},
		{"nobody", nil, 0, []Stay{{"2027-02-08", "2027-04-05"}}, []bool{}},
		{"a handover of two days", []Stay{a, {"2027-02-27", "2027-04-05"}}, 57, []Stay{}, []bool{false}},
		{"one within another", []Stay{a, {"2027-02-10", "2027-02-12"}, {"2027-02-26", "2027-04-05"}}, 57, []Stay{}, []bool{true, false}},
	} {
		got := CoverageOf(n, row.stays)
		enough := []bool{}
		for _, h := range got.Handovers {
			enough = append(enough, h.Enough)
		}
		if got.Covered != row.covered || !cmp.Equal(got.Gaps, row.gaps) || !cmp.Equal(enough, row.enough) || got.Whole() != (len(row.gaps) == 0) {
			t.Errorf("%s: %d days covered, gaps %v, handovers %v", row.about, got.Covered, got.Gaps, enough)
		}
	}
}
