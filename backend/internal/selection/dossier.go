// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import (
	"fmt"
	"slices"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/lifecycle"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/store"
)

// Periods of a selection.
const (
	reviewDays  = 15                 // calendar days to ask for a review
	replyDays   = 7                  // calendar days to reply to what may disqualify
	resumeGrace = 5 * 24 * time.Hour // after a suspension nobody is late at once
)

// dossier is what hangs on a candidacy, and in which offices the reader stands.
type dossier struct {
	who       identity.Actor
	now       time.Time
	need      needs.Need
	position  needs.Position // of the need, where it has any
	rules     Rules
	sharing   bool
	found     []RuleResult // as the rules find it today, while nobody has decided
	decisions []Decision
	ranked    []string // the users who froze a ranking of the need
	committee committee
	reviews   []Review
	doubt     *Disqualification // that is open
	doubted   bool              // a colleague raised it in the reader's name
	names     map[string]string // of the committee
	barred    bool              // the chain names others for the decision that is waited for
}

// dossierIn loads what hangs on a candidacy.
func dossierIn(tx *store.Tx, who identity.Actor, c Candidacy, n needs.Need) (dossier, error) {
	d := dossier{who: who, now: tx.Now, need: n}
	var err error
	if d.rules, err = rulesOfIn(tx, n.ProgrammeID); err != nil {
		return d, err
	}
	if d.sharing, err = privacy.HasIn(tx, c.ProfessionalID, privacy.ShareWithHosts); err != nil {
		return d, err
	}
	if c.PositionID != nil {
		by, err := needs.PositionsIn(tx, n.ID)
		if err != nil {
			return d, fmt.Errorf("load positions: %w", err)
		}
		d.position, _ = needs.PositionOf(by[n.ID], c.PositionID)
	}
	if d.found, err = c.kept(); err != nil {
		return d, err
	}
	if slices.Contains(early, c.State) && len(d.found) == 0 && who.Is(identity.Coordinator) {
		if d.found, err = rulesIn(tx, c, d.sharing); err != nil {
			return d, err
		}
	}
	if d.committee, err = committeeIn(tx, n.ID, c); err != nil {
		return d, err
	}
	if d.names, err = identity.UserNamesIn(tx, each(d.committee.members, func(m Member) string { return m.UserID })); err != nil {
		return d, err
	}
	deciders, err := NamedIn(tx, []string{c.ID})
	if err != nil {
		return d, err
	}
	d.barred = !isNamed(who, deciders[c.ID])
	var doubts []Disqualification
	for _, part := range []struct {
		into  any
		query string
		args  []any
	}{
		{&d.decisions, "candidacy_id = ?", []any{c.ID}},
		{&d.reviews, "candidacy_id = ?", []any{c.ID}},
		{&doubts, "candidacy_id = ? AND outcome = ''", []any{c.ID}},
	} {
		if err := tx.Where(part.query, part.args...).Order("id").Find(part.into).Error; err != nil {
			return d, fmt.Errorf("load what hangs on a candidacy: %w", err)
		}
	}
	if len(doubts) > 0 {
		d.doubt = &doubts[0]
		if d.doubted, err = identity.ActedForIn(tx, who, c.ID, "candidacy.doubted"); err != nil {
			return d, err
		}
	}
	err = tx.Model(&Snapshot{}).Where("need_id = ?", n.ID).Distinct().Pluck("by_user", &d.ranked).Error
	return d, err
}

// hats are the offices in which the reader may take steps of the candidacy.
func (d dossier) hats() []lifecycle.Who {
	all := []lifecycle.Who{lifecycle.Who(d.who.Role)}
	if _, sits := d.committee.member(d.who.UserID); sits {
		all = append(all, lifecycle.Committee)
	}
	return all
}

// find returns the move of the name that begins where the candidacy stands, and
// whether the reader may take it.
func (d dossier) find(name string, c Candidacy) (move lifecycle.Move, begins, may bool) {
	for _, hat := range d.hats() {
		found, ok := lifecycle.Candidacy.Find(name, lifecycle.State(c.State), hat)
		if ok && name == "uphold" {
			found.To = lifecycle.State(c.ResumesTo)
		}
		if ok && found.May(hat) {
			return found, true, d.chairs(found)
		}
		if ok {
			move, begins = found, true
		}
	}
	return move, begins, false
}

