// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"testing"

	"sankofa/backend/internal/audit"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/needs/needstest"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/placements/placementstest"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/registry/registrytest"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
)

// services builds the services that the API asks, on the test's database.
func services(t *testing.T, db *store.DB) *API {
	t.Helper()
	a := &API{DB: db, Identity: identity.NewService(db), Audit: audit.NewService(db, nil),
		Taxonomy: shippedWords(t), Privacy: &privacy.Service{DB: db, Findable: registry.FindableIn}}
	a.Registry = &registry.Service{DB: db, Codes: registrytest.Vocabulary{}, Privacy: a.Privacy, Audit: a.Audit}
	a.Registry.NameKnown = selection.NameKnownIn
	a.Needs = &needs.Service{DB: db, Codes: needstest.Vocabulary{}}
	a.Placements = &placements.Service{DB: db, Views: a.Audit}
	a.Selection = &selection.Service{DB: db, Ranker: placementstest.Pool{DB: db}, Booker: a.Placements, Views: a.Audit}
	a.Notices = teller(t, db)
	if err := a.Privacy.InstallNotices(t.Context()); err != nil {
		t.Fatal(err)
	}
	return a
}
