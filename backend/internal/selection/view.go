// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// View is a candidacy as one reader may see it, with what they may do next.
type View struct {
	Candidacy
	Need         needs.Need
	Position     needs.Position        // that the person stands for, where the need has any
	Organisation identity.Organisation // the host
	Association  string                // the name of the nominating association
	Status       Status
	Pseudonym    string
	Name         string     // empty when the reader may not know it
	Decisions    []Signed   // none for the person and the association
	Card         *Card      // the frozen profile, when the reader may see it
	Deciders     []Approver // whom the chain names for the decision that it waits for; none for outsiders
	Can          Can
	File         *File // what hangs on it; none in lists
}

// Signed is a decision with the names of who made it.
type Signed struct {
	Step         Step
	Outcome      string
	Reason       string
	ByUser       string
	By           string
	Organisation string
	At           time.Time
	Round        int
	ForUser      string
	For          string // the colleague in whose name it was signed
}

// Can says what the reader may do with a candidacy next.
type Can struct {
	Dismiss, Endorse, Object, Approve bool
	Answer, Accept, Decline, Withdraw bool
	Stay                              bool // give it its own days
}

// insider tells whether the actor takes part in the choice among candidates.
func insider(who identity.Actor) bool {
	return who.Is(identity.Host, identity.Ministry, identity.Coordinator)
}

// allowed returns what the actor may do next with a candidacy that they can see.
func allowed(who identity.Actor, c Candidacy, decisions []Signed, named []Approver) Can {
	if own(who, c) {
		return Can{Answer: c.State == Nominated, Accept: c.State == Offered, Decline: c.State == Offered,
			Withdraw: slices.Contains(underway, c.State)}
	}
	// One person takes one of the three steps.
	fresh := isNamed(who, named) && !slices.ContainsFunc(decisions, func(d Signed) bool {
		return d.Round == c.Round && (who.Counts(d.ByUser) || who.Counts(d.ForUser)) && slices.Contains(three, d.Step)
	})
	switch who.Role {
	case identity.Host:
		return Can{Endorse: (c.State == Shortlisted || c.State == Recommended) && fresh}
	case identity.Ministry:
		return Can{Object: c.State == HostEndorsed && fresh}
	case identity.Coordinator:
		return Can{Approve: c.State == NoObjection && fresh, Dismiss: slices.Contains(early, c.State), Stay: slices.Contains(settable, c.State)}
	}
	return Can{}
}

// named tells whether the actor may know who the person is (feature 56): the
// host from the shortlist on, the ministry once the host has endorsed, both
// only while the person is in the running and agrees to it, or has accepted. What
// the person answered this host for this need counts more than the general
// consent (feature 129).
func named(who identity.Actor, c Candidacy, sharing bool, opening privacy.Opening) bool {
	agreed := sharing && !opening.Closed || c.State == Accepted
	switch who.Role {
	case identity.Professional:
		return own(who, c)
	case identity.Association:
		return c.NominatedBy == who.OrganisationID
	case identity.Coordinator:
		return c.SnapshotID != nil
	case identity.Host:
		return slices.Contains(chosen, c.State) && agreed || opening.Shows("name")
	case identity.Ministry:
		return slices.Contains(cleared, c.State) && agreed
	}
	return false
}

// cleared are the states in which the ministry knows who it is about.
var cleared = []State{HostEndorsed, NoObjection, Approved, Offered, Accepted}

// NameKnownIn tells of which people the actor may see the name because of a
// candidacy that stands: registry asks it for its own cards. A candidacy that is
// over keeps its frozen profile and opens nothing else: whoever left is not looked
// up any more as they live now.
func NameKnownIn(tx *store.Tx, who identity.Actor, professionalIDs []string) (map[string]bool, error) {
	sharing, err := privacy.GivenIn(tx, professionalIDs, privacy.ShareWithHosts)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for part := range slices.Chunk(professionalIDs, batch) {
		var found []Candidacy
		if err := scoped(tx, who).Omit("profile").Where("professional_id IN ?", part).Find(&found).Error; err != nil {
			return nil, fmt.Errorf("load candidacies: %w", err)
		}
		openings, err := privacy.OpeningsIn(tx, each(found, func(c Candidacy) string { return c.ID }))
		if err != nil {
			return nil, err
		}
		for _, c := range found {
			open := named(who, c, sharing[c.ProfessionalID], openings[c.ID]) && (!insider(who) || slices.Contains(chosen, c.State))
			known[c.ProfessionalID] = known[c.ProfessionalID] || open
		}
	}
	return known, nil
}

