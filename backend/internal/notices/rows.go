// SPDX-License-Identifier: AGPL-3.0-or-later

package notices

import (
	"time"

	"gorm.io/gorm/clause"

	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// notice is one row: a piece of news in the product.
type notice struct {
	ID             string
	Once           string
	UserID         string
	ProfessionalID *string
	Kind           string
	Subject        string
	Details        string
	At             time.Time
	ReadAt         *time.Time
	OutboxID       *string
}

// TableName names the table for GORM.
func (notice) TableName() string { return "notices" }

// State is where a mail stands.
type State string

// The states of a mail.
const (
	Waiting State = "waiting"
	Sending State = "sending" // somebody holds a lease on it
	Sent    State = "sent"
	Shown   State = "shown"    // no mail server, or a fictional person: it can be read here
	Dropped State = "dropped"  // there was nothing to say any more
	Dead    State = "dead"     // refused, or tried for too long
	GivenUp State = "given_up" // by the administrator
)

// States lists them all.
var States = []State{Waiting, Sending, Sent, Shown, Dropped, Dead, GivenUp}

// entry is one row of the outbox: a mail that is not composed yet.
type entry struct {
	ID             string
	Once           string
	Kind           string
	UserID         *string
	ProfessionalID *string
	Subject        string
	Details        string
	State          State
	DueAt          time.Time
	Attempts       int
	RetryAt        *time.Time
	LeasedBy       string
	LeasedUntil    *time.Time
	Problem        string
	Reply          int
	SentAt         *time.Time
	CreatedAt      time.Time
	UpdatedAt      time.Time
}

// TableName names the table for GORM.
func (entry) TableName() string { return "outbox" }

// settings is one row: when a person wants to hear.
type settings struct {
	UserID     string `gorm:"primaryKey"`
	TimeZone   string
	QuietFrom  int
	QuietTo    int
	DigestHour int
	Version    int
	UpdatedAt  time.Time
}

// TableName names the table for GORM.
func (settings) TableName() string { return "notice_settings" }

// choice is one row: what a person chose other than the usual.
type choice struct {
	UserID    string `gorm:"primaryKey"`
	Kind      string `gorm:"primaryKey"`
	Frequency Frequency
}

// TableName names the table for GORM.
func (choice) TableName() string { return "notice_choices" }

// choices are a person's, by kind.
type choices map[string]Frequency

// of returns how soon the person wants to hear of the kind.
func (c choices) of(k kind) Frequency {
	if k.Mandatory {
		return Instant
	}
	if chosen, ok := c[k.Name]; ok {
		return chosen
	}
	return k.Usual
}

func choicesIn(tx *store.Tx, userID string) (choices, error) {
	var rows []choice
	err := tx.Where("user_id = ?", userID).Find(&rows).Error
	out := choices{}
	for _, row := range rows {
		out[row.Kind] = row.Frequency
	}
	return out, err
}

// usualSettings are those of somebody who never chose.
func usualSettings(userID string) settings {
	return settings{UserID: userID, TimeZone: "UTC", DigestHour: 8}
}

func settingsIn(tx *store.Tx, userID string) (settings, error) {
	var rows []settings
	err := tx.Where("user_id = ?", userID).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return usualSettings(userID), err
	}
	return rows[0], nil
}

// userIn returns the account, or nothing when it is gone.
func userIn(tx *store.Tx, userID string) (identity.User, bool, error) {
	var rows []identity.User
	err := tx.Where("id = ?", userID).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return identity.User{}, false, err
	}
	return rows[0], true, nil
}

// addIn writes a row that is written once, and tells whether it was new.
func addIn(tx *store.Tx, row any) (bool, error) {
	res := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "once"}}, DoNothing: true}).Create(row)
	return res.RowsAffected > 0, res.Error
}

// maybe turns an empty identifier into none.
func maybe(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// newEntry is a mail that waits.
func newEntry(k string, to recipient, once, subject, details string, due, now time.Time) entry {
	return entry{ID: id.New(), Once: once, Kind: k, UserID: maybe(to.UserID), ProfessionalID: maybe(to.ProfessionalID), Subject: subject,
		Details: details, State: Waiting, DueAt: due, CreatedAt: now, UpdatedAt: now}
}

// ForgetIn removes what would still be told to a person, and what is told about
// them to others. What was sent is gone from here anyway: mails are not kept.
func ForgetIn(tx *store.Tx, professionalID string) error {
	for _, query := range []string{
		`DELETE FROM notices WHERE professional_id = ? OR user_id IN (SELECT user_id FROM professionals WHERE id = ?)`,
		`DELETE FROM outbox WHERE (professional_id = ? OR user_id IN (SELECT user_id FROM professionals WHERE id = ?))`,
		`DELETE FROM mail_links WHERE subject IN (SELECT id FROM invitations WHERE professional_id = ?) OR user_id IN (SELECT user_id FROM professionals WHERE id = ?)`,
	} {
		if err := tx.Exec(query, professionalID, professionalID).Error; err != nil {
			return err
		}
	}
	return tx.Exec(`DELETE FROM outbox WHERE subject = ?`, professionalID).Error
}
