// SPDX-License-Identifier: AGPL-3.0-or-later

package day

import "testing"

func TestLengthCountsBothEnds(t *testing.T) {
	// The lengths of the placements in the programme's stories.
	for _, row := range []struct {
		first, last Day
		want        int
	}{
		{"2027-02-01", "2027-04-25", 84},
		{"2027-01-11", "2027-07-09", 180},
		{"2027-06-07", "2027-07-16", 40},
		{"2027-03-05", "2027-03-05", 1},
		{"2027-03-05", "2027-03-04", 0},
	} {
		if got := Length(row.first, row.last); got != row.want {
			t.Errorf("Length(%s, %s) = %d, want %d", row.first, row.last, got, row.want)
		}
	}
}

func TestOverlap(t *testing.T) {
	if got := Overlap("2027-02-08", "2027-02-28", "2027-02-26", "2027-03-18"); got != 3 {
		t.Errorf("the relay's handover lasts %d days, want 3", got)
	}
	if got := Overlap("2027-01-01", "2027-01-31", "2027-02-01", "2027-02-28"); got != 0 {
		t.Errorf("neighbours overlap by %d days", got)
	}
}

func TestValid(t *testing.T) {
	for text, want := range map[Day]bool{
		"2027-02-28": true, "2028-02-29": true, "2027-02-29": false,
		"": false, "2027-2-1": false, "01/02/2027": false, "9999-01-01": false,
	} {
		if got := text.Valid(); got != want {
			t.Errorf("Day(%q).Valid() = %v, want %v", text, got, want)
		}
	}
}
