// SPDX-License-Identifier: AGPL-3.0-or-later

package needs

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/lifecycle"
	"sankofa/backend/internal/store"
)

// Review is what one reviewer decided about one round of a need.
type Review struct {
	ID             string
	NeedID         string
	Round          int
	Step           string // "validation", "approval"
	Outcome        string // "validated", "approved", "returned", "rejected"
	Reason         string
	Comments       string // JSON: a list of Comment
	SubmittedBy    string
	ByUser         string
	ByOrganisation string
	At             time.Time
}

// TableName names the table for GORM.
func (Review) TableName() string { return "need_reviews" }

// Comment says what to mend in one field.
type Comment struct {
	Field string `json:"field"`
	Text  string `json:"text"`
}

// Validate is the ministry's yes to a submitted need. One outside the country's
// priority sectors needs a written reason (feature 34).
func (s *Service) Validate(ctx context.Context, who identity.Actor, ref string, version int, reason string) (View, error) {
	return s.decide(ctx, who, ref, version, verdict{outcome: "validated", reason: reason,
		move: func(t *Terms) error {
			if err := t.Need.Validate(who.Persons()...); err != nil {
				return err
			}
			var c fault.Check
			c.That(t.PrioritySector != "" || reason != "", "reason", "reason.out_of_priority",
				"This need names no priority sector. Please write why it is validated all the same.")
			return c.Err()
		}})
}

// Return sends a submitted need back, with a comment on each field to mend.
func (s *Service) Return(ctx context.Context, who identity.Actor, ref string, version int, reason string, comments []Comment) (View, error) {
	return s.decide(ctx, who, ref, version, verdict{outcome: "returned", reason: reason, comments: comments,
		move: func(t *Terms) error {
			if err := t.Need.Return(who.Persons()...); err != nil {
				return err
			}
			return checkComments(comments)
		}})
}

// Reject ends a need under review; the reason goes to the host.
func (s *Service) Reject(ctx context.Context, who identity.Actor, ref string, version int, reason string) (View, error) {
	return s.decide(ctx, who, ref, version, verdict{outcome: "rejected", reason: reason,
		move: func(t *Terms) error {
			if err := t.Need.Reject(who.Persons()...); err != nil {
				return err
			}
			return needsReason(reason)
		}})
}

// Approve is the coordinator's yes to a validated need.
func (s *Service) Approve(ctx context.Context, who identity.Actor, ref string, version int, reason string) (View, error) {
	return s.decide(ctx, who, ref, version, verdict{outcome: "approved", reason: reason,
		move: func(t *Terms) error { return t.Need.Approve(who.Persons()...) }})
}

// verdict is a decision about to be made.
type verdict struct {
	outcome  string
	reason   string
	comments []Comment
	move     func(*Terms) error
}

// name is the step in the table of lifecycle: "validate" of "validated".
func (v verdict) name() string {
	return map[string]string{"validated": "validate", "returned": "return", "rejected": "reject", "approved": "approve"}[v.outcome]
}

// mayTake tells whether the table lets the actor take a step of the name; a host
// takes steps of its own needs.
func mayTake(who identity.Actor, step string, n Need) bool {
	if who.Is(identity.Host) && !mine(who, n) {
		return false
	}
	return slices.ContainsFunc(lifecycle.Need.Moves, func(m lifecycle.Move) bool {
		return m.Name == step && m.May(lifecycle.Who(who.Role))
	})
}

// decide moves the need and writes the review beside it.
func (s *Service) decide(ctx context.Context, who identity.Actor, ref string, version int, v verdict) (View, error) {
	return s.change(ctx, who, ref, version, "need."+v.outcome, func(tx *store.Tx, terms *Terms) (store.Details, error) {
		if !mayTake(who, v.name(), terms.Need) {
			return nil, denied
		}
		step := "validation"
		if terms.State == Validated {
			step = "approval"
		}
		if err := v.move(terms); err != nil {
			return nil, err
		}
		if err := apart(tx, who, terms.Need, v); err != nil {
			return nil, err
		}
		var c fault.Check
		c.Length(v.reason, "reason", 0, mostText)
		if err := c.Err(); err != nil {
			return nil, err
		}
		details := store.Details{"round": terms.Round, "step": step, "fields": commented(v.comments)}
		return details, record(tx, who, terms.Need, step, v)
	})
}

