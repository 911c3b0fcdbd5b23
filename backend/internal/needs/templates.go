// SPDX-License-Identifier: AGPL-3.0-or-later

package needs

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Template is a need to begin others from.
type Template struct {
	ID             string
	ProgrammeID    string
	OrganisationID *string // none: every host of the programme may use it
	Title          string
	Body           string // JSON of a Form, without days
	CreatedBy      string
	CreatedAt      time.Time
}

// TableName names the table for GORM.
func (Template) TableName() string { return "need_templates" }

// mostTemplates is how many a programme keeps.
const mostTemplates = 200

var noTemplate = fault.New(fault.Missing, "template.missing", "There is no such template, or it is not open to you.")

// KeepTemplate makes a template of a need: a host's own, or for every host of the
// programme when a coordinator makes it. Days and the declaration that no local post
// is replaced do not come along.
func (s *Service) KeepTemplate(ctx context.Context, who identity.Actor, ref, title string) (Template, error) {
	var made Template
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		if !who.Is(identity.Host, identity.Coordinator) {
			return missing
		}
		t, err := readIn(tx, who, ref)
		if err != nil {
			return err
		}
		var c fault.Check
		c.Length(strings.TrimSpace(title), "title", 1, mostLine)
		if err := c.Err(); err != nil {
			return err
		}
		form := t.Form()
		form.StartsOn, form.EndsOn, form.NonSubstitution = "", "", false
		body, err := json.Marshal(form)
		if err != nil {
			return fmt.Errorf("write template: %w", err)
		}
		made = Template{ID: id.New(), ProgrammeID: who.ProgrammeID, Title: strings.TrimSpace(title), Body: string(body), CreatedBy: who.UserID, CreatedAt: tx.Now}
		if who.Is(identity.Host) {
			made.OrganisationID = &who.OrganisationID
		}
		tx.Emit("template.kept", made.ID, store.Details{"need": t.ID})
		return tx.Create(&made).Error
	})
	return made, err
}

// Templates lists what the actor may begin a need from, by title.
func (s *Service) Templates(ctx context.Context, who identity.Actor) ([]Template, error) {
	if !who.Is(identity.Host, identity.Coordinator) {
		return nil, missing
	}
	var all []Template
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Where("programme_id = ? AND (organisation_id IS NULL OR organisation_id = ?)", who.ProgrammeID, who.OrganisationID).
			Order("title, id").Limit(mostTemplates).Find(&all).Error
	})
	return all, err
}

// FromTemplate begins a need of the actor's host from a template.
func (s *Service) FromTemplate(ctx context.Context, who identity.Actor, templateID string) (View, error) {
	return s.make(ctx, who, func(tx *store.Tx) (Form, error) {
		found, err := templateIn(tx, who, templateID)
		if err != nil {
			return Form{}, err
		}
		var form Form
		if err := json.Unmarshal([]byte(found.Body), &form); err != nil {
			return Form{}, fmt.Errorf("read template: %w", err)
		}
		form.Country = "" // that of the host
		return form, nil
	})
}

// DropTemplate removes a template: a host its own, a coordinator the programme's.
func (s *Service) DropTemplate(ctx context.Context, who identity.Actor, templateID string) error {
	return s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		found, err := templateIn(tx, who, templateID)
		if err != nil {
			return err
		}
		if (found.OrganisationID == nil) != who.Is(identity.Coordinator) {
			return denied
		}
		tx.Emit("template.dropped", found.ID, nil)
		return tx.Where("id = ?", found.ID).Delete(&Template{}).Error
	})
}

func templateIn(tx *store.Tx, who identity.Actor, templateID string) (Template, error) {
	if !who.Is(identity.Host, identity.Coordinator) {
		return Template{}, noTemplate
	}
	var found []Template
	err := tx.Where("id = ? AND programme_id = ? AND (organisation_id IS NULL OR organisation_id = ?)", templateID, who.ProgrammeID, who.OrganisationID).Find(&found).Error
	if err == nil && len(found) == 0 {
		err = noTemplate
	}
	if err != nil {
		return Template{}, err
	}
	return found[0], nil
}
