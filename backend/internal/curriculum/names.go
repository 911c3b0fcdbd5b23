// SPDX-License-Identifier: AGPL-3.0-or-later

package curriculum

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// tongues are the languages that are looked for, by ISO 639: those of the
// countries that diasporas come from and go to.
var tongues = strings.Fields(`aa af ak am ar ba bm bg bn bs ca cs cy da de dv ee el en es et fa ff fi fr ga gu ha he hi hr hu hy id ig is
	it ja ka kg ki kk km kn ko ku ky lb lg ln lo lt lu lv mg mk ml mn mr ms mt my nd ne nl no nr ny om or pa pl ps pt qu rn ro ru rw sd sg si sk
	sl sn so sq sr ss st sv sw ta te tg th ti tk tl tn to tr ts tt ug uk ur uz ve vi wo xh yo zh zu tw fil`)

// also are names that lists of languages do not have, folded.
var also = map[string]string{"twi": "tw", "asante twi": "tw", "mandarin": "zh", "mandarin chinese": "zh", "farsi": "fa", "dari": "fa", "pular": "ff",
	"peul": "ff", "fulfulde": "ff", "kiswahili": "sw", "castellano": "es", "castilian": "es", "flemish": "nl", "neerlandais": "nl", "moldovan": "ro",
	"tagalog": "tl", "bambara": "bm", "dioula": "dyu", "ga": "gaa", "fante": "ak", "moore": "mos", "mossi": "mos", "creole": "cpf", "darija": "ar",
	"malinke": "man", "soninke": "snk", "serer": "srr", "serere": "srr", "kriolu": "kea", "crioulo": "kea", "tamazight": "ber", "berbere": "ber",
	"العربيه": "ar", "الانجليزيه": "en", "الفرنسيه": "fr", "الالمانيه": "de", "الاسبانيه": "es", "الايطاليه": "it", "البرتغاليه": "pt",
	"الهولنديه": "nl", "التركيه": "tr", "الصوماليه": "so", "السواحيليه": "sw", "الامهريه": "am", "اللغه العربيه": "ar", "اللغه الانجليزيه": "en"}

// short are codes of three letters that stand for larger languages here: our
// vocabulary of languages has these.
var kept = map[string]string{"tw": "ak", "cpf": "", "man": "", "ber": ""}

// names of languages and countries, folded, in the languages that we read.
var names = sync.OnceValue(func() (all struct{ languages, countries map[string]string }) {
	all.languages, all.countries = map[string]string{}, map[string]string{}
	for _, reader := range Languages {
		in, at := display.Languages(language.Make(reader)), display.Regions(language.Make(reader))
		for _, code := range tongues {
			if name := fold(in.Name(language.Make(code))); name != "" {
				all.languages[name] = code
			}
		}
		for a := 'A'; a <= 'Z'; a++ {
			for b := 'A'; b <= 'Z'; b++ {
				region, err := language.ParseRegion(string([]rune{a, b}))
				if err != nil || !region.IsCountry() || region.Canonicalize().String() != string([]rune{a, b}) {
					continue
				}
				if name := fold(at.Name(region)); name != "" {
					all.countries[name] = region.String()
				}
			}
		}
	}
	for name, code := range also {
		all.languages[name] = code
	}
	for name, code := range map[string]string{"uk": "GB", "u.k.": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "usa": "US", "u.s.a.": "US",
		"ivory coast": "CI", "drc": "CD", "dr congo": "CD", "rdc": "CD", "holland": "NL", "the netherlands": "NL", "the gambia": "GM"} {
		all.countries[name] = code
	}
	return all
})

// countryOf returns the country that words name, or nothing: "Accra, Ghana",
// "Ghana", "Utrecht (NL)" is not read.
func countryOf(text string) string {
	folded := strings.Trim(oneLine(fold(text)), ".() ")
	known := names().countries
	if code := known[folded]; code != "" {
		return code
	}
	// The last words may be the country: "Korle Bu Accra Ghana".
	parts := strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '-' && r != '.' })
	for n := min(4, len(parts)); n > 0; n-- {
		if code := known[strings.Join(parts[len(parts)-n:], " ")]; code != "" {
			return code
		}
	}
	return ""
}

// languageIn finds the first language that words name, and how it is written there.
func languageIn(text string) (code, name string) {
	parts := strings.FieldsFunc(fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) && r != '-' && r != '\'' })
	known := names().languages
	for i := range parts {
		for n := min(3, len(parts)-i); n > 0; n-- {
			joined := strings.Join(parts[i:i+n], " ")
			if code := known[joined]; code != "" {
				if instead, ok := kept[code]; ok {
					code = instead
				}
				return code, joined
			}
		}
	}
	return "", ""
}
