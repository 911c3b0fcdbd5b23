// SPDX-License-Identifier: AGPL-3.0-or-later

package inventory

import (
	"strings"
	"testing"
)

func TestTheInventoryIsWhole(t *testing.T) {
	for _, table := range Tables() {
		if table.Purpose == "" || table.Basis == "" || table.Term == "" {
			t.Errorf("%s lacks a purpose, a basis or a term", table.Name)
		}
		about := table.Whose != "" || table.Section != ""
		if about != (table.Fate != "") {
			t.Errorf("%s: whose rows they are and what becomes of them are said together or not at all", table.Name)
		}
		if (table.Fate == Edited) != (table.Section != "") {
			t.Errorf("%s: a document about many is edited, and has a section in the export", table.Name)
		}
		if (table.Fate == Scrubbed || table.Fate == Kept || table.Fate == Edited) && table.Reason == "" {
			t.Errorf("%s stays without saying why", table.Name)
		}
		for _, c := range table.Columns {
			checkColumn(t, table, c)
		}
	}
}

// checkColumn holds what a column may say to what its table is.
func checkColumn(t *testing.T, table Table, c Column) {
	t.Helper()
	about := table.Whose != "" || table.Section != ""
	if c.Kind.Personal() && !about {
		t.Errorf("%s.%s is personal, and the table says of nobody whose its rows are", table.Name, c.Name)
	}
	if c.Erased != "" && table.Fate != Scrubbed {
		t.Errorf("%s.%s has a value for erasure, and its table is not scrubbed", table.Name, c.Name)
	}
	identifying := c.Kind == Identity || c.Kind == Contact || c.Kind == Sensitive || c.Kind == Words
	if table.Fate == Scrubbed && identifying && c.Erased == "" {
		t.Errorf("%s.%s says who somebody is and stays after erasure", table.Name, c.Name)
	}
	if table.Fate == Kept && identifying {
		t.Errorf("%s.%s says who somebody is, and the table is kept", table.Name, c.Name)
	}
}

func TestALineThatCannotBeReadIsRefused(t *testing.T) {
	for _, line := range []string{"name", "name | key", "name | strange | for nothing", " | key | for nothing", "name | key | ", "a | key | b | c | d"} {
		if got, err := read(line); err == nil {
			t.Errorf("%q was read as %+v", line, got)
		}
	}
	if _, ok := Of("professionals"); !ok {
		t.Error("the table of professionals is not found")
	}
	if _, ok := Of(strings.ToUpper("professionals")); ok {
		t.Error("a table is found by another name")
	}
}
