// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"errors"
	"sync"
	"testing"
)

func TestTheTurnOfAKeyIsHeldByOneAndForgottenAfterwards(t *testing.T) {
	t.Parallel()
	var turns turns
	var done sync.WaitGroup
	var counted [2]int // raised by whoever holds the turn: the race detector sees a second one
	for i := range 64 {
		done.Go(func() {
			leave, err := turns.take(t.Context(), []string{"a", "b"}[i%2])
			if err != nil {
				t.Error(err)
				return
			}
			counted[i%2]++
			leave()
		})
	}
	done.Wait()
	if counted[0] != 32 || counted[1] != 32 {
		t.Errorf("the turns counted %v, want 32 and 32", counted)
	}
	if len(turns.waiting) != 0 {
		t.Errorf("%d keys are still kept", len(turns.waiting))
	}
}

func TestWhoeverGivesUpDoesNotHoldTheTurn(t *testing.T) {
	t.Parallel()
	var turns turns
	leave, err := turns.take(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := turns.take(ended, "a"); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting for a held turn: %v, want %v", err, context.Canceled)
	}
	leave()
	if len(turns.waiting) != 0 {
		t.Errorf("%d keys are still kept", len(turns.waiting))
	}
}
