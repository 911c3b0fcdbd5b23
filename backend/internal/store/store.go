// SPDX-License-Identifier: AGPL-3.0-or-later

// Package store is the floor of the house: it opens the database, begins and
// ends every transaction, keeps the ledger and runs the migrations. It is the
// only package that knows which engine is underneath.
package store

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"gorm.io/gorm"

	"sankofa/backend/internal/fault"
)

// Engine names a database engine.
type Engine string

// The engines that every test runs on.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// DB is an open database. Reading goes through View, changing through Change.
type DB struct {
	engine  Engine
	write   *gorm.DB
	read    *gorm.DB
	path    string // of the SQLite file; empty on PostgreSQL
	now     func() time.Time
	origin  *DB // of a database under another clock: whoever waits for a commit waits there
	mu      sync.Mutex
	waiting []chan struct{}
}

// Options say how to open a database.
type Options struct {
	// Database is "sqlite:PATH" or a PostgreSQL URL ("postgres://…").
	Database string
	// Now is the clock; nil means the system's. Tests fix it.
	Now func() time.Time
	// Log receives what the database driver complains about, without values.
	Log *slog.Logger
	// Readers is how many reads run beside the one SQLite writer (default 8), or the
	// size of the PostgreSQL pool (default 24).
	Readers int
}

// Open opens the database and checks that it answers. It makes no tables: see Migrate.
func Open(ctx context.Context, opt Options) (*DB, error) {
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	clock := func() time.Time { return opt.Now().UTC().Truncate(time.Microsecond) }
	conf := &gorm.Config{
		NowFunc:                clock,
		SkipDefaultTransaction: true,
		Logger:                 quiet{opt.Log},
	}
	hideValues()
	db := &DB{now: clock}
	if err := db.connect(opt, conf); err != nil {
		return nil, err
	}
	if err := db.Ping(ctx); err != nil {
		_ = db.Close()
		return nil, err
	}
	return db, nil
}

// Engine tells which engine is underneath.
func (db *DB) Engine() Engine { return db.engine }

// Path returns the path of the SQLite file, or nothing on PostgreSQL.
func (db *DB) Path() string { return db.path }

// Now returns the database's clock, in UTC and whole microseconds.
func (db *DB) Now() time.Time { return db.now() }

// Ping tells whether the database answers.
func (db *DB) Ping(ctx context.Context) error {
	pool, err := db.read.DB()
	if err != nil {
		return err
	}
	return translate(pool.PingContext(ctx))
}

// Close ends all connections.
func (db *DB) Close() error {
	var errs []error
	for _, g := range []*gorm.DB{db.read, db.write} {
		if g == nil {
			continue
		}
		if pool, err := g.DB(); err == nil {
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(errs...)
}

// Tx is a running transaction. It is handed on from call to call, so that a
// query outside it does not compile.
type Tx struct {
	*gorm.DB
	// Now is the only clock inside a transaction: UTC, whole microseconds.
	Now    time.Time
	engine Engine
	events []Event
	write  bool
}

// Author says who makes a change, and for which organisation.
type Author struct {
	UserID         string
	OrganisationID string
	ForUserID      string // the colleague in whose name it is done; empty: the user's own
}

// System is the author of what nobody asked for: timers, migrations, demo data.
var System = Author{UserID: "system"}

// Stranger is the author of what a person does before they have an account:
// answering an invitation, registering themselves.
var Stranger = Author{UserID: "invited"}

// View runs f on data that it cannot change.
func (db *DB) View(ctx context.Context, f func(*Tx) error) error {
	options := readOnly(db.engine)
	err := db.read.WithContext(ctx).Transaction(func(g *gorm.DB) error {
		return f(&Tx{DB: g, Now: db.now(), engine: db.engine})
	}, options...)
	return translate(err)
}

// Change runs f in a transaction made by the author and commits it if f returns
// nil. A change that emits nothing is refused: nobody could be told why the
// data is as it is.
func (db *DB) Change(ctx context.Context, by Author, f func(*Tx) error) error {
	err := db.write.WithContext(ctx).Transaction(func(g *gorm.DB) error {
		tx := &Tx{DB: g, Now: db.now(), engine: db.engine, write: true}
		key := takeKey(ctx)
		if err := tx.claim(key, by); err != nil {
			return err
		}
		if err := f(tx); err != nil {
			return err
		}
		if len(tx.events) == 0 {
			return errors.New("store: a change that emits no event")
		}
		if err := tx.settle(key, by); err != nil {
			return err
		}
		return tx.flush(by)
	})
	if err != nil {
		return translate(err)
	}
	db.announce()
	return nil
}

// Keep runs f in a transaction for bookkeeping that is not news: sessions,
// cursors, caches. It writes nothing into the ledger, so it has few callers.
func (db *DB) Keep(ctx context.Context, f func(*Tx) error) error {
	err := db.write.WithContext(ctx).Transaction(func(g *gorm.DB) error {
		return f(&Tx{DB: g, Now: db.now(), engine: db.engine, write: true})
	})
	return translate(err)
}

// Engine tells which engine the transaction runs on, for the few queries that
// must be spelled twice.
func (tx *Tx) Engine() Engine { return tx.engine }

// Writes tells whether the transaction may change anything.
func (tx *Tx) Writes() bool { return tx.write }

// Today returns the date of the transaction's clock.
func (tx *Tx) Today() string { return tx.Now.Format(time.DateOnly) }

// Saved turns the outcome of an update that compared the version into nil or a
// fault: no row changed means that somebody else was faster.
func Saved(res *gorm.DB) error {
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected == 0 {
		return fault.New(fault.Stale, "stale",
			"Someone else changed this in the meantime. Reload to see their version, then make your change again.")
	}
	return nil
}

// Committed returns a channel that is closed at the next commit of a Change.
func (db *DB) Committed() <-chan struct{} {
	if db.origin != nil {
		return db.origin.Committed()
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	ch := make(chan struct{})
	db.waiting = append(db.waiting, ch)
	return ch
}

// announce wakes whoever waits for a commit.
func (db *DB) announce() {
	if db.origin != nil {
		db.origin.announce()
		return
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	for _, ch := range db.waiting {
		close(ch)
	}
	db.waiting = nil
}
