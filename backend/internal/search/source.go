// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"context"
	"math"
	"slices"
	"strings"

	bleve "github.com/blevesearch/bleve/v2/search"
	phrase "github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"
)

// source is what a query is put to: the index, or what was read from the database
// in its place. Both hold the same documents, so that both answer alike; a test
// compares them.
type source interface {
	// everybody returns the people of the programme who can be found.
	everybody() set
	having(field, term string) (set, error)
	// prefixed lists the terms of a field that begin so.
	prefixed(field, prefix string) ([]string, error)
	// near lists the words of the texts that begin with the letters and differ from
	// the word by at most so many, among others perhaps.
	near(word, beginning string, edits int) ([]string, error)
	// inARow returns who wrote the words one after the other.
	inARow(words string) (set, error)
	// weighed calls f for each document that holds the term of a text, with how often
	// it does and how many words the text has.
	weighed(field, term string, f func(n uint64, times, length int)) error
	// external returns the identifiers of documents, in the order of their numbers.
	external(numbers []uint64) ([]string, error)
	// numbered returns the numbers of documents, of those that there are.
	numbered(ids []string) (map[string]uint64, error)
}

// shelfSource is one state of the index.
type shelfSource struct {
	state
	now    *shelf
	people set
}

// newShelfSource opens one programme in a state of the index.
func newShelfSource(ctx context.Context, now *shelf, reader index.IndexReader, programme string) (*shelfSource, error) {
	st := state{ctx: ctx, reader: reader}
	people, err := st.having(memberField, member(personKind, programme))
	return &shelfSource{state: st, now: now, people: people}, err
}

func (s *shelfSource) everybody() set { return s.people }

// near walks a Levenshtein automaton through the dictionary.
func (s *shelfSource) near(word, beginning string, edits int) ([]string, error) {
	fuzzy, ok := s.reader.(index.IndexReaderFuzzy)
	if !ok {
		return nil, nil
	}
	dict, err := fuzzy.FieldDictFuzzy(wordsField, word, edits, beginning)
	if err != nil {
		return nil, err
	}
	return listed(dict)
}

// inARow returns the documents that hold the words one after the other.
func (s *shelfSource) inARow(words string) (set, error) {
	q := phrase.NewMatchPhraseQuery(words)
	q.SetField(wordsField)
	searcher, err := q.Searcher(s.ctx, s.reader, s.now.index.Mapping(), bleve.SearcherOptions{Score: "none"})
	if err != nil {
		return nil, err
	}
	defer searcher.Close()
	var some set
	search := &bleve.SearchContext{DocumentMatchPool: bleve.NewDocumentMatchPool(searcher.DocumentMatchPoolSize()+1, 0), IndexReader: s.reader}
	for {
		hit, err := searcher.Next(search)
		if err != nil || hit == nil {
			return some, err
		}
		some.add(hit.IndexInternalID.Value())
		search.DocumentMatchPool.Put(hit)
	}
}

// weighed reads frequencies and lengths: with the BM25 model a segment keeps the
// length of a text, and gives one over its square root.
func (s *shelfSource) weighed(field, term string, f func(n uint64, times, length int)) error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	postings, err := s.reader.TermFieldReader(s.ctx, []byte(term), field, true, true, false)
	if err != nil {
		return err
	}
	defer postings.Close()
	var doc index.TermFieldDoc
	for {
		next, err := postings.Next(doc.Reset())
		if err != nil || next == nil {
			return err
		}
		f(next.ID.Value(), int(next.Freq), int(math.Round(1/(next.Norm*next.Norm))))
	}
}

// numbered looks identifiers up.
func (s *shelfSource) numbered(ids []string) (map[string]uint64, error) {
	out := make(map[string]uint64, len(ids))
	for _, id := range ids {
		found, err := s.reader.InternalID(id)
		if err != nil {
			return nil, err
		}
		if found != nil {
			out[id] = found.Value()
		}
	}
	return out, nil
}

