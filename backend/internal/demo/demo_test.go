// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/identity/identitytest"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/search"
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

func TestTheDemonstrationIsComplete(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		deps, report := loaded(t, db, 0)
		if report.People != Usual || report.Added != Usual || report.Searchable < 200 || report.Needs < 14 || report.Organisations < 30 {
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
	})
}

func TestEveryRoleCanSignIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if before, err := SignIns(t.Context(), db); before != nil || err != nil {
			t.Fatalf("without a demonstration: %v, %v", before, err)
		}
		loaded(t, db, Fewest)
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
	})
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
		_, err := Load(ctx, deps, Options{People: 1300, Progress: func(done, _ int) {
			if done >= 500 {
				stop()
			}
		}})
		if err == nil {
			t.Fatal("the load did not notice that it was stopped")
		}
		half, err := Count(t.Context(), db)
		if err != nil || half.People == 0 || half.People == 1300 {
			t.Fatalf("after the interruption: %+v, %v", half, err)
		}
		whole, err := Load(t.Context(), deps, Options{People: 1300})
		if err != nil || whole.People != 1300 || whole.Added != 1300-half.People {
			t.Errorf("at the end: %+v, %v", whole, err)
		}
	})
}

func TestTwoSeedsDoNotMix(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		deps, _ := loaded(t, db, Fewest)
		if _, err := Load(t.Context(), deps, Options{People: Fewest, Seed: 99}); !fault.HasCode(err, "demo.other_seed") {
			t.Errorf("another seed: %v", err)
		}
	})
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

func TestRemovingLeavesNothingAndNothingElse(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		if err := (&privacy.Service{DB: db}).InstallNotices(t.Context()); err != nil {
			t.Fatal(err)
		}
		w := identitytest.New(t, db)
		realPerson(t, db, w)
		before := rows(t, db)
		deps, _ := loaded(t, db, Fewest)
		work(t, db)
		full := rows(t, db)
		for _, table := range []string{"placements", "decisions", "candidacies", "ranking_snapshots", "sessions", "idempotency_keys", "field_history", "invitations"} {
			if full[table] == before[table] {
				t.Errorf("the test writes nothing into %s", table)
			}
		}
		report, err := Remove(t.Context(), deps)
		if err != nil || report.Removed != Fewest || !report.empty() {
			t.Fatalf("removed %+v, %v", report, err)
		}
		if after := rows(t, db); !maps.Equal(before, after) {
			t.Errorf("rows before %v\nafter %v", before, after)
		}
		last, err := db.LastEvent(t.Context())
		if again, err2 := Remove(t.Context(), deps); err2 != nil || again.Removed != 0 || err != nil {
			t.Errorf("removing nothing: %+v, %v", again, err2)
		}
		if now, _ := db.LastEvent(t.Context()); now != last {
			t.Error("removing nothing is news")
		}
		announced(t, db, "professional.removed", Fewest)
		if again, err := Load(t.Context(), deps, Options{People: Fewest}); err != nil || again.Added != Fewest {
			t.Errorf("loading after removal: %+v, %v", again, err)
		}
	})
}

// announced fails the test unless so many events of the name are in the ledger.
func announced(t *testing.T, db *store.DB, name string, want int) {
	t.Helper()
	var got int64
	err := db.View(t.Context(), func(tx *store.Tx) error {
		return tx.Model(&store.Event{}).Where("name = ?", name).Count(&got).Error
	})
	if err != nil || int(got) != want {
		t.Errorf("%d events %s, want %d (%v)", got, name, want, err)
	}
}

// rows counts the rows of every table but those that only ever grow.
func rows(t testing.TB, db *store.DB) map[string]int64 {
	t.Helper()
	out := map[string]int64{}
	err := db.View(t.Context(), func(tx *store.Tx) error {
		tables, err := tx.Migrator().GetTables()
		for _, table := range tables {
			if table == "ledger" || strings.HasPrefix(table, "sqlite_") {
				continue
			}
			var n int64
			if err := tx.Table(table).Count(&n).Error; err != nil {
				return err
			}
			out[table] = n
		}
		return err
	})
	if err != nil {
		t.Fatalf("count rows: %v", err)
	}
	if len(out) < 30 {
		t.Fatalf("only %d tables", len(out))
	}
	return out
}

