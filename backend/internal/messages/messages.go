// SPDX-License-Identifier: AGPL-3.0-or-later

// Package messages lets the parties of a candidacy or a placement write to each other
// without learning each other's address: the person, the coordinators, and the host
// from the moment it may know of the person. What happened to the record stands
// between the messages, in the words that the reader is told.
package messages

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
)

// Who may read a message.
const (
	Everybody = "everybody" // in the thread
	Programme = "programme" // the person and the coordinators
)

// Message is what somebody wrote.
type Message struct {
	ID             string
	CandidacyID    *string
	PlacementID    *string
	Audience       string
	Role           identity.Role
	ByUser         string
	ByOrganisation string
	Body           string
	At             time.Time
}

// Line is a message or something that happened, as one reader sees it.
type Line struct {
	ID       string // of a message; empty for what happened
	At       time.Time
	Body     string
	From     identity.Role // of a message
	Name     string        // the organisation, or the person where the reader may know it
	Own      bool
	Audience string
	State    string          // what happened: the state that the record came into
	Status   string          // what happened, for the person: the status
	Seen     []identity.Role // the sides that have read this far
}

// Thread is what the reader sees of one record.
type Thread struct {
	Lines     []Line
	MayWrite  bool
	Audiences []string // that the reader may choose from
}

// Service keeps threads.
type Service struct{ DB *store.DB }

// most is how long a message may be, and how many a thread shows: the latest.
const (
	mostText  = 5000
	mostLines = 500
)

var missing = fault.New(fault.Missing, "thread.missing", "There is no such conversation, or it is not open to you.")

// record is what a thread hangs on.
type record struct {
	name         string // "candidacy", "placement"
	id           string
	need         string
	professional string
	host         string
	person       string // the name for the reader
	over         bool
	alone        bool // the host does not take part yet
	known        bool // the parties know each other: addresses are theirs to give
}

// recordIn finds the record of a thread, if the actor is a party to it. Ministries and
// associations decide and follow; they do not write here.
func recordIn(tx *store.Tx, who identity.Actor, name, ref string) (record, error) {
	if !who.Is(identity.Professional, identity.Host, identity.Coordinator) {
		return record{}, missing
	}
	if name == "placement" {
		p, err := placements.FindIn(tx, who, ref)
		if err != nil {
			return record{}, err
		}
		views, err := placements.ViewsIn(tx, who, []placements.Placement{p})
		if err != nil {
			return record{}, err
		}
		v := views[0]
		return record{name: name, id: p.ID, need: p.NeedID, professional: p.ProfessionalID, host: v.Organisation.Name, person: cmp.Or(v.Name, v.Pseudonym),
			over: slices.Contains([]placements.State{placements.Closed, placements.Cancelled}, p.State), known: true}, nil
	}
	c, err := selection.FindIn(tx, who, ref)
	if err != nil {
		return record{}, err
	}
	views, err := selection.ViewsIn(tx, who, []selection.Candidacy{c})
	if err != nil {
		return record{}, err
	}
	v := views[0]
	// A host takes part once the person is before it, and not any more when it is over.
	if who.Is(identity.Host) && c.SnapshotID == nil {
		return record{}, missing
	}
	return record{name: name, id: c.ID, need: c.NeedID, professional: c.ProfessionalID, host: v.Organisation.Name, person: cmp.Or(v.Name, v.Pseudonym), over: !c.Running(),
		alone: c.SnapshotID == nil}, nil
}

// Read returns a thread and notes that the actor has read it.
func (s *Service) Read(ctx context.Context, who identity.Actor, name, ref string) (Thread, error) {
	var thread Thread
	var r record
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		if r, err = recordIn(tx, who, name, ref); err != nil {
			return err
		}
		thread, err = threadIn(tx, who, r)
		return err
	})
	if err != nil {
		return Thread{}, err
	}
	// That somebody has read something is no news for the ledger.
	return thread, s.DB.Keep(ctx, func(tx *store.Tx) error { return readIn(tx, who, r.id) })
}

// reading says until when somebody has read a thread.
type reading struct {
	Thread string        `gorm:"primaryKey"`
	UserID string        `gorm:"primaryKey"`
	Role   identity.Role `gorm:"primaryKey"`
	ReadAt time.Time
}

// TableName names the table for GORM.
func (reading) TableName() string { return "message_readings" }

func readIn(tx *store.Tx, who identity.Actor, thread string) error {
	var there int64 // an account that went meanwhile has read nothing
	if err := tx.Raw(`SELECT count(*) FROM users WHERE id = ?`, who.UserID).Scan(&there).Error; err != nil || there == 0 {
		return err
	}
	one := reading{Thread: thread, UserID: who.UserID, Role: who.Role, ReadAt: tx.Now}
	return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "thread"}, {Name: "user_id"}, {Name: "role"}},
		DoUpdates: clause.AssignmentColumns([]string{"read_at"})}).Create(&one).Error
}

