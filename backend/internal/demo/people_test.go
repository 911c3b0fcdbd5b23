// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"sankofa/backend/internal/id"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/taxonomy"
)

// vocabulary is read once for all tests.
var vocabulary = sync.OnceValues(taxonomy.Load)

func tax(t testing.TB) *taxonomy.Taxonomy {
	t.Helper()
	loaded, err := vocabulary()
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

// draw returns the people from up to, but not including, to.
func draw(t testing.TB, seed uint64, from, to int) []registry.Profile {
	t.Helper()
	people, err := People(tax(t), seed, from, to)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Collect(people)
}

func TestThreeHundredPeopleAreVaried(t *testing.T) {
	profiles, residences, origins, groups := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for _, p := range draw(t, DefaultSeed, 0, Usual) {
		profiles[p.CVLanguage]++
		residences[p.ResidenceCountry]++
		origins[p.OriginCountry]++
		groups[p.ISCO]++
	}
	for _, language := range languages {
		if profiles[language] < 3 {
			t.Errorf("%d profiles in %s", profiles[language], language)
		}
	}
	if len(residences) < 8 || len(origins) < 12 || len(groups) < 40 {
		t.Errorf("%d residences, %d origins, %d groups of ISCO-08", len(residences), len(origins), len(groups))
	}
}

func TestAPersonDependsOnTheSeedAndTheNumberAlone(t *testing.T) {
	all, some := draw(t, 7, 0, 400), draw(t, 7, 300, 310)
	if !reflect.DeepEqual(all[300:310], some) {
		t.Error("person 300 differs when drawn among few")
	}
	if other := draw(t, 8, 300, 301)[0]; reflect.DeepEqual(other, some[0]) {
		t.Error("another seed draws the same person")
	}
	if !reflect.DeepEqual(draw(t, 7, 0, len(stories)), draw(t, 8, 0, len(stories))) {
		t.Error("the people of the stories depend on the seed")
	}
}

func TestPseudonymsAreNeverShared(t *testing.T) {
	for _, seed := range []uint64{1, DefaultSeed} {
		seen := map[string]bool{}
		for i := len(stories); i < 60_000; i++ {
			name := pseudonym(seed, i)
			if seen[name] || reserved[name] || !id.IsPseudonym(name) {
				t.Fatalf("seed %d: person %d is %s, which is taken or no pseudonym", seed, i, name)
			}
			seen[name] = true
		}
	}
	for name := range reserved {
		if !id.IsPseudonym(name) {
			t.Errorf("%s is no pseudonym", name)
		}
	}
	if len(reserved) != len(stories) {
		t.Error("two people of the stories share a pseudonym")
	}
}

func TestNobodyElseHasANameOfTheStories(t *testing.T) {
	seen := 0
	for _, p := range draw(t, 3, 0, 2000) {
		if isCharacter(p.GivenName, p.FamilyName) {
			seen++
		}
	}
	if seen != len(stories) {
		t.Errorf("%d people have names of the stories, want %d", seen, len(stories))
	}
}

func TestWhatPeopleSayExists(t *testing.T) {
	codes := tax(t)
	for i, p := range draw(t, 11, 0, 800) {
		for _, s := range p.Skills {
			found, ok := codes.Find(s.Concept)
			if !ok || !slices.Contains(found.Labels[p.CVLanguage], s.Label) {
				t.Errorf("person %d: %q is no word for %q in %s", i, s.Label, s.Concept, p.CVLanguage)
			}
		}
		for _, l := range p.Languages {
			if !codes.Language(l.Language) {
				t.Errorf("person %d: no language %q", i, l.Language)
			}
		}
		for _, e := range p.Education {
			if !codes.EducationField(e.Field) {
				t.Errorf("person %d: no field of education %q", i, e.Field)
			}
		}
		if p.ISCO != "" && !codes.ISCO(p.ISCO) || !codes.Country(p.OriginCountry) || !codes.Country(p.ResidenceCountry) {
			t.Errorf("person %d: %s from %s in %s", i, p.ISCO, p.OriginCountry, p.ResidenceCountry)
		}
	}
}

// gap is a place in a sentence that was not filled.
var gap = regexp.MustCompile(`[{}]|, ,|\(\)|  `)

func TestTextsAreWhole(t *testing.T) {
	for i, p := range draw(t, 5, 0, 1000) {
		texts := []string{p.Summary, p.CVText, p.OccupationTitle, p.GivenName, p.FamilyName}
		for _, e := range p.Experience {
			texts = append(texts, e.Title, e.Employer, e.Description)
		}
		for _, e := range p.Education {
			texts = append(texts, e.Title, e.Institution)
		}
		for _, text := range texts {
			if found := gap.FindString(text); found != "" || !utf8.ValidString(text) {
				t.Errorf("person %d: %q in %q", i, found, text)
			}
		}
		if p.ISCO != "" && (p.OccupationTitle == "" || len(p.Skills) == 0) {
			t.Errorf("person %d has no occupation or no skills", i)
		}
	}
}

func TestNobodyCanBeReached(t *testing.T) {
	kept := regexp.MustCompile(`^(|\+447700900\d{3}|\+493023125\d{3}|\+3363998\d{4}|\+46701740[67]\d\d|\+12025550[1]\d\d|\+14165550[1]\d\d)$`)
	for i, p := range draw(t, 9, 0, 1000) {
		if !strings.HasSuffix(p.Email, "@"+domain) || !kept.MatchString(p.Phone) || !p.Demo {
			t.Errorf("person %d: %s, %s, demo %v", i, p.Email, p.Phone, p.Demo)
		}
	}
}

func TestDatesAreInOrder(t *testing.T) {
	for i, p := range draw(t, 13, 0, 1000) {
		for _, e := range p.Experience {
			if e.To != "" && e.From > e.To || e.From > written || p.BirthDate != "" && e.From < p.BirthDate.Add(365*17) {
				t.Errorf("person %d, born %s: from %s to %s", i, p.BirthDate, e.From, e.To)
			}
		}
		for _, w := range p.Availability {
			if w.From > w.To || !w.From.Valid() || !w.To.Valid() {
				t.Errorf("person %d: free from %s to %s", i, w.From, w.To)
			}
		}
		for _, l := range p.Licences {
			if l.GoodStandingOn > written || l.ValidUntil != "" && l.ValidFrom > l.ValidUntil || l.Body == "" {
				t.Errorf("person %d: licence %+v", i, l)
			}
		}
	}
}

func TestSomePeopleCannotBeFound(t *testing.T) {
	states, visible, total := map[registry.State]int{}, 0, 2000
	for _, p := range draw(t, 17, 0, total) {
		states[p.State]++
		if p.Visible {
			visible++
			if p.State != registry.Active || len(p.Missing()) > 0 {
				t.Errorf("%s is visible while %s and without %v", p.Pseudonym, p.State, p.Missing())
			}
		}
	}
	share := 100 * states[registry.Invited] / total
	if share < 9 || share > 15 || states[registry.Paused] == 0 || visible < total*3/4 || visible > total*9/10 {
		t.Errorf("states %v, %d of %d visible", states, visible, total)
	}
}

func TestMoussaWritesItalianOnly(t *testing.T) {
	p := draw(t, DefaultSeed, 2, 3)[0]
	if p.Pseudonym != MoussaDiop || p.CVLanguage != "it" || p.ISCO != "2132" || p.OriginCountry != "SN" || p.ResidencePlace != "Modena" {
		t.Fatalf("person 2 is %s, %s, %s", p.Pseudonym, p.CVLanguage, p.ISCO)
	}
	if p.Skills[0].Concept != "agriculture.drip-irrigation" || p.Skills[0].Label != "irrigazione a goccia" {
		t.Errorf("his first skill is %+v", p.Skills[0])
	}
	if strings.Contains(p.CVText, "goutte") {
		t.Error("his CV has French words")
	}
}

func BenchmarkPeople(b *testing.B) {
	m, err := newMaker(tax(b), DefaultSeed)
	if err != nil {
		b.Fatal(err)
	}
	i := 0
	for b.Loop() {
		m.person(i)
		i++
	}
}
