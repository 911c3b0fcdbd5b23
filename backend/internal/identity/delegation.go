// SPDX-License-Identifier: AGPL-3.0-or-later

package identity

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/store"
)

// Limits of acting for a colleague. An absence that is longer is an appointment.
const (
	longestDelegation = 90  // calendar days, the first and the last counted
	aheadDelegation   = 365 // calendar days from today to the first
	longestReason     = 1000
	mostDelegations   = 100
)

// lenders are the roles whose office may be put into a colleague's hands.
var lenders = []Role{Association, Host, Ministry, Coordinator}

// Delegation puts an officer's office into a colleague's hands for some days: a
// colleague of the same organisation, programme and role, who has to agree. Nobody
// hands on what was lent to them. Whatever is done under it names both.
type Delegation struct {
	ID           string
	MembershipID string // the office
	GiverID      string
	TakerID      string
	StartsAt     time.Time
	EndsAt       time.Time // the first moment after it
	Reason       string
	AcceptedAt   *time.Time
	EndedAt      *time.Time // before its time
	EndedBy      string
	Version      int
	CreatedAt    time.Time
}

// Delegated is a delegation with the names that a screen shows.
type Delegated struct {
	Delegation
	Giver, Taker string
	Organisation Organisation
	Role         Role
	State        string // "offered", "coming", "live", "over"
	Mine         bool   // the reader gave it
}

// First and Last are the days of a delegation.
func (d Delegation) First() day.Day { return day.Of(d.StartsAt) }

// Last is the last day of a delegation.
func (d Delegation) Last() day.Day { return day.Of(d.EndsAt).Add(-1) }

// over tells whether nothing can come of it any more.
func (d Delegation) over(now time.Time) bool { return d.EndedAt != nil || !now.Before(d.EndsAt) }

// state says in one word how it stands.
func (d Delegation) state(now time.Time) string {
	switch {
	case d.over(now):
		return "over"
	case d.AcceptedAt == nil:
		return "offered"
	case now.Before(d.StartsAt):
		return "coming"
	}
	return "live"
}

// inForce is the condition that the delegation d holds at a moment, which is given
// twice: both are still officers of the same side, and the giver's account is open.
const inForce = `d.accepted_at IS NOT NULL AND d.ended_at IS NULL AND d.starts_at <= ? AND d.ends_at > ?
	AND EXISTS (SELECT 1 FROM memberships g JOIN users w ON w.id = g.user_id AND w.state = 'active'
		JOIN memberships t ON t.user_id = d.taker_id AND t.organisation_id = g.organisation_id AND t.programme_id = g.programme_id
			AND t.role = g.role AND t.state = 'confirmed'
		WHERE g.id = d.membership_id AND g.user_id = d.giver_id AND g.state = 'confirmed')`

// Lending is what an officer says who lets a colleague act for them.
type Lending struct {
	TakerID     string
	From, Until day.Day // both counted
	Reason      string
}

// noDelegation is also the answer about what concerns others.
var noDelegation = fault.New(fault.Missing, "delegation.missing", "There is no such delegation, or it is not yours.")

// stale is the answer to whoever acts on an older version.
var stale = fault.New(fault.Stale, "stale",
	"Someone else changed this in the meantime. Reload to see their version, then make your change again.")

// Lend offers the actor's office to a colleague, who has to accept.
func (s *Service) Lend(ctx context.Context, who Actor, l Lending) (Delegated, error) {
	if !who.Is(lenders...) {
		return Delegated{}, noDelegation
	}
	if who.ForUserID != "" {
		return Delegated{}, fault.New(fault.Conflict, "delegation.onward",
			"You are acting for a colleague. Only they can give their office to somebody; go back to your own office to give yours.")
	}
	l.Reason = strings.TrimSpace(l.Reason)
	var out Delegated
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		if err := l.check(tx, who); err != nil {
			return err
		}
		d := Delegation{ID: id.New(), MembershipID: who.MembershipID, GiverID: who.UserID, TakerID: l.TakerID, StartsAt: l.From.Time(),
			EndsAt: l.Until.Add(1).Time(), Reason: l.Reason, Version: 1, CreatedAt: tx.Now}
		if err := alone(tx, d); err != nil {
			return err
		}
		if err := tx.Create(&d).Error; err != nil {
			return fmt.Errorf("write delegation: %w", err)
		}
		d.announce(tx, "delegation.given", who)
		var err error
		out, err = delegatedIn(tx, who, d)
		return err
	})
	return out, err
}

