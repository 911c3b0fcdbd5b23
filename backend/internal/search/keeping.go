// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"sankofa/backend/internal/id"
	"sankofa/backend/internal/store"
)

// errNoIndex says that there is no index just now.
var errNoIndex = errors.New("search: there is no index; one is being built")

// currentFile names the directory of the index in use, so that a new one takes
// its place in one step.
const currentFile = "current"

// State says how the index is.
type State string

// The states of the index. In all but the first the database answers.
const (
	Well       State = "ok"
	Behind     State = "behind"     // it has not seen the newest events for a while
	Rebuilding State = "rebuilding" // there is none; one is being built
	Degraded   State = "degraded"   // there is none, and building one has failed; it is tried again
)

// Health is what the health page says about the index.
type Health struct {
	State     State
	Position  int64 // the last event that the index has seen
	Ledger    int64 // the last event there is
	Documents int   // people and needs in the index
	Error     string
}

// Health tells how the index is.
func (s *Service) Health(ctx context.Context) Health {
	s.mu.Lock()
	h := Health{State: Well, Position: s.seen}
	now, moved := s.now, s.movedAt
	if s.problem != nil {
		h.Error = s.problem.Error()
	}
	switch {
	case now == nil && s.failed && !s.building:
		h.State = Degraded
	case now == nil:
		h.State = Rebuilding
	}
	s.mu.Unlock()
	h.Ledger, _ = s.db.LastEvent(ctx)
	if now == nil {
		h.Position = 0
		return h
	}
	if lag := h.Ledger - h.Position; lag > farBehind || lag > 0 && s.db.Now().Sub(moved) > 2*time.Second {
		h.State = Behind
	}
	_ = now.use(func() error {
		n, err := now.index.DocCount()
		h.Documents = int(n)
		return err
	})
	return h
}

// farBehind is a lag that cannot be made good while somebody waits.
const farBehind = 200

// Open opens the index that was in use last. An index that cannot be opened is
// no reason not to start: Run builds another.
func (s *Service) Open(ctx context.Context) error {
	if err := os.MkdirAll(s.directory, 0o700); err != nil {
		return fmt.Errorf("make the directory of the index: %w", err)
	}
	name, err := os.ReadFile(filepath.Join(s.directory, currentFile))
	if err != nil || !strings.HasPrefix(string(name), "gen-") {
		s.want(nil)
		return nil
	}
	path := filepath.Join(s.directory, filepath.Base(string(name)))
	opened, err := openShelf(path)
	if err != nil {
		s.log.Warn("the index cannot be opened; the database answers until another is built", "error", err)
		s.want(err)
		return nil
	}
	at, err := opened.mark()
	if err == nil {
		err = s.ours(ctx, at)
	}
	if err != nil {
		s.log.Warn("the index does not fit the database; another is built", "error", err)
		s.want(errors.Join(err, opened.close()))
		return nil
	}
	s.replace(opened, at.Number)
	s.check(ctx)
	s.sweep()
	return nil
}

// ours tells whether a mark is of this database's ledger.
func (s *Service) ours(ctx context.Context, at mark) error {
	known, err := s.markAt(ctx, at.Number)
	if err != nil {
		return err
	}
	if known != at {
		return fmt.Errorf("%w: its mark is %v, and the ledger's %v", errDamaged, at, known)
	}
	return nil
}

// markOf is the mark of an index that has seen everything up to the event.
func markOf(e store.Event) mark { return mark{Number: e.Number, Hash: e.Hash, Form: form} }

// markAt returns the mark of an event of the ledger; the zero mark when there is
// no such event.
func (s *Service) markAt(ctx context.Context, number int64) (mark, error) {
	if number < 1 {
		return mark{Form: form}, nil
	}
	events, err := s.db.Events(ctx, number-1, 1)
	if err != nil || len(events) == 0 {
		return mark{}, err
	}
	return markOf(events[0]), nil
}

// Close closes the index. The service may be opened again.
func (s *Service) Close() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.Lock()
	now := s.now
	s.now = nil
	s.mu.Unlock()
	defer s.closing.Wait()
	if now == nil {
		return nil
	}
	return now.close()
}

