// SPDX-License-Identifier: AGPL-3.0-or-later

// Package storetest gives every test a real, migrated, empty database of its
// own: SQLite always, PostgreSQL when TEST_POSTGRES names a server.
package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver for the template database

	"sankofa/backend/internal/id"
	"sankofa/backend/internal/store"
)

// Clock is what the test's database says the time is.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// Now returns the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// Advance moves the clock.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// Start is what every test's clock says first: some weeks before the first need
// of the programme's stories begins.
var Start = time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)

// NewClock returns a clock that stands at Start.
func NewClock() *Clock { return &Clock{at: Start} }

// Each runs f once on each engine that this machine offers.
func Each(t *testing.T, f func(t *testing.T, db *store.DB)) {
	t.Helper()
	EachWithClock(t, func(t *testing.T, db *store.DB, _ *Clock) { f(t, db) })
}

// EachWithClock is Each for tests that move time.
func EachWithClock(t *testing.T, f func(t *testing.T, db *store.DB, clock *Clock)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		clock := NewClock()
		f(t, open(t, copied(t), clock), clock)
	})
	if server := os.Getenv("TEST_POSTGRES"); server != "" {
		t.Run("postgres", func(t *testing.T) {
			t.Parallel()
			clock := NewClock()
			f(t, open(t, cloned(t, server), clock), clock)
		})
	}
}

// SQLite returns one database on SQLite, for tests that no engine can change.
func SQLite(t testing.TB) *store.DB {
	t.Helper()
	return open(t, copied(t), NewClock())
}

// open opens a database that has been migrated, and closes it when the test ends.
func open(t testing.TB, dsn string, clock *Clock) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), store.Options{Database: dsn, Now: clock.Now})
	if err != nil {
		t.Fatalf("open %s: %v", dsn, err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// Postgres returns the URL of an empty, migrated PostgreSQL database, or skips
// the test when there is no server. scripts/test always gives one.
func Postgres(t testing.TB) string {
	t.Helper()
	server := os.Getenv("TEST_POSTGRES")
	if server == "" {
		t.Skip("TEST_POSTGRES is not set; scripts/test sets it")
	}
	return cloned(t, server)
}

// file makes the migrated SQLite database that tests copy, once per test binary, and
// returns its bytes: to run every migration for every test would cost more than most
// tests do.
var file = sync.OnceValues(func() (content []byte, err error) {
	dir, err := os.MkdirTemp("", "storetest")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	name := filepath.Join(dir, "template.db")
	db, err := store.Open(context.Background(), store.Options{Database: "sqlite:" + name, Now: NewClock().Now, Readers: 1})
	if err != nil {
		return nil, err
	}
	_, err = db.Migrate(context.Background())
	if err = errors.Join(err, db.Close()); err != nil { // closed, all of it is in the one file
		return nil, err
	}
	return os.ReadFile(name)
})

// copied copies the template for one test.
func copied(t testing.TB) string {
	t.Helper()
	content, err := file()
	if err != nil {
		t.Fatalf("make template database: %v", err)
	}
	name := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + name
}

// template makes the migrated database that tests copy, once per test binary.
var template = sync.OnceValues(func() (string, error) {
	server := os.Getenv("TEST_POSTGRES")
	name := "template_" + strings.ReplaceAll(id.New(), "-", "")
	if err := command(server, "CREATE DATABASE "+name); err != nil {
		return "", err
	}
	db, err := store.Open(context.Background(), store.Options{Database: named(server, name), Readers: 2})
	if err != nil {
		return "", err
	}
	defer db.Close()
	_, err = db.Migrate(context.Background())
	return name, err
})

// creating is held while a template is copied: PostgreSQL refuses two at once.
var creating sync.Mutex

// cloned copies the template for one test.
func cloned(t testing.TB, server string) string {
	t.Helper()
	from, err := template()
	if err != nil {
		t.Fatalf("make template database: %v", err)
	}
	name := "test_" + strings.ReplaceAll(id.New(), "-", "")
	creating.Lock()
	err = command(server, fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s", name, from))
	creating.Unlock()
	if err != nil {
		t.Fatalf("copy template database: %v", err)
	}
	t.Cleanup(func() { _ = command(server, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)") })
	return named(server, name)
}

// Gone takes the database away from whoever is connected to it, as a server that
// dies does.
func Gone(t testing.TB, dsn string) {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	if err := command(os.Getenv("TEST_POSTGRES"), "DROP DATABASE "+strings.TrimPrefix(u.Path, "/")+" WITH (FORCE)"); err != nil {
		t.Fatal(err)
	}
}

// named returns the server's URL with another database.
func named(server, name string) string {
	u, err := url.Parse(server)
	if err != nil {
		panic("TEST_POSTGRES is not a URL: " + err.Error())
	}
	u.Path = "/" + name
	return u.String()
}

// command runs one statement on the server.
func command(server, statement string) error {
	pool, err := sql.Open("pgx", server)
	if err != nil {
		return err
	}
	defer pool.Close()
	_, err = pool.Exec(statement)
	return err
}
