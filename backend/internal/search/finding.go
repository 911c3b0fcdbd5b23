// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
	bleve "github.com/blevesearch/bleve/v2/search"
	phrase "github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// Findings is what a query by words found.
type Findings struct {
	Source string `json:"source" enum:"index,database" doc:"Who answered"`
	Total  int    `json:"total" doc:"How many people there are in all"`
	Items  []Hit  `json:"items"`
}

// Hit is one person who was found, by pseudonym.
type Hit struct {
	ProfessionalID string   `json:"professionalId"`
	Person         string   `json:"person" doc:"The person's pseudonym"`
	Demo           bool     `json:"demo"`
	Matched        []string `json:"matched" doc:"Words of the profile that met the query, as the person wrote them"`
	Summary        Summary  `json:"summary"`
}

// Find returns the people of the coordinator's programme whom a query describes.
func (s *Service) Find(ctx context.Context, who identity.Actor, text string, limit int) (Findings, error) {
	if !who.Is(identity.Coordinator) || who.ProgrammeID == "" {
		return Findings{}, nobody
	}
	q, err := parseQuery(text)
	if err != nil {
		return Findings{}, err
	}
	if q = s.resolved(q, who.Locale); len(q) == 0 {
		return Findings{}, tooCommon()
	}
	found, err := s.find(ctx, who, q, bounded(limit))
	if err != nil {
		return Findings{}, err
	}
	shown := make([]string, len(found.Items))
	for i, hit := range found.Items {
		shown[i] = hit.ProfessionalID
	}
	s.viewed(who, shown, "search", "")
	return found, nil
}

func (s *Service) find(ctx context.Context, who identity.Actor, q query, limit int) (Findings, error) {
	if now, _ := s.usable(ctx); now != nil {
		found, err := s.findIndexed(ctx, who, q, limit, now)
		if !s.damaged(ctx, now, err) {
			return found, err
		}
	}
	return s.findUnindexed(ctx, who, q, limit)
}

// tooCommon is the answer to a query of small words only.
func tooCommon() error {
	var check fault.Check
	check.That(false, "q", "query.common", "These words are too common to find anybody by. Please add another.")
	return check.Err()
}

// resolved puts concepts in the place of the words that name skills; words that
// name none are looked for in the texts. Small words ask for nothing.
func (s *Service) resolved(q query, language string) query {
	var out query
	for _, group := range q {
		var kept []clause
		for _, c := range group {
			if c.field == "skill" {
				c = s.skill(c, language)
			}
			if c.field != "" || len(s.texts.tokens(c.text, other)) > 0 {
				kept = append(kept, c)
			}
		}
		if len(kept) > 0 {
			out = append(out, kept)
		}
	}
	return out
}

// skill turns the words of a skill into its concept, if they name one.
func (s *Service) skill(c clause, language string) clause {
	if len(s.vocabulary.BroaderOf(c.text)) > 0 || strings.Contains(c.text, ".") {
		return c
	}
	if id, ok := s.vocabulary.LinkSkill(c.text, language); ok {
		c.text = id
		return c
	}
	c.field = ""
	return c
}

