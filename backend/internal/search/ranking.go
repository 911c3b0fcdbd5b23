// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// Ranking is the people for a need, in order, and how the order came about. As
// JSON it is what a shortlist freezes.
type Ranking struct {
	Need          Subject     `json:"need"`
	Algorithm     string      `json:"algorithm" doc:"The version of the rules"`
	IndexPosition int64       `json:"indexPosition" doc:"The last event of the ledger that the ranking knows of"`
	Source        string      `json:"source" enum:"index,database" doc:"Who answered: the database does while the index is being rebuilt"`
	Considered    int         `json:"considered" doc:"People enrolled in the programme"`
	Passed        int         `json:"passed" doc:"Those of them who meet every condition"`
	Excluded      []Excluded  `json:"excluded" doc:"How many people each condition removed, in the order in which they were applied"`
	Candidates    []Candidate `json:"candidates"`

	Remarks []matching.Remark `json:"remarks,omitempty" doc:"What is odd about the need, such as dates in the wrong order; left out when nothing is"`
}

// Subject names the need that a ranking is for.
type Subject struct {
	ID        string `json:"id"`
	Reference string `json:"reference"`
	Title     string `json:"title"`
	Version   int    `json:"version" doc:"Of the need that was compared"`
}

// Excluded is how many people a condition removed.
type Excluded struct {
	Condition matching.Condition `json:"condition" enum:"consent,origin,availability,language,licence,right_of_return,modality"`
	Count     int                `json:"count"`
}

// Candidate is a person in a ranking, by pseudonym.
type Candidate struct {
	Rank           int                  `json:"rank"`
	ProfessionalID string               `json:"professionalId,omitempty"`
	Person         string               `json:"person" doc:"The person's pseudonym"`
	Demo           bool                 `json:"demo" doc:"Fictional, made by the demonstration"`
	Score          int                  `json:"score"`
	OutOf          int                  `json:"outOf"`
	Headline       matching.Headline    `json:"headline" doc:"Why in one line: two strengths and the largest gap"`
	Criteria       []matching.Criterion `json:"criteria"`
	Lifts          []matching.Lift      `json:"lifts" doc:"The few changes of the profile that would raise the score most, with the points that each would add"`
	Blocked        []matching.Block     `json:"blocked,omitempty" doc:"Conditions that the person does not meet; only on a card of a single person"`
	Summary        Summary              `json:"summary"`
	Erased         bool                 `json:"erased,omitempty" doc:"The person was erased since: place and score are left, and nothing else"`
	CandidacyState string               `json:"candidacyState" doc:"How far the person has come as a candidate for this need; empty: they are none"`
}

// Summary is what a reader sees of a person at a glance.
type Summary struct {
	OccupationTitle  string   `json:"occupationTitle"`
	ISCO             string   `json:"isco"`
	ResidenceCountry string   `json:"residenceCountry"`
	Languages        []string `json:"languages" doc:"With levels, spoken/written: fr B2/B1"`
	YearsExperience  int      `json:"yearsExperience"`
	Availability     []Period `json:"availability"`
	LongestDays      int      `json:"longestDays"`
	// NotConfirmedSince is told of old profiles only: the score does not count it, the reader does.
	NotConfirmedSince day.Day `json:"notConfirmedSince,omitempty" doc:"The day since when nobody has confirmed the profile, once that is 270 days ago; left out before. It costs no points"`
}

// Period is from one day to another, both included.
type Period struct {
	From day.Day `json:"from"`
	To   day.Day `json:"to"`
}

// The bounds of what a reader may ask for.
const (
	DefaultLimit = 50
	MostLimit    = 200
)

// missing is the answer for what is not there and for what the actor may not rank.
var missing = fault.New(fault.Missing, "need.missing", "There is no such need here.")

// Rank returns the people for a need, best first, to the coordinator of its
// programme. Everybody who is shown is recorded as seen.
func (s *Service) Rank(ctx context.Context, who identity.Actor, ref string, limit int) (Ranking, error) {
	r, _, err := s.rank(ctx, who, ref, bounded(limit), bounded(limit), nil)
	if err != nil {
		return Ranking{}, err
	}
	err = s.db.Change(ctx, who.Author(), func(tx *store.Tx) error {
		tx.Emit("ranking.shown", r.Need.ID, store.Details{"algorithm": r.Algorithm, "shown": len(r.Candidates), "source": r.Source})
		return s.keepShown(tx, who, &r)
	})
	if err != nil {
		return Ranking{}, err
	}
	s.viewed(who, people(r.Candidates), "ranking", r.Need.ID)
	return r, nil
}

