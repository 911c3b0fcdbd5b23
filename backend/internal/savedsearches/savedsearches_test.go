// SPDX-License-Identifier: AGPL-3.0-or-later

package savedsearches_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/registry/registrytest"
	"sankofa/backend/internal/savedsearches"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
	"sankofa/backend/internal/taxonomy"
)

var vocabulary = sync.OnceValue(func() *taxonomy.Taxonomy {
	t, err := taxonomy.Load()
	if err != nil {
		panic(err)
	}
	return t
})

// world is the small world with a search and those who save theirs.
type world struct {
	*registrytest.World
	Saved   *savedsearches.Service
	Search  *search.Service
	Watcher *savedsearches.Watcher
	Second  identity.Actor // another coordinator of the programme
	Seen    []string
	clock   *storetest.Clock
	t       *testing.T
}

func (w *world) Viewed(who identity.Actor, people []string, what, _ string) {
	for _, one := range people {
		w.Seen = append(w.Seen, what+" "+one)
	}
}

func newWorld(t *testing.T, db *store.DB, clock *storetest.Clock) *world {
	t.Helper()
	w := &world{World: registrytest.New(t, db), clock: clock, t: t}
	var err error
	if w.Search, err = search.New(search.Options{DB: db, Directory: t.TempDir(), Vocabulary: vocabulary(), Every: time.Hour}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Search.Close() })
	if err := errors.Join(w.Search.Open(t.Context()), w.Search.Rebuild(t.Context(), nil)); err != nil {
		t.Fatal(err)
	}
	w.Saved = &savedsearches.Service{DB: db, Search: w.Search, Views: w}
	w.Watcher = savedsearches.NewWatcher(w.Saved)
	w.Second = w.Officer("second@test.invalid", w.CoordinatorOrg.ID, w.Programme.ID, identity.Coordinator)
	return w
}

// each runs a test in a world on each engine.
func each(t *testing.T, f func(t *testing.T, w *world)) {
	t.Helper()
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) { f(t, newWorld(t, db, clock)) })
}

// arrives is a midwife who can be found, who lives in the country and writes the text.
func (w *world) arrives(country, text string) registry.Profile {
	w.t.Helper()
	p := registrytest.Midwife(id.New() + "@example.org")
	p.ResidenceCountry, p.CVText = country, text
	p = w.Added(p)[0]
	w.happens("professional.registered", p.ID, func(*store.Tx) error { return nil })
	return p
}

