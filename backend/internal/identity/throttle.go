// SPDX-License-Identifier: AGPL-3.0-or-later

package identity

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits of failed sign-ins. Only failures count, so that nobody can lock a
// colleague out from another address: the tight limit is on account *and*
// address together, the wide one on the address.
const (
	failuresPerAccount = 6
	accountRefill      = 30 * time.Second
	failuresPerAddress = 60
	addressRefill      = 2 * time.Second
	remembered         = 20_000 // keys kept; the oldest half goes when it is full
)

// throttle remembers failures.
type throttle struct {
	mu      sync.Mutex
	buckets map[string]*bucket
}

// bucket is the failures of one key.
type bucket struct {
	limiter *rate.Limiter
	used    time.Time
}

func newThrottle() *throttle { return &throttle{buckets: map[string]*bucket{}} }

// wait returns how long the key must wait before it may try again.
func (t *throttle) wait(now time.Time, key string, refill time.Duration) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	b := t.buckets[key]
	if b == nil {
		return 0
	}
	missing := 1 - b.limiter.TokensAt(now)
	if missing <= 0 {
		return 0
	}
	return time.Duration(missing * float64(refill)).Round(time.Second)
}

// failed notes a failure of the key.
func (t *throttle) failed(now time.Time, key string, burst int, refill time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.buckets) >= remembered {
		t.shed()
	}
	b := t.buckets[key]
	if b == nil {
		b = &bucket{limiter: rate.NewLimiter(rate.Every(refill), burst)}
		t.buckets[key] = b
	}
	b.used = now
	b.limiter.AllowN(now, 1)
}

// forget clears the key after a success.
func (t *throttle) forget(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.buckets, key)
}

// shed drops keys that have recovered fully, and if that is not enough, half of
// all, so that an attacker cannot fill the memory.
func (t *throttle) shed() {
	for key, b := range t.buckets {
		if b.limiter.Tokens() >= float64(b.limiter.Burst()) {
			delete(t.buckets, key)
		}
	}
	for key := range t.buckets {
		if len(t.buckets) < remembered/2 {
			return
		}
		delete(t.buckets, key)
	}
}
