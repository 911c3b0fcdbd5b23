// SPDX-License-Identifier: AGPL-3.0-or-later

package likeness

import (
	"slices"
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// Phones returns what a telephone number means in E.164 (ITU-T, 2010), from the
// three usual ways of writing it: +96178908941, 0096178908941, and 78908941 as
// one dials it in one of the countries. A national number can mean one number in
// each country; what no numbering plan has is left out.
func Phones(written string, countries ...string) []string {
	text := dialled(written)
	if text == "" {
		return nil
	}
	var out []string
	take := func(text, region string) {
		number, err := phonenumbers.Parse(text, region)
		if err != nil || !phonenumbers.IsPossibleNumber(number) {
			return
		}
		if e164 := phonenumbers.Format(number, phonenumbers.E164); !slices.Contains(out, e164) {
			out = append(out, e164)
		}
	}
	if strings.HasPrefix(text, "+") {
		take(text, "ZZ")
		return out
	}
	for _, country := range countries {
		if country != "" {
			take(text, strings.ToUpper(country))
		}
	}
	if len(out) > 1 {
		out = slices.DeleteFunc(out, func(e164 string) bool { return !valid(e164) })
	}
	return out
}

// E164 returns the one E.164 number that the text means, or nothing when it means
// none or could mean several: then it stays as it was written.
func E164(written string, countries ...string) string {
	found := Phones(written, countries...)
	if len(found) != 1 {
		return ""
	}
	return found[0]
}

func valid(e164 string) bool {
	number, err := phonenumbers.Parse(e164, "ZZ")
	return err == nil && phonenumbers.IsValidNumber(number)
}

// dialled keeps the digits of a written number, in whatever script they are, and
// its leading +.
func dialled(written string) string {
	var out strings.Builder
	for _, r := range written {
		switch {
		case r == '+' || r == '＋':
			if out.Len() == 0 {
				out.WriteByte('+')
			}
		case unicode.IsDigit(r):
			out.WriteByte(byte('0' + digit(r)))
		case unicode.IsLetter(r):
			return "" // "see e-mail", an extension
		}
	}
	text := out.String()
	if rest, ok := strings.CutPrefix(text, "00"); ok {
		return "+" + rest
	}
	if len(text) < 6 {
		return ""
	}
	return text
}

// digit returns the value of a decimal digit: each script has its ten in a row.
func digit(r rune) int {
	n := 0
	for n < 9 && unicode.IsDigit(r-1) {
		r--
		n++
	}
	return n
}
