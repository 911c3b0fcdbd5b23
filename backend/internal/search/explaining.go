// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"context"
	"slices"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// nobody is the answer for a person who is not there or cannot be found.
var nobody = fault.New(fault.Missing, "professional.missing", "There is nobody here by that name.")

// Explain compares one person with a need, for the coordinator of its programme:
// also somebody who does not meet every condition, and then it says which.
func (s *Service) Explain(ctx context.Context, who identity.Actor, ref, pseudonym string) (Candidate, error) {
	now, position := s.usable(ctx)
	if now != nil {
		c, needID, err := s.explainBy(ctx, who, ref, pseudonym, indexed{s, now, position})
		if !s.damaged(ctx, now, err) {
			s.viewed(who, known(c), "candidate", needID)
			return c, err
		}
	}
	c, needID, err := s.explainBy(ctx, who, ref, pseudonym, unindexed{s})
	s.viewed(who, known(c), "candidate", needID)
	return c, err
}

// known lists the person of a candidate that was found.
func known(c Candidate) []string {
	if c.ProfessionalID == "" {
		return nil
	}
	return []string{c.ProfessionalID}
}

func (s *Service) explainBy(ctx context.Context, who identity.Actor, ref, pseudonym string, by searcher) (c Candidate, needID string, err error) {
	err = s.db.View(ctx, func(tx *store.Tx) error {
		terms, err := rankable(tx, who, ref)
		if err != nil {
			return err
		}
		profile, err := findableIn(tx, pseudonym, terms.ProgrammeID)
		if err != nil {
			return err
		}
		need, person := s.need(terms), s.person(profile)
		crowd, served, err := s.everybody(ctx, tx, by, need, terms.ProgrammeID)
		if err != nil {
			return err
		}
		person = served.with(profile.ID, person)
		c, needID = s.candidate(matching.For(need, s.vocabulary, crowd), profile, person, who.Locale), terms.ID
		c.Blocked = matching.Blocks(need, person)
		one := []Candidate{c}
		err = s.stand(tx, terms.ID, one)
		c = one[0]
		return err
	})
	return c, needID, err
}

// findableIn returns the profile of somebody who can be found in the programme.
func findableIn(tx *store.Tx, pseudonym, programme string) (registry.Profile, error) {
	ids, err := registry.ByPseudonymIn(tx, []string{pseudonym})
	if err != nil {
		return registry.Profile{}, err
	}
	profiles, err := registry.ProfilesIn(tx, []string{ids[pseudonym]})
	if err != nil {
		return registry.Profile{}, err
	}
	if len(profiles) == 0 || !findable(profiles[0]) || !slices.Contains(profiles[0].Programmes, programme) {
		return registry.Profile{}, nobody
	}
	return profiles[0], nil
}
