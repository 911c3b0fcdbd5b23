// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"time"

	"sankofa/backend/internal/funding"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/placements"
)

type tierView struct {
	Days    int `json:"days" doc:"For how many days it holds; 0, in the last: all that are left."`
	Percent int `json:"percent" doc:"Of the daily rate."`
}

type payRate struct {
	Country      string     `json:"country" doc:"ISO 3166-1 alpha-2; empty: wherever no other rate is."`
	Currency     string     `json:"currency" doc:"ISO 4217."`
	Daily        int64      `json:"daily" doc:"Minor units a day."`
	Travel       int64      `json:"travel" doc:"Minor units a stay."`
	LodgingShare int        `json:"lodgingShare" doc:"Percent of the allowance for whom the host lodges."`
	Tiers        []tierView `json:"tiers" maxItems:"20" doc:"None: every day in full."`
	LeaveDays    *int       `json:"leaveDays,omitempty" doc:"Days of leave that are paid for every thirty days of a stay, rounded up; left out: no limit."`
	RemoteDays   *int       `json:"remoteDays,omitempty" doc:"Days of work from elsewhere, likewise."`
}

type ratesView struct {
	Version int       `json:"version" doc:"1 while the programme has set none."`
	Rates   []payRate `json:"rates"`
}

func (v ratesView) etag() int { return v.Version }

func viewTier(t funding.Tier) tierView { return tierView(t) }

func viewRates(r funding.Rates) ratesView {
	return ratesView{Version: r.Version, Rates: mapped(r.Rates, func(one funding.Rate) payRate {
		return payRate{Country: one.Country, Currency: one.Currency, Daily: one.Daily, Travel: one.Travel, LodgingShare: one.LodgingShare, Tiers: mapped(one.Tiers, viewTier),
			LeaveDays: one.LeaveDays, RemoteDays: one.RemoteDays}
	})}
}

type ratesInput struct {
	IfMatch
	Body struct {
		Rates []payRate `json:"rates" maxItems:"200"`
	}
}

type instalmentView struct {
	Number     int        `json:"number"`
	Amount     int64      `json:"amount" doc:"Minor units."`
	State      string     `json:"state" enum:"ASKED,RELEASED,REFUSED"`
	AskedAt    time.Time  `json:"askedAt"`
	ReleasedAt *time.Time `json:"releasedAt,omitempty"`
	CanDecide  bool       `json:"canDecide" doc:"A colleague asked for it: I may release or refuse it."`
}

type moneyView struct {
	Currency     string           `json:"currency"`
	Daily        int64            `json:"daily" doc:"Minor units."`
	Lodged       bool             `json:"lodged" doc:"The host lodges the person."`
	LodgingShare int              `json:"lodgingShare" doc:"Percent."`
	Tiers        []tierView       `json:"tiers"`
	Days         int              `json:"days"`
	Unpaid       int              `json:"unpaid" doc:"Days away beyond what the programme allows: no allowance is paid for them."`
	Allowance    int64            `json:"allowance" doc:"For the other days of the stay as they are now, in minor units."`
	Travel       int64            `json:"travel"`
	Committed    int64            `json:"committed" doc:"What is kept for the stay."`
	Released     int64            `json:"released" doc:"What was kept and is free again."`
	Paid         int64            `json:"paid"`
	Instalments  []instalmentView `json:"instalments"`
	CanAsk       bool             `json:"canAsk"`
}

func viewMoney(m *placements.Money) *moneyView {
	if m == nil {
		return nil
	}
	return &moneyView{Currency: m.Currency, Daily: m.Daily, Lodged: m.Lodged, LodgingShare: m.LodgingShare, Tiers: mapped(m.Tiers, viewTier), Days: m.Days, Unpaid: m.Unpaid,
		Allowance: m.Allowance, Travel: m.Travel, Committed: m.Committed, Released: m.Released, Paid: m.Paid, CanAsk: m.CanAsk,
		Instalments: mapped(m.Instalments, func(i placements.Instalment) instalmentView {
			return instalmentView{Number: i.Number, Amount: i.Amount, State: i.State, AskedAt: i.AskedAt, ReleasedAt: i.ReleasedAt, CanDecide: i.Mine}
		})}
}

type instalmentInput struct {
	PlacementPath
	IfMatch
	Body struct {
		Amount int64 `json:"amount" doc:"Minor units."`
	}
}

