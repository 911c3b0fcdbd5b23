// SPDX-License-Identifier: AGPL-3.0-or-later

package needs

import (
	"context"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Codes tells which codes exist; taxonomy knows them.
type Codes interface {
	ISCO(code string) bool
	Skill(id string) bool
	Language(code string) bool
	Country(code string) bool
	Sector(code string) bool
	EducationField(code string) bool
}

// Service keeps the needs of host institutions and leads them through review.
type Service struct {
	DB    *store.DB
	Codes Codes
}

// missing is also the answer about what the reader may not see.
var missing = fault.New(fault.Missing, "need.missing", "There is no such need, or it is not open to you.")

// Draft begins a need of the actor's host institution and gives it a reference.
func (s *Service) Draft(ctx context.Context, who identity.Actor, form Form) (View, error) {
	return s.make(ctx, who, func(*store.Tx) (Form, error) { return form, nil })
}

// Duplicate begins a new draft from an earlier need of the same host. Dates that
// have passed, and the declaration of non-substitution, are not carried over.
func (s *Service) Duplicate(ctx context.Context, who identity.Actor, ref string) (View, error) {
	return s.make(ctx, who, func(tx *store.Tx) (Form, error) {
		earlier, err := readIn(tx, who, ref)
		if err != nil {
			return Form{}, err
		}
		form := earlier.Form()
		form.NonSubstitution = false
		if form.StartsOn <= day.Day(tx.Today()) {
			form.StartsOn, form.EndsOn = "", ""
		}
		return form, nil
	})
}

// make writes a new draft.
func (s *Service) make(ctx context.Context, who identity.Actor, compose func(*store.Tx) (Form, error)) (View, error) {
	var view View
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		host, programme, err := hostIn(tx, who)
		if err != nil {
			return err
		}
		form, err := compose(tx)
		if err != nil {
			return err
		}
		form = form.tidied(host.Country)
		if err := s.accept(form, programme); err != nil {
			return err
		}
		terms, err := s.begin(tx, who, form)
		if err != nil {
			return err
		}
		tx.Emit("need.drafted", terms.ID, store.Details{"reference": terms.Reference})
		view, err = viewIn(tx, who, terms)
		return err
	})
	return view, err
}

// accept says everything that is wrong with a form for the programme.
func (s *Service) accept(form Form, programme identity.Programme) error {
	var c fault.Check
	form.check(&c, s.Codes)
	served := false
	for _, country := range programme.Countries {
		served = served || country == form.Country
	}
	c.That(served || !s.Codes.Country(form.Country), "country", "country.not_served",
		"The programme does not serve the country %s.", form.Country)
	return c.Err()
}

// begin writes the row of a new draft under a fresh reference.
func (s *Service) begin(tx *store.Tx, who identity.Actor, form Form) (Terms, error) {
	reference, err := NextReferenceIn(tx, form.Country)
	if err != nil {
		return Terms{}, err
	}
	terms := Terms{Need: Need{
		ID: id.New(), Reference: reference, ProgrammeID: who.ProgrammeID, OrganisationID: who.OrganisationID,
		State: Draft, CreatedBy: who.UserID, Demo: who.Demo, Version: 1, CreatedAt: tx.Now, UpdatedAt: tx.Now,
	}}
	form.write(&terms)
	return terms, insert(tx, terms)
}

// hostIn returns the actor's institution and programme, if it may state needs.
func hostIn(tx *store.Tx, who identity.Actor) (identity.Organisation, identity.Programme, error) {
	if !who.Is(identity.Host) {
		return identity.Organisation{}, identity.Programme{}, missing
	}
	host, err := identity.OrganisationIn(tx, who.OrganisationID)
	if err != nil {
		return host, identity.Programme{}, err
	}
	taking, err := takesPart(tx, who)
	if err != nil {
		return host, identity.Programme{}, err
	}
	if host.Kind != "host_institution" || host.State != "APPROVED" || !taking {
		return host, identity.Programme{}, fault.New(fault.Denied, "need.host_not_approved",
			"Your institution is not an approved host of this programme, so it cannot state needs yet.")
	}
	programme, err := identity.ProgrammeIn(tx, who.ProgrammeID)
	return host, programme, err
}

