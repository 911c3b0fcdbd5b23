// SPDX-License-Identifier: AGPL-3.0-or-later

package accountability

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"sankofa/backend/internal/audit"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Deadline is how long after a breach became known the authority is told of it
// (GDPR, article 33(1)).
const Deadline = 72 * time.Hour

// Risks say what a breach means for people: none asks for no notice, a high one
// asks that they be told, too (GDPR, articles 33(1) and 34(1)).
var Risks = []string{"none", "risk", "high"}

// Flusher writes down what it has gathered; audit does.
type Flusher interface {
	Flush(ctx context.Context) error
}

// Breach is one entry of the record of breaches (GDPR, article 33(5)).
type Breach struct {
	ID              string
	Title           string
	What            string
	OrganisationID  string // whose access it concerns; empty: everybody's
	FromAt          time.Time
	ToAt            time.Time
	KnownAt         time.Time // the 72 hours begin
	Consequences    string
	Risk            string // one of Risks
	People          int    // about how many, as whoever recorded it estimates
	Measures        string
	AuthorityToldAt *time.Time
	Delay           string // why the authority was told late
	PeopleToldAt    *time.Time
	Words           string // what the people were told
	ClosedAt        *time.Time
	ByUser          string
	Version         int
	CreatedAt       time.Time
	UpdatedAt       *time.Time
}

// TableName names the table for GORM.
func (Breach) TableName() string { return "breaches" }

// concerned is a person whom a breach concerns.
type concerned struct {
	BreachID       string
	ProfessionalID string
	Looks          int
}

// TableName names the table for GORM.
func (concerned) TableName() string { return "breach_people" }

// NotifyBy is when the 72 hours are over.
func (b Breach) NotifyBy() time.Time { return b.KnownAt.Add(Deadline) }

// HoursLeft counts the hours until the authority has to be told: negative once they
// are over, 0 where nothing has to be told any more.
func (b Breach) HoursLeft(now time.Time) int {
	if !b.Running() {
		return 0
	}
	return int(math.Floor(b.NotifyBy().Sub(now).Hours())) // late by a minute is late
}

// Running tells whether the clock runs.
func (b Breach) Running() bool {
	return b.AuthorityToldAt == nil && b.Risk != "none" && b.ClosedAt == nil
}

// BreachView is an entry with what belongs to it.
type BreachView struct {
	Breach
	Organisation string // the name of whose access it concerns
	Found        int    // people whom the ledger says were looked at
	Reached      int    // of them, those with an account: the product and mail tell them
	Now          time.Time
	Can          BreachCan
}

// BreachCan says what the reader may do next.
type BreachCan struct{ Revise, TellAuthority, TellPeople, Close bool }

// Breached is a breach as a person reads it whom it concerns.
type Breached struct {
	Title, Words, Measures string
	FromAt, ToAt, ToldAt   time.Time
}

// checkBreach mends blanks and complains about what an entry must say.
func checkBreach(b *Breach, now time.Time) error {
	var c fault.Check
	b.Title = say(&c, b.Title, "title", 1, 200)
	b.What = say(&c, b.What, "what", 1, mostWords)
	b.Consequences = say(&c, b.Consequences, "consequences", 0, mostWords)
	b.Measures = say(&c, b.Measures, "measures", 0, mostWords)
	c.That(b.OrganisationID == "" || id.Valid(b.OrganisationID), "organisation", "organisation.unknown", "Please choose an organisation from the list.")
	c.That(slices.Contains(Risks, b.Risk), "risk", "breach.risk", "Please say how great the risk is: none, risk or high.")
	c.That(b.People >= 0 && b.People <= 10_000_000, "people", "breach.people", "Please estimate how many people it concerns.")
	c.That(!b.FromAt.IsZero() && !b.FromAt.After(now), "from", "breach.from", "Please say since when: a moment that has passed.")
	c.That(!b.ToAt.IsZero() && !b.ToAt.Before(b.FromAt), "to", "breach.to", "The end must not come before the beginning.")
	c.That(!b.KnownAt.IsZero() && !b.KnownAt.After(now) && !b.KnownAt.Before(b.FromAt), "knownAt", "breach.known",
		"Please say when it became known: after it began, and not in the future. The 72 hours begin then.")
	return c.Err()
}

