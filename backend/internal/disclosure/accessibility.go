// SPDX-License-Identifier: AGPL-3.0-or-later

package disclosure

import (
	"context"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// accessibility is what a person needs to be able to work (feature 162). It is told
// to nobody but a host to whom the person discloses it.
type accessibility struct {
	ProfessionalID string `gorm:"primaryKey"`
	Needs          string
	Version        int
	UpdatedAt      time.Time
}

// TableName names the table for GORM.
func (accessibility) TableName() string { return "accessibility_needs" }

// Accessibility returns what the person who asks wrote, and its version; zero: nothing yet.
func (s *Service) Accessibility(ctx context.Context, who identity.Actor) (words string, version int, err error) {
	if !who.Is(identity.Professional) || who.ProfessionalID == "" {
		return "", 0, missing()
	}
	var rows []accessibility
	err = s.DB.View(ctx, func(tx *store.Tx) error { return tx.Where("professional_id = ?", who.ProfessionalID).Find(&rows).Error })
	if err != nil || len(rows) == 0 {
		return "", 0, err
	}
	return rows[0].Needs, rows[0].Version, nil
}

// SayAccessibility writes what the person needs; nothing takes it back.
func (s *Service) SayAccessibility(ctx context.Context, who identity.Actor, words string) error {
	if !who.Is(identity.Professional) || who.ProfessionalID == "" {
		return missing()
	}
	words = strings.TrimSpace(words)
	var c fault.Check
	c.Length(words, "needs", 0, 2000)
	if err := c.Err(); err != nil {
		return err
	}
	return s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		tx.Emit("accessibility.said", who.ProfessionalID, store.Details{"empty": words == ""})
		if words == "" {
			return tx.Where("professional_id = ?", who.ProfessionalID).Delete(&accessibility{}).Error
		}
		row := accessibility{ProfessionalID: who.ProfessionalID, Needs: words, Version: 1, UpdatedAt: tx.Now}
		return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "professional_id"}},
			DoUpdates: clause.Assignments(map[string]any{"needs": words, "updated_at": tx.Now})}).Create(&row).Error
	})
}
