// SPDX-License-Identifier: AGPL-3.0-or-later

package evaluation

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sankofa/backend/internal/linking"
	"sankofa/backend/internal/taxonomy"
)

// labelled is a corpus of labels as the linker sees it.
type labelled struct {
	linker *linking.Linker
	of     map[int32][]int // concept: its labels in the corpus, in the corpus' order
	first  int32           // of the concepts that only the corpus knows
}

// prepare makes a linker that knows the corpus beside the vocabulary.
func (w *work) prepare(v linking.Vocabulary) labelled {
	number := make(map[string]int32, len(v.Concepts))
	for i, c := range v.Concepts {
		number[c.ID] = int32(i)
	}
	l := labelled{of: map[int32][]int{}, first: int32(len(v.Concepts))}
	named := w.byLabel(v)
	var extra []linking.Label
	for i, it := range w.corpus {
		id, ok := w.concepts[it.id]
		if !ok {
			if id, ok = named[taxonomy.Fold(it.text)]; !ok {
				id = "corpus:" + it.id
			}
		}
		if s, known := w.taxonomy.Find(id); known {
			id = s.ID // what ESCO names may be a skill of ours
		}
		c, ok := number[id]
		if !ok {
			c = int32(len(v.Concepts))
			number[id] = c
			v.Concepts = append(v.Concepts, linking.Concept{ID: id})
		}
		rank := min(1, len(l.of[c]))
		l.of[c] = append(l.of[c], i)
		extra = append(extra, linking.Label{Concept: c, Text: it.text, Rank: rank})
	}
	known := v.Labels
	v.Labels = func(language string) []linking.Label {
		if language != w.CorpusLanguage {
			return known(language)
		}
		return slices.Concat(known(language), extra)
	}
	if w.CorpusLanguage != w.QueryLanguage {
		v.Pivot = w.CorpusLanguage
	}
	l.linker = linking.New(v, w.Model)
	return l
}

// byLabel finds the concepts of the vocabulary by their labels, where the corpus
// comes without a mapping.
func (w *work) byLabel(v linking.Vocabulary) map[string]string {
	if w.concepts != nil {
		return nil
	}
	named := map[string]string{}
	for _, label := range v.Labels(w.CorpusLanguage) {
		key := taxonomy.Fold(label.Text)
		if _, taken := named[key]; !taken || label.Rank == 0 {
			named[key] = v.Concepts[label.Concept].ID
		}
	}
	return named
}

// rankLabels ranks the labels of concepts.
func (w *work) rankLabels(ctx context.Context, v linking.Vocabulary) ([]ranked, error) {
	groups, err := w.linkAll(ctx, v)
	return w.arranged(groups, w.Labels), err
}

// arranged lists the labels of every query's concepts in an order.
func (w *work) arranged(groups [][]group, order string) []ranked {
	run := make([]ranked, len(groups))
	for i := range groups {
		run[i] = ranked{query: w.queries[i].id, documents: w.ids(arrange(groups[i], order, w.Depth))}
	}
	return run
}

// linkAll links every query to the concepts of the corpus.
func (w *work) linkAll(ctx context.Context, v linking.Vocabulary) ([][]group, error) {
	l := w.prepare(v)
	language := w.QueryLanguage
	if !l.linker.Knows(language) {
		language = w.CorpusLanguage // words that the languages share are all that is left
	}
	allowed := func(c int32) bool { return len(l.of[c]) > 0 }
	all := make([][]group, len(w.queries))
	err := w.each(ctx, len(w.queries), func(i int) {
		links := l.linker.Link(w.queries[i].text, language, w.Depth, allowed)
		groups := make([]group, len(links))
		for k, link := range links {
			groups[k] = group{share: link.Share, labels: w.closest(l.of[link.Concept], link.Matched)}
		}
		all[i] = groups
	})
	return all, err
}

// closest puts the label that fitted first.
func (w *work) closest(labels []int, matched string) []int {
	for at, i := range labels {
		if w.corpus[i].text == matched {
			return slices.Concat([]int{i}, labels[:at], labels[at+1:])
		}
	}
	return labels
}

func (w *work) ids(places []int) []string {
	out := make([]string, len(places))
	for i, at := range places {
		out[i] = w.corpus[at].id
	}
	return out
}

// group is a concept with its labels in the corpus and how sure it is.
type group struct {
	share  float64
	labels []int
}

// arrange lists the labels of concepts. "grouped" lists all labels of the first
// concept before the second's; "concepts" lists one label of each concept, and
// then the others. "mixed" weighs both at every place by what the next label may
// bring: the first label of a concept finds it (1/rank, MRR), and each label of
// the right concept counts for average precision.
func arrange(groups []group, order string, depth int) []int {
	next := make([]int, len(groups))
	var out []int
	for len(out) < depth {
		at, best := -1, 0.0
		for k, g := range groups {
			if next[k] == len(g.labels) {
				continue
			}
			if worth := worth(g, k, next[k], order); at < 0 || worth > best {
				at, best = k, worth
			}
		}
		if at < 0 {
			break
		}
		out = append(out, groups[at].labels[next[at]])
		next[at]++
	}
	return out
}

// worth says how much the next label of a concept brings; place is the concept's
// among the others, given how many of its labels are listed.
func worth(g group, place, given int, order string) float64 {
	labels := float64(len(g.labels))
	switch order {
	case Grouped:
		return -float64(place)
	case Concepts:
		return -float64(place) - 1e6*float64(min(given, 1))
	}
	if given == 0 {
		return g.share * (1 + 1/labels)
	}
	return g.share * float64(given+1) / labels
}

// The orders of labels.
const (
	Mixed    = "mixed"
	Grouped  = "grouped"
	Concepts = "concepts"
)

// compareIDs orders documents of equal score as trec_eval does.
func compareIDs(a, b string) int { return cmp.Compare(strings.ToLower(b), strings.ToLower(a)) }
