// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

import (
	"sankofa/backend/internal/day"
	"sankofa/backend/internal/registry"
)

// Need is what a host institution asks for, as far as people are compared with it.
type Need struct {
	Country         string    `json:",omitempty"`
	ISCO            string    `json:",omitempty"` // unit group, four digits
	Also            []string  `json:",omitempty"` // the unit groups of its positions, where it has any
	Occupation      string    `json:",omitempty"` // in the host's words
	Linked          []Link    `json:",omitempty"` // what the words probably mean, where ISCO is not given
	Language        string    `json:",omitempty"` // that the need is written in
	Starts          day.Day   `json:",omitempty"`
	Ends            day.Day   `json:",omitempty"`
	Shortest        int       `json:",omitempty"` // days that still help; 0: the whole period
	Modality        string    `json:",omitempty"`
	Years           int       `json:",omitempty"` // of experience, at least; 0: not asked
	EducationLevel  int       `json:",omitempty"` // ISCED 2011, at least; 0: not asked
	EducationField  string    `json:",omitempty"`
	LicenceRequired bool      `json:",omitempty"`
	Wishes          []Wish    `json:",omitempty"`
	Floors          []Floor   `json:",omitempty"`
	Terms           []Term    `json:",omitempty"` // all words of the terms of reference that carry meaning, sorted by stem
	Topics          []Mention `json:",omitempty"` // concepts that its text speaks of, beyond the wishes
}

// Days returns how many days a person must at least be there.
func (n Need) Days() int {
	if n.Shortest > 0 {
		return n.Shortest
	}
	return n.length()
}

// length returns the days of the whole period, or 0 while it has no dates in
// order.
func (n Need) length() int {
	if !n.Starts.Valid() || !n.Ends.Valid() {
		return 0
	}
	return max(0, day.Length(n.Starts, n.Ends))
}

// Wish is a skill that the need asks for.
type Wish struct {
	Concept  string `json:",omitempty"` // of the vocabulary, or empty
	Label    string `json:",omitempty"` // in the host's words
	Required bool   `json:",omitempty"` // else desirable
	Weight   int    `json:",omitempty"` // 1–5
	Terms    []Term `json:",omitempty"` // of the label
}

// Level is a level of the CEFR as a number: 0 none, 1 A1 … 6 C2.
type Level int

// String spells the level, with a dash for none.
func (l Level) String() string {
	if s := registry.CEFR(l).String(); s != "" {
		return s
	}
	return "–"
}

// Floor is the least of a language.
type Floor struct {
	Language string `json:",omitempty"`
	Spoken   Level  `json:",omitempty"` // for listening and interaction
	Written  Level  `json:",omitempty"` // for reading and writing
	Required bool   `json:",omitempty"` // else desirable
}

// Person is what a professional offers, as far as it is compared with needs.
type Person struct {
	Pseudonym        string      `json:",omitempty"`
	Searchable       bool        `json:",omitempty"` // a consent stands, and the person has not paused
	Origin           string      `json:",omitempty"`
	ReturnRight      string      `json:",omitempty"` // "yes", "no", "unknown": to the country of residence
	ReturnRightUntil day.Day     `json:",omitempty"` // empty: it does not expire
	ISCO             string      `json:",omitempty"`
	Occupation       string      `json:",omitempty"` // in the person's words
	Linked           []Link      `json:",omitempty"` // what the words probably mean, where ISCO is not given
	Language         string      `json:",omitempty"` // that the person writes in
	Years            int         `json:",omitempty"`
	Onsite           bool        `json:",omitempty"`
	Virtual          bool        `json:",omitempty"`
	Hybrid           bool        `json:",omitempty"`
	LongestDays      int         `json:",omitempty"`
	Claims           []Claim     `json:",omitempty"`
	Languages        []Language  `json:",omitempty"`
	Education        []Education `json:",omitempty"`
	Licences         []Licence   `json:",omitempty"`
	Posts            []Post      `json:",omitempty"`
	Windows          []Window    `json:",omitempty"`
	Missions         []Mission   `json:",omitempty"`
	Skills           int         `json:",omitempty"` // listed skills with a concept
	Words            int         `json:",omitempty"` // distinct words of the texts
	Terms            []Term      `json:",omitempty"` // those words, sorted by stem
}

// Link is an ISCO-08 unit group that a free job title probably means.
type Link struct {
	ISCO   string `json:",omitempty"`
	Weight int    `json:",omitempty"` // how surely, in thousandths
}

// Claim is a skill that a person has, or a concept that their text speaks of.
type Claim struct {
	Concept  string            `json:",omitempty"` // of the vocabulary, or empty
	Words    string            `json:",omitempty"` // as the person wrote them
	Source   Source            `json:",omitempty"`
	Evidence registry.Evidence `json:",omitempty"`
	Level    int               `json:",omitempty"` // 1 basic … 4 expert; 0: not said
	Terms    []Term            `json:",omitempty"` // of the words, where no concept is known
}

// Source says where in a profile a claim stands.
type Source string

// The sources of a claim.
const (
	FromSkills     Source = "skill"      // listed as a skill
	FromExperience Source = "experience" // in the description of a post
	FromText       Source = "cv"         // in the CV or the summary
)

// Language is what a person can do in a language; of two abilities the weaker counts.
type Language struct {
	Language string `json:",omitempty"`
	Spoken   Level  `json:",omitempty"` // the weaker of listening and interaction
	Written  Level  `json:",omitempty"` // the weaker of reading and writing
}

// Education is a completed education.
type Education struct {
	Level int    `json:",omitempty"` // ISCED 2011
	Field string `json:",omitempty"` // ISCED-F 2013
	Title string `json:",omitempty"`
}

// Licence is a registration with a professional council.
type Licence struct {
	Body    string  `json:",omitempty"`
	Country string  `json:",omitempty"`
	ISCO    string  `json:",omitempty"` // empty: not said
	Until   day.Day `json:",omitempty"` // empty: not said
}

// Post is a job that the person held.
type Post struct {
	ISCO   string  `json:",omitempty"`
	Title  string  `json:",omitempty"`
	Linked []Link  `json:",omitempty"` // what the title probably means, where ISCO is not given
	From   day.Day `json:",omitempty"` // empty: not said
	To     day.Day `json:",omitempty"` // empty: still there, if From is said
}

// Mission is a placement that the person has completed.
type Mission struct {
	ISCO    string  `json:",omitempty"` // of the need that it served
	Country string  `json:",omitempty"`
	To      day.Day `json:",omitempty"`
}

// Window is a period in which the person can be away from home.
type Window struct {
	From day.Day `json:",omitempty"`
	To   day.Day `json:",omitempty"`
}

// Term is a word of a text: the stem that is compared, the word as first written,
// and how often the stem occurs.
type Term struct {
	Stem  string `json:",omitempty"`
	Word  string `json:",omitempty"`
	Count int    `json:",omitempty"`
}
