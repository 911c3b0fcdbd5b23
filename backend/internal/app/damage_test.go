// SPDX-License-Identifier: AGPL-3.0-or-later

package app_test

import (
	"crypto/rand"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"sankofa/backend/internal/app"
)

// need is the need of the demonstration that is ranked while the index breaks.
const need = "DEMO-01"

// ranked asks the running server, as an operator does from the command line.
func ranked(t *testing.T, dir string) (spelt, source string) {
	t.Helper()
	stdout, stderr, code := command(t, "rank", "--need", need, "--limit", "50", "--json", "--data", dir)
	if code != 0 {
		t.Fatalf("rank ended with %d: %s", code, stderr)
	}
	var r app.RankResult
	if err := json.Unmarshal([]byte(stdout), &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Candidates) < 3 {
		t.Fatalf("only %d candidates", len(r.Candidates))
	}
	// Whoever is registered meanwhile is considered, and not found without a consent.
	text, err := json.Marshal([]any{r.Passed, r.Candidates})
	if err != nil {
		t.Fatal(err)
	}
	return string(text), r.Source
}

// segments are the files of the index in use.
func segments(t *testing.T, dir string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "index", "gen-*", "store", "*"))
	if err != nil || len(found) < 2 {
		t.Fatalf("the index has %v (%v)", found, err)
	}
	return found
}

// damages are what may happen to the index under a running server; each returns
// what sets it right again where that takes somebody.
var damages = map[string]func(t *testing.T, dir string) (mend func()){
	"deleted": func(t *testing.T, dir string) func() {
		must(t, os.RemoveAll(filepath.Join(dir, "index")))
		return nil
	},
	"its files are deleted": func(t *testing.T, dir string) func() {
		for _, path := range segments(t, dir) {
			must(t, os.Remove(path))
		}
		return nil
	},
	"its files are emptied": func(t *testing.T, dir string) func() {
		for _, path := range segments(t, dir) {
			must(t, os.Truncate(path, 0))
		}
		return nil
	},
	"its files are garbage": func(t *testing.T, dir string) func() {
		for _, path := range segments(t, dir) {
			info, err := os.Stat(path)
			must(t, err)
			noise := make([]byte, info.Size())
			_, _ = rand.Read(noise)
			file, err := os.OpenFile(path, os.O_WRONLY, 0)
			must(t, err)
			_, err = file.Write(noise)
			must(t, err)
			must(t, file.Close())
		}
		return nil
	},
	"a file stands in its place": func(t *testing.T, dir string) func() {
		path := filepath.Join(dir, "index")
		must(t, os.RemoveAll(path))
		must(t, os.WriteFile(path, []byte("in the way"), 0o600))
		return func() { must(t, os.Remove(path)) }
	},
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestWhateverHappensToTheIndexTheServerAnswersAndHeals damages the index of a
// running server while people are registered, so that it also has to be written.
func TestWhateverHappensToTheIndexTheServerAnswersAndHeals(t *testing.T) {
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			outline(t)
			dir := app.WithDemo(t, t.TempDir())
			c := serve(t, "--data", dir)
			association := as(t, c, "association")
			within(t, "the index is there", func() bool { return settled(association) })
			want, source := ranked(t, dir)
			if source != "index" {
				t.Fatalf("to begin with the %s answers", source)
			}
			mend := damage(t, dir)
			if got, source := ranked(t, dir); got != want {
				t.Errorf("at once the %s answers otherwise", source)
			}
			w := writers{t: t, by: association, acked: map[string]string{}, seen: map[int]int{}, codes: map[string]bool{}}
			for _, email := range []string{"writer-1@example.org", "writer-2@example.org", "writer-3@example.org"} {
				w.register(email)
				if got, source := ranked(t, dir); got != want {
					t.Errorf("after a change the %s answers otherwise", source)
				}
			}
			if mend != nil {
				within(t, "its health says so", func() bool {
					_, checks := association.health()
					return checks["index"].State == "degraded" && checks["index"].Detail["answers"] == "from the database"
				})
				mend()
			}
			took := within(t, "the index is whole again", func() bool {
				got, source := ranked(t, dir)
				if got != want {
					t.Fatalf("meanwhile the %s answers otherwise", source)
				}
				return source == "index" && settled(association)
			})
			if ready, _ := association.health(); !ready || len(w.odd) > 0 || len(w.acked) != 3 {
				t.Errorf("ready %v, writers %v", ready, w.odd)
			}
			if code := c.stop(); code != 0 {
				t.Errorf("the server ended with %d: %s", code, c.errors)
			}
			if found := c.complaints(); len(found) > 0 {
				t.Errorf("faults of our own: %v", found)
			}
			t.Logf("healed within %s", took.Round(10*time.Millisecond))
		})
	}
}

// settled tells whether the index is well and has read everything.
func settled(b *browser) bool {
	_, checks := b.health()
	index := checks["index"]
	return index.State == "ok" && index.Detail["position"] == index.Detail["ledger"]
}

func TestAnIndexThatAnotherProcessHoldsIsNotWaitedFor(t *testing.T) {
	outline(t)
	dir := app.WithDemo(t, t.TempDir())
	alone, _ := ranked(t, dir)
	root := segments(t, dir)[slices.IndexFunc(segments(t, dir), func(path string) bool { return filepath.Base(path) == "root.bolt" })]
	file, err := os.OpenFile(root, os.O_RDWR, 0)
	must(t, err)
	defer file.Close()
	must(t, syscall.Flock(int(file.Fd()), syscall.LOCK_EX))
	c := serve(t, "--data", dir)
	if got, source := ranked(t, dir); got != alone {
		t.Errorf("the %s answers otherwise", source)
	}
	within(t, "another index is built", func() bool { _, source := ranked(t, dir); return source == "index" })
	if got, _ := ranked(t, dir); got != alone {
		t.Error("the new index answers otherwise")
	}
	if _, err := os.Stat(root); err != nil {
		t.Errorf("the index of the other is gone: %v", err)
	}
	if code := c.stop(); code != 0 {
		t.Errorf("the server ended with %d: %s", code, c.errors)
	}
}
