// SPDX-License-Identifier: AGPL-3.0-or-later

package notices_test

import (
	"strings"
	"testing"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/mail/mailtest"
	"sankofa/backend/internal/placements/placementstest"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// TestADecisionIsAskedOfWhoeverMayTakeIt names one of three ministry officers: only they
// and the colleague who acts for them are asked, reminded, and told when it is late.
func TestADecisionIsAskedOfWhoeverMayTakeIt(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, mailtest.New(t))
		named := w.Officer("named@test.invalid", w.MinistryOrg.ID, w.Programme.ID, identity.Ministry)
		deputy := w.Officer("deputy@test.invalid", w.MinistryOrg.ID, w.Programme.ID, identity.Ministry)
		who := identity.NewService(db)
		today := day.Of(db.Now())
		d, err := who.Lend(t.Context(), named, identity.Lending{TakerID: deputy.UserID, From: today, Until: today.Add(89), Reason: "On leave"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := who.Accept(t.Context(), deputy, d.ID, d.Version); err != nil {
			t.Fatal(err)
		}
		_, err = w.Selection.SetChain(t.Context(), w.Coordinator, 1, []selection.Link{
			{Step: selection.StepEndorsement, Days: 10, Silence: selection.SilenceEscalates},
			{Step: selection.StepNoObjection, Days: 10, Silence: selection.SilenceReminds, People: []selection.Approver{{UserID: named.UserID}}},
			{Step: selection.StepApproval, Days: 10, Silence: selection.SilenceEscalates}})
		if err != nil {
			t.Fatal(err)
		}
		w.sent()
		for other, want := range map[identity.Actor]string{named: "delegation_accepted", deputy: "delegation_given"} {
			if got := kinds(w.news(other)); got != want {
				t.Errorf("of the delegation %s heard %q, want %q", other.UserID, got, want)
			}
		}
		c := w.Endorsed(w.Of.Published(), w.People(1)[0])
		w.sent()
		told := func(kind string, want map[identity.Actor]int) {
			t.Helper()
			for officer, n := range want {
				if got := strings.Count(" "+kinds(w.news(officer))+" ", " "+kind+" "); got != n {
					t.Errorf("%s: somebody was told %d times, want %d", kind, got, n)
				}
			}
		}
		once := map[identity.Actor]int{named: 1, deputy: 1, w.Ministry: 0}
		told("candidacy_to_clear", once)
		// The deputy decides by the link of the mail, in the name of the one who is away.
		var link string
		for _, m := range w.Post.Mails() {
			if _, text := body(t, m); m.To == "deputy@test.invalid" && strings.Contains(text, "/decide#") {
				link = secretIn(t, text)
				if strings.Contains(text, c.ID) || strings.Contains(text, c.Pseudonym) {
					t.Errorf("the mail names the candidacy or the person: %s", text)
				}
			}
		}
		asked, err := w.Selection.OpenAsked(t.Context(), link)
		if err != nil || asked.View.ID != c.ID || asked.For == "" {
			t.Errorf("the link of the deputy's mail: %+v (%v)", asked, err)
		}
		// Two days before its end both are reminded, once; then, as the chain reminds, when it
		// is late and every week after. The coordinators hear nothing.
		tick := func(days int) {
			t.Helper()
			clock.Advance(time.Duration(days) * 24 * time.Hour)
			for range 2 {
				if err := w.Selection.Lapse(t.Context()); err != nil {
					t.Fatal(err)
				}
				if err := w.Tick(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			w.told()
		}
		tick(7)
		told("decision_reminder", map[identity.Actor]int{named: 0, deputy: 0})
		tick(2)
		told("decision_reminder", once)
		tick(2)
		told("decision_late", map[identity.Actor]int{named: 1, deputy: 1, w.Ministry: 0, w.Coordinator: 0})
		told("decision_reminder", once)
		tick(7)
		told("decision_reminder", map[identity.Actor]int{named: 2, deputy: 2, w.Ministry: 0, w.Coordinator: 0})
		// What is decided is not asked for again.
		acting := deputy
		acting.ForUserID = named.UserID
		fresh, err := w.Selection.Find(t.Context(), acting, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		w.Must(w.Selection.Clear(t.Context(), acting, fresh.ID, fresh.Version, placementstest.Yes))
		tick(1)
		told("decision_reminder", map[identity.Actor]int{named: 2, deputy: 2})
	})
}
