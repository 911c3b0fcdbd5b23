// SPDX-License-Identifier: AGPL-3.0-or-later

// Package files keeps documents: encrypted in the data directory, each with a
// key of its own that lies wrapped in the database. A document is typed by its
// bytes, limited in size, and gone for good once its row is gone.
//
// Writing goes in two steps, because a disk and a database do not commit
// together: Write puts the encrypted content on the disk, KeepIn writes the row
// in the caller's transaction. What no row names is swept away later.
package files

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/store"
)

// Kind says what a document is for.
type Kind string

// The kinds of documents.
const (
	CV       Kind = "cv"       // a curriculum vitae that the person sent
	Licence  Kind = "licence"  // a licence, a registration, a certificate of good standing
	Document Kind = "document" // any other document of a person
	Evidence Kind = "evidence" // what a source sent about a credential
	Import   Kind = "import"   // a spreadsheet that an association sent
	Export   Kind = "export"   // what a person takes away
)

// File is one row: a document that is kept.
type File struct {
	ID             string
	ProfessionalID *string // whose it is
	ImportID       *string // or the import that it came with
	ApplicationID  *string // or the organisation that asks to take part with it
	Kind           Kind
	Name           string // as the sender called it
	MediaType      MediaType
	Size           int64  // of the content, in bytes
	SHA256         string `gorm:"column:sha256"` // of the content, in hexadecimal
	Master         string // which master key wraps this file's own
	WrappedKey     []byte
	CreatedBy      string
	CreatedAt      time.Time
}

// Owner says whose a document is: exactly one of the three is given.
type Owner struct {
	ProfessionalID string
	ImportID       string
	ApplicationID  string // of an organisation that asks to take part
}

// Upload is a document that arrives.
type Upload struct {
	Name    string // as the sender calls it; only the last part of a path is kept
	Body    io.Reader
	Most    int64       // the most bytes that it may have
	Allowed []MediaType // what it may be; empty: everything that we recognise
}

// Written is a document on the disk that no row names yet.
type Written struct {
	ID        string
	Name      string
	MediaType MediaType
	Size      int64
	SHA256    string
	key       []byte
}

// Service keeps documents in a directory.
type Service struct {
	db     *store.DB
	dir    string
	master *masters
	log    *slog.Logger
}

// Options say where documents and their master key are kept.
type Options struct {
	DB        *store.DB
	Directory string // made where it is not there yet
	KeyFile   string // the master keys; made on first use, readable by its owner only
	Log       *slog.Logger
}

// Open reads the master keys, or makes the first one where no document needs
// another. It refuses to start without the keys of documents that are kept.
func Open(ctx context.Context, opt Options) (*Service, error) {
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if err := os.MkdirAll(opt.Directory, 0o700); err != nil {
		return nil, unwritable.Because(err)
	}
	var used []string
	err := opt.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Raw(`SELECT DISTINCT master FROM files`).Scan(&used).Error
	})
	if err != nil {
		return nil, err
	}
	held, err := readMasters(opt.KeyFile, used)
	if err != nil {
		return nil, err
	}
	return &Service{db: opt.DB, dir: opt.Directory, master: held, log: opt.Log}, nil
}

// unwritable is what people are told when the disk does not take a document.
var unwritable = fault.New(fault.Unavailable, "files.unwritable", "The document could not be stored. Nothing was kept. Please try again.")

// missing is what people are told about a document that is not there for them.
var missing = fault.New(fault.Missing, "file.missing", "This document does not exist, or it is not yours to see.")

// Write puts a document on the disk, encrypted, and tells what it is by its
// bytes. Nobody can reach it before KeepIn has written its row.
func (s *Service) Write(ctx context.Context, up Upload) (Written, error) {
	w := Written{ID: random(), Name: plainName(up.Name), key: make([]byte, keySize)}
	_, _ = rand.Read(w.key) // never fails: crypto/rand ends the program instead
	if err := s.write(ctx, &w, up); err != nil {
		s.discard(w.ID)
		return Written{}, err
	}
	return w, nil
}

func (s *Service) write(ctx context.Context, w *Written, up Upload) error {
	sum := sha256.New()
	limited := &io.LimitedReader{R: io.TeeReader(reading{ctx, up.Body}, sum), N: up.Most + 1}
	size, err := sealTo(s.path(w.ID), w.key, w.ID, limited)
	switch {
	case err != nil:
		return err
	case limited.N == 0:
		return fault.New(fault.TooLarge, "file.too_large", "This file is too large. Please send one of at most %s.", megabytes(up.Most))
	case size == 0:
		return refused("file.empty", "This file is empty.")
	}
	content, err := openSealed(s.path(w.ID), w.key, w.ID)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	w.Size, w.SHA256 = size, hex.EncodeToString(sum.Sum(nil))
	w.MediaType, err = Recognise(content, size, w.Name, up.Allowed)
	return err
}

