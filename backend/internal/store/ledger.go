// SPDX-License-Identifier: AGPL-3.0-or-later

package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// Event is one entry of the ledger: audit trail and outbox in one. Details hold
// identifiers and the names of changed fields, never personal values, so that
// erasing a person leaves the chain whole.
type Event struct {
	Number         int64 `gorm:"primaryKey"` // 1, 2, 3 … in the order of commits, without gaps
	At             time.Time
	ByUser         string // the user's identifier, or "system"
	ByOrganisation string // the organisation acted for, or empty
	Name           string // "need.submitted"
	Subject        string // the identifier of what it happened to
	Details        string // a JSON object
	Hash           string // SHA-256 over the previous hash and this entry, hexadecimal
}

// TableName names the table for GORM.
func (Event) TableName() string { return "ledger" }

// Details are what an event says beside its name and subject: identifiers,
// states, names of fields.
type Details map[string]any

// Emit announces what the change did. At most one Details is looked at.
func (tx *Tx) Emit(name, subject string, details ...Details) {
	text := []byte("{}")
	if len(details) > 0 && details[0] != nil {
		// A map of strings, numbers and lists always encodes, with sorted keys.
		text, _ = json.Marshal(details[0])
	}
	tx.events = append(tx.events, Event{Name: name, Subject: subject, Details: string(text)})
}

// head is the ledger's one-row counter.
type head struct {
	Last int64
	Hash string
}

// flush numbers, chains and writes the emitted events. The counter's row stays
// locked until we commit, so numbers appear in order and a reader that keeps
// one cursor misses nothing; a sequence would not do. It is locked last, so
// that no two transactions wait for each other.
func (tx *Tx) flush(by Author) error {
	n := int64(len(tx.events))
	var h head
	err := tx.Raw(`UPDATE ledger_head SET last = last + ? WHERE one = 1 RETURNING last, hash`, n).Scan(&h).Error
	if err != nil {
		return fmt.Errorf("number events: %w", err)
	}
	for i := range tx.events {
		e := &tx.events[i]
		e.Number = h.Last - n + int64(i) + 1
		e.At, e.ByUser, e.ByOrganisation = tx.Now, by.UserID, by.OrganisationID
		if err := e.actedFor(by.ForUserID); err != nil {
			return err
		}
		e.Hash = e.Chain(h.Hash)
		h.Hash = e.Hash
	}
	if err := tx.CreateInBatches(tx.events, 100).Error; err != nil {
		return fmt.Errorf("write ledger: %w", err)
	}
	return tx.Exec(`UPDATE ledger_head SET hash = ? WHERE one = 1`, h.Hash).Error
}

// ActingFor is the detail of an entry that names the colleague in whose name it was done.
const ActingFor = "actingFor"

// actedFor writes into the entry for whom it was done: both persons are named.
func (e *Event) actedFor(user string) error {
	if user == "" {
		return nil
	}
	all := Details{}
	if err := json.Unmarshal([]byte(e.Details), &all); err != nil {
		return fmt.Errorf("read details of an event: %w", err)
	}
	all[ActingFor] = user
	text, err := json.Marshal(all)
	e.Details = string(text)
	return err
}

// DoneFor returns the colleague in whose name the entry's act was done, by identifier;
// empty when it was done in one's own.
func (e Event) DoneFor() string {
	var said struct {
		ActingFor string `json:"actingFor"`
	}
	_ = json.Unmarshal([]byte(e.Details), &said) // the ledger holds objects only
	return said.ActingFor
}

// Chain returns the hash of the entry after one whose hash was previous. The
// fields are encoded as a JSON array, so that no two entries spell the same.
func (e Event) Chain(previous string) string {
	line, _ := json.Marshal([]any{previous, e.Number, e.At.UTC().Format(time.RFC3339Nano),
		e.ByUser, e.ByOrganisation, e.Name, e.Subject, e.Details})
	sum := sha256.Sum256(line)
	return hex.EncodeToString(sum[:])
}

// Events returns at most limit entries of the ledger that come after the number.
func (db *DB) Events(ctx context.Context, after int64, limit int) ([]Event, error) {
	var events []Event
	err := db.View(ctx, func(tx *Tx) error {
		return tx.Where("number > ?", after).Order("number").Limit(limit).Find(&events).Error
	})
	return events, err
}

// LastEvent returns the number of the newest entry of the ledger.
func (db *DB) LastEvent(ctx context.Context) (int64, error) {
	var last int64
	err := db.View(ctx, func(tx *Tx) error {
		return tx.Raw(`SELECT last FROM ledger_head WHERE one = 1`).Scan(&last).Error
	})
	return last, err
}