// realPerson registers somebody who is no part of the demonstration.
func realPerson(t testing.TB, db *store.DB, w *identitytest.World) {
	t.Helper()
	p := draw(t, 1, 50, 51)[0]
	p.Demo, p.Visible, p.State = false, true, registry.Active
	p.Programmes, p.Associations = []string{w.Programme.ID}, []string{w.AssociationOrg.ID}
	err := db.Change(t.Context(), store.System, func(tx *store.Tx) error {
		return registry.RegisterBatchIn(tx, []registry.Profile{p})
	})
	if err != nil {
		t.Fatalf("register: %v", err)
	}
}

// work leaves the traces of people who use the demonstration: a placement with
// all that leads to it, a session, an invitation, a change of a field.
func work(t testing.TB, db *store.DB) {
	t.Helper()
	host := actor(t, db, "host")
	err := db.Change(t.Context(), host.Author(), func(tx *store.Tx) error {
		var person registry.Professional
		if err := tx.Where("pseudonym = ?", MoussaDiop).Take(&person).Error; err != nil {
			return err
		}
		var need needs.Need
		if err := tx.Where("reference = ?", "DEMO-03").Take(&need).Error; err != nil {
			return err
		}
		tx.Emit("placement.booked", person.ID)
		snapshot, candidacy := id.New(), id.New()
		return errors.Join(
			tx.Exec(`INSERT INTO ranking_snapshots (id, need_id, taken_at, by_user, algorithm, index_position, body, sha256)
				VALUES (?, ?, ?, ?, 'a', 1, '{}', 'x')`, snapshot, need.ID, tx.Now, host.UserID).Error,
			tx.Exec(`INSERT INTO candidacies (id, need_id, professional_id, origin, state, snapshot_id, created_at, updated_at)
				VALUES (?, ?, ?, 'ranking', 'ACCEPTED', ?, ?, ?)`, candidacy, need.ID, person.ID, snapshot, tx.Now, tx.Now).Error,
			tx.Exec(`INSERT INTO decisions (id, candidacy_id, step, outcome, reason, by_user, by_organisation, at)
				VALUES (?, ?, 'shortlist', 'yes', 'fits', ?, ?, ?)`, id.New(), candidacy, host.UserID, host.OrganisationID, tx.Now).Error,
			tx.Exec(`INSERT INTO placements (id, reference, programme_id, need_id, candidacy_id, professional_id, organisation_id, state,
				modality, from_on, to_on, created_at, updated_at) VALUES (?, 'SN-P-2026-0001', ?, ?, ?, ?, ?, 'PREPARING', 'onsite', ?, ?, ?, ?)`,
				id.New(), need.ProgrammeID, need.ID, candidacy, person.ID, host.OrganisationID, need.StartsOn, need.EndsOn, tx.Now, tx.Now).Error,
			tx.Exec(`INSERT INTO sessions (token_hash, user_id, membership_id, created_at, seen_at, expires_at) VALUES ('h', ?, ?, ?, ?, ?)`,
				host.UserID, host.MembershipID, tx.Now, tx.Now, tx.Now).Error,
			tx.Exec(`INSERT INTO idempotency_keys (user_id, key, request, at) VALUES (?, 'k', 'r', ?)`, host.UserID, tx.Now).Error,
			tx.Exec(`INSERT INTO invitations (id, professional_id, token_hash, organisation_id, created_by, created_at, expires_at)
				VALUES (?, ?, 'h', ?, ?, ?, ?)`, id.New(), person.ID, host.OrganisationID, host.UserID, tx.Now, tx.Now).Error,
			tx.Exec(`INSERT INTO field_history (id, professional_id, field, before, after, by_user, by_organisation, at)
				VALUES (?, ?, 'phone', '', '', ?, '', ?)`, id.New(), person.ID, host.UserID, tx.Now).Error,
		)
	})
	if err != nil {
		t.Fatalf("work: %v", err)
	}
}

