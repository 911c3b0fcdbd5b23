// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/registry"
)

// queryField is something that a profile states in codes and a query may ask
// for. It is spelled twice: as terms of the index, and as a rule over the values
// of one person; a test compares the two.
type queryField struct {
	pattern *regexp.Regexp
	help    string
	terms   func(state, string) (field string, terms []string, err error)
	holds   func(person dossier, value string) bool
}

func (f queryField) fits(value string) bool { return f.pattern.MatchString(value) }

// dossier is a person as a query without the index sees them.
type dossier struct {
	matching.Person
	residence string
	text      string
	language  string
}

var (
	aCountry  = regexp.MustCompile(`^[a-z]{2}$`)
	aCode     = regexp.MustCompile(`^[0-9]{1,4}$`)
	aNumber   = regexp.MustCompile(`^[0-9]{1,2}$`)
	aLanguage = regexp.MustCompile(`^[a-z]{2,3}(-(a1|a2|b1|b2|c1|c2))?$`)
)

// queryFields are all of them.
var queryFields = map[string]queryField{
	"residence": {aCountry, "Please write a country code, such as NL.", exactly(residenceField, strings.ToUpper),
		func(p dossier, v string) bool { return p.residence == strings.ToUpper(v) }},
	"origin": {aCountry, "Please write a country code, such as GH.", originTerms,
		func(p dossier, v string) bool { return p.Origin == strings.ToUpper(v) }},
	"isco": {aCode, "Please write one to four digits of ISCO-08, such as 2221.", beginning(iscoField),
		func(p dossier, v string) bool { return strings.HasPrefix(p.ISCO, v) }},
	"held": {aCode, "Please write one to four digits of ISCO-08, such as 2221.", beginning(heldField),
		func(p dossier, v string) bool {
			return slices.ContainsFunc(p.Posts, func(post matching.Post) bool { return strings.HasPrefix(post.ISCO, v) })
		}},
	"years": {aNumber, "Please write how many years at least, such as 5.", atLeast(yearsField, 99),
		func(p dossier, v string) bool { return p.Years >= number(v) }},
	"level": {aNumber, "Please write an ISCED level from 0 to 8.", atLeast(levelField, 8),
		func(p dossier, v string) bool {
			return slices.ContainsFunc(p.Education, func(e matching.Education) bool { return e.Level >= number(v) })
		}},
	"modality": {regexp.MustCompile(`^(onsite|virtual|hybrid)$`), "Please write onsite, virtual or hybrid.", exactly(worksField, strings.ToLower),
		func(p dossier, v string) bool { return slices.Contains(p.Modalities(), v) }},
	"available": {regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])$`), "Please write a month, such as 2027-06.", exactly(monthField, strings.ToLower),
		func(p dossier, v string) bool {
			return slices.ContainsFunc(p.Windows, func(w matching.Window) bool { return slices.Contains(months(w.From, w.To), v) })
		}},
	"language": {aLanguage, "Please write a language and perhaps a level, such as fr-B2.", languageTerms,
		func(p dossier, v string) bool {
			code, level := languageAsked(v)
			return slices.ContainsFunc(p.Languages, func(l matching.Language) bool { return l.Language == code && int(l.Spoken) >= level })
		}},
	"skill": {regexp.MustCompile(`^.{2,200}$`), "Please write a skill in any language, or its identifier.", exactly(aboveField, strings.ToLower), nil},
}

func number(text string) int { n, _ := strconv.Atoi(text); return n }

// exactly asks for one term.
func exactly(field string, as func(string) string) func(state, string) (string, []string, error) {
	return func(_ state, value string) (string, []string, error) { return field, []string{as(value)}, nil }
}

// beginning asks for the terms that begin with the value.
func beginning(field string) func(state, string) (string, []string, error) {
	return func(st state, value string) (string, []string, error) {
		terms, err := st.prefixed(field, value)
		return field, terms, err
	}
}

// atLeast asks for the numbers from the value to the most.
func atLeast(field string, most int) func(state, string) (string, []string, error) {
	return func(_ state, value string) (string, []string, error) {
		var terms []string
		for n := number(value); n <= most; n++ {
			terms = append(terms, strconv.Itoa(n))
		}
		return field, terms, nil
	}
}

// originTerms asks for the people of a country of origin, in any programme; the
// scope of the search narrows it to one.
func originTerms(st state, value string) (string, []string, error) {
	all, err := st.prefixed(poolField, personKind+"/")
	return poolField, slices.DeleteFunc(all, func(term string) bool { return !strings.HasSuffix(term, "/"+strings.ToUpper(value)) }), err
}

// languageAsked reads "fr-b2": without a level any will do.
func languageAsked(value string) (code string, level int) {
	code, name, ok := strings.Cut(value, "-")
	if !ok {
		return code, 1
	}
	return code, int(registry.ParseCEFR(strings.ToUpper(name)))
}

func languageTerms(_ state, value string) (string, []string, error) {
	code, level := languageAsked(value)
	return speaksField, []string{speaks(code, "s", level)}, nil
}
