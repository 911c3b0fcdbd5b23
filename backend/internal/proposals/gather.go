// SPDX-License-Identifier: AGPL-3.0-or-later

package proposals

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sankofa/backend/internal/assigning"
	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
)

// mostOfNeed is how many of the people who suit a need are weighed for it.
const mostOfNeed = 50

// mostStays is how many stays a relay has at most.
const mostStays = 6

// open are the states of a need that can still be filled.
var open = []needs.State{needs.Published, needs.Closed, needs.InSelection, needs.PartlyFilled}

// booked are the states of a candidacy that has a post of its need.
var booked = []selection.State{selection.Approved, selection.Offered}

// underway are the states of a candidacy whose days are spoken for: the person is
// not proposed elsewhere on them.
var underway = []selection.State{selection.Shortlisted, selection.HostEndorsed, selection.NoObjection, selection.Approved, selection.Offered}

// able are the states, no candidacy included, from which somebody can be proposed
// for a need.
var able = []selection.State{"", selection.Submitted, selection.Shortlisted, selection.HostEndorsed, selection.NoObjection}

// facts are what a proposal is made of, as it stands at one moment.
type facts struct {
	position int64
	today    day.Day
	needs    []needs.Need // by reference
	suited   []search.Suited
	people   map[string]*person // by identifier
	ids      map[string]string  // of people, by pseudonym
	standing map[pair]selection.Candidacy
	reserved map[string]int              // posts of a need that approved candidates have
	covered  map[string][]assigning.Span // days of a need on which somebody is booked or approved
}

type pair struct{ need, person string }

// person is what matters of somebody for their days.
type person struct {
	pseudonym string
	longest   int
	windows   []assigning.Span // days that they offer
	taken     []taken          // and those that are spoken for
}

// taken are days on which somebody is booked, or a candidate of a need.
type taken struct {
	need string // whose own candidacy it is; empty for a booking
	span assigning.Span
}

// gather reads everything that a proposal needs. Scores come from the index, the
// rest from the database afterwards.
func (s *Service) gather(ctx context.Context, who identity.Actor, in Inputs) (*facts, error) {
	f := &facts{people: map[string]*person{}, ids: map[string]string{}, standing: map[pair]selection.Candidacy{}, reserved: map[string]int{}, covered: map[string][]assigning.Span{}}
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		f.today = day.Day(tx.Today())
		return tx.Where("programme_id = ? AND state IN ? AND headcount > filled AND starts_on IS NOT NULL AND ends_on >= ?",
			who.ProgrammeID, open, f.today).Order("reference").Find(&f.needs).Error
	})
	if err != nil {
		return nil, fmt.Errorf("load open needs: %w", err)
	}
	if f.position, err = s.DB.LastEvent(ctx); err != nil {
		return nil, err
	}
	ids := make([]string, len(f.needs))
	for i, n := range f.needs {
		ids[i] = n.ID
	}
	if f.suited, err = s.Search.Suitable(ctx, who, ids, mostOfNeed); err != nil {
		return nil, fmt.Errorf("find suitable people: %w", err)
	}
	if err := s.addPinned(ctx, who, f, in.Pins); err != nil {
		return nil, err
	}
	return f, s.DB.View(ctx, f.readPeople)
}

// addPinned adds those who are pinned to a need and not among its best.
func (s *Service) addPinned(ctx context.Context, who identity.Actor, f *facts, pins []Pin) error {
	known := map[pair]bool{}
	for _, one := range f.suited {
		known[pair{one.NeedID, one.Pseudonym}] = true
	}
	var c fault.Check
	for i, p := range pins {
		at := slices.IndexFunc(f.needs, func(n needs.Need) bool { return n.Reference == p.Need })
		c.That(at >= 0, fmt.Sprintf("pins[%d].need", i), "need.not_open", "There is no such open need in this programme.")
		if at < 0 || !p.Here || known[pair{f.needs[at].ID, p.Person}] {
			continue
		}
		found, err := s.Search.Explain(ctx, who, f.needs[at].ID, p.Person)
		if fault.Is(err, fault.Missing) {
			c.That(false, fmt.Sprintf("pins[%d].person", i), "professional.missing", "There is nobody here by that name.")
			continue
		}
		if err != nil {
			return err
		}
		blocked := make([]string, len(found.Blocked))
		for k, b := range found.Blocked {
			blocked[k] = string(b.Condition)
		}
		c.That(len(blocked) == 0, fmt.Sprintf("pins[%d].person", i), "pin.conditions", "%s does not meet the conditions of %s: %s.", p.Person, p.Need, strings.Join(blocked, ", "))
		if len(blocked) == 0 {
			known[pair{f.needs[at].ID, p.Person}] = true
			f.suited = append(f.suited, search.Suited{NeedID: f.needs[at].ID, ProfessionalID: found.ProfessionalID, Pseudonym: p.Person, Score: found.Score})
		}
	}
	return c.Err()
}

