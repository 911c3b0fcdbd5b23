// SPDX-License-Identifier: AGPL-3.0-or-later

// Package bulk does one thing to many records: what it will do is said first, what
// could not be done is listed, and all of it can be undone for half a minute. What
// cannot be taken back, such as a refusal that reaches a person, waits for that time;
// what can is done at once. Every record goes the same road as by itself, so nothing
// is possible here that is not possible there.
package bulk

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
)

// Kind is what is done.
type Kind string

// The kinds.
const (
	Decline Kind = "decline" // end candidacies, with one reason for all
	Remind  Kind = "remind"  // remind whoever has the next step
	Tag     Kind = "tag"
	Untag   Kind = "untag"
	Assign  Kind = "assign"
)

// State is where an act stands.
type State string

// The states.
const (
	Waiting State = "waiting"
	Done    State = "done"
	Undone  State = "undone"
)

// How long, how many.
const (
	undoTime = 30 * time.Second // U30 of the expectations
	mostAt   = 100              // records in one act
	mostTag  = 40               // characters
	mostText = 5000
)

// Act is one act on several records.
type Act struct {
	ID             string
	ProgrammeID    string
	Kind           Kind
	Value          string // the tag, or the colleague's user identifier
	Reason         string
	ByUser         string
	ByOrganisation string
	State          State
	CreatedAt      time.Time
	DueAt          time.Time // until when it can be undone
	EndedAt        *time.Time
	Version        int
	Items          []Item `gorm:"-"`
}

// TableName names the table for GORM.
func (Act) TableName() string { return "bulk_acts" }

// Item is one record of an act.
type Item struct {
	ActID    string `gorm:"primaryKey"`
	Position int    `gorm:"primaryKey"`
	Record   string
	Subject  string
	Version  int
	Before   string
	Outcome  string // "waiting", "done", "failed", "undone"
	Problem  string
	Message  string
}

// TableName names the table for GORM.
func (Item) TableName() string { return "bulk_items" }

// Target names a record and the version that the reader saw.
type Target struct {
	Record  string // "need", "candidacy", "placement"
	ID      string
	Version int
}

// Asked is an act that somebody wants.
type Asked struct {
	Kind    Kind
	Value   string
	Reason  string
	Targets []Target
}

// Effect is what an act would do, record by record.
type Effect struct {
	Will    int // records
	Told    int // people or offices who would hear of it
	Delayed bool
	Cannot  []Item // with why
}

// Service carries acts out.
type Service struct {
	DB        *store.DB
	Selection *selection.Service
}

var missing = fault.New(fault.Missing, "bulk.missing", "There is no such act, or it is not yours.")

// check complains about an act that cannot be meant.
func (a *Asked) check(tx *store.Tx, who identity.Actor) error {
	a.Value, a.Reason = strings.TrimSpace(a.Value), strings.TrimSpace(a.Reason)
	var c fault.Check
	c.That(slices.Contains([]Kind{Decline, Remind, Tag, Untag, Assign}, a.Kind), "kind", "bulk.kind", "There is no such act.")
	c.That(len(a.Targets) >= 1 && len(a.Targets) <= mostAt, "targets", "bulk.count", "Please choose from 1 to %d records; this names %d.", mostAt, len(a.Targets))
	seen := map[string]bool{}
	for i, t := range a.Targets[:min(len(a.Targets), mostAt)] {
		at := fmt.Sprintf("targets[%d].id", i)
		c.That(id.Valid(t.ID), at, "bulk.id", "This is not the identifier of a record.")
		c.That(!seen[t.ID], at, "bulk.twice", "This record stands here twice.")
		c.That(slices.Contains([]string{"need", "candidacy", "placement"}, t.Record), fmt.Sprintf("targets[%d].record", i), "record.unknown", "Please name a need, a candidacy or a placement.")
		c.That(t.Version >= 0 && t.Version < math.MaxInt32, fmt.Sprintf("targets[%d].version", i), "bulk.version", "This is not the version of a record.")
		seen[t.ID] = true
	}
	least := 0
	if a.Kind == Decline { // nobody is refused without one
		least = 1
	}
	c.Length(a.Reason, "reason", least, mostText)
	switch a.Kind {
	case Tag, Untag:
		c.Length(a.Value, "value", 1, mostTag)
	case Assign:
		colleague, err := colleagueIn(tx, who, a.Value)
		if err != nil {
			return err
		}
		c.That(a.Value == "" || colleague, "value", "bulk.colleague", "Please choose a coordinator of this programme.")
	}
	return c.Err()
}

// colleagueIn tells whether a user coordinates the actor's programme.
func colleagueIn(tx *store.Tx, who identity.Actor, userID string) (bool, error) {
	var n int64
	err := tx.Raw(`SELECT count(*) FROM memberships WHERE user_id = ? AND programme_id = ? AND role = 'coordinator' AND state = 'confirmed'`,
		userID, who.ProgrammeID).Scan(&n).Error
	return n > 0, err
}

