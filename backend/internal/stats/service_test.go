// SPDX-License-Identifier: AGPL-3.0-or-later

package stats_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/placements/placementstest"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/registry/registrytest"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/stats"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
	"sankofa/backend/internal/taxonomy"
)

// world is the small world with the watch over it.
type world struct {
	*placementstest.World
	Stats *stats.Service
	t     *testing.T
}

func newWorld(t *testing.T, db *store.DB) *world {
	return &world{World: placementstest.New(t, db), Stats: &stats.Service{DB: db}, t: t}
}

// group adds people of one kind.
func (w *world) group(n int, change func(*registry.Profile)) []registry.Profile {
	w.t.Helper()
	people := make([]registry.Profile, n)
	for i := range people {
		people[i] = registrytest.Midwife(id.New() + "@example.org")
		change(&people[i])
	}
	return w.Added(people...)
}

func sex(which string) func(*registry.Profile) {
	return func(p *registry.Profile) { p.Sex, p.BirthDate = which, "" }
}

// write changes something of the world.
func (w *world) write(f func(tx *store.Tx) error) {
	w.t.Helper()
	err := w.DB.Change(w.t.Context(), store.System, func(tx *store.Tx) error {
		tx.Emit("test.made", "world")
		return f(tx)
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// shown logs that the coordinator was shown people for a need.
func (w *world) shown(needID string, people []registry.Profile, score func(i int) int) {
	w.t.Helper()
	r := search.Ranking{Need: search.Subject{ID: needID}, Algorithm: "test-1", Source: "index", Considered: 400, Passed: len(people)}
	for i, p := range people {
		r.Candidates = append(r.Candidates, search.Candidate{Rank: i + 1, Person: p.Pseudonym, Score: score(i)})
	}
	w.write(func(tx *store.Tx) error { return w.Stats.ShownIn(tx, w.Coordinator, w.Programme.ID, &r) })
}

// decided gives people the decisions up to one.
func (w *world) decided(needID string, people []registry.Profile, steps ...string) {
	w.t.Helper()
	w.write(func(tx *store.Tx) error {
		for _, p := range people {
			candidacy := id.New()
			err := tx.Exec(`INSERT INTO candidacies (id, need_id, professional_id, origin, state, created_at, updated_at) VALUES (?, ?, ?, 'ranking', 'SHORTLISTED', ?, ?)`,
				candidacy, needID, p.ID, tx.Now, tx.Now).Error
			if err != nil {
				return err
			}
			for _, step := range steps {
				err := tx.Exec(`INSERT INTO decisions (id, candidacy_id, step, outcome, reason, by_user, by_organisation, at) VALUES (?, ?, ?, 'yes', 'r', ?, 'o', ?)`,
					id.New(), candidacy, step, step, tx.Now).Error
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func flat(int) int { return 500 }

// of returns the row of a group.
func of(t *testing.T, r stats.Report, d stats.Dimension, name string) stats.Group {
	t.Helper()
	for _, table := range r.Tables {
		for _, g := range table.Groups {
			if table.Dimension == d && g.Name == name {
				return g
			}
		}
	}
	t.Fatalf("the report has no group %q by %s", name, d)
	return stats.Group{}
}

func TestTheReportCountsGroupsAlongThePipeline(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		women, men := w.group(40, sex("female")), w.group(60, sex("male"))
		w.group(8, sex(""))
		need := w.Of.Published()
		w.shown(need.ID, append(women[:20:20], men[:50]...), flat)
		w.decided(need.ID, women[:5], "shortlist")
		w.decided(need.ID, men[:40], "shortlist", "host_endorsement")
		r, err := w.Stats.Report(t.Context(), w.Ministry, "", 0)
		if err != nil {
			t.Fatal(err)
		}
		for s, want := range map[int]int{0: 108, 1: 70, 2: 70, 3: 45, 4: 40} {
			if got := r.Total[s]; !got.Open || got.Count != want {
				t.Errorf("%s: %+v, want %d", stats.Stages[s], got, want)
			}
		}
		f, m := of(t, r, stats.BySex, "female"), of(t, r, stats.BySex, "male")
		if f.Cells[0].Count != 40 || f.Cells[2].Count != 20 || f.Cells[3].Count != 5 || m.Cells[3].Count != 40 {
			t.Errorf("women %+v, men %+v", f.Cells, m.Cells)
		}
		got := f.Rates[3] // 5 of 20 against 40 of 50
		if !got.Known || got.Share != 0.25 || math.Abs(got.Ratio-0.3125) > 1e-9 || got.Signal != stats.SignalStrong || got.Chance > 0.001 || m.Rates[3].Signal != "" || !m.Rates[3].Best {
			t.Errorf("the rate of women is %+v, that of men %+v", got, m.Rates[3])
		}
		if g := of(t, r, stats.ByRegion, "155"); g.Cells[0].Count != 108 {
			t.Errorf("people in Western Europe: %+v", g)
		}
		if g := of(t, r, stats.ByAge, stats.Unsaid); g.Rates[1].Ratio != 0 {
			t.Errorf("those who have not said are compared: %+v", g.Rates[1])
		}
		if before, err := w.Stats.Report(t.Context(), w.Coordinator, "", 2025); err != nil || before.Total[2].Count != 0 || before.Total[0].Count != 108 {
			t.Errorf("the year before: %+v, %v", before.Total, err)
		}
	})
}

func TestOnlyPeopleWhoAgreedToTheNoticeInForceAreCounted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		people := w.group(30, sex("female"))
		w.write(func(tx *store.Tx) error {
			for i, p := range people[:15] {
				query, with := `UPDATE consents SET status = 'withdrawn', withdrawn_at = ? WHERE professional_id = ? AND purpose = 'statistics'`, []any{tx.Now, p.ID}
				if i >= 10 { // agreed to older words
					if err := tx.Exec(`INSERT INTO consent_notices (purpose, version, language, title, body, sha256)
						VALUES ('statistics', 'old', 'en', 't', 'b', 's') ON CONFLICT DO NOTHING`).Error; err != nil {
						return err
					}
					query, with = `UPDATE consents SET notice_version = 'old', notice_language = 'en' WHERE professional_id = ? AND purpose = 'statistics'`, []any{p.ID}
				}
				if err := tx.Exec(query, with...).Error; err != nil {
					return err
				}
			}
			return nil
		})
		r, err := w.Stats.Report(t.Context(), w.Coordinator, "", 0)
		if err != nil || r.Total[0].Count != 15 {
			t.Errorf("%+v people are counted, want 15 (%v)", r.Total[0], err)
		}
	})
}

func TestSmallGroupsAreNotInTheReportAtAll(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.group(40, sex("female"))
	w.group(30, sex("male"))
	w.group(3, sex("other"))
	r, err := w.Stats.Report(t.Context(), w.Coordinator, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	other, men := of(t, r, stats.BySex, "other"), of(t, r, stats.BySex, "male")
	if other.Cells[0].Open || other.Cells[0].Count != 0 {
		t.Errorf("three people show: %+v", other.Cells[0])
	}
	if men.Cells[0].Open || men.Cells[0].Count != 0 {
		t.Errorf("70 less 40 less 30 are the three: %+v", men.Cells[0])
	}
	text := string(r.CSV())
	if !strings.Contains(text, "sex,other,c,") || strings.Contains(text, ",3,") {
		t.Errorf("the sheet says %s", text)
	}
}

func TestWhoMayReadWhat(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		need := w.Of.Published()
		w.shown(need.ID, w.group(6, sex("female")), flat)
		log, _, err := w.Stats.Log(t.Context(), w.Coordinator, stats.LogFilter{Limit: 10})
		if err != nil || len(log) != 1 || log[0].Viewer == "" || log[0].Reference != need.Reference || log[0].Shown != 6 || log[0].Algorithm != "test-1" {
			t.Fatalf("the log says %+v, %v", log, err)
		}
		people, err := w.Stats.Shown(t.Context(), w.Coordinator, "", log[0].ID)
		if err != nil || len(people) != 6 || people[0].Score != 500 || !strings.HasPrefix(people[0].Pseudonym, "P-") {
			t.Errorf("in the ranking stood %+v, %v", people, err)
		}
		for name, who := range map[string]identity.Actor{"host": w.Host, "association": w.Association, "ministry": w.Ministry, "other coordinator": w.Other.Coordinator} {
			log, _, err := w.Stats.Log(t.Context(), who, stats.LogFilter{Limit: 10})
			if len(log) > 0 || name != "other coordinator" && !fault.Is(err, fault.Missing) {
				t.Errorf("%s reads the log: %d, %v", name, len(log), err)
			}
			if _, err := w.Stats.Shown(t.Context(), who, "", "x"); !fault.Is(err, fault.Missing) {
				t.Errorf("%s reads a ranking: %v", name, err)
			}
		}
		for name, who := range map[string]identity.Actor{"host": w.Host, "association": w.Association, "nobody": {}} {
			_, report := w.Stats.Report(t.Context(), who, "", 0)
			_, moved := w.Stats.Drift(t.Context(), who, "", false)
			if !fault.Is(report, fault.Missing) || !fault.Is(moved, fault.Missing) {
				t.Errorf("%s: %v, %v", name, report, moved)
			}
		}
	})
}

func TestTheLogIsForgottenInTime(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db)
		need := w.Of.Published()
		people := w.group(5, sex("female"))
		w.shown(need.ID, people, flat)
		clock.Advance(stats.Kept - time.Hour)
		w.shown(need.ID, people, flat)
		if err := w.Stats.Forget(t.Context()); err != nil {
			t.Fatal(err)
		}
		if log, _, _ := w.Stats.Log(t.Context(), w.Coordinator, stats.LogFilter{Limit: 10}); len(log) != 2 {
			t.Errorf("%d entries before their time", len(log))
		}
		clock.Advance(2 * time.Hour)
		if err := w.Stats.Forget(t.Context()); err != nil {
			t.Fatal(err)
		}
		if log, _, _ := w.Stats.Log(t.Context(), w.Coordinator, stats.LogFilter{Limit: 10}); len(log) != 1 {
			t.Errorf("%d entries, want the younger one", len(log))
		}
	})
}

