// SPDX-License-Identifier: AGPL-3.0-or-later

package matching_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
)

func dayOf(text string) day.Day { return day.Day(text) }

func score(need matching.Need, person matching.Person) matching.Result {
	return matching.Score(need, person, garden, matching.Crowd{})
}

// line returns the criterion with the name and the words of the need.
func line(t *testing.T, r matching.Result, name, need string) matching.Criterion {
	t.Helper()
	for _, c := range r.Criteria {
		if c.Name == name && strings.Contains(c.Evidence.Need, need) {
			return c
		}
	}
	t.Fatalf("there is no criterion %q about %q in %+v", name, need, r.Criteria)
	return matching.Criterion{}
}

func TestAnItalianProfileMeetsAFrenchNeedOnAConcept(t *testing.T) {
	r := score(asking(is), with(as))
	drip := line(t, r, "skill.required", "goutte")
	if drip.Concept != "drip" || drip.Status != matching.Met || drip.Relation != "same" || drip.Source != matching.FromText ||
		drip.Evidence.Need != "irrigation goutte à goutte" || drip.Evidence.Person != "irrigazione a goccia" {
		t.Errorf("the shared concept reads %+v", drip)
	}
	if drip.Points >= drip.Of {
		t.Error("a claim that nothing stands behind counts in full")
	}
}

func TestSkills(t *testing.T) {
	skill := func(concept string, level int, evidence registry.Evidence) func(*registry.Profile) {
		return func(p *registry.Profile) {
			p.CVText = ""
			p.Skills = []registry.Skill{{Concept: concept, Label: "in my words", Level: level, Evidence: evidence}}
		}
	}
	for name, c := range map[string]struct {
		person   func(*registry.Profile)
		share    int // thousandths of the points
		status   matching.Status
		relation string
	}{
		"the same, seen by a host":     {skill("drip", 4, registry.ByHost), 1000, matching.Met, "same"},
		"the same, with experience":    {skill("drip", 3, registry.WithExperience), 900, matching.Met, "same"},
		"the same, only claimed":       {skill("drip", 4, registry.Claimed), 800, matching.Met, "same"},
		"the same, a beginner's claim": {skill("drip", 1, registry.Claimed), 560, matching.Partly, "same"},
		"more general":                 {skill("irrigation", 4, registry.ByHost), 700, matching.Met, "broader"},
		"a sibling":                    {skill("sprinkler", 4, registry.ByHost), 400, matching.Partly, "sibling"},
		"something else":               {skill("soil", 4, registry.ByHost), 0, matching.Missing, ""},
		"in a post's description": {func(p *registry.Profile) {
			p.CVText, p.Experience[0].Description = "", "progettazione, irrigazione a goccia"
		}, 810, matching.Met, "same"},
		"a label that names it": {func(p *registry.Profile) {
			p.CVText = ""
			p.Skills = []registry.Skill{{Label: "Irrigazione a goccia", Level: 4, Evidence: registry.ByHost}}
		}, 1000, matching.Met, "same"},
		"the better of two": {func(p *registry.Profile) {
			p.Skills = []registry.Skill{{Concept: "sprinkler", Level: 4, Evidence: registry.ByHost, Label: "a pioggia"}}
		}, 720, matching.Met, "same"},
	} {
		t.Run(name, func(t *testing.T) {
			got := line(t, score(asking(is), with(c.person)), "skill.required", "goutte")
			if want := (got.Of*c.share + 500) / 1000; got.Points != want || got.Status != c.status || got.Relation != c.relation {
				t.Errorf("%d of %d points, %s, %q; want %d, %s, %q", got.Points, got.Of, got.Status, got.Relation, want, c.status, c.relation)
			}
		})
	}
}

func TestANarrowerConceptIsNearlyAsGood(t *testing.T) {
	need := asking(func(t *needs.Terms) { t.Criteria[0].Concept = "irrigation" })
	got := line(t, score(need, with(as)), "skill.required", "goutte")
	if want := (got.Of*(800*900/1000*900/1000) + 500) / 1000; got.Points != want || got.Relation != "narrower" {
		t.Errorf("%d of %d points by %q, want %d", got.Points, got.Of, got.Relation, want)
	}
}

