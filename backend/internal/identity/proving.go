// SPDX-License-Identifier: AGPL-3.0-or-later

package identity

import (
	"context"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/store"
)

// Prove checks that whoever is signed in knows the password: before what cannot be
// undone. Wrong tries are slowed down as at the sign-in.
func (s *Service) Prove(ctx context.Context, who Actor, password string) error {
	tries := []try{{"proof|" + who.UserID, failuresPerAccount, accountRefill}}
	if wait := s.throttle.begin(s.DB.Now(), tries...); wait > 0 {
		return fault.New(fault.Limited, "session.throttled", "Too many tries. Please wait %d seconds and try again.", int(wait.Seconds())+1)
	}
	var u User
	err := s.DB.View(ctx, func(tx *store.Tx) error { return tx.Where("id = ?", who.UserID).Take(&u).Error })
	if err != nil {
		s.throttle.end(s.DB.Now(), false, tries...)
		return err
	}
	right := passwordMatches(u.PasswordHash, password)
	s.throttle.end(s.DB.Now(), !right, tries...)
	var c fault.Check
	c.That(right, "password", "password.wrong", "That is not your password.")
	if right {
		s.throttle.forget(tries[0].key)
	}
	return c.Err()
}
