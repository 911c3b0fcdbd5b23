// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/standard"
	"github.com/blevesearch/bleve/v2/analysis/lang/ar"
	"github.com/blevesearch/bleve/v2/analysis/lang/de"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/es"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/analysis/lang/it"
	"github.com/blevesearch/bleve/v2/analysis/lang/nl"
	"github.com/blevesearch/bleve/v2/analysis/lang/pt"
	"github.com/blevesearch/bleve/v2/registry"

	"sankofa/backend/internal/matching"
)

// bleveNames gives each language that has one its analyzer of bleve, which
// drops small words and cuts the others to stems.
var bleveNames = map[string]string{
	"ar": ar.AnalyzerName, "de": de.AnalyzerName, "en": en.AnalyzerName, "es": es.AnalyzerName,
	"fr": fr.AnalyzerName, "it": it.AnalyzerName, "nl": nl.AnalyzerName, "pt": pt.AnalyzerName,
}

// analyzerNames gives them ours, for which the forms of a title by gender are one.
var analyzerNames = func() map[string]string {
	ours := map[string]string{}
	for language := range bleveNames {
		ours[language] = neutralName(language)
	}
	return ours
}()

// other stands for the languages without an analyzer of their own.
const other = "other"

// analyzers breaks texts into words, exactly as the index does.
type analyzers map[string]analysis.Analyzer

// newAnalyzers builds the analyzer of every language.
func newAnalyzers() (analyzers, error) {
	if errRegistering != nil {
		return nil, errRegistering
	}
	cache := registry.NewCache()
	all := analyzers{}
	for language, name := range analyzerNames {
		found, err := cache.AnalyzerNamed(name)
		if err != nil {
			return nil, err
		}
		all[language] = found
	}
	var err error
	all[other], err = cache.AnalyzerNamed(standard.Name)
	return all, err
}

// spoken returns the language if it has an analyzer, or other.
func spoken(language string) string {
	if _, ok := bleveNames[language]; ok {
		return language
	}
	return other
}

// Terms breaks a text into the words that tell something: one a stem, sorted by
// stem, with how often it occurs.
func (a analyzers) Terms(text, language string) []matching.Term {
	if text == "" {
		return nil
	}
	var terms []matching.Term
	for _, token := range a[spoken(language)].Analyze([]byte(text)) {
		if tells(token.Term) && token.End <= len(text) && token.Start <= token.End {
			terms = append(terms, matching.Term{Stem: string(token.Term), Word: text[token.Start:token.End], Count: 1})
		}
	}
	slices.SortStableFunc(terms, func(a, b matching.Term) int { return cmp.Compare(a.Stem, b.Stem) })
	kept := terms[:0]
	for _, t := range terms {
		if last := len(kept) - 1; last >= 0 && kept[last].Stem == t.Stem {
			kept[last].Count++
			continue
		}
		kept = append(kept, t)
	}
	return kept
}

// tells says whether a stem is worth comparing: numbers alone and single
// letters tell nothing.
func tells(stem []byte) bool {
	if utf8.RuneCount(stem) < 3 {
		return false
	}
	for _, r := range string(stem) {
		if unicode.IsLetter(r) {
			return true
		}
	}
	return false
}
