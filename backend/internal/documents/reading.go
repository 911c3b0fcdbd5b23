// SPDX-License-Identifier: AGPL-3.0-or-later

package documents

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"sankofa/backend/internal/curriculum"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/files"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/taxonomy"
)

// Answer is what the person said to a suggestion.
type Answer string

// The answers.
const (
	Open     Answer = "open"
	Accepted Answer = "accepted"
	Refused  Answer = "refused"
)

// Suggestion is something that the CV says and the profile could.
type Suggestion struct {
	ID     string          `json:"id"`
	Field  string          `json:"field"`
	Value  json.RawMessage `json:"value"`
	Words  string          `json:"words"` // what stands in the CV
	Sure   int             `json:"sure"`  // of 1000
	Answer Answer          `json:"answer"`
}

// Reading is a CV that was read, with what the person has answered so far.
type Reading struct {
	ID             string
	ProfessionalID string
	FileID         string
	Source         string
	Language       string
	Suggestions    []Suggestion `gorm:"-"`
	TextUsed       bool         // the person lets searches read the whole text
	CreatedAt      time.Time
	Said           string     `gorm:"column:suggestions"` // the suggestions as they are stored
	File           files.File `gorm:"-"`
}

// TableName names the table for GORM.
func (Reading) TableName() string { return "cv_readings" }

// linker asks the vocabulary for what the reader of CVs wants to know.
type linker struct{ words *taxonomy.Taxonomy }

func links(all []taxonomy.Suggestion) []curriculum.Link {
	out := make([]curriculum.Link, len(all))
	for i, s := range all {
		out[i] = curriculum.Link{ID: s.ID, Label: s.Label, Sure: s.Weight}
	}
	return out
}

func (l linker) Occupations(title, language string) []curriculum.Link {
	return links(l.words.LinkOccupation(title, language))
}

func (l linker) Skills(words, language string) []curriculum.Link {
	return links(l.words.LinkSkills(words, language))
}

func (l linker) Fields(words, language string) []curriculum.Link {
	return links(l.words.LinkFields(words, language))
}

func (l linker) Guess(texts []string) string { return l.words.GuessLanguage(texts) }

// ReadCV reads a CV and keeps it, encrypted, with what it suggests. It changes
// nothing of the profile. What the CV before it suggested is dropped with it.
func (s *Service) ReadCV(ctx context.Context, who identity.Actor, name string, content []byte) (Reading, error) {
	if _, err := self(who); err != nil {
		return Reading{}, err
	}
	kind, err := recognised(name, content)
	if err != nil {
		return Reading{}, err
	}
	limited, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	found, err := curriculum.Read(limited, curriculum.Document{Content: bytes.NewReader(content), Size: int64(len(content)), Type: string(kind)},
		linker{s.Taxonomy}, s.DB.Now())
	if err != nil {
		return Reading{}, err
	}
	r := Reading{ID: id.New(), Source: found.Source, Language: found.Language}
	for i, one := range found.Suggestions {
		r.Suggestions = append(r.Suggestions, Suggestion{ID: fmt.Sprint(i + 1), Field: one.Field, Value: one.Value, Words: one.Words, Sure: one.Sure, Answer: Open})
	}
	r.File, err = s.keep(ctx, who, files.CV, name, content, files.Curricula, func(tx *store.Tx, f files.File) error {
		if err := dropIn(tx, *f.ProfessionalID); err != nil {
			return err
		}
		r.ProfessionalID, r.FileID, r.CreatedAt = *f.ProfessionalID, f.ID, tx.Now
		tx.Emit("cv.read", r.ID, store.Details{"professional": r.ProfessionalID, "suggestions": len(r.Suggestions)})
		return r.insertIn(tx)
	})
	return r, err
}

// recognised tells what a CV is before anything is kept of it.
func recognised(name string, content []byte) (files.MediaType, error) {
	if len(content) == 0 {
		var c fault.Check
		c.That(false, "file", "file.empty", "This file is empty.")
		return "", c.Err()
	}
	return files.Recognise(bytes.NewReader(content), int64(len(content)), name, files.Curricula)
}

func (r *Reading) insertIn(tx *store.Tx) error {
	said, err := json.Marshal(r.Suggestions)
	if err != nil {
		return err
	}
	r.Said = string(said)
	return tx.Create(r).Error
}

// readingIn returns the person's CV with its suggestions.
func readingIn(tx *store.Tx, professionalID string) (r Reading, err error) {
	found := tx.Where("professional_id = ?", professionalID).Limit(1).Find(&r)
	if found.Error != nil {
		return r, found.Error
	}
	if found.RowsAffected == 0 {
		return r, fault.New(fault.Missing, "cv.missing", "There is no CV here. Send one first.")
	}
	if err := json.Unmarshal([]byte(r.Said), &r.Suggestions); err != nil {
		return r, fmt.Errorf("suggestions of %s: %w", r.ID, err)
	}
	r.File, err = files.FindIn(tx, r.FileID)
	return r, err
}

// CV returns the person's CV with its suggestions.
func (s *Service) CV(ctx context.Context, who identity.Actor) (r Reading, err error) {
	own, err := self(who)
	if err != nil {
		return r, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		r, err = readingIn(tx, own)
		return err
	})
	return r, err
}

// DropCV destroys the person's CV with its suggestions. What was accepted of
// them is in the profile and stays.
func (s *Service) DropCV(ctx context.Context, who identity.Actor) error {
	own, err := self(who)
	if err != nil {
		return err
	}
	return s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		r, err := readingIn(tx, own)
		if err != nil {
			return err
		}
		tx.Emit("cv.dropped", r.ID, store.Details{"professional": own})
		return dropIn(tx, own)
	})
}

// dropIn destroys the CV of a person, if there is one.
func dropIn(tx *store.Tx, professionalID string) error {
	var ids []string
	if err := tx.Raw(`SELECT file_id FROM cv_readings WHERE professional_id = ?`, professionalID).Scan(&ids).Error; err != nil {
		return err
	}
	if err := tx.Exec(`DELETE FROM cv_readings WHERE professional_id = ?`, professionalID).Error; err != nil {
		return err
	}
	for _, file := range ids {
		if err := files.DeleteIn(tx, file); err != nil {
			return err
		}
	}
	return nil
}
