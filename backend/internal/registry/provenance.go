// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"context"

	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Source says where what was written came from.
type Source string

// The sources.
const (
	ByHand         Source = "hand"       // somebody typed it
	FromImport     Source = "import"     // an association's spreadsheet
	FromSuggestion Source = "suggestion" // a CV or a file, which the person confirmed
	FromMerge      Source = "merge"      // another record of the same person
	FromRestoring  Source = "restore"    // what stood there before, put back
	FromReferee    Source = "referee"    // somebody who has seen it
	FromHost       Source = "host"       // a host of a past placement
)

type sourceKey struct{}

// WithSource says of everything that is written in the context where it came from.
func WithSource(ctx context.Context, source Source) context.Context {
	return context.WithValue(ctx, sourceKey{}, source)
}

// sourceOf returns where what the transaction writes comes from.
func sourceOf(tx *store.Tx) Source {
	if source, ok := tx.Statement.Context.Value(sourceKey{}).(Source); ok {
		return source
	}
	return ByHand
}

// rememberIn writes what each changed field held before, who changed it in which
// capacity, and from what. A field that was empty and a profile that is new have
// an empty past.
func rememberIn(tx *store.Tx, professionalID string, who identity.Actor, source Source, changes []change) error {
	return createAll(tx, pastOf(tx, professionalID, who, source, changes))
}

// pastOf is what rememberIn writes: an import gathers the past of many people.
func pastOf(tx *store.Tx, professionalID string, who identity.Actor, source Source, changes []change) []history {
	rows := make([]history, 0, len(changes))
	for _, c := range changes {
		rows = append(rows, history{ID: id.New(), ProfessionalID: professionalID, Field: c.field, Before: c.before, After: c.after,
			ByUser: who.UserID, ByOrganisation: who.OrganisationID, At: tx.Now, Capacity: string(who.Role), Source: string(source)})
	}
	return rows
}
