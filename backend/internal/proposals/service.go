// SPDX-License-Identifier: AGPL-3.0-or-later

package proposals

import (
	"context"

	"sankofa/backend/internal/assigning"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
)

// Finder finds the people who suit needs; search does.
type Finder interface {
	Suitable(ctx context.Context, who identity.Actor, needIDs []string, most int) ([]search.Suited, error)
	Explain(ctx context.Context, who identity.Actor, ref, pseudonym string) (search.Candidate, error)
	NeedsFor(ctx context.Context, who identity.Actor, professionalID string, limit int) ([]search.Suiting, error)
}

// Service keeps proposals and preferences.
type Service struct {
	DB     *store.DB
	Search Finder
	Views  selection.Views
	// Work bounds each search for the best proposal; 0 means what assigning does.
	Work int64
}

// missing is also the answer about what the reader may not see.
var missing = fault.New(fault.Missing, "proposal.missing", "There is no such proposal, or it is not open to you.")

// Propose asks for a proposal and keeps the question with its answer.
func (s *Service) Propose(ctx context.Context, who identity.Actor, in Inputs) (View, error) {
	if !who.Is(identity.Coordinator) {
		return View{}, missing
	}
	answer, err := s.answer(ctx, who, in)
	if err != nil {
		return View{}, err
	}
	p := Proposal{ID: id.New(), ProgrammeID: who.ProgrammeID, Round: 1, ByUser: who.UserID, Version: 1}
	err = s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		p.CreatedAt, p.UpdatedAt = tx.Now, tx.Now
		if err := tx.Create(&p).Error; err != nil {
			return err
		}
		tx.Emit("proposal.made", p.ID, answer.details(p.Round))
		return answer.keep(tx, who, p)
	})
	if err != nil {
		return View{}, err
	}
	return s.Find(ctx, who, p.ID)
}

// Revise asks again, with other pins or another budget, and keeps that as the next
// round. The version is the proposal's: of two who ask at once, one is told.
func (s *Service) Revise(ctx context.Context, who identity.Actor, proposalID string, version int, in Inputs) (View, error) {
	if !who.Is(identity.Coordinator) {
		return View{}, missing
	}
	// Whoever is too late learns it before the work, and once more after it.
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		_, err := versionIn(tx, who, proposalID, version)
		return err
	})
	if err != nil {
		return View{}, err
	}
	answer, err := s.answer(ctx, who, in)
	if err != nil {
		return View{}, err
	}
	err = s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		p, err := versionIn(tx, who, proposalID, version)
		if err != nil {
			return err
		}
		p.Round++
		if err := save(tx, &p); err != nil {
			return err
		}
		tx.Emit("proposal.revised", p.ID, answer.details(p.Round))
		return answer.keep(tx, who, p)
	})
	if err != nil {
		return View{}, err
	}
	return s.Find(ctx, who, proposalID)
}

// answer is a proposal that is not kept yet.
type answer struct {
	position int64
	inputs   Inputs
	result   Result
}

// answer reads the facts and solves the problem.
func (s *Service) answer(ctx context.Context, who identity.Actor, in Inputs) (answer, error) {
	in = in.tidied()
	if err := in.check(); err != nil {
		return answer{}, err
	}
	facts, err := s.gather(ctx, who, in)
	if err != nil {
		return answer{}, err
	}
	if in.Relays == nil {
		in.Relays = facts.relays(in.Handover)
	}
	asked, err := facts.problem(in)
	if err != nil {
		return answer{}, err
	}
	limits := assigning.Limits{Work: s.Work}
	solved, err := assigning.Solve(ctx, asked.Problem, limits)
	if err != nil {
		return answer{}, err
	}
	if limits.Work == 0 && len(in.Pins) > 0 {
		// All pins together take about as long as the proposal does.
		limits.Work = assigning.DefaultWork / int64(len(in.Pins)+1)
	}
	costs, err := assigning.PinCosts(ctx, asked.Problem, solved, limits)
	if err != nil {
		return answer{}, err
	}
	result := asked.result(solved, costs, in)
	if result.Stable, err = s.stable(ctx, asked); err != nil {
		return answer{}, err
	}
	return answer{position: facts.position, inputs: in, result: result}, nil
}

// Find returns a proposal with its newest answer, and notes who was shown.
func (s *Service) Find(ctx context.Context, who identity.Actor, proposalID string) (View, error) {
	if !who.Is(identity.Coordinator) {
		return View{}, missing
	}
	var view View
	var people []string
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		p, err := findIn(tx, who, proposalID)
		if err != nil {
			return err
		}
		view, people, err = viewIn(tx, p)
		return err
	})
	if err == nil && s.Views != nil && len(people) > 0 {
		s.Views.Viewed(who, people, "proposal", "")
	}
	return view, err
}

// List returns the newest proposals of the coordinator's programme.
func (s *Service) List(ctx context.Context, who identity.Actor, after string, limit int) ([]Summary, string, error) {
	if !who.Is(identity.Coordinator) {
		return nil, "", missing
	}
	var c fault.Check
	c.That(after == "" || id.Valid(after), "after", "cursor.unknown", "Please start from the first page again.")
	c.That(limit >= 0 && limit <= 100, "limit", "number.range", "Please give a number from %d to %d.", 1, 100)
	if err := c.Err(); err != nil {
		return nil, "", err
	}
	if limit == 0 {
		limit = 25
	}
	var all []Summary
	next := ""
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		all, next, err = listIn(tx, who, after, limit)
		return err
	})
	return all, next, err
}
