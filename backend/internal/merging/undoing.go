// SPDX-License-Identifier: AGPL-3.0-or-later

package merging

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/audit"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/inventory"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// Past is a merge as whoever may undo it sees it.
type Past struct {
	Merge
	Name         string
	Pseudonym    string
	Associations []identity.Organisation
}

// Merges returns the merges that the actor may look at, newest first.
func (s *Service) Merges(ctx context.Context, who identity.Actor, after string, limit int) ([]Past, string, error) {
	limit = min(max(limit, 1), 100)
	var c fault.Check
	c.That(after == "" || id.Valid(after), "after", "cursor.unknown", "Please start from the first page again.")
	if err := c.Err(); err != nil {
		return nil, "", err
	}
	var out []Past
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		query := mergesOf(tx, who).Omit("before", "after").Order("id DESC").Limit(limit + 1)
		if after != "" {
			query = query.Where("id < ?", after)
		}
		var rows []Merge
		if err := query.Find(&rows).Error; err != nil {
			return err
		}
		var err error
		out, err = pastIn(tx, rows)
		return err
	})
	if err != nil || len(out) <= limit {
		return out, "", err
	}
	return out[:limit], out[limit-1].ID, nil
}

// FindMerge returns one of them.
func (s *Service) FindMerge(ctx context.Context, who identity.Actor, ref string) (Past, error) {
	var out []Past
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		m, err := mergeIn(tx, who, ref)
		if err != nil {
			return err
		}
		out, err = pastIn(tx, []Merge{m})
		return err
	})
	if err != nil {
		return Past{}, err
	}
	return out[0], nil
}

func mergeIn(tx *store.Tx, who identity.Actor, ref string) (Merge, error) {
	var rows []Merge
	if err := mergesOf(tx, who).Where("id = ?", ref).Limit(1).Find(&rows).Error; err != nil {
		return Merge{}, err
	}
	if len(rows) == 0 {
		return Merge{}, fault.New(fault.Missing, "merge.missing", "There is no such merge.")
	}
	return rows[0], nil
}

// pastIn puts names to merges.
func pastIn(tx *store.Tx, rows []Merge) ([]Past, error) {
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.SurvivorID
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
	out := make([]Past, len(rows))
	for i, row := range rows {
		side := sideOf(known[row.SurvivorID], named)
		out[i] = Past{Merge: row, Name: strings.TrimSpace(side.Name), Pseudonym: side.Pseudonym, Associations: side.Associations}
	}
	return out, nil
}

// Undo makes two records of one again, as both were, unless something happened
// since that belongs to neither of them alone.
func (s *Service) Undo(ctx context.Context, who identity.Actor, ref string, version int) error {
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		m, err := mergeIn(tx, who, ref)
		if err != nil {
			return err
		}
		if m.Version != version {
			return stale
		}
		return s.undoIn(tx, who, m)
	})
	if err == nil {
		s.Privacy.Settle(ctx)
	}
	return err
}

func (s *Service) undoIn(tx *store.Tx, who identity.Actor, m Merge) error {
	if m.State != Done || !tx.Now.Before(m.UndoUntil) {
		return fault.New(fault.Conflict, "merge.settled", "This cannot be undone any more: the thirty days are over, or somebody has undone it.")
	}
	p, err := registry.LockIn(tx, m.SurvivorID)
	if err != nil {
		return err
	}
	var before, after Rows
	if err := json.Unmarshal([]byte(m.Before), &before); err != nil {
		return fmt.Errorf("rows before merge %s: %w", m.ID, err)
	}
	if err := json.Unmarshal([]byte(m.After), &after); err != nil {
		return fmt.Errorf("rows after merge %s: %w", m.ID, err)
	}
	now, err := allIn(tx, m.SurvivorID)
	if err != nil {
		return err
	}
	if err := unchangedIn(tx, m, after, now); err != nil {
		return err
	}
	if err := restoreIn(tx, m, before, after, p.Version+1); err != nil {
		return err
	}
	if err := awakeIn(tx, m); err != nil {
		return err
	}
	m.State, m.UndoneBy, m.UndoneAt, m.Before, m.After = Undone, who.UserID, &tx.Now, "", ""
	m.Version++
	tx.Emit("professional.updated", m.SurvivorID, store.Details{"merge": m.ID})
	tx.Emit("professional.unmerged", m.AbsorbedID, store.Details{"from": m.SurvivorID, "merge": m.ID})
	return store.Saved(tx.Model(&Merge{}).Where("id = ? AND version = ?", m.ID, m.Version-1).Select("*").Updates(&m))
}

