// SPDX-License-Identifier: AGPL-3.0-or-later

// Package needstest adds needs to the small world of identitytest, led to any
// point of their review in one line.
package needstest

import (
	"fmt"
	"slices"
	"testing"

	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/identity/identitytest"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/store"
)

// World is identitytest's world with the service of needs.
type World struct {
	*identitytest.World
	Needs *needs.Service

	t testing.TB
}

// New fills the database with the world.
func New(t testing.TB, db *store.DB) *World {
	t.Helper()
	return In(t, db, identitytest.New(t, db))
}

// In adds needs to a world that stands.
func In(t testing.TB, db *store.DB, around *identitytest.World) *World {
	t.Helper()
	return &World{World: around, Needs: &needs.Service{DB: db, Codes: Vocabulary{}}, t: t}
}

// Vocabulary knows the few codes that tests use.
type Vocabulary struct{}

// ISCO knows midwives, nurses and agronomists.
func (Vocabulary) ISCO(code string) bool {
	return slices.Contains([]string{"2221", "2222", "2132"}, code)
}

// Skill knows three skills.
func (Vocabulary) Skill(id string) bool {
	return slices.Contains([]string{"health.obstetric-care", "health.neonatal-care", "agriculture.drip-irrigation"}, id)
}

// Country knows the countries of the world and two more.
func (Vocabulary) Country(code string) bool {
	return slices.Contains([]string{"GH", "SN", "SO", "CD", "SL", "KE", "NL", "FR"}, code)
}

// Language knows English, French and Twi.
func (Vocabulary) Language(code string) bool {
	return slices.Contains([]string{"en", "fr", "tw"}, code)
}

// Sector knows two sectors.
func (Vocabulary) Sector(code string) bool {
	return slices.Contains([]string{"health", "agriculture"}, code)
}

// EducationField knows nursing.
func (Vocabulary) EducationField(code string) bool { return code == "0913" }

// Form is a complete need: emergency obstetric care at a teaching hospital, 84 days.
func Form() needs.Form {
	return needs.Form{
		Title: "Emergency obstetric care", Language: "en", Sector: "health", ISCO: "2222", OccupationTitle: "Midwife",
		Background: "Two in three births of the district come to this ward.",
		Objectives: "The ward's own midwives lead the drills afterwards.",
		Country:    "GH", DutyStation: "Kumasi", Unit: "Obstetrics", Supervisor: "Head of department",
		StartsOn: "2027-02-01", EndsOn: "2027-04-25", ShortestDays: 21, Modality: "onsite", Headcount: 1, YearsExperience: 5,
		EducationLevel: 6, EducationField: "0913", NonSubstitution: true, PrioritySector: "Maternal health",
		Outputs:       []needs.Output{{Output: "A drill a week", Indicator: "12 drills in the log"}},
		Counterparts:  []needs.Counterpart{{Function: "Senior midwife", Unit: "Obstetrics"}, {Function: "Midwife", Unit: "Labour ward"}},
		Criteria:      []needs.Criterion{{Concept: "health.obstetric-care", Label: "emergency obstetric care", Required: true, Weight: 5}},
		Languages:     []needs.LanguageFloor{{Language: "en", Spoken: 4, Written: 3, Required: true}},
		Contributions: []needs.Contribution{{Kind: "lodging", Description: "A room at the hospital"}},
	}
}

// Must ends the test on an error of a step that the test is not about.
func (w *World) Must(view needs.View, err error) needs.View {
	w.t.Helper()
	if err != nil {
		w.t.Fatalf("lead the need on: %v", err)
	}
	return view
}

// Draft returns a complete draft of the host.
func (w *World) Draft() needs.View {
	w.t.Helper()
	return w.DraftOf(Form())
}

// DraftOf returns a draft of the host with the text.
func (w *World) DraftOf(form needs.Form) needs.View {
	w.t.Helper()
	return w.Must(w.Needs.Draft(w.t.Context(), w.Host, form))
}

// Submitted returns a need that waits for the ministry.
func (w *World) Submitted() needs.View {
	w.t.Helper()
	return w.submit(w.Draft())
}

func (w *World) submit(n needs.View) needs.View {
	w.t.Helper()
	return w.Must(w.Needs.Submit(w.t.Context(), w.Host, n.ID, n.Version))
}

// Validated returns a need that waits for the coordinator.
func (w *World) Validated() needs.View {
	w.t.Helper()
	return w.validate(w.Submitted())
}

func (w *World) validate(n needs.View) needs.View {
	w.t.Helper()
	return w.Must(w.Needs.Validate(w.t.Context(), w.Ministry, n.ID, n.Version, ""))
}

// Published returns a need that is open for applications until the middle of January.
func (w *World) Published() needs.View {
	w.t.Helper()
	return w.PublishedOf(Form())
}

// PublishedOf leads a need with the text through its whole review.
func (w *World) PublishedOf(form needs.Form) needs.View {
	w.t.Helper()
	n := w.validate(w.submit(w.DraftOf(form)))
	n = w.Must(w.Needs.Approve(w.t.Context(), w.Coordinator, n.ID, n.Version, "Feasible."))
	return w.Must(w.Needs.Publish(w.t.Context(), w.Coordinator, n.ID, n.Version, needs.Window{ClosesOn: "2027-01-15"}))
}

// Batch writes so many needs as they stand in the state, submitted by the host,
// for races that need many at once.
func (w *World) Batch(n int, state needs.State, headcount int) []needs.Need {
	w.t.Helper()
	all := make([]needs.Terms, n)
	made := make([]needs.Need, n)
	for i := range all {
		made[i] = needs.Need{ID: id.New(), Reference: fmt.Sprintf("RACE-%d", i+1), ProgrammeID: w.Programme.ID,
			OrganisationID: w.HostOrg.ID, State: state, Round: 1, CreatedBy: w.Host.UserID, SubmittedBy: w.Host.UserID, Title: "Race",
			Language: "en", Sector: "health", ISCO: "2222", Country: "GH", StartsOn: "2027-02-01", EndsOn: "2027-04-25",
			Modality: "onsite", Headcount: headcount, PrioritySector: "Maternal health", Version: 1}
		all[i].Need = made[i]
	}
	err := w.Needs.DB.Change(w.t.Context(), store.System, func(tx *store.Tx) error { return needs.RegisterBatchIn(tx, all) })
	if err != nil {
		w.t.Fatalf("write needs: %v", err)
	}
	return made
}

// Everybody returns the actors of the first programme, and strangers to it, by name.
func (w *World) Everybody() map[string]identity.Actor {
	return map[string]identity.Actor{
		"association": w.Association, "host": w.Host, "ministry": w.Ministry, "coordinator": w.Coordinator,
		"second host": w.SecondHost, "administrator": w.Administrator,
		"other association": w.Other.Association, "other host": w.Other.Host, "other ministry": w.Other.Ministry,
		"other coordinator": w.Other.Coordinator, "stranger": {},
	}
}
