// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"cmp"
	"fmt"
	"strings"
)

// eachRow calls f for every line of a table and says where it failed.
func eachRow(name string, f func(record) error) error {
	rows, err := readTable(name)
	if err != nil {
		return err
	}
	for i, row := range rows {
		if err := f(row); err != nil {
			return fmt.Errorf("%s:%d: %w", name, i+2, err)
		}
	}
	return nil
}

func (t *tables) readCountries() error {
	return eachRow("origins.tsv", func(r record) (err error) {
		c := country{code: r["country"], official: r["official"], towns: r.list("towns"), arabic: r.list("arabic")}
		if c.weight, err = r.number("weight"); err != nil {
			return err
		}
		for column, to := range map[string]*[]option{
			"mother": &c.mother, "also": &c.also, "own": &c.own, "residences": &c.residences, "occupations": &c.occupations,
		} {
			if *to, err = readOptions(r[column]); err != nil {
				return err
			}
		}
		t.countries = append(t.countries, c)
		return nil
	})
}

func (t *tables) readNames() error {
	at := map[string]*country{}
	for i := range t.countries {
		at[t.countries[i].code] = &t.countries[i]
	}
	return eachRow("names.tsv", func(r record) error {
		c := at[r["country"]]
		if c == nil {
			return fmt.Errorf("no country of origin %q", r["country"])
		}
		to := map[string]*[]string{"female": &c.female, "male": &c.male, "family": &c.family}[r["kind"]]
		if to == nil {
			return fmt.Errorf("no kind of name %q", r["kind"])
		}
		*to = r.list("names")
		return nil
	})
}

func (t *tables) readResidences() error {
	councils := map[string]record{}
	err := eachRow("councils.tsv", func(r record) error {
		councils[r["country"]] = r
		return nil
	})
	if err != nil {
		return err
	}
	return eachRow("residences.tsv", func(r record) (err error) {
		home := residence{code: r["country"], local: r["local"], phone: r["phone"], towns: r.list("towns"), councils: councils[r["country"]]}
		home.profiles, err = readOptions(r["profiles"])
		t.residences[home.code] = home
		return err
	})
}

func (t *tables) readOccupations() error {
	return eachRow("occupations.tsv", func(r record) (err error) {
		o := occupation{isco: r["isco"], sector: r["sector"], field: r["field"], licence: r["licence"],
			focus: strings.FieldsFunc(r["focus"], func(c rune) bool { return c == ',' }), employs: cmp.Or(r["employer"], r["sector"]), titles: r}
		if o.level, err = r.number("level"); err != nil {
			return err
		}
		if o.weight, err = r.number("weight"); err != nil {
			return err
		}
		t.occupations[o.isco] = o
		t.general = append(t.general, option{value: o.isco, weight: o.weight})
		return nil
	})
}

// readWords reads the words that titles and names of institutions are made of.
func (t *tables) readWords() error {
	err := eachRow("degrees.tsv", func(r record) error {
		level, err := r.number("level")
		t.degrees[level] = r
		return err
	})
	if err != nil {
		return err
	}
	for name, keep := range map[string]func(record) error{
		"studies.tsv":   func(r record) error { t.studies[r["field"]] = r; return nil },
		"employers.tsv": func(r record) error { t.employers[r["sector"]] = r; return nil },
		"schools.tsv":   func(r record) error { t.schools[r["language"]] = r.list("names"); return nil },
	} {
		if err := eachRow(name, keep); err != nil {
			return err
		}
	}
	return nil
}

func (t *tables) readPhrases() error {
	for _, language := range languages {
		err := eachRow("phrases/"+language+".tsv", func(r record) error {
			key := phraseKey(language, r["kind"], r["sector"])
			t.phrases[key] = append(t.phrases[key], r["text"])
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// phraseKey names the sentences of one kind; "*" is every sector.
func phraseKey(language, kind, sector string) string { return language + " " + kind + " " + sector }