// ever tells whether the step is one of the reader's at all.
func (d dossier) ever(name string) bool {
	return slices.ContainsFunc(lifecycle.Candidacy.Moves, func(m lifecycle.Move) bool {
		return m.Name == name && slices.ContainsFunc(d.hats(), m.May)
	})
}

// chairs tells whether the reader speaks for the committee, where the move is one of
// its words.
func (d dossier) chairs(m lifecycle.Move) bool {
	if !slices.Contains(m.By, lifecycle.Committee) || m.Name == "assess" {
		return true
	}
	member, _ := d.committee.member(d.who.UserID)
	return member.Chair
}

// Next is a step that the reader may take next, with what it still waits for.
type Next struct {
	Move    lifecycle.Move
	Missing []Lack
}

// Lack is something that a step asks for and that is not there.
type Lack struct {
	Evidence lifecycle.Evidence
	What     string // which of them
}

// next lists the steps that the reader may take.
func (d dossier) next(c Candidacy) []Next {
	all := []Next{}
	if d.who.Is(identity.Professional) && !own(d.who, c) {
		return all
	}
	for _, hat := range d.hats() {
		for _, m := range lifecycle.Candidacy.Next(lifecycle.State(c.State), hat) {
			if m.Name == "uphold" && State(m.To) != c.ResumesTo || !d.chairs(m) || d.barred && slices.Contains(deciding, m.Name) {
				continue
			}
			all = append(all, Next{Move: m, Missing: d.lacking(c, m)})
		}
	}
	return all
}

// deciding are the steps of the three decisions.
var deciding = []string{"endorse", "no_object", "approve"}

// apart are steps that stand on the page of a candidacy alone: a doubt about somebody's
// word is no move on a board.
var apart = []string{"disqualify"}

// StepsOf lists the steps of the table that the actor may take with a candidacy that
// they can see: those of Take, and the shortlist. What a step still waits for is not
// looked at; the candidacy itself says it. The seat is theirs on the committee of the
// need, if they have one.
func StepsOf(who identity.Actor, c Candidacy, seat Member) []lifecycle.Move {
	d := dossier{who: who}
	if seat.UserID != "" {
		d.committee.members = []Member{seat}
	}
	all := []lifecycle.Move{}
	if who.Is(identity.Professional) {
		return all
	}
	for _, hat := range d.hats() {
		for _, m := range lifecycle.Candidacy.Next(lifecycle.State(c.State), hat) {
			open := m.Name == "shortlist" || !slices.Contains(elsewhere, m.Name)
			if !open || slices.Contains(apart, m.Name) || m.Name == "uphold" && State(m.To) != c.ResumesTo || !d.chairs(m) {
				continue
			}
			all = append(all, m)
		}
	}
	return all
}

// free tells whether the reader may take the step now.
func (d dossier) free(name string, c Candidacy) bool {
	m, begins, may := d.find(name, c)
	return begins && may && len(d.lacking(c, m)) == 0
}

// lacking lists what a step asks for and is not there. What the step brings along, a
// reason, minutes, a declaration, is not looked for.
func (d dossier) lacking(c Candidacy, m lifecycle.Move) []Lack {
	var all []Lack
	for _, e := range m.Evidence {
		all = append(all, d.lacks(c, m, e)...)
	}
	return all
}

func (d dossier) lacks(c Candidacy, m lifecycle.Move, e lifecycle.Evidence) []Lack {
	missing := false
	switch e {
	case lifecycle.Consent:
		missing = !d.sharing
	case lifecycle.NoCommittee:
		missing = d.rules.Committee || len(d.committee.members) > 0
	case lifecycle.Quorum:
		return d.committee.quorum()
	case lifecycle.Conflicts:
		missing = len(d.committee.declared) == 0
	case lifecycle.TwoScores:
		return d.committee.unscored()
	case lifecycle.References:
		missing = len(d.committee.references) < d.rules.ReferencesLeast
	case lifecycle.NotDecidedYet:
		missing = d.decided(c.Round, StepEndorsement, StepNoObjection, StepApproval)
	case lifecycle.NotScorer:
		missing = d.committee.scored(d.who.UserID) || d.committee.scored(d.who.ForUserID)
	case lifecycle.OpenPost:
		missing = d.need.Filled >= d.need.Headcount || d.position.Headcount > 0 && d.position.Filled >= d.position.Headcount
	case lifecycle.FifteenDays:
		missing = c.EndedAt == nil || d.now.After(c.EndedAt.AddDate(0, 0, reviewDays)) || d.reviewed(c.Round)
	case lifecycle.IndependentView:
		missing = slices.ContainsFunc(d.decisions, func(o Decision) bool { return o.by(d.who) })
		for _, person := range d.who.Persons() {
			_, sits := d.committee.member(person)
			missing = missing || sits || slices.Contains(d.ranked, person)
		}
	case lifecycle.RightOfReply:
		missing = d.doubt != nil && d.doubt.RepliedAt == nil && d.now.Before(d.doubt.ReplyBy)
	case lifecycle.SecondApprover:
		missing = d.doubt != nil && (d.who.Counts(d.doubt.ProposedBy) || d.doubted)
	}
	if !missing {
		return nil
	}
	return []Lack{{Evidence: e}}
}

