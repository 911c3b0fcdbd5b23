// SPDX-License-Identifier: AGPL-3.0-or-later

// Package matching compares one person with one need: first the conditions that
// cannot be made up for, each with its reason, then a score made of named
// criteria, each with its points and the words that it rests on. It takes values
// and returns values: no database, no clock, no chance, so that a ranking can be
// explained and replayed. The score is advice; people decide.
//
// What protects people from being judged by what they are is missing on
// purpose: the values here have no place for a name, a sex or an age.
//
// # The shape of a score
//
// A need lays a list of rules, the same for everybody ([Scorer.lay]). A rule
// judges one person and returns a share in thousandths, computed in whole
// numbers from codes, levels, counts and days alone; words only decorate it.
// The points of a rule are of·share/1000, rounded; "of" is the rule's part of
// [Whole]. It follows from the weight of the rule's group, which a small linear
// model gives ([Model]), and from the rule's part in its group. What a person
// has to do with the weights is their [Class], a handful of small numbers, so
// that few different lists of "of" occur and each is laid once ([Scorer.of]).
// What a rule must know of everybody else is in a [Crowd]: counts of people.
//
// Whoever computes scores in another way, over columns in memory, needs: the
// rules' shares as functions of one value each, the list of "of" of each class,
// and the same whole-number arithmetic. A test compares the two.
package matching

import (
	"sankofa/backend/internal/taxonomy"
)

// Algorithm names the rules of this package. It changes whenever the same
// values would be scored differently; frozen rankings carry it.
const Algorithm = "sankofa-2"

// Whole is what the points of all criteria of a need add up to.
const Whole = 1000

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
	// LinkOccupation returns the ISCO-08 unit groups that a job title probably means.
	LinkOccupation(title, language string) []taxonomy.Suggestion
}

// Texts breaks a text of a language into the words that carry meaning: one entry
// a stem with how often it occurs, sorted by stem.
type Texts interface {
	Terms(text, language string) []Term
}
