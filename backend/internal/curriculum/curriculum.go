// SPDX-License-Identifier: AGPL-3.0-or-later

// Package curriculum reads curricula vitae. It finds text in a document, and in
// the text what a profile could say: posts, education, languages, skills. It
// decides nothing: everything is a suggestion with the words that it comes from
// and how sure we are, for the person to confirm one by one.
package curriculum

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// Linker knows which concepts words mean; taxonomy does.
type Linker interface {
	// Occupations names ISCO-08 unit groups, best first.
	Occupations(title, language string) []Link
	// Skills names skills of the vocabulary, best first.
	Skills(words, language string) []Link
	// Fields names ISCED-F 2013 fields of study, best first.
	Fields(words, language string) []Link
	// Guess tells which language texts are written in.
	Guess(texts []string) string
}

// Link is a concept that words probably mean.
type Link struct {
	ID    string
	Label string
	Sure  int // of 1000
}

// Suggestion is one thing that a CV says and a profile could: one field, or one
// row of a list.
type Suggestion struct {
	Field string          `json:"field"` // as the API spells it: "phone", "experience"
	Value json.RawMessage `json:"value"` // as the API spells it: text, a number, or one row
	Words string          `json:"words"` // what stands in the CV
	Sure  int             `json:"sure"`  // of 1000
}

// Reading is what was found in a CV.
type Reading struct {
	Source      string // pdf, docx, odt, text, jsonresume, europass
	Language    string // ISO 639-1
	Suggestions []Suggestion
	Text        string // the whole text, for searches if the person agrees
}

// Limits on what is looked at: a CV of a long life, and nothing that could
// keep a server busy.
const (
	mostText        = 200_000 // characters of a CV that are looked at
	mostLine        = 200     // characters of a line of a profile
	mostWords       = 300     // characters that are quoted
	mostSuggestions = 120
	mostRows        = 30 // of one list
)

// The rows of lists, as the API spells them.
type (
	skillRow struct {
		Concept string `json:"concept"`
		Label   string `json:"label"`
		Level   int    `json:"level"`
	}
	languageRow struct {
		Language    string `json:"language"`
		Native      bool   `json:"native"`
		Listening   string `json:"listening"`
		Reading     string `json:"reading"`
		Interaction string `json:"interaction"`
		Production  string `json:"production"`
		Writing     string `json:"writing"`
	}
	educationRow struct {
		Level       int    `json:"level"`
		Field       string `json:"field"`
		Title       string `json:"title"`
		Institution string `json:"institution"`
		Country     string `json:"country"`
		Year        int    `json:"year"`
	}
	licenceRow struct {
		Body       string `json:"body"`
		Number     string `json:"number"`
		Country    string `json:"country"`
		ValidFrom  string `json:"validFrom"`
		ValidUntil string `json:"validUntil"`
	}
	experienceRow struct {
		Title       string `json:"title"`
		ISCO        string `json:"isco"`
		Employer    string `json:"employer"`
		Country     string `json:"country"`
		From        string `json:"from"`
		To          string `json:"to"`
		Description string `json:"description"`
	}
)

// found collects suggestions.
type found struct {
	linker   Linker
	language string
	thisYear int
	all      []Suggestion
	rows     map[string]int
	seen     map[string]bool
}

func newFound(linker Linker, language string, thisYear int) *found {
	return &found{linker: linker, language: language, thisYear: thisYear, rows: map[string]int{}, seen: map[string]bool{}}
}

// suggest adds a suggestion once, unless there are too many or it says nothing.
func (f *found) suggest(field string, value any, words string, sure int) {
	text, err := json.Marshal(value)
	if err != nil || string(text) == `""` || string(text) == "0" {
		return
	}
	mark := field + string(text)
	if f.seen[mark] || len(f.all) >= mostSuggestions || f.rows[field] >= mostRows {
		return
	}
	f.seen[mark] = true
	f.rows[field]++
	f.all = append(f.all, Suggestion{Field: field, Value: text, Words: cut(oneLine(words), mostWords), Sure: sure})
}

// single adds a suggestion for a field that has one value, if there is none yet.
func (f *found) single(field string, value any, words string, sure int) {
	if f.rows[field] == 0 {
		f.suggest(field, value, words, sure)
	}
}

// cut keeps at most so many characters.
func cut(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return strings.TrimSpace(string([]rune(text)[:most-1])) + "…"
}

// oneLine puts text on one line without doubled blanks.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// line is text for a field of one line.
func line(text string) string { return cut(oneLine(text), mostLine) }
