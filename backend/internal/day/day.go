// SPDX-License-Identifier: AGPL-3.0-or-later

// Package day holds calendar dates without a time or a zone: the first day of
// a placement is the same date in Accra and in Amsterdam.
package day

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Day is a date of the Gregorian calendar as ISO 8601 writes it, "2027-02-01".
// The empty Day means "not known". Days sort and compare as their text does.
type Day string

// layout is ISO 8601's calendar date.
const layout = "2006-01-02"

// Of returns the date of t in UTC.
func Of(t time.Time) Day { return Day(t.UTC().Format(layout)) }

// Valid tells whether d is a date that exists, between the years 1900 and 2200.
func (d Day) Valid() bool {
	t, err := time.Parse(layout, string(d))
	return err == nil && t.Year() >= 1900 && t.Year() <= 2200
}

// Time returns midnight UTC of the date; the zero time when it is not valid.
func (d Day) Time() time.Time {
	t, err := time.Parse(layout, string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}

// Add returns the date n days later, or earlier when n is negative.
func (d Day) Add(n int) Day { return Of(d.Time().AddDate(0, 0, n)) }

// Length returns how many days lie from first to last, counting both: one for
// the same date. It is zero or less when last comes before first.
func Length(first, last Day) int {
	return int(last.Time().Sub(first.Time()).Hours()/24) + 1
}

// Overlap returns how many days two periods share, counting both ends.
func Overlap(from1, to1, from2, to2 Day) int {
	n := Length(max(from1, from2), min(to1, to2))
	return max(n, 0)
}

// Value stores the date; an empty one as NULL.
func (d Day) Value() (driver.Value, error) {
	if d == "" {
		return nil, nil
	}
	return string(d), nil
}

// Scan reads a date column: PostgreSQL gives a time, SQLite a text.
func (d *Day) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = ""
	case time.Time:
		*d = Day(v.Format(layout))
	case string:
		*d = Day(first10(v))
	case []byte:
		*d = Day(first10(string(v)))
	default:
		return fmt.Errorf("day: cannot read a %T", src)
	}
	return nil
}

// first10 cuts a time off a date that a driver wrote with one.
func first10(text string) string {
	if len(text) > len(layout) {
		return text[:len(layout)]
	}
	return text
}

// GormDataType names the column type for GORM, which never makes tables here.
func (Day) GormDataType() string { return "date" }
