// SPDX-License-Identifier: AGPL-3.0-or-later

package placements

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Moment is when an indicator of a stay has a value (feature 105).
type Moment string

// The moments, in their order.
const (
	Baseline Moment = "baseline" // before the stay shows
	Target   Moment = "target"   // what is meant to be reached
	AtEnd    Moment = "end"      // when the stay ends
	Month12  Moment = "month_12" // a year after
)

// Moments lists them all.
var Moments = []Moment{Baseline, Target, AtEnd, Month12}

// yearAfter is how many days after the last one a value of the year after is measured
// at the earliest: ten months, so that a yearly count may be a little early.
const yearAfter = 300

// Limits of what is written down of a stay.
const (
	mostIndicators = 12
	mostName       = 200
)

// Indicator is one thing that is measured of what a stay is for.
type Indicator struct {
	PlacementID string `gorm:"primaryKey"`
	Number      int    `gorm:"primaryKey"`
	Name        string
	Unit        string
	Source      string           // where its values come from: a register, a survey
	Values      []IndicatorValue `gorm:"-"` // in the order of the moments
}

// TableName names the table for GORM.
func (Indicator) TableName() string { return "placement_indicators" }

// IndicatorValue is what an indicator was at a moment.
type IndicatorValue struct {
	PlacementID string `gorm:"primaryKey"`
	Number      int    `gorm:"primaryKey"`
	Moment      Moment `gorm:"primaryKey"`
	Value       string // a decimal number, as it was written: it is shown, never reckoned with
	OnDay       day.Day
	MeasuredBy  string // an office, not a person
	Role        string // of whoever wrote it down
	ByUser      string
	At          time.Time
}

// TableName names the table for GORM.
func (IndicatorValue) TableName() string { return "indicator_values" }

// decimal is a number with up to four places.
var decimal = regexp.MustCompile(`^-?\d{1,12}(\.\d{1,4})?$`)

// measurable are the states in which indicators are written: from the offer until the
// file is closed, for the last value comes a year after.
var measurable = []State{Preparing, Cleared, Postponed, Travelling, OnDuty, Suspended, Evacuated, Curtailed, Ended, Completed, FollowedUp}

// writers are the sides that write about a stay while it lasts.
var writers = []identity.Role{identity.Professional, identity.Host, identity.Coordinator}

// SetIndicators replaces what is measured of a stay. A value that stays as it was keeps
// the name of whoever wrote it down.
func (s *Service) SetIndicators(ctx context.Context, who identity.Actor, ref string, version int, all []Indicator) (View, error) {
	return s.change(ctx, who, ref, version, func(tx *store.Tx, p *Placement) error {
		if err := mayWrite(who, *p, measurable); err != nil {
			return err
		}
		if err := checkIndicators(all, *p, day.Day(tx.Today())); err != nil {
			return err
		}
		before, err := indicatorsIn(tx, p.ID)
		if err != nil {
			return err
		}
		if err := tx.Where("placement_id = ?", p.ID).Delete(&Indicator{}).Error; err != nil { // its values go with it
			return fmt.Errorf("replace indicators: %w", err)
		}
		changed := 0
		for i := range all {
			one := &all[i]
			one.PlacementID, one.Number = p.ID, i+1
			if err := tx.Create(one).Error; err != nil {
				return fmt.Errorf("write indicator: %w", err)
			}
			for _, v := range one.Values {
				v.PlacementID, v.Number, v.Role, v.ByUser, v.At = p.ID, one.Number, string(who.Role), who.UserID, tx.Now
				if old := same(before, *one, v); old != nil {
					v.Role, v.ByUser, v.At = old.Role, old.ByUser, old.At
				} else {
					changed++
				}
				if err := tx.Create(&v).Error; err != nil {
					return fmt.Errorf("write value: %w", err)
				}
			}
		}
		tx.Emit("placement.indicators_set", p.ID, store.Details{"indicators": len(all), "values": changed, "professional": p.ProfessionalID})
		return nil
	})
}

// mayWrite tells whether somebody may write about a stay while it is in one of the states.
func mayWrite(who identity.Actor, p Placement, while []State) error {
	if !who.Is(writers...) {
		return denied
	}
	if !slices.Contains(while, p.State) {
		return fault.New(fault.Conflict, "placement.not_followed", "This placement is %s; this is not written down now.", p.Stands().Words())
	}
	return nil
}

