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
