// SPDX-License-Identifier: AGPL-3.0-or-later

package registry_test

import (
	"maps"
	"testing"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/registry/registrytest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// way is a world with one member at every point of the way.
func way(t *testing.T, db *store.DB, clock *storetest.Clock) (*registrytest.World, map[registry.Progress]string) {
	t.Helper()
	w := registrytest.New(t, db)
	at := map[registry.Progress]string{}
	var err error
	must := func(failed error) {
		t.Helper()
		if failed != nil {
			t.Fatal(failed)
		}
	}
	at[registry.OutOfDate] = w.Joined("stale@example.org", privacy.RegistrySearch).ProfessionalID
	at[registry.Expired] = w.Registered("expired@example.org").ID
	clock.Advance(31 * 24 * time.Hour)
	must(db.Keep(t.Context(), func(tx *store.Tx) error {
		return tx.Exec(`UPDATE professionals SET confirmed_at = ? WHERE id = ?`, tx.Now.Add(-registry.HideAfter), at[registry.OutOfDate]).Error
	}))
	must(w.Registry.HideStale(t.Context()))
	opened := w.Registered("opened@example.org")
	_, err = w.Registry.Open(t.Context(), opened.Secret)
	must(err)
	at[registry.OpenedLink] = opened.ID
	at[registry.Sent] = w.Registered("sent@example.org").ID
	moved := w.Registered("moved@example.org")
	_, err = w.Registry.Update(t.Context(), w.Association, moved.ID, 1, registrytest.Midwife("moved-again@example.org"))
	must(err)
	at[registry.Uninvited] = moved.ID
	declined := w.Registered("declined@example.org")
	must(w.Registry.Decline(t.Context(), declined.Secret))
	at[registry.Disinclined] = declined.ID
	at[registry.Unfound] = w.Joined("confirmed@example.org").ProfessionalID
	at[registry.Found] = w.Joined("visible@example.org", privacy.RegistrySearch).ProfessionalID
	resting := w.Joined("paused@example.org", privacy.RegistrySearch)
	_, err = w.Registry.Pause(t.Context(), resting, 2)
	must(err)
	at[registry.Resting] = resting.ProfessionalID
	withdrew := w.Joined("withdrawn@example.org", privacy.RegistrySearch)
	must(w.Privacy.Withdraw(t.Context(), withdrew, privacy.RegistrySearch))
	at[registry.Withdrew] = withdrew.ProfessionalID
	return w, at
}

func TestAnAssociationSeesHowFarEachMemberHasCome(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w, at := way(t, db, clock)
		all, err := w.Registry.Members(t.Context(), w.Association)
		if err != nil {
			t.Fatal(err)
		}
		want := map[registry.Progress]int{}
		for _, p := range registry.AllProgress {
			want[p] = 1
		}
		if !maps.Equal(all.Counts, want) || all.Total != len(want) || all.Oldest == nil {
			t.Errorf("got %+v, want one of each", all)
		}
		for p, ref := range at {
			page, err := w.Registry.List(t.Context(), w.Association, registry.Filter{Progress: p, Limit: 10})
			if err != nil || len(page.Items) != 1 || page.Items[0].ID != ref || page.Items[0].Progress != p {
				t.Errorf("%s: got %+v %v, want %s", p, page.Items, err, ref)
			}
		}
		for _, stranger := range []identity.Actor{w.Coordinator, w.Host, w.Other.Coordinator} {
			if _, err := w.Registry.Members(t.Context(), stranger); err == nil {
				t.Errorf("%s sees an association's members", stranger.Role)
			}
		}
		if other, err := w.Registry.Members(t.Context(), w.Other.Association); err != nil || other.Total != 0 {
			t.Errorf("another association: %+v %v", other, err)
		}
	})
}

func TestManyAreInvitedAgainOnceEach(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w, at := way(t, db, clock)
		first, err := w.Registry.CountInvitations(t.Context(), w.Association, registry.Inviting{})
		if err != nil || first.Count != 1 || first.Rested != 3 || first.Languages["en"] != 1 {
			t.Errorf("before anybody rested: %+v %v, want the expired one alone", first, err)
		}
		clock.Advance(4 * 24 * time.Hour)
		one, err := w.Registry.CountInvitations(t.Context(), w.Association, registry.Inviting{Progress: registry.OpenedLink})
		if err != nil || one.Count != 1 {
			t.Errorf("of those who opened: %+v %v", one, err)
		}
		done, err := w.Registry.InviteMany(t.Context(), w.Association, registry.Inviting{})
		if err != nil || done.Count != 4 || done.Left != 0 || done.Languages["en"] != 4 {
			t.Errorf("invited: %+v %v, want four", done, err)
		}
		again, err := w.Registry.InviteMany(t.Context(), w.Association, registry.Inviting{})
		if err != nil || again.Count != 0 || again.Rested != 4 {
			t.Errorf("and again: %+v %v, want nobody", again, err)
		}
		page, err := w.Registry.List(t.Context(), w.Association, registry.Filter{Progress: registry.Sent, Limit: 10})
		if err != nil || len(page.Items) != 4 || page.Items[0].ID != at[registry.Expired] {
			t.Errorf("who waits: %d %v, want four, the longest wait first", len(page.Items), err)
		}
		if _, err := w.Registry.InviteMany(t.Context(), w.Association, registry.Inviting{Progress: registry.Disinclined}); err == nil {
			t.Error("who declined is invited again")
		}
	})
}

func TestAnExportHoldsWhatTheListShows(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w, at := way(t, db, clock)
		cards, err := w.Registry.Export(t.Context(), w.Association, registry.Filter{})
		if err != nil || len(cards) != len(registry.AllProgress) {
			t.Fatalf("%d %v", len(cards), err)
		}
		for _, card := range cards {
			if shown := card.Email != ""; shown != (card.State == registry.Invited) {
				t.Errorf("%s: the address is shown: %t", card.Progress, shown)
			}
		}
		blind, err := w.Registry.Export(t.Context(), w.Coordinator, registry.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		for _, card := range blind {
			if card.Named || card.GivenName != "" || card.Email != "" || card.ID == at[registry.Withdrew] || card.ID == at[registry.Resting] {
				t.Errorf("the coordinator's export holds %+v", card.Professional)
			}
		}
		if err := w.Audit.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		looks, _, err := w.Audit.WhoLooked(t.Context(), identity.Actor{Role: identity.Professional, ProfessionalID: at[registry.Found]}, 0, 10)
		if err != nil || len(looks) != 2 || looks[0].What != "export" || looks[1].What != "export" {
			t.Errorf("who was exported sees %+v %v", looks, err)
		}
	})
}
