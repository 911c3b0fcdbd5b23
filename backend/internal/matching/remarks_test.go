// SPDX-License-Identifier: AGPL-3.0-or-later

package matching_test

import (
	"strings"
	"testing"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/needs"
)

func TestWhatIsOddAboutANeedIsSaid(t *testing.T) {
	bare := func(t *needs.Terms) {
		*t = needs.Terms{Need: needs.Need{Country: "SN", Modality: "onsite", Language: "fr"}}
	}
	for name, c := range map[string]struct {
		need func(*needs.Terms)
		want string
		says string
	}{
		"nothing odd":                           {is, "", ""},
		"nothing at all":                        {bare, matching.NothingAsked, "asks for nothing"},
		"only conditions":                       {func(t *needs.Terms) { bare(t); t.StartsOn, t.EndsOn = "2027-06-07", "2027-07-16" }, matching.ConditionsOnly, "conditions and nothing else"},
		"only a licence":                        {func(t *needs.Terms) { bare(t); t.LicenceRequired = true }, matching.ConditionsOnly, "conditions and nothing else"},
		"dates reversed":                        {func(t *needs.Terms) { t.StartsOn, t.EndsOn = t.EndsOn, t.StartsOn }, matching.DatesReversed, "2027-06-07"},
		"a shortest stay longer than the whole": {shortest(41), matching.ShortestLonger, "41 days"},
		"a shortest stay of the whole":          {shortest(40), "", ""},
		"a level above C2":                      {func(t *needs.Terms) { t.Languages[0].Spoken = 7 }, matching.LevelImpossible, `"fr"`},
	} {
		need := asking(c.need)
		got := need.Remarks()
		switch {
		case c.want == "" && len(got) > 0, c.want != "" && (len(got) != 1 || got[0].Code != c.want || !strings.Contains(got[0].Text, c.says)):
			t.Errorf("%s: %+v", name, got)
		}
		r := score(need, with(as))
		of := 0
		for _, criterion := range r.Criteria {
			of += criterion.Of
		}
		if of != matching.Whole {
			t.Errorf("%s: the criteria are of %d points", name, of)
		}
	}
}