// threadIn puts messages and what happened into one order.
func threadIn(tx *store.Tx, who identity.Actor, r record) (Thread, error) {
	var found []Message
	query := tx.Where(r.name+"_id = ?", r.id)
	if who.Is(identity.Host) {
		query = query.Where("audience = ?", Everybody)
	}
	if err := query.Order("id DESC").Limit(mostLines).Find(&found).Error; err != nil {
		return Thread{}, fmt.Errorf("load messages: %w", err)
	}
	var read []reading
	if err := tx.Where("thread = ?", r.id).Find(&read).Error; err != nil {
		return Thread{}, fmt.Errorf("load readings: %w", err)
	}
	houses := []string{}
	for _, m := range found {
		houses = append(houses, m.ByOrganisation)
	}
	organisations, err := identity.OrganisationsIn(tx, houses)
	if err != nil {
		return Thread{}, err
	}
	lines, err := happenedIn(tx, who, r)
	if err != nil {
		return Thread{}, err
	}
	slices.Reverse(found)
	for _, m := range found {
		line := Line{ID: m.ID, At: m.At, Body: m.Body, From: m.Role, Name: organisations[m.ByOrganisation].Name, Own: m.ByUser == who.UserID, Audience: m.Audience}
		if m.Role == identity.Professional {
			line.Name = r.person
		}
		lines = append(lines, line)
	}
	slices.SortStableFunc(lines, func(a, b Line) int { return a.At.Compare(b.At) })
	for i := range lines {
		lines[i].Seen = seen(who, lines[i], read)
	}
	t := Thread{Lines: lines, MayWrite: !r.over, Audiences: []string{Everybody}}
	switch {
	case r.alone:
		t.Audiences = []string{Programme}
	case !who.Is(identity.Host):
		t.Audiences = []string{Programme, Everybody}
	}
	return t, nil
}

// seen lists the sides, besides whoever wrote it, that have read as far as the line.
func seen(who identity.Actor, line Line, read []reading) []identity.Role {
	sides := []identity.Role{}
	for _, r := range read {
		other := r.Role != line.From && r.Role != who.Role
		if other && !r.ReadAt.Before(line.At) && !slices.Contains(sides, r.Role) && (line.Audience != Programme || r.Role != identity.Host) {
			sides = append(sides, r.Role)
		}
	}
	slices.Sort(sides)
	return sides
}

// happenedIn are the steps of the record from the ledger: for the person the changes of
// what they are told, and nothing of who decided what when.
func happenedIn(tx *store.Tx, who identity.Actor, r record) ([]Line, error) {
	var rows []struct {
		Details string
		At      time.Time
	}
	err := tx.Raw(`SELECT details, at FROM ledger WHERE subject = ? AND name LIKE ? ORDER BY number`, r.id, r.name+".%").Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load steps: %w", err)
	}
	var lines []Line
	last := ""
	for _, row := range rows {
		var said struct{ From, To string }
		_ = json.Unmarshal([]byte(row.Details), &said) // Details are JSON that we wrote ourselves.
		line := Line{At: row.At, State: said.To, Audience: Everybody}
		if r.name == "candidacy" && who.Is(identity.Professional) {
			line.State, line.Status = "", string(selection.State(said.To).Status())
		}
		// A host knows nothing of what was before the person came before it.
		if now := line.State + line.Status; now != "" && now != last && !(who.Is(identity.Host) && r.name == "candidacy" && early(said.To)) {
			lines, last = append(lines, line), now
		}
	}
	return lines, nil
}

// early tells whether a state is before the shortlist.
func early(state string) bool {
	return slices.Contains([]string{"DRAFT", "NOMINATED", "SUBMITTED", "ELIGIBLE", "LONGLISTED"}, state)
}

// address finds e-mail addresses, links and telephone numbers.
var address = regexp.MustCompile(`(?i)[\w.+-]+@[\w-]+\.\w{2,}|https?://|www\.\w|(?:\+|00)\d[\d ().-]{7,}|\b\d[\d ().-]{8,}\d\b`)

// dates are numbers that everybody may write.
var dates = regexp.MustCompile(`\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b`)

// revealing tells whether a text gives an address or a number away.
func revealing(text string) bool { return address.MatchString(dates.ReplaceAllString(text, "date")) }

// Write adds a message. While people are still being chosen it holds no address and no
// number: who wants to be reached grants that on their own page (feature 148).
func (s *Service) Write(ctx context.Context, who identity.Actor, name, ref, audience, body string) (string, error) {
	m := Message{ID: id.New(), Audience: cmp.Or(audience, Everybody), Role: who.Role, ByUser: who.UserID, ByOrganisation: who.OrganisationID, Body: strings.TrimSpace(body)}
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		r, err := recordIn(tx, who, name, ref)
		if err != nil {
			return err
		}
		if r.over {
			return fault.New(fault.Conflict, "thread.over", "This is over; nobody is written to about it any more.")
		}
		var c fault.Check
		c.Length(m.Body, "body", 1, mostText)
		c.That(m.Audience == Everybody || m.Audience == Programme && !who.Is(identity.Host), "audience", "message.audience", "Please choose who may read this.")
		c.That(r.known || !revealing(m.Body), "body", "message.address",
			"Please leave out e-mail addresses, links and telephone numbers: people are still being chosen, and messages reach them here.")
		if err := c.Err(); err != nil {
			return err
		}
		if r.alone { // what is written now is not for a host that comes later
			m.Audience = Programme
		}
		m.At = tx.Now
		if name == "placement" {
			m.PlacementID = &r.id
		} else {
			m.CandidacyID = &r.id
		}
		if err := tx.Create(&m).Error; err != nil {
			return fmt.Errorf("write message: %w", err)
		}
		tx.Emit("message.written", r.id, store.Details{"record": r.name, "need": r.need, "professional": r.professional, "audience": m.Audience})
		return readIn(tx, who, r.id)
	})
	return m.ID, err
}
