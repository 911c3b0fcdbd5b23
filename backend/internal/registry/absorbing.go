// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"encoding/json"
	"slices"

	"gorm.io/gorm/clause"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Side says from which of two records a field is taken.
type Side string

// The sides. Lists may be taken from both.
const (
	FromFirst  Side = "first"
	FromSecond Side = "second"
	FromBoth   Side = "both"
)

// Compared is one field of two records, as text; of a list, JSON.
type Compared struct {
	Field         string
	List          bool
	First, Second string
}

// Compare returns every field of two records that says something in one of them.
func Compare(first, second *Profile) []Compared {
	var out []Compared
	for _, f := range fields {
		a, b := f.text(first), f.text(second)
		if said(a) || said(b) {
			out = append(out, Compared{Field: f.name, List: f.section, First: a, Second: b})
		}
	}
	return out
}

// said tells whether a field's text says anything.
func said(text string) bool { return text != "" && text != "[]" && text != "0" && text != "false" }

// Confirmed tells whether the person has made the record their own.
func (p *Professional) Confirmed() bool { return p.State == Active || p.State == Paused }

// Joined returns what one record becomes that takes the fields as chosen from
// another. Where nothing was chosen, what the first says stands, what it does not
// say comes from the second, and lists are taken from both. What people wrote
// about themselves gives way to nobody's words.
func Joined(first, second Profile, take map[string]Side) (Profile, error) {
	out := first
	var c fault.Check
	own := first.Confirmed() && !second.Confirmed()
	for _, f := range fields {
		side, chosen := take[f.name]
		a, b := said(f.text(&first)), said(f.text(&second))
		if !chosen {
			side = usual(f, a)
		}
		switch {
		case side == FromFirst || side == FromBoth && f.section && !b:
		case side == FromSecond && own && a && f.text(&first) != f.text(&second):
			c.That(false, "take."+f.name, "merge.own_words", "The person has written this themselves; it stays.")
		case side == FromSecond:
			f.copy(&out, &second)
		case side == FromBoth && f.section:
			unite(f.name, &out, &second)
		default:
			c.That(false, "take."+f.name, "merge.side", "Please choose first or second; lists may be taken from both.")
		}
	}
	for name := range take {
		known := slices.ContainsFunc(fields, func(f field) bool { return f.name == name })
		c.That(known, "take."+name, "field.unknown", "There is no such field.")
	}
	return out, c.Err()
}

func usual(f field, said bool) Side {
	switch {
	case f.section:
		return FromBoth
	case said:
		return FromFirst
	}
	return FromSecond
}

// unite adds the rows of a list that the other record has and this one lacks.
func unite(name string, to, from *Profile) {
	switch name {
	case "skills":
		to.Skills = united(to.Skills, from.Skills, func(s Skill) string { return skillKey(s.Concept, s.Label) })
	case "languages":
		to.Languages = united(to.Languages, from.Languages, func(l Language) string { return l.Language })
	case "education":
		to.Education = united(to.Education, from.Education, spelt(func(e Education) any { return writtenEducation(e) }))
	case "licences":
		to.Licences = united(to.Licences, from.Licences, func(l Licence) string { return LicenceKey(l) })
	case "experience":
		to.Experience = united(to.Experience, from.Experience, spelt(func(e Experience) any { return writtenExperience(e) }))
	case "availability":
		to.Availability = united(to.Availability, from.Availability, spelt(func(w Window) any { return writtenWindow(w) }))
	}
}

func spelt[T any](written func(T) any) func(T) string {
	return func(row T) string {
		text, _ := json.Marshal(written(row)) // plain structs of text and numbers always encode
		return Fold(string(text))
	}
}

func united[T any](to, from []T, key func(T) string) []T {
	out := slices.Clone(to)
	for _, row := range from {
		if !slices.ContainsFunc(out, func(have T) bool { return key(have) == key(row) }) {
			out = append(out, row)
		}
	}
	return out
}

// skillKey names a skill whatever row it stands in: by its concept, or by its words.
func skillKey(concept, label string) string {
	if concept != "" {
		return concept
	}
	return "words " + Fold(clean(label))
}

// LicenceKey names a licence whatever row it stands in.
func LicenceKey(l Licence) string { return Fold(l.Country + "|" + l.Body + "|" + l.Number) }

// SaveJoinedIn writes a record that has taken in another: its fields, where each
// came from, and its keys.
func (s *Service) SaveJoinedIn(tx *store.Tx, who identity.Actor, p *Profile, written Profile) error {
	stored := *p
	both := stored
	both.Skills = append(slices.Clone(stored.Skills), written.Skills...) // evidence of either stays evidence
	both.Availability = append(slices.Clone(stored.Availability), written.Availability...)
	if err := s.checked(&written, &both, false); err != nil {
		return err
	}
	changes := overwrite(p, &written)
	for _, c := range changes {
		if !c.section {
			continue
		}
		if err := saveSectionIn(tx, p, c.field); err != nil {
			return err
		}
	}
	if err := rememberIn(tx, p.ID, who, FromMerge, changes); err != nil {
		return err
	}
	return saveIn(tx, &p.Professional)
}

// JoinIn enrols a person and makes them a member, where they are not yet.
func JoinIn(tx *store.Tx, professionalID string, programmes, associations []string) error {
	return joinIn(tx, professionalID, programmes, associations)
}

// LockIn returns a record with everything that belongs to it, and holds it until
// the transaction ends.
func LockIn(tx *store.Tx, professionalID string) (Profile, error) {
	if _, err := lockIn(tx, professionalID); err != nil {
		return Profile{}, err
	}
	return profileIn(tx, professionalID)
}

// CloseLinksIn makes every open invitation of the person useless.
func CloseLinksIn(tx *store.Tx, professionalID string) error { return closeLinksIn(tx, professionalID) }

// PairsIn returns the pairs that the actor may decide on: an officer's own
// members, a coordinator's programme, everything for an administrator.
func PairsIn(tx *store.Tx, who identity.Actor, state, after string, limit int) ([]Pair, error) {
	query := pairsOf(tx, who).Where("state = ?", state).Order("id DESC").Limit(limit)
	if after != "" {
		query = query.Where("id < ?", after)
	}
	var out []Pair
	return out, query.Find(&out).Error
}

// HoldPairIn is PairIn for whoever decides about the two: until the transaction ends
// nobody else does, so that of two who decide at once one is told. SQLite's one
// writer needs no lock.
func HoldPairIn(tx *store.Tx, who identity.Actor, ref string) (Pair, error) {
	var held []Pair
	if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", ref).Find(&held).Error; err != nil {
		return Pair{}, err
	}
	return PairIn(tx, who, ref)
}

// PairIn returns one of them.
func PairIn(tx *store.Tx, who identity.Actor, ref string) (Pair, error) {
	var rows []Pair
	if err := pairsOf(tx, who).Where("id = ?", ref).Limit(1).Find(&rows).Error; err != nil {
		return Pair{}, err
	}
	if len(rows) == 0 {
		return Pair{}, fault.New(fault.Missing, "duplicate.missing", "These two are not in the list any more.")
	}
	return rows[0], nil
}
