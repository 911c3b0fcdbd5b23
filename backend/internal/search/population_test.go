// SPDX-License-Identifier: AGPL-3.0-or-later

package search_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/registry/registrytest"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/taxonomy"
)

// vocabulary is loaded once: it does not change.
var vocabulary = sync.OnceValue(func() *taxonomy.Taxonomy {
	t, err := taxonomy.Load()
	if err != nil {
		panic(err)
	}
	return t
})

// everySkill lists the skills of all sectors.
var everySkill = sync.OnceValue(func() []taxonomy.Skill { return vocabulary().Skills("") })

// world is the small world with a search service whose index lies in dir.
type world struct {
	*registrytest.World
	Search *search.Service
	Seen   *glances
	States func(*store.Tx, string, []string) (map[string]string, error)

	dir  string
	dice *rand.Rand
	t    testing.TB
}

// glances remembers who was shown to whom.
type glances struct {
	mu   sync.Mutex
	seen []string
}

func (g *glances) Viewed(who identity.Actor, professionalIDs []string, what, needID string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, one := range professionalIDs {
		g.seen = append(g.seen, strings.Join([]string{string(who.Role), one, what, needID}, " "))
	}
}

func newWorld(t testing.TB, db *store.DB) *world {
	t.Helper()
	w := &world{World: registrytest.New(t, db), Seen: &glances{}, dir: t.TempDir(), dice: rand.New(rand.NewPCG(7, 11)), t: t}
	w.Search = w.service()
	return w
}

// service returns a search service on the world's directory; it is closed when
// the test ends.
func (w *world) service() *search.Service {
	w.t.Helper()
	s, err := search.New(search.Options{DB: w.DB, Directory: w.dir, Vocabulary: vocabulary(), Views: w.Seen,
		Log: slog.New(slog.DiscardHandler), Every: time.Hour, States: w.States})
	if err != nil {
		w.t.Fatalf("new search: %v", err)
	}
	w.t.Cleanup(func() { _ = s.Close() })
	if err := s.Open(w.t.Context()); err != nil {
		w.t.Fatalf("open search: %v", err)
	}
	return s
}

// built gives the service its index.
func (w *world) built() *world {
	w.t.Helper()
	if err := w.Search.Rebuild(w.t.Context(), nil); err != nil {
		w.t.Fatalf("build index: %v", err)
	}
	return w
}

// change does something that the ledger tells of.
func (w *world) change(event, subject string, f func(tx *store.Tx) error) {
	w.t.Helper()
	err := w.DB.Change(w.t.Context(), store.System, func(tx *store.Tx) error {
		tx.Emit(event, subject)
		return f(tx)
	})
	if err != nil {
		w.t.Fatalf("%s: %v", event, err)
	}
}

// publish writes an open need of the world's host as the change says.
func (w *world) publish(change func(*needs.Terms)) needs.Terms {
	w.t.Helper()
	t := thies()
	t.ID, t.ProgrammeID, t.OrganisationID, t.State = id.New(), w.Programme.ID, w.HostOrg.ID, needs.Published
	t.Reference, t.Headcount, t.CreatedBy, t.Version = "T-"+t.ID[24:], 1, "u", 1
	change(&t)
	w.change("need.published", t.ID, func(tx *store.Tx) error {
		t.CreatedAt, t.UpdatedAt = tx.Now, tx.Now
		if err := tx.Create(&t.Need).Error; err != nil {
			return err
		}
		for i := range t.Criteria {
			t.Criteria[i].ID, t.Criteria[i].NeedID, t.Criteria[i].Position = id.New(), t.ID, i
		}
		for i := range t.Languages {
			t.Languages[i].NeedID, t.Languages[i].Position = t.ID, i
		}
		for i := range t.Outputs {
			t.Outputs[i].ID, t.Outputs[i].NeedID, t.Outputs[i].Position = id.New(), t.ID, i
		}
		return createAll(tx, t)
	})
	return t
}

func createAll(tx *store.Tx, t needs.Terms) error {
	if len(t.Criteria) > 0 {
		if err := tx.Create(&t.Criteria).Error; err != nil {
			return err
		}
	}
	if len(t.Languages) > 0 {
		if err := tx.Create(&t.Languages).Error; err != nil {
			return err
		}
	}
	if len(t.Outputs) > 0 {
		return tx.Create(&t.Outputs).Error
	}
	return nil
}

func same(*needs.Terms) {}

