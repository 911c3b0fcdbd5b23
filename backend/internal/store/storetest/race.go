// SPDX-License-Identifier: AGPL-3.0-or-later

package storetest

import (
	"sync"
	"testing"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/store"
)

// The size of every race that guards a rule of the schema.
const (
	Rounds  = 100
	Writers = 32
)

// Race lets the writers of each round go at the same moment and returns what
// each came back with: outcomes[round][writer]. The first round would otherwise
// be a race to connect, so warm the pool first: see Warm.
func Race(t testing.TB, rounds, writers int, attempt func(round, writer int) error) (outcomes [][]error) {
	t.Helper()
	outcomes = make([][]error, rounds)
	for round := range rounds {
		outcomes[round] = together(round, writers, attempt)
	}
	return outcomes
}

// together runs one round behind a barrier: nobody starts before all are ready.
func together(round, writers int, attempt func(round, writer int) error) []error {
	outcome := make([]error, writers)
	start := make(chan struct{})
	var ready, done sync.WaitGroup
	for writer := range writers {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-start
			outcome[writer] = attempt(round, writer)
		})
	}
	ready.Wait()
	close(start)
	done.Wait()
	return outcome
}

// Warm opens every connection of the database's pool.
func Warm(t testing.TB, db *store.DB) {
	t.Helper()
	var group sync.WaitGroup
	for range Writers {
		group.Go(func() {
			err := db.View(t.Context(), func(tx *store.Tx) error {
				time.Sleep(20 * time.Millisecond) // holds the connection, so that the next view opens another
				return tx.Exec("SELECT 1").Error
			})
			if err != nil {
				t.Errorf("warm the pool: %v", err)
			}
		})
	}
	group.Wait()
}

// Winners returns which writers of a round had their way.
func Winners(outcome []error) []int {
	var winners []int
	for writer, err := range outcome {
		if err == nil {
			winners = append(winners, writer)
		}
	}
	return winners
}

// OneWins fails the test unless exactly one writer of each round had its way and
// every other was told so by a fault of one of the kinds; Conflict when none is
// named.
func OneWins(t testing.TB, outcomes [][]error, kinds ...fault.Kind) {
	t.Helper()
	for round, outcome := range outcomes {
		if winners := Winners(outcome); len(winners) != 1 {
			t.Errorf("round %d: writers %v had their way, want exactly one", round, winners)
		}
	}
	LosersAreTold(t, outcomes, kinds...)
}

// LosersAreTold fails the test when a writer failed otherwise than by a fault of
// one of the kinds; Conflict when none is named.
func LosersAreTold(t testing.TB, outcomes [][]error, kinds ...fault.Kind) {
	t.Helper()
	if len(kinds) == 0 {
		kinds = []fault.Kind{fault.Conflict}
	}
	for round, outcome := range outcomes {
		for writer, err := range outcome {
			if err != nil && !among(err, kinds) {
				t.Errorf("round %d, writer %d: got %v, want one of %v", round, writer, err, kinds)
			}
		}
	}
}

// among tells whether err is a fault of one of the kinds.
func among(err error, kinds []fault.Kind) bool {
	for _, kind := range kinds {
		if fault.Is(err, kind) {
			return true
		}
	}
	return false
}
