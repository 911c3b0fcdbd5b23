// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// Frozen is a ranking as it stood, for a shortlist to rest on.
type Frozen struct {
	Algorithm     string            // the version of the rules
	IndexPosition int64             // the last event of the ledger that it knows of
	Body          []byte            // JSON, pseudonyms only
	People        map[string]string // identifiers by pseudonym of everybody who met the conditions
	Scores        map[string]int    // of 1000, by pseudonym
}

// frozenRanking is the body of a frozen ranking: the best with their reasons,
// everybody else with their score, and what the scores were made of.
type frozenRanking struct {
	Ranking
	Others []Other `json:"others"`
	Made   string  `json:"made"` // matching.Made as JSON, gzip, base64
}

// Other is somebody who met the conditions, further down than a list goes.
type Other struct {
	Rank   int    `json:"rank"`
	Person string `json:"person"`
	Score  int    `json:"score"`
	Erased bool   `json:"erased,omitempty"` // the person was erased since
}

// mostMade is of how many people a frozen ranking keeps the values, best first: a
// hundred times a list that somebody reads. Of the others it keeps the scores.
const mostMade = 5000

// Freeze ranks everybody who meets the conditions of a need, to be kept word for
// word. The same values give the same bytes. It replays what it is about to
// return, so that no ranking is kept that cannot be explained later.
func (s *Service) Freeze(ctx context.Context, who identity.Actor, needID string) (Frozen, error) {
	who.Locale = "" // concepts are named in the need's language
	var made matching.Made
	keep := func(tx *store.Tx, scorer *matching.Scorer, served missions, order []outcome) (err error) {
		made, err = s.made(tx, scorer, served, order[:min(len(order), mostMade)])
		return err
	}
	r, order, err := s.rank(ctx, who, needID, MostLimit, math.MaxInt, keep)
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
	if body.Made, err = zipped(made); err != nil {
		return Frozen{}, err
	}
	if f.Body, err = json.Marshal(body); err != nil {
		return Frozen{}, fmt.Errorf("freeze ranking: %w", err)
	}
	again, err := Replay(f.Body)
	if err == nil && !again.Equal {
		err = fmt.Errorf("freeze ranking: it does not replay: %d lines differ, the first %+v", len(again.Differences), again.Differences[:min(1, len(again.Differences))])
	}
	return f, err
}

// made reads the people of a ranking once more and returns what their scores
// were made of.
func (s *Service) made(tx *store.Tx, scorer *matching.Scorer, served missions, order []outcome) (matching.Made, error) {
	people := make([]matching.Person, 0, len(order))
	for part := range slices.Chunk(order, page) {
		ids := make([]string, len(part))
		for i, o := range part {
			ids[i] = o.id
		}
		profiles, err := registry.ProfilesIn(tx, ids)
		if err != nil {
			return matching.Made{}, err
		}
		for _, one := range s.read(profiles) {
			people = append(people, served.with(one.id, one.person))
		}
	}
	return scorer.Made(people, MostLimit), nil
}
