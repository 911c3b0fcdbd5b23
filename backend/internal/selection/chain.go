// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm/clause"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/store"
)

// What follows when nobody decides in time. Neither is a yes: the candidacy stays
// where it is (lifecycles: a silence rule escalates and never agrees).
const (
	SilenceEscalates = "escalate" // the coordinators are told
	SilenceReminds   = "remind"   // whoever decides is told, again every week
)

// Link is one of the three decisions, as a programme wants it taken.
type Link struct {
	Step    Step
	Days    int  // to decide in, 1 to 90
	Working bool // the days are working days: Saturdays and Sundays do not count
	Silence string
	People  []Approver // who may decide; none: any officer of the side
}

// Approver is an officer who may be named at a step.
type Approver struct {
	UserID       string
	Name         string
	Organisation string
}

// Chain is how a programme decides about a person: host, ministry, coordinator. It is
// never changed, only followed by a newer version; a candidacy keeps the one that
// stood when it began.
type Chain struct {
	ProgrammeID string
	Version     int // 1 is the usual chain, of a programme that has set none
	Links       []Link
	By          string     // the name of whoever set it
	At          *time.Time // when; nil for the usual one
	Candidates  map[Step][]Approver
}

// usualDays is what each side has where a programme has set nothing, in calendar days.
const usualDays = 10

// mostNamed is how many officers may be named at a step.
const mostNamed = 20

func usualChain(programmeID string) Chain {
	c := Chain{ProgrammeID: programmeID, Version: 1}
	for _, step := range three {
		c.Links = append(c.Links, Link{Step: step, Days: usualDays, Silence: SilenceEscalates})
	}
	return c
}

// link returns the step of the chain at which a candidacy waits, if it waits for one.
func (c Chain) link(s State) (Link, bool) {
	at := slices.IndexFunc(c.Links, func(l Link) bool { return l.Step == stepAt[s] })
	if at < 0 {
		return Link{}, false
	}
	return c.Links[at], true
}

// stepAt is the decision that a candidacy waits for in a state.
var stepAt = map[State]Step{Shortlisted: StepEndorsement, Recommended: StepEndorsement, HostEndorsed: StepNoObjection, NoObjection: StepApproval}

// until is when the decision is late that is asked for now.
func (l Link) until(now time.Time) time.Time {
	if l.Working {
		return workingDays(now, l.Days)
	}
	return now.AddDate(0, 0, l.Days)
}

// setDeadline says until when the next decision is due, by the candidacy's own chain.
func setDeadline(tx *store.Tx, c *Candidacy, n needs.Need) error {
	chain, err := chainIn(tx, n.ProgrammeID, c.ChainVersion)
	if err != nil {
		return err
	}
	c.DecideBy, c.EscalatedAt = nil, nil
	if l, waits := chain.link(c.State); waits {
		until := l.until(tx.Now)
		c.DecideBy = &until
	}
	return nil
}

// newestIn returns the version of a programme's chain that stands now.
func newestIn(tx *store.Tx, programmeID string) (int, error) {
	var version int
	err := tx.Raw(`SELECT COALESCE(MAX(version), 1) FROM approval_chains WHERE programme_id = ?`, programmeID).Scan(&version).Error
	if err != nil {
		return 0, fmt.Errorf("load the version of a chain: %w", err)
	}
	return version, nil
}

// chainIn returns a version of a programme's chain.
func chainIn(tx *store.Tx, programmeID string, version int) (Chain, error) {
	c := usualChain(programmeID)
	if version <= 1 {
		return c, nil
	}
	var set []struct {
		Name string
		At   time.Time
	}
	err := tx.Raw(`SELECT COALESCE(u.name, '') AS name, c.at FROM approval_chains c LEFT JOIN users u ON u.id = c.by_user
		WHERE c.programme_id = ? AND c.version = ?`, programmeID, version).Scan(&set).Error
	if err != nil || len(set) == 0 {
		return c, fmt.Errorf("load version %d of a chain: %w", version, err)
	}
	c.Version, c.By, c.At = version, set[0].Name, &set[0].At
	var rows []struct {
		Step    Step
		Days    int
		Working bool
		Silence string
	}
	err = tx.Raw(`SELECT step, days, working, silence FROM approval_steps WHERE programme_id = ? AND version = ?`, programmeID, version).Scan(&rows).Error
	if err != nil {
		return c, fmt.Errorf("load the steps of a chain: %w", err)
	}
	var people []struct {
		Step         Step
		UserID, Name string
	}
	err = tx.Raw(`SELECT p.step, p.user_id, u.name FROM approval_people p JOIN users u ON u.id = p.user_id
		WHERE p.programme_id = ? AND p.version = ? ORDER BY u.name, u.id`, programmeID, version).Scan(&people).Error
	if err != nil {
		return c, fmt.Errorf("load who decides: %w", err)
	}
	for i := range c.Links {
		for _, r := range rows {
			if r.Step == c.Links[i].Step {
				c.Links[i].Days, c.Links[i].Working, c.Links[i].Silence = r.Days, r.Working, r.Silence
			}
		}
		for _, p := range people {
			if p.Step == c.Links[i].Step {
				c.Links[i].People = append(c.Links[i].People, Approver{UserID: p.UserID, Name: p.Name})
			}
		}
	}
	return c, nil
}

