// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"time"

	"sankofa/backend/internal/erasure"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/inventory"
)

type erasureLine struct {
	Table   string `json:"table"`
	Purpose string `json:"purpose" doc:"What the rows are for, in English."`
	Rows    int64  `json:"rows"`
	Fate    string `json:"fate" enum:"deleted,scrubbed,kept,edited"`
	Why     string `json:"why" doc:"Why something stays; empty for what goes."`
}

func viewErasureLine(l erasure.Line) erasureLine {
	table, _ := inventory.Of(l.Table)
	return erasureLine{Table: l.Table, Purpose: table.Purpose, Rows: l.Rows, Fate: string(l.Fate), Why: l.Why}
}

type erasureStanding struct {
	RequestedAt time.Time `json:"requestedAt"`
	DueAt       time.Time `json:"dueAt" doc:"Until then it can be taken back."`
	Cause       string    `json:"cause" enum:"person,retention"`
}

type erasurePreview struct {
	Goes     []erasureLine    `json:"goes"`
	Stays    []erasureLine    `json:"stays"`
	DueAt    time.Time        `json:"dueAt" doc:"When it would be carried out if asked for now."`
	Days     int              `json:"days" doc:"In which one may change one's mind."`
	Word     string           `json:"word" doc:"What is typed to confirm."`
	Officer  bool             `json:"officer" doc:"The account also acts for an organisation, and stays for that."`
	Placed   []string         `json:"placed" doc:"Placements that have to end first."`
	Standing *erasureStanding `json:"standing" doc:"What was asked for already, or null."`
}

func viewStanding(e *erasure.Erasure) *erasureStanding {
	if e == nil {
		return nil
	}
	return &erasureStanding{RequestedAt: e.RequestedAt, DueAt: e.DueAt, Cause: string(e.Cause)}
}

// erasureRoutes are how a person goes for good.
func (a *API) erasureRoutes() []Route {
	self := identity.Only(identity.Professional)
	return []Route{
		on("GET", "/me/erasure", self, "preview-erasure", "What would go, what would stay and why", a.previewErasure),
		on("POST", "/me/erasure", self, "request-erasure", "Erase me; nobody is shown me any more by the time this answers", a.requestErasure),
		does("DELETE", "/me/erasure", self, "cancel-erasure", "Take the request back", a.cancelErasure),
	}
}

func (a *API) previewErasure(ctx context.Context, who identity.Actor, _ *none) (erasurePreview, error) {
	p, err := a.Erasure.Preview(ctx, who)
	return erasurePreview{Goes: mapped(p.Goes, viewErasureLine), Stays: mapped(p.Stays, viewErasureLine), DueAt: p.Due, Days: p.Days, Word: erasure.Word,
		Officer: p.Officer, Placed: listed(p.Placed), Standing: viewStanding(p.Standing)}, err
}

type erasureAsked struct {
	Body struct {
		Word     string `json:"word" maxLength:"40" doc:"ERASE, in capitals."`
		Password string `json:"password" maxLength:"400"`
	}
}

func (a *API) requestErasure(ctx context.Context, who identity.Actor, in *erasureAsked) (erasureStanding, error) {
	e, err := a.Erasure.Request(ctx, who, erasure.Confirmation{Word: in.Body.Word, Password: in.Body.Password})
	return *viewStanding(&e), err
}

func (a *API) cancelErasure(ctx context.Context, who identity.Actor, _ *none) error {
	return a.Erasure.Cancel(ctx, who)
}
