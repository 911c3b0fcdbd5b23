// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"context"
	"fmt"
	"io"
	"strings"

	"sankofa/backend/internal/assigning"
	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/proposals"
	"sankofa/backend/internal/store"
)

// AssignOptions are what `sankofa assign` asks for.
type AssignOptions struct {
	Programme string           `json:"programme"` // its code; empty where there is one
	Inputs    proposals.Inputs `json:"inputs"`
}

// AssignResult is what `sankofa assign` answers.
type AssignResult struct {
	Proposal string            `json:"proposal"` // its identifier: the screen shows it too
	Currency string            `json:"currency"`
	Total    int64             `json:"total"` // points of suitability
	Bound    int64             `json:"bound"` // no proposal has more
	Optimal  bool              `json:"optimal"`
	Posts    int               `json:"posts"`
	Cost     int64             `json:"cost"` // in minor units
	Stays    []AssignedStay    `json:"stays"`
	Empty    []AssignedGap     `json:"empty"`
	Pins     []AssignedPin     `json:"pins"`
	Stable   *proposals.Stable `json:"stable"` // null while not both sides have stated wishes
}

// AssignedStay is one stay of a proposal.
type AssignedStay struct {
	Need   string  `json:"need"`
	Title  string  `json:"title"`
	Person string  `json:"person"`
	From   day.Day `json:"from"`
	To     day.Day `json:"to"`
	Stay   int     `json:"stay"`
	Stays  int     `json:"stays"`
	Score  int     `json:"score"`
	Points int64   `json:"points"`
	Cost   int64   `json:"cost"`
	Pinned bool    `json:"pinned"`
}

// AssignedGap is a need with posts that stay empty.
type AssignedGap struct {
	Need   string           `json:"need"`
	Title  string           `json:"title"`
	Posts  int              `json:"posts"`
	Reason assigning.Reason `json:"reason"`
}

// AssignedPin is what a pin costs, in points.
type AssignedPin struct {
	proposals.Pin
	Cost  int64 `json:"cost"`
	Exact bool  `json:"exact"`
	Least int64 `json:"least"`
	Most  int64 `json:"most"`
}

// assign proposes who goes where as the programme's coordinator would; the ledger
// names the system as who asked.
func (a *App) assign(ctx context.Context, o AssignOptions, progress Progress) (AssignResult, error) {
	who, err := a.coordinatorIn(ctx, o.Programme)
	if err != nil {
		return AssignResult{}, err
	}
	if err := a.catchUp(ctx, progress); err != nil {
		return AssignResult{}, err
	}
	v, err := a.Proposals.Propose(ctx, who, o.Inputs)
	if err != nil {
		return AssignResult{}, err
	}
	r := AssignResult{Proposal: v.ID, Currency: v.Inputs.Currency, Total: proposals.Points(v.Result.Total), Bound: proposals.PointsUp(v.Result.Bound),
		Optimal: v.Result.Optimal, Posts: v.Result.Posts, Cost: v.Result.Cost, Stays: []AssignedStay{}, Empty: []AssignedGap{}, Pins: []AssignedPin{}, Stable: v.Result.Stable}
	for _, l := range v.Result.Lines {
		r.Stays = append(r.Stays, AssignedStay{Need: l.Need, Title: v.Titles[l.Need].Title, Person: l.Person, From: l.From, To: l.To, Stay: l.Stay, Stays: l.Stays,
			Score: l.Score, Points: proposals.Points(l.Value), Cost: l.Cost, Pinned: l.Pinned})
	}
	for _, n := range v.Result.Needs {
		if n.Empty > 0 {
			r.Empty = append(r.Empty, AssignedGap{Need: n.Need, Title: v.Titles[n.Need].Title, Posts: n.Empty, Reason: assigning.Reason(n.Reason)})
		}
	}
	for _, p := range v.Result.Pins {
		r.Pins = append(r.Pins, AssignedPin{Pin: p.Pin, Cost: proposals.Points(p.Cost), Exact: p.Exact, Least: p.Least / assigning.Unit, Most: proposals.PointsUp(p.Most)})
	}
	return r, nil
}

