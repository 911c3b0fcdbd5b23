// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm/clause"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/store"
)

// Opinion is a yes or a no with its reason.
type Opinion struct {
	Yes    bool
	Reason string
}

// judgements are the three decisions.
var judgements = []judgement{
	{step: StepEndorsement, role: identity.Host, move: (*Candidacy).Endorse, yes: "candidacy.host_endorsed", no: "candidacy.not_selected"},
	{step: StepNoObjection, role: identity.Ministry, move: (*Candidacy).Clear, yes: "candidacy.no_objection", no: "candidacy.objected"},
	{step: StepApproval, role: identity.Coordinator, move: (*Candidacy).Approve, yes: "candidacy.offered", no: "candidacy.not_selected"},
}

// Endorse is the host's decision about a person on its shortlist.
func (s *Service) Endorse(ctx context.Context, who identity.Actor, candidacyID string, version int, o Opinion) (View, error) {
	return s.decide(ctx, who, candidacyID, version, o, judgements[0])
}

// Clear is the ministry's decision: no objection, or an objection.
func (s *Service) Clear(ctx context.Context, who identity.Actor, candidacyID string, version int, o Opinion) (View, error) {
	return s.decide(ctx, who, candidacyID, version, o, judgements[1])
}

// Approve is the coordinator's decision; a yes is at once an offer to the person.
func (s *Service) Approve(ctx context.Context, who identity.Actor, candidacyID string, version int, o Opinion) (View, error) {
	return s.decide(ctx, who, candidacyID, version, o, judgements[2])
}

// Dismiss ends an application that does not come onto the shortlist; the reason
// is kept (feature 63). One that nobody has looked at yet goes through the rules and
// the longlist in the same act.
func (s *Service) Dismiss(ctx context.Context, who identity.Actor, candidacyID string, version int, reason string) (View, error) {
	return s.Take(ctx, who, candidacyID, version, Ask{Move: "dismiss", Reason: reason, Code: ReasonOther})
}

// judgement is a step about to be taken.
type judgement struct {
	step    Step
	role    identity.Role
	move    func(*Candidacy, bool) error
	yes, no string                           // the events
	also    func(*store.Tx, Candidacy) error // what happens with it; may be nil
}

// decide takes one of the steps that a candidacy needs.
func (s *Service) decide(ctx context.Context, who identity.Actor, candidacyID string, version int, o Opinion, j judgement) (View, error) {
	event := j.no
	if o.Yes {
		event = j.yes
	}
	return s.change(ctx, who, candidacyID, version, event, func(tx *store.Tx, c *Candidacy, n needs.Need) error {
		if !who.Is(j.role) {
			return denied
		}
		if err := running(n); err != nil {
			return err
		}
		if err := theNamed(tx, who, *c); err != nil {
			return err
		}
		if j.also != nil {
			if err := j.also(tx, *c); err != nil {
				return err
			}
		}
		was := c.State
		if err := j.move(c, o.Yes); err != nil {
			return err
		}
		if err := reasoned(o.Reason, "reason"); err != nil {
			return err
		}
		if j.step == StepEndorsement && was == Shortlisted {
			if err := withoutCommittee(tx, n); err != nil {
				return err
			}
		}
		if j.step == StepApproval {
			if err := notScorer(tx, who, *c); err != nil {
				return err
			}
		}
		if j.step == StepEndorsement && o.Yes {
			if err := ownDays(*c, n); err != nil {
				return err
			}
		}
		if o.Yes {
			if err := stillShown(tx, c.ProfessionalID); err != nil {
				return err
			}
		}
		if c.State == NotSelected {
			c.ended(ReasonOther, tx.Now)
		}
		if err := record(tx, who, *c, j.step, o); err != nil {
			return err
		}
		if err := setDeadline(tx, c, n); err != nil {
			return err
		}
		return offerIn(tx, c)
	})
}

// ownDays asks that somebody who is to be a leg of a relay is given their days.
func ownDays(c Candidacy, n needs.Need) error {
	if !n.Relay || c.From != n.StartsOn || c.To != n.EndsOn {
		return nil
	}
	return fault.New(fault.Conflict, "candidacy.stay_missing",
		"This need is covered by several people one after the other. Please say first from when to when this person comes.")
}

// offerIn turns an approval into an offer.
func offerIn(tx *store.Tx, c *Candidacy) error {
	if c.State != Approved {
		return nil
	}
	announce(tx, "candidacy.approved", *c, NoObjection)
	return c.Offer(workingDays(tx.Now, offerWorkingDays))
}

// record writes a decision. The schema refuses a second one of the same step,
// and a second of the three by the same person; here that becomes a sentence.
func record(tx *store.Tx, who identity.Actor, c Candidacy, step Step, o Opinion) error {
	outcome := "no"
	if o.Yes {
		outcome = "yes"
	}
	d := Decision{ID: id.New(), CandidacyID: c.ID, Round: c.Round, Step: step, Outcome: outcome, Reason: strings.TrimSpace(o.Reason),
		ByUser: who.UserID, ByOrganisation: who.OrganisationID, At: tx.Now, ForUser: who.ForUserID}
	if err := handsApart(tx, who, c, step); err != nil {
		return err
	}
	res := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&d)
	if res.Error != nil {
		return fmt.Errorf("write decision: %w", res.Error)
	}
	if res.RowsAffected == 1 {
		return nil
	}
	var standing []Decision
	if err := tx.Where("candidacy_id = ? AND round = ?", c.ID, c.Round).Find(&standing).Error; err != nil {
		return fmt.Errorf("load decisions: %w", err)
	}
	return clash(standing, who, step)
}