// thies is the need of the third story: drip irrigation in Thiès, in French.
func thies() needs.Terms {
	return needs.Terms{
		Need: needs.Need{
			Title: "Irrigation goutte à goutte pour maraîchers", Language: "fr", Sector: "agriculture", ISCO: "2132", OccupationTitle: "Ingénieur agronome",
			Objectives: "Former les maraîchers de Thiès à la micro-irrigation et à l'entretien des réseaux.", Country: "SN",
			StartsOn: "2027-06-07", EndsOn: "2027-07-16", Modality: "onsite", YearsExperience: 5, EducationLevel: 6, EducationField: "0811",
		},
		Outputs: []needs.Output{{Output: "Dix parcelles équipées", Indicator: "Dix parcelles irriguées"}},
		Criteria: []needs.Criterion{
			{Concept: "agriculture.drip-irrigation", Label: "irrigation goutte à goutte", Required: true, Weight: 5},
			{Concept: "agriculture.irrigation", Label: "irrigation", Weight: 2},
		},
		Languages: []needs.LanguageFloor{{Language: "fr", Spoken: 3, Written: 2, Required: true}, {Language: "wo", Spoken: 3}},
	}
}

// moussa is the person of the third story: he writes Italian, and shares no word
// with the need.
func moussa() registry.Profile {
	return registry.Profile{
		Professional: registry.Professional{
			GivenName: "Moussa", FamilyName: "Diop", Email: "moussa.diop@example.org", Phone: "+39059123456", Sex: "male", BirthDate: "1985-03-02",
			OriginCountry: "SN", OriginLink: "born", ResidenceCountry: "IT", ResidencePlace: "Modena", ResidenceStatus: "permanent",
			RightOfReturn: "yes", RightOfReturnUntil: "2029-05-31", OccupationTitle: "Agronomo", ISCO: "2132", YearsExperience: 11,
			CVText: "Progetto di irrigazione a goccia presso aziende orticole. Scrivere a moussa.diop@example.org.", CVLanguage: "it",
			Onsite: true, LongestDays: 60,
		},
		Skills: []registry.Skill{{Concept: "agriculture.drip-irrigation", Label: "irrigazione a goccia", Level: 4, Years: 9, Evidence: registry.WithExperience}},
		Languages: []registry.Language{
			{Language: "fr", Listening: 5, Reading: 5, Interaction: 5, Production: 5, Writing: 4},
			{Language: "wo", Native: true, Listening: 6, Reading: 6, Interaction: 6, Production: 6, Writing: 3},
		},
		Education:    []registry.Education{{Level: 7, Field: "0811", Title: "Laurea magistrale"}},
		Experience:   []registry.Experience{{Title: "Consulente", ISCO: "2132", Description: "Impianti a goccia per orticoltori"}},
		Availability: []registry.Window{{From: "2027-05-01", To: "2027-09-30"}},
	}
}

// crowd adds people of all kinds, the same for the same seed.
func (w *world) crowd(n int) []registry.Profile {
	w.t.Helper()
	var all []registry.Profile
	for len(all) < n {
		part := make([]registry.Profile, min(500, n-len(all)))
		for i := range part {
			part[i] = w.anybody(len(all) + i)
		}
		all = append(all, w.Added(part...)...)
	}
	return all
}

var (
	tongues    = []string{"en", "fr", "it", "nl", "de", "es", "pt", "ar"}
	trades     = []string{"2132", "2133", "2141", "2142", "2144", "2211", "2221", "2222", "2310", "2320", "2411", "2412", "2422", "2512", "3142", "3221"}
	countries  = []string{"GH", "SN", "SO", "CD", "SL"}
	fields     = []string{"0811", "0812", "0913", "0912", "0411", "0613", "0732", ""}
	filler     = []string{"project", "équipe", "gestione", "Entwicklung", "training", "rapport", "communauté", "ospedale", "Wasser", "formación"}
	evidences  = []registry.Evidence{registry.Claimed, registry.WithExperience, registry.ByReferee, registry.ByHost}
	residences = []string{"IT", "FR", "NL", "DE", "ES", "PT", "GB", "US"}
)

func one[T any](dice *rand.Rand, from []T) T { return from[dice.IntN(len(from))] }

