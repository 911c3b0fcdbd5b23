// SPDX-License-Identifier: AGPL-3.0-or-later

package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"regexp"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	gormsqlite "gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"sankofa/backend/internal/fault"
)

// connect opens the engine that the options name.
func (db *DB) connect(opt Options, conf *gorm.Config) error {
	if file, ok := strings.CutPrefix(opt.Database, "sqlite:"); ok {
		return db.connectSQLite(file, opt, conf)
	}
	if !strings.HasPrefix(opt.Database, "postgres://") && !strings.HasPrefix(opt.Database, "postgresql://") {
		return fault.New(fault.Invalid, "database.unknown",
			"The database must be postgres://… or sqlite:PATH.")
	}
	return db.connectPostgres(opt, conf)
}

// pragmas are set on every SQLite connection. A commit waits for the disk
// (synchronous FULL), deleted values are overwritten (secure_delete), and what a
// stranger's database file might define is not run (trusted_schema).
const pragmas = "?_pragma=foreign_keys(1)&_pragma=journal_mode(WAL)&_pragma=busy_timeout(10000)" +
	"&_pragma=synchronous(FULL)&_pragma=secure_delete(1)&_pragma=trusted_schema(0)" +
	"&_timezone=UTC&_texttotime=1"

func (db *DB) connectSQLite(file string, opt Options, conf *gorm.Config) error {
	db.engine, db.path = SQLite, file
	readers := opt.Readers
	if readers == 0 {
		readers = 8
	}
	open := func(more string, size int) (*gorm.DB, error) {
		pool, err := sql.Open("sqlite", "file:"+file+pragmas+more)
		if err != nil {
			return nil, err
		}
		pool.SetMaxOpenConns(size)
		pool.SetMaxIdleConns(size)
		return gorm.Open(&gormsqlite.Dialector{Conn: pool}, conf)
	}
	var err error
	// One connection writes, taking the lock when it begins, so it never has to
	// give up half way; any number read beside it and cannot write.
	if db.write, err = open("&_txlock=immediate", 1); err != nil {
		return fmt.Errorf("open database: %w", translate(err))
	}
	if db.read, err = open("&_pragma=query_only(1)", readers); err != nil {
		return fmt.Errorf("open database for reading: %w", translate(err))
	}
	return nil
}

// connectTime is how long a server may take to let us in, where its address does not
// say (connect_timeout): the driver itself would wait for ever for one that says nothing.
const connectTime = 10 * time.Second

func (db *DB) connectPostgres(opt Options, conf *gorm.Config) error {
	db.engine = Postgres
	size := opt.Readers
	if size == 0 {
		size = 24
	}
	server, err := pgx.ParseConfig(opt.Database)
	if err != nil {
		return fmt.Errorf("open database: %w", translate(err))
	}
	if server.ConnectTimeout == 0 {
		server.ConnectTimeout = connectTime
	}
	pool := stdlib.OpenDB(*server)
	g, err := gorm.Open(postgres.New(postgres.Config{Conn: pool}), conf)
	if err != nil {
		return errors.Join(fmt.Errorf("open database: %w", translate(err)), pool.Close())
	}
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	pool.SetConnMaxLifetime(time.Hour)
	db.write, db.read = g, g
	return nil
}

// readOnly returns the options of a transaction that only reads. SQLite's
// readers are read-only by pragma.
func readOnly(engine Engine) []*sql.TxOptions {
	if engine == SQLite {
		return nil
	}
	return []*sql.TxOptions{{ReadOnly: true, Isolation: sql.LevelRepeatableRead}}
}

// rule finds the name of a broken rule in what a trigger raised. Our triggers
// raise "rule:<code>" and nothing else does, on both engines.
var rule = regexp.MustCompile(`rule:([a-z_]+\.[a-z_]+)`)

// unavailable is what a person is told while the database is away.
var unavailable = fault.New(fault.Unavailable, "database.unavailable",
	"The database does not answer just now. Nothing is left half done. Please try again in a moment.")

