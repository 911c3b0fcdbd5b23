// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"sankofa/backend/internal/registry"
)

// contact finds e-mail and web addresses, and digits that may be a telephone
// number. A CV loses its years by this, which no comparison needs.
var contact = regexp.MustCompile(`(?i)\S+@\S+|(?:https?://|www\.)\S+|\b(?:linkedin|facebook|instagram|twitter|x)\.com/\S*|\+?\d[\d\s()./-]{5,}\d`)

// word finds the words of a text, and codes such as "RN-4471".
var word = regexp.MustCompile(`[\p{L}\p{M}\p{N}]+(?:[-'’][\p{L}\p{M}\p{N}]+)*`)

// Scrubber returns a function that takes out of a text what says who the person
// is: their names, ways to reach them, numbers of their licences. People put
// these into CVs, and neither an index nor a partner at the blind stage may
// learn them.
func Scrubber(p registry.Profile) func(string) string {
	secret := map[string]bool{}
	hide := func(text string, shortest int) {
		for _, w := range word.FindAllString(text, -1) {
			for _, part := range append(strings.FieldsFunc(w, joins), w) {
				if f := folded(part); len([]rune(f)) >= shortest {
					secret[f] = true
				}
			}
		}
	}
	hide(p.GivenName+" "+p.FamilyName, 2)
	for _, l := range p.Licences {
		hide(l.Number, 4)
	}
	return func(text string) string {
		text = contact.ReplaceAllString(text, " ")
		return word.ReplaceAllStringFunc(text, func(w string) string {
			if secret[folded(w)] {
				return ""
			}
			for _, part := range strings.FieldsFunc(w, joins) {
				if secret[folded(part)] {
					return ""
				}
			}
			return w
		})
	}
}

// joins tells whether the rune joins two words to one.
func joins(r rune) bool { return r == '-' || r == '\'' || r == '’' }

// folded writes a word in small letters without accents, as people write names
// who are in a hurry.
func folded(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(text))
}
