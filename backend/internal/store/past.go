// SPDX-License-Identifier: AGPL-3.0-or-later

package store

import (
	"time"

	"gorm.io/gorm"
)

// Under returns the same database under another clock: what the demonstration lets
// happen in its past is written by the services of today, with the rules of today.
// It shares connections and readers with the database that it comes from, which
// alone is closed.
func (db *DB) Under(now func() time.Time) *DB {
	clock := func() time.Time { return now().UTC().Truncate(time.Microsecond) }
	session := &gorm.Session{NewDB: true, NowFunc: clock}
	return &DB{engine: db.engine, write: db.write.Session(session), read: db.read.Session(session), path: db.path, now: clock, origin: db}
}