// three are the decisions that open the door: three people's.
var three = []Step{StepEndorsement, StepNoObjection, StepApproval}

// handsApart keeps the three decisions in different hands, also where somebody acts for a
// colleague; the schema refuses the same.
func handsApart(tx *store.Tx, who identity.Actor, c Candidacy, step Step) error {
	if !slices.Contains(three, step) {
		return nil
	}
	var standing []Decision
	if err := tx.Where("candidacy_id = ? AND round = ? AND step IN ?", c.ID, c.Round, three).Find(&standing).Error; err != nil {
		return fmt.Errorf("load decisions: %w", err)
	}
	if slices.ContainsFunc(standing, func(d Decision) bool { return d.by(who) }) {
		return clash(standing, who, step)
	}
	return nil
}

// stepWords names a step in a sentence.
var stepWords = map[Step]string{StepShortlist: "the shortlist", StepEndorsement: "the host's endorsement",
	StepNoObjection: "the ministry's no-objection", StepApproval: "the coordinator's approval", StepAcceptance: "the person's answer"}

// clash says which rule a refused decision met.
func clash(standing []Decision, who identity.Actor, step Step) error {
	for _, d := range standing {
		if d.Step == step {
			return fault.New(fault.Conflict, "decision.taken",
				"Somebody else was faster: %s has been decided already (%s). Reload to see it.", stepWords[step], d.Outcome)
		}
	}
	for _, d := range standing {
		if d.by(who) {
			return fault.New(fault.Conflict, "decision.same_person",
				"You decided about %s of this person yourself, or it was decided in your name. Somebody else has to decide about %s.", stepWords[d.Step], stepWords[step])
		}
	}
	return fault.New(fault.Conflict, "decision.refused", "This decision could not be written. Reload and try again.")
}

// mayBeShown asks a person who puts themselves forward for the consent that
// hosts may see them.
func mayBeShown(tx *store.Tx, professionalID string) error {
	given, err := privacy.HasIn(tx, professionalID, privacy.ShareWithHosts)
	if err != nil || given {
		return err
	}
	return fault.New(fault.Conflict, "candidacy.consent_missing",
		"The host has to see who you are once you are on its shortlist. Please give that consent first, on your own page.")
}

// stillShown stops a decision about a person who has withdrawn the consent to be
// shown to hosts since.
func stillShown(tx *store.Tx, professionalID string) error {
	given, err := privacy.HasIn(tx, professionalID, privacy.ShareWithHosts)
	if err != nil || given {
		return err
	}
	return fault.New(fault.Conflict, "candidacy.consent_withdrawn",
		"This person no longer agrees to be shown to hosts. Please ask them before you go on.")
}

// Accept is the person's yes to the offer, with the declaration that they paid
// nobody for it. It fills a post of the need and makes the placement, or nothing
// of it happens.
func (s *Service) Accept(ctx context.Context, who identity.Actor, candidacyID string, version int, noFee bool) (View, error) {
	return s.change(ctx, who, candidacyID, version, "candidacy.accepted", func(tx *store.Tx, c *Candidacy, n needs.Need) error {
		if !own(who, *c) {
			return denied
		}
		if err := running(n); err != nil {
			return err
		}
		if c.AnswerBy != nil && n.ResumedAt != nil && tx.Now.Before(n.ResumedAt.Add(resumeGrace)) {
			c.AnswerBy = nil // the time to answer ran while nobody could
		}
		if err := c.Accept(tx.Now); err != nil {
			return err
		}
		var check fault.Check
		check.That(noFee, "noFee", "noFee.missing",
			"Please declare that you paid no fee to anybody for this. If you did, tell the coordinator before you accept.")
		if err := check.Err(); err != nil {
			return err
		}
		// The need first, always: whoever accepts for the same need waits here.
		if _, err := needs.FillIn(tx, n.ID, c.PositionID); err != nil {
			return err
		}
		if err := record(tx, who, *c, StepAcceptance, Opinion{Yes: true}); err != nil {
			return err
		}
		reference, err := s.Booker.BookIn(tx, Booking{CandidacyID: c.ID, NeedID: n.ID, ProgrammeID: n.ProgrammeID,
			OrganisationID: n.OrganisationID, ProfessionalID: c.ProfessionalID, Country: n.Country, Modality: n.Modality,
			From: c.From, To: c.To})
		c.Placement = reference
		return err
	})
}

// Decline is the person's no to the offer, with or without a reason.
func (s *Service) Decline(ctx context.Context, who identity.Actor, candidacyID string, version int, reason string) (View, error) {
	return s.change(ctx, who, candidacyID, version, "candidacy.declined", func(tx *store.Tx, c *Candidacy, _ needs.Need) error {
		if !own(who, *c) {
			return denied
		}
		if err := c.Decline(); err != nil {
			return err
		}
		if err := c.explain(reason); err != nil {
			return err
		}
		return record(tx, who, *c, StepAcceptance, Opinion{Reason: reason})
	})
}
