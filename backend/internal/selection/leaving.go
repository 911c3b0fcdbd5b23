// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import (
	"sankofa/backend/internal/store"
)

// WithdrawAllIn ends whatever candidacies of a person are underway, because the
// person goes for good.
func WithdrawAllIn(tx *store.Tx, professionalID string) error {
	var found []Candidacy
	if err := tx.Where("professional_id = ? AND state IN ?", professionalID, underway).Order("id").Find(&found).Error; err != nil {
		return err
	}
	for i := range found {
		c, from := &found[i], found[i].State
		if err := c.Withdraw(); err != nil {
			return err
		}
		if err := save(tx, c); err != nil {
			return err
		}
		announce(tx, "candidacy.withdrawn", *c, from)
	}
	return nil
}
