// SPDX-License-Identifier: AGPL-3.0-or-later

package search_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// self is a person who asks about themselves.
func self(professionalID string) identity.Actor {
	return identity.Actor{UserID: "u-" + professionalID, Role: identity.Professional, ProfessionalID: professionalID, Locale: "en"}
}

func TestNeedsThatSuitAPerson(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.crowd(30)
		m := w.Added(moussa())[0]
		suits := w.publish(same)
		less := w.publish(func(n *needs.Terms) { n.Title, n.ISCO, n.Criteria = "Pédologie", "2133", nil })
		blocked := w.publish(func(n *needs.Terms) { n.Title, n.Languages[0].Written = "Rapports", 6 })
		w.publish(func(n *needs.Terms) { n.Title, n.Country = "Elsewhere", "GH" })
		w.publish(func(n *needs.Terms) { n.Title, n.State = "Closed", needs.Closed })
		w.publish(func(n *needs.Terms) { n.Title, n.OpensOn = "Tomorrow", "2026-12-02" })
		w.publish(func(n *needs.Terms) { n.Title, n.ClosesOn = "Yesterday", "2026-11-30" })
		w.publish(func(n *needs.Terms) { n.Title, n.ProgrammeID = "Other programme", w.Other.Programme.ID })
		check := func(source string) []search.Suiting {
			got := must[[]search.Suiting](t)(w.Search.NeedsFor(t.Context(), self(m.ID), m.ID, 10))
			var order []string
			for _, s := range got {
				order = append(order, fmt.Sprint(s.Need.ID, s.Blocked))
			}
			if want := []string{suits.ID + "[]", less.ID + "[]", blocked.ID + "[language]"}; !slices.Equal(order, want) {
				t.Fatalf("by the %s: %v, want %v", source, order, want)
			}
			return got
		}
		check("database")
		w.built()
		got := check("index")
		if r := got[2].Reasons; len(r) != 1 || r[0].Reason == "" || r[0].Person != "fr C1/B2" || r[0].Need != "fr B1/C2" {
			t.Errorf("the block reads %+v", r)
		}
		if got[0].Need.Organisation == "" || got[0].Need.Days != 40 {
			t.Errorf("the need reads %+v", got[0].Need)
		}
		// The person and the coordinator read the same points.
		ranked := w.rank(suits, 1).Candidates[0]
		if ranked.ProfessionalID != m.ID || ranked.Score != got[0].Score || !reflect.DeepEqual(ranked.Criteria, got[0].Criteria) {
			t.Errorf("the person reads %d, the coordinator %d:\n%+v\n%+v", got[0].Score, ranked.Score, got[0].Criteria, ranked.Criteria)
		}
	})
}

func TestNeedsAreShownToThePersonAndTheirAssociation(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	m := w.Added(moussa())[0]
	w.publish(same)
	w.built()
	for name, c := range map[string]struct {
		who  identity.Actor
		sees bool
	}{
		"the person": {self(m.ID), true}, "the association": {w.Association, true}, "another person": {self("other"), false},
		"another association": {w.Other.Association, false}, "the coordinator": {w.Coordinator, false}, "a host": {w.Host, false}, "a stranger": {identity.Actor{}, false},
	} {
		got, err := w.Search.NeedsFor(t.Context(), c.who, m.ID, 10)
		if c.sees != (err == nil && len(got) == 1) || !c.sees && !fault.Is(err, fault.Missing) {
			t.Errorf("%s: %d needs, %v", name, len(got), err)
		}
	}
}

func TestACardExplainsSomebodyWhoIsBlockedToo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.crowd(60)
		m := w.Added(moussa())[0]
		need := w.publish(same)
		short := w.publish(func(n *needs.Terms) { n.StartsOn, n.EndsOn = "2027-01-01", "2027-01-31" })
		for _, source := range []string{"database", "index"} {
			card := must[search.Candidate](t)(w.Search.Explain(t.Context(), w.Coordinator, need.Reference, m.Pseudonym))
			first := w.rank(need, 1).Candidates[0]
			first.Rank = 0
			if !reflect.DeepEqual(card, first) {
				t.Errorf("by the %s the card reads\n%+v\nand the ranking\n%+v", source, card, first)
			}
			card = must[search.Candidate](t)(w.Search.Explain(t.Context(), w.Coordinator, short.ID, m.Pseudonym))
			if len(card.Blocked) != 1 || card.Blocked[0].Condition != matching.Availability {
				t.Errorf("by the %s the card is blocked by %+v", source, card.Blocked)
			}
			w.built()
		}
		for _, ref := range [][2]string{{need.ID, "P-0000-0000"}, {"T-none", m.Pseudonym}} {
			if _, err := w.Search.Explain(t.Context(), w.Coordinator, ref[0], ref[1]); !fault.Is(err, fault.Missing) {
				t.Errorf("%v: %v", ref, err)
			}
		}
		if _, err := w.Search.Explain(t.Context(), w.Other.Coordinator, need.ID, m.Pseudonym); !fault.Is(err, fault.Missing) {
			t.Errorf("another coordinator: %v", err)
		}
	})
}

