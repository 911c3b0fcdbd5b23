// SPDX-License-Identifier: AGPL-3.0-or-later

package intake

import (
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/sheets"
)

// fullName cuts a whole name in two: at the comma, by the capitals, or by what
// the heading says comes first. Somebody with one name has one.
func (r *row) fullName(c *Column, value string) {
	if r.Profile.GivenName != "" {
		return
	}
	r.gives["givenName"], r.gives["familyName"] = true, true
	p := &r.Profile
	if family, given, ok := strings.Cut(value, ","); ok && strings.TrimSpace(given) != "" {
		p.GivenName, p.FamilyName = strings.TrimSpace(given), strings.TrimSpace(family)
		return
	}
	words := strings.Fields(value)
	if len(words) == 1 {
		p.GivenName = value
		return
	}
	capitals := 0
	for capitals < len(words) && shouted(words[capitals]) {
		capitals++
	}
	last := len(words)
	for last > 0 && shouted(words[last-1]) {
		last--
	}
	switch {
	case capitals > 0 && capitals < len(words): // DIOP Moussa
		p.FamilyName, p.GivenName = strings.Join(words[:capitals], " "), strings.Join(words[capitals:], " ")
	case last < len(words) && last > 0: // Moussa DIOP
		p.GivenName, p.FamilyName = strings.Join(words[:last], " "), strings.Join(words[last:], " ")
	case slices.Contains(familyFirst, plainHeading(c.Name)):
		p.FamilyName, p.GivenName = words[0], strings.Join(words[1:], " ")
	default:
		p.GivenName, p.FamilyName = words[0], strings.Join(words[1:], " ")
	}
}

func shouted(word string) bool {
	return len([]rune(word)) > 1 && word == strings.ToUpper(word) && word != strings.ToLower(word)
}

// email takes an address, and tries to see what a broken one was meant to be.
func (r *row) email(c *Column, value string) {
	r.gives["email"] = true
	written := strings.TrimPrefix(strings.ToLower(strings.TrimSpace(value)), "mailto:")
	if address, err := mail.ParseAddress(written); err == nil {
		r.Profile.Email = registry.Tidied(address.Address)
		if strings.Contains(address.Address[strings.LastIndex(address.Address, "@"):], ".") {
			return
		}
	}
	addresses := strings.FieldsFunc(written, func(c rune) bool { return strings.ContainsRune(" ;,/\n", c) })
	addresses = slices.DeleteFunc(addresses, func(one string) bool { return !sound(one) })
	if len(addresses) > 1 {
		r.Profile.Email = ""
		r.wrong(c, value, "email.several", addresses[0], "There are several addresses here. Please keep one.", false)
		return
	}
	r.wrong(c, value, "email.malformed", mendedEmail(written), "This is no e-mail address. Please write one such as name@example.org.", false)
}

func sound(address string) bool {
	parsed, err := mail.ParseAddress(address)
	return err == nil && parsed.Address == address && strings.Contains(address[strings.LastIndex(address, "@"):], ".")
}

// mendedEmail guesses what a broken address was meant to be, or nothing.
func mendedEmail(written string) string {
	for _, try := range []string{
		strings.ReplaceAll(written, " ", ""),
		strings.NewReplacer(" ", "", ",", ".", ";", ".", "@@", "@", "..", ".", "(at)", "@", "[at]", "@").Replace(written),
		strings.NewReplacer(" at ", "@", " dot ", ".", " ", "").Replace(written),
		strings.Trim(written, ".,;:<>()'\" "),
		strings.ReplaceAll(strings.ReplaceAll(written, " ", ""), "#", "@"),
		withDot(written),
	} {
		if sound(try) {
			return try
		}
	}
	return ""
}

// withDot puts the dot back that is missing before a well-known end.
func withDot(written string) string {
	for _, end := range []string{"com", "fr", "org", "net", "it", "es", "pt", "nl", "de"} {
		if stem, ok := strings.CutSuffix(written, end); ok && strings.Contains(stem, "@") && !strings.Contains(stem[strings.Index(stem, "@"):], ".") {
			return stem + "." + end
		}
	}
	return written
}

func (r *row) phone(c *Column, value string) {
	number, ok := phoneOf(value, r.Profile.ResidenceCountry, r.Profile.OriginCountry)
	if !ok {
		for _, part := range strings.FieldsFunc(value, func(c rune) bool { return strings.ContainsRune("/;,\n", c) }) {
			if number, ok = phoneOf(part, r.Profile.ResidenceCountry, r.Profile.OriginCountry); ok {
				r.remark(Phone, "phone.first", part) // the others are not kept
				break
			}
		}
	}
	if !ok {
		r.wrong(c, value, "phone.malformed", "", "This is no telephone number that can be dialled. Please write it with its country code, such as +31 20 123 4567.", true)
		return
	}
	r.Profile.Phone, r.gives["phone"] = number, true
}

func (r *row) country(c *Column, value string, to *string, field string) {
	if code, ok := r.words.CountryNamed(value); ok {
		*to, r.gives[field] = code, true
		return
	}
	for _, part := range parts(strings.ReplaceAll(value, "-", ",")) {
		if code, ok := r.words.CountryNamed(part); ok {
			r.wrong(c, value, "country.several", code, "This is not one country. Please choose one.", false)
			return
		}
	}
	r.wrong(c, value, "country.unknown", r.words.CountryLike(value), "We know no country of this name. Please write its name, or its code such as GH.", false)
}

// date reads a date in the order of the column.
func (r *row) date(c *Column, value string) (day.Day, bool) {
	if d, ok := sheets.ParseDate(value, c.Order); ok {
		return day.Day(d), true
	}
	suggestion := ""
	for _, order := range []sheets.Order{sheets.DayFirst, sheets.MonthFirst} {
		if d, ok := sheets.ParseDate(value, order); ok {
			suggestion = d
		}
	}
	// A day counted from 1900 is what spreadsheets keep behind a date.
	if n, err := strconv.Atoi(sheets.Latin(value)); err == nil && n > 7_000 && n < 60_000 {
		suggestion = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n).Format(time.DateOnly)
	}
	r.wrong(c, value, "date.unreadable", suggestion, "This is no date that we can read. Please write it as 1990-12-31, or leave it empty.", true)
	return "", false
}
