// SPDX-License-Identifier: AGPL-3.0-or-later

package matching_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
)

func lifts(need matching.Need, p matching.Person) []matching.Lift {
	s := matching.For(need, garden, matching.Crowd{})
	return s.Lifts(p, s.Score(p))
}

func TestALiftGainsWhatTheChangedProfileScoresMore(t *testing.T) {
	silent := func(p *registry.Profile) { p.CVText = "" }
	before := score(asking(is), with(silent))
	got := lifts(asking(is), with(silent))
	if len(got) == 0 || got[0].Name != matching.ByRequiredSkill || got[0].Change != matching.AddSkill || got[0].Concept != "drip" {
		t.Fatalf("the lifts are %+v", got)
	}
	changed := with(silent)
	changed.Claims = append(changed.Claims, matching.Claim{Concept: "drip", Words: "in my words", Source: matching.FromSkills,
		Evidence: registry.WithExperience, Level: 3})
	changed.Skills++
	if gain := score(asking(is), changed).Score - before.Score; got[0].Gain != gain {
		t.Errorf("the gain is %d, and the changed profile scores %d more", got[0].Gain, gain)
	}
}

func TestLiftsAreFewAndOrderedAndReal(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 4))
	seen := map[matching.Change]bool{}
	for range 1500 {
		need, p := asking(shaken(dice)), with(shuffled(dice))
		total := score(need, p).Score
		last := matching.Whole
		all := lifts(need, p)
		s := matching.For(need, garden, matching.Crowd{})
		if slow := s.LiftsByScore(p, s.Score(p)); !slices.Equal(all, slow) {
			t.Fatalf("the lifts are %+v, and by the whole score %+v", all, slow)
		}
		for _, l := range all {
			seen[l.Change] = true
			if l.Gain < 1 || l.Gain > last || l.Gain > matching.Whole-total || l.Need == "" {
				t.Fatalf("somebody with %d points is offered %+v", total, all)
			}
			last = l.Gain
		}
		if len(all) > 3 {
			t.Fatalf("%d lifts are too many to read", len(all))
		}
	}
	for _, change := range []matching.Change{matching.AddSkill, matching.ProveSkill, matching.ReachLevel, matching.CoverPeriod, matching.OfferModality, matching.StateOccupation} {
		if !seen[change] {
			t.Errorf("nobody was offered %s", change)
		}
	}
}

func TestNobodyIsAskedToBeSomebodyElse(t *testing.T) {
	for _, l := range lifts(asking(is), with(func(p *registry.Profile) {
		p.ISCO, p.YearsExperience, p.Education[0].Level, p.Experience = "5120", 1, 3, nil
	})) {
		if l.Name == matching.ByOccupation || l.Name == matching.ByExperience || l.Name == matching.ByLevel {
			t.Errorf("the profile says what it says, and yet %+v", l)
		}
	}
}

func TestTheHeadlineNamesTwoStrengthsAndTheLargestGap(t *testing.T) {
	r := score(asking(func(n *needs.Terms) { n.Criteria[1].Weight = 5 }), with(as))
	h := r.Headline()
	if len(h.Strengths) != 2 || h.Gap == nil {
		t.Fatalf("the headline is %+v", h)
	}
	one, two, gap := r.Criteria[h.Strengths[0]], r.Criteria[h.Strengths[1]], r.Criteria[*h.Gap]
	if one.Points < two.Points || one.Status != matching.Met || two.Status != matching.Met || gap.Status == matching.Met {
		t.Errorf("strong in %+v and %+v, weak in %+v", one, two, gap)
	}
	for _, c := range r.Criteria {
		if c.Status == matching.Met && c.Points > one.Points {
			t.Errorf("%s is stronger than %s", c.Name, one.Name)
		}
	}
	if h := (matching.Result{Criteria: []matching.Criterion{{Name: "occupation", Status: matching.Met, Points: 9, Of: 9}}}).Headline(); h.Gap != nil || len(h.Strengths) != 1 {
		t.Errorf("nothing is missing, and the headline is %+v", h)
	}
}