// check complains about what cannot be lent.
func (l Lending) check(tx *store.Tx, who Actor) error {
	var c fault.Check
	c.Length(l.Reason, "reason", 1, longestReason)
	colleagues, err := colleaguesIn(tx, who)
	if err != nil {
		return err
	}
	c.That(slices.ContainsFunc(colleagues, func(u User) bool { return u.ID == l.TakerID }), "takerId", "delegation.no_colleague",
		"Please choose a colleague: somebody else of your organisation who has the same role as you.")
	today := day.Day(tx.Today())
	c.That(l.From.Valid(), "from", "day.malformed", "Please give a day as 2027-03-31.")
	c.That(l.Until.Valid(), "until", "day.malformed", "Please give a day as 2027-03-31.")
	if !l.From.Valid() || !l.Until.Valid() {
		return c.Err()
	}
	c.That(l.From >= today, "from", "delegation.past", "Please choose today or a later day.")
	c.That(l.From <= today.Add(aheadDelegation), "from", "delegation.far", "Please choose a day within a year.")
	c.That(l.Until >= l.From, "until", "delegation.order", "The last day is not before the first.")
	c.That(day.Length(l.From, l.Until) <= longestDelegation, "until", "delegation.long",
		"A colleague can act for you for at most %d days. For longer, ask for somebody to be appointed.", longestDelegation)
	return c.Err()
}

// alone refuses a second delegation of the same office for the same days. Whoever
// writes at the same time waits at the membership, and is told.
func alone(tx *store.Tx, d Delegation) error {
	var m Membership
	if err := tx.Where("id = ?", d.MembershipID).Take(&m).Error; err != nil {
		return err
	}
	var others int64
	err := tx.Model(&Delegation{}).Where("membership_id = ? AND ended_at IS NULL AND starts_at < ? AND ends_at > ?", d.MembershipID, d.EndsAt, d.StartsAt).
		Count(&others).Error
	if err != nil {
		return fmt.Errorf("look for delegations: %w", err)
	}
	if others > 0 {
		return fault.New(fault.Conflict, "delegation.overlap",
			"You have given your office to a colleague for some of these days already. End that first, or choose other days.")
	}
	return store.Saved(tx.Model(&Membership{}).Where("id = ? AND version = ?", m.ID, m.Version).Update("version", m.Version+1))
}

// announce puts a step of a delegation into the ledger.
func (d Delegation) announce(tx *store.Tx, event string, who Actor) {
	tx.Emit(event, d.ID, store.Details{"giver": d.GiverID, "taker": d.TakerID, "membership": d.MembershipID})
}

// Accept is the colleague's yes: from its first day on they may act under it.
func (s *Service) Accept(ctx context.Context, who Actor, delegationID string, version int) (Delegated, error) {
	return s.turn(ctx, who, delegationID, version, "delegation.accepted", func(tx *store.Tx, d *Delegation) error {
		if d.TakerID != who.UserID {
			return fault.New(fault.Denied, "delegation.not_asked", "Only the colleague who was asked can accept.")
		}
		if d.AcceptedAt != nil {
			return fault.New(fault.Conflict, "delegation.accepted", "You have accepted this already.")
		}
		d.AcceptedAt = &tx.Now
		return nil
	})
}

// End ends a delegation at once: the giver takes the office back, or the colleague
// gives it back or does not take it. What was done under it stays.
func (s *Service) End(ctx context.Context, who Actor, delegationID string, version int) (Delegated, error) {
	return s.turn(ctx, who, delegationID, version, "delegation.ended", func(tx *store.Tx, d *Delegation) error {
		d.EndedAt, d.EndedBy = &tx.Now, who.UserID
		return nil
	})
}

