// SPDX-License-Identifier: AGPL-3.0-or-later

package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

var author = store.Author{UserID: "u1", OrganisationID: "o1"}

// country is a row that tests write: small, and without rules of its own.
func addCountry(tx *store.Tx, programme, country string) error {
	return tx.Exec(`INSERT INTO reference_counters (series, year, last) VALUES (?, ?, 0)`, programme+country, 2027).Error
}

func TestAChangeThatAnnouncesNothingIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		err := db.Change(t.Context(), author, func(tx *store.Tx) error { return addCountry(tx, "P", "GH") })
		if err == nil {
			t.Fatal("the change was accepted")
		}
		var n int64
		_ = db.View(t.Context(), func(tx *store.Tx) error { return tx.Table("reference_counters").Count(&n).Error })
		if n != 0 {
			t.Errorf("%d rows stayed behind", n)
		}
	})
}

func TestAViewCannotWrite(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		err := db.View(t.Context(), func(tx *store.Tx) error { return addCountry(tx, "P", "GH") })
		if err == nil {
			t.Error("a view wrote")
		}
	})
}

func TestTheLedgerIsNumberedWithoutGapsAndChained(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		const writers, each = 8, 25
		var group sync.WaitGroup
		for w := range writers {
			group.Go(func() {
				for i := range each {
					subject := fmt.Sprintf("%d-%d", w, i)
					err := db.Change(context.Background(), author, func(tx *store.Tx) error {
						tx.Emit("test.done", subject, store.Details{"b": 1, "a": "x"})
						return nil
					})
					if err != nil {
						t.Errorf("change %s: %v", subject, err)
					}
				}
			})
		}
		seen := 0
		for cursor := int64(0); seen < writers*each; {
			events, err := db.Events(t.Context(), cursor, 50)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range events {
				if e.Number != cursor+1 {
					t.Fatalf("after %d came %d", cursor, e.Number)
				}
				cursor = e.Number
				seen++
			}
		}
		group.Wait()
		events, _ := db.Events(t.Context(), 0, 1000)
		previous := ""
		for _, e := range events {
			if e.Hash != e.Chain(previous) {
				t.Fatalf("entry %d does not continue the chain", e.Number)
			}
			previous = e.Hash
		}
	})
}

func TestTheLedgerIsOnlyAddedTo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		emit := func(tx *store.Tx) error { tx.Emit("test.done", "s"); return nil }
		if err := db.Change(t.Context(), author, emit); err != nil {
			t.Fatal(err)
		}
		for _, sql := range []string{`UPDATE ledger SET name = 'x'`, `DELETE FROM ledger`} {
			err := db.Keep(t.Context(), func(tx *store.Tx) error { return tx.Exec(sql).Error })
			if !fault.HasCode(err, "ledger.append_only") {
				t.Errorf("%s: got %v, want the rule ledger.append_only", sql, err)
			}
		}
	})
}

func TestEngineErrorsBecomeTheSameFaults(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for name, row := range map[string]struct {
			sql  string
			kind fault.Kind
			code string
		}{
			"unique":  {`INSERT INTO ledger_head (one, last, hash) VALUES (1, 0, '')`, fault.Conflict, "duplicate"},
			"foreign": {`INSERT INTO programme_countries (programme_id, country) VALUES ('none', 'GH')`, fault.Conflict, "dangling"},
			"check": {`INSERT INTO organisations (id, kind, name, country, state, created_at)
				VALUES ('o', 'circus', 'n', 'GH', 'APPROVED', '2026-01-01')`, fault.Conflict, "organisations.kind"},
		} {
			err := db.Keep(t.Context(), func(tx *store.Tx) error { return tx.Exec(row.sql).Error })
			if !fault.Is(err, row.kind) || !fault.HasCode(err, row.code) {
				t.Errorf("%s: got %v (%s), want %s %s", name, err, fault.Of(err).Code, row.kind, row.code)
			}
		}
		err := db.View(t.Context(), func(tx *store.Tx) error { return tx.Take(&store.Event{}).Error })
		if !fault.Is(err, fault.Missing) {
			t.Errorf("take of nothing: got %v, want missing", err)
		}
	})
}

func TestAKeyHasOneEffectHoweverOftenItComes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var mu sync.Mutex
		done, repeated := 0, 0
		var group sync.WaitGroup
		for i := range 100 {
			group.Go(func() {
				ctx := store.WithKey(context.Background(), &store.Key{Value: "k", Request: "r"})
				err := db.Change(ctx, author, func(tx *store.Tx) error {
					tx.Emit("test.made", fmt.Sprint("s", i))
					return nil
				})
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					done++
				case fault.HasCode(err, store.Repeated):
					repeated++
				default:
					t.Errorf("unexpected: %v", err)
				}
			})
		}
		group.Wait()
		if done != 1 || repeated != 99 {
			t.Errorf("%d took effect and %d were repeats, want 1 and 99", done, repeated)
		}
		found, ok, err := db.Recall(t.Context(), author.UserID, "k")
		if err != nil || !ok || !strings.HasPrefix(found.Subject, "s") || found.Request != "r" {
			t.Errorf("recall: %+v %v %v", found, ok, err)
		}
	})
}

func TestSQLitePragmas(t *testing.T) {
	db := storetest.SQLite(t)
	for pragma, want := range map[string]string{
		"foreign_keys": "1", "journal_mode": "wal", "synchronous": "2", "secure_delete": "1", "trusted_schema": "0",
	} {
		var got string
		err := db.Keep(t.Context(), func(tx *store.Tx) error { return tx.Raw("PRAGMA " + pragma).Scan(&got).Error })
		if err != nil || got != want {
			t.Errorf("%s = %q (%v), want %q", pragma, got, err, want)
		}
	}
}

func TestADatabaseThatIsNewerIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		err := db.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, ?)`, true).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Migrate(t.Context()); !fault.HasCode(err, "database.newer") {
			t.Errorf("migrate: got %v, want database.newer", err)
		}
	})
}

func TestAFileThatIsNoDatabaseIsNamedAsSuch(t *testing.T) {
	_, err := store.Open(t.Context(), store.Options{Database: "mysql://nobody"})
	if !fault.HasCode(err, "database.unknown") {
		t.Errorf("unknown scheme: %v", err)
	}
	_, err = store.Open(t.Context(), store.Options{Database: "sqlite:" + filepath.Join(t.TempDir(), "no", "such", "dir.db")})
	if !fault.Is(err, fault.Unavailable) {
		t.Errorf("missing directory: got %v, want unavailable", err)
	}
}