// viewIn returns one candidacy as the actor may see it.
func viewIn(tx *store.Tx, who identity.Actor, c Candidacy, withCard bool) (View, error) {
	views, err := viewsIn(tx, who, []Candidacy{c}, withCard)
	if err != nil {
		return View{}, err
	}
	d, err := dossierIn(tx, who, c, views[0].Need)
	if err != nil {
		return View{}, err
	}
	views[0].File = d.of(who, c)
	views[0].Can.Endorse = views[0].Can.Endorse && d.free("endorse", c)
	views[0].Can.Approve = views[0].Can.Approve && d.free("approve", c)
	return views[0], nil
}

// surroundings are the rows that views of candidacies show beside them.
type surroundings struct {
	needs         map[string]needs.Need
	positions     map[string][]needs.Position // by need
	organisations map[string]identity.Organisation
	people        map[string]registry.Professional
	sharing       map[string]bool
	openings      map[string]privacy.Opening
	decisions     map[string][]Signed
	sits          map[string]bool // on whose committee the reader sits, by need
	deciders      map[string][]Approver
}

// viewsIn shows candidacies to the actor, in a handful of queries.
func viewsIn(tx *store.Tx, who identity.Actor, all []Candidacy, withCards bool) ([]View, error) {
	if len(all) == 0 {
		return []View{}, nil
	}
	around, err := surroundingsIn(tx, who, all)
	if err != nil {
		return nil, err
	}
	views := make([]View, len(all))
	for i, c := range all {
		if views[i], err = around.view(who, c, withCards); err != nil {
			return nil, err
		}
	}
	return views, nil
}

// view shows one candidacy: what the actor may not see is not in it.
func (s surroundings) view(who identity.Actor, c Candidacy, withCard bool) (View, error) {
	n, p := s.needs[c.NeedID], s.people[c.ProfessionalID]
	v := View{Candidacy: c, Need: n, Organisation: s.organisations[n.OrganisationID], Association: s.organisations[c.NominatedBy].Name,
		Status: c.State.Status(), Pseudonym: p.Pseudonym, Can: allowed(who, c, s.decisions[c.ID], s.deciders[c.ID])}
	v.Position, _ = needs.PositionOf(s.positions[c.NeedID], c.PositionID)
	sits := s.sits[c.NeedID] && slices.Contains(chosen, c.State)
	open := named(who, c, s.sharing[c.ProfessionalID], s.openings[c.ID]) || sits && s.sharing[c.ProfessionalID]
	if open {
		v.Name = strings.TrimSpace(p.GivenName + " " + p.FamilyName)
	}
	v.Profile = ""
	if !insider(who) && !sits {
		return v.forOutsiders(who), nil
	}
	v.Decisions, v.Deciders = s.decisions[c.ID], s.deciders[c.ID]
	if !open && !who.Is(identity.Coordinator) {
		v.Statement, v.EndReason = "", "" // words in which people name themselves
	}
	if !withCard || c.SnapshotID == nil || (who.Is(identity.Host) && !open) {
		return v, nil
	}
	card, err := thaw(c.Profile, open)
	v.Card = card
	return v, err
}

// forOutsiders takes away what partners know among themselves.
func (v View) forOutsiders(who identity.Actor) View {
	v.State, v.Score, v.SnapshotID = "", 0, nil
	v.Rules, v.ResumesTo, v.DecideBy, v.EscalatedAt, v.Round = "", "", nil, nil, 0
	if v.Status != StatusNotSelected {
		v.ReasonCode = ""
	}
	if !own(who, v.Candidacy) {
		v.EndReason = ""
		if v.Origin != FromNomination {
			v.Statement = ""
		}
	}
	return v
}

