// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"context"
	"fmt"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/store"
)

// The bounds of a comparison: more than five columns nobody can read.
const (
	LeastCompared = 2
	MostCompared  = 5
)

// Compare sets two to five people side by side for a need, in the order in which
// they are named; also those who do not meet every condition. It is for the
// coordinator of the need's programme, and everybody in it is recorded as seen.
func (s *Service) Compare(ctx context.Context, who identity.Actor, ref string, pseudonyms []string) ([]Candidate, error) {
	now, position := s.usable(ctx)
	out, needID, err := []Candidate(nil), "", error(nil)
	if now != nil {
		out, needID, err = s.compareBy(ctx, who, ref, pseudonyms, indexed{s, now, position})
	}
	if now == nil || s.damaged(ctx, now, err) {
		out, needID, err = s.compareBy(ctx, who, ref, pseudonyms, unindexed{s})
	}
	if err != nil {
		return nil, err
	}
	s.viewed(who, people(out), "comparison", needID)
	return out, nil
}

// fewEnough complains about too few, too many and the same person twice.
func fewEnough(pseudonyms []string) error {
	var c fault.Check
	c.That(len(pseudonyms) >= LeastCompared && len(pseudonyms) <= MostCompared, "people", "people.count",
		"Please name from %d to %d people; this names %d.", LeastCompared, MostCompared, len(pseudonyms))
	seen := map[string]bool{}
	for i, p := range pseudonyms {
		c.That(!seen[p], fmt.Sprintf("people[%d]", i), "pseudonym.twice", "This person stands here twice.")
		seen[p] = true
	}
	return c.Err()
}

func (s *Service) compareBy(ctx context.Context, who identity.Actor, ref string, pseudonyms []string, by searcher) (out []Candidate, needID string, err error) {
	err = s.db.View(ctx, func(tx *store.Tx) error {
		terms, err := rankable(tx, who, ref)
		if err != nil {
			return err
		}
		if err := fewEnough(pseudonyms); err != nil {
			return err
		}
		need := s.need(terms)
		crowd, served, err := s.everybody(ctx, tx, by, need, terms.ProgrammeID)
		if err != nil {
			return err
		}
		scorer := matching.For(need, s.vocabulary, crowd)
		for _, pseudonym := range pseudonyms {
			profile, err := findableIn(tx, pseudonym, terms.ProgrammeID)
			if err != nil {
				return err
			}
			person := served.with(profile.ID, s.person(profile))
			one := s.candidate(scorer, profile, person, who.Locale)
			one.Blocked = matching.Blocks(need, person)
			out = append(out, one)
		}
		needID = terms.ID
		return s.stand(tx, terms.ID, out)
	})
	return out, needID, err
}
