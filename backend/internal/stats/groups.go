// SPDX-License-Identifier: AGPL-3.0-or-later

package stats

import (
	"slices"

	"golang.org/x/text/language"

	"sankofa/backend/internal/day"
)

// Dimension is a way to group people.
type Dimension string

// The dimensions. Each says what a person may have been treated differently for;
// none of them can enter the score.
const (
	BySex      Dimension = "sex"
	ByAge      Dimension = "age"
	ByRegion   Dimension = "region"   // where the person lives: UN M49
	ByLanguage Dimension = "language" // in which the profile is written
)

// Dimensions lists every dimension in the order in which they are shown.
var Dimensions = []Dimension{BySex, ByAge, ByRegion, ByLanguage}

// Unsaid is the group of people who have not said.
const Unsaid = ""

// person is as much of somebody as is needed to count them.
type person struct {
	ID               string
	Pseudonym        string
	Sex              string
	BirthDate        day.Day
	ResidenceCountry string
	CVLanguage       string `gorm:"column:cv_language"`
}

// in returns the group of a person.
func (p person) in(d Dimension, today day.Day) string {
	switch d {
	case BySex:
		return p.Sex
	case ByAge:
		return ageBand(p.BirthDate, today)
	case ByRegion:
		return region(p.ResidenceCountry)
	}
	return p.CVLanguage
}

// ageBand returns the band of ten years that somebody is in.
func ageBand(born, today day.Day) string {
	if !born.Valid() || !today.Valid() {
		return Unsaid
	}
	from, to := born.Time(), today.Time()
	years := to.Year() - from.Year()
	if to.YearDay() < from.YearDay() {
		years--
	}
	switch {
	case years < 0:
		return Unsaid
	case years < 30:
		return "-29"
	case years < 40:
		return "30-39"
	case years < 50:
		return "40-49"
	case years < 60:
		return "50-59"
	}
	return "60-"
}

// regions are the sub-regions of the United Nations (M49) that people live in.
var regions = func() []language.Region {
	var all []language.Region
	for _, code := range []string{"011", "014", "015", "017", "018", "005", "013", "021", "029", "030", "034", "035", "143", "145",
		"039", "151", "154", "155", "053", "054", "057", "061"} {
		all = append(all, language.MustParseRegion(code))
	}
	return all
}()

// region returns the M49 code of the sub-region of a country.
func region(country string) string {
	of, err := language.ParseRegion(country)
	if err != nil {
		return Unsaid
	}
	at := slices.IndexFunc(regions, func(r language.Region) bool { return r.Contains(of) })
	if at < 0 {
		return Unsaid
	}
	return regions[at].String()
}
