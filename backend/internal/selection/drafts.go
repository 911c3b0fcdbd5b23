// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm/clause"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/store"
)

// draft says that somebody has begun an application; what they write stays on their
// own device until they send it. No partner reads it.
type draft struct {
	NeedID         string `gorm:"primaryKey"`
	ProfessionalID string `gorm:"primaryKey"`
	BegunAt        time.Time
}

// TableName names the table for GORM.
func (draft) TableName() string { return "application_drafts" }

// BeginDraft notes that the person has begun an application, so that they are told
// before the call closes and when it is extended (feature 38). Done again it changes
// nothing; of somebody who stands for the need already, nothing is noted.
func (s *Service) BeginDraft(ctx context.Context, who identity.Actor, needRef string) error {
	return s.keepDraft(ctx, who, needRef, func(tx *store.Tx, n needs.Need) error {
		if err := openFor(n, day.Day(tx.Today())); err != nil {
			return err
		}
		if _, stands, err := ofPerson(tx, n.ID, who.ProfessionalID); err != nil || stands {
			return err
		}
		row := draft{NeedID: n.ID, ProfessionalID: who.ProfessionalID, BegunAt: tx.Now}
		return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error
	})
}

// DropDraft forgets it.
func (s *Service) DropDraft(ctx context.Context, who identity.Actor, needRef string) error {
	return s.keepDraft(ctx, who, needRef, func(tx *store.Tx, n needs.Need) error {
		return forgetDraftIn(tx, n.ID, who.ProfessionalID)
	})
}

// keepDraft is bookkeeping and no news: nobody is told of what somebody began.
func (s *Service) keepDraft(ctx context.Context, who identity.Actor, needRef string, f func(*store.Tx, needs.Need) error) error {
	if !who.Is(identity.Professional) || who.ProfessionalID == "" {
		return missing
	}
	return s.DB.Keep(ctx, func(tx *store.Tx) error {
		n, err := needs.FindIn(tx, who, needRef)
		if err != nil {
			return err
		}
		return f(tx, n)
	})
}

func forgetDraftIn(tx *store.Tx, needID, professionalID string) error {
	if err := tx.Where("need_id = ? AND professional_id = ?", needID, professionalID).Delete(&draft{}).Error; err != nil {
		return fmt.Errorf("forget a draft: %w", err)
	}
	return nil
}

// forgetDrafts drops those of calls that are over.
func (s *Service) forgetDrafts(ctx context.Context) error {
	return s.DB.Keep(ctx, func(tx *store.Tx) error {
		return tx.Exec(`DELETE FROM application_drafts WHERE need_id IN (SELECT id FROM needs WHERE state NOT IN ?)`,
			[]needs.State{needs.Published, needs.Suspended}).Error
	})
}
