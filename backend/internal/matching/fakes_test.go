// SPDX-License-Identifier: AGPL-3.0-or-later

package matching_test

import (
	"slices"
	"strings"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/taxonomy"
)

// vocabulary is a small tree of concepts with labels, for tests.
type vocabulary struct {
	broader map[string]string
	labels  map[string][]string // any language
}

var garden = vocabulary{
	broader: map[string]string{"drip": "irrigation", "sprinkler": "irrigation", "irrigation": "water"},
	labels: map[string][]string{
		"drip":       {"goutte à goutte", "irrigazione a goccia", "drip irrigation"},
		"sprinkler":  {"aspersion", "irrigazione a pioggia"},
		"irrigation": {"irrigation", "irrigazione"},
		"soil":       {"pédologie", "scienza del suolo", "soil science"},
	},
}

func (v vocabulary) Relation(need, person string) matching.Relation {
	switch {
	case need == person:
		return taxonomy.Same
	case v.above(person, need):
		return taxonomy.Narrower
	case v.above(need, person):
		return taxonomy.Broader
	case v.broader[need] != "" && v.broader[need] == v.broader[person]:
		return taxonomy.Sibling
	}
	return taxonomy.Unrelated
}

// above tells whether high is somewhere above low in the tree.
func (v vocabulary) above(low, high string) bool {
	for at := v.broader[low]; at != ""; at = v.broader[at] {
		if at == high {
			return true
		}
	}
	return false
}

func (v vocabulary) LinkSkill(words, _ string) (string, bool) {
	for id, labels := range v.labels {
		if slices.Contains(labels, strings.ToLower(words)) {
			return id, true
		}
	}
	return "", false
}

// LinkOccupation knows one title, in two forms.
func (v vocabulary) LinkOccupation(title, _ string) []taxonomy.Suggestion {
	if strings.HasPrefix(strings.ToLower(title), "agronom") {
		return []taxonomy.Suggestion{{ID: "2132", Weight: 900}, {ID: "2131", Weight: 500}}
	}
	return nil
}

func (v vocabulary) Mentions(text, _ string) []matching.Mention {
	var found []matching.Mention
	for _, id := range []string{"drip", "sprinkler", "soil"} {
		for _, label := range v.labels[id] {
			if strings.Contains(strings.ToLower(text), label) {
				found = append(found, matching.Mention{Concept: id, Words: label})
				break
			}
		}
	}
	return found
}

// splitter breaks texts at spaces; words of three letters and fewer say nothing.
type splitter struct{}

func (splitter) Terms(text, _ string) []matching.Term {
	at := map[string]int{}
	var terms []matching.Term
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \n.,;:()", r) }) {
		stem := strings.ToLower(w)
		if len([]rune(stem)) <= 3 {
			continue
		}
		if i, seen := at[stem]; seen {
			terms[i].Count++
			continue
		}
		at[stem] = len(terms)
		terms = append(terms, matching.Term{Stem: stem, Word: w, Count: 1})
	}
	slices.SortFunc(terms, func(a, b matching.Term) int { return strings.Compare(a.Stem, b.Stem) })
	return terms
}

var reading = matching.Reading{Concepts: garden, Texts: splitter{}}

// thies is the need of the third story: drip irrigation in Thiès, in French.
func thies() needs.Terms {
	return needs.Terms{
		Need: needs.Need{
			Title: "Irrigation goutte à goutte pour maraîchers", Language: "fr", ISCO: "2132", OccupationTitle: "Ingénieur agronome",
			Objectives: "Former les maraîchers", Country: "SN", StartsOn: "2027-06-07", EndsOn: "2027-07-16",
			Modality: "onsite", YearsExperience: 5, EducationLevel: 6, EducationField: "0811",
		},
		Criteria: []needs.Criterion{
			{Concept: "drip", Label: "irrigation goutte à goutte", Required: true, Weight: 5},
			{Concept: "soil", Label: "pédologie", Weight: 2},
			{Label: "comptabilité analytique", Weight: 1},
		},
		Languages: []needs.LanguageFloor{{Language: "fr", Spoken: 3, Written: 2, Required: true}, {Language: "wo", Spoken: 3}},
	}
}

// moussa is the person of the third story: he writes Italian.
func moussa() registry.Profile {
	return registry.Profile{
		Professional: registry.Professional{
			ID: "p1", Pseudonym: "P-0000-0001", GivenName: "Moussa", FamilyName: "Diop", Email: "moussa.diop@example.org",
			Phone: "+39 059 123456", Sex: "male", BirthDate: "1985-03-02", OriginCountry: "SN", ResidenceCountry: "IT",
			RightOfReturn: "yes", RightOfReturnUntil: "2029-05-31", OccupationTitle: "Agronomo", ISCO: "2132", YearsExperience: 11,
			CVText: "Progetto di irrigazione a goccia presso Modena. Contatto: moussa.diop@example.org", CVLanguage: "it",
			Onsite: true, LongestDays: 60, State: registry.Active,
		},
		Languages: []registry.Language{
			{Language: "fr", Listening: 5, Reading: 5, Interaction: 4, Production: 4, Writing: 4},
			{Language: "wo", Native: true, Listening: 6, Reading: 6, Interaction: 6, Production: 6, Writing: 3},
		},
		Education:    []registry.Education{{Level: 7, Field: "0811", Title: "Laurea in agronomia"}},
		Experience:   []registry.Experience{{Title: "Consulente", ISCO: "2132", Description: "impianti"}},
		Availability: []registry.Window{{From: "2027-05-01", To: "2027-06-15"}, {From: "2027-06-16", To: "2027-09-30"}},
		Visible:      true,
	}
}

// with returns the story's person after a change.
func with(change func(*registry.Profile)) matching.Person {
	p := moussa()
	change(&p)
	return reading.Person(p)
}

// asking returns the story's need after a change.
func asking(change func(*needs.Terms)) matching.Need {
	t := thies()
	change(&t)
	return reading.Need(t)
}

func as(*registry.Profile) {}
func is(*needs.Terms)      {}

// short leaves a title alone of the need.
func short(t *needs.Terms) {
	t.ISCO, t.Criteria, t.Objectives, t.Background, t.Outputs = "", nil, "", "", nil
}
