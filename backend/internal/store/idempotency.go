// SPDX-License-Identifier: AGPL-3.0-or-later

package store

import (
	"context"
	"sync/atomic"
	"time"

	"sankofa/backend/internal/fault"
)

// Key is what a client sent to make a request safe to repeat (the
// Idempotency-Key header of the IETF draft): the same key with the same request
// has one effect, however often it arrives.
type Key struct {
	Value   string // as the client sent it
	Request string // digest of the route and the body
	used    atomic.Bool
}

type keyInContext struct{}

// WithKey returns a context whose first Change is bound to the key.
func WithKey(ctx context.Context, key *Key) context.Context {
	return context.WithValue(ctx, keyInContext{}, key)
}

// takeKey returns the key once; later changes of the same request are not bound.
func takeKey(ctx context.Context) *Key {
	key, ok := ctx.Value(keyInContext{}).(*Key)
	if !ok || key == nil || key.used.Swap(true) {
		return nil
	}
	return key
}

// Remembered is a request that has had its effect. Only the identifier of what
// it made is kept, never the answer: answers hold personal data.
type Remembered struct {
	UserID  string
	Key     string
	Request string
	Subject string
	At      time.Time
}

// TableName names the table for GORM.
func (Remembered) TableName() string { return "idempotency_keys" }

// Repeated is the fault of a change whose key has been used before.
const Repeated = "idempotency.repeated"

// claim takes the key for this transaction. A second one waits for the first on
// PostgreSQL, and then learns that it came too late.
func (tx *Tx) claim(key *Key, by Author) error {
	if key == nil {
		return nil
	}
	err := tx.Create(&Remembered{UserID: by.UserID, Key: key.Value, Request: key.Request, At: tx.Now}).Error
	if fault.HasCode(translate(err), "duplicate") {
		return fault.New(fault.Conflict, Repeated, "This request was sent before.").Because(err)
	}
	return err
}

// settle writes what the change made beside the key.
func (tx *Tx) settle(key *Key, by Author) error {
	if key == nil {
		return nil
	}
	return tx.Model(&Remembered{}).Where("user_id = ? AND key = ?", by.UserID, key.Value).
		Update("subject", tx.events[0].Subject).Error
}

// Recall returns what an earlier request with the same key did, if there was one.
func (db *DB) Recall(ctx context.Context, userID, key string) (found Remembered, ok bool, err error) {
	var rows []Remembered
	err = db.View(ctx, func(tx *Tx) error {
		return tx.Where("user_id = ? AND key = ?", userID, key).Limit(1).Find(&rows).Error
	})
	if err != nil || len(rows) == 0 {
		return Remembered{}, false, err
	}
	return rows[0], true, nil
}

// ForgetKeys drops keys older than the age; clients repeat within minutes.
func (db *DB) ForgetKeys(ctx context.Context, age time.Duration) error {
	return db.Keep(ctx, func(tx *Tx) error {
		return tx.Where("at < ?", tx.Now.Add(-age)).Delete(&Remembered{}).Error
	})
}
