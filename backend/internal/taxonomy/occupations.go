// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"sankofa/backend/internal/linking"
)

// How LinkOccupation judges.
const (
	mostGroups    = 5    // so many groups are named
	likelyEnough  = 0.45 // a title that fits less is not named
	fitsWell      = 0.6  // so well in the given language that no other is tried
	foreign       = 0.8  // what a fit in another language counts
	mostLanguages = 3    // that are tried beside the given one
	mostForms     = 3    // of a title that are tried
	mostMeanings  = 40   // occupations that speak for groups
	leastWeight   = 10   // thousandths, below which a group is not worth naming
)

// LinkOccupation returns the ISCO-08 unit groups that a free job title probably
// means, best first, each with how sure the linker is: "Infirmière (H/F)",
// "Software-Entwickler/in". An empty language is guessed.
func (t *Taxonomy) LinkOccupation(title, language string) []Suggestion {
	if len(title) > longestLabel {
		return nil
	}
	return t.localTitles(title, language, t.now.Load().meant(title, language))
}

// understood is what a title means in one language.
type understood struct {
	fit    float64 // of the best
	groups []Suggestion
}

// meant asks the linker in the given language, and in others where that does not
// know the title well.
func (v *vocabulary) meant(title, language string) []Suggestion {
	forms := plainForms(title)
	best := v.understand(forms, language, 1)
	if best.fit >= fitsWell {
		return best.groups
	}
	tried := 0
	for _, other := range v.languagesOf(title) {
		if other == language || tried == mostLanguages {
			continue
		}
		tried++
		if m := v.understand(forms, other, foreign); m.fit > best.fit {
			best = m
		}
	}
	return v.renamed(best.groups, language)
}

// renamed gives groups their titles in the reader's language.
func (v *vocabulary) renamed(groups []Suggestion, language string) []Suggestion {
	for i := range groups {
		groups[i].Label = v.title(groups[i].ID, language)
	}
	return groups
}

// plainForms lists the forms of a title that are worth a try, without the words
// that say how far somebody has come.
func plainForms(title string) []string {
	var out []string
	for _, form := range withoutPlace(variants(title)) {
		var kept []string
		for _, w := range wordsOf(form) {
			if !standing[Fold(w.text)] {
				kept = append(kept, w.text)
			}
		}
		if plain := strings.Join(kept, " "); plain != "" && !slices.Contains(out, plain) && len(out) < mostForms {
			out = append(out, plain)
		}
	}
	return out
}

// understand asks the linker for each form and keeps what fits best.
func (v *vocabulary) understand(forms []string, language string, counts float64) understood {
	linker := v.occupationLinker()
	if language == "" || !linker.Knows(language) {
		return understood{}
	}
	var best understood
	for _, form := range forms {
		if m := v.grouped(linker.Link(form, language, mostMeanings, nil), language); m.fit*counts > best.fit {
			m.fit *= counts
			best = m
		}
	}
	return best
}

// grouped sums up by unit group what occupations speak for. A group is named by
// its best label only if that fits; "Matched" shows it.
func (v *vocabulary) grouped(links []linking.Link, language string) understood {
	var m understood
	at := map[string]int{}
	shares := map[string]float64{}
	concepts := v.occupationConcepts()
	for _, link := range links {
		code := concepts[link.Concept].ISCO
		if len(code) != 4 {
			continue
		}
		shares[code] += link.Share
		if _, seen := at[code]; seen || link.Fit < likelyEnough || link.Matched == "" {
			continue
		}
		m.fit = max(m.fit, link.Fit)
		at[code] = len(m.groups)
		m.groups = append(m.groups, Suggestion{ID: code, Label: v.title(code, language), Matched: link.Matched})
	}
	for i := range m.groups {
		m.groups[i].Weight = int(math.Round(shares[m.groups[i].ID] * 1000))
	}
	slices.SortStableFunc(m.groups, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), strings.Compare(a.ID, b.ID))
	})
	m.groups = slices.DeleteFunc(m.groups, func(s Suggestion) bool { return s.Weight < leastWeight })
	m.groups = m.groups[:min(len(m.groups), mostGroups)]
	return m
}

// standing are words that say how far somebody has come, not what they do.
var standing = set("senior junior sr jr experienced registered certified qualified licensed retired freelance trainee apprentice " +
	"confirme confirmee debutant debutante diplome diplomee retraite retraitee stagiaire esperto esperta qualificato qualificata " +
	"titulado titulada diplomado diplomada habilitado experimentado examinierte examinierter staatlich gepruft geprufte geprufter " +
	"erfahrene erfahrener ervaren gediplomeerd geregistreerd")

// place begins what people add behind a title: an employer or a place.
var place = []string{" at ", " @ ", " chez ", " bei ", " presso ", " – ", " — ", " - ", " | ", ", ", " ("}

// withoutPlace adds to the titles what stands before an employer or a place.
func withoutPlace(titles []string) []string {
	out := titles
	for _, title := range titles {
		short := title
		for _, mark := range place {
			short, _, _ = strings.Cut(short, mark)
		}
		if short = strings.TrimSpace(short); short != title && short != "" {
			out = append(out, short)
		}
	}
	return out
}

// SuggestOccupations returns ISCO-08 unit groups whose title, or an everyday
// occupation of them, begins with or contains what was typed; then those whose
// title means the same in another form. A code may be typed too.
func (t *Taxonomy) SuggestOccupations(typed, language string, limit int) []Suggestion {
	v := t.now.Load()
	if g := v.groups[strings.TrimSpace(typed)]; g != nil && len(g.Code) == 4 {
		return []Suggestion{{ID: g.Code, Label: g.Labels.In(language), Matched: g.Code}}
	}
	var out []Suggestion
	for _, h := range v.titles.find(typed, language, limit) {
		out = append(out, Suggestion{ID: h.id, Label: v.title(h.id, language), Matched: h.label})
	}
	out = withLocal(t.localTyped(typed, language, OccupationKind, limit), out, limit)
	if len(out) >= limit || len(typed) > longestTyped {
		return out
	}
	for _, link := range t.LinkOccupation(typed, language) {
		if len(out) < limit && !slices.ContainsFunc(out, func(s Suggestion) bool { return s.ID == link.ID }) {
			out = append(out, link)
		}
	}
	return out
}
