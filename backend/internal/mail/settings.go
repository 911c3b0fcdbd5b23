// SPDX-License-Identifier: AGPL-3.0-or-later

// Package mail composes mails in every language that we offer and hands them to
// a mail server. It knows no person, no database and no clock: whoever sends
// says what to write and to whom.
package mail

import (
	"cmp"
	"log/slog"
	netmail "net/mail"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/fault"
)

// Security is how the way to the mail server is protected.
type Security string

// The ways. None is for a server on the same machine.
const (
	StartTLS Security = "starttls" // RFC 3207, demanded: a server without it is refused
	TLS      Security = "tls"      // from the first byte (RFC 8314)
	None     Security = "none"
)

// ports are where servers listen for each way (RFC 6409, RFC 8314).
var ports = map[Security]int{StartTLS: 587, TLS: 465, None: 25}

// Settings say how mails leave. Without a Host none do.
type Settings struct {
	Host     string
	Port     int      // 0: the usual one of the security
	Security Security // empty: StartTLS
	User     string   // empty: the server asks for none
	Password string
	From     string        // "Sankofa <no-reply@sankofa.example.org>"
	Timeout  time.Duration // for reaching the server, and again for each mail; 0: 30 seconds
}

// usual is how long a server may take when the settings do not say.
const usual = 30 * time.Second

// Set tells whether a mail server is configured.
func (s Settings) Set() bool { return s.Host != "" }

// whole fills in what was left to us.
func (s Settings) whole() Settings {
	s.Security = cmp.Or(s.Security, StartTLS)
	s.Port = cmp.Or(s.Port, ports[s.Security])
	s.Timeout = cmp.Or(s.Timeout, usual)
	return s
}

// Check complains about everything that is wrong with the settings.
func (s Settings) Check(c *fault.Check) {
	if !s.Set() {
		c.That(s.User == "" && s.Password == "" && s.From == "", "smtp-host", "config.smtp_host",
			"--smtp-host is missing, and without it no mail leaves. Name the mail server, or leave out the other --smtp flags.")
		return
	}
	c.That(!strings.ContainsAny(s.Host, " /:\r\n"), "smtp-host", "config.smtp_host", "--smtp-host must be the name of a mail server alone, such as smtp.example.org.")
	c.That(s.Port >= 0 && s.Port <= 65535, "smtp-port", "config.smtp_port", "--smtp-port must be between 1 and 65535.")
	c.That(slices.Contains([]Security{"", StartTLS, TLS, None}, s.Security), "smtp-security", "config.smtp_security",
		"--smtp-security must be starttls, tls or none.")
	_, err := netmail.ParseAddress(s.From)
	c.That(err == nil, "smtp-from", "config.smtp_from", "--smtp-from must be an address that mails come from, such as Sankofa <no-reply@example.org>.")
	c.That((s.User == "") == (s.Password == ""), "smtp-user", "config.smtp_user", "--smtp-user and the password go together: give both or neither.")
	c.That(s.Password == "" || s.Security != None || local(s.Host), "smtp-security", "config.smtp_security",
		"A password does not travel unprotected: use --smtp-security starttls or tls.")
}

// local tells whether the server is on this machine.
func local(host string) bool { return host == "localhost" || host == "127.0.0.1" || host == "::1" }

// Domain is what stands behind the @ of the sender's address.
func (s Settings) Domain() string {
	address, err := netmail.ParseAddress(s.From)
	if err != nil {
		return "sankofa.invalid"
	}
	return address.Address[strings.LastIndex(address.Address, "@")+1:]
}

// LogValue shows the settings without the password.
func (s Settings) LogValue() slog.Value {
	if !s.Set() {
		return slog.StringValue("not configured")
	}
	s = s.whole()
	password := ""
	if s.Password != "" {
		password = "********"
	}
	return slog.GroupValue(slog.String("host", s.Host), slog.Int("port", s.Port), slog.String("security", string(s.Security)),
		slog.String("user", s.User), slog.String("password", password), slog.String("from", s.From), slog.Duration("timeout", s.Timeout))
}

// String is LogValue for whoever prints the settings by mistake.
func (s Settings) String() string { return s.LogValue().String() }

// GoString is String: %#v shows no password either.
func (s Settings) GoString() string { return s.String() }
