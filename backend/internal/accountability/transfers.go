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

// Bases are the grounds on which data may go to another country (GDPR, articles 45,
// 46 and 49).
var Bases = []string{"adequacy", "standard_clauses", "agreement", "consent", "public_interest"}

// Contracts are the kinds of contract that a transfer rests on.
var Contracts = []string{"", "memorandum", "programme_agreement", "standard_clauses", "processor_contract", "administrative_arrangement", "other"}

// Transfer is one entry of the register of transfers (GDPR, articles 30(1)(e) and 44–49).
type Transfer struct {
	ID         string
	Recipient  string
	Country    string
	Categories string // which personal data, in words
	Purpose    string
	Basis      string // one of Bases
	Safeguards string
	Contract   string // one of Contracts
	FromOn     day.Day
	UntilOn    *day.Day
	ByUser     string
	Version    int
	CreatedAt  time.Time
}

// TableName names the table for GORM.
func (Transfer) TableName() string { return "transfers" }

// Runs tells whether data may go on the day.
func (t Transfer) Runs(on day.Day) bool {
	return t.FromOn <= on && (t.UntilOn == nil || on <= *t.UntilOn)
}

// check mends blanks and complains about what an entry must say.
func (s *Service) check(t *Transfer) error {
	var c fault.Check
	t.Recipient = say(&c, t.Recipient, "recipient", 1, 200)
	t.Categories = say(&c, t.Categories, "categories", 1, 1000)
	t.Purpose = say(&c, t.Purpose, "purpose", 1, 1000)
	// Where no authority says that the country protects people, something else must.
	least := 1
	if t.Basis == "adequacy" || t.Basis == "consent" {
		least = 0
	}
	t.Safeguards = say(&c, t.Safeguards, "safeguards", least, 2000)
	c.That(s.Countries == nil || s.Countries.Country(t.Country), "country", "country.unknown", "Please choose a country from the list.")
	c.That(slices.Contains(Bases, t.Basis), "basis", "transfer.basis", "Please choose one of the grounds.")
	c.That(slices.Contains(Contracts, t.Contract), "contract", "transfer.contract", "Please choose one of the kinds of contract.")
	c.That(t.FromOn.Valid(), "from", "date.malformed", "Please name the day on which it begins.")
	c.That(t.UntilOn == nil || t.UntilOn.Valid() && *t.UntilOn >= t.FromOn, "until", "transfer.until", "The last day must not come before the first.")
	return c.Err()
}

// Transfers lists the register, newest first.
func (s *Service) Transfers(ctx context.Context, who identity.Actor, p Page) (rows []Transfer, next string, err error) {
	if err := keeper(who); err != nil {
		return nil, "", err
	}
	if err := p.check(); err != nil {
		return nil, "", err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) (err error) {
		rows, next, err = pageIn(tx.Model(&Transfer{}), p, func(t Transfer) string { return t.ID })
		return err
	})
	return rows, next, err
}

// Transfer returns one entry.
func (s *Service) Transfer(ctx context.Context, who identity.Actor, transferID string) (row Transfer, err error) {
	if err := keeper(who); err != nil {
		return row, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) (err error) {
		row, err = foundIn[Transfer](tx.Model(&Transfer{}), transferID)
		return err
	})
	return row, err
}

// RecordTransfer writes a new entry and returns its identifier.
func (s *Service) RecordTransfer(ctx context.Context, who identity.Actor, t Transfer) (string, error) {
	if err := officer(who); err != nil {
		return "", err
	}
	if err := s.check(&t); err != nil {
		return "", err
	}
	t.ID, t.Version, t.ByUser = id.New(), 1, who.UserID
	return t.ID, s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		t.CreatedAt = tx.Now
		tx.Emit("transfer.recorded", t.ID)
		return tx.Create(&t).Error
	})
}

// ReviseTransfer corrects an entry, or ends it by its last day; nothing is deleted.
func (s *Service) ReviseTransfer(ctx context.Context, who identity.Actor, transferID string, version int, t Transfer) (Transfer, error) {
	if err := officer(who); err != nil {
		return t, err
	}
	if err := s.check(&t); err != nil {
		return t, err
	}
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		old, err := foundIn[Transfer](tx.Model(&Transfer{}), transferID)
		if err != nil {
			return err
		}
		t.ID, t.ByUser, t.CreatedAt, t.Version = old.ID, who.UserID, old.CreatedAt, version+1
		tx.Emit("transfer.revised", t.ID)
		return store.Saved(tx.Model(&Transfer{}).Where("id = ? AND version = ?", t.ID, version).Select("*").Updates(&t))
	})
	return t, err
}
