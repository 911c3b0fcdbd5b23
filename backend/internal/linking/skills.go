// SPDX-License-Identifier: AGPL-3.0-or-later

package linking

import (
	"cmp"
	"math"
	"slices"
)

// near is a concept that is like another.
type near struct {
	concept int32
	like    float32 // 0 to 1
}

// needs is which skills occupations need, as vectors of length 1 in which a
// skill weighs more the fewer occupations need it.
type needs struct {
	of  [][]feature // by concept: skills
	who [][]posting // by skill: concepts
}

// skills returns the vectors of the vocabulary.
func (l *Linker) skills() *needs {
	l.needs.once.Do(func() { l.needs.made = newNeeds(l.v.Concepts) })
	return l.needs.made
}

func newNeeds(concepts []Concept) *needs {
	n := &needs{of: make([][]feature, len(concepts))}
	most, holders := int32(-1), 0
	for _, c := range concepts {
		for _, u := range c.Uses {
			most = max(most, u.Skill)
		}
		if len(c.Uses) > 0 {
			holders++
		}
	}
	uses := make([]int, most+1)
	n.who = make([][]posting, most+1)
	for _, c := range concepts {
		for _, u := range c.Uses {
			uses[u.Skill]++
		}
	}
	for i, c := range concepts {
		length := 0.0
		for _, u := range c.Uses {
			w := float64(u.Weight) * math.Log(1+float64(holders)/float64(uses[u.Skill]))
			n.of[i] = append(n.of[i], feature{u.Skill, float32(w)})
			length += w * w
		}
		slices.SortFunc(n.of[i], func(a, b feature) int { return cmp.Compare(a.id, b.id) })
		for _, f := range scaled(n.of[i], math.Sqrt(length)) {
			n.who[f.id] = append(n.who[f.id], posting{int32(i), f.weight})
		}
	}
	return n
}

// The concepts that are taken for like another.
const (
	mostAlike  = 40
	leastAlike = 0.05
)

// likes returns, by concept, those that need the same skills.
func (l *Linker) likes() [][]near {
	l.kin.once.Do(func() {
		skills := l.skills()
		l.kin.made = make([][]near, len(l.v.Concepts))
		sums := make([]float32, len(l.v.Concepts))
		for c, of := range skills.of {
			if len(of) == 0 {
				continue
			}
			clear(sums)
			for _, f := range of {
				for _, p := range skills.who[f.id] {
					sums[p.doc] += f.weight * p.weight
				}
			}
			for _, other := range best(sums, mostAlike) {
				if sums[other] > leastAlike {
					l.kin.made[c] = append(l.kin.made[c], near{other, sums[other]})
				}
			}
		}
	})
	return l.kin.made
}