func (s *Service) findIndexed(ctx context.Context, who identity.Actor, q query, limit int, now *shelf) (Findings, error) {
	found := Findings{Source: "index"}
	err := s.db.View(ctx, func(tx *store.Tx) error {
		var ids []string
		err := now.read(func(r index.IndexReader) error {
			st := state{ctx: ctx, reader: r}
			hits, err := s.described(st, q, who.ProgrammeID, now)
			if err == nil {
				found.Total = hits.count()
				ids, err = st.external(firstOf(hits, limit))
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("%w: %w", errSearching, err)
		}
		read, err := s.hitsIn(tx, who.ProgrammeID, ids, q)
		found.Items = read
		found.Total -= len(ids) - len(read)
		return err
	})
	return found, err
}

// firstOf returns the first so many members: identifiers are made in the order of
// time, and so are documents of one building.
func firstOf(hits set, limit int) []uint64 {
	var numbers []uint64
	for n := range hits.all() {
		if len(numbers) == limit {
			break
		}
		numbers = append(numbers, n)
	}
	return numbers
}

// described returns the documents of people in the programme whom the query describes.
func (s *Service) described(st state, q query, programme string, now *shelf) (set, error) {
	hits, err := st.having(memberField, member(personKind, programme))
	if err != nil {
		return nil, err
	}
	all := hits
	for _, group := range q {
		var any set
		for _, c := range group {
			some, err := s.clause(st, c, now)
			if err != nil {
				return nil, err
			}
			if c.negated {
				some = all.without(some)
			}
			any.or(some)
		}
		hits = hits.and(any)
	}
	return hits, nil
}

// clause returns the documents that hold what one clause asks for.
func (s *Service) clause(st state, c clause, now *shelf) (set, error) {
	if c.field == "" && c.phrase {
		return st.inARow(c.text, now)
	}
	if c.field == "" {
		return s.word(st, c.text)
	}
	field, terms, err := queryFields[c.field].terms(st, c.text)
	if err != nil {
		return nil, err
	}
	var some set
	for _, term := range terms {
		one, err := st.having(field, term)
		if err != nil {
			return nil, err
		}
		some.or(one)
	}
	return some, nil
}

// word returns the documents whose text holds a word: as it is written, or in
// another form of it in the text's language.
func (s *Service) word(st state, word string) (set, error) {
	some, err := st.together(wordsField, s.texts.tokens(word, other))
	if err != nil {
		return nil, err
	}
	for language := range analyzerNames {
		more, err := st.together(textField+language, s.texts.tokens(word, language))
		if err != nil {
			return nil, err
		}
		some.or(more)
	}
	return some, nil
}

// together returns the documents that hold all the tokens in the field.
func (st state) together(field string, tokens []string) (set, error) {
	var all set
	for i, token := range tokens {
		some, err := st.having(field, token)
		if err != nil {
			return nil, err
		}
		if all = all.and(some); i == 0 {
			all = some
		}
	}
	return all, nil
}

// inARow returns the documents that hold the words one after the other.
func (st state) inARow(words string, now *shelf) (set, error) {
	q := phrase.NewMatchPhraseQuery(words)
	q.SetField(wordsField)
	searcher, err := q.Searcher(st.ctx, st.reader, now.index.Mapping(), bleve.SearcherOptions{Score: "none"})
	if err != nil {
		return nil, err
	}
	defer searcher.Close()
	var some set
	search := &bleve.SearchContext{DocumentMatchPool: bleve.NewDocumentMatchPool(searcher.DocumentMatchPoolSize()+1, 0), IndexReader: st.reader}
	for {
		hit, err := searcher.Next(search)
		if err != nil || hit == nil {
			return some, err
		}
		some.add(hit.IndexInternalID.Value())
		search.DocumentMatchPool.Put(hit)
	}
}

// tokens breaks a text into stems, in their order and with nothing left out but
// what the language's analyzer leaves out.
func (a analyzers) tokens(text, language string) []string {
	var out []string
	for _, token := range a[language].Analyze([]byte(text)) {
		out = append(out, string(token.Term))
	}
	return out
}

// hitsIn reads people whom the index found from the database, and keeps those
// whom the query still describes.
func (s *Service) hitsIn(tx *store.Tx, programme string, ids []string, q query) ([]Hit, error) {
	profiles, err := registry.ProfilesIn(tx, ids)
	if err != nil {
		return nil, err
	}
	hits := []Hit{}
	for _, p := range profiles {
		if !findable(p) || !slices.Contains(p.Programmes, programme) {
			continue
		}
		if matched, ok := s.describes(q, p); ok {
			hits = append(hits, Hit{ProfessionalID: p.ID, Person: p.Pseudonym, Demo: p.Demo, Matched: matched, Summary: summary(p)})
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int { return cmp.Compare(a.ProfessionalID, b.ProfessionalID) })
	return hits, nil
}

// findUnindexed asks everybody who can be found, page by page.
func (s *Service) findUnindexed(ctx context.Context, who identity.Actor, q query, limit int) (Findings, error) {
	found := Findings{Source: "database", Items: []Hit{}}
	err := s.db.View(ctx, func(tx *store.Tx) error {
		for after := ""; ; {
			ids, err := registry.VisiblePageIn(tx, who.ProgrammeID, after, page)
			if err != nil || len(ids) == 0 {
				return err
			}
			hits, err := s.hitsIn(tx, who.ProgrammeID, ids, q)
			if err := errors.Join(err, ctx.Err()); err != nil {
				return err
			}
			after, found.Total = ids[len(ids)-1], found.Total+len(hits)
			found.Items = append(found.Items, hits[:min(len(hits), limit-len(found.Items))]...)
		}
	})
	return found, err
}

// describes tells whether the query describes a profile, and by which words.
func (s *Service) describes(q query, p registry.Profile) ([]string, bool) {
	person, text := s.reading.Profile(p)
	d := dossier{Person: person, residence: p.ResidenceCountry, language: spoken(p.CVLanguage), text: text}
	matched := []string{}
	for _, group := range q {
		met := false
		for _, c := range group {
			words, ok := s.meets(c, d)
			met = met || ok != c.negated
			if ok && !c.negated {
				matched = append(matched, words...)
			}
		}
		if !met {
			return nil, false
		}
	}
	slices.Sort(matched)
	return slices.Compact(matched), true
}

// meets tells whether a person meets one clause, and by which words.
func (s *Service) meets(c clause, d dossier) ([]string, bool) {
	switch {
	case c.field == "skill":
		return s.claims(c.text, d)
	case c.field != "":
		return nil, queryFields[c.field].holds(d, c.text)
	case c.phrase:
		ok := s.texts.row(d.text, c.text)
		return []string{c.text}, ok
	}
	if words, ok := s.texts.contains(d.text, c.text, other); ok {
		return words, true
	}
	if d.language == other {
		return nil, false
	}
	return s.texts.contains(d.text, c.text, d.language)
}

// claims tells whether a person claims a concept or a special case of it.
func (s *Service) claims(concept string, d dossier) ([]string, bool) {
	var words []string
	for _, claim := range d.Claims {
		if claim.Concept != "" && (claim.Concept == concept || slices.Contains(s.vocabulary.BroaderOf(claim.Concept), concept)) {
			words = append(words, claim.Words)
		}
	}
	return words, len(words) > 0
}

// contains tells whether a text holds all the words asked for, and how they are
// written there.
func (a analyzers) contains(text, asked, language string) ([]string, bool) {
	wanted := a.tokens(asked, language)
	written := map[string]string{}
	for _, token := range a[language].Analyze([]byte(text)) {
		if slices.Contains(wanted, string(token.Term)) {
			written[string(token.Term)] = text[token.Start:token.End]
		}
	}
	var words []string
	for _, stem := range wanted {
		word, ok := written[stem]
		if !ok {
			return nil, false
		}
		words = append(words, word)
	}
	return words, len(words) > 0
}

// row tells whether a text holds the words one after the other, with as many
// small words between them.
func (a analyzers) row(text, asked string) bool {
	wanted := a[other].Analyze([]byte(asked))
	if len(wanted) == 0 {
		return false
	}
	at := map[int]string{}
	for _, token := range a[other].Analyze([]byte(text)) {
		at[token.Position] = string(token.Term)
	}
	for position := range at {
		if follows(at, position, wanted) {
			return true
		}
	}
	return false
}

// follows tells whether the wanted words stand from the position on.
func follows(at map[int]string, from int, wanted analysis.TokenStream) bool {
	for _, token := range wanted {
		if at[from+token.Position-wanted[0].Position] != string(token.Term) {
			return false
		}
	}
	return true
}
