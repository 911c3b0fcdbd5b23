// SPDX-License-Identifier: AGPL-3.0-or-later

package search_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2"
	index "github.com/blevesearch/bleve_index_api"

	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store/storetest"
)

// indexPath returns the directory of the index in use.
func (w *world) indexPath() string {
	w.t.Helper()
	name, err := os.ReadFile(filepath.Join(w.dir, "current"))
	if err != nil {
		w.t.Fatal(err)
	}
	return filepath.Join(w.dir, string(name))
}

// dump returns every term of every field, and every stored value, of the index
// in use. The service must be closed.
func (w *world) dump() map[string][]string {
	w.t.Helper()
	idx, err := bleve.OpenUsing(w.indexPath(), map[string]any{"bolt_timeout": "1s"})
	if err != nil {
		w.t.Fatal(err)
	}
	defer idx.Close()
	advanced, err := idx.Advanced()
	if err != nil {
		w.t.Fatal(err)
	}
	reader, err := advanced.Reader()
	if err != nil {
		w.t.Fatal(err)
	}
	defer reader.Close()
	all := map[string][]string{}
	names, err := reader.Fields()
	if err != nil {
		w.t.Fatal(err)
	}
	for _, field := range names {
		dict, err := reader.FieldDict(field)
		if err != nil {
			w.t.Fatal(err)
		}
		for entry, err := dict.Next(); entry != nil; entry, err = dict.Next() {
			if err != nil {
				w.t.Fatal(err)
			}
			all[field] = append(all[field], entry.Term)
		}
	}
	for _, id := range all["_id"] {
		doc, err := reader.Document(id)
		if err != nil {
			w.t.Fatal(err)
		}
		doc.VisitFields(func(f index.Field) { all["stored "+f.Name()] = append(all["stored "+f.Name()], string(f.Value())) })
	}
	return all
}

func TestTheIndexHoldsNothingThatSaysWhoSomebodyIs(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.crowd(20)
	p := moussa()
	p.GivenName, p.FamilyName, p.Email, p.Phone = "Canarygiven", "Canaryfamily", "canarymail@example.org", "+39 059 424242"
	p.BirthDate, p.Sex, p.ResidencePlace = "1971-11-13", "female", "Canaryplace"
	p.OccupationTitle = "Agronomo Canarygiven"
	p.Summary = "CANARYFAMILY scrive a canarymail@example.org"
	p.CVText = "Canarygiven Canaryfamily, nata il 1971-11-13, +39 059 424242, albo CANARYLICENCE. Irrigazione a goccia."
	p.Experience = append(p.Experience, registry.Experience{Title: "Canarygiven & figli", Employer: "Canaryemployer", Description: "di Canaryfamily"})
	p.Licences = []registry.Licence{{Body: "Ordine", Number: "CANARYLICENCE", Country: "IT", ISCO: "2132"}}
	p.Education[0].Institution = "Canaryschool"
	w.Added(p)
	w.publish(func(n *needs.Terms) { n.Supervisor = "Canarysupervisor" })
	w.built()
	if err := w.Search.Close(); err != nil {
		t.Fatal(err)
	}
	fields := w.dump()
	if len(fields["above"]) == 0 || len(fields["words"]) == 0 || len(fields["stored row"]) != 21 {
		t.Fatalf("the dump is empty: %d concepts, %d words, %d rows", len(fields["above"]), len(fields["words"]), len(fields["stored row"]))
	}
	for field, values := range fields {
		for _, value := range values {
			text := strings.ToLower(value)
			for _, canary := range []string{"canary", "example.org", "424242", "1971", "female", "given1"} {
				if strings.Contains(text, canary) {
					t.Errorf("%s holds %q: %s", field, canary, value)
				}
			}
		}
	}
}
