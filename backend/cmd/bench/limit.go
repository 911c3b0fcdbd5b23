// SPDX-License-Identifier: AGPL-3.0-or-later

package main

import (
	"math/bits"
	"runtime"
)

// limit is what we measure ourselves by: everything in memory, conditions as
// bitmaps, and every person who meets them scored. It knows nothing but numbers,
// gives no reasons, and could not be changed or saved.
type limit struct {
	people   int
	has      map[string][]uint64 // conditions: a bit for each person
	postings map[string][]int32  // the other words: the people who have them
	scores   []int32
}

func (l *limit) version() string { return "exact scorer in memory, " + runtime.Version() }

func (l *limit) build(*corpus, string) error { return nil }

func (l *limit) open(c *corpus, _ string) error {
	l.people = len(c.people)
	l.has, l.postings, l.scores = map[string][]uint64{}, map[string][]int32{}, make([]int32, l.people)
	for i, person := range c.people {
		for field, words := range person {
			for _, w := range words {
				if field != conditions {
					l.postings[w] = append(l.postings[w], int32(i))
					continue
				}
				if l.has[w] == nil {
					l.has[w] = make([]uint64, (l.people+63)/64)
				}
				l.has[w][i/64] |= 1 << (i % 64)
			}
		}
	}
	return nil
}

func (l *limit) search(q question, most int) ([]int, int, error) {
	passing := make([]uint64, (l.people+63)/64)
	for i, word := range q.must {
		bitmap, ok := l.has[word]
		if !ok {
			return nil, 0, nil
		}
		if i == 0 {
			copy(passing, bitmap)
			continue
		}
		for at := range passing {
			passing[at] &= bitmap[at]
		}
	}
	for _, t := range q.terms {
		for _, person := range l.postings[t.word] {
			l.scores[person] += int32(t.weight)
		}
	}
	top := &highest{most: most}
	passed := 0
	for at, word := range passing {
		for ; word != 0; word &= word - 1 {
			person := at*64 + bits.TrailingZeros64(word)
			passed++
			top.offer(int(l.scores[person]), person)
		}
	}
	clear(l.scores)
	return top.people(), passed, nil
}

// highest keeps the people with the highest scores, of equals those with the
// lower number: a heap with the lowest at its root.
type highest struct {
	most int
	heap [][2]int
}

func (h *highest) less(a, b [2]int) bool { return a[0] < b[0] || a[0] == b[0] && a[1] > b[1] }

func (h *highest) offer(score, person int) {
	one := [2]int{score, person}
	if len(h.heap) < h.most {
		h.heap = append(h.heap, one)
		for i := len(h.heap) - 1; i > 0 && h.less(h.heap[i], h.heap[(i-1)/2]); i = (i - 1) / 2 {
			h.heap[i], h.heap[(i-1)/2] = h.heap[(i-1)/2], h.heap[i]
		}
		return
	}
	if !h.less(h.heap[0], one) {
		return
	}
	h.heap[0] = one
	h.sink()
}

func (h *highest) sink() {
	for i := 0; ; {
		low := i
		for _, child := range []int{2*i + 1, 2*i + 2} {
			if child < len(h.heap) && h.less(h.heap[child], h.heap[low]) {
				low = child
			}
		}
		if low == i {
			return
		}
		h.heap[i], h.heap[low] = h.heap[low], h.heap[i]
		i = low
	}
}

// people returns them, the highest first.
func (h *highest) people() []int {
	out := make([]int, len(h.heap))
	for i := len(out) - 1; i >= 0; i-- {
		out[i] = h.heap[0][1]
		last := len(h.heap) - 1
		h.heap[0] = h.heap[last]
		h.heap = h.heap[:last]
		h.sink()
	}
	return out
}
