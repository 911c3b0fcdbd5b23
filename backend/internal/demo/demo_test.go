// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"context"
	"slices"
	"testing"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// loaded loads a demonstration and returns what it was made with.
func loaded(t testing.TB, db *store.DB, people int) (Deps, Report) {
	t.Helper()
	deps := Deps{DB: db, Taxonomy: tax(t)}
	report, err := Load(t.Context(), deps, Options{People: people})
	if err != nil {
		t.Fatalf("load: %v", err)
	}
	return deps, report
}

// actor returns the officer with the mailbox, acting in their membership.
func actor(t testing.TB, db *store.DB, mailbox string) identity.Actor {
	t.Helper()
	var who identity.Actor
	err := db.View(t.Context(), func(tx *store.Tx) error {
		var u identity.User
		if err := tx.Where("email = ?", mailbox+"@"+domain).Take(&u).Error; err != nil {
			return err
		}
		var m identity.Membership
		if err := tx.Where("user_id = ?", u.ID).Take(&m).Error; err != nil {
			return err
		}
		who = identity.Actor{UserID: u.ID, Role: m.Role, MembershipID: m.ID, OrganisationID: m.OrganisationID, Demo: true}
		if m.ProgrammeID != nil {
			who.ProgrammeID = *m.ProgrammeID
		}
		return nil
	})
	if err != nil {
		t.Fatalf("officer %s: %v", mailbox, err)
	}
	return who
}

func TestTheDemonstration(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if before, err := SignIns(t.Context(), db); before != nil || err != nil {
			t.Fatalf("without a demonstration: %v, %v", before, err)
		}
		loaded(t, db, 0)
		for name, check := range map[string]func(*testing.T, *store.DB){
			"is complete": isComplete, "lets every role in": letsEveryRoleIn, "keeps to its seed": keepsToItsSeed,
			"has needs that were reviewed": hasNeedsThatWereReviewed, "has needs that find people": hasNeedsThatFindPeople,
			"ranks the agronomist among the first three": isAmongTheFirstThree,
		} {
			t.Run(name, func(t *testing.T) { check(t, db) })
		}
		// These write more of the same, so they come last.
		t.Run("has needs that pass the checks of a host", func(t *testing.T) { hasNeedsThatPassTheChecks(t, db) })
		t.Run("has profiles that an association could have typed", func(t *testing.T) { hasProfilesThatPassTheChecks(t, db) })
	})
}

func isComplete(t *testing.T, db *store.DB) {
	deps := Deps{DB: db, Taxonomy: tax(t)}
	report, err := Count(t.Context(), db)
	if err != nil || report.People != Usual || report.Searchable < 200 || report.Needs < 14 || report.Organisations < 30 {
		t.Errorf("loaded %+v", report)
	}
	d, err := Describe(t.Context(), deps)
	if err != nil {
		t.Fatal(err)
	}
	written, states := map[string]int{}, map[string]int{}
	for _, n := range d.Needs {
		written[n.Language]++
		states[n.State]++
	}
	if len(written) < 5 || states["DRAFT"] == 0 || states["SUBMITTED"] == 0 || states["RETURNED"] == 0 || states["PUBLISHED"] < 12 {
		t.Errorf("needs in %v, %v", written, states)
	}
	var stories []string
	for _, c := range d.Characters {
		stories = append(stories, c.Pseudonym)
	}
	if want := []string{AmaBoateng, HodanWarsame, MoussaDiop, CelestinKabeya, ThereseLubaki, EmmanuelTshiombo, MariamaKpaka}; !slices.Equal(stories, want) {
		t.Errorf("the people of the stories are %v", stories)
	}
}

func letsEveryRoleIn(t *testing.T, db *store.DB) {
	found, err := SignIns(t.Context(), db)
	if err != nil || len(found) != len(order) {
		t.Fatalf("%d sign-ins, %v", len(found), err)
	}
	service := identity.NewService(db)
	for i, s := range found {
		if s.Role != order[i] || s.Name == "" || (s.Organisation == "") != (s.Role == "professional") {
			t.Errorf("sign-in %+v", s)
		}
		signedIn(t, service, s)
	}
}

// signedIn fails the test unless the account opens and acts in its role.
func signedIn(t *testing.T, service *identity.Service, s SignIn) {
	t.Helper()
	token, err := service.SignIn(t.Context(), identity.Credentials{Email: s.Email, Password: s.Password})
	if err != nil {
		t.Errorf("%s does not sign in: %v", s.Email, err)
		return
	}
	who, err := service.Resume(t.Context(), token)
	if err != nil || string(who.Role) != s.Role || !who.Demo || who.MustEnrol {
		t.Errorf("%s signs in as %+v, %v", s.Email, who, err)
	}
}

func TestLoadingAgainAddsWhatIsMissing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		deps, first := loaded(t, db, Fewest)
		again, err := Load(t.Context(), deps, Options{People: Fewest})
		if err != nil || again.Added != 0 || again.People != first.People || again.Accounts != first.Accounts || again.Needs != first.Needs {
			t.Errorf("again: %+v, %v", again, err)
		}
		more, err := Load(t.Context(), deps, Options{People: Fewest + 250})
		if err != nil || more.Added != 250 || more.People != Fewest+250 || more.Organisations != first.Organisations {
			t.Errorf("more: %+v, %v", more, err)
		}
	})
}

