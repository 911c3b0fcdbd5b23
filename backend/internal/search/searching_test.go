// SPDX-License-Identifier: AGPL-3.0-or-later

package search_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// asked finds people, or ends the test.
func (w *world) asked(a search.Asked) search.Findings {
	w.t.Helper()
	found, err := w.Search.Find(w.t.Context(), w.Coordinator, a)
	if err != nil {
		w.t.Fatalf("%+v: %v", a, err)
	}
	return found
}

// whom names the people of the cast who were found, in the order of the list.
func whom(found search.Findings, cast map[string]registry.Profile) string {
	var names []string
	for _, hit := range found.Items {
		for name, p := range cast {
			if p.Pseudonym == hit.Person {
				names = append(names, name)
			}
		}
	}
	return strings.Join(names, " ")
}

// onBoth runs a check against the database and then against the index.
func onBoth(t *testing.T, check func(t *testing.T, w *world, cast map[string]registry.Profile)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		cast := w.cast()
		t.Run("database", func(t *testing.T) { check(t, w, cast) })
		w.built()
		t.Run("index", func(t *testing.T) { check(t, w, cast) })
	})
}

func TestAWordThatNobodyUsesIsLookedForInOtherSpellings(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world, cast map[string]registry.Profile) {
		found := w.asked(search.Asked{Query: "treatmnet plant"})
		if got := whom(found, cast); got != "anneli kofi" && got != "kofi anneli" {
			t.Errorf("found %q", got)
		}
		near := found.Understood[0].Near
		if len(near) != 1 || near[0].Word != "treatment" || near[0].Users != 2 || len(found.Understood[1].Near) != 0 {
			t.Errorf("understood %+v", found.Understood)
		}
		if exact := w.asked(search.Asked{Query: "treatmnet plant", Exact: true}); exact.Total != 0 || len(exact.Understood[0].Near) != 0 {
			t.Errorf("exactly that: %+v", exact)
		}
		if quoted := w.asked(search.Asked{Query: `"treatmnet" plant`}); quoted.Total != 0 {
			t.Errorf("in quotation marks: %+v", quoted)
		}
		if without := w.asked(search.Asked{Query: `plant -treatmnet`}); without.Total != 2 {
			t.Errorf("what is left out is left out as it is written: %+v", without)
		}
	})
}

func TestWordsInAnyLanguageAreLinkedToConcepts(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world, cast map[string]registry.Profile) {
		for query, want := range map[string]struct{ who, concept, kind string }{
			"drip irrigation":  {"moussa", "agriculture.drip-irrigation", "skill"},
			"druppelirrigatie": {"moussa", "agriculture.drip-irrigation", "skill"},
			"الري بالتنقيط":    {"moussa", "agriculture.drip-irrigation", "skill"},
			"nurse":            {"ana", "2221", "occupation"},
			"infirmière":       {"ana", "2221", "occupation"},
		} {
			found := w.asked(search.Asked{Query: query})
			if got := whom(found, cast); got != want.who {
				t.Errorf("%s finds %q, want %s", query, got, want.who)
				continue
			}
			u := found.Understood[0]
			if u.Kind != "concept" || u.Text != query || !slices.ContainsFunc(u.Concepts, func(c search.Concept) bool { return c.ID == want.concept && c.Kind == want.kind && c.Label != "" }) {
				t.Errorf("%s is understood as %+v", query, u)
			}
			reasons := found.Items[0].Reasons
			if len(reasons) == 0 || reasons[0].Concept == nil || reasons[0].Concept.ID != want.concept || len(reasons[0].Words) == 0 {
				t.Errorf("%s: the reasons are %+v", query, reasons)
			}
			if exact := w.asked(search.Asked{Query: query, Exact: true}); exact.Total != 0 {
				t.Errorf("%s as it stands: %+v", query, exact.Items)
			}
		}
	})
}

