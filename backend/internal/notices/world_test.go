// SPDX-License-Identifier: AGPL-3.0-or-later

package notices_test

import (
	"io"
	"mime/quotedprintable"
	netmail "net/mail"
	"regexp"
	"strings"
	"testing"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/mail"
	"sankofa/backend/internal/mail/mailtest"
	"sankofa/backend/internal/notices"
	"sankofa/backend/internal/placements/placementstest"
	"sankofa/backend/internal/store"
)

// world is the world of the placements with somebody who tells of it.
type world struct {
	*placementstest.World
	t  *testing.T
	db *store.DB
	*notices.Service
	Post *mailtest.Server // nil: no mail server is set
}

// newWorld fills the database; what happened while it was built is not told.
func newWorld(t *testing.T, db *store.DB, server *mailtest.Server) *world {
	t.Helper()
	w := &world{World: placementstest.New(t, db), t: t, db: db, Post: server}
	w.Service = w.teller()
	w.told()
	return w
}

// teller is one more program on the same database.
func (w *world) teller() *notices.Service {
	w.t.Helper()
	var settings mail.Settings
	if w.Post != nil {
		settings = w.Post.Settings
	}
	s, err := notices.New(w.db, settings, []byte("the key of the tests"), nil)
	if err != nil {
		w.t.Fatal(err)
	}
	s.Views = w.Audit
	s.Reached("https://sankofa.test")
	return s
}

// told turns everything that happened into notices and mails.
func (w *world) told() {
	w.t.Helper()
	reader := notices.Reader{Service: w.Service}
	for {
		at, err := reader.Position(w.t.Context())
		if err != nil {
			w.t.Fatal(err)
		}
		events, err := w.db.Events(w.t.Context(), at, 1000)
		if err != nil {
			w.t.Fatal(err)
		}
		if len(events) == 0 {
			return
		}
		if err := reader.Deliver(w.t.Context(), events); err != nil {
			w.t.Fatal(err)
		}
	}
}

// sent tells everything and sends what is due.
func (w *world) sent() {
	w.t.Helper()
	w.told()
	w.Drain(w.t.Context())
}

// news are the notices of somebody, the latest first.
func (w *world) news(who identity.Actor) []notices.Notice {
	w.t.Helper()
	found, _, err := w.List(w.t.Context(), who, notices.Filter{Limit: 100})
	if err != nil {
		w.t.Fatal(err)
	}
	return found
}

// kinds are the kinds of notices.
func kinds(all []notices.Notice) string {
	var out []string
	for _, n := range all {
		out = append(out, n.Kind)
	}
	return strings.Join(out, " ")
}

// outbox lists the mails of a kind as the administrator sees them; no kind is every one.
func (w *world) outbox(kind string) []notices.Item {
	w.t.Helper()
	found, _, err := w.Mails(w.t.Context(), w.Administrator, "", "", 100)
	if err != nil {
		w.t.Fatal(err)
	}
	var out []notices.Item
	for _, m := range found {
		if kind == "" || m.Kind == kind {
			out = append(out, m)
		}
	}
	return out
}

// only is the one mail of a kind.
func (w *world) only(kind string) notices.Item {
	w.t.Helper()
	found := w.outbox(kind)
	if len(found) != 1 {
		w.t.Fatalf("%d mails of the kind %s, want one: %+v", len(found), kind, found)
	}
	return found[0]
}

// body is the text of a mail as it travelled, decoded.
func body(t *testing.T, got mailtest.Got) (header netmail.Header, text string) {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(got.Source))
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if err != nil {
		t.Fatal(err)
	}
	return m.Header, string(all)
}

var secret = regexp.MustCompile(`https://sankofa\.test/[a-z-]+#([A-Za-z0-9_-]+)`)

// secretIn is what stands behind the # of the link in a text.
func secretIn(t *testing.T, text string) string {
	t.Helper()
	found := secret.FindStringSubmatch(text)
	if found == nil {
		t.Fatalf("no link in %s", text)
	}
	return found[1]
}
