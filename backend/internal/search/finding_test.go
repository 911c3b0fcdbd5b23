// SPDX-License-Identifier: AGPL-3.0-or-later

package search_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// cast are people of whom each query finds some.
func (w *world) cast() map[string]registry.Profile {
	w.t.Helper()
	named := map[string]func(*registry.Profile){
		"moussa": func(*registry.Profile) {},
		"ana": func(p *registry.Profile) {
			p.CVLanguage, p.CVText, p.OccupationTitle = "pt", "Gestão de hospitais e enfermarias em Lisboa", "Enfermeira"
			p.ISCO, p.ResidenceCountry, p.OriginCountry, p.YearsExperience = "2221", "PT", "CD", 3
			p.Skills, p.Experience, p.Virtual = nil, nil, true
		},
		"kofi": func(p *registry.Profile) {
			p.CVLanguage, p.CVText, p.OccupationTitle = "en", "Maintained pumps. Ran the water treatment plant of a town.", "Engineer"
			p.ISCO, p.ResidenceCountry, p.OriginCountry = "2142", "GB", "GH"
			p.Skills, p.Education[0].Level = nil, 8
			p.Languages = []registry.Language{{Language: "en", Listening: 6, Reading: 6, Interaction: 6, Production: 6, Writing: 6}}
			p.Availability = []registry.Window{{From: "2027-10-10", To: "2027-12-01"}}
		},
		"anneli": func(p *registry.Profile) {
			p.CVLanguage, p.CVText, p.OccupationTitle = "fi", "Sairaala ja pumput, water plant treatment", "Insinööri"
			p.Skills, p.Experience = nil, nil
		},
	}
	cast := map[string]registry.Profile{}
	for _, name := range []string{"moussa", "ana", "kofi", "anneli"} {
		p := moussa()
		named[name](&p)
		p.Email = name + "@example.org"
		cast[name] = w.Added(p)[0]
	}
	return cast
}

func TestQueries(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		cast := w.cast()
		found := func(query string) string {
			r, err := w.Search.Find(t.Context(), w.Coordinator, search.Asked{Query: query, Limit: 10})
			if err != nil {
				t.Fatalf("%s: %v", query, err)
			}
			if r.Total != len(r.Items) {
				t.Errorf("%s: %d of %d are shown", query, len(r.Items), r.Total)
			}
			var names []string
			for _, hit := range r.Items {
				for name, p := range cast {
					if p.Pseudonym == hit.Person {
						names = append(names, name)
					}
				}
			}
			slices.Sort(names)
			return strings.Join(names, " ")
		}
		queries := map[string]string{
			`pump`:                          "kofi",        // English knows that pumps are pumps
			`hospital`:                      "ana",         // and Portuguese, hospitais
			`water plant`:                   "anneli kofi", // both words, anywhere
			`"treatment plant"`:             "kofi",        // one after the other
			`"plant treatment"`:             "anneli",
			`water -pumps`:                  "anneli",
			`hospital OR pumps`:             "ana kofi",
			`skill:"drip irrigation"`:       "moussa", // named in English, claimed in Italian
			`skill:agriculture.irrigation`:  "moussa", // the broader concept
			`skill:"wet paint watching"`:    "",
			`isco:22`:                       "ana",
			`isco:2132 residence:it`:        "anneli moussa",
			`held:2132`:                     "kofi moussa",
			`origin:gh`:                     "kofi",
			`years:11`:                      "anneli kofi moussa",
			`-years:11`:                     "ana",
			`level:8`:                       "kofi",
			`modality:virtual`:              "ana",
			`available:2027-10`:             "kofi",
			`language:en-C1`:                "kofi",
			`language:fr-c2 OR language:wo`: "ana anneli moussa",
			`the moussa`:                    "", // a name is not in any index
			`diop`:                          "",
			`example.org`:                   "",
		}
		check := func(source string) {
			for query, want := range queries {
				if got := found(query); got != want {
					t.Errorf("by the %s, %s finds %q, want %q", source, query, got, want)
				}
			}
		}
		check("database")
		w.built()
		if r, err := w.Search.Find(t.Context(), w.Coordinator, search.Asked{Query: "pump", Limit: 10}); err != nil || r.Source != "index" || !slices.Equal(r.Items[0].Matched, []string{"pumps"}) {
			t.Errorf("found %+v, %v", r, err)
		}
		check("index")
	})
}

