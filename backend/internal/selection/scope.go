// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import (
	"gorm.io/gorm"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// ScopedIn is the query of the candidacies that the actor may see, for the layers above.
func ScopedIn(tx *store.Tx, who identity.Actor) *gorm.DB { return scoped(tx, who) }

// ViewsIn shows candidacies of ScopedIn to the actor, without the profiles.
func ViewsIn(tx *store.Tx, who identity.Actor, all []Candidacy) ([]View, error) {
	return viewsIn(tx, who, all, false)
}
