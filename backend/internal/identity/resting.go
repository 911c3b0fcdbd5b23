// SPDX-License-Identifier: AGPL-3.0-or-later

package identity

import "sankofa/backend/internal/store"

// RestIn lets an account rest that has no use any more: nobody signs in with it.
// An account that belongs to an officer as well goes on.
func RestIn(tx *store.Tx, userID string) error {
	err := tx.Exec(`UPDATE users SET state = 'suspended', version = version + 1 WHERE id = ? AND state = 'active'
		AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = users.id)`, userID).Error
	if err != nil {
		return err
	}
	return tx.Exec(`DELETE FROM sessions WHERE user_id = ? AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = ?)`, userID, userID).Error
}

// WakeIn lets an account be used again that rested.
func WakeIn(tx *store.Tx, userID string) error {
	return tx.Exec(`UPDATE users SET state = 'active', version = version + 1 WHERE id = ? AND state = 'suspended'`, userID).Error
}