func TestScoresThatMoveAreNoticed(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db)
		need := w.Of.Published()
		people := w.group(100, sex("female"))
		bell := func(i int) int { return 300 + 4*i }
		month := func() { clock.Advance(31 * 24 * time.Hour) }
		w.shown(need.ID, people, bell)
		w.shown(need.ID, people, bell) // looked at twice on one day: counts once
		month()
		w.shown(need.ID, people, func(i int) int { return bell(i) + 5 })
		d, err := w.Stats.Drift(t.Context(), w.Ministry, "", false)
		if err != nil || len(d.Periods) != 2 || !d.Periods[0].Reference || d.Periods[0].Scores != 100 || d.State != stats.Steady || d.Periods[1].Index > 0.1 {
			t.Fatalf("at first %+v, %v", d, err)
		}
		month()
		w.shown(need.ID, people, func(i int) int { return min(bell(i)+250, 1000) })
		d, _ = w.Stats.Drift(t.Context(), w.Ministry, "", false)
		if d.State != stats.Moved || d.Periods[2].Index < stats.LargeShift {
			t.Errorf("after the scores moved: %+v", d)
		}
		if state, err := w.Stats.ScoreState(t.Context()); err != nil || state != stats.Moved {
			t.Errorf("the health page says %s, %v", state, err)
		}
		if weekly, _ := w.Stats.Drift(t.Context(), w.Ministry, "", true); len(weekly.Periods) != 3 || weekly.Periods[0].Name != "2026-W49" {
			t.Errorf("by weeks: %+v", weekly.Periods)
		}
	})
}

