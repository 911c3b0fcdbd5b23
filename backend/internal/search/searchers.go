// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	index "github.com/blevesearch/bleve_index_api"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// catchUpTime is how long a search waits for the index before it asks the
// database instead.
const catchUpTime = 500 * time.Millisecond

// indexed searches the index.
type indexed struct {
	s    *Service
	now  *shelf
	seen int64
	most int // people to score all of
}

func (x indexed) name() string                      { return "index" }
func (x indexed) position(*store.Tx) (int64, error) { return x.seen, nil }
func (x unindexed) name() string                    { return "database" }
func (x unindexed) position(tx *store.Tx) (int64, error) {
	var last int64
	err := tx.Raw(`SELECT last FROM ledger_head WHERE one = 1`).Scan(&last).Error
	return last, err
}

// sift asks the index who meets the conditions, and the database whether that
// still holds.
func (x indexed) sift(ctx context.Context, tx *store.Tx, need matching.Need, programme string, considered int) (sifted, error) {
	var out sifted
	var fresh error // trouble with the database is not the index's
	err := x.now.read(func(r index.IndexReader) error {
		st := state{ctx: ctx, reader: r}
		met, err := st.sieve(need, programme)
		if err != nil {
			return err
		}
		crowd, err := st.crowd(need, met.pool)
		if err != nil {
			return err
		}
		ids, err := x.chosen(st, need, met, crowd)
		if err != nil {
			return err
		}
		met.removed[matching.Consent] = considered - met.known
		out = sifted{passed: met.passing.count(), removed: met.removed, crowd: crowd}
		out.people, err = x.s.confirmed(tx, st, need, programme, ids, &out)
		if err != nil && !errors.Is(err, errDamaged) {
			fresh, err = err, nil
		}
		return err
	})
	if fresh != nil {
		return out, fresh
	}
	if err != nil {
		return out, fmt.Errorf("%w: %w", errSearching, err)
	}
	return out, nil
}

func (x indexed) crowd(ctx context.Context, _ *store.Tx, need matching.Need, programme string) (matching.Crowd, error) {
	var crowd matching.Crowd
	err := x.now.read(func(r index.IndexReader) error {
		st := state{ctx: ctx, reader: r}
		people, err := st.having(poolField, pool(personKind, programme, need.Country))
		if err == nil {
			crowd, err = st.crowd(need, people)
		}
		return err
	})
	if err != nil {
		return crowd, fmt.Errorf("%w: %w", errSearching, err)
	}
	return crowd, nil
}

// chosen returns the people to score: all, or the most promising and those whom
// the fused lists name first.
func (x indexed) chosen(st state, need matching.Need, met sieved, crowd matching.Crowd) ([]string, error) {
	numbers := slices.Collect(met.passing.all())
	if len(numbers) > x.most {
		scorer := matching.For(need, x.s.vocabulary, crowd)
		var err error
		if numbers, err = st.promising(need, met.passing, scorer, crowd, x.s.vocabulary, x.s.best); err != nil {
			return nil, err
		}
		drawn, err := x.s.fused(st, need, met.passing, crowd)
		if err != nil {
			return nil, err
		}
		numbers = both(numbers, drawn[:min(len(drawn), x.s.best)])
	}
	return st.external(numbers)
}

// confirmed returns the values of those who can still be found, and corrects the
// counts for the others. Who has changed since they were indexed is read anew.
func (s *Service) confirmed(tx *store.Tx, st state, need matching.Need, programme string, ids []string, out *sifted) ([]found, error) {
	visible, err := registry.VisibleIn(tx, programme, ids)
	if err != nil {
		return nil, err
	}
	versions, err := versionsIn(tx, ids)
	if err != nil {
		return nil, err
	}
	drop := func(c matching.Condition) {
		out.removed[c]++
		out.passed--
	}
	var people []found
	var changed []string
	for _, id := range ids {
		if !visible[id] {
			drop(matching.Consent)
			continue
		}
		p, ok, err := s.remembered(st, id, versions[id])
		if err != nil {
			return nil, err
		}
		if !ok {
			changed = append(changed, id)
			continue
		}
		people = append(people, found{id: id, person: p})
	}
	profiles, err := registry.ProfilesIn(tx, changed)
	if err != nil {
		return nil, err
	}
	for _, one := range s.read(profiles) {
		if c, blocked := matching.First(need, one.person); blocked {
			drop(c)
			continue
		}
		people = append(people, one)
	}
	return people, nil
}

