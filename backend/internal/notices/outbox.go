// SPDX-License-Identifier: AGPL-3.0-or-later

package notices

import (
	"context"
	"errors"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/mail"
	"sankofa/backend/internal/store"
)

// Times of the outbox.
const (
	lease      = 5 * time.Minute    // longer than any mail can take: three timeouts of 30 seconds and the writing
	firstRetry = time.Minute        // after a failure; it doubles each time
	lastRetry  = 4 * time.Hour      // but never grows beyond this
	tried      = 5 * 24 * time.Hour // how long a mail is tried (RFC 5321, 4.5.4.1: at least four or five days)
)

// claimIn takes the next mail that is due, or one whose sender has died. Nobody
// else takes it until the lease is over.
func claimIn(tx *store.Tx, worker string) (entry, bool, error) {
	lock := ""
	if tx.Engine() == store.Postgres {
		lock = " FOR UPDATE SKIP LOCKED" // SQLite has one writer
	}
	var rows []entry
	err := tx.Raw(`UPDATE outbox SET state = 'sending', leased_by = ?, leased_until = ?, attempts = attempts + 1, updated_at = ?
		WHERE id IN (SELECT id FROM outbox WHERE (state = 'waiting' AND due_at <= ? AND (retry_at IS NULL OR retry_at <= ?))
			OR (state = 'sending' AND leased_until < ?) ORDER BY due_at, id LIMIT 1`+lock+`) RETURNING *`,
		worker, tx.Now.Add(lease), tx.Now, tx.Now, tx.Now, tx.Now).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return entry{}, false, err
	}
	return rows[0], true, nil
}

// outcome is how the sending of a mail ended.
type outcome struct {
	State   State
	Problem string
	Reply   int
	Retry   *time.Time
	Free    bool // the try does not count: it was not the mail's fault
}

// errLost tells that the lease was over and somebody else has the mail.
var errLost = errors.New("notices: the lease of a mail was lost")

// settleIn writes how the sending ended, if the mail is still ours.
func settleIn(tx *store.Tx, e entry, o outcome) error {
	changes := map[string]any{"state": o.State, "problem": o.Problem, "reply": o.Reply, "retry_at": o.Retry, "leased_by": "", "leased_until": nil, "updated_at": tx.Now}
	if o.State == Sent {
		changes["sent_at"] = tx.Now
	}
	if o.Free {
		changes["attempts"] = max(e.Attempts-1, 0)
	}
	res := tx.Model(&entry{}).Where("id = ? AND state = ? AND leased_by = ?", e.ID, Sending, e.LeasedBy).Updates(changes)
	if res.Error == nil && res.RowsAffected == 0 {
		return errLost
	}
	return res.Error
}

// after says what becomes of a mail that failed.
func (e entry) after(f *mail.Failure, now time.Time) outcome {
	o := outcome{State: Waiting, Problem: f.Code, Reply: f.Reply, Free: f.Server}
	if f.Permanent || now.Sub(e.DueAt) > tried {
		o.State = Dead
		return o
	}
	if !f.Server {
		at := now.Add(min(firstRetry<<min(max(e.Attempts-1, 0), 16), lastRetry))
		o.Retry = &at
	}
	return o
}

// prepare composes a mail and makes its link work. A mail without anything to say
// comes back Gone.
func (s *Service) prepare(ctx context.Context, e entry) (composed, error) {
	var out composed
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		out, err = s.composeIn(tx, e)
		return err
	})
	if err != nil || out.Gone || out.Link.Secret == "" {
		return out, err
	}
	return out, s.DB.Keep(ctx, func(tx *store.Tx) error {
		return identity.PutLinkIn(tx, out.Link.Kind, out.Link.Subject, out.Link.Secret, e.CreatedAt)
	})
}
