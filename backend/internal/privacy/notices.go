// SPDX-License-Identifier: AGPL-3.0-or-later

package privacy

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"path"
	"strings"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/store"
)

// Notice is the text that a person reads before they consent.
type Notice struct {
	Purpose  Purpose
	Version  string
	Language string
	Title    string
	Body     string // paragraphs, with an empty line between; lines that begin with "- " are a list
	Required bool   // nobody can be found without it
}

// sha256 tells one text from another.
func (n Notice) sha256() string {
	sum := sha256.Sum256([]byte(n.Title + "\n" + n.Body))
	return hex.EncodeToString(sum[:])
}

// notice is the row of a notice: kept for ever, so that what a person agreed to
// can always be read again.
type notice struct {
	Purpose  Purpose
	Version  string
	Language string
	Title    string
	Body     string
	SHA256   string `gorm:"column:sha256"`
}

// TableName names the table for GORM.
func (notice) TableName() string { return "consent_notices" }

// texts are the notices as they stand: <purpose>.<language>.md.
//
//go:embed notices/*.md
var texts embed.FS

// current holds the notices that ship; a text that cannot be read is a mistake
// of ours that the first test finds.
var current = mustRead()

func mustRead() map[Purpose]map[string]Notice {
	files, err := texts.ReadDir("notices")
	if err != nil {
		panic(err)
	}
	all := map[Purpose]map[string]Notice{}
	for _, file := range files {
		text, err := texts.ReadFile(path.Join("notices", file.Name()))
		if err != nil {
			panic(err)
		}
		n, err := parseNotice(file.Name(), string(text))
		if err != nil {
			panic(err)
		}
		if all[n.Purpose] == nil {
			all[n.Purpose] = map[string]Notice{}
		}
		all[n.Purpose][n.Language] = n
	}
	return all
}

// parseNotice reads one file: a head of "key: value" lines between two lines of
// three dashes, then the body.
func parseNotice(name, text string) (Notice, error) {
	purpose, language, ok := strings.Cut(strings.TrimSuffix(name, ".md"), ".")
	if !ok || !Purpose(purpose).Known() {
		return Notice{}, fmt.Errorf("notice %s: the name must be <purpose>.<language>.md", name)
	}
	head, body, ok := strings.Cut(strings.TrimPrefix(text, "---\n"), "\n---\n")
	if !ok {
		return Notice{}, fmt.Errorf("notice %s: no head", name)
	}
	n := Notice{Purpose: Purpose(purpose), Language: language, Body: strings.TrimSpace(body)}
	for _, line := range strings.Split(head, "\n") {
		key, value, _ := strings.Cut(line, ":")
		switch value = strings.TrimSpace(value); key {
		case "version":
			n.Version = value
		case "title":
			n.Title = value
		case "required":
			n.Required = value == "true"
		default:
			return Notice{}, fmt.Errorf("notice %s: unknown key %q", name, key)
		}
	}
	if n.Version == "" || n.Title == "" || n.Body == "" {
		return Notice{}, fmt.Errorf("notice %s: version, title and body are needed", name)
	}
	return n, nil
}

// CurrentNotice returns the notice in force, in the language or else in English.
func CurrentNotice(purpose Purpose, language string) Notice {
	if n, ok := current[purpose][language]; ok {
		return n
	}
	return current[purpose]["en"]
}

// Notices returns the notices in force, one a purpose.
func Notices(language string) []Notice {
	all := make([]Notice, 0, len(Purposes))
	for _, p := range Purposes {
		all = append(all, CurrentNotice(p, language))
	}
	return all
}

// InstallNotices writes the notices that ship into the database, once. A text
// that was changed without a new version is refused: people agreed to the old
// words.
func (s *Service) InstallNotices(ctx context.Context) error {
	var missing []Notice
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		missing, err = missingNotices(tx)
		return err
	})
	if err != nil || len(missing) == 0 {
		return err
	}
	err = s.DB.Change(ctx, store.System, func(tx *store.Tx) error {
		for _, n := range missing {
			row := notice{Purpose: n.Purpose, Version: n.Version, Language: n.Language, Title: n.Title, Body: n.Body, SHA256: n.sha256()}
			if err := tx.Create(&row).Error; err != nil {
				return err
			}
			tx.Emit("notice.installed", string(n.Purpose), store.Details{"version": n.Version, "language": n.Language, "sha256": n.sha256()})
		}
		return nil
	})
	if fault.HasCode(err, "duplicate") {
		return nil // another server that starts at the same moment wrote the same texts
	}
	return err
}

// missingNotices compares what ships with what is written.
func missingNotices(tx *store.Tx) ([]Notice, error) {
	var rows []notice
	if err := tx.Select("purpose", "version", "language", "sha256").Find(&rows).Error; err != nil {
		return nil, err
	}
	written := map[[3]string]string{}
	for _, r := range rows {
		written[[3]string{string(r.Purpose), r.Version, r.Language}] = r.SHA256
	}
	var missing []Notice
	for _, p := range Purposes {
		for _, n := range current[p] {
			sum, ok := written[[3]string{string(p), n.Version, n.Language}]
			if ok && sum != n.sha256() {
				return nil, fault.New(fault.Conflict, "notice.changed",
					"The notice %s (%s) was changed under its old version %s. Give it a new version.", p, n.Language, n.Version)
			}
			if !ok {
				missing = append(missing, n)
			}
		}
	}
	return missing, nil
}
