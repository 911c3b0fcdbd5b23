// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// This file is what imports ask of the registry: many people of one association
// at once, a few statements a chunk. An import never touches a consent, and
// nobody is visible by it.

// Check tidies what an import would write about a new member and returns what
// cannot be kept of it. What a person must have before they can be found may be
// missing: they are asked when they answer the invitation.
func (s *Service) Check(p *Profile) error { return s.checked(p, nil, false) }

// MembersByEmailIn returns the members of the association in its programme who
// have one of the addresses.
func MembersByEmailIn(tx *store.Tx, who identity.Actor, emails []string) (map[string]Profile, error) {
	var ids []string
	if err := scope(tx, who).Where("email IN ?", emails).Order("id DESC").Pluck("id", &ids).Error; err != nil {
		return nil, err
	}
	people, err := ProfilesIn(tx, ids)
	found := make(map[string]Profile, len(people))
	for _, p := range people {
		found[p.Email] = p
	}
	return found, err
}

// ArriveIn writes new members of the actor's association, whose profiles have
// been checked, each with an invitation. It fills in their identifiers.
func (s *Service) ArriveIn(tx *store.Tx, who identity.Actor, people []Profile) error {
	if !who.Is(identity.Association) || who.ProgrammeID == "" {
		return missing
	}
	var past []history
	var links []Invitation
	for i := range people {
		var p Profile
		changes := overwrite(&p, &people[i])
		p.ID, p.Pseudonym, p.Version, p.State, p.Demo = id.New(), id.Pseudonym(), 1, Invited, who.Demo
		p.CreatedAt, p.UpdatedAt = tx.Now, tx.Now
		p.Programmes, p.Associations = []string{who.ProgrammeID}, []string{who.OrganisationID}
		people[i] = p
		past = append(past, pastOf(tx, p.ID, who, FromImport, changes)...)
		link, _ := newInvitation(p.ID, who.Author(), tx.Now) // whoever sends it makes a secret of their own
		links = append(links, link)
		tx.Emit("professional.registered", p.ID, store.Details{"programme": who.ProgrammeID, "import": true})
		tx.Emit("invitation.sent", p.ID, store.Details{"invitation": link.ID})
	}
	if err := insertManyIn(tx, people); err != nil {
		return err
	}
	if err := createAll(tx, past); err != nil {
		return err
	}
	return createAll(tx, links)
}

// Amended is what an import changed in a profile: enough to undo it.
type Amended struct {
	Before Profile           // as it stood
	After  map[string]string // of the changed fields, in the spelling of the history
}

// Encode spells it as JSON.
func (a Amended) Encode() (string, error) {
	text, err := json.Marshal(a)
	return string(text), err
}

// DecodeAmended reads it again.
func DecodeAmended(text string) (a Amended, err error) {
	if err = json.Unmarshal([]byte(text), &a); err != nil {
		return a, fmt.Errorf("read what stood before: %w", err)
	}
	return a, nil
}

// Merge returns the stored profile with what an import says added to it: what
// the import is silent about stays, and nothing is taken off a list. It names
// the fields that differ.
func Merge(stored, said Profile, gives func(field string) bool) (Profile, []string) {
	merged := stored
	for _, f := range fields {
		if gives(f.name) && !f.section {
			f.copy(&merged, &said)
		}
	}
	merged.Skills = extended(stored.Skills, said.Skills, func(a, b Skill) bool {
		return a.Concept != "" && a.Concept == b.Concept || Fold(a.Label) == Fold(b.Label)
	})
	merged.Languages = extended(stored.Languages, said.Languages, func(a, b Language) bool { return a.Language == b.Language })
	merged.Education = extended(stored.Education, said.Education, func(a, b Education) bool {
		return a.Level == b.Level && Fold(a.Title) == Fold(b.Title) && Fold(a.Institution) == Fold(b.Institution)
	})
	merged.Licences = extended(stored.Licences, said.Licences, func(a, b Licence) bool { return Fold(a.Body) == Fold(b.Body) && a.Number == b.Number })
	merged.Experience = extended(stored.Experience, said.Experience, func(a, b Experience) bool {
		return Fold(a.Title) == Fold(b.Title) && Fold(a.Employer) == Fold(b.Employer)
	})
	merged.Availability = extended(stored.Availability, said.Availability, func(a, b Window) bool { return a.From == b.From && a.To == b.To })
	trial := stored
	return merged, names(overwrite(&trial, &merged))
}