type instalmentDecision struct {
	PlacementPath
	Number int `path:"number" minimum:"1" maximum:"10000"`
	IfMatch
	Body struct {
		Release bool `json:"release" doc:"False refuses it."`
	}
}

type spanView struct {
	From string `json:"from"`
	To   string `json:"to"`
	Days int    `json:"days"`
}

func viewSpan(s needs.Stay) spanView {
	return spanView{From: string(s.From), To: string(s.To), Days: s.Days()}
}

type handoverView struct {
	From   string `json:"from" doc:"Empty: the two do not meet."`
	To     string `json:"to"`
	Days   int    `json:"days"`
	Enough bool   `json:"enough" doc:"As many days as the host asked for."`
}

type coverageView struct {
	First     string         `json:"first" doc:"The first day on which anybody is there."`
	Last      string         `json:"last"`
	Covered   int            `json:"covered" doc:"Days of the period on which somebody is there."`
	Whole     bool           `json:"whole" doc:"Somebody is there on every day."`
	Gaps      []spanView     `json:"gaps"`
	Handovers []handoverView `json:"handovers" doc:"Between each stay and the next."`
}

func viewCoverage(c needs.Coverage) coverageView {
	return coverageView{First: string(c.First), Last: string(c.Last), Covered: c.Covered, Whole: c.Whole(), Gaps: mapped(c.Gaps, viewSpan),
		Handovers: mapped(c.Handovers, func(h needs.Handover) handoverView {
			return handoverView{From: string(h.From), To: string(h.To), Days: h.Days, Enough: h.Enough}
		})}
}

type legView struct {
	From      string     `json:"from"`
	To        string     `json:"to"`
	Days      int        `json:"days"`
	Placement string     `json:"placement" doc:"The reference; empty while it is not booked, or not mine to see."`
	Candidacy string     `json:"candidacy" doc:"The identifier, while it is not booked."`
	State     string     `json:"state"`
	Person    personView `json:"person"`
	Booked    bool       `json:"booked"`
	Handover  bool       `json:"handover" doc:"The note for whoever comes next is there."`
	Cost      int64      `json:"cost" doc:"Minor units; 0 where it is not known."`
}

type relayCostView struct {
	Currency string `json:"currency"`
	Stays    int    `json:"stays" doc:"How many are counted: booked, meant, and proposed."`
	Relay    int64  `json:"relay" doc:"Minor units for all of them."`
	Single   int64  `json:"single" doc:"Minor units for one person who stays all the time."`
	Virtual  bool   `json:"virtual" doc:"The work is done from afar: nothing is paid."`
}

type relayView struct {
	Relay    bool           `json:"relay"`
	Overlap  int            `json:"overlap" doc:"Days that each and the next are to be there together."`
	Period   spanView       `json:"period"`
	Wanted   int            `json:"wanted" doc:"How many stays the host asks for."`
	Legs     []legView      `json:"legs" doc:"In the order of their days."`
	Booked   coverageView   `json:"booked"`
	Planned  coverageView   `json:"planned" doc:"With those who are still being chosen, as far as I may know of them."`
	Proposed []spanView     `json:"proposed" doc:"How as many people as are still wanted would cover what nobody does."`
	Cost     *relayCostView `json:"cost,omitempty" doc:"Left out where the programme has no rate, or I have no part in it."`
}

func viewRelay(r placements.Relay) relayView {
	view := relayView{Relay: r.Need.Relay, Overlap: r.Need.OverlapDays, Wanted: r.Need.Headcount, Booked: viewCoverage(r.Booked), Planned: viewCoverage(r.Planned),
		Proposed: mapped(r.Proposed, viewSpan)}
	if r.Need.StartsOn != "" && r.Need.EndsOn != "" {
		view.Period = viewSpan(r.Booked.Period)
	}
	view.Legs = mapped(r.Legs, func(l placements.Leg) legView {
		return legView{From: string(l.From), To: string(l.To), Days: l.Days(), Placement: l.Placement, Candidacy: l.Candidacy, State: l.State,
			Person: personView{Pseudonym: l.Pseudonym, Name: l.Name}, Booked: l.Booked, Handover: l.Handover, Cost: l.Cost}
	})
	if r.Cost != nil {
		cost := relayCostView(*r.Cost)
		view.Cost = &cost
	}
	return view
}