func (w *world) happens(event, subject string, f func(tx *store.Tx) error) {
	w.t.Helper()
	err := w.DB.Change(w.t.Context(), store.System, func(tx *store.Tx) error {
		tx.Emit(event, subject)
		return f(tx)
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// rewrites changes a CV as its author would.
func (w *world) rewrites(p registry.Profile, text string) {
	w.t.Helper()
	w.happens("professional.updated", p.ID, func(tx *store.Tx) error {
		return tx.Exec(`UPDATE professionals SET cv_text = ?, version = version + 1 WHERE id = ?`, text, p.ID).Error
	})
}

// delivered hands the ledger on, as the relay does.
func (w *world) delivered(to *savedsearches.Watcher) {
	w.t.Helper()
	for {
		at, err := to.Position(w.t.Context())
		if err != nil {
			w.t.Fatal(err)
		}
		events, err := w.DB.Events(w.t.Context(), at, 7)
		if err != nil {
			w.t.Fatal(err)
		}
		if len(events) == 0 {
			return
		}
		if err := to.Deliver(w.t.Context(), events); err != nil {
			w.t.Fatal(err)
		}
	}
}

func (w *world) saves(who identity.Actor, change func(*savedsearches.Written)) savedsearches.View {
	w.t.Helper()
	written := savedsearches.Written{Kind: savedsearches.People, Name: "Dialysis in Italy", Query: "dialysis residence:IT", Following: savedsearches.Following{Frequency: savedsearches.Instant}}
	change(&written)
	v, err := w.Saved.Save(w.t.Context(), who, written)
	if err != nil {
		w.t.Fatal(err)
	}
	return v
}

func same(*savedsearches.Written) {}

// told lists whom the alerts are about, the latest first.
func (w *world) told(who identity.Actor) []string {
	w.t.Helper()
	alerts, next, err := w.Saved.Alerts(w.t.Context(), who, savedsearches.Filter{Limit: 100})
	if err != nil || next != "" {
		w.t.Fatalf("alerts: %q, %v", next, err)
	}
	unread, err := w.Saved.Unread(w.t.Context(), who)
	if err != nil {
		w.t.Fatal(err)
	}
	var people []string
	for _, a := range alerts {
		people = append(people, a.ProfessionalID)
		if !a.Read {
			unread--
		}
	}
	if unread != 0 {
		w.t.Errorf("the count differs from the list by %d", unread)
	}
	return people
}

func TestWhoNewlyMeetsASavedSearchIsToldOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.arrives("IT", "dialysis for years") // there already: no news
		w.saves(w.Coordinator, same)
		w.delivered(w.Watcher)
		if got := w.told(w.Coordinator); len(got) != 0 {
			t.Errorf("told of %v before anybody came", got)
		}
		mina := w.arrives("IT", "dialysis and teaching")
		w.arrives("NL", "dialysis elsewhere")
		late := w.arrives("IT", "nothing of the kind")
		w.delivered(w.Watcher)
		w.delivered(savedsearches.NewWatcher(w.Saved)) // a restart
		if got := w.told(w.Coordinator); !slices.Equal(got, []string{mina.ID}) {
			t.Errorf("told of %v, want %s", got, mina.ID)
		}
		w.rewrites(mina, "dialysis and more teaching") // she met it before
		w.rewrites(late, "now dialysis too")
		w.delivered(w.Watcher)
		if got := w.told(w.Coordinator); !slices.Equal(got, []string{late.ID, mina.ID}) {
			t.Errorf("told of %v", got)
		}
		w.rewrites(late, "no more")
		w.delivered(w.Watcher)
		w.rewrites(late, "dialysis again")
		w.delivered(w.Watcher)
		if got := w.told(w.Coordinator); !slices.Equal(got, []string{late.ID, late.ID, mina.ID}) {
			t.Errorf("who comes back is news: %v", got)
		}
		if !slices.Contains(w.Seen, "alert "+mina.ID) {
			t.Errorf("seen: %v", w.Seen)
		}
	})
}

func TestWhoWithdrawsOrPausesIsGoneFromAlertsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		v := w.saves(w.Coordinator, same)
		people := []registry.Profile{w.arrives("IT", "dialysis"), w.arrives("IT", "dialysis"), w.arrives("IT", "dialysis"), w.arrives("IT", "dialysis")}
		w.delivered(w.Watcher)
		if got := w.told(w.Coordinator); len(got) != 4 {
			t.Fatalf("told of %v", got)
		}
		// Nothing is delivered in between: what is read decides.
		w.happens("consent.withdrawn", people[0].ID, func(tx *store.Tx) error { return privacy.HideIn(tx, people[0].ID) })
		w.happens("professional.paused", people[1].ID, func(tx *store.Tx) error {
			return tx.Exec(`UPDATE professionals SET state = 'paused' WHERE id = ?`, people[1].ID).Error
		})
		w.happens("professional.left", people[2].ID, func(tx *store.Tx) error {
			return tx.Exec(`DELETE FROM professional_programmes WHERE professional_id = ?`, people[2].ID).Error
		})
		if got := w.told(w.Coordinator); !slices.Equal(got, []string{people[3].ID}) {
			t.Errorf("told of %v", got)
		}
		list, err := w.Saved.List(t.Context(), w.Coordinator)
		if err != nil || len(list) != 1 || list[0].ID != v.ID || list[0].Unread != 1 {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

func TestNothingIsLostAndNothingDoubledBySeveralProgramsAndRestarts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		v := w.saves(w.Coordinator, same)
		var want []string
		for i := range 6 {
			want = append(want, w.arrives("IT", fmt.Sprint("dialysis ", i)).ID)
		}
		// Two programs deliver at the same time; a third was killed before it was done.
		dead, cancel := context.WithCancel(t.Context())
		cancel()
		events, err := w.DB.Events(t.Context(), 0, 1000)
		if err != nil {
			t.Fatal(err)
		}
		_ = savedsearches.NewWatcher(w.Saved).Deliver(dead, events)
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				other := savedsearches.NewWatcher(w.Saved)
				for range 5 { // as the relay tries again
					if other.Deliver(t.Context(), events) == nil {
						return
					}
				}
			})
		}
		both.Wait()
		w.delivered(w.Watcher)
		got := w.told(w.Coordinator)
		slices.Sort(got)
		if slices.Sort(want); !slices.Equal(got, want) {
			t.Errorf("told of %v, want %v", got, want)
		}
		raised := 0
		events, err = w.DB.Events(t.Context(), 0, 1000)
		for _, e := range events {
			if e.Name == "alert.raised" && e.Subject == v.ID {
				raised++
			}
			if strings.Contains(e.Details, "dialysis") || strings.Contains(e.Details, "Italy") {
				t.Errorf("the ledger holds what is looked for: %+v", e)
			}
		}
		if raised != 1 || err != nil {
			t.Errorf("raised %d times, %v", raised, err)
		}
	})
}

