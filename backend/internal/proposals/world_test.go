// SPDX-License-Identifier: AGPL-3.0-or-later

package proposals_test

import (
	"context"
	"testing"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/needs/needstest"
	"sankofa/backend/internal/placements/placementstest"
	"sankofa/backend/internal/proposals"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store"
)

// world is the world of placements with proposals, and scores that a test sets.
type world struct {
	*placementstest.World
	proposals *proposals.Service
	scores    scores
}

func newWorld(t *testing.T, db *store.DB) *world {
	w := &world{World: placementstest.New(t, db), scores: scores{}}
	w.proposals = &proposals.Service{DB: db, Search: finder{db, w.scores}, Views: w.Audit, Work: 3_000_000}
	return w
}

// scores are by need and pseudonym; who has none does not meet the conditions.
type scores map[[2]string]int

// finder is search with the scores of a test.
type finder struct {
	db     *store.DB
	scores scores
}

func (f finder) everybody(ctx context.Context) (all []registry.Professional, err error) {
	err = f.db.View(ctx, func(tx *store.Tx) error { return tx.Order("pseudonym").Find(&all).Error })
	return all, err
}

func (f finder) Suitable(ctx context.Context, _ identity.Actor, needIDs []string, most int) ([]search.Suited, error) {
	people, err := f.everybody(ctx)
	var all []search.Suited
	for _, needID := range needIDs {
		for _, p := range people {
			if score, ok := f.scores[[2]string{needID, p.Pseudonym}]; ok {
				all = append(all, search.Suited{NeedID: needID, ProfessionalID: p.ID, Pseudonym: p.Pseudonym, Score: score})
			}
		}
	}
	return all, err
}

func (f finder) Explain(ctx context.Context, _ identity.Actor, ref, pseudonym string) (search.Candidate, error) {
	people, err := f.everybody(ctx)
	for _, p := range people {
		if p.Pseudonym == pseudonym {
			return search.Candidate{ProfessionalID: p.ID, Person: pseudonym, Blocked: []matching.Block{{Condition: matching.Languages}}}, err
		}
	}
	return search.Candidate{}, fault.New(fault.Missing, "professional.missing", "There is nobody here by that name.")
}

func (f finder) NeedsFor(ctx context.Context, _ identity.Actor, professionalID string, _ int) (all []search.Suiting, err error) {
	var found []needs.Need
	err = f.db.View(ctx, func(tx *store.Tx) error {
		return tx.Where("state = ?", needs.Published).Order("reference").Find(&found).Error
	})
	for _, n := range found {
		all = append(all, search.Suiting{Need: search.OpenNeed{ID: n.ID, Reference: n.Reference, Title: n.Title}})
	}
	return all, err
}

// need publishes a need of the host from one day to another.
func (w *world) need(from, to string, change func(*needs.Form)) needs.View {
	form := needstest.Form()
	form.StartsOn, form.EndsOn, form.ShortestDays = day.Day(from), day.Day(to), 0
	if change != nil {
		change(&form)
	}
	return w.Of.PublishedOf(form)
}

// suits sets how well people suit a need.
func (w *world) suits(n needs.View, people []identity.Actor, points ...int) {
	for i, score := range points {
		if score > 0 {
			w.scores[[2]string{n.ID, w.Pseudonym(people[i])}] = score
		}
	}
}
