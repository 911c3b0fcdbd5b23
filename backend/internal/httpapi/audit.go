// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"sankofa/backend/internal/audit"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

type lookView struct {
	At            time.Time `json:"at"`
	Organisation  string    `json:"organisation"`
	Role          string    `json:"role"`
	What          string    `json:"what" doc:"On which screen: profile, list, ranking, shortlist, …"`
	NeedReference string    `json:"needReference" doc:"For which need; empty when it was for none."`
}

type entryView struct {
	Number       int64          `json:"number"`
	At           time.Time      `json:"at"`
	By           string         `json:"by" doc:"An officer's name, professional, invited, or system."`
	Organisation string         `json:"organisation"`
	For          string         `json:"for" doc:"The absent colleague in whose name it was done; empty: in one's own."`
	Name         string         `json:"name" doc:"What happened: need.submitted."`
	Subject      string         `json:"subject" doc:"The identifier of what it happened to."`
	Details      map[string]any `json:"details" doc:"Identifiers and names of fields; never personal values."`
}

func viewEntry(e audit.Entry) entryView {
	view := entryView{Number: e.Number, At: e.At, By: e.By, Organisation: e.Organisation, For: e.For, Name: e.Name, Subject: e.Subject, Details: map[string]any{}}
	_ = json.Unmarshal([]byte(e.Details), &view.Details) // the ledger holds objects only; anything else shows as an empty one
	delete(view.Details, store.ActingFor)                // told by name
	return view
}

type proofView struct {
	Entries  int64 `json:"entries"`
	Intact   bool  `json:"intact"`
	BrokenAt int64 `json:"brokenAt" doc:"The first entry that does not continue the chain; 0 when it is whole."`
}

type ledgerFilter struct {
	Page
	Subject string `query:"subject" maxLength:"60" doc:"Only what happened to this identifier."`
	Name    string `query:"name" maxLength:"60" doc:"Only events of this name, or that begin with it: need."`
}

// auditRoutes show the ledger to those who answer for it, and to each person who
// looked at them.
func (a *API) auditRoutes() []Route {
	keepers := identity.Only(identity.Administrator, identity.Coordinator)
	return []Route{
		on("GET", "/me/views", identity.Only(identity.Professional), "list-my-views", "Who looked at me, when and why", a.myViews),
		on("GET", "/ledger", keepers, "list-ledger", "What happened, newest first", a.ledger),
		on("GET", "/ledger/check", keepers, "check-ledger", "Whether the ledger is whole", a.checkLedger),
	}
}

// numbered reads the cursor of a list that is ordered by number.
func numbered(after string) (int64, error) {
	if after == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(after, 10, 64)
	var c fault.Check
	c.That(err == nil && n > 0, "after", "cursor.unknown", "Please start from the first page again.")
	return n, c.Err()
}

// numberedNext writes the cursor of the next page.
func numberedNext(next int64) string {
	if next == 0 {
		return ""
	}
	return strconv.FormatInt(next, 10)
}

func (a *API) myViews(ctx context.Context, who identity.Actor, in *Page) (list[lookView], error) {
	before, err := numbered(in.After)
	if err != nil {
		return list[lookView]{}, err
	}
	looks, next, err := a.Audit.WhoLooked(ctx, who, before, in.Limit)
	return listOf(mapped(looks, viewLook), numberedNext(next)), err
}

func (a *API) ledger(ctx context.Context, who identity.Actor, in *ledgerFilter) (list[entryView], error) {
	before, err := numbered(in.After)
	if err != nil {
		return list[entryView]{}, err
	}
	entries, next, err := a.Audit.Ledger(ctx, who, audit.Filter{Before: before, Subject: in.Subject, Name: in.Name, Limit: in.Limit})
	return listOf(mapped(entries, viewEntry), numberedNext(next)), err
}

func (a *API) checkLedger(ctx context.Context, who identity.Actor, _ *none) (proofView, error) {
	proof, err := a.Audit.Check(ctx, who)
	return proofView(proof), err
}
