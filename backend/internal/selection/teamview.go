// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/store"
)

// mine tells whether the actor acts for the association that formed the team.
func (t Team) mine(who identity.Actor) bool {
	return who.Is(identity.Association) && who.OrganisationID == t.OrganisationID
}

// Team returns a team as far as the actor may see it.
func (s *Service) Team(ctx context.Context, who identity.Actor, teamID string) (TeamView, error) {
	var view TeamView
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		t, err := teamIn(tx, who, teamID)
		if err != nil {
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

// Teams returns the teams of a need that the actor may see, in the order in which they
// were formed.
func (s *Service) Teams(ctx context.Context, who identity.Actor, needRef string) ([]TeamView, error) {
	views := []TeamView{}
	var people []View
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		n, err := needs.FindIn(tx, who, needRef)
		if err != nil {
			return err
		}
		var found []Team
		if err := scopedTeams(tx, who).Where("need_id = ?", n.ID).Order("id").Limit(batch).Find(&found).Error; err != nil {
			return fmt.Errorf("list teams: %w", err)
		}
		for _, t := range found {
			view, err := teamViewIn(tx, who, t)
			if err != nil {
				return err
			}
			views, people = append(views, view), append(people, view.Members...)
		}
		return nil
	})
	if err == nil {
		s.shown(who, people, "team")
	}
	return views, err
}

// scopedTeams is the query of the teams that the actor may see. Whoever decides learns
// of a team when it applies, a ministry when somebody of it is on a shortlist.
func scopedTeams(tx *store.Tx, who identity.Actor) *gorm.DB {
	query := tx.Model(&Team{})
	if !who.Is(identity.Professional) {
		query = query.Where("need_id IN (SELECT id FROM needs WHERE programme_id = ?)", who.ProgrammeID)
	}
	switch who.Role {
	case identity.Association:
		return query.Where("organisation_id = ?", who.OrganisationID)
	case identity.Professional:
		return query.Where("id IN (SELECT team_id FROM candidacies WHERE professional_id = ? AND professional_id <> '')", who.ProfessionalID)
	case identity.Host:
		return query.Where("state = ? AND need_id IN (SELECT id FROM needs WHERE organisation_id = ?)", Applied, who.OrganisationID)
	case identity.Ministry:
		return query.Where("id IN (SELECT team_id FROM candidacies WHERE snapshot_id IS NOT NULL)").
			Where("need_id IN (SELECT n.id FROM needs n JOIN organisations o ON o.country = n.country WHERE o.id = ?)", who.OrganisationID)
	case identity.Coordinator:
		return query.Where("state = ?", Applied)
	}
	return query.Where("1 = 0")
}

// teamIn returns a team as far as the actor may see it.
func teamIn(tx *store.Tx, who identity.Actor, teamID string) (Team, error) {
	var found []Team
	if err := scopedTeams(tx, who).Where("id = ?", teamID).Find(&found).Error; err != nil {
		return Team{}, fmt.Errorf("load team: %w", err)
	}
	if len(found) == 0 {
		return Team{}, teamMissing
	}
	return found[0], nil
}

// membersIn returns the candidacies of a team that the actor may see, in one of the
// states if any are named.
func membersIn(tx *store.Tx, who identity.Actor, teamID string, among ...State) ([]Candidacy, error) {
	query := scoped(tx, who).Where("team_id = ?", teamID)
	if len(among) > 0 {
		query = query.Where("state IN ?", among)
	}
	var found []Candidacy
	if err := query.Order("id").Find(&found).Error; err != nil {
		return nil, fmt.Errorf("load members: %w", err)
	}
	return found, nil
}

// teamViewIn shows a team to the actor. The words of an association may name people: a
// host reads them from the shortlist on, as it does names.
func teamViewIn(tx *store.Tx, who identity.Actor, t Team) (TeamView, error) {
	view := TeamView{Team: t}
	var err error
	if view.Need, err = needIn(tx, t.NeedID); err != nil {
		return view, err
	}
	parties, err := identity.OrganisationsIn(tx, []string{t.OrganisationID})
	if err != nil {
		return view, err
	}
	view.Association = parties[t.OrganisationID].Name
	by, err := needs.PositionsIn(tx, t.NeedID)
	if err != nil {
		return view, fmt.Errorf("load positions: %w", err)
	}
	view.Positions = by[t.NeedID]
	members, err := membersIn(tx, who, t.ID)
	if err != nil {
		return view, err
	}
	if view.Members, err = viewsIn(tx, who, members, false); err != nil {
		return view, err
	}
	if who.Is(identity.Host) && !slices.ContainsFunc(members, func(c Candidacy) bool { return c.SnapshotID != nil }) {
		view.Name, view.Statement = "", ""
	}
	view.Can = view.may(who, members)
	return view, nil
}

// may says what the actor may do with the team next.
func (v TeamView) may(who identity.Actor, members []Candidacy) TeamCan {
	among := func(states ...State) int {
		n := 0
		for _, c := range members {
			if slices.Contains(states, c.State) {
				n++
			}
		}
		return n
	}
	switch who.Role {
	case identity.Association:
		forming := v.mine(who) && v.State == Forming && v.Need.State == needs.Published
		return TeamCan{Add: forming, Apply: forming && among(early...) >= leastMembers}
	case identity.Host:
		return TeamCan{Endorse: among(teamSteps["endorse"].from...) > 0}
	case identity.Ministry:
		return TeamCan{Object: among(HostEndorsed) > 0}
	case identity.Coordinator:
		return TeamCan{Shortlist: v.Need.Choosable() == nil && among(early...) > 0, Approve: among(NoObjection) > 0}
	}
	return TeamCan{}
}
