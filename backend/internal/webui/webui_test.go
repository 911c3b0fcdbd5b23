// SPDX-License-Identifier: AGPL-3.0-or-later

package webui

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/gin-gonic/gin"
)

func serve(t *testing.T, dist fstest.MapFS, method, url, accept string) *httptest.ResponseRecorder {
	t.Helper()
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	missing := func(c *gin.Context) { c.String(http.StatusNotFound, "missing") }
	if err := Mount(engine, dist, missing); err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequest(method, url, nil)
	r.Header.Set("Accept-Encoding", accept)
	engine.ServeHTTP(w, r)
	return w
}

var built = fstest.MapFS{
	"index.html":       {Data: []byte("<!doctype html>page")},
	"assets/a-1234.js": {Data: []byte(strings.Repeat("let a = 1;", 100))},
	"icon.svg":         {Data: []byte("<svg/>")},
	".gitkeep":         {},
}

func TestWhatIsServed(t *testing.T) {
	for _, row := range []struct {
		method, url string
		status      int
		cache, body string
	}{
		{"GET", "/", 200, "no-store", "page"},
		{"GET", "/needs/GH-2027-0001", 200, "no-store", "page"},
		{"GET", "/index.html", 404, "", "missing"},
		{"GET", "/assets/a-1234.js", 200, "public, max-age=31536000, immutable", "let a"},
		{"GET", "/assets/b.js", 404, "", "missing"},
		{"GET", "/api/v1/nothing", 404, "", "missing"},
		{"GET", "/x/../api/v1", 404, "", "missing"},
		{"POST", "/", 404, "", "missing"},
		{"GET", "/.gitkeep", 404, "", "missing"},
	} {
		w := serve(t, built, row.method, row.url, "")
		if w.Code != row.status || w.Header().Get("Cache-Control") != row.cache || !strings.Contains(w.Body.String(), row.body) {
			t.Errorf("%s %s: %d %q %.40q", row.method, row.url, w.Code, w.Header().Get("Cache-Control"), w.Body)
		}
	}
}

func TestCompressedOnceForWhoTakesIt(t *testing.T) {
	w := serve(t, built, "GET", "/assets/a-1234.js", "br, gzip")
	if w.Header().Get("Content-Encoding") != "gzip" || w.Body.Len() >= 1000 {
		t.Errorf("encoding %q, %d bytes", w.Header().Get("Content-Encoding"), w.Body.Len())
	}
}

func TestAnUnbuiltPageNamesTheCommand(t *testing.T) {
	w := serve(t, fstest.MapFS{".gitkeep": {}}, "GET", "/", "")
	if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "scripts/build") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
