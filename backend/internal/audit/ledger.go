// SPDX-License-Identifier: AGPL-3.0-or-later

package audit

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"gorm.io/gorm"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// missing is the answer to whoever has no business here.
var missing = fault.New(fault.Missing, "missing", "There is nothing here for you.")

// Filter chooses entries of the ledger.
type Filter struct {
	Before  int64  // only older entries: the number of the last one seen
	Subject string // only about this identifier
	Name    string // only of this name, or of the names that begin with it and a dot
	Limit   int
}

// Entry is an entry of the ledger with the names that a reader knows.
type Entry struct {
	store.Event
	By           string // who: an officer's name, "professional", "invited", or "system"
	Organisation string // that they acted for
	For          string // the absent colleague in whose name they did it; empty: in their own
}

// Ledger returns entries, newest first: all of them for an administrator, those
// of the programme itself and of its needs, candidacies, placements and people for
// its coordinator. next is the number to go on from, zero at the end.
func (s *Service) Ledger(ctx context.Context, who identity.Actor, f Filter) (entries []Entry, next int64, err error) {
	if !who.Is(identity.Administrator, identity.Coordinator) {
		return nil, 0, missing
	}
	f.Limit = min(max(f.Limit, 1), 100)
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		var events []store.Event
		if err := chosen(scope(tx, who), f).Order("number DESC").Limit(f.Limit + 1).Find(&events).Error; err != nil {
			return err
		}
		if len(events) > f.Limit {
			events = events[:f.Limit]
			next = events[f.Limit-1].Number
		}
		entries, err = told(tx, events)
		return err
	})
	return entries, next, err
}

// chosen narrows a query to what the filter asks for.
func chosen(query *gorm.DB, f Filter) *gorm.DB {
	if f.Before > 0 {
		query = query.Where("number < ?", f.Before)
	}
	if f.Subject != "" {
		query = query.Where("subject = ?", f.Subject)
	}
	if f.Name != "" {
		// A range, not a pattern: what people type is no pattern, and the index serves it.
		query = query.Where("name = ? OR (name >= ? AND name < ?)", f.Name, f.Name+".", f.Name+"/")
	}
	return query
}

// scope limits the ledger to what the actor may read: a coordinator reads what
// concerns the own programme. People count only while they can be found, or once
// they are a candidate; who has not answered an invitation is nobody here.
func scope(tx *store.Tx, who identity.Actor) *gorm.DB {
	query := tx.Model(&store.Event{})
	if who.Is(identity.Administrator) {
		return query
	}
	return query.Where(`subject IN (
		SELECT id FROM programmes WHERE id = @programme
		UNION ALL SELECT id FROM needs WHERE programme_id = @programme
		UNION ALL SELECT d.id FROM delegations d JOIN memberships m ON m.id = d.membership_id WHERE m.programme_id = @programme
		UNION ALL SELECT c.id FROM candidacies c JOIN needs n ON n.id = c.need_id WHERE n.programme_id = @programme
		UNION ALL SELECT t.id FROM teams t JOIN needs n ON n.id = t.need_id WHERE n.programme_id = @programme
		UNION ALL SELECT id FROM placements WHERE programme_id = @programme
		UNION ALL SELECT v.professional_id FROM visibility v
			JOIN professional_programmes e ON e.professional_id = v.professional_id WHERE e.programme_id = @programme
		UNION ALL SELECT c.professional_id FROM candidacies c
			JOIN needs n ON n.id = c.need_id WHERE n.programme_id = @programme AND c.snapshot_id IS NOT NULL)`,
		map[string]any{"programme": who.ProgrammeID})
}

// told puts names to who did what. Officers sign their work with their name; of
// professionals the ledger tells nobody who they are.
func told(tx *store.Tx, events []store.Event) ([]Entry, error) {
	var users, organisations []string
	absent := make([]string, len(events))
	for i, e := range events {
		absent[i] = e.DoneFor()
		users = append(users, e.ByUser, absent[i])
		if e.ByOrganisation != "" {
			organisations = append(organisations, e.ByOrganisation)
		}
	}
	names, err := officersIn(tx, users)
	if err != nil {
		return nil, err
	}
	found, err := identity.OrganisationsIn(tx, organisations)
	if err != nil {
		return nil, err
	}
	entries := make([]Entry, len(events))
	for i, e := range events {
		entries[i] = Entry{Event: e, By: signature(e, names), Organisation: found[e.ByOrganisation].Name, For: names[absent[i]]}
	}
	return entries, nil
}

// signature tells who made an entry.
func signature(e store.Event, names map[string]string) string {
	switch {
	case names[e.ByUser] != "":
		return names[e.ByUser]
	case e.ByUser == store.System.UserID || e.ByUser == store.Stranger.UserID || e.ByUser == "":
		return e.ByUser
	}
	return "professional"
}

// officersIn returns the names of those of the users who hold, or held, a membership.
func officersIn(tx *store.Tx, users []string) (map[string]string, error) {
	var officers []string
	err := tx.Model(&identity.Membership{}).Distinct("user_id").Where("user_id IN ?", users).Pluck("user_id", &officers).Error
	if err != nil {
		return nil, err
	}
	return identity.UserNamesIn(tx, officers)
}

// Look is one time that somebody looked at the person who asks.
type Look struct {
	Number       int64
	At           time.Time
	Organisation string
	Role         string
	What         string
	Need         string // its reference, where it was for one
}

// details is what a viewing says beside who and whom.
type details struct {
	What string
	Role string
	Need string
}

// WhoLooked returns who looked at the person who asks, newest first. What was
// gathered is written first, so that nothing is left out.
func (s *Service) WhoLooked(ctx context.Context, who identity.Actor, before int64, limit int) (looks []Look, next int64, err error) {
	if who.ProfessionalID == "" {
		return nil, 0, missing
	}
	if err := s.Flush(ctx); err != nil {
		return nil, 0, err
	}
	limit = min(max(limit, 1), 100)
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		query := tx.Where("subject = ? AND name = ?", who.ProfessionalID, Viewing).Order("number DESC").Limit(limit + 1)
		if before > 0 {
			query = query.Where("number < ?", before)
		}
		var events []store.Event
		if err := query.Find(&events).Error; err != nil {
			return err
		}
		if len(events) > limit {
			events = events[:limit]
			next = events[limit-1].Number
		}
		looks, err = s.looksIn(tx, events)
		return err
	})
	return looks, next, err
}

// looksIn reads viewings.
func (s *Service) looksIn(tx *store.Tx, events []store.Event) ([]Look, error) {
	said := make([]details, len(events))
	var organisations, needs []string
	for i, e := range events {
		if err := json.NewDecoder(strings.NewReader(e.Details)).Decode(&said[i]); err != nil {
			return nil, err
		}
		if e.ByOrganisation != "" {
			organisations = append(organisations, e.ByOrganisation)
		}
		if said[i].Need != "" {
			needs = append(needs, said[i].Need)
		}
	}
	found, err := identity.OrganisationsIn(tx, organisations)
	if err != nil {
		return nil, err
	}
	references := map[string]string{}
	if s.References != nil && len(needs) > 0 {
		if references, err = s.References(tx, needs); err != nil {
			return nil, err
		}
	}
	looks := make([]Look, len(events))
	for i, e := range events {
		looks[i] = Look{Number: e.Number, At: e.At, Organisation: found[e.ByOrganisation].Name,
			Role: said[i].Role, What: said[i].What, Need: references[said[i].Need]}
	}
	return looks, nil
}
