// SPDX-License-Identifier: AGPL-3.0-or-later

package matching_test

import (
	"testing"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
)

func TestConditions(t *testing.T) {
	licensed := func(t *needs.Terms) { t.LicenceRequired = true }
	holding := func(l ...registry.Licence) func(*registry.Profile) {
		return func(p *registry.Profile) { p.Licences = l }
	}
	for name, c := range map[string]struct {
		need   func(*needs.Terms)
		person func(*registry.Profile)
		want   matching.Condition // the only one that is not met; empty: all are
	}{
		"he fits":                        {is, as, ""},
		"no consent":                     {is, func(p *registry.Profile) { p.Visible = false }, matching.Consent},
		"paused":                         {is, func(p *registry.Profile) { p.State = registry.Paused }, matching.Consent},
		"another origin":                 {is, func(p *registry.Profile) { p.OriginCountry = "GH" }, matching.Origin},
		"away one day too late":          {is, func(p *registry.Profile) { p.Availability = windows("2027-06-08", "2027-09-01") }, matching.Availability},
		"away on exactly these days":     {is, func(p *registry.Profile) { p.Availability = windows("2027-06-07", "2027-07-16") }, ""},
		"no window at all":               {is, func(p *registry.Profile) { p.Availability = nil }, matching.Availability},
		"a gap between two windows":      {is, func(p *registry.Profile) { p.Availability[1].From = "2027-06-17" }, matching.Availability},
		"39 days at most":                {is, func(p *registry.Profile) { p.LongestDays = 39 }, matching.Availability},
		"40 days at most":                {is, func(p *registry.Profile) { p.LongestDays = 40 }, ""},
		"a shorter stay helps":           {shortest(14), func(p *registry.Profile) { p.Availability = windows("2027-07-03", "2027-09-01") }, ""},
		"but not so short":               {shortest(15), func(p *registry.Profile) { p.Availability = windows("2027-07-03", "2027-09-01") }, matching.Availability},
		"a need without dates":           {func(t *needs.Terms) { t.StartsOn, t.EndsOn = "", "" }, as, ""},
		"listens worse than asked":       {is, func(p *registry.Profile) { p.Languages[0].Listening = 2 }, matching.Languages},
		"talks worse than asked":         {is, func(p *registry.Profile) { p.Languages[0].Interaction = 2 }, matching.Languages},
		"reads worse than asked":         {is, func(p *registry.Profile) { p.Languages[0].Reading = 1 }, matching.Languages},
		"writes worse than asked":        {is, func(p *registry.Profile) { p.Languages[0].Writing = 1 }, matching.Languages},
		"production is not asked":        {is, func(p *registry.Profile) { p.Languages[0].Production = 0 }, ""},
		"the desirable one is lacking":   {is, func(p *registry.Profile) { p.Languages = p.Languages[:1] }, ""},
		"the required one is lacking":    {is, func(p *registry.Profile) { p.Languages = p.Languages[1:] }, matching.Languages},
		"no licence":                     {licensed, as, matching.Licences},
		"a licence to the last day":      {licensed, holding(registry.Licence{ISCO: "2132", ValidUntil: "2027-07-16"}), ""},
		"a licence one day short":        {licensed, holding(registry.Licence{ISCO: "2132", ValidUntil: "2027-07-15"}), matching.Licences},
		"a licence of the same group":    {licensed, holding(registry.Licence{ISCO: "2131", ValidUntil: "2030-01-01"}), ""},
		"a licence for another work":     {licensed, holding(registry.Licence{ISCO: "2221", ValidUntil: "2030-01-01"}), matching.Licences},
		"nobody knows how long it holds": {licensed, holding(registry.Licence{ISCO: "2132"}), ""},
		"nobody knows what it is for":    {licensed, holding(registry.Licence{ValidUntil: "2030-01-01"}), ""},
		"one expired, one holds":         {licensed, holding(registry.Licence{ISCO: "2132", ValidUntil: "2020-01-01"}, registry.Licence{ISCO: "2132", ValidUntil: "2030-01-01"}), ""},
		"may not come back":              {is, func(p *registry.Profile) { p.RightOfReturn = "no" }, matching.RightOfReturn},
		"the right ends too early":       {is, func(p *registry.Profile) { p.RightOfReturnUntil = "2027-07-15" }, matching.RightOfReturn},
		"the right ends with the stay":   {is, func(p *registry.Profile) { p.RightOfReturnUntil = "2027-07-16" }, ""},
		"nobody knows about the right":   {is, func(p *registry.Profile) { p.RightOfReturn, p.RightOfReturnUntil = "unknown", "" }, ""},
		"who does not travel":            {func(t *needs.Terms) { t.Modality = "virtual" }, func(p *registry.Profile) { p.Virtual, p.RightOfReturn = true, "no" }, ""},
		"another way of working":         {func(t *needs.Terms) { t.Modality = "hybrid" }, as, matching.Modality},
	} {
		t.Run(name, func(t *testing.T) {
			blocks := matching.Blocks(asking(c.need), with(c.person))
			var got matching.Condition
			if len(blocks) > 0 {
				got = blocks[0].Condition
			}
			if got != c.want || len(blocks) > 1 {
				t.Fatalf("blocked by %+v, want %q alone", blocks, c.want)
			}
			if first, blocked := matching.First(asking(c.need), with(c.person)); first != c.want || blocked != (c.want != "") {
				t.Errorf("the first is %q, want %q", first, c.want)
			}
			if c.want != "" && blocks[0].Reason == "" {
				t.Error("no reason is given")
			}
		})
	}
}

func windows(from, to string) []registry.Window {
	return []registry.Window{{From: dayOf(from), To: dayOf(to)}}
}

func shortest(days int) func(*needs.Terms) {
	return func(t *needs.Terms) { t.ShortestDays = days }
}

func TestEveryConditionIsCheckedOnceAndInOrder(t *testing.T) {
	nobody := matching.Person{ReturnRight: "no"}
	need := asking(func(t *needs.Terms) { t.LicenceRequired = true })
	blocks := matching.Blocks(need, nobody)
	if len(blocks) != len(matching.Conditions) {
		t.Fatalf("%d of %d conditions block a person who offers nothing", len(blocks), len(matching.Conditions))
	}
	for i, c := range matching.Conditions {
		if blocks[i].Condition != c {
			t.Errorf("condition %d is %s, want %s", i, blocks[i].Condition, c)
		}
	}
}
