// SPDX-License-Identifier: AGPL-3.0-or-later

package privacy_test

import (
	"context"
	"fmt"
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

func toBeFound() privacy.Given { return registrytest.Consents(privacy.RegistrySearch)[0] }

func statusOf(t *testing.T, w *registrytest.World, who identity.Actor, purpose privacy.Purpose) privacy.Status {
	t.Helper()
	all, err := w.Privacy.Consents(t.Context(), who)
	if err != nil || len(all) != len(privacy.Purposes) {
		t.Fatalf("consents: %v %v", all, err)
	}
	for _, c := range all {
		if c.Purpose == purpose {
			return c.Status
		}
	}
	return ""
}

func isVisible(t *testing.T, db *store.DB, id string) bool {
	t.Helper()
	var found map[string]bool
	err := db.View(t.Context(), func(tx *store.Tx) (err error) {
		found, err = privacy.VisibleIn(tx, []string{id})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found[id]
}

func TestConsentsAreGivenAndWithdrawnOneByOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		ama := w.Joined("ama@example.org")
		if got := statusOf(t, w, ama, privacy.RegistrySearch); got != privacy.None || isVisible(t, db, ama.ProfessionalID) {
			t.Fatalf("before: %s", got)
		}
		for _, given := range registrytest.Consents(privacy.RegistrySearch, privacy.Statistics) {
			if _, err := w.Privacy.Give(t.Context(), ama, given); err != nil {
				t.Fatal(err)
			}
		}
		if !isVisible(t, db, ama.ProfessionalID) {
			t.Error("who consented cannot be found")
		}
		if _, err := w.Privacy.Give(t.Context(), ama, toBeFound()); !fault.HasCode(err, "consent.already_given") {
			t.Errorf("given twice: %v", err)
		}
		if err := w.Privacy.Withdraw(t.Context(), ama, privacy.RegistrySearch); err != nil {
			t.Fatal(err)
		}
		if got := statusOf(t, w, ama, privacy.RegistrySearch); got != privacy.Withdrawn || isVisible(t, db, ama.ProfessionalID) {
			t.Errorf("withdrawn: %s, visible %v", got, isVisible(t, db, ama.ProfessionalID))
		}
		if got := statusOf(t, w, ama, privacy.Statistics); got != privacy.Active {
			t.Errorf("the other consent: %s", got)
		}
		if err := w.Privacy.Withdraw(t.Context(), ama, privacy.RegistrySearch); !fault.HasCode(err, "consent.not_given") {
			t.Errorf("withdrawn twice: %v", err)
		}
		if _, err := w.Privacy.Give(t.Context(), ama, toBeFound()); err != nil || !isVisible(t, db, ama.ProfessionalID) {
			t.Errorf("given again: %v", err)
		}
	})
}

