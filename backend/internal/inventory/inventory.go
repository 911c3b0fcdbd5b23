// SPDX-License-Identifier: AGPL-3.0-or-later

// Package inventory says of every column of every table what it is for: the
// purpose, the legal basis, how long it is kept, whether it is about a person and
// what becomes of it when that person is erased. The record of processing
// activities, the export of everything and the erasure are made from it, so that
// none of them can forget a column. A test of store compares it with the schema:
// a column that is not here fails the build.
package inventory

import (
	"fmt"
	"strings"
)

// Basis is the legal basis of a processing (GDPR, article 6).
type Basis string

// The bases.
const (
	Consent    Basis = "consent"    // 6(1)(a): the person agreed to this purpose
	Contract   Basis = "contract"   // 6(1)(b): an account, a placement
	Legal      Basis = "legal"      // 6(1)(c): accountability and public accounts
	PublicTask Basis = "publictask" // 6(1)(e): the programme's own work
	NotOfOne   Basis = "none"       // no personal data
)

// Term is a class of retention: how long rows are kept. Retention says it in days.
type Term string

// The classes.
const (
	WhileUsed   Term = "profile"   // while the person uses the profile; they are asked before it goes
	Evidence    Term = "evidence"  // of consents and rights: three years after they ended
	Selecting   Term = "selection" // words of a selection: two years after it ended
	Mission     Term = "placement" // placements and their accounts: ten years
	Trail       Term = "ledger"    // the audit trail, by identifiers only: as long as the programme
	Passing     Term = "passing"   // hours to weeks, by its own expiry
	WhileMember Term = "account"   // while the account or the office exists
	Shared      Term = "programme" // the programme's own data: as long as it runs
)

// Kind is the class of what a column holds.
type Kind string

// The kinds. Those from Pseudonym to Words are personal where a table is about people.
const (
	Key       Kind = "key"       // which row it is, or which other row it belongs to
	Technical Kind = "technical" // order, version, moments of writing
	Act       Kind = "act"       // which officer did it, by identifier
	Plain     Kind = "plain"     // nobody's
	Secret    Kind = "secret"    // a digest or a key: never shown, not even to the person
	Pseudonym Kind = "pseudonym"
	Identity  Kind = "identity"
	Contact   Kind = "contact"
	Working   Kind = "working"   // qualifications, availability, how a selection went
	Sensitive Kind = "sensitive" // sex, birth, status, what a person needs to be able to work
	Words     Kind = "words"     // free text about or by a person
)

// Personal tells whether a column of the kind is personal data.
func (k Kind) Personal() bool {
	switch k {
	case Pseudonym, Identity, Contact, Working, Sensitive, Words:
		return true
	}
	return false
}

// Fate is what becomes of a person's rows when they are erased.
type Fate string

// The fates.
const (
	Deleted  Fate = "deleted"
	Scrubbed Fate = "scrubbed" // the row stays, by pseudonym; columns with a value to put get it
	Kept     Fate = "kept"     // nothing in it says who it is once the profile is scrubbed
	Edited   Fate = "edited"   // the person is taken out of a document that is about many
)

// Column is one column of a table.
type Column struct {
	Name    string
	Kind    Kind
	Purpose string
	Erased  string // the SQL value that takes the place of the person's; empty: it stays
}

// Table is one table: what it is for and whose its rows are.
type Table struct {
	Name    string
	Purpose string
	Basis   Basis
	Term    Term
	// Whose is the SQL condition of the rows of one person, with @person, @user and
	// @pseudonym; empty where the table is not about professionals.
	Whose string
	// Section is where the export tells what a document about many says of the person;
	// only for tables that are Edited.
	Section string
	Fate    Fate
	Reason  string // why rows stay, in plain words; for what is scrubbed or kept
	Columns []Column
	text    string
}

// Tables returns the whole inventory, in the order in which a person is erased:
// what refers to a row goes before it.
func Tables() []Table { return all }

// Of returns the table with the name.
func Of(name string) (Table, bool) {
	for _, t := range all {
		if t.Name == name {
			return t, true
		}
	}
	return Table{}, false
}

var all = mustRead(applying, work, stays, imports, told, evidence, documents, people, committees, selections, accounts, programme, officers)

// mustRead reads the columns of the tables; a mistake in them is one of ours that
// the first test finds.
func mustRead(parts ...[]Table) []Table {
	var out []Table
	for _, part := range parts {
		for _, t := range part {
			columns, err := read(t.text)
			if err != nil {
				panic(fmt.Sprintf("inventory of %s: %v", t.Name, err))
			}
			t.Columns = columns
			out = append(out, t)
		}
	}
	return out
}

// read reads one column a line: name | kind | purpose | value on erasure.
func read(text string) ([]Column, error) {
	var out []Column
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		parts := strings.Split(line, "|")
		if len(parts) < 3 || len(parts) > 4 {
			return nil, fmt.Errorf("the line %q is not: name | kind | purpose | value", line)
		}
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		c := Column{Name: parts[0], Kind: Kind(parts[1]), Purpose: parts[2]}
		if len(parts) == 4 {
			c.Erased = parts[3]
		}
		if c.Name == "" || c.Purpose == "" || !known[c.Kind] {
			return nil, fmt.Errorf("the line %q lacks a name, a purpose or a kind that we know", line)
		}
		out = append(out, c)
	}
	return out, nil
}

var known = map[Kind]bool{Key: true, Technical: true, Act: true, Plain: true, Secret: true, Pseudonym: true, Identity: true,
	Contact: true, Working: true, Sensitive: true, Words: true}