// folder is what is read from the database while there is no index: the documents
// of one programme, of their texts only the words that a query may want.
type folder struct {
	ids    []string
	people set
	terms  map[string]map[string]set // by field
	counts map[string][]tally        // by field and term, of texts
	rows   map[string]set            // by phrase
	words  map[string]bool           // of the texts, as far as they are kept
	texts  analyzers
	wanted func(word string) bool
}

// tally is a text that holds a term.
type tally struct {
	n             uint64
	times, length int
}

// newFolder returns an empty folder that keeps the words that are wanted, and
// looks for the phrases.
func newFolder(texts analyzers, wanted func(word string) bool, phrases []string) *folder {
	f := &folder{terms: map[string]map[string]set{}, counts: map[string][]tally{}, rows: map[string]set{}, words: map[string]bool{}, texts: texts}
	for _, one := range phrases {
		f.rows[one] = nil
	}
	known := map[string]bool{} // most words come up again and again
	f.wanted = func(word string) bool {
		keep, ok := known[word]
		if !ok {
			keep = wanted(word)
			known[word] = keep
		}
		return keep
	}
	return f
}

// add puts one document into the folder.
func (f *folder) add(id string, document map[string]any) {
	n := uint64(len(f.ids))
	f.ids = append(f.ids, id)
	f.people.add(n)
	for field, value := range document {
		switch text, _ := value.(string); {
		case field == wordsField:
			f.read(n, field, other, text)
			for row, holders := range f.rows {
				if f.texts.row(text, row) {
					holders.add(n)
					f.rows[row] = holders
				}
			}
		case strings.HasPrefix(field, textField):
			f.read(n, field, strings.TrimPrefix(field, textField), text)
		case slices.Contains(keywordFields, field):
			f.code(n, field, value)
		}
	}
}

// code keeps the terms of a field of codes.
func (f *folder) code(n uint64, field string, value any) {
	terms, ok := value.([]string)
	if one, single := value.(string); single {
		terms, ok = []string{one}, one != ""
	}
	if !ok {
		return
	}
	for _, term := range terms {
		f.put(n, field, term)
	}
}

func (f *folder) put(n uint64, field, term string) {
	if f.terms[field] == nil {
		f.terms[field] = map[string]set{}
	}
	holders := f.terms[field][term]
	holders.add(n)
	f.terms[field][term] = holders
}

// read keeps the wanted words of a text.
func (f *folder) read(n uint64, field, language, text string) {
	tokens := f.texts[language].Analyze([]byte(text))
	times := map[string]int{}
	for _, token := range tokens {
		if word := string(token.Term); f.wanted(word) {
			times[word]++
		}
	}
	for word, count := range times {
		f.put(n, field, word)
		key := field + "\x00" + word
		f.counts[key] = append(f.counts[key], tally{n: n, times: count, length: len(tokens)})
		if field == wordsField {
			f.words[word] = true
		}
	}
}

func (f *folder) everybody() set { return f.people }

func (f *folder) having(field, term string) (set, error) { return f.terms[field][term], nil }

func (f *folder) prefixed(field, prefix string) ([]string, error) {
	var all []string
	for term := range f.terms[field] {
		if strings.HasPrefix(term, prefix) {
			all = append(all, term)
		}
	}
	slices.Sort(all)
	return all, nil
}

func (f *folder) near(_, beginning string, _ int) ([]string, error) {
	var all []string
	for word := range f.words {
		if strings.HasPrefix(word, beginning) {
			all = append(all, word)
		}
	}
	return all, nil
}

func (f *folder) inARow(words string) (set, error) { return f.rows[words], nil }

func (f *folder) weighed(field, term string, each func(n uint64, times, length int)) error {
	for _, c := range f.counts[field+"\x00"+term] {
		each(c.n, c.times, c.length)
	}
	return nil
}

func (f *folder) external(numbers []uint64) ([]string, error) {
	ids := make([]string, len(numbers))
	for i, n := range numbers {
		ids[i] = f.ids[n]
	}
	return ids, nil
}

func (f *folder) numbered(ids []string) (map[string]uint64, error) {
	out := make(map[string]uint64, len(ids))
	for n, id := range f.ids {
		if slices.Contains(ids, id) {
			out[id] = uint64(n)
		}
	}
	return out, nil
}
