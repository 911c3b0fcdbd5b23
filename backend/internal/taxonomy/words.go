// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"iter"
	"maps"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/spanish"
	"golang.org/x/text/unicode/norm"
)

// stemmers cut words to their stems (Porter's Snowball), so that singular and
// plural, masculine and feminine meet.
var stemmers = map[string]func(*snowballstem.Env) bool{
	"en": english.Stem, "fr": french.Stem, "es": spanish.Stem, "pt": portuguese.Stem,
	"it": italian.Stem, "de": german.Stem, "nl": dutch.Stem, "ar": arabic.Stem,
}

// small words carry no meaning in a title or in the name of a skill.
var small = map[string]map[string]bool{
	"en": set("a an and at by for from in of on or the to with"),
	"fr": set("a à au aux avec dans de des du en et la le les l d ou par pour sur un une"),
	"es": set("a al con de del e el en la las los o para por un una y"),
	"pt": set("a ao aos as com da das de do dos e em na nas no nos o os ou para por um uma"),
	"it": set("a ad al alla alle agli ai all con d da dal dalla dall de dei del della delle dell degli di e ed i il in l la le lo gli nell o per su sull un una"),
	"de": set("am an auf aus bei das dem den der des die ein eine einer für im in mit oder und von vom zu zum zur"),
	"nl": set("aan bij de der een en het in met of op te ten ter tot van voor"),
	"ar": set("في من على إلى عن مع و أو ال"),
}

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// Fold writes a text in the plain form in which words are compared: lower case,
// compatible forms unified, accents and vowel signs dropped, Arabic letters
// that people write in several ways made one.
func Fold(text string) string {
	if plain(text) {
		return text
	}
	text = strings.ToLower(text)
	if !ascii(text) {
		text = foldLetters(text)
	}
	return strings.Join(strings.Fields(text), " ")
}

// plain tells whether folding would change nothing: most words of most texts.
func plain(text string) bool {
	space := true // a blank at the beginning, or after another, would go
	for i := range len(text) {
		c := text[i]
		if c >= utf8.RuneSelf || c < ' ' || 'A' <= c && c <= 'Z' || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return text == "" || !space
}

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// joinedLetters are written as two where an accent cannot be dropped.
var joinedLetters = map[rune]string{'ß': "ss", 'œ': "oe", 'æ': "ae", 'ø': "o", 'ł': "l", 'đ': "d", 'ı': "i"}

func foldLetters(text string) string {
	var out strings.Builder
	out.Grow(len(text))
	for _, r := range norm.NFKD.String(text) {
		if two, ok := joinedLetters[r]; ok {
			out.WriteString(two)
			continue
		}
		if folded := foldRune(r); folded != 0 {
			out.WriteRune(folded)
		}
	}
	return out.String()
}

// foldRune returns the plain form of a letter, or 0 to drop it.
func foldRune(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return r
	case unicode.Is(unicode.Mn, r), r == 'ـ': // marks; tatweel
		return 0
	case r == 'أ', r == 'إ', r == 'آ', r == 'ٱ':
		return 'ا'
	case r == 'ى':
		return 'ي'
	case r == 'ة':
		return 'ه'
	}
	return unicode.ToLower(r) // a compatible form may come apart into a capital
}

// word is a word of a text, in lower case, and where it stands, in bytes.
type word struct {
	text     string
	from, to int
}

// wordsOf cuts a text into words. "C++" and "C#" are words too.
func wordsOf(text string) []word {
	out := make([]word, 0, len(text)/7+1)
	from := -1
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		switch {
		case inWord(r):
			if from < 0 {
				from = i
			}
		case from >= 0 && strings.HasPrefix(text[i:], "++"):
			out = append(out, newWord(text, from, i+2))
			from, size = -1, 2
		case from >= 0 && r == '#':
			out = append(out, newWord(text, from, i+1))
			from = -1
		case from >= 0:
			out = append(out, newWord(text, from, i))
			from = -1
		}
		i += size
	}
	if from >= 0 {
		out = append(out, newWord(text, from, len(text)))
	}
	return out
}

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

func newWord(text string, from, to int) word {
	lower := strings.ToLower(text[from:to])
	if !ascii(lower) {
		lower = norm.NFC.String(lower)
	}
	return word{text: lower, from: from, to: to}
}

// longestWord is how many bytes a word may have to be cut to its stem.
const longestWord = 60

// stem returns the stem of a word in the language, folded.
func stem(word, language string) string {
	cut := stemmers[language]
	if cut == nil || len(word) > longestWord {
		return Fold(word)
	}
	env := snowballstem.NewEnv(word)
	cut(env)
	return Fold(env.Current())
}

// keysOf iterates over the keys of a map.
func keysOf[K comparable, V any](m map[K]V) iter.Seq[K] { return maps.Keys(m) }
