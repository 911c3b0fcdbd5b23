// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"context"
	"fmt"
	"io"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
)

// ReplayOptions are what `sankofa replay` asks for.
type ReplayOptions struct {
	Snapshot string `json:"snapshot"` // identifier
	Values   bool   `json:"values"`   // also what the scores were made of
}

// ReplayResult is what `sankofa replay` answers.
type ReplayResult struct {
	Snapshot string `json:"snapshot"`
	Intact   bool   `json:"intact"` // the body is the one that was kept
	search.Replayed
	Made *matching.Made `json:"made,omitempty"` // need, weights, counts and people, as they were scored
}

// replay computes a frozen ranking again, for the operator or an auditor beside
// them.
func (a *App) replay(ctx context.Context, o ReplayOptions) (ReplayResult, error) {
	var kept []selection.Snapshot
	err := a.DB.View(ctx, func(tx *store.Tx) error { return tx.Where("id = ?", o.Snapshot).Limit(1).Find(&kept).Error })
	if err != nil {
		return ReplayResult{}, fmt.Errorf("load snapshot: %w", err)
	}
	if len(kept) == 0 {
		return ReplayResult{}, fault.New(fault.Missing, "snapshot.missing", "There is no frozen ranking %s.", o.Snapshot)
	}
	result := ReplayResult{Snapshot: kept[0].ID, Intact: kept[0].Intact()}
	if result.Replayed, err = search.Replay([]byte(kept[0].Body)); err != nil || !o.Values {
		return result, err
	}
	made, ok, err := search.MadeOf([]byte(kept[0].Body))
	if ok {
		result.Made = &made
	}
	return result, err
}

// Print writes the result for a person.
func (r ReplayResult) Print(w io.Writer) {
	fmt.Fprintf(w, "Frozen ranking %s, rules %s.\n", r.Snapshot, r.Algorithm)
	if !r.Intact {
		fmt.Fprintln(w, "The stored text is NOT the one that was kept: its SHA-256 differs.")
	}
	switch {
	case r.Reason == search.NoValues:
		fmt.Fprintln(w, "It was frozen before rankings kept what they were made of. It is shown as it was frozen and cannot be computed again.")
	case r.Reason == search.OtherRules:
		fmt.Fprintln(w, "This version does not have the rules of that time. It is shown as it was frozen and cannot be computed again.")
	case r.Equal:
		fmt.Fprintf(w, "Computed again for %d people: every score, rank and reason is the same.\n", r.Compared)
	default:
		fmt.Fprintf(w, "Computed again for %d people: these lines differ.\n", r.Compared)
	}
	if r.Kept > 0 {
		fmt.Fprintf(w, "Of %d people further down the score alone was kept.\n", r.Kept)
	}
	for _, d := range r.Differences {
		fmt.Fprintf(w, "  %-12s %-18s frozen   %s\n%33sreplayed %s\n", d.Person, d.What, d.Frozen, "", d.Replayed)
	}
}
