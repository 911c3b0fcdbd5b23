// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"slices"
	"testing"

	"sankofa/backend/internal/day"
)

func TestWhatEndsIsToldInTime(t *testing.T) {
	today := day.Day("2026-12-01")
	free := []Window{{From: "2026-01-01", To: "2026-02-01"}, {From: "2026-11-01", To: "2026-12-01"}}
	for name, row := range map[string]struct {
		p    Profile
		want []string
	}{
		"nothing ends":       {Profile{Availability: free, Licences: []Licence{{}, {ValidUntil: "2027-03-02"}}}, nil},
		"a licence soon":     {Profile{Availability: free, Licences: []Licence{{}, {ValidUntil: "2027-03-01"}}}, []string{"licences[1].validUntil licence.ends_soon"}},
		"a licence is over":  {Profile{Availability: free, Licences: []Licence{{ValidUntil: "2026-11-30"}}}, []string{"licences[0].validUntil licence.ended"}},
		"a permit today":     {Profile{Availability: free, Professional: Professional{RightOfReturn: "yes", RightOfReturnUntil: today}}, []string{"rightOfReturnUntil rightOfReturn.ends_soon"}},
		"never free":         {Profile{}, []string{"availability availability.over"}},
		"no longer free":     {Profile{Availability: free[:1]}, []string{"availability availability.over"}},
		"a permit unclaimed": {Profile{Availability: free, Professional: Professional{RightOfReturn: "unknown", RightOfReturnUntil: today}}, nil},
	} {
		var got []string
		for _, w := range row.p.Warnings(today) {
			got = append(got, w.Field+" "+w.Code)
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("%s: got %v, want %v", name, got, row.want)
		}
	}
}
