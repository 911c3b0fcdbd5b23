// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"cmp"
	"slices"
	"strings"
)

// Suggestion is what typing finds.
type Suggestion struct {
	ID      string // of a skill, or an ISCO-08 code
	Label   string // preferred, in the reader's language
	Matched string // the label that the words met, in whatever language
	Weight  int    // how much it tells, in thousandths; 0 where nobody weighed
}

// SuggestSkills returns skills whose label, in any language, begins with or
// contains what was typed: the reader's language first.
func (t *Taxonomy) SuggestSkills(typed, language string, limit int) []Suggestion {
	v := t.now.Load()
	return withLocal(t.localTyped(typed, language, SkillKind, limit), v.suggestions(v.labels.find(typed, language, limit), language), limit)
}

// SuggestSkillsOf is SuggestSkills with the skills first that people of an
// ISCO-08 group use. With nothing typed it returns those alone.
func (t *Taxonomy) SuggestSkillsOf(isco, typed, language string, limit int) []Suggestion {
	v := t.now.Load()
	if strings.TrimSpace(typed) == "" {
		return v.usedBy(isco, language, limit)
	}
	found := t.SuggestSkills(typed, language, 4*limit)
	slices.SortStableFunc(found, func(a, b Suggestion) int {
		return cmp.Compare(v.distance(a.ID, isco), v.distance(b.ID, isco))
	})
	return found[:min(limit, len(found))]
}

// usedBy returns the skills of a group: those of the unit group first, then
// those of the minor group; our own before imported ones.
func (v *vocabulary) usedBy(isco, language string, limit int) []Suggestion {
	var out []Suggestion
	for _, id := range slices.Sorted(keysOf(v.skills)) {
		if s := v.skills[id]; s.Sector != escoGroup && v.distance(id, isco) < unrelatedGroup {
			out = append(out, Suggestion{ID: id, Label: s.Labels.In(language), Matched: s.Labels.In(language)})
		}
	}
	slices.SortStableFunc(out, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(v.distance(a.ID, isco), v.distance(b.ID, isco)), cmp.Compare(v.origin(a.ID), v.origin(b.ID)))
	})
	return out[:min(limit, len(out))]
}

// origin is 0 for a skill of ours and 1 for an imported one.
func (v *vocabulary) origin(skill string) int {
	if v.skills[skill].Sector == escoSector {
		return 1
	}
	return 0
}

// unrelatedGroup is the distance of a skill that a group does not use.
const unrelatedGroup = 2

// distance says how far a skill is from a group: 0 when its people use it, 1
// when those of its minor group do.
func (v *vocabulary) distance(skill, isco string) int {
	s := v.skills[skill]
	if s == nil || len(isco) < 3 {
		return unrelatedGroup
	}
	least := unrelatedGroup
	for _, code := range s.ISCO {
		switch {
		case code == isco:
			return 0
		case code == isco[:3]:
			least = 1
		}
	}
	return least
}

// suggestions writes hits on labels of skills in the reader's language.
func (v *vocabulary) suggestions(hits []hit, language string) []Suggestion {
	var out []Suggestion
	for _, h := range hits {
		if s := v.skills[h.id]; s != nil {
			out = append(out, Suggestion{ID: h.id, Label: s.Labels.In(language), Matched: h.label})
		}
	}
	return out
}
