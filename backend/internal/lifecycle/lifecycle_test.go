// SPDX-License-Identifier: AGPL-3.0-or-later

package lifecycle_test

import (
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"sankofa/backend/internal/lifecycle"
)

var everybody = []lifecycle.Who{lifecycle.Professional, lifecycle.Association, lifecycle.Host, lifecycle.Ministry, lifecycle.Coordinator, lifecycle.System}

func TestEveryStateIsReachedAndOnlyTheLastOnesHaveNoExit(t *testing.T) {
	m := lifecycle.Placement
	reached := map[lifecycle.State]bool{m.Begin: true}
	for range m.Moves {
		for _, move := range m.Moves {
			if slices.ContainsFunc(move.From, func(s lifecycle.State) bool { return reached[s] }) {
				reached[move.To] = true
			}
		}
	}
	var final []lifecycle.State
	for _, s := range m.States() {
		if !reached[s] {
			t.Errorf("nothing leads to %s", s)
		}
		if m.Final(s) {
			final = append(final, s)
		}
	}
	if want := []lifecycle.State{lifecycle.Closed, lifecycle.Cancelled}; !slices.Equal(final, want) {
		t.Errorf("final are %v, want %v", final, want)
	}
}

func TestWhatComesNextIsWhatMayBeTaken(t *testing.T) {
	m := lifecycle.Placement
	for _, s := range m.States() {
		for _, who := range everybody {
			offered := map[string]bool{}
			for _, move := range m.Next(s, who) {
				offered[move.Name] = true
			}
			for _, move := range m.Moves {
				found, ok := m.Find(move.Name, s, who)
				if may := ok && found.May(who); may != offered[move.Name] {
					t.Errorf("%s by the %s while %s: offered %t, may %t", move.Name, who, s, offered[move.Name], may)
				}
			}
		}
	}
	if m.Known("fly") || !m.Known("clear") {
		t.Error("the machine does not know its own steps")
	}
}

// TestAWalkNeverLeavesTheTable takes a million steps at random: every one is in the
// table, whoever is cancelled or closed stays so, and nobody is on duty who was not
// cleared.
func TestAWalkNeverLeavesTheTable(t *testing.T) {
	m, dice := lifecycle.Placement, rand.New(rand.NewPCG(20270201, 7))
	at, cleared, ends := m.Begin, false, 0
	for range 1_000_000 {
		moves := m.Next(at, everybody[dice.IntN(len(everybody))])
		if len(moves) == 0 {
			if m.Final(at) {
				at, cleared, ends = m.Begin, false, ends+1
			}
			continue
		}
		move := moves[dice.IntN(len(moves))]
		if !slices.Contains(move.From, at) || m.Final(at) {
			t.Fatalf("%s was taken while %s", move.Name, at)
		}
		at = move.To
		switch at {
		case lifecycle.Cleared:
			cleared = true
		case lifecycle.Postponed, lifecycle.Preparing:
			cleared = false
		case lifecycle.OnDuty:
			if !cleared {
				t.Fatal("somebody is on duty who was not cleared")
			}
		}
	}
	if ends < 1000 {
		t.Errorf("only %d stays came to an end", ends)
	}
}

// TestTheDocumentIsOfToday compares docs/lifecycles.md with the table. UPDATE_DOCS=1
// writes it anew.
func TestTheDocumentIsOfToday(t *testing.T) {
	const file = "../../../docs/lifecycles.md"
	want := `# Lifecycles

Generated from ` + "`backend/internal/lifecycle`" + `: UPDATE_DOCS=1 go test ./internal/lifecycle. The same table decides in the service, tells the API what may come next and what it still waits for, and draws the buttons.

Needs and candidacies are not in this table yet: their steps stand in ` + "`backend/internal/needs/life.go` and `backend/internal/selection/candidacy.go`" + `.

## Placement

` + lifecycle.Placement.Document()
	if os.Getenv("UPDATE_DOCS") != "" {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil || string(got) != want {
		t.Errorf("docs/lifecycles.md is not what the table says (%v); UPDATE_DOCS=1 writes it", err)
	}
	if strings.Count(want, "-->") < 20 {
		t.Errorf("the diagram is empty: %s", want)
	}
}