// remembered returns a person's values from memory or from the index, if they
// are of the version that the database has now.
func (s *Service) remembered(st state, id string, version int) (matching.Person, bool, error) {
	cards := s.lately()
	if p, ok := cards.take(id, version); ok {
		return p, true, nil
	}
	c, err := st.card(id)
	if err != nil || c.Version != version {
		return matching.Person{}, false, err
	}
	p := c.person()
	cards.put(id, version, p)
	return p, true, nil
}

// read turns profiles into values, on all processors.
func (s *Service) read(profiles []registry.Profile) []found {
	out := make([]found, len(profiles))
	inParallel(len(profiles), func(i int) {
		out[i] = found{id: profiles[i].ID, person: s.reading.Person(profiles[i])}
	})
	return out
}

// versionsIn returns the versions of profiles.
func versionsIn(tx *store.Tx, ids []string) (map[string]int, error) {
	versions := make(map[string]int, len(ids))
	for part := range slices.Chunk(ids, page) {
		var rows []struct {
			ID      string
			Version int
		}
		if err := tx.Model(&registry.Professional{}).Select("id", "version").Where("id IN ?", part).Find(&rows).Error; err != nil {
			return nil, err
		}
		for _, row := range rows {
			versions[row.ID] = row.Version
		}
	}
	return versions, nil
}

// unindexed does without the index: it reads everybody who can be found. Slow
// with many people, and always right.
type unindexed struct{ s *Service }

func (x unindexed) sift(ctx context.Context, tx *store.Tx, need matching.Need, programme string, considered int) (sifted, error) {
	out := sifted{removed: map[matching.Condition]int{}}
	crowd := newCrowd()
	seen := 0
	for after := ""; ; {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		ids, err := registry.VisiblePageIn(tx, programme, after, page)
		if err != nil {
			return out, err
		}
		if len(ids) == 0 {
			break
		}
		after, seen = ids[len(ids)-1], seen+len(ids)
		near, err := natives(tx, need.Country, ids)
		if err != nil {
			return out, err
		}
		out.removed[matching.Origin] += len(ids) - len(near)
		profiles, err := registry.ProfilesIn(tx, near)
		if err != nil {
			return out, err
		}
		for _, one := range x.s.read(profiles) {
			x.s.count(&crowd, need, one.person)
			if c, blocked := matching.First(need, one.person); blocked {
				out.removed[c]++
				continue
			}
			out.people = append(out.people, one)
		}
	}
	out.removed[matching.Consent] = considered - seen
	out.passed, out.crowd = len(out.people), crowd
	return out, nil
}

func (x unindexed) crowd(ctx context.Context, tx *store.Tx, need matching.Need, programme string) (matching.Crowd, error) {
	got, err := x.sift(ctx, tx, need, programme, 0)
	return got.crowd, err
}

// natives returns those of the people whose country of origin it is: the one
// condition that spares reading most of a large registry.
func natives(tx *store.Tx, country string, ids []string) ([]string, error) {
	var near []string
	err := tx.Model(&registry.Professional{}).Where("id IN ? AND origin_country = ?", ids, country).Order("id").Pluck("id", &near).Error
	return near, err
}

// inChunks calls f for parts of the numbers below n, one part a processor.
func inChunks(n int, f func(from, to int)) {
	workers := max(1, min(runtime.GOMAXPROCS(0), n/64))
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() { f(n*w/workers, n*(w+1)/workers) })
	}
	group.Wait()
}