// sameReviewer is the answer to whoever has validated and wants to approve.
var sameReviewer = fault.New(fault.Conflict, "need.same_reviewer",
	"You validated this need for the ministry. Somebody else has to approve it.")

// apart refuses whoever had the text written, or validated, by a colleague in their name.
func apart(tx *store.Tx, who identity.Actor, n Need, v verdict) error {
	wrote, err := identity.ActedForIn(tx, who, n.ID, "need.drafted", "need.submitted")
	if err != nil {
		return err
	}
	if wrote {
		return ownText
	}
	validated, err := identity.ActedForIn(tx, who, n.ID, "need.validated")
	if validated && v.outcome == "approved" {
		return sameReviewer
	}
	return err
}

// record writes the review, unless the same person has validated this text.
func record(tx *store.Tx, who identity.Actor, n Need, step string, v verdict) error {
	var already int64
	err := tx.Model(&Review{}).Where("need_id = ? AND round = ? AND by_user IN ? AND outcome = 'validated'", n.ID, n.Round, who.Persons()).
		Count(&already).Error
	if err != nil {
		return err
	}
	if already > 0 && v.outcome == "approved" {
		return sameReviewer
	}
	comments, err := json.Marshal(append([]Comment{}, v.comments...))
	if err != nil {
		return fmt.Errorf("encode comments: %w", err)
	}
	return tx.Create(&Review{ID: id.New(), NeedID: n.ID, Round: n.Round, Step: step, Outcome: v.outcome,
		Reason: v.reason, Comments: string(comments), SubmittedBy: n.SubmittedBy,
		ByUser: who.UserID, ByOrganisation: who.OrganisationID, At: tx.Now}).Error
}

// commented returns the names of the fields that were commented on.
func commented(comments []Comment) []string {
	names := []string{}
	for _, c := range comments {
		names = append(names, c.Field)
	}
	return names
}

// place is how a comment names a field. The name goes into the ledger, so nothing
// else may stand in it.
var place = regexp.MustCompile(`^([a-zA-Z]{1,40})(\[[0-9]{1,3}\](\.[a-zA-Z]{1,40})?)?$`)

// checkComments asks for one comment a field, at least one in all.
func checkComments(comments []Comment) error {
	var c fault.Check
	c.That(len(comments) > 0, "comments", "comments.missing",
		"Please say what to mend: a comment for each field that has to change.")
	if rows(&c, len(comments), "comments") {
		for i, one := range comments {
			found := place.FindStringSubmatch(one.Field)
			c.That(found != nil && fields[found[1]], at("comments", i, "field"), "field.unknown",
				"A need has no such field. Please name it as the request does: title, or outputs[0].indicator.")
			c.Length(one.Text, at("comments", i, "text"), 1, mostText)
		}
	}
	return c.Err()
}

// needsReason asks for a written reason.
func needsReason(reason string) error {
	var c fault.Check
	c.That(strings.TrimSpace(reason) != "", "reason", "reason.missing", "Please give the reason; it is kept and shown.")
	c.Length(reason, "reason", 0, mostText)
	return c.Err()
}

// Window is when a call is open, and the languages that it is published in.
type Window struct {
	OpensOn   day.Day // empty: today
	ClosesOn  day.Day
	Languages []string // empty: the language of the need
}

