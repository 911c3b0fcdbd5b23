// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/store"
)

// This file is how a person comes in: by an invitation, or by themselves.

// Account is what a person chooses to sign in with later.
type Account struct {
	Email    string // only when they come by themselves; an invitation has one
	Password string
	Locale   string
	Consents []privacy.Given
}

// Welcome is what an invited person sees before they answer.
type Welcome struct {
	Profile     Profile
	Association identity.Organisation
	Programmes  []identity.Programme
	HasAccount  bool // the address can sign in already: it must, to accept
	Invitation  Standing
}

// Invite makes a new link for a person who has not answered yet; older ones stop
// working.
func (s *Service) Invite(ctx context.Context, who identity.Actor, ref string) (Registered, error) {
	var made Registered
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		if !who.Is(identity.Association) {
			return missing
		}
		p, err := s.findIn(tx, who, ref)
		if err != nil {
			return err
		}
		now, err := lockIn(tx, p.ID)
		if err != nil {
			return err
		}
		if now.State != Invited {
			return fault.New(fault.Conflict, "professional.not_invited", "This person has answered already.")
		}
		made.ID = p.ID
		made.Secret, err = inviteIn(tx, p.ID, who.Author())
		return err
	})
	return made, err
}

// Open shows an invited person what was written about them.
func (s *Service) Open(ctx context.Context, secret string) (Welcome, error) {
	var w Welcome
	var invitation Invitation
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		if invitation, err = invitationIn(tx, secret); err != nil {
			return err
		}
		if err := invitation.usable(tx.Now); err != nil {
			return err
		}
		w, err = welcomeIn(tx, invitation)
		return err
	})
	if err != nil || invitation.OpenedAt != nil {
		return w, err
	}
	return w, s.opened(ctx, invitation)
}

// welcomeIn gathers what an invited person reads.
func welcomeIn(tx *store.Tx, invitation Invitation) (Welcome, error) {
	w := Welcome{Invitation: invitation.standing(tx.Now)}
	var err error
	if w.Profile, err = profileIn(tx, invitation.ProfessionalID); err != nil {
		return w, err
	}
	if w.Association, err = identity.OrganisationIn(tx, invitation.OrganisationID); err != nil {
		return w, err
	}
	for _, programmeID := range w.Profile.Programmes {
		p, err := identity.ProgrammeIn(tx, programmeID)
		if err != nil {
			return w, err
		}
		w.Programmes = append(w.Programmes, p)
	}
	userID, err := accountIn(tx, w.Profile.Email)
	w.HasAccount = userID != ""
	return w, err
}

// errOpened ends a change that another opening of the same link made unnecessary.
var errOpened = errors.New("opened already")

// opened records the first time that the link was opened.
func (s *Service) opened(ctx context.Context, invitation Invitation) error {
	err := s.DB.Change(ctx, store.Stranger, func(tx *store.Tx) error {
		res := tx.Model(&Invitation{}).Where("id = ? AND opened_at IS NULL", invitation.ID).Update("opened_at", tx.Now)
		if res.Error == nil && res.RowsAffected == 0 {
			return errOpened
		}
		tx.Emit("invitation.opened", invitation.ProfessionalID, store.Details{"invitation": invitation.ID})
		return res.Error
	})
	if errors.Is(err, errOpened) {
		return nil
	}
	return err
}

// accountIn returns who signs in with the address, or nothing. A registration
// that waits for its confirmation is no account yet.
func accountIn(tx *store.Tx, email string) (string, error) {
	userID, unconfirmed, err := identity.StandsIn(tx, email)
	if unconfirmed {
		return "", err
	}
	return userID, err
}

