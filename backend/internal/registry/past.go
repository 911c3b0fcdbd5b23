// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"context"
	"slices"
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
	By           string // "you", "person", "referee", "association", "coordinator", "programme"
	Organisation string // its name, when it was not the person
	Field        string
	Before       string // text; of a list, JSON
	After        string
	Capacity     string // the role in which they wrote; older entries do not say
	Source       string // where it came from; older entries do not say
}

// Past chooses what of a profile's past is read.
type Past struct {
	Ref   string // whose; empty: the actor's own
	Field string // only of this field
	After string // the identifier of the last one seen
	Limit int
}

// Changes returns what was changed in a profile, newest first, and the cursor of
// the next page: to the person, and to an association of theirs.
func (s *Service) Changes(ctx context.Context, who identity.Actor, asked Past) ([]Changed, string, error) {
	var c fault.Check
	c.That(asked.After == "" || id.Valid(asked.After), "after", "cursor.unknown", "Please start from the first page again.")
	if err := c.Err(); err != nil {
		return nil, "", err
	}
	limit := min(max(asked.Limit, 1), 100)
	var out []Changed
	var subject string
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		if subject, err = pastOfIn(tx, who, asked.Ref); err != nil {
			return err
		}
		query := tx.Where("professional_id = ?", subject).Order("id DESC").Limit(limit + 1)
		if asked.Field != "" {
			query = query.Where("field = ?", asked.Field)
		}
		if asked.After != "" {
			query = query.Where("id < ?", asked.After)
		}
		var rows []history
		if err := query.Find(&rows).Error; err != nil {
			return err
		}
		out, err = toldIn(tx, who, rows)
		return err
	})
	if err != nil {
		return nil, "", err
	}
	if !who.Is(identity.Professional) {
		s.Audit.Viewed(who, []string{subject}, "history", "")
	}
	if len(out) <= limit {
		return out, "", nil
	}
	return out[:limit], out[limit-1].ID, nil
}

// pastOfIn returns whose past the actor may read: their own, or a member's.
func pastOfIn(tx *store.Tx, who identity.Actor, ref string) (string, error) {
	if !who.Is(identity.Professional, identity.Association) {
		return "", missing
	}
	if ref == "" && who.Is(identity.Professional) {
		ref = who.ProfessionalID
	}
	var ids []string
	if err := named(scope(tx, who), ref).Limit(1).Pluck("id", &ids).Error; err != nil {
		return "", err
	}
	if len(ids) == 0 {
		return "", missing
	}
	return ids[0], nil
}

// Restore puts back what a field held before a change. Whoever may write the
// profile may; the change that it undoes stays in the past, and so does this one.
func (s *Service) Restore(ctx context.Context, who identity.Actor, ref, changeID string, version int) (Card, error) {
	var row history
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		subject, err := pastOfIn(tx, who, ref)
		if err != nil {
			return err
		}
		var rows []history
		if err := tx.Where("id = ? AND professional_id = ?", changeID, subject).Limit(1).Find(&rows).Error; err != nil {
			return err
		}
		if len(rows) == 0 {
			return fault.New(fault.Missing, "change.missing", "There is no such change.")
		}
		row = rows[0]
		return nil
	})
	if err != nil {
		return Card{}, err
	}
	return s.change(WithSource(ctx, FromRestoring), who, row.ProfessionalID, version, func(tx *store.Tx, p *Profile) error {
		if err := mayWrite(who, p); err != nil {
			return err
		}
		written := *p
		if err := restored(&written, row); err != nil {
			return err
		}
		return s.overwriteIn(tx, who, p, written)
	})
}

// restored sets the field to what it held before.
func restored(p *Profile, row history) error {
	at := slices.IndexFunc(fields, func(f field) bool { return f.name == row.Field })
	if at < 0 {
		return fault.New(fault.Conflict, "change.unknown_field", "This field does not exist any more.")
	}
	if fields[at].text(p) == row.Before {
		return fault.New(fault.Conflict, "change.same", "It says this already.")
	}
	if row.Before == "" && (fields[at].section || fields[at].text(&Profile{}) != "") {
		row.Before = fields[at].text(&Profile{}) // the first of all changes: there was nothing
	}
	if err := fields[at].read(p, row.Before); err != nil {
		return fault.New(fault.Conflict, "change.unreadable", "What stood there cannot be read any more.").Because(err)
	}
	return nil
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
		c := Changed{ID: row.ID, At: row.At, Field: row.Field, Before: row.Before, After: row.After, By: "programme",
			Capacity: row.Capacity, Source: row.Source}
		if o, ok := organisations[row.ByOrganisation]; ok {
			c.By, c.Organisation = o.Kind, o.Name
		} else if row.ByUser == who.UserID {
			c.By = "you"
		} else if row.Capacity == string(identity.Professional) {
			c.By = "person"
		} else if row.Source == string(FromReferee) {
			c.By = "referee"
		}
		out = append(out, c)
	}
	return out, nil
}
