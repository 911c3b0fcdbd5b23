// SPDX-License-Identifier: AGPL-3.0-or-later

package store_test

import (
	"bytes"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"sankofa/backend/internal/store"
)

func TestNoValueReachesTheLog(t *testing.T) {
	var log bytes.Buffer
	db, err := store.Open(t.Context(), store.Options{Database: "sqlite:" + filepath.Join(t.TempDir(), "test.db"),
		Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var row map[string]any
	for _, statement := range []func(*store.Tx) error{
		func(tx *store.Tx) error {
			return tx.Exec(`SELECT * FROM no_such_table WHERE name = ?`, "Ama Boateng").Error
		},
		func(tx *store.Tx) error {
			return tx.Raw(`SELECT * FROM no_such_table WHERE name = ?`, "Ama Boateng").Scan(&row).Error
		},
		func(tx *store.Tx) error {
			return tx.Table("no_such_table").Where("name = ?", "Ama Boateng").Find(&row).Error
		},
	} {
		if err := db.Keep(t.Context(), statement); err == nil {
			t.Fatal("a table that does not exist was read")
		}
	}
	if strings.Count(log.String(), "no_such_table") < 3 || strings.Contains(log.String(), "Boateng") {
		t.Errorf("the log says %s", &log)
	}
}
