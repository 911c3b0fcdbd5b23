// SPDX-License-Identifier: AGPL-3.0-or-later

package search_test

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"

	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// run keeps a service well in the background until the test ends.
func (w *world) run(s *search.Service) {
	w.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	var group sync.WaitGroup
	group.Go(func() { s.Run(ctx) })
	w.t.Cleanup(func() { stop(); group.Wait() })
}

// well waits until the index is in order again.
func (w *world) well(s *search.Service) search.Health {
	w.t.Helper()
	var h search.Health
	for range 6000 {
		if last, err := w.DB.LastEvent(w.t.Context()); err == nil {
			_ = s.Settle(w.t.Context(), last) // as the relay would
		}
		if h = s.Health(w.t.Context()); h.State == search.Well && h.Position == h.Ledger {
			return h
		}
		time.Sleep(10 * time.Millisecond)
	}
	w.t.Fatalf("the index stays %+v", h)
	return h
}

// segments lists the segments of the index in use, the biggest first.
func (w *world) segments() []string {
	w.t.Helper()
	found, err := filepath.Glob(filepath.Join(w.indexPath(), "store", "*.zap"))
	if err != nil || len(found) == 0 {
		w.t.Fatalf("no segments: %v", err)
	}
	size := func(path string) int64 {
		info, err := os.Stat(path)
		if err != nil {
			w.t.Fatal(err)
		}
		return info.Size()
	}
	slices.SortFunc(found, func(a, b string) int { return int(size(b) - size(a)) })
	return found
}

// flip changes some bytes of a file.
func flip(t *testing.T, path string, dice *rand.Rand, n int) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for range n {
		text[dice.IntN(len(text))] ^= byte(1 + dice.IntN(255))
	}
	write(t, path, text)
}

func write(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
}

// damages are what can happen to an index while nobody looks. Some leave it
// usable; none may leave a wrong answer.
var damages = map[string]func(t *testing.T, w *world){
	"everything is deleted":       func(t *testing.T, w *world) { remove(t, w.dir) },
	"the pointer is deleted":      func(t *testing.T, w *world) { remove(t, filepath.Join(w.dir, "current")) },
	"the pointer is torn":         func(t *testing.T, w *world) { write(t, filepath.Join(w.dir, "current"), []byte("gen-")) },
	"the pointer leads elsewhere": func(t *testing.T, w *world) { write(t, filepath.Join(w.dir, "current"), []byte("../../etc")) },
	"the store is deleted":        func(t *testing.T, w *world) { remove(t, filepath.Join(w.indexPath(), "store")) },
	"the description is deleted":  func(t *testing.T, w *world) { remove(t, filepath.Join(w.indexPath(), "index_meta.json")) },
	"the description is emptied":  func(t *testing.T, w *world) { write(t, filepath.Join(w.indexPath(), "index_meta.json"), nil) },
	"the root is deleted":         func(t *testing.T, w *world) { remove(t, filepath.Join(w.indexPath(), "store", "root.bolt")) },
	"the root is emptied":         func(t *testing.T, w *world) { write(t, filepath.Join(w.indexPath(), "store", "root.bolt"), nil) },
	"the root is cut":             func(t *testing.T, w *world) { cut(t, filepath.Join(w.indexPath(), "store", "root.bolt")) },
	"the biggest part is deleted": func(t *testing.T, w *world) { remove(t, w.segments()[0]) },
	"the biggest part is cut":     func(t *testing.T, w *world) { cut(t, w.segments()[0]) },
	"bits of the root flip":       func(t *testing.T, w *world) { flip(t, filepath.Join(w.indexPath(), "store", "root.bolt"), w.dice, 16) },
	"bits of the biggest flip":    func(t *testing.T, w *world) { flip(t, w.segments()[0], w.dice, 16) },
	"a single bit of it flips":    func(t *testing.T, w *world) { flip(t, w.segments()[0], w.dice, 1) },
	"people are missing from it":  func(t *testing.T, w *world) { w.tamper(func(b *bleve.Batch, ids []string) { b.Delete(ids[0]) }) },
	"somebody is in it too much": func(t *testing.T, w *world) {
		w.tamper(func(b *bleve.Batch, _ []string) { must2(t, b.Index("ghost", ghost)) })
	},
	"it has forgotten how far": func(t *testing.T, w *world) {
		w.tamper(func(b *bleve.Batch, _ []string) { b.DeleteInternal([]byte("mark")) })
	},
	"it is of another database": func(t *testing.T, w *world) {
		w.tamper(func(b *bleve.Batch, _ []string) {
			b.SetInternal([]byte("mark"), []byte(`{"Number":3,"Hash":"another","Form":"sankofa-1/1"}`))
		})
	},
	"it is of an older program": func(t *testing.T, w *world) {
		w.tamper(func(b *bleve.Batch, _ []string) {
			b.SetInternal([]byte("mark"), []byte(`{"Number":3,"Hash":"","Form":"sankofa-0/1"}`))
		})
	},
	"much has happened since":      func(t *testing.T, w *world) { w.crowd(210) },
	"an unfinished one lies there": func(t *testing.T, w *world) { write(t, filepath.Join(w.dir, "gen-0"), []byte("?")) },
}

