// SPDX-License-Identifier: AGPL-3.0-or-later

// Package documents keeps what a professional sends as files: papers that show a
// licence, and a CV, of which it suggests what the profile could say. And it
// gives their free time to other calendars.
package documents

import (
	"bytes"
	"context"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/files"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/taxonomy"
)

// Service keeps the documents of professionals.
type Service struct {
	DB       *store.DB
	Files    *files.Service
	Registry *registry.Service
	Taxonomy *taxonomy.Taxonomy
}

// Limits on what a person may keep here.
const (
	MostBytes     = 10 << 20 // of one document
	mostDocuments = 30
)

// Document is a paper of a person, and whether a licence shows it.
type Document struct {
	files.File
	Attached bool
}

// missing is also what people are told about what they may not see.
var missing = fault.New(fault.Missing, "document.missing", "This document does not exist, or it is not yours to see.")

// self returns the identifier of the professional who is asking.
func self(who identity.Actor) (string, error) {
	if !who.Is(identity.Professional) || who.ProfessionalID == "" {
		return "", missing
	}
	return who.ProfessionalID, nil
}

// Add keeps a paper of the person: a picture of a licence, a certificate.
func (s *Service) Add(ctx context.Context, who identity.Actor, kind files.Kind, name string, content []byte) (Document, error) {
	f, err := s.keep(ctx, who, kind, name, content, files.Papers, nil)
	return Document{File: f}, err
}

// keep writes a document and its row; with does more in the same transaction.
func (s *Service) keep(ctx context.Context, who identity.Actor, kind files.Kind, name string, content []byte, allowed []files.MediaType,
	with func(*store.Tx, files.File) error) (files.File, error) {
	own, err := self(who)
	if err != nil {
		return files.File{}, err
	}
	w, err := s.Files.Write(ctx, files.Upload{Name: name, Body: bytes.NewReader(content), Most: MostBytes, Allowed: allowed})
	if err != nil {
		return files.File{}, err
	}
	var f files.File
	err = s.DB.Change(ctx, who.Author(), func(tx *store.Tx) (err error) {
		if err := roomIn(tx, own); err != nil {
			return err
		}
		if f, err = s.Files.KeepIn(tx, w, files.Owner{ProfessionalID: own}, kind, who.Author()); err != nil || with == nil {
			return err
		}
		return with(tx, f)
	})
	if err != nil {
		s.Files.Discard(w)
	}
	return f, err
}

// roomIn refuses one document too many.
func roomIn(tx *store.Tx, professionalID string) error {
	kept, err := files.OfProfessionalIn(tx, professionalID)
	if err != nil {
		return err
	}
	if len(kept) >= mostDocuments {
		return fault.New(fault.Conflict, "document.too_many", "You have %d documents here, which is as many as can be kept. Please delete one first.", len(kept))
	}
	return nil
}

// List returns the papers of the person, oldest first.
func (s *Service) List(ctx context.Context, who identity.Actor) ([]Document, error) {
	own, err := self(who)
	if err != nil {
		return nil, err
	}
	var out []Document
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		kept, err := files.OfProfessionalIn(tx, own)
		if err != nil {
			return err
		}
		attached, err := attachedIn(tx, own)
		for _, f := range kept {
			out = append(out, Document{File: f, Attached: attached[f.ID]})
		}
		return err
	})
	return out, err
}

// attachedIn tells which documents a licence of the person shows.
func attachedIn(tx *store.Tx, professionalID string) (map[string]bool, error) {
	var ids []string
	err := tx.Raw(`SELECT document_id FROM professional_licences WHERE professional_id = ? AND document_id <> ''`, professionalID).Scan(&ids).Error
	attached := map[string]bool{}
	for _, id := range ids {
		attached[id] = true
	}
	return attached, err
}

// findIn returns a document of the person.
func findIn(tx *store.Tx, professionalID, id string) (files.File, error) {
	f, err := files.FindIn(tx, id)
	if err != nil {
		return f, err
	}
	if f.ProfessionalID == nil || *f.ProfessionalID != professionalID {
		return files.File{}, missing
	}
	return f, nil
}

// Find returns a document of the person.
func (s *Service) Find(ctx context.Context, who identity.Actor, id string) (Document, error) {
	own, err := self(who)
	if err != nil {
		return Document{}, err
	}
	var d Document
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		if d.File, err = findIn(tx, own, id); err != nil {
			return err
		}
		attached, err := attachedIn(tx, own)
		d.Attached = attached[id]
		return err
	})
	return d, err
}

// Content returns a document with its content.
func (s *Service) Content(ctx context.Context, who identity.Actor, id string) (files.File, *files.Content, error) {
	d, err := s.Find(ctx, who, id)
	if err != nil {
		return files.File{}, nil, err
	}
	content, err := s.Files.Read(d.File)
	return d.File, content, err
}

// Delete destroys a document. One that a licence shows must be taken off it
// first: a profile shall not point at nothing.
func (s *Service) Delete(ctx context.Context, who identity.Actor, id string) error {
	own, err := self(who)
	if err != nil {
		return err
	}
	return s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		if _, err := findIn(tx, own, id); err != nil {
			return err
		}
		attached, err := attachedIn(tx, own)
		if err != nil {
			return err
		}
		if attached[id] {
			return fault.New(fault.Conflict, "document.attached", "A licence in your profile shows this document. Take it off there first.")
		}
		return files.DeleteIn(tx, id)
	})
}

// ForgetIn destroys everything that this package keeps of a person.
func ForgetIn(tx *store.Tx, professionalID string) error {
	for _, query := range []string{`DELETE FROM cv_readings WHERE professional_id = ?`, `DELETE FROM calendar_feeds WHERE professional_id = ?`} {
		if err := tx.Exec(query, professionalID).Error; err != nil {
			return err
		}
	}
	return files.ForgetIn(tx, professionalID)
}

// readTime is how long the reading of one CV may take.
const readTime = 20 * time.Second