// same finds the value as it was before, if nothing of it has changed.
func same(before []Indicator, one Indicator, v IndicatorValue) *IndicatorValue {
	for _, old := range before {
		if old.Name != one.Name {
			continue
		}
		for i := range old.Values {
			if o := old.Values[i]; o.Moment == v.Moment && o.Value == v.Value && o.OnDay == v.OnDay && o.MeasuredBy == v.MeasuredBy {
				return &old.Values[i]
			}
		}
	}
	return nil
}

// checkIndicators complains about what cannot be meant, and trims the words.
func checkIndicators(all []Indicator, p Placement, today day.Day) error {
	var c fault.Check
	c.That(len(all) <= mostIndicators, "indicators", "rows.many", "Please give %d at most.", mostIndicators)
	names := map[string]bool{}
	for i := range all {
		one, at := &all[i], fmt.Sprintf("indicators[%d].", i)
		one.Name, one.Unit, one.Source = strings.TrimSpace(one.Name), strings.TrimSpace(one.Unit), strings.TrimSpace(one.Source)
		c.Length(one.Name, at+"name", 1, mostName)
		c.Length(one.Unit, at+"unit", 0, 40)
		c.Length(one.Source, at+"source", 1, 500)
		c.That(!names[strings.ToLower(one.Name)], at+"name", "indicator.twice", "There is an indicator of this name already.")
		names[strings.ToLower(one.Name)] = true
		seen := map[Moment]bool{}
		for k := range one.Values {
			one.Values[k].check(&c, fmt.Sprintf("%svalues[%d].", at, k), p, today, seen)
		}
		one.Values = slices.DeleteFunc(one.Values, IndicatorValue.none)
	}
	return c.Err()
}

// none tells whether nothing was said of the moment: a form has a place for each.
func (v IndicatorValue) none() bool { return v.Value == "" && v.OnDay == "" && v.MeasuredBy == "" }

func (v *IndicatorValue) check(c *fault.Check, at string, p Placement, today day.Day, seen map[Moment]bool) {
	v.Value, v.MeasuredBy = strings.TrimSpace(v.Value), strings.TrimSpace(v.MeasuredBy)
	c.That(slices.Contains(Moments, v.Moment) && !seen[v.Moment], at+"moment", "indicator.moment", "Please give each of baseline, target, end and month_12 once at most.")
	seen[v.Moment] = true
	if v.none() {
		return
	}
	c.That(decimal.MatchString(v.Value), at+"value", "number.decimal", "Please write a number such as 24 or 5.25.")
	c.Length(v.MeasuredBy, at+"measuredBy", 0, mostName)
	c.That(v.OnDay == "" || v.OnDay.Valid(), at+"on", "day.invalid", "Please write a date like 2027-02-01.")
	if v.Moment == Target || !slices.Contains(Moments, v.Moment) {
		return
	}
	c.That(v.MeasuredBy != "", at+"measuredBy", "required", "Please say which office measured it.")
	c.That(v.OnDay != "", at+"on", "day.missing", "Please give the day.")
	if !v.OnDay.Valid() {
		return
	}
	c.That(v.OnDay <= today, at+"on", "day.to_come", "Nothing can have been measured on a day that is still to come.")
	c.That(v.Moment != AtEnd || v.OnDay >= p.From, at+"on", "indicator.early", "This value is measured on %s or later.", p.From)
	c.That(v.Moment != Month12 || v.OnDay >= p.To.Add(yearAfter), at+"on", "indicator.early", "This value is measured on %s or later.", p.To.Add(yearAfter))
}

// indicatorsIn returns what is measured of a stay, with its values in order.
func indicatorsIn(tx *store.Tx, placementID string) ([]Indicator, error) {
	var all []Indicator
	if err := tx.Where("placement_id = ?", placementID).Order("number").Find(&all).Error; err != nil {
		return nil, fmt.Errorf("load indicators: %w", err)
	}
	var values []IndicatorValue
	if err := tx.Where("placement_id = ?", placementID).Find(&values).Error; err != nil {
		return nil, fmt.Errorf("load values: %w", err)
	}
	for i := range all {
		for _, m := range Moments {
			for _, v := range values {
				if v.Number == all[i].Number && v.Moment == m {
					all[i].Values = append(all[i].Values, v)
				}
			}
		}
	}
	return all, nil
}
