// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"regexp"
	"slices"
	"strings"
)

// genderMark is what vacancies add to a title: "(m/f/d)", "H/F", "[m/w/x]".
var genderMark = regexp.MustCompile(`(?i)(^|[\s,;–-])[(\[]?[mfwhdxvi](?:\s?[/|]\s?[mfwhdxvi])+[)\]]?($|[\s,;–-])`)

// endings are what stands for the feminine form behind a masculine one:
// "Entwickler/in", "infirmier·ère", "enfermeiro(a)", "Lehrer*in".
var endings = regexp.MustCompile(`(\p{L}{3,})(?:/-?|[:*_·•]|\(-?)` +
	`(innen|in|ère|ere|ière|iere|ienne|enne|nne|ne|euse|rice|trice|eure|esse|essa|e|es|a|as|o|os|ra|ora|se|ve|te|le|ster)\b\)?`)

// capitalIn is the German "LehrerInnen".
var capitalIn = regexp.MustCompile(`(\p{Ll}{3,})In(?:nen)?\b`)

// mostVariants is how many titles one title may come apart into.
const mostVariants = 4

// variants cleans a title and takes the forms apart that a slash joins:
// "directeur technique/directrice technique" is two titles, "software
// developer/analyst" is "software developer" and "software analyst".
func variants(title string) []string {
	if !strings.ContainsAny(title, "/|:*_·•([") && !strings.Contains(title, "In") {
		return []string{title} // nearly all, and the patterns take their time
	}
	title = genderMark.ReplaceAllString(title, "$1 $2")
	title = endings.ReplaceAllString(title, "$1")
	title = capitalIn.ReplaceAllString(title, "$1")
	open := []string{strings.Join(strings.Fields(title), " ")}
	var out []string
	for len(open) > 0 && len(out) < mostVariants {
		next := open[0]
		open = open[1:]
		if one, other, ok := parted(next); ok {
			open = append([]string{one, other}, open...)
			continue
		}
		if next = strings.Trim(next, " ,;/()"); next != "" && !slices.Contains(out, next) {
			out = append(out, next)
		}
	}
	return out
}

// parted takes a title apart at its first slash.
func parted(title string) (one, other string, ok bool) {
	before, after, found := strings.Cut(title, "/")
	left, right := strings.Fields(before), strings.Fields(after)
	if !found {
		return "", "", false
	}
	if len(left) == 0 || len(right) == 0 || len(left) == len(strings.Fields(strings.SplitN(after, "/", 2)[0])) {
		return before, after, true
	}
	one = strings.Join(slices.Concat(left, right[1:]), " ")
	other = strings.Join(slices.Concat(left[:len(left)-1], right), " ")
	return one, other, true
}

// feminine are endings and the masculine ones that they stand for, the longest
// first, in the languages whose stemmers keep them apart.
var feminine = map[string][][2]string{
	"fr": {{"trices", "teurs"}, {"trice", "teur"}, {"euses", "eurs"}, {"euse", "eur"}, {"eures", "eurs"}, {"eure", "eur"},
		{"ières", "iers"}, {"ière", "ier"}, {"ères", "ers"}, {"ère", "er"}, {"ennes", "ens"}, {"enne", "en"}, {"onnes", "ons"}, {"onne", "on"},
		{"antes", "ants"}, {"ante", "ant"}, {"ates", "ats"}, {"ate", "at"}, {"ées", "és"}, {"ée", "é"}},
	"it": {{"trici", "tori"}, {"trice", "tore"}, {"tora", "tore"}, {"esse", ""}, {"essa", ""}, {"iera", "iere"}, {"ieri", "iere"},
		{"iche", "ici"}, {"ica", "ico"}, {"aia", "aio"}, {"ana", "ano"}, {"ina", "ino"}, {"oma", "omo"}, {"oga", "ogo"}, {"ata", "ato"}, {"stra", "stro"}},
	"es": {{"ieras", "ieros"}, {"iera", "iero"}, {"eras", "eros"}, {"era", "ero"}, {"esas", "es"}, {"esa", "es"}, {"oras", "ores"}, {"ora", "or"},
		{"icas", "icos"}, {"ica", "ico"}, {"adas", "ados"}, {"ada", "ado"}, {"anas", "anos"}, {"ana", "ano"}, {"ogas", "ogos"}, {"oga", "ogo"}},
	"pt": {{"ãs", "ãos"}, {"ã", "ão"}, {"oras", "ores"}, {"ora", "or"}, {"eiras", "eiros"}, {"eira", "eiro"},
		{"icas", "icos"}, {"ica", "ico"}, {"adas", "ados"}, {"ada", "ado"}, {"ogas", "ogos"}, {"oga", "ogo"}},
	"de": {{"zin", "zin"}, {"innen", ""}, {"in", ""}},
	"nl": {{"trices", "teurs"}, {"trice", "teur"}, {"euses", "eurs"}, {"euse", "eur"}, {"aressen", "aar"}, {"ares", "aar"}},
	"en": {{"women", "man"}, {"woman", "man"}, {"wives", "wife"}},
}

// leastStem is how many bytes must remain of a word whose ending is replaced.
const leastStem = 3

// neutral returns the stem of a word of a title, the same for its masculine and
// its feminine form.
func neutral(word, language string) string { return stem(masculine(word, language), language) }
