// SPDX-License-Identifier: AGPL-3.0-or-later

// Package accountability keeps what a data-protection officer answers for: the
// register of transfers to other countries, the record of breaches with its clock,
// the notes of impact assessments, and people's requests that somebody look again
// at how they were ranked.
package accountability

import (
	"strings"

	"gorm.io/gorm"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// mostWords is how many characters a text of a register has at most.
const mostWords = 4000

// most is how many rows a page of a register has at most.
const most = 100

// Service keeps the registers.
type Service struct {
	DB *store.DB
	// Views writes down who looked at whom; it is asked to finish before those whom
	// a breach concerns are counted. Nil where nobody is watched.
	Views Flusher
	// Countries tells whether there is such a country.
	Countries interface{ Country(code string) bool }
}

func missing() error { return fault.New(fault.Missing, "missing", "There is nothing here for you.") }

// keeper admits those who read the registers.
func keeper(who identity.Actor) error {
	if who.Is(identity.Administrator, identity.Coordinator) {
		return nil
	}
	return missing()
}

// officer admits those who write in them: the administrator's account is that of
// the data-protection officer.
func officer(who identity.Actor) error {
	if who.Is(identity.Administrator) {
		return nil
	}
	if who.Is(identity.Coordinator) {
		return fault.New(fault.Denied, "accountability.officer", "The administrator keeps this register. You can read it.")
	}
	return missing()
}

// Page is where a list goes on.
type Page struct {
	After string
	Limit int
}

// check refuses a cursor that we never gave.
func (p *Page) check() error {
	var c fault.Check
	c.That(p.After == "" || id.Valid(p.After), "after", "cursor.unknown", "Please start from the first page again.")
	p.Limit = min(max(p.Limit, 1), most)
	return c.Err()
}

// pageIn loads one page of rows, newest first, and the cursor of the next.
func pageIn[Row any](query *gorm.DB, p Page, cursor func(Row) string) ([]Row, string, error) {
	if p.After != "" {
		query = query.Where("id < ?", p.After)
	}
	var rows []Row
	if err := query.Order("id DESC").Limit(p.Limit + 1).Find(&rows).Error; err != nil {
		return nil, "", err
	}
	if len(rows) <= p.Limit {
		return rows, "", nil
	}
	rows = rows[:p.Limit]
	return rows, cursor(rows[p.Limit-1]), nil
}

// foundIn loads one row of a query, or says that there is none.
func foundIn[Row any](query *gorm.DB, rowID string) (Row, error) {
	var rows []Row
	err := query.Where("id = ?", rowID).Limit(1).Find(&rows).Error
	if err == nil && len(rows) == 0 {
		err = missing()
	}
	if err != nil {
		var none Row
		return none, err
	}
	return rows[0], nil
}

// say checks one text and returns it without blanks around it.
func say(c *fault.Check, text, field string, least, longest int) string {
	text = strings.TrimSpace(text)
	c.Length(text, field, least, longest)
	return text
}

// stale is the answer to whoever read an older version.
func stale() error {
	return fault.New(fault.Stale, "stale",
		"Someone else changed this in the meantime. Reload to see their version, then make your change again.")
}
