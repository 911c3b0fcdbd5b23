// SPDX-License-Identifier: AGPL-3.0-or-later

package placements

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm/clause"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
)

// Service keeps placements.
type Service struct {
	DB    *store.DB
	Views selection.Views
	Site  string // how people reach us, "https://sankofa.example.org"; stands on certificates
}

// missing is also the answer about what the reader may not see.
var missing = fault.New(fault.Missing, "placement.missing", "There is no such placement, or it is not open to you.")

// Overlap is the code of the rule that one person is in one place at a time; the
// schema holds it.
const Overlap = "placements.overlap"

// BookIn makes the placement of an accepted offer. Two that overlap are refused
// by the database, however many book at once; the refusal names the days of the
// other booking and nothing else of it.
func (s *Service) BookIn(tx *store.Tx, b selection.Booking) (string, error) {
	if err := free(tx, "", b.ProfessionalID, b.From, b.To); err != nil {
		return "", err
	}
	reference, err := needs.NextReferenceIn(tx, b.Country+"-P")
	if err != nil {
		return "", err
	}
	p := Placement{ID: id.New(), Reference: reference, ProgrammeID: b.ProgrammeID, NeedID: b.NeedID, CandidacyID: b.CandidacyID,
		ProfessionalID: b.ProfessionalID, OrganisationID: b.OrganisationID, State: Preparing, Modality: b.Modality,
		From: b.From, To: b.To, Version: 1, CreatedAt: tx.Now, UpdatedAt: tx.Now}
	// What is refused here was booked since we looked: the transaction goes on, so
	// that it can still be asked by what.
	res := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&p)
	if res.Error != nil {
		return "", fmt.Errorf("book placement: %w", res.Error)
	}
	if res.RowsAffected == 0 {
		if err := free(tx, "", b.ProfessionalID, b.From, b.To); err != nil {
			return "", err
		}
		return "", fault.New(fault.Conflict, "placement.exists", "This offer has a placement already.")
	}
	if err := planIn(tx, p, b.Country); err != nil {
		return "", err
	}
	if err := catchUpIn(tx, p); err != nil {
		return "", err
	}
	tx.Emit("placement.booked", p.ID, store.Details{"reference": p.Reference, "need": p.NeedID, "professional": p.ProfessionalID,
		"candidacy": p.CandidacyID})
	return p.Reference, nil
}

// free returns a conflict when the person is booked elsewhere on some of the days; the
// placement itself is not in its own way.
func free(tx *store.Tx, except, professionalID string, from, to day.Day) error {
	var others []Placement
	err := tx.Where("professional_id = ? AND id <> ? AND state <> ? AND from_on <= ? AND to_on >= ?", professionalID, except, Cancelled, to, from).
		Order("from_on").Limit(1).Find(&others).Error
	if err != nil {
		return fmt.Errorf("look for other bookings: %w", err)
	}
	if len(others) == 0 {
		return nil
	}
	return fault.New(fault.Conflict, Overlap,
		"There is a booking from %s to %s already, so %s to %s is not free. Nobody can be in two places on the same day.",
		others[0].From, others[0].To, from, to)
}

// Cancel ends a placement before it began: the person, the host, the ministry or
// the coordinator may. The days are free again and the post is open again.
func (s *Service) Cancel(ctx context.Context, who identity.Actor, ref string, version int, reason string) (View, error) {
	var view View
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		p, err := findIn(tx, who, ref)
		if err != nil {
			return err
		}
		if p.Version != version {
			return stale
		}
		if !mayCancel(who) {
			return denied
		}
		if err := p.Cancel(strings.TrimSpace(reason)); err != nil {
			return err
		}
		var c fault.Check
		c.Length(p.Reason, "reason", 1, mostText)
		if err := c.Err(); err != nil {
			return err
		}
		// The need first, always, as whoever accepts an offer does.
		position, err := positionIn(tx, p)
		if err != nil {
			return err
		}
		if _, err := needs.ReleaseIn(tx, p.NeedID, position); err != nil {
			return err
		}
		if err := save(tx, &p); err != nil {
			return err
		}
		if err := settleIn(tx, p); err != nil {
			return err
		}
		tx.Emit("placement.cancelled", p.ID, store.Details{"need": p.NeedID, "professional": p.ProfessionalID})
		view, err = viewIn(tx, who, p)
		return err
	})
	if err == nil {
		s.shown(who, []View{view})
	}
	return view, err
}

// positionIn returns which position of its need a placement is for; nil where the need
// has none.
func positionIn(tx *store.Tx, p Placement) (*string, error) {
	var c selection.Candidacy
	if err := tx.Select("id", "position_id").Where("id = ?", p.CandidacyID).Take(&c).Error; err != nil {
		return nil, fmt.Errorf("load candidacy: %w", err)
	}
	return c.PositionID, nil
}

// mostText is how long a reason may be.
const mostText = 5000

var denied = fault.New(fault.Denied, "placement.denied", "You may see this placement, but this step is for somebody else to take.")

var stale = fault.New(fault.Stale, "stale",
	"Someone else changed this in the meantime. Reload to see their version, then make your change again.")

// mayCancel tells whether somebody of the actor's role, who can see a placement,
// may cancel it.
func mayCancel(who identity.Actor) bool {
	return who.Is(identity.Professional, identity.Host, identity.Ministry, identity.Coordinator)
}

// shown notes whose names the actor was just shown.
func (s *Service) shown(who identity.Actor, views []View) {
	if s.Views == nil {
		return
	}
	for _, v := range views {
		if v.Name != "" {
			s.Views.Viewed(who, []string{v.ProfessionalID}, "placement", v.NeedID)
		}
	}
}

// Find returns a placement by identifier or reference, as far as the actor may see it.
func (s *Service) Find(ctx context.Context, who identity.Actor, ref string) (View, error) {
	var view View
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		p, err := findIn(tx, who, ref)
		if err != nil {
			return err
		}
		view, err = viewIn(tx, who, p)
		return err
	})
	if err == nil {
		s.shown(who, []View{view})
	}
	return view, err
}

// Filter narrows a list of placements.
type Filter struct {
	States []State
	After  string // the cursor of the page before
	Limit  int    // 1–100; 0 means 25
}

// Page is a part of a list of placements, newest first.
type Page struct {
	Items []View
	Next  string
}

// List returns the placements that the actor may see.
func (s *Service) List(ctx context.Context, who identity.Actor, f Filter) (Page, error) {
	if err := f.check(); err != nil {
		return Page{}, err
	}
	var page Page
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		found, next, err := list(tx, who, f)
		if err != nil {
			return err
		}
		page.Next = next
		page.Items, err = viewsIn(tx, who, found)
		return err
	})
	if err == nil {
		s.shown(who, page.Items)
	}
	return page, err
}

// check complains about a filter that cannot be meant.
func (f Filter) check() error {
	var c fault.Check
	for _, state := range f.States {
		c.That(slices.Contains(States, state), "state", "state.unknown", "There is no such state.")
	}
	c.That(f.After == "" || id.Valid(f.After), "after", "cursor.unknown", "Please start from the first page again.")
	c.That(f.Limit >= 0 && f.Limit <= 100, "limit", "number.range", "Please give a number from %d to %d.", 1, 100)
	return c.Err()
}
