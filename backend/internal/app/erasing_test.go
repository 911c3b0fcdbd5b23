// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"

	"sankofa/backend/internal/erasure"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/identity/identitytest"
	"sankofa/backend/internal/placements/placementstest"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// canary is a word that stands in one CV only.
const canary = "quizzaltena"

// grounds is a whole program with a person whose CV holds the canary.
type grounds struct {
	*App
	*placementstest.World
	person identity.Actor
	clock  *storetest.Clock
	conf   Config
}

// eachEngine runs f on a program of each engine.
func eachEngine(t *testing.T, f func(t *testing.T, g *grounds)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, newGrounds(t, "")) })
	if os.Getenv("TEST_POSTGRES") != "" {
		t.Run("postgres", func(t *testing.T) { f(t, newGrounds(t, storetest.Postgres(t))) })
	}
}

func newGrounds(t *testing.T, database string) *grounds {
	t.Helper()
	clock := storetest.NewClock()
	conf := Config{Data: t.TempDir(), Database: database, Now: clock.Now, Version: "test"}
	a, err := Open(t.Context(), conf)
	if err != nil {
		t.Fatal(err)
	}
	g := &grounds{App: a, clock: clock, conf: conf}
	t.Cleanup(func() { _ = g.App.Close() })
	g.World = placementstest.New(t, a.DB)
	g.World.Selection.Ranker = ranker{a.Search}
	g.person = g.World.Joined("ama@example.org", privacy.RegistrySearch, privacy.ShareWithHosts, privacy.Statistics)
	g.write(t)
	g.settled(t)
	return g
}

// write puts the canary wherever a person may write.
func (g *grounds) write(t *testing.T) {
	t.Helper()
	card := g.World.Card(g.person)
	p := card.Profile
	p.OccupationTitle = "Verloskundige " + canary
	p.CVText, p.Summary = "Ama Boateng, midwife. She knows "+canary+" well.", "Years of "+canary
	p.Skills = append(p.Skills, registry.Skill{Label: canary + " practice", Level: 3})
	p.Experience[0].Description = "Taught " + canary
	if _, err := g.World.Registry.Update(t.Context(), g.person, p.ID, p.Version, p); err != nil {
		t.Fatal(err)
	}
}

