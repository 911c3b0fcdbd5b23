// SPDX-License-Identifier: AGPL-3.0-or-later

package matching_test

import (
	"encoding/json"
	"os"
	"reflect"
	"testing"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/registry"
)

func TestTheCommittedFileIsWhatTheScoreIsMadeWith(t *testing.T) {
	text, err := os.ReadFile("weights.json")
	if err != nil {
		t.Fatal(err)
	}
	var file matching.Model
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	if err := file.Check(); err != nil {
		t.Error(err)
	}
	if !reflect.DeepEqual(file, matching.Weights()) {
		t.Error("the model in use is not the file's")
	}
}

// TestWeightsStayWithinTheirBounds walks every class and many needs.
func TestWeightsStayWithinTheirBounds(t *testing.T) {
	m, prior := matching.Weights(), matching.Prior()
	for _, group := range matching.Groups {
		if got, want := m.Groups[group], prior.Groups[group]; got.Least != want.Least || got.Most != want.Most {
			t.Errorf("%s is bound by %d and %d, want %d and %d", group, got.Least, got.Most, want.Least, want.Most)
		}
	}
	for _, need := range []matching.Need{asking(is), asking(short)} {
		for words := range 16 {
			for skills := range 6 {
				for bit := range 4 {
					p := matching.Person{Words: 1 << words, Skills: 1 << skills >> 1}
					if bit&1 > 0 {
						p.Language = need.Language
					}
					if bit&2 > 0 {
						p.ISCO = "2132"
					}
					for group, w := range m.At(need, p) {
						if b := m.Groups[group]; w < b.Least || w > b.Most {
							t.Fatalf("%s weighs %d with %+v, out of %d and %d", group, w, p, b.Least, b.Most)
						}
					}
				}
			}
		}
	}
}

func TestAModelWithoutSenseIsRefused(t *testing.T) {
	for name, change := range map[string]func(*matching.Model){
		"no name":          func(m *matching.Model) { m.Name = "" },
		"a group missing":  func(m *matching.Model) { delete(m.Groups, matching.ByText) },
		"a group too many": func(m *matching.Model) { m.Groups["age"] = m.Groups[matching.ByText] },
		"no bounds":        func(m *matching.Model) { m.Groups[matching.ByText] = matching.Linear{Base: 1} },
		"bounds reversed":  func(m *matching.Model) { m.Groups[matching.ByText] = matching.Linear{Least: 5, Most: 4} },
		"far too heavy":    func(m *matching.Model) { m.Groups[matching.ByText] = matching.Linear{Least: 1, Most: 1 << 40} },
	} {
		m := matching.Prior()
		change(&m)
		if m.Check() == nil {
			t.Errorf("%s: nobody minds", name)
		}
	}
}

func TestTheWeightsOfAPairAreInItsReasons(t *testing.T) {
	need := asking(is)
	of := func(p matching.Person) map[string]int {
		sums, whole := map[string]int{}, 0
		for _, c := range score(need, p).Criteria {
			sums[c.Name] += c.Of
			whole += c.Of
		}
		if whole != matching.Whole {
			t.Errorf("the criteria are of %d points", whole)
		}
		return sums
	}
	coded, titled := of(with(as)), of(with(func(p *registry.Profile) {
		p.ISCO, p.CVText, p.Experience, p.Skills, p.Education = "", "", nil, nil, nil
	}))
	if reflect.DeepEqual(coded, titled) {
		t.Errorf("who wrote a title alone is weighed like who wrote all: %v", coded)
	}
}
