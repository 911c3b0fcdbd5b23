// SPDX-License-Identifier: AGPL-3.0-or-later

package intake

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/files"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// chunked is how many rows one transaction writes: enough to be quick, and little
// enough that nobody waits long for the one writer of SQLite.
const chunked = 250

// leased is how long a worker may be silent before another one takes over.
const leased = 30 * time.Second

// idle is how long the workers sleep when nobody wakes them.
const idle = 2 * time.Second

func (s *Service) prepare() {
	s.once.Do(func() {
		s.wake = make(chan struct{}, 2)
		if s.Worker == "" {
			s.Worker = id.New()
		}
	})
}

func (s *Service) log() *slog.Logger {
	if s.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return s.Log
}

// Wake tells the workers that there is something to do.
func (s *Service) Wake() {
	s.prepare()
	for range cap(s.wake) {
		select {
		case s.wake <- struct{}{}:
		default:
		}
	}
}

// Run makes dry runs and imports until the context ends. What it has begun then,
// the next server goes on with.
func (s *Service) Run(ctx context.Context) {
	s.prepare()
	var group sync.WaitGroup
	group.Go(func() { s.repeat(ctx, func() bool { return s.Try(ctx) }) })
	group.Go(func() {
		s.repeat(ctx, func() bool {
			worked, err := s.Work(ctx)
			if err != nil && ctx.Err() == nil {
				s.log().Warn("an import will be tried again", "error", err)
			}
			return worked && err == nil
		})
	})
	group.Wait()
}

func (s *Service) repeat(ctx context.Context, work func() bool) {
	tick := time.NewTicker(idle)
	defer tick.Stop()
	for ctx.Err() == nil {
		if work() {
			continue
		}
		select {
		case <-ctx.Done():
		case <-s.wake:
		case <-tick.C:
		}
	}
}

// errLost ends the work on an import that was cancelled, or that another worker
// has taken over.
var errLost = errors.New("intake: the import is no longer ours to work on")

// Work goes on with one import that is running or being undone, to its end. It
// tells whether there was one.
func (s *Service) Work(ctx context.Context) (bool, error) {
	s.prepare()
	i, err := s.lease(ctx)
	if err != nil || i.ID == "" {
		return false, err
	}
	if i.State == Undoing {
		err = s.undo(ctx, i)
	} else {
		err = s.bring(ctx, i)
	}
	if errors.Is(err, errLost) {
		return true, nil
	}
	return true, err
}

// lease takes the import that has waited longest and that nobody works on.
func (s *Service) lease(ctx context.Context) (Import, error) {
	var found Import
	err := s.DB.Keep(ctx, func(tx *store.Tx) error {
		var rows []Import
		free := "state IN ? AND (leased_until IS NULL OR leased_until < ? OR leased_by = ?)"
		states := []State{Running, Undoing}
		if err := tx.Where(free, states, tx.Now, s.Worker).Order("id").Limit(1).Find(&rows).Error; err != nil || len(rows) == 0 {
			return err
		}
		res := tx.Model(&Import{}).Where("id = ?", rows[0].ID).Where(free, states, tx.Now, s.Worker).
			Updates(map[string]any{"leased_by": s.Worker, "leased_until": tx.Now.Add(leased)})
		if res.Error == nil && res.RowsAffected == 1 {
			found = rows[0]
		}
		return res.Error
	})
	return found, err
}

// actor is the officer on whose behalf an import runs.
func (s *Service) actor(ctx context.Context, i Import) (identity.Actor, error) {
	who := identity.Actor{UserID: i.CreatedBy, Role: identity.Association, OrganisationID: i.OrganisationID, ProgrammeID: i.ProgrammeID}
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		organisation, err := identity.OrganisationIn(tx, i.OrganisationID)
		who.Demo = organisation.Demo
		return err
	})
	return who, err
}

// bring writes the rows that have no outcome yet, chunk by chunk.
func (s *Service) bring(ctx context.Context, i Import) error {
	who, err := s.actor(ctx, i)
	if err != nil {
		return err
	}
	reading, set, err := s.read(ctx, i)
	if err != nil {
		return s.giveUp(ctx, who, i, err)
	}
	beat := time.Now()
	planned, err := s.plan(ctx, reading, set, func(int) {
		if time.Since(beat) > leased/4 { // a long file is planned for longer than a lease lasts
			beat = time.Now()
			_ = s.DB.Keep(ctx, func(tx *store.Tx) error { return s.holdIn(tx, i.ID, i.State) }) // lost leases are found below
		}
	})
	if err != nil {
		return err
	}
	again := repeated(planned, set.Lenient)
	pending, err := s.pending(ctx, i.ID, planned)
	if err != nil {
		return err
	}
	for start := 0; start < len(pending); start += chunked {
		chunk := pending[start:min(start+chunked, len(pending))]
		err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error { return s.chunkIn(tx, who, i.ID, chunk, again, set) })
		if err != nil {
			return err
		}
	}
	return s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error { return s.finishIn(tx, who, i.ID) })
}

