// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import "strings"

// Genderless returns the masculine form for a feminine ending of the language
// ("infermiera", "Entwicklerin", "directrice"), and every other word as it is:
// whoever compares stems of what it returns treats both forms alike. The word is
// in small letters.
func Genderless(word, language string) string {
	for _, pair := range feminine[language] {
		if cut, ok := strings.CutSuffix(word, pair[0]); ok && len(cut) >= leastStem {
			return cut + pair[1]
		}
	}
	return word
}
