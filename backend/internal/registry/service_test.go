// SPDX-License-Identifier: AGPL-3.0-or-later

package registry_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/registry/registrytest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// hasField tells whether err complains about the field with the code.
func hasField(err error, field, code string) bool {
	for _, f := range fault.Of(err).Fields {
		if f.Field == field && f.Code == code {
			return true
		}
	}
	return false
}

func visibleIn(t *testing.T, w *registrytest.World, ids ...string) map[string]bool {
	t.Helper()
	var found map[string]bool
	err := w.DB.View(t.Context(), func(tx *store.Tx) (err error) {
		found, err = registry.VisibleIn(tx, w.Programme.ID, ids)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestARegisteredMemberIsInvitedAndNotVisible(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		made := w.Registered("ama@example.org")
		card, err := w.Registry.Find(t.Context(), w.Association, made.ID)
		if err != nil {
			t.Fatal(err)
		}
		if card.State != registry.Invited || card.Visible || card.Invitation.State != "sent" {
			t.Errorf("state %s, visible %v, invitation %s; want invited, not visible, sent", card.State, card.Visible, card.Invitation.State)
		}
		if !card.Can.Edit || !card.Can.Invite {
			t.Errorf("the association cannot edit or invite: %+v", card.Can)
		}
		if card.Skills[0].Label != "verloskundige noodhulp" || card.Languages[1].Listening != 6 || len(card.Licences) != 1 {
			t.Errorf("the profile came back changed: %+v %+v", card.Skills, card.Languages)
		}
		if len(visibleIn(t, w, made.ID)) != 0 {
			t.Error("who has not consented can be found")
		}
	})
}

func TestWhoMaySeeAProfile(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		invited := w.Registered("invited@example.org")
		ama := w.Joined("ama@example.org", privacy.RegistrySearch)
		secondAssociation := w.Officer("second@test.invalid", w.HostOrg.ID, w.Programme.ID, identity.Association)
		elsewhere := w.Officer("elsewhere@test.invalid", w.AssociationOrg.ID, w.Other.Programme.ID, identity.Association)
		for name, row := range map[string]struct {
			who  identity.Actor
			ref  string
			sees bool
		}{
			"own association, invited":         {w.Association, invited.ID, true},
			"own association, joined":          {w.Association, ama.ProfessionalID, true},
			"own association, other programme": {elsewhere, ama.ProfessionalID, false},
			"another association":              {secondAssociation, ama.ProfessionalID, false},
			"other programme's association":    {w.Other.Association, ama.ProfessionalID, false},
			"coordinator, invited":             {w.Coordinator, invited.ID, false},
			"coordinator, consenting":          {w.Coordinator, ama.ProfessionalID, true},
			"other programme's coordinator":    {w.Other.Coordinator, ama.ProfessionalID, false},
			"host":                             {w.Host, ama.ProfessionalID, false},
			"ministry":                         {w.Ministry, ama.ProfessionalID, false},
			"administrator":                    {w.Administrator, ama.ProfessionalID, false},
			"herself":                          {ama, ama.ProfessionalID, true},
			"somebody else, about another":     {ama, invited.ID, false},
			"a stranger":                       {identity.Actor{}, ama.ProfessionalID, false},
		} {
			_, err := w.Registry.Find(t.Context(), row.who, row.ref)
			if row.sees && err != nil || !row.sees && !fault.Is(err, fault.Missing) {
				t.Errorf("%s: %v", name, err)
			}
			page, err := w.Registry.List(t.Context(), row.who, registry.Filter{Limit: 100})
			listed := slices.ContainsFunc(page.Items, func(c registry.Card) bool { return c.ID == row.ref })
			if err != nil || listed != row.sees {
				t.Errorf("%s: listed %v (%v), want %v", name, listed, err, row.sees)
			}
		}
	})
}

