// SPDX-License-Identifier: AGPL-3.0-or-later

package linking

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/turkish"
	"golang.org/x/text/unicode/norm"
)

// stemmers cut words to their stems (Porter's Snowball). A language without one
// is cut by its letters only: n-grams do most of the work in any case.
var stemmers = map[string]func(*snowballstem.Env) bool{
	"ar": arabic.Stem, "da": danish.Stem, "nl": dutch.Stem, "en": english.Stem, "fi": finnish.Stem, "fr": french.Stem,
	"de": german.Stem, "hu": hungarian.Stem, "it": italian.Stem, "no": norwegian.Stem, "nb": norwegian.Stem, "nn": norwegian.Stem,
	"pt": portuguese.Stem, "ro": romanian.Stem, "ru": russian.Stem, "es": spanish.Stem, "sv": swedish.Stem, "tr": turkish.Stem,
}

// longestTitle is how many bytes of a title or a label are read.
const longestTitle = 400

// genderMark is what vacancies add to a title: "(m/f/d)", "H/F", "[m/w/x]".
var genderMark = regexp.MustCompile(`(?i)(^|[\s,;–-])[(\[]?[mfwhdxvi](?:\s?[/|]\s?[mfwhdxvi])+[)\]]?($|[\s,;–-])`)

// ending is what stands for the feminine form behind a masculine one:
// "Entwickler/in", "infirmier·ère", "enfermeiro(a)", "Lehrer*in".
var ending = regexp.MustCompile(`(\p{L}{3,})(?:/-?|[:*_·•]|\(-?)(\p{L}{1,5})\)?($|[\s,;/)–-])`)

// clean writes a title in the form in which titles are compared: gender marks
// gone, of two forms of a word the first.
func clean(title string) string {
	if len(title) > longestTitle {
		title = strings.ToValidUTF8(title[:longestTitle], "")
	}
	if strings.ContainsAny(title, "/|:*_·•([") {
		title = genderMark.ReplaceAllString(title, "$1 $2")
		title = ending.ReplaceAllStringFunc(title, func(m string) string {
			part := ending.FindStringSubmatch(m)
			if shortEnding(part[1], part[2]) {
				return part[1] + part[3]
			}
			return m
		})
	}
	return firstForm(strings.Join(strings.Fields(title), " "))
}

// firstForm returns the first of two forms of a title that a slash joins:
// "directeur technique/directrice technique", whose words begin alike.
func firstForm(title string) string {
	before, after, found := strings.Cut(title, "/")
	if !found || strings.Contains(after, "/") {
		return title
	}
	first, second := words(before), words(after)
	if len(first) != len(second) || len(first) == 0 {
		return title
	}
	for i := range first {
		if !beginAlike(fold(first[i]), fold(second[i])) {
			return title
		}
	}
	return before
}

// leastBeginning is how many letters two forms of one word share at least.
const leastBeginning = 3

func beginAlike(a, b string) bool {
	if a == b {
		return true
	}
	x, y := []rune(a), []rune(b)
	same := 0
	for same < min(len(x), len(y)) && x[same] == y[same] {
		same++
	}
	return same >= leastBeginning && 2*same >= min(len(x), len(y))
}

// shortEnding tells whether what follows a slash is the other ending of the word
// before it and not a word of its own: lower case, and shorter than the word.
func shortEnding(word, end string) bool {
	for _, r := range end {
		if !unicode.IsLower(r) {
			return false
		}
	}
	return 2*len(end) <= len(word)+1
}

// joined are letters that are written as two where an accent cannot be dropped.
var joined = map[rune]string{'ß': "ss", 'œ': "oe", 'æ': "ae", 'ø': "o", 'ł': "l", 'đ': "d", 'ı': "i"}

// fold writes a text in lower case without accents.
func fold(text string) string {
	var out strings.Builder
	out.Grow(len(text))
	for _, r := range norm.NFKD.String(strings.ToLower(text)) {
		if two, ok := joined[r]; ok {
			out.WriteString(two)
			continue
		}
		if f := foldRune(r); f != 0 {
			out.WriteRune(f)
		}
	}
	return out.String()
}

func foldRune(r rune) rune {
	switch {
	case r < 128:
		return r
	case unicode.Is(unicode.Mn, r), r == 'ـ':
		return 0
	case r == 'أ', r == 'إ', r == 'آ', r == 'ٱ':
		return 'ا'
	case r == 'ى':
		return 'ي'
	case r == 'ة':
		return 'ه'
	}
	return unicode.ToLower(r)
}

// words cuts a text into lower-case words with their accents.
func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(norm.NFC.String(text)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) && r != '+' && r != '#'
	})
}

// stem returns the folded stem of a word.
func stem(word, language string) string {
	cut := stemmers[language]
	if cut == nil || len(word) > 60 {
		return fold(word)
	}
	env := snowballstem.NewEnv(word)
	cut(env)
	return fold(env.Current())
}
