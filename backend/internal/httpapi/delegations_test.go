// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"net/http"
	"strings"
	"testing"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// TestAColleagueDecidesInTheNameOfAnother leads a delegation from the question to its
// end: what was decided meanwhile names both, and counts as both people's.
func TestAColleagueDecidesInTheNameOfAnother(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newStage(t, db)
		taker := g.deputy()
		colleague := g.as(t, taker)
		c := g.candidacyAfter(0)
		today := map[string]any{"takerId": taker.UserID, "from": "2026-12-01", "until": "2026-12-14", "reason": "On leave"}
		if now := db.Now().Format("2006-01-02"); now != "2026-12-01" {
			today["from"], today["until"] = now, now
		}
		var d delegationView
		g.Host.do("POST", "/delegations", today).Into(t, &d)
		act := map[string]any{"membershipId": "", "delegationId": d.ID}
		if got := colleague.do("PUT", "/session/acting", act); got.Status != http.StatusNotFound {
			t.Errorf("acted before they agreed: %d %s", got.Status, got.Body)
		}
		colleague.step("/delegations/"+d.ID+"/accept", d.Version, nil).Into(t, &d)
		if d.State != "live" || d.Mine {
			t.Fatalf("accepted as %+v", d)
		}
		var s sessionView
		colleague.do("PUT", "/session/acting", act).Into(t, &s)
		if s.ActingFor == nil || s.ActingFor.Name == "" || s.Acting == nil || s.Acting.MembershipID != g.Side.Host.MembershipID || s.User.ID != taker.UserID {
			t.Fatalf("the session acts as %+v", s)
		}
		if got := colleague.do("POST", "/delegations", today); !strings.Contains(string(got.Body), "delegation.onward") {
			t.Errorf("handed on: %d %s", got.Status, got.Body)
		}
		colleague.step("/candidacies/"+c.ID+"/endorse", c.Version, opinion("yes", "Ours")).Into(t, &c)
		last := c.Decisions[len(c.Decisions)-1]
		if last.By == "" || last.For != s.ActingFor.Name {
			t.Errorf("the decision is signed by %q for %q", last.By, last.For)
		}
		// The one who was away is of the ministry, too, and may not clear what was endorsed for them.
		err := db.Change(t.Context(), store.System, func(tx *store.Tx) error {
			_, err := identity.JoinIn(tx, g.Side.Host.UserID, g.Side.MinistryOrg.ID, g.Programme.ID, identity.Ministry)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		g.Host.do("GET", "/session", nil).Into(t, &s)
		for _, m := range s.Memberships {
			if m.Role == "ministry" {
				g.Host.do("PUT", "/session/acting", map[string]any{"membershipId": m.MembershipID}).Into(t, &s)
			}
		}
		if got := g.Host.step("/candidacies/"+c.ID+"/no-objection", c.Version, opinion("yes", "Mine")); !strings.Contains(string(got.Body), "decision.same_person") {
			t.Errorf("cleared by whom it was endorsed for: %d %s", got.Status, got.Body)
		}
		// Either ends it at once: the next request is in the colleague's own name.
		g.Host.step("/delegations/"+d.ID+"/end", d.Version, nil).Into(t, &d)
		colleague.do("GET", "/session", nil).Into(t, &s)
		if s.ActingFor != nil || len(s.Lent) != 0 || s.Acting == nil || s.Acting.MembershipID != taker.MembershipID {
			t.Errorf("after its end the session acts as %+v", s)
		}
	})
}
