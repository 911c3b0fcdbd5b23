// SPDX-License-Identifier: AGPL-3.0-or-later

package linking

// Candidate is a concept that a title may mean, with what speaks for it.
type Candidate struct {
	Concept  int32
	Features []float32
	Matched  string
	Fit      float32 // of the words of the best label and of the title, 0 to 1
}

// standing is what all concepts' estimates say about the groups they belong to.
type standing struct {
	unit, minor []best3   // by number of a group: the best of its occupations
	title       []float32 // by number of a group: of the title of the group itself
}

// stand sums estimates up by group.
func (l *Linker) stand(rough []float32) standing {
	s := standing{make([]best3, l.groups+1), make([]best3, l.groups+1), make([]float32, l.groups+1)}
	// The last place is for concepts without a group; nothing is noted there.
	for c, v := range rough {
		if l.unit[c] < 0 {
			continue
		}
		if l.v.Concepts[c].Group {
			s.title[l.unit[c]] = v
			continue
		}
		s.unit[l.unit[c]].add(v)
		s.minor[l.minor[c]].add(v)
	}
	return s
}

// place is where a group's numbers stand in a list; concepts without one have the last.
func place[T any](list []T, n int32) T {
	if n < 0 {
		return list[len(list)-1]
	}
	return list[n]
}

// The neighbours that speak for groups and for what they are like.
const (
	votingLabels    = 20
	votingConcepts  = 15
	spokenByItself  = 0.9 // of a unit group's occupations: what it is estimated by
	translatedCount = 0.5 // what a translation counts when candidates are chosen
)

// votes returns the shares of the nearest labels that belong to each group.
func (l *Linker) votes(m *matcher) []float32 {
	both := make([]float32, len(m.char))
	for i := range both {
		both[i] = m.char[i] + m.stem[i]
	}
	out, sum := make([]float32, l.groups+1), float32(0)
	for _, i := range best(both, votingLabels) {
		w := both[i] * both[i]
		sum += w
		for _, group := range [][]int32{l.unit, l.minor, l.sub} {
			if n := group[m.s.labels[i].concept]; n >= 0 {
				out[n] += w
			}
		}
	}
	if sum > 0 {
		for n := range out {
			out[n] /= sum
		}
	}
	return out
}

// spread lets the nearest concepts speak for those that are like them.
func (l *Linker) spread(rough []float32) (by []float32, unit []float32) {
	by, unit = make([]float32, len(rough)), make([]float32, l.groups+1)
	sum := float32(0)
	for _, c := range best(rough, votingConcepts) {
		w := rough[c] * rough[c]
		sum += w
		for _, near := range l.likes()[c] {
			by[near.concept] += w * near.like
		}
	}
	if sum == 0 {
		return by, unit
	}
	for c := range by {
		by[c] /= sum
		if n := l.unit[c]; n >= 0 {
			unit[n] += by[c]
		}
	}
	return by, unit
}

// Candidates returns the concepts that a title may mean, in the order of a first
// estimate, with their features. An empty title has none.
func (l *Linker) Candidates(title, language string, allowed func(concept int32) bool) []Candidate {
	return l.candidates(l.space(language).match(title), language, allowed)
}

// candidates is Candidates for a title that was compared with the labels of its language.
func (l *Linker) candidates(m *matcher, language string, allowed func(concept int32) bool) []Candidate {
	if len(m.words) == 0 {
		return nil
	}
	rough, told := m.rough(), l.pivot(language).says(m)
	standing, elsewhere := l.stand(rough), l.stand(told)
	votes := l.votes(m)
	like, likeUnit := l.spread(rough)
	order := best(l.estimates(rough, told, standing, allowed), considered)
	top := float32(0)
	for _, c := range order {
		top = max(top, rough[c])
	}
	out, all := make([]Candidate, len(order)), make([][]float32, len(order))
	for i, c := range order {
		e := m.about(c)
		unit, minor := place(standing.unit, l.unit[c]), place(standing.minor, l.minor[c])
		f := append(make([]float32, 0, features), e.values[:]...)
		f = append(f, rough[c]/(top+1e-6), 1/float32(i+1), top,
			unit.mean(), unit[0], minor.mean(), place(standing.title, l.unit[c]), unit[0]-rough[c],
			place(votes, l.unit[c]), place(votes, l.minor[c]), place(votes, l.sub[c]),
			like[c], place(likeUnit, l.unit[c]),
			told[c], place(elsewhere.unit, l.unit[c]).mean(), place(elsewhere.minor, l.minor[c]).mean(),
			place(elsewhere.title, l.unit[c]), told[c]*e.values[bySoft])
		out[i].Concept, out[i].Fit, all[i] = c, e.values[bySoft], f
		if e.label >= 0 {
			out[i].Matched = m.s.labels[e.label].text
		}
	}
	bend(all)
	for i := range out {
		out[i].Features = l.byKind(all[i], out[i].Concept)
	}
	return out
}

// estimates says which concepts are worth a close look.
func (l *Linker) estimates(rough, told []float32, s standing, allowed func(int32) bool) []float32 {
	out := make([]float32, len(rough))
	for c, v := range rough {
		if allowed != nil && !allowed(int32(c)) {
			continue
		}
		out[c] = v + translatedCount*told[c]
		if l.v.Concepts[c].Group && l.unit[c] >= 0 {
			out[c] = max(out[c], spokenByItself*s.unit[l.unit[c]].mean())
		}
	}
	return out
}

// The signs of a candidate are the evidence of its own language and what the
// estimates, the neighbours and the other language say.
const signs = evidences + 18

// curved are the signs that the model also sees squared, and as a share of the
// best candidate's: much of a sign says more than twice the half of it.
var curved = [...]int{byStems, byChars, byWhole, byTerms, byAsked, byNamed, bySoft, byHead, byEdit, byOthers,
	evidences, evidences + 3, evidences + 6, evidences + 8, evidences + 11, evidences + 13}

// The features of a candidate: its signs, told apart by whether it is an
// occupation or a group, and which it is.
const (
	features = signs + 2*len(curved)
	width    = 2*features + 2
)

// bend adds the curved forms of the signs of all candidates of one title.
func bend(all [][]float32) {
	var top [len(curved)]float32
	for _, f := range all {
		for i, sign := range curved {
			top[i] = max(top[i], f[sign])
		}
	}
	for at, f := range all {
		for _, sign := range curved {
			f = append(f, f[sign]*f[sign])
		}
		for i, sign := range curved {
			f = append(f, f[sign]/(top[i]+1e-6))
		}
		all[at] = f
	}
}

// byKind puts the features where the model looks for those of an occupation, or
// of a group of occupations: the two are told by different signs.
func (l *Linker) byKind(f []float32, concept int32) []float32 {
	out := make([]float32, width)
	c := l.v.Concepts[concept]
	if !c.Group {
		copy(out, f)
		return out
	}
	copy(out[features:], f)
	out[2*features] = 1
	if len(c.ISCO) < 4 {
		out[2*features+1] = 1
	}
	return out
}
