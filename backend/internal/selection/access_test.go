// SPDX-License-Identifier: AGPL-3.0-or-later

package selection_test

import (
	"slices"
	"strings"
	"testing"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs/needstest"
	"sankofa/backend/internal/placements/placementstest"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

func TestWhoSeesTheNameWhen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		n, ama := w.Of.Published(), w.People(1)[0]
		c := w.Shortlisted(n, ama)[0]
		check := func(when string, who identity.Actor, named bool) {
			t.Helper()
			v, err := w.Selection.Find(t.Context(), who, c.ID)
			if err != nil || v.Card == nil {
				t.Fatalf("%s: %v, card %v", when, err, v.Card)
			}
			if (v.Name != "") != named || (v.Card.GivenName != "") != named || strings.Contains(v.Card.CVText+v.Card.Summary, "Ama") != named {
				t.Errorf("%s: name %q, card of %q, %q; want named %v", when, v.Name, v.Card.GivenName, v.Card.Summary, named)
			}
			if strings.Contains(v.Card.CVText, "@") {
				t.Errorf("%s: the card says how to reach her: %q", when, v.Card.CVText)
			}
			if strings.Contains(v.Profile, "Boateng") {
				t.Errorf("%s: the frozen row went out with the view", when)
			}
		}
		check("the host, shortlisted", w.Host, true)
		check("the coordinator, shortlisted", w.Coordinator, true)
		check("the ministry, shortlisted", w.Ministry, false)
		w.Must(w.Selection.Endorse(t.Context(), w.Host, c.ID, c.Version, placementstest.Yes))
		check("the ministry, endorsed", w.Ministry, true)
		if got := viewed(t, w, ama); got != "coordinator host ministry" {
			t.Errorf("the log says that %q looked", got)
		}
		known := func(who identity.Actor) bool {
			var found map[string]bool
			err := db.View(t.Context(), func(tx *store.Tx) (err error) {
				found, err = selection.NameKnownIn(tx, who, []string{ama.ProfessionalID})
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return found[ama.ProfessionalID]
		}
		if !known(w.Host) || !known(w.Coordinator) || known(w.SecondHost) || known(w.Other.Coordinator) {
			t.Error("NameKnownIn does not say the same as the cards")
		}
		if err := w.Privacy.Withdraw(t.Context(), ama, privacy.ShareWithHosts); err != nil {
			t.Fatal(err)
		}
		v := w.Must(w.Selection.Find(t.Context(), w.Host, c.ID))
		if v.Name != "" || v.Card != nil || known(w.Host) {
			t.Errorf("after she withdrew her consent the host sees %q and %v", v.Name, v.Card)
		}
		_, err := w.Selection.Clear(t.Context(), w.Ministry, c.ID, v.Version, placementstest.Yes)
		if !fault.HasCode(err, "candidacy.consent_withdrawn") {
			t.Errorf("after she withdrew her consent the ministry goes on: %v", err)
		}
	})
}

func TestNobodyListsWhatTheyMayNotFind(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		people := w.People(4)
		form := needstest.Form()
		form.Headcount = 3
		n := w.Of.PublishedOf(form)
		nominated := w.Must(w.Selection.Nominate(t.Context(), w.Association, n.ID, people[0].ProfessionalID, "The best."))
		applied := w.Must(w.Selection.Apply(t.Context(), people[1], n.ID, "Me."))
		shortlisted, offered := w.Shortlisted(n, people[2])[0], w.Offered(n, people[3])
		all := map[string]string{nominated.ID: "nominated", applied.ID: "applied", shortlisted.ID: "shortlisted", offered.ID: "offered"}
		everybody := w.Of.Everybody()
		for i, name := range []string{"first", "second", "third", "fourth"} {
			everybody[name] = people[i]
		}
		want := map[string]string{
			"coordinator": "applied nominated offered shortlisted", "host": "applied offered shortlisted",
			"ministry": "offered shortlisted", "association": "nominated",
			"first": "nominated", "second": "applied", "third": "shortlisted", "fourth": "offered",
		}
		for name, who := range everybody {
			page, err := w.Selection.List(t.Context(), who, selection.Filter{})
			if err != nil {
				t.Fatal(err)
			}
			listed, found := []string{}, []string{}
			for _, v := range page.Items {
				listed = append(listed, all[v.ID])
			}
			for candidacyID, label := range all {
				if _, err := w.Selection.Find(t.Context(), who, candidacyID); err == nil {
					found = append(found, label)
				} else if !fault.Is(err, fault.Missing) {
					t.Errorf("%s: find %s: %v", name, label, err)
				}
			}
			slices.Sort(listed)
			slices.Sort(found)
			if got := strings.Join(listed, " "); got != want[name] || !slices.Equal(listed, found) {
				t.Errorf("the %s lists %v and finds %v, want %q", name, listed, found, want[name])
			}
		}
	})
}

