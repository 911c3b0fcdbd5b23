// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/taxonomy"
)

// kinship remembers which of the concepts that people claim have to do with one
// that a need asks for: the vocabulary is asked about every pair once.
type kinship struct {
	mu      sync.Mutex
	claimed map[string]bool
	kin     map[string][]relative
	below   map[string]*kindred // the claimed concepts at or below one
}

// kindred are the claimed concepts that are one or a special case of it.
type kindred struct{ concepts []uint32 }

// relative is a concept that somebody claims and how it stands to one asked for.
type relative struct {
	concept  uint32 // its number
	relation matching.Relation
}

// know notes the concepts of claims. A new one may have to do with any other.
func (k *kinship) know(claims []matching.Claim) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, c := range claims {
		if c.Concept == "" || k.claimed[c.Concept] {
			continue
		}
		if k.claimed == nil {
			k.claimed = map[string]bool{}
		}
		k.claimed[strings.Clone(c.Concept)], k.kin, k.below = true, nil, nil
	}
}

// of returns the concepts that have to do with one, the nearest relation first.
func (k *kinship) of(concept string, vocabulary Vocabulary, lex *register) []relative {
	k.mu.Lock()
	defer k.mu.Unlock()
	known, ok := k.kin[concept]
	if ok {
		return known
	}
	for claimed := range k.claimed {
		r := taxonomy.Same
		if claimed != concept {
			r = vocabulary.Relation(concept, claimed)
		}
		if r != taxonomy.Unrelated {
			known = append(known, relative{lex.concepts[claimed], r})
		}
	}
	slices.SortFunc(known, func(a, b relative) int {
		return cmp.Or(cmp.Compare(b.relation, a.relation), cmp.Compare(a.concept, b.concept))
	})
	if k.kin == nil {
		k.kin = map[string][]relative{}
	}
	k.kin[concept] = known
	return known
}

// under returns the claimed concepts that are one or a special case of it, or nil
// where there are none. The answer is the same one until a new concept is claimed.
func (k *kinship) under(concept string, vocabulary Vocabulary, lex *register) *kindred {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.below == nil {
		k.below = map[string]*kindred{}
		for claimed := range k.claimed {
			n := lex.concepts[claimed]
			for _, above := range append(vocabulary.BroaderOf(claimed), claimed) {
				if k.below[above] == nil {
					k.below[above] = &kindred{}
				}
				if some := k.below[above]; !slices.Contains(some.concepts, n) {
					some.concepts = append(some.concepts, n)
				}
			}
		}
	}
	return k.below[concept]
}
