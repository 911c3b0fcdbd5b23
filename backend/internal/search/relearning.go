// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	index "github.com/blevesearch/bleve_index_api"

	"sankofa/backend/internal/store"
	"sankofa/backend/internal/taxonomy"
)

// Learn takes words into use that staff added or withdrew, by the identifiers of
// their events, and says how to recognise them among the terms of an index.
type Learn func(ctx context.Context, words []string) (*taxonomy.Spellings, error)

// relearn reads those people again whose texts hold a word that has come to mean
// something else. It runs before the mark of the index moves past the event, so
// that a server that is killed in between does it again.
func (s *Service) relearn(ctx context.Context, to *shelf, events []store.Event) error {
	words := taught(events)
	if len(words) == 0 || s.learn == nil {
		return nil
	}
	spellings, err := s.learn(ctx, words)
	if err != nil {
		return err
	}
	s.learnt()
	ids, err := holders(ctx, to, spellings)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(ids, page) {
		var docs map[string]map[string]any
		err := s.db.View(ctx, func(tx *store.Tx) (err error) {
			docs, err = s.personDocuments(tx, some)
			return err
		})
		if err != nil {
			return err
		}
		if err := to.write(docs, nil); err != nil {
			return fmt.Errorf("%w: %w", errWriting, err)
		}
	}
	return nil
}

// taught returns the local words that events speak of.
func taught(events []store.Event) []string {
	var words []string
	for _, e := range events {
		if strings.HasPrefix(e.Name, "word.") && !slices.Contains(words, e.Subject) {
			words = append(words, e.Subject)
		}
	}
	return words
}

// holders returns the people whose texts hold every part of one of the words, by
// the terms of the index. It may name some too many, which costs a reading.
func holders(ctx context.Context, to *shelf, spellings *taxonomy.Spellings) ([]string, error) {
	var ids []string
	err := to.read(func(r index.IndexReader) error {
		st := state{ctx: ctx, reader: r}
		terms, err := st.spelling(spellings)
		if err != nil {
			return err
		}
		people, err := st.having(kindField, personKind)
		if err != nil {
			return err
		}
		var all set
		for _, parts := range terms {
			some, err := st.holdingAll(parts, people)
			if err != nil {
				return err
			}
			all.or(some)
		}
		ids, err = st.external(slices.Collect(all.all()))
		return err
	})
	if err != nil && !errors.Is(err, context.Canceled) {
		err = fmt.Errorf("%w: %w", errWriting, err)
	}
	return ids, err
}

// spelling goes through the terms of the texts once and returns, by word and
// part, those that may stand for it.
func (st state) spelling(spellings *taxonomy.Spellings) ([][][]string, error) {
	out := make([][][]string, len(spellings.Words()))
	for word, parts := range spellings.Words() {
		out[word] = make([][]string, parts)
	}
	dict, err := st.reader.FieldDict(wordsField)
	if err != nil {
		return nil, err
	}
	defer dict.Close()
	for n := 0; ; n++ {
		entry, err := dict.Next()
		if err != nil || entry == nil {
			return out, err
		}
		if n%1024 == 0 && st.ctx.Err() != nil {
			return nil, st.ctx.Err()
		}
		for _, p := range spellings.Places(entry.Term) {
			out[p.Word][p.Part] = append(out[p.Word][p.Part], entry.Term)
		}
	}
}

// holdingAll returns those among people who hold a term for every part. A part
// that no text holds is left out when it is short: the index keeps no small words.
func (st state) holdingAll(parts [][]string, people set) (set, error) {
	left, asked := people, false
	for _, terms := range parts {
		var some set
		for _, term := range terms {
			one, err := st.having(wordsField, term)
			if err != nil {
				return nil, err
			}
			some.or(one)
		}
		if len(terms) == 0 && len(parts) > 1 {
			continue
		}
		left, asked = left.and(some), true
	}
	if !asked {
		return nil, nil
	}
	return left, nil
}
