// SPDX-License-Identifier: AGPL-3.0-or-later

// Package lifecycle holds how needs, candidacies and placements move: one table
// each, from which the services, the screens, the documentation and the tests take
// what may happen next, who may do it and what it asks for. It decides nothing
// about records; it knows no store and no clock.
package lifecycle

import (
	"slices"
)

// State is where a record stands, as the schema spells it.
type State string

// Who takes a step. The words are those of identity's roles, and two more.
type Who string

// Everybody who takes steps.
const (
	Professional Who = "professional"
	Association  Who = "association"
	Host         Who = "host"
	Ministry     Who = "ministry"
	Coordinator  Who = "coordinator"
	Committee    Who = "committee" // of a need; its members come from the partners
	System       Who = "system"    // a timer, or what another record does
)

// Evidence is what a step asks for beyond the right to take it.
type Evidence string

// Move is one step of a machine. No step that is not listed exists.
type Move struct {
	Name     string // the verb: "clear"
	From     []State
	To       State
	By       []Who
	Evidence []Evidence
	Notified []Who
}

// Machine is the life of one kind of record.
type Machine struct {
	Name  string
	Begin State
	Also  []State // other states in which a record may begin
	Moves []Move
}

// States lists every state in the order in which the moves name them.
func (m Machine) States() []State {
	all := append([]State{m.Begin}, m.Also...)
	for _, move := range m.Moves {
		for _, s := range append(slices.Clone(move.From), move.To) {
			if !slices.Contains(all, s) {
				all = append(all, s)
			}
		}
	}
	return all
}

// Final tells whether nothing leaves the state.
func (m Machine) Final(s State) bool {
	return !slices.ContainsFunc(m.Moves, func(move Move) bool { return slices.Contains(move.From, s) && move.To != s })
}

// Find returns the move of the name that leaves the state: the one that somebody may
// take, where several do.
func (m Machine) Find(name string, from State, who Who) (Move, bool) {
	var found Move
	ok := false
	for _, move := range m.Moves {
		if move.Name != name || !slices.Contains(move.From, from) {
			continue
		}
		if move.May(who) {
			return move, true
		}
		found, ok = move, true
	}
	return found, ok
}

// From returns the states that a move of the name begins in, whoever takes it.
func (m Machine) From(name string) []State {
	var all []State
	for _, move := range m.Moves {
		for _, s := range move.From {
			if move.Name == name && !slices.Contains(all, s) {
				all = append(all, s)
			}
		}
	}
	return all
}

// Leads tells whether a move of the name leads from one state to the other.
func (m Machine) Leads(name string, from, to State) bool {
	return slices.ContainsFunc(m.Moves, func(move Move) bool {
		return move.Name == name && move.To == to && slices.Contains(move.From, from)
	})
}

// Finals lists the states that nothing leaves.
func (m Machine) Finals() []State {
	return slices.DeleteFunc(m.States(), func(s State) bool { return !m.Final(s) })
}

// Known tells whether there is a move of the name, from whatever state.
func (m Machine) Known(name string) bool {
	return slices.ContainsFunc(m.Moves, func(move Move) bool { return move.Name == name })
}

// Next lists the moves that somebody may take from the state.
func (m Machine) Next(from State, who Who) []Move {
	var all []Move
	for _, move := range m.Moves {
		if slices.Contains(move.From, from) && slices.Contains(move.By, who) {
			all = append(all, move)
		}
	}
	return all
}

// May tells whether somebody takes the move.
func (m Move) May(who Who) bool { return slices.Contains(m.By, who) }