func bounded(limit int) int {
	if limit < 1 {
		return DefaultLimit
	}
	return min(limit, MostLimit)
}

// keeper is told, in the view of a ranking, what its scores were made with.
type keeper func(tx *store.Tx, scorer *matching.Scorer, served missions, order []outcome) error

// rank ranks by the index, or by the database where that will not do. Everybody
// who meets the conditions is scored; the best are returned in order, at most so
// many.
func (s *Service) rank(ctx context.Context, who identity.Actor, ref string, limit, most int, keep keeper) (Ranking, []outcome, error) {
	now, position := s.usable(ctx)
	if now != nil {
		r, order, err := s.rankBy(ctx, who, ref, limit, most, indexed{s, now, position}, keep)
		if !s.damaged(ctx, now, err) {
			return r, order, err
		}
	}
	return s.rankBy(ctx, who, ref, limit, most, unindexed{s}, keep)
}

// damaged tells whether an error says that the index cannot be used, and takes
// it out of use if so.
func (s *Service) damaged(ctx context.Context, now *shelf, err error) bool {
	if err == nil || ctx.Err() != nil || !errors.Is(err, errSearching) {
		return false
	}
	s.condemn(now, err)
	return true
}

// errSearching says that the index, and not the database, was the trouble.
var errSearching = errors.New("search: the index cannot be searched")

// usable returns the index if it has seen everything that has happened. A few
// events are caught up with at once; when there are more, the database answers.
func (s *Service) usable(ctx context.Context) (*shelf, int64) {
	now, seen, _ := s.current()
	if now == nil {
		return nil, 0
	}
	last, err := s.db.LastEvent(ctx)
	if err != nil || last-seen > farBehind {
		return nil, 0
	}
	if seen < last {
		patience, cancel := context.WithTimeout(ctx, catchUpTime)
		defer cancel()
		if s.Settle(patience, last) != nil {
			return nil, 0
		}
	}
	now, seen, _ = s.current()
	return now, seen
}

// found is a person who meets the conditions.
type found struct {
	id     string
	person matching.Person
}

// standing is what a searcher brings.
type standing struct {
	order   []outcome // the best first
	passed  int       // everybody who meets the conditions
	removed map[matching.Condition]int
	crowd   matching.Crowd
}

// searcher finds the people who meet the conditions of a need.
type searcher interface {
	name() string
	position(tx *store.Tx) (int64, error)
	// order ranks whoever meets the conditions, and brings the best, at most so many.
	order(ctx context.Context, tx *store.Tx, need matching.Need, programme string, served missions, considered, most int) (standing, error)
	// crowd counts what the need's criteria must know of everybody, as order does.
	crowd(ctx context.Context, tx *store.Tx, need matching.Need, programme string) (matching.Crowd, error)
}

// rankBy ranks with one searcher, in one view of the database.
func (s *Service) rankBy(ctx context.Context, who identity.Actor, ref string, limit, most int, by searcher, keep keeper) (r Ranking, order []outcome, err error) {
	err = s.db.View(ctx, func(tx *store.Tx) error {
		terms, err := rankable(tx, who, ref)
		if err != nil {
			return err
		}
		need := s.need(terms)
		r = Ranking{Need: subject(terms), Algorithm: matching.Algorithm, Source: by.name(), Remarks: need.Remarks()}
		if r.IndexPosition, err = by.position(tx); err != nil {
			return err
		}
		if r.Considered, err = enrolled(tx, terms.ProgrammeID); err != nil {
			return err
		}
		served, err := s.served(tx, nil, &matching.Crowd{})
		if err != nil {
			return err
		}
		got, err := by.order(ctx, tx, need, terms.ProgrammeID, served, r.Considered, most)
		if err != nil {
			return err
		}
		r.Passed, r.Excluded = got.passed, excluded(got.removed)
		order = got.order
		if r.Candidates, err = s.candidates(tx, need, order[:min(limit, len(order))], got.crowd, served, cmp.Or(who.Locale, terms.Language)); err != nil {
			return err
		}
		if keep != nil {
			if err := keep(tx, matching.For(need, s.vocabulary, got.crowd), served, order); err != nil {
				return err
			}
		}
		return s.stand(tx, terms.ID, r.Candidates)
	})
	return r, order, err
}

// rankable returns the terms of a need that the actor may rank people for.
func rankable(tx *store.Tx, who identity.Actor, ref string) (needs.Terms, error) {
	if !who.Is(identity.Coordinator) {
		return needs.Terms{}, missing
	}
	need, err := needs.FindIn(tx, who, ref)
	if err != nil {
		return needs.Terms{}, err
	}
	if need.ProgrammeID != who.ProgrammeID {
		return needs.Terms{}, missing
	}
	terms, err := needs.TermsIn(tx, []string{need.ID})
	if err != nil || len(terms) == 0 {
		return needs.Terms{}, errors.Join(err, missing)
	}
	return terms[0], nil
}