// sides are the roles that decide at a step.
var sides = map[Step]identity.Role{StepEndorsement: identity.Host, StepNoObjection: identity.Ministry, StepApproval: identity.Coordinator}

// candidatesIn lists who may be named at each step.
func candidatesIn(tx *store.Tx, programmeID string) (map[Step][]Approver, error) {
	all := map[Step][]Approver{}
	for _, step := range three {
		var found []Approver
		err := tx.Raw(`SELECT DISTINCT u.id AS user_id, u.name, o.name AS organisation FROM memberships m JOIN users u ON u.id = m.user_id AND u.state = 'active'
			JOIN organisations o ON o.id = m.organisation_id AND o.state = 'APPROVED'
			WHERE m.programme_id = ? AND m.role = ? AND m.state = 'confirmed' ORDER BY o.name, u.name, u.id LIMIT 500`, programmeID, sides[step]).Scan(&found).Error
		if err != nil {
			return nil, fmt.Errorf("load officers: %w", err)
		}
		all[step] = found
	}
	return all, nil
}

// ChainOf returns the chain of the acting programme that stands now, and who may be
// named in it.
func (s *Service) ChainOf(ctx context.Context, who identity.Actor) (Chain, error) {
	if !who.Is(identity.Coordinator) {
		return Chain{}, missing
	}
	var c Chain
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		version, err := newestIn(tx, who.ProgrammeID)
		if err != nil {
			return err
		}
		c, err = shownIn(tx, who, version)
		return err
	})
	return c, err
}

// shownIn is a chain with who may be named in it.
func shownIn(tx *store.Tx, who identity.Actor, version int) (Chain, error) {
	c, err := chainIn(tx, who.ProgrammeID, version)
	if err != nil {
		return c, err
	}
	c.Candidates, err = candidatesIn(tx, who.ProgrammeID)
	return c, err
}

// SetChain says how the acting programme decides from now on. Candidacies that are
// under way keep the chain that they began with.
func (s *Service) SetChain(ctx context.Context, who identity.Actor, version int, links []Link) (Chain, error) {
	if !who.Is(identity.Coordinator) {
		return Chain{}, missing
	}
	var c Chain
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		newest, err := newestIn(tx, who.ProgrammeID)
		if err != nil {
			return err
		}
		if newest != version {
			return stale
		}
		candidates, err := candidatesIn(tx, who.ProgrammeID)
		if err != nil {
			return err
		}
		if err := checkLinks(links, candidates); err != nil {
			return err
		}
		if err := writeChain(tx, who, version+1, links); err != nil {
			return err
		}
		tx.Emit("programme.approval_chain_set", who.ProgrammeID, store.Details{"version": version + 1})
		c, err = shownIn(tx, who, version+1)
		return err
	})
	return c, err
}

// checkLinks complains about a chain that cannot be meant.
func checkLinks(links []Link, candidates map[Step][]Approver) error {
	var c fault.Check
	c.That(len(links) == len(three), "steps", "chain.steps", "A chain has three steps, in this order: host_endorsement, no_objection, approval.")
	for i, l := range links {
		at := fmt.Sprintf("steps[%d].", i)
		c.That(i < len(three) && l.Step == three[i], at+"step", "chain.order", "A chain has three steps, in this order: host_endorsement, no_objection, approval.")
		c.That(l.Days >= 1 && l.Days <= 90, at+"days", "number.range", "Please give a number from %d to %d.", 1, 90)
		c.That(l.Silence == SilenceEscalates || l.Silence == SilenceReminds, at+"silence", "silence.unknown", "Please choose escalate or remind. Silence is never a yes.")
		c.That(len(l.People) <= mostNamed, at+"approvers", "chain.many", "Please name at most %d people.", mostNamed)
		seen := map[string]bool{}
		for j, p := range l.People {
			known := slices.ContainsFunc(candidates[l.Step], func(a Approver) bool { return a.UserID == p.UserID })
			c.That(known && !seen[p.UserID], fmt.Sprintf("%sapprovers[%d]", at, j), "chain.no_officer", "Please name each officer of this side once.")
			seen[p.UserID] = true
		}
	}
	return c.Err()
}