func TestAConsentRefersToTheNoticeInForce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		ama := w.Joined("ama@example.org")
		for name, row := range map[string]struct {
			spoil func(*privacy.Given)
			field string
		}{
			"an older text":     {func(g *privacy.Given) { g.Version = "2020" }, "version"},
			"another language":  {func(g *privacy.Given) { g.Language = "de" }, "language"},
			"an unheard-of use": {func(g *privacy.Given) { g.Purpose = "marketing" }, "purpose"},
		} {
			given := toBeFound()
			row.spoil(&given)
			_, err := w.Privacy.Give(t.Context(), ama, given)
			if f := fault.Of(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Field != row.field {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestOnlyThePersonConsents(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		ama := w.Joined("ama@example.org")
		officer := ama
		officer.Role = identity.Association // the same person, acting for her association
		for name, who := range map[string]identity.Actor{"association": w.Association, "coordinator": w.Coordinator,
			"administrator": w.Administrator, "a stranger": {}, "herself as an officer": officer} {
			if _, err := w.Privacy.Give(t.Context(), who, toBeFound()); !fault.Is(err, fault.Missing) {
				t.Errorf("%s gives: %v", name, err)
			}
			if err := w.Privacy.Withdraw(t.Context(), who, privacy.RegistrySearch); !fault.Is(err, fault.Missing) {
				t.Errorf("%s withdraws: %v", name, err)
			}
			if _, err := w.Privacy.Consents(t.Context(), who); !fault.Is(err, fault.Missing) {
				t.Errorf("%s reads: %v", name, err)
			}
		}
	})
}

// lateIndex remembers what it was asked to settle, and may never get there.
type lateIndex struct {
	asked int64
	never bool
}

func (i *lateIndex) Settle(ctx context.Context, number int64) error {
	i.asked = number
	if i.never {
		<-ctx.Done()
		return ctx.Err()
	}
	return nil
}

func TestAWithdrawalWaitsForTheIndexButNotForEver(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		ama := w.Joined("ama@example.org", privacy.RegistrySearch)
		index := &lateIndex{}
		w.Privacy.Index = index
		if err := w.Privacy.Withdraw(t.Context(), ama, privacy.RegistrySearch); err != nil {
			t.Fatal(err)
		}
		last, _ := db.LastEvent(t.Context())
		events, _ := db.Events(t.Context(), last-2, 2)
		if index.asked != last || len(events) != 2 || events[0].Name != "visibility.off" || events[1].Name != "consent.withdrawn" {
			t.Errorf("waited for %d of %d: %+v", index.asked, last, events)
		}
		if _, err := w.Privacy.Give(t.Context(), ama, toBeFound()); err != nil {
			t.Fatal(err)
		}
		index.never = true
		begin := time.Now()
		if err := w.Privacy.Withdraw(t.Context(), ama, privacy.RegistrySearch); err != nil {
			t.Errorf("a late index made the withdrawal fail: %v", err)
		}
		if took := time.Since(begin); took > 4*time.Second || isVisible(t, db, ama.ProfessionalID) {
			t.Errorf("it took %s", took)
		}
	})
}

func TestTheSchemaItselfRefusesVisibilityWithoutConsent(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		ama := w.Joined("ama@example.org", privacy.RegistrySearch, privacy.Statistics)
		all, _ := w.Privacy.Consents(t.Context(), ama)
		for name, sql := range map[string]string{
			"withdrawn while visible": `UPDATE consents SET status = 'withdrawn', withdrawn_at = given_at WHERE id = '` + all[0].ID + `'`,
			"deleted while visible":   `DELETE FROM consents WHERE id = '` + all[0].ID + `'`,
			"by another consent":      `UPDATE visibility SET consent_id = '` + all[2].ID + `'`,
			"by another purpose":      `UPDATE visibility SET purpose = 'statistics', consent_id = '` + all[2].ID + `'`,
		} {
			err := db.Keep(t.Context(), func(tx *store.Tx) error { return tx.Exec(sql).Error })
			if !fault.Is(err, fault.Conflict) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// people returns one midwife a round, who consented when asked to.
func people(t *testing.T, w *registrytest.World, purposes ...privacy.Purpose) []identity.Actor {
	t.Helper()
	batch := make([]registry.Profile, storetest.Rounds)
	for i := range batch {
		userID := w.User(fmt.Sprintf("p%d@example.org", i))
		batch[i] = registrytest.Midwife("many@example.org")
		batch[i].UserID = &userID
	}
	w.Added(batch...)
	actors := make([]identity.Actor, len(batch))
	for i, p := range batch {
		actors[i] = identity.Actor{UserID: *p.UserID, Role: identity.Professional, ProfessionalID: p.ID}
		for _, purpose := range purposes {
			if err := w.Privacy.Withdraw(t.Context(), actors[i], purpose); err != nil {
				t.Fatal(err)
			}
		}
	}
	return actors
}

// broken counts people who are visible without an active consent, or have two
// active consents to one purpose.
func broken(t *testing.T, db *store.DB) (withoutConsent, twice int64) {
	t.Helper()
	err := db.View(t.Context(), func(tx *store.Tx) error {
		err := tx.Raw(`SELECT count(*) FROM visibility v WHERE NOT EXISTS (SELECT 1 FROM consents c
			WHERE c.id = v.consent_id AND c.professional_id = v.professional_id AND c.status = 'active' AND c.purpose = 'registry_search')`).
			Scan(&withoutConsent).Error
		if err != nil {
			return err
		}
		return tx.Raw(`SELECT count(*) FROM (SELECT 1 FROM consents WHERE status = 'active'
			GROUP BY professional_id, purpose HAVING count(*) > 1) twice`).Scan(&twice).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	return withoutConsent, twice
}

func TestManyGiveOneConsentAtOnceAndOneDoes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		all := people(t, w, privacy.RegistrySearch)
		storetest.Warm(t, db)
		outcomes := storetest.Race(t, storetest.Rounds, storetest.Writers, func(round, _ int) error {
			_, err := w.Privacy.Give(t.Context(), all[round], toBeFound())
			return err
		})
		storetest.OneWins(t, outcomes)
		if without, twice := broken(t, db); without != 0 || twice != 0 {
			t.Errorf("%d visible without consent, %d with two", without, twice)
		}
		for _, p := range all {
			if !isVisible(t, db, p.ProfessionalID) {
				t.Fatal("whoever consented is not visible")
			}
		}
	})
}

func TestManyWithdrawOneConsentAtOnceAndOneDoes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		all := people(t, w)
		storetest.Warm(t, db)
		outcomes := storetest.Race(t, storetest.Rounds, storetest.Writers, func(round, _ int) error {
			return w.Privacy.Withdraw(t.Context(), all[round], privacy.RegistrySearch)
		})
		storetest.OneWins(t, outcomes)
	})
}

