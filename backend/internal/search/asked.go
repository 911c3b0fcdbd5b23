// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"sync"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/needs"
)

// mostAsked bounds the needs that are kept as values: some ten kilobytes each.
const mostAsked = 4000

// asked keeps needs as the values that people are compared with: to find the words
// and concepts of terms of reference takes longer than to rank people by them.
type asked struct {
	mu    sync.Mutex
	known map[edition]matching.Need
	era   int // changes when what words mean does
}

// edition is one version of a need.
type edition struct {
	id      string
	version int
}

func newAsked() *asked { return &asked{known: map[edition]matching.Need{}} }

// forget forgets all: words have come to mean something else.
func (a *asked) forget() {
	a.mu.Lock()
	defer a.mu.Unlock()
	clear(a.known)
	a.era++
}

func (a *asked) take(e edition) (matching.Need, int, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	n, ok := a.known[e]
	return n, a.era, ok
}

// put keeps a need, unless words have changed since the era in which it was read.
func (a *asked) put(e edition, n matching.Need, era int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if era != a.era {
		return
	}
	if len(a.known) >= mostAsked {
		clear(a.known)
	}
	a.known[e] = n
}

// need returns the values of terms of reference. They are shared: nobody may
// change what their lists hold.
func (s *Service) need(t needs.Terms) matching.Need {
	e := edition{t.ID, t.Version}
	n, era, ok := s.asked.take(e)
	if !ok {
		n = s.reading.Need(t)
		s.asked.put(e, n, era)
	}
	return n
}
