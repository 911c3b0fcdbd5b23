// SPDX-License-Identifier: AGPL-3.0-or-later

package savedsearches

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/store"
)

// Watcher follows the ledger for watched searches. Each search remembers the last
// event that it knows of, in the transaction that writes its alerts: an event that
// is delivered again, by this program or by another beside it, has no second effect.
//
// Whoever sends mail reads "alert.raised" in the ledger: its subject is the search.
type Watcher struct {
	service *Service
	at      atomic.Int64
}

// NewWatcher returns the reader of the ledger for the service.
func NewWatcher(s *Service) *Watcher { return &Watcher{service: s} }

// Name names the reader.
func (w *Watcher) Name() string { return "saved searches" }

// Position returns the last event that needs no further look: after a start, the
// one that the slowest search knows of.
func (w *Watcher) Position(ctx context.Context) (int64, error) {
	if at := w.at.Load(); at > 0 {
		return at, nil
	}
	var at int64
	err := w.service.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Raw(`SELECT COALESCE((SELECT MIN(seen) FROM saved_searches WHERE watched = ?), last) FROM ledger_head WHERE one = 1`, true).Scan(&at).Error
	})
	if err == nil {
		w.at.Store(at)
	}
	return at, err
}

// news is what happened to one search since it looked last.
type news struct {
	search SavedSearch
	people map[string]int64 // who changed, with the last event about them
	need   bool             // the need that it watches changed
	until  int64
	met    []string
	vague  bool // it could not be asked; it is left as it was
}

// Deliver looks at who changed, and raises alerts for those who newly meet a search.
func (w *Watcher) Deliver(ctx context.Context, events []store.Event) error {
	watched, err := w.watched(ctx)
	if err != nil {
		return err
	}
	last := events[len(events)-1].Number
	var all []news
	for _, s := range watched {
		if s.Seen >= last {
			continue
		}
		n := news{search: s, people: map[string]int64{}, until: last}
		if err := w.gather(ctx, &n, events); err != nil {
			return err
		}
		if len(n.people) == 0 && !n.need {
			continue // after a restart this is looked at once more
		}
		if err := w.ask(ctx, &n); err != nil {
			return err
		}
		all = append(all, n)
	}
	if err := w.write(ctx, all); err != nil {
		return err
	}
	w.at.Store(last)
	return nil
}

// watched lists the searches that anybody wants alerts of.
func (w *Watcher) watched(ctx context.Context) ([]SavedSearch, error) {
	var rows []SavedSearch
	err := w.service.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Where("watched = ?", true).Order("id").Find(&rows).Error
	})
	return rows, err
}

// gather notes what the search has not seen yet: the events delivered, and those
// before them that came while it was being saved.
func (w *Watcher) gather(ctx context.Context, n *news, events []store.Event) error {
	for after := n.search.Seen; after+1 < events[0].Number; {
		missed, err := w.service.DB.Events(ctx, after, 1000)
		if err != nil {
			return err
		}
		if len(missed) == 0 {
			break
		}
		n.note(missed)
		after = missed[len(missed)-1].Number
	}
	n.note(events)
	return nil
}

// note takes from events what they say about people, and about the need.
func (n *news) note(events []store.Event) {
	for _, e := range events {
		if e.Number <= n.search.Seen || e.Number > n.until {
			continue
		}
		switch kind, _, _ := strings.Cut(e.Name, "."); kind {
		case "professional", "consent", "visibility":
			n.people[e.Subject] = e.Number
		case "need":
			n.need = n.need || n.search.NeedID != nil && e.Subject == *n.search.NeedID
		}
	}
}

// ask finds out who of those who changed meets the search now; of a need, who is
// among the best.
func (w *Watcher) ask(ctx context.Context, n *news) error {
	s := w.service
	if n.search.Kind == Need {
		best, _, err := s.Search.Best(ctx, n.search.ProgrammeID, *n.search.NeedID, n.search.Best)
		if fault.Is(err, fault.Missing) { // the need has gone back to where nobody is ranked for it
			n.vague = true
			return nil
		}
		n.met = best
		return err
	}
	people := make([]string, 0, len(n.people))
	for one := range n.people {
		people = append(people, one)
	}
	slices.Sort(people)
	met, err := s.Search.MeetingAmong(ctx, n.search.ProgrammeID, n.search.asked(), n.search.Locale, people)
	if fault.Is(err, fault.Invalid) { // saved by an older program, and not understood by this one
		n.vague = true
		return nil
	}
	for _, one := range people {
		if met[one] {
			n.met = append(n.met, one)
		}
	}
	return err
}

