// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"testing"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// services builds the services that the API asks, on the test's database.
func services(t *testing.T, db *store.DB) *API {
	t.Helper()
	return &API{DB: db, Identity: identity.NewService(db)}
}
