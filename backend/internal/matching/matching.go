// SPDX-License-Identifier: AGPL-3.0-or-later

// Package matching compares one person with one need: first the conditions that
// cannot be made up for, each with its reason, then a score made of named
// criteria, each with its points and the words that it rests on. It takes values
// and returns values: no database, no clock, no chance, so that a ranking can be
// explained and replayed. The score is advice; people decide.
//
// What protects people from being judged by what they are is missing on
// purpose: the values here have no place for a name, a sex or an age.
package matching

import (
	"cmp"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/taxonomy"
)

// Algorithm names the rules of this package. It changes whenever the same
// values would be scored differently; frozen rankings carry it.
const Algorithm = "sankofa-1"

// Whole is what the points of all criteria of a need add up to.
const Whole = 1000

// Need is what a host institution asks for, as far as people are compared with it.
type Need struct {
	Country         string
	ISCO            string // unit group, four digits
	Occupation      string // in the host's words
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
	Terms           []Term    // words of the terms of reference that carry meaning, sorted by stem
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
	Terms            []Term // words of the person's texts, sorted by stem
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
	ISCO  string
	Title string
}

// Window is a period in which the person can be away from home.
type Window struct{ From, To day.Day }

// Term is a word of a text: the stem that is compared, and the word as written.
type Term struct{ Stem, Word string }

// Mention is a concept that a text speaks of, and the words that say so.
type Mention = taxonomy.Mention

// Relation says how a person's concept stands to the one that a need asks for.
type Relation = taxonomy.Relation

// relationNames spells the relations on the wire.
var relationNames = map[Relation]string{
	taxonomy.Same: "same", taxonomy.Narrower: "narrower", taxonomy.Broader: "broader", taxonomy.Sibling: "sibling",
}

// Concepts is the knowledge about concepts that a comparison needs.
type Concepts interface {
	// Relation says how the person's concept stands to the need's.
	Relation(need, person string) Relation
	// LinkSkill returns the concept that the words name as a whole.
	LinkSkill(words, language string) (string, bool)
	// Mentions finds the concepts that a text of the language speaks of.
	Mentions(text, language string) []Mention
}

// Words says how much a word tells: more the fewer people use it.
type Words interface {
	// Weight is 0 for a word that nobody uses, and never negative.
	Weight(stem string) int
}

// Texts breaks a text of a language into the words that carry meaning: one entry
// a stem, sorted by stem.
type Texts interface {
	Terms(text, language string) []Term
}

// Status says how far a criterion is met.
type Status string

// The statuses of a criterion.
const (
	Met     Status = "met"
	Partly  Status = "partly"
	Missing Status = "missing"
	Unknown Status = "unknown" // the profile does not say
)

// Evidence is the words on both sides that a criterion rests on.
type Evidence struct {
	Need   string `json:"need" doc:"What the need asks for, in its own words"`
	Person string `json:"person" doc:"What the profile says, in the person's own words; empty when it says nothing"`
}

// Criterion is one line of a score.
type Criterion struct {
	Name     string   `json:"name" doc:"The criterion, such as skill.required; a stable key"`
	Status   Status   `json:"status" enum:"met,partly,missing,unknown"`
	Points   int      `json:"points" doc:"Points given"`
	Of       int      `json:"of" doc:"Points that could be given"`
	Evidence Evidence `json:"evidence"`
	Concept  string   `json:"concept" doc:"The concept that both sides meet on, or that the need asks for; empty without one"`
	// ConceptLabel is for readers: no rule sets or reads it.
	ConceptLabel string `json:"conceptLabel" doc:"The concept in the reader's language, and in a frozen ranking in the need's; empty without one"`
	Relation     string `json:"relation,omitempty" enum:"same,narrower,broader,sibling,words" doc:"How the person's words stand to the need's"`
	Source       Source `json:"source,omitempty" enum:"skill,experience,cv" doc:"Where in the profile the words stand"`
}

// Result is what came out of comparing a person with a need.
type Result struct {
	Pseudonym string
	Score     int         // the sum of the criteria's points
	Criteria  []Criterion // whose "of" add up to Whole
}

// Compare orders results: the higher score first, and of equals the pseudonym
// that sorts first, so that the order never depends on chance.
func Compare(a, b Result) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Pseudonym, b.Pseudonym))
}
