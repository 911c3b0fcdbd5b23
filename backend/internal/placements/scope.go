// SPDX-License-Identifier: AGPL-3.0-or-later

package placements

import (
	"fmt"
	"slices"

	"gorm.io/gorm"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// ScopedIn is the query of the placements that the actor may see, for the layers above.
func ScopedIn(tx *store.Tx, who identity.Actor) *gorm.DB { return scoped(tx, who) }

// ViewsIn shows placements of ScopedIn to the actor, without their files.
func ViewsIn(tx *store.Tx, who identity.Actor, all []Placement) ([]View, error) {
	return viewsIn(tx, who, all)
}

// FindIn returns a placement as far as the actor may see it, for the layers above.
func FindIn(tx *store.Tx, who identity.Actor, ref string) (Placement, error) {
	return findIn(tx, who, ref)
}

// Awaited is a report that one side is asked for and has not given.
type Awaited struct {
	Kind ReportKind
	Role identity.Role
	From day.Day // when it is asked for; empty: as soon as the state allows it
}

// AwaitedIn lists the reports that are missing, by placement.
func AwaitedIn(tx *store.Tx, all []Placement) (map[string][]Awaited, error) {
	given := map[string][]Report{}
	for part := range slices.Chunk(all, batch) {
		ids := make([]string, len(part))
		for i, p := range part {
			ids[i] = p.ID
		}
		var found []Report
		if err := tx.Select("placement_id", "kind", "role").Where("placement_id IN ?", ids).Find(&found).Error; err != nil {
			return nil, fmt.Errorf("load reports: %w", err)
		}
		for _, r := range found {
			given[r.PlacementID] = append(given[r.PlacementID], r)
		}
	}
	missing := map[string][]Awaited{}
	for _, p := range all {
		missing[p.ID] = p.awaited(given[p.ID], day.Day(tx.Today()))
	}
	return missing, nil
}

// awaited lists what each side has not told of what it is asked for today.
func (p Placement) awaited(given []Report, today day.Day) []Awaited {
	var all []Awaited
	for _, role := range []identity.Role{identity.Professional, identity.Host, identity.Coordinator} {
		for _, due := range p.dues(role, given, today) {
			told := slices.ContainsFunc(given, func(r Report) bool { return r.Kind == due.Kind && r.Role == role })
			if !told && (due.From == "" || due.From <= today) {
				all = append(all, Awaited{Kind: due.Kind, Role: role, From: due.From})
			}
		}
	}
	return all
}
