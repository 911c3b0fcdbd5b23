// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"context"
	"fmt"
	"slices"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// Loosening is what dropping one condition of a need, and no other, would bring
// in: the people who meet all the others and fail this one.
type Loosening struct {
	Condition matching.Condition `json:"condition" enum:"availability,language,licence,right_of_return,modality"`
	Gain      int                `json:"gain" doc:"How many more people would meet every condition if this one were dropped"`
	Steps     []LooserTerms      `json:"steps" doc:"Smaller changes of the same condition, the least first, each with what it alone would bring in"`
}

// LooserTerms is a need that asks for a little less. It names either days or a
// language.
type LooserTerms struct {
	Days     int    `json:"days,omitempty" doc:"The shortest stay that would be asked for, in days"`
	Language string `json:"language,omitempty" doc:"The language of which less would be asked, ISO 639"`
	Spoken   string `json:"spoken,omitempty" doc:"The level for speech that would be asked for, CEFR; empty: none"`
	Written  string `json:"written,omitempty" doc:"The level for writing that would be asked for, CEFR; empty: none"`
	Gain     int    `json:"gain" doc:"How many more people would meet every condition"`
}

// loosenable lists the conditions that a host can loosen. Consent belongs to the
// person, and the tie to the country to the programme.
var loosenable = []matching.Condition{matching.Availability, matching.Languages, matching.Licences, matching.RightOfReturn, matching.Modality}

// Smaller changes are shown only as long as they are small.
const (
	mostSteps    = 3
	levelsLower  = 2
	daysOfOneCut = 7
	shortestPart = 2 // at least a half of the stay is left
)

// Loosen returns what loosening each condition of a need would bring in, for the
// coordinator of its programme. It counts people and shows nobody.
func (s *Service) Loosen(ctx context.Context, who identity.Actor, ref string) ([]Loosening, error) {
	if now, _ := s.usable(ctx); now != nil {
		out, err := s.loosenBy(ctx, who, ref, indexed{s: s, now: now})
		if !s.damaged(ctx, now, err) {
			return out, err
		}
	}
	return s.loosenBy(ctx, who, ref, unindexed{s})
}

// loosener counts those whom a single condition keeps out.
type loosener interface {
	loosened(ctx context.Context, tx *store.Tx, need matching.Need, programme string) (*almost, error)
}

func (s *Service) loosenBy(ctx context.Context, who identity.Actor, ref string, by loosener) (out []Loosening, err error) {
	err = s.db.View(ctx, func(tx *store.Tx) error {
		terms, err := rankable(tx, who, ref)
		if err != nil {
			return err
		}
		need := s.need(terms)
		near, err := by.loosened(ctx, tx, need, terms.ProgrammeID)
		if err == nil {
			out = near.spelt(need)
		}
		return err
	})
	return out, err
}

// lowered is the floor of a need, by its number, and how many levels lower it is.
type lowered struct{ floor, by int }

// almost counts people who meet all conditions but one.
type almost struct {
	missing map[matching.Condition]int
	offers  map[int]int     // those who are free for too few days, by days
	lower   map[lowered]int // those who would pass with a floor so many levels lower
}

func newAlmost() *almost {
	return &almost{missing: map[matching.Condition]int{}, offers: map[int]int{}, lower: map[lowered]int{}}
}

// spelt writes the counts for a reader.
func (a *almost) spelt(need matching.Need) []Loosening {
	out := make([]Loosening, 0, len(loosenable))
	for _, c := range loosenable {
		l := Loosening{Condition: c, Gain: a.missing[c], Steps: []LooserTerms{}}
		switch c {
		case matching.Availability:
			l.Steps = shorter(need.Days(), a.offers)
		case matching.Languages:
			l.Steps = a.lesser(need)
		}
		out = append(out, l)
	}
	return out
}

// shorter lists stays that are whole weeks shorter and bring somebody in: the
// first, the last and one between.
func shorter(days int, offers map[int]int) []LooserTerms {
	var all []LooserTerms
	gain := 0
	for asked := days - 1; asked > 0 && asked*shortestPart >= days; asked-- {
		gain += offers[asked]
		whole := (days-asked)%daysOfOneCut == 0
		if whole && gain > 0 && (len(all) == 0 || all[len(all)-1].Gain < gain) {
			all = append(all, LooserTerms{Days: asked, Gain: gain})
		}
	}
	if len(all) > mostSteps {
		all = []LooserTerms{all[0], all[(len(all)-1)/2], all[len(all)-1]}
	}
	return append([]LooserTerms{}, all...)
}

// lesser lists floors one and two levels lower, where that brings somebody in.
func (a *almost) lesser(need matching.Need) []LooserTerms {
	out := []LooserTerms{}
	for i := range need.Floors {
		before := 0
		for by := 1; by <= levelsLower; by++ {
			gain := a.lower[lowered{i, by}]
			if gain <= before {
				continue
			}
			f := under(need.Floors[i], by)
			out = append(out, LooserTerms{Language: f.Language, Spoken: registry.CEFR(f.Spoken).String(), Written: registry.CEFR(f.Written).String(), Gain: gain})
			before = gain
		}
	}
	return out
}

