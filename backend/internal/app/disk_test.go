// SPDX-License-Identifier: AGPL-3.0-or-later

package app_test

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"sankofa/backend/internal/app"
	"sankofa/backend/internal/store"
)

// smallDisk is a file system of some megabytes, gone after the test.
func smallDisk(t *testing.T, megabytes string) string {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root may mount a small disk to fill it")
	}
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+megabytes+"m"); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

// fill takes all the space that is left.
func fill(t *testing.T, path string) {
	t.Helper()
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return // not even the name of a file fits any more
	}
	defer file.Close()
	for size := 1 << 20; size > 0; size /= 2 {
		for piece := make([]byte, size); err == nil; {
			_, err = file.Write(piece)
		}
		err = nil
	}
}

func TestAFullDiskRefusesWritesAndGoesOnReading(t *testing.T) {
	outline(t)
	dir := smallDisk(t, "120")
	app.WithDemo(t, dir)
	c := serve(t, "--data", dir)
	association := as(t, c, "association")
	w := write(t, association)
	const rounds = 2
	var slowest time.Duration
	for range rounds {
		before := w.count()
		within(t, "people are registered", func() bool { return w.count() > before+eight })
		filler := filepath.Join(dir, "filler")
		within(t, "writes are refused", func() bool {
			fill(t, filler) // again and again: the database gives space back as it tidies up
			before := w.count()
			time.Sleep(300 * time.Millisecond)
			return w.count() == before
		})
		for _, path := range []string{"/professionals", "/session", "/needs"} {
			if got := association.must(t, "GET", path, nil); got.status != http.StatusOK {
				t.Errorf("reading %s: %d %s", path, got.status, got.body)
			}
		}
		if ready, checks := association.health(); ready || checks["disk"].State != "full" {
			t.Errorf("it says that all is well: %+v", checks)
		}
		if got := association.must(t, "GET", "/healthz", nil); got.status != http.StatusOK {
			t.Errorf("it says that it is dead: %d", got.status)
		}
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
		after := w.count()
		slowest = max(slowest, within(t, "people are registered again", func() bool { return w.count() > after+eight }))
	}
	w.finish()
	within(t, "all is well again", func() bool {
		ready, checks := association.health()
		index := checks["index"]
		return ready && index.State == "ok" && index.Detail["position"] == index.Detail["ledger"]
	})
	if code := c.stop(); code != 0 {
		t.Errorf("the server ended with %d: %s", code, c.errors)
	}
	if found := c.complaints(); len(found) > 0 {
		t.Errorf("faults of our own: %s", strings.Join(found, "\n"))
	}
	for code := range w.codes {
		if !slices.Contains([]string{"disk.full", "database.unavailable"}, code) {
			t.Errorf("a writer was told %q", code)
		}
	}
	if !w.codes["disk.full"] {
		t.Errorf("no writer was told that the disk is full, but %v", w.codes)
	}
	database := "sqlite:" + filepath.Join(dir, "sankofa.db")
	w.check(database)
	if verdict := integrity(t, database); verdict != "ok" {
		t.Errorf("the database is %s", verdict)
	}
	t.Logf("%d times full, %d acknowledged in %d tries, answers %v, writing again within %s", rounds, len(w.acked), w.tries, w.seen, slowest.Round(time.Millisecond))
}

// integrity asks SQLite to look at the whole file.
func integrity(t *testing.T, database string) (verdict string) {
	t.Helper()
	db, err := store.Open(t.Context(), store.Options{Database: database})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.View(t.Context(), func(tx *store.Tx) error { return tx.Raw(`PRAGMA integrity_check`).Scan(&verdict).Error }); err != nil {
		t.Fatal(err)
	}
	return verdict
}

func TestAServerStartsOnAFullDiskOrSaysThatItCannot(t *testing.T) {
	outline(t)
	dir := smallDisk(t, "100")
	app.WithDemo(t, dir)
	fill(t, filepath.Join(dir, "filler"))
	c := begin(t, "--data", dir)
	select {
	case <-c.exited:
		if c.code() != 5 || !strings.Contains(c.errors.String(), "space") {
			t.Errorf("it ended with %d: %s", c.code(), c.errors)
		}
	default:
		if got := browse(c).must(t, "GET", "/open-programmes", nil); got.status != http.StatusOK {
			t.Errorf("it reads nothing: %d %s", got.status, got.body)
		}
		if ready, checks := browse(c).health(); ready || checks["disk"].State != "full" {
			t.Errorf("it says that all is well: %+v", checks)
		}
	}
}