var ghost = map[string]any{"kind": "person", "pool": "person/x/SN"}

func must2(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// cut takes the second half of a file away.
func cut(t *testing.T, path string) {
	t.Helper()
	info, err := os.Stat(path)
	must2(t, err)
	must2(t, os.Truncate(path, info.Size()/2))
}

// tamper changes the index behind the service's back.
func (w *world) tamper(change func(*bleve.Batch, []string)) {
	w.t.Helper()
	ids := w.dump()["_id"]
	idx, err := bleve.OpenUsing(w.indexPath(), map[string]any{"bolt_timeout": "1s"})
	if err != nil {
		w.t.Fatal(err)
	}
	defer idx.Close()
	b := idx.NewBatch()
	change(b, ids)
	if err := idx.Batch(b); err != nil {
		w.t.Fatal(err)
	}
}

// TestWhateverHappensToTheIndexTheAnswersStayRight is the promise of the package.
func TestWhateverHappensToTheIndexTheAnswersStayRight(t *testing.T) {
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, storetest.SQLite(t))
			w.crowd(60)
			need := w.publish(func(n *needs.Terms) { n.ShortestDays, n.Languages = 10, nil })
			w.built()
			if err := w.Search.Close(); err != nil {
				t.Fatal(err)
			}
			damage(t, w)
			w.Search = w.unindexed() // what the database says
			want := spell(w.rank(need, 200))
			w.Search = w.service()
			if got := spell(w.rank(need, 200)); got != want {
				t.Fatalf("at once the answer differs: %s", difference(got, want))
			}
			w.run(w.Search)
			began := time.Now()
			if h := w.well(w.Search); h.Documents != w.findable() {
				t.Errorf("the index holds %d documents of %d", h.Documents, w.findable())
			}
			if err := w.Search.Drift(t.Context()); err != nil {
				t.Errorf("the index still differs: %v", err)
			}
			r := w.rank(need, 200)
			if got := spell(r); got != want || r.Source != "index" {
				t.Errorf("afterwards the %s answers: %s", r.Source, difference(got, want))
			}
			t.Logf("healed in %s", time.Since(began).Round(time.Millisecond))
		})
	}
}

// unindexed returns a service that has no index.
func (w *world) unindexed() *search.Service {
	dir := w.dir
	defer func() { w.dir = dir }()
	w.dir = w.t.TempDir()
	return w.service()
}

