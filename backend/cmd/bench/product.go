// SPDX-License-Identifier: AGPL-3.0-or-later

package main

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"time"

	"sankofa/backend/internal/app"
	"sankofa/backend/internal/demo"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// product is Sankofa itself in the comparison.
type product struct {
	*app.App
	ctx     context.Context
	opt     options
	started time.Duration // opening everything, with a built index
	who     identity.Actor
	reading matching.Reading
	terms   []needs.Terms   // of the needs that are asked about
	numbers map[string]int  // of the people in the corpus
	people  []string        // their identifiers, by number
	asked   []matching.Need // by query
}

func (o options) home() string { return filepath.Join(o.dir, "sankofa") }

// serveProduct is the life of Sankofa's process.
func serveProduct(opt options) error {
	ctx := context.Background()
	if err := os.MkdirAll(opt.home(), 0o700); err != nil {
		return err
	}
	begin := time.Now()
	a, err := app.Open(ctx, app.Config{Data: opt.home()})
	if err != nil {
		return err
	}
	defer a.Close()
	p := &product{App: a, ctx: ctx, opt: opt, started: time.Since(begin), reading: a.Search.Reading()}
	if opt.build {
		return p.build()
	}
	if err := p.prepare(); err != nil {
		return err
	}
	return answer("Sankofa, score "+matching.Algorithm, p.search, p.other)
}

// build loads people and needs, makes the index and writes the corpus for the
// other engines.
func (p *product) build() error {
	loaded, err := p.load()
	if err != nil {
		return err
	}
	begin := time.Now()
	if err := p.Search.Rebuild(p.ctx, nil); err != nil {
		return err
	}
	took := time.Since(begin).Seconds()
	bytes, err := sizeOf(nil, filepath.Join(p.opt.home(), "index"))
	if err != nil {
		return err
	}
	if err := p.spell(); err != nil {
		return err
	}
	log.Printf("%d people: loaded in %.0f s, indexed in %.0f s", p.opt.people[0], loaded, took)
	return json.NewEncoder(os.Stdout).Encode(built{Seconds: took, Bytes: bytes})
}

// load fills the database, once, and returns how many seconds it took.
func (p *product) load() (seconds float64, err error) {
	note := filepath.Join(p.opt.home(), "loaded.json")
	if text, err := os.ReadFile(note); !errors.Is(err, fs.ErrNotExist) {
		return seconds, errors.Join(err, json.Unmarshal(text, &seconds))
	}
	begin := time.Now()
	_, err = demo.Load(p.ctx, demo.Deps{DB: p.DB, Taxonomy: p.Taxonomy}, demo.Options{People: p.opt.people[0], Needs: p.opt.needs})
	if err != nil {
		return 0, err
	}
	seconds = time.Since(begin).Seconds()
	text, err := json.Marshal(seconds)
	if err != nil {
		return 0, err
	}
	return seconds, os.WriteFile(note, text, 0o600)
}

// open returns the drawn needs that are open, in the order of their references,
// at most so many.
func (p *product) open(most int) (open []needs.Terms, err error) {
	err = p.DB.View(p.ctx, func(tx *store.Tx) error {
		var ids []string
		err := tx.Model(&needs.Need{}).Where("state = ? AND reference LIKE ?", needs.Published, "DEMO-G%").
			Order("reference").Limit(most).Pluck("id", &ids).Error
		if err != nil {
			return err
		}
		open, err = needs.TermsIn(tx, ids)
		return err
	})
	return open, err
}

// narrow reads the needs that are asked about.
func (p *product) narrow() (err error) {
	p.terms, err = p.open(p.opt.asked)
	if err == nil && len(p.terms) == 0 {
		err = errors.New("no needs were drawn")
	}
	if err == nil {
		p.who = identity.Actor{UserID: store.System.UserID, Role: identity.Coordinator, ProgrammeID: p.terms[0].ProgrammeID, Locale: "en"}
	}
	return err
}

// eachPage reads everybody who can be found, in the order of their identifiers.
func (p *product) eachPage(f func([]registry.Profile)) error {
	for after := ""; ; {
		var profiles []registry.Profile
		err := p.DB.View(p.ctx, func(tx *store.Tx) error {
			ids, err := registry.VisiblePageIn(tx, p.who.ProgrammeID, after, 500)
			if err == nil {
				profiles, err = registry.ProfilesIn(tx, ids)
			}
			return err
		})
		if err != nil || len(profiles) == 0 {
			return err
		}
		after = profiles[len(profiles)-1].ID
		f(profiles)
	}
}

// spell writes the corpus.
func (p *product) spell() error {
	if err := p.narrow(); err != nil {
		return err
	}
	all := make([]matching.Need, len(p.terms))
	for i, t := range p.terms {
		all[i] = p.reading.Need(t)
	}
	s := newSpelling(p.Taxonomy, p.reading.Texts, narrowedAll(all, p.reading.Texts))
	var people []document
	var ids []string
	err := p.eachPage(func(profiles []registry.Profile) {
		for _, one := range profiles {
			ids, people = append(ids, one.ID), append(people, s.document(p.reading.Person(one)))
		}
	})
	if err != nil {
		return err
	}
	var queries []question
	for _, anyOrigin := range []bool{false, true} {
		for row := range rows {
			for number, n := range all {
				queries = append(queries, s.question(narrowed(n, row, p.reading.Texts), row, number, anyOrigin))
			}
		}
	}
	text, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(p.opt.dir, "ids.json"), text, 0o600); err != nil {
		return err
	}
	return writeCorpus(p.opt.dir, people, queries)
}

func narrowedAll(all []matching.Need, texts matching.Texts) []matching.Need {
	out := make([]matching.Need, len(all))
	for i, n := range all {
		out[i] = narrowed(n, 0, texts)
	}
	return out
}

// prepare reads what queries ask about, so that asking measures the ranking alone.
func (p *product) prepare() error {
	text, err := os.ReadFile(filepath.Join(p.opt.dir, "ids.json"))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &p.people); err != nil {
		return err
	}
	p.numbers = make(map[string]int, len(p.people))
	for number, one := range p.people {
		p.numbers[one] = number
	}
	if err := errors.Join(p.settle(), p.narrow()); err != nil {
		return err
	}
	c, err := readCorpus(p.opt.dir, false)
	if err != nil {
		return err
	}
	for _, q := range c.queries {
		var n matching.Need
		if q.need < len(p.terms) {
			n = narrowed(p.reading.Need(p.terms[q.need]), q.row, p.reading.Texts)
		}
		if q.any {
			n.Country = ""
		}
		p.asked = append(p.asked, n)
	}
	return nil
}

// search ranks by the index alone: conditions with their counts, and the exact
// score of everybody who meets them.
func (p *product) search(number int) (time.Duration, int, []int, error) {
	begin := time.Now()
	order, err := p.Search.Order(p.ctx, p.asked[number], p.who.ProgrammeID, best)
	took := time.Since(begin)
	if err != nil {
		return 0, 0, nil, err
	}
	found := make([]int, len(order.Best))
	for i, one := range order.Best {
		found[i] = p.numbers[one.ProfessionalID]
	}
	return took, order.Passed, found, nil
}
