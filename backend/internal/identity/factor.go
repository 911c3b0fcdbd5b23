// SPDX-License-Identifier: AGPL-3.0-or-later

package identity

import (
	"context"
	"fmt"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/store"
)

// HasFactorIn tells whether somebody has set up a second factor.
func HasFactorIn(tx *store.Tx, userID string) (bool, error) {
	var n int64
	err := tx.Model(&User{}).Where("id = ? AND state = 'active' AND totp_confirmed = ?", userID, true).Count(&n).Error
	if err != nil {
		return false, fmt.Errorf("look for a second factor: %w", err)
	}
	return n > 0, nil
}

// ProveFactor checks the code of somebody's second factor and spends it, before an act
// without a session. Wrong tries are slowed down as at the sign-in.
func (s *Service) ProveFactor(ctx context.Context, userID, code string) error {
	tries := []try{{"factor|" + userID, failuresPerAccount, accountRefill}}
	if wait := s.throttle.begin(s.DB.Now(), tries...); wait > 0 {
		return fault.New(fault.Limited, "session.throttled", "Too many tries. Please wait %d seconds and try again.", int(wait.Seconds())+1)
	}
	err := s.secondFactor(ctx, userID, code)
	wrong := fault.HasCode(err, "session.code_wrong")
	s.throttle.end(s.DB.Now(), wrong, tries...)
	if !wrong && !fault.HasCode(err, "session.totp_required") {
		return err
	}
	// Nobody is signed in here who could be asked to sign in again: it is a field's fault.
	var c fault.Check
	c.That(!wrong, "code", "session.code_wrong", "The code is not right, or it was used before. Please wait for the next one.")
	c.That(wrong, "code", "session.totp_required", "Please type the six-digit code of your authenticator app.")
	return c.Err()
}

// OfficesIn returns the offices in which somebody may act now: their own, and those
// that colleagues have lent them.
func OfficesIn(tx *store.Tx, userID string) ([]Actor, error) {
	var u User
	if err := tx.Where("id = ? AND state = 'active'", userID).Take(&u).Error; err != nil {
		return nil, err
	}
	own, err := membershipsIn(tx, userID)
	if err != nil {
		return nil, fmt.Errorf("load offices: %w", err)
	}
	var all []Actor
	add := func(m Membership, d Delegation) {
		who := Actor{UserID: userID, Role: m.Role, MembershipID: m.ID, OrganisationID: m.OrganisationID, Locale: u.Locale, Demo: u.Demo,
			DelegationID: d.ID, ForUserID: d.GiverID}
		if m.ProgrammeID != nil {
			who.ProgrammeID = *m.ProgrammeID
		}
		all = append(all, who)
	}
	for _, m := range own {
		add(m, Delegation{})
	}
	live, err := liveIn(tx, userID)
	if err != nil {
		return nil, err
	}
	for _, d := range live {
		givers, err := membershipsIn(tx, d.GiverID)
		if err != nil {
			return nil, fmt.Errorf("load offices of a colleague: %w", err)
		}
		for _, m := range givers {
			if m.ID == d.MembershipID {
				add(m, d)
			}
		}
	}
	return all, nil
}