// findable counts the people and needs that an index should hold.
func (w *world) findable() int {
	w.t.Helper()
	var n int
	err := w.DB.View(w.t.Context(), func(tx *store.Tx) error {
		return tx.Raw(`SELECT (SELECT count(*) FROM visibility) + (SELECT count(*) FROM needs WHERE state = 'PUBLISHED')`).Scan(&n).Error
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

func TestAnIndexThatAnotherProcessHoldsIsLeftAlone(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.crowd(50)
	need := w.publish(same)
	w.built()
	first, held := w.Search, w.indexPath()
	want := spell(w.rank(need, 50))
	began := time.Now()
	w.Search = w.service()
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("opening waited for %s", took)
	}
	if r := w.rank(need, 50); spell(r) != want || r.Source != "database" {
		t.Errorf("the %s answers: %s", r.Source, difference(spell(r), want))
	}
	w.run(w.Search)
	w.well(w.Search)
	if r := w.rank(need, 50); spell(r) != want || r.Source != "index" || w.indexPath() == held {
		t.Errorf("the %s answers: %s", r.Source, difference(spell(r), want))
	}
	if _, err := os.Stat(held); err != nil {
		t.Errorf("the other's index is gone: %v", err)
	}
	if h := first.Health(t.Context()); h.Documents != 51 {
		t.Errorf("the other's index is %+v", h)
	}
}

func TestFilesTornUnderARunningServerDoNotBringItDown(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.crowd(80)
	need := w.publish(func(n *needs.Terms) { n.ShortestDays, n.Languages = 10, nil })
	w.built()
	want := spell(w.rank(need, 50))
	for _, segment := range w.segments() {
		must2(t, os.Truncate(segment, 0))
	}
	if got := spell(w.rank(need, 50)); got != want {
		t.Fatalf("the answer differs: %s", difference(got, want))
	}
	w.run(w.Search)
	w.well(w.Search)
	if r := w.rank(need, 50); spell(r) != want || r.Source != "index" {
		t.Errorf("afterwards the %s answers: %s", r.Source, difference(spell(r), want))
	}
}

func TestADirectoryThatCannotBeWrittenDegrades(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.crowd(20)
	need := w.publish(same)
	// A file stands where the directory of the index should be made.
	must2(t, os.RemoveAll(w.dir))
	write(t, w.dir, []byte("in the way"))
	w.run(w.Search)
	for range 6000 {
		if w.Search.Health(t.Context()).State == search.Degraded {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if h := w.Search.Health(t.Context()); h.State != search.Degraded || h.Error == "" {
		t.Fatalf("the index is %+v, want degraded with an error", h)
	}
	if r := w.rank(need, 5); r.Source != "database" {
		t.Errorf("the %s answers", r.Source)
	}
	must2(t, os.Remove(w.dir))
	must2(t, os.Mkdir(w.dir, 0o700))
	w.well(w.Search)
	if r := w.rank(need, 5); r.Source != "index" {
		t.Errorf("afterwards the %s answers", r.Source)
	}
}

func TestWithdrawalIsGoneBeforeTheIndexHearsOfIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.crowd(40)
		m := w.Added(moussa())[0]
		need := w.publish(same)
		w.built()
		if r := w.rank(need, 5); r.Candidates[0].ProfessionalID != m.ID {
			t.Fatalf("he is not there to begin with")
		}
		before := w.rank(need, 200)
		// The rows go without an event: the index cannot know, and yet nobody sees him.
		err := w.DB.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(`DELETE FROM visibility WHERE professional_id = ?`, m.ID).Error
		})
		must2(t, err)
		r := w.rank(need, 200)
		for _, c := range r.Candidates {
			if c.ProfessionalID == m.ID {
				t.Error("he is shown")
			}
		}
		if r.Source != "index" || r.Passed != before.Passed-1 || r.Excluded[0].Count != before.Excluded[0].Count+1 {
			t.Errorf("by the %s %d pass and %v are excluded; before it was %d and %v", r.Source, r.Passed, r.Excluded, before.Passed, before.Excluded)
		}
		found := must[search.Findings](t)(w.Search.Find(t.Context(), w.Coordinator, search.Asked{Query: `isco:2132 residence:it years:11`, Limit: 10}))
		for _, hit := range found.Items {
			if hit.ProfessionalID == m.ID {
				t.Error("he is found")
			}
		}
		if _, err := w.Search.Explain(t.Context(), w.Coordinator, need.ID, m.Pseudonym); err == nil {
			t.Error("his card is shown")
		}
		if err := w.Search.Drift(t.Context()); err == nil {
			t.Error("the index does not notice that it holds one too many")
		}
	})
}

func TestAChangeIsSeenByTheNextSearch(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.crowd(40)
		need := w.publish(same)
		w.built()
		m := w.Added(moussa())[0]
		last, err := db.LastEvent(t.Context())
		must2(t, err)
		must2(t, w.Search.Settle(t.Context(), last))
		if r := w.rank(need, 1); r.Source != "index" || r.Candidates[0].ProfessionalID != m.ID {
			t.Fatalf("the %s ranks %+v first", r.Source, r.Candidates)
		}
		w.change("professional.updated", m.ID, func(tx *store.Tx) error {
			return tx.Model(&registry.Professional{}).Where("id = ?", m.ID).Updates(map[string]any{"origin_country": "GH", "version": 2}).Error
		})
		r := w.rank(need, 200)
		for _, c := range r.Candidates {
			if c.ProfessionalID == m.ID {
				t.Error("he is still ranked for the country that he has left")
			}
		}
		w.change("need.closed", need.ID, func(tx *store.Tx) error {
			return tx.Model(&needs.Need{}).Where("id = ?", need.ID).Update("state", needs.Closed).Error
		})
		last, err = db.LastEvent(t.Context())
		must2(t, err)
		must2(t, w.Search.Settle(t.Context(), last))
		must2(t, w.Search.Drift(t.Context()))
	})
}

func TestPeopleSearchWhileTheIndexIsBuiltAnew(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.crowd(80)
	need := w.publish(func(n *needs.Terms) { n.ShortestDays, n.Languages = 10, nil })
	w.built()
	want := spell(w.rank(need, 20))
	stop := make(chan struct{})
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				r, err := w.Search.Rank(context.Background(), w.Coordinator, need.ID, 20)
				if err != nil || spell(r) != want {
					t.Errorf("meanwhile: %v, %s", err, difference(spell(r), want))
					return
				}
			}
		})
	}
	for range 3 {
		must2(t, w.Search.Rebuild(t.Context(), nil))
	}
	close(stop)
	group.Wait()
	left, err := filepath.Glob(filepath.Join(w.dir, "*"))
	if err != nil || len(left) != 2 { // the index and the pointer to it
		t.Errorf("there lie %v", left)
	}
}
