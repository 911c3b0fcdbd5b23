// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/lifecycle"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// Ask is a step of the table that somebody wants to take, with what it brings along.
type Ask struct {
	Move   string
	Reason string         // words: a statement, grounds, minutes, what is false
	Code   string         // of ReasonCodes
	Levels []Agreed       // the agreed level of each criterion
	scores map[string]int // of the ranking, by pseudonym
}

// Agreed is the level that a committee agreed on for a criterion.
type Agreed struct {
	Criterion string
	Level     int
}

// past is how the ledger tells of a step.
var past = map[string]string{"submit": "submitted", "admit": "eligible", "exclude": "ineligible", "longlist": "longlisted",
	"dismiss": "not_selected", "assess": "assessed", "recommend": "recommended", "reserve": "reserved", "not_select": "not_selected",
	"call_up": "called_up", "release": "not_selected", "reconsider": "reconsidered", "conclude": "not_selected",
	"ask_review": "review_asked", "uphold": "upheld", "reopen": "reopened", "disqualify": "disqualified"}

// elsewhere are the steps that have roads of their own, or that only the system takes.
var elsewhere = []string{"agree", "lapse", "shortlist", "endorse", "refuse", "no_object", "object", "approve", "offer", "accept", "decline", "expire", "withdraw"}

// Take takes a step of the table, if the actor may, the state allows it and nothing
// that it asks for is missing.
func (s *Service) Take(ctx context.Context, who identity.Actor, candidacyID string, version int, ask Ask) (View, error) {
	if ask.Move == "longlist" {
		if err := s.scoresFor(ctx, who, candidacyID, &ask); err != nil {
			return View{}, err
		}
	}
	return s.changeTo(ctx, who, candidacyID, version, func(tx *store.Tx, c *Candidacy, n needs.Need) (string, error) {
		return s.take(tx, who, c, n, ask)
	})
}

// scoresFor asks the ranking, before the transaction begins, how the person does.
func (s *Service) scoresFor(ctx context.Context, who identity.Actor, candidacyID string, ask *Ask) error {
	view, err := s.Find(ctx, who, candidacyID)
	if err != nil {
		return err
	}
	if !who.Is(identity.Coordinator) {
		return denied
	}
	ranking, err := s.Ranker.Freeze(ctx, who, view.NeedID)
	if err != nil {
		return fmt.Errorf("freeze ranking: %w", err)
	}
	ask.scores = ranking.Scores
	return nil
}

func (s *Service) take(tx *store.Tx, who identity.Actor, c *Candidacy, n needs.Need, ask Ask) (string, error) {
	if !lifecycle.Candidacy.Known(ask.Move) || slices.Contains(elsewhere, ask.Move) {
		return "", fault.New(fault.Conflict, "candidacy.no_step", "There is no such step here.")
	}
	if who.Is(identity.Professional) && !own(who, *c) {
		return "", denied
	}
	d, err := dossierIn(tx, who, *c, n)
	if err != nil {
		return "", err
	}
	if !d.ever(ask.Move) {
		return "", denied
	}
	if ask.Move == "dismiss" && slices.Contains(early, c.State) {
		if who.Is(identity.Coordinator) {
			if err := c.onTo(tx, Longlisted, d.found); err != nil {
				return "", err
			}
		}
	}
	m, begins, may := d.find(ask.Move, *c)
	if !begins {
		return "", fault.New(fault.Conflict, "candidacy.no_step", "This candidacy is %s; that step does not begin there.", c.State.Words())
	}
	if !may {
		return "", denied
	}
	if err := running(n); err != nil {
		return "", err
	}
	if err := ask.check(m); err != nil {
		return "", err
	}
	if lacking := d.lacking(*c, m); len(lacking) > 0 {
		return "", incomplete(lacking)
	}
	return s.effect(tx, who, c, d, m, ask)
}

// onTo leads an application through the rules, and onto the longlist, in the same act
// as what comes after.
func (c *Candidacy) onTo(tx *store.Tx, until State, found []RuleResult) error {
	if c.State == Submitted {
		if err := c.keepRules(found); err != nil {
			return err
		}
		c.State = Eligible
		announce(tx, "candidacy.eligible", *c, Submitted)
	}
	if c.State == Eligible && until == Longlisted {
		c.State = Longlisted
		announce(tx, "candidacy.longlisted", *c, Eligible)
	}
	return nil
}

