// SPDX-License-Identifier: AGPL-3.0-or-later

package likeness

import (
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// latin spells letters of other scripts as passports usually do: close to
// ICAO Doc 9303 part 3, section 6, with the vowels that Arabic writes. What is
// not here keeps its own spelling.
var latin = map[rune]string{
	// Arabic and Persian
	'ا': "a", 'أ': "a", 'إ': "i", 'آ': "a", 'ٱ': "a", 'ب': "b", 'پ': "p", 'ت': "t", 'ث': "th", 'ج': "j", 'چ': "ch", 'ح': "h", 'خ': "kh",
	'د': "d", 'ذ': "dh", 'ر': "r", 'ز': "z", 'ژ': "zh", 'س': "s", 'ش': "sh", 'ص': "s", 'ض': "d", 'ط': "t", 'ظ': "z", 'ع': "a", 'غ': "gh",
	'ف': "f", 'ڤ': "v", 'ق': "q", 'ك': "k", 'ک': "k", 'گ': "g", 'ل': "l", 'م': "m", 'ن': "n", 'ه': "h", 'ة': "a", 'و': "w", 'ؤ': "w",
	'ي': "y", 'ی': "y", 'ئ': "y", 'ى': "a", 'ء': "",
	// Cyrillic
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'ґ': "g", 'д': "d", 'е': "e", 'ё': "e", 'є': "ie", 'ж': "zh", 'з': "z", 'и': "i", 'і': "i", 'ї': "i",
	'й': "i", 'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ў': "u", 'ф': "f", 'х': "kh",
	'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e", 'ю': "iu", 'я': "ia", 'ђ': "dj", 'ј': "j", 'љ': "lj",
	'њ': "nj", 'ћ': "c", 'џ': "dz", 'қ': "q", 'ғ': "gh", 'ұ': "u", 'ү': "u", 'ө': "o", 'ң': "ng", 'һ': "h", 'ә': "a",
	// Greek
	'α': "a", 'β': "v", 'γ': "g", 'δ': "d", 'ε': "e", 'ζ': "z", 'η': "i", 'θ': "th", 'ι': "i", 'κ': "k", 'λ': "l", 'μ': "m", 'ν': "n", 'ξ': "x",
	'ο': "o", 'π': "p", 'ρ': "r", 'σ': "s", 'ς': "s", 'τ': "t", 'υ': "y", 'φ': "f", 'χ': "ch", 'ψ': "ps", 'ω': "o",
	// Hebrew
	'א': "a", 'ב': "b", 'ג': "g", 'ד': "d", 'ה': "h", 'ו': "w", 'ז': "z", 'ח': "h", 'ט': "t", 'י': "y", 'כ': "k", 'ך': "k", 'ל': "l", 'מ': "m",
	'ם': "m", 'נ': "n", 'ן': "n", 'ס': "s", 'ע': "a", 'פ': "p", 'ף': "f", 'צ': "ts", 'ץ': "ts", 'ק': "q", 'ר': "r", 'ש': "sh", 'ת': "t",
	// Armenian
	'ա': "a", 'բ': "b", 'գ': "g", 'դ': "d", 'ե': "e", 'զ': "z", 'է': "e", 'ը': "y", 'թ': "t", 'ժ': "zh", 'ի': "i", 'լ': "l", 'խ': "kh", 'ծ': "ts",
	'կ': "k", 'հ': "h", 'ձ': "dz", 'ղ': "gh", 'ճ': "ch", 'մ': "m", 'յ': "y", 'ն': "n", 'շ': "sh", 'ո': "o", 'չ': "ch", 'պ': "p", 'ջ': "j",
	'ռ': "r", 'ս': "s", 'վ': "v", 'տ': "t", 'ր': "r", 'ց': "ts", 'ւ': "u", 'փ': "p", 'ք': "k", 'օ': "o", 'ֆ': "f", 'և': "ev",
	// Georgian
	'ა': "a", 'ბ': "b", 'გ': "g", 'დ': "d", 'ე': "e", 'ვ': "v", 'ზ': "z", 'თ': "t", 'ი': "i", 'კ': "k", 'ლ': "l", 'მ': "m", 'ნ': "n", 'ო': "o",
	'პ': "p", 'ჟ': "zh", 'რ': "r", 'ს': "s", 'ტ': "t", 'უ': "u", 'ფ': "p", 'ქ': "k", 'ღ': "gh", 'ყ': "q", 'შ': "sh", 'ჩ': "ch", 'ც': "ts",
	'ძ': "dz", 'წ': "ts", 'ჭ': "ch", 'ხ': "kh", 'ჯ': "j", 'ჰ': "h",
	// Latin letters that are no letter with a mark
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ı': "i", 'ħ': "h", 'ŋ': "ng", 'ɖ': "d", 'ɗ': "d",
	'ɓ': "b", 'ƙ': "k", 'ƴ': "y", 'ɔ': "o", 'ɛ': "e", 'ə': "e", 'ŧ': "t",
}

// The Ethiopic syllables (Unicode block U+1200): each row of eight is one
// consonant with the vowels in order.
var (
	ethiopicRows = strings.Fields("h l h m s r s sh q qw qh qhw b v t ch h hw n ny - k kw kx kxw w - z zh y d dd j g gw gg t ch p ts ts f p")
	ethiopicEnds = [8]string{"e", "u", "i", "a", "e", "", "o", "wa"}
)

const (
	ethiopicFirst = 0x1200
	ethiopicAleph = 20 // the row of the glottal stop, whose first vowel is a
	ethiopicAyin  = 26
)

// syllable spells an Ethiopic syllable.
func syllable(r rune) (string, bool) {
	at := int(r - ethiopicFirst)
	if at < 0 || at/8 >= len(ethiopicRows) {
		return "", false
	}
	row, end := at/8, ethiopicEnds[at%8]
	if row == ethiopicAleph || row == ethiopicAyin {
		if at%8 == 0 {
			end = "a"
		}
		if end == "" {
			end = "i"
		}
		return end, true
	}
	return ethiopicRows[row] + end, true
}

// Latin spells a text of any script that we know in plain, small Latin letters.
func Latin(text string) string {
	text = strings.ToLower(text)
	if plain(text) {
		return text
	}
	text = norm.NFC.String(norm.NFKC.String(text)) // forms for presentation, wide letters
	var out strings.Builder
	for _, r := range text {
		if spelt, ok := latin[r]; ok {
			out.WriteString(spelt)
		} else if spelt, ok := syllable(r); ok {
			out.WriteString(spelt)
		} else {
			out.WriteRune(r)
		}
	}
	bare := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	folded, _, err := transform.String(bare, out.String())
	if err != nil {
		return out.String()
	}
	return folded
}

func plain(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) < 0
}
