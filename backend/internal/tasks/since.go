// SPDX-License-Identifier: AGPL-3.0-or-later

package tasks

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"sankofa/backend/internal/lifecycle"
	"sankofa/backend/internal/store"
)

// step is a record that came from one state into another, as the ledger has it.
type step struct {
	from, to string
	at       time.Time
}

// stepsIn reads from the ledger how records came to where they are, oldest first.
// Whatever else was written about a record does not begin its waiting anew.
func stepsIn(tx *store.Tx, ids []string) (map[string][]step, error) {
	found := map[string][]step{}
	for part := range slices.Chunk(ids, 500) {
		var rows []struct {
			Subject, Details string
			At               time.Time
		}
		err := tx.Raw(`SELECT subject, details, at FROM ledger WHERE subject IN ? AND (name LIKE 'need.%' OR name LIKE 'candidacy.%' OR name LIKE 'placement.%')
			ORDER BY number`, part).Scan(&rows).Error
		if err != nil {
			return nil, fmt.Errorf("load steps: %w", err)
		}
		for _, r := range rows {
			var said struct{ From, To string }
			_ = json.Unmarshal([]byte(r.Details), &said) // Details are JSON that we wrote ourselves.
			if said.To != "" && said.To != said.From {
				found[r.Subject] = append(found[r.Subject], step{said.From, said.To, r.At})
			}
		}
	}
	return found, nil
}

// since is when a record came into the state that it is in; what the ledger does not
// know of is as old as its last writing.
func since(steps []step, state string, written time.Time) time.Time {
	if n := len(steps); n > 0 && steps[n-1].to == state {
		return steps[n-1].at
	}
	return written
}

// CameIn tells since when records have been in the state that they are in: states and
// when they were last written, by identifier.
func CameIn(tx *store.Tx, states map[string]string, written map[string]time.Time) (map[string]time.Time, error) {
	ids := make([]string, 0, len(states))
	for id := range states {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	steps, err := stepsIn(tx, ids)
	if err != nil {
		return nil, err
	}
	came := make(map[string]time.Time, len(ids))
	for _, id := range ids {
		came[id] = since(steps[id], states[id], written[id])
	}
	return came, nil
}

// Limit returns the days that a record may stay in a state, or 0 where it has a date
// of its own or waits for nothing.
func Limit(record Record, state string) int { return of(record)[lifecycle.State(state)].Days }
