// SPDX-License-Identifier: AGPL-3.0-or-later

package needs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"sankofa/backend/internal/id"
	"sankofa/backend/internal/store"
)

// BeginSelectionIn starts the choice among candidates of a need; a published one
// is closed by it.
func BeginSelectionIn(tx *store.Tx, needID string) (Need, error) {
	n, err := LockIn(tx, needID)
	if err != nil || n.State == PartlyFilled {
		return n, err // it goes on being filled
	}
	if n.State == Published {
		if _, err := moveIn(tx, needID, "need.closed", (*Need).Close); err != nil {
			return n, err
		}
	}
	return moveIn(tx, needID, "need.in_selection", (*Need).BeginSelection)
}

// FillIn counts one accepted offer, of the position that it is for where the need has
// any.
func FillIn(tx *store.Tx, needID string, position *string) (Need, error) {
	n, err := moveIn(tx, needID, "need.filled", (*Need).Fill)
	if err != nil {
		return n, err
	}
	return n, fillPosition(tx, needID, position)
}

// ReleaseIn takes back one accepted offer whose placement was cancelled.
func ReleaseIn(tx *store.Tx, needID string, position *string) (Need, error) {
	n, err := moveIn(tx, needID, "need.released", (*Need).Release)
	if err != nil {
		return n, err
	}
	return n, releasePosition(tx, position)
}

// BeginServiceIn says that somebody has come to work on the need. One that is being
// filled further stays open; one that is underway already stays as it is.
func BeginServiceIn(tx *store.Tx, needID string) (Need, error) {
	// A relay begins before its last stays are found: it stays open for them.
	if n, err := LockIn(tx, needID); err != nil || n.Relay && n.Filled < n.Headcount {
		return n, err
	}
	return followIn(tx, needID, "need.underway", (*Need).BeginService, Filled, PartlyFilled)
}

// DeliverIn says that everybody who worked on the need has come to the end.
func DeliverIn(tx *store.Tx, needID string) (Need, error) {
	return followIn(tx, needID, "need.delivered", (*Need).Deliver, Underway)
}

// followIn moves a need after its placements, if it is in one of the states.
func followIn(tx *store.Tx, needID, event string, move func(*Need) error, from ...State) (Need, error) {
	n, err := LockIn(tx, needID)
	if err != nil || !slices.Contains(from, n.State) {
		return n, err
	}
	return moveIn(tx, needID, event, move)
}

// moveIn changes the state of a need on behalf of a layer above, which has
// checked the right to do so.
func moveIn(tx *store.Tx, needID, event string, move func(*Need) error) (Need, error) {
	n, err := LockIn(tx, needID)
	if err != nil {
		return n, err
	}
	from := n.State
	if err := move(&n); err != nil {
		return n, err
	}
	if err := save(tx, &n); err != nil {
		return n, err
	}
	emit(tx, event, n, from, store.Details{"filled": n.Filled, "headcount": n.Headcount})
	return n, nil
}

// RegisterBatchIn writes needs as they are, with the references that they bring,
// for generators of demonstration data.
func RegisterBatchIn(tx *store.Tx, batch []Terms) error {
	for _, t := range batch {
		if t.ID == "" {
			t.ID = id.New()
		}
		t.Version, t.CreatedAt, t.UpdatedAt = 1, tx.Now, tx.Now
		if err := insert(tx, t); err != nil {
			return fmt.Errorf("register %s: %w", t.Reference, err)
		}
		tx.Emit("need.published", t.ID, store.Details{"reference": t.Reference, "demo": t.Demo})
	}
	return nil
}

// idle is after how long an untouched draft expires.
const idle = 90 * 24 * time.Hour

// errNothing ends a change that turned out to have nothing to do.
var errNothing = errors.New("needs: nothing is due")

// Tick closes the calls whose last day has passed and expires drafts that nobody
// has touched for ninety days. A timer calls it.
func (s *Service) Tick(ctx context.Context) error {
	err := s.DB.Change(ctx, store.System, func(tx *store.Tx) error {
		closing, err := due(tx, "state = ? AND closes_on < ?", Published, tx.Today())
		if err != nil {
			return err
		}
		expiring, err := due(tx, "state = ? AND updated_at < ?", Draft, tx.Now.Add(-idle))
		if err != nil {
			return err
		}
		if len(closing)+len(expiring) == 0 {
			return errNothing
		}
		for _, needID := range closing {
			if _, err := moveIn(tx, needID, "need.closed", (*Need).Close); err != nil {
				return err
			}
		}
		for _, needID := range expiring {
			if _, err := moveIn(tx, needID, "need.expired", (*Need).Expire); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// due returns the identifiers of at most a batch of needs, in a fixed order so
// that two timers lock them alike.
func due(tx *store.Tx, condition string, args ...any) ([]string, error) {
	var ids []string
	err := tx.Model(&Need{}).Where(condition, args...).Order("id").Limit(batch).Pluck("id", &ids).Error
	return ids, err
}

// TouchIn locks a need for a layer above that changes what hangs on it, and gives it a
// new version: of two who change it at once one is told.
func TouchIn(tx *store.Tx, needID string, version int) (Need, error) {
	n, err := LockIn(tx, needID)
	if err != nil {
		return n, err
	}
	if err := n.sameVersion(version); err != nil {
		return n, err
	}
	return n, save(tx, &n)
}