// Preview says what an act would do, and does nothing.
func (s *Service) Preview(ctx context.Context, who identity.Actor, a Asked) (Effect, error) {
	var e Effect
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		if !who.Is(identity.Coordinator) {
			return missing
		}
		if err := a.check(tx, who); err != nil {
			return err
		}
		e.Delayed = a.Kind == Decline || a.Kind == Remind
		for i, t := range a.Targets {
			told, err := s.may(tx, who, a.Kind, t)
			var f *fault.Fault
			if errors.As(err, &f) {
				e.Cannot = append(e.Cannot, Item{Position: i, Record: t.Record, Subject: t.ID, Problem: f.Code, Message: f.Message})
				continue
			}
			if err != nil {
				return err
			}
			e.Will++
			e.Told += told
		}
		return nil
	})
	return e, err
}

// Begin writes an act down. It can be undone until it is due.
func (s *Service) Begin(ctx context.Context, who identity.Actor, asked Asked) (string, error) {
	act := Act{ID: id.New()}
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		if !who.Is(identity.Coordinator) {
			return missing
		}
		if err := asked.check(tx, who); err != nil {
			return err
		}
		act = Act{ID: act.ID, ProgrammeID: who.ProgrammeID, Kind: asked.Kind, Value: asked.Value, Reason: asked.Reason, ByUser: who.UserID,
			ByOrganisation: who.OrganisationID, State: Waiting, CreatedAt: tx.Now, DueAt: tx.Now.Add(undoTime), Version: 1}
		if err := tx.Create(&act).Error; err != nil {
			return fmt.Errorf("write act: %w", err)
		}
		items := make([]Item, len(asked.Targets))
		for i, t := range asked.Targets {
			items[i] = Item{ActID: act.ID, Position: i, Record: t.Record, Subject: t.ID, Version: t.Version, Outcome: "waiting"}
			if err := s.mark(tx, who, act, &items[i]); err != nil {
				return err
			}
		}
		if act.immediate() {
			act.State, act.EndedAt = Done, &tx.Now
			if err := tx.Model(&Act{}).Where("id = ?", act.ID).Updates(map[string]any{"state": Done, "ended_at": tx.Now}).Error; err != nil {
				return fmt.Errorf("write act: %w", err)
			}
		}
		tx.Emit("bulk.begun", act.ID, store.Details{"kind": string(act.Kind), "records": len(items)})
		return tx.Create(&items).Error
	})
	return act.ID, err
}

// immediate tells whether the act is done at once and undone by its opposite.
func (a Act) immediate() bool { return a.Kind == Tag || a.Kind == Untag || a.Kind == Assign }

// Find returns an act of the actor's programme with what became of each record. One
// that is due is carried out now rather than at the next round of the clock.
func (s *Service) Find(ctx context.Context, who identity.Actor, actID string) (Act, error) {
	act, err := s.find(ctx, who, actID)
	if err != nil || act.State != Waiting || s.DB.Now().Before(act.DueAt) {
		return act, err
	}
	if err := s.carryOut(ctx, act); err != nil {
		return Act{}, err
	}
	return s.find(ctx, who, actID)
}

func (s *Service) find(ctx context.Context, who identity.Actor, actID string) (Act, error) {
	var act Act
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		act, err = findIn(tx, who, actID)
		return err
	})
	return act, err
}

// findIn returns an act of the actor's own.
func findIn(tx *store.Tx, who identity.Actor, actID string) (Act, error) {
	var found []Act
	if err := tx.Where("id = ? AND programme_id = ? AND by_user = ?", actID, who.ProgrammeID, who.UserID).Find(&found).Error; err != nil {
		return Act{}, fmt.Errorf("load act: %w", err)
	}
	if len(found) == 0 || !who.Is(identity.Coordinator) {
		return Act{}, missing
	}
	err := tx.Where("act_id = ?", actID).Order("position").Find(&found[0].Items).Error
	return found[0], err
}

// Undo takes an act back, while there is time.
func (s *Service) Undo(ctx context.Context, who identity.Actor, actID string) (Act, error) {
	var act Act
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) (err error) {
		if act, err = findIn(tx, who, actID); err != nil {
			return err
		}
		if act.State == Undone {
			return fault.New(fault.Conflict, "bulk.undone", "This has been undone already.")
		}
		if !tx.Now.Before(act.DueAt) {
			return fault.New(fault.Conflict, "bulk.late", "This can be undone for %d seconds only. What it changed can be changed record by record.", int(undoTime.Seconds()))
		}
		done := tx.Model(&Act{}).Where("id = ? AND state = ?", act.ID, act.State).Updates(map[string]any{"state": Undone, "ended_at": tx.Now, "version": act.Version + 1})
		if err := store.Saved(done); err != nil {
			return err
		}
		for i := range act.Items {
			if err := s.unmark(tx, act, &act.Items[i]); err != nil {
				return err
			}
		}
		act.State, act.EndedAt = Undone, &tx.Now
		tx.Emit("bulk.undone", act.ID, store.Details{"kind": string(act.Kind)})
		return nil
	})
	return act, err
}
