// SPDX-License-Identifier: AGPL-3.0-or-later

package search_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// anyNeed makes up a need of any kind, also of kinds that no host should write.
func (w *world) anyNeed() needs.Terms {
	d := w.dice
	return w.publish(func(n *needs.Terms) {
		n.Country, n.Language, n.ISCO = one(d, countries), one(d, tongues), one(d, trades)
		n.EducationField, n.EducationLevel, n.YearsExperience = one(d, fields), d.IntN(9), d.IntN(12)
		n.Modality = one(d, []string{"onsite", "onsite", "virtual", "hybrid"})
		n.StartsOn = day.Day("2027-01-01").Add(d.IntN(300))
		n.EndsOn = n.StartsOn.Add(d.IntN(70))
		n.ShortestDays = one(d, []int{0, 1, 7, 21})
		n.LicenceRequired = d.IntN(6) == 0
		n.Title, n.Objectives, n.Background = w.words(n.Language, 5), w.words(n.Language, 40), w.words(n.Language, 60)
		n.Criteria, n.Languages = nil, nil
		for range d.IntN(7) {
			n.Criteria = append(n.Criteria, w.anyCriterion(n.Language))
		}
		for _, l := range []string{"fr", "en", "de", "xx"}[d.IntN(4):][:d.IntN(2)] {
			n.Languages = append(n.Languages, needs.LanguageFloor{Language: l, Spoken: registry.CEFR(d.IntN(7)), Written: registry.CEFR(d.IntN(7)), Required: d.IntN(3) == 0})
		}
	})
}

// anyCriterion asks for a skill by its concept, by words that name one, or by words
// that name none.
func (w *world) anyCriterion(language string) needs.Criterion {
	d := w.dice
	s := one(d, everySkill())
	c := needs.Criterion{Concept: s.ID, Label: one(d, s.Labels[language]), Required: d.IntN(2) == 0, Weight: 1 + d.IntN(5)}
	switch d.IntN(5) {
	case 0:
		c.Concept = ""
	case 1:
		c.Concept, c.Label = "", one(d, filler)
	case 2:
		c.Concept, c.Label = "", one(d, filler)+" "+one(d, filler)
	}
	return c
}

// scores returns everybody's score, and by whom it was computed.
func (w *world) scores(need needs.Terms) (string, map[string]int) {
	w.t.Helper()
	f, err := w.Search.Freeze(w.t.Context(), w.Coordinator, need.ID)
	if err != nil {
		w.t.Fatalf("freeze: %v", err)
	}
	var body search.Ranking
	if err := json.Unmarshal(f.Body, &body); err != nil {
		w.t.Fatal(err)
	}
	return fmt.Sprintf("%s %v", body.Source, body.Excluded), f.Scores
}

// compareScores compares the columns with the rules, person by person.
func (w *world) compareScores(byRules map[string]map[string]int, excluded map[string]string, all []needs.Terms) (people, distinct int) {
	w.t.Helper()
	different := map[int]bool{}
	for i, need := range all {
		source, got := w.scores(need)
		if want := "index" + excluded[need.ID][len("database"):]; source != want {
			w.t.Errorf("need %d: %s, want %s", i, source, want)
		}
		if len(got) != len(byRules[need.ID]) {
			w.t.Errorf("need %d: %d people, want %d", i, len(got), len(byRules[need.ID]))
		}
		for person, want := range byRules[need.ID] {
			people++
			different[want] = true
			if score, ok := got[person]; !ok || score != want {
				w.t.Errorf("need %d, %s: %d points (%t), want %d", i, person, score, ok, want)
			}
		}
	}
	return people, len(different)
}

// asRuled computes every score without the index.
func (w *world) asRuled(all []needs.Terms) (scores map[string]map[string]int, excluded map[string]string) {
	scores, excluded = map[string]map[string]int{}, map[string]string{}
	indexed := w.Search
	w.Search = must[*search.Service](w.t)(search.New(search.Options{DB: w.DB, Directory: w.t.TempDir(), Vocabulary: vocabulary()}))
	for _, need := range all {
		excluded[need.ID], scores[need.ID] = w.scores(need)
	}
	w.Search = indexed
	return scores, excluded
}

// TestEveryScoreOfTheColumnsIsTheRulesOwn compares the columns with matching for
// made-up people and needs: everybody's score must be the same, so the order is.
func TestEveryScoreOfTheColumnsIsTheRulesOwn(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	people := w.crowd(250)
	var all []needs.Terms
	for range 40 {
		all = append(all, w.anyNeed())
	}
	scores, excluded := w.asRuled(all)
	w.built()
	if people, distinct := w.compareScores(scores, excluded, all); people < 150 || distinct < 60 {
		t.Errorf("only %d scores, %d different ones: too few to tell anything", people, distinct)
	}
	// Half of them change, so that slots are given up and packed again.
	for i, p := range people {
		if i%2 == 0 {
			w.change("professional.changed", p.ID, func(tx *store.Tx) error {
				return tx.Model(&registry.Professional{}).Where("id = ?", p.ID).
					Updates(map[string]any{"years_experience": (p.YearsExperience + 3) % 25, "isco": trades[i%len(trades)], "longest_days": 90, "version": p.Version + 1}).Error
			})
		}
		if i%10 == 1 {
			w.change("visibility.changed", p.ID, func(tx *store.Tx) error {
				return tx.Exec(`DELETE FROM visibility WHERE professional_id = ?`, p.ID).Error
			})
		}
	}
	all = all[:15]
	scores, excluded = w.asRuled(all)
	last := must[int64](t)(w.DB.LastEvent(t.Context()))
	if err := w.Search.Settle(t.Context(), last); err != nil {
		t.Fatal(err)
	}
	w.compareScores(scores, excluded, all)
	// And a new process, which reads what the other has written.
	if err := w.Search.Close(); err != nil {
		t.Fatal(err)
	}
	w.Search = w.service()
	w.compareScores(scores, excluded, all)
}
