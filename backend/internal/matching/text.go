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

// wordsTell tells whether the need's text can be compared at all.
func (s *Scorer) wordsTell() bool { return s.weight(s.need.Terms) > 0 || len(s.need.Topics) > 0 }

// weigh is how much one word tells.
func (s *Scorer) weigh(t Term) int {
	if s.words == nil {
		return 1
	}
	return s.words.Weight(t.Stem)
}

// weight is how much the words tell together.
func (s *Scorer) weight(terms []Term) int {
	total := 0
	for _, t := range terms {
		total += s.weigh(t)
	}
	return total
}

// text compares what both wrote: by their words, or, so that nobody loses by
// writing in another language, by the concepts that the words speak of.
func (s *Scorer) text(p Person) verdict {
	words, topics := s.sameWords(p), s.sameTopics(p)
	best := words
	if topics.share > words.share {
		best = topics
	}
	if len(p.Terms) == 0 && len(p.Claims) == 0 {
		best.status = Unknown
	}
	return best
}

// sameWords compares stems; the more a word tells, the more it gives.
func (s *Scorer) sameWords(p Person) verdict {
	total := s.weight(s.need.Terms)
	if total == 0 {
		return verdict{status: Missing}
	}
	met := pick(s.need.Terms, p.Terms)
	share := wordShare(s.weight(met), total)
	slices.SortStableFunc(met, func(a, b Term) int {
		return cmp.Or(cmp.Compare(s.weigh(b), s.weigh(a)), cmp.Compare(a.Stem, b.Stem))
	})
	met = met[:min(len(met), shown)]
	v := graded(share, Evidence{Need: join(met), Person: join(inOrder(p.Terms, met))})
	v.relation = "words"
	return v
}

// wordShare is the share for words that weigh so much of a total.
func wordShare(weight, total int) int { return min(full, weight*full/total*full/plenty) }

// sameTopics compares concepts, whatever the language.
func (s *Scorer) sameTopics(p Person) verdict {
	if len(s.need.Topics) == 0 {
		return verdict{status: Missing}
	}
	var asked, said []string
	worth, concept := 0, ""
	for _, topic := range s.need.Topics {
		claim, r := s.closest(topic.Concept, p)
		if r == taxonomy.Unrelated {
			continue
		}
		worth += nearness[r]
		if concept == "" {
			concept = topic.Concept
		}
		asked, said = append(asked, topic.Words), append(said, claim.Words)
	}
	share := min(full, worth/len(s.need.Topics)*full/plenty)
	v := graded(share, Evidence{Need: list(asked), Person: list(said)})
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

// pick returns those of the terms whose stem is among the others, which are
// sorted by stem; one term a stem.
func pick(terms, others []Term) []Term {
	var met []Term
	for _, t := range terms {
		if _, ok := Find(others, t.Stem); ok {
			met = append(met, t)
		}
	}
	return met
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
