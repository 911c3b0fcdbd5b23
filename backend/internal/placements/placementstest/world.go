// SPDX-License-Identifier: AGPL-3.0-or-later

// Package placementstest adds candidacies and placements to the small world of
// identitytest: people led to any point of the selection in one line.
package placementstest

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/needs/needstest"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/registry/registrytest"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
)

// World is the world of the registry with needs, selection and placements.
type World struct {
	*registrytest.World
	Of         *needstest.World
	Selection  *selection.Service
	Placements *placements.Service

	t testing.TB
}

// New fills the database with the world.
func New(t testing.TB, db *store.DB) *World {
	t.Helper()
	w := &World{World: registrytest.New(t, db), t: t}
	w.Of = needstest.In(t, db, w.World.World)
	w.Placements = &placements.Service{DB: db, Views: w.Audit}
	w.Selection = &selection.Service{DB: db, Ranker: Pool{DB: db}, Booker: w.Placements, Views: w.Audit}
	w.Registry.NameKnown = selection.NameKnownIn
	return w
}

// Pool ranks everybody who can be found, in the order of their registration.
type Pool struct{ DB *store.DB }

// Freeze returns the pool as it is now.
func (p Pool) Freeze(ctx context.Context, who identity.Actor, _ string) (selection.Ranking, error) {
	r := selection.Ranking{Algorithm: "pool-1", People: map[string]string{}, Scores: map[string]int{}}
	err := p.DB.View(ctx, func(tx *store.Tx) error {
		ids, err := registry.VisiblePageIn(tx, who.ProgrammeID, "", 1000)
		if err != nil {
			return err
		}
		found, err := registry.ProfilesIn(tx, ids)
		if err != nil {
			return err
		}
		type entry struct {
			Person string `json:"person"`
			Score  int    `json:"score"`
			Years  int    `json:"years"`
		}
		entries := []entry{}
		for i, person := range found {
			score := 1000 - i%1000
			r.People[person.Pseudonym], r.Scores[person.Pseudonym] = person.ID, score
			entries = append(entries, entry{person.Pseudonym, score, person.YearsExperience})
		}
		r.Body, err = json.Marshal(map[string]any{"candidates": entries})
		return err
	})
	return r, err
}

// People adds so many midwives who consent to everything, and returns them as
// actors who ask about themselves.
func (w *World) People(n int) []identity.Actor {
	w.t.Helper()
	profiles := make([]registry.Profile, n)
	for i := range profiles {
		profiles[i] = registrytest.Midwife(fmt.Sprintf("midwife%d@test.invalid", i))
	}
	actors := make([]identity.Actor, n)
	for i, p := range w.Added(profiles...) {
		actors[i] = identity.Actor{UserID: "user of " + p.ID, Role: identity.Professional, ProfessionalID: p.ID, Locale: "en"}
	}
	return actors
}

// Pseudonym returns the person's pseudonym.
func (w *World) Pseudonym(who identity.Actor) string {
	w.t.Helper()
	var p registry.Professional
	err := w.DB.View(w.t.Context(), func(tx *store.Tx) error { return tx.Where("id = ?", who.ProfessionalID).Take(&p).Error })
	if err != nil {
		w.t.Fatalf("find pseudonym: %v", err)
	}
	return p.Pseudonym
}

// Must ends the test on an error of a step that the test is not about.
func (w *World) Must(view selection.View, err error) selection.View {
	w.t.Helper()
	if err != nil {
		w.t.Fatalf("lead the candidacy on: %v", err)
	}
	return view
}

// Picks are the people for the whole period of a need.
func (w *World) Picks(people ...identity.Actor) []selection.Pick {
	w.t.Helper()
	picks := make([]selection.Pick, len(people))
	for i, p := range people {
		picks[i] = selection.Pick{Pseudonym: w.Pseudonym(p)}
	}
	return picks
}