func TestWordsStandInWhereNoConceptIsKnown(t *testing.T) {
	listed := with(func(p *registry.Profile) {
		p.Skills = []registry.Skill{{Label: "comptabilité analytique publique", Level: 3, Evidence: registry.ByReferee}}
	})
	written := with(func(p *registry.Profile) { p.CVText = "De la comptabilité très analytique" })
	none := with(func(p *registry.Profile) { p.CVText = "De la comptabilité" })
	for _, c := range []struct {
		person matching.Person
		share  int
		words  string
	}{{listed, 800, "comptabilité analytique publique"}, {written, 360, "analytique, comptabilité"}, {none, 0, ""}} {
		got := line(t, score(asking(is), c.person), "skill.desirable", "comptabilité")
		if words := strings.Split(got.Evidence.Person, ", "); got.Points != (got.Of*c.share+500)/1000 || !sameSet(words, strings.Split(c.words, ", ")) {
			t.Errorf("%d of %d points on %q, want %d thousandths on %q", got.Points, got.Of, got.Evidence.Person, c.share, c.words)
		}
	}
}

func sameSet(a, b []string) bool {
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

func TestTheWayBetweenOccupations(t *testing.T) {
	for own, share := range map[string]int{"2132": 1000, "2133": 600, "2141": 300, "2211": 100, "5120": 0} {
		p := with(func(p *registry.Profile) { p.ISCO, p.Experience = own, nil })
		got := line(t, score(asking(is), p), "occupation", "2132")
		if got.Points != (got.Of*share+500)/1000 {
			t.Errorf("%s: %d of %d points, want %d thousandths", own, got.Points, got.Of, share)
		}
	}
	before := with(func(p *registry.Profile) { p.ISCO = "5120" })
	got := line(t, score(asking(is), before), "occupation", "2132")
	if got.Points != (got.Of*900+500)/1000 || got.Source != matching.FromExperience || got.Evidence.Person != "2132 Consulente" {
		t.Errorf("a post held before gives %+v", got)
	}
}

func TestWhatAProfileDoesNotSayIsUnknown(t *testing.T) {
	need := asking(func(t *needs.Terms) { t.LicenceRequired = true })
	silent := matching.Person{Pseudonym: "P-0000-0000", Licences: []matching.Licence{{Body: "Ordine", ISCO: "2132"}}}
	r := score(need, silent)
	for _, c := range r.Criteria {
		if c.Name != "modality" && c.Status != matching.Unknown {
			t.Errorf("%s is %s, want unknown", c.Name, c.Status)
		}
		if c.Points != 0 {
			t.Errorf("%s gives %d points for nothing", c.Name, c.Points)
		}
	}
}

// TestPointsAddUp throws needs and people of all kinds at the rules.
func TestPointsAddUp(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	for i := range 2000 {
		need, person := asking(shaken(dice)), with(shuffled(dice))
		r := score(need, person)
		of, points := 0, 0
		for _, c := range r.Criteria {
			of, points = of+c.Of, points+c.Points
			if c.Points < 0 || c.Points > c.Of {
				t.Fatalf("%d: %s has %d of %d points", i, c.Name, c.Points, c.Of)
			}
			if c.Points > 0 && (c.Status == matching.Missing || c.Status == matching.Unknown) {
				t.Fatalf("%d: %s is %s and has %d points", i, c.Name, c.Status, c.Points)
			}
			if c.Points > 0 && c.Evidence.Person == "" {
				t.Fatalf("%d: %s has points and no words: %+v", i, c.Name, c)
			}
		}
		if of != matching.Whole || points != r.Score {
			t.Fatalf("%d: criteria of %d points, and %d given for a score of %d", i, of, points, r.Score)
		}
		if again := score(need, person); !reflect.DeepEqual(again, r) {
			t.Fatalf("%d: the same values were scored differently", i)
		}
	}
}

func shaken(dice *rand.Rand) func(*needs.Terms) {
	return func(t *needs.Terms) {
		t.YearsExperience, t.EducationLevel = dice.IntN(12), dice.IntN(9)
		t.EducationField = pickOne(dice, "", "0811", "081", "08", "0911", "0000")
		t.ISCO = pickOne(dice, "", "2132", "2141", "1311")
		t.LicenceRequired = dice.IntN(2) == 0
		t.Criteria = t.Criteria[:dice.IntN(4)]
		for i := range t.Criteria {
			t.Criteria[i].Weight, t.Criteria[i].Required = 1+dice.IntN(5), dice.IntN(2) == 0
		}
		t.Languages = t.Languages[:dice.IntN(3)]
		for i := range t.Languages {
			t.Languages[i].Spoken, t.Languages[i].Written = registry.CEFR(dice.IntN(7)), registry.CEFR(dice.IntN(7))
		}
		if dice.IntN(4) == 0 {
			t.StartsOn, t.EndsOn = "", ""
		}
		t.Modality = pickOne(dice, "onsite", "virtual", "hybrid")
	}
}

func shuffled(dice *rand.Rand) func(*registry.Profile) {
	return func(p *registry.Profile) {
		p.YearsExperience, p.ISCO = dice.IntN(20), pickOne(dice, "", "2132", "2133", "3142", "5120")
		p.LongestDays = dice.IntN(100)
		p.Education[0].Level, p.Education[0].Field = dice.IntN(9), pickOne(dice, "", "0811", "0812", "0888", "0911")
		p.CVText = pickOne(dice, "", "comptabilité analytique", p.CVText, "Former, irrigation, pédologie")
		p.Licences = []registry.Licence{{Body: "B", ISCO: pickOne(dice, "", "2132", "2221"), ValidUntil: dayOf(pickOne(dice, "", "2027-07-16", "2026-01-01"))}}
		for range dice.IntN(4) {
			p.Skills = append(p.Skills, registry.Skill{Concept: pickOne(dice, "", "drip", "soil", "sprinkler", "irrigation"), Label: "words of mine",
				Level: 1 + dice.IntN(4), Evidence: registry.Evidence(pickOne(dice, "claimed", "experience", "referee", "host"))})
		}
		for i := range p.Languages {
			p.Languages[i].Interaction, p.Languages[i].Writing = registry.CEFR(dice.IntN(7)), registry.CEFR(dice.IntN(7))
		}
		p.Languages = p.Languages[:dice.IntN(3)]
		p.Availability = p.Availability[:dice.IntN(3)]
	}
}

func pickOne(dice *rand.Rand, from ...string) string { return from[dice.IntN(len(from))] }

func TestRareWordsTellMoreAndAreShown(t *testing.T) {
	need := asking(func(t *needs.Terms) {
		t.Title, t.OccupationTitle, t.Objectives, t.Criteria = "Formation DHIS2 hôpital district", "", "", nil
	})
	says := func(cv string) matching.Criterion {
		p := with(func(p *registry.Profile) { p.CVText = cv })
		crowd := matching.Crowd{People: 1000, Users: map[string]int{"formation": 900, "dhis2": 2, "hôpital": 400}}
		return line(t, matching.Score(need, p, garden, crowd), "text", "")
	}
	rareWord, common, nothing := says("J'ai installé DHIS2 partout"), says("Une formation"), says("Rien")
	if rareWord.Status != matching.Met || rareWord.Evidence.Person != "DHIS2" || rareWord.Evidence.Need != "DHIS2" {
		t.Errorf("the rare word gives %+v", rareWord)
	}
	if common.Points >= rareWord.Points || common.Evidence.Person != "formation" {
		t.Errorf("the common word gives %+v", common)
	}
	if nothing.Points != 0 || nothing.Status != matching.Missing {
		t.Errorf("no word gives %+v", nothing)
	}
}

func TestWritingInAnotherLanguageCostsNothingWhenTheTextSpeaksOfTheSame(t *testing.T) {
	need := asking(func(t *needs.Terms) { t.Criteria = nil })
	got := line(t, score(need, with(as)), "topics", "")
	if got.Points != got.Of || got.Evidence.Person != "irrigazione a goccia" || got.Concept != "drip" {
		t.Errorf("the text gives %+v", got)
	}
}

func TestLanguagesAboveTheFloorCount(t *testing.T) {
	floor := func(spoken, written registry.CEFR) func(*needs.Terms) {
		return func(t *needs.Terms) { t.Languages[0].Spoken, t.Languages[0].Written = spoken, written }
	}
	// Moussa has B2 in speech and in writing.
	for _, c := range []struct {
		need            func(*needs.Terms)
		spoken, written int
	}{{floor(4, 4), 700, 700}, {floor(3, 4), 850, 700}, {floor(2, 2), 1000, 1000}, {floor(5, 2), 200, 1000}, {floor(6, 6), 0, 0}} {
		for ability, share := range map[string]int{"/–": c.spoken, "–/": c.written} {
			got := line(t, score(asking(c.need), with(as)), "language", ability)
			if got.Concept != "fr" || got.Points != (got.Of*share+500)/1000 {
				t.Errorf("%s against %s: %d of %d points, want %d thousandths", got.Evidence.Need, got.Evidence.Person, got.Points, got.Of, share)
			}
		}
	}
}

func TestResultsAreOrderedByScoreAndThenByPseudonym(t *testing.T) {
	results := []matching.Result{{Pseudonym: "P-C", Score: 5}, {Pseudonym: "P-B", Score: 7}, {Pseudonym: "P-A", Score: 5}}
	slices.SortFunc(results, matching.Compare)
	if got := fmt.Sprint(results[0].Pseudonym, results[1].Pseudonym, results[2].Pseudonym); got != "P-BP-AP-C" {
		t.Errorf("the order is %s", got)
	}
}

// TestNobodyIsScoredByWhoTheyAre walks the types that rules can see.
func TestNobodyIsScoredByWhoTheyAre(t *testing.T) {
	forbidden := []string{"name", "given", "family", "email", "mail", "phone", "sex", "gender", "birth", "age", "number", "place", "status", "religion", "ethnic"}
	allowed := []string{"language", "languages", "engaged"} // contain "age" and mean no age
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(at reflect.Type) {
		for at.Kind() == reflect.Slice || at.Kind() == reflect.Pointer {
			at = at.Elem()
		}
		if at.Kind() != reflect.Struct || seen[at] {
			return
		}
		seen[at] = true
		for i := range at.NumField() {
			f := at.Field(i)
			name := strings.ToLower(f.Name)
			for _, word := range forbidden {
				if strings.Contains(name, word) && !slices.Contains(allowed, name) {
					t.Errorf("%s.%s lets rules see what they must not", at.Name(), f.Name)
				}
			}
			if strings.HasPrefix(f.Type.PkgPath(), "sankofa") && f.Type.Kind() == reflect.Struct && f.Type.PkgPath() != at.PkgPath() {
				t.Errorf("%s.%s is a row of another package", at.Name(), f.Name)
			}
			walk(f.Type)
		}
	}
	walk(reflect.TypeFor[matching.Person]())
	walk(reflect.TypeFor[matching.Need]())
	if len(seen) < 10 {
		t.Errorf("only %d types were walked", len(seen))
	}
}

func TestWhatSaysWhoSomebodyIsNeverReachesTheRules(t *testing.T) {
	p := moussa()
	p.GivenName, p.FamilyName = "Zoë-Marie", "D'Almeida"
	p.OccupationTitle = "Zoe, agronoma"
	p.CVText = "Mi chiamo ZOË D'ALMEIDA (almeida), +39 333 1234567, z@x.it, www.zoe.it, linkedin.com/in/zoe, albo AG-99812. Irrigazione a goccia a Modena."
	p.Licences = []registry.Licence{{Body: "Ordine", Number: "AG-99812", ISCO: "2132"}}
	p.Skills = []registry.Skill{{Label: "gestione (marie@x.it)", Level: 2, Evidence: registry.Claimed}}
	text := strings.ToLower(fmt.Sprintf("%+v", reading.Person(p)))
	for _, canary := range []string{"zoe", "zoë", "almeida", "333", "x.it", "99812", "linkedin", "marie", "1985", "male"} {
		if strings.Contains(text, canary) {
			t.Errorf("%q reached the rules: %s", canary, text)
		}
	}
	if !strings.Contains(text, "modena") || !strings.Contains(text, "goccia") || !strings.Contains(text, "gestione") {
		t.Errorf("more than that was taken out: %s", text)
	}
}
