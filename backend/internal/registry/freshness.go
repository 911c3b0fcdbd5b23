// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"context"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/store"
)

// This file is how old profiles go out of sight and come back (feature 25).

// staleAtOnce is how many profiles one change hides.
const staleAtOnce = 200

// HideStale takes people out of every search who have not said for a year that their
// profile is right; once they say so they are back. It may be called often.
func (s *Service) HideStale(ctx context.Context) error {
	for {
		var old []string
		err := s.DB.View(ctx, func(tx *store.Tx) error {
			return tx.Raw(`SELECT p.id FROM professionals p JOIN visibility v ON v.professional_id = p.id
				WHERE COALESCE(p.confirmed_at, p.created_at) <= ? AND p.demo = ? ORDER BY p.id LIMIT ?`, tx.Now.Add(-HideAfter), false, staleAtOnce).Scan(&old).Error
		})
		if err != nil || len(old) == 0 {
			return err
		}
		err = s.DB.Change(ctx, store.System, func(tx *store.Tx) error {
			for _, one := range old {
				p, err := lockIn(tx, one)
				if err != nil {
					return err
				}
				tx.Emit("professional.stale", one) // also of who was confirmed this very moment: then it says that we looked
				if p.Fresh(tx.Now) {
					continue
				}
				if err := privacy.HideIn(tx, one); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

// Still tells whether the question of a mail is open: nobody has confirmed the
// profile since.
func (s *Service) Still(ctx context.Context, professionalID string, asked time.Time) (bool, error) {
	open := false
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		p, err := profileIn(tx, professionalID)
		open = err == nil && p.ConfirmedAt != nil && p.ConfirmedAt.Equal(asked)
		return err
	})
	return open, err
}

// ConfirmFor records, by the link of the mail that asked, that everything is still
// right, and lets the person be found again where only that stood in the way.
func (s *Service) ConfirmFor(ctx context.Context, professionalID string, asked time.Time) error {
	return s.DB.Change(ctx, store.Stranger, func(tx *store.Tx) error {
		p, err := lockIn(tx, professionalID)
		if err != nil {
			return err
		}
		if p.ConfirmedAt == nil || !p.ConfirmedAt.Equal(asked) {
			return fault.New(fault.Conflict, "answer.given", "This has been answered already. Thank you.")
		}
		if err := p.Confirm(tx.Now); err != nil {
			return err
		}
		tx.Emit("professional.confirmed", p.ID, store.Details{"link": true})
		if err := saveIn(tx, &p); err != nil {
			return err
		}
		return s.Privacy.ShowIn(tx, p.ID)
	})
}
