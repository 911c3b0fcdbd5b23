// SPDX-License-Identifier: AGPL-3.0-or-later

package relay_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"sankofa/backend/internal/relay"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// brisk is a pace for tests; the timer is far away so that only commits wake.
var brisk = relay.Pace{Batch: 7, Every: time.Hour, Retry: time.Millisecond, Longest: 10 * time.Millisecond}

// notebook is a reader that remembers what it was told.
type notebook struct {
	name string
	mu   sync.Mutex
	seen []int64
	last int64
	fail func(batch int) error
	n    int
}

func (b *notebook) Name() string { return b.name }

func (b *notebook) Position(context.Context) (int64, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.last, nil
}

func (b *notebook) Deliver(_ context.Context, events []store.Event) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.n++
	if b.fail != nil {
		if err := b.fail(b.n); err != nil {
			return err
		}
	}
	for _, e := range events {
		b.seen = append(b.seen, e.Number)
		b.last = e.Number
	}
	return nil
}

func (b *notebook) read() []int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.seen)
}

// run starts a relay and stops it when the test ends.
func run(t *testing.T, db *store.DB, pace relay.Pace, readers ...relay.Reader) *relay.Relay {
	t.Helper()
	r := relay.New(db, slog.New(slog.DiscardHandler), pace, readers...)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); r.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		select {
		case <-done:
		case <-time.After(10 * time.Second):
			t.Error("the relay did not stop")
		}
	})
	return r
}

func emit(t *testing.T, db *store.DB, n int) {
	t.Helper()
	for i := range n {
		err := db.Change(t.Context(), store.System, func(tx *store.Tx) error {
			tx.Emit("test.done", fmt.Sprint(i))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// eventually waits for what another goroutine will bring about.
func eventually(t *testing.T, what string, true func() bool) {
	t.Helper()
	for range 1000 {
		if true() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("never: %s", what)
}

func oneTo(n int) []int64 {
	all := make([]int64, n)
	for i := range all {
		all[i] = int64(i + 1)
	}
	return all
}

func TestEveryReaderHearsEverythingInOrder(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		emit(t, db, 10)
		early, late := &notebook{name: "early"}, &notebook{name: "late", last: 4}
		run(t, db, brisk, early, late)
		emit(t, db, 20)
		eventually(t, "both have read 30", func() bool { return len(early.read()) == 30 && len(late.read()) == 26 })
		if got := early.read(); !slices.Equal(got, oneTo(30)) {
			t.Errorf("early read %v", got)
		}
		if got := late.read(); !slices.Equal(got, oneTo(30)[4:]) {
			t.Errorf("late read %v", got)
		}
	})
}

func TestAReaderThatFailsIsTriedAgainAndHoldsUpNobody(t *testing.T) {
	db := storetest.SQLite(t)
	good := &notebook{name: "good"}
	bad := &notebook{name: "bad", fail: func(batch int) error {
		switch {
		case batch < 4:
			return errors.New("the disk is full")
		case batch == 4:
			panic("a bug")
		}
		return nil
	}}
	r := run(t, db, brisk, good, bad)
	emit(t, db, 3)
	eventually(t, "the good one has read", func() bool { return len(good.read()) == 3 })
	eventually(t, "the bad one has read", func() bool { return slices.Equal(bad.read(), oneTo(3)) })
	eventually(t, "the status is clean", func() bool { s := r.Status()[1]; return s.Failures == 0 && s.Position == 3 })
}

func TestAFailureShowsInTheStatus(t *testing.T) {
	db := storetest.SQLite(t)
	bad := &notebook{name: "bad", fail: func(int) error { return errors.New("the disk is full") }}
	r := run(t, db, brisk, bad)
	emit(t, db, 1)
	eventually(t, "three failures are counted", func() bool { return r.Status()[0].Failures >= 3 })
	s := r.Status()[0]
	if want := "deliver 1–1 to bad: the disk is full"; s.Error != want || s.Since.IsZero() || s.Reader != "bad" {
		t.Errorf("status %+v, want the error %q and a time", s, want)
	}
}

func TestACommitThatNobodyAnnouncedIsFoundByTheTimer(t *testing.T) {
	db := storetest.SQLite(t)
	emit(t, db, 1)
	pace := brisk
	pace.Every = 5 * time.Millisecond
	book := &notebook{name: "b", last: 1}
	run(t, db, pace, book)
	time.Sleep(20 * time.Millisecond)
	// The cursor goes back without a commit, as if another process had written.
	book.mu.Lock()
	book.last = 0
	book.mu.Unlock()
	eventually(t, "the event is read", func() bool { return slices.Equal(book.read(), oneTo(1)) })
}

func TestNothingStaysBehindWhenTheRelayStops(t *testing.T) {
	db := storetest.SQLite(t)
	emit(t, db, 1)
	before := runtime.NumGoroutine()
	for range 20 {
		r := relay.New(db, slog.New(slog.DiscardHandler), brisk, &notebook{name: "a"}, &notebook{name: "b"})
		ctx, stop := context.WithCancel(context.Background())
		done := make(chan struct{})
		go func() { defer close(done); r.Run(ctx) }()
		eventually(t, "it reads", func() bool { return r.Status()[0].Position == 1 })
		stop()
		<-done
	}
	eventually(t, "the goroutines are gone", func() bool { return runtime.NumGoroutine() <= before+2 })
}
