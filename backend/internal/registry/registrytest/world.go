// SPDX-License-Identifier: AGPL-3.0-or-later

// Package registrytest adds professionals to the small world of identitytest:
// registered, answering or declining, found or not, in one line each.
package registrytest

import (
	"slices"
	"testing"

	"sankofa/backend/internal/audit"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/identity/identitytest"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// World is identitytest's world with the registry, the consents and the ledger.
type World struct {
	*identitytest.World
	DB       *store.DB
	Registry *registry.Service
	Privacy  *privacy.Service
	Audit    *audit.Service

	t testing.TB
}

// New fills the database with the world and the notices.
func New(t testing.TB, db *store.DB) *World {
	t.Helper()
	w := &World{World: identitytest.New(t, db), DB: db, t: t}
	w.Privacy = &privacy.Service{DB: db, Findable: registry.FindableIn}
	w.Audit = audit.NewService(db, nil)
	w.Registry = &registry.Service{DB: db, Codes: Vocabulary{}, Privacy: w.Privacy, Audit: w.Audit}
	if err := w.Privacy.InstallNotices(t.Context()); err != nil {
		t.Fatalf("install notices: %v", err)
	}
	return w
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
	return slices.Contains([]string{"GH", "SN", "SO", "CD", "SL", "KE", "NL", "IT", "LB"}, code)
}

// Language knows English, Dutch and Twi.
func (Vocabulary) Language(code string) bool {
	return slices.Contains([]string{"en", "nl", "tw"}, code)
}

// EducationField knows nursing.
func (Vocabulary) EducationField(code string) bool { return code == "0913" }

// Midwife is a complete profile: Ama Boateng of the stories.
func Midwife(email string) registry.Profile {
	return registry.Profile{
		Professional: registry.Professional{
			GivenName: "Ama", FamilyName: "Boateng", Email: email, Phone: "+31201234567", Sex: "female", BirthDate: "1988-03-06",
			OriginCountry: "GH", OriginLink: "born", ResidenceCountry: "NL", ResidencePlace: "Amsterdam", ResidenceStatus: "citizen",
			RightOfReturn: "yes", OccupationTitle: "Verloskundige", ISCO: "2222", YearsExperience: 14,
			Summary: "Ama has led a delivery ward for six years.", CVText: "Ama Boateng, midwife. Write to ama@example.org.", CVLanguage: "en",
			Onsite: true, LongestDays: 90, NoticeDays: 30,
		},
		Skills: []registry.Skill{{Concept: "health.obstetric-care", Label: "verloskundige noodhulp", Level: 4, Years: 14, LastUsed: 2026}},
		Languages: []registry.Language{
			{Language: "en", Listening: 5, Reading: 5, Interaction: 5, Production: 5, Writing: 5},
			{Language: "tw", Native: true},
		},
		Education:    []registry.Education{{Level: 6, Field: "0913", Title: "Verloskunde", Institution: "Hogeschool", Country: "NL", Year: 2011}},
		Licences:     []registry.Licence{{Body: "BIG-register", Number: "49001234", Country: "NL", ISCO: "2222", ValidFrom: "2022-01-01", ValidUntil: "2027-12-31", GoodStandingOn: "2026-09-15"}},
		Experience:   []registry.Experience{{Title: "Midwife", ISCO: "2222", Employer: "A hospital", Country: "NL", From: "2012-09-01"}},
		Availability: []registry.Window{{From: "2027-01-15", To: "2027-06-30"}},
	}
}

// Consents are those to the purposes, to the notices in force.
func Consents(purposes ...privacy.Purpose) []privacy.Given {
	given := make([]privacy.Given, 0, len(purposes))
	for _, p := range purposes {
		given = append(given, privacy.Given{Purpose: p, Version: privacy.CurrentNotice(p, "en").Version, Language: "en"})
	}
	return given
}

// Second founds one more association in the programme of the world.
func (w *World) Second(t testing.TB) identity.Organisation {
	t.Helper()
	var made identity.Organisation
	err := w.DB.Change(t.Context(), store.System, func(tx *store.Tx) (err error) {
		made, err = identity.FoundOrganisationIn(tx, identity.Organisation{Kind: "association", Name: "Second association", Country: "NL"}, w.Programme.ID)
		return err
	})
	if err != nil {
		t.Fatalf("found an association: %v", err)
	}
	return made
}

// Registered is a midwife whom the association registered and who has not answered.
func (w *World) Registered(email string) registry.Registered {
	w.t.Helper()
	made, err := w.Registry.Register(w.t.Context(), w.Association, Midwife(email))
	if err != nil {
		w.t.Fatalf("register %s: %v", email, err)
	}
	return made
}

// Joined is a midwife who accepted the invitation and consented to the purposes;
// she is returned as an actor who asks about herself.
func (w *World) Joined(email string, purposes ...privacy.Purpose) identity.Actor {
	w.t.Helper()
	made := w.Registered(email)
	userID, err := w.Registry.Accept(w.t.Context(), identity.Actor{}, made.Secret,
		registry.Account{Password: identitytest.Password, Locale: "en", Consents: Consents(purposes...)})
	if err != nil {
		w.t.Fatalf("accept %s: %v", email, err)
	}
	return identity.Actor{UserID: userID, Role: identity.Professional, ProfessionalID: made.ID, Locale: "en"}
}

// Added is a person of the batch who consents to everything and can be found, in
// the programme of the world; nothing but the differences need be said.
func (w *World) Added(people ...registry.Profile) []registry.Profile {
	w.t.Helper()
	for i := range people {
		people[i].State, people[i].Visible = registry.Active, true
		people[i].Programmes, people[i].Associations = []string{w.Programme.ID}, []string{w.AssociationOrg.ID}
	}
	err := w.DB.Change(w.t.Context(), store.System, func(tx *store.Tx) error { return registry.RegisterBatchIn(tx, people) })
	if err != nil {
		w.t.Fatalf("add people: %v", err)
	}
	return people
}

// Card is the person's own card, or the end of the test.
func (w *World) Card(who identity.Actor) registry.Card {
	w.t.Helper()
	card, err := w.Registry.Find(w.t.Context(), who, who.ProfessionalID)
	if err != nil {
		w.t.Fatalf("find oneself: %v", err)
	}
	return card
}
