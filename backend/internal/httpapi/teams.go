// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"strings"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/selection"
)

// memberOutcome is what became of one member at a step of a team.
type memberOutcome struct {
	CandidacyID string `json:"candidacyId"`
	Pseudonym   string `json:"pseudonym"`
	Outcome     string `json:"outcome" enum:"done,failed"`
	Code        string `json:"code" doc:"Why not; empty when it was done."`
	Message     string `json:"message"`
}

type teamCan struct {
	Add       bool `json:"add"`
	Apply     bool `json:"apply"`
	Shortlist bool `json:"shortlist"`
	Endorse   bool `json:"endorse"`
	Object    bool `json:"object" doc:"Give or refuse the ministry's no-objection."`
	Approve   bool `json:"approve"`
}

// teamView is several professionals who stand for a need together.
type teamView struct {
	ID          string          `json:"id"`
	Version     int             `json:"version"`
	Name        string          `json:"name" doc:"Empty for the host before somebody of the team is on the shortlist."`
	Statement   string          `json:"statement" doc:"Why this team; empty for the host before the shortlist."`
	State       string          `json:"state" enum:"FORMING,APPLIED"`
	Association string          `json:"association" doc:"That formed it."`
	AppliedAt   *time.Time      `json:"appliedAt"`
	Need        teamNeed        `json:"need"`
	Members     []candidacyView `json:"members" doc:"Those whom I may see. Each has their own answer and outcome."`
	Can         teamCan         `json:"can"`
	Outcomes    []memberOutcome `json:"outcomes" doc:"Of the step that was just taken, member by member; else empty."`
}

func (v teamView) etag() int { return v.Version }

type teamNeed struct {
	ID        string     `json:"id"`
	Reference string     `json:"reference"`
	Title     string     `json:"title"`
	Language  string     `json:"language"`
	Headcount int        `json:"headcount"`
	Filled    int        `json:"filled"`
	Posts     []postView `json:"posts"`
}

func viewTeam(v selection.TeamView) teamView {
	return teamView{ID: v.ID, Version: v.Version, Name: v.Name, Statement: v.Statement, State: string(v.State), Association: v.Association, AppliedAt: v.AppliedAt,
		Need: teamNeed{ID: v.Need.ID, Reference: v.Need.Reference, Title: v.Need.Title, Language: v.Need.Language, Headcount: v.Need.Headcount,
			Filled: v.Need.Filled, Posts: mapped(v.Positions, viewPost)},
		Members: mapped(v.Members, viewCandidacy), Can: teamCan(v.Can),
		Outcomes: mapped(v.Outcomes, func(o selection.Outcome) memberOutcome { return memberOutcome(o) })}
}

type memberInput struct {
	ProfessionalID string `json:"professionalId" maxLength:"36" doc:"The member's identifier or pseudonym."`
	Position       string `json:"position" required:"false" maxLength:"36" doc:"The identifier of one of the need's positions; empty means the one near to the member's occupation."`
}

func nominations(all []memberInput) []selection.Nomination {
	return mapped(all, func(m memberInput) selection.Nomination {
		return selection.Nomination{Professional: m.ProfessionalID, Position: m.Position}
	})
}

type teamInput struct {
	NeedPath
	Body struct {
		Name      string        `json:"name" doc:"At most 200 characters."`
		Statement string        `json:"statement" doc:"Why this team; each member reads it. At most 5,000 characters."`
		Members   []memberInput `json:"members" doc:"From 1 to 100. Each is asked and answers for themselves."`
	}
}

// TeamPath names a team; exported for huma to look into it.
type TeamPath struct {
	ID string `path:"id" maxLength:"36"`
}

type membersInput struct {
	TeamPath
	IfMatch
	Body struct {
		Members []memberInput `json:"members" doc:"From 1 to 100."`
	}
}

type teamStepInput struct {
	TeamPath
	IfMatch
	Body struct {
		Step     string `json:"step" enum:"apply,shortlist,endorse,no_objection,approve" doc:"What is done for all members who wait for it."`
		Decision string `json:"decision" required:"false" enum:"yes,no" doc:"For endorse, no_objection and approve."`
		Reason   string `json:"reason" required:"false" doc:"Kept with each member; needed for all but apply. At most 5,000 characters."`
		Why      string `json:"balanceReason" required:"false" maxLength:"5000" doc:"Why a shortlist is one-sided all the same, where the programme asks for balance."`
	}
}

// teamRoutes lead teams.
func (a *API) teamRoutes() []Route {
	association := identity.Only(identity.Association)
	parties := identity.Only(identity.Association, identity.Host, identity.Ministry, identity.Coordinator)
	readers := identity.Only(identity.Association, identity.Host, identity.Ministry, identity.Coordinator, identity.Professional)
	return []Route{
		creates("/needs/{ref}/teams", association, "form-team", "Put a team together for a need; each member is asked", a.formTeam, a.readTeam),
		on("GET", "/needs/{ref}/teams", parties, "list-teams", "The teams of a need that I may see", a.listTeams),
		on("GET", "/teams/{id}", readers, "show-team", "A team", a.showTeam),
		on("POST", "/teams/{id}/members", association, "add-to-team", "Ask more people into a team that has not applied yet", a.addToTeam),
		on("POST", "/teams/{id}/steps", parties, "move-team", "Take a step for all members of a team; what stops one stops nobody else", a.moveTeam),
	}
}

func (a *API) formTeam(ctx context.Context, who identity.Actor, in *teamInput) (string, error) {
	t, err := a.Selection.FormTeam(ctx, who, in.Ref, selection.TeamForm{Name: in.Body.Name, Statement: in.Body.Statement, Members: nominations(in.Body.Members)})
	return t.ID, err
}

func (a *API) readTeam(ctx context.Context, who identity.Actor, teamID string) (teamView, error) {
	t, err := a.Selection.Team(ctx, who, teamID)
	return viewTeam(t), err
}

func (a *API) showTeam(ctx context.Context, who identity.Actor, in *TeamPath) (teamView, error) {
	return a.readTeam(ctx, who, in.ID)
}

func (a *API) listTeams(ctx context.Context, who identity.Actor, in *NeedPath) (list[teamView], error) {
	found, err := a.Selection.Teams(ctx, who, in.Ref)
	return listOf(mapped(found, viewTeam), ""), err
}

func (a *API) addToTeam(ctx context.Context, who identity.Actor, in *membersInput) (teamView, error) {
	version, err := in.version()
	if err != nil {
		return teamView{}, err
	}
	t, err := a.Selection.AddToTeam(ctx, who, in.ID, version, nominations(in.Body.Members))
	return viewTeam(t), err
}

func (a *API) moveTeam(ctx context.Context, who identity.Actor, in *teamStepInput) (teamView, error) {
	version, err := in.version()
	if err != nil {
		return teamView{}, err
	}
	t, err := a.Selection.MoveTeam(ctx, who, in.ID, version, selection.TeamStep{Step: in.Body.Step, Decision: in.Body.Decision,
		Reason: strings.TrimSpace(in.Body.Reason), Balance: in.Body.Why})
	return viewTeam(t), err
}
