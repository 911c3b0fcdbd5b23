// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"math"
	"slices"
	"strings"
	"sync"

	"sankofa/backend/internal/linking"
)

// pivot is the language that most labels are written in, ours and ESCO's.
const pivot = "en"

// linkers link titles to occupations and phrases to skills. They are made when
// they are first needed: one state of the vocabulary has one of each.
type linkers struct {
	occupations sync.Once
	skills      sync.Once
	languages   sync.Once
	occupation  *linking.Linker
	concepts    []linking.Concept // of occupation
	skill       *linking.Linker
	fields      sync.Once
	field       *linking.Linker
	speaks      map[string][]string // folded word -> languages that have it in a title
}

// OccupationVocabulary returns the groups of ISCO-08 and the occupations, ours
// and ESCO's, as a linker knows them.
func (t *Taxonomy) OccupationVocabulary() linking.Vocabulary { return t.now.Load().occupationWords() }

// SkillVocabulary returns the skills, ours and ESCO's, as a linker knows them.
func (t *Taxonomy) SkillVocabulary() linking.Vocabulary { return t.now.Load().skillWords() }

func (v *vocabulary) occupationWords() linking.Vocabulary {
	var concepts []linking.Concept
	var labels []Labels
	add := func(c linking.Concept, of Labels) { concepts, labels = append(concepts, c), append(labels, of) }
	for _, code := range slices.Sorted(keysOf(v.groups)) {
		add(linking.Concept{ID: groupPrefix + code, ISCO: code, Group: true}, v.groups[code].Labels)
	}
	numbers := v.skillNumbers()
	for _, o := range v.occupations {
		add(linking.Concept{ID: o.ID, ISCO: o.ISCO, Uses: v.usedIn(o.ISCO, numbers)}, o.Labels)
	}
	for _, o := range v.imported {
		add(linking.Concept{ID: o.ID, ISCO: o.ISCO, Uses: v.neededBy(o.ID, numbers)}, o.Labels)
	}
	return linking.Vocabulary{Concepts: concepts, Labels: numbered(labels), Pivot: pivot, Neutral: masculine}
}

func (v *vocabulary) skillWords() linking.Vocabulary {
	var concepts []linking.Concept
	var labels []Labels
	for _, id := range slices.Sorted(keysOf(v.skills)) {
		if s := v.skills[id]; s.Sector != escoGroup {
			concepts, labels = append(concepts, linking.Concept{ID: id}), append(labels, s.Labels)
		}
	}
	return linking.Vocabulary{Concepts: concepts, Labels: numbered(labels), Pivot: pivot, Neutral: masculine}
}

// numbered lists the labels of one language with the places of their concepts.
func numbered(of []Labels) func(language string) []linking.Label {
	return func(language string) []linking.Label {
		var all []linking.Label
		for i, labels := range of {
			for rank, text := range labels[language] {
				all = append(all, linking.Label{Concept: int32(i), Text: text, Rank: rank})
			}
		}
		return all
	}
}

// skillNumbers numbers the skills.
func (v *vocabulary) skillNumbers() map[string]int32 {
	numbers := map[string]int32{}
	for i, id := range slices.Sorted(keysOf(v.skills)) {
		numbers[id] = int32(i)
	}
	return numbers
}

// What a skill counts for an occupation: one that it may need says less.
const (
	essentialUse = 1
	optionalUse  = 0.4
)

// usedIn lists the skills that people of a unit group use, by our own vocabulary.
func (v *vocabulary) usedIn(isco string, numbers map[string]int32) []linking.Use {
	var uses []linking.Use
	for _, id := range v.usesOf[isco] {
		uses = append(uses, linking.Use{Skill: numbers[id], Weight: essentialUse})
	}
	return uses
}

// neededBy lists the skills that an occupation of ESCO needs.
func (v *vocabulary) neededBy(uri string, numbers map[string]int32) []linking.Use {
	var uses []linking.Use
	seen := map[int32]bool{}
	for i, list := range [][]string{v.essential[uri], v.optional[uri]} {
		for _, id := range list {
			n, ok := numbers[v.known(id)]
			if !ok || seen[n] {
				continue
			}
			seen[n] = true
			uses = append(uses, linking.Use{Skill: n, Weight: [...]float32{essentialUse, optionalUse}[i]})
		}
	}
	return uses
}

// masculine returns the masculine form of a word in the languages whose stemmers
// keep the two apart.
func masculine(word, language string) string {
	for _, pair := range feminine[language] {
		if cut, ok := strings.CutSuffix(word, pair[0]); ok && len(cut) >= leastStem {
			return cut + pair[1]
		}
	}
	return word
}

