// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"strings"
	"time"

	"sankofa/backend/internal/assigning"
	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/proposals"
	"sankofa/backend/internal/search"
)

// proposalQuota is the most stays that an agreement allows.
type proposalQuota struct {
	Name  string   `json:"name" maxLength:"200" doc:"Of the agreement, in the reader's words."`
	Needs []string `json:"needs" doc:"References of open needs."`
	ISCO  []string `json:"isco" doc:"ISCO-08 codes of one to four digits: 222 is every nurse and midwife."`
	Most  int      `json:"most" doc:"Stays, at most. Whoever goes twice counts twice."`
}

// proposalPin is a decision that a coordinator has taken.
type proposalPin struct {
	Need   string `json:"need" maxLength:"36" doc:"Reference of an open need."`
	Person string `json:"person" maxLength:"20" doc:"Pseudonym, such as P-7K3M-Q2XA."`
	Here   bool   `json:"here" doc:"True: this person here. False: not here."`
}

// proposalInputs are what a coordinator asks for.
type proposalInputs struct {
	Budget   *int64          `json:"budget,omitempty" required:"false" doc:"Whole minor units of the currency, such as cents; left out: no limit."`
	Currency string          `json:"currency" maxLength:"3" doc:"ISO 4217, such as EUR."`
	Travel   int64           `json:"travel" doc:"Cost of the journey of each stay that is not virtual, in minor units."`
	Daily    int64           `json:"daily" doc:"Cost of each day of such a stay, in minor units."`
	Relays   []string        `json:"relays,omitempty" required:"false" doc:"References of needs that people cover one after the other; left out: those whose head count just covers their period by stays of the shortest length."`
	Handover int             `json:"handover" doc:"Days that two stays of a relay share."`
	Quotas   []proposalQuota `json:"quotas"`
	Pins     []proposalPin   `json:"pins"`
}

func (in proposalInputs) inputs() proposals.Inputs {
	return proposals.Inputs{Budget: in.Budget, Currency: in.Currency, Travel: in.Travel, Daily: in.Daily, Relays: in.Relays, Handover: in.Handover,
		Quotas: mapped(in.Quotas, func(q proposalQuota) proposals.Quota { return proposals.Quota(q) }),
		Pins:   mapped(in.Pins, func(p proposalPin) proposals.Pin { return proposals.Pin(p) })}
}

func viewInputs(in proposals.Inputs) proposalInputs {
	return proposalInputs{Budget: in.Budget, Currency: in.Currency, Travel: in.Travel, Daily: in.Daily, Relays: mapped(in.Relays, itself), Handover: in.Handover,
		Quotas: mapped(in.Quotas, func(q proposals.Quota) proposalQuota {
			return proposalQuota{Name: q.Name, Needs: mapped(q.Needs, itself), ISCO: mapped(q.ISCO, itself), Most: q.Most}
		}),
		Pins: mapped(in.Pins, func(p proposals.Pin) proposalPin { return proposalPin(p) })}
}

func itself(text string) string { return text }

type proposalLine struct {
	Need      string  `json:"need" doc:"Reference"`
	Person    string  `json:"person" doc:"Pseudonym"`
	From      day.Day `json:"from"`
	To        day.Day `json:"to"`
	Days      int     `json:"days"`
	Stay      int     `json:"stay" doc:"1 is the first stay of a relay."`
	Stays     int     `json:"stays" doc:"How many stays the relay has; 1: it is none."`
	Score     int     `json:"score" doc:"Of 1000, as in the ranking."`
	Points    int64   `json:"points" doc:"What the stay counts for: its share of a relay, or of the days that it covers."`
	Cost      int64   `json:"cost" doc:"In minor units."`
	Candidacy string  `json:"candidacy" doc:"How far the person is as a candidate for this need; empty: they are none."`
	Pinned    bool    `json:"pinned"`
}

func viewLine(l proposals.Line) proposalLine {
	return proposalLine{Need: l.Need, Person: l.Person, From: l.From, To: l.To, Days: day.Length(l.From, l.To), Stay: l.Stay, Stays: l.Stays, Score: l.Score,
		Points: proposals.Points(l.Value), Cost: l.Cost, Candidacy: l.Candidacy, Pinned: l.Pinned}
}

