// SPDX-License-Identifier: AGPL-3.0-or-later

package search_test

import (
	"slices"
	"strings"
	"testing"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// read joins the parts of passages as one reads them, with marks in brackets.
func read(all []search.Passage) string {
	var out strings.Builder
	for _, one := range all {
		out.WriteString(one.Source + ": ")
		for _, part := range one.Parts {
			if part.Mark == "concept" {
				out.WriteString("[" + part.Text + "]")
			} else {
				out.WriteString(part.Text)
			}
		}
		out.WriteString("\n")
	}
	return out.String()
}

func TestPassagesShowWhatMetTheNeedAndNobodysName(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		m := moussa()
		m.Summary = "Moussa Diop progetta impianti di irrigazione a goccia. Ama il calcio."
		m.CVText = "Scrivetemi a moussa@example.org o +39 06 1234 5678. Nel 2019 Diop ha formato tecnici sull'irrigazione a goccia!\nSuona la kora."
		m.Experience = []registry.Experience{{Title: "Responsabile irrigazione", Description: "Impianti di irrigazione a goccia su venti ettari."}}
		p := w.Added(m)[0]
		need := w.publish(same)
		got := must[[]search.Passage](t)(w.Search.Passages(t.Context(), w.Coordinator, need.Reference, p.Pseudonym))
		text := read(got)
		for _, want := range []string{"[irrigazione a goccia]", "summary: ", "experience: Impianti", "cv: "} {
			if !strings.Contains(text, want) {
				t.Errorf("no %q in\n%s", want, text)
			}
		}
		for _, secret := range []string{"Moussa", "Diop", "moussa@", "1234", "calcio", "kora"} {
			if strings.Contains(text, secret) {
				t.Errorf("%q stands in\n%s", secret, text)
			}
		}
		marked := slices.ContainsFunc(got, func(one search.Passage) bool {
			return slices.ContainsFunc(one.Parts, func(part search.Part) bool {
				return part.Concept == "agriculture.drip-irrigation" && part.Need == need.Criteria[0].Label
			})
		})
		if !marked {
			t.Errorf("nothing is marked with the words of the need: %+v", got)
		}
		if want := "coordinator " + p.ID + " passages " + need.ID; !slices.Contains(w.Seen.seen, want) {
			t.Errorf("seen is %v", w.Seen.seen)
		}
	})
}

func TestPassagesOfSomebodyWithNothingToSayAreNone(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	m := moussa()
	m.Summary, m.CVText, m.Experience = "", "", nil
	p := w.Added(m)[0]
	need := w.publish(same)
	if got := must[[]search.Passage](t)(w.Search.Passages(t.Context(), w.Coordinator, need.Reference, p.Pseudonym)); len(got) != 0 {
		t.Errorf("it shows %s", read(got))
	}
	if _, err := w.Search.Passages(t.Context(), w.Coordinator, need.Reference, "P-2222-2222"); !fault.Is(err, fault.Missing) {
		t.Errorf("a stranger is %v", err)
	}
	if _, err := w.Search.Passages(t.Context(), w.Host, need.Reference, p.Pseudonym); !fault.Is(err, fault.Missing) {
		t.Errorf("the host is told %v", err)
	}
}

func TestALongTextIsCutToItsBestSentences(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	m := moussa()
	m.CVText = strings.Repeat("Impianti di irrigazione a goccia per orti, "+strings.Repeat("parole e ancora parole ", 40)+". ", 40)
	p := w.Added(m)[0]
	need := w.publish(same)
	got := must[[]search.Passage](t)(w.Search.Passages(t.Context(), w.Coordinator, need.Reference, p.Pseudonym))
	if len(got) == 0 || len(got) > 12 {
		t.Fatalf("%d passages", len(got))
	}
	for _, one := range got {
		length := 0
		for _, part := range one.Parts {
			length += len(part.Text)
		}
		if length > 400 {
			t.Errorf("a passage of %d bytes", length)
		}
	}
}

func TestTwoToFiveAreCompared(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.crowd(40)
		need := w.publish(same)
		w.built()
		ranked := w.rank(need, 5).Candidates
		if len(ranked) < 2 {
			t.Fatalf("%d ranked", len(ranked))
		}
		names := []string{ranked[1].Person, ranked[0].Person}
		got := must[[]search.Candidate](t)(w.Search.Compare(t.Context(), w.Coordinator, need.Reference, names))
		if len(got) != 2 || got[0].Person != names[0] || got[0].Score != ranked[1].Score || got[1].Score != ranked[0].Score || len(got[0].Blocked) > 0 {
			t.Errorf("compared %+v", got)
		}
		if want := "coordinator " + ranked[0].ProfessionalID + " comparison " + need.ID; !slices.Contains(w.Seen.seen, want) {
			t.Errorf("seen is %v", w.Seen.seen)
		}
		for _, wrong := range [][]string{nil, names[:1], {names[0], names[0]}, {"a", "b", "c", "d", "e", "f"}} {
			if _, err := w.Search.Compare(t.Context(), w.Coordinator, need.Reference, wrong); !fault.Is(err, fault.Invalid) {
				t.Errorf("%v is %v", wrong, err)
			}
		}
		if _, err := w.Search.Compare(t.Context(), w.Coordinator, need.Reference, []string{names[0], "P-2222-2222"}); !fault.Is(err, fault.Missing) {
			t.Errorf("a stranger is %v", err)
		}
	})
}
