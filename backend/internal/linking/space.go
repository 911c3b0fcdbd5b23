// SPDX-License-Identifier: AGPL-3.0-or-later

package linking

import (
	"math"
	"strconv"
	"strings"
)

// Label is one name of a concept in one language.
type Label struct {
	Concept int32  // the caller's number of the concept, from 0
	Text    string // as written
	Rank    int    // 0 for the preferred label
}

// space holds the labels of one language and compares titles with them.
type space struct {
	v        *Vocabulary
	language string
	concepts int
	labels   []label
	of       [][]int32 // by concept: its labels
	lastHead bool      // the last word says what somebody is; else the first

	vocabulary map[string]int32 // folded words
	stemOf     []int32          // by word
	wordIDF    []float32
	stemIDs    map[string]int32
	withStem   [][]int32 // by stem: its words
	near       *vectors  // words by their n-grams

	stems *vectors // labels by stems
	chars *vectors // labels by n-grams in words
	whole *vectors // labels by n-grams across words
	terms *bm25    // concepts by the stems of all their labels
}

// label is a label as it is compared.
type label struct {
	concept int32
	rank    int32
	text    string // as written
	folded  string
	words   []int32
}

// The lengths of the n-grams: measured on the public sets that docs/benchmarks.md
// names, where languages that join words lose without them.
const (
	shortGram, longGram           = 2, 5
	shortWholeGram, longWholeGram = 1, 3
)

// newSpace indexes the labels of a language; groups are the major groups of all
// concepts, -1 for none.
func newSpace(v *Vocabulary, language string, groups []int32) *space {
	concepts := len(groups)
	s := &space{v: v, language: language, concepts: concepts, of: make([][]int32, concepts),
		vocabulary: map[string]int32{}, stemIDs: map[string]int32{}}
	stems, chars, whole := newCollecting(), newCollecting(), newCollecting()
	seen := map[string]bool{}
	for _, l := range v.Labels(language) {
		cut := v.cut(l.Text, language)
		if len(cut) == 0 {
			continue
		}
		one := label{concept: l.Concept, rank: int32(l.Rank), text: l.Text}
		one.words = make([]int32, len(cut))
		for i, w := range cut {
			one.words[i] = s.word(w)
			cut[i] = fold(w)
		}
		one.folded = strings.Join(cut, " ")
		if key := strconv.Itoa(int(l.Concept)) + " " + one.folded; seen[key] {
			continue
		} else {
			seen[key] = true
		}
		for i, id := range one.words {
			stems.open = append(stems.open, s.stemOf[id])
			grams(cut[i], shortGram, longGram, chars.take)
		}
		grams(one.folded, shortWholeGram, longWholeGram, whole.take)
		for len(stems.uses) < len(s.withStem) {
			stems.uses = append(stems.uses, 0)
		}
		stems.close()
		chars.close()
		whole.close()
		s.of[l.Concept] = append(s.of[l.Concept], int32(len(s.labels)))
		s.labels = append(s.labels, one)
	}
	stems.ids = s.stemIDs
	s.stems, s.chars, s.whole = stems.vectors(), chars.vectors(), whole.vectors()
	s.weighWords()
	s.gather()
	s.lastHead = s.headIsLast(groups)
	return s
}

// word numbers a word and its stem.
func (s *space) word(w string) int32 {
	folded := fold(w)
	id, ok := s.vocabulary[folded]
	if ok {
		return id
	}
	id = int32(len(s.stemOf))
	s.vocabulary[folded] = id
	cut := stem(w, s.language)
	st, ok := s.stemIDs[cut]
	if !ok {
		st = int32(len(s.withStem))
		s.stemIDs[cut] = st
		s.withStem = append(s.withStem, nil)
	}
	s.withStem[st] = append(s.withStem[st], id)
	s.stemOf = append(s.stemOf, st)
	return id
}

// weighWords says how rare each word is, and makes words findable by likeness.
func (s *space) weighWords() {
	uses := make([]int, len(s.stemOf))
	for _, l := range s.labels {
		for _, w := range l.words {
			uses[w]++
		}
	}
	s.wordIDF = make([]float32, len(uses))
	for id, n := range uses {
		s.wordIDF[id] = float32(math.Log(1 + float64(len(s.labels))/float64(max(n, 1))))
	}
	texts := make([]string, len(uses))
	for w, id := range s.vocabulary {
		texts[id] = w
	}
	near := newCollecting()
	for _, w := range texts {
		grams(w, shortGram, longGram, near.take)
		near.close()
	}
	s.near = near.vectors()
}

// gather indexes concepts by all their labels.
func (s *space) gather() {
	docs := newCollecting()
	docs.ids, docs.uses = s.stemIDs, make([]int32, len(s.withStem))
	for _, labels := range s.of {
		for _, l := range labels {
			for _, w := range s.labels[l].words {
				docs.open = append(docs.open, s.stemOf[w])
			}
		}
		docs.close()
	}
	s.terms = docs.bm25()
}
