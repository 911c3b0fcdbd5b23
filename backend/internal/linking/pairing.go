// SPDX-License-Identifier: AGPL-3.0-or-later

package linking

import (
	"cmp"
	"math"
	"slices"
)

// Title is a job title as two titles are compared: what it is written with, and
// what it probably means.
type Title struct {
	stems, chars []feature // of all titles that are compared
	concepts     []feature // with their shares, of length 1
	units        []feature
	minors       []feature
	skills       []feature
	told         []feature // stems of the pivot that say the same
}

// The parts of the likeness of two titles, each a cosine from 0 to 1.
const (
	AlikeConcept = iota // the same occupations
	AlikeUnit           // the same unit groups
	AlikeMinor          // the same minor groups
	AlikeSkills         // the same skills
	AlikeStems          // the same words
	AlikeChars          // the same letters
	AlikeBoth           // letters and skills together
	AlikeTold           // what their words say in the pivot, where words that say the same are one
	Likenesses
)

// Pairs compares titles with titles of any language.
type Pairs struct {
	linker     *Linker
	stems      *vectors
	chars      *vectors
	corpus     []Title
	weights    []float64
	conceptsOf int
}

// linksOfTitle is how many concepts stand for a title when it is compared.
const linksOfTitle = 15

// NewPairs prepares the titles of a corpus.
func (l *Linker) NewPairs(titles []string, language string) *Pairs {
	p := &Pairs{linker: l, weights: l.model.Pairs}
	stems, chars := newCollecting(), newCollecting()
	for _, t := range titles {
		l.eachSign(t, language, stems.take, chars.take)
		stems.close()
		chars.close()
	}
	p.stems, p.chars = stems.vectors(), chars.vectors()
	p.corpus = make([]Title, len(titles))
	inParallel(len(titles), func(i int) { p.corpus[i] = p.Read(titles[i], language) })
	return p
}

func (l *Linker) eachSign(title, language string, stems, chars func(string)) {
	for _, w := range l.v.cut(title, language) {
		stems(stem(w, language))
		grams(fold(w), shortGram, longGram, chars)
	}
}

// Read prepares one title.
func (p *Pairs) Read(title, language string) Title {
	var stems, chars []string
	p.linker.eachSign(title, language, func(s string) { stems = append(stems, s) }, func(s string) { chars = append(chars, s) })
	t := Title{stems: p.stems.query(stems), chars: p.chars.query(chars)}
	concepts, units, minors, skills := map[int32]float64{}, map[int32]float64{}, map[int32]float64{}, map[int32]float64{}
	l := p.linker
	m := l.space(language).match(title)
	t.told = l.pivot(language).title(m)
	for _, link := range l.links(m, language, linksOfTitle, nil) {
		w := math.Sqrt(link.Share)
		concepts[link.Concept] += w
		if l.unit[link.Concept] >= 0 {
			units[l.unit[link.Concept]] += link.Share
		}
		if l.minor[link.Concept] >= 0 {
			minors[l.minor[link.Concept]] += link.Share
		}
		for _, f := range l.skills().of[link.Concept] {
			skills[f.id] += link.Share * float64(f.weight)
		}
	}
	t.concepts, t.units, t.minors, t.skills = vector(concepts), vector(units), vector(minors), vector(skills)
	return t
}

// vector makes a vector of length 1.
func vector(of map[int32]float64) []feature {
	out := make([]feature, 0, len(of))
	for id, w := range of {
		out = append(out, feature{id, float32(w)})
	}
	slices.SortFunc(out, func(a, b feature) int { return cmp.Compare(a.id, b.id) })
	length := 0.0
	for _, f := range out {
		length += float64(f.weight) * float64(f.weight)
	}
	return scaled(out, math.Sqrt(length))
}

// Likeness compares a title with one of the corpus, part by part.
func (p *Pairs) Likeness(t Title, at int) [Likenesses]float32 {
	o := p.corpus[at]
	out := [Likenesses]float32{
		AlikeConcept: cosine(t.concepts, o.concepts), AlikeUnit: cosine(t.units, o.units), AlikeMinor: cosine(t.minors, o.minors),
		AlikeSkills: cosine(t.skills, o.skills), AlikeStems: cosine(t.stems, o.stems), AlikeChars: cosine(t.chars, o.chars),
	}
	out[AlikeTold] = cosine(t.told, o.told)
	out[AlikeBoth] = out[AlikeSkills] * out[AlikeChars]
	return out
}

// cosine multiplies two vectors whose features ascend.
func cosine(a, b []feature) float32 {
	sum := float32(0)
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].id < b[j].id:
			i++
		case a[i].id > b[j].id:
			j++
		default:
			sum += a[i].weight * b[j].weight
			i, j = i+1, j+1
		}
	}
	return sum
}

// Score weighs a likeness.
func (p *Pairs) Score(parts [Likenesses]float32) float64 {
	sum := 0.0
	for i, w := range p.weights {
		sum += w * float64(parts[i])
	}
	return sum
}

// Closest returns the titles of the corpus that have most in common with a title,
// all parts counting the same.
func (p *Pairs) Closest(t Title, n int) []int {
	sums := make([]float32, len(p.corpus))
	for at := range sums {
		for _, v := range p.Likeness(t, at) {
			sums[at] += v
		}
	}
	var out []int
	for _, at := range best(sums, n) {
		out = append(out, int(at))
	}
	return out
}