func TestACoordinatorSeesAPseudonymUntilTheShortlist(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		ama := w.Joined("ama@example.org", privacy.RegistrySearch)
		card, err := w.Registry.Find(t.Context(), w.Coordinator, ama.ProfessionalID)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join([]string{card.GivenName, card.FamilyName, card.Email, card.Phone, card.Sex, string(card.BirthDate), card.ResidencePlace,
			card.Summary, card.CVText, card.Licences[0].Number, card.Sought}, " ")
		for _, secret := range []string{"Ama", "Boateng", "@", "1988", "female", "3120", "Amsterdam", "4900"} {
			if strings.Contains(text, secret) {
				t.Errorf("the blind card tells %q: %s", secret, text)
			}
		}
		if card.Named || !strings.Contains(card.CVText, "midwife") || card.Pseudonym == "" || len(card.Consents) != 0 {
			t.Errorf("the blind card: %+v", card)
		}
		page, _ := w.Registry.List(t.Context(), w.Coordinator, registry.Filter{Query: "boateng", Limit: 10})
		if len(page.Items) != 0 {
			t.Error("a coordinator can look for a name")
		}
		page, _ = w.Registry.List(t.Context(), w.Coordinator, registry.Filter{Query: "verlos 2222", Limit: 10})
		if len(page.Items) != 1 {
			t.Error("a coordinator cannot look for an occupation")
		}

		w.Registry.NameKnown = func(_ *store.Tx, _ identity.Actor, ids []string) (map[string]bool, error) {
			return map[string]bool{ids[0]: true}, nil
		}
		if err := w.Privacy.Withdraw(t.Context(), ama, privacy.RegistrySearch); err != nil {
			t.Fatal(err)
		}
		card, err = w.Registry.Find(t.Context(), w.Coordinator, ama.ProfessionalID)
		if err != nil || card.GivenName != "Ama" {
			t.Errorf("on the shortlist: %q (%v), want the name, even after a withdrawal", card.GivenName, err)
		}
		if _, err := w.Registry.Find(t.Context(), w.Other.Coordinator, ama.ProfessionalID); !fault.Is(err, fault.Missing) {
			t.Errorf("another programme's coordinator: %v", err)
		}
	})
}

func TestOnlyThePersonChangesAConfirmedProfile(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		ama := w.Joined("ama@example.org")
		card := w.Card(ama)
		written := registrytest.Midwife("ama@example.org")
		written.YearsExperience = 15
		_, err := w.Registry.Update(t.Context(), w.Association, card.ID, card.Version, written)
		if !fault.Is(err, fault.Denied) {
			t.Errorf("the association: %v, want denied", err)
		}
		changed, err := w.Registry.Update(t.Context(), ama, card.ID, card.Version, written)
		if err != nil || changed.YearsExperience != 15 || changed.Version != card.Version+1 {
			t.Errorf("the person: %v %+v", err, changed.Professional)
		}
		_, err = w.Registry.Update(t.Context(), ama, card.ID, card.Version, written)
		if !fault.Is(err, fault.Stale) {
			t.Errorf("the second tab: %v, want stale", err)
		}
	})
}

func TestEachChangedFieldKeepsItsPast(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		made := w.Registered("ama@example.org")
		card, _ := w.Registry.Find(t.Context(), w.Association, made.ID)
		written := registrytest.Midwife("ama@example.org")
		written.OccupationTitle = "Klinisch verloskundige"
		if _, err := w.Registry.Update(t.Context(), w.Association, made.ID, card.Version, written); err != nil {
			t.Fatal(err)
		}
		userID, err := w.Registry.Accept(t.Context(), identity.Actor{}, made.Secret, registry.Account{Password: "a long enough one", Locale: "en"})
		if err != nil {
			t.Fatal(err)
		}
		ama := identity.Actor{UserID: userID, Role: identity.Professional, ProfessionalID: made.ID}
		written.Skills = append(written.Skills, registry.Skill{Label: "triage", Level: 3})
		if _, err := w.Registry.Update(t.Context(), ama, made.ID, w.Card(ama).Version, written); err != nil {
			t.Fatal(err)
		}
		changes, _, err := w.Registry.Changes(t.Context(), ama, registry.Past{Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		newest := changes[0]
		if newest.Field != "skills" || newest.By != "you" || strings.Contains(newest.Before, "triage") || !strings.Contains(newest.After, `"label":"triage"`) {
			t.Errorf("the person's change: %+v", newest)
		}
		title := changes[1]
		if title.Field != "occupationTitle" || title.By != "association" || title.Organisation != w.AssociationOrg.Name ||
			title.Before != "Verloskundige" || title.After != "Klinisch verloskundige" {
			t.Errorf("the association's change: %+v", title)
		}
		last := changes[len(changes)-1]
		if last.Before != "" || last.By != "association" {
			t.Errorf("the first entry: %+v", last)
		}
		var seen []registry.Changed
		for after := ""; ; {
			page, next, err := w.Registry.Changes(t.Context(), ama, registry.Past{After: after, Limit: 7})
			if err != nil {
				t.Fatal(err)
			}
			seen = append(seen, page...)
			if after = next; after == "" {
				break
			}
		}
		if !slices.Equal(seen, changes) {
			t.Errorf("page by page there are %d changes, at once %d", len(seen), len(changes))
		}
	})
}

