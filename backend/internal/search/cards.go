// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"encoding/json"
	"fmt"
	"sync"

	index "github.com/blevesearch/bleve_index_api"

	"sankofa/backend/internal/matching"
)

// mostCards bounds the memory that cards take: some three kilobytes each.
const mostCards = 30_000

// cards keeps the values of people who were scored lately, each as of one
// version of the profile.
type cards struct {
	mu   sync.Mutex
	held map[string]held
}

type held struct {
	version int
	person  matching.Person
}

func newCards() *cards { return &cards{held: map[string]held{}} }

// take returns the values of a person if they are of the version.
func (c *cards) take(id string, version int) (matching.Person, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	h, ok := c.held[id]
	return h.person, ok && h.version == version
}

// put keeps the values of a person. When there are too many, some others go:
// whichever the map names first.
func (c *cards) put(id string, version int, p matching.Person) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.held) >= mostCards {
		for other := range c.held {
			delete(c.held, other)
			if len(c.held) < mostCards*9/10 {
				break
			}
		}
	}
	c.held[id] = held{version: version, person: p}
}

// lately returns the cards that are in use.
func (s *Service) lately() *cards {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cards
}

// card reads what the index keeps of a person.
func (st state) card(id string) (card, error) {
	doc, err := st.reader.Document(id)
	if err != nil {
		return card{}, err
	}
	var found card
	if doc == nil {
		return found, fmt.Errorf("%w: %s has no card", errDamaged, id)
	}
	doc.VisitFields(func(f index.Field) {
		if f.Name() == cardField {
			err = json.Unmarshal(f.Value(), &found)
		}
	})
	if err != nil {
		return card{}, fmt.Errorf("%w: the card of %s: %w", errDamaged, id, err)
	}
	return found, nil
}
