// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/store"
)

// Ranking is who is suitable for a need and why, at one moment.
type Ranking struct {
	Algorithm     string            // name and version: "sankofa-1"
	IndexPosition int64             // the number of the last event that the index had read
	Body          []byte            // JSON, pseudonyms only: kept and shown word for word
	People        map[string]string // identifiers by pseudonym of everybody who passed the hard conditions
	Scores        map[string]int    // of 1000, by pseudonym
}

// Ranker makes the ranking that a shortlist rests on; search does.
type Ranker interface {
	Freeze(ctx context.Context, who identity.Actor, needID string) (Ranking, error)
}

// Booking is what a placement is made of.
type Booking struct {
	CandidacyID    string
	NeedID         string
	ProgrammeID    string
	OrganisationID string // the host
	ProfessionalID string
	Country        string
	Modality       string
	From           day.Day
	To             day.Day
}

// Booker makes the placement of an accepted offer in the same transaction, and
// returns its reference; placements does.
type Booker interface {
	BookIn(tx *store.Tx, booking Booking) (reference string, err error)
}

// Replayer computes a frozen ranking again: same, differs, or none where it cannot be
// computed any more; search does.
type Replayer interface {
	Replay(body []byte) (outcome string, err error)
}

// Views notes who was shown whose data; audit does.
type Views interface {
	Viewed(who identity.Actor, professionalIDs []string, what, needID string)
}

// Service leads candidacies.
type Service struct {
	DB       *store.DB
	Ranker   Ranker
	Booker   Booker
	Views    Views
	Replayer Replayer
}

// Terms that people have to answer.
const (
	nominationDays   = 14 // calendar days to answer a nomination
	offerWorkingDays = 10 // working days to answer an offer
	mostText         = 5000
)

// missing is also the answer about what the reader may not see.
var missing = fault.New(fault.Missing, "candidacy.missing", "There is no such candidacy, or it is not open to you.")

// denied is the answer to whoever may see a candidacy and not take this step.
var denied = fault.New(fault.Denied, "candidacy.denied", "You may see this candidacy, but this step is for somebody else to take.")

// stale is the answer to whoever acts on an older version.
var stale = fault.New(fault.Stale, "stale",
	"Someone else changed this in the meantime. Reload to see their version, then make your change again.")

// Nominate proposes a member of the association for a published need. The host
// learns of it only once the person says yes (features 61 and 62).
func (s *Service) Nominate(ctx context.Context, who identity.Actor, needRef, professional, reason string) (View, error) {
	return s.NominateFor(ctx, who, needRef, Nomination{Professional: professional, Reason: reason})
}

// Nomination is a member whom an association puts forward.
type Nomination struct {
	Professional string // identifier or pseudonym
	Position     string // of the need; empty: the one near to the member's occupation
	Reason       string
}

// NominateFor is Nominate for one of several positions.
func (s *Service) NominateFor(ctx context.Context, who identity.Actor, needRef string, m Nomination) (View, error) {
	if !who.Is(identity.Association) {
		return View{}, missing
	}
	if err := reasoned(m.Reason, "reason"); err != nil {
		return View{}, err
	}
	return s.enter(ctx, who, needRef, "candidacy.nominated", func(tx *store.Tx, n needs.Need) (Candidacy, error) {
		return nominated(tx, who, n, m, "")
	})
}

// nominated composes the candidacy of a member; the prefix spells the fields for
// whoever asked.
func nominated(tx *store.Tx, who identity.Actor, n needs.Need, m Nomination, prefix string) (Candidacy, error) {
	person, err := nomineeIn(tx, who, m.Professional, prefix+"professionalId")
	if err != nil {
		return Candidacy{}, err
	}
	position, err := positionFor(tx, n, m.Position, person, prefix+"position")
	if err != nil {
		return Candidacy{}, err
	}
	until := tx.Now.AddDate(0, 0, nominationDays)
	return Candidacy{ProfessionalID: person, Origin: FromNomination, NominatedBy: who.OrganisationID, PositionID: position,
		Statement: strings.TrimSpace(m.Reason), State: Nominated, AnswerBy: &until}, nil
}

// positionFor chooses the position that a person stands for.
func positionFor(tx *store.Tx, n needs.Need, asked, person, field string) (*string, error) {
	var isco []string
	if err := tx.Raw(`SELECT isco FROM professionals WHERE id = ?`, person).Scan(&isco).Error; err != nil {
		return nil, fmt.Errorf("load occupation: %w", err)
	}
	return needs.PositionFor(tx, n.ID, asked, strings.Join(isco, ""), field)
}

