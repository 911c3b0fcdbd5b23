// SPDX-License-Identifier: AGPL-3.0-or-later

package registry_test

import (
	"slices"
	"testing"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/identity/identitytest"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/registry/registrytest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

var account = registry.Account{Password: identitytest.Password, Locale: "en"}

func TestAnInvitedPersonReadsThenAccepts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		made := w.Registered("ama@example.org")
		for range 2 { // opening twice is no mistake
			welcome, err := w.Registry.Open(t.Context(), made.Secret)
			if err != nil {
				t.Fatal(err)
			}
			if welcome.Profile.GivenName != "Ama" || welcome.Association.ID != w.AssociationOrg.ID ||
				len(welcome.Programmes) != 1 || welcome.HasAccount {
				t.Errorf("welcome: %+v", welcome)
			}
		}
		card, _ := w.Registry.Find(t.Context(), w.Association, made.ID)
		if card.Invitation.State != "opened" {
			t.Errorf("the association sees %s, want opened", card.Invitation.State)
		}
		accepted := account
		accepted.Consents = registrytest.Consents(privacy.RegistrySearch, privacy.Statistics)
		userID, err := w.Registry.Accept(t.Context(), identity.Actor{}, made.Secret, accepted)
		if err != nil {
			t.Fatal(err)
		}
		ama := identity.Actor{UserID: userID, Role: identity.Professional, ProfessionalID: made.ID}
		card = w.Card(ama)
		if card.State != registry.Active || !card.Visible || card.Invitation.State != "confirmed" || card.ConfirmedAt == nil {
			t.Errorf("after accepting: %s, visible %v, %s", card.State, card.Visible, card.Invitation.State)
		}
		_, err = identity.NewService(db).SignIn(t.Context(), identity.Credentials{Email: "ama@example.org", Password: identitytest.Password})
		if err != nil {
			t.Errorf("cannot sign in: %v", err)
		}
		if _, err := w.Registry.Accept(t.Context(), identity.Actor{}, made.Secret, account); !fault.HasCode(err, "invitation.used") {
			t.Errorf("again: %v", err)
		}
		if err := w.Registry.Decline(t.Context(), made.Secret); !fault.HasCode(err, "invitation.used") {
			t.Errorf("decline afterwards: %v", err)
		}
	})
}

func TestWithoutConsentAPersonIsHereAndNotFound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		ama := w.Joined("ama@example.org", privacy.Statistics)
		if card := w.Card(ama); card.State != registry.Active || card.Visible {
			t.Errorf("%s, visible %v", card.State, card.Visible)
		}
	})
}

func TestALinkStopsWorking(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := registrytest.New(t, db)
		first := w.Registered("ama@example.org")
		second, err := w.Registry.Invite(t.Context(), w.Association, first.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Registry.Open(t.Context(), first.Secret); !fault.HasCode(err, "invitation.replaced") {
			t.Errorf("an older link: %v", err)
		}
		for _, secret := range []string{"", "x", second.Secret + "x"} {
			if _, err := w.Registry.Open(t.Context(), secret); !fault.HasCode(err, "invitation.unknown") {
				t.Errorf("a link that we did not make: %v", err)
			}
		}
		clock.Advance(30*24*time.Hour - time.Second)
		if _, err := w.Registry.Open(t.Context(), second.Secret); err != nil {
			t.Errorf("on the last day: %v", err)
		}
		clock.Advance(time.Second)
		if _, err := w.Registry.Open(t.Context(), second.Secret); !fault.HasCode(err, "invitation.expired") {
			t.Errorf("after 30 days: %v", err)
		}
		if _, err := w.Registry.Accept(t.Context(), identity.Actor{}, second.Secret, account); !fault.HasCode(err, "invitation.expired") {
			t.Errorf("accept after 30 days: %v", err)
		}
		card, _ := w.Registry.Find(t.Context(), w.Association, first.ID)
		if card.Invitation.State != "expired" {
			t.Errorf("the association sees %s", card.Invitation.State)
		}
	})
}

