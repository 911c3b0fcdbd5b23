// SPDX-License-Identifier: AGPL-3.0-or-later

package needs

import (
	"slices"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/lifecycle"
)

// Next is a step that the reader may take next, with what it still waits for.
type Next struct {
	Move    lifecycle.Move
	Missing []Lack
}

// Lack is something that a step asks for and that is not there.
type Lack struct {
	Evidence lifecycle.Evidence
	What     string // which of them: the name of a field
}

// nextOf lists what the table lets the reader do with the need. What a step brings
// along, a reason or a date, is not missing.
func nextOf(who identity.Actor, v View, today day.Day) []Next {
	all := []Next{}
	if who.Is(identity.Host) && !mine(who, v.Terms.Need) {
		return all
	}
	for _, m := range lifecycle.Need.Next(lifecycle.State(v.State), lifecycle.Who(who.Role)) {
		if m.Name == "resume" && State(m.To) != v.ResumesTo {
			continue
		}
		all = append(all, Next{Move: m, Missing: lacking(who, v, m, today)})
	}
	return all
}

// lacking lists what is not there.
func lacking(who identity.Actor, v View, m lifecycle.Move, today day.Day) []Lack {
	var all []Lack
	for _, e := range m.Evidence {
		switch e {
		case lifecycle.Terms:
			for _, field := range v.lackingFields(today) {
				all = append(all, Lack{e, field})
			}
		case lifecycle.OtherPerson:
			if slices.ContainsFunc(who.Persons(), func(user string) bool { return v.wrote(user) || m.Name == "approve" && v.validatedBy(user) }) {
				all = append(all, Lack{Evidence: e})
			}
		case lifecycle.NoPlaces:
			if v.Filled > 0 {
				all = append(all, Lack{Evidence: e})
			}
		}
	}
	return all
}

// lackingFields names what the terms of reference still lack.
func (v View) lackingFields(today day.Day) []string {
	var c fault.Check
	v.Form().complete(&c, v.Programme.MinimumCounterparts, today)
	err := c.Err()
	if err == nil {
		return nil
	}
	var names []string
	for _, f := range fault.Of(err).Fields {
		if !slices.Contains(names, f.Field) {
			names = append(names, f.Field)
		}
	}
	return names
}

// validatedBy tells whether the user gave the ministry's yes to this text.
func (v View) validatedBy(user string) bool {
	return slices.ContainsFunc(v.Reviews, func(r Verdict) bool {
		return r.Round == v.Round && r.Outcome == "validated" && r.ByUser == user
	})
}

// taken turns the steps of the table that wait for nothing into what a screen shows.
func taken(who identity.Actor, v View) Can {
	free := map[string]bool{}
	for _, m := range lifecycle.Need.Next(lifecycle.State(v.State), lifecycle.Who(who.Role)) {
		if m.Name != "submit" && len(lacking(who, v, m, "")) == 0 {
			free[m.Name] = true
		}
	}
	return Can{Validate: free["validate"], Return: free["return"], Reject: free["reject"], Approve: free["approve"], Publish: free["publish"],
		Extend: free["extend"], Close: free["close"], Reopen: free["reopen"], Cancel: free["cancel"], Suspend: free["suspend"],
		Resume: free["resume"], StandDown: free["stand_down"], CloseOut: free["close_out"]}
}
