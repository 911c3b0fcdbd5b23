// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

const (
	page  = 500  // rows read at once
	batch = 1000 // documents written at once
)

// Progress hears how far a long task has come.
type Progress func(done, total int64)

// Rebuild builds a new index from the database beside the one in use, brings it
// up to date, and puts it in its place. People search meanwhile.
func (s *Service) Rebuild(ctx context.Context, progress Progress) (err error) {
	s.mu.Lock()
	if s.building {
		s.mu.Unlock()
		return errors.New("search: an index is being built already")
	}
	s.building = true
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		s.building, s.failed = false, err != nil
		if err != nil && s.now == nil {
			s.problem = err
		}
		s.mu.Unlock()
	}()
	began := time.Now()
	fresh, position, err := s.build(ctx, progress)
	if err != nil {
		return err
	}
	select {
	case <-s.wanted: // What was asked for before this one is in use is answered by it.
	default:
	}
	if err := s.exchange(ctx, fresh, position); err != nil {
		return errors.Join(err, fresh.close())
	}
	s.sweep()
	s.log.Info("the index is new", "took", time.Since(began).Round(time.Millisecond))
	return nil
}

// build fills a new index. The ledger is looked at first: what happens while we
// read is delivered again afterwards.
func (s *Service) build(ctx context.Context, progress Progress) (*shelf, int64, error) {
	position, err := s.db.LastEvent(ctx)
	if err != nil {
		return nil, 0, err
	}
	at, err := s.markAt(ctx, position)
	if err != nil {
		return nil, 0, err
	}
	total, err := s.expected(ctx)
	if err != nil {
		return nil, 0, err
	}
	fresh, err := makeShelf(s.generation())
	if err != nil {
		return nil, 0, err
	}
	err = s.fill(ctx, fresh, func(done int64) {
		if progress != nil {
			progress(done, int64(total.people+total.needs))
		}
	})
	if err == nil {
		err = fresh.write(nil, &at)
	}
	if err == nil {
		position, err = s.follow(ctx, fresh, position)
	}
	if err != nil {
		return nil, 0, errors.Join(err, fresh.close())
	}
	return fresh, position, nil
}

// fill writes everybody who can be found and every open need, page by page; a
// reader of pages runs ahead of the writer.
func (s *Service) fill(ctx context.Context, fresh *shelf, done func(int64)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	pages := make(chan map[string]map[string]any, 2)
	var reading error
	var group sync.WaitGroup
	group.Go(func() {
		defer close(pages)
		reading = errors.Join(s.eachPage(ctx, nextPeople, s.personDocuments, pages), s.eachPage(ctx, nextNeeds, s.needDocuments, pages))
	})
	var written int64
	var writing error
	waiting := map[string]map[string]any{}
	flush := func() {
		if writing == nil && len(waiting) > 0 {
			writing = fresh.write(waiting, nil)
			written += int64(len(waiting))
			done(written)
		}
		clear(waiting)
	}
	for some := range pages {
		for id, doc := range some {
			if doc != nil {
				waiting[id] = doc
			}
		}
		if len(waiting) >= batch {
			flush()
		}
		if writing != nil {
			cancel()
		}
	}
	flush()
	group.Wait()
	if writing != nil {
		return writing
	}
	return reading
}

