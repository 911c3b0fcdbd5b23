// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	index "github.com/blevesearch/bleve_index_api"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/taxonomy"
)

// Lexicon is the knowledge about words and codes that queries need.
type Lexicon interface {
	Find(id string) (taxonomy.Skill, bool)
	Skill(id string) bool
	LinkOccupation(title, language string) []taxonomy.Suggestion
	Country(code string) bool
	Language(code string) bool
	Countries(reader string) []taxonomy.Named
	Languages(reader string) []taxonomy.Named
	Skills(sector string) []taxonomy.Skill
	Occupations() []taxonomy.Occupation
}

// Asked is what somebody looks for.
type Asked struct {
	Query   string
	Choices Choices // facets
	Exact   bool    // as it stands: no other spellings, and words are not linked to concepts
	After   string  // the cursor of the page before
	Limit   int
	Facets  bool // count the facets too
	// Language is the reader's, in which words are read first and concepts are named;
	// empty: that of their account.
	Language string
}

// Find returns the people of the coordinator's programme whom a query describes,
// those first who fit it best. Everybody who is shown is recorded as seen.
func (s *Service) Find(ctx context.Context, who identity.Actor, asked Asked) (Findings, error) {
	if !who.Is(identity.Coordinator) || who.ProgrammeID == "" {
		return Findings{}, nobody
	}
	q, err := s.inquire(asked, cmp.Or(asked.Language, who.Locale))
	if err != nil {
		return Findings{}, err
	}
	found, err := s.find(ctx, who, q)
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

// inquiry is a query that was read and understood.
type inquiry struct {
	Asked
	plan     *plan
	parts    []*queryPart
	after    *cursorAt
	language string
}

// inquire reads what is asked, or complains about it.
func (s *Service) inquire(asked Asked, language string) (inquiry, error) {
	q := inquiry{Asked: asked, language: language}
	q.Limit = bounded(asked.Limit)
	tree, err := parseQuery(asked.Query, newNames(s.vocabulary, language))
	if err != nil {
		return q, err
	}
	if err := asked.Choices.check(); err != nil {
		return q, err
	}
	if tree == nil && asked.Choices.none() {
		return q, complaint("query.empty", -1, "", "Please write what you are looking for.")
	}
	q.plan = s.understand(tree, language, asked.Exact)
	if q.plan == nil && tree != nil && asked.Choices.none() {
		return q, complaint("query.common", -1, "", "These words are too common to find anybody by. Please add another.")
	}
	q.parts = q.plan.parts()
	q.after, err = placeOf(asked.After)
	return q, err
}

// none tells whether nothing is chosen.
func (c Choices) none() bool {
	for _, values := range c {
		if len(values) > 0 {
			return false
		}
	}
	return true
}

// parts lists the parts of a plan in the order in which they were typed.
func (p *plan) parts() []*queryPart {
	if p == nil {
		return nil
	}
	if p.kind == oneClause {
		return []*queryPart{p.part}
	}
	var all []*queryPart
	for _, kid := range p.kids {
		all = append(all, kid.parts()...)
	}
	slices.SortStableFunc(all, func(a, b *queryPart) int { return a.from - b.from })
	return all
}

// placeOf reads a cursor.
func placeOf(cursor string) (*cursorAt, error) {
	if cursor == "" {
		return nil, nil
	}
	var at cursorAt
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || json.Unmarshal(text, &at) != nil || at.ID == "" {
		var check fault.Check
		check.That(false, "after", "cursor.unknown", "Please start from the first page again.")
		return nil, check.Err()
	}
	return &at, nil
}

// cursor spells a place.
func (p cursorAt) cursor() string {
	text, _ := json.Marshal(p)
	return base64.RawURLEncoding.EncodeToString(text)
}

// find asks the index, and the database where that will not do.
func (s *Service) find(ctx context.Context, who identity.Actor, q inquiry) (Findings, error) {
	if now, _ := s.usable(ctx); now != nil {
		found, err := s.findIndexed(ctx, who, q, now)
		if !s.damaged(ctx, now, err) {
			return found, err
		}
	}
	return s.findUnindexed(ctx, who, q)
}

func (s *Service) findIndexed(ctx context.Context, who identity.Actor, q inquiry, now *shelf) (Findings, error) {
	var found Findings
	err := s.db.View(ctx, func(tx *store.Tx) error {
		var page []cursorAt
		err := now.read(func(r index.IndexReader) error {
			src, err := newShelfSource(ctx, now, r, who.ProgrammeID)
			if err == nil {
				found, page, err = s.answer(src, q, tx)
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("%w: %w", errSearching, err)
		}
		found.Source = "index"
		return s.show(tx, who.ProgrammeID, q, &found, page, now.columns.version)
	})
	return found, err
}

// findUnindexed reads everybody who can be found, page by page, and asks what was read.
func (s *Service) findUnindexed(ctx context.Context, who identity.Actor, q inquiry) (Findings, error) {
	var found Findings
	err := s.db.View(ctx, func(tx *store.Tx) error {
		src, err := s.folderOf(ctx, tx, who.ProgrammeID, q)
		if err != nil {
			return err
		}
		var page []cursorAt
		if found, page, err = s.answer(src, q, tx); err != nil {
			return err
		}
		found.Source = "database" // and in the same view: nobody has changed since
		return s.show(tx, who.ProgrammeID, q, &found, page, nil)
	})
	return found, err
}

// folderOf reads the people of a programme into a folder that will do for the query.
func (s *Service) folderOf(ctx context.Context, tx *store.Tx, programme string, q inquiry) (*folder, error) {
	f := newFolder(s.texts, s.wantedWords(q), q.phrases())
	for after := ""; ; {
		ids, err := registry.VisiblePageIn(tx, programme, after, page)
		if err != nil || len(ids) == 0 {
			return f, err
		}
		documents, err := s.personDocuments(tx, ids)
		if err := errors.Join(err, ctx.Err()); err != nil {
			return nil, err
		}
		for _, id := range ids {
			if doc := documents[id]; doc != nil {
				f.add(id, doc)
			}
		}
		after = ids[len(ids)-1]
	}
}

// phrases lists the words in a row that are asked for.
func (q inquiry) phrases() []string {
	var all []string
	for _, p := range q.parts {
		if p.phrase {
			all = append(all, p.words[0])
		}
	}
	return all
}

// wantedWords tells which words of texts a query may ask about.
func (s *Service) wantedWords(q inquiry) func(string) bool {
	exactly := map[string]bool{}
	var typed []string
	for _, p := range q.parts {
		if p.field != "" || p.phrase {
			continue
		}
		for i, word := range p.words {
			for language := range s.texts {
				for _, token := range s.texts.tokens(word, language) {
					exactly[token] = true
				}
			}
			if i < len(p.near) { // decided already
				for _, n := range p.near[i] {
					exactly[n.Word] = true
				}
			}
			if !q.Exact && !p.negated && p.near == nil && edits(word) > 0 {
				typed = append(typed, word)
			}
		}
	}
	return func(word string) bool {
		return exactly[word] || slices.ContainsFunc(typed, func(w string) bool { return slips(w, word, edits(w)) > 0 })
	}
}

// answer puts a query to a source: who is on the page, how many there are, and the
// facets.
func (s *Service) answer(src source, q inquiry, tx *store.Tx) (Findings, []cursorAt, error) {
	found := Findings{Items: []Hit{}, Understood: []Understood{}, Facets: []Facet{}}
	e := newEvaluation(src, s.texts)
	e.exact, e.wordbook = q.Exact, s.wordbook.fresh(s.vocabulary)
	described, err := e.met(q.plan)
	if err != nil {
		return found, nil, err
	}
	described = described.and(src.everybody())
	narrow, err := narrowed(src, q.Choices)
	if err != nil {
		return found, nil, err
	}
	hits := narrow.left(described, "")
	found.Total = hits.count()
	page, more, err := e.ordered(hits, q.after, q.Limit)
	if err != nil {
		return found, nil, err
	}
	if more {
		found.Next = page[len(page)-1].cursor()
	}
	if q.Facets {
		found.Facets, err = s.facetsOf(src, described, narrow, q.Choices, tx.Now, q.language)
	}
	return found, page, err
}

// show reads the people of a page from the database, keeps those whom the query
// still describes, and says how. Whoever has the version that was searched is still
// described by it; nil for when all have.
func (s *Service) show(tx *store.Tx, programme string, q inquiry, found *Findings, page []cursorAt, searched func(id string) int) error {
	ids := make([]string, len(page))
	for i, at := range page {
		ids[i] = at.ID
	}
	profiles, err := registry.ProfilesIn(tx, ids)
	if err != nil {
		return err
	}
	by := map[string]registry.Profile{}
	for _, p := range profiles {
		by[p.ID] = p
	}
	var left []cursorAt
	for _, at := range page {
		p, there := by[at.ID]
		still, err := there && findable(p) && slices.Contains(p.Programmes, programme), error(nil)
		if still && searched != nil && searched(p.ID) != p.Version {
			still, err = s.stillMeets(q, p)
		}
		if err != nil {
			return err
		}
		if still {
			left = append(left, at)
		}
	}
	found.Total -= len(page) - len(left)
	found.Items = make([]Hit, len(left))
	m := excerpter{s: s, parts: q.parts}
	inParallel(len(left), func(i int) { found.Items[i] = s.hit(m, by[left[i].ID], left[i], q.language) })
	found.Understood = s.understood(q)
	return nil
}

// stillMeets asks one person alone, as the database has them now.
func (s *Service) stillMeets(q inquiry, p registry.Profile) (bool, error) {
	doc := s.personDocument(p)
	alone := newFolder(s.texts, s.wantedWords(q), q.phrases())
	alone.add(p.ID, doc)
	e := newEvaluation(alone, s.texts)
	e.settled = true
	met, err := e.met(q.plan)
	if err != nil {
		return false, err
	}
	narrow, err := narrowed(alone, q.Choices)
	return narrow.left(met, "").has(0), err
}

// hit shows one person.
func (s *Service) hit(m excerpter, p registry.Profile, at cursorAt, language string) Hit {
	excerpts, how := m.excerpts(p)
	h := Hit{ProfessionalID: p.ID, Person: p.Pseudonym, Demo: p.Demo, Relevance: at.Points, Matched: []string{}, Reasons: []Reason{},
		Excerpts: excerpts, Summary: summary(p, s.db.Now())}
	for i := range m.parts {
		reasons := map[string]*Reason{}
		var order []string
		for _, one := range how[i] {
			r := reasons[one.concept]
			if r == nil {
				r = &Reason{Part: i, Words: []string{}}
				if one.concept != "" {
					r.Concept = s.concept(one.concept, language)
				}
				reasons[one.concept], order = r, append(order, one.concept)
			}
			r.Words = append(r.Words, one.words)
			h.Matched = append(h.Matched, one.words)
		}
		for _, concept := range order {
			h.Reasons = append(h.Reasons, *reasons[concept])
		}
	}
	slices.Sort(h.Matched)
	h.Matched = slices.Compact(h.Matched)
	return h
}

// concept names a skill, or a group of occupations by its digits.
func (s *Service) concept(id, language string) *Concept {
	if someDigits.MatchString(id) {
		return &Concept{ID: id, Kind: "occupation", Label: s.vocabulary.Title(id, language)}
	}
	return &Concept{ID: id, Kind: "skill", Label: s.vocabulary.Label(id, language)}
}

// understood says what the parts of a query were taken for.
func (s *Service) understood(q inquiry) []Understood {
	typed := []rune(q.Query)
	out := []Understood{}
	for _, p := range q.parts {
		u := Understood{Kind: "word", Text: string(typed[p.from:p.to]), From: p.from, To: p.to, Field: p.field, Negated: p.negated, Guessed: p.guessed, Concepts: []Concept{}, Near: []Near{}}
		switch {
		case p.field != "":
			u.Kind = "field"
		case p.phrase:
			u.Kind = "phrase"
		case p.coded():
			u.Kind = "concept"
		}
		for _, id := range slices.Concat(p.skills, p.groups) {
			u.Concepts = append(u.Concepts, *s.concept(id, q.language))
		}
		for _, some := range p.near {
			u.Near = append(u.Near, some...)
		}
		out = append(out, u)
	}
	return out
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

// row tells whether a text holds the words one after the other, with as many
// small words between them.
func (a analyzers) row(text, asked string) bool {
	p := &queryPart{words: []string{asked}, phrase: true}
	return len(a.analysed(strings.ToValidUTF8(text, ""), other).marks(a, p, 0)) > 0
}
