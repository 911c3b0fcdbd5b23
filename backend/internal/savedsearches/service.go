// SPDX-License-Identifier: AGPL-3.0-or-later

package savedsearches

import (
	"cmp"
	"context"
	"encoding/json"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store"
)

// Views hears who was shown whom.
type Views interface {
	Viewed(who identity.Actor, professionalIDs []string, what, needID string)
}

// Service answers coordinators about their saved searches.
type Service struct {
	DB     *store.DB
	Search *search.Service
	Views  Views // nil: nobody wants to know
	// Broad is how many people may meet a search that is watched; 0 means 20,000.
	Broad int
}

// View is a saved search as one reader sees it.
type View struct {
	SavedSearch
	Choices       search.Choices
	NeedReference string
	NeedTitle     string
	Owner         string // the name of the officer; empty for one's own
	Mine          bool
	Unread        int // alerts that are due and not read
	Following
}

// missing is the answer for what is not there and for what the actor may not see.
var missing = fault.New(fault.Missing, "saved_search.missing", "There is no such saved search here.")

// broad is the answer to a watch of nearly everybody.
func broad(most int) error {
	return fault.New(fault.Conflict, "saved_search.broad",
		"More than %d people meet this search: alerts would tell you little. Please narrow it first, or save it without alerts.", most)
}

// may tells whether the actor has to do with saved searches at all.
func may(who identity.Actor) bool { return who.Is(identity.Coordinator) && who.ProgrammeID != "" }

// Save keeps a search under a name. Whoever meets it now is no news.
func (s *Service) Save(ctx context.Context, who identity.Actor, w Written) (View, error) {
	if !may(who) {
		return View{}, missing
	}
	row := SavedSearch{ID: id.New(), ProgrammeID: who.ProgrammeID, OwnerID: who.UserID, Locale: who.Locale, Version: 1}
	if err := s.compose(ctx, who, &row, &w); err != nil {
		return View{}, err
	}
	people, err := s.memory(ctx, &row, w.Frequency != Never)
	if err != nil {
		return View{}, err
	}
	err = s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		if err := roomIn(tx, who); err != nil {
			return err
		}
		row.CreatedAt, row.UpdatedAt = tx.Now, tx.Now
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		if err := tx.Create(&follower{SearchID: row.ID, UserID: who.UserID, Pinned: w.Pinned, Frequency: w.Frequency}).Error; err != nil {
			return err
		}
		tx.Emit("saved_search.saved", row.ID, store.Details{"kind": row.Kind, "shared": row.Shared, "watched": row.Watched})
		return rememberIn(tx, row.ID, people)
	})
	if err != nil {
		return View{}, once(err)
	}
	return s.Find(ctx, who, row.ID)
}

// once explains that a need is watched already.
func once(err error) error {
	if fault.HasCode(err, "duplicate") {
		return fault.New(fault.Conflict, "saved_search.twice", "You watch this need already.").Because(err)
	}
	return err
}

// compose puts what was written into a row.
func (s *Service) compose(ctx context.Context, who identity.Actor, row *SavedSearch, w *Written) error {
	if err := w.check(); err != nil {
		return err
	}
	row.Kind, row.Name, row.Query, row.Exact, row.Shared, row.Best = w.Kind, w.Name, w.Query, w.Exact, w.Shared, w.Best
	row.NeedID = nil
	text, err := json.Marshal(w.Choices)
	if err != nil {
		return err
	}
	row.Choices = string(text)
	if w.Kind == People {
		return s.Search.Check(row.asked(), row.Locale)
	}
	return s.DB.View(ctx, func(tx *store.Tx) error {
		need, err := needs.FindIn(tx, who, w.NeedRef)
		if err != nil {
			return err
		}
		if need.ProgrammeID != who.ProgrammeID {
			return missing
		}
		row.NeedID = &need.ID
		return nil
	})
}

// memory returns who meets a search now, if somebody wants to hear of those who
// will; it notes in the row how far the answer goes.
func (s *Service) memory(ctx context.Context, row *SavedSearch, watched bool) ([]string, error) {
	row.Watched = watched
	if !watched {
		return nil, nil
	}
	people, seen, err := s.met(ctx, *row)
	if err != nil {
		return nil, err
	}
	if most := cmp.Or(s.Broad, mostKnown); len(people) > most {
		return nil, broad(most)
	}
	row.Seen = seen
	return people, nil
}

// met returns everybody who meets a search.
func (s *Service) met(ctx context.Context, row SavedSearch) ([]string, int64, error) {
	if row.Kind == Need {
		return s.Search.Best(ctx, row.ProgrammeID, *row.NeedID, row.Best)
	}
	return s.Search.Meeting(ctx, row.ProgrammeID, row.asked(), row.Locale)
}

