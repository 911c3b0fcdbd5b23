// SPDX-License-Identifier: AGPL-3.0-or-later

// Package merging makes one record of two that are of one person, and two of one
// again while that is still possible. Whoever decides sees both side by side and
// chooses field by field; everything that hangs on either goes along in the same
// transaction.
package merging

import (
	"context"
	"encoding/json"
	"time"

	"gorm.io/gorm"

	"sankofa/backend/internal/audit"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// UndoFor is how long a merge can be undone.
const UndoFor = 30 * 24 * time.Hour

// Service decides about records of one person.
type Service struct {
	DB       *store.DB
	Registry *registry.Service
	Privacy  *privacy.Service
	Views    *audit.Service
}

// The states of a merge.
const (
	Done    = "merged"
	Undone  = "undone"
	Settled = "settled" // its time is over: what stood there is gone
)

// Merge is one row: two records that became one.
type Merge struct {
	ID                string
	SurvivorID        string
	AbsorbedID        string
	AbsorbedPseudonym string
	Choices           string
	Before            string // JSON: the rows of both
	After             string // JSON: the rows of the survivor when it was done
	MadeBy            string
	MadeFor           string
	MadeAt            time.Time
	UndoUntil         time.Time
	UndoneBy          string
	UndoneAt          *time.Time
	State             string
	Version           int
}

// TableName names the table for GORM.
func (Merge) TableName() string { return "merges" }

// Side is one of two records, as whoever decides sees it.
type Side struct {
	ID, Pseudonym string
	Name          string
	State         registry.State
	Associations  []identity.Organisation
	RegisteredAt  time.Time
}

// Proposal is a pair side by side.
type Proposal struct {
	registry.Pair
	Why    []string
	First  Side
	Second Side
	Fields []registry.Compared // only when one pair is looked at
	Stays  string              // "first" or "second": the record that would stay
	Keeps  bool                // it was confirmed by the person, and the other was not: their words stay
}

// List returns the pairs that may be of one person, newest first, and the cursor
// of the next page.
func (s *Service) List(ctx context.Context, who identity.Actor, state, after string, limit int) ([]Proposal, string, error) {
	limit = min(max(limit, 1), 100)
	if state == "" {
		state = registry.PairOpen
	}
	var c fault.Check
	c.That(after == "" || id.Valid(after), "after", "cursor.unknown", "Please start from the first page again.")
	if err := c.Err(); err != nil {
		return nil, "", err
	}
	var out []Proposal
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		pairs, err := registry.PairsIn(tx, who, state, after, limit+1)
		if err != nil {
			return err
		}
		out, err = proposalsIn(tx, pairs, false)
		return err
	})
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(out) > limit {
		out, next = out[:limit], out[limit-1].ID
	}
	s.viewed(who, out)
	return out, next, nil
}

// Find returns one pair with everything that differs.
func (s *Service) Find(ctx context.Context, who identity.Actor, ref string) (Proposal, error) {
	var out []Proposal
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		pair, err := registry.PairIn(tx, who, ref)
		if err != nil {
			return err
		}
		out, err = proposalsIn(tx, []registry.Pair{pair}, true)
		return err
	})
	if err != nil {
		return Proposal{}, err
	}
	s.viewed(who, out)
	return out[0], nil
}

// viewed notes who looked at whom: a name is shown to people who may otherwise
// see none.
func (s *Service) viewed(who identity.Actor, shown []Proposal) {
	var ids []string
	for _, p := range shown {
		ids = append(ids, p.First.ID, p.Second.ID)
	}
	if s.Views != nil && len(ids) > 0 {
		s.Views.Viewed(who, ids, "duplicate", "")
	}
}

// proposalsIn puts both records beside each other.
func proposalsIn(tx *store.Tx, pairs []registry.Pair, whole bool) ([]Proposal, error) {
	var ids []string
	for _, pair := range pairs {
		ids = append(ids, pair.FirstID, pair.SecondID)
	}
	people, err := registry.ProfilesIn(tx, ids)
	if err != nil {
		return nil, err
	}
	known, organisations := map[string]registry.Profile{}, []string{}
	for _, p := range people {
		known[p.ID], organisations = p, append(organisations, p.Associations...)
	}
	named, err := identity.OrganisationsIn(tx, organisations)
	if err != nil {
		return nil, err
	}
	out := make([]Proposal, 0, len(pairs))
	for _, pair := range pairs {
		first, second := known[pair.FirstID], known[pair.SecondID]
		p := Proposal{Pair: pair, First: sideOf(first, named), Second: sideOf(second, named), Stays: "first"}
		_ = json.Unmarshal([]byte(pair.Reasons), &p.Why) // we wrote it
		if stays(&first, &second) == second.ID {
			p.Stays = "second"
		}
		p.Keeps = first.Confirmed() != second.Confirmed()
		if whole {
			p.Fields = registry.Compare(&first, &second)
		}
		out = append(out, p)
	}
	return out, nil
}

func sideOf(p registry.Profile, organisations map[string]identity.Organisation) Side {
	s := Side{ID: p.ID, Pseudonym: p.Pseudonym, Name: p.GivenName + " " + p.FamilyName, State: p.State, RegisteredAt: p.CreatedAt}
	for _, organisationID := range p.Associations {
		if o, ok := organisations[organisationID]; ok {
			s.Associations = append(s.Associations, o)
		}
	}
	return s
}

// stays returns which record stays: the one that the person has made their own,
// or else the older.
func stays(first, second *registry.Profile) string {
	switch {
	case first.Confirmed() && !second.Confirmed():
		return first.ID
	case second.Confirmed() && !first.Confirmed():
		return second.ID
	case second.CreatedAt.Before(first.CreatedAt):
		return second.ID
	}
	return first.ID
}

// Different remembers that two are not the same person: they are not proposed
// again.
func (s *Service) Different(ctx context.Context, who identity.Actor, ref string, version int) error {
	return s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		pair, err := registry.HoldPairIn(tx, who, ref)
		if err != nil {
			return err
		}
		if pair.Version != version {
			return stale
		}
		if pair.State != registry.PairOpen {
			return fault.New(fault.Conflict, "duplicate.decided", "Somebody has decided about these two already.")
		}
		tx.Emit("duplicate.different", pair.FirstID, store.Details{"other": pair.SecondID})
		return registry.DifferentIn(tx, who, &pair)
	})
}

var stale = fault.New(fault.Stale, "stale",
	"Someone else changed this in the meantime. Reload to see their version, then make your change again.")

// mergesOf limits a query on merges to those of whom the actor may decide.
func mergesOf(tx *store.Tx, who identity.Actor) *gorm.DB {
	query := tx.Model(&Merge{})
	switch who.Role {
	case identity.Administrator:
		return query
	case identity.Coordinator:
		return query.Where("survivor_id IN (SELECT professional_id FROM professional_programmes WHERE programme_id = ?)", who.ProgrammeID)
	case identity.Association: // what they made themselves
		return query.Where("made_for = ? AND survivor_id IN (SELECT professional_id FROM professional_associations WHERE organisation_id = ?)",
			who.OrganisationID, who.OrganisationID)
	}
	return query.Where("1 = 0")
}
