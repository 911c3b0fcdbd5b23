// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"bytes"
	"context"
	"encoding/json"

	"sankofa/backend/internal/httpapi"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/portability"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/taxonomy"
)

// ranker lets selection freeze a ranking without knowing search.
type ranker struct{ search *search.Service }

// Freeze returns the ranking as it stands.
func (r ranker) Freeze(ctx context.Context, who identity.Actor, needID string) (selection.Ranking, error) {
	frozen, err := r.search.Freeze(ctx, who, needID)
	return selection.Ranking(frozen), err
}

// standings tells search how far people have come as candidates for a need.
func standings(tx *store.Tx, needID string, people []string) (map[string]string, error) {
	found, err := selection.StatesIn(tx, needID, people)
	states := make(map[string]string, len(found))
	for person, state := range found {
		states[person] = string(state)
	}
	return states, err
}

// learn takes the words that staff added or withdrew into use, and says how the
// index recognises them.
func (a *App) learn(ctx context.Context, words []string) (*taxonomy.Spellings, error) {
	return a.Taxonomy.Learned(ctx, a.DB, words)
}

// served tells search which missions people have completed.
func served(tx *store.Tx, people []string) (map[string][]matching.Mission, error) {
	found, err := placements.CompletedIn(tx, people)
	all := map[string][]matching.Mission{}
	for _, p := range found {
		all[p.ProfessionalID] = append(all[p.ProfessionalID], matching.Mission{ISCO: p.ISCO, Country: p.Country, To: p.To})
	}
	return all, err
}

// api hands the services to the door.
func (a *App) api(ctx context.Context) *httpapi.API {
	return &httpapi.API{
		DB: a.DB, Log: a.log, Identity: a.Identity, Taxonomy: a.Taxonomy, Words: a.Words, Privacy: a.Privacy, Audit: a.Audit,
		Registry: a.Registry, Needs: a.Needs, Search: a.Search, Selection: a.Selection, Placements: a.Placements, Funding: a.Funding, SavedSearches: a.SavedSearches, Proposals: a.Proposals, Merging: a.Merging, Stats: a.Stats, Intake: a.Intake,
		Accountability: a.Accountability, Disclosure: a.Disclosure, Erasure: a.Erasure, Retention: a.Retention, Portability: &portability.Service{DB: a.DB, Audit: a.Audit}, Notices: a.Notices,
		Documents: a.Documents, Completeness: a.Completeness, Partners: a.Partners,
		Tasks: a.Tasks, Board: a.Board, Bulk: a.Bulk, Messages: a.Messages,
		Checks:      a.checks,
		DemoSignIns: func() []httpapi.DemoSignIn { return a.signIns(ctx) },
	}
}

// OpenAPI returns the description of the API. It needs no data: only the shapes
// of the routes are looked at. The version is left out, so that the text changes
// with the API only.
func OpenAPI(string) ([]byte, error) {
	door, err := httpapi.NewServer(&httpapi.API{}, httpapi.Settings{Version: "1"})
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	err = encoder.Encode(door.Description())
	return out.Bytes(), err
}

// replayer computes a frozen ranking again for whoever reviews a selection.
type replayer struct{}

// Replay says whether every score and reason came out the same.
func (replayer) Replay(body []byte) (string, error) {
	out, err := search.Replay(body)
	switch {
	case err != nil:
		return "", err
	case !out.Replayable:
		return "none", nil
	case out.Equal:
		return "same", nil
	}
	return "differs", nil
}
