// SPDX-License-Identifier: AGPL-3.0-or-later

package papers

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// forms are the four shapes of each Arabic letter in Unicode's block Arabic
// Presentation Forms-B: alone, at the end, at the beginning, in the middle. A
// letter without the last two joins only to the one before it.
var forms = map[rune][4]rune{
	'ء': {0xFE80, 0, 0, 0}, 'آ': {0xFE81, 0xFE82, 0, 0}, 'أ': {0xFE83, 0xFE84, 0, 0}, 'ؤ': {0xFE85, 0xFE86, 0, 0}, 'إ': {0xFE87, 0xFE88, 0, 0},
	'ئ': {0xFE89, 0xFE8A, 0xFE8B, 0xFE8C}, 'ا': {0xFE8D, 0xFE8E, 0, 0}, 'ب': {0xFE8F, 0xFE90, 0xFE91, 0xFE92}, 'ة': {0xFE93, 0xFE94, 0, 0},
	'ت': {0xFE95, 0xFE96, 0xFE97, 0xFE98}, 'ث': {0xFE99, 0xFE9A, 0xFE9B, 0xFE9C}, 'ج': {0xFE9D, 0xFE9E, 0xFE9F, 0xFEA0},
	'ح': {0xFEA1, 0xFEA2, 0xFEA3, 0xFEA4}, 'خ': {0xFEA5, 0xFEA6, 0xFEA7, 0xFEA8}, 'د': {0xFEA9, 0xFEAA, 0, 0}, 'ذ': {0xFEAB, 0xFEAC, 0, 0},
	'ر': {0xFEAD, 0xFEAE, 0, 0}, 'ز': {0xFEAF, 0xFEB0, 0, 0}, 'س': {0xFEB1, 0xFEB2, 0xFEB3, 0xFEB4}, 'ش': {0xFEB5, 0xFEB6, 0xFEB7, 0xFEB8},
	'ص': {0xFEB9, 0xFEBA, 0xFEBB, 0xFEBC}, 'ض': {0xFEBD, 0xFEBE, 0xFEBF, 0xFEC0}, 'ط': {0xFEC1, 0xFEC2, 0xFEC3, 0xFEC4},
	'ظ': {0xFEC5, 0xFEC6, 0xFEC7, 0xFEC8}, 'ع': {0xFEC9, 0xFECA, 0xFECB, 0xFECC}, 'غ': {0xFECD, 0xFECE, 0xFECF, 0xFED0},
	'ف': {0xFED1, 0xFED2, 0xFED3, 0xFED4}, 'ق': {0xFED5, 0xFED6, 0xFED7, 0xFED8}, 'ك': {0xFED9, 0xFEDA, 0xFEDB, 0xFEDC},
	'ل': {0xFEDD, 0xFEDE, 0xFEDF, 0xFEE0}, 'م': {0xFEE1, 0xFEE2, 0xFEE3, 0xFEE4}, 'ن': {0xFEE5, 0xFEE6, 0xFEE7, 0xFEE8},
	'ه': {0xFEE9, 0xFEEA, 0xFEEB, 0xFEEC}, 'و': {0xFEED, 0xFEEE, 0, 0}, 'ى': {0xFEEF, 0xFEF0, 0, 0}, 'ي': {0xFEF1, 0xFEF2, 0xFEF3, 0xFEF4},
	'ـ': {'ـ', 'ـ', 'ـ', 'ـ'}, // the stroke that lengthens joins on both sides
}

// ligatures are lam with the alefs, alone and at the end of what it joins to.
var ligatures = map[rune][2]rune{'آ': {0xFEF5, 0xFEF6}, 'أ': {0xFEF7, 0xFEF8}, 'إ': {0xFEF9, 0xFEFA}, 'ا': {0xFEFB, 0xFEFC}}

// shaped gives each Arabic letter the form that its neighbours ask for. Letters of
// other scripts, and letters that we do not know, stay as they are.
func shaped(text string) string {
	in := []rune(text)
	var out strings.Builder
	joined := false // the letter before reaches out to this one
	for i := 0; i < len(in); i++ {
		r := in[i]
		if unicode.Is(unicode.Mn, r) { // vowel signs stand above what is joined
			out.WriteRune(r)
			continue
		}
		if pair, ok := ligatures[following(in, i)]; ok && r == 'ل' {
			out.WriteRune(pair[choose(joined)])
			i, joined = nextLetter(in, i), false
			continue
		}
		shapes, ok := forms[r]
		if !ok {
			out.WriteRune(r)
			joined = false
			continue
		}
		next, _ := forms[following(in, i)]
		reaches := shapes[2] != 0 && next[1] != 0
		switch {
		case joined && reaches:
			out.WriteRune(shapes[3])
		case joined && shapes[1] != 0:
			out.WriteRune(shapes[1])
		case reaches:
			out.WriteRune(shapes[2])
		default:
			out.WriteRune(shapes[0])
		}
		joined = reaches
	}
	return out.String()
}

func choose(joined bool) int {
	if joined {
		return 1
	}
	return 0
}

// nextLetter returns where the next letter stands, past vowel signs; len at the end.
func nextLetter(in []rune, i int) int {
	for i++; i < len(in) && unicode.Is(unicode.Mn, in[i]); i++ {
	}
	return i
}

// following returns the next letter, past vowel signs; zero at the end.
func following(in []rune, i int) rune {
	if i = nextLetter(in, i); i < len(in) {
		return in[i]
	}
	return 0
}

// rightToLeft tells whether a text begins, by its first strong letter, on the right.
func rightToLeft(text string) bool {
	for _, r := range text {
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.L:
			return false
		case bidi.R, bidi.AL:
			return true
		}
	}
	return false
}

// dated is a date as we write it. Among Arabic its strokes would turn it round; a
// slash joins two numbers into one (Unicode Standard Annex 9, rule W4).
var dated = regexp.MustCompile(`\b\d{4}-\d{2}(-\d{2})?\b`)

// visual puts one line, already shaped, into the order in which it is drawn from the
// left (Unicode Standard Annex 9). Numbers keep their own order inside Arabic.
func visual(line string, rtl bool) string {
	direction := bidi.LeftToRight
	if rtl {
		direction = bidi.RightToLeft
		line = dated.ReplaceAllStringFunc(line, func(date string) string { return strings.ReplaceAll(date, "-", "/") })
	}
	var p bidi.Paragraph
	if _, err := p.SetString(line, bidi.DefaultDirection(direction)); err != nil {
		return line
	}
	order, err := p.Order()
	if err != nil {
		return line
	}
	runs := make([]string, order.NumRuns())
	for i := range runs {
		run := order.Run(i)
		at := i
		if rtl {
			at = len(runs) - 1 - i
		}
		runs[at] = run.String()
		if run.Direction() == bidi.RightToLeft {
			runs[at] = bidi.ReverseString(run.String())
		}
	}
	return strings.Join(runs, "")
}
