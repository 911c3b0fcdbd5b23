// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"context"

	"sankofa/backend/internal/audit"
	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/store"
)

// Service keeps the registry.
type Service struct {
	DB      *store.DB
	Codes   Codes
	Privacy *privacy.Service
	Audit   *audit.Service
	// NameKnown tells of which people the actor may see the name because they are
	// on a shortlist of the actor's; selection knows. Nil: of nobody.
	NameKnown func(tx *store.Tx, who identity.Actor, professionalIDs []string) (map[string]bool, error)
	// ConfirmsAddresses tells that whoever registers must open the link in our mail
	// first. Without a mail server nobody could.
	ConfirmsAddresses bool
}

// Registered is a professional who was just registered, with the secret of the
// invitation: it is shown once and kept nowhere.
type Registered struct {
	ID     string
	Secret string
}

// nameKnownIn asks who may be shown by name.
func (s *Service) nameKnownIn(tx *store.Tx, who identity.Actor, ids []string) (map[string]bool, error) {
	if s.NameKnown == nil || len(ids) == 0 {
		return map[string]bool{}, nil
	}
	return s.NameKnown(tx, who, ids)
}

// checked tidies what was written and complains about what cannot be kept.
func (s *Service) checked(p *Profile, stored *Profile, complete bool) error {
	tidy(p)
	c := checker{codes: s.Codes, today: day.Of(s.DB.Now()), stored: stored}
	c.profile(p)
	if complete {
		c.complete(p)
	}
	return c.Err()
}

// Register writes down a member of the actor's association and makes an
// invitation. The person is in the registry but cannot be found: that takes
// their own consent.
func (s *Service) Register(ctx context.Context, who identity.Actor, written Profile) (Registered, error) {
	if !who.Is(identity.Association) || who.ProgrammeID == "" {
		return Registered{}, missing
	}
	if err := s.checked(&written, nil, false); err != nil { // what is missing to be found can be filled in later
		return Registered{}, err
	}
	var made Registered
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) (err error) {
		made, err = registerIn(tx, who, written)
		return err
	})
	return made, err
}

// registerIn writes down one member, whose profile has been checked.
func registerIn(tx *store.Tx, who identity.Actor, written Profile) (Registered, error) {
	var p Profile
	changes := overwrite(&p, &written)
	p.State, p.Demo = Invited, who.Demo
	p.Programmes, p.Associations = []string{who.ProgrammeID}, []string{who.OrganisationID}
	if err := refuseTwinIn(tx, who, p.Email); err != nil {
		return Registered{}, err
	}
	if err := insertIn(tx, &p); err != nil {
		return Registered{}, err
	}
	tx.Emit("professional.registered", p.ID, store.Details{"programme": who.ProgrammeID})
	if err := rememberIn(tx, p.ID, who, sourceOf(tx), changes); err != nil {
		return Registered{}, err
	}
	secret, err := inviteIn(tx, p.ID, who.Author())
	return Registered{ID: p.ID, Secret: secret}, err
}

// refuseTwinIn refuses an address that the association has registered already.
// What other associations hold is not this one's to learn.
func refuseTwinIn(tx *store.Tx, who identity.Actor, email string) error {
	var n int64
	if err := scope(tx, who).Where("email = ?", email).Count(&n).Error; err != nil {
		return err
	}
	var c fault.Check
	c.That(n == 0, "email", "email.registered", "Your association has registered somebody with this e-mail address already.")
	return c.Err()
}

// Find returns one professional as the actor may see them, and records that they
// looked.
func (s *Service) Find(ctx context.Context, who identity.Actor, ref string) (Card, error) {
	var card Card
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		p, err := s.findIn(tx, who, ref)
		if err != nil {
			return err
		}
		card, err = s.cardIn(tx, who, p)
		return err
	})
	if err != nil {
		return Card{}, err
	}
	s.Audit.Viewed(who, []string{card.ID}, "profile", "")
	return card, nil
}

// Filter chooses people for a list.
type Filter struct {
	Query string // words of the name or address; of the occupation for who sees no names
	State State
	// Progress and Import narrow an association's own list; who waits for an answer
	// is then listed with the longest wait first.
	Progress Progress
	Import   string
	After    string // the identifier of the last one seen
	Limit    int
}

// Page is a part of a list; Next continues it.
type Page struct {
	Items []Card
	Next  string
}

// List returns the people whom the actor may see, newest first.
func (s *Service) List(ctx context.Context, who identity.Actor, f Filter) (Page, error) {
	var page Page
	var c fault.Check
	c.That(f.After == "" || id.Valid(f.After), "after", "cursor.unknown", "Please start from the first page again.")
	if err := c.Err(); err != nil {
		return page, err
	}
	f.Limit = min(max(f.Limit, 1), 100)
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		ids, err := listIn(tx, who, f)
		if err != nil {
			return err
		}
		if len(ids) > f.Limit {
			ids = ids[:f.Limit]
			page.Next = ids[f.Limit-1]
		}
		people, err := ProfilesIn(tx, ids)
		if err != nil {
			return err
		}
		page.Items, err = s.cardsIn(tx, who, people)
		return err
	})
	if err != nil {
		return Page{}, err
	}
	s.Audit.Viewed(who, idsOf(page.Items), "list", "")
	return page, nil
}

