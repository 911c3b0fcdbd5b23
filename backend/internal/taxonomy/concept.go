// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"slices"
	"strings"
)

// Where a label comes from.
const (
	FromShipped = "shipped" // the vocabulary that comes with the program
	FromESCO    = "esco"
	FromStaff   = "local"
)

// OriginLabel is a label of a concept with where it comes from.
type OriginLabel struct {
	Language  string
	Label     string
	Preferred bool
	Origin    string // FromShipped, FromESCO
	Concept   string // the everyday occupation that it is a label of; of others the concept itself
}

// Known is a concept with everything that it is called in the vocabulary and in
// ESCO; what staff added is in Words.List.
type Known struct {
	Kind    string
	ID      string
	Label   string // in the reader's language
	Sector  string // of a skill
	ISCO    []string
	Broader []string
	Labels  []OriginLabel
}

// Concept returns a concept with its labels, by language; an everyday
// occupation is shown with its unit group.
func (t *Taxonomy) Concept(kind, id, reader string) (Known, bool) {
	if !t.concept(kind, id) {
		return Known{}, false
	}
	k := Known{Kind: kind, ID: id, Label: t.conceptLabel(kind, id, reader)}
	group, groups := LocalWord{Concept: id}.group(), t.importedGroups()
	if kind == SkillKind {
		s, _ := t.Find(id)
		k.ID, k.Sector, k.ISCO, k.Broader = s.ID, s.Sector, s.ISCO, s.Broader
	} else {
		k.ISCO = []string{group}
	}
	ranks := map[[2]string]int{}
	t.eachLabel(nil, func(of, concept, language, label, origin string) {
		mine := of == kind && (concept == k.ID || kind == OccupationKind && groupOf(concept, groups) == group)
		if !mine || origin == FromStaff {
			return
		}
		at := [2]string{concept, language}
		k.Labels = append(k.Labels, OriginLabel{Language: language, Label: label, Preferred: ranks[at] == 0, Origin: origin, Concept: concept})
		ranks[at]++
	})
	slices.SortStableFunc(k.Labels, func(a, b OriginLabel) int { return strings.Compare(a.Language, b.Language) })
	return k, true
}

// importedGroups returns the unit groups of ESCO's occupations.
func (t *Taxonomy) importedGroups() map[string]string {
	imported := t.now.Load().imported
	groups := make(map[string]string, len(imported))
	for _, o := range imported {
		groups[o.ID] = o.ISCO
	}
	return groups
}

// groupOf returns the unit group of an occupation of ours or of ESCO.
func groupOf(concept string, imported map[string]string) string {
	if code, ok := imported[concept]; ok {
		return code
	}
	return LocalWord{Concept: concept}.group()
}

// eachLabel calls f for every label in one of the languages, or in any: groups,
// occupations, skills and local words, the preferred label of each first.
func (t *Taxonomy) eachLabel(languages map[string]bool, f func(kind, concept, language, label, origin string)) {
	v := t.now.Load()
	tell := func(kind, concept string, labels Labels, origin func(language string, rank int) string) {
		for _, language := range slices.Sorted(keysOf(labels)) {
			if languages != nil && !languages[language] {
				continue
			}
			for rank, label := range labels[language] {
				f(kind, concept, language, label, origin(language, rank))
			}
		}
	}
	always := func(origin string) func(string, int) string { return func(string, int) string { return origin } }
	for _, code := range slices.Sorted(keysOf(v.groups)) {
		if len(code) != 4 {
			continue
		}
		tell(OccupationKind, code, v.groups[code].Labels, func(language string, _ int) string {
			if own := t.shipped.groups[code]; own == nil || len(own.Labels[language]) == 0 {
				return FromESCO
			}
			return FromShipped
		})
	}
	for _, o := range v.occupations {
		tell(OccupationKind, o.ID, o.Labels, always(FromShipped))
	}
	for _, o := range v.imported {
		tell(OccupationKind, o.ID, o.Labels, always(FromESCO))
	}
	for _, id := range slices.Sorted(keysOf(v.skills)) {
		s := v.skills[id]
		switch s.Sector {
		case escoGroup:
		case escoSector:
			tell(SkillKind, id, s.Labels, always(FromESCO))
		default:
			own := v.ownLabels(id)
			tell(SkillKind, id, s.Labels, func(language string, rank int) string {
				if rank < len(own[language]) {
					return FromShipped
				}
				return FromESCO
			})
		}
	}
	for _, w := range t.Local() {
		if languages == nil || languages[w.Language] {
			f(w.Kind, w.Concept, w.Language, w.Word, FromStaff)
		}
	}
}
