// SPDX-License-Identifier: AGPL-3.0-or-later

package matching_test

import (
	"reflect"
	"testing"
	"time"

	"sankofa/backend/internal/registry"
)

// read are the columns of a professional that the rules may follow. A new column
// is not among them until somebody has thought about it.
var read = map[string]bool{
	"Pseudonym": true, "State": true, "OriginCountry": true, "RightOfReturn": true, "RightOfReturnUntil": true, "OccupationTitle": true,
	"ISCO": true, "YearsExperience": true, "Summary": true, "CVText": true, "CVLanguage": true, "Onsite": true, "Virtual": true, "Hybrid": true,
	"LongestDays": true,
}

// TestReadingLooksAtNothingElse changes every other column, one by one: what the
// rules see must stay the same to the last bit. Sex, birth date, names and
// addresses are among them.
func TestReadingLooksAtNothingElse(t *testing.T) {
	before := reading.Person(moussa())
	changed := 0
	for i := range reflect.TypeFor[registry.Professional]().NumField() {
		field := reflect.TypeFor[registry.Professional]().Field(i)
		if read[field.Name] {
			continue
		}
		p := moussa()
		at := reflect.ValueOf(&p.Professional).Elem().Field(i)
		switch at.Kind() {
		case reflect.String:
			at.SetString("Qwertz")
		case reflect.Int:
			at.SetInt(77)
		case reflect.Bool:
			at.SetBool(!at.Bool())
		case reflect.Pointer:
			at.Set(reflect.New(at.Type().Elem()))
		case reflect.Struct:
			at.Set(reflect.ValueOf(time.Unix(1, 0)))
		default:
			t.Fatalf("%s is a %s: please say how a test changes it", field.Name, at.Kind())
		}
		changed++
		if after := reading.Person(p); !reflect.DeepEqual(before, after) {
			t.Errorf("the rules follow %s: %+v", field.Name, after)
		}
	}
	for _, must := range []string{"GivenName", "FamilyName", "Sex", "BirthDate", "Email", "Phone", "ResidenceStatus"} {
		if read[must] {
			t.Errorf("the rules may read %s", must)
		}
	}
	if changed < 12 {
		t.Errorf("only %d columns were changed", changed)
	}
}

// TestNoScoreFollowsWhoSomebodyIs scores whole people once more under another
// name, of another sex and of another age.
func TestNoScoreFollowsWhoSomebodyIs(t *testing.T) {
	for _, change := range []func(*registry.Profile){
		func(p *registry.Profile) { p.Sex, p.BirthDate = "female", "1949-01-01" },
		func(p *registry.Profile) { p.Sex, p.BirthDate = "", "" },
		func(p *registry.Profile) { p.GivenName, p.FamilyName = "Aïssatou", "Ndiaye" },
		func(p *registry.Profile) { p.ResidenceStatus, p.OriginLink = "refugee", "spouse" },
		func(p *registry.Profile) { p.Education[0].Year = 1971 },
	} {
		if got, want := score(asking(is), with(change)), score(asking(is), with(as)); !reflect.DeepEqual(got, want) {
			t.Errorf("%+v became %+v", want, got)
		}
	}
}
