// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"bytes"
	"errors"
	"fmt"
	"sync"

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

// load fills the columns from the rows, the countries side by side.
func (s *shelf) load() error {
	return s.read(func(reader index.IndexReader) error {
		all, err := rows(reader)
		if err != nil {
			return err
		}
		from := map[string][][]byte{}
		for _, text := range all {
			origin := originOf(text)
			from[origin] = append(from[origin], text)
		}
		var countries []string
		for country := range from {
			countries = append(countries, country)
		}
		var mu sync.Mutex
		inParallel(len(countries), func(i int) {
			loadErr := s.columns.settle(&mu, from[countries[i]])
			mu.Lock()
			err = errors.Join(err, loadErr)
			mu.Unlock()
		})
		return err
	})
}

// settle fills one country; the lock guards what the countries share.
func (c *columns) settle(mu *sync.Mutex, texts [][]byte) error {
	p := newHomeland()
	origin := ""
	for _, text := range texts {
		r, err := unpackRow(text)
		if err != nil {
			return err
		}
		origin = r.Origin
		c.kin.know(r.Person.Claims)
		p.add(r)
	}
	mu.Lock()
	defer mu.Unlock()
	c.pools[origin] = p
	for slot, id := range p.ids {
		c.where[id] = place{p, uint32(slot)}
	}
	return nil
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
