// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// factorOf is a secret of an authenticator app, in base 32.
const factorOf = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

// enrolled gives an officer a second factor and returns the code of now.
func (g *stage) enrolled(who identity.Actor) string {
	g.t.Helper()
	g.keep(`UPDATE users SET totp_confirmed = ?, totp_secret = ?, totp_last_step = 0 WHERE id = ?`, true, factorOf, who.UserID)
	code, err := totp.GenerateCode(factorOf, g.DB.Now())
	if err != nil {
		g.t.Fatal(err)
	}
	return code
}

// keep writes past the services what a test needs to be so.
func (g *stage) keep(query string, args ...any) {
	g.t.Helper()
	if err := g.DB.Keep(g.t.Context(), func(tx *store.Tx) error { return tx.Exec(query, args...).Error }); err != nil {
		g.t.Fatal(err)
	}
}

// decisionLink is the link of a mail by which the ministry decides about a candidacy,
// with the code of its second factor.
func (g *stage) decisionLink(c candidacyView) (secret, code string) {
	g.t.Helper()
	secret = id.Secret()
	err := g.DB.Keep(g.t.Context(), func(tx *store.Tx) error {
		waiting, _, err := selection.WaitingIn(tx, c.ID)
		if err != nil {
			return err
		}
		return identity.PutLinkIn(tx, identity.LinkDecision, selection.LinkSubject(waiting, g.Side.Ministry.UserID), secret, tx.Now)
	})
	if err != nil {
		g.t.Fatal(err)
	}
	return secret, g.enrolled(g.Side.Ministry)
}

// letterOf is the newest mail of a kind.
func (g *stage) letterOf(kind string) string {
	g.t.Helper()
	g.told()
	g.API.Notices.Drain(g.t.Context())
	var mails list[mailView]
	admin := g.as(g.t, g.Administrator)
	admin.do("GET", "/outbox?limit=100", nil).Into(g.t, &mails)
	for _, m := range mails.Items {
		if m.Kind == kind {
			var letter letterView
			admin.do("GET", "/outbox/"+m.ID, nil).Into(g.t, &letter)
			return letter.Text
		}
	}
	g.t.Fatalf("there is no mail of the kind %s", kind)
	return ""
}

func TestADecisionByTheLinkOfAMail(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		g := newStage(t, db)
		ministry, stranger := g.Side.Ministry, g.stranger(t)
		refused := func(name, secret, code, want string) {
			t.Helper()
			got := stranger.do("POST", "/decision-links", map[string]any{"token": secret, "decision": "yes", "reason": "No objection", "code": code})
			if !strings.Contains(string(got.Body), want) || got.Status/100 != 4 {
				t.Errorf("%s: %d %s, want %s", name, got.Status, got.Body, want)
			}
		}
		c := g.candidacyAfter(1)
		secret, code := g.decisionLink(c)
		var asked dueDecisionView
		opened := stranger.do("POST", "/decision-links/open", map[string]any{"token": secret})
		opened.Into(t, &asked)
		if asked.Step != "no_objection" || asked.Reference != c.Need.Reference || asked.Pseudonym == "" || !asked.Enrolled || len(asked.Earlier) != 2 || asked.Earlier[1].Reason != "Sound" {
			t.Errorf("the link shows %+v", asked)
		}
		if person := g.mine(); strings.Contains(string(opened.Body), person.FamilyName) {
			t.Errorf("whoever holds the mail reads who it is: %s", opened.Body)
		}
		// A wrong code decides nothing and spends nothing.
		refused("a wrong code", secret, "000000", "session.code_wrong")
		got := stranger.do("POST", "/decision-links", map[string]any{"token": secret, "decision": "yes", "reason": "No objection", "code": code})
		if got.Status != http.StatusNoContent {
			t.Fatalf("decided: %d %s", got.Status, got.Body)
		}
		g.Ministry.do("GET", "/candidacies/"+c.ID, nil).Into(t, &c)
		if last := c.Decisions[len(c.Decisions)-1]; c.State != "NO_OBJECTION" || last.Reason != "No objection" {
			t.Errorf("it stands at %s with %+v", c.State, last)
		}
		refused("a second time", secret, g.enrolled(ministry), "decision_link.over")

		c = g.candidacyAfter(1)
		secret, code = g.decisionLink(c)
		g.Ministry.step("/candidacies/"+c.ID+"/no-objection", c.Version, opinion("yes", "Sound")).Into(t, &c)
		refused("decided meanwhile", secret, code, "decision_link.decided")

		c = g.candidacyAfter(1)
		secret, code = g.decisionLink(c)
		g.keep(`UPDATE users SET totp_confirmed = ? WHERE id = ?`, false, ministry.UserID)
		refused("without a second factor", secret, code, "decision_link.no_factor")
		g.enrolled(ministry)
		g.keep(`UPDATE memberships SET state = 'revoked' WHERE id = ?`, ministry.MembershipID)
		refused("after the office was taken away", secret, code, "decision_link.others")
		g.keep(`UPDATE memberships SET state = 'confirmed' WHERE id = ?`, ministry.MembershipID)

		// It stands in the mail that asks, and ends by itself.
		c = g.candidacyAfter(1)
		_, after, _ := strings.Cut(g.letterOf("candidacy_to_clear"), "/decide#")
		if after == "" {
			t.Fatal("the mail holds no link")
		}
		secret = strings.Fields(after)[0]
		stranger.do("POST", "/decision-links/open", map[string]any{"token": secret}).Into(t, &asked)
		if asked.Step != "no_objection" {
			t.Errorf("the link of the mail shows %+v", asked)
		}
		clock.Advance(15 * 24 * time.Hour)
		refused("two weeks later", secret, g.enrolled(ministry), "decision_link.over")
	})
}
