// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/messages"
)

type threadLine struct {
	ID       string    `json:"id" doc:"Of a message; empty for what happened."`
	At       time.Time `json:"at"`
	Body     string    `json:"body"`
	From     string    `json:"from" doc:"The office of whoever wrote it."`
	Name     string    `json:"name" doc:"The organisation, or the person as the reader knows them."`
	Own      bool      `json:"own"`
	Audience string    `json:"audience" enum:"everybody,programme"`
	State    string    `json:"state" doc:"What happened: the new state; empty for the person and for messages."`
	Status   string    `json:"status" doc:"What happened, as the person is told."`
	Seen     []string  `json:"seen" doc:"The other sides that have read this."`
}

type threadView struct {
	Lines     []threadLine `json:"lines" doc:"Oldest first."`
	MayWrite  bool         `json:"mayWrite"`
	Audiences []string     `json:"audiences" doc:"Who can be written to."`
}

func viewThread(t messages.Thread) threadView {
	return threadView{MayWrite: t.MayWrite, Audiences: listed(t.Audiences), Lines: mapped(t.Lines, func(l messages.Line) threadLine {
		return threadLine{ID: l.ID, At: l.At, Body: l.Body, From: string(l.From), Name: l.Name, Own: l.Own, Audience: l.Audience, State: l.State, Status: l.Status,
			Seen: mapped(l.Seen, func(r identity.Role) string { return string(r) })}
	})}
}

type messageBody struct {
	Body     string `json:"body" doc:"At most 5,000 characters. No addresses while people are being chosen."`
	Audience string `json:"audience" required:"false" doc:"everybody, or programme: the person and the coordinators alone."`
}

type candidacyMessage struct {
	CandidacyPath
	Body messageBody
}

type placementMessage struct {
	PlacementPath
	Body messageBody
}

// messageRoutes let the parties of a record write to each other.
func (a *API) messageRoutes() []Route {
	parties := identity.Only(identity.Professional, identity.Host, identity.Coordinator)
	return []Route{
		on("GET", "/candidacies/{id}/messages", parties, "read-candidacy-messages", "What the parties wrote about a candidacy, and what happened", a.readCandidacyMessages),
		on("POST", "/candidacies/{id}/messages", parties, "write-candidacy-message", "Write to the others about a candidacy", a.writeCandidacyMessage),
		on("GET", "/placements/{ref}/messages", parties, "read-placement-messages", "What the parties wrote about a placement, and what happened", a.readPlacementMessages),
		on("POST", "/placements/{ref}/messages", parties, "write-placement-message", "Write to the others about a placement", a.writePlacementMessage),
	}
}

func (a *API) readCandidacyMessages(ctx context.Context, who identity.Actor, in *CandidacyPath) (threadView, error) {
	t, err := a.Messages.Read(ctx, who, "candidacy", in.ID)
	return viewThread(t), err
}

func (a *API) writeCandidacyMessage(ctx context.Context, who identity.Actor, in *candidacyMessage) (threadView, error) {
	if _, err := a.Messages.Write(ctx, who, "candidacy", in.ID, in.Body.Audience, in.Body.Body); err != nil {
		return threadView{}, err
	}
	return a.readCandidacyMessages(ctx, who, &in.CandidacyPath)
}

func (a *API) readPlacementMessages(ctx context.Context, who identity.Actor, in *PlacementPath) (threadView, error) {
	t, err := a.Messages.Read(ctx, who, "placement", in.Ref)
	return viewThread(t), err
}

func (a *API) writePlacementMessage(ctx context.Context, who identity.Actor, in *placementMessage) (threadView, error) {
	if _, err := a.Messages.Write(ctx, who, "placement", in.Ref, in.Body.Audience, in.Body.Body); err != nil {
		return threadView{}, err
	}
	return a.readPlacementMessages(ctx, who, &in.PlacementPath)
}
