// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/store"
)

// TeamState is where a team stands. What becomes of its members stands with each of
// them.
type TeamState string

// The states of a team.
const (
	Forming TeamState = "FORMING" // members are asked; nobody but the association and they know
	Applied TeamState = "APPLIED"
)

// Team is several professionals who stand for one need together (feature 30). Each
// member is a candidacy with its own yes and its own outcome, so that whoever drops out
// stops nobody else.
type Team struct {
	ID             string
	NeedID         string
	OrganisationID string // the association that formed it
	Name           string
	Statement      string
	State          TeamState
	CreatedBy      string
	AppliedAt      *time.Time
	Version        int
	CreatedAt      time.Time
	UpdatedAt      time.Time
}

// TeamView is a team as one reader may see it.
type TeamView struct {
	Team
	Need        needs.Need
	Association string
	Positions   []needs.Position
	Members     []View // those whom the reader may see
	Can         TeamCan
	Outcomes    []Outcome // of the step that was just taken, member by member
}

// TeamCan says what the reader may do with a team next.
type TeamCan struct{ Add, Apply, Shortlist, Endorse, Object, Approve bool }

// Outcome is what became of one member at a step of the team.
type Outcome struct {
	CandidacyID string
	Pseudonym   string
	Outcome     string // "done", "failed"
	Code        string // why not
	Message     string
}

// TeamForm is a team as an association puts it together.
type TeamForm struct {
	Name      string
	Statement string
	Members   []Nomination // the statement is the reason of each
}

// TeamStep is a step that is taken for all members of a team at once.
type TeamStep struct {
	Step     string // "apply", "shortlist", "endorse", "no_objection", "approve"
	Decision string // "yes", "no": of the last three
	Reason   string
	Balance  string // why a shortlist is one-sided all the same
}

const (
	leastMembers = 2
	mostTeam     = 100
	mostName     = 200
)

var teamMissing = fault.New(fault.Missing, "team.missing", "There is no such team, or it is not open to you.")

var teamDenied = fault.New(fault.Denied, "team.denied", "You may see this team, but this step is for somebody else to take.")

// FormTeam puts a team together: each member is asked, and nobody else learns of it
// before the team applies. It is a nomination of each, with the same rules.
func (s *Service) FormTeam(ctx context.Context, who identity.Actor, needRef string, form TeamForm) (TeamView, error) {
	var view TeamView
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		n, err := needs.FindIn(tx, who, needRef)
		if err != nil {
			return err
		}
		if !who.Is(identity.Association) {
			return teamMissing
		}
		if err := openFor(n, day.Day(tx.Today())); err != nil {
			return err
		}
		if err := form.check(); err != nil {
			return err
		}
		t := Team{ID: id.New(), NeedID: n.ID, OrganisationID: who.OrganisationID, Name: strings.TrimSpace(form.Name), Statement: strings.TrimSpace(form.Statement),
			State: Forming, CreatedBy: who.UserID, Version: 1, CreatedAt: tx.Now, UpdatedAt: tx.Now}
		res := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&t)
		if res.Error != nil {
			return fmt.Errorf("write team: %w", res.Error)
		}
		if res.RowsAffected == 0 {
			return fault.New(fault.Conflict, "team.exists", "Your association has a team of this name for the need already. Please add to it, or choose another name.")
		}
		tx.Emit("team.formed", t.ID, store.Details{"need": n.ID, "members": len(form.Members)})
		if err := s.ask(tx, who, n, t, form.Members); err != nil {
			return err
		}
		view, err = teamViewIn(tx, who, t)
		return err
	})
	return view, err
}

// check complains about a team that cannot be meant.
func (f TeamForm) check() error {
	var c fault.Check
	c.Length(strings.TrimSpace(f.Name), "name", 1, mostName)
	c.Length(strings.TrimSpace(f.Statement), "statement", 1, mostText)
	c.That(len(f.Members) >= 1 && len(f.Members) <= mostTeam, "members", "team.members", "Please name from 1 to %d members; this names %d.", mostTeam, len(f.Members))
	return c.Err()
}

