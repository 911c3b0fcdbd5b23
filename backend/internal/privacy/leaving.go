// SPDX-License-Identifier: AGPL-3.0-or-later

package privacy

import "sankofa/backend/internal/store"

// leaving are the people who asked to be erased and may still change their mind.
// The rows are erasure's; who shows people leaves these out.
const leaving = `SELECT professional_id FROM erasures WHERE state = 'REQUESTED'`

// NotLeaving is the condition by which a query leaves out people who asked to be
// erased; column names the professional.
func NotLeaving(column string) string { return column + " NOT IN (" + leaving + ")" }

// LeavingIn tells whether the person asked to be erased.
func LeavingIn(tx *store.Tx, professionalID string) (bool, error) {
	var n int64
	err := tx.Raw(`SELECT count(*) FROM erasures WHERE state = 'REQUESTED' AND professional_id = ?`, professionalID).Scan(&n).Error
	return n > 0, err
}
