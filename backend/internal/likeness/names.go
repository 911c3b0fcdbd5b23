// SPDX-License-Identifier: AGPL-3.0-or-later

package likeness

import (
	"slices"
	"strings"
	"unicode"
)

// small are particles that people write or leave out: articles, "son of",
// prepositions.
var small = map[string]bool{"al": true, "el": true, "ul": true, "ad": true, "as": true, "ar": true, "an": true, "bin": true, "ben": true, "ibn": true,
	"bint": true, "de": true, "da": true, "do": true, "di": true, "du": true, "des": true, "dos": true, "das": true, "del": true, "della": true,
	"la": true, "le": true, "van": true, "von": true, "der": true, "den": true, "ould": true, "wa": true, "y": true, "e": true,
	"mr": true, "mrs": true, "ms": true, "dr": true, "prof": true}

// short are usual short spellings of a name.
var short = map[string]string{"mohd": "mohamed", "mohd.": "mohamed", "md": "mohamed", "muhd": "mohamed", "mhd": "mohamed", "abd": "abd"}

// servants are spellings of "servant of the", which names are made with: what
// follows may stand apart or joined.
var servants = []string{"abdul", "abdal", "abdel", "abdil", "abdol", "abdoul", "abdur", "abdu", "abdou", "abde", "abd", "abdi"}

