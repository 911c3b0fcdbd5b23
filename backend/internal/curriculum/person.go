// SPDX-License-Identifier: AGPL-3.0-or-later

package curriculum

import (
	"regexp"
	"strings"
	"unicode"
)

var (
	email  = regexp.MustCompile(`[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}`)
	phone  = regexp.MustCompile(`(?:\+|00)[0-9][0-9 ().\-/\x{00a0}]{6,22}[0-9]`)
	called = regexp.MustCompile(`(?i)(?:phone|tel|tel\.|mobile|mobil|telefon|telefone|telefono|movil|telemovel|cell|gsm|portable|cellulare|هاتف|جوال|موبايل|تليفون|الهاتف|الجوال)\.? ?(?:no\.?|number|nr\.?)? ?[:：.]? ?([0-9(][0-9 ().\-/]{6,20}[0-9])`)
	named  = regexp.MustCompile(`^(?:full name|name|nom et prenom|nom complet|prenom et nom|nom|nome|nombre|nombre y apellidos|nome e cognome|nome completo|vor- und nachname|الاسم|الاسم الكامل)\s*[:：]\s*(.+)$`)
	born   = regexp.MustCompile(`(?:date of birth|born(?: on)?|d\.?o\.?b\.?|date de naissance|nee? le|ne\(e\) le|data de nascimento|nascid[oa] (?:em|a)|fecha de nacimiento|nacid[oa] el|data di nascita|nat[oa] il|geburtsdatum|geboren(?: am)?|تاريخ الميلاد|تاريخ الولاده)\s*[:：]?\s*(?:on |le |em |el |il |am )?` + moment)
	notA   = regexp.MustCompile(`^(?:curriculum vitae|curriculum|cv|resume|lebenslauf|europass.*|السيره الذاتيه|سيره ذاتيه|curriculo|page \d.*)$`)
)

// person finds who the CV is about: in what stands before the first heading, and
// in the section of personal details.
func (f *found) person(sections []section) {
	var whole []string
	for _, s := range sections {
		if s.part == top || s.part == other || s.part == summary {
			whole = append(whole, s.lines...)
		}
	}
	f.name(whole)
	for _, l := range whole {
		f.contact(l)
	}
}

// contact finds ways to reach the person, and the day of birth, in a line.
func (f *found) contact(l string) {
	if m := email.FindString(l); m != "" {
		f.single("email", strings.ToLower(m), l, 950)
	}
	folded := fold(l)
	if m := phone.FindString(l); m != "" {
		f.single("phone", digits(m), l, 900)
	} else if m := called.FindStringSubmatch(folded); m != nil {
		f.single("phone", digits(m[1]), l, 600)
	}
	if at := born.FindStringSubmatchIndex(folded); at != nil && at[2+2*gOnlyYear] < 0 {
		if day, ok := dayOf(folded, at[2:], false); ok {
			f.single("birthDate", day, l, 850)
		}
	}
}

// digits keeps what a telephone number is made of.
func digits(text string) string {
	var out strings.Builder
	for i, r := range text {
		if unicode.IsDigit(r) || r == '+' && i == 0 {
			out.WriteRune(r)
		}
	}
	if rest, ok := strings.CutPrefix(out.String(), "00"); ok {
		return "+" + rest
	}
	return out.String()
}

// name takes a line that says that it is the name, or else the first line that
// looks like one.
func (f *found) name(lines []string) {
	for _, l := range lines {
		if m := named.FindStringSubmatch(fold(l)); m != nil {
			_, said, _ := strings.Cut(strings.ReplaceAll(l, "：", ":"), ":")
			f.split(oneLine(said), l, 900)
			return
		}
	}
	seen := 0
	for _, l := range lines {
		// A title beside the name: "Ama Boateng, Registered nurse" or "Ama Boateng | Nurse".
		plain, _, _ := strings.Cut(strings.NewReplacer(" | ", "\t", " – ", "\t", " - ", "\t", ", ", "\t", " · ", "\t").Replace(l), "\t")
		plain = strings.Trim(plain, " \t*_#")
		if plain == "" || notA.MatchString(fold(plain)) {
			continue
		}
		if looksLikeName(plain) {
			f.split(joinSpaced(plain), l, 700)
			return
		}
		if seen++; seen == 4 {
			return
		}
	}
}

// looksLikeName tells whether a line is two to five words of letters, each
// beginning large where the script knows large letters.
func looksLikeName(text string) bool {
	words := strings.Fields(joinSpaced(text))
	if len(words) < 2 || len(words) > 5 || len([]rune(text)) > 60 {
		return false
	}
	for _, w := range words {
		for i, r := range w {
			if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) && !strings.ContainsRune("'’.-", r) {
				return false
			}
			if i == 0 && unicode.IsLower(r) && len(w) > 3 {
				return false
			}
		}
	}
	return true
}

// titles stand before names and are no part of them.
var titles = regexp.MustCompile(`^(?:dr|dr\.|prof|prof\.|mr|mr\.|mrs|mrs\.|ms|ms\.|mme|m\.|sr|sr\.|sra|sra\.|herr|frau|ing\.|dott\.|dott\.ssa|د\.|الدكتور|الدكتوره)$`)

// split parts a name: words in capitals are the family's ("Awa DIOP", "DIOP
// Awa"), else the last one is. One word is a given name: many people have one.
func (f *found) split(name, words string, sure int) {
	parts := strings.Fields(name)
	for len(parts) > 1 && titles.MatchString(fold(parts[0])) {
		parts = parts[1:]
	}
	var given, family []string
	for _, w := range parts {
		if len([]rune(w)) > 1 && strings.ToUpper(w) == w && strings.ToLower(w) != w {
			family = append(family, capital(w))
		} else {
			given = append(given, w)
		}
	}
	if len(given) == 0 || len(family) == 0 { // all alike: the order decides
		all := parts
		if len(given) == 0 {
			all = family
		}
		given, family = all, nil
		if len(all) > 1 {
			given, family = all[:len(all)-1], all[len(all)-1:]
		}
	}
	f.single("givenName", line(strings.Join(given, " ")), words, sure)
	f.single("familyName", line(strings.Join(family, " ")), words, sure)
}

// capital spells a word of capitals as names are spelled: "N'DIAYE" as "N'Diaye".
func capital(word string) string {
	out, start := []rune(strings.ToLower(word)), true
	for i, r := range out {
		if start {
			out[i] = unicode.ToUpper(r)
		}
		start = !unicode.IsLetter(r)
	}
	return string(out)
}
