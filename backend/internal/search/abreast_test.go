// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"path/filepath"
	"testing"

	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
	"sankofa/backend/internal/taxonomy"
)

// Only an index that has seen all that a view of the database has may speak for it.
func TestAnIndexIsAbreastOfTheLedgerOrTheDatabaseIsAsked(t *testing.T) {
	words, err := taxonomy.Load()
	if err != nil {
		t.Fatal(err)
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s, err := New(Options{DB: db, Directory: filepath.Join(t.TempDir(), "index"), Vocabulary: words})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		if err := s.Rebuild(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		now, seen, _ := s.current()
		abreast := func(seen int64) (is bool) {
			err := db.View(t.Context(), func(tx *store.Tx) (err error) {
				is, err = indexed{s, now, seen}.abreast(tx)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return is
		}
		if !abreast(seen) {
			t.Error("an index that was just built is not abreast")
		}
		err = db.Change(t.Context(), store.System, func(tx *store.Tx) error { tx.Emit("consent.withdrawn", "somebody"); return nil })
		if err != nil {
			t.Fatal(err)
		}
		if abreast(seen) {
			t.Error("an index that has not heard of a withdrawal is abreast")
		}
		if err := s.Settle(t.Context(), seen+1); err != nil {
			t.Fatal(err)
		}
		if abreast(seen) || !abreast(seen+1) {
			t.Error("whoever asked before the index moved on goes by it")
		}
	})
}
