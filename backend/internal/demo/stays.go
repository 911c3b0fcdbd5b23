// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"context"
	"fmt"
	"slices"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/store"
)

// stay is a placement as it comes about.
type stay struct {
	*life
	ctx context.Context
	told
	*part
	v placements.View
}

// stay leads an accepted offer as far as it comes.
func (l *life) stay(ctx context.Context, c told, p *part) error {
	v, err := l.placements.Find(ctx, c.coordinator, p.view.Placement)
	if err != nil {
		return err
	}
	s := &stay{life: l, ctx: ctx, told: c, part: p, v: v}
	for _, step := range s.road() {
		if err := step(); err != nil {
			return fmt.Errorf("%s of %s: %w", p.end, p.view.Placement, err)
		}
	}
	return nil
}

// road is what happens on the way to the end, in order.
func (s *stay) road() []func() error {
	from, to := s.from, s.told.to
	begin := []func() error{s.contacts, s.papers(99)}
	there := append(slices.Clone(begin), s.take(from-12, s.coordinator, placements.Ask{Move: "clear"}))
	arrived := append(slices.Clone(there),
		s.take(from-1, s.guestActor(), placements.Ask{Move: "depart", On: s.date(from - 1)}),
		s.take(from, s.host, placements.Ask{Move: "arrive", On: s.date(from)}),
		s.take(from, s.guestActor(), placements.Ask{Move: "arrive", On: s.date(from)}),
		s.measure(from+1, from, to), s.count(from+2, from))
	half := from + (to-from)/2
	met := append(slices.Clone(arrived), s.report(half+1, s.guestActor(), placements.MidtermPerson, map[string]string{"progress": "mostly",
		"done": "Two of three courses are given; the counterparts lead the exercises themselves.", "difficulties": "Power fails in the afternoons."}))
	handed := append(slices.Clone(met),
		s.report(to-1, s.guestActor(), placements.HandoverNote, map[string]string{"done": "All modules are given once.", "open": "The second round of exercises, in March.", "contacts": "The two counterparts."}),
		s.take(to, s.host, placements.Ask{Move: "end"}), s.measure(to+2, from, to))
	told := append(slices.Clone(handed),
		s.report(to+3, s.guestActor(), placements.FinalReport, map[string]string{"objective": "fully", "outputs": "Six people trained, a handbook of forty pages.",
			"passed_on": "The counterparts teach the course without help.", "lessons": "Begin with what is on the shelf."}),
		s.report(to+4, s.guestActor(), placements.NoFee, map[string]string{"declared": "yes"}),
		s.report(to+5, s.host, placements.HostEvaluation, map[string]string{"objective": "mostly", "passed_on": "fully", "working_together": "fully", "again": "yes", "comment": "We ask for a second stay."}),
		s.take(to+9, s.coordinator, placements.Ask{Move: "complete"}))
	switch s.end {
	case preparing:
		return nil
	case partly:
		return []func() error{s.contacts, s.papers(4)}
	case guarded:
		return begin
	case cleared:
		return there
	case postponed:
		return []func() error{s.papers(3), s.take(-2, s.coordinator, placements.Ask{Move: "postpone", From: s.date(30), To: s.date(85), Reason: "The host moves house; the rooms are ready a month later."})}
	case cancelled:
		return []func() error{func() error {
			s.at(-8, 10)
			v, err := s.placements.Cancel(s.ctx, s.guestActor(), s.v.ID, s.v.Version, "My child is to be born in these weeks.")
			s.v = v
			return err
		}}
	case travelling:
		return append(there, s.take(0, s.guestActor(), placements.Ask{Move: "depart", On: s.date(0)}))
	case arriving:
		return arrived[:len(arrived)-3]
	case onDuty:
		if half < -8 && s.reference == "DEMO-L03" {
			return append(met, s.talk) // the host's note is late
		}
		return append(arrived, s.talk)
	case extending:
		return append(met, s.take(-4, s.host, placements.Ask{Move: "ask_extension", To: s.date(to + 28), Reason: "The second group of trainees begins in the week after."}),
			s.take(-2, s.guestActor(), placements.Ask{Move: "join_extension"}))
	case suspended:
		return append(met, s.take(-6, s.coordinator, placements.Ask{Move: "suspend", Reason: "The road to the duty station is under water."}))
	case evacuated:
		return append(arrived, s.take(-1, s.coordinator, placements.Ask{Move: "evacuate", Reason: "Unrest in the town; the stay goes on from the capital as soon as it may."}))
	case curtailed:
		return append(met, s.take(to-9, s.guestActor(), placements.Ask{Move: "curtail", On: s.date(to - 9), Reason: "Called back by the employer."}))
	case ended:
		return append(handed, s.report(to+4, s.guestActor(), placements.FinalReport, map[string]string{"objective": "mostly", "outputs": "Five people trained.", "passed_on": "The exercises go on without me."}))
	case completed:
		return told
	case followed:
		answers := map[string]string{"still_in_use": "mostly", "evidence": "The handbook is on every desk; two of six have moved on."}
		return append(told, s.report(to+95, s.host, placements.FollowUp3, answers), s.measure(to+366, from, to), s.report(to+370, s.guestActor(), placements.FollowUp12, answers),
			s.take(to+375, s.coordinator, placements.Ask{Move: "follow_up"}))
	}
	return nil
}

