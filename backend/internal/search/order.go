// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"sankofa/backend/internal/matching"
)

// Order is who meets the conditions of a need and suits it best, by the index
// alone.
type Order struct {
	Known   int                        // people of the programme in the index
	Passed  int                        // those of them who meet every condition
	Removed map[matching.Condition]int // how many each condition removed
	Best    []Suited                   // without the need's identifier
}

// Order ranks everybody by the index alone: it reads no database, so it knows
// neither of a change that the index has not seen nor of completed missions, and
// gives no reasons. A need without a country takes people of every origin. Nobody
// may be shown what it returns unless they are read again.
func (s *Service) Order(ctx context.Context, need matching.Need, programme string, most int) (Order, error) {
	now, _, _ := s.current()
	if now == nil {
		return Order{}, errNoIndex
	}
	var got ordered
	err := now.use(func() (err error) {
		got, err = now.columns.order(ctx, asking{need: need, programme: programme, vocabulary: s.vocabulary}, most)
		return err
	})
	if err != nil {
		return Order{}, fmt.Errorf("%w: %w", errSearching, err)
	}
	out := Order{Known: got.known, Passed: got.passed, Removed: got.removed, Best: make([]Suited, len(got.best))}
	for i, o := range got.best {
		out.Best[i] = Suited{ProfessionalID: o.id, Pseudonym: o.pseudonym, Score: o.score}
	}
	return out, nil
}

// asking is what people are ranked for.
type asking struct {
	need       matching.Need
	programme  string
	vocabulary Vocabulary
	served     missions
	stems      []uint32 // the numbers of the need's terms
}

// ordered is what columns know about the people for a need.
type ordered struct {
	known   int // people of the programme
	passed  int
	removed map[matching.Condition]int
	crowd   matching.Crowd
	best    []outcome
}

// order ranks everybody who meets the conditions and returns the best, at most so
// many.
func (c *columns) order(ctx context.Context, a asking, most int) (ordered, error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if err := ctx.Err(); err != nil {
		return ordered{}, err
	}
	out := ordered{removed: map[matching.Condition]int{}}
	pools := c.of(a.need.Country)
	for _, p := range c.pools {
		out.known += p.members[a.programme].count()
	}
	a.stems = c.stemsOf(a.need.Terms)
	out.crowd = c.crowdIn(pools, a)
	out.crowd.Veterans = len(a.served)
	out.removed[matching.Origin] = out.known - out.crowd.People
	got := c.run(a, pools, out.crowd, most)
	out.passed = got.passed
	for i, n := range got.removed {
		out.removed[matching.Conditions[i]] += n
	}
	out.best = got.outcomes()
	return out, nil
}

// crowded is how many people are no sooner ranked by one processor than by several.
const crowded = 20_000

// run ranks the people of every pool. Whoever asks about several countries while
// other processors have nothing to do is given them too: each takes the next
// pool, the largest first. Where as many ask at once as there are processors,
// each is served by one.
func (c *columns) run(a asking, pools []*homeland, crowd matching.Crowd, most int) heat {
	busy := int(c.busy.Add(1))
	defer c.busy.Add(-1)
	slices.SortStableFunc(pools, func(a, b *homeland) int { return cmp.Compare(len(b.ids), len(a.ids)) })
	workers := 1
	if crowd.People >= c.crowded {
		workers = max(1, min(runtime.GOMAXPROCS(0)+1-busy, len(pools)))
	}
	var next, least atomic.Int32
	heats := make([]heat, workers)
	work := func(i int) {
		v := c.view(a, crowd, most)
		v.least = &least
		for n := next.Add(1); int(n) <= len(pools); n = next.Add(1) {
			v.run(pools[n-1])
		}
		heats[i] = v.heat
		scratches.Put(v.scratch)
	}
	if workers == 1 {
		work(0)
		return heats[0]
	}
	c.busy.Add(int32(workers - 1))
	defer c.busy.Add(1 - int32(workers))
	inParallel(workers, work)
	return joined(heats)
}

// of returns the people of a country, or of all.
func (c *columns) of(country string) []*homeland {
	var pools []*homeland
	if country == "" {
		for _, p := range c.pools {
			pools = append(pools, p)
		}
		return pools
	}
	if p := c.pools[country]; p != nil {
		pools = append(pools, p)
	}
	return pools
}

// crowd counts what a need's criteria must know of everybody.
func (c *columns) crowd(a asking) matching.Crowd {
	c.mu.RLock()
	defer c.mu.RUnlock()
	a.stems = c.stemsOf(a.need.Terms)
	return c.crowdIn(c.of(a.need.Country), a)
}

// crowdIn counts, among the people of a programme, who uses each word of a need and
// who has each of its concepts or a special case of it.
func (c *columns) crowdIn(pools []*homeland, a asking) matching.Crowd {
	crowd := newCrowd()
	concepts, stems := wondered(a.need), a.stems
	below := make([]*kindred, len(concepts))
	for i, concept := range concepts {
		below[i] = c.kin.under(concept, a.vocabulary, c.lex)
	}
	users, holders := make([]int, len(stems)), make([]int, len(concepts))
	for _, p := range pools {
		members := p.members[a.programme]
		here := members.count()
		crowd.People += here
		everybody := here == len(p.ids)
		for i, n := range stems {
			if u := at(p.stems, n); u != nil {
				users[i] += members.holding(u.slots, everybody)
			}
		}
		for i := range concepts {
			holders[i] += p.holders(below[i], a.programme)
		}
	}
	for i, t := range a.need.Terms {
		crowd.Users[t.Stem] = users[i]
	}
	for i, concept := range concepts {
		crowd.Holders[concept] = holders[i]
	}
	return crowd
}

// unheard is the number of what nobody has.
const unheard = math.MaxUint32

// stemsOf returns the numbers of words.
func (c *columns) stemsOf(terms []matching.Term) []uint32 {
	out := make([]uint32, len(terms))
	for i, t := range terms {
		n, ok := c.lex.stems[t.Stem]
		if out[i] = n; !ok {
			out[i] = unheard
		}
	}
	return out
}

// holding counts the members among slots; all are when everybody is.
func (s set) holding(slots []uint32, everybody bool) int {
	if everybody {
		return len(slots)
	}
	n := 0
	for _, slot := range slots {
		if s.has(uint64(slot)) {
			n++
		}
	}
	return n
}

// held is how many people of a programme claim one of some concepts.
type held struct {
	of        *kindred
	programme string
}

// holdings remembers them until somebody comes or goes.
type holdings struct {
	mu    sync.Mutex
	known map[held]int
}

// holders counts the members of a programme who claim one of the concepts.
func (p *homeland) holders(of *kindred, programme string) int {
	if of == nil {
		return 0
	}
	p.held.mu.Lock()
	defer p.held.mu.Unlock()
	n, ok := p.held.known[held{of, programme}]
	if !ok {
		if p.held.known == nil {
			p.held.known = map[held]int{}
		}
		n = p.claiming(of.concepts, p.members[programme])
		p.held.known[held{of, programme}] = n
	}
	return n
}

// claiming counts the members who claim one of the concepts.
func (p *homeland) claiming(concepts []uint32, members set) int {
	var all set
	for _, concept := range concepts {
		if claim := at(p.claims, concept); claim != nil {
			for _, slot := range claim.slots {
				all.add(uint64(slot))
			}
		}
	}
	return all.and(members).count()
}

// compareOutcomes puts the higher score first, and of equals the pseudonym that
// sorts first.
func compareOutcomes(a, b outcome) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.pseudonym, b.pseudonym))
}
