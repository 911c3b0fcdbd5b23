// SPDX-License-Identifier: AGPL-3.0-or-later

package intake

import (
	"strings"

	"sankofa/backend/internal/likeness"
	"sankofa/backend/internal/sheets"
)

// phoneOf spells a telephone number as E.164, as it is dialled in the first of
// the countries that it is a number of, and tells whether it is one.
func phoneOf(written string, countries ...string) (string, bool) {
	text := strings.TrimSpace(sheets.Latin(written))
	text = strings.NewReplacer("(0)", "", "tel:", "", "'", "").Replace(text)
	for _, country := range countries {
		if found := likeness.Phones(text, country); len(found) > 0 {
			return found[0], true
		}
	}
	// Spreadsheets take the plus away from what they think is a number.
	if len(text) >= 10 && text[0] >= '1' && text[0] <= '9' {
		if found := likeness.Phones("+" + text); len(found) > 0 {
			return found[0], true
		}
	}
	return "", false
}
