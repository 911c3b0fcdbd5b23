// SPDX-License-Identifier: AGPL-3.0-or-later

package main

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
	"github.com/blevesearch/bleve/v2/search/searcher"
	index "github.com/blevesearch/bleve_index_api"
)

// documentedBleve is bleve as its documentation begins: the default mapping, a
// struct with strings, and a boolean query.
type documentedBleve struct{ index bleve.Index }

// tunedBleve is bleve's Search with a mapping that keeps only what is asked for,
// and conditions that are not scored.
type tunedBleve struct{ index bleve.Index }

func (b *documentedBleve) version() string {
	return "bleve " + moduleVersion("github.com/blevesearch/bleve/v2") + ", default mapping"
}
func (b *tunedBleve) version() string {
	return "bleve " + moduleVersion("github.com/blevesearch/bleve/v2") + ", tuned"
}

// fill writes the people in batches.
func fill(idx bleve.Index, c *corpus) error {
	batch := idx.NewBatch()
	for i, person := range c.people {
		doc := map[string]any{}
		for field, words := range person {
			doc[fieldNames[field]] = strings.Join(words, " ")
		}
		if err := batch.Index(strconv.Itoa(i), doc); err != nil {
			return err
		}
		if batch.Size() == 1000 || i == len(c.people)-1 {
			if err := idx.Batch(batch); err != nil {
				return err
			}
			batch.Reset()
		}
	}
	return idx.Close()
}

func (b *documentedBleve) build(c *corpus, dir string) error {
	idx, err := bleve.New(filepath.Join(dir, "index"), bleve.NewIndexMapping())
	if err != nil {
		return err
	}
	return fill(idx, c)
}

func (b *documentedBleve) open(_ *corpus, dir string) (err error) {
	b.index, err = bleve.Open(filepath.Join(dir, "index"))
	return err
}

// asked spells the weighted words as term queries.
func asked(q question) []query.Query {
	all := make([]query.Query, len(q.terms))
	for i, t := range q.terms {
		one := bleve.NewTermQuery(t.word)
		one.SetField(fieldNames[strings.IndexByte(fieldLetters, t.word[0])])
		one.SetBoost(float64(t.weight) / 1000)
		all[i] = one
	}
	return all
}

func required(q question) []query.Query {
	all := make([]query.Query, len(q.must))
	for i, word := range q.must {
		one := bleve.NewTermQuery(word)
		one.SetField(fieldNames[conditions])
		all[i] = one
	}
	return all
}

func (b *documentedBleve) search(q question, most int) ([]int, int, error) {
	return ask(b.index, bleve.NewBooleanQuery(), required(q), asked(q), most)
}

func ask(idx bleve.Index, q *query.BooleanQuery, must, should []query.Query, most int) ([]int, int, error) {
	q.AddMust(must...)
	q.AddShould(should...)
	result, err := idx.Search(bleve.NewSearchRequestOptions(q, most, 0, false))
	if err != nil {
		return nil, 0, err
	}
	out := make([]int, len(result.Hits))
	for i, hit := range result.Hits {
		if out[i], err = strconv.Atoi(hit.ID); err != nil {
			return nil, 0, err
		}
	}
	return out, int(result.Total), nil
}

// tunedMapping keeps words as they stand and nothing beside them.
func tunedMapping() (mapping.IndexMapping, error) {
	m := bleve.NewIndexMapping()
	if err := m.AddCustomAnalyzer("words", map[string]any{"type": custom.Name, "tokenizer": whitespace.Name}); err != nil {
		return nil, err
	}
	fields := bleve.NewDocumentStaticMapping()
	for field, name := range fieldNames {
		fields.AddFieldMappingsAt(name, &mapping.FieldMapping{Type: "text", Analyzer: "words", Index: true, SkipFreqNorm: field == conditions})
	}
	m.DefaultMapping = fields
	m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = false, false, false
	m.ScoringModel = "bm25"
	return m, nil
}

func (b *tunedBleve) build(c *corpus, dir string) error {
	m, err := tunedMapping()
	if err != nil {
		return err
	}
	idx, err := bleve.New(filepath.Join(dir, "index"), m)
	if err != nil {
		return err
	}
	return fill(idx, c)
}

func (b *tunedBleve) open(_ *corpus, dir string) (err error) {
	searcher.DisjunctionHeapTakeover = 1000 // measured: faster than the default of 10 for long queries
	b.index, err = bleve.Open(filepath.Join(dir, "index"))
	return err
}

func (b *tunedBleve) search(q question, most int) ([]int, int, error) {
	conditions := unscored{bleve.NewConjunctionQuery(required(q)...)}
	return ask(b.index, bleve.NewBooleanQuery(), []query.Query{conditions}, asked(q), most)
}

// unscored is a query whose hits count but bring no points.
type unscored struct{ query.Query }

// Searcher searches without scores.
func (u unscored) Searcher(ctx context.Context, i index.IndexReader, m mapping.IndexMapping, options search.SearcherOptions) (search.Searcher, error) {
	options.Score = "none"
	return u.Query.Searcher(ctx, i, m, options)
}
