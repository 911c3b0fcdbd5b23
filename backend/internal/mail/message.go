// SPDX-License-Identifier: AGPL-3.0-or-later

package mail

import (
	"bytes"
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"
	"time"
	"unicode"

	gomail "github.com/wneessen/go-mail"
)

// Message is one mail to one person.
type Message struct {
	ID          string // stable for the same mail however often it is sent: the left side of the Message-ID
	To          string // the address
	Name        string // of the person
	Subject     string
	Language    string // "ar"
	Text        string
	HTML        string
	Unsubscribe string // the address that ends this kind of mail with one POST (RFC 8058); empty where there is none
	At          time.Time
}

// errInjected is a header that would become several.
var errInjected = errors.New("mail: a line break or a control character in a header")

// check refuses what would let a value end its header and begin another.
func (m Message) check() error {
	for _, value := range []string{m.ID, m.To, m.Name, m.Subject, m.Unsubscribe} {
		if strings.ContainsFunc(value, unicode.IsControl) {
			return errInjected
		}
	}
	if m.ID == "" || m.Subject == "" || m.Text == "" {
		return errors.New("mail: a mail needs an identifier, a subject and a text")
	}
	if strings.ContainsAny(m.ID, " <>@") {
		return fmt.Errorf("mail: %q cannot be the left side of a Message-ID", m.ID)
	}
	address, err := netmail.ParseAddress(m.To)
	if err != nil || address.Address != m.To {
		return errors.New("mail: the address is malformed")
	}
	return nil
}

// build makes the mail as it travels.
func (m Message) build(s Settings) (*gomail.Msg, error) {
	if err := m.check(); err != nil {
		return nil, err
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := msg.From(s.From); err != nil {
		return nil, fmt.Errorf("mail: sender: %w", err)
	}
	if err := msg.AddToFormat(m.Name, m.To); err != nil {
		return nil, fmt.Errorf("mail: recipient: %w", err)
	}
	msg.Subject(m.Subject)
	msg.SetMessageIDWithValue(m.ID + "@" + s.Domain())
	msg.SetDateWithValue(m.At)
	msg.SetGenHeader("Content-Language", m.Language)
	// Nobody's holiday note should answer a program (RFC 3834).
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	if m.Unsubscribe != "" {
		if err := msg.SetListUnsubscribeOneClick(m.Unsubscribe); err != nil {
			// Without https there is no one-click, but a link all the same (RFC 2369).
			msg.SetListUnsubscribe(m.Unsubscribe)
		}
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	return msg, nil
}

// Source returns the mail as it would travel, for whoever wants to look at it.
func (m Message) Source(s Settings) ([]byte, error) {
	msg, err := m.build(s)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	_, err = msg.WriteTo(&out)
	return out.Bytes(), err
}
