// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"time"

	"sankofa/backend/internal/fault"
)

// Facet is one aspect of the people found, with how many of them have each value.
// It is counted without what is chosen in it, so that one sees what another choice
// would bring.
type Facet struct {
	Name   string  `json:"name" enum:"group,occupation,skill,language,residence,years,month,modality,licence,evidence"`
	Values []Value `json:"values"`
	Others int     `json:"others" doc:"How many values more there are than are listed"`
}

// Value is one value of a facet.
type Value struct {
	Value  string `json:"value" doc:"As it is chosen: an ISCO-08 code, a skill, fr-B2, NL, 6-10, 2027-06, onsite, yes, referee"`
	Label  string `json:"label,omitempty" doc:"In the reader's language, where it is not for the screen to name it"`
	Count  int    `json:"count" doc:"People found who have it"`
	Chosen bool   `json:"chosen"`
}

// Choices are the values chosen in each facet: any of them will do, and every
// facet must be met.
type Choices map[string][]string

// aspect knows the values of one aspect.
type aspect struct {
	name   string
	most   int // values listed
	values func(src source, today time.Time) ([]string, error)
	// holders returns who has the value; fits tells whether there may be such a value.
	holders func(src source, value string) (set, error)
	fits    func(value string) bool
}

// bands are the years of experience that are counted together.
var bands = []string{"0-2", "3-5", "6-10", "11-20", "21-99"}

var levelNames = []string{"A1", "A2", "B1", "B2", "C1", "C2"}

// facets are all of them, in the order of the screen.
var facets = []aspect{
	{"group", 12, majorGroups, beginning(iscoField), digitsOf(2)},
	{"occupation", 12, whole(iscoField, digitsOf(4)), exactly(iscoField), digitsOf(4)},
	{"skill", 15, whole(aboveField, nil), exactly(aboveField), shorterThan(200)},
	{"language", 60, spokenLevels, levelHolders, shorterThan(8)},
	{"residence", 12, whole(residenceField, nil), exactly(residenceField), shorterThan(3)},
	{"years", len(bands), fixed(bands...), between(yearsField, 99), isOneOf(bands...)},
	{"month", 12, comingMonths, exactly(monthField), aMonth.MatchString},
	{"modality", 3, fixed("onsite", "virtual", "hybrid"), exactly(worksField), isOneOf("onsite", "virtual", "hybrid")},
	{"licence", 2, fixed("yes", "no"), licenceHolders, isOneOf("yes", "no")},
	{"evidence", 4, fixed("host", "referee", "experience", "claimed"), exactly(evidenceField), isOneOf("host", "referee", "experience", "claimed")},
}

func digitsOf(n int) func(string) bool {
	return func(value string) bool { return len(value) == n && someDigits.MatchString(value) }
}

func shorterThan(n int) func(string) bool {
	return func(value string) bool { return value != "" && len(value) < n }
}

func isOneOf(all ...string) func(string) bool {
	return func(value string) bool { return slices.Contains(all, value) }
}

func fixed(all ...string) func(source, time.Time) ([]string, error) {
	return func(source, time.Time) ([]string, error) { return all, nil }
}

// whole lists the terms of a field.
func whole(field string, fits func(string) bool) func(source, time.Time) ([]string, error) {
	return func(src source, _ time.Time) ([]string, error) {
		terms, err := src.prefixed(field, "")
		if fits != nil {
			terms = slices.DeleteFunc(terms, func(term string) bool { return !fits(term) })
		}
		return terms, err
	}
}

// majorGroups lists the sub-major groups of ISCO-08 that anybody works in.
func majorGroups(src source, _ time.Time) ([]string, error) {
	codes, err := src.prefixed(iscoField, "")
	var groups []string
	for _, code := range codes {
		if len(code) >= 2 && (len(groups) == 0 || groups[len(groups)-1] != code[:2]) {
			groups = append(groups, code[:2])
		}
	}
	return groups, err
}

// spokenLevels lists the languages that anybody speaks, at each level.
func spokenLevels(src source, _ time.Time) ([]string, error) {
	terms, err := src.prefixed(speaksField, "")
	var all []string
	for _, term := range terms {
		code, level, _ := strings.Cut(term, "/")
		if strings.HasPrefix(level, "s") {
			all = append(all, code+"-"+levelNames[min(max(number(level[1:]), 1), 6)-1])
		}
	}
	return all, err
}

// levelHolders returns who speaks the language at the level or better: "fr-B2".
func levelHolders(src source, value string) (set, error) {
	code, level, _ := strings.Cut(value, "-")
	return src.having(speaksField, speaks(code, "s", slices.Index(levelNames, level)+1))
}

