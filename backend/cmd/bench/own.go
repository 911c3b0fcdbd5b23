// SPDX-License-Identifier: AGPL-3.0-or-later

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store"
)

// own is what was measured of the product beyond the comparison. Times are in
// nanoseconds.
type own struct {
	Load    float64 // seconds to load the database
	Start   time.Duration
	Order   spread // the order of everybody for a need as it stands, by the index alone
	Whole   spread // the same as a coordinator is given it: read again, with counts and reasons
	Reverse spread // the open needs for a person, with reasons
	Visible spread // from the commit of a change to the end of the next search
	Beside  spread // the order, while somebody changes profiles all the time
	Many    [2]time.Duration
	Needs   int
	Recall  float64 // of the best 50 against comparing everybody by the rules
	Checked int     // needs for which that was done
}

// spread is the middle and the slow end of some times.
type spread struct{ Median, P95 time.Duration }

func spreadOf(times []time.Duration) spread {
	return spread{Median: quantile(times, 50), P95: quantile(times, 95)}
}

// own asks the product for its own figures.
func (c *child) own() (*own, error) {
	if _, err := fmt.Fprintln(c.in, "own"); err != nil {
		return nil, err
	}
	line, err := c.out.ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.name, err)
	}
	out := &own{}
	return out, json.Unmarshal(line, out)
}

// other measures what is not a query.
func (p *product) other(string) (string, error) {
	out := own{Start: p.started, Needs: p.opt.needs}
	for _, step := range []func(*own) error{p.loaded, p.requests, p.reverse, p.many, p.exact, p.changes} {
		if err := step(&out); err != nil {
			return "", err
		}
	}
	text, err := json.Marshal(out)
	return string(text), err
}

func (p *product) loaded(out *own) (err error) {
	out.Load, err = p.load()
	return err
}

// timed runs f so many times for each of n things, in turn; the first round only
// warms up.
func timed(rounds, n int, f func(i int) error) ([]time.Duration, error) {
	var times []time.Duration
	for round := range rounds + 1 {
		for i := range n {
			begin := time.Now()
			if err := f(i); err != nil {
				return nil, err
			}
			if round > 0 {
				times = append(times, time.Since(begin))
			}
		}
	}
	return times, nil
}

// requests compares the order with the whole answer, in turn.
func (p *product) requests(out *own) error {
	var orders, answers []time.Duration
	for round := range 6 {
		for _, t := range p.terms {
			need := p.reading.Need(t)
			begin := time.Now()
			if _, err := p.Search.Order(p.ctx, need, t.ProgrammeID, best); err != nil {
				return err
			}
			between := time.Now()
			r, err := p.Search.Rank(p.ctx, p.who, t.ID, best)
			if err != nil {
				return err
			}
			if r.Source != "index" {
				return errors.New("the database answered")
			}
			if round > 0 {
				orders, answers = append(orders, between.Sub(begin)), append(answers, time.Since(between))
			}
		}
	}
	out.Order, out.Whole = spreadOf(orders), spreadOf(answers)
	return nil
}

// reverse lists the needs for some people.
func (p *product) reverse(out *own) error {
	times, err := timed(3, 20, func(i int) error {
		person := p.people[i*len(p.people)/20]
		who := identity.Actor{UserID: store.System.UserID, Role: identity.Professional, ProfessionalID: person, Locale: "en"}
		_, err := p.Search.NeedsFor(p.ctx, who, person, best)
		return err
	})
	out.Reverse = spreadOf(times)
	return err
}

// many ranks for all open needs at once, on one processor and on two.
func (p *product) many(out *own) error {
	open, err := p.open(p.opt.needs)
	if err != nil {
		return err
	}
	ids := make([]string, len(open))
	for i, t := range open {
		ids[i] = t.ID
	}
	out.Needs = len(ids)
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	for round := range 3 { // the first warms up
		processors := 1 + round%2
		runtime.GOMAXPROCS(processors)
		begin := time.Now()
		if _, err := p.Search.Suitable(p.ctx, p.who, ids, best); err != nil {
			return err
		}
		if took := time.Since(begin); round > 0 {
			out.Many[processors-1] = took
		}
	}
	return nil
}

// exact compares the best of some needs with those that come out when everybody
// is read from the database and compared by the rules.
func (p *product) exact(out *own) error {
	rules, err := search.New(search.Options{DB: p.DB, Directory: filepath.Join(p.opt.home(), "none"), Vocabulary: p.Taxonomy})
	if err != nil {
		return err
	}
	same, all := 0, 0
	for _, t := range p.terms[:min(3, len(p.terms))] {
		want, err := rules.Rank(p.ctx, p.who, t.ID, best)
		if err != nil {
			return err
		}
		got, err := p.Search.Rank(p.ctx, p.who, t.ID, best)
		if err != nil {
			return err
		}
		at := map[string]int{}
		for _, c := range got.Candidates {
			at[c.ProfessionalID] = c.Score
		}
		for _, c := range want.Candidates {
			all++
			if score, ok := at[c.ProfessionalID]; ok && score == c.Score {
				same++
			}
		}
		out.Checked++
	}
	out.Recall = float64(same) / float64(max(all, 1))
	return nil
}

// touch changes one profile in a way that no ranking depends on, so that the
// people stay those whom the other engines know.
func (p *product) touch(i int) error {
	person := p.people[i%len(p.people)]
	return p.DB.Change(p.ctx, store.System, func(tx *store.Tx) error {
		tx.Emit("professional.updated", person)
		return tx.Exec(`UPDATE professionals SET notice_days = ?, version = version + 1 WHERE id = ?`, 14+i%60, person).Error
	})
}

// changes measures how soon the next search knows of a change, and what changes
// cost those who search beside them.
func (p *product) changes(out *own) error {
	need := p.reading.Need(p.terms[0])
	var seen []time.Duration
	for i := range 40 {
		if err := p.touch(i); err != nil {
			return err
		}
		begin := time.Now()
		if err := p.settle(); err != nil { // as every search does first
			return err
		}
		if _, err := p.Search.Order(p.ctx, need, p.who.ProgrammeID, best); err != nil {
			return err
		}
		seen = append(seen, time.Since(begin))
	}
	out.Visible = spreadOf(seen)
	var stop atomic.Bool
	failed := make(chan error, 1)
	go func() {
		for i := 0; !stop.Load(); i++ {
			if err := errors.Join(p.touch(1000+i), p.settle()); err != nil {
				failed <- err
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
		failed <- nil
	}()
	times, err := p.orders(5)
	stop.Store(true)
	out.Beside = spreadOf(times)
	return errors.Join(err, <-failed)
}

// orders times the order of every need, again and again.
func (p *product) orders(rounds int) (times []time.Duration, err error) {
	for range rounds {
		for _, t := range p.terms {
			need := p.reading.Need(t)
			if err := p.settle(); err != nil {
				return nil, err
			}
			begin := time.Now()
			if _, err := p.Search.Order(p.ctx, need, t.ProgrammeID, best); err != nil {
				return nil, err
			}
			times = append(times, time.Since(begin))
		}
	}
	return times, nil
}

// settle waits until the index knows all that has happened.
func (p *product) settle() error {
	last, err := p.DB.LastEvent(p.ctx)
	if err != nil {
		return err
	}
	return p.Search.Settle(p.ctx, last)
}
