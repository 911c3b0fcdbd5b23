// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"context"
	"slices"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// unconfirmedKept is how long a registration waits for its address to be confirmed.
const unconfirmedKept = 7 * 24 * time.Hour

// SelfRegister makes an account and a profile for a person who comes by
// themselves. They are enrolled in the programmes that serve their country of
// origin, and can fill in the rest later.
//
// The answer does not tell whether the address has an account already: then
// nothing is made, no identifier is returned, and a mail tells whoever owns the
// address. Where addresses are confirmed by mail, every answer looks like that.
func (s *Service) SelfRegister(ctx context.Context, written Profile, account Account) (Registered, error) {
	written.Email = account.Email
	if !written.Onsite && !written.Virtual && !written.Hybrid {
		written.Onsite = true
	}
	err := join(s.checked(&written, nil, false), checkAccount(account), checkConsents(account.Consents))
	if err != nil {
		return Registered{}, err
	}
	hash := identity.HashPassword(account.Password) // before the transaction: it is slow on purpose
	var p Profile
	changes := overwrite(&p, &written)
	err = s.DB.Change(ctx, store.Stranger, func(tx *store.Tx) error {
		programmes, err := programmesForIn(tx, p.OriginCountry)
		if err != nil {
			return err
		}
		known, err := s.knownIn(tx, account.Email)
		if known || err != nil {
			return err
		}
		p.ID = id.New()
		return s.selfRegisterIn(tx, &p, programmes, changes, account, hash)
	})
	if fault.HasCode(err, "duplicate") { // somebody registered with the address at the same moment
		return Registered{}, nil
	}
	if s.ConfirmsAddresses {
		return Registered{}, err
	}
	return Registered{ID: p.ID}, err
}

// Joined tells whether there is a profile with the identifier: a registration
// with an address that is known makes none.
func (s *Service) Joined(ctx context.Context, professionalID string) (bool, error) {
	var n int64
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Model(&Professional{}).Where("id = ?", professionalID).Count(&n).Error
	})
	return n > 0, err
}

// knownIn tells whether the address has an account, and lets its owner know. A
// registration that was never confirmed makes way for the new one.
func (s *Service) knownIn(tx *store.Tx, email string) (bool, error) {
	userID, unconfirmed, err := identity.StandsIn(tx, email)
	switch {
	case err != nil || userID == "":
		return false, err
	case unconfirmed:
		return false, removeIn(tx, userID)
	}
	tx.Emit("user.registration_repeated", userID)
	return true, nil
}

// removeIn takes back a registration that nobody confirmed: nobody could find it
// or sign in to it, so nothing refers to it.
func removeIn(tx *store.Tx, userID string) error {
	if err := tx.Where("user_id = ?", userID).Delete(&Professional{}).Error; err != nil {
		return err
	}
	return tx.Where("id = ? AND unconfirmed = ?", userID, true).Delete(&identity.User{}).Error
}

// selfRegisterIn writes the account and the profile of a person who comes by
// themselves. Its first event is about the profile, by which a repeated request
// finds it.
func (s *Service) selfRegisterIn(tx *store.Tx, p *Profile, programmes []identity.Programme, changes []change, account Account, hash string) error {
	for _, programme := range programmes {
		p.Programmes, p.Demo = append(p.Programmes, programme.ID), p.Demo || programme.Demo
	}
	tx.Emit("professional.registered", p.ID)
	userID, err := identity.CreateUserIn(tx, identity.NewUser{Email: p.Email, Name: fullName(&p.Professional), Hash: hash,
		Locale: account.Locale, Demo: p.Demo, Unconfirmed: s.ConfirmsAddresses})
	if err != nil {
		return err
	}
	if s.ConfirmsAddresses {
		tx.Emit("user.confirmation_asked", userID)
	}
	p.State, p.UserID, p.ConfirmedAt = Active, &userID, &tx.Now
	if err := insertIn(tx, p); err != nil {
		return err
	}
	tx.Emit("professional.confirmed", p.ID, store.Details{"user": userID})
	if err := rememberIn(tx, p.ID, identity.Actor{UserID: userID, Role: identity.Professional}, sourceOf(tx), changes); err != nil {
		return err
	}
	for _, given := range account.Consents {
		if _, err := s.Privacy.GiveIn(tx, p.ID, userID, given); err != nil {
			return err
		}
	}
	return nil
}

// ConfirmAddress makes a registration count, by the link of the mail: from now on
// the person can sign in, and be found if they agreed to it. It returns the account.
func (s *Service) ConfirmAddress(ctx context.Context, secret string) (userID string, err error) {
	err = s.DB.Change(ctx, store.Stranger, func(tx *store.Tx) error {
		if userID, err = identity.ConfirmIn(tx, secret); err != nil {
			return err
		}
		own, err := ownProfileIn(tx, userID)
		if err != nil || own == "" {
			return err
		}
		return s.Privacy.ShowIn(tx, own)
	})
	return userID, err
}

// ForgetUnconfirmed takes back registrations whose address nobody confirmed in time.
func (s *Service) ForgetUnconfirmed(ctx context.Context) error {
	var late []string
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Model(&identity.User{}).Where("unconfirmed = ? AND created_at < ?", true, tx.Now.Add(-unconfirmedKept)).Limit(500).Pluck("id", &late).Error
	})
	if err != nil || len(late) == 0 {
		return err
	}
	return s.DB.Change(ctx, store.System, func(tx *store.Tx) error {
		for _, userID := range late {
			tx.Emit("user.forgotten", userID)
			if err := removeIn(tx, userID); err != nil {
				return err
			}
		}
		return nil
	})
}

// programmesForIn returns the programmes that serve people of the country.
func programmesForIn(tx *store.Tx, country string) ([]identity.Programme, error) {
	var found []identity.Programme
	err := tx.Where("id IN (SELECT programme_id FROM programme_countries WHERE country = ?)", country).Order("code").Find(&found).Error
	if err != nil {
		return nil, err
	}
	var c fault.Check
	c.That(len(found) > 0, "originCountry", "programme.none", "No programme here serves this country yet.")
	// People of the demonstration and people who exist never share a programme.
	if real := slices.DeleteFunc(slices.Clone(found), func(p identity.Programme) bool { return p.Demo }); len(real) > 0 {
		found = real
	}
	return found, c.Err()
}
