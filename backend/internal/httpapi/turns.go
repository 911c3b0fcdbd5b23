// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"sync"
)

// turns lets requests with one Idempotency-Key through one after the other, so that
// a repeat that comes while the first is at work waits for its answer instead of
// doing the same work beside it. It spares work only: that a key has one effect is
// held by the database, also between servers. The zero value is ready.
type turns struct {
	mu      sync.Mutex
	waiting map[string]*turn
}

// turn is the place of one key: a token to hold, and how many hold or want it.
type turn struct {
	token chan struct{}
	users int
}

// take waits for the turn of the key and returns what gives it back. It fails when
// the context ends first.
func (t *turns) take(ctx context.Context, key string) (func(), error) {
	t.mu.Lock()
	if t.waiting == nil {
		t.waiting = map[string]*turn{}
	}
	place := t.waiting[key]
	if place == nil {
		place = &turn{token: make(chan struct{}, 1)}
		t.waiting[key] = place
	}
	place.users++
	t.mu.Unlock()

	select {
	case place.token <- struct{}{}:
		return func() { <-place.token; t.leave(key, place) }, nil
	case <-ctx.Done():
		t.leave(key, place)
		return nil, ctx.Err()
	}
}

// leave forgets the place when nobody holds or wants it any more.
func (t *turns) leave(key string, place *turn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if place.users--; place.users == 0 {
		delete(t.waiting, key)
	}
}