// batch is how many identifiers one query names.
const batch = 500

// readPeople reads the days of everybody who suits a need.
func (f *facts) readPeople(tx *store.Tx) error {
	var ids []string
	for _, one := range f.suited {
		if f.people[one.ProfessionalID] == nil {
			f.people[one.ProfessionalID] = &person{pseudonym: one.Pseudonym}
			f.ids[one.Pseudonym] = one.ProfessionalID
			ids = append(ids, one.ProfessionalID)
		}
	}
	for part := range slices.Chunk(ids, batch) {
		for _, read := range []func(*store.Tx, []string) error{f.readOffers, f.readBookings, f.readCandidacies} {
			if err := read(tx, part); err != nil {
				return fmt.Errorf("load days of people: %w", err)
			}
		}
	}
	return f.readReserved(tx)
}

func (f *facts) readOffers(tx *store.Tx, ids []string) error {
	var people []registry.Professional
	if err := tx.Select("id", "longest_days").Where("id IN ?", ids).Find(&people).Error; err != nil {
		return err
	}
	for _, p := range people {
		f.people[p.ID].longest = p.LongestDays
	}
	var windows []registry.Window
	if err := tx.Where("professional_id IN ?", ids).Order("professional_id, from_on").Find(&windows).Error; err != nil {
		return err
	}
	for _, w := range windows {
		p := f.people[w.ProfessionalID]
		p.windows = append(p.windows, span(w.From, w.To))
	}
	return nil
}

func (f *facts) readBookings(tx *store.Tx, ids []string) error {
	var rows []placements.Placement
	err := tx.Where("professional_id IN ? AND state <> ? AND to_on >= ?", ids, placements.Cancelled, f.today).Order("id").Find(&rows).Error
	for _, b := range rows {
		p := f.people[b.ProfessionalID]
		p.taken = append(p.taken, taken{span: span(b.From, b.To)})
	}
	return err
}

func (f *facts) readCandidacies(tx *store.Tx, ids []string) error {
	var rows []selection.Candidacy
	if err := tx.Omit("profile", "statement").Where("professional_id IN ?", ids).Order("id").Find(&rows).Error; err != nil {
		return err
	}
	for _, c := range rows {
		f.standing[pair{c.NeedID, c.ProfessionalID}] = c
		if slices.Contains(underway, c.State) && c.From != "" && c.To != "" {
			p := f.people[c.ProfessionalID]
			p.taken = append(p.taken, taken{need: c.NeedID, span: span(c.From, c.To)})
		}
	}
	return nil
}

// readReserved counts the posts that somebody has who has not accepted yet.
func (f *facts) readReserved(tx *store.Tx) error {
	ids := make([]string, len(f.needs))
	for i, n := range f.needs {
		ids[i] = n.ID
	}
	for part := range slices.Chunk(ids, batch) {
		var rows []selection.Candidacy
		if err := tx.Select("need_id", "from_on", "to_on").Where("need_id IN ? AND state IN ?", part, booked).Find(&rows).Error; err != nil {
			return fmt.Errorf("count reserved posts: %w", err)
		}
		for _, c := range rows {
			f.reserved[c.NeedID]++
			f.covered[c.NeedID] = append(f.covered[c.NeedID], span(c.From, c.To))
		}
		var bookings []placements.Placement
		if err := tx.Where("need_id IN ? AND state <> ?", part, placements.Cancelled).Order("from_on").Find(&bookings).Error; err != nil {
			return fmt.Errorf("load bookings of needs: %w", err)
		}
		for _, b := range bookings {
			f.covered[b.NeedID] = append(f.covered[b.NeedID], span(b.From, b.To))
		}
	}
	return nil
}

// span counts days from the first day of 1970.
func span(from, to day.Day) assigning.Span {
	return assigning.Span{From: number(from), To: number(to)}
}

func number(d day.Day) int { return int(d.Time().Unix() / (24 * 60 * 60)) }

// date is the day of a number.
func date(n int) day.Day { return day.Day("1970-01-01").Add(n) }
