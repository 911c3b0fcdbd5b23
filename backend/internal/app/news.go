// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"

	"sankofa/backend/internal/store"
)

// words follows the ledger for the vocabulary: another server of the same
// database may have imported ESCO, or been taught a word, and ours must know it too.
type words struct {
	app  *App
	seen atomic.Int64
}

// Name names the reader of the ledger.
func (w *words) Name() string { return "vocabulary" }

// Position returns the last event that was looked at. What happened before the
// start is in the tables that were read then.
func (w *words) Position(ctx context.Context) (int64, error) {
	if at := w.seen.Load(); at > 0 {
		return at, nil
	}
	last, err := w.app.DB.LastEvent(ctx)
	if err == nil {
		w.seen.Store(last)
	}
	return last, err
}

// Deliver reads the vocabulary again after an import, and indexes people by it.
func (w *words) Deliver(ctx context.Context, events []store.Event) error {
	// The index reads the words that staff teach by itself, but while there is none
	// the database answers, and must know them too.
	if slices.ContainsFunc(events, func(e store.Event) bool { return strings.HasPrefix(e.Name, "word.") }) {
		if err := w.app.Taxonomy.ReadLocal(ctx, w.app.DB); err != nil {
			return err
		}
	}
	if slices.ContainsFunc(events, func(e store.Event) bool { return e.Name == "esco.imported" }) {
		if err := w.app.Taxonomy.Extend(ctx, w.app.DB); err != nil {
			return err
		}
		if err := w.app.Search.Rebuild(ctx, nil); err != nil {
			return err
		}
	}
	w.seen.Store(events[len(events)-1].Number)
	return nil
}
