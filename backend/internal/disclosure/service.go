// SPDX-License-Identifier: AGPL-3.0-or-later

package disclosure

import (
	"context"
	"errors"
	"strings"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
)

// Viewer records who looked at whom.
type Viewer interface {
	Viewed(who identity.Actor, professionalIDs []string, what, needID string)
}

// Service keeps disclosures.
type Service struct {
	DB    *store.DB
	Views Viewer
}

// Asking is a question to a person.
type Asking struct {
	CandidacyID string
	Parts       []Part
	Purpose     string
	Until       day.Day
}

// View is a disclosure as one reader may see it.
type View struct {
	Disclosure
	Need         needs.Need
	Host         identity.Organisation
	Asker        identity.Organisation
	Pseudonym    string
	Name         string
	Content      []Content // what is, or would be, shown
	GeneralNamed bool      // the person also agreed that hosts learn the name once shortlisted
	Can          Can
}

// Can says what the reader may do next.
type Can struct{ Grant, Refuse, Revoke bool }

// Ask asks a person to show a host more, for one need.
func (s *Service) Ask(ctx context.Context, who identity.Actor, in Asking) (string, error) {
	if !who.Is(identity.Host, identity.Coordinator) {
		return "", missing()
	}
	var c fault.Check
	parts := known(&c, in.Parts)
	purpose := strings.TrimSpace(in.Purpose)
	c.Length(purpose, "purpose", 1, mostWords)
	today := day.Of(s.DB.Now())
	c.That(in.Until.Valid() && in.Until > today && in.Until <= today.Add(longest), "until", "disclosure.until",
		"Please name a day after today, at most two years ahead.")
	if err := c.Err(); err != nil {
		return "", err
	}
	d := Disclosure{ID: id.New(), Parts: parts, Purpose: purpose, UntilOn: in.Until, State: Asked, AskedBy: who.UserID, AskedFor: who.OrganisationID, Version: 1}
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error { return s.askIn(tx, who, in.CandidacyID, &d) })
	if fault.HasCode(err, "duplicate") {
		err = fault.New(fault.Conflict, "disclosure.open", "This person has been asked already, or shows you something now. One question at a time.")
	}
	return d.ID, err
}

// askIn writes the question.
func (s *Service) askIn(tx *store.Tx, who identity.Actor, candidacyID string, d *Disclosure) error {
	candidacy, err := selection.FindIn(tx, who, candidacyID)
	if err != nil {
		return err
	}
	if !candidacy.Running() || candidacy.SubmittedAt == nil {
		return fault.New(fault.Conflict, "disclosure.over", "This person is not a candidate now.")
	}
	need, err := needs.FindIn(tx, who, candidacy.NeedID)
	if err != nil {
		return err
	}
	d.CandidacyID, d.NeedID, d.ProfessionalID, d.OrganisationID = candidacy.ID, need.ID, candidacy.ProfessionalID, need.OrganisationID
	d.AskedAt, d.AnswerBy = tx.Now, tx.Now.Add(answerTime)
	tx.Emit("disclosure.asked", d.ID, store.Details{"professional": d.ProfessionalID, "need": d.NeedID, "host": d.OrganisationID, "parts": d.Parts})
	return tx.Create(d).Error
}

// Find returns one disclosure. To the host it is recorded as a look.
func (s *Service) Find(ctx context.Context, who identity.Actor, disclosureID string) (View, error) {
	var v View
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		d, err := findIn(tx, who, disclosureID)
		if err != nil {
			return err
		}
		all, err := viewsIn(tx, who, []Disclosure{d}, true)
		if err == nil {
			v = all[0]
		}
		return err
	})
	s.note(who, v, err)
	return v, err
}

// note records that a host was shown what a person opened.
func (s *Service) note(who identity.Actor, v View, err error) {
	if err == nil && s.Views != nil && who.Is(identity.Host) && len(v.Content) > 0 {
		s.Views.Viewed(who, []string{v.ProfessionalID}, "disclosure", v.NeedID)
	}
}

// Filter chooses disclosures.
type Filter struct {
	Candidacy string
	After     string
	Limit     int
}

