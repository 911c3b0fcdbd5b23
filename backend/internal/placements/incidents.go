// SPDX-License-Identifier: AGPL-3.0-or-later

package placements

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Incident is something that went wrong, told in confidence: whoever tells it and the
// coordinators of the programme may read it, and nobody else (feature 97). It stands
// apart from the placement, whose other readers do not learn that there is one.
type Incident struct {
	ID          string
	ProgrammeID string
	PlacementID string
	Reference   string `gorm:"->;-:migration"` // of the placement
	FiledBy     string
	Role        identity.Role // of whoever told it
	Kind        string
	HappenedOn  day.Day
	Body        string
	State       string
	Outcome     string // what was done, for whoever told it
	DecidedBy   string
	Version     int
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// IncidentKinds are what may go wrong.
var IncidentKinds = []string{"safety", "health", "harassment", "abuse", "fee", "work", "other"}

// The states of an incident: each leads to the next, and a closed one may be opened again.
const (
	IncidentOpen    = "OPEN"
	IncidentWorking = "WORKING"
	IncidentClosed  = "CLOSED"
)

var incidentMissing = fault.New(fault.Missing, "incident.missing", "There is no such report, or it is not open to you.")

// incidents is the query of those that the actor may read: their own, and for the
// coordinators those of the programme.
func incidents(tx *store.Tx, who identity.Actor) *gorm.DB {
	query := tx.Table("incidents i").Select("i.*, p.reference").Joins("JOIN placements p ON p.id = i.placement_id")
	if who.Is(identity.Coordinator) {
		return query.Where("i.programme_id = ?", who.ProgrammeID)
	}
	return query.Where("i.filed_by = ?", who.UserID)
}

// File writes down what somebody tells of a placement that they can see.
func (s *Service) File(ctx context.Context, who identity.Actor, ref string, told Incident) (string, error) {
	made := id.New()
	told.Body = strings.TrimSpace(told.Body)
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		p, err := findIn(tx, who, ref)
		if err != nil {
			return err
		}
		var c fault.Check
		c.That(slices.Contains(IncidentKinds, told.Kind), "kind", "incident.kind", "Please choose one of: %s.", strings.Join(IncidentKinds, ", "))
		c.That(told.HappenedOn == "" || told.HappenedOn.Valid() && string(told.HappenedOn) <= tx.Today(), "happenedOn", "day.future",
			"Please give a day that exists and is not still to come.")
		c.Length(told.Body, "text", 1, mostText)
		if err := c.Err(); err != nil {
			return err
		}
		// The ledger is read by more people than the report: it says that there is one.
		tx.Emit("incident.filed", made, nil)
		return tx.Omit("Reference").Create(&Incident{ID: made, ProgrammeID: p.ProgrammeID, PlacementID: p.ID, FiledBy: who.UserID, Role: who.Role, Kind: told.Kind,
			HappenedOn: told.HappenedOn, Body: told.Body, State: IncidentOpen, Version: 1, CreatedAt: tx.Now, UpdatedAt: tx.Now}).Error
	})
	return made, err
}

// Incidents lists what the actor may read, newest first.
func (s *Service) Incidents(ctx context.Context, who identity.Actor, after string, limit int) ([]Incident, string, error) {
	if limit == 0 {
		limit = 25
	}
	var c fault.Check
	c.That(after == "" || id.Valid(after), "after", "cursor.unknown", "Please start from the first page again.")
	if err := c.Err(); err != nil {
		return nil, "", err
	}
	var all []Incident
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		query := incidents(tx, who)
		if after != "" {
			query = query.Where("i.id < ?", after)
		}
		return query.Order("i.id DESC").Limit(limit + 1).Scan(&all).Error
	})
	if err != nil || len(all) <= limit {
		return all, "", err
	}
	return all[:limit], all[limit-1].ID, nil
}

// FindIncident returns one report.
func (s *Service) FindIncident(ctx context.Context, who identity.Actor, ref string) (i Incident, err error) {
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		i, err = incidentIn(tx, who, ref)
		return err
	})
	return i, err
}

func incidentIn(tx *store.Tx, who identity.Actor, ref string) (Incident, error) {
	var found []Incident
	if err := incidents(tx, who).Where("i.id = ?", ref).Scan(&found).Error; err != nil {
		return Incident{}, fmt.Errorf("load incident: %w", err)
	}
	if len(found) == 0 {
		return Incident{}, incidentMissing
	}
	return found[0], nil
}

// Work lets a coordinator take a report in hand, close it with what was done, or open it
// again. Whoever told something does not decide about it.
func (s *Service) Work(ctx context.Context, who identity.Actor, ref string, version int, to, outcome string) (Incident, error) {
	outcome = strings.TrimSpace(outcome)
	var i Incident
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) (err error) {
		if i, err = incidentIn(tx, who, ref); err != nil {
			return err
		}
		if !who.Is(identity.Coordinator) || who.Counts(i.FiledBy) {
			return fault.New(fault.Denied, "incident.denied", "You may read this report; somebody else has to work on it.")
		}
		if i.Version != version {
			return stale
		}
		var c fault.Check
		c.That(slices.Contains([]string{IncidentWorking, IncidentClosed}, to), "to", "incident.state", "Please choose WORKING or CLOSED.")
		c.Length(outcome, "outcome", 0, mostText)
		c.That(to != IncidentClosed || outcome != "", "outcome", "required", "Please say what was done, for whoever told it.")
		if err := c.Err(); err != nil {
			return err
		}
		if i.State == to {
			return fault.New(fault.Conflict, "incident.there", "This report is in that state already.")
		}
		i.State, i.Outcome, i.DecidedBy, i.UpdatedAt, i.Version = to, outcome, who.UserID, tx.Now, version+1
		tx.Emit("incident.moved", i.ID, store.Details{"to": to})
		return store.Saved(tx.Table("incidents").Where("id = ? AND version = ?", i.ID, version).
			Updates(map[string]any{"state": to, "outcome": outcome, "decided_by": who.UserID, "updated_at": tx.Now, "version": version + 1}))
	})
	return i, err
}
