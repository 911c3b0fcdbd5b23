// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// localPart is a part of a text or of a local word: a run of letters and digits,
// in the forms in which they are compared.
type localPart struct {
	key      string // without tone marks, letters of the region as those that keyboards have, homophones made one
	plain    string // the same, but with the letters of the region
	marked   bool   // it holds letters of the region, or of a script of its own
	from, to int    // bytes
}

// partsOf cuts a text for the comparison with the words of a language. Marks
// belong to the letter before them: Twi tones, Tigrinya gemination. Apostrophes
// divide, however they are written, so that Somali "go'aan" and "go’aan" meet.
func partsOf(text, language string) []localPart {
	var out []localPart
	from := -1
	for i, r := range text {
		if insidePart(r) {
			if from < 0 {
				from = i
			}
			continue
		}
		if from >= 0 {
			out = appendPart(out, text, from, i, language)
			from = -1
		}
	}
	if from >= 0 {
		out = appendPart(out, text, from, len(text), language)
	}
	return out
}

func insidePart(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '+' || r == '#'
	}
	if 'ʰ' <= r && r <= '˿' { // modifier letters: most stand for an apostrophe
		return false
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

func appendPart(out []localPart, text string, from, to int, language string) []localPart {
	if to-from > longestWord {
		return append(out, localPart{from: from, to: to}) // no word; it separates those beside it
	}
	plain := homophones(Fold(text[from:to]), language)
	if stemmers[language] != nil {
		plain = stem(newWord(text, from, to).text, language)
	}
	if plain == "" {
		return out // nothing but marks
	}
	key := keyed(plain)
	return append(out, localPart{key: key, plain: plain, marked: key != plain || !latin(plain), from: from, to: to})
}

// regional are letters that the keyboards of most countries lack, and what
// people type for them: Twi and Ewe ɛ ɔ, Wolof and Ewe ŋ, Fula and Hausa hooks.
var regional = strings.NewReplacer("ɛ", "e", "ɔ", "o", "ŋ", "n", "ɲ", "n", "ɩ", "i", "ʋ", "v", "ɖ", "d", "ƒ", "f", "ɣ", "g",
	"ɓ", "b", "ɗ", "d", "ƙ", "k", "ƴ", "y", "ǝ", "e", "ə", "e")

// keyed writes a folded word as people do who lack the keys.
func keyed(folded string) string { return regional.Replace(folded) }

func latin(text string) bool {
	for _, r := range text {
		if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) {
			return false
		}
	}
	return true
}

// Ethiopic letters come in rows of eight: a consonant with each vowel. Amharic
// has rows that sound alike and that people write for one another; Tigrinya
// keeps the throat's sounds apart and mixes only the two s and the two ts'
// (W. Leslau, Reference Grammar of Amharic, 1995).
var (
	sibilants = map[rune]rune{'ሠ': 'ሰ', 'ፀ': 'ጸ'}
	throat    = map[rune]rune{'ሐ': 'ሀ', 'ኀ': 'ሀ', 'ኸ': 'ሀ', 'ዐ': 'አ'}
)

// homophones writes letters that sound alike in the language as one.
func homophones(folded, language string) string {
	if language != "am" && language != "ti" {
		return folded
	}
	return strings.Map(func(r rune) rune {
		row, vowel := r-r%8, r%8
		if to, ok := sibilants[row]; ok {
			row = to
		}
		if to, ok := throat[row]; ok && language == "am" {
			row = to
		}
		if language == "am" && vowel == 3 && (row == 'ሀ' || row == 'አ') {
			vowel = 0 // ሃ and ሀ, ኣ and አ are one sound in Amharic
		}
		return row + vowel
	}, folded)
}

// clitics are particles that are written as one with the word after them: of,
// in, to, from, about, like; in Tigrinya in, to, of; in Arabic the, and.
var clitics = map[string][]string{
	"am": {"የ", "በ", "ለ", "ከ", "ስለ", "እንደ"},
	"ti": {"ብ", "ን", "ናይ"},
	"ar": {"ال", "وال", "بال", "لل"},
}

// beginnings are what the first part of a word may be here: the part as it
// stands, and without a particle before it. Scripts with such particles have no
// letters that keys change, so both forms lose the same.
func (p localPart) beginnings(language string) []localPart {
	out := []localPart{p}
	for _, c := range clitics[language] {
		if rest, ok := strings.CutPrefix(p.key, c); ok && utf8.RuneCountInString(rest) > 1 {
			out = append(out, localPart{key: rest, plain: rest, marked: p.marked})
		}
	}
	return out
}

// typedParts writes a word, or what was typed, with one blank between its parts
// and without cutting it to stems: what is typed is not finished yet.
func typedParts(text, language string) string {
	var keys []string
	for _, p := range partsOf(text, "") {
		keys = append(keys, keyed(homophones(p.plain, language)))
	}
	return strings.Join(keys, " ")
}