// guestActor is the person who comes.
func (s *stay) guestActor() identity.Actor { return s.who }

// take takes a step on a day.
func (s *stay) take(days int, who identity.Actor, ask placements.Ask) func() error {
	return func() error {
		s.at(days, 12)
		v, err := s.placements.Take(s.ctx, who, s.v.ID, s.v.Version, ask)
		if err != nil {
			return fmt.Errorf("%s: %w", ask.Move, err)
		}
		s.v = v
		return nil
	}
}

// report tells something on a day.
func (s *stay) report(days int, who identity.Actor, kind placements.ReportKind, answers map[string]string) func() error {
	return func() error {
		if (kind == placements.MidtermPerson) && s.v.Midterm() == "" {
			return nil
		}
		s.at(days, 15)
		v, err := s.placements.Report(s.ctx, who, s.v.ID, s.v.Version, kind, answers)
		if err != nil {
			return fmt.Errorf("%s: %w", kind, err)
		}
		s.v = v
		return nil
	}
}

// measure writes down on a day what can be known by then of one indicator.
func (s *stay) measure(days, from, to int) func() error {
	return func() error {
		s.at(days, 16)
		office := "Planning office of the host"
		values := []placements.IndicatorValue{{Moment: placements.Baseline, Value: "34", OnDay: s.date(from), MeasuredBy: office}, {Moment: placements.Target, Value: "20", OnDay: s.date(to)}}
		if days > to {
			values = append(values, placements.IndicatorValue{Moment: placements.AtEnd, Value: "22.5", OnDay: s.date(to), MeasuredBy: office})
		}
		if days > to+365 {
			values = append(values, placements.IndicatorValue{Moment: placements.Month12, Value: "19", OnDay: s.date(to + 365), MeasuredBy: office})
		}
		v, err := s.placements.SetIndicators(s.ctx, s.host, s.v.ID, s.v.Version, []placements.Indicator{{Name: "Days until a request is dealt with", Unit: "days", Source: "Register of the office", Values: values}})
		if err != nil {
			return fmt.Errorf("measure: %w", err)
		}
		s.v = v
		return nil
	}
}

// count writes down on a day the counterparts, and who came to a first training.
func (s *stay) count(days, from int) func() error {
	return func() error {
		s.at(days, 16)
		v, err := s.placements.SetSessions(s.ctx, s.host, s.v.ID, s.v.Version, []placements.Session{
			{Kind: placements.Counterparts, Groups: []placements.Group{{Sex: "female", Age: "-29", People: 1}, {Sex: "male", Age: "30-39", People: 1}}},
			{Kind: placements.Training, Title: "First day with the team", HeldOn: s.date(from + 1), Groups: []placements.Group{{Sex: "female", Age: "-29", People: 6}, {Sex: "male", Age: "30-39", People: 5}}}})
		if err != nil {
			return fmt.Errorf("count: %w", err)
		}
		off := []placements.Away{{Kind: placements.Leave, From: s.date(from + 14), To: s.date(from + 17)}, {Kind: placements.Remote, From: s.date(from + 24), To: s.date(from + 25)}}
		if s.v, err = s.placements.SetAway(s.ctx, s.guestActor(), v.ID, v.Version, off); err != nil {
			return fmt.Errorf("days away: %w", err)
		}
		return nil
	}
}

