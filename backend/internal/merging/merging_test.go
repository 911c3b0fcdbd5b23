// SPDX-License-Identifier: AGPL-3.0-or-later

package merging_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/merging"
	"sankofa/backend/internal/placements/placementstest"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/registry/registrytest"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

type world struct {
	*placementstest.World
	Merging *merging.Service
	second  identity.Actor // an officer of the second association
	t       *testing.T
}

func newWorld(t *testing.T, db *store.DB) *world {
	w := &world{World: placementstest.New(t, db), t: t}
	w.Merging = &merging.Service{DB: db, Registry: w.Registry, Privacy: w.Privacy, Views: w.Audit}
	w.second = w.Officer("second@example.org", w.Second(t).ID, w.Programme.ID, identity.Association)
	return w
}

// rania is the woman of the story; one detail of each record differs.
func rania(given, family, phone, email string) registry.Profile {
	p := registrytest.Midwife(email)
	p.GivenName, p.FamilyName, p.Phone, p.BirthDate, p.ResidenceCountry = given, family, phone, "1988-03-14", "LB"
	return p
}

func (w *world) register(who identity.Actor, p registry.Profile) registry.Registered {
	w.t.Helper()
	made, err := w.Registry.Register(w.t.Context(), who, p)
	if err != nil {
		w.t.Fatal(err)
	}
	return made
}

// join lets the person accept the invitation.
func (w *world) join(made registry.Registered, purposes ...privacy.Purpose) identity.Actor {
	w.t.Helper()
	userID, err := w.Registry.Accept(w.t.Context(), identity.Actor{}, made.Secret,
		registry.Account{Password: "correct horse battery", Locale: "en", Consents: registrytest.Consents(purposes...)})
	if err != nil {
		w.t.Fatal(err)
	}
	return identity.Actor{UserID: userID, Role: identity.Professional, ProfessionalID: made.ID, Locale: "en"}
}

// pair returns the one pair that the actor may decide on.
func (w *world) pair(who identity.Actor) merging.Proposal {
	w.t.Helper()
	found, _, err := w.Merging.List(w.t.Context(), who, "", "", 10)
	if err != nil || len(found) != 1 {
		w.t.Fatalf("%d pairs (%v), want one", len(found), err)
	}
	return found[0]
}

func (w *world) merge(who identity.Actor, take map[string]registry.Side) merging.Merge {
	w.t.Helper()
	p := w.pair(who)
	made, err := w.Merging.Merge(w.t.Context(), who, p.ID, p.Version, take)
	if err != nil {
		w.t.Fatal(err)
	}
	return made
}

