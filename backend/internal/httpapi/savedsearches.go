// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/savedsearches"
	"sankofa/backend/internal/search"
)

type savedSearchNeed struct {
	Reference string `json:"reference"`
	Title     string `json:"title"`
}

type savedSearchCan struct {
	Edit bool `json:"edit"`
}

type savedSearchView struct {
	ID        string           `json:"id"`
	Version   int              `json:"version"`
	Kind      string           `json:"kind" enum:"people,need" doc:"A search for people, or a watch of the best for a need"`
	Name      string           `json:"name"`
	Q         string           `json:"q"`
	Facets    facetChoices     `json:"facets"`
	Exact     bool             `json:"exact"`
	Need      *savedSearchNeed `json:"need,omitempty" doc:"That is watched"`
	Best      int              `json:"best" doc:"How many of the best for the need are watched; 0 for a search for people"`
	Shared    bool             `json:"shared" doc:"The other coordinators of the programme see it"`
	Owner     string           `json:"owner" doc:"The officer who shares it; empty for one's own"`
	Pinned    bool             `json:"pinned" doc:"To the reader's home"`
	Frequency string           `json:"frequency" enum:"none,instant,daily,weekly" doc:"How often the reader hears of new matches"`
	Unread    int              `json:"unread" doc:"Alerts that wait for the reader"`
	Can       savedSearchCan   `json:"can"`
	UpdatedAt time.Time        `json:"updatedAt"`
}

func (v savedSearchView) etag() int { return v.Version }

func viewSavedSearch(v savedsearches.View) savedSearchView {
	out := savedSearchView{ID: v.ID, Version: v.Version, Kind: string(v.Kind), Name: v.Name, Q: v.Query, Facets: facetsChosen(v.Choices), Exact: v.Exact, Best: v.Best,
		Shared: v.Shared, Owner: v.Owner, Pinned: v.Pinned, Frequency: string(v.Frequency), Unread: v.Unread, Can: savedSearchCan{Edit: v.Mine}, UpdatedAt: v.UpdatedAt}
	if v.NeedID != nil {
		out.Need = &savedSearchNeed{Reference: v.NeedReference, Title: v.NeedTitle}
	}
	return out
}

// followingSaid is what a reader wants of a saved search.
type followingSaid struct {
	Pinned    bool   `json:"pinned"`
	Frequency string `json:"frequency" enum:"none,instant,daily,weekly" doc:"How often to be told of new matches; digests are due at midnight UTC, and on Mondays."`
}

func (f followingSaid) following() savedsearches.Following {
	return savedsearches.Following{Pinned: f.Pinned, Frequency: savedsearches.Frequency(f.Frequency)}
}

// savedSearchSaid is what somebody writes of a saved search.
type savedSearchSaid struct {
	Kind   string       `json:"kind" enum:"people,need" doc:"Stays as it is once it is saved."`
	Name   string       `json:"name" maxLength:"100"`
	Q      string       `json:"q" maxLength:"2000" doc:"As in a search; empty for a watch of a need."`
	Facets facetChoices `json:"facets"`
	Exact  bool         `json:"exact"`
	Need   string       `json:"need" maxLength:"60" doc:"The need to watch, by identifier or reference; empty for a search for people."`
	Best   int          `json:"best" minimum:"0" maximum:"100" doc:"How many of the best for the need to watch; 0 for a search for people."`
	Shared bool         `json:"shared"`
	Pinned bool         `json:"pinned"`
	// Frequency stands here once more: an embedded struct would take part in the schema by its own name.
	Frequency string `json:"frequency" enum:"none,instant,daily,weekly"`
}

func (s savedSearchSaid) written() savedsearches.Written {
	return savedsearches.Written{Kind: savedsearches.Kind(s.Kind), Name: s.Name, Query: s.Q, Choices: s.Facets.choices(), Exact: s.Exact,
		NeedRef: s.Need, Best: s.Best, Shared: s.Shared, Following: followingSaid{Pinned: s.Pinned, Frequency: s.Frequency}.following()}
}

// SavedSearchPath names a saved search; exported for huma to look into it.
type SavedSearchPath struct {
	ID string `path:"id" maxLength:"60" doc:"The identifier of the saved search."`
}

type savedSearchSave struct{ Body savedSearchSaid }

type savedSearchRevise struct {
	SavedSearchPath
	IfMatch
	Body savedSearchSaid
}

type savedSearchFollow struct {
	SavedSearchPath
	Body followingSaid
}

type alertView struct {
	ID             string        `json:"id"`
	Search         alertSearch   `json:"search"`
	ProfessionalID string        `json:"professionalId"`
	FoundAt        time.Time     `json:"foundAt" doc:"When the person came"`
	DueAt          time.Time     `json:"dueAt" doc:"When the reader was to hear of it"`
	Read           bool          `json:"read"`
	Who            search.Glance `json:"who"`
}