func TestMissionsCountOnlyWhereAnybodyHasOne(t *testing.T) {
	need, p := asking(is), with(as)
	for _, c := range score(need, p).Criteria {
		if c.Name == matching.ByMissions {
			t.Error("nobody has a mission, and yet it is asked for one")
		}
	}
	share := func(missions ...matching.Mission) int {
		p.Missions = missions
		c := line(t, matching.Score(need, p, garden, matching.Crowd{Veterans: 1}), matching.ByMissions, "")
		if c.Points > 0 && !strings.Contains(c.Evidence.Person, "2025") {
			t.Errorf("the evidence is %+v", c.Evidence)
		}
		return c.Points * 1000 / c.Of
	}
	elsewhere, here := matching.Mission{ISCO: "2221", Country: "GH", To: "2025-03-01"}, matching.Mission{ISCO: "2131", Country: "SN", To: "2025-01-01"}
	none, one, two, near := share(), share(elsewhere), share(elsewhere, elsewhere), share(here)
	if none != 0 || one >= two || two != 1000 || near != 1000 {
		t.Errorf("none, one, two and a near one give %d, %d, %d, %d", none, one, two, near)
	}
}

func TestRecentPracticeCountsMore(t *testing.T) {
	share := func(from, to string, isco string) (int, matching.Status) {
		p := with(func(p *registry.Profile) {
			p.Experience = []registry.Experience{{Title: "Consulente", ISCO: isco, From: dayOf(from), To: dayOf(to)}}
		})
		c := line(t, score(asking(is), p), matching.ByRecency, "")
		return (c.Points*1000 + c.Of/2) / c.Of, c.Status
	}
	now, _ := share("2020-01-01", "", "2132")
	last, _ := share("2015-01-01", "2026-08-01", "2132")
	old, _ := share("2010-01-01", "2019-08-01", "2132")
	gone, status := share("1998-01-01", "2010-08-01", "2132")
	if now != 1000 || last != 1000 || old >= 700 || old <= 100 || gone != 0 || status != matching.Missing {
		t.Errorf("now %d, last year %d, long ago %d, too long ago %d %s", now, last, old, gone, status)
	}
	if _, status := share("2020-01-01", "", "5120"); status != matching.Missing {
		t.Errorf("other work is %s", status)
	}
	if _, status := share("", "", "2132"); status != matching.Unknown {
		t.Errorf("a post without dates is %s", status)
	}
}

func TestATitleWithoutACodeIsLinked(t *testing.T) {
	p := with(func(p *registry.Profile) { p.ISCO, p.Experience = "", nil })
	c := line(t, score(asking(is), p), matching.ByOccupation, "2132")
	if want := (c.Of*900 + 500) / 1000; c.Points != want || c.Evidence.Person != "Agronomo" || c.Status != matching.Met {
		t.Errorf("the title gives %+v, want %d points", c, want)
	}
	coded := line(t, score(asking(is), with(as)), matching.ByOccupation, "2132")
	if coded.Points*c.Of <= c.Points*coded.Of {
		t.Error("a title counts as much as a code")
	}
	both := line(t, score(asking(func(n *needs.Terms) { n.ISCO, n.OccupationTitle = "", "Agronome" }), p), matching.ByOccupation, "")
	if both.Points == 0 || both.Concept != "2132" {
		t.Errorf("two titles meet as %+v", both)
	}
}

func TestASkillThatFewPeopleHaveWeighsMore(t *testing.T) {
	need := asking(func(n *needs.Terms) { n.Criteria[0].Required, n.Criteria[0].Weight = false, 2 })
	crowd := matching.Crowd{People: 1000, Holders: map[string]int{"drip": 2, "soil": 900}}
	r := matching.Score(need, with(as), garden, crowd)
	rare, common := line(t, r, matching.ByDesirableSkill, "goutte"), line(t, r, matching.ByDesirableSkill, "pédologie")
	if rare.Of <= 2*common.Of || rare.Of > 3*common.Of+3 {
		t.Errorf("the rare skill is of %d points, the common one of %d", rare.Of, common.Of)
	}
}

func TestAClaimWithoutEvidenceNeverCountsAsOneWithIt(t *testing.T) {
	order := []registry.Evidence{registry.Claimed, registry.WithExperience, registry.ByReferee}
	for level := range 5 {
		for i := 1; i < len(order); i++ {
			less, more := matching.Claim{Evidence: order[i-1], Level: level}, matching.Claim{Evidence: order[i], Level: level}
			if less.Worth() >= more.Worth() {
				t.Errorf("at level %d %q is worth %d and %q %d", level, less.Evidence, less.Worth(), more.Evidence, more.Worth())
			}
		}
	}
}