// breachesIn is the query of the breaches that the actor may read: an administrator
// all of them, a coordinator those that their own office recorded.
func breachesIn(tx *store.Tx, who identity.Actor) *gorm.DB {
	query := tx.Model(&Breach{})
	switch {
	case who.Is(identity.Administrator):
		return query
	case who.Is(identity.Coordinator):
		return query.Where("by_user IN (SELECT user_id FROM memberships WHERE organisation_id = ? AND role = 'coordinator')", who.OrganisationID)
	}
	return query.Where("1 = 0")
}

// Breaches lists the record, newest first.
func (s *Service) Breaches(ctx context.Context, who identity.Actor, p Page) (views []BreachView, next string, err error) {
	if err := keeper(who); err != nil {
		return nil, "", err
	}
	if err := p.check(); err != nil {
		return nil, "", err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		rows, more, err := pageIn(breachesIn(tx, who), p, func(b Breach) string { return b.ID })
		if err != nil {
			return err
		}
		next = more
		views, err = breachViewsIn(tx, who, rows)
		return err
	})
	return views, next, err
}

// Breach returns one entry.
func (s *Service) Breach(ctx context.Context, who identity.Actor, breachID string) (view BreachView, err error) {
	if err := keeper(who); err != nil {
		return view, err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		b, err := foundIn[Breach](breachesIn(tx, who), breachID)
		if err != nil {
			return err
		}
		view, err = breachViewIn(tx, who, b)
		return err
	})
	return view, err
}

// RecordBreach writes a new entry: coordinators may, too, since the clock does not
// wait for an administrator. Whom it concerns is read from the ledger.
func (s *Service) RecordBreach(ctx context.Context, who identity.Actor, b Breach) (string, error) {
	if err := keeper(who); err != nil {
		return "", err
	}
	if err := checkBreach(&b, s.DB.Now()); err != nil {
		return "", err
	}
	if err := s.flush(ctx); err != nil {
		return "", err
	}
	b.ID, b.Version, b.ByUser = id.New(), 1, who.UserID
	return b.ID, s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		if err := knownOrganisationIn(tx, b.OrganisationID); err != nil {
			return err
		}
		b.CreatedAt = tx.Now
		tx.Emit("breach.recorded", b.ID)
		if err := tx.Create(&b).Error; err != nil {
			return err
		}
		return concernIn(tx, b)
	})
}

// ReviseBreach corrects an entry that is not closed. Whom it concerns is counted
// anew as long as they were not told.
func (s *Service) ReviseBreach(ctx context.Context, who identity.Actor, breachID string, version int, said Breach) (BreachView, error) {
	if err := keeper(who); err != nil {
		return BreachView{}, err
	}
	if err := checkBreach(&said, s.DB.Now()); err != nil {
		return BreachView{}, err
	}
	if err := s.flush(ctx); err != nil {
		return BreachView{}, err
	}
	return s.act(ctx, who, breachID, version, "breach.revised", func(tx *store.Tx, b *Breach) error {
		if err := knownOrganisationIn(tx, said.OrganisationID); err != nil {
			return err
		}
		b.Title, b.What, b.Consequences, b.Measures, b.Risk, b.People = said.Title, said.What, said.Consequences, said.Measures, said.Risk, said.People
		if b.PeopleToldAt == nil {
			b.OrganisationID, b.FromAt, b.ToAt = said.OrganisationID, said.FromAt, said.ToAt
			if err := concernIn(tx, *b); err != nil {
				return err
			}
		}
		if b.AuthorityToldAt == nil {
			b.KnownAt = said.KnownAt
		}
		return nil
	})
}

