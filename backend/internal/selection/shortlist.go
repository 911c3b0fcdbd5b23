// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// Pick is a person for the shortlist and the days that they would come; empty
// days mean the whole period of the need.
type Pick struct {
	Pseudonym string
	From      day.Day
	To        day.Day
	Position  string // of the need; empty: the one that the person stands for, or that is near to their occupation
}

// Shortlist puts people before the host. It freezes the ranking as it stands and
// each person's profile, so that a year later it can be shown what the choice
// rested on (features 50 and 73). The version is the need's.
func (s *Service) Shortlist(ctx context.Context, who identity.Actor, needRef string, version int, picks []Pick, reason string) (Sheet, error) {
	return s.ShortlistBalanced(ctx, who, needRef, version, picks, reason, "")
}

// ShortlistBalanced is Shortlist with the reason why the list is short or one-sided all
// the same, where the programme asks for one.
func (s *Service) ShortlistBalanced(ctx context.Context, who identity.Actor, needRef string, version int, picks []Pick, reason, whyAllTheSame string) (Sheet, error) {
	if !who.Is(identity.Coordinator) {
		return Sheet{}, missing
	}
	needID, err := s.choosable(ctx, who, needRef, version, picks, reason)
	if err != nil {
		return Sheet{}, err
	}
	// The index is read before the transaction; what it said is checked again inside.
	ranking, err := s.Ranker.Freeze(ctx, who, needID)
	if err != nil {
		return Sheet{}, fmt.Errorf("freeze ranking: %w", err)
	}
	err = s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		return s.shortlistIn(tx, who, needID, version, ranking, picks, strings.TrimSpace(reason), strings.TrimSpace(whyAllTheSame))
	})
	if err != nil {
		return Sheet{}, err
	}
	return s.Shortlisted(ctx, who, needID)
}

// choosable says early what would be wrong anyway, before a ranking is made.
func (s *Service) choosable(ctx context.Context, who identity.Actor, needRef string, version int, picks []Pick, reason string) (string, error) {
	var n needs.Need
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		if n, err = needs.FindIn(tx, who, needRef); err != nil {
			return err
		}
		if n.Version != version {
			return stale
		}
		programme, err := identity.ProgrammeIn(tx, n.ProgrammeID)
		if err != nil {
			return err
		}
		if err := n.Choosable(); err != nil {
			return err
		}
		return checkPicks(n, programme, picks, reason, day.Day(tx.Today()))
	})
	return n.ID, err
}

// checkPicks complains about what the picks say in themselves.
func checkPicks(n needs.Need, programme identity.Programme, picks []Pick, reason string, today day.Day) error {
	var c fault.Check
	c.Length(reason, "reason", 1, mostText)
	c.That(len(picks) >= 1 && len(picks) <= programme.ShortlistMost, "people", "people.count",
		"Please choose from 1 to %d people; this names %d.", programme.ShortlistMost, len(picks))
	seen := map[string]bool{}
	for i, p := range picks {
		if i >= programme.ShortlistMost {
			break
		}
		c.That(id.IsPseudonym(p.Pseudonym), person(i, "pseudonym"), "pseudonym.malformed", "A pseudonym looks like P-7K3M-Q2XA.")
		c.That(!seen[p.Pseudonym], person(i, "pseudonym"), "pseudonym.twice", "This person stands here twice.")
		seen[p.Pseudonym] = true
		within := p.within(n)
		checkDays(&c, func(field string) string { return person(i, field) }, n, within.From, within.To, today)
	}
	return c.Err()
}

// person names a field of a pick as requests spell it.
func person(i int, field string) string { return fmt.Sprintf("people[%d].%s", i, field) }

// within fills in the days that were left out.
func (p Pick) within(n needs.Need) Pick {
	if p.From == "" {
		p.From = n.StartsOn
	}
	if p.To == "" {
		p.To = n.EndsOn
	}
	return p
}