// Application is what a person says who puts themselves forward.
type Application struct {
	Statement string
	From, To  day.Day // of the stay that they can make; empty: the whole period
	Position  string  // of the need; empty: the one near to their occupation
}

// within returns the days of the stay, if the need admits them.
func (a Application) within(n needs.Need, today day.Day) (needs.Stay, error) {
	stay := needs.Stay{From: cmp.Or(a.From, n.StartsOn), To: cmp.Or(a.To, n.EndsOn)}
	if a.From == "" && a.To == "" {
		return stay, nil
	}
	var c fault.Check
	checkDays(&c, func(field string) string { return field }, n, stay.From, stay.To, today)
	return stay, c.Err()
}

// settable are the states in which the days of a candidacy may still change: nobody
// has agreed to them yet.
var settable = []State{Submitted, Eligible, Longlisted, Shortlisted, UnderAssessment, Recommended, Reserve}

// SetStay gives a candidacy its own days within the period of the need, such as a leg
// of a relay. The coordinator does, until the host has agreed to them.
func (s *Service) SetStay(ctx context.Context, who identity.Actor, candidacyID string, version int, stay needs.Stay) (View, error) {
	return s.change(ctx, who, candidacyID, version, "candidacy.stay_set", func(tx *store.Tx, c *Candidacy, n needs.Need) error {
		if !who.Is(identity.Coordinator) {
			return denied
		}
		if err := c.only("given other days", settable...); err != nil {
			return err
		}
		var check fault.Check
		checkDays(&check, func(field string) string { return field }, n, stay.From, stay.To, day.Day(tx.Today()))
		c.From, c.To = stay.From, stay.To
		return check.Err()
	})
}

// Apply puts the professional forward by themselves.
func (s *Service) Apply(ctx context.Context, who identity.Actor, needRef, statement string) (View, error) {
	return s.ApplyFor(ctx, who, needRef, Application{Statement: statement})
}

// ApplyFor is Apply for somebody who says on which days they can come.
func (s *Service) ApplyFor(ctx context.Context, who identity.Actor, needRef string, a Application) (View, error) {
	if !who.Is(identity.Professional) || who.ProfessionalID == "" {
		return View{}, missing
	}
	if err := reasoned(a.Statement, "statement"); err != nil {
		return View{}, err
	}
	return s.enter(ctx, who, needRef, "candidacy.submitted", func(tx *store.Tx, n needs.Need) (Candidacy, error) {
		if err := mayBeShown(tx, who.ProfessionalID); err != nil {
			return Candidacy{}, err
		}
		stay, err := a.within(n, day.Day(tx.Today()))
		if err != nil {
			return Candidacy{}, err
		}
		position, err := positionFor(tx, n, a.Position, who.ProfessionalID, "position")
		if err != nil {
			return Candidacy{}, err
		}
		now := tx.Now
		return Candidacy{ProfessionalID: who.ProfessionalID, PositionID: position, Origin: FromApplication, Statement: strings.TrimSpace(a.Statement),
			State: Submitted, SubmittedAt: &now, From: stay.From, To: stay.To}, nil
	})
}

// reasoned asks for some words in the field.
func reasoned(text, field string) error {
	var c fault.Check
	c.Length(strings.TrimSpace(text), field, 1, mostText)
	return c.Err()
}

// enter writes a new candidacy for a need that is open for them.
func (s *Service) enter(ctx context.Context, who identity.Actor, needRef, event string,
	compose func(*store.Tx, needs.Need) (Candidacy, error)) (View, error) {
	var view View
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		n, err := needs.FindIn(tx, who, needRef)
		if err != nil {
			return err
		}
		if err := openFor(n, day.Day(tx.Today())); err != nil {
			return err
		}
		c, err := compose(tx, n)
		if err != nil {
			return err
		}
		if err := forgetDraftIn(tx, n.ID, c.ProfessionalID); err != nil {
			return err
		}
		c.ID, c.NeedID, c.Round, c.Rules = id.New(), n.ID, 1, "[]"
		c.From, c.To = cmp.Or(c.From, n.StartsOn), cmp.Or(c.To, n.EndsOn)
		if err := insert(tx, &c); err != nil {
			return err
		}
		announce(tx, event, c, "")
		view, err = viewIn(tx, who, c, true)
		return err
	})
	return view, err
}

