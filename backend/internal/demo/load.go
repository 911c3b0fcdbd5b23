// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"context"
	"slices"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// batch is how many people one transaction writes: enough to be quick, and few
// enough that nobody waits long for the one writer.
const batch = 500

// people writes the people that are not there yet, and returns how many that were.
func (l *loader) people(ctx context.Context, opt Options) (int, error) {
	there, err := l.sameSeed(ctx)
	if err != nil || there >= opt.People {
		return 0, err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	added := 0
	for drawn := range l.batches(ctx, opt.People) {
		err := persistently(func() error {
			n, err := l.write(ctx, drawn.people)
			if err == nil {
				added += n
			}
			return err
		})
		if err != nil {
			return added, err
		}
		opt.Progress(drawn.to, opt.People)
	}
	return added, ctx.Err()
}

// drawn are the people up to a number.
type drawn struct {
	people []person
	to     int
}

// batches draws people while those before them are written: one batch waits at
// most, so that memory stays the same however many are wanted.
func (l *loader) batches(ctx context.Context, total int) <-chan drawn {
	out := make(chan drawn, 1)
	go func() {
		defer close(out)
		for from := 0; from < total; from += batch {
			to := min(from+batch, total)
			people := make([]person, 0, to-from)
			for i := from; i < to; i++ {
				people = append(people, l.maker.person(i))
			}
			select {
			case out <- drawn{people, to}:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// sameSeed refuses to mix two demonstrations: the people who are there must be
// those that the seed draws. It returns how many there are.
func (l *loader) sameSeed(ctx context.Context) (int, error) {
	var first []string
	for i := len(stories); i < batch; i++ {
		first = append(first, pseudonym(l.maker.seed, i))
	}
	var there int64
	same := 0
	err := l.DB.View(ctx, func(tx *store.Tx) error {
		for part := range slices.Chunk(first, 400) {
			found, err := registry.ByPseudonymIn(tx, part)
			if err != nil {
				return err
			}
			same += len(found)
		}
		// Whoever was registered by hand within the demonstration has another address.
		return tx.Model(&registry.Professional{}).Where("demo = ? AND email LIKE ?", true, "%@"+domain).Count(&there).Error
	})
	if err == nil && int(there) > len(stories) && same == 0 {
		err = fault.New(fault.Conflict, "demo.other_seed",
			"A demonstration from another seed is loaded. Please remove it first, or leave the seed as it was.")
	}
	return int(there), err
}

// write writes those of the people who are not there and returns how many that were.
func (l *loader) write(ctx context.Context, people []person) (int, error) {
	missing, err := l.missing(ctx, people)
	if err != nil || len(missing) == 0 {
		return 0, err
	}
	return len(missing), l.DB.Change(ctx, store.System, func(tx *store.Tx) error {
		profiles := make([]registry.Profile, len(missing))
		for i, p := range missing {
			p.Programmes = []string{l.programme}
			if o := l.partner[p.association]; o.ID != "" {
				p.Associations = []string{o.ID}
			}
			profiles[i] = p.Profile
		}
		if err := l.openAccounts(tx, profiles); err != nil {
			return err
		}
		if err := registry.RegisterBatchIn(tx, profiles); err != nil {
			return err
		}
		return rest(tx, missing, profiles)
	})
}

// missing returns the people whose pseudonyms nobody has yet.
func (l *loader) missing(ctx context.Context, people []person) ([]person, error) {
	names := make([]string, len(people))
	for i, p := range people {
		names[i] = p.Pseudonym
	}
	known := map[string]bool{}
	err := l.DB.View(ctx, func(tx *store.Tx) error {
		for part := range slices.Chunk(names, 400) {
			found, err := registry.ByPseudonymIn(tx, part)
			if err != nil {
				return err
			}
			for name := range found {
				known[name] = true
			}
		}
		return nil
	})
	return slices.DeleteFunc(slices.Clone(people), func(p person) bool { return known[p.Pseudonym] }), err
}

// openAccounts lets the people of the stories sign in.
func (l *loader) openAccounts(tx *store.Tx, profiles []registry.Profile) error {
	for i := range profiles {
		p := &profiles[i]
		for _, s := range stories {
			if s.pseudonym != p.Pseudonym {
				continue
			}
			userID, err := l.register(tx, s.mailbox, p.GivenName+" "+p.FamilyName, s.locale)
			if err != nil {
				return err
			}
			p.UserID = &userID
		}
	}
	return nil
}

// rest gives the consents of those who have paused: they stay while nobody can
// find them.
func rest(tx *store.Tx, people []person, written []registry.Profile) error {
	var resting []string
	for i, p := range people {
		if p.resting {
			resting = append(resting, written[i].ID)
		}
	}
	if err := privacy.GiveManyIn(tx, resting, "demo", "en"); err != nil {
		return err
	}
	for _, professionalID := range resting {
		if err := privacy.HideIn(tx, professionalID); err != nil {
			return err
		}
	}
	return nil
}