func TestWhoComesWhileASearchIsSavedIsNotMissed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		other := w.saves(w.Coordinator, func(x *savedsearches.Written) { x.Name, x.Query = "Others", "surgery" })
		w.arrives("NL", "surgery")
		w.delivered(w.Watcher) // the watcher stands behind this
		v := w.saves(w.Coordinator, same)
		came := w.arrives("IT", "dialysis")
		// As if the watcher had dealt with her arrival for the others before the search was there.
		err := w.DB.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(`UPDATE saved_searches SET watched = ? WHERE id = ?`, false, v.ID).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		w.delivered(w.Watcher)
		err = w.DB.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(`UPDATE saved_searches SET watched = ? WHERE id = ?`, true, v.ID).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		w.happens("saved_search.saved", v.ID, func(*store.Tx) error { return nil })
		w.delivered(w.Watcher)
		if got := w.told(w.Coordinator); !slices.Contains(got, came.ID) {
			t.Errorf("told of %v, and not of %s; the other search is %s", got, came.ID, other.ID)
		}
	})
}

func TestDigestsAreDueWhenTheDayOrTheWeekIsOver(t *testing.T) {
	each(t, func(t *testing.T, w *world) { // the clock says Tuesday
		w.saves(w.Coordinator, func(x *savedsearches.Written) { x.Frequency = savedsearches.Daily })
		weekly := w.saves(w.Second, func(x *savedsearches.Written) { x.Frequency = savedsearches.Weekly })
		w.arrives("IT", "dialysis")
		w.delivered(w.Watcher)
		for _, step := range []struct {
			after         time.Duration
			daily, weekly int
		}{{0, 0, 0}, {14 * time.Hour, 0, 0}, {time.Hour, 1, 0}, {4 * 24 * time.Hour, 1, 0}, {25 * time.Hour, 1, 1}} {
			w.clock.Advance(step.after)
			if d, k := len(w.told(w.Coordinator)), len(w.told(w.Second)); d != step.daily || k != step.weekly {
				t.Errorf("at %s: %d and %d alerts, want %d and %d", w.clock.Now().Format("Mon 15:04"), d, k, step.daily, step.weekly)
			}
		}
		// Whoever no longer wants to wait hears at once of what waits.
		w.arrives("IT", "dialysis")
		w.delivered(w.Watcher)
		if _, err := w.Saved.Follow(t.Context(), w.Second, weekly.ID, savedsearches.Following{Frequency: savedsearches.Instant}); err != nil {
			t.Fatal(err)
		}
		if got := w.told(w.Second); len(got) != 2 {
			t.Errorf("told of %v", got)
		}
		if _, err := w.Saved.Follow(t.Context(), w.Second, weekly.ID, savedsearches.Following{Frequency: savedsearches.Never}); err != nil {
			t.Fatal(err)
		}
		w.arrives("IT", "dialysis")
		w.delivered(w.Watcher)
		if got := w.told(w.Second); len(got) != 2 {
			t.Errorf("told without wanting it: %v", got)
		}
	})
}

