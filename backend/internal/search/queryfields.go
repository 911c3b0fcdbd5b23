// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/taxonomy"
)

// queryField is something that a profile states in codes and a query may ask for.
type queryField struct {
	help string
	// read returns the value as the index spells it, or nothing and perhaps another
	// that may be meant.
	read func(value string, known *names) (spelled, hint string)
	// holders returns who has it, of everybody in the source.
	holders func(src source, value string) (set, error)
}

// names are the words for countries and languages in the reader's language and
// in English, and what links the words of skills and titles.
type names struct {
	countries, languages map[string]string // by folded name
	vocabulary           Vocabulary
	language             string // of the reader
}

// newNames collects the names that a reader may use.
func newNames(v Vocabulary, reader string) *names {
	n := &names{countries: map[string]string{}, languages: map[string]string{}, vocabulary: v, language: reader}
	for _, language := range []string{"en", reader} {
		for _, c := range v.Countries(language) {
			n.countries[taxonomy.Fold(c.Name)] = c.Code
		}
		for _, l := range v.Languages(language) {
			n.languages[taxonomy.Fold(l.Name)] = l.Code
		}
	}
	return n
}

var (
	someDigits  = regexp.MustCompile(`^[0-9]{1,4}$`)
	numberRange = regexp.MustCompile(`^([0-9]{1,2})(?:(?:-|\.\.)([0-9]{1,2})|\+)?$`)
	aMonth      = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])$`)
	aLanguage   = regexp.MustCompile(`^(.+?)(?:-(listening|reading|interaction|production|writing|spoken|written))?(?:-(a1|a2|b1|b2|c1|c2))?$`)
)

// queryFields are all of them.
var queryFields = map[string]queryField{
	"residence": {"Please write a country or its code, such as NL.", country, exactly(residenceField)},
	"origin":    {"Please write a country or its code, such as GH.", country, originHolders},
	"isco":      {"Please write one to four digits of ISCO-08, such as 2221.", group, beginning(iscoField)},
	"held":      {"Please write one to four digits of ISCO-08, such as 2221.", group, beginning(heldField)},
	"years":     {"Please write how many years at least, such as 5, or 5-10.", upTo(99), between(yearsField, 99)},
	"level":     {"Please write an ISCED level from 0 to 8, or 6-8.", upTo(8), between(levelField, 8)},
	"studied":   {"Please write one to four digits of ISCED-F, such as 0913.", digits, beginning(studiedField)},
	"modality":  {"Please write onsite, virtual or hybrid.", oneOf("onsite", "virtual", "hybrid"), exactly(worksField)},
	"available": {"Please write a month, such as 2027-06.", matchingOnly(aMonth), exactly(monthField)},
	"language":  {"Please write a language and perhaps an ability and a level, such as fr-B2 or fr-writing-B1.", language, languageHolders},
	"licence":   {"Please write yes, no, or digits of ISCO-08, such as 222.", licence, licenceHolders},
	"evidence":  {"Please write claimed, experience, referee or host.", oneOf("claimed", "experience", "referee", "host"), exactly(evidenceField)},
	"skill":     {"Please write a skill in any language, or its identifier.", anyWords, nil}, // linked before it is looked for
}

// fieldAliases are other spellings of fields: British and American, French, Portuguese and Arabic.
var fieldAliases = map[string]string{
	"license": "licence", "lang": "language", "country": "residence", "lives": "residence", "month": "available", "education": "level", "occupation": "isco",
	"competence": "skill", "langue": "language", "pays": "residence", "origine": "origin", "annees": "years", "niveau": "level", "etudes": "studied",
	"modalite": "modality", "disponible": "available", "preuve": "evidence", "metier": "isco", "poste": "held",
	"competencia": "skill", "lingua": "language", "origem": "origin", "anos": "years", "nivel": "level", "estudos": "studied",
	"modalidade": "modality", "disponivel": "available", "prova": "evidence", "licenca": "licence", "profissao": "isco", "posto": "held",
	"مهارة": "skill", "لغة": "language", "إقامة": "residence", "اصل": "origin", "سنوات": "years", "مستوى": "level", "ترخيص": "licence", "متاح": "available", "مهنة": "isco",
}

// foldedAliases are the aliases as they are looked up.
var foldedAliases = func() map[string]string {
	out := map[string]string{}
	for alias, name := range fieldAliases {
		out[taxonomy.Fold(alias)] = name
	}
	return out
}()

// fieldNamed returns the field that a word names.
func fieldNamed(word string) (string, bool) {
	folded := taxonomy.Fold(word)
	if _, ok := queryFields[folded]; ok {
		return folded, true
	}
	name, ok := foldedAliases[folded]
	return name, ok
}

// country reads a code or a name.
func country(value string, known *names) (string, string) {
	code := strings.ToUpper(value)
	if known.vocabulary.Country(code) {
		return code, ""
	}
	if code, ok := known.countries[taxonomy.Fold(value)]; ok {
		return code, ""
	}
	return "", nearestOf(value, known.countries)
}

// nearestOf returns the code of the name that is hardly another word.
func nearestOf(value string, codes map[string]string) string {
	folded, code, best := taxonomy.Fold(value), "", 3
	for name, one := range codes {
		if d := distance(folded, name, best+1); d < best || d == best && d < 3 && one < code {
			code, best = one, d
		}
	}
	return code
}

// group reads digits of ISCO-08; a title is answered with the group that it may mean.
func group(value string, known *names) (string, string) {
	if someDigits.MatchString(value) {
		return value, ""
	}
	for _, link := range known.vocabulary.LinkOccupation(value, known.language) {
		return "", link.ID
	}
	return "", ""
}

// upTo reads "5" or "5-10", up to the most.
func upTo(most int) func(string, *names) (string, string) {
	return func(value string, _ *names) (string, string) {
		parts := numberRange.FindStringSubmatch(strings.TrimPrefix(value, ">="))
		if parts == nil {
			return "", ""
		}
		first, last := number(parts[1]), most
		if parts[2] != "" {
			last = number(parts[2])
		}
		if first > last {
			return "", fmt.Sprintf("%d-%d", last, first)
		}
		return fmt.Sprintf("%d-%d", first, last), ""
	}
}

func number(text string) int { n, _ := strconv.Atoi(text); return n }

func digits(value string, _ *names) (string, string) {
	if someDigits.MatchString(value) {
		return value, ""
	}
	return "", ""
}

func oneOf(all ...string) func(string, *names) (string, string) {
	return func(value string, _ *names) (string, string) {
		if slices.Contains(all, value) {
			return value, ""
		}
		for _, one := range all {
			if distance(value, one, 3) < 3 {
				return "", one
			}
		}
		return "", ""
	}
}

func matchingOnly(pattern *regexp.Regexp) func(string, *names) (string, string) {
	return func(value string, _ *names) (string, string) {
		if pattern.MatchString(value) {
			return value, ""
		}
		return "", ""
	}
}

func anyWords(value string, _ *names) (string, string) {
	if n := len([]rune(value)); n < 2 || n > 200 {
		return "", ""
	}
	return value, ""
}

// language reads "fr", "fr-b2", "french-writing-b1": spelled "fr/spoken/4".
func language(value string, known *names) (string, string) {
	parts := aLanguage.FindStringSubmatch(value)
	if parts == nil {
		return "", ""
	}
	code := parts[1]
	if !known.vocabulary.Language(code) {
		name, ok := known.languages[taxonomy.Fold(code)]
		if !ok {
			return "", nearestOf(code, known.languages)
		}
		code = name
	}
	ability, level := parts[2], 1
	if ability == "" {
		ability = "spoken"
	}
	if parts[3] != "" {
		level = int(registry.ParseCEFR(strings.ToUpper(parts[3])))
	}
	return fmt.Sprintf("%s/%s/%d", code, ability, level), ""
}

// licence reads yes, no, or the group of the licence.
func licence(value string, _ *names) (string, string) {
	switch value {
	case "yes", "no":
		return value, ""
	case "oui", "نعم", "non", "لا":
		return map[string]string{"oui": "yes", "نعم": "yes", "non": "no", "لا": "no"}[value], ""
	}
	if someDigits.MatchString(value) {
		return minorOf(value), ""
	}
	return "", ""
}

// exactly asks for one term.
func exactly(field string) func(source, string) (set, error) {
	return func(src source, value string) (set, error) { return src.having(field, value) }
}

// beginning asks for the terms that begin with the value.
func beginning(field string) func(source, string) (set, error) {
	return func(src source, value string) (set, error) { return withPrefix(src, field, value, nil) }
}

// withPrefix unites the holders of the terms that begin so and that are wanted.
func withPrefix(src source, field, prefix string, wanted func(string) bool) (set, error) {
	terms, err := src.prefixed(field, prefix)
	if err != nil {
		return nil, err
	}
	if wanted != nil {
		terms = slices.DeleteFunc(terms, func(term string) bool { return !wanted(term) })
	}
	return united(src, field, terms)
}

// united returns who holds any of the terms.
func united(src source, field string, terms []string) (set, error) {
	var all set
	for _, term := range terms {
		some, err := src.having(field, term)
		if err != nil {
			return nil, err
		}
		all.or(some)
	}
	return all, nil
}

// between asks for the numbers from one to another.
func between(field string, most int) func(source, string) (set, error) {
	return func(src source, value string) (set, error) {
		first, last, _ := strings.Cut(value, "-")
		var terms []string
		for n := number(first); n <= min(number(last), most); n++ {
			terms = append(terms, strconv.Itoa(n))
		}
		return united(src, field, terms)
	}
}

// originHolders asks for the people of a country of origin, in any programme; the
// scope of the search narrows it to one.
func originHolders(src source, value string) (set, error) {
	return withPrefix(src, poolField, personKind+"/", func(term string) bool { return strings.HasSuffix(term, "/"+value) })
}

// languageHolders asks for who reaches the level in the ability, or in speech or
// writing as needs count them.
func languageHolders(src source, value string) (set, error) {
	parts := strings.Split(value, "/")
	code, ability, level := parts[0], parts[1], number(parts[2])
	switch ability {
	case "spoken", "written":
		return src.having(speaksField, speaks(code, ability[:1], level))
	}
	var terms []string
	for ; level <= 6; level++ {
		terms = append(terms, able(code, ability, level))
	}
	return united(src, ableField, terms)
}

// licenceHolders asks for who has a licence, has none, or has one of a group.
func licenceHolders(src source, value string) (set, error) {
	if value != "yes" && value != "no" {
		return withPrefix(src, licensedField, value, nil)
	}
	some, err := withPrefix(src, licensedField, "", nil)
	if err != nil || value == "yes" {
		return some, err
	}
	return src.everybody().without(some), nil
}
