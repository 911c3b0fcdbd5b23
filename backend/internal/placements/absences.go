// SPDX-License-Identifier: AGPL-3.0-or-later

package placements

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Kinds of days away from the host (feature 102). Why somebody is on leave is not asked.
const (
	Leave  = "leave"
	Remote = "remote"
)

// AwayKinds lists them.
var AwayKinds = []string{Leave, Remote}

// mostAway is how many stretches a stay may have.
const mostAway = 100

// Away is a stretch of days of a stay on which the person was on leave, or worked from
// elsewhere; both ends count, and no two share a day.
type Away struct {
	PlacementID string  `gorm:"primaryKey"`
	From        day.Day `gorm:"primaryKey;column:from_on"`
	To          day.Day `gorm:"column:to_on"`
	Kind        string
	Role        string // of whoever wrote it down
	ByUser      string
	At          time.Time
}

// TableName names the table for GORM.
func (Away) TableName() string { return "placement_absences" }

// Used is how many days of a kind a stay has had, and what its programme allows.
type Used struct {
	Kind    string
	Days    int
	Allowed int  // for the days of the stay as they are now
	Limited bool // the programme has set a limit; else Allowed says nothing
}

// Over is how many days are more than the programme allows: no allowance is paid for
// them.
func (u Used) Over() int {
	if !u.Limited {
		return 0
	}
	return max(0, u.Days-u.Allowed)
}

// allowed turns days for every thirty into days of a stay, in favour of the person.
func allowed(per, days int) int { return (per*days + 29) / 30 }

// usedOf counts the days of each kind that lie in the stay.
func usedOf(p Placement, all []Away, row *plan) []Used {
	used := make([]Used, len(AwayKinds))
	for i, kind := range AwayKinds {
		used[i].Kind = kind
		for _, one := range all {
			if one.Kind == kind {
				used[i].Days += day.Overlap(one.From, one.To, p.From, p.To)
			}
		}
		if row == nil {
			continue
		}
		if limit := map[string]*int{Leave: row.LeaveDays, Remote: row.RemoteDays}[kind]; limit != nil {
			used[i].Limited, used[i].Allowed = true, allowed(*limit, p.Days())
		}
	}
	return used
}

// unpaid is how many days of a stay no allowance is paid for.
func unpaid(used []Used) (days int) {
	for _, u := range used {
		days += u.Over()
	}
	return days
}

// absent are the states in which days away are written down.
var absent = []State{Cleared, Travelling, OnDuty, Suspended, Evacuated, Curtailed, Ended}

// SetAway replaces the days away of a stay; what the stay costs follows.
func (s *Service) SetAway(ctx context.Context, who identity.Actor, ref string, version int, all []Away) (View, error) {
	return s.change(ctx, who, ref, version, func(tx *store.Tx, p *Placement) error {
		if err := mayWrite(who, *p, absent); err != nil {
			return err
		}
		if err := checkAway(all, *p); err != nil {
			return err
		}
		before, err := awayIn(tx, p.ID)
		if err != nil {
			return err
		}
		if err := tx.Where("placement_id = ?", p.ID).Delete(&Away{}).Error; err != nil {
			return fmt.Errorf("replace days away: %w", err)
		}
		for _, one := range all {
			one.PlacementID, one.Role, one.ByUser, one.At = p.ID, string(who.Role), who.UserID, tx.Now
			at := slices.IndexFunc(before, func(o Away) bool { return o.From == one.From && o.To == one.To && o.Kind == one.Kind })
			if at >= 0 {
				one = before[at]
			}
			if err := tx.Create(&one).Error; err != nil {
				return fmt.Errorf("write days away: %w", err)
			}
		}
		tx.Emit("placement.absences_set", p.ID, store.Details{"stretches": len(all), "professional": p.ProfessionalID})
		return settleIn(tx, *p)
	})
}

func checkAway(all []Away, p Placement) error {
	var c fault.Check
	c.That(len(all) <= mostAway, "absences", "rows.many", "Please give %d at most.", mostAway)
	for i, one := range all {
		at := fmt.Sprintf("absences[%d].", i)
		c.That(slices.Contains(AwayKinds, one.Kind), at+"kind", "absence.kind", "Please choose leave or remote.")
		c.That(one.From.Valid(), at+"from", "day.invalid", "Please write a date like 2027-02-01.")
		c.That(one.To.Valid(), at+"to", "day.invalid", "Please write a date like 2027-02-01.")
		if !one.From.Valid() || !one.To.Valid() {
			continue
		}
		c.That(one.From <= one.To, at+"to", "period.order", "The last day comes before the first.")
		c.That(one.From >= p.From && one.From <= p.To, at+"from", "day.outside", "Please give a day from %s to %s.", p.From, p.To)
		c.That(one.To >= p.From && one.To <= p.To, at+"to", "day.outside", "Please give a day from %s to %s.", p.From, p.To)
		for _, other := range all[:i] {
			if !other.From.Valid() || !other.To.Valid() {
				continue // it is complained about already, and what was sent is not repeated
			}
			c.That(day.Overlap(one.From, one.To, other.From, other.To) == 0, at+"from", "absence.overlap", "Some of these days are written down already, from %s to %s.", other.From, other.To)
		}
	}
	return c.Err()
}

// AwayIn returns the days away of several stays by placement, for those who write about
// them: the person, the host and the coordinator.
func AwayIn(tx *store.Tx, who identity.Actor, placementIDs []string) (map[string][]Away, error) {
	by := map[string][]Away{}
	if !who.Is(writers...) {
		return by, nil
	}
	for part := range slices.Chunk(placementIDs, batch) {
		var some []Away
		if err := tx.Where("placement_id IN ?", part).Order("from_on").Find(&some).Error; err != nil {
			return nil, fmt.Errorf("load days away: %w", err)
		}
		for _, one := range some {
			by[one.PlacementID] = append(by[one.PlacementID], one)
		}
	}
	return by, nil
}

// awayIn returns the days away of a stay, in their order.
func awayIn(tx *store.Tx, placementID string) ([]Away, error) {
	var all []Away
	if err := tx.Where("placement_id = ?", placementID).Order("from_on").Find(&all).Error; err != nil {
		return nil, fmt.Errorf("load days away: %w", err)
	}
	return all, nil
}