func TestSavedSearchesAreTheOwnersAndOfThoseTheyAreSharedWith(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		own := w.saves(w.Coordinator, same)
		shared := w.saves(w.Coordinator, func(x *savedsearches.Written) { x.Name, x.Shared, x.Pinned = "For all", true, true })
		names := func(who identity.Actor) string {
			found, err := w.Saved.List(t.Context(), who)
			if err != nil {
				return string(fault.Of(err).Kind)
			}
			var all []string
			for _, v := range found {
				all = append(all, v.Name)
			}
			return strings.Join(all, ", ")
		}
		for name, row := range map[string]struct {
			who  identity.Actor
			want string
		}{
			"owner": {w.Coordinator, "For all, Dialysis in Italy"}, "second": {w.Second, "For all"}, "other programme": {w.Other.Coordinator, ""},
			"host": {w.Host, "missing"}, "association": {w.Association, "missing"}, "ministry": {w.Ministry, "missing"}, "administrator": {w.Administrator, "missing"}, "stranger": {identity.Actor{}, "missing"},
		} {
			if got := names(row.who); got != row.want {
				t.Errorf("%s sees %q, want %q", name, got, row.want)
			}
			_, err := w.Saved.Find(t.Context(), row.who, own.ID)
			if ok := name == "owner"; ok != (err == nil) || !ok && !fault.Is(err, fault.Missing) {
				t.Errorf("%s finds the owner's: %v", name, err)
			}
			if err := w.Saved.Remove(t.Context(), row.who, shared.ID); err == nil || name != "owner" && name != "second" && !fault.Is(err, fault.Missing) {
				if name != "owner" {
					t.Errorf("%s removes the shared one: %v", name, err)
				}
			}
			if name == "owner" { // was just removed
				shared = w.saves(w.Coordinator, func(x *savedsearches.Written) { x.Name, x.Shared, x.Pinned = "For all", true, true })
			}
			if _, err := w.Saved.Unread(t.Context(), row.who); fault.Is(err, fault.Missing) != (row.want == "missing") {
				t.Errorf("%s counts: %v", name, err)
			}
		}
		v, err := w.Saved.Follow(t.Context(), w.Second, shared.ID, savedsearches.Following{Frequency: savedsearches.Instant, Pinned: true})
		if err != nil || v.Mine || v.Owner == "" || !v.Pinned {
			t.Fatalf("%+v, %v", v, err)
		}
		if _, err := w.Saved.Revise(t.Context(), w.Second, shared.ID, v.Version, savedsearches.Written{Name: "x", Query: "y", Following: savedsearches.Following{Frequency: savedsearches.Never}}); !fault.Is(err, fault.Denied) {
			t.Errorf("another changes it: %v", err)
		}
		w.arrives("IT", "dialysis")
		w.delivered(w.Watcher)
		if got := w.told(w.Second); len(got) != 1 {
			t.Errorf("the follower is told of %v", got)
		}
		// What is shared no longer is gone for the others.
		_, err = w.Saved.Revise(t.Context(), w.Coordinator, shared.ID, 1, savedsearches.Written{Kind: savedsearches.People, Name: "Mine", Query: "dialysis", Following: savedsearches.Following{Frequency: savedsearches.Instant}})
		if err != nil {
			t.Fatal(err)
		}
		if got := w.told(w.Second); len(got) != 0 || names(w.Second) != "" {
			t.Errorf("it is still there: %v, %q", got, names(w.Second))
		}
	})
}

func TestASearchThatCannotBeSavedIsExplained(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t), storetest.NewClock())
	good := savedsearches.Written{Kind: savedsearches.People, Name: "n", Query: "water", Following: savedsearches.Following{Frequency: savedsearches.Never}}
	for field, change := range map[string]func(*savedsearches.Written){
		"name":                func(x *savedsearches.Written) { x.Name = "  " },
		"kind":                func(x *savedsearches.Written) { x.Kind = "cats" },
		"frequency":           func(x *savedsearches.Written) { x.Frequency = "hourly" },
		"q":                   func(x *savedsearches.Written) { x.Query = "(water" },
		"facets.residence[0]": func(x *savedsearches.Written) { x.Choices = search.Choices{"residence": {"Italy"}} },
		"need":                func(x *savedsearches.Written) { x.Kind, x.Query, x.Best = savedsearches.Need, "", 5 },
		"best":                func(x *savedsearches.Written) { x.Kind, x.Query, x.NeedRef = savedsearches.Need, "", "SN-2027-0001" },
	} {
		bad := good
		change(&bad)
		_, err := w.Saved.Save(t.Context(), w.Coordinator, bad)
		if f := fault.Of(err); f == nil || f.Kind != fault.Invalid || !slices.ContainsFunc(f.Fields, func(x fault.Field) bool { return x.Field == field }) {
			t.Errorf("%s: %v", field, err)
		}
	}
	w.Saved.Broad = 1
	w.arrives("IT", "water")
	w.arrives("IT", "water")
	good.Frequency = savedsearches.Daily
	if _, err := w.Saved.Save(t.Context(), w.Coordinator, good); !fault.HasCode(err, "saved_search.broad") {
		t.Errorf("a watch of nearly everybody: %v", err)
	}
}
