// SPDX-License-Identifier: AGPL-3.0-or-later

// Package savedsearches keeps the searches of coordinators under a name, and
// watches them: whoever newly meets one, or newly comes among the best for a need,
// raises an alert for everybody who follows it. It reads the ledger for that, at
// least once and with one effect. It keeps identifiers of people and nothing else
// about them; whether somebody may still be seen is asked whenever alerts are read.
package savedsearches

import (
	"encoding/json"
	"strings"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/search"
)

// Kind says what a saved search looks for.
type Kind string

// The kinds of saved searches.
const (
	People Kind = "people" // who meets a query
	Need   Kind = "need"   // who is among the best for a need
)

// Frequency says how often a follower wants to hear of new matches.
type Frequency string

// The frequencies. A digest is due when the day, or the week, is over (UTC).
const (
	Never   Frequency = "none"
	Instant Frequency = "instant"
	Daily   Frequency = "daily"
	Weekly  Frequency = "weekly"
)

// Known tells whether the frequency exists.
func (f Frequency) Known() bool { return f == Never || f == Instant || f == Daily || f == Weekly }

// due returns when a follower hears of what was found at the time.
func (f Frequency) due(found time.Time) time.Time {
	midnight := time.Date(found.Year(), found.Month(), found.Day(), 0, 0, 0, 0, time.UTC)
	switch f {
	case Daily:
		return midnight.AddDate(0, 0, 1)
	case Weekly: // on Monday
		return midnight.AddDate(0, 0, 7-(int(found.Weekday())+6)%7)
	}
	return found
}

// SavedSearch is one row.
type SavedSearch struct {
	ID          string
	ProgrammeID string
	OwnerID     string
	Kind        Kind
	Name        string
	Query       string
	Choices     string // JSON
	Exact       bool
	Locale      string  // that its words are read in
	NeedID      *string // that is watched
	Best        int     // of how many for the need
	Shared      bool    // with the other coordinators of the programme
	Watched     bool    // somebody wants alerts
	Seen        int64   // the last event that its memory knows of
	Version     int
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// asked is what the search looks for.
func (s SavedSearch) asked() search.Asked {
	return search.Asked{Query: s.Query, Choices: s.choices(), Exact: s.Exact}
}

// choices reads the values chosen in the facets.
func (s SavedSearch) choices() search.Choices {
	var c search.Choices
	_ = json.Unmarshal([]byte(s.Choices), &c) // written by us
	return c
}

// follower is what one reader wants of a saved search.
type follower struct {
	SearchID  string
	UserID    string
	Pinned    bool
	Frequency Frequency
}

// TableName names the table for GORM.
func (follower) TableName() string { return "saved_search_followers" }

// known is somebody who is known to meet a watched search.
type known struct {
	SearchID       string
	ProfessionalID string
}

// TableName names the table for GORM.
func (known) TableName() string { return "saved_search_people" }

// alert tells one follower of one person who came.
type alert struct {
	ID             string
	SearchID       string
	UserID         string
	ProfessionalID string
	Event          int64
	FoundAt        time.Time
	DueAt          time.Time
	ReadAt         *time.Time
}

// Written is what somebody writes of a saved search.
type Written struct {
	Kind    Kind
	Name    string
	Query   string
	Choices search.Choices
	Exact   bool
	NeedRef string // of a watch of a need
	Best    int
	Shared  bool
	Following
}

// Following is what a reader wants of a saved search for themselves.
type Following struct {
	Pinned    bool
	Frequency Frequency
}

// The bounds of what may be saved.
const (
	longestName = 100
	mostBest    = 100
	mostSaved   = 200    // by one person in a programme
	mostKnown   = 20_000 // people who may meet a search that is watched
)

// check complains about what is wrong with the words of a saved search; whether its
// query can be read is for search to say.
func (w *Written) check() error {
	var c fault.Check
	w.Name = strings.TrimSpace(w.Name)
	c.Length(w.Name, "name", 1, longestName)
	c.That(w.Kind == People || w.Kind == Need, "kind", "saved_search.kind", "A saved search is for people or for a need.")
	c.That(w.Frequency.Known(), "frequency", "saved_search.frequency", "Please choose none, instant, daily or weekly.")
	if w.Kind == Need {
		c.That(w.NeedRef != "", "need", "saved_search.need", "Please name the need to watch.")
		c.That(w.Best >= 1 && w.Best <= mostBest, "best", "saved_search.best", "Please watch between 1 and %d people.", mostBest)
		c.That(w.Query == "" && len(w.Choices) == 0, "q", "saved_search.both", "A watch of a need has no query of its own.")
		return c.Err()
	}
	c.That(w.NeedRef == "" && w.Best == 0, "need", "saved_search.both", "A search for people watches no need.")
	return c.Err()
}
