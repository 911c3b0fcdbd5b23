// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

import (
	"maps"
	"slices"

	"sankofa/backend/internal/taxonomy"
)

// Made is everything that the scores of a ranking were made of, so that they can
// be computed again after the index, the profiles and the vocabulary have
// changed. People are in it by pseudonym, with what the need's criteria read of
// them and no more.
type Made struct {
	Algorithm string    `json:"algorithm"`
	Need      Need      `json:"need"`
	Crowd     Crowd     `json:"crowd"`
	Model     Model     `json:"model"`
	Relations []Related `json:"relations"`
	People    []Person  `json:"people"`
}

// Related is how one concept of a person stands to one of the need.
type Related struct {
	Need     string   `json:"need"`
	Person   string   `json:"person"`
	Relation Relation `json:"relation"`
}

// Made returns what the scores of people were made of. The words of the first
// people are kept, as their reasons show them; of the others only what counts.
func (s *Scorer) Made(people []Person, withWords int) Made {
	m := Made{Algorithm: Algorithm, Need: s.need, Crowd: s.crowd, Model: s.model, People: make([]Person, len(people))}
	for i, p := range people {
		m.People[i] = s.essence(p, i < withWords)
	}
	m.Relations = s.related(m.People)
	return m
}

// related lists how each concept of the people stands to each of the need; also
// the need's own to each other, for the changes that would lift somebody.
func (s *Scorer) related(people []Person) []Related {
	asked, known := map[string]bool{}, map[string]bool{}
	for _, w := range s.need.Wishes {
		asked[w.Concept], known[w.Concept] = true, true
	}
	for _, t := range s.need.Topics {
		asked[t.Concept] = true
	}
	for _, p := range people {
		for _, c := range p.Claims {
			known[c.Concept] = true
		}
	}
	delete(asked, "")
	delete(known, "")
	var all []Related
	for _, need := range slices.Sorted(maps.Keys(asked)) {
		for _, person := range slices.Sorted(maps.Keys(known)) {
			if r := s.relation(need, person); r != taxonomy.Unrelated && need != person {
				all = append(all, Related{need, person, r})
			}
		}
	}
	return all
}

// essence is what the rules of the need read of a person. It scores the same.
func (s *Scorer) essence(p Person, words bool) Person {
	out := p
	out.Origin, out.ReturnRight, out.ReturnRightUntil, out.Searchable = "", "", "", false
	out.Claims, out.Terms = s.relevant(p.Claims), nil
	for _, t := range p.Terms {
		if s.reads(t.Stem) {
			out.Terms = append(out.Terms, t)
		}
	}
	if !words {
		out.wordless()
	}
	return out
}

// relevant keeps the claims that a criterion could rest on. Whoever claims
// something else still has said something, so one empty claim stands for those.
func (s *Scorer) relevant(claims []Claim) []Claim {
	var kept []Claim
	for _, c := range claims {
		near := slices.ContainsFunc(s.need.Wishes, func(w Wish) bool {
			share, _ := s.near(w, c)
			return share > 0
		})
		if near || c.Concept != "" && slices.ContainsFunc(s.need.Topics, func(t Mention) bool {
			return s.relation(t.Concept, c.Concept) >= taxonomy.Narrower
		}) {
			kept = append(kept, c)
		}
	}
	if len(kept) == 0 && len(claims) > 0 {
		kept = []Claim{{}}
	}
	return kept
}

// reads tells whether a criterion looks for the word.
func (s *Scorer) reads(stem string) bool {
	if _, ok := Find(s.need.Terms, stem); ok {
		return true
	}
	return slices.ContainsFunc(s.need.Wishes, func(w Wish) bool {
		_, ok := Find(w.Terms, stem)
		return ok
	})
}

// wordless takes away what only a reader would need.
func (p *Person) wordless() {
	p.Occupation = ""
	p.Claims, p.Terms = slices.Clone(p.Claims), slices.Clone(p.Terms)
	for i := range p.Claims {
		p.Claims[i].Words = ""
		p.Claims[i].Terms = slices.Clone(p.Claims[i].Terms)
		for j := range p.Claims[i].Terms {
			p.Claims[i].Terms[j].Word = ""
		}
	}
	for i := range p.Terms {
		p.Terms[i].Word = ""
	}
	p.Education, p.Posts, p.Licences = slices.Clone(p.Education), slices.Clone(p.Posts), slices.Clone(p.Licences)
	for i := range p.Education {
		p.Education[i].Title = ""
	}
	for i := range p.Posts {
		p.Posts[i].Title = ""
	}
	for i := range p.Licences {
		p.Licences[i].Body, p.Licences[i].Country = "", ""
	}
}

// Scorer returns the scorer that the scores were made with, or false for an
// algorithm that this build does not have.
func (m Made) Scorer() (*Scorer, bool) {
	if m.Algorithm != Algorithm {
		return nil, false
	}
	known := relations{}
	for _, r := range m.Relations {
		known[[2]string{r.Need, r.Person}] = r.Relation
	}
	return Weighed(m.Need, known, m.Crowd, m.Model), true
}

// relations is the part of a vocabulary that a frozen ranking has kept.
type relations map[[2]string]Relation

// Relation says how the person's concept stood to the need's.
func (r relations) Relation(need, person string) Relation { return r[[2]string{need, person}] }

// LinkSkill, Mentions and LinkOccupation find nothing: what words meant is in
// the values already.
func (relations) LinkSkill(string, string) (string, bool)             { return "", false }
func (relations) Mentions(string, string) []Mention                   { return nil }
func (relations) LinkOccupation(string, string) []taxonomy.Suggestion { return nil }
