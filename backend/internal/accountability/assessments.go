// SPDX-License-Identifier: AGPL-3.0-or-later

package accountability

import (
	"context"
	"slices"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Outcomes say what risk is left after the measures; with a high one the authority
// is asked first (GDPR, article 36).
var Outcomes = []string{"low", "mitigated", "high"}

// Assessment are the notes of one impact assessment (GDPR, article 35(7)).
type Assessment struct {
	ID         string
	Title      string
	Processing string // what is done with whose data, and what for
	Necessity  string // why it is needed, and no more than that
	Risks      string // for the people
	Measures   string // against the risks
	Outcome    string // one of Outcomes
	ReviewOn   day.Day
	ByUser     string
	Version    int
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// TableName names the table for GORM.
func (Assessment) TableName() string { return "impact_assessments" }

func checkAssessment(a *Assessment) error {
	var c fault.Check
	a.Title = say(&c, a.Title, "title", 1, 200)
	a.Processing = say(&c, a.Processing, "processing", 1, mostWords)
	a.Necessity = say(&c, a.Necessity, "necessity", 1, mostWords)
	a.Risks = say(&c, a.Risks, "risks", 1, mostWords)
	a.Measures = say(&c, a.Measures, "measures", 1, mostWords)
	c.That(slices.Contains(Outcomes, a.Outcome), "outcome", "assessment.outcome", "Please say what risk is left: low, mitigated or high.")
	c.That(a.ReviewOn.Valid(), "reviewOn", "date.malformed", "Please name the day on which it is looked at again.")
	return c.Err()
}

// Assessments lists the notes, newest first.
func (s *Service) Assessments(ctx context.Context, who identity.Actor, p Page) (rows []Assessment, next string, err error) {
	if err := keeper(who); err != nil {
		return nil, "", err
	}
	if err := p.check(); err != nil {
		return nil, "", err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) (err error) {
		rows, next, err = pageIn(tx.Model(&Assessment{}), p, func(a Assessment) string { return a.ID })
		return err
	})
	return rows, next, err
}

// Assessment returns one set of notes.
func (s *Service) Assessment(ctx context.Context, who identity.Actor, assessmentID string) (row Assessment, err error) {
	if err := keeper(who); err != nil {
		return row, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) (err error) {
		row, err = foundIn[Assessment](tx.Model(&Assessment{}), assessmentID)
		return err
	})
	return row, err
}

// WriteAssessment keeps new notes and returns their identifier.
func (s *Service) WriteAssessment(ctx context.Context, who identity.Actor, a Assessment) (string, error) {
	if err := officer(who); err != nil {
		return "", err
	}
	if err := checkAssessment(&a); err != nil {
		return "", err
	}
	a.ID, a.Version, a.ByUser = id.New(), 1, who.UserID
	return a.ID, s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		a.CreatedAt, a.UpdatedAt = tx.Now, tx.Now
		tx.Emit("assessment.written", a.ID)
		return tx.Create(&a).Error
	})
}

// ReviseAssessment writes the notes anew.
func (s *Service) ReviseAssessment(ctx context.Context, who identity.Actor, assessmentID string, version int, a Assessment) (Assessment, error) {
	if err := officer(who); err != nil {
		return a, err
	}
	if err := checkAssessment(&a); err != nil {
		return a, err
	}
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		old, err := foundIn[Assessment](tx.Model(&Assessment{}), assessmentID)
		if err != nil {
			return err
		}
		a.ID, a.ByUser, a.CreatedAt, a.UpdatedAt, a.Version = old.ID, who.UserID, old.CreatedAt, tx.Now, version+1
		tx.Emit("assessment.revised", a.ID)
		return store.Saved(tx.Model(&Assessment{}).Where("id = ? AND version = ?", a.ID, version).Select("*").Updates(&a))
	})
	return a, err
}
