// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"context"

	"sankofa/backend/internal/identity"
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
	var all []Suited
	for _, needID := range needIDs {
		r, order, err := s.rank(ctx, who, needID, 0, most, nil)
		if err != nil {
			return nil, err
		}
		for _, o := range order[:min(max(most, 0), len(order))] {
			all = append(all, Suited{NeedID: r.Need.ID, ProfessionalID: o.id, Pseudonym: o.pseudonym, Score: o.score})
		}
	}
	return all, nil
}
