// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Asked is a decision that the link of a mail asks one officer for.
type Asked struct {
	View     View
	Step     Step
	Locale   string // the officer's
	For      string // the absent colleague in whose name it would be signed
	Enrolled bool   // the officer has a second factor; without one they sign in
}

// LinkSubject names the decision that a candidacy waits for, and of whom, in the link
// of a mail: no link outlives the decision that it asks for.
func LinkSubject(c Candidacy, userID string) string {
	return strings.Join([]string{c.ID, userID, string(stepAt[c.State]), strconv.Itoa(c.Round)}, ".")
}

// WaitingIn returns a candidacy that waits for one of the three decisions.
func WaitingIn(tx *store.Tx, candidacyID string) (Candidacy, bool, error) {
	var found []Candidacy
	if err := tx.Where("id = ?", candidacyID).Omit("profile").Find(&found).Error; err != nil {
		return Candidacy{}, false, fmt.Errorf("load candidacy: %w", err)
	}
	if len(found) == 0 || stepAt[found[0].State] == "" {
		return Candidacy{}, false, nil
	}
	return found[0], true, nil
}

// Answers to links that do not work any more; each says what one can do.
var (
	linkSpent = fault.New(fault.Conflict, "decision_link.over",
		"This link does not work any more: it was used, it is too old, or it is not complete. Please sign in to see what waits for you.")
	linkDecided = fault.New(fault.Conflict, "decision_link.decided", "This has been decided meanwhile. Please sign in to see how.")
	linkOthers  = fault.New(fault.Conflict, "decision_link.others",
		"This decision is not for you to take: your office has changed, or you took one of the other two. Please sign in to see more.")
	linkWithout = fault.New(fault.Conflict, "decision_link.no_factor",
		"You have not set up a second factor, and a link alone is not enough. Please sign in to decide.")
)

// OpenAsked shows what the link asks for. It decides nothing: programs that look into
// mails open links too.
func (s *Service) OpenAsked(ctx context.Context, secret string) (Asked, error) {
	var out Asked
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		out, _, err = askedIn(tx, secret)
		return err
	})
	return out, err
}

// askedIn reads a link: the decision, and who would take it.
func askedIn(tx *store.Tx, secret string) (Asked, identity.Actor, error) {
	var out Asked
	link, known, err := identity.LinkIn(tx, identity.LinkDecision, secret)
	if err != nil {
		return out, identity.Actor{}, err
	}
	parts := strings.Split(link.Subject, ".")
	if !known || len(parts) != 4 {
		return out, identity.Actor{}, linkSpent
	}
	c, waits, err := WaitingIn(tx, parts[0])
	if err != nil {
		return out, identity.Actor{}, err
	}
	switch {
	case link.UsedAt != nil:
		return out, identity.Actor{}, linkSpent
	case !waits || LinkSubject(c, parts[1]) != link.Subject:
		return out, identity.Actor{}, linkDecided
	case !tx.Now.Before(link.ExpiresAt):
		return out, identity.Actor{}, linkSpent
	}
	offices, err := identity.OfficesIn(tx, parts[1])
	if err != nil && !fault.Is(store.Translate(err), fault.Missing) {
		return out, identity.Actor{}, err
	}
	who, view, err := placeOf(tx, offices, c.ID)
	if err != nil {
		return out, who, err
	}
	out = Asked{View: view, Step: stepAt[c.State], Locale: who.Locale}
	if out.Enrolled, err = identity.HasFactorIn(tx, who.UserID); err != nil || who.ForUserID == "" {
		return out, who, err
	}
	names, err := identity.UserNamesIn(tx, []string{who.ForUserID})
	out.For = names[who.ForUserID]
	return out, who, err
}

// placeOf finds the office in which the officer may decide: the own one before a lent one.
func placeOf(tx *store.Tx, offices []identity.Actor, candidacyID string) (identity.Actor, View, error) {
	for _, who := range offices {
		c, err := findIn(tx, who, candidacyID)
		if fault.Is(err, fault.Missing) {
			continue
		}
		if err != nil {
			return who, View{}, err
		}
		view, err := viewIn(tx, who, c, false)
		if err != nil {
			return who, View{}, err
		}
		if view.Can.Endorse || view.Can.Object || view.Can.Approve {
			return who, view, nil
		}
	}
	return identity.Actor{}, View{}, linkOthers
}

// DecideAsked decides by the link of a mail, once. Prove checks the second factor of the
// officer; whoever has none has to sign in.
func (s *Service) DecideAsked(ctx context.Context, secret string, o Opinion, prove func(userID string) error) (View, error) {
	if err := reasoned(o.Reason, "reason"); err != nil {
		return View{}, err
	}
	var asked Asked
	var who identity.Actor
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		asked, who, err = askedIn(tx, secret)
		return err
	})
	if err != nil {
		return View{}, err
	}
	if !asked.Enrolled {
		return View{}, linkWithout
	}
	if err := prove(who.UserID); err != nil {
		return View{}, err
	}
	at := slices.IndexFunc(judgements, func(j judgement) bool { return j.step == asked.Step })
	j := judgements[at]
	// The link is spent with the decision, or neither happens.
	j.also = func(tx *store.Tx, c Candidacy) error {
		if _, err := identity.UseIn(tx, identity.LinkDecision, secret); err != nil {
			return linkSpent.Because(err)
		}
		tx.Emit("candidacy.decided_by_mail", c.ID, store.Details{"step": string(j.step)})
		return nil
	}
	return s.decide(ctx, who, asked.View.ID, asked.View.Version, o, j)
}
