// SPDX-License-Identifier: AGPL-3.0-or-later

package store

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"testing/fstest"
	"text/template"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"sankofa/backend/internal/fault"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings the schema to the newest version and returns it. Each
// migration is one transaction; several starters at once are safe. A database
// that is newer than this program is refused.
func (db *DB) Migrate(ctx context.Context) (int64, error) {
	provider, err := db.provider()
	if err != nil {
		return 0, err
	}
	at, newest, err := db.versions(ctx, provider)
	if err != nil {
		return 0, err
	}
	if at > newest {
		return at, fault.New(fault.Conflict, "database.newer",
			"The database has schema version %d, this program knows %d. Install the newer program.", at, newest)
	}
	if at == newest {
		return at, nil
	}
	if err := db.backupBefore(ctx, at); err != nil {
		return at, fmt.Errorf("back up before migrating: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return at, fmt.Errorf("migrate: %w", err)
	}
	return newest, nil
}

// SchemaVersion returns the version of the database's schema and the newest
// that this program knows.
func (db *DB) SchemaVersion(ctx context.Context) (at, newest int64, err error) {
	provider, err := db.provider()
	if err != nil {
		return 0, 0, err
	}
	return db.versions(ctx, provider)
}

func (db *DB) versions(ctx context.Context, p *goose.Provider) (at, newest int64, err error) {
	for _, source := range p.ListSources() {
		newest = max(newest, source.Version)
	}
	at, err = p.GetDBVersion(ctx)
	return at, newest, translate(err)
}

// provider reads the migrations in the spelling of the engine.
func (db *DB) provider() (*goose.Provider, error) {
	files, err := spelled(db.engine)
	if err != nil {
		return nil, err
	}
	pool, err := db.write.DB()
	if err != nil {
		return nil, err
	}
	if db.engine == SQLite {
		return goose.NewProvider(goose.DialectSQLite3, pool, files)
	}
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, pool, files, goose.WithSessionLocker(locker))
}

// spelled renders the one set of migration files for the engine.
func spelled(engine Engine) (fs.FS, error) {
	words := map[string]any{"Postgres": engine == Postgres, "Time": "datetime", "Bytes": "blob"}
	if engine == Postgres {
		words["Time"], words["Bytes"] = "timestamptz", "bytea"
	}
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	out := fstest.MapFS{}
	for _, name := range names {
		page, err := template.ParseFS(migrations, name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		var sql bytes.Buffer
		if err := page.Execute(&sql, words); err != nil {
			return nil, fmt.Errorf("spell %s: %w", name, err)
		}
		out[name[len("migrations/"):]] = &fstest.MapFile{Data: sql.Bytes()}
	}
	return out, nil
}

// backupBefore copies an SQLite database that holds data before its schema
// changes. PostgreSQL is backed up by its own tools.
func (db *DB) backupBefore(ctx context.Context, at int64) error {
	if db.engine != SQLite || at == 0 {
		return nil
	}
	to := fmt.Sprintf("%s.before-migration-from-%d", db.path, at)
	if err := os.Remove(to); err != nil && !os.IsNotExist(err) {
		return err
	}
	pool, err := db.write.DB()
	if err != nil {
		return err
	}
	_, err = pool.ExecContext(ctx, "VACUUM INTO ?", to)
	return err
}