func TestAMisspeltOrTransliteratedNameIsTakenForWhatItNames(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world, cast map[string]registry.Profile) {
		for query, want := range map[string]string{"druppelirigatie": "moussa", "mumarrid": "ana"} {
			found := w.asked(search.Asked{Query: query})
			if got := whom(found, cast); got != want || !found.Understood[0].Guessed || len(found.Understood[0].Concepts) == 0 {
				t.Errorf("%s finds %q, understood as %+v", query, got, found.Understood)
			}
			if exact := w.asked(search.Asked{Query: query, Exact: true}); exact.Total != 0 || exact.Understood[0].Guessed {
				t.Errorf("%s as it stands: %+v", query, exact)
			}
		}
	})
}

func TestExcerptsShowWhatMetAndNotWhoItIs(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world, _ map[string]registry.Profile) {
		found := w.asked(search.Asked{Query: `"irrigazione a goccia" orticoltori`})
		if len(found.Items) != 1 {
			t.Fatalf("found %+v", found)
		}
		marked := map[string]bool{}
		for _, p := range found.Items[0].Excerpts {
			for _, s := range p.Spans {
				if s.Marked {
					marked[p.Source+" "+s.Text] = true
				}
			}
		}
		if !marked["cv irrigazione a goccia"] && !marked["skill irrigazione a goccia"] || !marked["experience orticoltori"] {
			t.Errorf("marked %v", marked)
		}
		text, _ := json.Marshal(found)
		for _, secret := range []string{"moussa", "diop", "example.org", "123456"} {
			if strings.Contains(strings.ToLower(string(text)), secret) {
				t.Errorf("the answer holds %q: %s", secret, text)
			}
		}
	})
}

func TestFieldsAskForWhatAProfileStates(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world, cast map[string]registry.Profile) {
		for query, want := range map[string]string{
			"language:fr-writing-B2 -isco:2221": "anneli moussa", "language:wo-written-B2": "", "language:wo-spoken-C2 skill:irrigation": "moussa",
			"studied:081 level:8": "kofi", "years:0-5": "ana", "licence:yes": "", "evidence:experience": "moussa", "evidence:host": "",
			"residence:Portugal": "ana", "(hospital OR pumps) -residence:PT": "kofi", "-(water OR hospital)": "moussa", "hospital OR (water pumps)": "ana kofi",
		} {
			names := strings.Fields(whom(w.asked(search.Asked{Query: query}), cast))
			slices.Sort(names)
			if got := strings.Join(names, " "); got != want {
				t.Errorf("%s finds %q, want %q", query, got, want)
			}
		}
	})
}

// values reads a facet.
func values(found search.Findings, name string) map[string]int {
	out := map[string]int{}
	for _, f := range found.Facets {
		if f.Name == name {
			for _, v := range f.Values {
				out[v.Value] = v.Count
			}
		}
	}
	return out
}

func TestFacetsCountUnderTheQueryAndTheOtherChoices(t *testing.T) {
	onBoth(t, func(t *testing.T, w *world, cast map[string]registry.Profile) {
		all := w.asked(search.Asked{Choices: search.Choices{"modality": {"onsite"}}, Facets: true})
		if all.Total != 4 || values(all, "residence")["IT"] != 2 || values(all, "residence")["GB"] != 1 || values(all, "modality")["virtual"] != 1 {
			t.Errorf("everybody: %+v", all)
		}
		chosen := w.asked(search.Asked{Query: "water OR hospital OR goccia", Choices: search.Choices{"residence": {"IT", "PT"}, "years": {"11-20"}}, Facets: true})
		if got := whom(chosen, cast); len(strings.Fields(got)) != 2 || strings.Contains(got, "ana ") {
			t.Errorf("found %q", got)
		}
		// A facet is counted without its own choice and with the others'.
		if r := values(chosen, "residence"); r["GB"] != 1 || r["IT"] != 2 || r["PT"] != 0 {
			t.Errorf("residence %v", r)
		}
		if y := values(chosen, "years"); y["3-5"] != 1 || y["11-20"] != 2 {
			t.Errorf("years %v", y)
		}
		if s := values(chosen, "skill"); s["agriculture.drip-irrigation"] != 1 {
			t.Errorf("skills %v", s)
		}
		if l := values(chosen, "language"); l["fr-C1"] != 2 || l["wo-C2"] != 2 {
			t.Errorf("languages %v", l)
		}
		if m := values(all, "month"); m["2027-06"] != 3 || m["2027-10"] != 1 {
			t.Errorf("months %v", m)
		}
		if g := values(all, "group"); g["21"] != 3 || g["22"] != 1 {
			t.Errorf("groups %v", g)
		}
		if l := values(all, "licence"); l["no"] != 4 || l["yes"] != 0 {
			t.Errorf("licences %v", l)
		}
	})
}

