// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"sync"
)

// Model gives each group of criteria its weight. The weights of some groups
// follow from how much each side has written: a linear function of a few small
// whole numbers, learnt from data by `sankofa train`, within stated bounds. A
// frozen ranking keeps the model that it was made with.
type Model struct {
	Name   string            `json:"name"` // changes with the numbers
	Groups map[string]Linear `json:"groups"`
}

// Linear is a weight as a function of features: the sum of each times its
// coefficient, and never outside the bounds. Only proportions count.
type Linear struct {
	Base  int       `json:"base"`  // what the group weighs whatever was written
	Slope [wide]int `json:"slope"` // for one more of each feature
	Least int       `json:"least"`
	Most  int       `json:"most"`
}

// wide is how many features there are.
const wide = 7

// FeatureNames names the features, in the order of the slopes. Lengths are in
// doublings: 0 for none, 1 for one, 2 for two or three, 3 for four to seven …
var FeatureNames = [wide]string{
	"doublings of the need's distinct words", "doublings of the person's distinct words",
	"doublings of the skills with a concept that the need asks for", "doublings of the skills with a concept that the person lists",
	"both write the same language", "the need has an ISCO-08 code", "the person has an ISCO-08 code",
}

// Class is what of a person decides the weights.
type Class struct {
	Words  uint8 // doublings of distinct words
	Skills uint8 // doublings of listed skills with a concept
	Same   bool  // writes the need's language
	Coded  bool  // has an ISCO-08 code
}

// doublings is 0 for 0, 1 for 1, 2 for 2 and 3, 3 for 4 to 7, and so on.
func doublings(n int) int { return bits.Len(uint(max(n, 0))) }

// ClassOf returns the class of a person for a need.
func ClassOf(n Need, p Person) Class {
	return Class{Words: uint8(doublings(p.Words)), Skills: uint8(doublings(p.Skills)),
		Same: n.Language != "" && n.Language == p.Language, Coded: p.ISCO != ""}
}

// features lists what the weights are a function of.
func features(n Need, c Class) [wide]int {
	wished := 0
	for _, w := range n.Wishes {
		if w.Concept != "" {
			wished++
		}
	}
	return [wide]int{doublings(len(n.Terms)), int(c.Words), doublings(wished), int(c.Skills), one(c.Same), one(n.ISCO != ""), one(c.Coded)}
}

// Features lists what the weights are a function of, for a person and a need.
func Features(n Need, p Person) []int {
	x := features(n, ClassOf(n, p))
	return x[:]
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// at returns the weight for the features.
func (l Linear) at(x [wide]int) int {
	sum := l.Base
	for i, slope := range l.Slope {
		sum += slope * x[i]
	}
	return min(max(sum, l.Least), l.Most)
}

// At returns the weight of each group for a person and a need.
func (m Model) At(n Need, p Person) map[string]int {
	x, weights := features(n, ClassOf(n, p)), map[string]int{}
	for group, l := range m.Groups {
		weights[group] = l.at(x)
	}
	return weights
}

// Check says what is wrong with a model: a group that it does not know, or bounds
// that do not hold a positive weight.
func (m Model) Check() error {
	var errs []error
	if m.Name == "" {
		errs = append(errs, errors.New("the model has no name"))
	}
	for _, group := range Groups {
		l, ok := m.Groups[group]
		if !ok || l.Least < 1 || l.Most < l.Least || l.Most > mostWeight {
			errs = append(errs, fmt.Errorf("the weight of %s: %+v", group, l))
		}
	}
	for group := range m.Groups {
		if !slices.Contains(Groups, group) {
			errs = append(errs, fmt.Errorf("there is no group %q", group))
		}
	}
	return errors.Join(errs...)
}

// mostWeight bounds a weight, so that no product of the score overflows.
const mostWeight = 1_000_000

// Prior returns the model that learning begins with: weights that a reader of the
// programme's rules would give. Skills and occupation carry most; words are a
// tie-break. Words in common tell more the longer both texts are, and little
// where the languages differ: on long vacancies and CVs comparing all words was
// hard to beat, and on titles it was worth little beside the concepts.
func Prior() Model {
	fixed := func(weight int) Linear { return Linear{Base: weight, Least: weight, Most: weight} }
	return Model{Name: "prior", Groups: map[string]Linear{
		ByOccupation: {Base: 18_000, Least: 9_000, Most: 36_000}, ByRequiredSkill: {Base: 32_000, Least: 16_000, Most: 64_000},
		ByDesirableSkill: {Base: 9_000, Least: 4_500, Most: 18_000}, ByTopics: {Base: 3_000, Least: 1_000, Most: 30_000},
		ByText:     {Base: 500, Slope: [wide]int{250, 250, 0, 0, 1_500, 0, 0}, Least: 1_000, Most: 8_000},
		ByLanguage: fixed(7_000), ByLevel: fixed(3_500), ByField: fixed(3_500), ByExperience: fixed(6_000), ByRecency: fixed(3_000),
		ByAvailability: fixed(6_000), ByLicence: fixed(3_000), ByModality: fixed(1_000), ByMissions: fixed(2_000),
	}}
}

//go:embed weights.json
var shipped []byte

// Weights returns the model that scores are made with. The file is checked by a
// test; a build with a broken one does not start.
var Weights = sync.OnceValue(func() Model {
	var m Model
	if err := json.Unmarshal(shipped, &m); err != nil {
		panic("matching: weights.json: " + err.Error())
	}
	if err := m.Check(); err != nil {
		panic("matching: weights.json: " + err.Error())
	}
	return m
})
