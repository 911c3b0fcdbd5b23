// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"slices"
	"testing"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

func hasProfilesThatPassTheChecks(t *testing.T, db *store.DB) {
	service := &registry.Service{DB: db, Codes: tax(t)}
	officer := actor(t, db, "association.nl")
	for i, p := range draw(t, 23, len(stories), 130) {
		if len(p.Missing()) > 0 {
			continue
		}
		for at := range p.Skills { // only others can confirm a skill
			p.Skills[at].Evidence = registry.Claimed
		}
		if _, err := service.Register(t.Context(), officer, p); err != nil {
			t.Errorf("person %d: %v %v", i, err, fault.Of(err).Fields)
		}
	}
}

func TestTheAgronomistIsAmongTheFirstThreeOfAnotherSeed(t *testing.T) {
	db := storetest.SQLite(t)
	if _, err := Load(t.Context(), Deps{DB: db, Taxonomy: tax(t)}, Options{People: 800, Seed: 2}); err != nil {
		t.Fatal(err)
	}
	isAmongTheFirstThree(t, db)
}

// isAmongTheFirstThree fails the test unless he is, among people enough.
func isAmongTheFirstThree(t *testing.T, db *store.DB) {
	t.Helper()
	r := ranking(t, db)("DEMO-03")
	at := slices.IndexFunc(r.Candidates, func(c search.Candidate) bool { return c.Person == MoussaDiop })
	if at < 0 || at > 2 || len(r.Candidates) < 5 {
		t.Errorf("he is number %d of %d", at+1, len(r.Candidates))
	}
}

func hasNeedsThatFindPeople(t *testing.T, db *store.DB) {
	all, err := readTerms()
	if err != nil {
		t.Fatal(err)
	}
	rank := ranking(t, db)
	for _, terms := range all {
		if terms.State != needs.Published {
			continue
		}
		r := rank(terms.Reference)
		t.Logf("%s: %d passed, the first has %v", terms.Reference, r.Passed, firstScore(r))
		if len(r.Candidates) == 0 {
			t.Errorf("%s finds nobody among %d: %v", terms.Reference, r.Considered, r.Excluded)
		}
		if story := storyOf(terms.Reference); story != "" && !slices.ContainsFunc(r.Candidates[:min(3, len(r.Candidates))],
			func(c search.Candidate) bool { return c.Person == story }) {
			t.Errorf("%s: %s is not among the first three", terms.Reference, story)
		}
	}
}

func firstScore(r search.Ranking) int {
	if len(r.Candidates) == 0 {
		return 0
	}
	return r.Candidates[0].Score
}

// storyOf returns the first person of the stories whom the need is about.
func storyOf(reference string) string {
	for _, s := range stories {
		if s.need == reference {
			return s.pseudonym
		}
	}
	return ""
}

// ranking returns a function that ranks people for a need as the coordinator sees it.
func ranking(t testing.TB, db *store.DB) func(reference string) search.Ranking {
	t.Helper()
	service, err := search.New(search.Options{DB: db, Directory: t.TempDir(), Vocabulary: tax(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = service.Close() })
	coordinator := actor(t, db, "coordinator")
	return func(reference string) search.Ranking {
		t.Helper()
		r, err := service.Rank(t.Context(), coordinator, reference, 50)
		if err != nil {
			t.Fatalf("rank %s: %v", reference, err)
		}
		return r
	}
}

func TestStoriesKeepTheirFacts(t *testing.T) {
	all, err := readTerms()
	if err != nil {
		t.Fatal(err)
	}
	length := map[string]int{}
	for _, n := range all {
		length[n.Reference] = day.Length(day.Day(n.From), day.Day(n.To))
	}
	for reference, want := range map[string]int{"DEMO-01": 84, "DEMO-02": 180, "DEMO-03": 40, "DEMO-07": 57, "DEMO-20": 10} {
		if length[reference] != want {
			t.Errorf("%s lasts %d days, want %d", reference, length[reference], want)
		}
	}
}