// Answer is a nominated person's yes or no.
func (s *Service) Answer(ctx context.Context, who identity.Actor, candidacyID string, version int, accept bool) (View, error) {
	event := "candidacy.submitted"
	if !accept {
		event = "candidacy.withdrawn"
	}
	return s.change(ctx, who, candidacyID, version, event, func(tx *store.Tx, c *Candidacy, n needs.Need) error {
		if !own(who, *c) {
			return denied
		}
		if !accept {
			return c.Refuse()
		}
		if err := running(n); err != nil {
			return err
		}
		if err := c.Submit(tx.Now); err != nil {
			return err
		}
		if !slices.Contains(choosing, n.State) {
			return fault.New(fault.Conflict, "need.not_published", "This need is not open for candidates any more.")
		}
		return mayBeShown(tx, c.ProfessionalID)
	})
}

// choosing are the states of a need in which candidates count.
var choosing = []needs.State{needs.Published, needs.Closed, needs.InSelection, needs.PartlyFilled}

// Withdraw ends the person's own candidacy, with or without a reason.
func (s *Service) Withdraw(ctx context.Context, who identity.Actor, candidacyID string, version int, reason string) (View, error) {
	return s.change(ctx, who, candidacyID, version, "candidacy.withdrawn", func(_ *store.Tx, c *Candidacy, _ needs.Need) error {
		if !own(who, *c) {
			return denied
		}
		if err := c.Withdraw(); err != nil {
			return err
		}
		return c.explain(reason)
	})
}

// explain keeps why the person leaves; they need not say.
func (c *Candidacy) explain(reason string) error {
	var check fault.Check
	check.Length(reason, "reason", 0, mostText)
	c.EndReason = strings.TrimSpace(reason)
	return check.Err()
}

// own tells whether the candidacy is the actor's.
func own(who identity.Actor, c Candidacy) bool {
	return who.Is(identity.Professional) && who.ProfessionalID != "" && who.ProfessionalID == c.ProfessionalID
}

// change is the road of every use case on an existing candidacy.
func (s *Service) change(ctx context.Context, who identity.Actor, candidacyID string, version int, event string,
	act func(*store.Tx, *Candidacy, needs.Need) error) (View, error) {
	return s.changeTo(ctx, who, candidacyID, version, func(tx *store.Tx, c *Candidacy, n needs.Need) (string, error) {
		return event, act(tx, c, n)
	})
}

// changeTo is change for an act that says itself what became of it.
func (s *Service) changeTo(ctx context.Context, who identity.Actor, candidacyID string, version int,
	act func(*store.Tx, *Candidacy, needs.Need) (string, error)) (View, error) {
	var view View
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		c, err := findIn(tx, who, candidacyID)
		if err != nil {
			return err
		}
		if c.Version != version {
			return stale
		}
		n, err := needIn(tx, c.NeedID)
		if err != nil {
			return err
		}
		from := c.State
		event, err := act(tx, &c, n)
		if err != nil {
			return err
		}
		if err := save(tx, &c); err != nil {
			return err
		}
		announce(tx, event, c, from)
		view, err = viewIn(tx, who, c, true)
		return err
	})
	if err == nil {
		s.shown(who, []View{view}, "candidacy")
	}
	return view, err
}

// announce puts a step into the ledger.
func announce(tx *store.Tx, event string, c Candidacy, from State) {
	tx.Emit(event, c.ID, store.Details{"need": c.NeedID, "professional": c.ProfessionalID, "from": string(from), "to": string(c.State)})
}

// shown notes whose names or profiles the actor was just shown.
func (s *Service) shown(who identity.Actor, views []View, what string) {
	if s.Views == nil {
		return
	}
	people := map[string][]string{}
	for _, v := range views {
		if v.Name != "" || v.Card != nil {
			people[v.NeedID] = append(people[v.NeedID], v.ProfessionalID)
		}
	}
	for needID, ids := range people {
		s.Views.Viewed(who, ids, what, needID)
	}
}

// Find returns one candidacy, as far as the actor may see it.
func (s *Service) Find(ctx context.Context, who identity.Actor, candidacyID string) (View, error) {
	var view View
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		c, err := findIn(tx, who, candidacyID)
		if err != nil {
			return err
		}
		view, err = viewIn(tx, who, c, true)
		return err
	})
	if err == nil {
		s.shown(who, []View{view}, "candidacy")
	}
	return view, err
}