// turn is the road of what happens to a delegation.
func (s *Service) turn(ctx context.Context, who Actor, delegationID string, version int, event string, act func(*store.Tx, *Delegation) error) (Delegated, error) {
	var out Delegated
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		d, err := delegationIn(tx, who, delegationID)
		if err != nil {
			return err
		}
		if d.Version != version {
			return stale
		}
		if d.over(tx.Now) {
			return fault.New(fault.Conflict, "delegation.over", "This delegation is over. Reload to see it.")
		}
		if err := act(tx, &d); err != nil {
			return err
		}
		d.Version++
		if err := store.Saved(tx.Model(&d).Where("version = ?", version).Select("*").Updates(&d)); err != nil {
			return err
		}
		d.announce(tx, event, who)
		out, err = delegatedIn(tx, who, d)
		return err
	})
	return out, err
}

// delegationIn finds a delegation that the person gave or was asked to take.
func delegationIn(tx *store.Tx, who Actor, delegationID string) (Delegation, error) {
	var found []Delegation
	err := tx.Where("id = ? AND (giver_id = ? OR taker_id = ?)", delegationID, who.UserID, who.UserID).Find(&found).Error
	if err != nil {
		return Delegation{}, fmt.Errorf("load delegation: %w", err)
	}
	if len(found) == 0 {
		return Delegation{}, noDelegation
	}
	return found[0], nil
}

// FindDelegation returns a delegation that the person gave or was asked to take.
func (s *Service) FindDelegation(ctx context.Context, who Actor, delegationID string) (Delegated, error) {
	var out Delegated
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		d, err := delegationIn(tx, who, delegationID)
		if err == nil {
			out, err = delegatedIn(tx, who, d)
		}
		return err
	})
	return out, err
}

// Delegations lists what the person gave and was asked to take, the newest first.
func (s *Service) Delegations(ctx context.Context, who Actor) ([]Delegated, error) {
	out := []Delegated{}
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		var found []Delegation
		err := tx.Where("giver_id = ? OR taker_id = ?", who.UserID, who.UserID).Order("created_at DESC, id DESC").Limit(mostDelegations).Find(&found).Error
		if err != nil {
			return fmt.Errorf("load delegations: %w", err)
		}
		out, err = delegatedAllIn(tx, who, found)
		return err
	})
	return out, err
}

// DelegatedIn returns a delegation, whoever asks: for what both are told.
func DelegatedIn(tx *store.Tx, delegationID string) (Delegated, bool, error) {
	var found []Delegation
	if err := tx.Where("id = ?", delegationID).Find(&found).Error; err != nil || len(found) == 0 {
		return Delegated{}, false, err
	}
	d, err := delegatedIn(tx, Actor{}, found[0])
	return d, err == nil, err
}

// delegatedIn adds the names to a delegation.
func delegatedIn(tx *store.Tx, who Actor, d Delegation) (Delegated, error) {
	all, err := delegatedAllIn(tx, who, []Delegation{d})
	if err != nil {
		return Delegated{}, err
	}
	return all[0], nil
}

func delegatedAllIn(tx *store.Tx, who Actor, found []Delegation) ([]Delegated, error) {
	out := make([]Delegated, 0, len(found))
	var people, offices []string
	for _, d := range found {
		people, offices = append(people, d.GiverID, d.TakerID), append(offices, d.MembershipID)
	}
	names, err := UserNamesIn(tx, people)
	if err != nil {
		return nil, err
	}
	var memberships []Membership
	if err := tx.Where("id IN ?", append(offices, "")).Find(&memberships).Error; err != nil {
		return nil, fmt.Errorf("load offices: %w", err)
	}
	byID := map[string]Membership{}
	var organisations []string
	for _, m := range memberships {
		byID[m.ID] = m
		organisations = append(organisations, m.OrganisationID)
	}
	named, err := OrganisationsIn(tx, organisations)
	if err != nil {
		return nil, err
	}
	for _, d := range found {
		m := byID[d.MembershipID]
		out = append(out, Delegated{Delegation: d, Giver: names[d.GiverID], Taker: names[d.TakerID], Organisation: named[m.OrganisationID],
			Role: m.Role, State: d.state(tx.Now), Mine: d.GiverID == who.UserID})
	}
	return out, nil
}