// longlistIn is onTo for somebody whom the ranking has just found suitable.
func (c *Candidacy) longlistIn(tx *store.Tx, p registry.Profile) error {
	terms, err := needs.TermsIn(tx, []string{c.NeedID})
	if err != nil || len(terms) == 0 {
		return err
	}
	found := []RuleResult{}
	if c.State == Submitted {
		found = RulesOf(p, terms[0], c.PositionID, true, day.Day(tx.Today()))
	}
	return c.onTo(tx, Longlisted, found)
}

// check complains about what a step needs to be told.
func (a Ask) check(m lifecycle.Move) error {
	var c fault.Check
	words := slices.ContainsFunc(m.Evidence, func(e lifecycle.Evidence) bool {
		return slices.Contains([]lifecycle.Evidence{lifecycle.Reason, lifecycle.ReasonCode, lifecycle.Grounds, lifecycle.Minutes, lifecycle.FalseStatement}, e)
	})
	least := 0
	if words {
		least = 1
	}
	c.Length(strings.TrimSpace(a.Reason), "reason", least, mostText)
	if slices.Contains(m.Evidence, lifecycle.ReasonCode) {
		c.That(slices.Contains(ReasonCodes, a.Code), "code", "code.unknown", "Please choose a reason from the list.")
	}
	for i, one := range a.Levels {
		c.That(one.Level >= 1 && one.Level <= 4, fmt.Sprintf("levels[%d].level", i), "level.range", "Please choose one of the four levels; %d is none.", one.Level)
		c.That(id.Valid(one.Criterion), fmt.Sprintf("levels[%d].criterion", i), "criterion.unknown", "This is not a criterion of the need.")
	}
	return c.Err()
}

// effect does what the step is for, and says how the ledger tells of it.
func (s *Service) effect(tx *store.Tx, who identity.Actor, c *Candidacy, d dossier, m lifecycle.Move, ask Ask) (string, error) {
	event, reason := "candidacy."+past[m.Name], strings.TrimSpace(ask.Reason)
	var err error
	switch m.Name {
	case "submit":
		c.SubmittedAt = &tx.Now
		if reason != "" {
			c.Statement = reason
		}
		err = reasoned(c.Statement, "reason")
	case "admit", "exclude":
		err = c.keepRules(d.found)
	case "longlist":
		err = c.scoreIn(tx, ask.scores)
	case "dismiss":
		err = record(tx, who, *c, StepShortlist, Opinion{Reason: reason})
	case "recommend", "reserve", "not_select":
		err = d.concludeIn(tx, who, *c, m, ask)
	case "reconsider":
		c.Round++
	case "ask_review":
		c.ResumesTo = c.State
		err = tx.Create(&Review{ID: id.New(), CandidacyID: c.ID, Round: c.Round, FromState: c.State, Grounds: reason, AskedAt: tx.Now}).Error
	case "uphold", "reopen":
		err = s.reviewIn(tx, who, c, m.Name, reason)
	case "disqualify":
		return s.disqualifyIn(tx, who, c, d, reason)
	}
	if err != nil {
		return "", err
	}
	c.State = State(m.To)
	if slices.Contains(lifecycle.Reviewable, m.To) && m.Name != "uphold" {
		c.ended(ask.Code, tx.Now)
	}
	return event, setDeadline(tx, c, d.need)
}

// scoreIn notes how the ranking has the person.
func (c *Candidacy) scoreIn(tx *store.Tx, scores map[string]int) error {
	var pseudonym string
	if err := tx.Raw(`SELECT pseudonym FROM professionals WHERE id = ?`, c.ProfessionalID).Scan(&pseudonym).Error; err != nil {
		return fmt.Errorf("load pseudonym: %w", err)
	}
	c.Score = scores[pseudonym]
	return nil
}

// concludeIn writes what the committee agreed on.
func (d dossier) concludeIn(tx *store.Tx, who identity.Actor, c Candidacy, m lifecycle.Move, ask Ask) error {
	var check fault.Check
	agreed := map[string]int{}
	for _, one := range ask.Levels {
		agreed[one.Criterion] = one.Level
	}
	for _, criterion := range d.committee.criteria {
		check.That(agreed[criterion.ID] > 0, "levels", "levels.missing", "The committee has to agree on a level for each criterion; there is none for “%s”.", criterion.Label)
	}
	if err := check.Err(); err != nil {
		return err
	}
	levels, err := json.Marshal(agreed)
	if err != nil {
		return fmt.Errorf("write levels: %w", err)
	}
	outcome := map[string]string{"recommend": "recommended", "reserve": "reserve", "not_select": "not_selected"}[m.Name]
	return tx.Create(&Assessment{ID: id.New(), CandidacyID: c.ID, Round: c.Round, Outcome: outcome, Levels: string(levels),
		Minutes: strings.TrimSpace(ask.Reason), ByUser: who.UserID, At: tx.Now}).Error
}

