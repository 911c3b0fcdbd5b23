// SPDX-License-Identifier: AGPL-3.0-or-later

package bulk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/lifecycle"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/tasks"
)

// may tells whether the act can be done to a record, and how many would hear of it.
func (s *Service) may(tx *store.Tx, who identity.Actor, kind Kind, t Target) (told int, err error) {
	state, err := stateIn(tx, who, t)
	if err != nil {
		return 0, err
	}
	switch kind {
	case Decline:
		c, err := selection.FindIn(tx, who, t.ID)
		if err != nil {
			return 0, err
		}
		if c.Version != t.Version {
			return 0, stale
		}
		views, err := selection.ViewsIn(tx, who, []selection.Candidacy{c})
		if err != nil {
			return 0, err
		}
		if !views[0].Can.Dismiss && !views[0].Can.Approve {
			return 0, fault.New(fault.Conflict, "bulk.not_now", "This candidacy is %s; ending it is not your step now.", strings.ToLower(strings.ReplaceAll(state, "_", " ")))
		}
		return 1, nil
	case Remind:
		if len(holders(t.Record, state)) == 0 {
			return 0, fault.New(fault.Conflict, "bulk.nobody", "This waits for nobody who could be reminded.")
		}
		return len(holders(t.Record, state)), nil
	}
	return 0, nil
}

var stale = fault.New(fault.Stale, "stale", "Someone else changed this in the meantime. Reload to see their version, then make your change again.")

// holders are the offices other than the coordinator's that have the next step.
func holders(record, state string) []string {
	var all []string
	for _, r := range tasks.Rules {
		if string(r.Record) != record || string(r.State) != state {
			continue
		}
		for _, w := range r.On {
			if w != lifecycle.Coordinator && w != lifecycle.Association {
				all = append(all, string(w))
			}
		}
	}
	return all
}

// stateIn returns where a record stands, as far as the actor may see it.
func stateIn(tx *store.Tx, who identity.Actor, t Target) (string, error) {
	switch t.Record {
	case "need":
		n, err := needs.FindIn(tx, who, t.ID)
		return string(n.State), err
	case "candidacy":
		c, err := selection.FindIn(tx, who, t.ID)
		return string(c.State), err
	}
	p, err := placements.FindIn(tx, who, t.ID)
	return string(p.State), err
}

// mark does an immediate act to one record and keeps what it was before.
func (s *Service) mark(tx *store.Tx, who identity.Actor, act Act, item *Item) error {
	if _, err := stateIn(tx, who, Target{Record: item.Record, ID: item.Subject}); err != nil {
		var f *fault.Fault
		if errors.As(err, &f) {
			item.Outcome, item.Problem, item.Message = "failed", f.Code, f.Message
			return nil
		}
		return err
	}
	if !act.immediate() {
		return nil
	}
	item.Outcome = "done"
	switch act.Kind {
	case Tag:
		row := map[string]any{"record": item.Record, "subject": item.Subject, "tag": act.Value, "by_user": who.UserID, "at": tx.Now}
		done := tx.Table("record_tags").Clauses(clause.OnConflict{DoNothing: true}).Create(row)
		if done.RowsAffected == 0 {
			item.Before = act.Value
		}
		return done.Error
	case Untag:
		done := tx.Exec(`DELETE FROM record_tags WHERE subject = ? AND tag = ?`, item.Subject, act.Value)
		if done.RowsAffected > 0 {
			item.Before = act.Value
		}
		return done.Error
	}
	var before []string
	if err := tx.Raw(`SELECT user_id FROM record_assignments WHERE subject = ?`, item.Subject).Scan(&before).Error; err != nil {
		return err
	}
	item.Before = strings.Join(before, "")
	return assignIn(tx, who.UserID, *item, act.Value)
}

// assignIn gives a record to a coordinator, or to nobody.
func assignIn(tx *store.Tx, by string, item Item, userID string) error {
	if err := tx.Exec(`DELETE FROM record_assignments WHERE subject = ?`, item.Subject).Error; err != nil || userID == "" {
		return err
	}
	return tx.Table("record_assignments").Create(map[string]any{"record": item.Record, "subject": item.Subject, "user_id": userID, "by_user": by, "at": tx.Now}).Error
}

// unmark puts back what was before.
func (s *Service) unmark(tx *store.Tx, act Act, item *Item) error {
	if item.Outcome == "done" {
		var err error
		switch act.Kind {
		case Tag:
			if item.Before == "" {
				err = tx.Exec(`DELETE FROM record_tags WHERE subject = ? AND tag = ?`, item.Subject, act.Value).Error
			}
		case Untag:
			if item.Before != "" {
				row := map[string]any{"record": item.Record, "subject": item.Subject, "tag": act.Value, "by_user": act.ByUser, "at": tx.Now}
				err = tx.Table("record_tags").Clauses(clause.OnConflict{DoNothing: true}).Create(row).Error
			}
		case Assign:
			err = assignIn(tx, act.ByUser, *item, item.Before)
		}
		if err != nil {
			return err
		}
	}
	if item.Outcome == "failed" {
		return nil
	}
	item.Outcome = "undone"
	return outcomeIn(tx, *item)
}

// outcomeIn writes what became of a record.
func outcomeIn(tx *store.Tx, item Item) error {
	return written(tx.Model(&Item{}).Where("act_id = ? AND position = ?", item.ActID, item.Position), item)
}