func TestTheLedgerNamesFieldsAndNeverValues(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		ama := w.Joined("ama@example.org", privacy.RegistrySearch, privacy.AssociationContact)
		written := registrytest.Midwife("new@example.org")
		if _, err := w.Registry.Update(t.Context(), ama, ama.ProfessionalID, w.Card(ama).Version, written); err != nil {
			t.Fatal(err)
		}
		events, err := db.Events(t.Context(), 0, 1000)
		if err != nil {
			t.Fatal(err)
		}
		updated := false
		for _, e := range events {
			for _, secret := range []string{"Ama", "Boateng", "example.org", "Amsterdam"} {
				if strings.Contains(e.Details, secret) {
					t.Errorf("event %s tells %q", e.Name, secret)
				}
			}
			updated = updated || e.Name == "professional.updated" && e.Details == `{"fields":["email"]}`
		}
		if !updated {
			t.Error("no event names the changed field")
		}
	})
}

func TestRestingHidesAndResumingShowsWhoConsents(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		ama := w.Joined("ama@example.org", privacy.RegistrySearch)
		if !visibleIn(t, w, ama.ProfessionalID)[ama.ProfessionalID] {
			t.Fatal("who consented cannot be found")
		}
		card, err := w.Registry.Pause(t.Context(), ama, w.Card(ama).Version)
		if err != nil || card.Visible || card.State != registry.Paused || !card.Can.Resume {
			t.Fatalf("pause: %v, visible %v, %s", err, card.Visible, card.State)
		}
		if _, err := w.Registry.Pause(t.Context(), ama, card.Version); !fault.HasCode(err, "professional.not_active") {
			t.Errorf("pause twice: %v", err)
		}
		card, err = w.Registry.Resume(t.Context(), ama, card.Version)
		if err != nil || !card.Visible {
			t.Errorf("resume: %v, visible %v", err, card.Visible)
		}
		if card, err = w.Registry.Confirm(t.Context(), ama, card.Version); err != nil || !card.Visible {
			t.Errorf("confirm: %v", err)
		}
	})
}

func TestAnAssociationHasTheAddressOnlyOfWhoAgreed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		silent := w.Joined("silent@example.org", privacy.RegistrySearch)
		agreed := w.Joined("agreed@example.org", privacy.AssociationContact)
		a, _ := w.Registry.Find(t.Context(), w.Association, silent.ProfessionalID)
		b, _ := w.Registry.Find(t.Context(), w.Association, agreed.ProfessionalID)
		if a.Email != "" || a.Phone != "" || a.GivenName != "Ama" {
			t.Errorf("who did not agree: %q %q", a.Email, a.Phone)
		}
		if b.Email != "agreed@example.org" || b.Phone == "" {
			t.Errorf("who agreed: %q %q", b.Email, b.Phone)
		}
	})
}