func TestEveryNeedPassesTheChecksOfItsHost(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		loaded(t, db, Fewest)
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
	})
}

func TestNeedsWereReviewedByOthersThanTheirAuthors(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		loaded(t, db, Fewest)
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
	})
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

func TestAnAssociationCouldHaveTypedEveryProfile(t *testing.T) {
	db := storetest.SQLite(t)
	loaded(t, db, Fewest)
	service := &registry.Service{DB: db, Codes: tax(t)}
	officer := actor(t, db, "association.nl")
	for i, p := range draw(t, 23, len(stories), 400) {
		if len(p.Missing()) > 0 {
			continue
		}
		for at := range p.Skills { // only others can confirm a skill
			p.Skills[at].Evidence = registry.Claimed
		}
		if _, err := service.Register(t.Context(), officer, p); err != nil {
			t.Errorf("person %d: %v %v", i, err, fault.Of(err).Fields)
		}
	}
}

func TestMoussaIsAmongTheFirstThreeForThies(t *testing.T) {
	for _, seed := range []uint64{DefaultSeed, 2, 3} {
		db := storetest.SQLite(t)
		deps := Deps{DB: db, Taxonomy: tax(t)}
		if _, err := Load(t.Context(), deps, Options{People: 1000, Seed: seed}); err != nil {
			t.Fatal(err)
		}
		r := ranked(t, db, "DEMO-03")
		at := slices.IndexFunc(r.Candidates, func(c search.Candidate) bool { return c.Person == MoussaDiop })
		if at < 0 || at > 2 || len(r.Candidates) < 5 {
			t.Errorf("seed %d: he is number %d of %d", seed, at+1, len(r.Candidates))
		}
	}
}

func TestNeedsFindPeople(t *testing.T) {
	db := storetest.SQLite(t)
	loaded(t, db, 0)
	all, err := readTerms()
	if err != nil {
		t.Fatal(err)
	}
	for _, terms := range all {
		if terms.State != needs.Published {
			continue
		}
		r := ranked(t, db, terms.Reference)
		t.Logf("%s: %d passed, the first has %v", terms.Reference, r.Passed, firstScore(r))
		if len(r.Candidates) == 0 {
			t.Errorf("%s finds nobody among %d: %v", terms.Reference, r.Considered, r.Excluded)
		}
		if story := storyOf(terms.Reference); story != "" && !slices.ContainsFunc(r.Candidates[:min(3, len(r.Candidates))],
			func(c search.Candidate) bool { return c.Person == story }) {
			t.Errorf("%s: %s is not among the first three", terms.Reference, story)
		}
	}
}

func firstScore(r search.Ranking) int {
	if len(r.Candidates) == 0 {
		return 0
	}
	return r.Candidates[0].Score
}

// storyOf returns the first person of the stories whom the need is about.
func storyOf(reference string) string {
	for _, s := range stories {
		if s.need == reference {
			return s.pseudonym
		}
	}
	return ""
}

// ranked returns the ranking of a need as the coordinator sees it.
func ranked(t testing.TB, db *store.DB, reference string) search.Ranking {
	t.Helper()
	service, err := search.New(search.Options{DB: db, Directory: t.TempDir(), Vocabulary: tax(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = service.Close() })
	r, err := service.Rank(t.Context(), actor(t, db, "coordinator"), reference, 50)
	if err != nil {
		t.Fatalf("rank %s: %v", reference, err)
	}
	return r
}

func TestStoriesKeepTheirFacts(t *testing.T) {
	all, err := readTerms()
	if err != nil {
		t.Fatal(err)
	}
	length := map[string]int{}
	for _, n := range all {
		length[n.Reference] = day.Length(day.Day(n.From), day.Day(n.To))
	}
	for reference, want := range map[string]int{"DEMO-01": 84, "DEMO-02": 180, "DEMO-03": 40, "DEMO-07": 57, "DEMO-20": 10} {
		if length[reference] != want {
			t.Errorf("%s lasts %d days, want %d", reference, length[reference], want)
		}
	}
}
