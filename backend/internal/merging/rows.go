// SPDX-License-Identifier: AGPL-3.0-or-later

package merging

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"sankofa/backend/internal/inventory"
	"sankofa/backend/internal/store"
)

// This file copies rows out of tables and back, whatever their columns are: the
// inventory knows every table that is about a person, so a table that is added
// tomorrow is merged and restored too. The database itself spells the rows, so
// that what goes back is what was there, to the last digit.

// Rows are the rows of tables, each as JSON, in a fixed order.
type Rows map[string][]string

// personal are the tables about a person, what refers to others first.
var personal = append(tables(func(t inventory.Table) bool {
	return strings.Contains(t.Whose, "@person") && !about[t.Name] && t.Name != people
}), tables(func(t inventory.Table) bool { return t.Name == people })...)

// people is the table that all the others refer to.
const people = "professionals"

// about are tables of the machinery: what they hold is made anew, or is the trail.
var about = map[string]bool{"duplicate_keys": true, "merges": true, "ledger": true}

// owned are those whose rows name the person themselves, and can change hands.
var owned = tables(func(t inventory.Table) bool { return t.Whose == "professional_id = @person" && !about[t.Name] })

func tables(which func(inventory.Table) bool) []inventory.Table {
	return slices.DeleteFunc(slices.Clone(inventory.Tables()), func(t inventory.Table) bool { return !which(t) })
}

// quoted lists the columns of a table.
func quoted(t inventory.Table, spell func(name string) string) string {
	out := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		out[i] = spell(c.Name)
	}
	return strings.Join(out, ", ")
}

// shape is the expression that spells a row.
func shape(tx *store.Tx, t inventory.Table) string {
	if tx.Engine() == store.Postgres {
		return `to_jsonb(` + t.Name + `)::text`
	}
	return `json_object(` + quoted(t, func(name string) string { return `'` + name + `', "` + name + `"` }) + `)`
}

// of names the person to a condition of the inventory: what belongs to an account,
// or names a pseudonym in a document about many, stays as it is.
func of(person string) []any {
	return []any{sql.Named("person", person), sql.Named("user", "-"), sql.Named("pseudonym", "-")}
}

// rowsIn returns the rows of a table that are about any of the people.
func rowsIn(tx *store.Tx, t inventory.Table, people ...string) ([]string, error) {
	var out []string
	for _, person := range people {
		var rows []string
		err := tx.Raw(`SELECT `+shape(tx, t)+` FROM `+t.Name+` WHERE `+t.Whose, of(person)...).Scan(&rows).Error
		if err != nil {
			return nil, fmt.Errorf("rows of %s: %w", t.Name, err)
		}
		out = append(out, rows...)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// allIn returns the rows of every personal table about any of the people.
func allIn(tx *store.Tx, people ...string) (Rows, error) {
	out := Rows{}
	for _, t := range personal {
		rows, err := rowsIn(tx, t, people...)
		if err != nil {
			return nil, err
		}
		if len(rows) > 0 {
			out[t.Name] = rows
		}
	}
	return out, nil
}

// insertIn puts a row back.
func insertIn(tx *store.Tx, t inventory.Table, row string) error {
	columns := quoted(t, func(name string) string { return `"` + name + `"` })
	if tx.Engine() == store.Postgres {
		return tx.Exec(`INSERT INTO `+t.Name+` (`+columns+`) SELECT `+columns+` FROM jsonb_populate_record(NULL::`+t.Name+`, CAST(@row AS jsonb))`,
			sql.Named("row", row)).Error
	}
	return tx.Exec(`INSERT INTO `+t.Name+` (`+columns+`) SELECT `+
		quoted(t, func(name string) string { return `json_extract(@row, '$."` + name + `"')` }), sql.Named("row", row)).Error
}

// updateIn writes a row over the one with the same identifier.
func updateIn(tx *store.Tx, t inventory.Table, row string) error {
	if tx.Engine() == store.Postgres {
		columns := quoted(t, func(name string) string { return `"` + name + `"` })
		return tx.Exec(`UPDATE `+t.Name+` SET (`+columns+`) = (SELECT `+columns+` FROM jsonb_populate_record(NULL::`+t.Name+`, CAST(@row AS jsonb)))
			WHERE id = @id`, sql.Named("row", row), sql.Named("id", idOf(row))).Error
	}
	return tx.Exec(`UPDATE `+t.Name+` SET `+quoted(t, func(name string) string { return `"` + name + `" = json_extract(@row, '$."` + name + `"')` })+
		` WHERE id = @id`, sql.Named("row", row), sql.Named("id", idOf(row))).Error
}

// deleteIn deletes the rows of the people that are spelt like one of these.
func deleteIn(tx *store.Tx, t inventory.Table, rows []string, people ...string) error {
	for _, row := range rows {
		for _, person := range people {
			err := tx.Exec(`DELETE FROM `+t.Name+` WHERE (`+t.Whose+`) AND `+shape(tx, t)+` = @row`,
				append(of(person), sql.Named("row", row))...).Error
			if err != nil {
				return fmt.Errorf("delete from %s: %w", t.Name, err)
			}
		}
	}
	return nil
}

func valuesOf(row string) map[string]any {
	var values map[string]any
	_ = json.Unmarshal([]byte(row), &values) // the database has just spelt it
	return values
}

func idOf(row string) string {
	id, _ := valuesOf(row)["id"].(string)
	return id
}
