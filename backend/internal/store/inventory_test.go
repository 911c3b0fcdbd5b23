// SPDX-License-Identifier: AGPL-3.0-or-later

package store_test

import (
	"strings"
	"testing"

	"sankofa/backend/internal/inventory"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// columns asks an engine for every column of every table that the migrations made.
var columns = map[store.Engine]string{
	store.SQLite: `SELECT m.name || '.' || p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p
		WHERE m.type = 'table' AND m.name NOT LIKE 'goose%' AND m.name NOT LIKE 'sqlite%'`,
	store.Postgres: `SELECT table_name || '.' || column_name FROM information_schema.columns
		WHERE table_schema = 'public' AND table_name NOT LIKE 'goose%'`,
}

// TestEveryColumnHasAStatedPurpose is the record of processing's own guard: who
// adds a column says what it is for, how long it is kept and what becomes of it
// when its person is erased.
func TestEveryColumnHasAStatedPurpose(t *testing.T) {
	stated := map[string]bool{}
	for _, table := range inventory.Tables() {
		for _, c := range table.Columns {
			name := table.Name + "." + c.Name
			if stated[name] {
				t.Errorf("%s is stated twice", name)
			}
			stated[name] = true
		}
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var found []string
		err := db.View(t.Context(), func(tx *store.Tx) error { return tx.Raw(columns[db.Engine()]).Scan(&found).Error })
		if err != nil || len(found) < 300 {
			t.Fatalf("only %d columns: %v", len(found), err)
		}
		there := map[string]bool{}
		for _, name := range found {
			there[name] = true
			if !stated[name] {
				table, _, _ := strings.Cut(name, ".")
				t.Errorf("%s has no stated purpose: add it to the table %s in internal/inventory (make a file of your own there for new tables, "+
					"and list it in inventory.go), with its kind, its purpose and what becomes of it when the person is erased", name, table)
			}
		}
		for name := range stated {
			if !there[name] {
				t.Errorf("%s is in the inventory and not in the schema", name)
			}
		}
	})
}
