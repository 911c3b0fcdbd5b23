// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"context"
	"fmt"
	"io"
	"os"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/httpapi"
	"sankofa/backend/internal/identity"
)

// PeopleResult is what `sankofa import people` answers.
type PeopleResult struct {
	Read       int      `json:"read"`
	Registered int      `json:"registered"`
	Invited    []string `json:"invitations"` // the links, in the order of the file; each is shown once
}

// Print writes the result for a person.
func (r PeopleResult) Print(w io.Writer) {
	fmt.Fprintf(w, "%d people read, %d registered. They are invited, not visible.\n", r.Read, r.Registered)
	for _, link := range r.Invited {
		fmt.Fprintln(w, link)
	}
}

// importPeople registers people from a file in the name of an association's
// officer: all of them or, when anything is wrong, none.
func (a *App) importPeople(ctx context.Context, o ImportOptions, progress Progress) (PeopleResult, error) {
	file, err := os.Open(o.Path)
	if err != nil {
		return PeopleResult{}, fault.New(fault.Missing, "file.missing", "The file %s cannot be read: %s.", o.Path, reason(err)).Because(err)
	}
	defer file.Close()
	people, err := httpapi.ReadPeople(file)
	if err != nil {
		return PeopleResult{}, err
	}
	officer, err := a.Identity.Officer(ctx, o.Officer, identity.Association)
	if err != nil {
		return PeopleResult{}, err
	}
	made, err := a.Registry.RegisterAll(ctx, officer, people, o.Check)
	if err != nil {
		return PeopleResult{}, err
	}
	progress(int64(len(made)), int64(len(people)))
	r := PeopleResult{Read: len(people), Registered: len(made), Invited: []string{}}
	for _, one := range made {
		r.Invited = append(r.Invited, a.conf.PublicURL+"/invitation#"+one.Secret)
	}
	return r, nil
}
