// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// Suited is a person who meets the conditions of a need, and how well they suit
// it.
type Suited struct {
	NeedID         string
	ProfessionalID string
	Pseudonym      string
	Score          int // of matching.Whole
}

// Suitable returns, for each of the needs, the people who suit it best, at most so
// many of each: need by need in the order given, and of one need the best first.
// It is for the coordinator of the programme, like Rank. It shows nobody to
// anybody: whoever shows the people records that they were seen.
func (s *Service) Suitable(ctx context.Context, who identity.Actor, needIDs []string, most int) ([]Suited, error) {
	now, seen := s.usable(ctx)
	if now != nil {
		all, err := s.suitableIndexed(ctx, who, needIDs, most, indexed{s, now, seen})
		if !s.damaged(ctx, now, err) {
			return all, err
		}
	}
	var all []Suited
	for _, needID := range needIDs {
		r, order, err := s.rankBy(ctx, who, needID, 0, most, unindexed{s}, nil)
		if err != nil {
			return nil, err
		}
		all = append(all, suited(r.Need.ID, order)...)
	}
	return all, nil
}

func suited(needID string, order []outcome) []Suited {
	all := make([]Suited, len(order))
	for i, o := range order {
		all[i] = Suited{NeedID: needID, ProfessionalID: o.id, Pseudonym: o.pseudonym, Score: o.score}
	}
	return all
}

// suitableIndexed ranks for all needs at once, on all processors. Where the index
// was as far as the ledger all the while, it knows what the database does; else the
// database is asked once about everybody who was found.
func (s *Service) suitableIndexed(ctx context.Context, who identity.Actor, needIDs []string, most int, by indexed) (all []Suited, err error) {
	err = s.db.View(ctx, func(tx *store.Tx) error {
		terms, err := manyRankable(tx, who, needIDs)
		if err != nil {
			return err
		}
		served, err := s.served(tx, nil, &matching.Crowd{})
		if err != nil {
			return err
		}
		orders, err := s.ordersOf(ctx, by.now, terms, served, most+spare)
		if err != nil {
			return err
		}
		if abreast, err := by.abreast(tx); err != nil || abreast {
			for i, order := range orders {
				all = append(all, suited(terms[i].ID, order[:min(max(most, 0), len(order))])...)
			}
			return err
		}
		sure, err := certain(tx, who.ProgrammeID, orders)
		if err != nil {
			return err
		}
		for i, order := range orders {
			left := sure.of(order)
			if len(left) < len(order) { // Somebody has gone or changed: this need is looked at again by itself.
				got, err := by.order(ctx, tx, s.need(terms[i]), terms[i].ProgrammeID, served, 0, most)
				if err != nil {
					return err
				}
				left = got.order
			}
			all = append(all, suited(terms[i].ID, left[:min(max(most, 0), len(left))])...)
		}
		return nil
	})
	return all, err
}

// abreast tells whether the index has seen what the view of the database has: no event
// less, and at most the one that is being written to it, which is newer still.
func (x indexed) abreast(tx *store.Tx) (bool, error) {
	last, err := unindexed{}.position(tx)
	now, seen, _ := x.s.current()
	return now == x.now && seen == x.seen && last == x.seen, err
}

// manyRankable returns the terms of needs that the actor may rank people for, in
// the order given.
func manyRankable(tx *store.Tx, who identity.Actor, needIDs []string) ([]needs.Terms, error) {
	if !who.Is(identity.Coordinator) {
		return nil, missing
	}
	may, err := needs.ReadableIn(tx, who, needIDs)
	if err != nil {
		return nil, err
	}
	found, err := needs.TermsIn(tx, needIDs)
	if err != nil {
		return nil, err
	}
	by := make(map[string]needs.Terms, len(found))
	for _, t := range found {
		if may[t.ID] && t.ProgrammeID == who.ProgrammeID {
			by[t.ID] = t
		}
	}
	all := make([]needs.Terms, len(needIDs))
	for i, needID := range needIDs {
		t, ok := by[needID]
		if !ok {
			return nil, missing
		}
		all[i] = t
	}
	return all, nil
}

// ordersOf ranks people for every need.
func (s *Service) ordersOf(ctx context.Context, now *shelf, terms []needs.Terms, served missions, most int) ([][]outcome, error) {
	orders := make([][]outcome, len(terms))
	var mu sync.Mutex
	var failed error
	err := now.use(func() error {
		inParallel(len(terms), func(i int) {
			a := asking{need: s.need(terms[i]), programme: terms[i].ProgrammeID, vocabulary: s.vocabulary, served: served}
			got, err := now.columns.order(ctx, a, most)
			orders[i] = got.best
			if err != nil {
				mu.Lock()
				defer mu.Unlock()
				failed = errors.Join(failed, err)
			}
		})
		return failed
	})
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errSearching, err)
	}
	return orders, nil
}

// certainty is who can be found, and the version of their profile now.
type certainty map[string]int

// certain asks the database about everybody in the orders.
func certain(tx *store.Tx, programme string, orders [][]outcome) (certainty, error) {
	seen := map[string]bool{}
	var ids []string
	for _, order := range orders {
		for _, o := range order {
			if !seen[o.id] {
				seen[o.id] = true
				ids = append(ids, o.id)
			}
		}
	}
	visible, err := registry.VisibleIn(tx, programme, ids)
	if err != nil {
		return nil, err
	}
	versions, err := versionsIn(tx, ids)
	if err != nil {
		return nil, err
	}
	sure := certainty{}
	for id, version := range versions {
		if visible[id] {
			sure[id] = version
		}
	}
	return sure, nil
}

// of returns those of an order who can be found and are what they were.
func (c certainty) of(order []outcome) []outcome {
	left := make([]outcome, 0, len(order))
	for _, o := range order {
		if version, ok := c[o.id]; ok && version == o.version {
			left = append(left, o)
		}
	}
	return left
}
