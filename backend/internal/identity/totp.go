// SPDX-License-Identifier: AGPL-3.0-or-later

package identity

import (
	"context"
	"crypto/subtle"
	"strings"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/store"
)

// step is how long a code lives, in seconds, and how the code is made (RFC
// 6238 with the defaults that every authenticator app knows).
const step = 30

var codeForm = totp.ValidateOpts{Period: step, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}

// Enrolment is a second factor that waits for its first code.
type Enrolment struct {
	Secret string // base 32, to be typed into an authenticator app
	URI    string // otpauth://…, the same for scanning
}

// secondFactor checks a code and spends it: a code works once, however many
// requests bring it at the same time.
func (s *Service) secondFactor(ctx context.Context, userID, code string) error {
	if strings.TrimSpace(code) == "" {
		return fault.New(fault.Unknown, "session.totp_required", "Please type the six-digit code of your authenticator app.")
	}
	return s.DB.Keep(ctx, func(tx *store.Tx) error {
		var u User
		if err := tx.Where("id = ?", userID).Take(&u).Error; err != nil {
			return err
		}
		return spend(tx, u, code)
	})
}

// spend accepts the code of this step or of the one before or after it, for
// clocks that differ, if no later one has been used.
func spend(tx *store.Tx, u User, code string) error {
	code = strings.ReplaceAll(strings.TrimSpace(code), " ", "")
	now := tx.Now.Unix() / step
	for at := now - 1; at <= now+1; at++ {
		want, err := totp.GenerateCodeCustom(u.TOTPSecret, tx.Now.Add(secondsToStep(at-now)), codeForm)
		if err != nil {
			return err
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) != 1 || at <= u.TOTPLastStep {
			continue
		}
		res := tx.Model(&User{}).Where("id = ? AND totp_last_step < ?", u.ID, at).Update("totp_last_step", at)
		if res.Error != nil || res.RowsAffected == 1 {
			return res.Error
		}
	}
	return fault.New(fault.Unknown, "session.code_wrong", "The code is not right, or it was used before. Please wait for the next one.")
}

// Enrol makes a new secret for the person's second factor. It counts once its
// first code is confirmed.
func (s *Service) Enrol(ctx context.Context, who Actor) (Enrolment, error) {
	var out Enrolment
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		var u User
		if err := tx.Where("id = ?", who.UserID).Take(&u).Error; err != nil {
			return err
		}
		if u.TOTPConfirmed {
			return fault.New(fault.Conflict, "totp.enrolled", "Your second factor is set up already.")
		}
		key, err := totp.Generate(totp.GenerateOpts{Issuer: "Sankofa", AccountName: u.Email})
		if err != nil {
			return err
		}
		u.TOTPSecret = key.Secret()
		out = Enrolment{Secret: key.Secret(), URI: key.URL()}
		tx.Emit("user.updated", u.ID, store.Details{"fields": []string{"secondFactor"}})
		return saveUser(tx, &u)
	})
	return out, err
}

// ConfirmEnrolment switches the second factor on when the code is right. The
// session of the token goes on; every other session of the person ends, as it was
// opened by the password alone.
func (s *Service) ConfirmEnrolment(ctx context.Context, who Actor, token, code string) error {
	return s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		var u User
		if err := tx.Where("id = ?", who.UserID).Take(&u).Error; err != nil {
			return err
		}
		if u.TOTPSecret == "" {
			return fault.New(fault.Conflict, "totp.not_begun", "Please begin setting up the second factor first.")
		}
		err := spend(tx, u, code)
		if err != nil && !fault.Is(err, fault.Unknown) {
			return err // The database failed, not the person.
		}
		if err != nil {
			var c fault.Check
			c.That(false, "code", "session.code_wrong", "The code is not right. Please type the newest one.")
			return c.Err()
		}
		if err := tx.Where("user_id = ? AND token_hash <> ?", u.ID, id.Digest(token)).Delete(&session{}).Error; err != nil {
			return err
		}
		tx.Emit("user.second_factor_on", u.ID)
		return tx.Model(&User{}).Where("id = ?", u.ID).Update("totp_confirmed", true).Error
	})
}