// papers brings and verifies so many lines of the checklist; what several sign, they
// sign.
func (s *stay) papers(most int) func() error {
	return func() error {
		s.at(min(s.shortlist+13, -1), 9)
		v, err := s.placements.Find(s.ctx, s.coordinator, s.v.ID)
		if err != nil {
			return err
		}
		for i, line := range v.File.Clearances {
			if i >= most {
				break
			}
			if err := s.paper(line); err != nil {
				return fmt.Errorf("%s: %w", line.Kind, err)
			}
		}
		if most < len(v.File.Clearances) { // one is there, and nobody has looked at it yet
			return s.bring(v.File.Clearances[most])
		}
		return nil
	}
}

func (s *stay) paper(line placements.ClearanceView) (err error) {
	if line.Kind == placements.Agreement || line.Kind == placements.WorkPlan {
		for _, who := range []identity.Actor{s.who, s.host, s.coordinator} {
			if s.v, err = s.placements.Sign(s.ctx, who, s.v.ID, s.v.Version, line.Kind); err != nil {
				return err
			}
		}
		return nil
	}
	if err := s.bring(line); err != nil {
		return err
	}
	s.v, err = s.placements.Decide(s.ctx, s.coordinator, s.v.ID, s.v.Version, line.Kind, placements.Verified, "")
	return err
}

func (s *stay) bring(line placements.ClearanceView) (err error) {
	paper := placements.Paper{IssuedOn: s.v.From.Add(-40), ValidFrom: s.v.From.Add(-30), ValidUntil: s.v.To.Add(180)}
	if line.Kind != placements.Medical {
		paper.Reference = "DEMO-" + s.v.Reference
	}
	s.v, err = s.placements.Bring(s.ctx, s.coordinator, s.v.ID, s.v.Version, line.Kind, paper)
	return err
}

// contacts names whom to tell; the number is one kept free for fiction.
func (s *stay) contacts() error {
	s.at(min(s.shortlist+12, -1), 9)
	_, err := s.placements.SetContacts(s.ctx, s.who, []placements.Contact{{Name: "Contact of " + s.pseudonym, Phone: "+44 7700 900123", Relation: "family"}})
	return err
}

// talk is what the parties write to each other during the stay.
func (s *stay) talk() error {
	for i, one := range []struct {
		who   identity.Actor
		words string
	}{{s.who, "I have arrived well. The room is quiet, and the counterparts were there on the first day."},
		{s.host, "Welcome! On Monday the director meets you at eight."},
		{s.coordinator, "Glad to hear it. Please tell us when the insurance card has reached you."}} {
		s.at(min(s.from+1+i, 0), 17)
		if _, err := s.messages.Write(s.ctx, one.who, "placement", s.v.ID, "", one.words); err != nil {
			return err
		}
	}
	return nil
}

// wishes states what some people would rather have, and one host.
func (l *life) wishes(ctx context.Context) error {
	var rows []struct{ ProfessionalID, UserID, Country string }
	var open []struct{ Reference, Country string }
	err := l.DB.View(ctx, func(tx *store.Tx) error {
		if err := tx.Raw(`SELECT reference, country FROM needs WHERE demo AND programme_id = ? AND state = 'PUBLISHED' ORDER BY reference`, l.programme).Scan(&open).Error; err != nil {
			return err
		}
		return tx.Raw(`SELECT p.id AS professional_id, p.user_id, p.origin_country AS country FROM professionals p JOIN visibility v ON v.professional_id = p.id
			WHERE p.demo AND p.user_id IS NOT NULL AND p.pseudonym NOT IN ? ORDER BY p.pseudonym LIMIT 12`, storyPseudonyms()).Scan(&rows).Error
	})
	if err != nil {
		return err
	}
	l.at(-2, 12)
	for _, r := range rows {
		var mine []string
		for _, n := range open {
			if n.Country == r.Country {
				mine = append(mine, n.Reference)
			}
		}
		if len(mine) < 2 {
			continue
		}
		who := identity.Actor{UserID: r.UserID, Role: identity.Professional, ProfessionalID: r.ProfessionalID, Locale: "en", Demo: true}
		if _, err := l.with.Wishes.OrderNeeds(ctx, who, 1, mine); err != nil {
			return err
		}
	}
	return nil
}

func storyPseudonyms() []string {
	var all []string
	for _, s := range stories {
		all = append(all, s.pseudonym)
	}
	return all
}
