// SPDX-License-Identifier: AGPL-3.0-or-later

package files

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"sankofa/backend/internal/store"
)

// Grace is how long a file that no row names is left alone: its row may be in a
// transaction that has not ended yet.
const Grace = time.Hour

// Sweep removes files that no row names and that are older than Grace: those of
// uploads that failed or were cut by a crash, and those whose row went while
// nobody could remove the file. It returns how many it removed.
func (s *Service) Sweep(ctx context.Context) (removed int, err error) {
	var old []string
	before := time.Now().Add(-Grace) // the disk's clock, not the database's
	err = filepath.WalkDir(s.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil && info.ModTime().Before(before) {
			old = append(old, entry.Name())
		}
		return err
	})
	if err != nil {
		return 0, disk(err)
	}
	for len(old) > 0 {
		some := old[:min(len(old), 500)]
		old = old[len(some):]
		known, err := s.known(ctx, some)
		if err != nil {
			return removed, err
		}
		for _, id := range some {
			if !known[id] {
				s.discard(id)
				removed++
			}
		}
	}
	return removed, nil
}

// known tells which identifiers have a row.
func (s *Service) known(ctx context.Context, ids []string) (map[string]bool, error) {
	var kept []string
	err := s.db.View(ctx, func(tx *store.Tx) error {
		return tx.Raw(`SELECT id FROM files WHERE id IN ?`, ids).Scan(&kept).Error
	})
	known := make(map[string]bool, len(kept))
	for _, id := range kept {
		known[id] = true
	}
	return known, err
}

// Rotate makes a new master key, wraps every document's key with it, and
// forgets the older master keys. Broken off, it leaves every document readable
// and can be run again. It returns how many documents it wrapped anew.
func (s *Service) Rotate(ctx context.Context) (int, error) {
	name, err := s.master.begin()
	if err != nil {
		return 0, err
	}
	wrapped := 0
	for {
		n, err := s.rewrap(ctx, name)
		if err != nil {
			return wrapped, err
		}
		if wrapped += n; n == 0 {
			return wrapped, s.master.retire(name)
		}
	}
}

// rewrap wraps some keys with the master key in use.
func (s *Service) rewrap(ctx context.Context, name string) (int, error) {
	var some []File
	err := s.db.Change(ctx, store.System, func(tx *store.Tx) error {
		if err := tx.Where("master <> ?", name).Order("id").Limit(200).Find(&some).Error; err != nil {
			return err
		}
		for _, f := range some {
			key, err := s.master.unwrap(f.Master, f.WrappedKey, f.ID)
			if err != nil {
				return err
			}
			master, wrapped, err := s.master.wrap(key, f.ID)
			if err != nil {
				return err
			}
			err = tx.Exec(`UPDATE files SET master = ?, wrapped_key = ? WHERE id = ?`, master, wrapped, f.ID).Error
			if err != nil {
				return err
			}
		}
		tx.Emit("files.rewrapped", name, store.Details{"count": len(some)})
		return nil
	})
	return len(some), err
}

// Remover removes the file of a document right after its row is gone. It reads
// the ledger from where it stood at the first look; Sweep finds what fell
// before that.
type Remover struct {
	files *Service
	mu    sync.Mutex
	begun bool
	at    int64
}

// NewRemover makes a reader of the ledger.
func NewRemover(s *Service) *Remover { return &Remover{files: s} }

// Name names the reader in the status and in the log.
func (r *Remover) Name() string { return "files" }

// Position returns the number of the last event that was dealt with.
func (r *Remover) Position(ctx context.Context) (int64, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.begun {
		return r.at, nil
	}
	last, err := r.files.db.LastEvent(ctx)
	r.at, r.begun = last, err == nil
	return last, err
}

// Deliver removes the files of erased documents.
func (r *Remover) Deliver(_ context.Context, events []store.Event) error {
	for _, e := range events {
		if e.Name == "file.erased" {
			if err := os.Remove(r.files.path(e.Subject)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return disk(err)
			}
		}
		r.mu.Lock()
		r.at = e.Number
		r.mu.Unlock()
	}
	return nil
}