// settledIn is outcomeIn unless another program has settled the record already.
func settledIn(tx *store.Tx, item Item) error {
	return written(tx.Model(&Item{}).Where("act_id = ? AND position = ? AND outcome = 'waiting'", item.ActID, item.Position), item)
}

func written(query *gorm.DB, item Item) error {
	return query.Updates(map[string]any{"outcome": item.Outcome, "problem": item.Problem, "message": item.Message}).Error
}

// Tick carries out what is due. A timer calls it.
func (s *Service) Tick(ctx context.Context) error {
	var due []Act
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Where("state = ? AND due_at <= ?", Waiting, tx.Now).Order("due_at, id").Limit(mostAt).Find(&due).Error
	})
	for _, act := range due {
		err = errors.Join(err, s.carryOut(ctx, act))
	}
	return err
}

// carryOut does a waiting act record by record, each in a transaction of its own.
// Killed in between, the next round goes on; a record that was done already, by us
// or by another program at the same time, is recognised and not done twice.
func (s *Service) carryOut(ctx context.Context, act Act) error {
	who, there, err := s.actor(ctx, act)
	if err != nil {
		return err
	}
	var items []Item
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Where("act_id = ? AND outcome = 'waiting'", act.ID).Order("position").Find(&items).Error
	})
	if err != nil {
		return fmt.Errorf("load items: %w", err)
	}
	for _, item := range items {
		err := error(fault.New(fault.Denied, "bulk.office", "You do not coordinate this programme any more."))
		if there {
			err = s.do(ctx, who, act, item)
		}
		item.Outcome = "done"
		var f *fault.Fault
		if errors.As(err, &f) {
			item.Outcome, item.Problem, item.Message = "failed", f.Code, f.Message
		} else if err != nil {
			return err
		}
		if err := s.DB.Keep(ctx, func(tx *store.Tx) error { return settledIn(tx, item) }); err != nil {
			return err
		}
	}
	return s.DB.Keep(ctx, func(tx *store.Tx) error {
		return tx.Model(&Act{}).Where("id = ? AND state = ?", act.ID, Waiting).
			Updates(map[string]any{"state": Done, "ended_at": tx.Now, "version": act.Version + 1}).Error
	})
}

// actor is whoever asked, as long as they still hold the office.
func (s *Service) actor(ctx context.Context, act Act) (who identity.Actor, there bool, err error) {
	who = identity.Actor{UserID: act.ByUser, Role: identity.Coordinator, OrganisationID: act.ByOrganisation, ProgrammeID: act.ProgrammeID}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		there, err = colleagueIn(tx, who, who.UserID)
		return err
	})
	return who, there, err
}

// do does the act to one record.
func (s *Service) do(ctx context.Context, who identity.Actor, act Act, item Item) error {
	if act.Kind == Remind {
		return s.remind(ctx, who, act, item)
	}
	var c selection.Candidacy
	done := false
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		if c, err = selection.FindIn(tx, who, item.Subject); err != nil {
			return err
		}
		var n int64
		err = tx.Raw(`SELECT count(*) FROM decisions WHERE candidacy_id = ? AND outcome = 'no' AND by_user = ? AND at >= ?`, c.ID, act.ByUser, act.CreatedAt).Scan(&n).Error
		done = n > 0 && c.State == selection.NotSelected
		return err
	})
	if err != nil || done {
		return err
	}
	if c.State == selection.NoObjection {
		_, err = s.Selection.Approve(ctx, who, c.ID, item.Version, selection.Opinion{Reason: act.Reason})
		return err
	}
	_, err = s.Selection.Dismiss(ctx, who, c.ID, item.Version, act.Reason)
	return err
}

// remind announces that somebody is reminded; notices tells them. The ledger knows
// which act did it, so that a second round does not do it again.
func (s *Service) remind(ctx context.Context, who identity.Actor, act Act, item Item) error {
	return s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		t := Target{Record: item.Record, ID: item.Subject, Version: item.Version}
		if _, err := s.may(tx, who, Remind, t); err != nil {
			return err
		}
		state, err := stateIn(tx, who, t)
		if err != nil {
			return err
		}
		need, professional, err := partiesIn(tx, t)
		if err != nil {
			return err
		}
		done := tx.Model(&Item{}).Where("act_id = ? AND position = ? AND outcome = 'waiting'", item.ActID, item.Position).Update("outcome", "done")
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 {
			return fault.New(fault.Conflict, "bulk.done", "This has been done already.")
		}
		on := slices.Clone(holders(t.Record, state))
		tx.Emit("task.reminded", t.ID,
			store.Details{"record": t.Record, "state": state, "need": need, "professional": professional, "on": strings.Join(on, " "), "due": tx.Now.Format(time.RFC3339)})
		return nil
	})
}

// partiesIn returns the need and the person of a record.
func partiesIn(tx *store.Tx, t Target) (need, professional string, err error) {
	table := map[string]string{"candidacy": "candidacies", "placement": "placements"}[t.Record]
	if table == "" {
		return t.ID, "", nil
	}
	var row struct{ NeedID, ProfessionalID string }
	err = tx.Table(table).Select("need_id, professional_id").Where("id = ?", t.ID).Scan(&row).Error
	return row.NeedID, row.ProfessionalID, err
}
