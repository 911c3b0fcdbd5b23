// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"iter"
	"maps"
	"strings"
	"unicode"

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
	"it": set("a ad al alla alle agli ai con d da dal dalla de dei del della delle degli di e ed i il in l la le lo gli o per su un una"),
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

// token is a word of a text and where it stands, in bytes.
type token struct {
	stem     string
	from, to int
}

// Fold writes a text in the plain form in which words are compared: lower case,
// compatible forms unified, accents and vowel signs dropped, Arabic letters
// that people write in several ways made one.
func Fold(text string) string {
	var out strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(text)) {
		if folded := foldRune(r); folded != 0 {
			out.WriteRune(folded)
		}
	}
	return strings.Join(strings.Fields(strings.NewReplacer("ß", "ss", "œ", "oe", "æ", "ae", "ø", "o", "ł", "l").Replace(out.String())), " ")
}

// foldRune returns the plain form of a letter, or 0 to drop it.
func foldRune(r rune) rune {
	switch {
	case unicode.Is(unicode.Mn, r), r == 'ـ': // marks; tatweel
		return 0
	case r == 'أ', r == 'إ', r == 'آ', r == 'ٱ':
		return 'ا'
	case r == 'ى':
		return 'ي'
	case r == 'ة':
		return 'ه'
	}
	return r
}

// tokens cuts a text into stems, leaving the small words out.
func tokens(text, language string) []token {
	var out []token
	from := -1
	flush := func(to int) {
		if from < 0 {
			return
		}
		word := strings.ToLower(norm.NFC.String(text[from:to]))
		if !small[language][word] {
			out = append(out, token{stem: stem(word, language), from: from, to: to})
		}
		from = -1
	}
	for i, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) {
			if from < 0 {
				from = i
			}
			continue
		}
		flush(i)
	}
	flush(len(text))
	return out
}

// stem returns the stem of a word in the language, folded.
func stem(word, language string) string {
	cut := stemmers[language]
	if cut == nil || len(word) > 60 {
		return Fold(word)
	}
	env := snowballstem.NewEnv(word)
	cut(env)
	return Fold(env.Current())
}

// keysOf iterates over the keys of a map.
func keysOf[K comparable, V any](m map[K]V) iter.Seq[K] { return maps.Keys(m) }
