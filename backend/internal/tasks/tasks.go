// SPDX-License-Identifier: AGPL-3.0-or-later

// Package tasks tells everybody what waits for them, overdue first, for how long
// and on whom. It keeps no list: a task is read from the state of a record each
// time, so that nothing is forgotten and nothing stays that is done.
package tasks

import (
	"cmp"
	"context"
	"slices"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/lifecycle"
	"sankofa/backend/internal/store"
)

// Task is one record that waits, as one reader may see it.
type Task struct {
	Kind         string
	Record       Record
	ID           string
	Reference    string // of a need or a placement
	Title        string // of the need, or what else it is about
	Language     string // that the title is written in; empty: that of the program
	Organisation string // the host
	Person       string // the name where the reader may know it, or the pseudonym
	For          string // the absent colleague on whom it waits, and for whom the reader may act
	On           []lifecycle.Who
	Since        time.Time
	Due          time.Time
	Mine         bool // it waits for the reader

	need, professional, state string
	outside                   bool // the reader is told a status, not a state
}

// Overdue tells whether the limit has passed.
func (t Task) Overdue(now time.Time) bool { return now.After(t.Due) }

// Waited is the time since the record came into its state, in whole days.
func (t Task) Waited(now time.Time) int { return int(now.Sub(t.Since).Hours() / 24) }

// Inbox is what waits for a reader, and what they wait for.
type Inbox struct {
	Mine    []Task // overdue first, then what is due first
	Others  []Task // what others have to do about records of the reader, the longest waiting first
	Now     time.Time
	More    bool // there are more tasks than are listed
	Overdue int
	Count   int // of the reader's own
}

// most is how many records of one kind are looked at: the oldest.
const most = 300

// Service computes tasks.
type Service struct {
	DB    *store.DB
	Views Views
}

// Views notes who was shown whose name; audit does.
type Views interface {
	Viewed(who identity.Actor, professionalIDs []string, what, needID string)
}

// Filter narrows an inbox.
type Filter struct {
	Record string // the identifier of a need, a candidacy or a placement
	Others bool   // also what others have to do
	Limit  int    // of each list; 0: everything
}

// find looks for tasks of one kind of record.
type find func(tx *store.Tx, s scope) ([]Task, error)

var finders = []find{needsIn, candidaciesIn, placementsIn, disclosuresIn, verificationsIn, duplicatesIn, importsIn, profilesIn, mailsIn, applicantsIn, reviewsIn, breachesIn}

// List returns what waits for the actor, and what they wait for.
func (s *Service) List(ctx context.Context, who identity.Actor, f Filter) (Inbox, error) {
	var all []Task
	box := Inbox{}
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		box.Now = tx.Now
		for _, find := range finders {
			some, err := find(tx, scope{who: who, record: f.Record, others: f.Others, named: true})
			if err != nil {
				return err
			}
			all = append(all, some...)
		}
		return nil
	})
	if err != nil {
		return Inbox{}, err
	}
	box.sort(all, f)
	s.shown(who, box)
	return box, nil
}

// Count returns how much waits for the actor, and how much of it is overdue. It
// shows nobody's name.
func (s *Service) Count(ctx context.Context, who identity.Actor) (count, overdue int, err error) {
	box := Inbox{}
	var all []Task
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		box.Now = tx.Now
		for _, find := range finders {
			some, err := find(tx, scope{who: who})
			if err != nil {
				return err
			}
			all = append(all, some...)
		}
		return nil
	})
	box.sort(all, Filter{})
	return box.Count, box.Overdue, err
}

// sort puts tasks into their two lists.
func (b *Inbox) sort(all []Task, f Filter) {
	for _, t := range all {
		switch {
		case t.Mine:
			b.Mine = append(b.Mine, t)
			if t.Overdue(b.Now) {
				b.Overdue++
			}
		case f.Others:
			b.Others = append(b.Others, t)
		}
	}
	b.Count = len(b.Mine)
	slices.SortStableFunc(b.Mine, func(x, y Task) int { return cmp.Or(x.Due.Compare(y.Due), cmp.Compare(x.ID, y.ID)) })
	slices.SortStableFunc(b.Others, func(x, y Task) int { return cmp.Or(x.Since.Compare(y.Since), cmp.Compare(x.ID, y.ID)) })
	if f.Limit > 0 {
		b.More = len(b.Mine) > f.Limit || len(b.Others) > f.Limit
		b.Mine, b.Others = b.Mine[:min(f.Limit, len(b.Mine))], b.Others[:min(f.Limit, len(b.Others))]
	}
}

// shown notes whose names the actor was just shown.
func (s *Service) shown(who identity.Actor, b Inbox) {
	if s.Views == nil {
		return
	}
	people := map[string][]string{}
	for _, list := range [][]Task{b.Mine, b.Others} {
		for _, t := range list {
			if t.professional != "" && t.professional != who.ProfessionalID && !slices.Contains(people[t.need], t.professional) {
				people[t.need] = append(people[t.need], t.professional)
			}
		}
	}
	for need, ids := range people {
		s.Views.Viewed(who, ids, "list", need)
	}
}

// scope is for whom tasks are looked for: an actor, or nobody for the timer that
// tells people of what is overdue and sees everything.
type scope struct {
	who    identity.Actor
	record string
	others bool // what others have to do as well
	named  bool // with names and titles
	timer  bool
}

// on tells whether something waits for the reader.
func (s scope) on(who []lifecycle.Who) bool {
	return slices.Contains(who, lifecycle.Who(s.who.Role))
}

// wanted are the states of a kind of record that the reader has to do with: with
// others, all that wait.
func (s scope) wanted(record Record) []lifecycle.State {
	if s.others || s.timer {
		return states(record)
	}
	var all []lifecycle.State
	for _, r := range Rules {
		if r.Record == record && s.on(r.On) {
			all = append(all, r.State)
		}
	}
	return all
}

// after is when the limit of a rule ends for what has waited since.
func (r Rule) after(since time.Time) time.Time { return since.AddDate(0, 0, r.Days) }