func TestTheListGoesOnPageByPage(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		var people []registry.Profile
		for range 7 {
			people = append(people, registrytest.Midwife("many@example.org"))
		}
		people[3].GivenName = "Écho_%"
		w.Added(people...)
		var seen []string
		for f := (registry.Filter{Limit: 3}); ; {
			page, err := w.Registry.List(t.Context(), w.Association, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range page.Items {
				seen = append(seen, c.ID)
			}
			if f.After = page.Next; f.After == "" {
				break
			}
		}
		if len(seen) != 7 || len(slices.Compact(slices.Sorted(slices.Values(seen)))) != 7 {
			t.Errorf("seen %d people, want 7 different ones", len(seen))
		}
		for query, want := range map[string]int{"ECHO": 1, "écho": 1, "_%": 1, "%": 1, "boateng": 7, "ama many@": 6, "nobody": 0} {
			page, err := w.Registry.List(t.Context(), w.Association, registry.Filter{Query: query, Limit: 100})
			if err != nil || len(page.Items) != want {
				t.Errorf("%q: %d people (%v), want %d", query, len(page.Items), err, want)
			}
		}
		_, err := w.Registry.List(t.Context(), w.Association, registry.Filter{After: "x'; --", Limit: 3})
		if !hasField(err, "after", "cursor.unknown") {
			t.Errorf("a cursor that we did not give: %v", err)
		}
	})
}

func TestABatchIsLoadedAsItWasWritten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		people := make([]registry.Profile, 950)
		for i := range people {
			people[i] = registrytest.Midwife("demo@example.org")
			people[i].CreatedAt = storetest.Start.Add(-time.Hour)
		}
		people[1].Pseudonym = "P-AAAA-0001"
		people = w.Added(people...)
		ids := make([]string, len(people))
		for i, p := range people {
			ids[len(people)-1-i] = p.ID
		}
		err := db.View(t.Context(), func(tx *store.Tx) error {
			loaded, err := registry.ProfilesIn(tx, append([]string{"nobody"}, ids...))
			if err != nil || len(loaded) != len(people) {
				t.Fatalf("loaded %d (%v), want %d", len(loaded), err, len(people))
			}
			for i, p := range loaded {
				if p.ID != ids[i] {
					t.Fatalf("position %d: another person", i)
				}
				if !p.Visible || len(p.Skills) != 1 || len(p.Languages) != 2 || len(p.Education) != 1 || len(p.Licences) != 1 ||
					len(p.Experience) != 1 || len(p.Availability) != 1 || len(p.Programmes) != 1 || len(p.Associations) != 1 {
					t.Fatalf("position %d is not whole: %+v", i, p)
				}
			}
			var all []string
			for after := ""; ; after = all[len(all)-1] {
				page, err := registry.VisiblePageIn(tx, w.Programme.ID, after, 400)
				if err != nil {
					return err
				}
				if all = append(all, page...); len(page) < 400 {
					break
				}
			}
			if len(all) != len(people) {
				t.Errorf("%d can be found, want %d", len(all), len(people))
			}
			by, err := registry.ByPseudonymIn(tx, []string{"P-AAAA-0001", "P-AAAA-0002"})
			if len(by) != 1 || by["P-AAAA-0001"] != people[1].ID {
				t.Errorf("by pseudonym: %v", by)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if found := visibleIn(t, w, ids...); len(found) != len(people) {
			t.Errorf("%d visible, want %d", len(found), len(people))
		}
	})
}

func TestAnAssociationRegistersAnAddressOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		w.Registered("ama@example.org")
		_, err := w.Registry.Register(t.Context(), w.Association, registrytest.Midwife("Ama@Example.org "))
		if !hasField(err, "email", "email.registered") {
			t.Errorf("again: %v", err)
		}
		if _, err := w.Registry.Register(t.Context(), w.Other.Association, registrytest.Midwife("ama@example.org")); err != nil {
			t.Errorf("another association must not learn of it: %v", err)
		}
		for name, who := range map[string]identity.Actor{"host": w.Host, "coordinator": w.Coordinator, "administrator": w.Administrator} {
			if _, err := w.Registry.Register(t.Context(), who, registrytest.Midwife("b@example.org")); !fault.Is(err, fault.Missing) {
				t.Errorf("%s registers: %v", name, err)
			}
		}
	})
}