// words splits a name into words of plain Latin letters, without particles as
// long as something else is left.
func words(name string) []string {
	all := strings.FieldsFunc(Latin(name), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' && r != 'ʿ' && r != 'ʾ' })
	var out []string
	for i := 0; i < len(all); i++ {
		word := apostrophes.Replace(all[i])
		if slices.Contains(servants, word) && i+1 < len(all) {
			next := i + 1
			if small[all[next]] && next+1 < len(all) { // Abd al Rahman
				next++
			}
			if word != "abdi" { // by itself it is a name, as in Somalia
				word, i = "abd"+all[next], next
			}
		}
		if full, ok := short[word]; ok {
			word = full
		}
		if word != "" {
			out = append(out, word)
		}
	}
	if kept := slices.DeleteFunc(slices.Clone(out), func(w string) bool { return small[w] }); len(kept) > 0 {
		return kept
	}
	return out
}

var apostrophes = strings.NewReplacer("'", "", "’", "", "ʿ", "", "ʾ", "")

// sounds gives letters and pairs of them the class of their sound; what people
// spell in turns for one name is in one class. Longer spellings come first.
var sounds = []struct{ spelt, sound string }{
	{"tsch", "c"}, {"shch", "c"}, {"sch", "c"}, {"tch", "c"}, {"dsch", "j"},
	{"sh", "c"}, {"ch", "c"}, {"kh", "h"}, {"gh", "j"}, {"zh", "j"}, {"dj", "j"}, {"dz", "j"}, {"th", "t"}, {"dh", "d"}, {"ph", "f"},
	{"ts", "s"}, {"tz", "s"}, {"ck", "k"}, {"qu", "k"}, {"ks", "ks"},
	{"b", "b"}, {"p", "b"}, {"t", "t"}, {"d", "d"}, {"j", "j"}, {"g", "j"}, {"h", "h"}, {"k", "k"}, {"c", "k"}, {"q", "k"}, {"x", "ks"},
	{"l", "l"}, {"m", "m"}, {"n", "n"}, {"r", "r"}, {"s", "s"}, {"z", "s"}, {"f", "f"}, {"v", "f"},
}

const vowels = "aeiouyw"

// sound returns the consonants of a word as they sound: vowels are written in as
// many ways as there are languages, and Arabic leaves them out. A first vowel
// and first half-vowels are kept as a mark, or short names would say nothing.
func sound(word string) string {
	word = article(word)
	if rest := strings.TrimRight(word, vowels); len(rest) > 1 && strings.HasSuffix(rest, "h") && rest != word || strings.HasSuffix(word, "h") && len(word) > 3 {
		word = strings.TrimSuffix(strings.TrimRight(word, vowels), "h") // Fatima, Fatimah
	}
	out := opening(word)
	last := ""
	for i := 0; i < len(word); {
		width, s := heard(word[i:])
		if s != "" && s != last {
			out += s
		}
		last, i = s, i+width
	}
	return out
}

// heard returns the sound at the beginning of the text and how long it is spelt.
func heard(text string) (int, string) {
	for _, one := range sounds {
		if strings.HasPrefix(text, one.spelt) {
			return len(one.spelt), one.sound
		}
	}
	return 1, ""
}

// opening marks a word that begins with a vowel or a half-vowel.
func opening(word string) string {
	vowel := func(i int) bool { return i < len(word) && strings.IndexByte(vowels, word[i]) >= 0 }
	switch {
	case word == "" || !vowel(0):
		return ""
	case word[0] == 'w', strings.HasPrefix(word, "ou") && vowel(2):
		return "w"
	case word[0] == 'y', word[0] == 'i' && vowel(1):
		return "y"
	}
	return "a"
}

// article takes a joined article off, and the l of "abdul".
func article(word string) string {
	if rest, ok := strings.CutPrefix(word, "abd"); ok && len(rest) > 2 {
		bare := strings.TrimLeft(rest, vowels)
		if len(bare) > 2 && bare[0] == 'l' {
			bare = bare[1:]
		}
		return "abd" + bare
	}
	for _, prefix := range []string{"al", "el"} {
		if rest, ok := strings.CutPrefix(word, prefix); ok && len(rest) >= 4 && strings.IndexByte(vowels, rest[0]) < 0 {
			return rest
		}
	}
	return word
}

// readings returns how a word may sound: also as in the Somali orthography (1972),
// where x is ح and c is ع, so that Xasan is Hassan and Cabdi is Abdi.
func readings(word string) []string {
	first := sound(word)
	if first == "" {
		first = word
	}
	if strings.ContainsAny(word, "xc") {
		if other := sound(soft.Replace(word)); other != "" && other != first {
			return []string{first, other}
		}
	}
	return []string{first}
}

// soft reads x and c as Somali letters, but not in pairs.
var soft = strings.NewReplacer("ch", "ch", "ck", "ck", "x", "h", "c", "a")

// alike tells whether two words can be one name: they sound the same or differ
// by a slip.
func alike(a, b string) bool {
	if a == b {
		return true
	}
	for _, x := range readings(a) {
		for _, y := range readings(b) {
			if x == y && len(x) >= 2 {
				return true
			}
		}
	}
	short := min(len(a), len(b))
	switch {
	case short >= 8:
		return distance(a, b) <= 2
	case short >= 5:
		return distance(a, b) <= 1
	}
	return false
}

// distance counts the letters to change, add, drop or swap (Damerau 1964, the
// restricted form).
func distance(a, b string) int {
	before, row := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		earlier := before
		before, row = row, make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(before[j]+1, row[j-1]+1, before[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], earlier[j-2]+1)
			}
		}
	}
	return row[len(b)]
}

// agreement says how far two names are one.
type agreement int

const (
	different agreement = iota
	partly              // the name of birth agrees, the rest does not: marriage, a brother
	same                // every word of the shorter name stands in the longer one
)

// compareNames compares two people's names, in any order of their words.
func compareNames(a, b Person) agreement {
	left, right := words(a.GivenName+" "+a.FamilyName), words(b.GivenName+" "+b.FamilyName)
	if len(left) == 0 || len(right) == 0 {
		return different
	}
	if !within(words(a.GivenName), right) || !within(words(b.GivenName), left) {
		return different
	}
	if len(left) > len(right) {
		left, right = right, left
	}
	for _, word := range left {
		if !slices.ContainsFunc(right, func(w string) bool { return alike(word, w) }) {
			return partly
		}
	}
	if len(left) == 1 && len(right) > 1 {
		return partly // one name of several says little
	}
	return same
}

// within tells whether the first word of a given name stands in the other's name.
func within(given, all []string) bool {
	return len(given) == 0 || slices.ContainsFunc(all, func(w string) bool { return alike(given[0], w) })
}