// passing are tables whose later rows forbid nothing: they are made anew, told
// once, or say who looked.
func passing(t inventory.Table) bool {
	return t.Term == inventory.Passing && t.Name != "invitations" || t.Name == "saved_search_people" || t.Name == "duplicate_pairs" ||
		strings.Contains(t.Whose, "@user") // what an account is told
}

// unchangedIn refuses when something of the record changed since the merge, and
// says what happened.
func unchangedIn(tx *store.Tx, m Merge, after, now Rows) error {
	var changed []string
	for _, t := range personal {
		if !passing(t) && !slices.Equal(comparable(t, after[t.Name]), comparable(t, now[t.Name])) {
			changed = append(changed, t.Name)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	happened, err := sinceIn(tx, m)
	if err != nil {
		return err
	}
	f := fault.New(fault.Conflict, "merge.later_events", "This cannot be undone any more, because of what happened since: %s.", strings.Join(happened, ", "))
	for _, name := range changed {
		t, _ := inventory.Of(name)
		f.Fields = append(f.Fields, fault.Field{Field: name, Code: "merge.changed", Message: t.Purpose})
	}
	return f
}

// comparable spells rows without what changes by itself.
func comparable(t inventory.Table, rows []string) []string {
	if t.Name != people {
		return rows
	}
	out := make([]string, len(rows))
	for i, row := range rows {
		values := valuesOf(row)
		delete(values, "version")
		delete(values, "updated_at")
		delete(values, "confirmed_at") // saying that all is still right changes nothing
		out[i] = text(values)
	}
	return out
}

// mostNamed is how many later events are named at most.
const mostNamed = 5

// sinceIn names what happened to the record since the merge, from the ledger.
func sinceIn(tx *store.Tx, m Merge) ([]string, error) {
	var merged int64
	err := tx.Raw(`SELECT COALESCE(MAX(number), 0) FROM ledger WHERE subject = ? AND name = 'professional.merged'`, m.AbsorbedID).Scan(&merged).Error
	if err != nil {
		return nil, err
	}
	var events []store.Event
	err = tx.Where(`number > ? AND name <> ? AND (subject = ? OR subject IN (SELECT id FROM candidacies WHERE professional_id = ?)
			OR subject IN (SELECT id FROM placements WHERE professional_id = ?))`, merged, audit.Viewing, m.SurvivorID, m.SurvivorID, m.SurvivorID).
		Order("number").Limit(mostNamed).Find(&events).Error
	if err != nil {
		return nil, err
	}
	out := make([]string, len(events))
	for i, e := range events {
		out[i] = e.Name + " (" + e.At.UTC().Format(time.DateOnly) + ")"
	}
	return out, nil
}

// restoreIn brings every table back to what it was. Rows that came since and that
// forbid nothing stay with the record that stayed.
func restoreIn(tx *store.Tx, m Merge, before, after Rows, version int) error {
	both := []string{m.SurvivorID, m.AbsorbedID}
	for _, t := range personal { // what refers to others goes first
		gone := without(after[t.Name], before[t.Name])
		if hasID(t) {
			gone = slices.DeleteFunc(gone, func(row string) bool { return named(before[t.Name], idOf(row)) })
		}
		if err := deleteIn(tx, t, gone, both...); err != nil {
			return err
		}
	}
	for _, t := range slices.Backward(personal) { // what is referred to comes first
		back := without(before[t.Name], after[t.Name])
		slices.SortStableFunc(back, func(a, b string) int { // what goes back to the other makes room for what comes anew
			return boolOrder(named(after[t.Name], idOf(b)), named(after[t.Name], idOf(a)))
		})
		for _, row := range back {
			err := tx.Try(func() error { return putIn(tx, t, row, named(after[t.Name], idOf(row))) })
			if err != nil && !(passing(t) && fault.HasCode(err, "dangling")) { // a search, or another person, that is gone meanwhile
				return fmt.Errorf("restore %s: %w", t.Name, err)
			}
		}
	}
	// A page that shows the merged record must not overwrite what was restored.
	err := tx.Exec(`UPDATE professionals SET version = ? WHERE id = ?`, version, m.SurvivorID).Error
	if err != nil {
		return err
	}
	restored, err := registry.ProfilesIn(tx, both)
	if err != nil {
		return err
	}
	keyed := make([]registry.Professional, len(restored))
	for i := range restored {
		keyed[i] = restored[i].Professional
	}
	return registry.RekeyIn(tx, keyed)
}

// boolOrder orders false before true.
func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// putIn writes a row over the one with its identifier, or anew.
func putIn(tx *store.Tx, t inventory.Table, row string, there bool) error {
	if there && hasID(t) {
		return updateIn(tx, t, row)
	}
	return insertIn(tx, t, row)
}

func hasID(t inventory.Table) bool { return len(t.Columns) > 0 && t.Columns[0].Name == "id" }

// named tells whether one of the rows has the identifier.
func named(rows []string, id string) bool {
	return id != "" && slices.ContainsFunc(rows, func(row string) bool { return idOf(row) == id })
}

// without returns the rows that are not among the others.
func without(rows, others []string) []string {
	return slices.DeleteFunc(slices.Clone(rows), func(row string) bool { return slices.Contains(others, row) })
}

// awakeIn lets the account be used again that rested.
func awakeIn(tx *store.Tx, m Merge) error {
	var users []string
	err := tx.Raw(`SELECT user_id FROM professionals WHERE id = ? AND user_id IS NOT NULL`, m.AbsorbedID).Scan(&users).Error
	for _, userID := range users {
		if err := identity.WakeIn(tx, userID); err != nil {
			return err
		}
	}
	return err
}

// SettleDue forgets what stood in both records of merges whose time is over.
func (s *Service) SettleDue(ctx context.Context) error {
	var due []Merge
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Omit("before", "after").Where("state = ? AND undo_until <= ?", Done, tx.Now).Order("id").Limit(100).Find(&due).Error
	})
	if err != nil || len(due) == 0 {
		return err
	}
	return s.DB.Change(ctx, store.System, func(tx *store.Tx) error {
		for _, m := range due {
			tx.Emit("merge.settled", m.SurvivorID, store.Details{"merge": m.ID})
			err := tx.Exec(`UPDATE merges SET state = ?, before = '', after = '', version = version + 1 WHERE id = ? AND state = ?`, Settled, m.ID, Done).Error
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// KeyEverybody gives keys to people who were here before there were any. It is
// quick when there is nothing to do.
func (s *Service) KeyEverybody(ctx context.Context) error {
	const atOnce = 500
	for after := ""; ; {
		var people []registry.Professional
		err := s.DB.Keep(ctx, func(tx *store.Tx) (err error) {
			if people, err = registry.UnkeyedIn(tx, after, atOnce); err != nil || len(people) == 0 {
				return err
			}
			return registry.RekeyIn(tx, people)
		})
		if err != nil || len(people) == 0 {
			return err
		}
		after = people[len(people)-1].ID
	}
}

// Recheck looks again at people who came or changed lately: two who were registered
// at the same moment could not see each other.
func (s *Service) Recheck(ctx context.Context, lately time.Duration) error {
	var people []registry.Professional
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Where("updated_at > ?", tx.Now.Add(-lately)).Order("id").Limit(mostRechecked).Find(&people).Error
	})
	if err != nil || len(people) == 0 {
		return err
	}
	return s.DB.Keep(ctx, func(tx *store.Tx) error { return registry.PairAgainIn(tx, people) })
}

// mostRechecked bounds one look: of an import of thousands the next look takes the rest.
const mostRechecked = 2000