// reviewIn ends a review: the frozen ranking is computed again, and what came out is
// kept beside the reviewer's words.
func (s *Service) reviewIn(tx *store.Tx, who identity.Actor, c *Candidacy, move, words string) error {
	replayed, err := s.replayIn(tx, *c)
	if err != nil {
		return err
	}
	outcome := "upheld"
	if move == "reopen" {
		outcome = "reopened"
	}
	done := tx.Model(&Review{}).Where("candidacy_id = ? AND round = ? AND outcome = ''", c.ID, c.Round).
		Updates(map[string]any{"outcome": outcome, "words": words, "replayed": replayed, "by_user": who.UserID, "decided_at": tx.Now})
	if done.Error != nil {
		return fmt.Errorf("write review: %w", done.Error)
	}
	c.ResumesTo = ""
	if move == "reopen" {
		c.Round++
		c.SnapshotID, c.Profile, c.ReasonCode, c.EndedAt = nil, "", "", nil
	}
	return nil
}

// replayIn computes the ranking again that the choice rested on.
func (s *Service) replayIn(tx *store.Tx, c Candidacy) (string, error) {
	query := tx.Where("need_id = ?", c.NeedID)
	if c.SnapshotID != nil {
		query = tx.Where("id = ?", *c.SnapshotID)
	}
	var found []Snapshot
	if err := query.Order("taken_at DESC, id DESC").Limit(1).Find(&found).Error; err != nil {
		return "", fmt.Errorf("load snapshot: %w", err)
	}
	if len(found) == 0 || s.Replayer == nil {
		return "none", nil
	}
	if !found[0].Intact() {
		return "differs", nil
	}
	return s.Replayer.Replay([]byte(found[0].Body))
}

// disqualifyIn is two people's: the first says what is false, and the person has seven
// days to reply; the second agrees.
func (s *Service) disqualifyIn(tx *store.Tx, who identity.Actor, c *Candidacy, d dossier, evidence string) (string, error) {
	if d.doubt == nil {
		until := tx.Now.AddDate(0, 0, replyDays)
		return "candidacy.doubted", tx.Create(&Disqualification{ID: id.New(), CandidacyID: c.ID, Evidence: evidence, ProposedBy: who.UserID,
			ProposedAt: tx.Now, ReplyBy: until}).Error
	}
	err := tx.Model(&Disqualification{}).Where("id = ? AND outcome = ''", d.doubt.ID).
		Updates(map[string]any{"outcome": "confirmed", "decided_by": who.UserID, "decided_at": tx.Now}).Error
	c.State = Disqualified
	c.ended(ReasonOther, tx.Now)
	return "candidacy.disqualified", err
}

// Reply is the person's answer to what may disqualify them.
func (s *Service) Reply(ctx context.Context, who identity.Actor, candidacyID string, version int, words string) (View, error) {
	return s.change(ctx, who, candidacyID, version, "candidacy.replied", func(tx *store.Tx, c *Candidacy, _ needs.Need) error {
		if !own(who, *c) {
			return denied
		}
		if err := reasoned(words, "reason"); err != nil {
			return err
		}
		done := tx.Model(&Disqualification{}).Where("candidacy_id = ? AND outcome = '' AND replied_at IS NULL", c.ID).
			Updates(map[string]any{"reply": strings.TrimSpace(words), "replied_at": tx.Now})
		if done.Error == nil && done.RowsAffected == 0 {
			return fault.New(fault.Conflict, "candidacy.no_doubt", "There is nothing to reply to, or you have replied already.")
		}
		return done.Error
	})
}

// Drop lets a doubt go: the candidacy stands as it stood.
func (s *Service) Drop(ctx context.Context, who identity.Actor, candidacyID string, version int, reason string) (View, error) {
	return s.change(ctx, who, candidacyID, version, "candidacy.doubt_dropped", func(tx *store.Tx, c *Candidacy, _ needs.Need) error {
		if !who.Is(identity.Coordinator) {
			return denied
		}
		if err := reasoned(reason, "reason"); err != nil {
			return err
		}
		done := tx.Model(&Disqualification{}).Where("candidacy_id = ? AND outcome = ''", c.ID).
			Updates(map[string]any{"outcome": "dropped", "decided_by": who.UserID, "decided_at": tx.Now})
		if done.Error == nil && done.RowsAffected == 0 {
			return fault.New(fault.Conflict, "candidacy.no_doubt", "There is no open doubt about this candidacy.")
		}
		return done.Error
	})
}