func TestNobodyBecomesVisibleWhileTheyWithdraw(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		all := people(t, w)
		storetest.Warm(t, db)
		// Some show the person – by consenting, by resuming, straight at the
		// door – while others withdraw or rest.
		outcomes := storetest.Race(t, storetest.Rounds, storetest.Writers, func(round, writer int) error {
			who := all[round]
			switch writer % 4 {
			case 0:
				return w.Privacy.Withdraw(t.Context(), who, privacy.RegistrySearch)
			case 1:
				_, err := w.Privacy.Give(t.Context(), who, toBeFound())
				return err
			case 2:
				if writer%8 == 2 {
					_, err := w.Registry.Pause(t.Context(), who, 1)
					return err
				}
				_, err := w.Registry.Resume(t.Context(), who, 2)
				return err
			}
			return db.Change(t.Context(), who.Author(), func(tx *store.Tx) error {
				tx.Emit("test.shown", who.ProfessionalID)
				return w.Privacy.ShowIn(tx, who.ProfessionalID)
			})
		})
		storetest.LosersAreTold(t, outcomes, fault.Conflict, fault.Stale)
		if without, twice := broken(t, db); without != 0 || twice != 0 {
			t.Errorf("%d visible without consent, %d with two", without, twice)
		}
		var resting int64
		err := db.View(t.Context(), func(tx *store.Tx) error {
			return tx.Raw(`SELECT count(*) FROM visibility v JOIN professionals p ON p.id = v.professional_id WHERE p.state <> 'active'`).Scan(&resting).Error
		})
		if err != nil || resting != 0 {
			t.Errorf("%d who rest can be found (%v)", resting, err)
		}
		for i, p := range all {
			active := statusOf(t, w, p, privacy.RegistrySearch) == privacy.Active
			resting := w.Card(p).State == registry.Paused
			if isVisible(t, db, p.ProfessionalID) != (active && !resting) {
				t.Fatalf("round %d: visible %v, consent %v, resting %v", i, isVisible(t, db, p.ProfessionalID), active, resting)
			}
		}
	})
}
