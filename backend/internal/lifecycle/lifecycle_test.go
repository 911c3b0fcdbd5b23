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

var everybody = []lifecycle.Who{lifecycle.Professional, lifecycle.Association, lifecycle.Host, lifecycle.Ministry, lifecycle.Coordinator,
	lifecycle.Committee, lifecycle.System, lifecycle.Applicant, lifecycle.Administrator}

var machines = []lifecycle.Machine{lifecycle.Need, lifecycle.Candidacy, lifecycle.Placement, lifecycle.Organisation}

func TestEveryStateIsReachedAndOnlyTheLastOnesHaveNoExit(t *testing.T) {
	ends := map[string][]lifecycle.State{
		"need":         {lifecycle.Rejected, lifecycle.ClosedOut, lifecycle.StoodDown, lifecycle.Cancelled, lifecycle.Expired},
		"candidacy":    {lifecycle.Accepted, lifecycle.Declined, lifecycle.OfferExpired, lifecycle.Withdrawn, lifecycle.Lapsed},
		"placement":    {lifecycle.Closed, lifecycle.Cancelled},
		"organisation": {lifecycle.Closed},
	}
	for _, m := range machines {
		reached := map[lifecycle.State]bool{m.Begin: true}
		for range m.Moves {
			for _, move := range m.Moves {
				if slices.ContainsFunc(move.From, func(s lifecycle.State) bool { return reached[s] }) {
					reached[move.To] = true
				}
			}
		}
		for _, s := range m.States() {
			if !reached[s] && !slices.Contains(m.Also, s) {
				t.Errorf("nothing leads a %s to %s", m.Name, s)
			}
		}
		got, want := m.Finals(), slices.Clone(ends[m.Name])
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("a %s ends in %v, want %v", m.Name, got, want)
		}
	}
}

func TestWhatComesNextIsWhatMayBeTaken(t *testing.T) {
	for _, m := range machines {
		for _, s := range m.States() {
			for _, who := range everybody {
				offered := map[string]bool{}
				for _, move := range m.Next(s, who) {
					offered[move.Name] = true
				}
				for _, move := range m.Moves {
					found, ok := m.Find(move.Name, s, who)
					if may := ok && found.May(who); may != offered[move.Name] {
						t.Errorf("%s of a %s by the %s while %s: offered %t, may %t", move.Name, m.Name, who, s, offered[move.Name], may)
					}
				}
			}
		}
		if m.Known("fly") || !m.Known(m.Moves[0].Name) {
			t.Errorf("the machine of a %s does not know its own steps", m.Name)
		}
	}
}

// walk takes a million steps at random and tells watch of each; watch says what the
// record may not have become. Whoever has come to an end stays there.
func walk(t *testing.T, m lifecycle.Machine, watch func(begin bool, move lifecycle.Move, from lifecycle.State) (taken bool, wrong string)) {
	dice, ends := rand.New(rand.NewPCG(20270201, 7)), 0
	begins := append([]lifecycle.State{m.Begin}, m.Also...)
	at := m.Begin
	watch(true, lifecycle.Move{To: at}, "")
	for range 1_000_000 {
		moves := m.Next(at, everybody[dice.IntN(len(everybody))])
		if len(moves) == 0 {
			if m.Final(at) {
				at = begins[dice.IntN(len(begins))]
				watch(true, lifecycle.Move{To: at}, "")
				ends++
			}
			continue
		}
		move := moves[dice.IntN(len(moves))]
		if !slices.Contains(move.From, at) || m.Final(at) {
			t.Fatalf("%s was taken while %s", move.Name, at)
		}
		taken, wrong := watch(false, move, at)
		if wrong != "" {
			t.Fatalf("a %s took %s while %s: %s", m.Name, move.Name, at, wrong)
		}
		if taken {
			at = move.To
		}
	}
	if ends < 1000 {
		t.Errorf("only %d came to an end", ends)
	}
}

func TestAPlacementIsNeverOnDutyUncleared(t *testing.T) {
	cleared := false
	walk(t, lifecycle.Placement, func(begin bool, move lifecycle.Move, _ lifecycle.State) (bool, string) {
		switch {
		case begin, move.To == lifecycle.Postponed, move.To == lifecycle.Preparing:
			cleared = false
		case move.To == lifecycle.Cleared:
			cleared = true
		case (move.To == lifecycle.OnDuty || move.To == lifecycle.ExtensionAsked) && !cleared:
			return false, "somebody is on duty who was not cleared"
		}
		return true, ""
	})
}

// TestANeedIsNeverOpenedUnreviewed: nothing is published that was not validated and
// approved in its last round, a suspended need comes back to where it was, and no post
// is filled of a call that never opened.
func TestANeedIsNeverOpenedUnreviewed(t *testing.T) {
	var validated, approved, opened bool
	var before lifecycle.State
	walk(t, lifecycle.Need, func(begin bool, move lifecycle.Move, from lifecycle.State) (bool, string) {
		if begin {
			validated, approved, opened = false, false, false
			return true, ""
		}
		switch move.Name {
		case "submit":
			validated, approved = false, false
		case "validate":
			validated = true
		case "approve":
			approved = validated
		case "suspend":
			before = from
		case "resume":
			return move.To == before, ""
		case "publish", "reopen":
			if !approved {
				return false, "the call opens without two yeses"
			}
			opened = true
		case "fill", "fill_part", "select":
			if !opened {
				return false, "a post is filled of a call that never opened"
			}
		case "begin":
			if !opened || !approved {
				return false, "somebody works on a need that nobody approved"
			}
		}
		return true, ""
	})
}

// TestACandidacyNeverSkipsAStep: the host never learns of anybody before the
// shortlist, nobody is offered a post without the three yeses of one round, and a
// review that changes nothing leads back to where it began.
func TestACandidacyNeverSkipsAStep(t *testing.T) {
	seen := map[string]bool{}
	var before lifecycle.State
	needs := map[string][]string{
		"shortlist": {"admit", "longlist"}, "assess": {"shortlist"}, "endorse": {"shortlist"}, "no_object": {"endorse"}, "object": {"endorse"},
		"approve": {"shortlist", "endorse", "no_object"}, "offer": {"approve"}, "accept": {"offer"},
	}
	walk(t, lifecycle.Candidacy, func(begin bool, move lifecycle.Move, from lifecycle.State) (bool, string) {
		if begin {
			clear(seen)
			return true, ""
		}
		for _, step := range needs[move.Name] {
			if !seen[step] {
				return false, "without " + step
			}
		}
		switch move.Name {
		case "ask_review":
			before = from
		case "uphold":
			return move.To == before, ""
		case "reopen": // everything is decided anew
			clear(seen)
			seen["admit"] = true
		case "reconsider":
			seen["endorse"], seen["no_object"], seen["approve"] = false, false, false
		}
		seen[move.Name] = true
		return true, ""
	})
}

// TestTheDocumentIsOfToday compares docs/lifecycles.md with the table. UPDATE_DOCS=1
// writes it anew.
func TestTheDocumentIsOfToday(t *testing.T) {
	const file = "../../../docs/lifecycles.md"
	want := `# Lifecycles

Generated from ` + "`backend/internal/lifecycle`" + `: UPDATE_DOCS=1 go test ./internal/lifecycle. The same tables decide in the services, tell the API what may come next and what it still waits for, and draw the buttons.

## Need

` + lifecycle.Need.Document() + `
## Candidacy

` + lifecycle.Candidacy.Document() + `
## Placement

` + lifecycle.Placement.Document() + `
## Organisation

An organisation that asks to take part is an application until it is approved, and an organisation from then on.

` + lifecycle.Organisation.Document()
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
