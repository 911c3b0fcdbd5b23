// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"sankofa/backend/internal/registry"
)

// contact finds e-mail and web addresses, and digits that may be a telephone
// number. A CV loses its years by this, which no comparison needs.
var contact = regexp.MustCompile(`(?i)\S+@\S+|(?:https?://|www\.)\S+|\b(?:linkedin|facebook|instagram|twitter|x)\.com/\S*|\+?\d[\d\s()./-]{5,}\d`)

// address finds what an address cannot do without.
var address = regexp.MustCompile(`(?i)@|://|www\.|\.com/`)

// unreachable takes out of a text the ways to reach somebody.
func unreachable(text string) string {
	if strings.ContainsAny(text, "@/.") && address.MatchString(text) {
		return contact.ReplaceAllString(text, " ")
	}
	return uncalled(text)
}

// shortestNumber is how long, in characters, digits are that may be a telephone
// number, with what stands between them.
const shortestNumber = 7

// uncalled takes telephone numbers out of a text without addresses: as contact does,
// which would look at each digit of a text for all that it knows, and took a tenth
// of the time in which people are read.
func uncalled(text string) string {
	var out strings.Builder
	copied := 0
	for i := 0; i < len(text); i++ {
		if !isDigit(text[i]) {
			continue
		}
		begin, end := i, i+1 // of the number: from the first digit to the last
		for ; i < len(text) && (isDigit(text[i]) || strings.IndexByte("\t\n\f\r ()./-", text[i]) >= 0); i++ {
			if isDigit(text[i]) {
				end = i + 1
			}
		}
		if end-begin < shortestNumber {
			continue
		}
		if begin > copied && text[begin-1] == '+' {
			begin--
		}
		out.WriteString(text[copied:begin])
		out.WriteByte(' ')
		copied = end
	}
	if copied == 0 {
		return text
	}
	out.WriteString(text[copied:])
	return out.String()
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// word finds the words of a text, and codes such as "RN-4471".
var word = regexp.MustCompile(`[\p{L}\p{M}\p{N}]+(?:[-'’][\p{L}\p{M}\p{N}]+)*`)

// Scrubber returns a function that takes out of a text what says who the person
// is: their names, ways to reach them, numbers of their licences. People put
// these into CVs, and neither an index nor a partner at the blind stage may
// learn them.
func Scrubber(p registry.Profile) func(string) string {
	hidden := secrets{}
	hidden.hide(p.GivenName+" "+p.FamilyName, 2)
	for _, l := range p.Licences {
		hidden.hide(l.Number, 4)
	}
	return func(text string) string {
		return hidden.from(unreachable(text))
	}
}

// secrets are words that must not be seen, folded, by their first letter: most
// words of a text are told apart by that alone.
type secrets map[rune]map[string]bool

// hide adds the words of a text that have at least so many letters, and the
// parts of those that a hyphen or an apostrophe joins.
func (s secrets) hide(text string, shortest int) {
	for _, w := range word.FindAllString(text, -1) {
		for _, part := range append(strings.FieldsFunc(w, joins), w) {
			f := folded(part)
			if first := firstOf(f); utf8.RuneCountInString(f) >= shortest {
				if s[first] == nil {
					s[first] = map[string]bool{}
				}
				s[first][f] = true
			}
		}
	}
}

// has tells whether a word, or a part of it, is secret.
func (s secrets) has(w string) bool {
	if some := s[firstOf(w)]; some != nil && some[folded(w)] {
		return true
	}
	if strings.IndexFunc(w, joins) < 0 {
		return false
	}
	return slices.ContainsFunc(strings.FieldsFunc(w, joins), func(part string) bool { return s[firstOf(part)][folded(part)] })
}

// from returns the text without the words that are secret.
func (s secrets) from(text string) string {
	var out strings.Builder
	out.Grow(len(text))
	begin := -1
	for i, r := range text {
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || begin >= 0 && joins(r)
		switch {
		case inside && begin < 0:
			begin = i
		case !inside:
			begin = s.copy(&out, text, begin, i)
			out.WriteRune(r)
		}
	}
	s.copy(&out, text, begin, len(text))
	return out.String()
}

// copy copies the word that began there, unless it is secret, and returns that
// none has begun.
func (s secrets) copy(out *strings.Builder, text string, begin, end int) int {
	if begin >= 0 && !s.has(text[begin:end]) {
		out.WriteString(text[begin:end])
	}
	return -1
}

// firstOf returns the first letter of a word, small and without its accent.
func firstOf(w string) rune {
	r, _ := utf8.DecodeRuneInString(w)
	if r < utf8.RuneSelf {
		return unicode.ToLower(r)
	}
	r, _ = utf8.DecodeRuneInString(folded(string(r)))
	return r
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
