// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"cmp"
	"context"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/intake"
	"sankofa/backend/internal/registry"
)

type membersView struct {
	Counts   map[string]int `json:"counts" doc:"Members by how far they have come: uninvited, sent, opened, expired, confirmed, visible, paused, withdrawn, stale, declined."`
	Total    int            `json:"total"`
	Waiting  int            `json:"waiting" doc:"Of them, those who have not answered."`
	Oldest   *time.Time     `json:"oldest" doc:"Since when the one who waits longest has been here without an answer; null when nobody waits."`
	Proposed int            `json:"proposed" doc:"Members whom the association proposed for a need."`
	Placed   int            `json:"placed" doc:"Members with a placement that was not cancelled."`
}

func viewMembers(m registry.Members) membersView {
	v := membersView{Counts: map[string]int{}, Total: m.Total, Oldest: m.Oldest, Proposed: m.Proposed, Placed: m.Placed}
	for _, p := range registry.AllProgress {
		v.Counts[string(p)] = m.Counts[p]
	}
	for _, p := range registry.Waiting {
		v.Waiting += m.Counts[p]
	}
	return v
}

// invitingQuery chooses whom to invite again; exported fields for huma.
type invitingQuery struct {
	Progress string `query:"progress" enum:"uninvited,sent,opened,expired" doc:"Only people who have come so far; empty: whoever has not answered."`
	Import   string `query:"import" maxLength:"60" doc:"Only people whom this import brought."`
}

type invitingMany struct {
	Body struct {
		Progress string `json:"progress" required:"false" enum:"uninvited,sent,opened,expired," doc:"Only people who have come so far; empty: whoever has not answered."`
		Import   string `json:"import" required:"false" maxLength:"60" doc:"Only people whom this import brought."`
	}
}

type roundView struct {
	Count     int            `json:"count" doc:"People who get a mail with a new link."`
	Rested    int            `json:"rested" doc:"People who had one in the last three days and are left alone."`
	Languages map[string]int `json:"languages" doc:"The languages of the mails, with how many are in each."`
	Left      int            `json:"left" doc:"People for whom one request was too few: send it again."`
}

type membersExport struct {
	SpreadsheetFormat
	State    string `query:"state" enum:"invited,active,paused,declined" doc:"Only people in this state."`
	Progress string `query:"progress" enum:"uninvited,sent,opened,expired,confirmed,visible,paused,withdrawn,stale,declined" doc:"For an association: only members who have come so far."`
	Language string `query:"language" maxLength:"10" doc:"Of the headings: en, fr, ar or pt; empty: the reader's."`
}

// membersRoutes let an association see how far its members have come, invite many
// of them at once, and take the list away.
func (a *API) membersRoutes() []Route {
	association := identity.Only(identity.Association)
	return []Route{
		on("GET", "/members", association, "count-members", "How far my association's members have come", a.countMembers),
		on("GET", "/members/invitations", association, "count-invitations", "Whom a round of invitations would reach", a.countInvitations),
		on("POST", "/members/invitations", association, "invite-members", "Invite everybody again who has not answered; nobody twice within three days", a.inviteMembers),
		workbook("/professionals/export", identity.Only(identity.Association, identity.Coordinator), "export-professionals",
			"The list of people as a spreadsheet: what I may not see is not in it, and each person sees that I took it", a.exportProfessionals),
	}
}

func (a *API) countMembers(ctx context.Context, who identity.Actor, _ *none) (membersView, error) {
	found, err := a.Registry.Members(ctx, who)
	return viewMembers(found), err
}

func (a *API) countInvitations(ctx context.Context, who identity.Actor, in *invitingQuery) (roundView, error) {
	round, err := a.Registry.CountInvitations(ctx, who, registry.Inviting{Progress: registry.Progress(in.Progress), Import: in.Import})
	return roundView(round), err
}

func (a *API) inviteMembers(ctx context.Context, who identity.Actor, in *invitingMany) (roundView, error) {
	round, err := a.Registry.InviteMany(ctx, who, registry.Inviting{Progress: registry.Progress(in.Body.Progress), Import: in.Body.Import})
	return roundView(round), err
}

func (a *API) exportProfessionals(ctx context.Context, who identity.Actor, in *membersExport) (string, string, [][]string, error) {
	cards, err := a.Registry.Export(ctx, who, registry.Filter{State: registry.State(in.State), Progress: registry.Progress(in.Progress)})
	if err != nil {
		return "", "", nil, err
	}
	return "members", in.Format, intake.Sheet(cards, who.Is(identity.Coordinator), cmp.Or(in.Language, who.Locale)), nil
}
