// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

import (
	"cmp"
	"slices"
	"strings"

	"sankofa/backend/internal/taxonomy"
)

// Few people use more than this share of the words of a terms of reference,
// in thousandths: whoever does has all the points.
const plenty = 400

// shown is how many words a reader is shown at most.
const shown = 12

// How often a word occurs counts as in BM25 (Robertson and Zaragoza, The
// Probabilistic Relevance Framework, 2009): each further time adds less, and a
// long text needs a word more often than a short one. In thousandths; the usual
// values of k1 and b. Lengths are compared with a fixed one instead of the
// crowd's average, so that nobody's points depend on how much others write.
const (
	saturation = 1200
	byLength   = 750
	usualWords = 150 // distinct words of a CV with its posts and skills
)

// weight is how much the words tell together.
func (s *Scorer) weight(terms []Term) int {
	total := 0
	for _, t := range terms {
		total += s.crowd.Word(t)
	}
	return total
}

// Frequency is what a word counts that occurs so often in a text of so many
// distinct words, in thousandths: 1,000 for once in a text of the usual length,
// and never more than 2,200.
func Frequency(count, words int) int {
	length := full - byLength + byLength*min(words, 100*usualWords)/usualWords
	count = min(max(count, 1), 1000)
	return count * (full + saturation) * full / (count*full + saturation*length/full)
}

// text compares words: all of the need's, as often as they stand there; the more
// a word tells, the more it gives.
func (s *Scorer) text(p Person) verdict {
	if p.Words == 0 {
		return verdict{status: Unknown}
	}
	type hit struct {
		need, person Term
		worth        int
	}
	var hits []hit
	sum := 0
	for _, t := range s.need.Terms {
		found, ok := Find(p.Terms, t.Stem)
		weight := s.crowd.Word(t)
		if !ok || weight == 0 {
			continue
		}
		hits = append(hits, hit{t, found, weight * Frequency(found.Count, p.Words) / full})
		sum += hits[len(hits)-1].worth
	}
	share := WordShare(sum, s.total)
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(a.need.Stem, b.need.Stem))
	})
	var asked, said []string
	for _, h := range hits[:min(len(hits), shown)] {
		asked, said = append(asked, h.need.Word), append(said, h.person.Word)
	}
	v := graded(share, Evidence{Need: list(asked), Person: list(said)})
	v.relation = "words"
	return v
}

// WordShare is the share for words in common that weigh so much of a total.
func WordShare(weight, total int) int {
	if total <= 0 {
		return 0
	}
	return min(full, weight*full/total*full/plenty)
}

// topics compares the concepts that the texts speak of, whatever the language;
// what few people have tells more.
func (s *Scorer) topics(p Person) verdict {
	if p.Words == 0 && len(p.Claims) == 0 {
		return verdict{status: Unknown}
	}
	var asked, said []string
	sum, total, concept := 0, 0, ""
	for _, topic := range s.need.Topics {
		rarity := s.crowd.skill(topic.Concept)
		total += rarity
		claim, r := s.closest(topic.Concept, p)
		if r == taxonomy.Unrelated {
			continue
		}
		sum += rarity * nearness[r] / full
		if concept == "" {
			concept = topic.Concept
		}
		asked, said = append(asked, topic.Words), append(said, claim.Words)
	}
	v := graded(WordShare(sum, total), Evidence{Need: list(asked), Person: list(said)})
	v.concept = concept
	return v
}

// closest returns the claim that says the concept, or a special case of it.
func (s *Scorer) closest(concept string, p Person) (found Claim, best Relation) {
	for _, c := range p.Claims {
		if c.Concept == "" {
			continue
		}
		if r := s.relation(concept, c.Concept); (r == taxonomy.Same || r == taxonomy.Narrower) && r > best {
			found, best = c, r
		}
	}
	return found, best
}

// inOrder returns, for each of the wanted terms, the one with its stem.
func inOrder(sorted, wanted []Term) []Term {
	found := make([]Term, 0, len(wanted))
	for _, w := range wanted {
		if t, ok := Find(sorted, w.Stem); ok {
			found = append(found, t)
		}
	}
	return found
}

// Find looks a stem up among terms sorted by stem.
func Find(sorted []Term, stem string) (Term, bool) {
	i, ok := slices.BinarySearchFunc(sorted, stem, func(t Term, stem string) int { return cmp.Compare(t.Stem, stem) })
	if !ok {
		return Term{}, false
	}
	return sorted[i], true
}

// join lists words as they were written.
func join(terms []Term) string {
	words := make([]string, len(terms))
	for i, t := range terms {
		words[i] = t.Word
	}
	return list(words)
}

// list joins words for a reader, no more than are good to read.
func list(words []string) string { return strings.Join(words[:min(len(words), shown)], ", ") }