type alertSearch struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Kind string `json:"kind" enum:"people,need"`
	Need string `json:"need" doc:"The reference of the need that is watched; empty without one"`
}

func viewAlert(a savedsearches.Alert) alertView {
	return alertView{ID: a.ID, Search: alertSearch{ID: a.SearchID, Name: a.SearchName, Kind: string(a.Kind), Need: a.NeedReference},
		ProfessionalID: a.ProfessionalID, FoundAt: a.FoundAt, DueAt: a.DueAt, Read: a.Read, Who: a.Glance}
}

type alertFilter struct {
	Page
	Search string `query:"search" maxLength:"60" doc:"Only of this saved search."`
	Unread bool   `query:"unread" doc:"Only those that wait to be read."`
}

type alertsRead struct {
	Body struct {
		IDs []string `json:"ids" maxItems:"500" doc:"The alerts that were read; none means all that are due."`
	}
}

type alertsCount struct {
	Unread int `json:"unread" doc:"Alerts that wait to be read"`
}

// savedSearchRoutes keep searches and tell of new matches.
func (a *API) savedSearchRoutes() []Route {
	coordinator := identity.Only(identity.Coordinator)
	return []Route{
		on("GET", "/saved-searches", coordinator, "list-saved-searches", "My saved searches and those shared with me", a.listSavedSearches),
		creates("/saved-searches", coordinator, "save-search", "Save a search, or watch the best for a need", a.saveSearch, a.readSavedSearch),
		on("GET", "/saved-searches/{id}", coordinator, "show-saved-search", "A saved search", a.showSavedSearch),
		on("PUT", "/saved-searches/{id}", coordinator, "revise-saved-search", "Change a saved search of mine", a.reviseSavedSearch),
		on("PUT", "/saved-searches/{id}/following", coordinator, "follow-saved-search", "Pin a saved search, or hear of its new matches", a.followSavedSearch),
		on("GET", "/alerts", coordinator, "list-alerts", "Who newly meets what I watch, the latest first", a.listAlerts),
		on("GET", "/alerts/count", coordinator, "count-alerts", "How many alerts wait for me", a.countAlerts),
		on("POST", "/alerts/read", coordinator, "read-alerts", "Mark alerts as read", a.readAlerts),
		does("DELETE", "/saved-searches/{id}", coordinator, "remove-saved-search", "Forget a saved search of mine, with its alerts", a.removeSavedSearch),
	}
}

func (a *API) listSavedSearches(ctx context.Context, who identity.Actor, _ *none) (list[savedSearchView], error) {
	found, err := a.SavedSearches.List(ctx, who)
	return listOf(mapped(found, viewSavedSearch), ""), err
}

func (a *API) saveSearch(ctx context.Context, who identity.Actor, in *savedSearchSave) (string, error) {
	v, err := a.SavedSearches.Save(ctx, who, in.Body.written())
	return v.ID, err
}

func (a *API) readSavedSearch(ctx context.Context, who identity.Actor, id string) (savedSearchView, error) {
	v, err := a.SavedSearches.Find(ctx, who, id)
	return viewSavedSearch(v), err
}

func (a *API) showSavedSearch(ctx context.Context, who identity.Actor, in *SavedSearchPath) (savedSearchView, error) {
	return a.readSavedSearch(ctx, who, in.ID)
}

func (a *API) reviseSavedSearch(ctx context.Context, who identity.Actor, in *savedSearchRevise) (savedSearchView, error) {
	version, err := in.version()
	if err != nil {
		return savedSearchView{}, err
	}
	v, err := a.SavedSearches.Revise(ctx, who, in.ID, version, in.Body.written())
	return viewSavedSearch(v), err
}

func (a *API) removeSavedSearch(ctx context.Context, who identity.Actor, in *SavedSearchPath) error {
	return a.SavedSearches.Remove(ctx, who, in.ID)
}

func (a *API) followSavedSearch(ctx context.Context, who identity.Actor, in *savedSearchFollow) (savedSearchView, error) {
	v, err := a.SavedSearches.Follow(ctx, who, in.ID, in.Body.following())
	return viewSavedSearch(v), err
}

func (a *API) listAlerts(ctx context.Context, who identity.Actor, in *alertFilter) (list[alertView], error) {
	found, next, err := a.SavedSearches.Alerts(ctx, who, savedsearches.Filter{SearchID: in.Search, Unread: in.Unread, After: in.After, Limit: in.Limit})
	return listOf(mapped(found, viewAlert), next), err
}

func (a *API) countAlerts(ctx context.Context, who identity.Actor, _ *none) (alertsCount, error) {
	n, err := a.SavedSearches.Unread(ctx, who)
	return alertsCount{Unread: n}, err
}

func (a *API) readAlerts(ctx context.Context, who identity.Actor, in *alertsRead) (alertsCount, error) {
	if _, err := a.SavedSearches.Read(ctx, who, in.Body.IDs); err != nil {
		return alertsCount{}, err
	}
	return a.countAlerts(ctx, who, nil)
}
