// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"cmp"
	"slices"
	"strings"
)

// entry is a label that may be found by typing.
type entry struct {
	id       string
	language string
	label    string
	folded   string
	rank     int // 0 for the preferred label
}

func newEntry(id, language, label string, rank int) entry {
	return entry{id: id, language: language, label: label, folded: Fold(label), rank: rank}
}

// Suggestion is what typing finds.
type Suggestion struct {
	ID      string // of a skill, or an ISCO-08 code
	Label   string // preferred, in the reader's language
	Matched string // the label that the words met, in whatever language
}

// SuggestSkills returns skills whose label, in any language, begins with or
// contains what was typed: the reader's language first.
func (t *Taxonomy) SuggestSkills(typed, language string, limit int) []Suggestion {
	v := t.now.Load()
	return suggest(v.entries, typed, language, limit, func(id string) string { return t.Label(id, language) })
}

// SuggestOccupations returns ISCO-08 unit groups whose title, or an everyday
// occupation of them, begins with or contains what was typed. A code may be typed too.
func (t *Taxonomy) SuggestOccupations(typed, language string, limit int) []Suggestion {
	v := t.now.Load()
	if g := v.groups[strings.TrimSpace(typed)]; g != nil && len(g.Code) == 4 {
		return []Suggestion{{ID: g.Code, Label: g.Labels.In(language), Matched: g.Code}}
	}
	return suggest(v.titles, typed, language, limit, func(code string) string { return t.Title(code, language) })
}

// found is an entry with how well it fits; less is better.
type found struct {
	entry
	order int
}

func suggest(entries []entry, typed, language string, limit int, label func(string) string) []Suggestion {
	wanted := Fold(typed)
	if wanted == "" {
		return nil
	}
	words := strings.Fields(wanted)
	var hits []found
	for _, e := range entries {
		if order := fit(e, wanted, words, language); order >= 0 {
			hits = append(hits, found{e, order})
		}
	}
	slices.SortFunc(hits, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(len(a.folded), len(b.folded)), cmp.Compare(a.id, b.id), cmp.Compare(a.label, b.label))
	})
	var out []Suggestion
	seen := map[string]bool{}
	for _, h := range hits {
		if len(out) == limit {
			break
		}
		if !seen[h.id] {
			seen[h.id] = true
			out = append(out, Suggestion{ID: h.id, Label: label(h.id), Matched: h.label})
		}
	}
	return out
}

// fit returns how well a label fits what was typed: 0 is best, -1 not at all.
func fit(e entry, wanted string, words []string, language string) int {
	order := 0
	if e.language != language {
		order += 10
	}
	switch {
	case e.folded == wanted:
		return order
	case strings.HasPrefix(e.folded, wanted):
		return order + 1 + min(e.rank, 1)
	}
	for _, w := range words {
		if !strings.HasPrefix(e.folded, w) && !strings.Contains(e.folded, " "+w) {
			if len(w) < 4 || !strings.Contains(e.folded, w) {
				return -1
			}
			order += 2
		}
	}
	return order + 4
}
