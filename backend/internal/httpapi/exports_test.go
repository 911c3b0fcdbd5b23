// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"slices"
	"strings"
	"testing"

	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// table reads an export as CSV: its heading and its rows.
func table(t *testing.T, c *client, path string) ([]string, [][]string) {
	t.Helper()
	got := c.do("GET", path, nil)
	if got.Status != http.StatusOK || !strings.HasPrefix(got.Header.Get("Content-Type"), "text/csv") {
		t.Fatalf("%s: %d %s %.200s", path, got.Status, got.Header.Get("Content-Type"), got.Body)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(got.Body, []byte("\xef\xbb\xbf")))).ReadAll()
	if err != nil || len(rows) == 0 {
		t.Fatalf("%s: %v, %d rows", path, err, len(rows))
	}
	return rows[0], rows[1:]
}

// TestAnExportHoldsWhatTheListShowsAndNoMore compares, for everybody, each list with
// its export: the same records in the same order, and nobody named who is not named there.
func TestAnExportHoldsWhatTheListShowsAndNoMore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := whole(t, db)
		main, other := h.play(t, h.Side, "GH", "main"), h.play(t, h.Other, "KE", "other")
		rows := 0
		for name, c := range knockers(t, h, main, other) {
			for list, column := range map[string]int{"/needs": 0, "/candidacies": 2, "/placements": 0} {
				shown := c.do("GET", list+"?limit=100", nil)
				taken := c.do("GET", list+"/export?format=csv&language=en", nil)
				if shown.Status != taken.Status {
					t.Errorf("%s is told %d by %s and %d by its export", name, shown.Status, list, taken.Status)
				}
				if shown.Status != http.StatusOK {
					continue
				}
				var items struct {
					Items []struct {
						Reference string
						Need      struct{ Reference string }
						Person    struct{ Pseudonym, Name string }
					}
				}
				shown.Into(t, &items)
				_, got := table(t, c, list+"/export?format=csv&language=en")
				if len(got) != len(items.Items) {
					t.Errorf("%s reads %d rows of %s and takes %d", name, len(items.Items), list, len(got))
					continue
				}
				for i, one := range items.Items {
					rows++
					want := one.Reference
					if list == "/candidacies" {
						want = one.Need.Reference
					}
					if got[i][column] != want {
						t.Errorf("%s, %s: row %d is %v, want %s", name, list, i, got[i], want)
					}
					if list != "/needs" && (!slices.Contains(got[i], one.Person.Pseudonym) || one.Person.Name != "" && !slices.Contains(got[i], one.Person.Name)) {
						t.Errorf("%s, %s: row %d is %v, not about %+v", name, list, i, got[i], one.Person)
					}
					if list != "/needs" && one.Person.Name == "" && strings.Contains(strings.Join(got[i], " "), "Diop") {
						t.Errorf("%s, %s: the export names whom the list does not: %v", name, list, got[i])
					}
				}
			}
		}
		if rows < 20 {
			t.Errorf("only %d rows were compared", rows)
		}
	})
}

func TestAnExportFollowsTheFilterTheLanguageAndTheFormat(t *testing.T) {
	g := newStage(t, storetest.SQLite(t))
	draft, open := g.needIn("DRAFT"), g.needIn("PUBLISHED")
	head, rows := table(t, g.Host, "/needs/export?format=csv&language=fr&state=PUBLISHED")
	if head[0] != "Référence" || len(rows) != 1 || rows[0][0] != open.Reference {
		t.Errorf("%v %v; the draft is %s", head, rows, draft.Reference)
	}
	got := g.Host.do("GET", "/needs/export", nil)
	if got.Status != http.StatusOK || !bytes.HasPrefix(got.Body, []byte("PK")) || !strings.Contains(got.Header.Get("Content-Disposition"), "needs.xlsx") {
		t.Errorf("%d %q %.20q", got.Status, got.Header.Get("Content-Disposition"), got.Body)
	}
	if got := g.Host.do("GET", "/needs/export?state=NONSENSE", nil); got.Status != http.StatusUnprocessableEntity {
		t.Errorf("a state that is none: %d", got.Status)
	}
}

func TestNothingInAnExportIsAFormula(t *testing.T) {
	g := newStage(t, storetest.SQLite(t))
	n := terms()
	n["title"] = "=HYPERLINK(\"http://x\",\"y\")"
	g.Host.do("POST", "/needs", n)
	if got := g.Host.do("GET", "/needs/export?format=csv", nil); !bytes.Contains(got.Body, []byte("'=HYPERLINK")) {
		t.Errorf("a title is a formula: %s", got.Body)
	}
}

func TestWhoStandsInAListSeesThatItWasTaken(t *testing.T) {
	g := newStage(t, storetest.SQLite(t))
	g.candidacyAfter(0)
	table(t, g.Host, "/candidacies/export?format=csv")
	if got := g.Person.do("GET", "/me/views", nil); !strings.Contains(string(got.Body), `"export"`) {
		t.Errorf("the person is not told: %s", got.Body)
	}
}
