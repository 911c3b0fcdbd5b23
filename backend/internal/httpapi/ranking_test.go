// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"net/http"
	"strings"
	"testing"

	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

func TestACoordinatorReadsARankingAndAPersonTheNeedsThatSuitThem(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := whole(t, db)
		s := h.play(t, h.Side, "GH", "main")
		answer := s.Coordinator.do("GET", "/needs/"+s.Open+"/ranking?limit=5", nil)
		var r search.Ranking
		answer.Into(t, &r)
		if r.Need.Reference != s.Open || r.Considered != 5 || r.Passed != 1 || len(r.Candidates) != 1 {
			t.Fatalf("ranking %+v", r)
		}
		if first := r.Excluded[0]; first.Condition != "consent" || first.Count != 4 {
			t.Errorf("the members who have not answered are excluded as %+v", first)
		}
		c := r.Candidates[0]
		points := 0
		for _, k := range c.Criteria {
			points += k.Points
		}
		if c.Person != s.Pseudonym || c.ProfessionalID != s.Professional || c.Score != points || points == 0 {
			t.Errorf("candidate %+v", c)
		}
		if text := strings.ToLower(string(answer.Body)); strings.Contains(text, "moussa") || strings.Contains(text, "example.org") {
			t.Errorf("the ranking says who it is: %s", text)
		}
		var card search.Candidate
		s.Coordinator.do("GET", "/needs/"+s.Open+"/candidates/"+s.Pseudonym, nil).Into(t, &card)
		if card.Score != c.Score || len(card.Blocked) != 0 {
			t.Errorf("the card says %d and %v, the ranking %d", card.Score, card.Blocked, c.Score)
		}
		for who, path := range map[*client]string{s.Person: "/me/needs", s.Association: "/professionals/" + s.Professional + "/needs"} {
			var suiting list[search.Suiting]
			who.do("GET", path, nil).Into(t, &suiting)
			if len(suiting.Items) != 1 || suiting.Items[0].Need.Reference != s.Open || len(suiting.Items[0].Blocked) != 0 {
				t.Errorf("%s: %+v", path, suiting.Items)
			}
		}
	})
}

func TestACoordinatorSearchesByWords(t *testing.T) {
	h := whole(t, storetest.SQLite(t))
	s := h.play(t, h.Side, "GH", "main")
	for query, found := range map[string]int{`goccia`: 1, `"irrigazione a goccia" isco:213`: 1, `skill:"drip irrigation"`: 1, `language:nl`: 0, `moussa`: 0} {
		var f search.Findings
		s.Coordinator.do("POST", "/search/professionals", map[string]any{"q": query, "facets": empty}).Into(t, &f)
		if f.Total != found || len(f.Items) != found {
			t.Errorf("%s: %+v", query, f)
		}
	}
	for _, query := range []string{"", "name:diop", strings.Repeat("x", 2001), "the"} {
		a := s.Coordinator.do("POST", "/search/professionals", map[string]any{"q": query, "facets": empty})
		if p := a.Problem(); a.Status != http.StatusUnprocessableEntity || len(p.Fields) == 0 || !strings.HasSuffix(p.Fields[0].Field, "q") {
			t.Errorf("%q: %d %s", query, a.Status, a.Body)
		}
	}
	if a := s.Coordinator.do("GET", "/needs/"+s.Open+"/ranking?limit=201", nil); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("a limit of 201: %d", a.Status)
	}
}
