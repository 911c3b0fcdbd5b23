// SPDX-License-Identifier: AGPL-3.0-or-later

package placements

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/lifecycle"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/store"
)

// Step is something that happened to a placement; it is never changed.
type Step struct {
	ID             string
	PlacementID    string
	Move           string
	FromState      State
	ToState        State // the same as before for a confirmation that a step waits for
	Role           string
	ByUser         string
	ByOrganisation string
	OnDay          day.Day
	Reason         string
	At             time.Time
}

// TableName names the table for GORM.
func (Step) TableName() string { return "placement_steps" }

// Ask is a step that somebody wants to take.
type Ask struct {
	Move   string
	Reason string
	On     day.Day // of the departure, the arrival, or the last day of service
	From   day.Day // of a postponed stay
	To     day.Day // its last day, or the one that an extension asks for
}

// arrivalPatience is how many days after one side's word the coordinator may speak
// for the other.
const arrivalPatience = 5

// Take takes a step of the machine, if the actor may, the state allows it and
// nothing that it asks for is missing.
func (s *Service) Take(ctx context.Context, who identity.Actor, ref string, version int, ask Ask) (View, error) {
	if ask.Move == "cancel" {
		return s.Cancel(ctx, who, ref, version, ask.Reason)
	}
	return s.change(ctx, who, ref, version, func(tx *store.Tx, p *Placement) error {
		move, ok := lifecycle.Placement.Find(ask.Move, lifecycle.State(p.Stands()), lifecycle.Who(who.Role))
		if !ok {
			return fault.New(fault.Conflict, "placement.no_step", "This placement is %s; that step does not begin there.", p.Stands().Words())
		}
		if !move.May(lifecycle.Who(who.Role)) {
			return denied
		}
		if err := ask.check(move, *p, tx.Today()); err != nil {
			return err
		}
		if move.Name == "arrive" {
			return s.arrive(tx, who, p, ask)
		}
		return s.move(tx, who, p, move, ask)
	})
}