// comingMonths lists this month and the eleven after it.
func comingMonths(_ source, today time.Time) ([]string, error) {
	first := time.Date(today.Year(), today.Month(), 1, 0, 0, 0, 0, time.UTC)
	var all []string
	for i := range 12 {
		all = append(all, first.AddDate(0, i, 0).Format("2006-01"))
	}
	return all, nil
}

// The bounds of what may be chosen.
const (
	mostChosen = 50 // values of one facet
)

// check complains about choices that no facet knows.
func (c Choices) check() error {
	var check fault.Check
	for name, values := range c {
		f := facetNamed(name)
		check.That(f != nil, "facets."+name, "facet.unknown", "There is no facet of this name.")
		check.That(len(values) <= mostChosen, "facets."+name, "facet.many", "Please choose at most %d values.", mostChosen)
		for i, value := range values[:min(len(values), mostChosen)] {
			check.That(f == nil || f.fits(value), fmt.Sprintf("facets.%s[%d]", name, i), "facet.value", "This facet has no such value.")
		}
	}
	return check.Err()
}

func facetNamed(name string) *aspect {
	for i := range facets {
		if facets[i].name == name {
			return &facets[i]
		}
	}
	return nil
}

// narrowing is the people of each facet that its choices leave.
type narrowing map[string]set

// narrowed returns who has what is chosen, facet by facet.
func narrowed(src source, chosen Choices) (narrowing, error) {
	out := narrowing{}
	for name, values := range chosen {
		f := facetNamed(name)
		if f == nil || len(values) == 0 {
			continue
		}
		all := set{}
		for _, value := range values {
			some, err := f.holders(src, value)
			if err != nil {
				return nil, err
			}
			all.or(some)
		}
		out[name] = all
	}
	return out, nil
}

// left returns those of the people whom the choices leave, but for one facet's.
func (n narrowing) left(people set, but string) set {
	for name, some := range n {
		if name != but {
			people = people.and(some)
		}
	}
	return people
}

// facetsOf counts every facet under the query and under what is chosen in the others.
func (s *Service) facetsOf(src source, found set, narrow narrowing, chosen Choices, today time.Time, reader string) ([]Facet, error) {
	out := make([]Facet, 0, len(facets))
	for _, f := range facets {
		values, err := f.values(src, today)
		if err != nil {
			return nil, err
		}
		people := narrow.left(found, f.name)
		one := Facet{Name: f.name, Values: []Value{}}
		for _, value := range values {
			holders, err := f.holders(src, value)
			if err != nil {
				return nil, err
			}
			picked := slices.Contains(chosen[f.name], value)
			if n := holders.shared(people); n > 0 || picked {
				one.Values = append(one.Values, Value{Value: value, Count: n, Chosen: picked})
			}
		}
		s.named(&one, reader)
		one.cut(f.most)
		out = append(out, one)
	}
	return out, nil
}

// named puts labels to values whose names the screen does not know; headings of
// skills, which nobody is said to have, are left out.
func (s *Service) named(f *Facet, reader string) {
	switch f.Name {
	case "group", "occupation":
		for i := range f.Values {
			f.Values[i].Label = s.vocabulary.Title(f.Values[i].Value, reader)
		}
	case "skill":
		f.Values = slices.DeleteFunc(f.Values, func(v Value) bool { return !s.vocabulary.Skill(v.Value) && !v.Chosen })
		for i := range f.Values {
			f.Values[i].Label = s.vocabulary.Label(f.Values[i].Value, reader)
		}
	}
}

// cut keeps the values that most people have, and those that are chosen. Values
// that have an order of their own keep it.
func (f *Facet) cut(most int) {
	switch f.Name {
	case "years", "month", "modality", "licence", "evidence":
		return
	}
	slices.SortStableFunc(f.Values, func(a, b Value) int {
		if a.Chosen != b.Chosen {
			if a.Chosen {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	chosen := 0
	for _, v := range f.Values {
		if v.Chosen {
			chosen++
		}
	}
	if keep := max(most, chosen); len(f.Values) > keep {
		f.Others = len(f.Values) - keep
		f.Values = f.Values[:keep]
	}
}

// shared counts who is in both sets, without making a third.
func (s set) shared(o set) int {
	n := 0
	for i := range min(len(s), len(o)) {
		n += bits.OnesCount64(s[i] & o[i])
	}
	return n
}

// able spells a level in one of the five abilities of the CEFR.
func able(language, ability string, level int) string {
	return language + "/" + ability + "/" + strconv.Itoa(level)
}
