// SPDX-License-Identifier: AGPL-3.0-or-later

package main

import (
	"database/sql"
	"path/filepath"
	"runtime/debug"
	"strings"

	_ "modernc.org/sqlite" // the driver
)

// sqlite is SQLite's full-text search. It weighs columns, not words, so words of
// one column count alike but for how rare they are.
type sqlite struct {
	db     *sql.DB
	number string
}

func (s *sqlite) version() string { return "SQLite " + s.number + ", FTS5" }

func (s *sqlite) connect(dir string) (err error) {
	if s.db, err = sql.Open("sqlite", "file:"+filepath.Join(dir, "people.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)&_pragma=cache_size(-262144)&_pragma=mmap_size(1073741824)"); err != nil {
		return err
	}
	s.db.SetMaxOpenConns(1)
	return s.db.QueryRow(`SELECT sqlite_version()`).Scan(&s.number)
}

func (s *sqlite) build(c *corpus, dir string) error {
	if err := s.connect(dir); err != nil {
		return err
	}
	tx, err := s.db.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // of no effect once it is committed
	if _, err := tx.Exec(`CREATE VIRTUAL TABLE people USING fts5(conditions, coded, title, body, content='', tokenize='ascii')`); err != nil {
		return err
	}
	insert, err := tx.Prepare(`INSERT INTO people (rowid, conditions, coded, title, body) VALUES (?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	for i, person := range c.people {
		values := []any{i + 1}
		for _, words := range person {
			values = append(values, strings.Join(words, " "))
		}
		if _, err := insert.Exec(values...); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(`INSERT INTO people (people) VALUES ('optimize')`); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	return s.db.Close()
}

func (s *sqlite) open(_ *corpus, dir string) error { return s.connect(dir) }

func (s *sqlite) search(q question, most int) ([]int, int, error) {
	var words []string
	for _, t := range q.terms {
		words = append(words, t.word)
	}
	match := strings.Join(q.must, " AND ") + " AND (" + strings.Join(words, " OR ") + ")"
	rows, err := s.db.Query(`SELECT rowid FROM people WHERE people MATCH ? ORDER BY bm25(people, 0.0, 10.0, 2.0, 1.0) LIMIT ?`, match, most)
	if err != nil {
		return nil, 0, err
	}
	return numbers(rows)
}

// numbers reads the numbers of people, which the tables count from one.
func numbers(rows *sql.Rows) ([]int, int, error) {
	defer rows.Close()
	var out []int
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return nil, 0, err
		}
		out = append(out, n-1)
	}
	return out, -1, rows.Err()
}

// moduleVersion returns the version of a module that this program was built with.
func moduleVersion(path string) string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == path {
				return m.Version
			}
		}
	}
	return "of unknown version"
}