// duplicate is a unique constraint that was hit. Whoever knows what it means
// replaces it with a sentence of the domain.
var duplicate = fault.New(fault.Conflict, "duplicate", "This exists already.")

// dangling is a foreign key without a row.
var dangling = fault.New(fault.Conflict, "dangling", "Something that this refers to does not exist, or is still in use.")

// translate turns what an engine says into a fault that both engines share.
// Faults pass through untouched; unknown errors too, and become Internal later.
func translate(err error) error {
	if err == nil {
		return nil
	}
	var known *fault.Fault
	if errors.As(err, &known) {
		return err
	}
	var pg *pgconn.PgError
	var lite *sqlite.Error
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return fault.New(fault.Missing, "missing", "There is nothing here.").Because(err)
	case away(err): // also a server that refuses connections, whatever its reason
		return unavailable.Because(err)
	case errors.As(err, &pg):
		return translatePostgres(pg)
	case errors.As(err, &lite):
		return translateSQLite(lite)
	}
	return err
}

// away tells whether the error means that the database could not be reached, or
// not in time.
func away(err error) bool {
	var connecting *pgconn.ConnectError
	var network net.Error
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, sql.ErrTxDone) ||
		errors.Is(err, pgconn.ErrConnClosed) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, context.DeadlineExceeded) || errors.Is(err, net.ErrClosed) ||
		errors.As(err, &connecting) || errors.As(err, &network) || pgconn.Timeout(err)
}

// broken names a rule of the schema that a statement broke.
func broken(code string, err error) error {
	return fault.New(fault.Conflict, code, "The rules of the programme do not allow this.").Because(err)
}

// translatePostgres reads SQLSTATE codes (PostgreSQL manual, appendix A).
func translatePostgres(pg *pgconn.PgError) error {
	if found := rule.FindStringSubmatch(pg.Message); found != nil {
		return broken(found[1], pg)
	}
	switch pg.Code {
	case "23505":
		return duplicate.Because(pg)
	case "23503":
		return dangling.Because(pg)
	case "23P01": // exclusion_violation: the constraint's name is the rule's
		return broken(strings.Replace(pg.ConstraintName, "__", ".", 1), pg)
	case "23514":
		return broken(strings.Replace(pg.ConstraintName, "__", ".", 1), pg)
	case "40001", "40P01", "55P03":
		return fault.New(fault.Stale, "stale",
			"Someone else changed this at the same moment. Reload to see their version, then make your change again.").Because(pg)
	case "53100", "53200", "53400":
		return full.Because(pg)
	}
	switch pg.Code[:2] {
	case "08", "57", "53", "58":
		return unavailable.Because(pg)
	}
	return pg
}

// full is what a person is told when there is no space left for a write.
var full = fault.New(fault.Full, "disk.full",
	"There is no space left to save this. Nothing was changed. Reading still works; please tell the administrator.")

// translateSQLite reads SQLite's extended result codes (sqlite.org/rescode.html).
func translateSQLite(lite *sqlite.Error) error {
	if found := rule.FindStringSubmatch(lite.Error()); found != nil {
		return broken(found[1], lite)
	}
	switch lite.Code() {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return duplicate.Because(lite)
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return dangling.Because(lite)
	case sqlite3.SQLITE_CONSTRAINT_CHECK:
		return broken(checkName(lite), lite)
	}
	switch lite.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return full.Because(lite)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_CANTOPEN:
		return unavailable.Because(lite)
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return fault.New(fault.Unavailable, "database.damaged",
			"The database file is damaged. Restore it from a backup.").Because(lite)
	}
	return lite
}

// check finds the name of a broken CHECK; SQLite gives it only in the text.
var check = regexp.MustCompile(`CHECK constraint failed: ([a-z_]+?)__([a-z_]+)`)

func checkName(lite *sqlite.Error) string {
	if found := check.FindStringSubmatch(lite.Error()); found != nil {
		return found[1] + "." + found[2]
	}
	return "check.failed"
}

// Translate turns what an engine says into a fault, inside a transaction, for
// the few who must know there what went wrong. View and Change do it at the end.
func Translate(err error) error { return translate(err) }
