// SPDX-License-Identifier: AGPL-3.0-or-later

package needs

import (
	"gorm.io/gorm"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// ScopedIn is the query of the needs that the actor may list, for the layers above.
func ScopedIn(tx *store.Tx, who identity.Actor) *gorm.DB { return scoped(tx, who) }
