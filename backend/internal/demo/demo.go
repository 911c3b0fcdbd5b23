// SPDX-License-Identifier: AGPL-3.0-or-later

// Package demo makes the demonstration: a programme with its partners, needs of
// the kinds that such programmes see, and any number of fictional professionals,
// all drawn from a seed, so that 300 people or 100,000 come out alike. Whatever
// it makes is marked as demonstration and goes again in one step.
package demo

import (
	"context"
	"fmt"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/taxonomy"
)

// What is the same in every demonstration.
const (
	Programme   = "MIDA-DEMO"            // code of the programme
	Password    = "sankofa-demo-2027"    // of every account
	DefaultSeed = uint64(20270101)       // where none is chosen
	Usual       = 320                    // people, where no number is chosen
	Fewest      = 300                    // people that show what the product does
	Most        = 1_000_000              // people that still have pseudonyms to spare
	domain      = "demo.sankofa.invalid" // of every address; it can never exist (RFC 2606)
)

// Deps is what the demonstration needs from the rest of the system.
type Deps struct {
	DB       *store.DB
	Taxonomy *taxonomy.Taxonomy
}

// Options say how large a demonstration is and what it is drawn from.
type Options struct {
	People   int    // 0 is Usual
	Needs    int    // beyond those that are written out; 0 is none
	Seed     uint64 // 0 is DefaultSeed
	Progress func(done, total int)
}

// Report says what is there, and what a call changed.
type Report struct {
	Programme     string `json:"programme"`
	People        int    `json:"people" doc:"Fictional professionals that are there now"`
	Searchable    int    `json:"searchable" doc:"Of them, who consent to being searched and are active"`
	Needs         int    `json:"needs"`
	Organisations int    `json:"organisations"`
	Accounts      int    `json:"accounts"`
	Added         int    `json:"added" doc:"Professionals that this call made"`
	Removed       int    `json:"removed" doc:"Professionals that this call removed"`
}

// Load makes the demonstration, or what is missing from it: it may be called
// again after it was interrupted, and to have more people.
func Load(ctx context.Context, deps Deps, opt Options) (Report, error) {
	if err := opt.complete(); err != nil {
		return Report{}, err
	}
	m, err := newMaker(deps.Taxonomy, opt.Seed)
	if err != nil {
		return Report{}, err
	}
	if err := (&privacy.Service{DB: deps.DB}).InstallNotices(ctx); err != nil {
		return Report{}, fmt.Errorf("install the consent notices: %w", err)
	}
	l := &loader{Deps: deps, maker: m, hash: sharedHash()}
	for _, step := range []func(context.Context) error{l.partners, l.needs} {
		if err := persistently(func() error { return step(ctx) }); err != nil {
			return Report{}, err
		}
	}
	if err := persistently(func() error { return l.further(ctx, opt.Needs) }); err != nil {
		return Report{}, err
	}
	added, err := l.people(ctx, opt)
	if err != nil {
		return Report{}, err
	}
	report, err := Count(ctx, deps.DB)
	report.Added = added
	return report, err
}

// complete fills in what was not chosen and refuses what makes no sense.
func (o *Options) complete() error {
	if o.People == 0 {
		o.People = Usual
	}
	if o.Seed == 0 {
		o.Seed = DefaultSeed
	}
	if o.Progress == nil {
		o.Progress = func(int, int) {}
	}
	var c fault.Check
	c.That(o.People >= Fewest && o.People <= Most, "people", "number.range",
		"Please give a number from %d to %d.", Fewest, Most)
	c.That(o.Needs >= 0 && o.Needs <= MostNeeds, "needs", "number.range", "Please give a number from 0 to %d.", MostNeeds)
	return c.Err()
}

// persistently tries again when another server that loads at the same moment
// has just written the same thing.
func persistently(step func() error) error {
	var err error
	for range 5 {
		if err = step(); !fault.HasCode(err, "duplicate") {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
	return err
}

// Count says what is there.
func Count(ctx context.Context, db *store.DB) (Report, error) {
	report := Report{Programme: Programme}
	err := db.View(ctx, func(tx *store.Tx) error {
		for to, query := range map[*int]string{
			&report.People: `SELECT count(*) FROM professionals WHERE demo`,
			&report.Searchable: `SELECT count(*) FROM professionals p JOIN visibility v ON v.professional_id = p.id
				WHERE p.demo AND p.state = 'active'`,
			&report.Needs:         `SELECT count(*) FROM needs WHERE demo`,
			&report.Organisations: `SELECT count(*) FROM organisations WHERE demo`,
			&report.Accounts:      `SELECT count(*) FROM users WHERE demo`,
		} {
			if err := tx.Raw(query).Scan(to).Error; err != nil {
				return err
			}
		}
		return nil
	})
	return report, err
}
