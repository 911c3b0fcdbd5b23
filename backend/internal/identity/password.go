// SPDX-License-Identifier: AGPL-3.0-or-later

package identity

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"

	"sankofa/backend/internal/fault"
)

// Cost of a password hash: argon2id with 19 MiB, two passes, one lane (OWASP
// Password Storage Cheat Sheet).
const (
	memoryKiB  = 19 * 1024
	passes     = 2
	lanes      = 1
	saltBytes  = 16
	keyBytes   = 32
	shortest   = 10  // characters of a password
	longest    = 200 // characters of a password; more is refused, not cut
	concurrent = 4   // hashes at once, so that a storm of sign-ins cannot eat the memory
)

// hashing is a seat for each hash that may run at once.
var hashing = make(chan struct{}, concurrent)

// hashPassword returns the encoded hash of a password with a fresh salt.
func hashPassword(password string) string {
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // crypto/rand never fails: it ends the program instead.
	return encode(salt, derive(password, salt))
}

// Fingerprint tells one password from another of the same salt, for comparing
// requests: it takes as long to guess as the hash that is kept.
func Fingerprint(password, salt string) string {
	sum := sha256.Sum256([]byte(salt))
	return base64.RawStdEncoding.EncodeToString(derive(password, sum[:saltBytes]))
}

// derive runs argon2id in one of the seats.
func derive(password string, salt []byte) []byte {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return argon2.IDKey([]byte(password), salt, passes, memoryKiB, lanes, keyBytes)
}

// encode writes salt and key as the PHC string format does.
func encode(salt, key []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memoryKiB, passes, lanes,
		b64.EncodeToString(salt), b64.EncodeToString(key))
}

// passwordMatches tells whether the password is the one that was hashed. It
// takes as long for a hash that cannot be read, so that time tells nothing.
func passwordMatches(encoded, password string) bool {
	parts := strings.Split(encoded, "$")
	salt, want := make([]byte, saltBytes), make([]byte, keyBytes)
	readable := len(parts) == 6
	if readable {
		s, err1 := base64.RawStdEncoding.DecodeString(parts[4])
		k, err2 := base64.RawStdEncoding.DecodeString(parts[5])
		if readable = err1 == nil && err2 == nil && len(k) == keyBytes; readable {
			salt, want = s, k
		}
	}
	same := subtle.ConstantTimeCompare(derive(password, salt), want) == 1
	return same && readable
}

// checkPassword complains about a password that is too short or too long.
func checkPassword(c *fault.Check, password, field string) {
	n := len([]rune(password))
	c.That(n >= shortest, field, "password.short", "Please choose a password of at least %d characters.", shortest)
	c.That(n <= longest, field, "password.long", "Please keep the password to %d characters.", longest)
}