func subject(t needs.Terms) Subject {
	return Subject{ID: t.ID, Reference: t.Reference, Title: t.Title, Version: t.Version}
}

// enrolled counts the people of a programme, whether or not they can be found.
func enrolled(tx *store.Tx, programmeID string) (int, error) {
	var n int64
	err := tx.Table("professional_programmes").Where("programme_id = ?", programmeID).Count(&n).Error
	return int(n), err
}

// excluded lists the counts in the order of the conditions.
func excluded(removed map[matching.Condition]int) []Excluded {
	out := make([]Excluded, len(matching.Conditions))
	for i, c := range matching.Conditions {
		out[i] = Excluded{Condition: c, Count: removed[c]}
	}
	return out
}

// outcome is a person's score without its reasons.
type outcome struct {
	id        string
	pseudonym string
	score     int
	version   int // of the profile that was scored, where the index tells
}

// scored scores people and sorts them.
func scored(need matching.Need, vocabulary Vocabulary, people []found, crowd matching.Crowd, served missions) []outcome {
	order := make([]outcome, len(people))
	inChunks(len(order), func(from, to int) {
		scorer := matching.For(need, vocabulary, crowd)
		for i := from; i < to; i++ {
			r := scorer.Score(served.with(people[i].id, people[i].person))
			order[i] = outcome{id: people[i].id, pseudonym: r.Pseudonym, score: r.Score}
		}
	})
	slices.SortFunc(order, compareOutcomes)
	return order
}

// candidates reads those who are shown once more, in full, and gives the reasons
// of their scores: what is shown is what stands in the database now.
func (s *Service) candidates(tx *store.Tx, need matching.Need, order []outcome, crowd matching.Crowd, served missions, reader string) ([]Candidate, error) {
	ids := make([]string, len(order))
	for i, o := range order {
		ids[i] = o.id
	}
	profiles, err := registry.ProfilesIn(tx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Candidate, len(profiles))
	inChunks(len(profiles), func(from, to int) {
		scorer := matching.For(need, s.vocabulary, crowd)
		for i := from; i < to; i++ {
			out[i] = s.candidate(scorer, profiles[i], served.with(profiles[i].ID, s.person(profiles[i])), reader)
			out[i].Rank = i + 1
		}
	})
	return out, nil
}

// stand says how far people have come as candidates.
func (s *Service) stand(tx *store.Tx, needID string, all []Candidate) error {
	if s.states == nil || len(all) == 0 {
		return nil
	}
	states, err := s.states(tx, needID, people(all))
	for i := range all {
		all[i].CandidacyState = states[all[i].ProfessionalID]
	}
	return err
}

// people lists the identifiers of candidates.
func people(all []Candidate) []string {
	ids := make([]string, len(all))
	for i, c := range all {
		ids[i] = c.ProfessionalID
	}
	return ids
}

// candidate scores a person and gives the reasons, for a reader of the language.
func (s *Service) candidate(scorer *matching.Scorer, profile registry.Profile, person matching.Person, reader string) Candidate {
	r := scorer.Score(person)
	lifts := scorer.Lifts(person, r)
	s.label(r.Criteria, lifts, reader)
	return Candidate{ProfessionalID: profile.ID, Person: profile.Pseudonym, Demo: profile.Demo, Score: r.Score, OutOf: matching.Whole,
		Headline: r.Headline(), Criteria: r.Criteria, Lifts: lifts, Summary: summary(profile, s.db.Now())}
}

// summary says what a reader may know of somebody without a name, at the moment.
func summary(p registry.Profile, now time.Time) Summary {
	clean := matching.Scrubber(p)
	sum := Summary{OccupationTitle: clean(p.OccupationTitle), ISCO: p.ISCO, ResidenceCountry: p.ResidenceCountry,
		YearsExperience: p.YearsExperience, LongestDays: p.LongestDays, Languages: []string{}, Availability: []Period{}}
	if since, old := p.Sinks(now); old {
		sum.NotConfirmedSince = day.Of(since)
	}
	for _, l := range p.Languages {
		sum.Languages = append(sum.Languages, fmt.Sprintf("%s %s/%s", l.Language,
			matching.Level(min(l.Listening, l.Interaction)), matching.Level(min(l.Reading, l.Writing))))
	}
	for _, w := range p.Availability {
		sum.Availability = append(sum.Availability, Period{From: w.From, To: w.To})
	}
	return sum
}
