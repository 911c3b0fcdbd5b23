// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store/storetest"
)

// serve starts a server and returns its address and what stops it.
func serve(t *testing.T, conf Config) (Ready, func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ready, ended := make(chan Ready, 1), make(chan error, 1)
	conf.Listen = "127.0.0.1:0"
	go func() { ended <- Serve(ctx, conf, Announce{Ready: func(r Ready) { ready <- r }}) }()
	stop := func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the server ended with %v", err)
		}
		ended <- nil // a second stop finds it ended
	}
	t.Cleanup(stop)
	select {
	case r := <-ready:
		return r, stop
	case err := <-ended:
		t.Fatalf("the server did not start: %v", err)
	case <-time.After(2 * time.Minute):
		t.Fatal("the server did not start in two minutes")
	}
	return Ready{}, nil
}

// rankOf asks for the ranking of a need, here or in the server.
func rankOf(t *testing.T, dir, need string) RankResult {
	t.Helper()
	options, _ := json.Marshal(RankOptions{Need: need, Limit: 10})
	asked := Command{Name: "rank", Options: options}
	silent := func(int64, int64) {}
	var answer json.RawMessage
	a, err := Open(t.Context(), Config{Data: dir})
	switch {
	case err == nil:
		answer, err = a.Do(t.Context(), asked, silent)
		if closed := a.Close(); closed != nil {
			t.Error(closed)
		}
	case fault.HasCode(err, Busy):
		answer, err = Ask(t.Context(), dir, asked, silent)
	}
	if err != nil {
		t.Fatalf("rank %s: %v", need, err)
	}
	var r RankResult
	if err := json.Unmarshal(answer, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// order is the ranking without what may differ from moment to moment.
func order(r RankResult) []string {
	var out []string
	for _, c := range r.Candidates {
		text, _ := json.Marshal(c.Criteria)
		out = append(out, c.Person+string(text))
	}
	return out
}

func TestAServerIsStartedUsedAndDrained(t *testing.T) {
	dir := WithDemo(t, t.TempDir())
	ready, stop := serve(t, Config{Data: dir, Demo: true, People: 300})
	if len(ready.SignIns) != 6 {
		t.Errorf("%d demonstration sign-ins, want one a role", len(ready.SignIns))
	}
	for _, path := range []string{"/healthz", "/readyz", "/api/openapi.json", "/api/docs"} {
		res, err := http.Get(ready.Address + path)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s: %d %s", path, res.StatusCode, body)
		}
	}
	if _, err := Open(t.Context(), Config{Data: dir}); !fault.HasCode(err, Busy) {
		t.Errorf("a second process on the same data: %v, want %s", err, Busy)
	}
	beside := rankOf(t, dir, "DEMO-03")
	stop()
	alone := rankOf(t, dir, "DEMO-03")
	if len(beside.Candidates) == 0 || !slices.Equal(order(beside), order(alone)) {
		t.Errorf("beside a server %d candidates, alone %d, in another order or with other reasons", len(beside.Candidates), len(alone.Candidates))
	}
	at := slices.IndexFunc(alone.Candidates, func(c search.Candidate) bool { return c.Person == "P-6GRW-2JHS" })
	if at < 0 || at > 2 {
		t.Errorf("the agronomist who writes Italian stands at %d for the French need, want the first three", at+1)
	}
	if !slices.ContainsFunc(alone.Candidates[max(at, 0)].Criteria, func(c matching.Criterion) bool {
		return c.Concept == "agriculture.drip-irrigation" && c.Points == c.Of && c.Evidence.Need != c.Evidence.Person
	}) {
		t.Errorf("no reason names the shared concept: %+v", alone.Candidates[max(at, 0)].Criteria)
	}
}

func TestTheIndexMayBeDeletedAtAnyTime(t *testing.T) {
	dir := WithDemo(t, t.TempDir())
	_, stop := serve(t, Config{Data: dir})
	first := rankOf(t, dir, "DEMO-01")
	stop()
	if err := os.RemoveAll(filepath.Join(dir, "index")); err != nil {
		t.Fatal(err)
	}
	_, _ = serve(t, Config{Data: dir})
	if again := rankOf(t, dir, "DEMO-01"); !slices.Equal(order(first), order(again)) {
		t.Error("without its index the server ranks otherwise")
	}
}

func TestPostgreSQLServesTheSame(t *testing.T) {
	dsn := storetest.Postgres(t)
	dir, lite := t.TempDir(), t.TempDir()
	a, err := Open(t.Context(), Config{Data: dir, Database: dsn})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	silent := func(int64, int64) {}
	if _, err := a.demo(t.Context(), DemoOptions{People: 300}, silent); err != nil {
		t.Fatal(err)
	}
	r, err := a.rank(t.Context(), RankOptions{Need: "DEMO-03", Limit: 10}, silent)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Open(t.Context(), Config{Data: lite})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if _, err := b.demo(t.Context(), DemoOptions{People: 300}, silent); err != nil {
		t.Fatal(err)
	}
	s, err := b.rank(t.Context(), RankOptions{Need: "DEMO-03", Limit: 10}, silent)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(order(r), order(s)) || !slices.Equal(r.Excluded, s.Excluded) {
		t.Errorf("PostgreSQL and SQLite rank differently: %v and %v", r.Excluded, s.Excluded)
	}
}

func TestABadConfigurationIsToldAtOnce(t *testing.T) {
	err := (&Config{Listen: "nowhere", Database: "mysql://x", PublicURL: "ftp://x", People: -1}).check()
	if f := fault.Of(err); len(f.Fields) != 5 {
		t.Errorf("%d complaints, want 5: %+v", len(f.Fields), f.Fields)
	}
}