// change runs f on a placement that the actor may see and whose version they know,
// and saves what f made of it.
func (s *Service) change(ctx context.Context, who identity.Actor, ref string, version int, f func(*store.Tx, *Placement) error) (View, error) {
	var view View
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		p, err := findIn(tx, who, ref)
		if err != nil {
			return err
		}
		if p.Version != version {
			return stale
		}
		if err := ensureIn(tx, p); err != nil {
			return err
		}
		if err := f(tx, &p); err != nil {
			return err
		}
		if err := save(tx, &p); err != nil {
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

// check complains about what a step needs to be told.
func (a Ask) check(m lifecycle.Move, p Placement, today string) error {
	var c fault.Check
	wants := func(e lifecycle.Evidence) bool { return slices.Contains(m.Evidence, e) }
	reason := strings.TrimSpace(a.Reason)
	for _, d := range []struct {
		field string
		day   day.Day
	}{{"on", a.On}, {"from", a.From}, {"to", a.To}} {
		c.That(d.day == "" || d.day.Valid(), d.field, "day.invalid", "Please write a date like 2027-02-01.")
	}
	if c.Failed() {
		return c.Err()
	}
	if wants(lifecycle.Reason) {
		c.Length(reason, "reason", 1, mostText)
	} else {
		c.Length(reason, "reason", 0, mostText)
	}
	if wants(lifecycle.NewDates) {
		c.That(a.From != "", "from", "day.missing", "Please give the new first day.")
		c.That(a.To != "", "to", "day.missing", "Please give the new last day.")
		c.That(a.From == "" || a.To == "" || a.From <= a.To, "to", "period.order", "The last day comes before the first.")
		c.That(a.From == "" || string(a.From) > today, "from", "day.past", "Please give a day that is still to come.")
	}
	if wants(lifecycle.NewEnd) {
		c.That(a.To > p.To && a.To <= p.To.Add(longestExtension), "to", "day.not_later",
			"Please give a last day after %s, and not later than %s.", p.To, p.To.Add(longestExtension))
	}
	if wants(lifecycle.Departure) || m.Name == "arrive" {
		c.That(a.On != "", "on", "day.missing", "Please give the day.")
		near := a.On >= p.From.Add(-14) && a.On <= p.From.Add(14)
		c.That(a.On == "" || near, "on", "day.far", "This is more than two weeks away from the first day, %s. Postpone the stay if its dates have changed.", p.From)
		c.That(a.On == "" || m.Name != "arrive" || string(a.On) <= today, "on", "day.future", "Nobody can have arrived on a day that is still to come.")
	}
	if wants(lifecycle.LastDay) {
		c.That(a.On >= p.From && a.On <= p.To, "on", "day.outside", "Please give the last day of service, from %s to %s.", p.From, p.To)
	}
	return c.Err()
}

// move takes a step whose evidence has to be there.
func (s *Service) move(tx *store.Tx, who identity.Actor, p *Placement, m lifecycle.Move, ask Ask) error {
	lacking, err := s.lacking(tx, *p, m)
	if err != nil {
		return err
	}
	if len(lacking) > 0 {
		return incomplete(lacking)
	}
	from, asked := p.Stands(), p.ExtensionTo
	switch m.Name {
	case "postpone":
		if err := s.postpone(tx, p, ask); err != nil {
			return err
		}
	case "curtail":
		p.To = ask.On
	case "ask_extension":
		if err := free(tx, p.ID, p.ProfessionalID, p.From, ask.To); err != nil {
			return err
		}
		asked, ask.On = ask.To, ask.To
	case "join_extension":
		if err := s.mayJoin(tx, who, *p); err != nil {
			return err
		}
	case "extend":
		if err := extend(tx, p); err != nil {
			return err
		}
		ask.On = p.To
	}
	p.stand(State(m.To), asked)
	if m.To == lifecycle.Curtailed || m.To == lifecycle.Postponed {
		p.Reason = strings.TrimSpace(ask.Reason)
	}
	return s.took(tx, who, *p, m.Name, from, ask)
}

// took writes a step down, announces it, and does what follows from it elsewhere.
func (s *Service) took(tx *store.Tx, who identity.Actor, p Placement, name string, from State, ask Ask) error {
	row := Step{ID: id.New(), PlacementID: p.ID, Move: name, FromState: from, ToState: p.Stands(), Role: string(who.Role), ByUser: who.UserID,
		ByOrganisation: who.OrganisationID, OnDay: ask.On, Reason: strings.TrimSpace(ask.Reason), At: tx.Now}
	if who.UserID == "" {
		row.Role = string(lifecycle.System)
	}
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("write step: %w", err)
	}
	event := "placement." + past[name]
	if name == "arrive" && from == p.State {
		event = "placement.arrival_confirmed"
	}
	tx.Emit(event, p.ID, store.Details{"need": p.NeedID, "professional": p.ProfessionalID, "from": from, "to": p.Stands(), "move": name})
	if slices.Contains([]string{"postpone", "curtail", "extend"}, name) {
		if err := settleIn(tx, p); err != nil {
			return err
		}
	}
	if from == p.Stands() {
		return nil
	}
	if p.State == Completed {
		if err := certifyIn(tx, p); err != nil {
			return err
		}
	}
	return followIn(tx, p)
}

// past is how the ledger tells of a step.
var past = map[string]string{"clear": "cleared", "postpone": "postponed", "prepare": "prepared", "depart": "departed", "arrive": "arrived",
	"suspend": "suspended", "resume": "resumed", "evacuate": "evacuated", "return": "returned", "curtail": "curtailed", "end": "ended",
	"complete": "completed", "follow_up": "followed_up", "close": "closed",
	"ask_extension": "extension_asked", "join_extension": "extension_joined", "allow_extension": "extension_allowed", "extend": "extended",
	"refuse_extension": "extension_refused", "withdraw_extension": "extension_withdrawn"}

// followIn moves the need after its placements: it is underway from the first day of
// service of anybody, and delivered when everybody has come to the end.
func followIn(tx *store.Tx, p Placement) error {
	switch p.State {
	case OnDuty:
		_, err := needs.BeginServiceIn(tx, p.NeedID)
		return err
	case Completed, Curtailed:
		var open int64
		err := tx.Model(&Placement{}).Where("need_id = ? AND id <> ? AND state NOT IN ?", p.NeedID, p.ID, over).Count(&open).Error
		if err != nil || open > 0 {
			return err
		}
		_, err = needs.DeliverIn(tx, p.NeedID)
		return err
	}
	return nil
}

// over are the states in which a placement asks nothing more of its need.
var over = []State{Curtailed, Completed, FollowedUp, Closed, Cancelled}

// postpone gives a stay other days. Whatever was verified and does not reach them is
// open again.
func (s *Service) postpone(tx *store.Tx, p *Placement, ask Ask) error {
	n, err := needs.LockIn(tx, p.NeedID)
	if err != nil {
		return err
	}
	moved := *p
	moved.From, moved.To = ask.From, ask.To
	if err := free(tx, moved.ID, moved.ProfessionalID, moved.From, moved.To); err != nil {
		return err
	}
	p.From, p.To = ask.From, ask.To
	return reopenIn(tx, *p, n)
}

// reopenIn opens again each clearance that no longer covers the days.
func reopenIn(tx *store.Tx, p Placement, n needs.Need) error {
	all, err := clearancesIn(tx, p, n)
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.Reopen(p.From, p.To) {
			if err := keep(tx, &c); err != nil {
				return err
			}
		}
	}
	return nil
}

