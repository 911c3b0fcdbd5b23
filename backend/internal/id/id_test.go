// SPDX-License-Identifier: AGPL-3.0-or-later

package id

import "testing"

func TestIdentifiersSortByTheTimeTheyWereMade(t *testing.T) {
	last := New()
	for range 1000 {
		next := New()
		if next <= last {
			t.Fatalf("%s came after %s but sorts before it", next, last)
		}
		if !Valid(next) {
			t.Fatalf("Valid(%q) = false", next)
		}
		last = next
	}
	for _, bad := range []string{"", "1", "{" + last + "}", "urn:uuid:" + last} {
		if Valid(bad) {
			t.Errorf("Valid(%q) = true", bad)
		}
	}
}

func TestPseudonyms(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		p := Pseudonym()
		if !IsPseudonym(p) {
			t.Fatalf("IsPseudonym(%q) = false", p)
		}
		seen[p] = true
	}
	if len(seen) < 999 {
		t.Errorf("only %d of 1000 pseudonyms differ", len(seen))
	}
	if IsPseudonym("P-OOOO-0000") || IsPseudonym("p-0000-0000") {
		t.Error("a letter outside the alphabet passed")
	}
}

func TestDigestHidesTheSecret(t *testing.T) {
	secret := Secret()
	if len(secret) != 43 || Digest(secret) == secret || Digest(secret) != Digest(secret) || len(Digest(secret)) != 64 {
		t.Errorf("secret %d characters, digest %d", len(secret), len(Digest(secret)))
	}
}