func TestASheetHoldsNoFormula(t *testing.T) {
	for cell, want := range map[string]string{"=1+1": "'=1+1", "+x": "'+x", "-x": "'-x", "-0.5": "-0.5", "@a": "'@a", " =1": "' =1", "\t=1": "'\t=1", "＝1": "'＝1", "plain": "plain", "a=b": "a=b"} {
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(stats.Sheet([]string{"h"}, [][]string{{cell}}), []byte("\ufeff")))).ReadAll()
		if err != nil || len(rows) != 2 || rows[1][0] != want {
			t.Errorf("%q becomes %q, %v; want %q", cell, rows, err, want)
		}
	}
}

func TestNothingThatGroupsPeopleIsReadByMatching(t *testing.T) {
	p := registrytest.Midwife("ama@example.org")
	before := fmt.Sprintf("%+v", matching.Reading{Concepts: none{}, Texts: none{}}.Person(p))
	p.Sex, p.BirthDate = "male", day.Day("1950-01-01")
	if after := fmt.Sprintf("%+v", matching.Reading{Concepts: none{}, Texts: none{}}.Person(p)); after != before {
		t.Errorf("the values that are scored change with sex and age:\n%s\n%s", before, after)
	}
}

// none is a vocabulary that knows nothing.
type none struct{}

func (none) Relation(string, string) (r matching.Relation)       { return r }
func (none) LinkSkill(string, string) (string, bool)             { return "", false }
func (none) Mentions(string, string) []matching.Mention          { return nil }
func (none) LinkOccupation(string, string) []taxonomy.Suggestion { return nil }
func (none) Terms(text, _ string) []matching.Term                { return []matching.Term{{Stem: text}} }