// anybody makes one person up.
func (w *world) anybody(n int) registry.Profile {
	d := w.dice
	language := one(d, tongues)
	p := registry.Profile{Professional: registry.Professional{
		GivenName: fmt.Sprintf("Given%d", n), FamilyName: "Canaryname", Email: fmt.Sprintf("canarymail%d@example.org", n), Phone: "+31600000000",
		OriginCountry: one(d, countries), OriginLink: "born", ResidenceCountry: one(d, residences), ResidenceStatus: "citizen",
		RightOfReturn: one(d, []string{"yes", "yes", "yes", "unknown", "no"}), OccupationTitle: "Profession", ISCO: one(d, trades),
		YearsExperience: d.IntN(25), CVLanguage: language, Onsite: d.IntN(8) > 0, Virtual: d.IntN(2) == 0, Hybrid: d.IntN(3) == 0,
		LongestDays: 20 + d.IntN(160), NoticeDays: 30,
	}}
	if d.IntN(3) == 0 {
		p.RightOfReturnUntil = day.Day("2027-01-01").Add(d.IntN(700))
	}
	p.Skills, p.CVText = w.skills(language)
	for _, l := range []string{"fr", "en", language} {
		if !slices.ContainsFunc(p.Languages, func(k registry.Language) bool { return k.Language == l }) && d.IntN(4) > 0 {
			level := func() registry.CEFR { return registry.CEFR(2 + d.IntN(5)) }
			p.Languages = append(p.Languages, registry.Language{Language: l, Listening: level(), Reading: level(), Interaction: level(), Production: level(), Writing: level()})
		}
	}
	p.Education = []registry.Education{{Level: 4 + d.IntN(5), Field: one(d, fields), Title: "Degree"}}
	for range d.IntN(3) {
		p.Experience = append(p.Experience, registry.Experience{Title: "Post", ISCO: one(d, trades), From: "2015-01-01", Description: w.words(language, 10)})
	}
	for range d.IntN(3) {
		p.Licences = append(p.Licences, registry.Licence{Body: "Council", Number: "CANARYNO77", Country: "NL", ISCO: one(d, trades),
			ValidUntil: one(d, []day.Day{"", "2027-05-01", "2028-05-01", "2030-01-01"})})
	}
	if len(p.Licences) > 0 {
		p.CVText += ", CANARYNO77"
	}
	for range 1 + d.IntN(2) {
		from := day.Day("2027-01-01").Add(d.IntN(240))
		p.Availability = append(p.Availability, registry.Window{From: from, To: from.Add(30 + d.IntN(240))})
	}
	return p
}

// skills makes up some skills, and a CV that speaks of others.
func (w *world) skills(language string) ([]registry.Skill, string) {
	d := w.dice
	sector := one(d, []string{"agriculture", "agriculture", "health", "finance", "ict"})
	var all []taxonomy.Skill
	for _, s := range everySkill() {
		if s.Sector == sector {
			all = append(all, s)
		}
	}
	var skills []registry.Skill
	var cv []string
	for range 2 + d.IntN(6) {
		s := one(d, all)
		label := one(d, s.Labels[language])
		switch d.IntN(4) {
		case 0:
			cv = append(cv, label, one(d, filler))
		case 1:
			skills = append(skills, registry.Skill{Label: label, Level: 1 + d.IntN(4), Evidence: one(d, evidences)})
		default:
			skills = append(skills, registry.Skill{Concept: s.ID, Label: label, Level: 1 + d.IntN(4), Evidence: one(d, evidences)})
		}
	}
	return skills, strings.Join(cv, ". ") + " " + w.words(language, 30) + " Canaryname, canarymail@example.org, +31 600 000 000"
}

// words strings words of the language together.
func (w *world) words(language string, n int) string {
	all := everySkill()
	var out []string
	for len(out) < n {
		out = append(out, strings.Fields(one(w.dice, one(w.dice, all).Labels[language]))...)
		out = append(out, one(w.dice, filler))
	}
	return strings.Join(out[:n], " ")
}

// must ends the test on an error that it is not about.
func must[T any](t testing.TB) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func (w *world) rank(need needs.Terms, limit int) search.Ranking {
	w.t.Helper()
	r, err := w.Search.Rank(context.WithoutCancel(w.t.Context()), w.Coordinator, need.ID, limit)
	if err != nil {
		w.t.Fatalf("rank: %v", err)
	}
	return r
}

// spell writes a ranking so that two can be compared: everything but who answered.
func spell(r search.Ranking) string {
	var out strings.Builder
	fmt.Fprintf(&out, "considered %d, passed %d, excluded %v\n", r.Considered, r.Passed, r.Excluded)
	for _, c := range r.Candidates {
		fmt.Fprintf(&out, "%d %s %d %+v\n", c.Rank, c.Person, c.Score, c.Criteria)
	}
	return out.String()
}

// difference names the first line in which two rankings differ.
func difference(got, want string) string {
	wanted := strings.Split(want, "\n")
	for i, line := range strings.Split(got, "\n") {
		if i >= len(wanted) || line != wanted[i] {
			other := "nothing"
			if i < len(wanted) {
				other = wanted[i]
			}
			return fmt.Sprintf("line %d is\n%.300s\nand not\n%.300s", i, line, other)
		}
	}
	return fmt.Sprintf("%d lines, not %d", strings.Count(got, "\n"), len(wanted)-1)
}
