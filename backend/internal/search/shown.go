// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// keepShown hands a ranking that the actor sees to whoever keeps the log. Only a
// coordinator ranks people, and only for the own programme.
func (s *Service) keepShown(tx *store.Tx, who identity.Actor, r *Ranking) error {
	if s.shown == nil {
		return nil
	}
	return s.shown(tx, who, who.ProgrammeID, r)
}