func TestWhoLeftIsNotLookedUpAnyMore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		n, ama := w.Of.Published(), w.People(1)[0]
		c := w.Shortlisted(n, ama)[0]
		if err := w.Privacy.Withdraw(t.Context(), ama, privacy.RegistrySearch); err != nil {
			t.Fatal(err)
		}
		card, err := w.Registry.Find(t.Context(), w.Coordinator, ama.ProfessionalID)
		if err != nil || !card.Named {
			t.Fatalf("on the shortlist: named %v (%v), want the coordinator to know whom they deal with", card.Named, err)
		}
		w.Must(w.Selection.Withdraw(t.Context(), ama, c.ID, c.Version, "My child is ill."))
		if card, err := w.Registry.Find(t.Context(), w.Coordinator, ama.ProfessionalID); !fault.Is(err, fault.Missing) {
			t.Errorf("after she left, the coordinator reads %q, %q (%v), want nothing", card.Email, card.Phone, err)
		}
		if v := w.Must(w.Selection.Find(t.Context(), w.Coordinator, c.ID)); v.Name == "" || v.Card == nil {
			t.Errorf("the record of the selection lost whom it was about: %q, %v", v.Name, v.Card)
		}
	})
}

func TestWhoeverReadsAFrozenRankingIsSeenByEverybodyInIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		n, people := w.Of.Published(), w.People(2)
		w.Shortlisted(n, people[0])
		sheet, err := w.Selection.Shortlisted(t.Context(), w.Host, n.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got := viewed(t, w, people[1]); got != "" {
			t.Fatalf("before anybody read the ranking %q looked at who is not on the shortlist", got)
		}
		if _, err := w.Selection.Snapshot(t.Context(), w.Coordinator, sheet.Snapshot.ID); err != nil {
			t.Fatal(err)
		}
		if got := viewed(t, w, people[1]); got != "coordinator" {
			t.Errorf("of who is in the ranking and not on the shortlist the log says that %q looked, want the coordinator", got)
		}
	})
}

func TestWhatWaitsForWhom(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		people := w.People(3)
		form := needstest.Form()
		form.Headcount = 3
		n := w.Of.PublishedOf(form)
		w.Shortlisted(n, people[0])
		w.Endorsed(n, people[1])
		w.Cleared(n, people[2])
		for role, who := range map[string]identity.Actor{"host": w.Host, "ministry": w.Ministry, "coordinator": w.Coordinator} {
			page, err := w.Selection.List(t.Context(), who, selection.Filter{Pending: true, Limit: 10})
			if err != nil || len(page.Items) != 1 {
				t.Errorf("%d wait for the %s (%v), want 1", len(page.Items), role, err)
				continue
			}
			if can := page.Items[0].Can; can == (selection.Can{}) {
				t.Errorf("the %s can do nothing with what waits for them", role)
			}
		}
		page, err := w.Selection.List(t.Context(), w.Coordinator, selection.Filter{States: []selection.State{selection.Shortlisted}, Limit: 1})
		if err != nil || len(page.Items) != 1 || page.Next != "" || page.Items[0].Card != nil {
			t.Errorf("filtered: %d, next %q (%v)", len(page.Items), page.Next, err)
		}
		if _, err := w.Selection.List(t.Context(), w.Host, selection.Filter{States: []selection.State{"ODD"}, After: "x", Limit: -1}); len(names(err)) != 3 {
			t.Errorf("a filter that cannot be meant: %v", err)
		}
	})
}

func TestOnlyTheRightPersonTakesAStep(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		people := w.People(5)
		form := needstest.Form()
		form.Headcount = 5
		n := w.Of.PublishedOf(form)
		applied := w.Must(w.Selection.Apply(t.Context(), people[0], n.ID, "Me."))
		shortlisted, endorsed := w.Shortlisted(n, people[1])[0], w.Endorsed(n, people[2])
		cleared, offered := w.Cleared(n, people[3]), w.Offered(n, people[4])
		everybody := w.Of.Everybody()
		everybody["another person"] = w.Joined("another@test.invalid", privacy.Purposes...)
		type road func(identity.Actor) error
		last := func(_ selection.View, err error) error { return err }
		ctx := t.Context()
		for name, row := range map[string]struct {
			taker string
			take  road
		}{
			"dismiss": {"coordinator", func(who identity.Actor) error {
				return last(w.Selection.Dismiss(ctx, who, applied.ID, applied.Version, "No."))
			}},
			"endorse": {"host", func(who identity.Actor) error {
				return last(w.Selection.Endorse(ctx, who, shortlisted.ID, shortlisted.Version, placementstest.Yes))
			}},
			"clear": {"ministry", func(who identity.Actor) error {
				return last(w.Selection.Clear(ctx, who, endorsed.ID, endorsed.Version, placementstest.Yes))
			}},
			"approve": {"coordinator", func(who identity.Actor) error {
				return last(w.Selection.Approve(ctx, who, cleared.ID, cleared.Version, placementstest.Yes))
			}},
			"accept": {"", func(who identity.Actor) error {
				return last(w.Selection.Accept(ctx, who, offered.ID, offered.Version, true))
			}},
			"decline": {"", func(who identity.Actor) error {
				return last(w.Selection.Decline(ctx, who, offered.ID, offered.Version, ""))
			}},
			"withdraw": {"", func(who identity.Actor) error {
				return last(w.Selection.Withdraw(ctx, who, offered.ID, offered.Version, ""))
			}},
			"answer": {"", func(who identity.Actor) error {
				return last(w.Selection.Answer(ctx, who, applied.ID, applied.Version, true))
			}},
		} {
			for reader, who := range everybody {
				if reader == row.taker {
					continue
				}
				if err := row.take(who); !fault.Is(err, fault.Missing) && !fault.Is(err, fault.Denied) {
					t.Errorf("%s by the %s: got %v, want missing or denied", name, reader, err)
				}
			}
		}
	})
}
