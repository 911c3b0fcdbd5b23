// SPDX-License-Identifier: AGPL-3.0-or-later

package search_test

import (
	"fmt"
	"testing"

	"github.com/blevesearch/bleve/v2"

	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/store/storetest"
)

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
