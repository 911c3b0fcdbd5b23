// SPDX-License-Identifier: AGPL-3.0-or-later

package notices

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Reader turns events of the ledger into notices and mails. Its position stands
// in the same transaction as what it wrote, so that an event has its effect once,
// however many programs read.
type Reader struct{ Service *Service }

// Name names the reader.
func (r Reader) Name() string { return "notices" }

// Position returns the last event that was dealt with.
func (r Reader) Position(ctx context.Context) (int64, error) {
	var at int64
	err := r.Service.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Raw(`SELECT position FROM notice_reader WHERE one = 1`).Scan(&at).Error
	})
	return at, err
}

// errFaster ends a delivery that another program has made already.
var errFaster = errors.New("notices: another program read these events")

// Deliver writes what the events tell and moves on.
func (r Reader) Deliver(ctx context.Context, events []store.Event) error {
	for part := range slices.Chunk(events, atOnce) {
		if err := r.deliver(ctx, part); err != nil {
			return err
		}
	}
	return nil
}

// atOnce is how many events are dealt with in one transaction: others want to write too.
const atOnce = 100

func (r Reader) deliver(ctx context.Context, events []store.Event) error {
	first, last := events[0].Number, events[len(events)-1].Number
	queued := false
	err := r.Service.DB.Keep(ctx, func(tx *store.Tx) error {
		res := tx.Exec(`UPDATE notice_reader SET position = ? WHERE one = 1 AND position = ?`, last, first-1)
		if res.Error == nil && res.RowsAffected == 0 {
			return errFaster
		}
		if res.Error != nil {
			return res.Error
		}
		for _, e := range events {
			for _, k := range byEvent[e.Name] {
				told, err := tellIn(tx, k, e)
				if err != nil {
					return fmt.Errorf("notice of %s: %w", e.Name, err)
				}
				queued = queued || told
			}
		}
		return nil
	})
	if errors.Is(err, errFaster) {
		return nil // the next look at the position shows how far it came
	}
	if err == nil && queued {
		r.Service.wake()
	}
	return err
}

// tellIn writes one piece of news to everybody whom it concerns.
func tellIn(tx *store.Tx, k kind, e store.Event) (bool, error) {
	if open, err := k.openIn(tx, e.Subject); err != nil || !open {
		return false, err
	}
	audience, err := k.To(tx, e)
	if err != nil {
		return false, err
	}
	details, what := about(k, e), fmt.Sprint(e.Number)
	if k.Together {
		what = e.Subject + "@" + e.At.UTC().Format(time.RFC3339Nano)
	}
	any := false
	for _, to := range audience {
		told, err := sayIn(tx, k, to, what, e.Subject, details)
		if err != nil {
			return any, err
		}
		any = any || told
	}
	return any, nil
}

// openIn tells whether what the news asks for is still to be done: nobody is asked
// for what a colleague has done meanwhile.
func (k kind) openIn(tx *store.Tx, subject string) (bool, error) {
	if k.While == "" {
		return true, nil
	}
	table := "candidacies"
	if k.Facts != nil && strings.HasPrefix(k.Event, "need.") {
		table = "needs"
	}
	var n int64
	err := tx.Table(table).Where("id = ? AND state = ?", subject, k.While).Count(&n).Error
	return n > 0, err
}

// about keeps an event's details, with its moment.
func about(k kind, e store.Event) string {
	all := map[string]any{}
	_ = json.Unmarshal([]byte(e.Details), &all) // Details are JSON that we wrote ourselves.
	if k.Together {
		all["at"] = e.At.UTC().Format(time.RFC3339Nano)
	}
	text, err := json.Marshal(all)
	if err != nil {
		return "{}" // What was JSON always encodes.
	}
	return string(text)
}

// sayIn writes one piece of news to one person: a notice in the product, and a
// mail at once, in a digest, or not at all, as they chose.
func sayIn(tx *store.Tx, k kind, to recipient, what, subject, details string) (bool, error) {
	once := onceKey(k.Name, what, to.UserID+to.ProfessionalID)
	set := usualSettings(to.UserID)
	often := Instant
	if to.UserID != "" {
		u, there, err := userIn(tx, to.UserID)
		if err != nil || !there { // gone since
			return false, err
		}
		if u.Unconfirmed && k.Link != identity.LinkConfirmation {
			return false, nil // the address may be somebody else's: it hears of nothing but that
		}
		chosen, err := choicesIn(tx, to.UserID)
		if err != nil {
			return false, err
		}
		often = chosen.of(k)
		if set, err = settingsIn(tx, to.UserID); err != nil {
			return false, err
		}
	}
	if k.Where == mailOnly {
		return mailIn(tx, k, to, set, often, once, subject, details)
	}
	row := notice{ID: id.New(), Once: once, UserID: to.UserID, ProfessionalID: maybe(to.About), Kind: k.Name, Subject: subject, Details: details, At: tx.Now}
	if often == Daily || often == Weekly {
		digest, err := digestIn(tx, to.UserID, set.digest(tx.Now, often))
		if err != nil {
			return false, err
		}
		row.OutboxID = &digest
	}
	fresh, err := addIn(tx, &row)
	if err != nil || !fresh || often != Instant {
		return fresh, err
	}
	return mailIn(tx, k, to, set, often, once, subject, details)
}

// mailIn queues one mail.
func mailIn(tx *store.Tx, k kind, to recipient, set settings, often Frequency, once, subject, details string) (bool, error) {
	if often == Never {
		return false, nil
	}
	due := tx.Now
	if to.Due.After(due) { // the audience knows better, such as a saved search with a rhythm of its own
		// It says on which day; the person's own hour of that day is ours to know.
		due = set.digest(to.Due.Add(-time.Second), Daily)
		once = onceKey(k.Name, subject+"@"+due.UTC().Format(time.RFC3339), to.UserID)
	}
	if often == Daily || often == Weekly {
		due = set.digest(due.Add(-time.Second), often)
		once = onceKey(k.Name, subject+"@"+due.UTC().Format(time.RFC3339), to.UserID)
	}
	if !k.Mandatory {
		due = set.instant(due)
	}
	row := newEntry(k.Name, to, once, subject, details, due, tx.Now)
	return addIn(tx, &row)
}

// digestIn returns the digest of a person that is due then, making it if it is
// not there yet.
func digestIn(tx *store.Tx, userID string, due time.Time) (string, error) {
	once := onceKey(digestKind, due.UTC().Format(time.RFC3339), userID)
	row := newEntry(digestKind, recipient{UserID: userID}, once, userID, "{}", due, tx.Now)
	if _, err := addIn(tx, &row); err != nil {
		return "", err
	}
	var found []string
	err := tx.Model(&entry{}).Where("once = ?", once).Pluck("id", &found).Error
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}
