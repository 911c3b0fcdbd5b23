// SPDX-License-Identifier: AGPL-3.0-or-later

package savedsearches

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/store"
)

// scoped is the query of the saved searches that the actor may see: their own, and
// those that others of the programme share.
func scoped(tx *store.Tx, who identity.Actor) *gorm.DB {
	if !may(who) {
		return tx.Model(&SavedSearch{}).Where("1 = 0")
	}
	return tx.Model(&SavedSearch{}).Where("saved_searches.programme_id = ?", who.ProgrammeID).
		Where("(saved_searches.owner_id = ? OR saved_searches.shared = ?)", who.UserID, true)
}

// viewsIn shows rows to the actor.
func viewsIn(tx *store.Tx, who identity.Actor, rows []SavedSearch) ([]View, error) {
	ids, owners, needIDs := make([]string, len(rows)), make([]string, len(rows)), []string{}
	for i, row := range rows {
		ids[i], owners[i] = row.ID, row.OwnerID
		if row.NeedID != nil {
			needIDs = append(needIDs, *row.NeedID)
		}
	}
	names, err := identity.UserNamesIn(tx, owners)
	if err != nil {
		return nil, err
	}
	watchedNeeds, err := needsIn(tx, needIDs)
	if err != nil {
		return nil, err
	}
	follows, err := followsIn(tx, who.UserID, ids)
	if err != nil {
		return nil, err
	}
	unread, err := unreadIn(tx, who)
	if err != nil {
		return nil, err
	}
	views := make([]View, len(rows))
	for i, row := range rows {
		v := View{SavedSearch: row, Choices: row.choices(), Mine: row.OwnerID == who.UserID, Unread: unread[row.ID], Following: Following{Frequency: Never}}
		if !v.Mine {
			v.Owner = names[row.OwnerID]
		}
		if row.NeedID != nil {
			v.NeedReference, v.NeedTitle = watchedNeeds[*row.NeedID].Reference, watchedNeeds[*row.NeedID].Title
		}
		if f, ok := follows[row.ID]; ok {
			v.Following = Following{Pinned: f.Pinned, Frequency: f.Frequency}
		}
		views[i] = v
	}
	slices.SortStableFunc(views, func(a, b View) int {
		if a.Pinned != b.Pinned {
			if a.Pinned {
				return -1
			}
			return 1
		}
		return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.ID, b.ID))
	})
	return views, nil
}

// needsIn returns needs by identifier.
func needsIn(tx *store.Tx, ids []string) (map[string]needs.Need, error) {
	out := map[string]needs.Need{}
	if len(ids) == 0 {
		return out, nil
	}
	var rows []needs.Need
	err := tx.Model(&needs.Need{}).Select("id", "reference", "title", "state").Where("id IN ?", ids).Find(&rows).Error
	for _, n := range rows {
		out[n.ID] = n
	}
	return out, err
}

// followsIn returns what a reader wants of saved searches.
func followsIn(tx *store.Tx, userID string, ids []string) (map[string]follower, error) {
	out := map[string]follower{}
	if len(ids) == 0 {
		return out, nil
	}
	var rows []follower
	err := tx.Where("user_id = ? AND search_id IN ?", userID, ids).Find(&rows).Error
	for _, f := range rows {
		out[f.SearchID] = f
	}
	return out, err
}

// othersWatch tells whether anybody else wants alerts of a search.
func (s *Service) othersWatch(ctx context.Context, searchID string, who identity.Actor) bool {
	var n int64
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Model(&follower{}).Where("search_id = ? AND user_id <> ? AND frequency <> ?", searchID, who.UserID, Never).Count(&n).Error
	})
	return err != nil || n > 0
}

// followIn writes what a reader wants. What they have not been told yet is told, or
// not, as they want it from now on.
func followIn(tx *store.Tx, searchID, userID string, f Following) error {
	res := tx.Model(&follower{}).Where("search_id = ? AND user_id = ?", searchID, userID).
		Updates(map[string]any{"pinned": f.Pinned, "frequency": f.Frequency})
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected == 0 {
		if err := tx.Create(&follower{SearchID: searchID, UserID: userID, Pinned: f.Pinned, Frequency: f.Frequency}).Error; err != nil {
			return err
		}
	}
	var waiting []alert
	if err := tx.Where("search_id = ? AND user_id = ? AND due_at > ?", searchID, userID, tx.Now).Find(&waiting).Error; err != nil {
		return err
	}
	for _, a := range waiting {
		err := tx.Model(&alert{}).Where("id = ?", a.ID).Update("due_at", f.Frequency.due(a.FoundAt)).Error
		if f.Frequency == Never {
			err = tx.Where("id = ?", a.ID).Delete(&alert{}).Error
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// rememberIn notes who meets a search already.
func rememberIn(tx *store.Tx, searchID string, people []string) error {
	rows := make([]known, len(people))
	for i, one := range people {
		rows[i] = known{SearchID: searchID, ProfessionalID: one}
	}
	if len(rows) == 0 {
		return nil
	}
	return tx.CreateInBatches(rows, 500).Error
}

// roomIn complains when somebody keeps too many searches to find one again.
func roomIn(tx *store.Tx, who identity.Actor) error {
	var n int64
	err := tx.Model(&SavedSearch{}).Where("owner_id = ? AND programme_id = ?", who.UserID, who.ProgrammeID).Count(&n).Error
	if err == nil && n >= mostSaved {
		return fault.New(fault.Conflict, "saved_search.many", "You keep %d searches already. Please remove one that you no longer need.", mostSaved)
	}
	return err
}
