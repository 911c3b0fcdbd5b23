// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/selection"
)

// approverView is an officer who is, or may be, named at a step.
type approverView struct {
	UserID       string `json:"userId"`
	Name         string `json:"name"`
	Organisation string `json:"organisation" doc:"Of those who may be named."`
}

func viewApprover(a selection.Approver) approverView {
	return approverView{UserID: a.UserID, Name: a.Name, Organisation: a.Organisation}
}

type chainStepView struct {
	Step       string         `json:"step" enum:"host_endorsement,no_objection,approval"`
	Days       int            `json:"days" doc:"To decide in."`
	Working    bool           `json:"working" doc:"The days are working days."`
	Silence    string         `json:"silence" enum:"escalate,remind" doc:"What follows when nobody decides in time; never a yes."`
	Approvers  []approverView `json:"approvers" doc:"Who may decide; none: any officer of the side. Who has left counts no more."`
	Candidates []approverView `json:"candidates" doc:"Who may be named."`
}

type chainView struct {
	Version int             `json:"version" doc:"1 while the programme has set none."`
	By      string          `json:"by" doc:"Who set it."`
	At      *time.Time      `json:"at" doc:"When; null for the usual chain."`
	Steps   []chainStepView `json:"steps"`
}

func (v chainView) etag() int { return v.Version }

func viewChain(c selection.Chain) chainView {
	return chainView{Version: c.Version, By: c.By, At: c.At, Steps: mapped(c.Links, func(l selection.Link) chainStepView {
		return chainStepView{Step: string(l.Step), Days: l.Days, Working: l.Working, Silence: l.Silence, Approvers: mapped(l.People, viewApprover),
			Candidates: mapped(c.Candidates[l.Step], viewApprover)}
	})}
}

type chainStepInput struct {
	Step      string   `json:"step" enum:"host_endorsement,no_objection,approval"`
	Days      int      `json:"days" doc:"1 to 90."`
	Working   bool     `json:"working"`
	Silence   string   `json:"silence" enum:"escalate,remind"`
	Approvers []string `json:"approvers" doc:"Identifiers of users; none: any officer of the side. At most 20."`
}

type chainInput struct {
	IfMatch
	Body struct {
		Steps []chainStepInput `json:"steps" doc:"Host, ministry, coordinator, in this order."`
	}
}

func (a *API) showChain(ctx context.Context, who identity.Actor, _ *none) (chainView, error) {
	c, err := a.Selection.ChainOf(ctx, who)
	return viewChain(c), err
}

func (a *API) setChain(ctx context.Context, who identity.Actor, in *chainInput) (chainView, error) {
	version, err := in.version()
	if err != nil {
		return chainView{}, err
	}
	c, err := a.Selection.SetChain(ctx, who, version, mapped(in.Body.Steps, func(s chainStepInput) selection.Link {
		return selection.Link{Step: selection.Step(s.Step), Days: s.Days, Working: s.Working, Silence: s.Silence,
			People: mapped(s.Approvers, func(id string) selection.Approver { return selection.Approver{UserID: id} })}
	}))
	return viewChain(c), err
}
