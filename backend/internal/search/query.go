// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"sankofa/backend/internal/fault"
)

// A query is written as people write to any search page: words that must all be
// there, "words in a row", -words that must not be there, one OR another,
// (parts in parentheses), and field:value for what a profile states in codes.
// OR binds more closely than the blank between two parts, as search pages have it.

// The bounds of a query.
const (
	longestQuery = 2000 // characters
	mostClauses  = 30
	deepest      = 20 // parentheses within parentheses
)

// clause is one thing that a query asks for.
type clause struct {
	field    string // empty: anywhere in the texts
	text     string // in small letters, without marks that nobody sees
	phrase   bool   // the words in a row, as they are written
	from, to int    // where it stands in the query, in characters
}

// node is a part of a query: a clause, or parts of which all, any or none must hold.
type node struct {
	kind nodeKind
	kids []*node
	clause
}

type nodeKind int

const (
	oneClause nodeKind = iota
	allOf
	anyOf
	noneOf // of its only kid
)

// parser reads a query. It complains about the first thing that it cannot read,
// says where it stands, and offers the query with that mended.
type parser struct {
	text    []rune
	tokens  []token
	at      int
	clauses int
	depth   int
	names   *names
}

// token is a piece of a query.
type token struct {
	kind     tokenKind
	text     string // of words and phrases, as written
	field    string // as written; empty without one
	from, to int    // in characters
}

type tokenKind int

const (
	aWord tokenKind = iota
	aPhrase
	anOpening
	aClosing
	aMinus
	anOr
	aNot
	anAnd
)

// connectives are the words between parts, in the languages of the screens.
var connectives = map[string]tokenKind{"OR": anOr, "OU": anOr, "أو": anOr, "AND": anAnd, "ET": anAnd, "NOT": aNot, "SAUF": aNot, "ليس": aNot,
	"EXCETO": aNot}

// parseQuery reads what somebody typed, or complains about it. Nothing but blanks
// gives no query at all: whether that will do is for the caller to say.
func parseQuery(text string, known *names) (*node, error) {
	if len(text) > 4*longestQuery || len([]rune(text)) > longestQuery {
		return nil, complaint("query.long", -1, "", fmt.Sprintf("Please keep this to %d characters.", longestQuery))
	}
	p := &parser{text: []rune(text), names: known}
	p.split()
	tree, err := p.all()
	if err != nil {
		return nil, err
	}
	if p.at < len(p.tokens) { // nothing but a closing parenthesis ends a part
		t := p.tokens[p.at]
		return nil, complaint("query.unopened", t.from, p.without(t), fmt.Sprintf("The parenthesis at character %d closes nothing.", t.from+1))
	}
	if p.clauses > mostClauses {
		return nil, complaint("query.long", -1, "", fmt.Sprintf("Please ask for at most %d things at once.", mostClauses))
	}
	return tree, nil
}

// complaint is the answer to a query that cannot be read.
func complaint(code string, at int, mend, message string) error {
	f := fault.New(fault.Invalid, "request.invalid", "Some fields need your attention.")
	if mend != "" {
		message += fmt.Sprintf(" Did you mean: %s", mend)
	}
	f.Fields = []fault.Field{{Field: "q", Code: code, Message: message, At: at + 1, Mend: mend}}
	return f
}

// without returns the query without a piece of it.
func (p *parser) without(t token) string {
	return strings.Join(strings.Fields(string(p.text[:t.from])+" "+string(p.text[t.to:])), " ")
}

// with returns the query with something else in the place of a piece.
func (p *parser) with(t token, instead string) string {
	return strings.TrimSpace(string(p.text[:t.from]) + instead + string(p.text[t.to:]))
}

const quotes = `"“”„‟«»＂`

func isQuote(r rune) bool { return strings.ContainsRune(quotes, r) }

// unseen tells of marks that steer how a text is shown, and of other characters
// that nobody sees: they mean nothing here.
func unseen(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.IsControl(r) && !unicode.IsSpace(r) || r == unicode.ReplacementChar
}

// split cuts the text into tokens.
func (p *parser) split() {
	for i := 0; i < len(p.text); {
		switch r := p.text[i]; {
		case unicode.IsSpace(r) || unseen(r):
			i++
		case r == '(' || r == ')':
			p.tokens = append(p.tokens, token{kind: map[rune]tokenKind{'(': anOpening, ')': aClosing}[r], from: i, to: i + 1})
			i++
		case (r == '-' || r == '−') && i+1 < len(p.text) && !unicode.IsSpace(p.text[i+1]) && p.text[i+1] != '-':
			p.tokens = append(p.tokens, token{kind: aMinus, from: i, to: i + 1})
			i++
		default:
			i = p.piece(i)
		}
	}
}

