// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// odd are values that addresses and parameters may be given.
var odd = append([]string{"\x00", "a\x00b", "\xff\xfe", "\x1b[2J", "", " ", "0", "-1", "99999999999999999999", "1e9", "1.5", "🦩", "..", ".",
	strings.Repeat("9", 400), strings.Repeat("y", 3000), "P-0000-0000", "00000000-0000-0000-0000-000000000000", "true", "a,b,c"}, hostile...)

// TestEveryParameterMayHoldAnything asks every route that only reads, with odd
// values in each place of its address, as everybody who might be let in.
func TestEveryParameterMayHoldAnything(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newStage(t, db)
		g.choose(t, g.needIn("PUBLISHED").Reference)
		asking := []*client{g.Coordinator, g.Host, g.Association, g.Person, g.as(t, g.Administrator)}
		answered := map[string]bool{}
		for _, r := range g.Server.Routes() {
			if r.Method != http.MethodGet {
				continue
			}
			for _, p := range operationOf(g.Server.Description().Paths[r.Path], r.Method).Parameters {
				for _, value := range odd {
					for _, c := range asking {
						got := c.do(r.Method, g.asked(r.Path, p.In, p.Name, value), nil)
						if got.Status == http.StatusForbidden {
							continue
						}
						answered[r.ID] = true
						if got.Status >= 300 && !slices.Contains([]int{400, 401, 404, 409, 422}, got.Status) || len(got.Body) > 200_000 {
							t.Errorf("%s, %s %s = %q: %d, %d bytes %.300s", r.ID, p.In, p.Name, first(value), got.Status, len(got.Body), got.Body)
						}
						if got.Status >= 400 && got.Header.Get("Content-Type") != "application/problem+json" {
							t.Errorf("%s, %s %s = %q: it is %s", r.ID, p.In, p.Name, first(value), got.Header.Get("Content-Type"))
						}
						break
					}
				}
			}
		}
		if len(answered) < 15 {
			t.Errorf("only %d routes answered", len(answered))
		}
	})
}

// asked is the address of a route with a value in one place of it, and sound
// values in the others.
func (g *stage) asked(path, in, name, value string) string {
	query := ""
	if in == "path" {
		path = strings.ReplaceAll(path, "{"+name+"}", url.PathEscape(value))
	} else if in == "query" {
		query = "?" + url.QueryEscape(name) + "=" + url.QueryEscape(value)
	}
	record := "need"
	if strings.HasPrefix(path, "/professionals") {
		record = "professional"
	}
	return g.in(path, record) + query
}

// choose notes the need that addresses are about.
func (g *stage) choose(t *testing.T, ref string) {
	t.Helper()
	g.Need = ref
}
