// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"context"
	"fmt"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// MostAtOnce is how many people one call of RegisterAll takes: one transaction
// holds them all.
const MostAtOnce = 10_000

// RegisterAll registers many members of the actor's association, all of them or
// none: every fault of every person is named at once ("people[3].email"). With
// check nothing is written. Nobody is visible afterwards.
func (s *Service) RegisterAll(ctx context.Context, who identity.Actor, written []Profile, check bool) ([]Registered, error) {
	if !who.Is(identity.Association) || who.ProgrammeID == "" {
		return nil, missing
	}
	if err := s.checkAll(written); err != nil || check {
		return nil, err
	}
	out := make([]Registered, 0, len(written))
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		for i := range written {
			made, err := registerIn(tx, who, written[i])
			if err != nil {
				return inPerson(i, err)
			}
			out = append(out, made)
		}
		return nil
	})
	return out, err
}

// checkAll complains about everything that is wrong with anybody.
func (s *Service) checkAll(written []Profile) error {
	var all fault.Check
	all.That(len(written) > 0, "people", "people.none", "There is nobody in this file.")
	all.That(len(written) <= MostAtOnce, "people", "people.many", "Please bring at most %d people at once.", MostAtOnce)
	if all.Failed() {
		return all.Err()
	}
	first := map[string]int{}
	for i := range written {
		if err := s.checked(&written[i], nil, true); err != nil {
			for _, field := range fault.Of(err).Fields {
				all.That(false, fmt.Sprintf("people[%d].%s", i, field.Field), field.Code, "%s", field.Message)
			}
		}
		before, twice := first[written[i].Email]
		all.That(!twice, fmt.Sprintf("people[%d].email", i), "email.twice", "The same address stands at people[%d].", before)
		first[written[i].Email] = i
	}
	return all.Err()
}

// inPerson says in which person of many a fault was found.
func inPerson(i int, err error) error {
	f := fault.Of(err)
	if f.Kind != fault.Invalid && f.Kind != fault.Conflict {
		return err
	}
	var c fault.Check
	if len(f.Fields) == 0 {
		c.That(false, fmt.Sprintf("people[%d]", i), f.Code, "%s", f.Message)
	}
	for _, field := range f.Fields {
		c.That(false, fmt.Sprintf("people[%d].%s", i, field.Field), field.Code, "%s", field.Message)
	}
	return c.Err()
}
