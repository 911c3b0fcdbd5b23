// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
)

// rows returns what the index keeps of everybody, in no order. The segments are
// read one document after the other, past bleve's search for identifiers, which
// would take most of the time.
func rows(reader index.IndexReader) ([][]byte, error) {
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, fmt.Errorf("%w: it is not made of segments", errDamaged)
	}
	segments := snapshot.Segments()
	parts, failed := make([][][]byte, len(segments)), make([]error, len(segments))
	inParallel(len(segments), func(i int) {
		failed[i] = guarded(func() error {
			live := segments[i].DocNumbersLive().Iterator()
			for live.HasNext() {
				err := segments[i].VisitDocument(uint64(live.Next()), func(field string, _ byte, value []byte, _ []uint64) bool {
					if field != rowField {
						return true
					}
					parts[i] = append(parts[i], bytes.Clone(value))
					return false
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
	})
	var all [][]byte
	for _, some := range parts {
		all = append(all, some...)
	}
	return all, errors.Join(failed...)
}

// load fills the columns from the rows: they are read on all processors, and
// taken in one after the other, for they share their numbers.
func (s *shelf) load() error {
	return s.read(func(reader index.IndexReader) error {
		texts, err := rows(reader)
		if err != nil {
			return err
		}
		s.columns.mu.Lock()
		defer s.columns.mu.Unlock()
		for some := range slices.Chunk(texts, batch) {
			read, failed := make([]row, len(some)), make([]error, len(some))
			inParallel(len(some), func(i int) { read[i], failed[i] = unpackRow(some[i]) })
			if err := errors.Join(failed...); err != nil {
				return err
			}
			for _, r := range read {
				s.columns.put(r)
			}
		}
		return nil
	})
}

// row reads what the index keeps of a person.
func (st state) row(id string) ([]byte, error) {
	doc, err := st.reader.Document(id)
	if err != nil {
		return nil, err
	}
	var found []byte
	if doc != nil {
		doc.VisitFields(func(f index.Field) {
			if f.Name() == rowField {
				found = bytes.Clone(f.Value())
			}
		})
	}
	if found == nil {
		return nil, fmt.Errorf("%w: %s has no row", errDamaged, id)
	}
	return found, nil
}