type proposalNeed struct {
	Reference    string  `json:"reference"`
	Title        string  `json:"title"`
	Organisation string  `json:"organisation"`
	Country      string  `json:"country"`
	State        string  `json:"state" doc:"Of the need, as it is now."`
	From         day.Day `json:"from"`
	To           day.Day `json:"to"`
	Posts        int     `json:"posts" doc:"That were to be filled."`
	Empty        int     `json:"empty" doc:"That the proposal leaves empty."`
	Reason       string  `json:"reason" enum:",nobody,relay,few,pins,quota,budget,taken,unproven" doc:"Why posts stay empty."`
	Suitable     int     `json:"suitable" doc:"People who meet the conditions and were weighed, fifty and the pinned at most."`
	Relay        bool    `json:"relay" doc:"People cover it one after the other."`
	Divides      bool    `json:"divides" doc:"They could."`
}

type proposalPinCost struct {
	Need   string `json:"need"`
	Person string `json:"person"`
	Here   bool   `json:"here"`
	Cost   int64  `json:"cost" doc:"Points that are lost by it: the best total without the pin, minus that with it."`
	Exact  bool   `json:"exact" doc:"Both totals are proven; else the cost lies between least and most."`
	Least  int64  `json:"least"`
	Most   int64  `json:"most"`
}

type proposalSums struct {
	Total int64 `json:"total" doc:"Points of suitability."`
	Posts int   `json:"posts"`
	Cost  int64 `json:"cost"`
}

type proposalChange struct {
	Person string        `json:"person"`
	Before *proposalLine `json:"before,omitempty" doc:"Where the person went before; left out: nowhere."`
	After  *proposalLine `json:"after,omitempty" doc:"Where they go now; left out: nowhere."`
}

type proposalMatch struct {
	Need     string `json:"need"`
	Person   string `json:"person"`
	ByPerson int    `json:"byPerson" doc:"1: the person's first wish."`
	ByHost   int    `json:"byHost" doc:"1: the host's first wish."`
	Score    int    `json:"score"`
}

type proposalStable struct {
	People        []proposalMatch `json:"people" doc:"The best stable matching for the professionals."`
	Hosts         []proposalMatch `json:"hosts" doc:"The best stable matching for the hosts."`
	Professionals int             `json:"professionals" doc:"Who have put needs in order."`
	Needs         int             `json:"needs" doc:"Whose hosts have put people in order."`
}

// proposalView is a proposal with its newest answer.
type proposalView struct {
	ID       string            `json:"id"`
	Version  int               `json:"version"`
	Round    int               `json:"round" doc:"How often it was asked."`
	At       time.Time         `json:"at"`
	By       string            `json:"by"`
	Position int64             `json:"position" doc:"The last entry of the ledger before the inputs were read."`
	Inputs   proposalInputs    `json:"inputs"`
	Total    int64             `json:"total" doc:"Points of suitability of all stays together."`
	Bound    int64             `json:"bound" doc:"No proposal under these conditions has more points."`
	Optimal  bool              `json:"optimal" doc:"It is proven that there is no better proposal."`
	Posts    int               `json:"posts" doc:"Posts that are filled."`
	Cost     int64             `json:"cost" doc:"In minor units."`
	Needs    []proposalNeed    `json:"needs"`
	Lines    []proposalLine    `json:"lines"`
	Pins     []proposalPinCost `json:"pins"`
	Before   *proposalSums     `json:"before,omitempty" doc:"The sums of the round before; left out in the first."`
	Changes  []proposalChange  `json:"changes" doc:"What is different from the round before."`
	Stable   *proposalStable   `json:"stable,omitempty" doc:"Left out while not both sides have stated wishes."`
}

func (v proposalView) etag() int { return v.Version }

