// SPDX-License-Identifier: AGPL-3.0-or-later

package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"sankofa/backend/internal/audit"
	"sankofa/backend/internal/store"
)

// writers register people, each with a key and as often as it takes, and
// remember what was acknowledged.
type writers struct {
	t    *testing.T
	by   *browser
	stop context.CancelFunc
	done sync.WaitGroup

	mu    sync.Mutex
	acked map[string]string // identifiers by address
	tries int
	odd   []string        // answers that nobody should get
	seen  map[int]int     // how often which status
	codes map[string]bool // of refusals
}

// eight is how many write at once.
const eight = 8

// write starts writers.
func write(t *testing.T, by *browser) *writers {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	w := &writers{t: t, by: by, stop: stop, acked: map[string]string{}, seen: map[int]int{}, codes: map[string]bool{}}
	for n := range eight {
		w.done.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				w.register(fmt.Sprintf("writer-%d-%d@example.org", n, i))
			}
		})
	}
	t.Cleanup(w.finish)
	return w
}

// finish lets every writer come to the end of the person it is at.
func (w *writers) finish() {
	w.stop()
	w.done.Wait()
}

// register sends the same request until it is acknowledged.
func (w *writers) register(email string) {
	body := map[string]any{"givenName": "Kofi", "familyName": "Mensah", "email": email, "originCountry": "SN", "residenceCountry": "IT",
		"originLink": "born", "isco": "2132", "residenceStatus": "citizen", "rightOfReturn": "yes", "onsite": true, "cvText": strings.Repeat("Irrigazione a goccia. ", 100), "cvLanguage": "it", "occupationTitle": "Agronomo",
		"skills": []any{map[string]any{"label": "irrigazione", "level": 3}, map[string]any{"label": "serre", "level": 2}},
		"languages": []any{map[string]any{"language": "it", "native": true}, map[string]any{"language": "fr", "listening": "B1"},
			map[string]any{"language": "wo", "native": true}},
		"availability": []any{map[string]any{"from": "2035-01-01", "to": "2035-12-31"}}}
	deadline := time.Now().Add(patience)
	for time.Now().Before(deadline) {
		got, err := w.by.ask("POST", "/professionals", body, "Idempotency-Key", "key-"+email)
		if w.heard(email, got, err) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	w.note("%s was not acknowledged in %s", email, patience)
}

// heard notes an answer and tells whether it is an acknowledgement, or final.
func (w *writers) heard(email string, got heard, err error) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.tries++
	if err != nil { // the server went away: nobody knows what became of it
		return false
	}
	w.seen[got.status]++
	switch got.status {
	case http.StatusCreated:
		var made struct{ ID string }
		_ = json.Unmarshal(got.body, &made)
		w.acked[email] = made.ID
		return true
	case http.StatusTooManyRequests: // writers knock fast while nobody answers
		return false
	case http.StatusServiceUnavailable, http.StatusInsufficientStorage:
		w.codes[got.problem()] = true
		if got.status == http.StatusServiceUnavailable && got.header.Get("Retry-After") == "" {
			w.odd = append(w.odd, "503 without Retry-After")
		}
		return false
	}
	w.odd = append(w.odd, fmt.Sprintf("%s: %d %.300s", email, got.status, got.body))
	return true
}

func (w *writers) note(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.odd = append(w.odd, fmt.Sprintf(format, args...))
}

// count is how many people have been acknowledged.
func (w *writers) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.acked)
}

// whole is what belongs to each person that a writer registers.
var whole = map[string]string{
	"professionals":             `SELECT count(*) FROM professionals WHERE email LIKE 'writer-%'`,
	"skills":                    `SELECT count(*) / 2 FROM professional_skills WHERE professional_id IN (SELECT id FROM professionals WHERE email LIKE 'writer-%')`,
	"languages":                 `SELECT count(*) / 3 FROM professional_languages WHERE professional_id IN (SELECT id FROM professionals WHERE email LIKE 'writer-%')`,
	"availability":              `SELECT count(*) FROM professional_availability WHERE professional_id IN (SELECT id FROM professionals WHERE email LIKE 'writer-%')`,
	"enrolments":                `SELECT count(*) FROM professional_programmes WHERE professional_id IN (SELECT id FROM professionals WHERE email LIKE 'writer-%')`,
	"memberships":               `SELECT count(*) FROM professional_associations WHERE professional_id IN (SELECT id FROM professionals WHERE email LIKE 'writer-%')`,
	"invitations":               `SELECT count(*) FROM invitations WHERE professional_id IN (SELECT id FROM professionals WHERE email LIKE 'writer-%')`,
	"people with an invitation": `SELECT count(DISTINCT professional_id) FROM invitations WHERE professional_id IN (SELECT id FROM professionals WHERE email LIKE 'writer-%')`,
	"keys":                      `SELECT count(*) FROM idempotency_keys WHERE key LIKE 'key-writer-%'`,
	"events": `SELECT count(*) FROM ledger WHERE name = 'professional.registered'
		AND subject IN (SELECT id FROM professionals WHERE email LIKE 'writer-%')`,
}

// check compares what was acknowledged with what is in the database, after the
// server has ended.
func (w *writers) check(database string) {
	t := w.t
	t.Helper()
	for _, odd := range w.odd {
		t.Errorf("a writer: %s", odd)
	}
	db, err := store.Open(t.Context(), store.Options{Database: database})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for what, query := range whole {
		var n int
		if err := db.View(t.Context(), func(tx *store.Tx) error { return tx.Raw(query).Scan(&n).Error }); err != nil || n != len(w.acked) {
			t.Errorf("%s: %d (%v), and %d were acknowledged", what, n, err, len(w.acked))
		}
	}
	var rows []struct{ ID, Email string }
	err = db.View(t.Context(), func(tx *store.Tx) error {
		return tx.Raw(`SELECT id, email FROM professionals WHERE email LIKE 'writer-%'`).Scan(&rows).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if w.acked[row.Email] != row.ID {
			t.Errorf("%s is %s, acknowledged was %q", row.Email, row.ID, w.acked[row.Email])
		}
	}
	if proof, err := audit.Verify(t.Context(), db); err != nil || !proof.Intact {
		t.Errorf("the ledger: %+v %v", proof, err)
	}
}
