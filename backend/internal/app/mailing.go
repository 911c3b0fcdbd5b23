// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/httpapi"
	"sankofa/backend/internal/notices"
)

// keyBytes is how long the key is that secrets of links are derived from.
const keyBytes = 32

// mailKey reads the key of links in mails, or makes it at the first start. It
// stands beside the database and not in it, so that a stolen database opens no
// link. When it is lost, links in mails that still wait are simply new ones, and
// only the links that end a kind of mail stop working.
func mailKey(file string) ([]byte, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return newMailKey(file)
	}
	if err != nil {
		return nil, fault.New(fault.Unavailable, "mail.key", "The key file %s cannot be read.", file).Because(err)
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) != keyBytes {
		return nil, fault.New(fault.Invalid, "mail.key", "The file %s is not a key of ours: %d bytes in hexadecimal. Restore it from a backup, or remove it for a new one.", file, keyBytes).Because(err)
	}
	return key, nil
}

func newMailKey(file string) ([]byte, error) {
	key := make([]byte, keyBytes)
	_, _ = rand.Read(key) // crypto/rand never fails: it ends the program instead.
	out, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fault.New(fault.Unavailable, "mail.key", "The key file %s cannot be written.", file).Because(err)
	}
	_, err = out.WriteString(hex.EncodeToString(key) + "\n")
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		return nil, fault.New(fault.Unavailable, "mail.key", "The key file %s cannot be written.", file).Because(errors.Join(err, os.Remove(file)))
	}
	return key, nil
}

// tell builds the service that tells people what concerns them.
func (a *App) tell() error {
	file := a.conf.MailKeyFile
	if file == "" {
		file = filepath.Join(a.conf.Data, "mail.key")
	}
	key, err := mailKey(file)
	if err != nil {
		return err
	}
	if a.Notices, err = notices.New(a.DB, a.conf.Mail, key, a.log); err != nil {
		return err
	}
	a.Notices.Views = a.Audit
	if a.conf.PublicURL != "" {
		a.Notices.Reached(a.conf.PublicURL)
	}
	// Without a mail server nobody could open the link.
	a.Registry.ConfirmsAddresses = a.conf.Mail.Set()
	return nil
}

// late is how long a mail may wait before somebody should look.
const late = 30 * time.Minute

// checkOutbox reports mails that are stuck: an alarm for people, since the server
// does its other work all the same.
func (a *App) checkOutbox(ctx context.Context) httpapi.HealthCheck {
	c := httpapi.HealthCheck{Name: "outbox", OK: true, State: "unreadable"}
	o, err := a.Notices.Standing(ctx)
	if err != nil {
		return c
	}
	waiting := o.Counts[notices.Waiting] + o.Counts[notices.Sending]
	c.Detail = map[string]any{"waiting": waiting, "dead": o.Counts[notices.Dead], "smtp": o.Configured}
	c.State = "ok"
	if o.Counts[notices.Dead] > 0 || o.Oldest != nil && a.DB.Now().Sub(*o.Oldest) > late {
		c.State = "stuck"
		c.Detail["see"] = "/outbox"
	}
	return c
}