// eachPage reads identifiers page by page and hands on their documents.
func (s *Service) eachPage(ctx context.Context, next func(*store.Tx, string) ([]string, error),
	documents func(*store.Tx, []string) (map[string]map[string]any, error), to chan<- map[string]map[string]any) error {
	for after := ""; ; {
		var ids []string
		var docs map[string]map[string]any
		err := s.db.View(ctx, func(tx *store.Tx) (err error) {
			if ids, err = next(tx, after); err != nil || len(ids) == 0 {
				return err
			}
			docs, err = documents(tx, ids)
			return err
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		after = ids[len(ids)-1]
		select {
		case to <- docs:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// visiblePeople selects whoever can be found, in whatever programme.
const visiblePeople = ` FROM professionals p JOIN visibility v ON v.professional_id = p.id WHERE p.state = 'active'`

// nextPeople returns the next people who can be found.
func nextPeople(tx *store.Tx, after string) ([]string, error) {
	var ids []string
	err := tx.Raw(`SELECT p.id`+visiblePeople+` AND p.id > ? ORDER BY p.id LIMIT ?`, after, page).Scan(&ids).Error
	return ids, err
}

// nextNeeds returns the next needs that are published.
func nextNeeds(tx *store.Tx, after string) ([]string, error) {
	var ids []string
	err := tx.Model(&needs.Need{}).Where("state = ? AND id > ?", needs.Published, after).Order("id").Limit(page).Pluck("id", &ids).Error
	return ids, err
}

// personDocuments returns the documents of people; nil for whoever cannot be found.
func (s *Service) personDocuments(tx *store.Tx, ids []string) (map[string]map[string]any, error) {
	profiles, err := registry.ProfilesIn(tx, ids)
	if err != nil {
		return nil, err
	}
	docs := make(map[string]map[string]any, len(ids))
	for _, id := range ids {
		docs[id] = nil
	}
	var mu sync.Mutex
	inParallel(len(profiles), func(i int) {
		p := profiles[i]
		if !findable(p) {
			return
		}
		doc := s.personDocument(p)
		mu.Lock()
		defer mu.Unlock()
		docs[p.ID] = doc
	})
	return docs, nil
}

// findable tells whether the index may hold the person.
func findable(p registry.Profile) bool { return p.Visible && p.State == registry.Active }

// inParallel calls f for each number below n, on all processors.
func inParallel(n int, f func(i int)) {
	var group sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), n)
	for w := range workers {
		group.Go(func() {
			for i := w; i < n; i += workers {
				f(i)
			}
		})
	}
	group.Wait()
}

// needDocuments returns the documents of needs; nil for those that are not open.
func (s *Service) needDocuments(tx *store.Tx, ids []string) (map[string]map[string]any, error) {
	terms, err := needs.TermsIn(tx, ids)
	if err != nil {
		return nil, err
	}
	docs := make(map[string]map[string]any, len(ids))
	for _, id := range ids {
		docs[id] = nil
	}
	for _, t := range terms {
		if t.State == needs.Published {
			docs[t.ID] = s.needDocument(t)
		}
	}
	return docs, nil
}

// exchange puts a new index in the place of the old one. Nothing is written
// meanwhile, so that no event falls between the two.
func (s *Service) exchange(ctx context.Context, fresh *shelf, position int64) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	position, err := s.follow(ctx, fresh, position)
	if err != nil {
		return err
	}
	if err := s.install(fresh.path); err != nil {
		return fmt.Errorf("install index: %w", err)
	}
	if old := s.replace(fresh, position); old != nil {
		return old.close()
	}
	return nil
}

// follow delivers to an index what has happened since the position.
func (s *Service) follow(ctx context.Context, to *shelf, position int64) (int64, error) {
	for {
		events, err := s.db.Events(ctx, position, batch)
		if err != nil || len(events) == 0 {
			return position, err
		}
		if err := s.deliver(ctx, to, events); err != nil {
			return position, err
		}
		position = events[len(events)-1].Number
	}
}

// Deliver brings the index up to date with events of the ledger.
func (s *Service) Deliver(ctx context.Context, events []store.Event) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	return s.deliverNow(ctx, events)
}

// deliverNow is Deliver for whoever holds s.writing.
func (s *Service) deliverNow(ctx context.Context, events []store.Event) error {
	now, _, _ := s.current()
	if now == nil {
		return errNoIndex
	}
	if err := s.deliver(ctx, now, events); err != nil {
		if errors.Is(err, errWriting) {
			s.condemn(now, err)
		}
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if last := events[len(events)-1].Number; s.now == now && last > s.seen {
		s.advance(last)
	}
	return nil
}

// errWriting says that the index, and not the database, was the trouble.
var errWriting = errors.New("search: the index cannot be written")

// deliver writes the present state of whatever the events are about. It does not
// replay them, so it may see one twice, or late.
func (s *Service) deliver(ctx context.Context, to *shelf, events []store.Event) error {
	if err := s.relearn(ctx, to, events); err != nil {
		return err
	}
	people, open := subjects(events)
	for _, id := range people {
		s.people.drop(id) // what is kept of somebody goes when they do
	}
	docs := map[string]map[string]any{}
	err := s.db.View(ctx, func(tx *store.Tx) error {
		for _, part := range []struct {
			ids       []string
			documents func(*store.Tx, []string) (map[string]map[string]any, error)
		}{{people, s.personDocuments}, {open, s.needDocuments}} {
			if len(part.ids) == 0 {
				continue
			}
			some, err := part.documents(tx, part.ids)
			if err != nil {
				return err
			}
			for id, doc := range some {
				docs[id] = doc
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	at := markOf(events[len(events)-1])
	if len(docs) == 0 && len(taught(events)) == 0 && at.Number-to.marked.Load() < unmarked {
		return nil // Nothing to write: after a restart these events are read once more.
	}
	if err := to.write(docs, &at); err != nil {
		return fmt.Errorf("%w: %w", errWriting, err)
	}
	return nil
}

// unmarked is how many events that concern nobody in the index may pass before
// its mark is moved: every write waits for the disk.
const unmarked = 1000

// subjects returns whom and what events are about, each once.
func subjects(events []store.Event) (people, open []string) {
	seen := map[string]bool{}
	for _, e := range events {
		kind, _, _ := strings.Cut(e.Name, ".")
		if seen[e.Subject] {
			continue
		}
		switch kind {
		case "professional", "consent", "visibility":
			people = append(people, e.Subject)
		case "need":
			open = append(open, e.Subject)
		default:
			continue
		}
		seen[e.Subject] = true
	}
	return people, open
}

// Settle waits until the index has seen the event, or until the context ends.
// Without an index there is nothing to wait for: the database answers.
func (s *Service) Settle(ctx context.Context, number int64) error {
	for {
		now, seen, moved := s.current()
		if now == nil || seen >= number {
			return nil
		}
		s.hurry(ctx, seen)
		if _, seen, _ = s.current(); seen >= number {
			return nil
		}
		select {
		case <-moved:
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// hurry delivers the next events itself, if nobody else does just now.
func (s *Service) hurry(ctx context.Context, seen int64) {
	if !s.writing.TryLock() {
		return
	}
	defer s.writing.Unlock()
	events, err := s.db.Events(ctx, seen, farBehind)
	if err == nil && len(events) > 0 {
		err = s.deliverNow(ctx, events)
	}
	if err != nil && ctx.Err() == nil {
		s.log.Warn("the index could not catch up", "error", err)
	}
}