// want asks Run for a new index, for a reason.
func (s *Service) want(reason error) {
	s.mu.Lock()
	s.problem = reason
	s.mu.Unlock()
	select {
	case s.wanted <- struct{}{}:
	default: // It has been asked already.
	}
}

// condemn takes an index out of use for good: it has failed.
func (s *Service) condemn(bad *shelf, reason error) {
	s.mu.Lock()
	if s.now != bad {
		s.mu.Unlock()
		return // Somebody else noticed first.
	}
	s.now = nil
	s.mu.Unlock()
	s.log.Warn("the index is out of use; the database answers until another is built", "error", reason)
	s.want(reason)
	// It is closed beside: closing waits for whoever still reads it.
	s.closing.Go(func() { _ = bad.close() })
}

// replace puts a new index into use and returns the old one.
func (s *Service) replace(fresh *shelf, position int64) *shelf {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.now
	s.now, s.problem = fresh, nil
	s.learnt() // the vocabulary may have grown
	s.advance(position)
	return old
}

// advance notes how far the index has come; s.mu is held.
func (s *Service) advance(position int64) {
	s.seen, s.movedAt = position, s.db.Now()
	close(s.moved)
	s.moved = make(chan struct{})
}

// current returns the index in use, or nil, and how far it has come.
func (s *Service) current() (*shelf, int64, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now, s.seen, s.moved
}

// Run builds the index when there is none and compares it with the database
// every now and then, until the context ends.
func (s *Service) Run(ctx context.Context) {
	tick := time.NewTicker(s.every)
	defer tick.Stop()
	const soonest, latest = time.Second, 30 * time.Second
	pause := soonest
	var again <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			s.check(ctx)
			continue
		case <-s.wanted:
		case <-again:
		}
		again = nil
		if err := s.Rebuild(ctx, nil); err != nil && ctx.Err() == nil {
			s.log.Error("the index could not be built; it is tried again", "error", err, "after", pause)
			again = time.After(pause)
			pause = min(2*pause, latest)
			continue
		}
		pause = soonest
	}
}

// check compares the index with the database, and condemns it when they differ.
func (s *Service) check(ctx context.Context) {
	now, _, _ := s.current()
	if now == nil {
		return
	}
	err := s.Drift(ctx)
	if err == nil || ctx.Err() != nil {
		return
	}
	if errors.Is(err, errDamaged) {
		s.condemn(now, err)
		return
	}
	s.log.Warn("the index could not be checked", "error", err)
}

// install makes a finished index the one that is opened next time.
func (s *Service) install(path string) error {
	name := filepath.Join(s.directory, currentFile)
	file, err := os.CreateTemp(s.directory, "current-*")
	if err != nil {
		return err
	}
	_, err = file.WriteString(filepath.Base(path))
	if err = errors.Join(err, file.Sync(), file.Close()); err == nil {
		err = os.Rename(file.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}

// generation returns a directory for a new index.
func (s *Service) generation() string { return filepath.Join(s.directory, "gen-"+id.New()) }

// sweep removes what earlier indexes left behind, except what another process
// still holds. They are not kept for study: they speak of people.
func (s *Service) sweep() {
	now, _, _ := s.current()
	entries, _ := os.ReadDir(s.directory)
	for _, e := range entries {
		path := filepath.Join(s.directory, e.Name())
		left := e.IsDir() && strings.HasPrefix(e.Name(), "gen-") && !locked(path) || strings.HasPrefix(e.Name(), "current-")
		if !left || now != nil && path == now.path {
			continue
		}
		if err := os.RemoveAll(path); err != nil {
			s.log.Warn("an old index could not be removed", "path", path, "error", err)
		}
	}
}

// locked tells whether a process holds the index in the directory.
func locked(path string) bool {
	file, err := os.Open(filepath.Join(path, "store", "root.bolt"))
	if err != nil {
		return false
	}
	defer file.Close()
	return syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) != nil
}