type stretchView struct {
	State  string `json:"state"`
	Hours  int    `json:"hours" doc:"Whole hours, all times together."`
	Visits int    `json:"visits" doc:"How often the need came there."`
	Now    bool   `json:"now"`
}

type heldView struct {
	Role  string `json:"role" enum:"host,ministry,coordinator"`
	Hours int    `json:"hours"`
}

type burdenView struct {
	States   []stretchView `json:"states" doc:"In the order in which the need came there first."`
	Partners []heldView    `json:"partners" doc:"How long each had the need in their hands."`
	Returned int           `json:"returned" doc:"How often it was sent back."`
	Hours    int           `json:"hours" doc:"Altogether, until it was over or now."`
}

func (a *API) showBurden(ctx context.Context, who identity.Actor, in *NeedPath) (burdenView, error) {
	b, err := a.Needs.Burden(ctx, who, in.Ref)
	return burdenView{Returned: b.Returned, Hours: b.Hours,
		States:   mapped(b.States, func(s needs.Stretch) stretchView { return stretchView{string(s.State), s.Hours, s.Visits, s.Now} }),
		Partners: mapped(b.Partners, func(h needs.Held) heldView { return heldView{string(h.Role), h.Hours} })}, err
}

// moneyRoutes are those of rates and allowances, and of how a need is covered.
func (a *API) moneyRoutes() []Route {
	coordinator := identity.Only(identity.Coordinator)
	readers := identity.Only(identity.Host, identity.Ministry, identity.Coordinator, identity.Association, identity.Professional)
	return []Route{
		on("GET", "/rates", coordinator, "show-rates", "What the programme pays for stays", a.showRates),
		on("PUT", "/rates", coordinator, "set-rates", "Say what the programme pays for stays", a.setRates),
		on("POST", "/placements/{ref}/instalments", coordinator, "ask-instalment", "Ask that a part of the allowance be paid", a.askInstalment),
		on("POST", "/placements/{ref}/instalments/{number}", coordinator, "decide-instalment", "Release what a colleague asked for, or refuse it", a.decideInstalment),
		on("GET", "/needs/{ref}/burden", identity.Only(identity.Host, identity.Ministry, identity.Coordinator), "show-burden", "The time that a need has cost, state by state and partner by partner", a.showBurden),
		on("GET", "/needs/{ref}/coverage", readers, "show-coverage", "How the stays of a need cover its period, and what they cost", a.showCoverage),
	}
}

func (a *API) showRates(ctx context.Context, who identity.Actor, _ *struct{}) (ratesView, error) {
	r, err := a.Funding.RatesOf(ctx, who)
	return viewRates(r), err
}

func (a *API) setRates(ctx context.Context, who identity.Actor, in *ratesInput) (ratesView, error) {
	version, err := in.version()
	if err != nil {
		return ratesView{}, err
	}
	r, err := a.Funding.SetRates(ctx, who, version, mapped(in.Body.Rates, func(one payRate) funding.Rate {
		return funding.Rate{Country: one.Country, Currency: one.Currency, Daily: one.Daily, Travel: one.Travel, LodgingShare: one.LodgingShare,
			Tiers: mapped(one.Tiers, func(t tierView) funding.Tier { return funding.Tier(t) }), LeaveDays: one.LeaveDays, RemoteDays: one.RemoteDays}
	}))
	return viewRates(r), err
}

func (a *API) askInstalment(ctx context.Context, who identity.Actor, in *instalmentInput) (placementView, error) {
	version, err := in.version()
	if err != nil {
		return placementView{}, err
	}
	p, err := a.Placements.AskInstalment(ctx, who, in.Ref, version, in.Body.Amount)
	return viewPlacement(p), err
}

func (a *API) decideInstalment(ctx context.Context, who identity.Actor, in *instalmentDecision) (placementView, error) {
	version, err := in.version()
	if err != nil {
		return placementView{}, err
	}
	p, err := a.Placements.DecideInstalment(ctx, who, in.Ref, version, in.Number, in.Body.Release)
	return viewPlacement(p), err
}

func (a *API) showCoverage(ctx context.Context, who identity.Actor, in *NeedPath) (relayView, error) {
	r, err := a.Placements.Relay(ctx, who, in.Ref)
	return viewRelay(r), err
}
