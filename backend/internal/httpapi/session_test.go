// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"net/http"
	"strings"
	"testing"

	"sankofa/backend/internal/identity/identitytest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

func TestSignInShowAndSignOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		c := h.stranger(t)
		if got := c.do("GET", "/session", nil); got.Status != 401 || got.Problem().Code != "session.missing" {
			t.Errorf("a stranger's session: %d %s", got.Status, got.Body)
		}
		signed := c.do("POST", "/session", map[string]any{"email": "host@test.invalid", "password": identitytest.Password})
		var view sessionView
		signed.Into(t, &view)
		if view.Role != "host" || view.Acting == nil || view.Acting.Organisation.ID != h.HostOrg.ID {
			t.Errorf("session: %s", signed.Body)
		}
		cookie := signed.Header.Get("Set-Cookie")
		for _, flag := range []string{"HttpOnly", "SameSite=Lax", "Path=/"} {
			if !strings.Contains(cookie, flag) {
				t.Errorf("cookie %q lacks %s", cookie, flag)
			}
		}
		if strings.Contains(string(signed.Body), c.cookies["sankofa"]) {
			t.Error("the token stands in the body")
		}
		if got := c.do("DELETE", "/session", nil); got.Status != 204 {
			t.Errorf("sign out: %d %s", got.Status, got.Body)
		}
		c.cookies["sankofa"] = strings.TrimPrefix(strings.Split(cookie, ";")[0], "sankofa=")
		if got := c.do("GET", "/session", nil); got.Status != 401 || got.Problem().Code != "session.ended" {
			t.Errorf("the old token: %d %s", got.Status, got.Body)
		}
	})
}

func TestBehindHTTPSTheCookieIsBoundToTheHost(t *testing.T) {
	db := storetest.SQLite(t)
	identitytest.New(t, db)
	a := services(t, db)
	if _, err := NewServer(a, Settings{Secure: true}); err != nil {
		t.Fatal(err)
	}
	if a.cookieName() != "__Host-sankofa" {
		t.Errorf("cookie name %q", a.cookieName())
	}
}

func TestBadRequestsGetOneClearAnswer(t *testing.T) {
	db := storetest.SQLite(t)
	h := open(t, db)
	for _, row := range []struct {
		name, method, path string
		body               any
		headers            []string
		status             int
		code, field        string
	}{
		{"malformed JSON", "POST", "/session", `{"email": `, nil, 400, "request.malformed", ""},
		{"an unknown field", "POST", "/session", `{"email":"a@b.c","password":"x","colour":"crimson"}`, nil, 422, "request.invalid", "colour"},
		{"a missing field", "POST", "/session", `{"email":"a@b.c"}`, nil, 422, "request.invalid", "password"},
		{"a wrong type", "POST", "/session", `{"email":"a@b.c","password":7}`, nil, 422, "request.invalid", "password"},
		{"over-long text", "POST", "/session", map[string]any{"email": strings.Repeat("a", 300), "password": "x"}, nil, 422, "request.invalid", "email"},
		{"no JSON", "POST", "/session", "email=a", []string{"Content-Type", "text/plain"}, 415, "request.media_type", ""},
		{"a huge body", "POST", "/session", `{"email":"` + strings.Repeat("a", 3<<20) + `"}`, nil, 413, "request.too_large", ""},
		{"an unknown parameter", "GET", "/demo-sign-ins?colour=crimson", nil, nil, 422, "request.invalid", "colour"},
		{"another site", "POST", "/session", `{"email":"a@b.c","password":"x"}`, []string{"Sec-Fetch-Site", "cross-site"}, 403, "request.cross_origin", ""},
		{"another origin", "POST", "/session", `{"email":"a@b.c","password":"x"}`, []string{"Origin", "https://evil.example"}, 403, "request.cross_origin", ""},
		{"an unknown method", "PATCH", "/session", nil, nil, 404, "method.missing", ""},
	} {
		got := h.stranger(t).do(row.method, row.path, row.body, row.headers...)
		p := got.Problem()
		if got.Status != row.status || p.Code != row.code || got.Header.Get("Content-Type") != "application/problem+json" || p.RequestID == "" && p.Status < 400 {
			t.Errorf("%s: %d %s", row.name, got.Status, got.Body)
		}
		if row.field != "" && (len(p.Fields) != 1 || p.Fields[0].Field != row.field) {
			t.Errorf("%s: fields %+v, want %s", row.name, p.Fields, row.field)
		}
		if strings.Contains(string(got.Body), "aaaaaaaa") || strings.Contains(string(got.Body), "crimson") {
			t.Errorf("%s: the answer repeats what was sent: %.200s", row.name, got.Body)
		}
	}
}

func TestEveryAnswerCarriesTheSecurityHeaders(t *testing.T) {
	h := open(t, storetest.SQLite(t))
	for _, path := range []string{"/session", "/api/docs", "/api/openapi.json", "/healthz", "/nowhere"} {
		got := h.stranger(t).do("GET", path, nil)
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
		} {
			if got.Header.Get(name) != want {
				t.Errorf("%s: %s is %q", path, name, got.Header.Get(name))
			}
		}
		if !strings.Contains(got.Header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: no content security policy", path)
		}
	}
}

func TestADatabaseThatIsAwayIs503(t *testing.T) {
	url := storetest.Postgres(t)
	db, err := store.Open(t.Context(), store.Options{Database: url})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	h := open(t, db)
	c := h.as(t, h.Host)
	storetest.Gone(t, url)
	got := c.do("GET", "/session", nil)
	if got.Status != http.StatusServiceUnavailable || got.Header.Get("Retry-After") == "" || got.Problem().Code != "database.unavailable" {
		t.Errorf("%d, Retry-After %q: %s", got.Status, got.Header.Get("Retry-After"), got.Body)
	}
}
