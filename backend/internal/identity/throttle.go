// SPDX-License-Identifier: AGPL-3.0-or-later

package identity

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits of failed sign-ins. Only failures count, and nobody can lock a colleague
// out from another address: the tight limit is on account *and* address together,
// the wide one on the address.
const (
	failuresPerAccount = 6
	accountRefill      = 30 * time.Second
	failuresPerAddress = 60
	addressRefill      = 2 * time.Second
	remembered         = 20_000 // keys kept; half of them go when there are more
)

// throttle remembers failures.
type throttle struct {
	mu      sync.Mutex
	buckets map[string]*bucket
}

// bucket is the failures of one key.
type bucket struct {
	limiter *rate.Limiter
	trying  int // tries that are being looked at: each may turn out a failure
}

func newThrottle() *throttle { return &throttle{buckets: map[string]*bucket{}} }

// try is a sign-in as one key counts it.
type try struct {
	key    string
	burst  int
	refill time.Duration
}

// begin lets a sign-in go on, or returns how long it must wait before it may.
// Those that are still being looked at count as failures, so that sending many
// at once is no way around the limits. What begins must end.
func (t *throttle) begin(now time.Time, tries ...try) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	var wait time.Duration
	for _, one := range tries {
		b := t.bucket(one)
		missing := 1 + float64(b.trying) - b.limiter.TokensAt(now)
		wait = max(wait, time.Duration(missing*float64(one.refill)))
	}
	if wait > 0 {
		return wait
	}
	for _, one := range tries {
		t.bucket(one).trying++
	}
	return 0
}

// end notes how a sign-in came out.
func (t *throttle) end(now time.Time, failed bool, tries ...try) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, one := range tries {
		b := t.bucket(one)
		b.trying = max(0, b.trying-1) // forget and shed may have lost that it began
		if failed {
			b.limiter.AllowN(now, 1)
		}
	}
}

// bucket returns that of the key, making it where it is not there yet.
func (t *throttle) bucket(one try) *bucket {
	b := t.buckets[one.key]
	if b != nil {
		return b
	}
	if len(t.buckets) >= remembered {
		t.shed()
	}
	b = &bucket{limiter: rate.NewLimiter(rate.Every(one.refill), one.burst)}
	t.buckets[one.key] = b
	return b
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
		if b.trying == 0 && b.limiter.Tokens() >= float64(b.limiter.Burst()) {
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

// Network returns what stands for a client's address in limits: the address, or
// of IPv6 its /64, which is what one household or one attacker has of it.
func Network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Is4() || ip.Is4In6() {
		return address
	}
	prefix, err := ip.WithZone("").Prefix(64)
	if err != nil {
		return address
	}
	return prefix.String()
}