// Accept makes the profile the person's own, with a new account or with the one
// that they are signed in to, and records the consents that they ticked. It
// returns the account.
func (s *Service) Accept(ctx context.Context, who identity.Actor, secret string, account Account) (userID string, err error) {
	by := who.Author()
	if err := s.checkLink(ctx, secret); err != nil {
		return "", err
	}
	if err := checkConsents(account.Consents); err != nil {
		return "", err
	}
	if who.UserID == "" {
		by = store.Stranger
		if account.Password, err = hashed(account); err != nil { // before the transaction: it is slow on purpose
			return "", err
		}
	}
	err = s.DB.Change(ctx, by, func(tx *store.Tx) error {
		invitation, p, err := answeringIn(tx, secret)
		if err != nil {
			return err
		}
		if userID, err = s.ownerIn(tx, who, p, account); err != nil {
			return err
		}
		if err := answerIn(tx, &invitation, Confirmed); err != nil {
			return err
		}
		own, err := ownProfileIn(tx, userID)
		if err != nil {
			return err
		}
		if own != "" {
			return s.mergeIn(tx, own, p, userID, account.Consents)
		}
		if err := p.Accept(userID, tx.Now); err != nil {
			return err
		}
		tx.Emit("invitation.accepted", p.ID, store.Details{"user": userID, "invitation": invitation.ID})
		return s.settleIn(tx, p, userID, account.Consents)
	})
	return userID, err
}

// checkLink refuses a link that does not work before anything costly is done for it.
func (s *Service) checkLink(ctx context.Context, secret string) error {
	return s.DB.View(ctx, func(tx *store.Tx) error {
		invitation, err := invitationIn(tx, secret)
		if err != nil {
			return err
		}
		return invitation.usable(tx.Now)
	})
}

// hashed checks the password of a new account and returns its hash.
func hashed(account Account) (string, error) {
	var c fault.Check
	identity.CheckNewUser(&c, identity.NewUser{Email: "new@example.org", Name: "new", Password: account.Password, Locale: account.Locale})
	if err := c.Err(); err != nil {
		return "", err
	}
	return identity.HashPassword(account.Password), nil
}

// checkConsents complains about consents that refer to no notice in force.
func checkConsents(consents []privacy.Given) error {
	var c fault.Check
	seen := map[privacy.Purpose]bool{}
	for i, given := range consents {
		prefix := fmt.Sprintf("consents[%d].", i)
		privacy.CheckGiven(&c, prefix, given)
		c.That(!seen[given.Purpose], prefix+"purpose", "consent.twice", "This purpose is listed twice.")
		seen[given.Purpose] = true
	}
	return c.Err()
}

// answeringIn returns the invitation and holds the profile that it is about.
func answeringIn(tx *store.Tx, secret string) (Invitation, *Professional, error) {
	invitation, err := invitationIn(tx, secret)
	if err != nil {
		return invitation, nil, err
	}
	p, err := lockIn(tx, invitation.ProfessionalID)
	if err != nil {
		return invitation, nil, err
	}
	invitation, err = invitationIn(tx, secret) // again, now that nobody else can answer it
	if err == nil {
		err = invitation.usable(tx.Now)
	}
	return invitation, &p, err
}

// ownerIn returns the account that the profile will belong to. The link alone
// never opens an account that exists: whoever has it must sign in to it.
func (s *Service) ownerIn(tx *store.Tx, who identity.Actor, p *Professional, account Account) (string, error) {
	existing, err := accountIn(tx, p.Email)
	if err != nil {
		return "", err
	}
	switch {
	case who.UserID == "" && existing != "":
		return "", fault.New(fault.Conflict, "invitation.sign_in_first",
			"This e-mail address has an account already. Please sign in, then open the invitation again.")
	case who.UserID == "":
		if _, err := s.knownIn(tx, p.Email); err != nil { // an unconfirmed registration makes way
			return "", err
		}
		return identity.CreateUserIn(tx, identity.NewUser{Email: p.Email, Name: fullName(p), Hash: account.Password,
			Locale: account.Locale, Demo: p.Demo})
	case who.UserID != existing:
		return "", fault.New(fault.Conflict, "invitation.other_account",
			"This invitation is for somebody else than the account that you are signed in to. Please sign out, then open it again.")
	}
	return who.UserID, nil
}

// fullName spells a person's name for their account.
func fullName(p *Professional) string { return strings.TrimSpace(p.GivenName + " " + p.FamilyName) }