// Revise replaces the text of a draft, or of a need that was returned.
func (s *Service) Revise(ctx context.Context, who identity.Actor, ref string, version int, form Form) (View, error) {
	return s.change(ctx, who, ref, version, "need.updated", func(tx *store.Tx, terms *Terms) (store.Details, error) {
		if !mine(who, terms.Need) {
			return nil, denied
		}
		if err := terms.Revise(); err != nil {
			return nil, err
		}
		programme, err := identity.ProgrammeIn(tx, terms.ProgrammeID)
		if err != nil {
			return nil, err
		}
		before := terms.Form()
		form := form.tidied(terms.Country)
		if err := s.accept(form, programme); err != nil {
			return nil, err
		}
		if err := keepsCountry(before, form); err != nil {
			return nil, err
		}
		form.write(terms)
		return store.Details{"fields": changed(before, form)}, replaceChildren(tx, *terms)
	})
}

// keepsCountry guards the reference, which names the country.
func keepsCountry(before, after Form) error {
	var c fault.Check
	c.That(before.Country == after.Country, "country", "country.fixed",
		"The reference of this need names the country %s. For another country, please write a new need.", before.Country)
	return c.Err()
}

// Submit hands the need to the ministry, once nothing is missing from it.
func (s *Service) Submit(ctx context.Context, who identity.Actor, ref string, version int) (View, error) {
	return s.change(ctx, who, ref, version, "need.submitted", func(tx *store.Tx, terms *Terms) (store.Details, error) {
		if !mayTake(who, "submit", terms.Need) {
			return nil, denied
		}
		if err := terms.Submit(who.UserID); err != nil {
			return nil, err
		}
		programme, err := identity.ProgrammeIn(tx, terms.ProgrammeID)
		if err != nil {
			return nil, err
		}
		var c fault.Check
		form := terms.Form()
		form.check(&c, s.Codes)
		form.complete(&c, programme.MinimumCounterparts, day.Day(tx.Today()))
		return store.Details{"round": terms.Round}, c.Err()
	})
}

// denied is the answer to whoever may read a need and do nothing of the kind with it.
var denied = fault.New(fault.Denied, "need.denied", "You may read this need, but this step is for somebody else to take.")

// mine tells whether the need belongs to the host that the actor acts for.
func mine(who identity.Actor, n Need) bool {
	return who.Is(identity.Host) && who.OrganisationID == n.OrganisationID && who.ProgrammeID == n.ProgrammeID
}

// change is the road of every use case on an existing need: find it as far as
// the actor may see it, compare the version, act, save, announce.
func (s *Service) change(ctx context.Context, who identity.Actor, ref string, version int, event string,
	act func(*store.Tx, *Terms) (store.Details, error)) (View, error) {
	var view View
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		terms, err := readIn(tx, who, ref)
		if err != nil {
			return err
		}
		if err := terms.sameVersion(version); err != nil {
			return err
		}
		from := terms.State
		details, err := act(tx, &terms)
		if err != nil {
			return err
		}
		if err := save(tx, &terms.Need); err != nil {
			return err
		}
		emit(tx, event, terms.Need, from, details)
		view, err = viewIn(tx, who, terms)
		return err
	})
	return view, err
}

// emit announces a change of a need with the states it went from and to.
func emit(tx *store.Tx, event string, n Need, from State, details store.Details) {
	if details == nil {
		details = store.Details{}
	}
	details["from"], details["to"] = string(from), string(n.State)
	tx.Emit(event, n.ID, details)
}

// Find returns a need by identifier or reference, as far as the actor may see it.
func (s *Service) Find(ctx context.Context, who identity.Actor, ref string) (View, error) {
	var view View
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		terms, err := readIn(tx, who, ref)
		if err != nil {
			return err
		}
		view, err = viewIn(tx, who, terms)
		return err
	})
	return view, err
}

// Filter narrows a list of needs.
type Filter struct {
	States []State
	Query  string // words of the title, the reference or the host's name
	After  string // the cursor of the page before
	Limit  int    // 1–100; 0 means 25
}

// Page is a part of a list of needs, newest first.
type Page struct {
	Items []View
	Next  string // the cursor of the next page; empty on the last
}

// List returns the needs that the actor may see.
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
		page.Items, err = viewsIn(tx, who, found)
		return err
	})
	return page, err
}

// check complains about a filter that cannot be meant.
func (f Filter) check() error {
	var c fault.Check
	known := map[State]bool{}
	for _, s := range States {
		known[s] = true
	}
	for _, s := range f.States {
		c.That(known[s], "state", "state.unknown", "There is no such state.")
	}
	c.Length(f.Query, "q", 0, mostLine)
	c.That(f.After == "" || id.Valid(f.After), "after", "cursor.unknown", "Please start from the first page again.")
	c.That(f.Limit >= 0 && f.Limit <= 100, "limit", "number.range", "Please give a number from %d to %d.", 1, 100)
	return c.Err()
}