func (v *vocabulary) occupationLinker() *linking.Linker {
	v.links.occupations.Do(func() {
		words := v.occupationWords()
		v.links.concepts, v.links.occupation = words.Concepts, linking.New(words, linking.Trained())
	})
	return v.links.occupation
}

// occupationConcepts returns the concepts of the linker of occupations.
func (v *vocabulary) occupationConcepts() []linking.Concept {
	v.occupationLinker()
	return v.links.concepts
}

func (v *vocabulary) skillLinker() *linking.Linker {
	v.links.skills.Do(func() { v.links.skill = linking.New(v.skillWords(), linking.Trained()) })
	return v.links.skill
}

// Warm prepares the linkers for a language, so that the first who asks does not
// wait for it.
func (t *Taxonomy) Warm(language string) {
	v := t.now.Load()
	v.occupationLinker().Link("engineer", language, 1, nil)
	v.languagesOf("")
}

// languagesOf returns the languages in which most words of a title are known,
// the likeliest first.
func (v *vocabulary) languagesOf(title string) []string {
	v.links.languages.Do(func() {
		v.links.speaks = map[string][]string{}
		note := func(labels Labels) {
			for language, list := range labels {
				for _, label := range list {
					for _, w := range wordsOf(label) {
						key := Fold(w.text)
						if !small[language][w.text] && !slices.Contains(v.links.speaks[key], language) {
							v.links.speaks[key] = append(v.links.speaks[key], language)
						}
					}
				}
			}
		}
		for _, o := range v.occupations {
			note(o.Labels)
		}
		for _, g := range v.groups {
			note(g.Labels)
		}
		for _, o := range v.imported {
			note(o.Labels)
		}
	})
	counts := map[string]int{}
	for _, w := range wordsOf(title) {
		for _, language := range v.links.speaks[Fold(w.text)] {
			counts[language]++
		}
	}
	return slices.SortedFunc(keysOf(counts), func(a, b string) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(a, b)
	})
}

// GuessLanguage returns the language that most words of the texts are known in.
func (t *Taxonomy) GuessLanguage(texts []string) string {
	v, counts := t.now.Load(), map[string]int{}
	for _, text := range texts {
		if all := v.languagesOf(text); len(all) > 0 {
			counts[all[0]]++
		}
	}
	best := pivot
	for _, language := range slices.Sorted(keysOf(counts)) {
		if counts[language] > counts[best] {
			best = language
		}
	}
	return best
}

// The skills and fields that a phrase is said to mean.
const (
	mostSkills = 8
	fitEnough  = 0.5 // of a phrase and a label, below which neither is named
)

// LinkSkills returns the skills that a phrase of the language probably means,
// best first, each with how sure the linker is, in thousandths. Misspellings and
// other forms of a word do not matter. An empty language is guessed.
func (t *Taxonomy) LinkSkills(phrase, language string) []Suggestion {
	v := t.now.Load()
	if language == "" {
		language = t.GuessLanguage([]string{phrase})
	}
	return v.named(v.skillLinker(), phrase, language, func(id string) string { return v.skills[id].Labels.In(language) })
}

// LinkFields returns the fields of study of ISCED-F 2013 that the words of the
// language probably name, best first, as LinkSkills does.
func (t *Taxonomy) LinkFields(words, language string) []Suggestion {
	v := t.now.Load()
	if language == "" {
		language = t.GuessLanguage([]string{words})
	}
	labels := map[string]Labels{}
	for _, f := range v.fields {
		labels[f.Code] = f.Labels
	}
	return v.named(v.fieldLinker(), words, language, func(code string) string { return labels[code].In(language) })
}

// named turns what a linker of skills or fields says into suggestions.
func (v *vocabulary) named(linker *linking.Linker, phrase, language string, label func(id string) string) []Suggestion {
	if len(phrase) > longestLabel || !linker.Knows(language) {
		return nil
	}
	var out []Suggestion
	for _, link := range linker.Link(phrase, language, mostSkills, nil) {
		if link.Fit >= fitEnough && link.Share*1000 >= leastWeight {
			id := linker.Concept(link.Concept)
			out = append(out, Suggestion{ID: id, Label: label(id), Matched: link.Matched, Weight: int(math.Round(link.Share * 1000))})
		}
	}
	return out
}

// fieldLinker links the names of fields of study.
func (v *vocabulary) fieldLinker() *linking.Linker {
	v.links.fields.Do(func() {
		var concepts []linking.Concept
		var labels []Labels
		for _, f := range v.fields {
			concepts, labels = append(concepts, linking.Concept{ID: f.Code}), append(labels, f.Labels)
		}
		v.links.field = linking.New(linking.Vocabulary{Concepts: concepts, Labels: numbered(labels), Pivot: pivot, Neutral: masculine}, linking.Trained())
	})
	return v.links.field
}