// settled brings the index up to date.
func (g *grounds) settled(t *testing.T) {
	t.Helper()
	if err := g.App.Search.Rebuild(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
}

// erased asks for the person's erasure and lets the days go by.
func (g *grounds) erased(t *testing.T) {
	t.Helper()
	if _, err := g.App.Erasure.Request(t.Context(), g.person, erasure.Confirmation{Word: erasure.Word, Password: identitytest.Password}); err != nil {
		t.Fatal(err)
	}
	g.clock.Advance(erasure.Grace + time.Minute)
	if err := g.App.Erasure.CarryOut(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// holding returns where the word still stands: files of the directories, every
// column of every table, the dictionaries of the index, zipped values of rankings.
func (g *grounds) holding(t *testing.T, word string, dirs ...string) []string {
	t.Helper()
	var found []string
	for _, dir := range dirs {
		found = append(found, filesHolding(t, dir, word)...)
	}
	found = append(found, tablesHolding(t, g.App.DB, word)...)
	return append(found, termsHolding(t, filepath.Join(g.conf.Data, "index"), word)...)
}

func filesHolding(t *testing.T, dir, word string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, os.ErrNotExist) {
			return nil // gone while we looked
		}
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		text, err := os.ReadFile(path)
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		if bytes.Contains(bytes.ToLower(text), []byte(word)) {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// zippedText is what a frozen ranking was made of, as its body holds it.
var zippedText = regexp.MustCompile(`"made":"(H4sI[A-Za-z0-9+/=]+)"`)

func tablesHolding(t *testing.T, db *store.DB, word string) []string {
	t.Helper()
	var found []string
	err := db.View(t.Context(), func(tx *store.Tx) error {
		names, err := tx.Migrator().GetTables()
		if err != nil {
			return err
		}
		for _, name := range names {
			var rows []map[string]any
			if err := tx.Table(name).Find(&rows).Error; err != nil {
				return err
			}
			for _, row := range rows {
				text := strings.ToLower(fmt.Sprint(row))
				for _, zipped := range zippedText.FindAllStringSubmatch(fmt.Sprint(row["body"]), -1) {
					text += strings.ToLower(unzip(t, zipped[1]))
				}
				if strings.Contains(text, word) {
					found = append(found, "table "+name)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func unzip(t *testing.T, text string) string {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	from, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(from)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// termsHolding reads the dictionaries of every field of every index in a directory:
// terms are packed, so that a look at the bytes proves nothing.
func termsHolding(t *testing.T, dir, word string) []string {
	t.Helper()
	var found []string
	generations, _ := filepath.Glob(filepath.Join(dir, "gen-*"))
	for _, path := range generations {
		at := t.TempDir()
		if err := os.CopyFS(at, os.DirFS(path)); err != nil {
			t.Fatal(err)
		}
		index, err := bleve.Open(at)
		if err != nil {
			t.Fatal(err)
		}
		fields, err := index.Fields()
		if err != nil {
			t.Fatal(err)
		}
		for _, field := range fields {
			dict, err := index.FieldDict(field)
			if err != nil {
				t.Fatal(err)
			}
			for entry, err := dict.Next(); entry != nil && err == nil; entry, err = dict.Next() {
				if strings.Contains(entry.Term, word[:6]) {
					found = append(found, "term "+field+" "+entry.Term)
				}
			}
			_ = dict.Close()
		}
		if err := index.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return found
}

func TestAWordThatStoodOnlyInOneCVIsNowhereAfterErasure(t *testing.T) {
	eachEngine(t, func(t *testing.T, g *grounds) {
		need := g.Of.Published()
		g.World.Shortlisted(need, g.person)
		g.World.Must(g.World.Selection.Withdraw(t.Context(), g.person, g.candidacy(t), g.version(t), canary))
		before := g.holding(t, canary, g.conf.Data)
		tables := strings.Join(before, "\n")
		for _, want := range []string{"table professionals", "table candidacies", "table ranking_snapshots", "table field_history", "term "} {
			if !strings.Contains(tables, want) {
				t.Errorf("the word is not in %q before, so that its absence proves nothing:\n%s", want, tables)
			}
		}
		old := filepath.Join(t.TempDir(), "old")
		if _, err := g.App.backup(t.Context(), BackupOptions{To: old}); err != nil {
			t.Fatal(err)
		}
		g.erased(t)
		if left := g.holding(t, canary, append(g.places(t), g.conf.Data)...); len(left) > 0 {
			t.Errorf("after erasure the word stands in\n%s", strings.Join(left, "\n"))
		}
		for _, name := range []string{"boateng", "ama@example.org", "49001234"} {
			if left := tablesHolding(t, g.App.DB, name); len(left) > 0 {
				t.Errorf("%s stands in %v", name, left)
			}
		}
		g.restoredWithout(t, old)
	})
}

// restoredWithout restores the backup that was made before the erasure.
func (g *grounds) restoredWithout(t *testing.T, old string) {
	t.Helper()
	if err := g.App.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := Restore(t.Context(), g.conf, RestoreOptions{From: old, Replace: true})
	if err != nil {
		t.Fatal(err)
	}
	if r.Erased != 1 || r.Entries == 0 {
		t.Errorf("restored: %+v", r)
	}
	if g.App, err = Open(t.Context(), g.conf); err != nil {
		t.Fatal(err)
	}
	if left := g.holding(t, canary, append(g.places(t), g.conf.Data)...); len(left) > 0 {
		t.Errorf("in the restored backup the word stands in\n%s", strings.Join(left, "\n"))
	}
}

// places are the files of the engine's own: those of the test's PostgreSQL database.
func (g *grounds) places(t *testing.T) []string {
	t.Helper()
	if g.conf.Database == "" {
		return nil
	}
	var home, base string
	err := g.App.DB.Keep(t.Context(), func(tx *store.Tx) error {
		if err := tx.Exec("CHECKPOINT").Error; err != nil {
			return err
		}
		if err := tx.Raw("SHOW data_directory").Scan(&home).Error; err != nil {
			return err
		}
		return tx.Raw("SELECT 'base/' || oid FROM pg_database WHERE datname = current_database()").Scan(&base).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	return []string{filepath.Join(home, base)}
}

// candidacy is the person's one candidacy.
func (g *grounds) candidacy(t *testing.T) string {
	t.Helper()
	var id string
	g.read(t, `SELECT id FROM candidacies WHERE professional_id = ?`, &id)
	return id
}

func (g *grounds) version(t *testing.T) (version int) {
	t.Helper()
	g.read(t, `SELECT version FROM candidacies WHERE professional_id = ?`, &version)
	return version
}

func (g *grounds) read(t *testing.T, query string, to any) {
	t.Helper()
	err := g.App.DB.View(t.Context(), func(tx *store.Tx) error { return tx.Raw(query, g.person.ProfessionalID).Scan(to).Error })
	if err != nil {
		t.Fatal(err)
	}
}

func TestABackupThatWasChangedIsRefused(t *testing.T) {
	g := newGrounds(t, "")
	to := filepath.Join(t.TempDir(), "backup")
	if _, err := g.App.backup(t.Context(), BackupOptions{To: to}); err != nil {
		t.Fatal(err)
	}
	if _, err := g.App.backup(t.Context(), BackupOptions{To: to}); err == nil {
		t.Error("a backup was written over another")
	}
	if err := g.App.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), g.conf, RestoreOptions{From: to}); err == nil {
		t.Error("a database was written over without being told to")
	}
	file := filepath.Join(to, copyFile)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text[len(text)/2] ^= 1
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), g.conf, RestoreOptions{From: to, Replace: true}); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("a damaged backup: %v", err)
	}
	var made Manifest
	text, _ = os.ReadFile(filepath.Join(to, manifestFile))
	if err := json.Unmarshal(text, &made); err != nil || made.Ledger == 0 || len(made.Files) < 2 {
		t.Errorf("the manifest says %+v (%v)", made, err)
	}
	if _, err := Restore(context.Background(), g.conf, RestoreOptions{From: t.TempDir(), Replace: true}); err == nil {
		t.Error("an empty directory was restored")
	}
}
