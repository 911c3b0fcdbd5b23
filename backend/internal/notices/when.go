// SPDX-License-Identifier: AGPL-3.0-or-later

package notices

import (
	"time"
	_ "time/tzdata" // a container may have no database of time zones
)

// zone returns the person's time zone; one that the program does not know any
// more is read as UTC.
func (s settings) zone() *time.Location {
	where, err := time.LoadLocation(s.TimeZone)
	if err != nil {
		return time.UTC
	}
	return where
}

// quiet tells whether the hour of the person's clock is one of rest.
func (s settings) quiet(hour int) bool {
	if s.QuietFrom <= s.QuietTo {
		return s.QuietFrom <= hour && hour < s.QuietTo
	}
	return hour >= s.QuietFrom || hour < s.QuietTo // over midnight
}

// instant is when a mail that need not wait may go: now, or when the quiet hours end.
func (s settings) instant(now time.Time) time.Time {
	here := now.In(s.zone())
	if !s.quiet(here.Hour()) {
		return now
	}
	end := time.Date(here.Year(), here.Month(), here.Day(), s.QuietTo, 0, 0, 0, here.Location())
	if !end.After(here) {
		end = time.Date(here.Year(), here.Month(), here.Day()+1, s.QuietTo, 0, 0, 0, here.Location())
	}
	return end.UTC()
}

// digest is when the next summary of the day, or of the week, goes: at the hour
// that the person chose, a week's on Monday. time.Date moves an hour that a
// change of the clock skips.
func (s settings) digest(now time.Time, often Frequency) time.Time {
	here := now.In(s.zone())
	for days := 0; ; days++ {
		at := time.Date(here.Year(), here.Month(), here.Day()+days, s.DigestHour, 0, 0, 0, here.Location())
		if at.After(here) && (often == Daily || at.Weekday() == time.Monday) {
			return at.UTC()
		}
	}
}
