// SPDX-License-Identifier: AGPL-3.0-or-later

package placements

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"sankofa/backend/internal/assigning"
	"sankofa/backend/internal/day"
	"sankofa/backend/internal/funding"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
)

// Leg is one stay of a need: booked, or meant for somebody who is still being chosen.
type Leg struct {
	needs.Stay
	Placement string // the reference; empty while it is not booked, or not the reader's to see
	Candidacy string // the identifier, while it is not booked
	State     string // of the placement, or of the candidacy
	Pseudonym string
	Name      string
	Booked    bool
	Handover  bool // the note for whoever comes next is there
	Cost      int64
}

// RelayCost compares what the stays cost with one long one, in minor units.
type RelayCost struct {
	Currency string
	Stays    int
	Relay    int64
	Single   int64
	Virtual  bool // nothing is paid: the work is done from afar
}

// Relay is how a need is covered by people one after the other.
type Relay struct {
	Need     needs.Need
	Legs     []Leg // in the order of their days
	Booked   needs.Coverage
	Planned  needs.Coverage // with those who are still being chosen
	Proposed []needs.Stay   // how as many people as are asked for would divide what nobody covers
	Cost     *RelayCost     // nil where the programme has no rate, or the reader no part in it
}

// planned are the states of candidacies whose days are counted on.
var planned = []selection.State{selection.Shortlisted, selection.UnderAssessment, selection.Recommended, selection.HostEndorsed,
	selection.NoObjection, selection.Approved, selection.Offered}

// relievedIn tells whether somebody comes after a stay of a relay, so that it has to be
// handed over.
func relievedIn(tx *store.Tx, p Placement) (bool, error) {
	var n int64
	err := tx.Model(&Placement{}).Joins("JOIN needs n ON n.id = placements.need_id").
		Where("n.relay AND placements.need_id = ? AND placements.id <> ? AND placements.state <> ? AND placements.from_on > ?", p.NeedID, p.ID, Cancelled, p.From).
		Count(&n).Error
	if err != nil {
		return false, fmt.Errorf("look for the next stay: %w", err)
	}
	return n > 0, nil
}

// notWaiting leaves out the stays of a relay that the timer does not end, since whoever
// comes next has no note yet. A coordinator can cut such a stay short.
const notWaiting = `NOT (EXISTS (SELECT 1 FROM needs n JOIN placements q ON q.need_id = n.id
	WHERE n.id = placements.need_id AND n.relay AND q.id <> placements.id AND q.state <> 'CANCELLED' AND q.from_on > placements.from_on)
	AND NOT EXISTS (SELECT 1 FROM placement_reports r WHERE r.placement_id = placements.id AND r.kind = 'handover'))`

// catchUpIn leads a relay on whose last stay was just found while others serve.
func catchUpIn(tx *store.Tx, p Placement) error {
	var serving int64
	err := tx.Model(&Placement{}).Where("need_id = ? AND id <> ? AND state NOT IN ?", p.NeedID, p.ID,
		[]State{Preparing, Cleared, Postponed, Travelling, Cancelled}).Count(&serving).Error
	if err != nil || serving == 0 {
		return err
	}
	_, err = needs.BeginServiceIn(tx, p.NeedID)
	return err
}

// Relay returns how a need is covered. Everybody who may read the need sees the days;
// people only those who may see them.
func (s *Service) Relay(ctx context.Context, who identity.Actor, ref string) (Relay, error) {
	var r Relay
	var views []View
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		if r.Need, err = needs.FindIn(tx, who, ref); err != nil {
			return err
		}
		if r.Legs, views, err = bookedIn(tx, who, r.Need); err != nil {
			return err
		}
		r.Booked = needs.CoverageOf(r.Need, stays(r.Legs))
		partners := who.Is(identity.Host, identity.Ministry, identity.Coordinator)
		if partners {
			more, err := plannedIn(tx, who, r.Need)
			if err != nil {
				return err
			}
			r.Legs = append(r.Legs, more...)
		}
		slices.SortStableFunc(r.Legs, func(a, b Leg) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
		r.Planned = needs.CoverageOf(r.Need, stays(r.Legs))
		r.Proposed = r.divide()
		if partners {
			return r.price(tx)
		}
		return nil
	})
	if err == nil {
		s.shown(who, views)
	}
	return r, err
}

func stays(legs []Leg) []needs.Stay {
	all := make([]needs.Stay, len(legs))
	for i, l := range legs {
		all[i] = l.Stay
	}
	return all
}

