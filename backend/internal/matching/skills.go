// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

import (
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/taxonomy"
)

// nearness is what a relation between concepts is worth, in thousandths.
var nearness = map[Relation]int{taxonomy.Same: full, taxonomy.Narrower: 900, taxonomy.Broader: 700, taxonomy.Sibling: 400}

// Words alone are worth less than a concept: nobody has said that both mean the
// same.
const (
	wordsInSkill = 800
	wordsInText  = 500
)

// trust is what evidence is worth: a claim that nothing stands behind never
// counts in full.
var trust = map[registry.Evidence]int{
	registry.Claimed: 800, registry.WithExperience: 900, registry.ByReferee: full, registry.ByHost: full,
}

// mastery is what a level is worth, by its number; 0 is a level not said.
var mastery = [...]int{0: 900, 1: 700, 2: 900, 3: full, 4: full}

// Worth is what the claim counts for somebody who asks for exactly this, in
// thousandths.
func (c Claim) Worth() int { return c.weighed(full) }

// weighed is the share of a claim that stands in a relation worth so much.
func (c Claim) weighed(worth int) int {
	return worth * trust[c.Evidence] / full * mastery[min(max(c.Level, 0), 4)] / full
}

// wish looks for the claim that comes nearest to a skill that is asked for.
func (s *Scorer) wish(w Wish, p Person) verdict {
	best := verdict{status: Missing, concept: w.Concept, evidence: Evidence{Need: w.Label}}
	if len(p.Claims) == 0 && p.Words == 0 {
		best.status = Unknown
		return best
	}
	for _, c := range p.Claims {
		share, relation := s.near(w, c)
		if share > best.share {
			best = graded(share, Evidence{Need: w.Label, Person: c.Words})
			best.concept, best.relation, best.source = meeting(w, c), relation, c.Source
		}
	}
	if best.share == 0 {
		return s.wordsOnly(w, p, best)
	}
	return best
}

// near returns how near a claim is to a wish, and by which relation.
func (s *Scorer) near(w Wish, c Claim) (int, string) {
	if w.Concept != "" && c.Concept != "" {
		r := s.relation(w.Concept, c.Concept)
		return c.weighed(nearness[r]), relationNames[r]
	}
	if covered(w.Terms, c.Terms) {
		return c.weighed(wordsInSkill), "words"
	}
	return 0, ""
}

// meeting is the concept that a line of the score shows: the need's, or the
// person's where the need has words only.
func meeting(w Wish, c Claim) string {
	if w.Concept != "" {
		return w.Concept
	}
	return c.Concept
}

// wordsOnly looks for the words of the wish in everything the person wrote.
func (s *Scorer) wordsOnly(w Wish, p Person, none verdict) verdict {
	if !covered(w.Terms, p.Terms) {
		return none
	}
	claim := Claim{Evidence: registry.Claimed}
	v := graded(claim.weighed(wordsInText), Evidence{Need: w.Label, Person: join(inOrder(p.Terms, w.Terms))})
	v.concept, v.relation, v.source = w.Concept, "words", FromText
	return v
}

// covered tells whether all the asked words are among the written ones.
func covered(asked, written []Term) bool {
	for _, t := range asked {
		if _, ok := Find(written, t.Stem); !ok {
			return false
		}
	}
	return len(asked) > 0
}