// ask nominates the members of a team; each answers for themselves.
func (s *Service) ask(tx *store.Tx, who identity.Actor, n needs.Need, t Team, members []Nomination) error {
	for i, m := range members {
		m.Reason = t.Statement
		prefix := fmt.Sprintf("members[%d].", i)
		c, err := nominated(tx, who, n, m, prefix)
		if err != nil {
			return err
		}
		c.ID, c.NeedID, c.Round, c.Rules, c.TeamID = id.New(), n.ID, 1, "[]", &t.ID
		c.From, c.To = n.StartsOn, n.EndsOn
		if err := insert(tx, &c); err != nil {
			if fault.HasCode(err, "candidacy.exists") {
				var check fault.Check
				check.That(false, prefix+"professionalId", "candidacy.exists", "There is a candidacy of this person for this need already.")
				return check.Err()
			}
			return err
		}
		announce(tx, "candidacy.nominated", c, "")
	}
	return nil
}

// AddToTeam asks more people into a team that has not applied yet.
func (s *Service) AddToTeam(ctx context.Context, who identity.Actor, teamID string, version int, members []Nomination) (TeamView, error) {
	return s.changeTeam(ctx, who, teamID, version, "team.extended", func(tx *store.Tx, t *Team, n needs.Need) error {
		if !t.mine(who) {
			return teamDenied
		}
		if t.State != Forming {
			return fault.New(fault.Conflict, "team.applied", "This team has applied already. Whoever comes later is nominated or applies by themselves.")
		}
		if err := openFor(n, day.Day(tx.Today())); err != nil {
			return err
		}
		if err := (TeamForm{Name: t.Name, Statement: t.Statement, Members: members}).check(); err != nil {
			return err
		}
		return s.ask(tx, who, n, *t, members)
	})
}

// MoveTeam takes a step for all members of a team. Each goes the road of a single
// candidacy, in a transaction of its own: what stops one stops nobody else, and is said
// of each. A step that was broken off is gone on with by taking it again.
func (s *Service) MoveTeam(ctx context.Context, who identity.Actor, teamID string, version int, step TeamStep) (TeamView, error) {
	if err := step.check(); err != nil {
		return TeamView{}, err
	}
	switch step.Step {
	case "apply":
		return s.applyTeam(ctx, who, teamID, version)
	case "shortlist":
		return s.shortlistTeam(ctx, who, teamID, version, step)
	}
	decide := teamSteps[step.Step]
	view, err := s.changeTeam(ctx, who, teamID, version, "team.decided", func(tx *store.Tx, t *Team, _ needs.Need) error {
		if !who.Is(decide.role) {
			return teamDenied
		}
		waiting, err := membersIn(tx, who, t.ID, decide.from...)
		if err == nil && len(waiting) == 0 {
			err = fault.New(fault.Conflict, "team.nobody_waits", "No member of this team waits for that step.")
		}
		return err
	})
	if err != nil {
		return view, err
	}
	var outcomes []Outcome
	for _, m := range view.Members {
		if !slices.Contains(decide.from, m.State) {
			continue
		}
		_, err := decide.take(s, ctx, who, m.ID, m.Version, Opinion{Yes: step.Decision == "yes", Reason: step.Reason})
		outcomes = append(outcomes, outcomeOf(m, err))
	}
	view, err = s.Team(ctx, who, teamID)
	view.Outcomes = outcomes
	return view, err
}

// check complains about a step that cannot be meant. Nothing is taken for a no that was
// not said.
func (t TeamStep) check() error {
	var c fault.Check
	_, decides := teamSteps[t.Step]
	c.That(decides || t.Step == "apply" || t.Step == "shortlist", "step", "team.no_step", "A team has no such step.")
	least := 1
	if t.Step == "apply" {
		least = 0
	}
	c.Length(strings.TrimSpace(t.Reason), "reason", least, mostText)
	c.That(!decides || t.Decision == "yes" || t.Decision == "no", "decision", "decision.missing", "Please say yes or no.")
	return c.Err()
}

// teamSteps are the decisions about all members at once.
var teamSteps = map[string]struct {
	role identity.Role
	from []State
	take func(*Service, context.Context, identity.Actor, string, int, Opinion) (View, error)
}{
	"endorse":      {identity.Host, []State{Shortlisted, Recommended}, (*Service).Endorse},
	"no_objection": {identity.Ministry, []State{HostEndorsed}, (*Service).Clear},
	"approve":      {identity.Coordinator, []State{NoObjection}, (*Service).Approve},
}

// outcomeOf tells what became of one member.
func outcomeOf(m View, err error) Outcome {
	o := Outcome{CandidacyID: m.ID, Pseudonym: m.Pseudonym, Outcome: "done"}
	if err != nil {
		f := fault.Of(err)
		o.Outcome, o.Code, o.Message = "failed", f.Code, f.Message
		if len(f.Fields) > 0 {
			o.Code, o.Message = f.Fields[0].Code, f.Fields[0].Message
		}
	}
	return o
}