func TestAQueryThatCannotBeReadIsExplained(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	for query, code := range map[string]string{
		"": "query.empty", "   ": "query.empty", `"`: "query.empty", "name:diop": "query.field", "isco:nurse": "query.value",
		"available:june": "query.value", strings.Repeat("word ", 31): "query.long", "the": "query.common",
	} {
		_, err := w.Search.Find(t.Context(), w.Coordinator, search.Asked{Query: query, Limit: 10})
		f := fault.Of(err)
		if f == nil || f.Kind != fault.Invalid || f.Code != code && (len(f.Fields) == 0 || f.Fields[0].Code != code) {
			t.Errorf("%q: %v, want %s", query, err, code)
		}
	}
}

func TestOnlyTheCoordinatorSearchesAndOnlyTheirProgramme(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.cast()
	need := w.publish(same)
	w.built()
	for name, who := range map[string]identity.Actor{
		"association": w.Association, "host": w.Host, "ministry": w.Ministry, "administrator": w.Administrator, "stranger": {},
		"other host": w.Other.Host, "other coordinator": w.Other.Coordinator, "professional": {UserID: "u", Role: identity.Professional, ProfessionalID: "p"},
	} {
		if _, err := w.Search.Rank(t.Context(), who, need.ID, 10); !fault.Is(err, fault.Missing) {
			t.Errorf("%s ranks: %v", name, err)
		}
		if _, err := w.Search.Freeze(t.Context(), who, need.ID); !fault.Is(err, fault.Missing) {
			t.Errorf("%s freezes: %v", name, err)
		}
		found, err := w.Search.Find(t.Context(), who, search.Asked{Query: "water", Limit: 10})
		if len(found.Items) > 0 || name != "other coordinator" && !fault.Is(err, fault.Missing) {
			t.Errorf("%s finds %v, %v", name, found, err)
		}
	}
}

func TestWhoIsShownIsRecorded(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	cast := w.cast()
	need := w.publish(same)
	w.built()
	r := w.rank(need, 10)
	must[search.Findings](t)(w.Search.Find(t.Context(), w.Coordinator, search.Asked{Query: "pump", Limit: 10}))
	must[search.Candidate](t)(w.Search.Explain(t.Context(), w.Coordinator, need.ID, cast["ana"].Pseudonym))
	var want []string
	for _, c := range r.Candidates {
		want = append(want, fmt.Sprintf("coordinator %s ranking %s", c.ProfessionalID, need.ID))
	}
	want = append(want, fmt.Sprintf("coordinator %s search ", cast["kofi"].ID), fmt.Sprintf("coordinator %s candidate %s", cast["ana"].ID, need.ID))
	if !slices.Equal(w.Seen.seen, want) || len(r.Candidates) == 0 {
		t.Errorf("recorded %q, want %q", w.Seen.seen, want)
	}
	events := must[[]store.Event](t)(w.DB.Events(t.Context(), 0, 1000))
	last := events[len(events)-1]
	if last.Name != "ranking.shown" || last.Subject != need.ID || last.ByUser != w.Coordinator.UserID || !strings.Contains(last.Details, `"shown":`+fmt.Sprint(len(r.Candidates))) {
		t.Errorf("the ledger says %+v", last)
	}
}

// A change that the index has not heard of: the query is put to the person once more,
// and reasons are given for who they are now.
func TestWhoHasChangedSinceTheIndexSawThemIsAskedAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		cast := w.cast()
		w.built()
		asked := search.Asked{Query: `"water treatment plant"`, Exact: true}
		if got := whom(w.asked(asked), cast); got != "kofi" {
			t.Fatalf("before: %s", got)
		}
		err := db.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(`UPDATE professionals SET cv_text = ?, version = version + 1 WHERE id = ?`, "Maintained looms.", cast["kofi"].ID).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		after := w.asked(asked)
		if got := whom(after, cast); got != "" || after.Total != 0 || after.Source != "index" {
			t.Errorf("after: %q of %d by the %s, want nobody by the index", got, after.Total, after.Source)
		}
		again := w.asked(search.Asked{Query: "engineer AND residence:GB"})
		if got := whom(again, cast); got != "kofi" {
			t.Errorf("what is still true of him finds %q", got)
		}
	})
}