// Revise changes a saved search of one's own. Who meets it as it is now is no news.
func (s *Service) Revise(ctx context.Context, who identity.Actor, searchID string, version int, w Written) (View, error) {
	before, err := s.Find(ctx, who, searchID)
	if err != nil {
		return View{}, err
	}
	if !before.Mine {
		return View{}, fault.New(fault.Denied, "saved_search.others", "Only who saved this search can change it.")
	}
	w.Kind = before.Kind // what it is stays
	row := before.SavedSearch
	if err := s.compose(ctx, who, &row, &w); err != nil {
		return View{}, err
	}
	if before.Version != version {
		return View{}, stale()
	}
	people, err := s.memory(ctx, &row, w.Frequency != Never || row.Shared && s.othersWatch(ctx, row.ID, who))
	if err != nil {
		return View{}, err
	}
	err = s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		row.Version, row.UpdatedAt = version+1, tx.Now
		if err := store.Saved(tx.Model(&SavedSearch{}).Where("id = ? AND version = ?", row.ID, version).Select("*").Updates(&row)); err != nil {
			return err
		}
		if err := tx.Where("search_id = ?", row.ID).Delete(&known{}).Error; err != nil {
			return err
		}
		if err := rememberIn(tx, row.ID, people); err != nil {
			return err
		}
		if !row.Shared { // who shared it shares it no longer
			for _, model := range []any{&follower{}, &alert{}} {
				if err := tx.Where("search_id = ? AND user_id <> ?", row.ID, row.OwnerID).Delete(model).Error; err != nil {
					return err
				}
			}
		}
		tx.Emit("saved_search.revised", row.ID, store.Details{"shared": row.Shared, "watched": row.Watched})
		return followIn(tx, row.ID, who.UserID, w.Following)
	})
	if err != nil {
		return View{}, once(err)
	}
	return s.Find(ctx, who, row.ID)
}

// stale is the answer to whoever changes a version that is no longer the latest.
func stale() error {
	return fault.New(fault.Stale, "stale", "Someone else changed this in the meantime. Reload to see their version, then make your change again.")
}

// Follow says what a reader wants of a saved search that they can see.
func (s *Service) Follow(ctx context.Context, who identity.Actor, searchID string, f Following) (View, error) {
	view, err := s.Find(ctx, who, searchID)
	if err != nil {
		return View{}, err
	}
	var c fault.Check
	c.That(f.Frequency.Known(), "frequency", "saved_search.frequency", "Please choose none, instant, daily or weekly.")
	if err := c.Err(); err != nil {
		return View{}, err
	}
	row := view.SavedSearch
	watched := f.Frequency != Never || s.othersWatch(ctx, row.ID, who)
	var people []string
	fresh := watched && !row.Watched
	if fresh {
		if people, err = s.memory(ctx, &row, true); err != nil {
			return View{}, err
		}
	}
	err = s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		if fresh || !watched && row.Watched {
			changes := map[string]any{"watched": watched, "version": view.Version + 1}
			if fresh {
				changes["seen"] = row.Seen
			}
			if err := store.Saved(tx.Model(&SavedSearch{}).Where("id = ? AND version = ?", row.ID, view.Version).Updates(changes)); err != nil {
				return err
			}
			if err := tx.Where("search_id = ?", row.ID).Delete(&known{}).Error; err != nil {
				return err
			}
			if err := rememberIn(tx, row.ID, people); err != nil {
				return err
			}
		}
		tx.Emit("saved_search.followed", row.ID, store.Details{"frequency": f.Frequency, "pinned": f.Pinned})
		return followIn(tx, row.ID, who.UserID, f)
	})
	if err != nil {
		return View{}, err
	}
	return s.Find(ctx, who, searchID)
}

// Remove forgets a saved search of one's own, with its alerts.
func (s *Service) Remove(ctx context.Context, who identity.Actor, searchID string) error {
	view, err := s.Find(ctx, who, searchID)
	if err != nil {
		return err
	}
	if !view.Mine {
		return fault.New(fault.Denied, "saved_search.others", "Only who saved this search can remove it.")
	}
	return s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		tx.Emit("saved_search.removed", searchID)
		return tx.Where("id = ?", searchID).Delete(&SavedSearch{}).Error
	})
}

// Find returns one saved search that the actor may see.
func (s *Service) Find(ctx context.Context, who identity.Actor, searchID string) (View, error) {
	if !may(who) || !id.Valid(searchID) {
		return View{}, missing
	}
	var found []View
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		var rows []SavedSearch
		if err := scoped(tx, who).Where("saved_searches.id = ?", searchID).Find(&rows).Error; err != nil {
			return err
		}
		found, err = viewsIn(tx, who, rows)
		return err
	})
	if err != nil {
		return View{}, err
	}
	if len(found) == 0 {
		return View{}, missing
	}
	return found[0], nil
}

// List returns the saved searches that the actor may see: pinned ones first, and
// then by name.
func (s *Service) List(ctx context.Context, who identity.Actor) ([]View, error) {
	if !may(who) {
		return nil, missing
	}
	var found []View
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		var rows []SavedSearch
		if err := scoped(tx, who).Order("saved_searches.id").Find(&rows).Error; err != nil {
			return err
		}
		found, err = viewsIn(tx, who, rows)
		return err
	})
	return found, err
}
