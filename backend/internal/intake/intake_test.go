// SPDX-License-Identifier: AGPL-3.0-or-later

package intake_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"sankofa/backend/internal/files"
	"sankofa/backend/internal/intake"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/registry/registrytest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
	"sankofa/backend/internal/taxonomy"
)

// shipped is the vocabulary that we ship, read once.
var shipped = sync.OnceValue(func() *intake.Words {
	words, err := taxonomy.Load()
	if err != nil {
		panic(err)
	}
	return &intake.Words{Taxonomy: words}
})

// world is a small world whose association brings people in.
type world struct {
	*registrytest.World
	Intake *intake.Service
	t      testing.TB
}

func newWorld(t testing.TB, db *store.DB) *world {
	t.Helper()
	w := &world{World: registrytest.New(t, db), t: t}
	kept, err := files.Open(t.Context(), files.Options{DB: db, Directory: t.TempDir(), KeyFile: t.TempDir() + "/key"})
	if err != nil {
		t.Fatal(err)
	}
	w.Registry.Codes = shipped()
	w.Intake = w.service(kept)
	return w
}

// service is another process on the same database and the same files.
func (w *world) service(kept *files.Service) *intake.Service {
	return &intake.Service{DB: w.DB, Files: kept, Registry: w.Registry, Words: shipped()}
}

// uploaded sends a file and returns the import.
func (w *world) uploaded(content string) intake.Found {
	w.t.Helper()
	id, err := w.Intake.Upload(w.t.Context(), w.Association, "members.csv", []byte(content))
	if err != nil {
		w.t.Fatalf("upload: %v", err)
	}
	return w.found(id)
}

func (w *world) found(id string) intake.Found {
	w.t.Helper()
	f, err := w.Intake.Find(w.t.Context(), w.Association, id)
	if err != nil {
		w.t.Fatalf("find: %v", err)
	}
	return f
}

// tried is the dry run of an import.
func (w *world) tried(f intake.Found) intake.Trial {
	w.t.Helper()
	for range 3 {
		trial, err := w.Intake.Check(w.t.Context(), w.Association, f.ID)
		if err != nil {
			w.t.Fatalf("check: %v", err)
		}
		if trial.Ready {
			return trial
		}
		w.Intake.Try(w.t.Context())
	}
	w.t.Fatal("the dry run is never ready")
	return intake.Trial{}
}

// brought starts an import and works on it to its end.
func (w *world) brought(f intake.Found) intake.Found {
	w.t.Helper()
	if _, err := w.Intake.Start(w.t.Context(), w.Association, f.ID, f.Version); err != nil {
		w.t.Fatalf("start: %v; doubts %+v, lacks %v", err, f.Reading.Doubts, f.Lacks)
	}
	w.works()
	return w.found(f.ID)
}

func (w *world) works() {
	w.t.Helper()
	for {
		worked, err := w.Intake.Work(w.t.Context())
		if err != nil {
			w.t.Fatalf("work: %v", err)
		}
		if !worked {
			return
		}
	}
}

// members counts the association's people.
func (w *world) members() int {
	w.t.Helper()
	var n int64
	err := w.DB.View(w.t.Context(), func(tx *store.Tx) error { return tx.Model(&registry.Professional{}).Count(&n).Error })
	if err != nil {
		w.t.Fatal(err)
	}
	return int(n)
}

// family is a family name of its own for each number.
func family(i int) string {
	syllables := []string{"ba", "de", "fo", "gui", "ka", "lo", "ma", "ne", "so", "tu"}
	name := ""
	for range 4 {
		name += syllables[i%10]
		i /= 10
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

// people is a file of n people, of whom some are spoilt.
func people(n int, spoil func(i int, cells []string)) string {
	var out strings.Builder
	out.WriteString("Prénom;Nom;Adresse e-mail;Téléphone;Date de naissance;Pays d'origine;Pays de résidence;Profession;Compétences;Langues\r\n")
	titles := []string{"Infirmière", "Ingénieur civil", "Comptable", "Enseignante", "Agronome"}
	for i := range n {
		cells := []string{"Awa", family(i), fmt.Sprintf("awa%d@example.org", i), fmt.Sprintf("06 12 %02d %02d %02d", i/10000%100, i/100%100, i%100),
			fmt.Sprintf("%02d/%02d/19%02d", i%28+1, i%12+1, 60+i%40), "Ghana", "France", titles[i%len(titles)], "gestion de projet, irrigation", "Français (C1), Wolof langue maternelle"}
		if spoil != nil {
			spoil(i, cells)
		}
		out.WriteString(strings.Join(cells, ";") + "\r\n")
	}
	return out.String()
}

func TestAnAssociationBringsFiveHundredPeopleAndHearsOfEveryBadRow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		bad := map[int]string{}
		content := people(500, func(i int, cells []string) {
			if i%25 != 7 {
				return
			}
			switch i / 25 % 5 {
			case 0:
				cells[2], bad[i+2] = "awa.example.org", "email.malformed"
			case 1:
				cells[4], bad[i+2] = "31/02/1990", "date.unreadable"
			case 2:
				cells[5], bad[i+2] = "Ghanna", "country.unknown"
			case 3:
				cells[3], bad[i+2] = "123", "phone.malformed"
			case 4:
				cells[2], bad[i+2] = "awa0@example.org", "email.twice"
			}
		})
		f := w.uploaded(content)
		for _, c := range f.Reading.Columns {
			if c.Field == intake.Ignored {
				t.Errorf("nobody knows what %q is about", c.Name)
			}
		}
		trial := w.tried(f)
		if trial.Counts[intake.New] != 480 || trial.Counts[intake.Invalid] != 20 || len(trial.Problems) != 20 {
			t.Errorf("dry run: %v with %d problems, want 480 new, 20 invalid", trial.Counts, len(trial.Problems))
		}
		for _, p := range trial.Problems {
			if bad[p.Row] != p.Code || p.Column == "" || p.Value == "" || p.Message == "" {
				t.Errorf("row %d: %+v, want %s", p.Row, p, bad[p.Row])
			}
		}
		if n := w.members(); n != 0 {
			t.Fatalf("the dry run wrote %d people", n)
		}
		done := w.brought(f)
		if done.State != intake.Done || done.Added != 480 || done.Invalid != 20 || w.members() != 480 {
			t.Errorf("import: %+v, %d members", done.Import, w.members())
		}
		page, err := w.Registry.List(t.Context(), w.Association, registry.Filter{Limit: 1})
		if err != nil || len(page.Items) != 1 {
			t.Fatal(page, err)
		}
		p := page.Items[0]
		if p.State != registry.Invited || p.Visible || p.Invitation.State != "sent" || p.Phone[:3] != "+33" || p.ISCO == "" || len(p.Languages) != 2 {
			t.Errorf("a person is %+v", p)
		}
	})
}