func viewProposal(v proposals.View) proposalView {
	r := v.Result
	out := proposalView{ID: v.ID, Version: v.Version, Round: v.Round, At: v.At, By: v.By, Position: v.Position, Inputs: viewInputs(v.Inputs),
		Total: proposals.Points(r.Total), Bound: proposals.PointsUp(r.Bound), Optimal: r.Optimal, Posts: r.Posts, Cost: r.Cost,
		Lines: mapped(r.Lines, viewLine), Changes: mapped(v.Changes, viewChange), Stable: viewStable(r.Stable),
		Pins: mapped(r.Pins, func(p proposals.PinCost) proposalPinCost {
			return proposalPinCost{Need: p.Need, Person: p.Person, Here: p.Here, Cost: proposals.Points(p.Cost), Exact: p.Exact,
				Least: p.Least / assigning.Unit, Most: proposals.PointsUp(p.Most)}
		}),
		Needs: mapped(r.Needs, func(n proposals.Open) proposalNeed {
			h := v.Titles[n.Need]
			return proposalNeed{Reference: n.Need, Title: h.Title, Organisation: h.Organisation, Country: h.Country, State: h.State, From: n.From, To: n.To,
				Posts: n.Posts, Empty: n.Empty, Reason: n.Reason, Suitable: n.Suitable, Relay: n.Relay, Divides: n.Divides}
		}),
	}
	if v.Before != nil {
		out.Before = &proposalSums{Total: proposals.Points(v.Before.Total), Posts: v.Before.Posts, Cost: v.Before.Cost}
	}
	return out
}

func viewChange(c proposals.Change) proposalChange {
	out := proposalChange{Person: c.Person}
	if c.Before != nil {
		line := viewLine(*c.Before)
		out.Before = &line
	}
	if c.After != nil {
		line := viewLine(*c.After)
		out.After = &line
	}
	return out
}

func viewStable(s *proposals.Stable) *proposalStable {
	if s == nil {
		return nil
	}
	match := func(m proposals.Match) proposalMatch { return proposalMatch(m) }
	return &proposalStable{People: mapped(s.People, match), Hosts: mapped(s.Hosts, match), Professionals: s.Professionals, Needs: s.Needs}
}

// proposalSummary is a proposal in a list.
type proposalSummary struct {
	ID    string    `json:"id"`
	Round int       `json:"round"`
	At    time.Time `json:"at"`
	By    string    `json:"by"`
	Posts int       `json:"posts"`
	Empty int       `json:"empty"`
	Pins  int       `json:"pins"`
}

// wishesView is a person's list of needs.
type wishesView struct {
	Version int               `json:"version"`
	Ordered int               `json:"ordered" doc:"How many of the needs are in the person's order; the others suit them and are not wished for."`
	Needs   []search.OpenNeed `json:"needs"`
}

func (v wishesView) etag() int { return v.Version }

func viewWishes(w proposals.Wishes) wishesView {
	return wishesView{Version: w.Version, Ordered: w.Ordered, Needs: mapped(w.Items, func(n search.OpenNeed) search.OpenNeed { return n })}
}

type favouriteView struct {
	Person string `json:"person" doc:"Pseudonym"`
	State  string `json:"state" doc:"Of the candidacy"`
	Score  int    `json:"score" doc:"Of 1000, as the ranking of the shortlist had it."`
}

// favouritesView is a host's list of the people on its shortlist.
type favouritesView struct {
	Need    string          `json:"need" doc:"Reference"`
	Version int             `json:"version"`
	Ordered int             `json:"ordered" doc:"How many of the people are in the host's order."`
	People  []favouriteView `json:"people"`
}

func (v favouritesView) etag() int { return v.Version }

func viewFavourites(f proposals.Favourites) favouritesView {
	return favouritesView{Need: f.Reference, Version: f.Version, Ordered: f.Ordered, People: mapped(f.Items, func(p proposals.Favourite) favouriteView { return favouriteView(p) })}
}

type proposalAsked struct{ Body proposalInputs }

// ProposalPath names a proposal; exported for huma to look into it.
type ProposalPath struct {
	ID string `path:"id" maxLength:"36"`
}

type proposalRevised struct {
	ProposalPath
	IfMatch
	Body proposalInputs
}

type proposalPage struct{ Page }

type wishesStated struct {
	IfMatch
	Body struct {
		Needs []string `json:"needs" doc:"References, the most wanted first. What is left out is not wished for."`
	}
}

