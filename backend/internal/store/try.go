// SPDX-License-Identifier: AGPL-3.0-or-later

package store

// Try runs f as a part of the transaction that can be taken back by itself: when
// f fails, what it did is undone, the transaction goes on, and the error is
// returned as View and Change would return it. PostgreSQL ends a whole
// transaction at the first refused statement otherwise.
func (tx *Tx) Try(f func() error) error {
	const point = "try"
	if err := tx.SavePoint(point).Error; err != nil {
		return err
	}
	if err := f(); err != nil {
		if back := tx.RollbackTo(point).Error; back != nil {
			return back
		}
		return translate(err)
	}
	return nil
}
