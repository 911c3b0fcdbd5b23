// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"sankofa/backend/internal/inventory"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// exported is what a test reads of an export.
type exported struct {
	Format    string
	Profile   map[string]any
	Rankings  []struct{ Rank, Score int }
	Looks     []lookView
	Records   map[string][]map[string]any
	Documents map[string][]json.RawMessage
	Withheld  []string
}

func exportOf(t *testing.T, c *client) (e exported) {
	t.Helper()
	c.do("GET", "/me/export.json", nil).Into(t, &e)
	return e
}

// TestTheExportHoldsEveryPersonalColumn is generated from the inventory: whatever
// column is personal is in the export with the value that the database holds.
func TestTheExportHoldsEveryPersonalColumn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := whole(t, db)
		s := h.play(t, h.Side, "GH", "main")
		s.Person.do("PUT", "/me/accessibility", map[string]any{"needs": "A lift"})
		e := exportOf(t, s.Person)
		compared := 0
		for _, table := range inventory.Tables() {
			if table.Whose == "" {
				continue
			}
			want := h.rowsOf(t, table, s)
			got := e.Records[table.Name]
			if len(got) != len(want) && table.Name != "ledger" { // reading the export is itself recorded
				t.Errorf("%s: %d rows in the export, %d in the database", table.Name, len(got), len(want))
				continue
			}
			for _, c := range table.Columns {
				if !c.Kind.Personal() || table.Name == "ledger" {
					continue
				}
				for i := range want {
					compared++
					if spelled(got[i][c.Name]) != spelled(want[i][c.Name]) {
						t.Errorf("%s.%s: the export says %v, the database %v", table.Name, c.Name, got[i][c.Name], want[i][c.Name])
					}
				}
			}
		}
		if compared < 80 || len(e.Rankings) == 0 || len(e.Looks) == 0 || len(e.Documents["proposals"]) == 0 && len(e.Rankings) == 0 {
			t.Errorf("only %d values compared, %d rankings, %d looks", compared, len(e.Rankings), len(e.Looks))
		}
		for _, secret := range []string{"password_hash", "token_hash", "totp_secret"} {
			if text := fmt.Sprint(e.Records); strings.Contains(text, secret) || !strings.Contains(fmt.Sprint(e.Withheld), secret) {
				t.Errorf("%s is told, or its absence is not", secret)
			}
		}
	})
}

// rowsOf reads the person's rows of a table straight from the database.
func (h *house) rowsOf(t *testing.T, table inventory.Table, s *scene) []map[string]any {
	t.Helper()
	var rows []map[string]any
	err := h.DB.View(t.Context(), func(tx *store.Tx) error {
		var user string
		if err := tx.Raw(`SELECT user_id FROM professionals WHERE id = ?`, s.Professional).Scan(&user).Error; err != nil {
			return err
		}
		return tx.Table(table.Name).Where(table.Whose, map[string]any{"person": s.Professional, "user": user, "pseudonym": s.Pseudonym}).Find(&rows).Error
	})
	if err != nil {
		t.Fatalf("%s: %v", table.Name, err)
	}
	return rows
}

// spelled is a value as JSON says it, whatever the engine gave.
func spelled(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

func TestTheProfileOfAnExportIsReadInAgainAndIsTheSame(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newStage(t, db)
		p := g.mine()
		full := fullProfile(p.Email)
		g.Person.do("PUT", "/me/professional", full, "If-Match", etag(p.Version)).Into(t, &p)
		before := exportOf(t, g.Person)
		g.Person.do("PUT", "/me/professional", agronomist(p.Email, "GH"), "If-Match", etag(p.Version)).Into(t, &p)
		if changed := exportOf(t, g.Person); spelled(changed.Profile) == spelled(before.Profile) {
			t.Fatal("the profile was not changed in between")
		}
		got := g.Person.do("PUT", "/me/professional", before.Profile, "If-Match", etag(p.Version))
		if got.Status != 200 {
			t.Fatalf("read in again: %d %s", got.Status, got.Body)
		}
		after := exportOf(t, g.Person)
		if spelled(withoutIDs(after.Profile)) != spelled(withoutIDs(before.Profile)) || before.Format != "sankofa.person/1" {
			t.Errorf("before\n%s\nafter\n%s", spelled(before.Profile), spelled(after.Profile))
		}
	})
}

// withoutIDs leaves out the identifiers of rows, which are made anew.
func withoutIDs(doc any) any {
	switch v := doc.(type) {
	case map[string]any:
		delete(v, "id")
		for _, value := range v {
			withoutIDs(value)
		}
	case []any:
		for _, value := range v {
			withoutIDs(value)
		}
	}
	return doc
}

func TestTheReadableExportIsAPDFInTheLanguageOfThePerson(t *testing.T) {
	db := storetest.SQLite(t)
	h := whole(t, db)
	s := h.play(t, h.Side, "GH", "main")
	sizes := map[string]int{}
	for _, language := range []string{"en", "fr", "ar"} {
		s.Person.do("PUT", "/session/locale", map[string]any{"locale": language})
		got := s.Person.do("GET", "/me/export.pdf", nil)
		if got.Status != 200 || !bytes.HasPrefix(got.Body, []byte("%PDF-")) || got.Header.Get("Content-Type") != "application/pdf" || len(got.Body) < 10_000 {
			t.Errorf("%s: %d %s %d bytes", language, got.Status, got.Header.Get("Content-Type"), len(got.Body))
		}
		if !strings.HasPrefix(got.Header.Get("Content-Disposition"), "attachment") {
			t.Errorf("%s: it is served inline", language)
		}
		sizes[language] = len(got.Body)
		if dir := os.Getenv("KEEP_PDF"); dir != "" {
			_ = os.WriteFile(dir+"/export-"+language+".pdf", got.Body, 0o600)
		}
	}
	if sizes["en"] > 500_000 {
		t.Errorf("the typeface is put in whole: %v", sizes)
	}
}
