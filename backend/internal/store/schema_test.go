// SPDX-License-Identifier: AGPL-3.0-or-later

package store_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// TestTheSchemaIsTheOneThatWasReviewed compares what the migrations make of an
// empty database with the files beside this test, so that nobody changes the
// schema without a reviewer seeing what it becomes. UPDATE_SCHEMA=1 writes them.
func TestTheSchemaIsTheOneThatWasReviewed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		name := fmt.Sprintf("schema.%s.sql", db.Engine())
		got := described(t, db)
		if os.Getenv("UPDATE_SCHEMA") != "" {
			if err := os.WriteFile(name, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatalf("%v; UPDATE_SCHEMA=1 writes it", err)
		}
		if line, a, b := firstDifference(got, string(want)); line > 0 {
			t.Errorf("%s, line %d: the migrations make\n\t%s\nand the file says\n\t%s\nUPDATE_SCHEMA=1 go test ./internal/store writes it anew; let it be reviewed.", name, line, a, b)
		}
	})
}

// described writes the schema of a database down, in an order that does not
// depend on how it came about.
func described(t *testing.T, db *store.DB) string {
	t.Helper()
	queries := []string{`SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'goose%' AND tbl_name NOT LIKE 'sqlite%'
		ORDER BY tbl_name, CASE type WHEN 'table' THEN 1 WHEN 'index' THEN 2 ELSE 3 END, name`}
	if db.Engine() == store.Postgres {
		queries = catalogue
	}
	var out strings.Builder
	fmt.Fprintf(&out, "-- The schema on %s as the migrations make it. Generated: UPDATE_SCHEMA=1 go test ./internal/store\n", db.Engine())
	for _, query := range queries {
		var lines []string
		if err := db.View(t.Context(), func(tx *store.Tx) error { return tx.Raw(query).Scan(&lines).Error }); err != nil {
			t.Fatal(err)
		}
		for _, line := range lines {
			fmt.Fprintf(&out, "\n%s;\n", strings.TrimSuffix(strings.TrimSpace(line), ";"))
		}
	}
	return out.String()
}

// ours narrows PostgreSQL's catalogue to the tables of the migrations.
const ours = `n.nspname = 'public' AND c.relname NOT LIKE 'goose%'`

// catalogue asks PostgreSQL for what pg_dump would write: tables with their
// columns and rules, indexes, functions, triggers.
var catalogue = []string{
	`SELECT 'CREATE TABLE ' || c.relname || E' (\n' || string_agg(line, E',\n' ORDER BY kind, at, line COLLATE "C") || E'\n)' FROM pg_class c
		JOIN pg_namespace n ON n.oid = c.relnamespace
		JOIN LATERAL (
			SELECT 1 AS kind, a.attnum AS at, '    ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
				|| CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END || COALESCE(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') AS line
			FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
			WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
			UNION ALL
			SELECT 2, 0, '    CONSTRAINT ' || k.conname || ' ' || pg_get_constraintdef(k.oid) FROM pg_constraint k
			WHERE k.conrelid = c.oid AND k.contype IN ('p', 'u', 'f', 'c', 'x')
		) AS part ON true
		WHERE ` + ours + ` AND c.relkind = 'r' GROUP BY c.relname ORDER BY c.relname`,
	`SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
		JOIN pg_class x ON x.oid = i.indexrelid
		WHERE ` + ours + ` AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid) ORDER BY c.relname, x.relname`,
	`SELECT pg_get_functiondef(p.oid) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
		WHERE n.nspname = 'public' AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.objid = p.oid AND e.deptype = 'e') ORDER BY p.proname`,
	`SELECT pg_get_triggerdef(g.oid) FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE ` + ours + ` AND NOT g.tgisinternal ORDER BY c.relname, g.tgname`,
}

// firstDifference returns the first line in which two texts differ, or zero.
func firstDifference(got, want string) (line int, a, b string) {
	left, right := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(left), len(right)) {
		a, b = "(the end)", "(the end)"
		if i < len(left) {
			a = left[i]
		}
		if i < len(right) {
			b = right[i]
		}
		if a != b {
			return i + 1, a, b
		}
	}
	return 0, "", ""
}