// errNothing undoes a transaction that has nothing to tell.
var errNothing = errors.New("saved searches: nothing to tell")

// write raises the alerts and moves the searches on, all in one transaction.
func (w *Watcher) write(ctx context.Context, all []news) error {
	if len(all) == 0 {
		return nil
	}
	raised := 0
	write := func(tx *store.Tx) error {
		raised = 0
		for i := range all {
			n, err := all[i].writeIn(tx)
			if err != nil {
				return err
			}
			raised += n
			if n > 0 {
				tx.Emit("alert.raised", all[i].search.ID, store.Details{"alerts": n})
			}
		}
		return nil
	}
	// Most changes raise nothing, and then only the memory moves, which is no news.
	err := w.service.DB.Keep(ctx, func(tx *store.Tx) error {
		if err := write(tx); err != nil {
			return err
		}
		if raised > 0 {
			return errNothing
		}
		return nil
	})
	if !errors.Is(err, errNothing) {
		return err
	}
	err = w.service.DB.Change(ctx, store.System, func(tx *store.Tx) error {
		if err := write(tx); err != nil {
			return err
		}
		if raised == 0 { // another program was faster
			return errNothing
		}
		return nil
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// writeIn moves one search on and returns how many alerts that raises. If another
// program did so, or somebody changed the search meanwhile, it does nothing.
func (n *news) writeIn(tx *store.Tx) (int, error) {
	res := tx.Model(&SavedSearch{}).Where("id = ? AND version = ? AND seen = ? AND watched = ?", n.search.ID, n.search.Version, n.search.Seen, true).
		Update("seen", n.until)
	if res.Error != nil || res.RowsAffected == 0 || n.vague {
		return 0, res.Error
	}
	before, err := n.knownIn(tx)
	if err != nil {
		return 0, err
	}
	var fresh []string
	for _, one := range n.met {
		if !before[one] {
			fresh = append(fresh, one)
		}
	}
	if err := rememberIn(tx, n.search.ID, fresh); err != nil {
		return 0, err
	}
	if err := n.forgetIn(tx, before); err != nil {
		return 0, err
	}
	return n.raiseIn(tx, fresh)
}

// knownIn returns who of the people in question was known to meet the search.
func (n *news) knownIn(tx *store.Tx) (map[string]bool, error) {
	var people []string
	for one := range n.people {
		people = append(people, one)
	}
	if n.search.Kind == Need {
		people = n.met
	}
	before := map[string]bool{}
	for part := range slices.Chunk(people, 500) {
		var rows []known
		if err := tx.Where("search_id = ? AND professional_id IN ?", n.search.ID, part).Find(&rows).Error; err != nil {
			return nil, err
		}
		for _, row := range rows {
			before[row.ProfessionalID] = true
		}
	}
	return before, nil
}

// forgetIn forgets who no longer meets the search, so that their return is news.
// Who was once among the best for a need is not news again: people go up and down
// with every change of others.
func (n *news) forgetIn(tx *store.Tx, before map[string]bool) error {
	if n.search.Kind == Need {
		return nil
	}
	var gone []string
	for one := range before {
		if !slices.Contains(n.met, one) {
			gone = append(gone, one)
		}
	}
	for part := range slices.Chunk(gone, 500) {
		if err := tx.Where("search_id = ? AND professional_id IN ?", n.search.ID, part).Delete(&known{}).Error; err != nil {
			return err
		}
	}
	return nil
}

// raiseIn writes an alert for every follower and every person who came.
func (n *news) raiseIn(tx *store.Tx, fresh []string) (int, error) {
	var followers []follower
	if err := tx.Where("search_id = ? AND frequency <> ?", n.search.ID, Never).Order("user_id").Find(&followers).Error; err != nil {
		return 0, err
	}
	var rows []alert
	for _, one := range fresh {
		event := n.people[one]
		if event == 0 {
			event = n.until
		}
		for _, f := range followers {
			rows = append(rows, alert{ID: id.New(), SearchID: n.search.ID, UserID: f.UserID, ProfessionalID: one, Event: event,
				FoundAt: tx.Now, DueAt: f.Frequency.due(tx.Now)})
		}
	}
	if len(rows) == 0 {
		return 0, nil
	}
	return len(rows), tx.CreateInBatches(rows, 500).Error
}
