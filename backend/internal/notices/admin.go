// SPDX-License-Identifier: AGPL-3.0-or-later

package notices

import (
	"context"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Item is a mail of the outbox as the administrator sees it.
type Item struct {
	ID        string
	Kind      string
	Label     string
	State     State
	To        string // the address: in full where mails are shown, else only enough to tell it from others
	Fictional bool
	DueAt     time.Time
	RetryAt   *time.Time
	SentAt    *time.Time
	CreatedAt time.Time
	Attempts  int
	Problem   string
	Reply     int
	Open      bool // the mail can be read here
	Retry     bool
	GiveUp    bool
}

// Outbox is how the outbox stands.
type Outbox struct {
	Configured bool
	Server     string // host and port, without any secret
	From       string
	Counts     map[State]int
	Oldest     *time.Time // since when the oldest mail that is due waits
}

// Letter is a mail as it was, or would be, sent.
type Letter struct {
	Item
	Subject, Language, Text, HTML string
	Gone                          bool // there is nothing to say any more
}

// missing answers who may not see the outbox, and what is not in it.
var missing = fault.New(fault.Missing, "mail.missing", "There is no such mail.")

// Standing says how the outbox stands.
func (s *Service) Standing(ctx context.Context) (Outbox, error) {
	out := Outbox{Configured: s.sender != nil, Counts: map[State]int{}}
	if out.Configured {
		out.Server, out.From = s.Mail.Host, s.Mail.From
	}
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		var rows []struct {
			State State
			N     int
		}
		if err := tx.Raw(`SELECT state, count(*) AS n FROM outbox GROUP BY state`).Scan(&rows).Error; err != nil {
			return err
		}
		for _, row := range rows {
			out.Counts[row.State] = row.N
		}
		var oldest []time.Time
		err := tx.Raw(`SELECT due_at FROM outbox WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at LIMIT 1`, tx.Now).Scan(&oldest).Error
		if len(oldest) > 0 {
			out.Oldest = &oldest[0]
		}
		return err
	})
	return out, err
}

// Mails lists the outbox, the latest first.
func (s *Service) Mails(ctx context.Context, who identity.Actor, state State, after string, most int) ([]Item, string, error) {
	if !who.Is(identity.Administrator) {
		return nil, "", missing
	}
	at, last, err := readCursor(after)
	if err != nil {
		return nil, "", err
	}
	limit := min(max(most, 1), 100)
	var out []Item
	next := ""
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		query := tx.Order("created_at DESC, id DESC").Limit(limit + 1)
		if state != "" {
			query = query.Where("state = ?", state)
		}
		if last != "" {
			query = query.Where("(created_at < ? OR created_at = ? AND id < ?)", at, at, last)
		}
		var rows []entry
		if err := query.Find(&rows).Error; err != nil {
			return err
		}
		if len(rows) > limit {
			rows = rows[:limit]
			next = cursorOf(rows[limit-1].CreatedAt, rows[limit-1].ID)
		}
		for _, row := range rows {
			item, err := s.itemIn(tx, who, row)
			if err != nil {
				return err
			}
			out = append(out, item)
		}
		return nil
	})
	return out, next, err
}

// itemIn shows one mail without its text.
func (s *Service) itemIn(tx *store.Tx, who identity.Actor, e entry) (Item, error) {
	to, there, err := addresseeIn(tx, e)
	if err != nil {
		return Item{}, err
	}
	item := Item{ID: e.ID, Kind: e.Kind, Label: s.Texts.Label(who.Locale, e.Kind), State: e.State, To: to.Email, Fictional: to.Demo, DueAt: e.DueAt, RetryAt: e.RetryAt,
		SentAt: e.SentAt, CreatedAt: e.CreatedAt, Attempts: e.Attempts, Problem: e.Problem, Reply: e.Reply,
		Open:   there && (s.sender == nil || to.Demo) && slices.Contains([]State{Waiting, Sending, Shown}, e.State),
		Retry:  slices.Contains([]State{Dead, GivenUp}, e.State) || s.sender != nil && !to.Demo && slices.Contains([]State{Waiting, Shown}, e.State),
		GiveUp: slices.Contains([]State{Waiting, Dead}, e.State)}
	if s.sender != nil && !to.Demo {
		item.To = masked(to.Email)
	}
	return item, nil
}

