// SPDX-License-Identifier: AGPL-3.0-or-later

package search_test

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
	"sankofa/backend/internal/taxonomy"
)

// learning is a server of its own on the world's database: its index, and a
// vocabulary that hears of words by the ledger only.
func (w *world) learning() (*search.Service, *taxonomy.Taxonomy) {
	w.t.Helper()
	words := vocabulary().Apart()
	s, err := search.New(search.Options{DB: w.DB, Directory: w.t.TempDir(), Vocabulary: words, Log: slog.New(slog.DiscardHandler), Every: time.Hour,
		Learn: func(ctx context.Context, ids []string) (*taxonomy.Spellings, error) {
			return words.Learned(ctx, w.DB, ids)
		}})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = s.Close() })
	if err := s.Open(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	return s, words
}

// claimed tells by which words the person meets the required skill.
func claimed(r search.Ranking, person string) string {
	at := slices.IndexFunc(r.Candidates, func(c search.Candidate) bool { return c.ProfessionalID == person })
	if at < 0 {
		return "not there"
	}
	for _, c := range r.Candidates[at].Criteria {
		if c.Name == "skill.required" {
			return c.Evidence.Person
		}
	}
	return "no such criterion"
}

func TestAPersonWhoseCVHoldsANewWordGainsTheConceptOnEveryServer(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.crowd(60)
		farmer := moussa()
		farmer.Email, farmer.CVLanguage, farmer.Skills, farmer.Experience = "farmer@example.org", "wo", nil, nil
		farmer.CVText = "Liggéey naa fukki at ci ndoxum tòq ak mbay."
		other := farmer
		other.Email, other.CVText = "other@example.org", "Liggéey naa fukki at ci mbay, toq ak ndox."
		people := w.Added(farmer, other)
		need := w.publish(same)
		first, firstWords := w.learning()
		second, _ := w.learning()
		ask := func(s *search.Service) search.Ranking {
			t.Helper()
			r, err := s.Rank(context.WithoutCancel(t.Context()), w.Coordinator, need.ID, 200)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		for _, s := range []*search.Service{first, second} {
			if err := s.Rebuild(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
			if got := claimed(ask(s), people[0].ID); got != "" {
				t.Fatalf("before, the skill is met by %q", got)
			}
		}
		keeper := &taxonomy.Words{DB: db, Taxonomy: firstWords}
		ministry := identity.Actor{UserID: w.Ministry.UserID, Role: identity.Ministry, OrganisationID: w.Ministry.OrganisationID, ProgrammeID: w.Programme.ID}
		added, err := keeper.Add(t.Context(), ministry, []taxonomy.NewWord{
			{Kind: taxonomy.SkillKind, Concept: "agriculture.drip-irrigation", Language: "wo", Word: "ndoxum toq"}}, false)
		if err != nil {
			t.Fatal(err)
		}
		for name, s := range map[string]*search.Service{"here": first, "elsewhere": second} {
			r := ask(s)
			if got := claimed(r, people[0].ID); r.Source != "index" || got != "ndoxum tòq" {
				t.Errorf("%s, by the %s, the skill is met by %q", name, r.Source, got)
			}
			if got := claimed(r, people[1].ID); got == "ndoxum toq" {
				t.Errorf("%s, somebody gains the skill who writes the parts apart", name)
			}
		}
		if _, err := keeper.Withdraw(t.Context(), ministry, added[0].ID, "wrong"); err != nil {
			t.Fatal(err)
		}
		for name, s := range map[string]*search.Service{"here": first, "elsewhere": second} {
			if got := claimed(ask(s), people[0].ID); got != "" {
				t.Errorf("%s, after the word was withdrawn the skill is met by %q", name, got)
			}
		}
	})
}

func TestPeopleReadAgainAreThoseWhoHoldTheWord(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.crowd(30)
	var written []registry.Profile
	for i, text := range []string{"መስኖ ነጠብጣብ", "ብመስኖ ነጠብጣብ ሰሪሐ", "መስኖ"} {
		p := moussa()
		p.Email, p.CVLanguage, p.CVText, p.Skills, p.Experience = string(rune('a'+i))+"@example.org", "ti", text, nil, nil
		written = append(written, w.Added(p)[0])
	}
	s, words := w.learning()
	if err := s.Rebuild(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	keeper := &taxonomy.Words{DB: w.DB, Taxonomy: words}
	admin := identity.Actor{UserID: "a", Role: identity.Administrator}
	if _, err := keeper.Add(t.Context(), admin, []taxonomy.NewWord{
		{Kind: taxonomy.SkillKind, Concept: "agriculture.drip-irrigation", Language: "ti", Word: "መስኖ ነጠብጣብ"}}, false); err != nil {
		t.Fatal(err)
	}
	need := w.publish(same)
	r, err := s.Rank(t.Context(), w.Coordinator, need.ID, 200)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"መስኖ ነጠብጣብ", "ብመስኖ ነጠብጣብ", ""} {
		if got := claimed(r, written[i].ID); got != want {
			t.Errorf("person %d meets the skill by %q, want %q", i, got, want)
		}
	}
}
