// SPDX-License-Identifier: AGPL-3.0-or-later

// Package board shows a programme's candidacies and placements together: for the
// board, the table, the calendar and the list of who is where now, which are four
// looks at the same cards. It decides nothing: what a card may do next is what the
// machines and the services say.
package board

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/lifecycle"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/tasks"
)

// Card is a candidacy or a placement.
type Card struct {
	Record       tasks.Record
	ID           string
	Reference    string // of a placement
	Version      int
	State        string
	Person       string // the name where the reader may know it, or the pseudonym
	Pseudonym    string
	NeedRef      string
	Title        string
	Language     string
	Position     needs.Position // that a candidacy is for, where the need has any
	Organisation string
	Country      string
	Place        string
	From, To     day.Day
	Away         []placements.Away // days on leave or of work from elsewhere; of placements, for those who write them
	Since        time.Time
	Waited       int // days
	Limit        int // days; 0: none
	Score        int
	Tags         []string
	Assignee     string // the name of the coordinator who looks after it
	Moves        []Move

	professional, needID string
}

// Late tells whether the card has been in its state for too long.
func (c Card) Late() bool { return c.Limit > 0 && c.Waited > c.Limit }

// Move is a step that the reader may take with a card.
type Move struct {
	Name     string
	To       string
	Evidence []string
}

// Filter narrows the board.
type Filter struct {
	Need    string // reference or identifier
	Record  string // "candidacy" or "placement"
	States  []string
	Country string
	Tag     string
	Mine    bool   // assigned to the reader
	Words   string // in the title, the host, the reference or the pseudonym
	Now     bool   // only those who are there now: on duty, suspended, travelling or evacuated
}

// most is how many cards of one kind a board holds: more than that nobody surveys.
const most = 500

// Board is what the reader sees.
type Board struct {
	Cards   []Card
	States  map[tasks.Record][]string // in the order of life: the columns
	Tags    []string                  // all that are in use
	More    bool                      // there are more cards than the board holds: narrow it
	Members []Member                  // who can look after a record
}

// Member is a coordinator of the programme.
type Member struct{ UserID, Name string }

// Service shows boards.
type Service struct {
	DB    *store.DB
	Views tasks.Views
}

// Show returns the board as far as the actor may see it.
func (s *Service) Show(ctx context.Context, who identity.Actor, f Filter) (Board, error) {
	if err := f.check(); err != nil {
		return Board{}, err
	}
	b := Board{States: map[tasks.Record][]string{tasks.Candidacy: candidacyStates(), tasks.Placement: placementStates()}}
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		kept, err := marksIn(tx, who, f)
		if err != nil {
			return err
		}
		for _, load := range []func(*store.Tx, identity.Actor, Filter, marks) ([]Card, error){candidaciesIn, placementsIn} {
			some, err := load(tx, who, f, kept)
			if err != nil {
				return err
			}
			b.More = b.More || len(some) >= most
			b.Cards = append(b.Cards, some...)
		}
		if err := waitedIn(tx, b.Cards); err != nil {
			return err
		}
		b.Tags, b.Members = kept.known, kept.members
		return nil
	})
	if err != nil {
		return Board{}, err
	}
	b.Cards = slices.DeleteFunc(b.Cards, func(c Card) bool { return !f.matches(c) })
	slices.SortStableFunc(b.Cards, func(x, y Card) int { return cmp.Or(x.Since.Compare(y.Since), strings.Compare(x.ID, y.ID)) })
	s.shown(who, b)
	return b, nil
}

// check complains about a filter that cannot be meant.
func (f Filter) check() error {
	var c fault.Check
	c.That(f.Record == "" || f.Record == "candidacy" || f.Record == "placement", "record", "record.unknown", "Please ask for candidacies or placements.")
	for _, s := range f.States {
		c.That(slices.Contains(candidacyStates(), s) || slices.Contains(placementStates(), s), "state", "state.unknown", "There is no such state.")
	}
	return c.Err()
}

