// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"context"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Changed is one field that somebody changed in a profile.
type Changed struct {
	ID           string
	At           time.Time
	By           string // "you", "association", "coordinator", "programme"
	Organisation string // its name, when it was not the person
	Field        string
	Before       string // text; of a list, JSON
	After        string
}

// Changes returns what was changed in the person's own profile, newest first,
// and the cursor of the next page.
func (s *Service) Changes(ctx context.Context, who identity.Actor, after string, limit int) ([]Changed, string, error) {
	if !who.Is(identity.Professional) || who.ProfessionalID == "" {
		return nil, "", missing
	}
	var c fault.Check
	c.That(after == "" || id.Valid(after), "after", "cursor.unknown", "Please start from the first page again.")
	if err := c.Err(); err != nil {
		return nil, "", err
	}
	limit = min(max(limit, 1), 100)
	var out []Changed
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		query := tx.Where("professional_id = ?", who.ProfessionalID).Order("id DESC").Limit(limit + 1)
		if after != "" {
			query = query.Where("id < ?", after)
		}
		var rows []history
		if err := query.Find(&rows).Error; err != nil {
			return err
		}
		var err error
		out, err = toldIn(tx, who, rows)
		return err
	})
	if err != nil || len(out) <= limit {
		return out, "", err
	}
	return out[:limit], out[limit-1].ID, nil
}

// toldIn puts names to who changed what.
func toldIn(tx *store.Tx, who identity.Actor, rows []history) ([]Changed, error) {
	var ids []string
	for _, row := range rows {
		if row.ByOrganisation != "" {
			ids = append(ids, row.ByOrganisation)
		}
	}
	organisations, err := identity.OrganisationsIn(tx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Changed, 0, len(rows))
	for _, row := range rows {
		c := Changed{ID: row.ID, At: row.At, Field: row.Field, Before: row.Before, After: row.After, By: "programme"}
		if o, ok := organisations[row.ByOrganisation]; ok {
			c.By, c.Organisation = o.Kind, o.Name
		} else if row.ByUser == who.UserID {
			c.By = "you"
		}
		out = append(out, c)
	}
	return out, nil
}
