// SPDX-License-Identifier: AGPL-3.0-or-later

package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"sankofa/backend/internal/fault"
)

// identifier is what may be spelled into a statement: the names of our own tables.
var identifier = regexp.MustCompile(`^[a-z_]+$`)

// Scour makes the engine forget what was deleted. On SQLite free pages are
// overwritten as they are freed (secure_delete); what is left is the write-ahead
// log, which is cut, and the copies that were made before migrations, which are
// removed. PostgreSQL rewrites the tables, so that no dead row is left in their
// files; a table that others hold for long is vacuumed and rewritten next time.
func (db *DB) Scour(ctx context.Context, tables []string) error {
	if db.engine == SQLite {
		return errors.Join(db.cutLog(ctx), db.dropCopies())
	}
	var errs []error
	for _, table := range tables {
		errs = append(errs, db.rewrite(ctx, table))
	}
	return errors.Join(errs...)
}

// cutLog writes the log into the database and cuts it. Readers can hold it for a moment.
func (db *DB) cutLog(ctx context.Context) error {
	pool, err := db.write.DB()
	if err != nil {
		return err
	}
	for range 50 {
		var busy, frames, done int
		if err := pool.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &done); err != nil {
			return translate(err)
		}
		if busy == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	return fault.New(fault.Unavailable, "database.busy", "The database is being read; its log is cut later.")
}

// dropCopies removes the copies that were made before migrations.
func (db *DB) dropCopies() error {
	found, err := filepath.Glob(db.path + ".before-migration-from-*")
	for _, copied := range found {
		err = errors.Join(err, os.Remove(copied))
	}
	return err
}

// rewrite rewrites one table of PostgreSQL, or at least vacuums it.
func (db *DB) rewrite(ctx context.Context, table string) error {
	if !identifier.MatchString(table) {
		return fmt.Errorf("store: %q is no table", table)
	}
	pool, err := db.write.DB()
	if err != nil {
		return err
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return translate(err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "SET lock_timeout = '5s'"); err != nil {
		return translate(err)
	}
	_, err = conn.ExecContext(ctx, "VACUUM (FULL) "+table)
	if fault.Is(translate(err), fault.Stale) { // somebody holds it
		_, err = conn.ExecContext(ctx, "VACUUM "+table)
		err = errors.Join(err, fault.New(fault.Unavailable, "database.busy", "The table %s is in use; it is rewritten later.", table))
	}
	_, reset := conn.ExecContext(ctx, "RESET lock_timeout")
	return errors.Join(translate(err), reset)
}

// CopyTo writes a consistent copy of an SQLite database into a file that is not
// there yet, while others go on reading and writing.
func (db *DB) CopyTo(ctx context.Context, path string) error {
	if db.engine != SQLite {
		return fmt.Errorf("store: PostgreSQL is copied by pg_dump")
	}
	pool, err := db.write.DB()
	if err != nil {
		return err
	}
	_, err = pool.ExecContext(ctx, "VACUUM INTO ?", path)
	return translate(err)
}
