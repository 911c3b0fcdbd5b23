// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"errors"
	"fmt"
	"runtime"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
)

// rows returns what the index keeps of everybody, in no order. The segments are
// read one document after the other, past bleve's search for identifiers, which
// would take most of the time.
func rows(reader index.IndexReader) ([]string, error) {
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, fmt.Errorf("%w: it is not made of segments", errDamaged)
	}
	segments := snapshot.Segments()
	parts, failed := make([][]string, len(segments)), make([]error, len(segments))
	inParallel(len(segments), func(i int) {
		failed[i] = guarded(func() error {
			live := segments[i].DocNumbersLive().Iterator()
			for live.HasNext() {
				err := segments[i].VisitDocument(uint64(live.Next()), func(field string, _ byte, value []byte, _ []uint64) bool {
					if field != rowField {
						return true
					}
					parts[i] = append(parts[i], string(value))
					return false
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
	})
	var all []string
	for _, some := range parts {
		all = append(all, some...)
	}
	return all, errors.Join(failed...)
}

// load fills the columns from the rows, some thousand at a time. They are read on
// all processors, and what is known by then is looked up there; what is new is
// given its number by one, and each country is written to by one.
func (s *shelf) load() error {
	return s.read(func(reader index.IndexReader) error {
		texts, err := rows(reader)
		if err != nil {
			return err
		}
		s.columns.mu.Lock()
		defer s.columns.mu.Unlock()
		for some := range slices.Chunk(texts, 4*batch) {
			if err := s.columns.take(some); err != nil {
				return err
			}
		}
		return nil
	})
}

// take takes in people who are not there yet, from their rows.
func (c *columns) take(texts []string) error {
	read, failed, known := make([]entrant, len(texts)), make([]error, len(texts)), make([]bool, len(texts))
	inParallel(len(texts), func(i int) {
		var r row
		if r, failed[i] = unpackRow(texts[i]); failed[i] == nil {
			read[i], known[i] = c.lex.look(r)
		}
	})
	if err := errors.Join(failed...); err != nil {
		return err
	}
	for i := range read {
		if !known[i] {
			c.kin.know(read[i].Person.Claims)
			read[i] = c.lex.learn(read[i].row)
		}
		if _, twice := c.where[read[i].ID]; twice {
			return fmt.Errorf("%w: %s has two rows", errDamaged, read[i].ID)
		}
		p := c.pool(read[i].Origin)
		c.where[read[i].ID] = place{p, uint32(len(p.ids)) + p.coming}
		p.coming++
	}
	workers := runtime.GOMAXPROCS(0)
	turn := map[*homeland]int{}
	for _, p := range c.pools {
		turn[p] = len(turn) % workers
	}
	inParallel(workers, func(w int) {
		for i := range read {
			if p := c.pools[read[i].Origin]; turn[p] == w {
				p.add(read[i])
			}
		}
	})
	for _, p := range c.pools {
		p.coming = 0
	}
	return nil
}

// row reads what the index keeps of a person.
func (st state) row(id string) (string, error) {
	doc, err := st.reader.Document(id)
	if err != nil {
		return "", err
	}
	found := ""
	if doc != nil {
		doc.VisitFields(func(f index.Field) {
			if f.Name() == rowField {
				found = string(f.Value())
			}
		})
	}
	if found == "" {
		return "", fmt.Errorf("%w: %s has no row", errDamaged, id)
	}
	return found, nil
}