// Shortlisted puts the people on the shortlist of the need and returns their
// candidacies in the same order, as the coordinator sees them.
func (w *World) Shortlisted(n needs.View, people ...identity.Actor) []selection.View {
	w.t.Helper()
	sheet, err := w.Selection.Shortlist(w.t.Context(), w.Coordinator, n.ID, w.Version(n.ID), w.Picks(people...), "The best of the ranking.")
	if err != nil {
		w.t.Fatalf("shortlist: %v", err)
	}
	views := make([]selection.View, len(people))
	for i, p := range people {
		for _, item := range sheet.Items {
			if item.ProfessionalID == p.ProfessionalID {
				views[i] = item
			}
		}
	}
	return views
}

// Version returns the version of the need as it stands.
func (w *World) Version(needID string) int {
	w.t.Helper()
	return w.Of.Must(w.Of.Needs.Find(w.t.Context(), w.Coordinator, needID)).Terms.Version
}

// Yes is an opinion.
var Yes = selection.Opinion{Yes: true, Reason: "She has done this for years."}

// No is the other.
var No = selection.Opinion{Reason: "Too few years on a ward."}

// Endorsed is a candidacy that waits for the ministry.
func (w *World) Endorsed(n needs.View, person identity.Actor) selection.View {
	w.t.Helper()
	c := w.Shortlisted(n, person)[0]
	return w.Must(w.Selection.Endorse(w.t.Context(), w.Host, c.ID, c.Candidacy.Version, Yes))
}

// Cleared is a candidacy that waits for the coordinator.
func (w *World) Cleared(n needs.View, person identity.Actor) selection.View {
	w.t.Helper()
	c := w.Endorsed(n, person)
	return w.Must(w.Selection.Clear(w.t.Context(), w.Ministry, c.ID, c.Candidacy.Version, Yes))
}

// Offered is a candidacy that waits for the person.
func (w *World) Offered(n needs.View, person identity.Actor) selection.View {
	w.t.Helper()
	c := w.Cleared(n, person)
	return w.Must(w.Selection.Approve(w.t.Context(), w.Coordinator, c.ID, c.Candidacy.Version, Yes))
}

// Placed is an accepted offer, with its placement.
func (w *World) Placed(n needs.View, person identity.Actor) (selection.View, placements.View) {
	w.t.Helper()
	c := w.Offered(n, person)
	c = w.Must(w.Selection.Accept(w.t.Context(), person, c.ID, c.Candidacy.Version, true))
	p, err := w.Placements.Find(w.t.Context(), w.Coordinator, c.Placement)
	if err != nil {
		w.t.Fatalf("find the placement: %v", err)
	}
	return c, p
}

// OfferedEach writes an open offer of every need to every person:
// offers[need][person].
func (w *World) OfferedEach(calls []needs.Need, people []identity.Actor) [][]selection.Candidacy {
	w.t.Helper()
	offers := make([][]selection.Candidacy, len(calls))
	until := w.DB.Now().AddDate(0, 0, 14)
	w.write(func(tx *store.Tx) error {
		for i, n := range calls {
			for _, p := range people {
				offers[i] = append(offers[i], selection.Candidacy{ID: id.New(), NeedID: n.ID, ProfessionalID: p.ProfessionalID,
					Origin: selection.FromRanking, State: selection.Offered, SubmittedAt: &tx.Now, From: n.StartsOn, To: n.EndsOn,
					AnswerBy: &until, Version: 1, CreatedAt: tx.Now, UpdatedAt: tx.Now})
			}
			if err := tx.CreateInBatches(offers[i], 100).Error; err != nil {
				return err
			}
		}
		tx.Emit("test.offered", "many")
		return nil
	})
	return offers
}

func (w *World) write(f func(tx *store.Tx) error) {
	w.t.Helper()
	if err := w.DB.Change(w.t.Context(), store.System, f); err != nil {
		w.t.Fatalf("write the world: %v", err)
	}
}
