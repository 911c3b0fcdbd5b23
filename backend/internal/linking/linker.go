// SPDX-License-Identifier: AGPL-3.0-or-later

// Package linking finds the concepts that words mean: occupations for a job
// title, skills for a phrase. It compares letters, stems and words with the
// labels of a language, lets a second language speak through what is written in
// both, asks the neighbours of a concept in the classification, and weighs all
// that with a small linear model that scripts/learn trains. It holds no words of
// its own: whoever uses it brings the labels.
//
// Nothing here knows a particular language: stemmers are used where there are
// some, and everything else is learnt from the labels.
package linking

import (
	"sync"
)

// Concept is what is known of a concept beside its labels.
type Concept struct {
	ID    string
	ISCO  string // ISCO-08 code, of a group up to four digits; empty for skills
	Group bool   // it is a group of ISCO-08 and no occupation
	Uses  []Use  // skills that an occupation needs
}

// Use is a skill that an occupation needs.
type Use struct {
	Skill  int32   // the caller's number of the skill, from 0
	Weight float32 // 1 for one that it cannot do without, less for others
}

// Vocabulary is what a linker knows.
type Vocabulary struct {
	Concepts []Concept
	// Labels returns the labels of a language. It is called once a language.
	Labels func(language string) []Label
	// Pivot is the language that speaks beside the title's own, because most
	// labels are written in it.
	Pivot string
	// Neutral returns the masculine form of a word, where a language has two whose
	// stems differ, so that both mean the same; nil: no language has.
	Neutral func(word, language string) string
}

// cut cuts a title of the language into the words that are compared.
func (v *Vocabulary) cut(title, language string) []string {
	cut := words(clean(title))
	if v.Neutral != nil {
		for i, w := range cut {
			cut[i] = v.Neutral(w, language)
		}
	}
	return cut
}

// Linker links titles or phrases to concepts. It may be used by many at once.
type Linker struct {
	v       Vocabulary
	model   Model
	weights []float64
	unit    []int32 // by concept: number of its unit group, -1 for none; as the next two
	minor   []int32
	sub     []int32
	major   []int32
	groups  int     // how many numbers of groups there are
	headOf  []int32 // by number of a group: the concept that is that group, or -1

	kin   lazy[[][]near]
	needs lazy[*needs]

	mu     sync.Mutex
	spaces map[string]*lazy[*space]
	others map[string]*lazy[*translation]
}

// lazy is something that is made when it is first needed.
type lazy[T any] struct {
	once sync.Once
	made T
}

// New returns a linker for a vocabulary with the weights of a model.
func New(v Vocabulary, model Model) *Linker {
	l := &Linker{v: v, model: model, weights: model.Occupations, spaces: map[string]*lazy[*space]{}, others: map[string]*lazy[*translation]{}}
	numbers := map[string]int32{}
	number := func(code string, digits int) int32 {
		if len(code) < digits {
			return -1
		}
		n, ok := numbers[code[:digits]]
		if !ok {
			n = int32(len(numbers))
			numbers[code[:digits]] = n
		}
		return n
	}
	for _, c := range v.Concepts {
		l.unit = append(l.unit, number(c.ISCO, 4))
		l.minor = append(l.minor, number(c.ISCO, 3))
		l.sub = append(l.sub, number(c.ISCO, 2))
		l.major = append(l.major, number(c.ISCO, 1))
	}
	if len(numbers) == 0 {
		l.weights = model.Skills
	}
	l.groups = len(numbers)
	l.headOf = make([]int32, l.groups)
	for i := range l.headOf {
		l.headOf[i] = -1
	}
	for i, c := range v.Concepts {
		if n, ok := numbers[c.ISCO]; ok && c.Group {
			l.headOf[n] = int32(i)
		}
	}
	return l
}

// made returns what a map holds under a key, making it when it is not there.
func made[T any](mu *sync.Mutex, all map[string]*lazy[T], key string, make func() T) T {
	mu.Lock()
	one := all[key]
	if one == nil {
		one = &lazy[T]{}
		all[key] = one
	}
	mu.Unlock()
	one.once.Do(func() { one.made = make() })
	return one.made
}

// space returns the labels of a language.
func (l *Linker) space(language string) *space {
	return made(&l.mu, l.spaces, language, func() *space { return newSpace(&l.v, language, l.major) })
}

// pivot returns how a language is translated into the pivot.
func (l *Linker) pivot(language string) *translation {
	return made(&l.mu, l.others, language, func() *translation { return newTranslation(l.space(language), l.space(l.v.Pivot)) })
}

// Knows tells whether there are labels in the language.
func (l *Linker) Knows(language string) bool { return len(l.space(language).labels) > 0 }

// Concept returns the identifier of a concept.
func (l *Linker) Concept(number int32) string { return l.v.Concepts[number].ID }

// Link is a concept that a title may mean.
type Link struct {
	Concept int32
	Score   float64 // of the linear model; comparable within one title
	Share   float64 // how sure the model is, over all links of the title; 0 to 1
	Fit     float64 // of the words of that label and of the title; 1: they say the same
	Matched string  // the label that fits best, as it is written; empty for a group that its members speak for
}

// considered is how many concepts are looked at closely for one title.
const considered = 150

// Link returns the concepts that a title of the language probably means, best
// first, at most n. Where allowed is not nil, no other concept is returned.
func (l *Linker) Link(title, language string, n int, allowed func(concept int32) bool) []Link {
	return l.links(l.space(language).match(title), language, n, allowed)
}

// links is Link for a title that was compared with the labels of its language.
func (l *Linker) links(m *matcher, language string, n int, allowed func(concept int32) bool) []Link {
	found := l.candidates(m, language, allowed)
	links := make([]Link, len(found))
	for i, c := range found {
		links[i] = Link{Concept: c.Concept, Score: score(l.weights, c.Features), Fit: float64(c.Fit), Matched: c.Matched}
	}
	share(links)
	return links[:min(n, len(links))]
}