// coordinatorIn is the operator of the installation in the office of a programme's
// coordinator.
func (a *App) coordinatorIn(ctx context.Context, code string) (identity.Actor, error) {
	who := identity.Actor{UserID: store.System.UserID, Role: identity.Coordinator, Locale: "en"}
	var found []identity.Programme
	err := a.DB.View(ctx, func(tx *store.Tx) error {
		query := tx.Order("code")
		if code != "" {
			query = query.Where("code = ?", code)
		}
		return query.Find(&found).Error
	})
	if err != nil {
		return who, err
	}
	var codes []string
	for _, p := range found {
		codes = append(codes, p.Code)
	}
	switch {
	case len(found) == 0 && code != "":
		return who, fault.New(fault.Missing, "programme.missing", "There is no programme %s.", code)
	case len(found) == 0:
		return who, fault.New(fault.Missing, "programme.none", "There is no programme yet. `sankofa user` founds one; `sankofa demo` loads a demonstration.")
	case len(found) > 1:
		return who, fault.New(fault.Invalid, "programme.many", "There are several programmes: %s. Please say which by --programme.", strings.Join(codes, ", "))
	}
	who.ProgrammeID = found[0].ID
	return who, nil
}

// emptyBecause says why a post stays empty.
var emptyBecause = map[assigning.Reason]string{
	assigning.Nobody:   "nobody meets its conditions on these days",
	assigning.Broken:   "no relay covers the period without a gap",
	assigning.Few:      "everybody who could go is proposed here already",
	assigning.Withheld: "those who could go are pinned away",
	assigning.Quotas:   "the quota is used up",
	assigning.Money:    "the money does not reach",
	assigning.Taken:    "those who could go are proposed where they bring more",
	assigning.Unproven: "the search ended before it could tell",
}

// Print writes the proposal for a person.
func (r AssignResult) Print(w io.Writer) {
	quality := "proven to be the best"
	if !r.Optimal {
		quality = fmt.Sprintf("at most %d below the best", r.Bound-r.Total)
	}
	fmt.Fprintf(w, "%d posts filled, %d points of suitability (%s), %s.\n", r.Posts, r.Total, quality, money(r.Cost, r.Currency))
	need := ""
	for _, s := range r.Stays {
		if s.Need != need {
			fmt.Fprintf(w, "\n%s  %s\n", s.Need, s.Title)
			need = s.Need
		}
		relay, pin := "", ""
		if s.Stays > 1 {
			relay = fmt.Sprintf("  stay %d of %d", s.Stay, s.Stays)
		}
		if s.Pinned {
			pin = "  pinned"
		}
		fmt.Fprintf(w, "  %s  %s – %s  %4d of 1000%s%s\n", s.Person, s.From, s.To, s.Score, relay, pin)
	}
	if len(r.Empty) > 0 {
		fmt.Fprintln(w, "\nStill empty:")
	}
	for _, g := range r.Empty {
		fmt.Fprintf(w, "  %s  %d: %s\n", g.Need, g.Posts, emptyBecause[g.Reason])
	}
	r.printPins(w)
	fmt.Fprintf(w, "\nThis is proposal %s. It decides nothing: people do, by the shortlist.\n", r.Proposal)
}

func (r AssignResult) printPins(w io.Writer) {
	if len(r.Pins) > 0 {
		fmt.Fprintln(w, "\nPins:")
	}
	for _, p := range r.Pins {
		how := "here"
		if !p.Here {
			how = "not here"
		}
		cost := fmt.Sprintf("costs %d points", p.Cost)
		if !p.Exact {
			cost = fmt.Sprintf("costs %d to %d points", p.Least, p.Most)
		}
		fmt.Fprintf(w, "  %s  %s %s: %s\n", p.Need, p.Person, how, cost)
	}
}

// money writes an amount of minor units. How many digits they are differs between
// currencies, so they are written as what they are.
func money(amount int64, currency string) string {
	return fmt.Sprintf("cost %d minor units of %s", amount, currency)
}
