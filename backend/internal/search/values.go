// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"sync"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
)

// Bounds of what is kept as values, some ten kilobytes each. People are those who
// were shown last; all who can be found have their columns.
const (
	mostNeeds  = 4000
	mostPeople = 1000
)

// values keeps needs or people as what is compared: to find the words and concepts
// of texts takes longer than to rank by them.
type values[V any] struct {
	mu    sync.Mutex
	most  int
	known map[string]dated[V] // by identifier
	era   int                 // changes when what words mean does
}

// dated is what one version of a record was read as.
type dated[V any] struct {
	version int
	value   V
}

func newValues[V any](most int) *values[V] {
	return &values[V]{most: most, known: map[string]dated[V]{}}
}

// forget forgets all: words have come to mean something else.
func (v *values[V]) forget() {
	v.mu.Lock()
	defer v.mu.Unlock()
	clear(v.known)
	v.era++
}

// drop forgets one record: it has changed, or is gone.
func (v *values[V]) drop(id string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.known, id)
}

// of returns what the version of a record is read as; read does it where it is not
// known. Several readers share the value: nobody may change what its lists hold.
func (v *values[V]) of(id string, version int, read func() V) V {
	v.mu.Lock()
	kept, ok := v.known[id]
	era := v.era
	v.mu.Unlock()
	if ok && kept.version == version {
		return kept.value
	}
	value := read()
	v.mu.Lock()
	defer v.mu.Unlock()
	if era != v.era { // words have changed since it was read
		return value
	}
	if len(v.known) >= v.most {
		clear(v.known)
	}
	v.known[id] = dated[V]{version, value}
	return value
}

// need returns the values of terms of reference.
func (s *Service) need(t needs.Terms) matching.Need {
	return s.needs.of(t.ID, t.Version, func() matching.Need { return s.reading.Need(t) })
}

// person returns the values of a profile. Whether somebody can be found is no part
// of its version, and comes from the profile.
func (s *Service) person(p registry.Profile) matching.Person {
	person := s.people.of(p.ID, p.Version, func() matching.Person { return s.reading.Person(p) })
	person.Searchable = findable(p)
	return person
}

// learnt forgets what was read before words came to mean something else.
func (s *Service) learnt() {
	s.needs.forget()
	s.people.forget()
}