func TestAnInterruptedLoadGoesOn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		deps := Deps{DB: db, Taxonomy: tax(t)}
		ctx, stop := context.WithCancel(t.Context())
		_, err := Load(ctx, deps, Options{People: 1100, Progress: func(done, _ int) {
			if done >= 500 {
				stop()
			}
		}})
		if err == nil {
			t.Fatal("the load did not notice that it was stopped")
		}
		half, err := Count(t.Context(), db)
		if err != nil || half.People == 0 || half.People == 1100 {
			t.Fatalf("after the interruption: %+v, %v", half, err)
		}
		whole, err := Load(t.Context(), deps, Options{People: 1100})
		if err != nil || whole.People != 1100 || whole.Added != 1100-half.People {
			t.Errorf("at the end: %+v, %v", whole, err)
		}
	})
}

func keepsToItsSeed(t *testing.T, db *store.DB) {
	deps := Deps{DB: db, Taxonomy: tax(t)}
	if _, err := Load(t.Context(), deps, Options{People: Fewest, Seed: 99}); !fault.HasCode(err, "demo.other_seed") {
		t.Errorf("another seed: %v", err)
	}
}

func TestATooSmallDemonstrationIsRefused(t *testing.T) {
	db := storetest.SQLite(t)
	for _, people := range []int{-1, 1, Fewest - 1, Most + 1} {
		if _, err := Load(t.Context(), Deps{DB: db, Taxonomy: tax(t)}, Options{People: people}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%d people: %v", people, err)
		}
	}
}

func TestARealProgrammeKeepsItsCode(t *testing.T) {
	db := storetest.SQLite(t)
	err := db.Change(t.Context(), store.System, func(tx *store.Tx) error {
		_, err := identity.FoundProgrammeIn(tx, identity.Programme{Code: Programme, Name: "Real", MinimumCounterparts: 2, ShortlistMost: 5})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Load(t.Context(), Deps{DB: db, Taxonomy: tax(t)}, Options{}); !fault.HasCode(err, "demo.code_taken") {
		t.Errorf("got %v", err)
	}
}

func hasNeedsThatPassTheChecks(t *testing.T, db *store.DB) {
	service := &needs.Service{DB: db, Codes: tax(t)}
	all, err := readTerms()
	if err != nil {
		t.Fatal(err)
	}
	countries, err := hostCountries()
	if err != nil {
		t.Fatal(err)
	}
	for _, terms := range all {
		form, err := terms.form(tax(t), countries[terms.Host])
		if err != nil {
			t.Fatal(err)
		}
		mailbox := "host." + terms.Host
		if terms.Host == "thies" {
			mailbox = "host"
		}
		who := actor(t, db, mailbox)
		view, err := service.Draft(t.Context(), who, form)
		if err == nil {
			_, err = service.Submit(t.Context(), who, view.ID, view.Version)
		}
		if err != nil {
			t.Errorf("%s: %v %v", terms.Reference, err, fault.Of(err).Fields)
		}
		if len(form.Criteria) < 4 || len(form.Outputs) < 2 || len(form.Counterparts) < 2 || len(form.Contributions) == 0 {
			t.Errorf("%s is thin", terms.Reference)
		}
	}
}

func hasNeedsThatWereReviewed(t *testing.T, db *store.DB) {
	service := &needs.Service{DB: db, Codes: tax(t)}
	view, err := service.Find(t.Context(), actor(t, db, "ministry.sl"), "DEMO-08")
	if err != nil {
		t.Fatal(err)
	}
	var outcomes []string
	for _, r := range view.Reviews {
		outcomes = append(outcomes, r.Outcome)
	}
	if want := []string{"returned", "validated", "approved"}; !slices.Equal(outcomes, want) {
		t.Errorf("the reviews of DEMO-08 are %v", outcomes)
	}
	professional := actorOf(t, db, MoussaDiop)
	if _, err := service.Find(t.Context(), professional, "DEMO-03"); err != nil {
		t.Errorf("the professional does not see the published need: %v", err)
	}
	if _, err := service.Find(t.Context(), professional, "DEMO-34"); !fault.Is(err, fault.Missing) {
		t.Errorf("the professional sees a draft: %v", err)
	}
}

// actorOf returns a person of the stories, acting for themselves.
func actorOf(t testing.TB, db *store.DB, pseudonym string) identity.Actor {
	t.Helper()
	var p registry.Professional
	err := db.View(t.Context(), func(tx *store.Tx) error { return tx.Where("pseudonym = ?", pseudonym).Take(&p).Error })
	if err != nil || p.UserID == nil {
		t.Fatalf("%s: %v, account %v", pseudonym, err, p.UserID)
	}
	return identity.Actor{UserID: *p.UserID, Role: identity.Professional, ProfessionalID: p.ID, Locale: "en", Demo: true}
}