// extended appends those of the second list that the first does not have.
func extended[T any](have, more []T, same func(a, b T) bool) []T {
	out := slices.Clone(have)
	for _, one := range more {
		if !slices.ContainsFunc(out, func(known T) bool { return same(known, one) }) {
			out = append(out, one)
		}
	}
	return out
}

// AmendIn writes a merged profile of a member who has not answered yet, and
// returns what is needed to undo it.
func (s *Service) AmendIn(tx *store.Tx, who identity.Actor, professionalID string, merge func(stored Profile) Profile) (Amended, error) {
	if _, err := lockIn(tx, professionalID); err != nil {
		return Amended{}, err
	}
	p, err := profileIn(tx, professionalID)
	if err != nil {
		return Amended{}, err
	}
	if p.State != Invited || !slices.Contains(p.Associations, who.OrganisationID) {
		return Amended{}, fault.New(fault.Conflict, "professional.not_yours", "Only the person can change this profile now.")
	}
	stored, merged := p, merge(p)
	if err := s.checked(&merged, &stored, false); err != nil {
		return Amended{}, err
	}
	return s.writeIn(tx, who, FromImport, p, merged)
}

// writeIn writes the fields that differ, their past and an event.
func (s *Service) writeIn(tx *store.Tx, who identity.Actor, source Source, p, wanted Profile) (Amended, error) {
	done := Amended{Before: p, After: map[string]string{}}
	done.Before.CVText = "" // no spreadsheet writes it, and it is long
	changes := overwrite(&p, &wanted)
	for _, c := range changes {
		done.After[c.field] = c.after
		if c.section {
			if err := saveSectionIn(tx, &p, c.field); err != nil {
				return done, err
			}
		}
	}
	if len(changes) == 0 {
		return done, nil
	}
	if err := saveIn(tx, &p.Professional); err != nil {
		return done, err
	}
	tx.Emit("professional.updated", p.ID, store.Details{"fields": names(changes), "import": true})
	return done, rememberIn(tx, p.ID, who, source, changes)
}

// RestoreIn puts back what stood in the fields that an import changed, but for
// those that were changed again since. It tells whether the profile is still the
// association's to change.
func (s *Service) RestoreIn(tx *store.Tx, who identity.Actor, professionalID string, a Amended) (bool, error) {
	now, err := lockIn(tx, professionalID)
	if err != nil || now.State != Invited {
		return false, err
	}
	p, err := profileIn(tx, professionalID)
	if err != nil {
		return false, err
	}
	wanted := p
	for _, f := range fields {
		if after, changed := a.After[f.name]; changed && f.text(&p) == after {
			f.copy(&wanted, &a.Before)
		}
	}
	_, err = s.writeIn(tx, who, FromRestoring, p, wanted)
	return err == nil, err
}

// RemoveInvitedIn removes a member whom an import brought, unless they have
// answered, or belong to another association by now. It tells whether they are gone.
func (s *Service) RemoveInvitedIn(tx *store.Tx, who identity.Actor, professionalID string) (bool, error) {
	now, err := lockIn(tx, professionalID)
	if err != nil {
		return false, err
	}
	var others int64
	if err := tx.Model(&affiliation{}).Where("professional_id = ? AND organisation_id <> ?", professionalID, who.OrganisationID).Count(&others).Error; err != nil {
		return false, err
	}
	if now.State != Invited || others > 0 {
		return false, nil
	}
	tx.Emit("professional.removed", professionalID, store.Details{"import": true})
	return true, tx.Where("id = ?", professionalID).Delete(&Professional{}).Error
}

// Tidied spells an address as it is stored.
func Tidied(email string) string { return strings.ToLower(clean(email)) }
