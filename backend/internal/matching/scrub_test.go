// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

import "testing"

// FuzzNumbersAreTakenOutAsContactDoes compares the quick way with the expression that
// says what is meant.
func FuzzNumbersAreTakenOutAsContactDoes(f *testing.F) {
	for _, text := range []string{"", "2015", "2015-2019", "2015 - 2019 nurse", "+44 20 7946 0958", "tel. (020) 7946-0958.", "++49 30 1234567", "12 345 6",
		"1234567+7654321", "12345678 ", "1 2 3 4", "a1234567b", "+1234567", "1------7", "é 0612345678 ü", "٠٦١٢٣٤٥٦٧٨", "1234567\v1234567",
		"me@example.org 0612345678", "x.com/me 12", "WWW.example.org 1234567", "1) 2) 3) 4)", "07.08.1999/01.02.2003 x", "+ 1234567", "9+1234567"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got, want := unreachable(text), contact.ReplaceAllString(text, " "); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	})
}
