// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/identity/identitytest"
	"sankofa/backend/internal/store"
)

// house is a running API over a real database, with the small world in it.
type house struct {
	*identitytest.World
	DB     *store.DB
	API    *API
	Server *Server
	URL    string
}

// open starts the API on the database.
func open(t *testing.T, db *store.DB) *house {
	t.Helper()
	h := &house{World: identitytest.New(t, db), DB: db}
	h.API = services(t, db)
	server, err := NewServer(h.API, Settings{Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	h.Server = server
	web := httptest.NewServer(server.Engine)
	t.Cleanup(web.Close)
	h.URL = web.URL
	return h
}

// client is one browser: it keeps its cookies.
type client struct {
	t       *testing.T
	base    string
	cookies map[string]string
	link    string // the secret of a link in a mail, sent with every request
}

// stranger is somebody who is not signed in.
func (h *house) stranger(t *testing.T) *client {
	return &client{t: t, base: h.URL, cookies: map[string]string{}}
}

// as is a browser in which the actor is signed in; the second factor is not
// asked for here, so that coordinators and ministries can be tested in one line.
func (h *house) as(t *testing.T, who identity.Actor) *client {
	t.Helper()
	token, err := h.API.Identity.OpenFor(t.Context(), who.UserID)
	if err != nil {
		t.Fatalf("open a session: %v", err)
	}
	err = h.DB.Keep(t.Context(), func(tx *store.Tx) error {
		return tx.Exec(`UPDATE users SET totp_confirmed = ? WHERE id = ?`, true, who.UserID).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	c := h.stranger(t)
	c.cookies["sankofa"] = token
	return c
}

// answerOf is what came back.
type answerOf struct {
	Status int
	Header http.Header
	Body   []byte
}

// Problem reads the answer as a problem.
func (a answerOf) Problem() Problem {
	var p Problem
	_ = json.Unmarshal(a.Body, &p)
	return p
}

// Into reads the answer into out and fails the test when it was not a success.
func (a answerOf) Into(t *testing.T, out any) {
	t.Helper()
	if a.Status >= 300 {
		t.Fatalf("status %d: %s", a.Status, a.Body)
	}
	if err := json.Unmarshal(a.Body, out); err != nil {
		t.Fatalf("read answer: %v in %.200s", err, a.Body)
	}
}

// multiparted spells a file as a form sends it.
func multiparted(file sent) ([]byte, string) {
	var out bytes.Buffer
	form := multipart.NewWriter(&out)
	part, err := form.CreateFormFile("file", file.Name)
	if err == nil {
		_, err = part.Write(file.Content)
	}
	if err := errors.Join(err, form.Close()); err != nil {
		panic(err) // a buffer takes everything
	}
	return out.Bytes(), form.FormDataContentType()
}

// do sends a request. A body that is a string is sent as it is, anything else
// as JSON; headers come in pairs.
func (c *client) do(method, path string, body any, headers ...string) answerOf {
	c.t.Helper()
	var reader io.Reader
	switch b := body.(type) {
	case nil:
	case sent:
		text, kind := multiparted(b)
		reader, headers = bytes.NewReader(text), append([]string{"Content-Type", kind}, headers...)
	case string:
		reader = strings.NewReader(b)
	default:
		text, err := json.Marshal(b)
		if err != nil {
			c.t.Fatal(err)
		}
		reader = bytes.NewReader(text)
	}
	if strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "/api") && !strings.HasSuffix(path, "z") {
		path = Base + path
	}
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.base+path, reader)
	if err != nil {
		c.t.Fatal(err)
	}
	if reader != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	if c.link != "" {
		req.Header.Set("Link-Token", c.link)
	}
	for name, value := range c.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, cookie := range res.Cookies() {
		c.cookies[cookie.Name] = cookie.Value
	}
	return answerOf{res.StatusCode, res.Header, text}
}
