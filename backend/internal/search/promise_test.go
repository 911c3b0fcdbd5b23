// SPDX-License-Identifier: AGPL-3.0-or-later

package search_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/blevesearch/bleve/v2"

	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store/storetest"
)

// TestThePromisingAreNearlyTheBest compares lists for which only the most
// promising people were scored with those for which everybody was. The promise
// does not know the whole of a profile, so of twenty two may be others.
func TestThePromisingAreNearlyTheBest(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.crowd(600)
	var all []needs.Terms
	open := func(change func(*needs.Terms)) {
		all = append(all, w.publish(func(n *needs.Terms) {
			n.ShortestDays, n.Languages[0].Required = 5, false
			change(n)
		}))
	}
	open(same)
	open(func(n *needs.Terms) { n.Country, n.ISCO, n.EducationField = "GH", "2221", "0913" })
	open(func(n *needs.Terms) { n.Country, n.Criteria[0].Required, n.Criteria[1].Required = "CD", false, true })
	open(func(n *needs.Terms) { n.Country, n.Criteria, n.YearsExperience = "SL", nil, 15 })
	open(func(n *needs.Terms) {
		n.Country, n.Language, n.ISCO = "SO", "en", "2411"
		n.Title, n.Objectives, n.Outputs = "Public accounts", "Close the accounts of the district and train the clerks", nil
		n.Criteria = []needs.Criterion{{Concept: "finance.accounting", Label: "accounting", Required: true, Weight: 5},
			{Concept: "finance.auditing", Label: "auditing", Weight: 3}, {Label: "nothing that anybody knows", Weight: 1}}
	})
	w.built()
	whole := make([]search.Ranking, len(all))
	for i, need := range all {
		whole[i] = w.rank(need, 20)
	}
	if err := w.Search.Close(); err != nil {
		t.Fatal(err)
	}
	w.Search = w.scoring(30, 30)
	for i, need := range all {
		r := w.rank(need, 20)
		if r.Source != "index" || r.Passed < 40 {
			t.Fatalf("need %d: by the %s, %d passed: too few to tell anything", i, r.Source, r.Passed)
		}
		shared := 0
		for _, c := range r.Candidates {
			if slices.ContainsFunc(whole[i].Candidates, func(o search.Candidate) bool { return o.Person == c.Person && o.Score == c.Score }) {
				shared++
			}
		}
		if shared < 18 || r.Candidates[0].Person != whole[i].Candidates[0].Person {
			t.Errorf("need %d: %d of 20 are the same", i, shared)
		}
	}
}

// TestWalkingPostingsFindsWhatBleveFinds: the conditions are met without bleve's
// query tree, and must come to the same.
func TestWalkingPostingsFindsWhatBleveFinds(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.crowd(150)
	need := w.publish(func(n *needs.Terms) { n.StartsOn, n.EndsOn, n.Modality = "", "", "virtual" })
	w.built()
	r := w.rank(need, 1)
	if err := w.Search.Close(); err != nil {
		t.Fatal(err)
	}
	idx, err := bleve.OpenUsing(w.indexPath(), map[string]any{"bolt_timeout": "1s"})
	if err != nil {
		t.Fatal(err)
	}
	defer idx.Close()
	conditions := bleve.NewConjunctionQuery()
	for _, term := range [][2]string{{"pool", fmt.Sprintf("person/%s/SN", w.Programme.ID)}, {"speaks", "fr/s3"}, {"speaks", "fr/w2"}, {"works", "virtual"}} {
		q := bleve.NewTermQuery(term[1])
		q.SetField(term[0])
		conditions.AddQuery(q)
	}
	request := bleve.NewSearchRequestOptions(conditions, 150, 0, false)
	request.Score = "none"
	result, err := idx.Search(request)
	if err != nil {
		t.Fatal(err)
	}
	if int(result.Total) != r.Passed || r.Passed < 3 {
		t.Errorf("bleve finds %d people, the sets %d", result.Total, r.Passed)
	}
}
