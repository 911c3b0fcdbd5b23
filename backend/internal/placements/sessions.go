// SPDX-License-Identifier: AGPL-3.0-or-later

package placements

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Kinds of sessions: who learns beside the person all the time, and who came to a
// training.
const (
	Counterparts = "counterparts"
	Training     = "training"
)

// Sexes and Ages are how heads are counted (feature 100); empty: not said. The bands
// are those of the programme's other figures.
var (
	Sexes = []string{"female", "male", "other", ""}
	Ages  = []string{"-29", "30-39", "40-49", "50-59", "60-", ""}
)

// Limits of sessions.
const (
	mostSessions = 60
	mostHeads    = 1000
)

// Session is the counterparts of a stay, or one training: how many learnt, of whom
// nobody is named.
type Session struct {
	PlacementID string `gorm:"primaryKey"`
	Number      int    `gorm:"primaryKey"`
	Kind        string
	Title       string
	HeldOn      day.Day // empty for counterparts
	Groups      []Group `gorm:"-"`
}

// TableName names the table for GORM.
func (Session) TableName() string { return "placement_sessions" }

// Group is how many of one sex and age took part.
type Group struct {
	PlacementID string `gorm:"primaryKey"`
	Number      int    `gorm:"primaryKey"`
	Sex         string `gorm:"primaryKey"`
	Age         string `gorm:"primaryKey"`
	People      int
}

// TableName names the table for GORM.
func (Group) TableName() string { return "session_attendance" }

// teachable are the states in which sessions are written down.
var teachable = []State{OnDuty, Suspended, Evacuated, Curtailed, Ended}

// SetSessions replaces the counterparts and the trainings of a stay.
func (s *Service) SetSessions(ctx context.Context, who identity.Actor, ref string, version int, all []Session) (View, error) {
	return s.change(ctx, who, ref, version, func(tx *store.Tx, p *Placement) error {
		if err := mayWrite(who, *p, teachable); err != nil {
			return err
		}
		if err := checkSessions(all, *p, day.Day(tx.Today())); err != nil {
			return err
		}
		if err := tx.Where("placement_id = ?", p.ID).Delete(&Session{}).Error; err != nil { // its groups go with it
			return fmt.Errorf("replace sessions: %w", err)
		}
		for i := range all {
			one := &all[i]
			one.PlacementID, one.Number = p.ID, i+1
			if err := tx.Create(one).Error; err != nil {
				return fmt.Errorf("write session: %w", err)
			}
			for _, g := range one.Groups {
				g.PlacementID, g.Number = p.ID, one.Number
				if err := tx.Create(&g).Error; err != nil {
					return fmt.Errorf("write attendance: %w", err)
				}
			}
		}
		tx.Emit("placement.sessions_set", p.ID, store.Details{"sessions": len(all), "professional": p.ProfessionalID})
		return nil
	})
}

func checkSessions(all []Session, p Placement, today day.Day) error {
	var c fault.Check
	c.That(len(all) <= mostSessions, "sessions", "rows.many", "Please give %d at most.", mostSessions)
	beside := 0
	for i := range all {
		one, at := &all[i], fmt.Sprintf("sessions[%d].", i)
		one.Title = strings.TrimSpace(one.Title)
		switch one.Kind {
		case Counterparts:
			beside++
			c.That(beside == 1, at+"kind", "session.counterparts", "Please count the counterparts of the stay once.")
			c.That(one.HeldOn == "", at+"heldOn", "session.no_day", "Counterparts are there all the time: please leave the day empty.")
			c.Length(one.Title, at+"title", 0, mostName)
		case Training:
			c.Length(one.Title, at+"title", 1, mostName)
			c.That(one.HeldOn.Valid(), at+"heldOn", "day.invalid", "Please write a date like 2027-02-01.")
			c.That(!one.HeldOn.Valid() || one.HeldOn >= p.From && one.HeldOn <= min(p.To, today), at+"heldOn", "day.outside_stay",
				"Please give a day of the stay that has come, from %s to %s.", p.From, min(p.To, today))
		default:
			c.That(false, at+"kind", "session.kind", "Please choose counterparts or training.")
		}
		checkGroups(&c, one.Groups, at)
	}
	return c.Err()
}

func checkGroups(c *fault.Check, groups []Group, at string) {
	c.That(len(groups) > 0, at+"groups", "required", "Please say how many took part.")
	seen := map[Group]bool{}
	for k, g := range groups {
		in := fmt.Sprintf("%sgroups[%d].", at, k)
		c.That(slices.Contains(Sexes, g.Sex), in+"sex", "sex.unknown", "Please choose female, male or other, or leave it empty.")
		c.That(slices.Contains(Ages, g.Age), in+"age", "age.unknown", "Please choose one of: %s; or leave it empty.", strings.Join(Ages[:len(Ages)-1], ", "))
		c.That(g.People >= 1 && g.People <= mostHeads, in+"people", "number.range", "Please give a number from %d to %d.", 1, mostHeads)
		key := Group{Sex: g.Sex, Age: g.Age}
		c.That(!seen[key], in+"age", "group.twice", "This sex and age is counted already; please add the two up.")
		seen[key] = true
	}
}

// sessionsIn returns the sessions of a stay with their groups.
func sessionsIn(tx *store.Tx, placementID string) ([]Session, error) {
	var all []Session
	if err := tx.Where("placement_id = ?", placementID).Order("number").Find(&all).Error; err != nil {
		return nil, fmt.Errorf("load sessions: %w", err)
	}
	var groups []Group
	if err := tx.Where("placement_id = ?", placementID).Find(&groups).Error; err != nil {
		return nil, fmt.Errorf("load attendance: %w", err)
	}
	place := func(g Group) int { return slices.Index(Sexes, g.Sex)*len(Ages) + slices.Index(Ages, g.Age) }
	slices.SortFunc(groups, func(a, b Group) int { return place(a) - place(b) })
	for i := range all {
		for _, g := range groups {
			if g.Number == all[i].Number {
				all[i].Groups = append(all[i].Groups, g)
			}
		}
	}
	return all, nil
}
