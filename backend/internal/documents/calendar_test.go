// SPDX-License-Identifier: AGPL-3.0-or-later

package documents

import (
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"sankofa/backend/internal/registry"
)

// contentLine is a line of iCalendar: a name, parameters, a value (RFC 5545, 3.1).
var contentLine = regexp.MustCompile(`^([A-Z-]+)((?:;[A-Z-]+=[^;:",]+)*):(.*)$`)

// parsed reads a calendar as strictly as the standard is, and returns its events
// by the names of their properties.
func parsed(t *testing.T, text string) []map[string]string {
	t.Helper()
	if !utf8.ValidString(text) || !strings.HasSuffix(text, "\r\n") || strings.Count(text, "\n") != strings.Count(text, "\r\n") {
		t.Fatalf("lines do not end with CRLF, or it is no UTF-8: %q", text)
	}
	for l := range strings.SplitSeq(text, "\r\n") {
		if len(l) > 75 || !utf8.ValidString(l) {
			t.Errorf("a line of %d bytes, or a letter cut in two: %q", len(l), l)
		}
	}
	var events []map[string]string
	var stack []string
	for l := range strings.SplitSeq(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n ", ""), "\r\n"), "\r\n") {
		m := contentLine.FindStringSubmatch(l)
		if m == nil {
			t.Fatalf("no content line: %q", l)
		}
		name, value := m[1]+m[2], m[3]
		switch m[1] {
		case "BEGIN":
			stack = append(stack, value)
			if value == "VEVENT" {
				events = append(events, map[string]string{})
			}
		case "END":
			if len(stack) == 0 || stack[len(stack)-1] != value {
				t.Fatalf("END:%s does not close %v", value, stack)
			}
			stack = stack[:len(stack)-1]
		default:
			if len(stack) == 2 {
				events[len(events)-1][name] = value
			}
		}
	}
	if len(stack) != 0 {
		t.Errorf("never closed: %v", stack)
	}
	return events
}

func TestTheCalendarIsWhatTheStandardSays(t *testing.T) {
	now := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	p := registry.Profile{Professional: registry.Professional{Pseudonym: "P-7K3M-Q2XA", GivenName: "Ama", UpdatedAt: now}}
	p.Availability = []registry.Window{{From: "2027-02-01", To: "2027-02-28"}, {From: "2028-02-28", To: "2028-02-29"}}
	p.Licences = []registry.Licence{
		{Body: "Council; of, nurses\r\nBEGIN:VEVENT\\ " + strings.Repeat("é", 120), ValidUntil: "2027-12-31"},
		{Body: "Over", ValidUntil: "2020-01-01"},
	}
	for _, locale := range []string{"en", "fr", "ar", "pt", "xx"} {
		events := parsed(t, calendar(p, locale, now))
		if len(events) != 3 {
			t.Fatalf("%s: %d events, want 3", locale, len(events))
		}
		seen := map[string]bool{}
		for _, e := range events {
			if e["UID"] == "" || seen[e["UID"]] || e["DTSTAMP"] != "20261201T090000Z" || e["SUMMARY"] == "" {
				t.Errorf("%s: %v", locale, e)
			}
			seen[e["UID"]] = true
		}
		if events[0]["DTSTART;VALUE=DATE"] != "20270201" || events[0]["DTEND;VALUE=DATE"] != "20270301" || events[1]["DTEND;VALUE=DATE"] != "20280301" {
			t.Errorf("%s: the days are %v and %v", locale, events[0], events[1])
		}
		again := parsed(t, calendar(p, locale, now.Add(time.Hour)))
		if again[0]["UID"] != events[0]["UID"] {
			t.Errorf("%s: read again, the same time is another event", locale)
		}
		if strings.Contains(calendar(p, locale, now), "Ama") || strings.Contains(calendar(p, locale, now), p.Pseudonym) {
			t.Errorf("%s: it says who it is", locale)
		}
	}
}
