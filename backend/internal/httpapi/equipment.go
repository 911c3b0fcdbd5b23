// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/placements"
)

// goodView is one line of what a team brings.
type goodView struct {
	Name     string `json:"name" doc:"At most 300 characters."`
	Quantity int    `json:"quantity"`
	Value    int64  `json:"value" doc:"Of one piece, in minor units of the currency."`
	Currency string `json:"currency" doc:"ISO 4217."`
	Serial   string `json:"serial" required:"false"`
	Stays    bool   `json:"stays" required:"false" doc:"Given to the host; else it leaves again with the team."`
}

type bringerView struct {
	Placement string `json:"placementReference"`
	Name      string `json:"name"`
	Work      string `json:"work" doc:"The position, or the person's occupation."`
}

// equipmentView is the list of a need, with whom the letter to the customs names.
type equipmentView struct {
	Version int           `json:"version" doc:"Of the need."`
	Items   []goodView    `json:"items"`
	Team    []bringerView `json:"team" doc:"Who has accepted to come; empty for the association, which knows its own members only."`
	Edit    bool          `json:"edit" doc:"I may change the list."`
}

func (v equipmentView) etag() int { return v.Version }

func viewEquipment(e placements.Equipment) equipmentView {
	return equipmentView{Version: e.Need.Version, Edit: e.Edit,
		Items: mapped(e.Goods, func(g placements.Good) goodView {
			return goodView{Name: g.Name, Quantity: g.Quantity, Value: g.Value, Currency: g.Currency, Serial: g.Serial, Stays: g.Stays}
		}),
		Team: mapped(e.Team, func(b placements.Bringer) bringerView { return bringerView(b) })}
}

type equipmentInput struct {
	NeedPath
	IfMatch
	Body struct {
		Items []goodView `json:"items" doc:"The whole list; at most 200."`
	}
}

type customsAsked struct {
	NeedPath
	Language string `query:"language" enum:"en,fr,ar,pt" doc:"Left out: the reader's language."`
}

type teamEvaluation struct {
	NeedPath
	Body struct {
		Answers map[string]string `json:"answers" doc:"By the names of the questions of host_evaluation, without skills: those are confirmed for each alone."`
	}
}

type evaluatedView struct {
	Placement string `json:"placementReference"`
	Person    string `json:"person"`
	Outcome   string `json:"outcome" enum:"done,kept,not_now" doc:"kept: the host has evaluated this person alone."`
}

// equipmentRoutes are about a team that is to come, or has come.
func (a *API) equipmentRoutes() []Route {
	readers := identity.Only(identity.Association, identity.Host, identity.Ministry, identity.Coordinator)
	writers := identity.Only(identity.Association, identity.Host, identity.Coordinator)
	partners := identity.Only(identity.Host, identity.Ministry, identity.Coordinator)
	return []Route{
		on("GET", "/needs/{ref}/equipment", readers, "show-equipment", "What the team of a need brings", a.showEquipment),
		on("PUT", "/needs/{ref}/equipment", writers, "set-equipment", "Write down what the team of a need brings", a.setEquipment),
		download("/needs/{ref}/customs-letter", "application/pdf", "The letter, for printing", partners, "fetch-customs-letter",
			"The letter to the customs: the goods, and who brings them", a.fetchCustomsLetter),
		on("PUT", "/needs/{ref}/evaluation", identity.Only(identity.Host), "evaluate-team", "One evaluation for everybody who served for a need", a.evaluateTeam),
	}
}

func (a *API) showEquipment(ctx context.Context, who identity.Actor, in *NeedPath) (equipmentView, error) {
	e, err := a.Placements.Equipment(ctx, who, in.Ref)
	return viewEquipment(e), err
}

func (a *API) setEquipment(ctx context.Context, who identity.Actor, in *equipmentInput) (equipmentView, error) {
	version, err := in.version()
	if err != nil {
		return equipmentView{}, err
	}
	e, err := a.Placements.SetEquipment(ctx, who, in.Ref, version, mapped(in.Body.Items, func(g goodView) placements.Good {
		return placements.Good{Name: g.Name, Quantity: g.Quantity, Value: g.Value, Currency: g.Currency, Serial: g.Serial, Stays: g.Stays}
	}))
	return viewEquipment(e), err
}

func (a *API) fetchCustomsLetter(ctx context.Context, who identity.Actor, in *customsAsked) (string, []byte, error) {
	return a.Placements.CustomsLetter(ctx, who, in.Ref, in.Language)
}

func (a *API) evaluateTeam(ctx context.Context, who identity.Actor, in *teamEvaluation) (list[evaluatedView], error) {
	all, err := a.Placements.EvaluateTeam(ctx, who, in.Ref, in.Body.Answers)
	return listOf(mapped(all, func(e placements.Evaluated) evaluatedView { return evaluatedView(e) }), ""), err
}
