// SPDX-License-Identifier: AGPL-3.0-or-later

// Package audit reads the ledger and proves that it is whole, and records who
// looked at whose data, so that every person can see it.
package audit

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// How views are gathered before they are written.
const (
	once     = time.Hour   // the same view is recorded once within this
	interval = time.Second // how often what was gathered is written
	enough   = 200         // or as soon as there is this much
	most     = 100_000     // kept while the database is away; more is logged as lost
)

// Viewing is the name of the event that says that somebody looked.
const Viewing = "profile.viewed"

// view is one look of one actor at one person.
type view struct {
	author       store.Author
	role         identity.Role
	professional string
	what         string // "profile", "list", "ranking", "shortlist", …
	need         string // the identifier of the need that it was for, or empty
}

// Service records views and reads the ledger.
type Service struct {
	DB  *store.DB
	Log *slog.Logger
	// References returns the human references of needs; nil: none are known.
	References func(tx *store.Tx, needIDs []string) (map[string]string, error)

	mu      sync.Mutex
	waiting []view
	seen    map[view]time.Time
	full    chan struct{}
	writing sync.Mutex // one flush at a time, so that views are written in their order
}

// NewService returns the service. Run writes what it gathers.
func NewService(db *store.DB, log *slog.Logger) *Service {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Service{DB: db, Log: log, seen: map[view]time.Time{}, full: make(chan struct{}, 1)}
}

// Viewed notes that the actor was shown these people: what says on which screen,
// needID for which need, or nothing. It returns at once and never fails: reading
// does not wait for the record of it. Nobody is recorded for looking at themselves.
func (s *Service) Viewed(who identity.Actor, professionalIDs []string, what, needID string) {
	now := s.DB.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, professionalID := range professionalIDs {
		if professionalID == "" || professionalID == who.ProfessionalID {
			continue
		}
		v := view{author: who.Author(), role: who.Role, professional: professionalID, what: what, need: needID}
		if last, ok := s.seen[v]; ok && now.Sub(last) < once {
			continue
		}
		s.seen[v] = now
		s.waiting = append(s.waiting, v)
	}
	if len(s.waiting) >= enough {
		select {
		case s.full <- struct{}{}:
		default: // the writer has been told
		}
	}
}

// Run writes what was gathered, every second and when there is much of it, until
// the context ends; then it writes the rest.
func (s *Service) Run(ctx context.Context) error {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return s.Close(context.WithoutCancel(ctx))
		case <-tick.C:
		case <-s.full:
		}
		if err := s.Flush(ctx); err != nil && ctx.Err() == nil {
			s.Log.WarnContext(ctx, "views wait to be recorded", "error", err.Error())
		}
	}
}

// Close writes the rest, within some seconds.
func (s *Service) Close(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	return s.Flush(ctx)
}

// Flush writes everything that was noted before it was called. What cannot be
// written stays, to be tried again.
func (s *Service) Flush(ctx context.Context) error {
	ctx = store.WithKey(ctx, nil) // What was seen is not the effect of the request that wants it written.
	s.writing.Lock()
	defer s.writing.Unlock()
	batch := s.take()
	for len(batch) > 0 {
		n := run(batch)
		if err := s.write(ctx, batch[:n]); err != nil {
			s.giveBack(batch)
			return err
		}
		batch = batch[n:]
	}
	return nil
}

// take returns what waits and forgets which views are too old to be the same.
func (s *Service) take() []view {
	s.mu.Lock()
	defer s.mu.Unlock()
	batch := s.waiting
	s.waiting = nil
	now := s.DB.Now()
	for v, last := range s.seen {
		if now.Sub(last) >= once {
			delete(s.seen, v)
		}
	}
	return batch
}

// giveBack puts views in front of those that came since.
func (s *Service) giveBack(batch []view) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting = append(batch, s.waiting...)
	if lost := len(s.waiting) - most; lost > 0 {
		s.waiting = s.waiting[:most]
		s.Log.Error("views were lost: the database has been away for too long", "count", lost)
	}
}

// run returns how many views at the beginning have the same author: they are one
// change.
func run(batch []view) int {
	for i, v := range batch {
		if v.author != batch[0].author || i == enough {
			return i
		}
	}
	return len(batch)
}

// write puts views of one author into the ledger.
func (s *Service) write(ctx context.Context, views []view) error {
	return s.DB.Change(ctx, views[0].author, func(tx *store.Tx) error {
		for _, v := range views {
			details := store.Details{"what": v.what, "role": string(v.role)}
			if v.need != "" {
				details["need"] = v.need
			}
			tx.Emit(Viewing, v.professional, details)
		}
		return nil
	})
}
