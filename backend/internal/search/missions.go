// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"context"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/store"
)

// missions are the completed placements of people, by the person's identifier.
// They stand in the database alone: a mission ends without a change of the
// profile, and few people have one.
type missions map[string][]matching.Mission

// served returns the missions of the people, or of everybody for nil, and notes
// in the crowd how many people have one.
func (s *Service) served(tx *store.Tx, ids []string, crowd *matching.Crowd) (missions, error) {
	if s.missions == nil {
		return nil, nil
	}
	all, err := s.missions(tx, ids)
	crowd.Veterans = len(all)
	return all, err
}

// everybody returns what a comparison of single people must know of the others.
func (s *Service) everybody(ctx context.Context, tx *store.Tx, by searcher, need matching.Need, programme string) (matching.Crowd, missions, error) {
	crowd, err := by.crowd(ctx, tx, need, programme)
	if err != nil {
		return crowd, nil, err
	}
	served, err := s.served(tx, nil, &crowd)
	return crowd, served, err
}

// with returns the person with their missions.
func (m missions) with(id string, p matching.Person) matching.Person {
	p.Missions = m[id]
	return p
}