// List returns the disclosures that the actor may see, newest first, without content.
func (s *Service) List(ctx context.Context, who identity.Actor, f Filter) ([]View, string, error) {
	var c fault.Check
	c.That(f.After == "" || id.Valid(f.After), "after", "cursor.unknown", "Please start from the first page again.")
	if err := c.Err(); err != nil {
		return nil, "", err
	}
	f.Limit = min(max(f.Limit, 1), 100)
	var views []View
	next := ""
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		rows, err := listIn(tx, who, f)
		if err != nil {
			return err
		}
		if len(rows) > f.Limit {
			rows = rows[:f.Limit]
			next = rows[f.Limit-1].ID
		}
		views, err = viewsIn(tx, who, rows, who.Is(identity.Professional))
		return err
	})
	return views, next, err
}

// Grant shows the host the parts, until the day that was asked for.
func (s *Service) Grant(ctx context.Context, who identity.Actor, disclosureID string, version int, parts []Part) (View, error) {
	return s.answer(ctx, who, disclosureID, version, "disclosure.granted", func(tx *store.Tx, d *Disclosure) error { return d.grant(parts, tx.Now) })
}

// Refuse shows the host nothing.
func (s *Service) Refuse(ctx context.Context, who identity.Actor, disclosureID string, version int) (View, error) {
	return s.answer(ctx, who, disclosureID, version, "disclosure.refused", func(tx *store.Tx, d *Disclosure) error { return d.refuse(tx.Now) })
}

// Revoke ends what was granted; the host sees nothing of it from now on.
func (s *Service) Revoke(ctx context.Context, who identity.Actor, disclosureID string, version int) (View, error) {
	return s.answer(ctx, who, disclosureID, version, "disclosure.revoked", func(tx *store.Tx, d *Disclosure) error { return d.revoke(tx.Now) })
}

// answer is the road of whatever the person decides.
func (s *Service) answer(ctx context.Context, who identity.Actor, disclosureID string, version int, event string, act func(*store.Tx, *Disclosure) error) (View, error) {
	if !who.Is(identity.Professional) {
		return View{}, missing()
	}
	var v View
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		d, err := findIn(tx, who, disclosureID)
		if err != nil {
			return err
		}
		if d.Version != version {
			return store.Saved(tx.Model(&Disclosure{}).Where("1 = 0").Update("version", version))
		}
		if err := act(tx, &d); err != nil {
			return err
		}
		if err := saveIn(tx, &d); err != nil {
			return err
		}
		tx.Emit(event, d.ID, store.Details{"professional": d.ProfessionalID, "need": d.NeedID, "host": d.OrganisationID, "parts": d.GrantedParts})
		all, err := viewsIn(tx, who, []Disclosure{d}, true)
		if err == nil {
			v = all[0]
		}
		return err
	})
	return v, err
}

// Expire ends questions that nobody answered and grants whose day has gone by. Both
// count as ended from their hour on, whether this has run or not.
func (s *Service) Expire(ctx context.Context) error {
	var due []Disclosure
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Where("(state = ? AND (answer_by < ? OR until_on < ?)) OR (state = ? AND until_on < ?)", Asked, tx.Now, tx.Today(), Granted, tx.Today()).
			Order("id").Limit(500).Find(&due).Error
	})
	if err != nil || len(due) == 0 {
		return err
	}
	err = s.DB.Change(ctx, store.System, func(tx *store.Tx) error {
		ended := 0
		for _, d := range due {
			res := tx.Model(&Disclosure{}).Where("id = ? AND version = ?", d.ID, d.Version).
				Updates(map[string]any{"state": Expired, "ended_at": tx.Now, "version": d.Version + 1})
			if res.Error != nil {
				return res.Error
			}
			if res.RowsAffected > 0 {
				ended++
				tx.Emit("disclosure.expired", d.ID, store.Details{"professional": d.ProfessionalID, "need": d.NeedID, "host": d.OrganisationID})
			}
		}
		if ended == 0 {
			return errNothing
		}
		return nil
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// errNothing ends a change that others made unnecessary.
var errNothing = errors.New("nothing to do")

// contentOf reads what the parts show, as the profile says today.
func contentOf(p registry.Profile, accessibility string, parts []string) []Content {
	var out []Content
	for _, part := range parts {
		out = append(out, Content{Part: Part(part), Lines: lines[Part(part)](p, accessibility)})
	}
	return out
}