// Colleagues lists who could act for the actor: other officers of the same
// organisation, programme and role.
func (s *Service) Colleagues(ctx context.Context, who Actor) ([]User, error) {
	var out []User
	if !who.Is(lenders...) {
		return nil, noDelegation
	}
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		out, err = colleaguesIn(tx, who)
		return err
	})
	return out, err
}

func colleaguesIn(tx *store.Tx, who Actor) ([]User, error) {
	var out []User
	err := tx.Raw(`SELECT u.id, u.name FROM memberships m JOIN users u ON u.id = m.user_id AND u.state = 'active' AND u.unconfirmed = ?
		WHERE m.organisation_id = ? AND m.programme_id = ? AND m.role = ? AND m.state = 'confirmed' AND u.id <> ? ORDER BY u.name, u.id LIMIT 200`,
		false, who.OrganisationID, who.ProgrammeID, who.Role, who.UserID).Scan(&out).Error
	if err != nil {
		return nil, fmt.Errorf("load colleagues: %w", err)
	}
	return out, nil
}

// ActUnder lets the session act for the colleague whose office the delegation lends.
func (s *Service) ActUnder(ctx context.Context, who Actor, token, delegationID string) error {
	return s.DB.Keep(ctx, func(tx *store.Tx) error {
		live, err := liveIn(tx, who.UserID)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(live, func(d Delegation) bool { return d.ID == delegationID })
		if at < 0 {
			return fault.New(fault.Missing, "delegation.not_live", "You cannot act for this colleague now: it has not begun, or it is over.")
		}
		// When it ends, the session goes on in the person's own office of the same organisation.
		var own []string
		err = tx.Raw(`SELECT t.id FROM memberships g JOIN memberships t ON t.organisation_id = g.organisation_id AND t.programme_id = g.programme_id
			AND t.role = g.role AND t.state = 'confirmed' WHERE g.id = ? AND t.user_id = ?`, live[at].MembershipID, who.UserID).Scan(&own).Error
		if err != nil {
			return fmt.Errorf("find the own office: %w", err)
		}
		if len(own) == 0 { // revoked since
			return noDelegation
		}
		return actIn(tx, who, token, &own[0], &delegationID)
	})
}

// liveIn returns the delegations under which a user may act now, the first to end first.
func liveIn(tx *store.Tx, takerID string) ([]Delegation, error) {
	var found []Delegation
	err := tx.Raw(`SELECT d.* FROM delegations d WHERE d.taker_id = ? AND `+inForce+` ORDER BY d.ends_at, d.id`, takerID, tx.Now, tx.Now).Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("load delegations: %w", err)
	}
	return found, nil
}

// DeputiesIn returns who may act now for one of the officers.
func DeputiesIn(tx *store.Tx, givers []string) ([]string, error) {
	var found []string
	err := tx.Raw(`SELECT DISTINCT d.taker_id FROM delegations d WHERE d.giver_id IN ? AND `+inForce, append(givers, ""), tx.Now, tx.Now).Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("load who acts for officers: %w", err)
	}
	return found, nil
}

// LentIn returns for whom a user may act now, by identifier, with the names.
func LentIn(tx *store.Tx, takerID string) (map[string]string, error) {
	live, err := liveIn(tx, takerID)
	if err != nil || len(live) == 0 {
		return nil, err
	}
	var givers []string
	for _, d := range live {
		givers = append(givers, d.GiverID)
	}
	return UserNamesIn(tx, givers)
}

// ActedForIn tells whether somebody did one of the named things to the subject in the
// name of one of those who act here: what a colleague did for me counts as mine where
// two people must be different. The ledger is asked, since it names both.
func ActedForIn(tx *store.Tx, who Actor, subject string, events ...string) (bool, error) {
	for _, person := range who.Persons() {
		var n int64
		err := tx.Raw(`SELECT count(*) FROM ledger WHERE subject = ? AND name IN ? AND details LIKE ?`, subject, events,
			`%"`+store.ActingFor+`":"`+person+`"%`).Scan(&n).Error
		if err != nil {
			return false, fmt.Errorf("ask the ledger who acted for whom: %w", err)
		}
		if n > 0 {
			return true, nil
		}
	}
	return false, nil
}