// TellAuthority notes when the supervisory authority was told; later than the 72
// hours it needs the reason.
func (s *Service) TellAuthority(ctx context.Context, who identity.Actor, breachID string, version int, at time.Time, delay string) (BreachView, error) {
	delay = strings.TrimSpace(delay)
	return s.act(ctx, who, breachID, version, "breach.authority_told", func(tx *store.Tx, b *Breach) error {
		if b.AuthorityToldAt != nil {
			return fault.New(fault.Conflict, "breach.authority_told", "It is on record already when the authority was told.")
		}
		var c fault.Check
		c.That(!at.Before(b.KnownAt) && !at.After(tx.Now), "at", "breach.told_at", "Please say when: after the breach became known, and not in the future.")
		late := at.After(b.NotifyBy())
		c.That(!late || delay != "", "delay", "breach.delay", "The 72 hours were over: please write why it took longer.")
		c.Length(delay, "delay", 0, mostWords)
		b.AuthorityToldAt, b.Delay = &at, delay
		return c.Err()
	})
}

// TellPeople tells everybody whom the breach concerns and who has an account, in the
// product and by mail: what happened, what may follow, what they can do.
func (s *Service) TellPeople(ctx context.Context, who identity.Actor, breachID string, version int, words string) (BreachView, error) {
	words = strings.TrimSpace(words)
	return s.act(ctx, who, breachID, version, "breach.people_told", func(tx *store.Tx, b *Breach) error {
		if b.PeopleToldAt != nil {
			return fault.New(fault.Conflict, "breach.people_told", "The people were told already.")
		}
		var c fault.Check
		c.Length(words, "words", 1, mostWords)
		b.PeopleToldAt, b.Words = &tx.Now, words
		return c.Err()
	})
}

// CloseBreach ends the work on a breach once whoever had to be told was told.
func (s *Service) CloseBreach(ctx context.Context, who identity.Actor, breachID string, version int) (BreachView, error) {
	return s.act(ctx, who, breachID, version, "breach.closed", func(tx *store.Tx, b *Breach) error {
		var c fault.Check
		c.That(b.Measures != "", "measures", "breach.measures", "Please write first what was done.")
		c.That(b.Risk == "none" || b.AuthorityToldAt != nil, "authority", "breach.untold", "The authority has not been told yet.")
		c.That(b.Risk != "high" || b.PeopleToldAt != nil, "people", "breach.people_untold", "The risk is high, and the people have not been told yet.")
		b.ClosedAt = &tx.Now
		if err := c.Err(); err != nil {
			f := fault.Of(err)
			f.Kind, f.Code, f.Message = fault.Conflict, "breach.open", "Something is left to do before this can be closed."
			return f
		}
		return nil
	})
}

// act is the road of every change of a breach.
func (s *Service) act(ctx context.Context, who identity.Actor, breachID string, version int, event string, do func(*store.Tx, *Breach) error) (view BreachView, err error) {
	if err := keeper(who); err != nil {
		return view, err
	}
	err = s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		b, err := foundIn[Breach](breachesIn(tx, who), breachID)
		if err != nil {
			return err
		}
		if err := officer(who); err != nil {
			return err
		}
		if b.Version != version {
			return stale()
		}
		if b.ClosedAt != nil {
			return fault.New(fault.Conflict, "breach.closed", "This breach is closed; its record stays as it is.")
		}
		if err := do(tx, &b); err != nil {
			return err
		}
		b.Version, b.UpdatedAt = version+1, &tx.Now
		tx.Emit(event, b.ID)
		if err := store.Saved(tx.Model(&Breach{}).Where("id = ? AND version = ?", b.ID, version).Select("*").Updates(&b)); err != nil {
			return err
		}
		view, err = breachViewIn(tx, who, b)
		return err
	})
	return view, err
}

// MyBreaches are those of which the person who asks was told.
func (s *Service) MyBreaches(ctx context.Context, who identity.Actor) ([]Breached, error) {
	if !who.Is(identity.Professional) || who.ProfessionalID == "" {
		return nil, missing()
	}
	var rows []Breach
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Where("people_told_at IS NOT NULL AND id IN (SELECT breach_id FROM breach_people WHERE professional_id = ?)", who.ProfessionalID).
			Order("people_told_at DESC, id").Limit(most).Find(&rows).Error
	})
	out := make([]Breached, len(rows))
	for i, b := range rows {
		out[i] = Breached{Title: b.Title, Words: b.Words, Measures: b.Measures, FromAt: b.FromAt, ToAt: b.ToAt, ToldAt: *b.PeopleToldAt}
	}
	return out, err
}

