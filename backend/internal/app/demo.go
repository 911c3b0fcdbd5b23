// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"context"
	"fmt"
	"io"
	"time"

	"sankofa/backend/internal/demo"
	"sankofa/backend/internal/httpapi"
)

// DemoOptions are what `sankofa demo` asks for.
type DemoOptions struct {
	People int  `json:"people"`
	Remove bool `json:"remove"`
}

// DemoResult is what `sankofa demo` answers: what there is now, how to sign in,
// and who the people of the stories are.
type DemoResult struct{ demo.Description }

// Print writes the result for a person.
func (r DemoResult) Print(w io.Writer) {
	if r.Removed > 0 || len(r.SignIns) == 0 {
		fmt.Fprintf(w, "The demonstration is not there; %d people were removed.\n", r.Removed)
		return
	}
	fmt.Fprintf(w, "%s: %d fictional people (%d new), %d of them searchable; %d needs.\n\nSign in with:\n", r.Programme, r.People, r.Added, r.Searchable, len(r.Needs))
	for _, s := range r.SignIns {
		fmt.Fprintf(w, "  %-14s %-42s %-20s %s\n", s.Role, s.Email, s.Password, s.Organisation)
	}
	fmt.Fprintln(w, "\nNeeds:")
	for _, n := range r.Needs {
		fmt.Fprintf(w, "  %-8s %-2s %-2s %-14s %s\n", n.Reference, n.Country, n.Language, n.State, n.Title)
	}
	fmt.Fprintln(w, "\nPeople of the stories:")
	for _, c := range r.Characters {
		fmt.Fprintf(w, "  %s  %-18s %s, %s (%s)\n", c.Pseudonym, c.Name, c.Work, c.Residence, c.Need)
	}
}

// deps are what the demonstration is made with.
func (a *App) deps() demo.Deps { return demo.Deps{DB: a.DB, Taxonomy: a.Taxonomy} }

// demo loads, extends or removes the demonstration and says what is there.
func (a *App) demo(ctx context.Context, o DemoOptions, progress Progress) (DemoResult, error) {
	var report demo.Report
	var err error
	if o.Remove {
		report, err = demo.Remove(ctx, a.deps())
	} else {
		report, err = demo.Load(ctx, a.deps(), demo.Options{People: o.People,
			Progress: func(done, total int) { progress(int64(done), int64(total)) }})
	}
	if err != nil {
		return DemoResult{}, err
	}
	if err := a.catchUp(ctx, progress); err != nil {
		return DemoResult{}, err
	}
	if !o.Remove {
		if err := a.demoPast(ctx); err != nil {
			return DemoResult{}, err
		}
		if err := a.demoLife(ctx, progress); err != nil {
			return DemoResult{}, fmt.Errorf("let the demonstration live: %w", err)
		}
	}
	d, err := demo.Describe(ctx, a.deps())
	d.Added, d.Removed = report.Added, report.Removed
	return DemoResult{d}, err
}

// demoLife lets the programme come to mid-life.
func (a *App) demoLife(ctx context.Context, progress Progress) error {
	return demo.Live(ctx, a.deps(), demo.Living{Ranker: ranker{a.Search}, Replayer: replayer{}, Wishes: a.Proposals, CatchUp: a.caughtUp,
		Progress: func(done, total int) { progress(int64(done), int64(total)) }})
}

// caughtUp brings the index up to the ledger, or waits until the server has.
func (a *App) caughtUp(ctx context.Context) error {
	if !a.serving.Load() {
		return a.catchUp(ctx, func(int64, int64) {})
	}
	last, err := a.DB.LastEvent(ctx)
	for err == nil {
		var at int64
		if at, err = a.Search.Position(ctx); at >= last {
			break
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
	return err
}

// loadDemo loads the demonstration for a server that starts, and its index with it.
func (a *App) loadDemo(ctx context.Context, progress Progress) error {
	if progress == nil {
		progress = func(int64, int64) {}
	}
	_, err := a.demo(ctx, DemoOptions{People: a.conf.People}, progress)
	return err
}

// signIns lists the accounts of the demonstration that everybody may know. That
// they cannot be read is no reason to refuse anything else.
func (a *App) signIns(ctx context.Context) []httpapi.DemoSignIn {
	found, err := demo.SignIns(ctx, a.DB)
	if err != nil {
		return nil
	}
	out := make([]httpapi.DemoSignIn, 0, len(found))
	for _, s := range found {
		out = append(out, httpapi.DemoSignIn{Role: s.Role, Email: s.Email, Password: s.Password, Name: s.Name, Organisation: s.Organisation})
	}
	return out
}
