// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"context"
	"encoding/json"
	"fmt"
	"math"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/matching"
)

// Frozen is a ranking as it stood, for a shortlist to rest on.
type Frozen struct {
	Algorithm     string            // the version of the rules
	IndexPosition int64             // the last event of the ledger that it knows of
	Body          []byte            // JSON, pseudonyms only
	People        map[string]string // identifiers by pseudonym of everybody who met the conditions
	Scores        map[string]int    // of 1000, by pseudonym
}

// frozenRanking is the body of a frozen ranking: the best with their reasons, and
// everybody else with their score.
type frozenRanking struct {
	Ranking
	Others []Other `json:"others"`
}

// Other is somebody who met the conditions, further down than a list goes.
type Other struct {
	Rank   int    `json:"rank"`
	Person string `json:"person"`
	Score  int    `json:"score"`
}

// Freeze ranks everybody who meets the conditions of a need, to be kept word for
// word. The same values give the same bytes.
func (s *Service) Freeze(ctx context.Context, who identity.Actor, needID string) (Frozen, error) {
	r, order, err := s.rank(ctx, who, needID, MostLimit, math.MaxInt)
	if err != nil {
		return Frozen{}, err
	}
	f := Frozen{Algorithm: matching.Algorithm, IndexPosition: r.IndexPosition, People: map[string]string{}, Scores: map[string]int{}}
	body := frozenRanking{Ranking: r, Others: []Other{}}
	for i := range body.Candidates {
		body.Candidates[i].ProfessionalID, body.Candidates[i].CandidacyState = "", ""
	}
	for i, o := range order {
		f.People[o.pseudonym], f.Scores[o.pseudonym] = o.id, o.score
		if i >= len(body.Candidates) {
			body.Others = append(body.Others, Other{Rank: i + 1, Person: o.pseudonym, Score: o.score})
		}
	}
	if f.Body, err = json.Marshal(body); err != nil {
		return Frozen{}, fmt.Errorf("freeze ranking: %w", err)
	}
	return f, nil
}
