// SPDX-License-Identifier: AGPL-3.0-or-later

package matching_test

import (
	"slices"
	"testing"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
)

// odd are texts that people and machines write.
var odd = []string{"", "x", "🙂🙂", "Infirmière (H/F)", "مهندس زراعي", "a\u0301\u0301\u0301", "AND OR NOT \"", "\x00\xff\xfe", "نurse مixed", "2027-13-45", "-1"}

// FuzzScore compares anybody with anything: no panic, and the points add up.
func FuzzScore(f *testing.F) {
	for i, text := range odd {
		f.Add(text, odd[(i+3)%len(odd)], int64(i)*7-20, int64(i*31))
	}
	f.Fuzz(func(t *testing.T, one, other string, n, m int64) {
		small := func(x int64) int { return int(x % 1000) }
		need := matching.Need{Country: one, ISCO: other, Occupation: one, Linked: []matching.Link{{ISCO: one, Weight: small(n)}}, Language: other,
			Starts: day.Day(one), Ends: day.Day(other), Shortest: small(m), Modality: one, Years: max(0, small(n)), EducationLevel: small(m), EducationField: other,
			LicenceRequired: n%2 == 0, Wishes: []matching.Wish{{Concept: one, Label: other, Required: m%2 == 0, Weight: small(n), Terms: []matching.Term{{Stem: one, Word: one, Count: small(m)}}}},
			Floors: []matching.Floor{{Language: one, Spoken: matching.Level(small(n)), Written: matching.Level(small(m))}},
			Terms:  []matching.Term{{Stem: one, Word: other, Count: small(n)}}, Topics: []matching.Mention{{Concept: other, Words: one}}}
		p := matching.Person{Pseudonym: one, Origin: one, ISCO: one, Occupation: other, Language: one, Years: max(0, small(m)), LongestDays: small(n), Skills: small(m), Words: max(0, small(n)),
			Claims:    []matching.Claim{{Concept: other, Words: one, Evidence: registry.Evidence(one), Level: small(n)}, {Concept: one, Words: "x", Evidence: registry.ByHost}},
			Languages: []matching.Language{{Language: one, Spoken: matching.Level(small(m)), Written: matching.Level(small(n))}},
			Education: []matching.Education{{Level: small(n), Field: one}}, Licences: []matching.Licence{{ISCO: other, Until: day.Day(one)}},
			Posts: []matching.Post{{ISCO: other, Title: one, From: day.Day(one), To: day.Day(other)}}, Windows: []matching.Window{{From: day.Day(other), To: day.Day(one)}},
			Missions: []matching.Mission{{ISCO: one, To: day.Day(other)}}, Terms: []matching.Term{{Stem: one, Word: one, Count: small(m)}}}
		s := matching.For(need, garden, matching.Crowd{People: max(0, small(n)), Users: map[string]int{one: max(0, small(m))}, Holders: map[string]int{other: max(0, small(m))}, Veterans: 1})
		r := s.Score(p)
		of, points := 0, 0
		for _, c := range r.Criteria {
			of, points = of+c.Of, points+c.Points
			if c.Points < 0 || c.Points > c.Of {
				t.Fatalf("%s has %d of %d points", c.Name, c.Points, c.Of)
			}
		}
		if of != matching.Whole || points != r.Score {
			t.Fatalf("criteria of %d points, %d given for a score of %d", of, points, r.Score)
		}
		if quick, slow := s.Lifts(p, r), s.LiftsByScore(p, r); !slices.Equal(quick, slow) {
			t.Errorf("the lifts are %+v, and by the whole score %+v", quick, slow)
		}
		matching.Blocks(need, p)
		need.Remarks()
	})
}

// FuzzReading reads any profile and any need: no panic, and what says who
// somebody is stays outside.
func FuzzReading(f *testing.F) {
	for i, text := range odd {
		f.Add(text, odd[(i+5)%len(odd)], odd[(i+2)%len(odd)])
	}
	f.Fuzz(func(t *testing.T, text, title, language string) {
		p := moussa()
		p.CVText, p.Summary, p.OccupationTitle, p.CVLanguage, p.ISCO = text, title, title, language, ""
		p.Skills = []registry.Skill{{Label: text, Evidence: registry.Claimed}}
		p.Experience = []registry.Experience{{Title: title, Description: text, From: day.Day(language), To: day.Day(title)}}
		person := reading.Person(p)
		terms := thies()
		terms.Title, terms.Objectives, terms.OccupationTitle, terms.Language, terms.ISCO = title, text, title, language, ""
		terms.Criteria = append(terms.Criteria, needs.Criterion{Label: text, Weight: 3})
		need := reading.Need(terms)
		if r := score(need, person); r.Score < 0 || r.Score > matching.Whole {
			t.Fatalf("the score is %d", r.Score)
		}
		for _, term := range person.Terms {
			if term.Count < 1 || term.Stem == "moussa" || term.Stem == "diop" {
				t.Fatalf("the terms hold %+v", term)
			}
		}
	})
}
