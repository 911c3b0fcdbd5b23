// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"net/url"
	"strings"

	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/notices"
	"sankofa/backend/internal/store"
)

// link makes an account and a link of a mail to it, and returns the secret.
func (g *stage) link(kind identity.LinkKind, unconfirmed bool) string {
	g.t.Helper()
	userID, secret := g.User(g.email()), id.Secret()
	err := g.DB.Keep(g.t.Context(), func(tx *store.Tx) error {
		if err := tx.Model(&identity.User{}).Where("id = ?", userID).Update("unconfirmed", unconfirmed).Error; err != nil {
			return err
		}
		return identity.PutLinkIn(tx, kind, userID, secret, tx.Now)
	})
	if err != nil {
		g.t.Fatal(err)
	}
	return secret
}

// stop is what stands at the foot of a mail to the ministry: the need that the
// host has submitted waits for it.
func (g *stage) stop() string {
	g.t.Helper()
	g.needIn("SUBMITTED")
	g.told()
	var mails list[mailView]
	admin := g.as(g.t, g.Administrator)
	admin.do("GET", "/outbox?limit=100", nil).Into(g.t, &mails)
	for _, m := range mails.Items {
		if m.Kind != "need_submitted" {
			continue
		}
		var letter letterView
		admin.do("GET", "/outbox/"+m.ID, nil).Into(g.t, &letter)
		_, after, ok := strings.Cut(letter.Text, unsubscribeAt+"?token=")
		if token, err := url.QueryUnescape(strings.Fields(after)[0]); ok && err == nil {
			return token
		}
	}
	g.t.Fatal("no mail can be stopped")
	return ""
}

// told turns everything that happened into notices and mails.
func (g *stage) told() {
	g.t.Helper()
	reader := notices.Reader{Service: g.API.Notices}
	for {
		at, err := reader.Position(g.t.Context())
		if err != nil {
			g.t.Fatal(err)
		}
		events, err := g.DB.Events(g.t.Context(), at, 1000)
		if err != nil {
			g.t.Fatal(err)
		}
		if len(events) == 0 {
			return
		}
		if err := reader.Deliver(g.t.Context(), events); err != nil {
			g.t.Fatal(err)
		}
	}
}

// mailStep is an act on a test mail that stands in the state.
func (g *stage) mailStep(verb, state string) sound {
	g.t.Helper()
	admin := g.as(g.t, g.Administrator)
	var m mailView
	admin.do("POST", "/outbox/tests", nil).Into(g.t, &m)
	err := g.DB.Keep(g.t.Context(), func(tx *store.Tx) error {
		return tx.Exec(`UPDATE outbox SET state = ? WHERE id = ?`, state, m.ID).Error
	})
	if err != nil {
		g.t.Fatal(err)
	}
	return sound{admin, "/outbox/" + m.ID + "/" + verb, nil, ""}
}
