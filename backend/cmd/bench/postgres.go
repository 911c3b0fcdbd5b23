// SPDX-License-Identifier: AGPL-3.0-or-later

package main

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver of database/sql
)

// postgres is PostgreSQL with a tsvector for the words and an array for the
// conditions, a GIN index on each and one on both. It ranks by ts_rank, which
// knows four weights of words: coded criteria, titles and texts have one each.
type postgres struct {
	url    string
	db     *sql.DB
	number string
	plans  map[[2]int]string // the form of the query that was quickest
	table  string
}

func (p *postgres) version() string { return "PostgreSQL " + p.number }

func (p *postgres) connect(c *corpus) (err error) {
	p.table = fmt.Sprintf("bench_people_%d", len(c.people))
	if p.db, err = sql.Open("pgx", p.url); err != nil {
		return err
	}
	p.db.SetMaxOpenConns(1)
	if _, err := p.db.Exec(`SET jit = off`); err != nil { // it costs more than such queries take
		return err
	}
	return p.db.QueryRow(`SHOW server_version`).Scan(&p.number)
}

// labels are PostgreSQL's weights of the fields.
var labels = [fieldCount]string{"", "A", "B", "D"}

func (p *postgres) build(c *corpus, _ string) error {
	if err := p.connect(c); err != nil {
		return err
	}
	defer p.db.Close()
	if _, err := p.db.Exec(`DROP TABLE IF EXISTS ` + p.table + `;
		CREATE TABLE ` + p.table + ` (id integer PRIMARY KEY, conditions text[] NOT NULL, words tsvector NOT NULL, whole tsvector NOT NULL)`); err != nil {
		return err
	}
	if err := p.copy(c); err != nil {
		return err
	}
	for _, statement := range []string{
		`CREATE INDEX ON ` + p.table + ` USING gin (conditions) WITH (fastupdate = off)`,
		`CREATE INDEX ON ` + p.table + ` USING gin (words) WITH (fastupdate = off)`,
		`CREATE INDEX ON ` + p.table + ` USING gin (whole) WITH (fastupdate = off)`,
		`VACUUM ANALYZE ` + p.table,
	} {
		if _, err := p.db.Exec(statement); err != nil {
			return err
		}
	}
	return nil
}

// copy loads the people with COPY, the quickest way in.
func (p *postgres) copy(c *corpus) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, p.url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, `CREATE TEMPORARY TABLE raw (id integer, conditions text[], words text, whole text)`); err != nil {
		return err
	}
	_, err = conn.CopyFrom(ctx, pgx.Identifier{"raw"}, []string{"id", "conditions", "words", "whole"},
		pgx.CopyFromSlice(len(c.people), func(i int) ([]any, error) {
			words, whole := vectors(c.people[i])
			return []any{i + 1, c.people[i][conditions], words, whole}, nil
		}))
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, `INSERT INTO `+p.table+` SELECT id, conditions, words::tsvector, whole::tsvector FROM raw`)
	return err
}

// vectors spells the words of a person as tsvectors: without and with the
// conditions.
func vectors(person document) (words, whole string) {
	var out strings.Builder
	for field := coded; field < fieldCount; field++ {
		for _, w := range person[field] {
			fmt.Fprintf(&out, "%s:1%s ", w, labels[field])
		}
	}
	words = out.String()
	for _, w := range person[conditions] {
		fmt.Fprintf(&out, "%s:1D ", w)
	}
	return words, out.String()
}

func (p *postgres) size() (n int64, err error) {
	if p.db, err = sql.Open("pgx", p.url); err != nil {
		return 0, err
	}
	defer p.db.Close()
	return n, p.db.QueryRow(`SELECT pg_total_relation_size($1::regclass)`, p.table).Scan(&n)
}

const weights = `'{0.05, 0.05, 0.2, 1.0}'`

// forms are the ways to ask that may be quickest.
func (p *postgres) forms() map[string]string {
	end := ` ORDER BY ts_rank(` + weights + `, words, $2::tsquery) DESC LIMIT $3`
	return map[string]string{
		"conditions first":    `SELECT id FROM ` + p.table + ` WHERE conditions @> $1::text[]` + end,
		"conditions or words": `SELECT id FROM ` + p.table + ` WHERE conditions @> $1::text[] AND words @@ $2::tsquery` + end,
		"one vector":          `SELECT id FROM ` + p.table + ` WHERE whole @@ $1::tsquery` + end,
	}
}

func (p *postgres) run(form string, q question, most int) ([]int, int, error) {
	var words []string
	for _, t := range q.terms {
		words = append(words, t.word)
	}
	first := "{" + strings.Join(q.must, ",") + "}"
	if form == "one vector" {
		first = strings.Join(q.must, " & ") + " & (" + strings.Join(words, " | ") + ")"
	}
	rows, err := p.db.Query(p.forms()[form], first, strings.Join(words, " | "), most)
	if err != nil {
		return nil, 0, err
	}
	return numbers(rows)
}

// open finds out which form is quickest for each kind of question.
func (p *postgres) open(c *corpus, _ string) error {
	if err := p.connect(c); err != nil {
		return err
	}
	p.plans = map[[2]int]string{}
	quickest := map[[2]int]time.Duration{}
	for form := range p.forms() {
		took, asked := map[[2]int]time.Duration{}, map[[2]int]int{}
		for _, q := range c.queries {
			at := [2]int{q.row, scope(q)}
			if asked[at]++; asked[at] > 6 {
				continue
			}
			begin := time.Now()
			if _, _, err := p.run(form, q, best); err != nil {
				return err
			}
			if asked[at] > 2 { // The first ones warm it up.
				took[at] += time.Since(begin)
			}
		}
		for at, total := range took {
			if known, ok := quickest[at]; !ok || total < known {
				quickest[at], p.plans[at] = total, form
			}
		}
	}
	return nil
}

func (p *postgres) search(q question, most int) ([]int, int, error) {
	return p.run(p.plans[[2]int{q.row, scope(q)}], q, most)
}
