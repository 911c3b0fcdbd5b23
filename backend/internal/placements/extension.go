// SPDX-License-Identifier: AGPL-3.0-or-later

package placements

import (
	"slices"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/lifecycle"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/store"
)

// longestExtension is how many days a stay can be made longer by at once: what is
// longer is another need.
const longestExtension = 365

// asking returns the roles that ask for the extension that is open, and whether the
// ministry has said that it does not object. Steps are oldest first.
func asking(steps []Step) (roles []string, allowed bool) {
	for _, s := range steps {
		switch s.Move {
		case "ask_extension":
			roles, allowed = []string{s.Role}, false
		case "join_extension":
			roles = append(roles, s.Role)
		case "allow_extension":
			allowed = true
		}
	}
	return roles, allowed
}

// agreed tells whether the sides have said what an extension asks for.
func (d dossier) agreed(e lifecycle.Evidence) bool {
	roles, allowed := asking(d.steps)
	if e == lifecycle.Unopposed {
		return allowed
	}
	return slices.Contains(roles, string(identity.Host)) && slices.Contains(roles, string(identity.Professional))
}

// mayJoin refuses the word of a side that has asked already.
func (s *Service) mayJoin(tx *store.Tx, who identity.Actor, p Placement) error {
	var steps []Step
	if err := tx.Where("placement_id = ?", p.ID).Order("id").Find(&steps).Error; err != nil {
		return err
	}
	if roles, _ := asking(steps); slices.Contains(roles, string(who.Role)) {
		return fault.New(fault.Conflict, "placement.extension_joined", "Your side asks for this extension already; the other side's word is missing.")
	}
	return nil
}

// extend moves the last day to the one that was asked for. That the clearances cover
// it has been looked at; one that does not is open again, whoever waived the look.
func extend(tx *store.Tx, p *Placement) error {
	n, err := needs.LockIn(tx, p.NeedID)
	if err != nil {
		return err
	}
	if err := free(tx, p.ID, p.ProfessionalID, p.From, p.ExtensionTo); err != nil {
		return err
	}
	p.To = p.ExtensionTo
	return reopenIn(tx, *p, n)
}

// joinable tells whether the reader's side may still ask for the extension too.
func joinable(who identity.Actor, steps []Step) bool {
	roles, _ := asking(steps)
	return !slices.Contains(roles, string(who.Role))
}