// arrive takes one side's word that the person is there. With both the stay begins;
// the coordinator may speak for a side that has been silent for five days.
func (s *Service) arrive(tx *store.Tx, who identity.Actor, p *Placement, ask Ask) error {
	var said []Step
	if err := tx.Where("placement_id = ? AND move = ?", p.ID, "arrive").Order("id").Find(&said).Error; err != nil {
		return fmt.Errorf("load arrivals: %w", err)
	}
	for _, one := range said {
		if one.Role == string(who.Role) {
			return fault.New(fault.Conflict, "placement.arrival_said", "Your side has confirmed the arrival already; the other side's word is missing.")
		}
	}
	if who.Is(identity.Coordinator) {
		if len(said) == 0 || tx.Now.Sub(said[0].At) < arrivalPatience*24*time.Hour {
			return fault.New(fault.Conflict, "placement.arrival_early",
				"The host and the person confirm the arrival themselves. You may do it for one of them %d days after the other has.", arrivalPatience)
		}
	}
	from := p.State
	if len(said) > 0 {
		p.State = OnDuty
	}
	return s.took(tx, who, *p, "arrive", from, ask)
}

// incomplete says what a step still waits for.
func incomplete(lacking []Lack) error {
	words := make([]string, len(lacking))
	for i, l := range lacking {
		words[i] = strings.ReplaceAll(string(l.Evidence), "_", " ")
		if l.What != "" {
			words[i] += " (" + strings.ReplaceAll(l.What, "_", " ") + ")"
		}
	}
	return fault.New(fault.Conflict, "placement.incomplete", "This still waits for: %s.", strings.Join(words, ", "))
}

// Lack is something that a step asks for and that is not there.
type Lack struct {
	Evidence lifecycle.Evidence
	What     string // which of them: the kind of a clearance
}

// lacking lists what a step asks for and is not there. What the step itself brings, a
// reason or a day, is not looked for.
func (s *Service) lacking(tx *store.Tx, p Placement, m lifecycle.Move) ([]Lack, error) {
	if len(m.Evidence) == 0 {
		return nil, nil
	}
	d, err := dossierIn(tx, p)
	if err != nil {
		return nil, err
	}
	return d.lacking(p, m), nil
}

// dossier is what hangs on a placement.
type dossier struct {
	clearances []Clearance
	signatures map[string][]string // roles by clearance
	steps      []Step
	reports    []Report
	guard      Guard
	criteria   []needs.Criterion
	code       string // of the certificate
	relieved   bool   // somebody comes after this stay of a relay
	money      *Money
	indicators []Indicator
	sessions   []Session
	away       []Away
	used       []Used
}

// lacking lists what is not in the dossier.
func (d dossier) lacking(p Placement, m lifecycle.Move) []Lack {
	var all []Lack
	if m.Name == "complete" && d.relieved && !d.told(HandoverNote) {
		all = append(all, Lack{Evidence: lifecycle.Handover})
	}
	for _, e := range m.Evidence {
		switch e {
		case lifecycle.FirstInstalment:
			if d.money != nil && d.money.Paid == 0 {
				all = append(all, Lack{Evidence: e})
			}
		case lifecycle.Clearances:
			for _, c := range d.clearances {
				if !c.Done(p.From, p.Until()) {
					all = append(all, Lack{e, string(c.Kind)})
				}
			}
		case lifecycle.ResidenceGuard:
			if d.guard.Signal == Red {
				all = append(all, Lack{e, d.guard.Rule})
			}
		case lifecycle.BothAsk, lifecycle.Unopposed:
			if !d.agreed(e) {
				all = append(all, Lack{Evidence: e})
			}
		case lifecycle.FollowUp:
			for _, kind := range []ReportKind{FollowUp3, FollowUp12} {
				if !d.told(kind) {
					all = append(all, Lack{e, string(kind)})
				}
			}
		case lifecycle.Handover, lifecycle.FinalReport, lifecycle.HostEvaluation, lifecycle.NoFeeAtEnd, lifecycle.Outcome:
			if !d.told(ReportKind(e)) {
				all = append(all, Lack{Evidence: e})
			}
		}
	}
	return all
}

func (d dossier) told(kind ReportKind) bool {
	return slices.ContainsFunc(d.reports, func(r Report) bool { return r.Kind == kind })
}
