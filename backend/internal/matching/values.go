// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

import (
	"sankofa/backend/internal/day"
	"sankofa/backend/internal/registry"
)

// Need is what a host institution asks for, as far as people are compared with it.
type Need struct {
	Country         string
	ISCO            string // unit group, four digits
	Occupation      string // in the host's words
	Linked          []Link // what the words probably mean, where ISCO is not given
	Language        string // that the need is written in
	Starts, Ends    day.Day
	Shortest        int // days that still help; 0: the whole period
	Modality        string
	Years           int // of experience, at least; 0: not asked
	EducationLevel  int // ISCED 2011, at least; 0: not asked
	EducationField  string
	LicenceRequired bool
	Wishes          []Wish
	Floors          []Floor
	Terms           []Term    // all words of the terms of reference that carry meaning, sorted by stem
	Topics          []Mention // concepts that its text speaks of, beyond the wishes
}

// Days returns how many days a person must at least be there.
func (n Need) Days() int {
	if n.Shortest > 0 {
		return n.Shortest
	}
	return n.length()
}

// length returns the days of the whole period, or 0 while it has no dates.
func (n Need) length() int {
	if n.Starts == "" || n.Ends == "" {
		return 0
	}
	return day.Length(n.Starts, n.Ends)
}

// Wish is a skill that the need asks for.
type Wish struct {
	Concept  string // of the vocabulary, or empty
	Label    string // in the host's words
	Required bool   // else desirable
	Weight   int    // 1–5
	Terms    []Term // of the label
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
	Language string
	Spoken   Level // for listening and interaction
	Written  Level // for reading and writing
	Required bool  // else desirable
}

// Person is what a professional offers, as far as it is compared with needs.
type Person struct {
	Pseudonym        string
	Searchable       bool // a consent stands, and the person has not paused
	Origin           string
	ReturnRight      string  // "yes", "no", "unknown": to the country of residence
	ReturnRightUntil day.Day // empty: it does not expire
	ISCO             string
	Occupation       string // in the person's words
	Linked           []Link // what the words probably mean, where ISCO is not given
	Language         string // that the person writes in
	Years            int
	Onsite           bool
	Virtual          bool
	Hybrid           bool
	LongestDays      int
	Claims           []Claim
	Languages        []Language
	Education        []Education
	Licences         []Licence
	Posts            []Post
	Windows          []Window
	Missions         []Mission
	Terms            []Term // words of the person's texts, sorted by stem
}

// Link is an ISCO-08 unit group that a free job title probably means.
type Link struct {
	ISCO   string
	Weight int // how surely, in thousandths
}

// Claim is a skill that a person has, or a concept that their text speaks of.
type Claim struct {
	Concept  string // of the vocabulary, or empty
	Words    string // as the person wrote them
	Source   Source
	Evidence registry.Evidence
	Level    int    // 1 basic … 4 expert; 0: not said
	Terms    []Term // of the words, where no concept is known
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
	Language string
	Spoken   Level // the weaker of listening and interaction
	Written  Level // the weaker of reading and writing
}

// Education is a completed education.
type Education struct {
	Level int    // ISCED 2011
	Field string // ISCED-F 2013
	Title string
}

// Licence is a registration with a professional council.
type Licence struct {
	Body    string
	Country string
	ISCO    string  // empty: not said
	Until   day.Day // empty: not said
}

// Post is a job that the person held.
type Post struct {
	ISCO   string
	Title  string
	Linked []Link  // what the title probably means, where ISCO is not given
	From   day.Day // empty: not said
	To     day.Day // empty: still there, if From is said
}

// Mission is a placement that the person has completed.
type Mission struct {
	ISCO    string // of the need that it served
	Country string
	To      day.Day
}

// Window is a period in which the person can be away from home.
type Window struct{ From, To day.Day }

// Term is a word of a text: the stem that is compared, the word as first written,
// and how often the stem occurs.
type Term struct {
	Stem, Word string
	Count      int
}