func TestANewAddressClosesTheOldLink(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		made := w.Registered("wrong@example.org")
		_, err := w.Registry.Update(t.Context(), w.Association, made.ID, 1, registrytest.Midwife("right@example.org"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Registry.Accept(t.Context(), identity.Actor{}, made.Secret, account); !fault.HasCode(err, "invitation.replaced") {
			t.Errorf("whoever has the wrong address: %v", err)
		}
	})
}

func TestTheLinkAloneDoesNotOpenAnAccountThatExists(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		userID := w.User("ama@example.org")
		made := w.Registered("ama@example.org")
		if welcome, err := w.Registry.Open(t.Context(), made.Secret); err != nil || !welcome.HasAccount {
			t.Errorf("open: %v, has account %v", err, welcome.HasAccount)
		}
		_, err := w.Registry.Accept(t.Context(), identity.Actor{}, made.Secret, account)
		if !fault.HasCode(err, "invitation.sign_in_first") {
			t.Errorf("signed out: %v", err)
		}
		_, err = w.Registry.Accept(t.Context(), w.Association, made.Secret, account)
		if !fault.HasCode(err, "invitation.other_account") {
			t.Errorf("the officer who made the link: %v", err)
		}
		got, err := w.Registry.Accept(t.Context(), identity.Actor{UserID: userID}, made.Secret, registry.Account{})
		if err != nil || got != userID {
			t.Errorf("signed in: %v", err)
		}
	})
}

func TestWhoIsHereAlreadyJoinsASecondAssociation(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		ama := w.Joined("ama@example.org", privacy.RegistrySearch)
		written := registrytest.Midwife("ama@example.org")
		written.Summary = "as the second association knows her"
		second, err := w.Registry.Register(t.Context(), w.Other.Association, written)
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.Registry.Accept(t.Context(), ama, second.Secret, registry.Account{
			Consents: registrytest.Consents(privacy.RegistrySearch, privacy.AssociationContact)})
		if err != nil {
			t.Fatal(err)
		}
		card := w.Card(ama)
		if len(card.Programmes) != 2 || len(card.Affiliations) != 2 || !card.Visible || card.Summary == written.Summary {
			t.Errorf("her own profile: %v %v, visible %v", card.Programmes, card.Affiliations, card.Visible)
		}
		if card, err := w.Registry.Find(t.Context(), w.Other.Association, ama.ProfessionalID); err != nil || card.Email == "" {
			t.Errorf("the second association: %v %q", err, card.Email)
		}
		if _, err := w.Registry.Find(t.Context(), w.Other.Association, second.ID); !fault.Is(err, fault.Missing) {
			t.Errorf("what it wrote: %v, want missing", err)
		}
		if _, err := w.Registry.Open(t.Context(), second.Secret); !fault.HasCode(err, "invitation.unknown") {
			t.Errorf("the used link: %v", err)
		}
	})
}

func TestAFailedAcceptanceLeavesNothingBehind(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		made := w.Registered("ama@example.org")
		short := account
		short.Password = "short"
		if _, err := w.Registry.Accept(t.Context(), identity.Actor{}, made.Secret, short); !slices.Contains(fieldsOf(err), "password") {
			t.Errorf("a short password: %v %v", err, fieldsOf(err))
		}
		old := account
		old.Consents = []privacy.Given{{Purpose: privacy.RegistrySearch, Version: "1999", Language: "en"}}
		if _, err := w.Registry.Accept(t.Context(), identity.Actor{}, made.Secret, old); !hasField(err, "consents[0].version", "consent.outdated") {
			t.Errorf("a consent to an old text: %v %v", err, fieldsOf(err))
		}
		if welcome, err := w.Registry.Open(t.Context(), made.Secret); err != nil || welcome.HasAccount {
			t.Errorf("afterwards: %v, has account %v", err, welcome.HasAccount)
		}
	})
}

