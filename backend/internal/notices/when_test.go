// SPDX-License-Identifier: AGPL-3.0-or-later

package notices

import (
	"slices"
	"testing"
	"time"

	"sankofa/backend/internal/mail"
)

func TestTheHourIsThePersons(t *testing.T) {
	at := func(text string) time.Time {
		when, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	paris := settings{TimeZone: "Europe/Paris", DigestHour: 8, QuietFrom: 22, QuietTo: 7}
	skipped := settings{TimeZone: "Europe/Paris", DigestHour: 2}
	for _, row := range []struct {
		name string
		got  time.Time
		want string
	}{
		{"in winter", paris.digest(at("2026-12-01T09:00:00Z"), Daily), "2026-12-02T07:00:00Z"},
		{"the same morning", paris.digest(at("2026-12-01T06:00:00Z"), Daily), "2026-12-01T07:00:00Z"},
		{"in summer", paris.digest(at("2026-07-01T09:00:00Z"), Daily), "2026-07-02T06:00:00Z"},
		{"on Monday", paris.digest(at("2026-12-01T09:00:00Z"), Weekly), "2026-12-07T07:00:00Z"},
		{"the hour that the clock skips", skipped.digest(at("2027-03-27T12:00:00Z"), Daily), "2027-03-28T01:00:00Z"},
		{"in the day", paris.instant(at("2026-12-01T09:00:00Z")), "2026-12-01T09:00:00Z"},
		{"in the evening", paris.instant(at("2026-12-01T22:30:00Z")), "2026-12-02T06:00:00Z"},
		{"before dawn", paris.instant(at("2026-12-01T03:00:00Z")), "2026-12-01T06:00:00Z"},
		{"a zone that is not there", settings{TimeZone: "Mars/Olympus", DigestHour: 8}.digest(at("2026-12-01T09:00:00Z"), Daily), "2026-12-02T08:00:00Z"},
	} {
		if !row.got.Equal(at(row.want)) {
			t.Errorf("%s: got %s, want %s", row.name, row.got.Format(time.RFC3339), row.want)
		}
	}
}

func TestEveryKindHasItsTexts(t *testing.T) {
	texts, err := mail.LoadTexts()
	if err != nil {
		t.Fatal(err)
	}
	written := texts.Kinds("en")
	for name, k := range byName {
		if !slices.Contains(written, name) {
			t.Errorf("%s has no texts", name)
		}
		if k.Facts == nil && name != digestKind {
			t.Errorf("%s says nothing", name)
		}
		if k.Mandatory == (k.Group != "") {
			t.Errorf("%s: what nobody may stop nobody chooses, and the other way round", name)
		}
		if k.Group != "" && (k.Usual == "" || len(k.Roles) == 0) {
			t.Errorf("%s lacks the usual frequency, or whom it concerns", name)
		}
	}
	for _, name := range written {
		if _, ok := byName[name]; !ok {
			t.Errorf("nothing raises %s", name)
		}
	}
	for event, all := range byEvent {
		for _, k := range all {
			if k.To == nil {
				t.Errorf("%s tells nobody of %s", event, k.Name)
			}
		}
	}
}