// KeepIn writes the row of a document, in the transaction that needs it. When
// the transaction does not commit, the content is swept away later.
func (s *Service) KeepIn(tx *store.Tx, w Written, owner Owner, kind Kind, by store.Author) (File, error) {
	master, wrapped, err := s.master.wrap(w.key, w.ID)
	if err != nil {
		return File{}, err
	}
	f := File{ID: w.ID, Kind: kind, Name: w.Name, MediaType: w.MediaType, Size: w.Size, SHA256: w.SHA256,
		Master: master, WrappedKey: wrapped, CreatedBy: by.UserID, CreatedAt: tx.Now}
	if owner.ProfessionalID != "" {
		f.ProfessionalID = &owner.ProfessionalID
	}
	if owner.ImportID != "" {
		f.ImportID = &owner.ImportID
	}
	details := store.Details{"kind": string(kind), "type": string(f.MediaType), "professional": owner.ProfessionalID, "import": owner.ImportID}
	if owner.ApplicationID != "" {
		f.ApplicationID = &owner.ApplicationID
		details["application"] = owner.ApplicationID
	}
	if err := tx.Create(&f).Error; err != nil {
		return File{}, err
	}
	tx.Emit("file.kept", f.ID, details)
	return f, nil
}

// Discard takes a written document back that will not be kept.
func (s *Service) Discard(w Written) { s.discard(w.ID) }

func (s *Service) discard(id string) {
	if err := os.Remove(s.path(id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		s.log.Warn("a document's file could not be removed; it will be swept", "file", id, "error", err)
	}
}

// FindIn returns the row of a document.
func FindIn(tx *store.Tx, id string) (File, error) {
	var f File
	found := tx.Where("id = ?", id).Limit(1).Find(&f)
	if found.Error == nil && found.RowsAffected == 0 {
		return f, missing
	}
	return f, found.Error
}

// OfProfessionalIn returns the rows of a person's documents, oldest first.
func OfProfessionalIn(tx *store.Tx, professionalID string) ([]File, error) {
	var all []File
	return all, tx.Where("professional_id = ?", professionalID).Order("created_at, id").Find(&all).Error
}

// OfImportIn returns the rows of an import's documents, oldest first.
func OfImportIn(tx *store.Tx, importID string) ([]File, error) {
	var all []File
	return all, tx.Where("import_id = ?", importID).Order("created_at, id").Find(&all).Error
}

// OfApplicationIn returns the rows of the papers of an organisation that asks to
// take part, oldest first.
func OfApplicationIn(tx *store.Tx, applicationID string) ([]File, error) {
	var all []File
	return all, tx.Where("application_id = ?", applicationID).Order("created_at, id").Find(&all).Error
}

// Read opens the content of a document whose row the caller has found and may
// see. What was changed on the disk is an error where it is read.
func (s *Service) Read(f File) (*Content, error) {
	key, err := s.master.unwrap(f.Master, f.WrappedKey, f.ID)
	if err != nil {
		return nil, err
	}
	return openSealed(s.path(f.ID), key, f.ID)
}

// DeleteIn deletes a document: its key is gone with the commit, its file right after.
func DeleteIn(tx *store.Tx, id string) error {
	gone := tx.Exec(`DELETE FROM files WHERE id = ?`, id)
	if gone.Error == nil && gone.RowsAffected == 0 {
		return missing
	}
	tx.Emit("file.erased", id)
	return gone.Error
}

// ForgetIn deletes every document of a person.
func ForgetIn(tx *store.Tx, professionalID string) error {
	return forgetIn(tx, OfProfessionalIn, professionalID)
}

// ForgetImportIn deletes every document of an import.
func ForgetImportIn(tx *store.Tx, importID string) error {
	return forgetIn(tx, OfImportIn, importID)
}

// ForgetApplicationIn deletes every paper of an application.
func ForgetApplicationIn(tx *store.Tx, applicationID string) error {
	return forgetIn(tx, OfApplicationIn, applicationID)
}

func forgetIn(tx *store.Tx, of func(*store.Tx, string) ([]File, error), owner string) error {
	all, err := of(tx, owner)
	for i := 0; err == nil && i < len(all); i++ {
		err = DeleteIn(tx, all[i].ID)
	}
	return err
}

func (s *Service) path(id string) string { return filepath.Join(s.dir, id[:2], id) }

// random returns the identifier of a document: 128 random bits, which say
// nothing about when or whose.
func random() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// longestName is how many characters of a name are kept.
const longestName = 120

// plainName keeps the last part of the name without what screens cannot show or
// what a header could break on.
func plainName(name string) string {
	name = strings.ToValidUTF8(name, "")
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune("\"<>|:*?", r) || isDirection(r) {
			return -1
		}
		return r
	}, name))
	if short := []rune(name); len(short) > longestName {
		end := []rune(filepath.Ext(name))
		if len(end) > 10 {
			end = nil
		}
		name = string(short[:longestName-len(end)]) + string(end)
	}
	if strings.Trim(name, ".") == "" {
		return "document"
	}
	return name
}

// isDirection tells whether r turns the writing around: "cv\u202efdp.exe" reads
// like a PDF (Unicode bidirectional controls).
func isDirection(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f || r == 0x061c
}

// reading ends a copy when the request has gone.
type reading struct {
	ctx context.Context
	r   io.Reader
}

func (r reading) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