// decided tells whether the reader has taken one of the steps in the round.
func (d dossier) decided(round int, steps ...Step) bool {
	return slices.ContainsFunc(d.decisions, func(o Decision) bool {
		return o.Round == round && o.by(d.who) && slices.Contains(steps, o.Step)
	})
}

func (d dossier) reviewed(round int) bool {
	return slices.ContainsFunc(d.reviews, func(r Review) bool { return r.Round == round })
}

// incomplete says what a step still waits for.
func incomplete(lacking []Lack) error {
	l := lacking[0]
	switch l.Evidence {
	case lifecycle.Consent:
		return fault.New(fault.Conflict, "candidacy.consent_missing",
			"The host has to see who you are once you are on its shortlist. Please give that consent first, on your own page.")
	case lifecycle.NoCommittee:
		return byCommittee
	case lifecycle.NotScorer:
		return scoredIt
	case lifecycle.FifteenDays:
		return fault.New(fault.Conflict, "candidacy.review_over", "A review can be asked for once, within %d days of the decision.", reviewDays)
	case lifecycle.IndependentView:
		return fault.New(fault.Conflict, "candidacy.not_independent", "You had a part in this choice. Somebody who had none has to look at it again.")
	case lifecycle.RightOfReply:
		return fault.New(fault.Conflict, "candidacy.reply_open", "The person may still reply: %d days are theirs.", replyDays)
	case lifecycle.SecondApprover:
		return fault.New(fault.Conflict, "candidacy.second_approver", "You proposed this yourself. A second officer has to agree.")
	case lifecycle.OpenPost:
		return fault.New(fault.Conflict, "need.full", "All posts of this need are taken already.")
	}
	words := make([]string, len(lacking))
	for i, l := range lacking {
		words[i] = plain(string(l.Evidence), l.What)
	}
	return fault.New(fault.Conflict, "candidacy.incomplete", "This still waits for: %s.", joined(words))
}

// byCommittee is what a host is told that wants to choose past its committee.
var byCommittee = fault.New(fault.Conflict, "candidacy.committee", "A committee chooses for this need. The host decides once it has recommended somebody.")

// scoredIt is what a scorer is told who wants to approve.
var scoredIt = fault.New(fault.Conflict, "candidacy.scorer", "You scored this person in the committee. Somebody else has to approve.")

// withoutCommittee refuses a host's endorsement where a committee chooses.
func withoutCommittee(tx *store.Tx, n needs.Need) error {
	rules, err := rulesOfIn(tx, n.ProgrammeID)
	if err != nil {
		return err
	}
	var members int64
	if err := tx.Model(&Member{}).Where("need_id = ?", n.ID).Count(&members).Error; err != nil {
		return fmt.Errorf("count the committee: %w", err)
	}
	if rules.Committee || members > 0 {
		return byCommittee
	}
	return nil
}

// notScorer refuses the approval of somebody who scored (the same rule as for the
// three steps: who recommended cannot approve).
func notScorer(tx *store.Tx, who identity.Actor, c Candidacy) error {
	var scores int64
	err := tx.Model(&Score{}).Where("candidacy_id = ? AND user_id IN ?", c.ID, who.Persons()).Count(&scores).Error
	if err == nil && scores > 0 {
		return scoredIt
	}
	return err
}

// running refuses steps while the need is suspended.
func running(n needs.Need) error {
	if n.State != needs.Suspended {
		return nil
	}
	return fault.New(fault.Conflict, "need.suspended", "The need is suspended. Nothing is decided until it is resumed; nobody is late meanwhile.")
}
