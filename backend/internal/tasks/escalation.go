// SPDX-License-Identifier: AGPL-3.0-or-later

package tasks

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"sankofa/backend/internal/store"
)

// fresh is how long after the limit people are still told: later the list shows it,
// and an alarm that is weeks late helps nobody.
const fresh = 14 * 24 * time.Hour

// atOnce is how many are told of in one transaction.
const atOnce = 100

// escalation says that people were told of a task that is overdue.
type escalation struct {
	Kind    string    `gorm:"primaryKey"`
	Subject string    `gorm:"primaryKey"`
	Since   time.Time `gorm:"primaryKey"`
	At      time.Time
}

// TableName names the table for GORM.
func (escalation) TableName() string { return "task_escalations" }

// Tick announces tasks that have become overdue, each once: whoever has to act and
// the coordinators of the programme are told of it. A timer calls it; two programs
// may do so at the same time.
func (s *Service) Tick(ctx context.Context) error {
	late, err := s.late(ctx)
	if err != nil {
		return err
	}
	for len(late) > 0 {
		part := late[:min(atOnce, len(late))]
		late = late[len(part):]
		err := s.DB.Change(ctx, store.System, func(tx *store.Tx) error {
			told := false
			for _, t := range part {
				one := escalation{Kind: t.Kind, Subject: t.ID, Since: t.Since, At: tx.Now}
				done := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&one)
				if done.Error != nil {
					return fmt.Errorf("write escalation: %w", done.Error)
				}
				if done.RowsAffected == 1 {
					told = true
					tx.Emit("task.overdue", t.ID, t.details())
				}
			}
			if !told {
				return errNothing
			}
			return nil
		})
		if err != nil && !errors.Is(err, errNothing) {
			return err
		}
	}
	return nil
}

// errNothing ends a change that has nothing to do: another program was faster.
var errNothing = errors.New("tasks: nothing new is overdue")

// details are what the readers of the ledger need to know whom to tell.
func (t Task) details() store.Details {
	on := make([]string, len(t.On))
	for i, w := range t.On {
		on[i] = string(w)
	}
	return store.Details{"task": t.Kind, "record": string(t.Record), "need": t.need, "professional": t.professional, "state": t.state,
		"on": strings.Join(on, " "), "due": t.Due.UTC().Format(time.RFC3339)}
}

// late finds what is overdue, lately, and was not told of.
func (s *Service) late(ctx context.Context) ([]Task, error) {
	var late []Task
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		for _, find := range []find{needsIn, candidaciesIn, placementsIn} {
			all, err := find(tx, scope{timer: true})
			if err != nil {
				return err
			}
			for _, t := range all {
				if t.Overdue(tx.Now) && tx.Now.Sub(t.Due) < fresh {
					late = append(late, t)
				}
			}
		}
		var told []escalation
		if err := tx.Where("at > ?", tx.Now.Add(-2*fresh)).Find(&told).Error; err != nil {
			return fmt.Errorf("load escalations: %w", err)
		}
		known := map[string]bool{}
		for _, e := range told {
			known[e.Kind+e.Subject+e.Since.UTC().String()] = true
		}
		kept := late[:0]
		for _, t := range late {
			if !known[t.Kind+t.ID+t.Since.UTC().String()] {
				kept = append(kept, t)
			}
		}
		late = kept
		return nil
	})
	return late, err
}
