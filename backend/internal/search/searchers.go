// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"time"

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
}

func (x indexed) name() string                      { return "index" }
func (x indexed) position(*store.Tx) (int64, error) { return x.seen, nil }
func (x unindexed) name() string                    { return "database" }
func (x unindexed) position(tx *store.Tx) (int64, error) {
	var last int64
	err := tx.Raw(`SELECT last FROM ledger_head WHERE one = 1`).Scan(&last).Error
	return last, err
}

// spare is how many more people than are wanted are looked at in the database, so
// that those who have just gone need not be made good for.
const spare = 10

// order takes the order from memory, and asks the database about those at its
// head: whether they may still be found, and whether they have changed since.
func (x indexed) order(ctx context.Context, tx *store.Tx, need matching.Need, programme string, served missions, considered, most int) (standing, error) {
	for ahead := most; ; ahead *= 2 {
		if ahead < math.MaxInt-spare {
			ahead += spare
		}
		var got ordered
		err := x.now.use(func() (err error) {
			got, err = x.now.columns.order(ctx, asking{need: need, programme: programme, vocabulary: x.s.vocabulary, served: served}, ahead)
			return err
		})
		if err != nil {
			return standing{}, fmt.Errorf("%w: %w", errSearching, err)
		}
		got.removed[matching.Consent] = considered - got.known
		out, err := x.s.confirmed(tx, need, programme, served, got)
		if err != nil {
			return standing{}, err
		}
		if len(out.order) >= most || len(got.best) < ahead {
			out.order = out.order[:min(max(most, 0), len(out.order))]
			return out, nil
		}
	}
}

func (x indexed) crowd(_ context.Context, _ *store.Tx, need matching.Need, programme string) (crowd matching.Crowd, err error) {
	err = x.now.use(func() error {
		crowd = x.now.columns.crowd(asking{need: need, programme: programme, vocabulary: x.s.vocabulary})
		return nil
	})
	if err != nil {
		return crowd, fmt.Errorf("%w: %w", errSearching, err)
	}
	return crowd, nil
}

// confirmed keeps those who can still be found, and corrects the counts for the
// others. Who has changed since they were indexed is read and scored anew.
func (s *Service) confirmed(tx *store.Tx, need matching.Need, programme string, served missions, got ordered) (standing, error) {
	out := standing{passed: got.passed, removed: got.removed, crowd: got.crowd}
	ids := make([]string, len(got.best))
	for i, o := range got.best {
		ids[i] = o.id
	}
	visible, err := registry.VisibleIn(tx, programme, ids)
	if err != nil {
		return out, err
	}
	versions, err := versionsIn(tx, ids)
	if err != nil {
		return out, err
	}
	var changed []string
	for _, o := range got.best {
		switch {
		case !visible[o.id]:
			out.removed[matching.Consent]++
			out.passed--
		case versions[o.id] != o.version:
			changed = append(changed, o.id)
		default:
			out.order = append(out.order, o)
		}
	}
	if len(changed) == 0 {
		return out, nil
	}
	return out, s.again(tx, need, served, changed, &out)
}

// again scores people who have changed, and puts them where they now belong.
func (s *Service) again(tx *store.Tx, need matching.Need, served missions, changed []string, out *standing) error {
	profiles, err := registry.ProfilesIn(tx, changed)
	if err != nil {
		return err
	}
	var people []found
	for _, one := range s.read(profiles) {
		if c, blocked := matching.First(need, one.person); blocked {
			out.removed[c]++
			out.passed--
			continue
		}
		people = append(people, one)
	}
	out.order = append(out.order, scored(need, s.vocabulary, people, out.crowd, served)...)
	slices.SortFunc(out.order, compareOutcomes)
	return nil
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

func (x unindexed) order(ctx context.Context, tx *store.Tx, need matching.Need, programme string, served missions, considered, most int) (standing, error) {
	out, people, err := x.sift(ctx, tx, need, programme, considered)
	if err != nil {
		return out, err
	}
	out.crowd.Veterans = len(served)
	out.order = scored(need, x.s.vocabulary, people, out.crowd, served)
	out.order = out.order[:min(max(most, 0), len(out.order))]
	return out, nil
}

// sift reads everybody and keeps who meets the conditions.
func (x unindexed) sift(ctx context.Context, tx *store.Tx, need matching.Need, programme string, considered int) (out standing, people []found, err error) {
	out = standing{removed: map[matching.Condition]int{}}
	crowd := newCrowd()
	seen := 0
	for after := ""; ; {
		if err := ctx.Err(); err != nil {
			return out, nil, err
		}
		ids, err := registry.VisiblePageIn(tx, programme, after, page)
		if err != nil {
			return out, nil, err
		}
		if len(ids) == 0 {
			break
		}
		after, seen = ids[len(ids)-1], seen+len(ids)
		near, err := natives(tx, need.Country, ids)
		if err != nil {
			return out, nil, err
		}
		out.removed[matching.Origin] += len(ids) - len(near)
		profiles, err := registry.ProfilesIn(tx, near)
		if err != nil {
			return out, nil, err
		}
		for _, one := range x.s.read(profiles) {
			x.s.count(&crowd, need, one.person)
			if c, blocked := matching.First(need, one.person); blocked {
				out.removed[c]++
				continue
			}
			people = append(people, one)
		}
	}
	out.removed[matching.Consent] = considered - seen
	out.passed, out.crowd = len(people), crowd
	return out, people, nil
}

func (x unindexed) crowd(ctx context.Context, tx *store.Tx, need matching.Need, programme string) (matching.Crowd, error) {
	got, _, err := x.sift(ctx, tx, need, programme, 0)
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
