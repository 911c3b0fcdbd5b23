// SPDX-License-Identifier: AGPL-3.0-or-later

// Package id makes the names of things: time-ordered identifiers for rows,
// pseudonyms for people, secrets for links and sessions.
package id

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"regexp"

	"github.com/google/uuid"
)

// New returns a fresh UUIDv7 (RFC 9562), which sorts by the time it was made.
func New() string { return uuid.Must(uuid.NewV7()).String() }

// Valid tells whether text is a UUID in its canonical form.
func Valid(text string) bool {
	parsed, err := uuid.Parse(text)
	return err == nil && parsed.String() == text
}

// alphabet is Crockford's base 32: no I, L, O or U, so that a pseudonym read
// out on the telephone is written down right.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

var pseudonym = regexp.MustCompile(`^P-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$`)

// Pseudonym returns a fresh random name for a person, such as "P-7K3M-Q2XA".
// It has 40 random bits and says nothing about the person.
func Pseudonym() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // crypto/rand never fails: it ends the program instead.
	return FormatPseudonym(b)
}

// FormatPseudonym spells eight bytes, of which five bits each count, as a pseudonym.
func FormatPseudonym(b [8]byte) string {
	out := []byte("P-0000-0000")
	for i, at := range []int{2, 3, 4, 5, 7, 8, 9, 10} {
		out[at] = alphabet[b[i]&31]
	}
	return string(out)
}

// IsPseudonym tells whether text has the form of a pseudonym.
func IsPseudonym(text string) bool { return pseudonym.MatchString(text) }

// Secret returns a fresh token of 256 random bits for a session or a link.
func Secret() string {
	var b [32]byte
	_, _ = rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// Digest returns what is stored of a secret: its SHA-256 in hexadecimal. A
// stolen database then opens no session.
func Digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
