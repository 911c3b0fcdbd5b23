// SPDX-License-Identifier: AGPL-3.0-or-later

package audit

import (
	"context"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// leaf is how many entries are read at a time.
const leaf = 1000

// Proof says whether the ledger is whole.
type Proof struct {
	Entries  int64
	Intact   bool
	BrokenAt int64 // the first entry that does not continue the chain; zero when it is whole
}

// Check walks the whole ledger and verifies that every entry is there, in order,
// and continues the chain of hashes, up to the end that the counter remembers.
func (s *Service) Check(ctx context.Context, who identity.Actor) (Proof, error) {
	if !who.Is(identity.Administrator, identity.Coordinator) {
		return Proof{}, missing
	}
	return Verify(ctx, s.DB)
}

// Verify is Check for a program that runs on the machine itself.
func Verify(ctx context.Context, db *store.DB) (Proof, error) {
	last, hash, err := end(ctx, db)
	if err != nil {
		return Proof{}, err
	}
	previous := ""
	for number := int64(0); number < last; {
		events, err := db.Events(ctx, number, leaf)
		if err != nil {
			return Proof{}, err
		}
		if len(events) == 0 {
			return Proof{Entries: last, BrokenAt: number + 1}, nil // the rest was cut off
		}
		for _, e := range events {
			if e.Number > last {
				break // written since we began; the next check reads it
			}
			if e.Number != number+1 || e.Hash != e.Chain(previous) {
				return Proof{Entries: last, BrokenAt: number + 1}, nil
			}
			number, previous = e.Number, e.Hash
		}
	}
	if previous != hash {
		return Proof{Entries: last, BrokenAt: last}, nil
	}
	return Proof{Entries: last, Intact: true}, nil
}

// end returns the number and the hash of the newest entry, as the counter
// remembers them.
func end(ctx context.Context, db *store.DB) (last int64, hash string, err error) {
	var head struct {
		Last int64
		Hash string
	}
	err = db.View(ctx, func(tx *store.Tx) error {
		return tx.Raw(`SELECT last, hash FROM ledger_head WHERE one = 1`).Scan(&head).Error
	})
	return head.Last, head.Hash, err
}
