// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"context"
	"fmt"
	"math/rand/v2"

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

// sampleSize is how many people are compared one by one at each check.
const sampleSize = 100

// Drift compares what the index holds with what the database says it should: the
// counts, and some people one by one. It returns errDamaged when they differ
// although no event is outstanding.
func (s *Service) Drift(ctx context.Context) error {
	for range 3 {
		sure, err := s.drift(ctx)
		if sure || err != nil {
			return err
		}
	}
	return nil // So much happens that no two looks agree; the next check will see.
}

// drift looks once, and tells whether nothing happened meanwhile: only then do
// the index and the database speak of the same moment.
func (s *Service) drift(ctx context.Context) (sure bool, err error) {
	now, seen := s.usable(ctx)
	if now == nil {
		return true, nil
	}
	want, err := s.expected(ctx)
	if err != nil {
		return true, err
	}
	sample, err := s.sample(ctx, want.people)
	if err != nil {
		return true, err
	}
	got, odd, err := counted(ctx, now, sample)
	if ctx.Err() != nil {
		return true, ctx.Err()
	}
	if err != nil {
		return true, fmt.Errorf("%w: %w", errDamaged, err)
	}
	last, err := s.db.LastEvent(ctx)
	if _, still, _ := s.current(); err != nil || still != seen || last != seen {
		return false, err
	}
	if got != want || odd != "" {
		return true, fmt.Errorf("%w: it holds %d people and %d needs, the database %d and %d; it differs about %q",
			errDamaged, got.people, got.needs, want.people, want.needs, odd)
	}
	return true, nil
}

// sample returns some people who can be found, and the versions of their profiles.
func (s *Service) sample(ctx context.Context, people int) (map[string]int, error) {
	var versions map[string]int
	err := s.db.View(ctx, func(tx *store.Tx) error {
		var ids []string
		err := tx.Raw(`SELECT p.id`+visiblePeople+` ORDER BY p.id LIMIT ? OFFSET ?`, sampleSize, rand.IntN(max(1, people-sampleSize+1))).Scan(&ids).Error
		if err == nil {
			versions, err = versionsIn(tx, ids)
		}
		return err
	})
	return versions, err
}

// counted counts what an index holds, and names one of the sample of whom it
// knows another version, if there is one.
func counted(ctx context.Context, now *shelf, sample map[string]int) (got numbers, odd string, err error) {
	err = now.read(func(r index.IndexReader) error {
		st := state{ctx: ctx, reader: r}
		var err error
		if got.people, err = st.holding(kindField, personKind); err != nil {
			return err
		}
		if got.needs, err = st.holding(kindField, needKind); err != nil {
			return err
		}
		for id, version := range sample {
			text, err := st.row(id)
			if err != nil {
				odd = id
				continue
			}
			if known, err := versionOf(text); err != nil || known != version || now.columns.version(id) != version {
				odd = id
			}
		}
		return nil
	})
	return got, odd, err
}