// piece reads a word, a phrase or a field with its value, and returns where it ends.
func (p *parser) piece(from int) int {
	t := token{kind: aWord, from: from}
	at := from
	if colon := p.name(from); colon > 0 {
		t.field, at = string(p.text[from:colon]), colon+1
	}
	if at < len(p.text) && isQuote(p.text[at]) {
		end := at + 1
		for end < len(p.text) && !isQuote(p.text[end]) {
			end++
		}
		t.kind, t.text, t.to = aPhrase, string(p.text[at+1:end]), min(end+1, len(p.text))
	} else {
		end := at
		for end < len(p.text) && !unicode.IsSpace(p.text[end]) && !strings.ContainsRune("()", p.text[end]) && !isQuote(p.text[end]) {
			end++
		}
		t.text, t.to = string(p.text[at:end]), end
	}
	if kind, ok := connectives[t.text]; ok && t.field == "" && t.kind == aWord {
		t.kind = kind
	}
	p.tokens = append(p.tokens, t)
	return max(t.to, from+1)
}

// name returns where the colon after the name of a field stands, or 0.
func (p *parser) name(from int) int {
	for i := from; i < len(p.text) && i-from <= 30; i++ {
		if r := p.text[i]; r == ':' && i > from {
			return i
		} else if !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '_' {
			return 0
		}
	}
	return 0
}

// all reads parts that must all hold.
func (p *parser) all() (*node, error) {
	out := &node{kind: allOf}
	for p.at < len(p.tokens) && p.tokens[p.at].kind != aClosing {
		kid, err := p.any()
		if err != nil {
			return nil, err
		}
		if kid != nil {
			out.kids = append(out.kids, kid)
		}
	}
	if len(out.kids) == 0 {
		return nil, nil
	}
	return out, nil
}

// any reads one part OR another.
func (p *parser) any() (*node, error) {
	out := &node{kind: anyOf}
	for {
		kid, err := p.one()
		if err != nil {
			return nil, err
		}
		if kid != nil {
			out.kids = append(out.kids, kid)
		}
		if p.at >= len(p.tokens) || p.tokens[p.at].kind != anOr {
			break
		}
		p.at++
	}
	switch len(out.kids) {
	case 0:
		return nil, nil
	case 1:
		return out.kids[0], nil
	}
	return out, nil
}

// one reads a part that stands alone. A connective without its parts asks for nothing.
func (p *parser) one() (*node, error) {
	if p.at >= len(p.tokens) {
		return nil, nil
	}
	t := p.tokens[p.at]
	switch t.kind {
	case aClosing, anOr:
		return nil, nil
	case anAnd:
		p.at++
		return p.one()
	case aMinus, aNot:
		p.at++
		kid, err := p.one()
		if err != nil || kid == nil {
			return nil, err
		}
		return &node{kind: noneOf, kids: []*node{kid}}, nil
	case anOpening:
		return p.nested(t)
	}
	p.at++
	return p.read(t)
}

// nested reads what stands in parentheses.
func (p *parser) nested(opening token) (*node, error) {
	p.at++
	if p.depth++; p.depth > deepest {
		return nil, complaint("query.deep", opening.from, "", fmt.Sprintf("The parenthesis at character %d is within %d others. Please write this more simply.", opening.from+1, deepest))
	}
	inner, err := p.all()
	if err != nil {
		return nil, err
	}
	p.depth--
	if p.at >= len(p.tokens) {
		return nil, complaint("query.unclosed", opening.from, strings.TrimSpace(string(p.text))+")", fmt.Sprintf("The parenthesis at character %d is not closed.", opening.from+1))
	}
	p.at++
	return inner, nil
}

// read turns a token into a clause.
func (p *parser) read(t token) (*node, error) {
	c := clause{phrase: t.kind == aPhrase, from: t.from, to: t.to, text: visible(t.text)}
	if t.field != "" {
		name, ok := fieldNamed(t.field)
		if !ok {
			return nil, p.unknownField(t)
		}
		c.field = name
		value, hint := queryFields[name].read(c.text, p.names)
		if value == "" {
			return nil, p.unfit(t, name, hint)
		}
		c.text, c.phrase = value, false
	}
	if c.text == "" {
		return nil, nil
	}
	p.clauses++
	return &node{kind: oneClause, clause: c}, nil
}

// visible returns a text in small letters without what nobody sees.
func visible(text string) string {
	return strings.ToLower(strings.TrimSpace(strings.Map(func(r rune) rune {
		if unseen(r) {
			return -1
		}
		return r
	}, text)))
}

// unknownField complains about a field that there is not, and offers the nearest,
// or the same words without a field.
func (p *parser) unknownField(t token) error {
	name, best := "", 3
	for _, one := range fieldNames() {
		if d := distance(strings.ToLower(t.field), one, best); d < best {
			name, best = one, d
		}
	}
	mend := p.with(t, `"`+strings.TrimRight(string(p.text[t.from:t.to]), quotes)+`"`)
	if name != "" {
		mend = p.with(t, name+string(p.text[t.from+len([]rune(t.field)):t.to]))
	}
	return complaint("query.field", t.from, mend, fmt.Sprintf("There is no field %q at character %d. There are: %s.", t.field, t.from+1, strings.Join(fieldNames(), ", ")))
}

// unfit complains about a value.
func (p *parser) unfit(t token, field, hint string) error {
	mend := ""
	if hint != "" {
		mend = p.with(t, field+":"+hint)
	}
	return complaint("query.value", t.from, mend, fmt.Sprintf("%s at character %d: %q does not fit. %s", field, t.from+1, t.text, queryFields[field].help))
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
