// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/files"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// anyVersion is for changes that look at the profile as it is now.
const anyVersion = -1

// Patch writes some fields of the person's own profile: those that are named. A
// form that saves as one types sends with each what it held when the form was
// opened; where it holds something else by now, somebody else wrote it, and
// nothing is written. Other fields may have changed meanwhile: they stay.
func (s *Service) Patch(ctx context.Context, who identity.Actor, named []string, seen, written Profile) (Card, error) {
	chosen, err := fieldsNamed(named)
	if err != nil {
		return Card{}, err
	}
	tidy(&seen)
	tidy(&written)
	return s.Rewrite(ctx, who, func(_ *store.Tx, now Profile) (Profile, error) {
		if err := s.checkSeen(now, seen, chosen); err != nil {
			return now, err
		}
		var changed []string
		for _, f := range chosen {
			stands := f.text(&now)
			if stands != f.text(&seen) && stands != f.text(&written) {
				changed = append(changed, f.name)
			}
			f.copy(&now, &written)
		}
		return now, elsewhere(changed)
	})
}

// checkSeen complains about a request whose picture of the profile cannot have
// come from us: it would be told of a conflict that is none.
func (s *Service) checkSeen(now, seen Profile, chosen []field) error {
	stored := now
	for _, f := range chosen {
		f.copy(&now, &seen)
	}
	err := s.checked(&now, &stored, false)
	if f := fault.Of(err); f != nil && f.Kind == fault.Invalid {
		told := *f
		told.Fields = slices.Clone(f.Fields)
		for i := range told.Fields {
			told.Fields[i].Field = "seen." + told.Fields[i].Field
		}
		return &told
	}
	return err
}

// fieldsNamed finds the fields that are named.
func fieldsNamed(named []string) ([]field, error) {
	var c fault.Check
	c.That(len(named) > 0, "fields", "fields.empty", "Please name the fields to write.")
	var chosen []field
	for i, name := range named {
		at := slices.IndexFunc(fields, func(f field) bool { return f.name == name })
		c.That(at >= 0, fmt.Sprintf("fields[%d]", i), "fields.unknown", "There is no such field.")
		if at >= 0 {
			chosen = append(chosen, fields[at])
		}
	}
	return chosen, c.Err()
}

// elsewhere tells which fields somebody else wrote.
func elsewhere(changed []string) error {
	if len(changed) == 0 {
		return nil
	}
	f := fault.New(fault.Stale, "stale.fields", "This was changed meanwhile, perhaps on another device: %s. Please look at both versions.", strings.Join(changed, ", "))
	for _, name := range changed {
		f.Fields = append(f.Fields, fault.Field{Field: name, Code: "stale.field", Message: "This was changed meanwhile."})
	}
	return f
}

// Rewrite lets the person's own profile become what rewrite makes of it as it is
// now. Nobody else can change it meanwhile. The profile that rewrite is given is
// a copy; its lists are not.
func (s *Service) Rewrite(ctx context.Context, who identity.Actor, rewrite func(*store.Tx, Profile) (Profile, error)) (Card, error) {
	return s.change(ctx, who, who.ProfessionalID, anyVersion, own(who, func(tx *store.Tx, p *Profile) error {
		if err := mayWrite(who, p); err != nil {
			return err
		}
		written, err := rewrite(tx, *p)
		if err != nil {
			return err
		}
		return s.overwriteIn(tx, who, p, written)
	}))
}

// documentsIn checks that the documents of licences are the person's own.
func documentsIn(tx *store.Tx, professionalID string, licences []Licence) error {
	var c fault.Check
	var own map[string]bool
	for i, l := range licences {
		if l.DocumentID == "" {
			continue
		}
		if own == nil {
			kept, err := files.OfProfessionalIn(tx, professionalID)
			if err != nil {
				return err
			}
			own = make(map[string]bool, len(kept))
			for _, f := range kept {
				own[f.ID] = true
			}
		}
		c.That(own[l.DocumentID], at("licences", i, "documentId"), "document.missing", "This document does not exist. Please choose another, or send it again.")
	}
	return c.Err()
}
