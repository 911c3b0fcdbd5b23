// SPDX-License-Identifier: AGPL-3.0-or-later

package erasure

import (
	"context"
	"errors"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/inventory"
	"sankofa/backend/internal/store"
)

// scour removes what is left outside the rows of who was erased: the index with
// its dictionaries, dead rows, the write-ahead log, copies. Whoever could not be
// scoured is scoured next time.
func (s *Service) scour(ctx context.Context) error {
	var ids []string
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Model(&Erasure{}).Where("state = ? AND scoured_at IS NULL", Done).Pluck("professional_id", &ids).Error
	})
	if err != nil || len(ids) == 0 {
		return err
	}
	if s.Tell != nil {
		err = s.tell(ctx)
	}
	for _, sweep := range s.Sweep {
		err = errors.Join(err, sweep(ctx, ids))
	}
	if s.Reindex != nil {
		err = errors.Join(err, s.Reindex(ctx))
	}
	if err = errors.Join(err, s.DB.Scour(ctx, touched())); err != nil {
		return err
	}
	err = s.DB.Change(ctx, store.System, func(tx *store.Tx) error {
		for _, one := range ids {
			tx.Emit("erasure.scoured", one)
		}
		return tx.Model(&Erasure{}).Where("state = ? AND scoured_at IS NULL AND professional_id IN ?", Done, ids).Update("scoured_at", tx.Now).Error
	})
	return err
}

// touched are the tables that an erasure writes.
func touched() []string {
	var names []string
	for _, table := range inventory.Tables() {
		if table.Fate != "" && table.Fate != inventory.Kept {
			names = append(names, table.Name)
		}
	}
	return names
}

// tell writes everybody's tombstone.
func (s *Service) tell(ctx context.Context) error {
	stones, err := s.Tombstones(ctx)
	if err != nil {
		return err
	}
	return s.Tell(stones)
}

// Tombstones returns everybody who was erased, for whoever makes a backup.
func (s *Service) Tombstones(ctx context.Context) ([]Tombstone, error) {
	var stones []Tombstone
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		stones, err = tombstonesIn(tx)
		return err
	})
	return stones, err
}

// Reapply erases again whom a restored backup brought back. It tells how many.
func (s *Service) Reapply(ctx context.Context, stones []Tombstone) (int, error) {
	known := map[string]bool{}
	have, err := s.Tombstones(ctx)
	if err != nil {
		return 0, err
	}
	for _, stone := range have {
		known[stone.ProfessionalID] = true
	}
	again := 0
	for _, stone := range stones {
		if known[stone.ProfessionalID] {
			continue
		}
		known[stone.ProfessionalID] = true
		err := s.DB.Change(ctx, store.System, func(tx *store.Tx) error { return s.reapplyIn(tx, stone) })
		if fault.Is(err, fault.Missing) {
			continue // the backup is from before the person came
		}
		if err != nil {
			return again, err
		}
		again++
	}
	return again, s.scour(ctx)
}

// reapplyIn erases one person of a backup, whatever they were doing when it was made.
func (s *Service) reapplyIn(tx *store.Tx, stone Tombstone) error {
	open, err := openIn(tx, stone.ProfessionalID)
	if err != nil {
		return err
	}
	counts, err := s.EraseIn(tx, stone.ProfessionalID)
	if err != nil {
		return err
	}
	if open != nil {
		return tx.Model(&Erasure{}).Where("id = ?", open.ID).
			Updates(map[string]any{"state": Done, "ended_at": stone.At, "counts": countsText(counts)}).Error
	}
	return tx.Create(&Erasure{ID: id.New(), ProfessionalID: stone.ProfessionalID, UserID: stone.UserID, Cause: ByPerson, State: Done,
		RequestedAt: stone.At, DueAt: stone.At, EndedAt: &stone.At, Counts: countsText(counts)}).Error
}
