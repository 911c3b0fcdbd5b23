// SPDX-License-Identifier: AGPL-3.0-or-later

// Package search finds the people for a need and the needs for a person. It
// keeps an index beside the database: fed from the ledger, holding pseudonymous
// identifiers and what is matched on, and disposable. Whoever it finds is read
// again from the database before anybody sees them; where the index is missing,
// damaged or late, the database answers instead and the index is built anew.
package search

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/store"
)

// Vocabulary is the knowledge about concepts that search needs.
type Vocabulary interface {
	matching.Concepts
	// BroaderOf returns the concepts above one.
	BroaderOf(id string) []string
	// Label, Title, LanguageName and FieldName say what a skill, an ISCO-08 group, a
	// language and a field of education are called in the reader's language.
	Label(id, reader string) string
	Title(code, reader string) string
	LanguageName(code, reader string) string
	FieldName(code, reader string) string
	Lexicon
}

// Views hears who was shown whom.
type Views interface {
	Viewed(who identity.Actor, professionalIDs []string, what, needID string)
}

// Options is what a service is made of.
type Options struct {
	DB         *store.DB
	Directory  string // for the index; made when it is not there
	Vocabulary Vocabulary
	Views      Views // nil: nobody wants to know
	Log        *slog.Logger
	// States tells how far people have come as candidates for a need; nil: nobody knows.
	States func(tx *store.Tx, needID string, professionalIDs []string) (map[string]string, error)
	// Shown keeps a ranking that the actor is shown, within the change that announces
	// it; nil: nobody keeps it.
	Shown func(tx *store.Tx, who identity.Actor, programmeID string, r *Ranking) error
	// Learn takes words of staff into use when the ledger tells of them; nil: there are none.
	Learn Learn
	// Missions returns the completed placements by the person's identifier: of the
	// people, or of everybody for nil; nil: there are none.
	Missions func(tx *store.Tx, professionalIDs []string) (map[string][]matching.Mission, error)
	// Every is how often the index is compared with the database; 0 means every minute.
	Every time.Duration
}

// Service answers searches.
type Service struct {
	db         *store.DB
	directory  string
	vocabulary Vocabulary
	views      Views
	log        *slog.Logger
	states     func(tx *store.Tx, needID string, professionalIDs []string) (map[string]string, error)
	learn      Learn
	shown      func(tx *store.Tx, who identity.Actor, programmeID string, r *Ranking) error
	missions   func(tx *store.Tx, professionalIDs []string) (map[string][]matching.Mission, error)
	every      time.Duration
	texts      analyzers
	wordbook   wordbook
	reading    matching.Reading
	needs      *values[matching.Need]
	people     *values[matching.Person]

	writing sync.Mutex     // one writer to the index at a time
	closing sync.WaitGroup // of indexes that are out of use

	mu       sync.Mutex
	now      *shelf        // nil while there is none
	building bool          // a new one is being built
	failed   bool          // the last try to build one
	problem  error         // why there is none, or why the last try failed
	seen     int64         // position of now
	movedAt  time.Time     // when seen last changed
	moved    chan struct{} // closed when seen changes
	wanted   chan struct{} // asks Run for a new index
}

// New returns a service. Open opens its index, and Run keeps it well.
func New(o Options) (*Service, error) {
	texts, err := newAnalyzers()
	if err != nil {
		return nil, err
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Every == 0 {
		o.Every = time.Minute
	}
	return &Service{
		db: o.DB, directory: o.Directory, vocabulary: o.Vocabulary, views: o.Views, log: o.Log, states: o.States, missions: o.Missions, learn: o.Learn, shown: o.Shown, every: o.Every,
		texts: texts, reading: matching.Reading{Concepts: o.Vocabulary, Texts: texts}, needs: newValues[matching.Need](mostNeeds), people: newValues[matching.Person](mostPeople),
		moved: make(chan struct{}), wanted: make(chan struct{}, 1),
	}, nil
}

// Reading is how this service turns profiles and needs into values to compare.
func (s *Service) Reading() matching.Reading { return s.reading }

// viewed tells whoever wants to know.
func (s *Service) viewed(who identity.Actor, ids []string, what, needID string) {
	if s.views != nil && len(ids) > 0 {
		s.views.Viewed(who, ids, what, needID)
	}
}

// Name names the reader of the ledger.
func (s *Service) Name() string { return "search" }

// Position returns the number of the last event that the index has seen.
func (s *Service) Position(context.Context) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now == nil {
		return 0, errNoIndex
	}
	return s.seen, nil
}