// pending leaves out the rows that have an outcome: they were written before the
// worker was killed, or the import cancelled.
func (s *Service) pending(ctx context.Context, importID string, planned []Planned) ([]Planned, error) {
	var done []int
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Model(&Row{}).Where("import_id = ?", importID).Pluck("number", &done).Error
	})
	seen := make(map[int]bool, len(done))
	for _, number := range done {
		seen[number] = true
	}
	out := make([]Planned, 0, len(planned))
	for _, p := range planned {
		if !seen[p.Number] {
			out = append(out, p)
		}
	}
	return out, err
}

// holdIn renews the lease, in the transaction that does the work: whoever has
// lost it writes nothing.
func (s *Service) holdIn(tx *store.Tx, importID string, state State) error {
	res := tx.Model(&Import{}).Where("id = ? AND state = ? AND leased_by = ?", importID, state, s.Worker).
		Update("leased_until", tx.Now.Add(leased))
	if res.Error == nil && res.RowsAffected == 0 {
		return errLost
	}
	return res.Error
}

// chunkIn writes some rows and what became of each.
func (s *Service) chunkIn(tx *store.Tx, who identity.Actor, importID string, chunk []Planned, again repeats, set Settings) error {
	if err := s.holdIn(tx, importID, Running); err != nil {
		return err
	}
	verdicts, err := s.sortIn(tx, who, chunk, again, set)
	if err != nil {
		return err
	}
	rows := make([]Row, len(chunk))
	var people []registry.Profile
	var places []int
	counts := map[Outcome]int{}
	for n := range chunk {
		rows[n] = Row{ImportID: importID, Number: chunk[n].Number, Outcome: verdicts[n].Outcome}
		switch verdicts[n].Outcome {
		case New:
			people, places = append(people, chunk[n].Profile), append(places, n)
		case Update:
			if err := s.amendIn(tx, who, &chunk[n], verdicts[n], &rows[n]); err != nil {
				return err
			}
		case Same:
			if verdicts[n].Twin != "" {
				rows[n].ProfessionalID = &verdicts[n].Twin
			}
		}
		counts[rows[n].Outcome]++
	}
	if err := s.Registry.ArriveIn(tx, who, people); err != nil {
		return err
	}
	for n, place := range places {
		rows[place].ProfessionalID = &people[n].ID
	}
	tx.Emit("import.progressed", importID, store.Details{"rows": len(rows)})
	if err := tx.CreateInBatches(rows, chunked).Error; err != nil {
		return err
	}
	return countIn(tx, importID, counts)
}

// countIn raises the counts by what was done, and leaves the version alone: the
// officer who looks on may still cancel what they see.
func countIn(tx *store.Tx, importID string, by map[Outcome]int) error {
	all := 0
	for _, n := range by {
		all += n
	}
	return tx.Exec(`UPDATE imports SET done = done + ?, added = added + ?, updated = updated + ?, same = same + ?, duplicates = duplicates + ?,
		invalid = invalid + ? WHERE id = ?`, all, by[New], by[Update], by[Same], by[Duplicate], by[Invalid], importID).Error
}

// amendIn writes what a row changes in a member who is here already.
func (s *Service) amendIn(tx *store.Tx, who identity.Actor, p *Planned, v verdict, row *Row) error {
	amended, err := s.Registry.AmendIn(tx, who, v.Twin, func(stored registry.Profile) registry.Profile {
		merged, _ := registry.Merge(stored, p.Profile, func(field string) bool { return p.gives[field] })
		return merged
	})
	row.ProfessionalID = &v.Twin
	switch {
	case fault.Is(err, fault.Conflict), fault.Is(err, fault.Missing): // answered a moment ago
		row.Outcome = Same
		return nil
	case fault.Is(err, fault.Invalid): // too much for one profile, together with what is there
		row.Outcome = Invalid
		return nil
	case err != nil:
		return err
	case len(amended.After) == 0:
		row.Outcome = Same
		return nil
	}
	row.Before, err = amended.Encode()
	return err
}

// finishIn ends an import whose rows are all done. Its file goes, unless there
// are rows in it that may be mended and sent again.
func (s *Service) finishIn(tx *store.Tx, who identity.Actor, importID string) error {
	if err := s.holdIn(tx, importID, Running); err != nil {
		return err
	}
	i, err := lockIn(tx, who, importID)
	if err != nil {
		return err
	}
	i.Total = i.Done
	i.finish(tx.Now)
	tx.Emit("import.done", i.ID, store.Details{"new": i.Added, "updated": i.Updated, "same": i.Same, "duplicates": i.Duplicates, "invalid": i.Invalid})
	if i.Invalid+i.Duplicates == 0 {
		if err := files.ForgetImportIn(tx, i.ID); err != nil {
			return err
		}
	}
	return saveIn(tx, &i)
}

// giveUp ends an import whose file can no longer be read.
func (s *Service) giveUp(ctx context.Context, who identity.Actor, i Import, why error) error {
	f := fault.Of(why)
	if f.Kind == fault.Internal || f.Kind == fault.Unavailable {
		return why
	}
	return s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		now, err := lockIn(tx, who, i.ID)
		if err != nil {
			return err
		}
		if err := now.Cancel(tx.Now); err != nil {
			return err
		}
		now.Problem = f.Code
		tx.Emit("import.stopped", i.ID, store.Details{"problem": f.Code})
		return saveIn(tx, &now)
	})
}