// bookedIn returns the stays that are booked, with people as far as the reader may see
// them.
func bookedIn(tx *store.Tx, who identity.Actor, n needs.Need) ([]Leg, []View, error) {
	var all, mine []Placement
	if err := tx.Where("need_id = ? AND state <> ?", n.ID, Cancelled).Order("from_on, id").Find(&all).Error; err != nil {
		return nil, nil, fmt.Errorf("load stays: %w", err)
	}
	if err := scoped(tx, who).Where("need_id = ? AND state <> ?", n.ID, Cancelled).Find(&mine).Error; err != nil {
		return nil, nil, fmt.Errorf("load stays: %w", err)
	}
	views, err := viewsIn(tx, who, mine)
	if err != nil {
		return nil, nil, err
	}
	ids := make([]string, len(all))
	for i, p := range all {
		ids[i] = p.ID
	}
	var noted []string
	if err := tx.Model(&Report{}).Where("kind = ? AND placement_id IN ?", HandoverNote, ids).Pluck("placement_id", &noted).Error; err != nil {
		return nil, nil, fmt.Errorf("load notes: %w", err)
	}
	legs := make([]Leg, len(all))
	for i, p := range all {
		legs[i] = Leg{Stay: needs.Stay{From: p.From, To: p.To}, Booked: true, State: string(p.Stands()), Handover: slices.Contains(noted, p.ID)}
		for _, v := range views {
			if v.ID == p.ID {
				legs[i].Placement, legs[i].Pseudonym, legs[i].Name = p.Reference, v.Pseudonym, v.Name
			}
		}
	}
	return legs, views, nil
}

// plannedIn returns the days of those who are still being chosen. By pseudonym: a page
// about days opens no names.
func plannedIn(tx *store.Tx, who identity.Actor, n needs.Need) ([]Leg, error) {
	var found []struct {
		ID        string
		State     string
		FromOn    day.Day
		ToOn      day.Day
		Pseudonym string
	}
	if who.Is(identity.Ministry) {
		return nil, nil // it learns of people once a host has endorsed them, elsewhere
	}
	err := tx.Raw(`SELECT c.id, c.state, c.from_on, c.to_on, p.pseudonym FROM candidacies c JOIN professionals p ON p.id = c.professional_id
		WHERE c.need_id = ? AND c.state IN ? ORDER BY c.from_on, c.id`, n.ID, planned).Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("load candidacies: %w", err)
	}
	var legs []Leg
	for _, c := range found {
		if n.Relay && c.FromOn == n.StartsOn && c.ToOn == n.EndsOn {
			continue // has no days of their own yet
		}
		legs = append(legs, Leg{Stay: needs.Stay{From: c.FromOn, To: c.ToOn}, Candidacy: c.ID, State: c.State, Pseudonym: c.Pseudonym})
	}
	return legs, nil
}

// divide proposes how as many people as are still wanted would cover the first stretch
// that nobody covers, each handing over to the next.
func (r Relay) divide() []needs.Stay {
	all := []needs.Stay{}
	left := r.Need.Headcount - len(r.Legs)
	if !r.Need.Relay || left < 1 || len(r.Planned.Gaps) == 0 {
		return all
	}
	gap, overlap := r.Planned.Gaps[0], r.Need.OverlapDays
	if gap.From > r.Need.StartsOn {
		gap.From = max(gap.From.Add(-overlap), r.Need.StartsOn)
	}
	if gap.To < r.Need.EndsOn {
		gap.To = min(gap.To.Add(overlap), r.Need.EndsOn)
	}
	ways := assigning.Relays(assigning.Span{From: 0, To: gap.Days() - 1}, max(r.Need.ShortestDays, 1), overlap, min(left, assigning.MostStays))
	for _, s := range ways[len(ways)-1].Stays {
		all = append(all, needs.Stay{From: gap.From.Add(s.From), To: gap.From.Add(s.To)})
	}
	return all
}

// price says what the stays cost, and what one person would who stays all the time.
// While no stay is there it prices the proposal.
func (r *Relay) price(tx *store.Tx) error {
	rate, known, err := funding.RateIn(tx, r.Need.ProgrammeID, r.Need.Country)
	if err != nil || !known || r.Need.StartsOn == "" || r.Need.EndsOn == "" {
		return err
	}
	lodged, err := lodgedIn(tx, r.Need.ID)
	if err != nil {
		return err
	}
	c := &RelayCost{Currency: rate.Currency, Virtual: r.Need.Modality == "virtual"}
	price := func(days int) int64 {
		if c.Virtual {
			return 0
		}
		return rate.Cost(days, lodged)
	}
	for i := range r.Legs {
		r.Legs[i].Cost = price(r.Legs[i].Days())
		c.Relay += r.Legs[i].Cost
	}
	for _, s := range r.Proposed {
		c.Relay += price(s.Days())
	}
	c.Stays, c.Single = len(r.Legs)+len(r.Proposed), price(r.Need.Days())
	r.Cost = c
	return nil
}
