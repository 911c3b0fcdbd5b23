// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"context"

	"sankofa/backend/internal/store"
)

// Spellings recognises local words among the terms of an index, so that the
// texts that hold them are found without being read.
type Spellings struct {
	parts  []int                         // of each word
	places map[string]map[string][]Place // by language and key
}

// Place says that a term may stand for a part of a word.
type Place struct{ Word, Part int }

// Learned takes the local words of the database into use and returns how to
// recognise those with the identifiers: what was added is looked for, and so is
// what was withdrawn.
func (t *Taxonomy) Learned(ctx context.Context, db *store.DB, ids []string) (*Spellings, error) {
	before := t.words()
	if err := t.ReadLocal(ctx, db); err != nil {
		return nil, err
	}
	var words []LocalWord
	err := db.View(ctx, func(tx *store.Tx) (err error) {
		words, err = wordsNamed(tx, ids)
		return err
	})
	if err != nil {
		return nil, err
	}
	kept := map[string]bool{}
	for _, w := range words {
		kept[w.ID] = true
	}
	for _, id := range ids {
		if w, ok := before.byID[id]; ok && !kept[id] { // it was removed with the demonstration
			words = append(words, w)
		}
	}
	return newSpellings(words), nil
}

func newSpellings(words []LocalWord) *Spellings {
	s := &Spellings{places: map[string]map[string][]Place{}}
	for _, w := range words {
		parts := partsOf(w.Word, w.Language)
		if len(parts) == 0 {
			continue
		}
		if s.places[w.Language] == nil {
			s.places[w.Language] = map[string][]Place{}
		}
		for i, p := range parts {
			s.places[w.Language][p.key] = append(s.places[w.Language][p.key], Place{Word: len(s.parts), Part: i})
		}
		s.parts = append(s.parts, len(parts))
	}
	return s
}

// Words returns how many parts each word has.
func (s *Spellings) Words() []int { return s.parts }

// Places returns the parts of words that a term may stand for.
func (s *Spellings) Places(term string) []Place {
	var out []Place
	for language, keys := range s.places {
		for _, p := range partsOf(term, language) {
			for _, first := range p.beginnings(language) {
				out = append(out, keys[first.key]...)
			}
		}
	}
	return out
}
