// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"sankofa/backend/internal/documents"
	"sankofa/backend/internal/erasure"
	"sankofa/backend/internal/intake"
	"sankofa/backend/internal/notices"
	"sankofa/backend/internal/store"
)

// stonesFile lists who was erased, beside the data: a restore does not write over
// it, and reads it again.
const stonesFile = "tombstones.jsonl"

// eraser builds the service that lets people go.
func (a *App) eraser() *erasure.Service {
	return &erasure.Service{DB: a.DB, Privacy: a.Privacy, Prove: a.Identity.Prove, Grace: a.conf.Grace,
		Reindex: func(ctx context.Context) error { return a.Search.Rebuild(ctx, nil) },
		Tell: func(stones []erasure.Tombstone) error {
			return writeStones(filepath.Join(a.conf.Data, stonesFile), stones)
		},
		Forget: []func(tx *store.Tx, professionalID string) error{documents.ForgetIn, notices.ForgetIn, intake.ForgetIn},
		Sweep: []func(ctx context.Context, _ []string) error{func(ctx context.Context, _ []string) error {
			_, err := a.Files.Sweep(ctx)
			return err
		}},
		Log: a.log}
}

// writeStones adds tombstones to a list in a file, each once.
func writeStones(path string, stones []erasure.Tombstone) error {
	known, err := readStones(path)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	seen := map[string]bool{}
	for _, stone := range append(known, stones...) {
		if seen[stone.ProfessionalID] {
			continue
		}
		seen[stone.ProfessionalID] = true
		line, err := json.Marshal(stone)
		if err != nil {
			return err
		}
		out.Write(append(line, '\n'))
	}
	return replaceFile(path, out.Bytes())
}

// erasedBefore is who was erased, for a restore.
type erasedBefore = erasure.Tombstone

// stonesOf reads several lists of tombstones.
func stonesOf(paths ...string) ([]erasedBefore, error) {
	var all []erasedBefore
	for _, path := range paths {
		if path == "" {
			continue
		}
		some, err := readStones(path)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// readStones reads a list of tombstones; a list that is not there is empty.
func readStones(path string) ([]erasure.Tombstone, error) {
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var stones []erasure.Tombstone
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var stone erasure.Tombstone
		if err := json.Unmarshal(lines.Bytes(), &stone); err != nil {
			return nil, fmt.Errorf("read tombstones of %s: %w", filepath.Base(path), err)
		}
		stones = append(stones, stone)
	}
	return stones, nil
}

// replaceFile writes a file so that it is there whole, or as it was.
func replaceFile(path string, text []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err = errors.Join(err, file.Sync(), file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}
