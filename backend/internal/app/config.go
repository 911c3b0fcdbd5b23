// SPDX-License-Identifier: AGPL-3.0-or-later

// Package app builds the whole program from its configuration and runs it: the
// database, the services, the index, the relay and the door. Goroutines start
// here and nowhere else, each with an owner who waits for it.
package app

import (
	"log/slog"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/mail"
)

// Config is everything that an operator decides.
type Config struct {
	Listen    string // address of the web server, "127.0.0.1:8080"
	Data      string // directory of the embedded database, the index and the lock
	Database  string // "postgres://…"; empty: SQLite in Data
	KeyFile   string // master keys of the documents; empty: files.key in Data
	PublicURL string // how people reach us, "https://sankofa.example.org"; empty: by Listen
	Proxies   []string
	Demo      bool // load the demonstration programme when it is not there
	People    int  // how many fictional people the demonstration has
	Mail      mail.Settings
	// MailKeyFile holds the key of links in mails; empty: DIR/mail.key. Servers that
	// share a database share it too.
	MailKeyFile string
	Version     string
	Grace       time.Duration // between asking to be erased and being erased; zero: 14 days
	Log         *slog.Logger
	Now         func() time.Time // nil: the system's clock
}

// check complains about every bad value at once.
func (c *Config) check() error {
	var bad fault.Check
	_, _, err := net.SplitHostPort(c.Listen)
	bad.That(c.Listen == "" || err == nil, "listen", "config.listen", "--listen must be HOST:PORT, such as 127.0.0.1:8080.")
	bad.That(c.Data != "", "data", "config.data", "--data must name a directory.")
	known := c.Database == "" || strings.HasPrefix(c.Database, "postgres://") || strings.HasPrefix(c.Database, "postgresql://")
	bad.That(known, "database", "config.database", "--database must be postgres://USER@HOST:PORT/NAME.")
	u, err := url.Parse(c.PublicURL)
	sound := c.PublicURL == "" || (err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && strings.Trim(u.Path, "/") == "")
	bad.That(sound, "public-url", "config.public_url", "--public-url must be https://HOST without a path.")
	bad.That(c.People >= 0 && c.People <= 1_000_000, "people", "config.people", "--people must be between 300 and 1000000.")
	c.Mail.Check(&bad)
	return bad.Err()
}

// secure tells whether people reach us by https.
func (c *Config) secure() bool { return strings.HasPrefix(c.PublicURL, "https://") }

// database returns what store.Open understands.
func (c *Config) database() string {
	if c.Database != "" {
		return c.Database
	}
	return "sqlite:" + filepath.Join(c.Data, "sankofa.db")
}

// keyFile is where the master keys of the documents are.
func (c *Config) keyFile() string {
	if c.KeyFile != "" {
		return c.KeyFile
	}
	return filepath.Join(c.Data, "files.key")
}
