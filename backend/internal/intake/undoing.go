// SPDX-License-Identifier: AGPL-3.0-or-later

package intake

import (
	"context"

	"sankofa/backend/internal/files"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// undoneAtOnce is how many rows one transaction takes back.
const undoneAtOnce = 100

// undo takes back what an import wrote, the last row first.
func (s *Service) undo(ctx context.Context, i Import) error {
	who, err := s.actor(ctx, i)
	if err != nil {
		return err
	}
	for done := false; !done; {
		err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) (err error) {
			done, err = s.undoIn(tx, who, i.ID)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// undoIn takes some rows back; true when there are no more.
func (s *Service) undoIn(tx *store.Tx, who identity.Actor, importID string) (bool, error) {
	if err := s.holdIn(tx, importID, Undoing); err != nil {
		return false, err
	}
	var rows []Row
	err := tx.Where("import_id = ? AND NOT undone AND outcome IN ?", importID, []Outcome{New, Update}).
		Order("number DESC").Limit(undoneAtOnce).Find(&rows).Error
	if err != nil {
		return false, err
	}
	i, err := lockIn(tx, who, importID)
	if err != nil {
		return false, err
	}
	for n := range rows {
		if err := s.takeBackIn(tx, who, &i, &rows[n]); err != nil {
			return false, err
		}
	}
	if len(rows) > 0 {
		tx.Emit("import.undoing", importID, store.Details{"rows": len(rows)})
		return false, saveCountsIn(tx, &i)
	}
	i.State = Undone
	i.release()
	tx.Emit("import.undone", importID, store.Details{"removed": i.Removed, "restored": i.Restored, "kept": i.Kept})
	if err := files.ForgetImportIn(tx, importID); err != nil {
		return false, err
	}
	return true, saveIn(tx, &i)
}

// saveCountsIn writes the counts of an undo and leaves the version alone.
func saveCountsIn(tx *store.Tx, i *Import) error {
	return tx.Model(&Import{}).Where("id = ?", i.ID).Updates(map[string]any{"removed": i.Removed, "restored": i.Restored, "kept": i.Kept}).Error
}

// takeBackIn takes one row back: a person who is new goes, and what stood before
// stands again – unless they have answered meanwhile, or somebody works with them.
func (s *Service) takeBackIn(tx *store.Tx, who identity.Actor, i *Import, row *Row) error {
	done := false
	var err error
	switch {
	case row.ProfessionalID == nil: // joined with a profile of their own, or erased
	case row.Outcome == New:
		var used int64
		if err := tx.Raw(`SELECT count(*) FROM candidacies WHERE professional_id = ?`, *row.ProfessionalID).Scan(&used).Error; err != nil {
			return err
		}
		if used == 0 {
			done, err = s.Registry.RemoveInvitedIn(tx, who, *row.ProfessionalID)
		}
		i.Removed += oneIf(done)
	case row.Before != "":
		var amended registry.Amended
		if amended, err = registry.DecodeAmended(row.Before); err == nil {
			done, err = s.Registry.RestoreIn(tx, who, *row.ProfessionalID, amended)
		}
		i.Restored += oneIf(done)
	}
	if err != nil {
		return err
	}
	i.Kept += oneIf(!done)
	return tx.Model(&Row{}).Where("import_id = ? AND number = ?", row.ImportID, row.Number).
		Updates(map[string]any{"undone": true, "before": ""}).Error
}

// Tidy deletes what is no longer needed: files and what stood before once an
// import can no longer be undone, and imports that nobody started.
func (s *Service) Tidy(ctx context.Context) error {
	var over []string
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Raw(`SELECT i.id FROM imports i WHERE
			((i.undo_until IS NOT NULL AND i.undo_until < ?) OR (i.state = 'open' AND i.created_at < ?))
			AND (EXISTS (SELECT 1 FROM files f WHERE f.import_id = i.id) OR EXISTS (SELECT 1 FROM import_rows r WHERE r.import_id = i.id AND r.before <> ''))
			ORDER BY i.id LIMIT 100`, tx.Now, tx.Now.Add(-undoable)).Scan(&over).Error
	})
	for _, importID := range over {
		if err != nil {
			return err
		}
		err = s.DB.Change(ctx, store.System, func(tx *store.Tx) error {
			tx.Emit("import.tidied", importID)
			if err := files.ForgetImportIn(tx, importID); err != nil {
				return err
			}
			if err := tx.Exec(`UPDATE imports SET state = 'discarded', version = version + 1 WHERE id = ? AND state = 'open'`, importID).Error; err != nil {
				return err
			}
			return tx.Exec(`UPDATE import_rows SET before = '' WHERE import_id = ? AND before <> ''`, importID).Error
		})
	}
	if err != nil {
		return err
	}
	// What stood before of people who are gone is nobody's to restore.
	return s.DB.Keep(ctx, func(tx *store.Tx) error {
		return tx.Exec(`UPDATE import_rows SET before = '' WHERE professional_id IS NULL AND before <> ''`).Error
	})
}