// checkDays asks for days inside the period of the need, long enough to help; at
// spells the field for whoever asked.
func checkDays(c *fault.Check, at func(string) string, n needs.Need, from, to, today day.Day) {
	c.That(from.Valid(), at("from"), "date.impossible", "This is not a date. Please write it as 2027-02-01.")
	c.That(to.Valid(), at("to"), "date.impossible", "This is not a date. Please write it as 2027-02-01.")
	if !from.Valid() || !to.Valid() {
		return
	}
	c.That(from >= n.StartsOn && from >= today, at("from"), "dates.outside",
		"The need begins on %s; please choose a first day from then on that has not passed.", n.StartsOn)
	c.That(to <= n.EndsOn, at("to"), "dates.outside", "The need ends on %s; please choose a last day before that.", n.EndsOn)
	days := day.Length(from, to)
	c.That(days >= 1, at("to"), "dates.order", "The last day (%s) comes before the first (%s).", to, from)
	shortest := min(n.ShortestDays, n.Days())
	c.That(days < 1 || days >= shortest, at("to"), "days.short", "%d days are too few: the need asks for at least %d.", days, shortest)
}

// shortlistIn does all of it in one transaction.
func (s *Service) shortlistIn(tx *store.Tx, who identity.Actor, needID string, version int, ranking Ranking, picks []Pick, reason, whyAllTheSame string) error {
	n, err := needs.LockIn(tx, needID)
	if err != nil {
		return err
	}
	if n.Version != version {
		return stale
	}
	people, err := suitable(tx, n, ranking, picks)
	if err != nil {
		return err
	}
	if err := balanced(tx, n, people, whyAllTheSame); err != nil {
		return err
	}
	if whyAllTheSame != "" {
		reason += "\n" + whyAllTheSame
	}
	snapshot, err := keepSnapshot(tx, who, n, ranking)
	if err != nil {
		return err
	}
	// First of all events, so that a repeated request finds the need by it.
	tx.Emit("ranking.frozen", n.ID, store.Details{"snapshot": snapshot.ID, "algorithm": ranking.Algorithm, "index": ranking.IndexPosition})
	for i, pick := range picks {
		c, err := frozenIn(tx, n, people[pick.Pseudonym], i, pick.within(n), snapshot.ID, ranking.Scores[pick.Pseudonym])
		if err != nil {
			return err
		}
		if err := record(tx, who, c, StepShortlist, Opinion{Yes: true, Reason: reason}); err != nil {
			return err
		}
	}
	_, err = needs.BeginSelectionIn(tx, n.ID)
	return err
}

// balanced asks for as many people as the programme wants, women and men among them,
// or for a written reason. Who stands on the shortlist already counts.
func balanced(tx *store.Tx, n needs.Need, people map[string]registry.Profile, why string) error {
	rules, err := rulesOfIn(tx, n.ProgrammeID)
	if err != nil || why != "" {
		return err
	}
	var standing []string
	err = tx.Raw(`SELECT p.sex FROM candidacies c JOIN professionals p ON p.id = c.professional_id WHERE c.need_id = ? AND c.state IN ?`, n.ID, chosen).Scan(&standing).Error
	if err != nil {
		return fmt.Errorf("load the shortlist: %w", err)
	}
	for _, p := range people {
		standing = append(standing, p.Sex)
	}
	var c fault.Check
	c.That(len(standing) >= rules.ShortlistLeast, "balanceReason", "people.few",
		"The programme asks for at least %d people on a shortlist; this makes %d. Please add somebody, or write why not.", rules.ShortlistLeast, len(standing))
	both := slices.Contains(standing, "female") && slices.Contains(standing, "male")
	c.That(!rules.Balanced || both, "balanceReason", "people.one_sided",
		"The programme asks for women and men on every shortlist. Please add somebody, or write why not.")
	return c.Err()
}