// surroundingsIn loads what belongs around the candidacies.
func surroundingsIn(tx *store.Tx, who identity.Actor, all []Candidacy) (surroundings, error) {
	s := surroundings{needs: map[string]needs.Need{}, people: map[string]registry.Professional{}}
	ids := each(all, func(c Candidacy) string { return c.ID })
	people := each(all, func(c Candidacy) string { return c.ProfessionalID })
	var calls []needs.Need
	if err := tx.Where("id IN ?", each(all, func(c Candidacy) string { return c.NeedID })).Find(&calls).Error; err != nil {
		return s, fmt.Errorf("load needs: %w", err)
	}
	var err error
	if s.positions, err = needs.PositionsIn(tx, each(all, func(c Candidacy) string { return c.NeedID })...); err != nil {
		return s, fmt.Errorf("load positions: %w", err)
	}
	parties := each(all, func(c Candidacy) string { return c.NominatedBy })
	for _, n := range calls {
		s.needs[n.ID] = n
		parties = append(parties, n.OrganisationID)
	}
	var persons []registry.Professional
	if err := tx.Select("id", "pseudonym", "given_name", "family_name").Where("id IN ?", people).Find(&persons).Error; err != nil {
		return s, fmt.Errorf("load people: %w", err)
	}
	for _, p := range persons {
		s.people[p.ID] = p
	}
	if s.organisations, err = identity.OrganisationsIn(tx, parties); err != nil {
		return s, err
	}
	if s.sharing, err = privacy.GivenIn(tx, people, privacy.ShareWithHosts); err != nil {
		return s, err
	}
	if s.openings, err = privacy.OpeningsIn(tx, ids); err != nil {
		return s, err
	}
	if s.decisions, err = decisionsIn(tx, ids); err != nil {
		return s, err
	}
	if s.deciders, err = NamedIn(tx, ids); err != nil {
		return s, err
	}
	s.sits, err = sitsIn(tx, who, all)
	return s, err
}

// decisionsIn returns the decisions of candidacies with names, oldest first.
func decisionsIn(tx *store.Tx, ids []string) (map[string][]Signed, error) {
	var found []struct {
		Decision
		UserName         string
		ForName          string
		OrganisationName string
	}
	err := tx.Raw(`SELECT d.*, COALESCE(u.name, '') AS user_name, COALESCE(f.name, '') AS for_name, COALESCE(o.name, '') AS organisation_name
		FROM decisions d LEFT JOIN users u ON u.id = d.by_user LEFT JOIN users f ON f.id = d.for_user LEFT JOIN organisations o ON o.id = d.by_organisation
		WHERE d.candidacy_id IN ? ORDER BY d.candidacy_id, d.at, d.id`, ids).Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("load decisions: %w", err)
	}
	grouped := map[string][]Signed{}
	for _, d := range found {
		grouped[d.CandidacyID] = append(grouped[d.CandidacyID], Signed{Step: d.Step, Outcome: d.Outcome, Reason: d.Reason,
			ByUser: d.ByUser, By: d.UserName, Organisation: d.OrganisationName, At: d.At, Round: d.Round, ForUser: d.ForUser, For: d.ForName})
	}
	return grouped, nil
}

// sitsIn tells on the committees of which needs the reader sits: a member reads what
// the committee decides about, whichever side they sit for.
func sitsIn(tx *store.Tx, who identity.Actor, all []Candidacy) (map[string]bool, error) {
	sits := map[string]bool{}
	if who.UserID == "" || who.Is(identity.Professional) {
		return sits, nil
	}
	var found []string
	err := tx.Model(&Member{}).Where("user_id = ? AND need_id IN ?", who.UserID, each(all, func(c Candidacy) string { return c.NeedID })).Pluck("need_id", &found).Error
	if err != nil {
		return nil, fmt.Errorf("load seats: %w", err)
	}
	for _, needID := range found {
		sits[needID] = true
	}
	return sits, nil
}

// SeatsIn returns the actor's seats on the committees of the needs of candidacies, by
// need.
func SeatsIn(tx *store.Tx, who identity.Actor, all []Candidacy) (map[string]Member, error) {
	seats := map[string]Member{}
	if who.UserID == "" || who.Is(identity.Professional) || len(all) == 0 {
		return seats, nil
	}
	var found []Member
	err := tx.Where("user_id = ? AND need_id IN ?", who.UserID, each(all, func(c Candidacy) string { return c.NeedID })).Find(&found).Error
	if err != nil {
		return nil, fmt.Errorf("load seats: %w", err)
	}
	for _, m := range found {
		seats[m.NeedID] = m
	}
	return seats, nil
}
