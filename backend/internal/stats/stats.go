// SPDX-License-Identifier: AGPL-3.0-or-later

// Package stats watches over the ranking and the selection: how groups fare
// along the pipeline, with small cells suppressed; whether scores drift; and who
// was shown which ranking. It counts only people who agreed to be counted, and
// nothing of it is readable by matching.
package stats

import (
	"context"
	"sync"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Service answers questions about the programme as a whole.
type Service struct {
	DB *store.DB

	mu      sync.Mutex
	checked time.Time
	state   DriftState
}

// missing is the answer to whoever has no business here.
var missing = fault.New(fault.Missing, "missing", "There is nothing here for you.")

// Programme names what figures are about.
type Programme struct {
	ID   string
	Code string
	Name string
	Demo bool
}

// programmeIn returns the programme that the actor may read figures of: their
// own; to an administrator the one that is asked for, or the first.
func programmeIn(tx *store.Tx, who identity.Actor, code string, roles ...identity.Role) (Programme, error) {
	if !who.Is(roles...) {
		return Programme{}, missing
	}
	query := tx.Table("programmes").Select("id, code, name, demo")
	switch {
	case !who.Is(identity.Administrator):
		query = query.Where("id = ?", who.ProgrammeID)
	case code != "":
		query = query.Where("code = ?", code)
	}
	var found []Programme
	if err := query.Order("code").Limit(1).Scan(&found).Error; err != nil {
		return Programme{}, err
	}
	if len(found) == 0 {
		return Programme{}, fault.New(fault.Missing, "programme.missing", "There is no such programme.")
	}
	return found[0], nil
}

// view reads in the name of an actor about a programme.
func (s *Service) view(ctx context.Context, who identity.Actor, code string, roles []identity.Role, f func(*store.Tx, Programme) error) error {
	return s.DB.View(ctx, func(tx *store.Tx) error {
		p, err := programmeIn(tx, who, code, roles...)
		if err != nil {
			return err
		}
		return f(tx, p)
	})
}