// Publish opens an approved need to associations and professionals.
func (s *Service) Publish(ctx context.Context, who identity.Actor, ref string, version int, w Window) (View, error) {
	return s.run(ctx, who, ref, version, "publish", "need.published", func(tx *store.Tx, t *Terms) error {
		w := w.tidied(t.Language, tx)
		if err := t.Need.Publish(w.OpensOn, w.ClosesOn); err != nil {
			return err
		}
		t.NoticeLanguages = strings.Join(w.Languages, ",")
		return s.checkWindow(w, t.StartsOn, day.Day(tx.Today()))
	})
}

func (w Window) tidied(language string, tx *store.Tx) Window {
	if w.OpensOn == "" {
		w.OpensOn = day.Day(tx.Today())
	}
	if len(w.Languages) == 0 {
		w.Languages = []string{language}
	}
	return w
}

func (s *Service) checkWindow(w Window, starts, today day.Day) error {
	var c fault.Check
	c.That(w.OpensOn.Valid(), "opensOn", "date.impossible", "This is not a date. Please write it as 2027-02-01.")
	c.That(w.OpensOn >= today, "opensOn", "dates.past", "The call cannot open before today (%s).", today)
	after := today
	if w.OpensOn.Valid() {
		after = max(w.OpensOn, today)
	}
	checkClosing(&c, w.ClosesOn, after, starts)
	c.That(len(w.Languages) <= mostRows, "languages", "list.long", "Please keep this to %d rows; it has %d.", mostRows, len(w.Languages))
	for i, language := range w.Languages {
		c.That(s.Codes.Language(language), fmt.Sprintf("languages[%d]", i), "language.unknown",
			"We do not know this language. Please choose one from the list.")
	}
	return c.Err()
}

// checkClosing asks for a closing date after the first day and before the work begins.
func checkClosing(c *fault.Check, closes, after, starts day.Day) {
	c.That(closes != "", "closesOn", "closesOn.missing", "Please say until when people may apply.")
	if closes == "" {
		return
	}
	c.That(closes.Valid(), "closesOn", "date.impossible", "This is not a date. Please write it as 2027-02-01.")
	c.That(closes > after, "closesOn", "dates.order", "The call has to close later than %s.", after)
	c.That(closes < starts, "closesOn", "dates.late", "The call has to close before the work begins on %s.", starts)
}

// Extend moves the closing date of a published need to a later day.
func (s *Service) Extend(ctx context.Context, who identity.Actor, ref string, version int, closes day.Day, reason string) (View, error) {
	return s.run(ctx, who, ref, version, "extend", "need.extended", func(tx *store.Tx, t *Terms) error {
		before := t.ClosesOn
		if err := t.Need.Extend(closes); err != nil {
			return err
		}
		var c fault.Check
		checkClosing(&c, closes, max(before, day.Day(tx.Today())), t.StartsOn)
		return s.explain(&c, t, reason)
	})
}

// Close ends the time for applications early.
func (s *Service) Close(ctx context.Context, who identity.Actor, ref string, version int, reason string) (View, error) {
	return s.run(ctx, who, ref, version, "close", "need.closed", func(_ *store.Tx, t *Terms) error {
		if err := t.Need.Close(); err != nil {
			return err
		}
		return s.explain(&fault.Check{}, t, reason)
	})
}

// Reopen publishes a need again that found nobody, or too few people.
func (s *Service) Reopen(ctx context.Context, who identity.Actor, ref string, version int, w Window, reason string) (View, error) {
	return s.run(ctx, who, ref, version, "reopen", "need.published", func(tx *store.Tx, t *Terms) error {
		w := w.tidied(t.Language, tx)
		if err := t.Need.Reopen(w.OpensOn, w.ClosesOn); err != nil {
			return err
		}
		if err := s.checkWindow(w, t.StartsOn, day.Day(tx.Today())); err != nil {
			return err
		}
		return s.explain(&fault.Check{}, t, reason)
	})
}

// Cancel ends the need for good.
func (s *Service) Cancel(ctx context.Context, who identity.Actor, ref string, version int, reason string) (View, error) {
	return s.reasoned(ctx, who, ref, version, "cancel", "need.cancelled", reason, func(_ *store.Tx, n *Need) error { return n.Cancel() })
}

