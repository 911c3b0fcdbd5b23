// SPDX-License-Identifier: AGPL-3.0-or-later

package search_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store/storetest"
)

func TestWhoWasErasedLeavesPlaceAndScoreAndTheRestReplays(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	body := frozen(t, w)
	var before struct {
		Candidates []struct {
			Person  string
			Score   int
			Summary search.Summary
		}
	}
	if err := json.Unmarshal(body, &before); err != nil || len(before.Candidates) < 3 {
		t.Fatalf("%d candidates: %v", len(before.Candidates), err)
	}
	for i, one := range before.Candidates[:3] {
		redacted, found, err := search.Redact(body, one.Person)
		if err != nil || !found {
			t.Fatalf("%s: %v %v", one.Person, found, err)
		}
		replayed := must[search.Replayed](t)(search.Replay(redacted))
		if !replayed.Equal || replayed.Compared != len(before.Candidates)-1-i {
			t.Errorf("without number %d the replay says %+v", i+1, replayed)
		}
		made, ok, err := search.MadeOf(redacted)
		if err != nil || !ok {
			t.Fatal(err)
		}
		for _, p := range made.People {
			if p.Pseudonym == one.Person {
				t.Errorf("the values of number %d are still there", i+1)
			}
		}
		var after struct{ Candidates []search.Candidate }
		if err := json.Unmarshal(redacted, &after); err != nil {
			t.Fatal(err)
		}
		c := after.Candidates[i]
		if !c.Erased || c.Person != one.Person || c.Score != one.Score || len(c.Criteria) > 0 || c.Summary.OccupationTitle != "" {
			t.Errorf("number %d stands as %+v", i+1, c)
		}
		body = redacted // the next goes too
	}
}

func TestARankingWithoutThePersonStaysAsItIs(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	body := frozen(t, w)
	same, found, err := search.Redact(body, "P-0000-0000")
	if err != nil || found || !bytes.Equal(same, body) {
		t.Errorf("found %v, equal %v: %v", found, bytes.Equal(same, body), err)
	}
	for _, broken := range []string{``, `{"candidates":7}`, `{"candidates":[{"person":"P-0000-0000"}],"made":"AAAA"}`} {
		if _, _, err := search.Redact([]byte(broken), "P-0000-0000"); err == nil {
			t.Errorf("%s was redacted", broken)
		}
	}
}
