// SPDX-License-Identifier: AGPL-3.0-or-later

package notices

import (
	"context"
	"encoding/base64"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/mail"
	"sankofa/backend/internal/store"
)

// Views records who looked at whom.
type Views interface {
	Viewed(who identity.Actor, professionalIDs []string, occasion, need string)
}

// Service tells people what concerns them.
type Service struct {
	DB    *store.DB
	Texts *mail.Texter
	Mail  mail.Settings // without a host, mails are shown to the administrator
	Key   []byte        // what secrets of links are derived from; it stands in no database
	Views Views
	Log   *slog.Logger

	base   atomic.Value // string: how people reach us
	woken  chan struct{}
	sender *mail.Sender
	worker string
	round  guard
}

// New returns the service. The texts are part of the program.
func New(db *store.DB, settings mail.Settings, key []byte, log *slog.Logger) (*Service, error) {
	texts, err := mail.LoadTexts()
	if err != nil {
		return nil, err
	}
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	s := &Service{DB: db, Texts: texts, Mail: settings, Key: key, Log: log, woken: make(chan struct{}, 1), worker: id.New()}
	if settings.Set() {
		s.sender = mail.NewSender(settings)
	}
	s.Reached("http://127.0.0.1:8080")
	return s, nil
}

// Reached says how people reach us, for the links in mails: "https://sankofa.example.org".
func (s *Service) Reached(base string) { s.base.Store(strings.TrimRight(base, "/")) }

// url is the address of a screen.
func (s *Service) url(path string) string { return s.base.Load().(string) + path }

// wake tells the sender that there is something to send.
func (s *Service) wake() {
	select {
	case s.woken <- struct{}{}:
	default:
	}
}

// Notice is a piece of news as the person reads it.
type Notice struct {
	ID   string
	Kind string
	Text string // one line, in the person's language
	Path string // of the screen that it is about; empty when that is gone
	At   time.Time
	Read bool
}

// Filter narrows the list of notices.
type Filter struct {
	Unread bool
	After  string
	Limit  int
}

// List returns the person's notices, the latest first, and the cursor of the next page.
func (s *Service) List(ctx context.Context, who identity.Actor, f Filter) ([]Notice, string, error) {
	at, last, err := readCursor(f.After)
	if err != nil {
		return nil, "", err
	}
	limit := min(max(f.Limit, 1), 100)
	var out []Notice
	next := ""
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		query := tx.Where("user_id = ?", who.UserID).Order("at DESC, id DESC").Limit(limit + 1)
		if f.Unread {
			query = query.Where("read_at IS NULL")
		}
		if last != "" {
			query = query.Where("(at < ? OR at = ? AND id < ?)", at, at, last)
		}
		var rows []notice
		if err := query.Find(&rows).Error; err != nil {
			return err
		}
		if len(rows) > limit {
			rows = rows[:limit]
			next = cursorOf(rows[limit-1].At, rows[limit-1].ID)
		}
		out, err = s.readableIn(tx, who, rows)
		return err
	})
	return out, next, err
}

// readableIn puts notices into words.
func (s *Service) readableIn(tx *store.Tx, who identity.Actor, rows []notice) ([]Notice, error) {
	set, err := settingsIn(tx, who.UserID)
	if err != nil {
		return nil, err
	}
	n := news{UserID: who.UserID, Locale: who.Locale, Zone: set.zone(), Now: tx.Now}
	out := make([]Notice, 0, len(rows))
	for _, row := range rows {
		text, path, err := n.line(s.Texts, tx, row)
		if err != nil {
			return nil, err
		}
		if text == "" { // what it was about is gone; that there was something stays
			text = s.Texts.Label(who.Locale, row.Kind)
		}
		out = append(out, Notice{ID: row.ID, Kind: row.Kind, Text: text, Path: path, At: row.At, Read: row.ReadAt != nil})
	}
	return out, nil
}

// Unread counts the notices that wait for the person.
func (s *Service) Unread(ctx context.Context, who identity.Actor) (int, error) {
	var n int64
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Model(&notice{}).Where("user_id = ? AND read_at IS NULL", who.UserID).Count(&n).Error
	})
	return int(n), err
}

// mostRead is how many notices may be named at once.
const mostRead = 200

// Read marks notices as read: those named, or all.
func (s *Service) Read(ctx context.Context, who identity.Actor, ids []string) error {
	var c fault.Check
	c.That(len(ids) <= mostRead, "ids", "notice.many", "Please name at most %d notices.", mostRead)
	for i, one := range ids[:min(len(ids), mostRead)] {
		c.That(id.Valid(one), fmt.Sprintf("ids[%d]", i), "notice.id", "This is not the identifier of a notice.")
	}
	if err := c.Err(); err != nil {
		return err
	}
	// That somebody has read something is their own affair, and no news for the ledger.
	return s.DB.Keep(ctx, func(tx *store.Tx) error {
		query := tx.Model(&notice{}).Where("user_id = ? AND read_at IS NULL", who.UserID)
		if len(ids) > 0 {
			query = query.Where("id IN ?", ids)
		}
		return query.Update("read_at", tx.Now).Error
	})
}

func cursorOf(at time.Time, last string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(at.UTC().Format(time.RFC3339Nano) + " " + last))
}

func readCursor(cursor string) (time.Time, string, error) {
	if cursor == "" {
		return time.Time{}, "", nil
	}
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	moment, last, _ := strings.Cut(string(text), " ")
	at, wrong := time.Parse(time.RFC3339Nano, moment)
	var c fault.Check
	c.That(err == nil && wrong == nil && id.Valid(last), "after", "cursor.unknown", "Please start from the first page again.")
	return at, last, c.Err()
}
