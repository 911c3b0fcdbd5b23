// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"context"
	"fmt"

	index "github.com/blevesearch/bleve_index_api"

	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/store"
)

// numbers is how many documents of each kind there are.
type numbers struct{ people, needs int }

// expected counts what the index should hold.
func (s *Service) expected(ctx context.Context) (numbers, error) {
	var n struct{ People, Needs int }
	err := s.db.View(ctx, func(tx *store.Tx) error {
		return tx.Raw(`SELECT (SELECT count(*)`+visiblePeople+`) AS people,
			(SELECT count(*) FROM needs WHERE state = ?) AS needs`, needs.Published).Scan(&n).Error
	})
	return numbers{people: n.People, needs: n.Needs}, err
}

// Drift compares what the index holds with what the database says it should, and
// returns errDamaged when they differ although no event is outstanding.
func (s *Service) Drift(ctx context.Context) error {
	now, seen, _ := s.current()
	if now == nil {
		return nil
	}
	want, err := s.expected(ctx)
	if err != nil {
		return err
	}
	var got numbers
	err = now.read(func(r index.IndexReader) (err error) {
		st := state{ctx: ctx, reader: r}
		if got.people, err = st.holding(kindField, personKind); err == nil {
			got.needs, err = st.holding(kindField, needKind)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("%w: %w", errDamaged, err)
	}
	// Only if nothing has happened since do the two speak of the same moment.
	last, err := s.db.LastEvent(ctx)
	if err != nil {
		return err
	}
	if _, still, _ := s.current(); still != seen || last != seen || got == want {
		return nil
	}
	return fmt.Errorf("%w: it holds %d people and %d needs, the database %d and %d",
		errDamaged, got.people, got.needs, want.people, want.needs)
}
