// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"slices"
	"strings"
	"unicode"

	"sankofa/backend/internal/fault"
)

// A query is written as people write to any search page: words that must all be
// there, "words in a row", -words that must not be there, one OR another, and
// field:value for what a profile states in codes.

// clause is one thing that a query asks for.
type clause struct {
	negated bool
	field   string // empty: anywhere in the texts
	text    string // in small letters
	phrase  bool   // the words in a row
}

// query asks for at least one clause of every group.
type query [][]clause

// mostClauses bounds what one query may ask for.
const mostClauses = 30

// parseQuery reads what somebody typed, or complains about it.
func parseQuery(text string) (query, error) {
	var check fault.Check
	var q query
	alternative, clauses := false, 0
	for _, part := range split(text) {
		if part == "OR" && len(q) > 0 {
			alternative = true
			continue
		}
		c, ok := parseClause(part, &check)
		if !ok {
			continue
		}
		clauses++
		if alternative {
			q[len(q)-1] = append(q[len(q)-1], c)
		} else {
			q = append(q, []clause{c})
		}
		alternative = false
	}
	check.That(clauses > 0 || check.Failed(), "q", "query.empty", "Please write what you are looking for.")
	check.That(clauses <= mostClauses, "q", "query.long", "Please ask for at most %d things at once.", mostClauses)
	return q, check.Err()
}

// split cuts a query at its blanks, but not within quotation marks.
func split(text string) []string {
	quoted := false
	return strings.FieldsFunc(text, func(r rune) bool {
		if strings.ContainsRune(`"“”„«»`, r) {
			quoted = !quoted
		}
		return !quoted && unicode.IsSpace(r)
	})
}

// parseClause reads one part; AND is what blanks mean anyway.
func parseClause(part string, check *fault.Check) (clause, bool) {
	if part == "AND" {
		return clause{}, false
	}
	c := clause{}
	part, c.negated = strings.CutPrefix(part, "-")
	if name, value, ok := strings.Cut(part, ":"); ok && name != "" && !strings.ContainsAny(name, `"“”„«» `) {
		c.field, part = strings.ToLower(name), value
	}
	bare := strings.Trim(part, `"“”„«»`)
	c.phrase = bare != part
	c.text = strings.ToLower(strings.TrimSpace(bare))
	if c.text == "" {
		return c, false
	}
	if c.field == "" {
		return c, true
	}
	f, known := queryFields[c.field]
	check.That(known, "q", "query.field", "There is no field %q. There are: %s.", c.field, strings.Join(fieldNames(), ", "))
	if known {
		check.That(f.fits(c.text), "q", "query.value", "%s: %q does not fit. %s", c.field, c.text, f.help)
	}
	return c, true
}

// fieldNames lists the fields that a query may name.
func fieldNames() []string {
	names := make([]string, 0, len(queryFields))
	for name := range queryFields {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