// Suspend stops a need until it is resumed; no deadline of its candidates runs out
// meanwhile.
func (s *Service) Suspend(ctx context.Context, who identity.Actor, ref string, version int, reason string) (View, error) {
	return s.reasoned(ctx, who, ref, version, "suspend", "need.suspended", reason, func(_ *store.Tx, n *Need) error { return n.Suspend() })
}

// Resume leads a suspended need back to where it stood.
func (s *Service) Resume(ctx context.Context, who identity.Actor, ref string, version int, reason string) (View, error) {
	return s.run(ctx, who, ref, version, "resume", "need.resumed", func(tx *store.Tx, t *Terms) error {
		var c fault.Check
		c.Length(reason, "reason", 0, mostText)
		if err := c.Err(); err != nil {
			return err
		}
		t.StateReason = strings.TrimSpace(reason)
		return t.Resume(tx.Now)
	})
}

// StandDown ends a need that nobody looks for any more.
func (s *Service) StandDown(ctx context.Context, who identity.Actor, ref string, version int, reason string) (View, error) {
	return s.reasoned(ctx, who, ref, version, "stand_down", "need.stood_down", reason, func(tx *store.Tx, n *Need) error {
		return n.StandDown(day.Day(tx.Today()))
	})
}

// CloseOut ends the file of a need that was delivered: every stay was followed up, or
// a reason says why not.
func (s *Service) CloseOut(ctx context.Context, who identity.Actor, ref string, version int, reason string) (View, error) {
	return s.run(ctx, who, ref, version, "close_out", "need.closed_out", func(tx *store.Tx, t *Terms) error {
		if err := t.CloseOut(); err != nil {
			return err
		}
		open, err := notFollowedIn(tx, t.ID)
		if err != nil {
			return err
		}
		var c fault.Check
		c.That(open == 0 || strings.TrimSpace(reason) != "", "reason", "reason.not_followed_up",
			"%d of the stays were not followed up to the end. Please write why the need is closed all the same.", open)
		c.Length(reason, "reason", 0, mostText)
		t.StateReason = strings.TrimSpace(reason)
		return c.Err()
	})
}

// notFollowedIn counts the stays of a need that still wait for a follow-up.
func notFollowedIn(tx *store.Tx, needID string) (int, error) {
	var open int
	err := tx.Raw(`SELECT count(*) FROM placements WHERE need_id = ? AND state NOT IN ('FOLLOWED_UP', 'CLOSED', 'CANCELLED')`, needID).Scan(&open).Error
	return open, err
}

// reasoned is run for the steps that ask for a reason in words.
func (s *Service) reasoned(ctx context.Context, who identity.Actor, ref string, version int, step, event, reason string,
	act func(*store.Tx, *Need) error) (View, error) {
	return s.run(ctx, who, ref, version, step, event, func(tx *store.Tx, t *Terms) error {
		if err := act(tx, &t.Need); err != nil {
			return err
		}
		return s.explain(&fault.Check{}, t, reason)
	})
}

// explain keeps the reason with the need, or asks for one.
func (s *Service) explain(c *fault.Check, t *Terms, reason string) error {
	c.That(strings.TrimSpace(reason) != "", "reason", "reason.missing", "Please give the reason; it is kept and shown.")
	c.Length(reason, "reason", 0, mostText)
	t.StateReason = strings.TrimSpace(reason)
	return c.Err()
}

// run is change for the steps that the table gives to the actor.
func (s *Service) run(ctx context.Context, who identity.Actor, ref string, version int, step, event string,
	act func(*store.Tx, *Terms) error) (View, error) {
	return s.change(ctx, who, ref, version, event, func(tx *store.Tx, t *Terms) (store.Details, error) {
		if !mayTake(who, step, t.Need) {
			return nil, denied
		}
		return nil, act(tx, t)
	})
}