// flush makes sure that the ledger holds every look so far.
func (s *Service) flush(ctx context.Context) error {
	if s.Views == nil {
		return nil
	}
	return s.Views.Flush(ctx)
}

func knownOrganisationIn(tx *store.Tx, organisationID string) error {
	if organisationID == "" {
		return nil
	}
	found, err := identity.OrganisationsIn(tx, []string{organisationID})
	if err != nil {
		return err
	}
	var c fault.Check
	c.That(len(found) == 1, "organisation", "organisation.unknown", "Please choose an organisation from the list.")
	return c.Err()
}

// concernIn writes down whom a breach concerns: everybody who was looked at in the
// period, by the organisation whose access it was, or by anybody.
func concernIn(tx *store.Tx, b Breach) error {
	if err := tx.Where("breach_id = ?", b.ID).Delete(&concerned{}).Error; err != nil {
		return fmt.Errorf("whom a breach concerns: %w", err)
	}
	by, args := "", []any{b.ID, audit.Viewing, b.FromAt, b.ToAt}
	if b.OrganisationID != "" {
		by, args = "AND l.by_organisation = ?", append(args, b.OrganisationID)
	}
	err := tx.Exec(`INSERT INTO breach_people (breach_id, professional_id, looks)
		SELECT ?, p.id, count(*) FROM ledger l JOIN professionals p ON p.id = l.subject
		WHERE l.name = ? AND l.at >= ? AND l.at <= ? AND p.erased_at IS NULL `+by+` GROUP BY p.id`, args...).Error
	if err != nil {
		return fmt.Errorf("whom a breach concerns: %w", err)
	}
	return nil
}

func breachViewIn(tx *store.Tx, who identity.Actor, b Breach) (BreachView, error) {
	all, err := breachViewsIn(tx, who, []Breach{b})
	if err != nil {
		return BreachView{}, err
	}
	return all[0], nil
}

// breachViewsIn adds names and counts; nobody's name is among them.
func breachViewsIn(tx *store.Tx, who identity.Actor, rows []Breach) ([]BreachView, error) {
	ids, organisations := make([]string, len(rows)), []string{}
	for i, b := range rows {
		ids[i] = b.ID
		if b.OrganisationID != "" {
			organisations = append(organisations, b.OrganisationID)
		}
	}
	named, err := identity.OrganisationsIn(tx, organisations)
	if err != nil {
		return nil, err
	}
	var counts []struct {
		BreachID       string
		Found, Reached int
	}
	err = tx.Raw(`SELECT b.breach_id, count(*) AS found, count(p.user_id) AS reached FROM breach_people b JOIN professionals p ON p.id = b.professional_id
		WHERE b.breach_id IN ? GROUP BY b.breach_id`, append(ids, "")).Scan(&counts).Error
	if err != nil {
		return nil, fmt.Errorf("count whom breaches concern: %w", err)
	}
	views := make([]BreachView, len(rows))
	for i, b := range rows {
		views[i] = BreachView{Breach: b, Organisation: named[b.OrganisationID].Name, Now: tx.Now}
		for _, n := range counts {
			if n.BreachID == b.ID {
				views[i].Found, views[i].Reached = n.Found, n.Reached
			}
		}
		may := who.Is(identity.Administrator) && b.ClosedAt == nil
		views[i].Can = BreachCan{Revise: may, TellAuthority: may && b.AuthorityToldAt == nil, TellPeople: may && b.PeopleToldAt == nil,
			Close: may && b.Measures != "" && (b.Risk == "none" || b.AuthorityToldAt != nil) && (b.Risk != "high" || b.PeopleToldAt != nil)}
	}
	return views, nil
}
