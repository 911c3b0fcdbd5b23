// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"context"
	"fmt"
	"slices"

	index "github.com/blevesearch/bleve_index_api"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// What follows is asked by saved searches on behalf of whoever saved them. It shows
// nobody to anybody, so it records no view.

// Check complains about a search that cannot be read.
func (s *Service) Check(asked Asked, language string) error {
	_, err := s.inquire(asked, language)
	return err
}

// Meeting returns everybody of a programme who meets a search, and the last event
// of the ledger that the answer knows of.
func (s *Service) Meeting(ctx context.Context, programmeID string, asked Asked, language string) (ids []string, position int64, err error) {
	position, err = s.put(ctx, programmeID, asked, language, func(src source, hits set) (err error) {
		ids, err = src.external(slices.Collect(hits.all()))
		return err
	})
	return ids, position, err
}

// MeetingAmong returns those of the people who meet a search, just as Meeting would.
func (s *Service) MeetingAmong(ctx context.Context, programmeID string, asked Asked, language string, people []string) (map[string]bool, error) {
	met := map[string]bool{}
	_, err := s.put(ctx, programmeID, asked, language, func(src source, hits set) error {
		numbers, err := src.numbered(people)
		for id, n := range numbers {
			if hits.has(n) {
				met[id] = true
			}
		}
		return err
	})
	return met, err
}

// put puts a search to the index, or to the database where that will not do.
func (s *Service) put(ctx context.Context, programmeID string, asked Asked, language string, f func(source, set) error) (int64, error) {
	q, err := s.inquire(asked, language)
	if err != nil {
		return 0, err
	}
	if now, seen := s.usable(ctx); now != nil {
		err := now.read(func(r index.IndexReader) error {
			src, err := newShelfSource(ctx, now, r, programmeID)
			if err != nil {
				return err
			}
			return s.putTo(src, q, f)
		})
		if err == nil {
			return seen, nil
		}
		if err = fmt.Errorf("%w: %w", errSearching, err); !s.damaged(ctx, now, err) {
			return 0, err
		}
	}
	var last int64
	err = s.db.View(ctx, func(tx *store.Tx) error {
		if err := tx.Raw(`SELECT last FROM ledger_head WHERE one = 1`).Scan(&last).Error; err != nil {
			return err
		}
		src, err := s.folderOf(ctx, tx, programmeID, q)
		if err != nil {
			return err
		}
		return s.putTo(src, q, f)
	})
	return last, err
}

func (s *Service) putTo(src source, q inquiry, f func(source, set) error) error {
	e := newEvaluation(src, s.texts)
	e.exact, e.wordbook = q.Exact, s.wordbook.fresh(s.vocabulary)
	met, err := e.met(q.plan)
	if err != nil {
		return err
	}
	narrow, err := narrowed(src, q.Choices)
	if err != nil {
		return err
	}
	return f(src, narrow.left(met.and(src.everybody()), ""))
}

// Best returns the best people for a need of a programme, best first, and the last
// event of the ledger that the answer knows of.
func (s *Service) Best(ctx context.Context, programmeID, needID string, most int) (ids []string, position int64, err error) {
	// Everybody is ranked by the rules of the coordinator of the need's programme.
	who := identity.Actor{UserID: store.System.UserID, Role: identity.Coordinator, ProgrammeID: programmeID}
	r, order, err := s.rank(ctx, who, needID, 1, most, nil)
	if err != nil {
		return nil, 0, err
	}
	for _, o := range order[:min(most, len(order))] {
		ids = append(ids, o.id)
	}
	return ids, r.IndexPosition, nil
}

// Glance is what a list shows of a person, by pseudonym.
type Glance struct {
	Person  string  `json:"person" doc:"The person's pseudonym"`
	Demo    bool    `json:"demo"`
	Summary Summary `json:"summary"`
}

// GlancesIn returns those of the people who can be found in the programme now.
func GlancesIn(tx *store.Tx, programmeID string, ids []string) (map[string]Glance, error) {
	profiles, err := registry.ProfilesIn(tx, ids)
	if err != nil {
		return nil, err
	}
	out := map[string]Glance{}
	for _, p := range profiles {
		if findable(p) && slices.Contains(p.Programmes, programmeID) {
			out[p.ID] = Glance{Person: p.Pseudonym, Demo: p.Demo, Summary: summary(p, tx.Now)}
		}
	}
	return out, nil
}
