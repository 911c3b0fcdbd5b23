// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity/identitytest"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

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
