// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"net/http"
	"testing"
	"time"

	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/notices"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/retention"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// answerable is the link of a mail that asks the person whether their profile is
// still right; each is another question.
func (g *stage) answerable() string {
	g.t.Helper()
	g.people++
	return g.API.Notices.AnswerToken(notices.KindStale, g.Professional, g.lastConfirmed(registry.AskAfter+time.Duration(g.people)*time.Minute))
}

// lastConfirmed makes it so long since the person confirmed the profile, and returns when.
func (g *stage) lastConfirmed(ago time.Duration) time.Time {
	g.t.Helper()
	at := g.DB.Now().Add(-ago).UTC().Truncate(time.Microsecond)
	err := g.DB.Keep(g.t.Context(), func(tx *store.Tx) error {
		return tx.Exec(`UPDATE professionals SET confirmed_at = ? WHERE id = ?`, at, g.Professional).Error
	})
	if err != nil {
		g.t.Fatal(err)
	}
	return at
}

func TestAMailIsAnsweredByItsLinkAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newStage(t, db)
		token := g.API.Notices.AnswerToken(notices.KindStale, g.Professional, g.lastConfirmed(registry.HideAfter))
		if err := g.API.Registry.HideStale(t.Context()); err != nil {
			t.Fatal(err)
		}
		if g.mine().Visible {
			t.Error("a profile that nobody confirmed for a year can be found")
		}
		anybody := g.stranger(t)
		var asked mailAnswerView
		anybody.do("POST", "/mail-answers/open", map[string]any{"token": token}).Into(t, &asked)
		if !asked.Open || asked.Kind != "profile_stale" || g.mine().Visible {
			t.Errorf("opened: %+v; it must answer nothing yet", asked)
		}
		anybody.do("POST", "/mail-answers", map[string]any{"token": token}).Into(t, &asked)
		if !g.mine().Visible {
			t.Error("answered, and not found again")
		}
		if p := anybody.do("POST", "/mail-answers", map[string]any{"token": token}).Problem(); p.Status != http.StatusConflict || p.Code != "answer.given" {
			t.Errorf("a second time: %+v", p)
		}
		for _, bad := range []string{"", "x", token + "x", "x" + token} {
			if p := anybody.do("POST", "/mail-answers", map[string]any{"token": bad}).Problem(); p.Status != http.StatusNotFound {
				t.Errorf("%q: %+v", bad, p)
			}
		}
	})
}

func TestThatAProfileShallBeKeptIsSaidByTheLinkOfTheMail(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newStage(t, db)
		by := g.DB.Now().Add(30 * 24 * time.Hour)
		err := g.DB.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Create(&retention.Question{ID: id.New(), ProfessionalID: g.Professional, Class: "profile", AskedAt: tx.Now, AnswerBy: by}).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		token := g.API.Notices.AnswerToken(notices.KindRetention, g.Professional, by.Truncate(time.Second))
		older := g.API.Notices.AnswerToken(notices.KindRetention, g.Professional, by.Add(-time.Hour))
		if p := g.stranger(t).do("POST", "/mail-answers", map[string]any{"token": older}).Problem(); p.Code != "retention.none" {
			t.Errorf("the link of an older question: %+v", p)
		}
		if got := g.stranger(t).do("POST", "/mail-answers", map[string]any{"token": token}); got.Status != http.StatusOK {
			t.Errorf("keep: %d %s", got.Status, got.Body)
		}
		if q, err := g.API.Retention.Open(t.Context(), identity.Actor{Role: identity.Professional, ProfessionalID: g.Professional}); err != nil || q != nil {
			t.Errorf("still asked: %+v %v", q, err)
		}
	})
}
