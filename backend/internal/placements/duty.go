// SPDX-License-Identifier: AGPL-3.0-or-later

package placements

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Present is somebody who is where a placement has brought them, with what the duty
// officer needs when something happens.
type Present struct {
	View
	Country     string
	DutyStation string
	Phone       string
	Insured     bool // the policy is verified and covers today
	Policy      string
	InsuredTo   day.Day
	Contacts    []Contact
}

// Contact is whom to tell when something has happened to somebody.
type Contact struct {
	ID             string
	ProfessionalID string
	Position       int
	Name           string
	Phone          string
	Relation       string
	UpdatedAt      time.Time
}

// TableName names the table for GORM.
func (Contact) TableName() string { return "emergency_contacts" }

// present are the states in which somebody is away.
var present = []State{Travelling, OnDuty, Suspended, Evacuated}

// mostPresent bounds the list, and how many are evacuated at once.
const mostPresent = 500

// longestReference is more than any reference or identifier has.
const longestReference = 60

// WhoIsWhere lists who is where now, by country and place (feature 99). It is for
// those who have to act; looking is recorded.
func (s *Service) WhoIsWhere(ctx context.Context, who identity.Actor, country, place string) ([]Present, error) {
	if !who.Is(identity.Coordinator) {
		return nil, denied
	}
	var all []Present
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		var rows []Placement
		query := scoped(tx, who).Where("state IN ?", present)
		if country != "" {
			query = query.Where("need_id IN (SELECT id FROM needs WHERE country = ?)", country)
		}
		if place != "" {
			query = query.Where("need_id IN (SELECT id FROM needs WHERE lower(duty_station) = ?)", strings.ToLower(place))
		}
		if err := query.Order("id").Limit(mostPresent).Find(&rows).Error; err != nil {
			return fmt.Errorf("list who is where: %w", err)
		}
		views, err := viewsIn(tx, who, rows)
		if err != nil {
			return err
		}
		for _, v := range views {
			p, err := presentIn(tx, v)
			if err != nil {
				return err
			}
			all = append(all, p)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, func(a, b Present) int {
		return cmp.Or(strings.Compare(a.Country, b.Country), strings.Compare(a.DutyStation, b.DutyStation))
	})
	for _, p := range all {
		s.shown(who, []View{p.View})
	}
	return all, nil
}

// presentIn adds place, telephone, insurance and whom to tell.
func presentIn(tx *store.Tx, v View) (Present, error) {
	p := Present{View: v}
	n, person, err := aboutIn(tx, v.Placement)
	if err != nil {
		return p, err
	}
	p.Country, p.DutyStation, p.Phone = n.Country, n.DutyStation, person.Phone
	var policies []Clearance
	if err := tx.Where("placement_id = ? AND kind = ?", v.ID, Insurance).Find(&policies).Error; err != nil {
		return p, fmt.Errorf("load insurance: %w", err)
	}
	for _, c := range policies {
		p.Policy, p.InsuredTo = c.Reference, c.ValidUntil
		p.Insured = c.State == Verified && c.Short(dayOf(tx), dayOf(tx)) == ""
	}
	err = tx.Where("professional_id = ?", v.ProfessionalID).Order("position").Find(&p.Contacts).Error
	return p, err
}

func dayOf(tx *store.Tx) day.Day { return day.Day(tx.Today()) }

// Outcome tells what became of one person of an evacuation.
type Outcome struct {
	Reference string
	Err       error // nil: the person is evacuated
}

// Evacuate brings several to safety by one order. Each is an act of its own: what
// cannot be done for one is told, and holds up nobody else.
func (s *Service) Evacuate(ctx context.Context, who identity.Actor, references []string, reason string) ([]Outcome, error) {
	if !who.Is(identity.Coordinator) {
		return nil, denied
	}
	var c fault.Check
	c.Length(strings.TrimSpace(reason), "reason", 1, mostText)
	c.That(len(references) > 0, "placements", "evacuation.nobody", "Please choose whom.")
	c.That(len(references) <= mostPresent, "placements", "evacuation.many", "Please choose %d at most at once.", mostPresent)
	for i, ref := range references {
		c.That(len(ref) <= longestReference, fmt.Sprintf("placements[%d]", i), "field.long", "Please keep this to %d characters.", longestReference)
	}
	if err := c.Err(); err != nil {
		return nil, err
	}
	all := []Outcome{}
	for _, ref := range references {
		if slices.ContainsFunc(all, func(o Outcome) bool { return o.Reference == ref }) {
			continue
		}
		all = append(all, Outcome{ref, s.evacuate(ctx, who, ref, reason)})
		if ctx.Err() != nil {
			return all, ctx.Err()
		}
	}
	return all, nil
}

// evacuate takes the step as the placement stands now, and once more when somebody was
// faster: an order does not wait for a form.
func (s *Service) evacuate(ctx context.Context, who identity.Actor, ref, reason string) error {
	var err error
	for range 3 {
		var v View
		if v, err = s.Find(ctx, who, ref); err != nil {
			return err
		}
		if _, err = s.Take(ctx, who, ref, v.Version, Ask{Move: "evacuate", Reason: reason}); !fault.Is(err, fault.Stale) {
			return err
		}
	}
	return err
}

// Contacts returns whom the person wants to be told.
func (s *Service) Contacts(ctx context.Context, who identity.Actor) ([]Contact, error) {
	all := []Contact{}
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Where("professional_id = ?", who.ProfessionalID).Order("position").Find(&all).Error
	})
	return all, err
}

// mostContacts is how many people a person may name.
const mostContacts = 5

// SetContacts writes whom the person wants to be told, over what stood before.
func (s *Service) SetContacts(ctx context.Context, who identity.Actor, contacts []Contact) ([]Contact, error) {
	var c fault.Check
	c.That(len(contacts) <= mostContacts, "contacts", "list.long", "Please name %d at most.", mostContacts)
	for i, one := range contacts {
		at := fmt.Sprintf("contacts[%d].", i)
		c.Length(strings.TrimSpace(one.Name), at+"name", 1, 200)
		c.Length(strings.TrimSpace(one.Phone), at+"phone", 1, 40)
		c.Length(one.Relation, at+"relation", 0, 100)
	}
	if err := c.Err(); err != nil {
		return nil, err
	}
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		if err := tx.Where("professional_id = ?", who.ProfessionalID).Delete(&Contact{}).Error; err != nil {
			return err
		}
		tx.Emit("professional.contacts_set", who.ProfessionalID, nil)
		for i := range contacts {
			contacts[i] = Contact{ID: id.New(), ProfessionalID: who.ProfessionalID, Position: i, Name: strings.TrimSpace(contacts[i].Name),
				Phone: strings.TrimSpace(contacts[i].Phone), Relation: strings.TrimSpace(contacts[i].Relation), UpdatedAt: tx.Now}
		}
		if len(contacts) == 0 {
			return nil
		}
		return tx.Create(&contacts).Error
	})
	return contacts, err
}