// suitable returns the profiles of the picks by pseudonym, or says of each who
// may not be shortlisted and why.
func suitable(tx *store.Tx, n needs.Need, ranking Ranking, picks []Pick) (map[string]registry.Profile, error) {
	ids := []string{}
	for _, p := range picks {
		if found := ranking.People[p.Pseudonym]; found != "" {
			ids = append(ids, found)
		}
	}
	slices.Sort(ids) // two shortlists hold the same people in the same order
	for _, professionalID := range ids {
		if _, err := registry.FindableIn(tx, professionalID); err != nil {
			return nil, fmt.Errorf("hold profile: %w", err)
		}
	}
	visible, err := registry.VisibleIn(tx, n.ProgrammeID, ids)
	if err != nil {
		return nil, err
	}
	sharing, err := privacy.GivenIn(tx, ids, privacy.ShareWithHosts)
	if err != nil {
		return nil, err
	}
	standing, err := standingIn(tx, n.ID, ids)
	if err != nil {
		return nil, err
	}
	var c fault.Check
	for i, p := range picks {
		professionalID := ranking.People[p.Pseudonym]
		code, message := obstacle(visible[professionalID], sharing[professionalID], standing[professionalID])
		c.That(code == "", person(i, "pseudonym"), code, message)
	}
	if err := c.Err(); err != nil {
		return nil, err
	}
	return profilesIn(tx, ids)
}

// obstacle says why a person cannot be shortlisted; an empty code says nothing does.
func obstacle(visible, sharing bool, standing State) (code, message string) {
	switch {
	case !visible:
		return "person.not_suitable", "This person is not among those whom the ranking finds suitable for the need now."
	case !sharing:
		return "person.not_shared", "This person has not agreed to be shown to hosts. Ask them, or choose somebody else."
	case standing == Nominated:
		return "person.nominated", "This person is nominated and has not answered yet."
	case slices.Contains(chosen, standing):
		return "person.shortlisted", "This person is on the shortlist already."
	case standing != "" && !slices.Contains(early, standing):
		return "person.over", "The candidacy of this person for this need is over (" + standing.Words() + ")."
	}
	return "", ""
}

// profilesIn returns profiles by pseudonym.
func profilesIn(tx *store.Tx, ids []string) (map[string]registry.Profile, error) {
	found, err := registry.ProfilesIn(tx, ids)
	if err != nil {
		return nil, fmt.Errorf("load profiles: %w", err)
	}
	by := make(map[string]registry.Profile, len(found))
	for _, p := range found {
		by[p.Pseudonym] = p
	}
	return by, nil
}

// frozenIn creates the candidacy of a pick, or moves the one that stands, with
// the profile as it is now.
func frozenIn(tx *store.Tx, n needs.Need, p registry.Profile, at int, pick Pick, snapshotID string, score int) (Candidacy, error) {
	c, known, err := ofPerson(tx, n.ID, p.ID)
	if err != nil {
		return c, err
	}
	var from State
	if !known {
		c = Candidacy{ID: id.New(), NeedID: n.ID, ProfessionalID: p.ID, Origin: FromRanking, State: Submitted, Round: 1, Rules: "[]"}
		if c.ChainVersion, err = newestIn(tx, n.ProgrammeID); err != nil {
			return c, err
		}
	}
	c.Score = score
	if c.PositionID == nil || pick.Position != "" {
		if c.PositionID, err = needs.PositionFor(tx, n.ID, pick.Position, p.ISCO, person(at, "position")); err != nil {
			return c, err
		}
	}
	if err := c.longlistIn(tx, p); err != nil {
		return c, err
	}
	from = c.State
	if err := c.Shortlist(snapshotID, tx.Now); err != nil {
		return c, err
	}
	if c.Profile, err = freeze(p); err != nil {
		return c, err
	}
	c.From, c.To = pick.From, pick.To
	if err := setDeadline(tx, &c, n); err != nil {
		return c, err
	}
	if known {
		err = save(tx, &c)
	} else {
		err = insert(tx, &c)
	}
	if err != nil {
		return c, err
	}
	announce(tx, "candidacy.shortlisted", c, from)
	return c, nil
}
