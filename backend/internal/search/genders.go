// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"errors"
	"slices"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"

	"sankofa/backend/internal/taxonomy"
)

// Bleve's stemmers keep "Entwicklerin" and "direttrice" apart from "Entwickler"
// and "direttore", so that a person's form of a title would decide about points.
// Our analyzers are bleve's with one filter more, before the stemmer.

// neutralName is what our analyzer of a language is called in an index.
func neutralName(language string) string { return "sankofa_" + language }

// bleve keeps analyzers by name and opens an index by them, so they are known
// before any index is.
var errRegistering = func() error {
	var errs []error
	for language, name := range bleveNames {
		errs = append(errs, registry.RegisterAnalyzer(neutralName(language), func(_ map[string]any, cache *registry.Cache) (analysis.Analyzer, error) {
			found, err := cache.AnalyzerNamed(name)
			if err != nil {
				return nil, err
			}
			whole, ok := found.(*analysis.DefaultAnalyzer)
			if !ok || len(whole.TokenFilters) == 0 {
				return nil, errors.New("search: bleve's analyzer " + name + " is made in another way now")
			}
			ours := *whole
			ours.TokenFilters = slices.Insert(slices.Clone(whole.TokenFilters), len(whole.TokenFilters)-1, analysis.TokenFilter(genderless(language)))
			return &ours, nil
		}))
	}
	return errors.Join(errs...)
}()

// genderless writes the words of a language in their masculine form.
type genderless string

// Filter implements bleve's token filter.
func (g genderless) Filter(words analysis.TokenStream) analysis.TokenStream {
	for _, w := range words {
		if plain := taxonomy.Genderless(string(w.Term), string(g)); len(plain) != len(w.Term) || plain != string(w.Term) {
			w.Term = []byte(plain)
		}
	}
	return words
}