// Filter narrows a list of candidacies.
type Filter struct {
	States  []State
	Pending bool   // only those that wait for the reader
	After   string // the cursor of the page before
	Limit   int    // 1–100; 0 means 25
}

// Page is a part of a list of candidacies, newest first.
type Page struct {
	Items []View
	Next  string
}

// List returns the candidacies that the actor may see, without the profiles.
func (s *Service) List(ctx context.Context, who identity.Actor, filter Filter) (Page, error) {
	if err := filter.check(); err != nil {
		return Page{}, err
	}
	var page Page
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		found, next, err := list(tx, who, filter)
		if err != nil {
			return err
		}
		page.Next = next
		page.Items, err = viewsIn(tx, who, found, false)
		return err
	})
	if err == nil {
		s.shown(who, page.Items, "list")
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

// Lapse ends what was not answered in time – nominations and offers – and what
// is underway for a need that has ended. A timer calls it.
func (s *Service) Lapse(ctx context.Context) error {
	if err := s.forgetDrafts(ctx); err != nil {
		return err
	}
	for {
		n, err := s.lapse(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			return s.escalate(ctx)
		}
	}
}

// escalate tells others of decisions that nobody made in time. It is never a yes: the
// candidacy stays where it is.
func (s *Service) escalate(ctx context.Context) error {
	late := func(tx *store.Tx) *gorm.DB {
		return tx.Model(&Candidacy{}).Where("decide_by < ? AND escalated_at IS NULL AND need_id NOT IN (SELECT id FROM needs WHERE state = ?)", tx.Now, needs.Suspended)
	}
	var ids []string
	err := s.DB.View(ctx, func(tx *store.Tx) error { return late(tx).Order("id").Limit(batch).Pluck("id", &ids).Error })
	if err != nil || len(ids) == 0 {
		return err
	}
	err = s.DB.Change(ctx, store.System, func(tx *store.Tx) error {
		var found []Candidacy
		if err := late(tx).Where("id IN ?", ids).Order("id").Find(&found).Error; err != nil {
			return fmt.Errorf("load late decisions: %w", err)
		}
		for i := range found {
			c := &found[i]
			c.EscalatedAt = &tx.Now
			if err := save(tx, c); err != nil {
				return err
			}
			silence, err := SilenceIn(tx, c.ID)
			if err != nil {
				return err
			}
			tx.Emit("candidacy.escalated", c.ID, store.Details{"need": c.NeedID, "professional": c.ProfessionalID, "from": string(c.State),
				"to": string(c.State), "step": string(stepAt[c.State]), "silence": silence})
		}
		if len(found) == 0 { // another process was faster
			return errNothing
		}
		return nil
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// errNothing ends a change that turned out to have nothing to do.
var errNothing = errors.New("selection: nothing is due")

// lapse ends a batch of overdue candidacies and returns how many.
func (s *Service) lapse(ctx context.Context) (int, error) {
	var ids []string
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		ids, err = overdue(tx)
		return err
	})
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	err = s.DB.Change(ctx, store.System, func(tx *store.Tx) error {
		for _, candidacyID := range ids {
			if err := lapseIn(tx, candidacyID, tx.Now); err != nil {
				return err
			}
		}
		return nil
	})
	return len(ids), err
}

// lapseIn ends one overdue candidacy.
func lapseIn(tx *store.Tx, candidacyID string, now time.Time) error {
	c, err := byID(tx, candidacyID)
	if err != nil {
		return err
	}
	from, event := c.State, "candidacy.lapsed"
	if !slices.Contains(append(slices.Clone(underway), UnderReview), from) {
		return nil // another process was faster
	}
	if from == UnderReview {
		err := tx.Model(&Review{}).Where("candidacy_id = ? AND outcome = ''", c.ID).Updates(map[string]any{"outcome": "ended", "decided_at": now}).Error
		if err != nil {
			return fmt.Errorf("end review: %w", err)
		}
	}
	if c.State == Offered && c.AnswerBy != nil && now.After(*c.AnswerBy) {
		event = "candidacy.offer_expired"
		err = c.Expire()
	} else {
		err = c.Lapse()
	}
	if err != nil {
		return err
	}
	if err := save(tx, &c); err != nil {
		return err
	}
	announce(tx, event, c, from)
	return nil
}