// queriesOf are many kinds of queries about the crowd.
func queriesOf(w *world, n int) []search.Asked {
	words := []string{"irrigation", "gestione", "irigation", "project", "projcet", "ospedale", "Wasser", "water", "nurse", "formación", "equipe", "rapport", "communautee", "soil", "vaccination", "pumps"}
	parts := []string{"residence:IT", "isco:22", "-years:10", "language:fr-B2", "language:en-writing-C1", "modality:virtual", "licence:no", "evidence:host", "level:6", "held:2", "skill:irrigation", `"project équipe"`, "available:2027-06"}
	var all []search.Asked
	for range n {
		q := one(w.dice, words)
		for range w.dice.IntN(3) {
			q = one(w.dice, []string{q + " OR " + one(w.dice, words), q + " " + one(w.dice, parts), "(" + q + ") " + one(w.dice, words), q + " -" + one(w.dice, words)})
		}
		a := search.Asked{Query: q, Limit: 200, Facets: true, Exact: w.dice.IntN(5) == 0}
		if w.dice.IntN(3) == 0 {
			a.Choices = search.Choices{one(w.dice, []string{"residence", "years"}): {}}
			for name := range a.Choices {
				a.Choices[name] = map[string][]string{"residence": {"IT", "NL", "FR"}, "years": {"3-5", "11-20"}}[name]
			}
		}
		all = append(all, a)
	}
	return all
}

func TestTheIndexAndTheDatabaseFindTheSamePeopleInTheSameOrder(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.crowd(100)
		asks := queriesOf(w, 40)
		var want []search.Findings
		for _, a := range asks {
			want = append(want, w.asked(a))
		}
		w.built()
		found := 0
		for i, a := range asks {
			got := w.asked(a)
			if got.Source != "index" || want[i].Source != "database" {
				t.Fatalf("%s answers, after %s", got.Source, want[i].Source)
			}
			got.Source = want[i].Source
			g, _ := json.Marshal(got)
			if d, _ := json.Marshal(want[i]); string(g) != string(d) {
				t.Errorf("%+v: the index answers\n%.1500s\nand the database\n%.1500s", a, g, d)
			}
			found += min(got.Total, 1)
		}
		if found < len(asks)/2 {
			t.Errorf("only %d of %d queries found anybody", found, len(asks))
		}
	})
}

func TestPagesHoldEverybodyOnceAndInOrder(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.crowd(150)
	w.built()
	for _, query := range []string{"project OR training OR rapport", "isco:2", "irrigation"} {
		whole := w.asked(search.Asked{Query: query, Limit: 200})
		var got []string
		after, last := "", 1<<60
		for pages := 0; pages == 0 || after != ""; pages++ {
			part := w.asked(search.Asked{Query: query, Limit: 7, After: after})
			if part.Total != whole.Total || pages > 60 {
				t.Fatalf("%s: page %d says %d of %d", query, pages, part.Total, whole.Total)
			}
			for _, hit := range part.Items {
				if hit.Relevance > last {
					t.Errorf("%s: %d after %d", query, hit.Relevance, last)
				}
				got, last = append(got, hit.Person), hit.Relevance
			}
			after = part.Next
		}
		var want []string
		for _, hit := range whole.Items {
			want = append(want, hit.Person)
		}
		if !slices.Equal(got, want) || len(want) != whole.Total || len(want) < 10 {
			t.Errorf("%s: pages hold %d people, the list %d of %d, or in another order", query, len(got), len(want), whole.Total)
		}
	}
	for _, cursor := range []string{"x", "%", "eyJwIjoxfQ", strings.Repeat("A", 500)} {
		if _, err := w.Search.Find(t.Context(), w.Coordinator, search.Asked{Query: "irrigation", After: cursor}); !fault.Is(err, fault.Invalid) {
			t.Errorf("the cursor %.20q: %v", cursor, err)
		}
	}
}