// writeChain writes a version; whoever wrote it at the same moment was faster.
func writeChain(tx *store.Tx, who identity.Actor, version int, links []Link) error {
	row := map[string]any{"programme_id": who.ProgrammeID, "version": version, "by_user": who.UserID, "at": tx.Now}
	done := tx.Table("approval_chains").Clauses(clause.OnConflict{DoNothing: true}).Create(row)
	if done.Error == nil && done.RowsAffected == 0 {
		return stale
	}
	if done.Error != nil {
		return fmt.Errorf("write chain: %w", done.Error)
	}
	for _, l := range links {
		step := map[string]any{"programme_id": who.ProgrammeID, "version": version, "step": l.Step, "days": l.Days, "working": l.Working, "silence": l.Silence}
		if err := tx.Table("approval_steps").Create(step).Error; err != nil {
			return fmt.Errorf("write a step: %w", err)
		}
		for _, p := range l.People {
			person := map[string]any{"programme_id": who.ProgrammeID, "version": version, "step": l.Step, "user_id": p.UserID}
			if err := tx.Table("approval_people").Create(person).Error; err != nil {
				return fmt.Errorf("write who decides: %w", err)
			}
		}
	}
	return nil
}

// namedJoins joins, to candidacies and their needs n, the people p whom the chain names
// for what is waited for; namedSides leaves those who still hold the office on that side.
const (
	namedJoins = `JOIN approval_people p ON p.programme_id = n.programme_id AND p.version = candidacies.chain_version AND p.step = CASE candidacies.state
			WHEN 'SHORTLISTED' THEN 'host_endorsement' WHEN 'RECOMMENDED' THEN 'host_endorsement' WHEN 'HOST_ENDORSED' THEN 'no_objection'
			WHEN 'NO_OBJECTION' THEN 'approval' ELSE '' END
		JOIN users u ON u.id = p.user_id AND u.state = 'active'
		JOIN memberships m ON m.user_id = p.user_id AND m.programme_id = n.programme_id AND m.state = 'confirmed'
		JOIN organisations o ON o.id = m.organisation_id AND o.state = 'APPROVED'`
	namedSides = `(p.step = 'host_endorsement' AND m.role = 'host' AND o.id = n.organisation_id
		OR p.step = 'no_objection' AND m.role = 'ministry' AND o.country = n.country OR p.step = 'approval' AND m.role = 'coordinator')`
	namedOf = `SELECT p.user_id FROM needs n ` + namedJoins + ` WHERE n.id = candidacies.need_id AND ` + namedSides
)

// NamedIn returns, by candidacy, the officers whom its chain names for the decision
// that it waits for, as far as they still hold the office on that side. A candidacy
// without an entry is for any officer of the side to decide: nobody waits for
// somebody who has left.
func NamedIn(tx *store.Tx, ids []string) (map[string][]Approver, error) {
	named := map[string][]Approver{}
	for part := range slices.Chunk(ids, batch) {
		var rows []struct{ ID, UserID, Name string }
		err := tx.Raw(`SELECT DISTINCT candidacies.id, p.user_id, u.name FROM candidacies JOIN needs n ON n.id = candidacies.need_id `+namedJoins+`
			WHERE candidacies.id IN ? AND `+namedSides+` ORDER BY u.name, p.user_id`, part).Scan(&rows).Error
		if err != nil {
			return nil, fmt.Errorf("load who is named: %w", err)
		}
		for _, r := range rows {
			named[r.ID] = append(named[r.ID], Approver{UserID: r.UserID, Name: r.Name})
		}
	}
	return named, nil
}

// SilenceIn returns what follows when nobody decides in time about a candidacy.
func SilenceIn(tx *store.Tx, candidacyID string) (string, error) {
	var rows []struct {
		State        State
		ProgrammeID  string
		ChainVersion int
	}
	err := tx.Raw(`SELECT c.state, n.programme_id, c.chain_version FROM candidacies c JOIN needs n ON n.id = c.need_id WHERE c.id = ?`, candidacyID).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return "", err
	}
	chain, err := chainIn(tx, rows[0].ProgrammeID, rows[0].ChainVersion)
	l, _ := chain.link(rows[0].State)
	return l.Silence, err
}

// isNamed tells whether the office that the actor acts in is one of those named; where
// nobody is, every office of the side is.
func isNamed(who identity.Actor, named []Approver) bool {
	return len(named) == 0 || slices.ContainsFunc(named, func(a Approver) bool { return a.UserID == who.Office() })
}

// theNamed refuses whoever is not named for the decision that a candidacy waits for.
func theNamed(tx *store.Tx, who identity.Actor, c Candidacy) error {
	named, err := NamedIn(tx, []string{c.ID})
	if err != nil || isNamed(who, named[c.ID]) {
		return err
	}
	return fault.New(fault.Conflict, "decision.not_named", "The programme names who decides here: %s. They, or a colleague who acts for them, have to.",
		joined(each(named[c.ID], func(a Approver) string { return a.Name })))
}
