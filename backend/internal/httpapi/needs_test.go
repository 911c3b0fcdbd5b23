// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"sankofa/backend/internal/needs/needstest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// step takes a record one step on, with the version that the client last saw.
func (c *client) step(path string, version int, body any) answerOf {
	c.t.Helper()
	return c.do("POST", path, body, "If-Match", fmt.Sprintf(`"%d"`, version))
}

// draft begins a complete need by the API and returns it.
func (h *house) draft(t *testing.T) needView {
	t.Helper()
	var n needView
	h.as(t, h.Host).do("POST", "/needs", textOf(needstest.Form())).Into(t, &n)
	return n
}

// published leads a need through its whole review by the API.
func (h *house) published(t *testing.T) needView {
	t.Helper()
	n := h.draft(t)
	host, ministry, coordinator := h.as(t, h.Host), h.as(t, h.Ministry), h.as(t, h.Coordinator)
	host.step("/needs/"+n.Reference+"/submit", n.Version, nil).Into(t, &n)
	ministry.step("/needs/"+n.Reference+"/validate", n.Version, needSaid{}).Into(t, &n)
	coordinator.step("/needs/"+n.Reference+"/approve", n.Version, needSaid{Reason: "Feasible."}).Into(t, &n)
	coordinator.step("/needs/"+n.Reference+"/publish", n.Version, needSaid{ClosesOn: "2027-01-15"}).Into(t, &n)
	return n
}

func TestANeedByTheAPI(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		n := h.published(t)
		if n.State != "PUBLISHED" || n.Days != 84 || len(n.Reviews) != 2 || n.Languages[0].Spoken != "B2" || !n.Can.Rank || !n.Can.Shortlist {
			t.Errorf("got %s, %d days, %d reviews, %+v, %+v", n.State, n.Days, len(n.Reviews), n.Languages, n.Can)
		}
		var page list[needView]
		h.as(t, h.Association).do("GET", "/needs?state=PUBLISHED&q=obstetric", nil).Into(t, &page)
		if len(page.Items) != 1 || len(page.Items[0].Reviews) != 0 || !page.Items[0].Can.Nominate {
			t.Errorf("the association lists %+v", page.Items)
		}
		var again needView
		answer := h.as(t, h.Host).do("POST", "/needs/"+n.Reference+"/duplicate", nil)
		answer.Into(t, &again)
		if answer.Status != http.StatusCreated || again.State != "DRAFT" || answer.Header.Get("ETag") != `"1"` {
			t.Errorf("duplicated: %d, %s, ETag %s", answer.Status, again.State, answer.Header.Get("ETag"))
		}
	})
}

func TestADraftBeginsWithItsTitleAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		var n needView
		h.as(t, h.Host).do("POST", "/needs", `{"title":"A midwife"}`).Into(t, &n)
		if n.Title != "A midwife" || n.Country != "GH" || n.Days != 0 || !n.Can.Submit {
			t.Errorf("got %+v", n)
		}
	})
}

func TestWhatIsWrongWithANeedIsNamedAllAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		host := h.as(t, h.Host)
		text := textOf(needstest.Form())
		text.EndsOn, text.Languages[0].Spoken, text.Criteria[0].Weight = "2027-01-01", "D1", 9
		p := host.do("POST", "/needs", text).Problem()
		var fields []string
		for _, f := range p.Fields {
			fields = append(fields, f.Field)
		}
		if got := strings.Join(fields, " "); p.Status != 422 || got != "endsOn criteria[0].weight languages[0].spoken" {
			t.Errorf("got %d about %s", p.Status, got)
		}
		n := h.draft(t)
		for name, row := range map[string]struct {
			answer answerOf
			status int
		}{
			"without a version": {host.do("POST", "/needs/"+n.ID+"/submit", nil), http.StatusPreconditionRequired},
			"an older version":  {host.step("/needs/"+n.ID+"/submit", n.Version+1, nil), http.StatusPreconditionFailed},
			"not its turn":      {h.as(t, h.Coordinator).step("/needs/"+n.ID+"/approve", n.Version, nil), http.StatusNotFound},
			"not its role":      {host.step("/needs/"+n.ID+"/validate", n.Version, nil), http.StatusNotFound},
			"an unknown field":  {host.do("POST", "/needs", `{"title":"x","wage":100}`), http.StatusUnprocessableEntity},
			"no such need":      {host.do("GET", "/needs/GH-2099-0001", nil), http.StatusNotFound},
			"an odd state":      {host.do("GET", "/needs?state=OPEN", nil), http.StatusUnprocessableEntity},
		} {
			if row.answer.Status != row.status {
				t.Errorf("%s: got %d %s, want %d", name, row.answer.Status, row.answer.Body, row.status)
			}
		}
		submitted := host.step("/needs/"+n.ID+"/submit", n.Version, nil)
		submitted.Into(t, &n)
		if p := host.step("/needs/"+n.ID+"/submit", n.Version, nil).Problem(); p.Status != http.StatusConflict || p.Code != "need.not_draft" {
			t.Errorf("twice: got %d %s", p.Status, p.Code)
		}
	})
}

func TestTheSameDraftSentTwiceIsOneNeed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		host := h.as(t, h.Host)
		var first, second needView
		host.do("POST", "/needs", textOf(needstest.Form()), "Idempotency-Key", "k1").Into(t, &first)
		host.do("POST", "/needs", textOf(needstest.Form()), "Idempotency-Key", "k1").Into(t, &second)
		if first.ID != second.ID || first.Reference != "GH-2026-0001" {
			t.Errorf("got %s and %s", first.Reference, second.Reference)
		}
	})
}