func TestDecliningDeletesWhatWasWritten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		made := w.Registered("ama@example.org")
		if err := w.Registry.Decline(t.Context(), made.Secret); err != nil {
			t.Fatal(err)
		}
		card, err := w.Registry.Find(t.Context(), w.Association, made.ID)
		if err != nil {
			t.Fatal(err)
		}
		if card.State != registry.Declined || card.Invitation.State != "declined" || card.GivenName != "Ama" {
			t.Errorf("the association sees %s, %s, %s", card.State, card.Invitation.State, card.GivenName)
		}
		if card.CVText != "" || card.Phone != "" || card.BirthDate != "" || len(card.Skills)+len(card.Languages)+len(card.Licences) != 0 {
			t.Errorf("something stayed: %+v", card.Profile)
		}
		var past int64
		_ = db.View(t.Context(), func(tx *store.Tx) error { return tx.Table("field_history").Count(&past).Error })
		if past != 0 {
			t.Errorf("%d entries of the past stayed", past)
		}
		if _, err := w.Registry.Invite(t.Context(), w.Association, made.ID); !fault.HasCode(err, "professional.not_invited") {
			t.Errorf("invite again: %v", err)
		}
		_, err = w.Registry.Update(t.Context(), w.Association, made.ID, card.Version, registrytest.Midwife("ama@example.org"))
		if !fault.HasCode(err, "professional.declined") {
			t.Errorf("write again: %v", err)
		}
	})
}

func TestAPersonRegistersAndFillsInTheRestLater(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		first := registry.Profile{Professional: registry.Professional{GivenName: "Moussa", OriginCountry: "SN", ResidenceCountry: "IT"}}
		chosen := account
		chosen.Email, chosen.Consents = "moussa@example.org", registrytest.Consents(privacy.RegistrySearch)
		made, err := w.Registry.SelfRegister(t.Context(), first, chosen)
		if err != nil {
			t.Fatalf("%v %v", err, fault.Of(err).Fields)
		}
		var userID string
		_ = db.View(t.Context(), func(tx *store.Tx) error {
			return tx.Table("professionals").Where("id = ?", made.ID).Pluck("user_id", &userID).Error
		})
		moussa := identity.Actor{UserID: userID, Role: identity.Professional, ProfessionalID: made.ID}
		card := w.Card(moussa)
		if card.Visible || !slices.Equal(card.Lacks, []string{"occupationTitle", "isco"}) || len(card.Programmes) != 1 {
			t.Errorf("half-filled: visible %v, lacks %v, programmes %v", card.Visible, card.Lacks, card.Programmes)
		}
		whole := card.Profile
		whole.OriginLink, whole.OccupationTitle, whole.ISCO = "born", "Agronomo", "2132"
		card, err = w.Registry.Update(t.Context(), moussa, made.ID, card.Version, whole)
		if err != nil || !card.Visible {
			t.Errorf("filled in: %v, visible %v", err, card.Visible)
		}
		whole.ISCO = ""
		if _, err := w.Registry.Update(t.Context(), moussa, made.ID, card.Version, whole); !hasField(err, "isco", "field.empty") {
			t.Errorf("emptied while it can be found: %v", err)
		}
		if again, err := w.Registry.SelfRegister(t.Context(), first, chosen); err != nil || again.ID != "" {
			t.Errorf("again: %+v %v, want an answer that tells nothing", again, err)
		}
		chosen.Email = "b@example.org"
		first.OriginCountry = "NL"
		if _, err := w.Registry.SelfRegister(t.Context(), first, chosen); !hasField(err, "originCountry", "programme.none") {
			t.Errorf("a country that nobody serves: %v", err)
		}
	})
}

func TestOfManyWhoUseOneLinkOneGetsIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		// All are signed in to the one account: hashing 3,200 passwords is not what this is about.
		links := make([]registry.Registered, storetest.Rounds)
		owners := make([]identity.Actor, storetest.Rounds)
		for i := range links {
			email := string(rune('a'+i%26)) + string(rune('a'+i/26)) + "@example.org"
			owners[i] = identity.Actor{UserID: w.User(email)}
			links[i] = w.Registered(email)
		}
		storetest.Warm(t, db)
		outcomes := storetest.Race(t, storetest.Rounds, storetest.Writers, func(round, writer int) error {
			if writer%8 == 7 {
				return w.Registry.Decline(t.Context(), links[round].Secret)
			}
			_, err := w.Registry.Accept(t.Context(), owners[round], links[round].Secret, registry.Account{})
			return err
		})
		storetest.OneWins(t, outcomes)
	})
}