// matches looks for the words; everything else was asked of the database.
func (f Filter) matches(c Card) bool {
	words := strings.ToLower(strings.TrimSpace(f.Words))
	if words == "" {
		return true
	}
	for _, text := range []string{c.Title, c.Organisation, c.Reference, c.NeedRef, c.Pseudonym, c.Person, c.Place} {
		if strings.Contains(strings.ToLower(text), words) {
			return true
		}
	}
	return false
}

// candidacyStates are the columns of candidacies; the last ones are folded away.
func candidacyStates() []string {
	all := make([]string, len(selection.States))
	for i, s := range selection.States {
		all[i] = string(s)
	}
	return all
}

func placementStates() []string {
	all := make([]string, len(placements.States))
	for i, s := range placements.States {
		all[i] = string(s)
	}
	return all
}

// narrowed puts the common filters into a query.
func (f Filter) narrowed(query *gorm.DB, m marks) *gorm.DB {
	if len(f.States) > 0 {
		query = query.Where("state IN ?", f.States)
	}
	if f.Need != "" {
		query = query.Where("need_id IN (SELECT id FROM needs WHERE id = ? OR reference = ?)", f.Need, f.Need)
	}
	if f.Country != "" {
		query = query.Where("need_id IN (SELECT id FROM needs WHERE country = ?)", f.Country)
	}
	if f.Tag != "" || f.Mine {
		query = query.Where("id IN ?", append([]string{""}, m.chosen...))
	}
	return query.Order("updated_at DESC, id").Limit(most)
}

// candidaciesIn makes cards of candidacies. A person in a placement is there as the
// placement.
func candidaciesIn(tx *store.Tx, who identity.Actor, f Filter, m marks) ([]Card, error) {
	if f.Record == "placement" || f.Now || !who.Is(identity.Host, identity.Ministry, identity.Coordinator) {
		return nil, nil
	}
	var found []selection.Candidacy
	query := f.narrowed(selection.ScopedIn(tx, who), m).Omit("profile")
	if !slices.Contains(f.States, string(selection.Accepted)) {
		query = query.Where("state <> ?", selection.Accepted)
	}
	if err := query.Find(&found).Error; err != nil {
		return nil, fmt.Errorf("load candidacies: %w", err)
	}
	views, err := selection.ViewsIn(tx, who, found)
	if err != nil {
		return nil, err
	}
	seats, err := selection.SeatsIn(tx, who, found)
	if err != nil {
		return nil, err
	}
	cards := make([]Card, len(views))
	for i, v := range views {
		cards[i] = Card{Record: tasks.Candidacy, ID: v.ID, Version: v.Version, State: string(v.State), Person: cmp.Or(v.Name, v.Pseudonym), Pseudonym: v.Pseudonym,
			NeedRef: v.Need.Reference, Title: v.Need.Title, Language: v.Need.Language, Position: v.Position, Organisation: v.Organisation.Name, Country: v.Need.Country, Place: v.Need.DutyStation,
			From: v.From, To: v.To, Since: v.UpdatedAt, Score: v.Score, Tags: m.tags[v.ID], Assignee: m.assigned[v.ID], Moves: movesOf(v.Can, selection.StepsOf(who, found[i], seats[v.NeedID])), needID: v.NeedID}
		if v.Name != "" {
			cards[i].professional = v.ProfessionalID
		}
	}
	return cards, nil
}

// movesOf are the steps that the reader may take with a candidacy: those that have
// roads of their own as the service offers them, and those of the table of steps.
func movesOf(can selection.Can, steps []lifecycle.Move) []Move {
	all := []Move{}
	for _, m := range steps {
		all = append(all, moveOf(m))
	}
	add := func(may bool, name string, to selection.State) {
		if may && !slices.ContainsFunc(all, func(m Move) bool { return m.Name == name && m.To == string(to) }) {
			all = append(all, Move{Name: name, To: string(to), Evidence: []string{string(lifecycle.Reason)}})
		}
	}
	add(can.Dismiss, "dismiss", selection.NotSelected)
	add(can.Endorse, "endorse", selection.HostEndorsed)
	add(can.Endorse, "refuse", selection.NotSelected)
	add(can.Object, "no_object", selection.NoObjection)
	add(can.Object, "object", selection.Objected)
	add(can.Approve, "approve", selection.Offered)
	add(can.Approve, "refuse", selection.NotSelected)
	return all
}

