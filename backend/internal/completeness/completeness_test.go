// SPDX-License-Identifier: AGPL-3.0-or-later

package completeness

import (
	"testing"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/registry/registrytest"
	"sankofa/backend/internal/search"
)

func TestAWholeProfileIsAHundred(t *testing.T) {
	whole, sum := 0, 0
	p := registrytest.Midwife("ama@example.org")
	p.Skills = append(p.Skills, registry.Skill{Label: "a"}, registry.Skill{Label: "b"})
	for _, i := range items {
		sum += i.Weight
		if i.done(p) {
			whole += i.Weight
		}
		if i.done(registry.Profile{}) {
			t.Errorf("an empty profile has %s", i.Name)
		}
	}
	if sum != 100 || whole != 100 {
		t.Errorf("the weights make %d, a whole profile %d; want 100 and 100", sum, whole)
	}
}

func TestTipsPutFirstWhatKeepsOneOutThenWhatMostNeedsWant(t *testing.T) {
	lift := func(change matching.Change, concept string, gain int) matching.Lift {
		return matching.Lift{Change: change, Concept: concept, Gain: gain}
	}
	all := []search.Suiting{
		{Need: search.OpenNeed{Reference: "N-1"}, Lifts: []matching.Lift{lift(matching.AddSkill, "a", 90), lift(matching.StateYears, "", 10)}},
		{Need: search.OpenNeed{Reference: "N-2"}, Lifts: []matching.Lift{lift(matching.StateYears, "", 20)}},
		{Need: search.OpenNeed{Reference: "N-3"}, Blocked: []matching.Condition{matching.Availability}},
		{Need: search.OpenNeed{Reference: "N-4"}, Blocked: []matching.Condition{matching.Languages, matching.Licences}},
	}
	got := tips(all)
	if len(got) != 3 || got[0].Kind != "condition" || got[0].Part != "stay" || got[1].What != string(matching.StateYears) || got[1].Needs != 2 || got[1].Gain != 20 || got[2].Concept != "a" {
		t.Errorf("tips: %+v; want the availability, then the years that two needs want, then the skill", got)
	}
	if most := tips(make([]search.Suiting, 0)); len(most) != 0 {
		t.Errorf("without needs: %+v", most)
	}
}