type favouritesStated struct {
	NeedPath
	IfMatch
	Body struct {
		People []string `json:"people" doc:"Pseudonyms of people on the shortlist, the most wanted first."`
	}
}

// proposalRoutes propose who goes where, and keep what both sides would rather have.
func (a *API) proposalRoutes() []Route {
	coordinator := identity.Only(identity.Coordinator)
	person, host := identity.Only(identity.Professional), identity.Only(identity.Host)
	return []Route{
		creates("/proposals", coordinator, "propose", "Propose who goes where for all open needs together", a.propose, a.readProposal),
		on("GET", "/proposals", coordinator, "list-proposals", "Proposals of the programme, newest first", a.listProposals),
		on("GET", "/proposals/{id}", coordinator, "show-proposal", "A proposal with its newest answer", a.showProposal),
		on("PUT", "/proposals/{id}", coordinator, "revise-proposal", "Ask again, with other pins or another budget", a.reviseProposal),
		on("GET", "/me/wishes", person, "list-my-wishes", "The needs that suit me, those first that I have put in order", a.myWishes),
		on("PUT", "/me/wishes", person, "order-needs", "Put needs in the order in which I would take them", a.orderNeeds),
		on("GET", "/needs/{ref}/favourites", host, "list-favourites", "The shortlist of a need, those first whom the host has put in order", a.favourites),
		on("PUT", "/needs/{ref}/favourites", host, "order-people", "Put the people on the shortlist in the host's order", a.orderPeople),
	}
}

func (a *API) propose(ctx context.Context, who identity.Actor, in *proposalAsked) (string, error) {
	v, err := a.Proposals.Propose(ctx, who, in.Body.inputs())
	return v.ID, err
}

func (a *API) readProposal(ctx context.Context, who identity.Actor, proposalID string) (proposalView, error) {
	v, err := a.Proposals.Find(ctx, who, proposalID)
	return viewProposal(v), err
}

func (a *API) showProposal(ctx context.Context, who identity.Actor, in *ProposalPath) (proposalView, error) {
	return a.readProposal(ctx, who, in.ID)
}

func (a *API) reviseProposal(ctx context.Context, who identity.Actor, in *proposalRevised) (proposalView, error) {
	version, err := in.version()
	if err != nil {
		return proposalView{}, err
	}
	v, err := a.Proposals.Revise(ctx, who, in.ID, version, in.Body.inputs())
	return viewProposal(v), err
}

func (a *API) listProposals(ctx context.Context, who identity.Actor, in *proposalPage) (list[proposalSummary], error) {
	found, next, err := a.Proposals.List(ctx, who, in.After, in.Limit)
	return listOf(mapped(found, func(s proposals.Summary) proposalSummary {
		return proposalSummary{ID: s.ID, Round: s.Round, At: s.At, By: s.By, Posts: s.Posts, Empty: s.Empty, Pins: s.Pins}
	}), next), err
}

func (a *API) myWishes(ctx context.Context, who identity.Actor, _ *none) (wishesView, error) {
	w, err := a.Proposals.MyWishes(ctx, who)
	return viewWishes(w), err
}

func (a *API) orderNeeds(ctx context.Context, who identity.Actor, in *wishesStated) (wishesView, error) {
	version, err := in.version()
	if err != nil {
		return wishesView{}, err
	}
	w, err := a.Proposals.OrderNeeds(ctx, who, version, mapped(in.Body.Needs, upper))
	return viewWishes(w), err
}

func (a *API) favourites(ctx context.Context, who identity.Actor, in *NeedPath) (favouritesView, error) {
	f, err := a.Proposals.Favourites(ctx, who, in.Ref)
	return viewFavourites(f), err
}

func (a *API) orderPeople(ctx context.Context, who identity.Actor, in *favouritesStated) (favouritesView, error) {
	version, err := in.version()
	if err != nil {
		return favouritesView{}, err
	}
	f, err := a.Proposals.OrderPeople(ctx, who, in.Ref, version, mapped(in.Body.People, upper))
	return viewFavourites(f), err
}

func upper(text string) string { return strings.ToUpper(strings.TrimSpace(text)) }
