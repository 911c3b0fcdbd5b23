// SPDX-License-Identifier: AGPL-3.0-or-later

// Package relay carries the news of the ledger to its readers: in order, at
// least once, each reader at its own pace and with its own cursor. A reader that
// fails is tried again, later and later; the others do not wait for it.
package relay

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"sankofa/backend/internal/store"
)

// Reader follows the ledger. Deliver may be called with the same events again
// after a failure or a restart, so readers are idempotent by event number.
type Reader interface {
	// Name names the reader in the status and in the log.
	Name() string
	// Position returns the number of the last event that the reader has dealt with.
	Position(ctx context.Context) (int64, error)
	// Deliver hands over the next events, oldest first. After it returns nil,
	// Position is at least the number of the last of them.
	Deliver(ctx context.Context, events []store.Event) error
}

// Status says how far a reader has come and what hinders it.
type Status struct {
	Reader   string
	Position int64
	Failures int       // in a row; 0 when all is well
	Since    time.Time // of the first failure in the row
	Error    string    // for operators only; it never leaves the health page
}

// Relay hands the ledger's events to readers. Make one with New.
type Relay struct {
	db      *store.DB
	readers []Reader
	log     *slog.Logger
	pace    Pace

	mu     sync.Mutex
	status map[string]Status
}

// Pace says how eagerly a relay works.
type Pace struct {
	Batch   int           // events handed over at once
	Every   time.Duration // a look at the ledger even when no commit was heard of
	Retry   time.Duration // the wait after a first failure; it doubles each time
	Longest time.Duration // but never grows beyond this
}

// Calm is the pace of a server: another process may commit too, and we would
// not hear of it, hence the look every second.
var Calm = Pace{Batch: 1000, Every: time.Second, Retry: 100 * time.Millisecond, Longest: 5 * time.Second}

// New returns a relay that serves the readers once Run is called.
func New(db *store.DB, log *slog.Logger, pace Pace, readers ...Reader) *Relay {
	r := &Relay{db: db, readers: readers, log: log, pace: pace, status: map[string]Status{}}
	for _, reader := range readers {
		r.status[reader.Name()] = Status{Reader: reader.Name()}
	}
	return r
}

// Run serves the readers until the context ends, and returns when the last of
// them has stopped.
func (r *Relay) Run(ctx context.Context) {
	var group sync.WaitGroup
	for _, reader := range r.readers {
		group.Go(func() { r.serve(ctx, reader) })
	}
	group.Wait()
}

// Status returns how the readers stand, in the order in which New named them.
func (r *Relay) Status() []Status {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := make([]Status, 0, len(r.readers))
	for _, reader := range r.readers {
		all = append(all, r.status[reader.Name()])
	}
	return all
}

// serve keeps one reader up to date.
func (r *Relay) serve(ctx context.Context, reader Reader) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	// The channel is asked for before the ledger is read, so that a commit in
	// between is not slept through, and kept until it fires: every call of
	// Committed leaves a channel behind until the next commit.
	committed := r.db.Committed()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		case <-committed:
			committed = r.db.Committed()
		}
		pause := r.pace.Every
		if err := r.catchUp(ctx, reader); err != nil && ctx.Err() == nil {
			pause = r.failed(reader, err)
			// While a reader fails, commits do not hurry it: it rests first.
			if !rest(ctx, pause) {
				return
			}
			pause = 0
		}
		timer.Reset(pause)
	}
}

// rest waits, and tells whether the context is still alive afterwards.
func rest(ctx context.Context, pause time.Duration) bool {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// catchUp hands over batches until nothing is left.
func (r *Relay) catchUp(ctx context.Context, reader Reader) (err error) {
	// A reader that panics must not take the server with it.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("relay: %s panicked: %v", reader.Name(), p)
		}
	}()
	for ctx.Err() == nil {
		position, err := reader.Position(ctx)
		if err != nil {
			return fmt.Errorf("position of %s: %w", reader.Name(), err)
		}
		events, err := r.db.Events(ctx, position, r.pace.Batch)
		if err != nil {
			return fmt.Errorf("read ledger for %s: %w", reader.Name(), err)
		}
		if len(events) == 0 {
			r.well(reader, position)
			return nil
		}
		if err := reader.Deliver(ctx, events); err != nil {
			return fmt.Errorf("deliver %d–%d to %s: %w", events[0].Number, events[len(events)-1].Number, reader.Name(), err)
		}
		r.well(reader, events[len(events)-1].Number)
	}
	return ctx.Err()
}

// well notes that a reader is fine.
func (r *Relay) well(reader Reader, position int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.status[reader.Name()] = Status{Reader: reader.Name(), Position: position}
}

// failed notes a failure and returns how long to wait before the next try.
func (r *Relay) failed(reader Reader, err error) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.status[reader.Name()]
	if s.Failures == 0 {
		s.Since = r.db.Now()
		r.log.Warn("a reader of the ledger fails; it is tried again", "reader", reader.Name(), "error", err)
	}
	pause := min(r.pace.Retry<<min(s.Failures, 16), r.pace.Longest)
	s.Failures++
	s.Error = err.Error()
	r.status[reader.Name()] = s
	return pause
}