func TestNoSearchShowsWhomThePolicyHides(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		people := w.crowd(80)
		asks := queriesOf(w, 25)
		hidden := map[string]bool{}
		w.built()
		check := func(when string) {
			t.Helper()
			for _, a := range asks {
				found := w.asked(a)
				seen := 0
				for _, hit := range found.Items {
					if seen++; hidden[hit.ProfessionalID] {
						t.Errorf("%s, %+v shows %s", when, a, hit.Person)
					}
				}
				if found.Total != seen && found.Total <= 200 {
					t.Errorf("%s, %+v: %d people, %d shown", when, a, found.Total, seen)
				}
				if other, err := w.Search.Find(t.Context(), w.Other.Coordinator, a); err != nil || other.Total != 0 || anyCount(other.Facets) {
					t.Errorf("%s, the other programme finds %+v, %v", when, other, err)
				}
			}
		}
		for i, p := range people {
			switch i % 4 {
			case 0: // withdraws consent
				w.change("visibility.removed", p.ID, func(tx *store.Tx) error { return privacy.HideIn(tx, p.ID) })
				hidden[p.ID] = true
			case 1: // takes a break
				w.change("professional.paused", p.ID, func(tx *store.Tx) error {
					return tx.Model(&registry.Professional{}).Where("id = ?", p.ID).Update("state", registry.Paused).Error
				})
				hidden[p.ID] = true
			case 2: // leaves the programme
				w.change("professional.left", p.ID, func(tx *store.Tx) error {
					return tx.Exec(`DELETE FROM professional_programmes WHERE professional_id = ?`, p.ID).Error
				})
				hidden[p.ID] = true
			}
		}
		check("with the index")
		if err := w.Search.Close(); err != nil {
			t.Fatal(err)
		}
		check("without the index")
	})
}

func anyCount(all []search.Facet) bool {
	for _, f := range all {
		for _, v := range f.Values {
			if v.Count > 0 {
				return true
			}
		}
	}
	return false
}

func TestAnythingMayBeTypedAndIsAnsweredInTime(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.cast()
	ask := func(source string) {
		for _, text := range []string{`+title:x -(( "`, "a AND (b OR", "*", "?~^2", "/[a-/", `field:>1 "unclosed`, `\`, "\x00", "${x} %s%n", "👩🏽‍⚕️🇬🇭", "\u202egnp.exe", "\u200f\u2066عمر\u2069",
			"e\u0301\u0323\u0334", "ß ſ İ ı ŉ ǰ", "𒀱𒐪", strings.Repeat("x", 1<<20), strings.Repeat("(", 1<<20), strings.Repeat("👩🏽", 900), strings.Repeat("ab ", 30), strings.Repeat("a OR ", 29) + "a", "\xff\xfe"} {
			begun := time.Now()
			_, err := w.Search.Find(t.Context(), w.Coordinator, search.Asked{Query: text, Facets: true})
			if f := fault.Of(err); f != nil && (f.Kind != fault.Invalid || len(f.Fields) == 0) {
				t.Errorf("%s, %.40q: %v", source, text, err)
			}
			if took := time.Since(begun); took > 10*time.Second {
				t.Errorf("%s, %.40q took %s", source, text, took)
			}
		}
	}
	ask("database")
	w.built()
	ask("index")
}