func (w *world) profile(id string) registry.Profile {
	w.t.Helper()
	var found []registry.Profile
	err := w.DB.View(w.t.Context(), func(tx *store.Tx) (err error) {
		found, err = registry.ProfilesIn(tx, []string{id})
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	if len(found) == 0 {
		return registry.Profile{}
	}
	return found[0]
}

// everything dumps all tables but the trail and what is made anew.
func everything(t *testing.T, db *store.DB) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	err := db.View(t.Context(), func(tx *store.Tx) error {
		query := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'goose%'`
		if db.Engine() == store.Postgres {
			query = `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name NOT LIKE 'goose%'`
		}
		var tables []string
		if err := tx.Raw(query).Scan(&tables).Error; err != nil {
			return err
		}
		for _, table := range tables {
			if slices.Contains([]string{"ledger", "ledger_head", "merges", "sessions"}, table) {
				continue
			}
			var rows []map[string]any
			if err := tx.Table(table).Find(&rows).Error; err != nil {
				return err
			}
			for _, row := range rows {
				if table == "professionals" || table == "users" {
					delete(row, "version")
					delete(row, "updated_at")
				}
				text, _ := json.Marshal(row)
				out[table] = append(out[table], string(text))
			}
			slices.Sort(out[table])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// same compares two dumps.
func same(t *testing.T, got, want map[string][]string) {
	t.Helper()
	for table := range want {
		if !slices.Equal(got[table], want[table]) {
			t.Errorf("%s is\n\t%s\nand was\n\t%s", table, strings.Join(got[table], "\n\t"), strings.Join(want[table], "\n\t"))
		}
	}
	for table := range got {
		if want[table] == nil {
			t.Errorf("%s has %v and had nothing", table, got[table])
		}
	}
}

func TestTwoRecordsOfOneWomanBecomeOneAndTwoAgain(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db)
		first := w.register(w.Association, rania("Rania", "Haddad", "0096178908941", "rania@example.org"))
		other := rania("Raniya", "Hadad", "+96178908941", "r.haddad@example.org")
		other.Skills = append(other.Skills, registry.Skill{Concept: "health.neonatal-care", Label: "neonatal care", Level: 3})
		second := w.register(w.second, other)
		sister := registrytest.Midwife("rima@example.org")
		sister.GivenName, sister.FamilyName, sister.Phone, sister.BirthDate, sister.ResidenceCountry = "Rima", "Haddad", "78908941", "1990-07-02", "LB"
		w.register(w.second, sister)
		before := everything(t, db)

		for name, who := range map[string]identity.Actor{"her association": w.Association, "a host": w.Host, "another programme": w.Other.Coordinator} {
			if found, _, err := w.Merging.List(t.Context(), who, "", "", 10); err != nil || len(found) != 0 {
				t.Errorf("%s sees %d pairs (%v)", name, len(found), err)
			}
		}
		p := w.pair(w.Coordinator)
		if p.Strength != "likely" || p.Stays == "" || p.Keeps {
			t.Errorf("the pair is %+v", p)
		}
		take := map[string]registry.Side{"email": "first", "phone": "second"}
		made, err := w.Merging.Merge(t.Context(), w.Coordinator, p.ID, p.Version, take)
		if err != nil {
			t.Fatal(err)
		}
		one := w.profile(made.SurvivorID)
		if len(one.Associations) != 2 || len(one.Skills) != 2 || one.State != registry.Invited {
			t.Errorf("she has %d associations and %d skills, %s", len(one.Associations), len(one.Skills), one.State)
		}
		if one.Email != p2(p, first.ID, "rania@example.org", "r.haddad@example.org") {
			t.Errorf("her address is %s", one.Email)
		}
		if gone := w.profile(made.AbsorbedID); gone.ID != "" {
			t.Errorf("the other record is still there: %+v", gone)
		}
		if _, _, err := w.Merging.List(t.Context(), w.Coordinator, "", "", 10); err != nil {
			t.Error(err)
		}

		clock.Advance(29 * 24 * time.Hour)
		past, _, err := w.Merging.Merges(t.Context(), w.Coordinator, "", 10)
		if err != nil || len(past) != 1 || past[0].State != merging.Done {
			t.Fatalf("the merges are %+v (%v)", past, err)
		}
		if err := w.Merging.Undo(t.Context(), w.Coordinator, made.ID, past[0].Version); err != nil {
			t.Fatal(err)
		}
		same(t, everything(t, db), before)
		if a, b := w.profile(first.ID), w.profile(second.ID); len(a.Associations) != 1 || len(b.Associations) != 1 || len(b.Skills) != 2 {
			t.Errorf("afterwards the two are %+v and %+v", a.Associations, b.Associations)
		}
	})
}

// p2 returns what the pair's first record had, whichever was registered first.
func p2(p merging.Proposal, first, a, b string) string {
	if p.FirstID == first {
		return a
	}
	return b
}

func TestAMergeCannotBeUndoneLaterOrAfterWhatHappened(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db)
		w.register(w.Association, rania("Rania", "Haddad", "0096178908941", "rania@example.org"))
		w.register(w.second, rania("Raniya", "Hadad", "78908941", "r.haddad@example.org"))
		made := w.merge(w.Coordinator, nil)
		clock.Advance(time.Hour)
		now := w.profile(made.SurvivorID)
		written := now
		written.OccupationTitle = "Midwife and nurse"
		if _, err := w.Registry.Update(t.Context(), w.Association, now.ID, now.Version, written); err != nil {
			t.Fatal(err)
		}
		err := w.Merging.Undo(t.Context(), w.Coordinator, made.ID, 1)
		if !fault.HasCode(err, "merge.later_events") || !strings.Contains(err.Error(), "professional.updated") {
			t.Errorf("after a change: %v", err)
		}
		written.OccupationTitle = now.OccupationTitle
		clock.Advance(merging.UndoFor)
		if err := w.Merging.SettleDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := w.Merging.Undo(t.Context(), w.Coordinator, made.ID, 2); !fault.HasCode(err, "merge.settled") {
			t.Errorf("after thirty days: %v", err)
		}
		var kept []string
		_ = db.View(t.Context(), func(tx *store.Tx) error { return tx.Raw(`SELECT before || after FROM merges`).Scan(&kept).Error })
		if len(kept) != 1 || kept[0] != "" {
			t.Errorf("what stood there is still kept: %q", kept)
		}
	})
}

func TestWhoeverAnsweredForThemselvesKeepsTheirWordsAndTheStricterChoice(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		confirmed := w.join(w.register(w.Association, rania("Rania", "Haddad", "0096178908941", "rania@example.org")), privacy.RegistrySearch, privacy.Statistics)
		invited := w.register(w.second, rania("Raniya", "Hadad", "78908941", "r.haddad@example.org"))
		p := w.pair(w.Coordinator)
		side := registry.FromFirst
		if p.Second.ID == invited.ID {
			side = registry.FromSecond
		}
		_, err := w.Merging.Merge(t.Context(), w.Coordinator, p.ID, p.Version, map[string]registry.Side{"givenName": side})
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("an officer overwrites her name: %v", err)
		}
		w.merge(w.Coordinator, nil)
		one := w.profile(confirmed.ProfessionalID)
		if one.GivenName != "Rania" || !one.Visible || one.State != registry.Active || len(one.Associations) != 2 {
			t.Errorf("she is %+v", one)
		}

		other := w.join(w.register(w.second, rania("Ranya", "Haddad", "+96178908941", "third@example.org")), privacy.Statistics)
		p = w.pair(w.Coordinator)
		if _, err := w.Merging.Merge(t.Context(), w.Association, p.ID, p.Version, nil); !fault.Is(err, fault.Missing) {
			t.Errorf("an association joins two accounts: %v", err)
		}
		before := everything(t, db)
		made := w.merge(w.Coordinator, nil)
		one = w.profile(made.SurvivorID)
		if one.Visible {
			t.Error("she can be found, though one of her two said nothing of it")
		}
		var states []string
		_ = db.View(t.Context(), func(tx *store.Tx) error {
			return tx.Raw(`SELECT purpose || ' ' || status FROM consents WHERE professional_id = ? AND status = 'active'`, made.SurvivorID).Scan(&states).Error
		})
		if !slices.Equal(states, []string{"statistics active"}) {
			t.Errorf("she agrees to %v", states)
		}
		if err := w.Merging.Undo(t.Context(), w.Coordinator, made.ID, made.Version); err != nil {
			t.Fatal(err)
		}
		same(t, everything(t, db), before)
		_ = other
	})
}

func TestTwoWhoMergeAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.register(w.Association, rania("Rania", "Haddad", "0096178908941", "rania@example.org"))
		w.register(w.second, rania("Raniya", "Hadad", "78908941", "r.haddad@example.org"))
		p := w.pair(w.Coordinator)
		outcomes := make([]error, 6)
		var all sync.WaitGroup
		for i := range outcomes {
			all.Go(func() {
				if i == 5 {
					outcomes[i] = w.Merging.Different(t.Context(), w.Administrator, p.ID, p.Version)
					return
				}
				_, outcomes[i] = w.Merging.Merge(t.Context(), w.Coordinator, p.ID, p.Version, nil)
			})
		}
		all.Wait()
		won := 0
		for _, err := range outcomes {
			switch {
			case err == nil:
				won++
			case !fault.Is(err, fault.Missing) && !fault.Is(err, fault.Stale) && !fault.Is(err, fault.Conflict):
				t.Errorf("who was slower is told %v", err)
			}
		}
		if won != 1 {
			t.Errorf("%d won: %v", won, outcomes)
		}
	})
}

func TestNotTheSamePersonIsRemembered(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.register(w.Association, rania("Rania", "Haddad", "0096178908941", "rania@example.org"))
		second := w.register(w.second, rania("Raniya", "Hadad", "78908941", "r.haddad@example.org"))
		p := w.pair(w.Coordinator)
		if err := w.Merging.Different(t.Context(), w.Coordinator, p.ID, p.Version); err != nil {
			t.Fatal(err)
		}
		again := rania("Raniya", "Haddad", "78908941", "r.haddad@example.org")
		if _, err := w.Registry.Update(t.Context(), w.second, second.ID, 1, again); err != nil {
			t.Fatal(err)
		}
		if found, _, _ := w.Merging.List(t.Context(), w.Coordinator, "", "", 10); len(found) != 0 {
			t.Errorf("they are proposed again: %+v", found)
		}
		if found, _, _ := w.Merging.List(t.Context(), w.Coordinator, registry.PairDifferent, "", 10); len(found) != 1 {
			t.Errorf("the verdict is not in the list: %+v", found)
		}
	})
}

func TestOneCandidacyANeedStays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		need := w.Of.Published()
		first := w.join(w.register(w.Association, rania("Rania", "Haddad", "0096178908941", "rania@example.org")), privacy.Purposes...)
		second := w.join(w.register(w.second, rania("Raniya", "Hadad", "78908941", "r.haddad@example.org")), privacy.Purposes...)
		w.Must(w.Selection.Apply(t.Context(), first, need.Terms.Reference, "I have done this."))
		further := w.Shortlisted(need, second)[0]
		lesser := w.marked(first.ProfessionalID)
		before := everything(t, db)
		made := w.merge(w.Coordinator, nil)
		var rows []selection.Candidacy
		if err := db.View(t.Context(), func(tx *store.Tx) error { return tx.Find(&rows).Error }); err != nil {
			t.Fatal(err)
		}
		if len(rows) != 1 || rows[0].ID != further.ID || rows[0].ProfessionalID != made.SurvivorID {
			t.Errorf("the candidacies are %+v", rows)
		}
		for table, column := range map[string]string{"messages": "candidacy_id", "record_tags": "subject", "record_assignments": "subject"} {
			if left, moved := w.hanging(table, column, lesser), w.hanging(table, column, further.ID); left != 0 || moved != 1 {
				t.Errorf("%s: %d hang on the candidacy that is gone, and %d on the one that stays", table, left, moved)
			}
		}
		if err := w.Merging.Undo(t.Context(), w.Coordinator, made.ID, made.Version); err != nil {
			t.Fatal(err)
		}
		same(t, everything(t, db), before)
	})
}

// marked writes a message at somebody's candidacy, tags it and gives it to a
// coordinator, and returns it.
func (w *world) marked(person string) (candidacyID string) {
	w.t.Helper()
	err := w.DB.Change(w.t.Context(), w.Coordinator.Author(), func(tx *store.Tx) error {
		if err := tx.Raw(`SELECT id FROM candidacies WHERE professional_id = ?`, person).Scan(&candidacyID).Error; err != nil {
			return err
		}
		tx.Emit("candidacy.tagged", candidacyID)
		values := map[string]any{"id": id.New(), "candidacy": candidacyID, "user": w.Coordinator.UserID, "at": tx.Now}
		for _, row := range []string{
			`INSERT INTO messages (id, candidacy_id, audience, role, by_user, body, at) VALUES (@id, @candidacy, 'everybody', 'coordinator', @user, 'Please call back.', @at)`,
			`INSERT INTO record_tags (record, subject, tag, by_user, at) VALUES ('candidacy', @candidacy, 'call back', @user, @at)`,
			`INSERT INTO record_assignments (record, subject, user_id, by_user, at) VALUES ('candidacy', @candidacy, @user, @user, @at)`,
		} {
			if err := tx.Exec(row, values).Error; err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return candidacyID
}

// hanging counts the rows of a table that hang on a candidacy.
func (w *world) hanging(table, column, candidacyID string) (n int) {
	w.t.Helper()
	err := w.DB.View(w.t.Context(), func(tx *store.Tx) error {
		return tx.Raw(`SELECT count(*) FROM `+table+` WHERE `+column+` = ?`, candidacyID).Scan(&n).Error
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// TestAMergeUndoneIsAsIfItHadNotBeen tries many worlds.
func TestAMergeUndoneIsAsIfItHadNotBeen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		random := rand.New(rand.NewPCG(9, 4)) //nolint:gosec // a fixed seed
		for round := range 12 {
			born := day.Day("1960-02-03").Add(round * 31)
			var made []registry.Registered
			for i, who := range []identity.Actor{w.Association, w.second} {
				p := rania("Rania", fmt.Sprintf("Haddad %c", 'b'+round), fmt.Sprintf("+96178%06d", 908941+round*1111), fmt.Sprintf("r%d-%d@example.org", round, i))
				p.BirthDate, p.Summary, p.YearsExperience = born, fmt.Sprintf("Words %d \"quoted\" \\ — ኣ\n%d", round, i), random.IntN(30)
				p.Availability = p.Availability[:random.IntN(len(p.Availability)+1)]
				p.Languages = p.Languages[random.IntN(len(p.Languages)):]
				if random.IntN(2) == 0 {
					p.Licences, p.RightOfReturnUntil = nil, "2031-05-06"
				}
				made = append(made, w.register(who, p))
			}
			for _, m := range made {
				if random.IntN(2) == 0 {
					w.join(m, privacy.Purposes[:random.IntN(len(privacy.Purposes)+1)]...)
				}
			}
			before := everything(t, db)
			take := map[string]registry.Side{}
			for _, field := range []string{"skills", "languages", "licences"} {
				take[field] = []registry.Side{"first", "second", "both"}[random.IntN(3)]
			}
			p := w.pair(w.Administrator)
			if p.Keeps {
				take = nil
			}
			m, err := w.Merging.Merge(t.Context(), w.Administrator, p.ID, p.Version, take)
			if err != nil {
				t.Fatal(err)
			}
			if slices.Equal(before["professionals"], everything(t, db)["professionals"]) {
				t.Fatal("the merge changed nothing: the test would prove nothing")
			}
			if err := w.Merging.Undo(t.Context(), w.Administrator, m.ID, m.Version); err != nil {
				t.Fatal(err)
			}
			same(t, everything(t, db), before)
			if err := w.Merging.Different(t.Context(), w.Administrator, p.ID, p.Version); err != nil {
				t.Fatal(err)
			}
		}
	})
}