// applyTeam hands a team in, with those who have said yes by now.
func (s *Service) applyTeam(ctx context.Context, who identity.Actor, teamID string, version int) (TeamView, error) {
	return s.changeTeam(ctx, who, teamID, version, "team.applied", func(tx *store.Tx, t *Team, n needs.Need) error {
		if !t.mine(who) {
			return teamDenied
		}
		if t.State != Forming {
			return fault.New(fault.Conflict, "team.applied", "This team has applied already.")
		}
		if err := openFor(n, day.Day(tx.Today())); err != nil {
			return err
		}
		ready, err := membersIn(tx, who, t.ID, early...)
		if err != nil {
			return err
		}
		if len(ready) < leastMembers {
			return fault.New(fault.Conflict, "team.few", "A team is of %d people or more who have said yes; %d have.", leastMembers, len(ready))
		}
		t.State, t.AppliedAt = Applied, &tx.Now
		return nil
	})
}

// shortlistTeam puts the members of a team before the host, in one act and with one
// frozen ranking. However many the programme lets onto a shortlist, a team comes whole;
// whoever may not be shortlisted is said and left out.
func (s *Service) shortlistTeam(ctx context.Context, who identity.Actor, teamID string, version int, step TeamStep) (TeamView, error) {
	before, err := s.Team(ctx, who, teamID)
	if err != nil {
		return before, err
	}
	if !who.Is(identity.Coordinator) {
		return before, teamDenied
	}
	if err := before.Need.Choosable(); err != nil {
		return before, err
	}
	ranking, err := s.Ranker.Freeze(ctx, who, before.NeedID)
	if err != nil {
		return before, fmt.Errorf("freeze ranking: %w", err)
	}
	var outcomes []Outcome
	view, err := s.changeTeam(ctx, who, teamID, version, "team.shortlisted", func(tx *store.Tx, t *Team, n needs.Need) error {
		outcomes = nil
		waiting, err := membersIn(tx, who, t.ID, early...)
		if err != nil {
			return err
		}
		// In the order in which every shortlist holds people.
		slices.SortFunc(waiting, func(a, b Candidacy) int { return cmp.Compare(a.ProfessionalID, b.ProfessionalID) })
		views, err := viewsIn(tx, who, waiting, false)
		if err != nil {
			return err
		}
		var picks []Pick
		for i, m := range views {
			pick := Pick{Pseudonym: m.Pseudonym, From: waiting[i].From, To: waiting[i].To}
			_, err := suitable(tx, n, ranking, []Pick{pick})
			outcomes = append(outcomes, outcomeOf(m, err))
			if err == nil {
				picks = append(picks, pick)
			} else if fault.Of(err).Kind != fault.Invalid {
				return err
			}
		}
		if len(picks) == 0 {
			return fault.New(fault.Conflict, "team.nobody_waits", "No member of this team can be put onto the shortlist now.")
		}
		return s.shortlistIn(tx, who, n.ID, n.Version, ranking, picks, strings.TrimSpace(step.Reason), strings.TrimSpace(step.Balance))
	})
	view.Outcomes = outcomes
	return view, err
}

// openFor refuses what comes when the call is over.
func openFor(n needs.Need, today day.Day) error {
	if n.State != needs.Published || (n.ClosesOn != "" && n.ClosesOn < today) {
		return fault.New(fault.Conflict, "need.not_published", "This need is not open for candidates any more.")
	}
	return nil
}

// changeTeam is the road of every use case on a team: find it, compare the version,
// act, save, announce. The need is locked first, as whoever shortlists does.
func (s *Service) changeTeam(ctx context.Context, who identity.Actor, teamID string, version int, event string,
	act func(*store.Tx, *Team, needs.Need) error) (TeamView, error) {
	var view TeamView
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		t, err := teamIn(tx, who, teamID)
		if err != nil {
			return err
		}
		n, err := needs.LockIn(tx, t.NeedID)
		if err != nil {
			return err
		}
		if t.Version != version {
			return stale
		}
		tx.Emit(event, t.ID, store.Details{"need": t.NeedID})
		if err := act(tx, &t, n); err != nil {
			return err
		}
		t.Version, t.UpdatedAt = version+1, tx.Now
		if err := store.Saved(tx.Model(&Team{}).Where("id = ? AND version = ?", t.ID, version).Select("*").Updates(&t)); err != nil {
			return err
		}
		view, err = teamViewIn(tx, who, t)
		return err
	})
	if err == nil {
		s.shown(who, view.Members, "team")
	}
	return view, err
}
