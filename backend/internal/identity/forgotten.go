// SPDX-License-Identifier: AGPL-3.0-or-later

package identity

import (
	"context"
	"strings"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/store"
)

// Limits of asking for a new password: each asking sends a mail to somebody.
const (
	asksPerAccount = 3
	asksRefill     = 10 * time.Minute
	asksPerAddress = 30
)

// nobodyAsked is the subject of the event when no account has the address. The
// event is written all the same, so that the answer takes as long.
const nobodyAsked = "nobody"

// AskReset asks for a mail with a link to choose a new password. The answer is
// the same whether or not there is such an account: the mail tells.
func (s *Service) AskReset(ctx context.Context, email, address string) error {
	from, email := Network(address), strings.ToLower(strings.TrimSpace(email))
	tries := []try{{"reset|" + email, asksPerAccount, asksRefill}, {"reset|" + from, asksPerAddress, time.Minute}}
	if wait := s.throttle.begin(s.DB.Now(), tries...); wait > 0 {
		return fault.New(fault.Limited, "session.throttled", "Too many tries. Please wait %d seconds and try again.", int(wait.Seconds())+1)
	}
	err := s.DB.Change(ctx, store.Stranger, func(tx *store.Tx) error {
		u, err := userByEmail(tx, email)
		if err != nil && !fault.Is(store.Translate(err), fault.Missing) {
			return err
		}
		switch {
		case err != nil || u.State != "active":
			tx.Emit("user.reset_asked", nobodyAsked)
		case u.Unconfirmed:
			tx.Emit("user.confirmation_asked", u.ID)
		default:
			tx.Emit("user.reset_asked", u.ID)
		}
		return nil
	})
	s.throttle.end(s.DB.Now(), true, tries...)
	return err
}

// Reset sets a new password by the link of a mail, which works once, and ends
// every session of the account. A second factor stays as it is.
func (s *Service) Reset(ctx context.Context, secret, password string) error {
	var c fault.Check
	checkPassword(&c, password, "password")
	if err := c.Err(); err != nil {
		return err
	}
	if err := s.usable(ctx, LinkReset, secret); err != nil {
		return err
	}
	hash := hashPassword(password) // before the transaction: it is slow on purpose
	return s.DB.Change(ctx, store.Stranger, func(tx *store.Tx) error {
		link, err := useIn(tx, LinkReset, secret)
		if err != nil {
			return err
		}
		var u User
		if err := tx.Where("id = ? AND state = 'active'", link.Subject).Take(&u).Error; err != nil {
			return deadLink.Because(err)
		}
		u.PasswordHash = hash
		tx.Emit("user.password_reset", u.ID)
		if err := tx.Where("user_id = ?", u.ID).Delete(&session{}).Error; err != nil {
			return err
		}
		return saveUser(tx, &u)
	})
}

// usable refuses a link that does not work before anything costly is done for it.
func (s *Service) usable(ctx context.Context, kind LinkKind, secret string) error {
	return s.DB.View(ctx, func(tx *store.Tx) error {
		link, ok, err := LinkIn(tx, kind, secret)
		if err == nil && (!ok || link.UsedAt != nil || !tx.Now.Before(link.ExpiresAt)) {
			return deadLink
		}
		return err
	})
}

// ConfirmIn spends the link by which somebody confirms the address that they
// registered with, and returns the account.
func ConfirmIn(tx *store.Tx, secret string) (string, error) {
	link, err := useIn(tx, LinkConfirmation, secret)
	if err != nil {
		return "", err
	}
	res := tx.Model(&User{}).Where("id = ? AND unconfirmed = ?", link.Subject, true).Update("unconfirmed", false)
	if res.Error == nil && res.RowsAffected == 0 {
		return "", deadLink
	}
	tx.Emit("user.confirmed", link.Subject)
	return link.Subject, res.Error
}

// StandsIn returns who signs in with the address: nobody, or an account, and
// whether it still waits for its confirmation.
func StandsIn(tx *store.Tx, email string) (userID string, unconfirmed bool, err error) {
	u, err := userByEmail(tx, email)
	if fault.Is(store.Translate(err), fault.Missing) {
		return "", false, nil
	}
	return u.ID, u.Unconfirmed, err
}