// masked leaves of an address what tells it from others.
func masked(email string) string {
	name, domain, ok := strings.Cut(email, "@")
	if !ok || name == "" {
		return ""
	}
	return string([]rune(name)[:1]) + "…@" + domain
}

// Open shows a mail in full. Where a mail server is set only those of fictional
// people can be read: links in the others are for their owners.
func (s *Service) Open(ctx context.Context, who identity.Actor, mailID string) (Letter, error) {
	var out Letter
	var about string
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		e, err := s.entryIn(tx, who, mailID)
		if err != nil {
			return err
		}
		if out.Item, err = s.itemIn(tx, who, e); err != nil {
			return err
		}
		if !out.Item.Open {
			return fault.New(fault.Denied, "mail.closed", "This mail can only be read by the person whom it is for.")
		}
		m, err := s.composeIn(tx, e)
		if err != nil {
			return err
		}
		out.Gone, out.Subject, out.Language, out.Text, out.HTML = m.Gone, m.Subject, m.Language, m.Text, m.HTML
		about = text(e.ProfessionalID)
		return nil
	})
	if err == nil && about != "" && s.Views != nil {
		s.Views.Viewed(who, []string{about}, "mail", "")
	}
	return out, err
}

// entryIn finds a mail for the administrator.
func (s *Service) entryIn(tx *store.Tx, who identity.Actor, mailID string) (entry, error) {
	if !who.Is(identity.Administrator) || !id.Valid(mailID) {
		return entry{}, missing
	}
	var rows []entry
	if err := tx.Where("id = ?", mailID).Limit(1).Find(&rows).Error; err != nil {
		return entry{}, err
	}
	if len(rows) == 0 {
		return entry{}, missing
	}
	return rows[0], nil
}

// Retry sends a mail at once that is stuck, or that the administrator gave up.
func (s *Service) Retry(ctx context.Context, who identity.Actor, mailID string) (Item, error) {
	item, err := s.move(ctx, who, mailID, "mail.retried", func(i Item) bool { return i.Retry },
		map[string]any{"state": Waiting, "attempts": 0, "problem": "", "reply": 0, "retry_at": nil, "due_at": s.DB.Now()})
	s.wake()
	return item, err
}

// GiveUp ends the tries.
func (s *Service) GiveUp(ctx context.Context, who identity.Actor, mailID string) (Item, error) {
	return s.move(ctx, who, mailID, "mail.given_up", func(i Item) bool { return i.GiveUp }, map[string]any{"state": GivenUp, "retry_at": nil})
}

// move changes where a mail stands, if it still stands where that is possible.
func (s *Service) move(ctx context.Context, who identity.Actor, mailID, event string, may func(Item) bool, changes map[string]any) (Item, error) {
	var out Item
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		e, err := s.entryIn(tx, who, mailID)
		if err != nil {
			return err
		}
		item, err := s.itemIn(tx, who, e)
		if err != nil {
			return err
		}
		if !may(item) {
			return fault.New(fault.Conflict, "mail.state", "This mail has moved on meanwhile. Please look at the list again.")
		}
		changes["updated_at"] = tx.Now
		if err := store.Saved(tx.Model(&entry{}).Where("id = ? AND state = ?", e.ID, e.State).Updates(changes)); err != nil {
			return err
		}
		tx.Emit(event, e.ID, store.Details{"kind": e.Kind})
		if e, err = s.entryIn(tx, who, mailID); err != nil {
			return err
		}
		out, err = s.itemIn(tx, who, e)
		return err
	})
	return out, err
}

// Test queues a mail to the administrator who asks.
func (s *Service) Test(ctx context.Context, who identity.Actor) (Item, error) {
	if !who.Is(identity.Administrator) {
		return Item{}, missing
	}
	var out Item
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		row := newEntry(testKind, recipient{UserID: who.UserID}, onceKey(testKind, id.New(), who.UserID), who.UserID, "{}", tx.Now, tx.Now)
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		tx.Emit("mail.tested", row.ID)
		var err error
		out, err = s.itemIn(tx, who, row)
		return err
	})
	s.wake()
	return out, err
}