// Update overwrites what people may write. The association may until the person
// has made the profile their own; from then on only the person may.
func (s *Service) Update(ctx context.Context, who identity.Actor, ref string, version int, written Profile) (Card, error) {
	return s.change(ctx, who, ref, version, func(tx *store.Tx, p *Profile) error {
		if err := mayWrite(who, p); err != nil {
			return err
		}
		return s.overwriteIn(tx, who, p, written)
	})
}

// mayWrite tells whether the actor may change the profile, which they can see.
func mayWrite(who identity.Actor, p *Profile) error {
	switch {
	case who.Is(identity.Professional) && (p.State == Active || p.State == Paused):
		return nil
	case who.Is(identity.Association) && p.State == Invited:
		return nil
	case who.Is(identity.Association) && p.State == Declined:
		return fault.New(fault.Conflict, "professional.declined", "This person does not want to be in the registry.")
	}
	return fault.New(fault.Denied, "professional.not_yours", "Only the person can change this profile now.")
}

// overwriteIn writes the changed fields, and what they held before.
func (s *Service) overwriteIn(tx *store.Tx, who identity.Actor, p *Profile, written Profile) error {
	stored, email := *p, p.Email
	if err := s.checked(&written, &stored, p.Visible); err != nil {
		return err
	}
	if err := documentsIn(tx, p.ID, written.Licences); err != nil {
		return err
	}
	confirmations, err := ConfirmationsIn(tx, p.ID)
	if err != nil {
		return err
	}
	written.Skills = regraded(written.Skills, confirmations)
	changes := overwrite(p, &written)
	for _, c := range changes {
		if !c.section {
			continue
		}
		if err := saveSectionIn(tx, p, c.field); err != nil {
			return err
		}
	}
	if p.State == Invited && p.Email != email {
		// The open link went to somebody else's address.
		if err := closeLinksIn(tx, p.ID); err != nil {
			return err
		}
	}
	tx.Emit("professional.updated", p.ID, store.Details{"fields": names(changes)})
	return rememberIn(tx, p.ID, who, sourceOf(tx), changes)
}

// Pause takes the person out of every search; Resume ends that. Consents stay.
func (s *Service) Pause(ctx context.Context, who identity.Actor, version int) (Card, error) {
	card, err := s.change(ctx, who, who.ProfessionalID, version, own(who, func(tx *store.Tx, p *Profile) error {
		if err := p.Pause(); err != nil {
			return err
		}
		tx.Emit("professional.paused", p.ID)
		return privacy.HideIn(tx, p.ID)
	}))
	if err == nil {
		s.Privacy.Settle(ctx)
	}
	return card, err
}

// Resume lets searches find the person again, if they still consent.
func (s *Service) Resume(ctx context.Context, who identity.Actor, version int) (Card, error) {
	return s.change(ctx, who, who.ProfessionalID, version, own(who, func(tx *store.Tx, p *Profile) error {
		tx.Emit("professional.resumed", p.ID)
		return p.Resume()
	}))
}

// Confirm records that the person says everything is still right.
func (s *Service) Confirm(ctx context.Context, who identity.Actor, version int) (Card, error) {
	return s.change(ctx, who, who.ProfessionalID, version, own(who, func(tx *store.Tx, p *Profile) error {
		tx.Emit("professional.confirmed", p.ID)
		return p.Confirm(tx.Now)
	}))
}

// own lets only the person themselves act on the profile.
func own(who identity.Actor, act func(*store.Tx, *Profile) error) func(*store.Tx, *Profile) error {
	return func(tx *store.Tx, p *Profile) error {
		if !who.Is(identity.Professional) || p.ID != who.ProfessionalID {
			return missing
		}
		return act(tx, p)
	}
}

// change finds a profile, lets act change it, saves it if nobody else changed it
// since the version that the actor saw, and shows the person to searches where
// that has become possible.
func (s *Service) change(ctx context.Context, who identity.Actor, ref string, version int, act func(*store.Tx, *Profile) error) (Card, error) {
	var card Card
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		found, err := s.findIn(tx, who, ref)
		if err != nil {
			return err
		}
		if _, err := lockIn(tx, found.ID); err != nil {
			return err
		}
		p, err := profileIn(tx, found.ID) // again, as it is now that nobody else can change it
		if err != nil {
			return err
		}
		if version != anyVersion && p.Version != version {
			return stale
		}
		if err := act(tx, &p); err != nil {
			return err
		}
		if err := saveIn(tx, &p.Professional); err != nil {
			return err
		}
		if err := s.Privacy.ShowIn(tx, p.ID); err != nil {
			return err
		}
		if p, err = profileIn(tx, p.ID); err != nil {
			return err
		}
		card, err = s.cardIn(tx, who, p)
		return err
	})
	return card, err
}
