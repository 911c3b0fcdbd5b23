// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sankofa/backend/internal/identity/identitytest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// This file proves that who withdraws, or rests, is out of every list, search,
// count, facet, ranking and export of the API by the time the answer arrives.

// stillNaming are the routes that may go on naming the person, and why.
var stillNaming = map[string]string{
	"list-ledger": "the ledger never forgets what happened; it holds an identifier that opens nothing any more",
}

// counted are routes whose whole answer must be what it was before the person could
// be found: nothing of them is left in a number either.
var counted = []string{"search-professionals", "rank-people", "show-loosening", "list-professionals", "export-professionals"}

// vanishing is the person whom the test looks for, and everybody who may look.
type vanishing struct {
	*house
	main    *scene
	person  *client
	mine    professionalView
	readers map[string]*client
}

// someone registers a person with a name like no other, who joins and agrees to
// nothing yet.
func (h *house) someone(t *testing.T, main *scene, tag string) *vanishing {
	t.Helper()
	p := agronomist("zuleika-"+tag+"@example.org", "GH")
	p["givenName"], p["familyName"], p["phone"] = "Zuleika"+tag, "Quixano"+tag, "+393339998877"
	v := &vanishing{house: h, main: main, person: h.stranger(t)}
	var made professionalView
	main.Association.do("POST", "/professionals", p).Into(t, &made)
	v.person.do("POST", "/invitations/accept", map[string]any{"token": token(t, made.Invitation.Link), "password": identitytest.Password, "locale": "en", "consents": []any{}})
	v.person.do("GET", "/me/professional", nil).Into(t, &v.mine)
	v.readers = map[string]*client{"coordinator": main.Coordinator, "host": main.Host, "ministry": main.Ministry, "administrator": h.as(t, h.Administrator)}
	return v
}

// asked reads every list, search, ranking and export that a reader can.
func (v *vanishing) asked(t *testing.T) map[string]string {
	t.Helper()
	other := *v.main
	other.Professional, other.Pseudonym, other.Invited = v.mine.ID, v.mine.Pseudonym, v.mine.ID
	found := map[string]string{}
	for _, r := range v.Server.Routes() {
		known := rules[r.ID]
		read := r.Method == http.MethodGet || r.ID == "search-professionals"
		if !read || r.Access.Public {
			continue
		}
		path, body := other.in(r.Path, known.record), known.body
		switch r.ID {
		case "compare-people":
			path += "?people=" + v.mine.Pseudonym + "," + v.main.Pseudonym
		case "export-professionals":
			path += "?format=csv"
		case "search-professionals":
			body = map[string]any{"q": "irrigazione", "facets": empty, "counts": true}
		}
		for name, c := range v.readers {
			if got := c.do(r.Method, path, body); got.Status == http.StatusOK {
				found[r.ID+" as "+name] = string(got.Body)
			} else if got.Status >= 500 {
				t.Errorf("%s as %s: %d %s", r.ID, name, got.Status, got.Body)
			}
		}
	}
	return found
}

// names tells which of the answers name the person, in whatever way.
func (v *vanishing) names(answers map[string]string) []string {
	var out []string
	for where, text := range answers {
		for _, mark := range []string{v.mine.ID, v.mine.Pseudonym, v.mine.GivenName, v.mine.FamilyName, v.mine.Email, v.mine.Phone} {
			if strings.Contains(text, mark) {
				out = append(out, where)
				break
			}
		}
	}
	slices.Sort(out)
	return out
}

// out checks that nothing names the person, and that every number is what it was
// before they could be found.
func (v *vanishing) out(t *testing.T, what string, before map[string]string) {
	t.Helper()
	after := v.asked(t)
	for _, where := range v.names(after) {
		if id, _, _ := strings.Cut(where, " "); stillNaming[id] == "" {
			t.Errorf("%s: %s still names the person", what, where)
		}
	}
	for _, id := range counted {
		if where := id + " as coordinator"; plainly(before[where]) != plainly(after[where]) {
			t.Errorf("%s: %s is not what it was before the person could be found:\n%s\n%s", what, where, plainly(before[where]), plainly(after[where]))
		}
	}
}

var volatile = regexp.MustCompile(`"(took|took_ms|tookMs|millis|duration|indexPosition|source|ledger|number|at|asOf|computedAt|madeAt)":("[^"]*"|[0-9.]+)`)

// plainly leaves out how long an answer took and where the ledger stood.
func plainly(text string) string { return volatile.ReplaceAllString(text, `"$1":0`) }

func TestWhoWithdrawsOrRestsIsOutOfEverythingBeforeTheAnswerReturns(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := whole(t, db)
		if err := h.API.Search.Rebuild(t.Context(), nil); err != nil { // the counts come from the index
			t.Fatal(err)
		}
		h.API.Privacy.Index = h.API.Search
		main := h.play(t, h.Side, "GH", "main")
		v := h.someone(t, main, "a")
		before := v.asked(t)

		var all list[consentView]
		v.person.do("POST", "/me/consents", ticked(t, v.person, "registry_search")[0]).Into(t, &all)
		v.stored(t)
		seen := v.asked(t)
		if ranked := seen["rank-people as coordinator"]; !strings.Contains(ranked, `"source":"index"`) {
			t.Errorf("the index does not answer: %.300s", ranked)
		}
		if shown := v.names(seen); len(shown) < 8 {
			t.Fatalf("only %v name a person who can be found: the test would prove nothing", shown)
		}
		if got := v.person.do("DELETE", "/me/consents/registry_search", nil); got.Status != http.StatusNoContent {
			t.Fatalf("withdraw: %d %s", got.Status, got.Body)
		}
		v.out(t, "withdrawn", before)

		v.person.do("POST", "/me/consents", ticked(t, v.person, "registry_search")[0]).Into(t, &all)
		var mine professionalView
		v.person.do("GET", "/me/professional", nil).Into(t, &mine)
		if got := v.person.do("POST", "/me/professional/pause", map[string]any{"paused": true}, "If-Match", etag(mine.Version)); got.Status != http.StatusOK {
			t.Fatalf("pause: %d %s", got.Status, got.Body)
		}
		v.out(t, "resting", before)
	})
}

// stored lets the person come into everything that is kept: rankings that are
// shown and logged, a proposal, a saved search.
func (v *vanishing) stored(t *testing.T) {
	t.Helper()
	v.API.Privacy.Settle(t.Context())
	v.main.Coordinator.do("GET", "/needs/"+v.main.Open+"/ranking", nil)
	var proposed proposalView
	v.main.Coordinator.do("POST", "/proposals", usualProposal()).Into(t, &proposed)
	var log list[shownView]
	v.main.Coordinator.do("GET", "/fairness/rankings", nil).Into(t, &log)
	v.main.Proposal, v.main.Shown = proposed.ID, log.Items[0].ID
}