// moveOf is a step of a table as a card shows it.
func moveOf(m lifecycle.Move) Move {
	one := Move{Name: m.Name, To: string(m.To), Evidence: []string{}}
	for _, e := range m.Evidence {
		one.Evidence = append(one.Evidence, string(e))
	}
	return one
}

// present are the states of somebody who is on the way or there.
var present = []placements.State{placements.Travelling, placements.OnDuty, placements.Suspended, placements.Evacuated}

// placementsIn makes cards of placements.
func placementsIn(tx *store.Tx, who identity.Actor, f Filter, m marks) ([]Card, error) {
	if f.Record == "candidacy" {
		return nil, nil
	}
	query := f.narrowed(placements.ScopedIn(tx, who), m)
	if f.Now {
		query = query.Where("state IN ?", present)
	}
	var found []placements.Placement
	if err := query.Find(&found).Error; err != nil {
		return nil, fmt.Errorf("load placements: %w", err)
	}
	views, err := placements.ViewsIn(tx, who, found)
	if err != nil {
		return nil, err
	}
	places, err := placesIn(tx, found)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(found))
	for i, p := range found {
		ids[i] = p.ID
	}
	away, err := placements.AwayIn(tx, who, ids)
	if err != nil {
		return nil, err
	}
	cards := make([]Card, len(views))
	for i, v := range views {
		n := places[v.NeedID]
		cards[i] = Card{Record: tasks.Placement, ID: v.ID, Reference: v.Reference, Version: v.Version, State: string(v.State), Person: cmp.Or(v.Name, v.Pseudonym),
			Pseudonym: v.Pseudonym, NeedRef: v.NeedReference, Title: v.NeedTitle, Language: n.Language, Organisation: v.Organisation.Name, Country: n.Country, Place: n.DutyStation,
			From: v.From, To: v.To, Away: away[v.ID], Since: v.UpdatedAt, Tags: m.tags[v.ID], Assignee: m.assigned[v.ID], Moves: stepsOf(who, v.State), needID: v.NeedID}
		if v.Name != "" {
			cards[i].professional = v.ProfessionalID
		}
	}
	return cards, nil
}

// placesIn returns where the needs of placements are, by identifier.
func placesIn(tx *store.Tx, found []placements.Placement) (map[string]needs.Need, error) {
	ids := []string{""}
	for _, p := range found {
		ids = append(ids, p.NeedID)
	}
	var all []needs.Need
	if err := tx.Select("id", "country", "duty_station", "language").Where("id IN ?", ids).Find(&all).Error; err != nil {
		return nil, fmt.Errorf("load needs: %w", err)
	}
	by := map[string]needs.Need{}
	for _, n := range all {
		by[n.ID] = n
	}
	return by, nil
}

// stepsOf are the moves of the machine for the reader.
func stepsOf(who identity.Actor, state placements.State) []Move {
	var all []Move
	for _, m := range lifecycle.Placement.Next(lifecycle.State(state), lifecycle.Who(who.Role)) {
		all = append(all, moveOf(m))
	}
	return all
}

// waitedIn adds since when each card is where it is.
func waitedIn(tx *store.Tx, cards []Card) error {
	states, written := map[string]string{}, map[string]time.Time{}
	for _, c := range cards {
		states[c.ID], written[c.ID] = c.State, c.Since
	}
	came, err := tasks.CameIn(tx, states, written)
	if err != nil {
		return err
	}
	for i, c := range cards {
		cards[i].Since = came[c.ID]
		cards[i].Waited = int(tx.Now.Sub(came[c.ID]).Hours() / 24)
		cards[i].Limit = tasks.Limit(c.Record, c.State)
	}
	return nil
}

// shown notes whose names the actor was just shown.
func (s *Service) shown(who identity.Actor, b Board) {
	if s.Views == nil {
		return
	}
	people := map[string][]string{}
	for _, c := range b.Cards {
		if c.professional != "" && !slices.Contains(people[c.needID], c.professional) {
			people[c.needID] = append(people[c.needID], c.professional)
		}
	}
	for need, ids := range people {
		s.Views.Viewed(who, ids, "list", need)
	}
}