// settleIn saves a profile that has just become its person's own, with the consents.
func (s *Service) settleIn(tx *store.Tx, p *Professional, userID string, consents []privacy.Given) error {
	if err := saveIn(tx, p); err != nil {
		return err
	}
	tx.Emit("professional.confirmed", p.ID)
	for _, given := range consents {
		if _, err := s.Privacy.GiveIn(tx, p.ID, userID, given); err != nil {
			return err
		}
	}
	return nil
}

// ownProfileIn returns the profile that the account has already, or nothing.
func ownProfileIn(tx *store.Tx, userID string) (string, error) {
	var ids []string
	err := tx.Model(&Professional{}).Where("user_id = ?", userID).Limit(1).Pluck("id", &ids).Error
	if err != nil || len(ids) == 0 {
		return "", err
	}
	return ids[0], nil
}

// mergeIn answers an invitation of a person who is here already: their own
// profile joins the association and its programmes, and what the association
// wrote about them goes. Nobody has two profiles.
func (s *Service) mergeIn(tx *store.Tx, own string, invited *Professional, userID string, consents []privacy.Given) error {
	if _, err := lockIn(tx, own); err != nil {
		return err
	}
	p, err := profileIn(tx, invited.ID)
	if err != nil {
		return err
	}
	if err := joinIn(tx, own, p.Programmes, p.Associations); err != nil {
		return err
	}
	if err := tx.Where("id = ?", invited.ID).Delete(&Professional{}).Error; err != nil {
		return err
	}
	tx.Emit("professional.merged", invited.ID, store.Details{"into": own})
	tx.Emit("professional.joined", own, store.Details{"associations": p.Associations, "programmes": p.Programmes})
	for _, given := range consents {
		_, err := s.Privacy.GiveIn(tx, own, userID, given)
		if err != nil && !fault.HasCode(err, "consent.already_given") {
			return err
		}
	}
	return nil
}

// Decline says no: what was written about the person is deleted, but for the
// name and address that tell the association whom not to ask again.
func (s *Service) Decline(ctx context.Context, secret string) error {
	return s.DB.Change(ctx, store.Stranger, func(tx *store.Tx) error {
		invitation, p, err := answeringIn(tx, secret)
		if err != nil {
			return err
		}
		if err := answerIn(tx, &invitation, Refused); err != nil {
			return err
		}
		if err := p.Decline(); err != nil {
			return err
		}
		if err := forgetIn(tx, p.ID); err != nil {
			return err
		}
		tx.Emit("invitation.declined", p.ID, store.Details{"invitation": invitation.ID})
		tx.Emit("professional.declined", p.ID)
		return saveIn(tx, p)
	})
}

// checkAccount complains about what a person chose to sign in with.
func checkAccount(account Account) error {
	var c fault.Check
	identity.CheckNewUser(&c, identity.NewUser{Email: account.Email, Name: "checked with the profile", Password: account.Password, Locale: account.Locale})
	return c.Err()
}

// join makes one fault of several checks, naming each field once.
func join(checks ...error) error {
	var c fault.Check
	seen := map[string]bool{}
	for _, err := range checks {
		if err == nil {
			continue
		}
		f := fault.Of(err)
		if f.Kind != fault.Invalid {
			return err
		}
		for _, field := range f.Fields {
			key := field.Field + " " + field.Code
			c.That(seen[key], field.Field, field.Code, "%s", field.Message)
			seen[key] = true
		}
	}
	return c.Err()
}

// FindableIn tells whether the profile is ready to be found – its person's own,
// not resting, complete, confirmed within the year, its address confirmed – and
// holds its row until the transaction ends.
func FindableIn(tx *store.Tx, professionalID string) (bool, error) {
	p, err := lockIn(tx, professionalID)
	if err != nil || p.State != Active || len(p.Missing()) > 0 || !p.Fresh(tx.Now) {
		return false, err
	}
	if p.UserID == nil {
		return true, nil
	}
	var waiting int64
	err = tx.Model(&identity.User{}).Where("id = ? AND unconfirmed = ?", *p.UserID, true).Count(&waiting).Error
	return waiting == 0, err
}