// under is a floor so many levels lower.
func under(f matching.Floor, by int) matching.Floor {
	f.Spoken, f.Written = max(f.Spoken-matching.Level(by), 0), max(f.Written-matching.Level(by), 0)
	return f
}

// required tells whether a floor keeps anybody out.
func required(f matching.Floor) bool { return f.Required && f.Spoken+f.Written > 0 }

// lowering calls f with the need in which one required floor is so many levels
// lower, for every such need.
func lowering(need matching.Need, f func(change lowered, with matching.Need)) {
	for i := range need.Floors {
		if !required(need.Floors[i]) {
			continue
		}
		for by := 1; by <= levelsLower; by++ {
			with := need
			with.Floors = slices.Clone(need.Floors)
			with.Floors[i] = under(need.Floors[i], by)
			f(lowered{i, by}, with)
		}
	}
}

// loosened counts in memory: each condition is met by a set of its own, and who is
// in all but one is one bit operation away.
func (x indexed) loosened(_ context.Context, _ *store.Tx, need matching.Need, programme string) (*almost, error) {
	out := newAlmost()
	err := x.now.use(func() error {
		x.now.columns.almost(need, programme, out)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errSearching, err)
	}
	return out, nil
}

// almost counts the people of a programme who meet all conditions but one.
func (c *columns) almost(need matching.Need, programme string, out *almost) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for _, p := range c.of(need.Country) {
		v := view{lex: c.lex, pool: p, asking: asking{need: need}, dates: datesOf(need)}
		people, meets := p.members[programme], map[matching.Condition]set{}
		for _, condition := range loosenable {
			meets[condition] = v.meeting(condition, people)
		}
		without := func(condition matching.Condition) set {
			return allBut(people, meets, condition).without(meets[condition])
		}
		for _, condition := range loosenable {
			out.missing[condition] += without(condition).count()
		}
		for n := range without(matching.Availability).all() {
			out.offers[v.offer(uint32(n))]++
		}
		tongue := without(matching.Languages)
		lowering(need, func(change lowered, with matching.Need) {
			w := view{lex: c.lex, pool: p, asking: asking{need: with}, dates: datesOf(with)}
			out.lower[change] += w.meeting(matching.Languages, tongue).count()
		})
	}
}

// meeting returns those of the people who meet one condition.
func (v *view) meeting(c matching.Condition, people set) set {
	var able set
	for _, slot := range v.meet(c, people.slots()) {
		able.add(uint64(slot))
	}
	return able
}

// offer is how many days somebody can give within the need's period.
func (v *view) offer(slot uint32) int {
	most := int32(0)
	if v.need.Starts.Valid() && v.need.Ends.Valid() {
		for _, w := range v.pool.windows.at(slot) {
			most = max(most, min(w.to, dayNumber(v.need.Ends))-max(w.from, dayNumber(v.need.Starts))+1)
		}
	}
	return int(max(0, min(most, v.pool.longest[slot])))
}

// slots lists the members.
func (s set) slots() []uint32 {
	all := make([]uint32, 0, s.count())
	for n := range s.all() {
		all = append(all, uint32(n))
	}
	return all
}

// allBut returns those of the people who meet every condition except perhaps one.
func allBut(people set, meets map[matching.Condition]set, but matching.Condition) set {
	for _, c := range loosenable {
		if c != but {
			people = people.and(meets[c])
		}
	}
	return people
}

// stay is how many days of the need's period a window offers to somebody who
// stays no longer than so many.
func stay(need matching.Need, w matching.Window, longest int) int {
	return max(0, min(longest, day.Overlap(w.From, w.To, need.Starts, need.Ends)))
}

// loosened counts by reading everybody who can be found.
func (x unindexed) loosened(ctx context.Context, tx *store.Tx, need matching.Need, programme string) (*almost, error) {
	out := newAlmost()
	for after := ""; ; {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		ids, err := registry.VisiblePageIn(tx, programme, after, page)
		if err != nil || len(ids) == 0 {
			return out, err
		}
		after = ids[len(ids)-1]
		near, err := natives(tx, need.Country, ids)
		if err != nil {
			return nil, err
		}
		profiles, err := registry.ProfilesIn(tx, near)
		if err != nil {
			return nil, err
		}
		for _, one := range x.s.read(profiles) {
			out.count(need, one.person)
		}
	}
}

// count notes a person whom one condition alone keeps out.
func (a *almost) count(need matching.Need, p matching.Person) {
	blocks := matching.Blocks(need, p)
	if len(blocks) != 1 {
		return
	}
	c := blocks[0].Condition
	a.missing[c]++
	switch c {
	case matching.Availability:
		days := 0
		for _, w := range p.Windows {
			days = max(days, stay(need, w, p.LongestDays))
		}
		a.offers[days]++
	case matching.Languages:
		lowering(need, func(change lowered, with matching.Need) {
			if matching.Check(matching.Languages, with, p) == nil {
				a.lower[change]++
			}
		})
	}
}