func TestARankingSaysHowFarCandidatesHaveCome(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.crowd(30)
	m := w.Added(moussa())[0]
	need := w.publish(same)
	w.States = func(_ *store.Tx, needID string, people []string) (map[string]string, error) {
		if needID != need.ID || !slices.Contains(people, m.ID) {
			t.Errorf("asked about %v for %s", people, needID)
		}
		return map[string]string{m.ID: "SHORTLISTED"}, nil
	}
	w.Search = w.service()
	w.built()
	for i, c := range w.rank(need, 10).Candidates {
		if want := map[bool]string{true: "SHORTLISTED"}[i == 0]; c.CandidacyState != want {
			t.Errorf("%d stands at %q, want %q", i, c.CandidacyState, want)
		}
	}
	if c := must[search.Candidate](t)(w.Search.Explain(t.Context(), w.Coordinator, need.ID, m.Pseudonym)); c.CandidacyState != "SHORTLISTED" {
		t.Errorf("the card says %q", c.CandidacyState)
	}
	if f := must[search.Frozen](t)(w.Search.Freeze(t.Context(), w.Coordinator, need.ID)); bytes.Contains(f.Body, []byte("SHORTLISTED")) {
		t.Error("a frozen ranking speaks of what came after it")
	}
}

func TestAFrozenRankingHoldsEverybodyAndNobodysName(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		people := w.crowd(60)
		m := w.Added(moussa())[0]
		need := w.publish(func(n *needs.Terms) { n.Languages, n.ShortestDays = nil, 1 })
		w.built()
		frozen := must[search.Frozen](t)(w.Search.Freeze(t.Context(), w.Coordinator, need.ID))
		again := must[search.Frozen](t)(w.Search.Freeze(t.Context(), w.Coordinator, need.ID))
		if !bytes.Equal(frozen.Body, again.Body) {
			t.Error("the same ranking was spelled twice differently")
		}
		r := w.rank(need, 200)
		var body struct {
			Algorithm  string
			Candidates []search.Candidate
			Others     []search.Other
		}
		if err := json.Unmarshal(frozen.Body, &body); err != nil {
			t.Fatal(err)
		}
		if len(body.Candidates)+len(body.Others) != r.Passed || len(frozen.People) != r.Passed || len(frozen.Scores) != r.Passed {
			t.Errorf("%d and %d are frozen, %d people, %d scores, and %d passed", len(body.Candidates), len(body.Others), len(frozen.People), len(frozen.Scores), r.Passed)
		}
		if body.Algorithm != matching.Algorithm || frozen.Algorithm != matching.Algorithm || frozen.IndexPosition == 0 {
			t.Errorf("frozen by %s and %s at %d", body.Algorithm, frozen.Algorithm, frozen.IndexPosition)
		}
		for i, c := range r.Candidates {
			unlabelled(body.Candidates[i].Criteria)
			unlabelled(c.Criteria)
			if b := body.Candidates[i]; b.Person != c.Person || b.Score != c.Score || b.ProfessionalID != "" || !reflect.DeepEqual(b.Criteria, c.Criteria) {
				t.Fatalf("%d is frozen as %+v and ranked as %+v", i, b, c)
			}
			if frozen.People[c.Person] != c.ProfessionalID || frozen.Scores[c.Person] != c.Score {
				t.Fatalf("%s is %s with %d points", c.Person, frozen.People[c.Person], frozen.Scores[c.Person])
			}
		}
		made, ok, err := search.MadeOf(frozen.Body)
		if err != nil || !ok || len(made.People) != r.Passed {
			t.Fatalf("%d people were kept, %v, %v", len(made.People), ok, err)
		}
		text := strings.ToLower(string(frozen.Body) + string(must[[]byte](t)(json.Marshal(made))))
		for _, p := range append(people, m) {
			if strings.Contains(text, p.ID) {
				t.Fatalf("the body names %s", p.ID)
			}
		}
		for _, canary := range []string{"canary", "moussa", "diop", "example.org", "given1"} {
			if strings.Contains(text, canary) {
				t.Errorf("the body holds %q", canary)
			}
		}
	})
}

// unlabelled takes the names of concepts away, which are in the reader's language.
func unlabelled(criteria []matching.Criterion) {
	for i := range criteria {
		criteria[i].ConceptLabel = ""
	}
}
