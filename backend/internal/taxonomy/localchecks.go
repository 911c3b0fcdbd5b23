// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/unicode/norm"

	"sankofa/backend/internal/fault"
)

// longestLocal is how many characters a local word may have.
const longestLocal = 120

// checkWords complains about everything that is wrong with a list of words, and
// returns their rows when nothing is.
func (t *Taxonomy) checkWords(words []NewWord, evenSo bool, reader string) ([]LocalWord, error) {
	var c fault.Check
	c.That(len(words) > 0, "words", "words.none", "Please write at least one word.")
	c.That(len(words) <= MostAtOnce, "words", "words.many", "Please add at most %d words at once; these are %d.", MostAtOnce, len(words))
	if err := c.Err(); err != nil {
		return nil, err
	}
	known := t.meanings(words)
	seen := map[string]int{}
	rows := make([]LocalWord, len(words))
	for i, w := range words {
		at := fmt.Sprintf("words[%d].", i)
		w.Word = tidied(w.Word)
		if w.Kind == SkillKind { // a concept of ESCO may stand for one of ours
			w.Concept = t.now.Load().known(w.Concept)
		}
		rows[i] = LocalWord{Kind: w.Kind, Concept: w.Concept, Language: w.Language, Word: w.Word, Folded: foldedWord(w.Word, w.Language)}
		if !t.checkWord(&c, at, w) {
			continue
		}
		key := strings.Join([]string{w.Language, w.Concept, rows[i].Folded}, "\n")
		first, twice := seen[key]
		c.That(!twice, at+"word", "word.twice", "This word stands in the list twice; it is also number %d.", first+1)
		seen[key] = i
		t.checkMeaning(&c, at, rows[i], known[meaningKey(w.Kind, w.Language, rows[i].Folded)], evenSo, reader)
	}
	return rows, c.Err()
}

// checkWord complains about one word by itself, and tells whether its meaning
// can be looked at.
func (t *Taxonomy) checkWord(c *fault.Check, at string, w NewWord) bool {
	var own fault.Check
	own.That(w.Kind == OccupationKind || w.Kind == SkillKind, at+"kind", "word.kind", "A word names an occupation or a skill.")
	own.That(w.Kind != OccupationKind && w.Kind != SkillKind || t.concept(w.Kind, w.Concept), at+"concept", "word.concept", "The vocabulary knows no such concept. Choose one from the list.")
	own.That(t.Language(w.Language), at+"language", "word.language", "Please give the language as its code of ISO 639, such as tw, wo, so, am or ti.")
	own.Length(w.Word, at+"word", 1, longestLocal)
	if w.Word != "" && t.Language(w.Language) {
		checkScript(&own, at+"word", w.Word, w.Language)
	}
	var f *fault.Fault
	if err := own.Err(); err != nil {
		f = fault.Of(err)
		for _, one := range f.Fields {
			c.That(false, one.Field, one.Code, "%s", one.Message)
		}
	}
	return f == nil
}

// concept tells whether a concept of the kind may have local words.
func (t *Taxonomy) concept(kind, concept string) bool {
	if kind == SkillKind {
		return t.Skill(concept)
	}
	if t.ISCO(concept) {
		return true
	}
	return slices.ContainsFunc(t.Occupations(), func(o Occupation) bool { return o.ID == concept })
}

// conceptLabel returns the preferred label of a concept in the reader's language.
func (t *Taxonomy) conceptLabel(kind, concept, reader string) string {
	if kind == SkillKind {
		return t.Label(concept, reader)
	}
	for _, o := range t.Occupations() {
		if o.ID == concept {
			return o.Labels.In(reader)
		}
	}
	return t.Title(concept, reader)
}

// tidied writes a word as it is kept: composed, with one blank between its parts.
func tidied(word string) string { return norm.NFC.String(strings.Join(strings.Fields(word), " ")) }

// foldedWord is how words of a language are compared for being the same.
func foldedWord(word, language string) string {
	var parts []string
	for _, p := range partsOf(word, "") {
		parts = append(parts, homophones(p.plain, language))
	}
	return strings.Join(parts, " ")
}

// scripts are those that languages are written in, by their code of ISO 15924.
var scripts = map[string]*unicode.RangeTable{
	"Latn": unicode.Latin, "Arab": unicode.Arabic, "Ethi": unicode.Ethiopic, "Cyrl": unicode.Cyrillic, "Grek": unicode.Greek,
	"Hebr": unicode.Hebrew, "Armn": unicode.Armenian, "Geor": unicode.Georgian, "Deva": unicode.Devanagari, "Beng": unicode.Bengali,
	"Taml": unicode.Tamil, "Telu": unicode.Telugu, "Sinh": unicode.Sinhala, "Thai": unicode.Thai, "Laoo": unicode.Lao,
	"Khmr": unicode.Khmer, "Mymr": unicode.Myanmar, "Guru": unicode.Gurmukhi, "Gujr": unicode.Gujarati, "Knda": unicode.Kannada,
	"Mlym": unicode.Malayalam, "Tfng": unicode.Tifinagh, "Nkoo": unicode.Nko, "Adlm": unicode.Adlam,
}

// also are the scripts that a language is written in beside its usual one.
var also = map[string][]string{
	"wo": {"Arab"}, "so": {"Arab"}, "ha": {"Arab"}, "ff": {"Adlm", "Arab"}, "sw": {"Arab"}, "om": {"Ethi"}, "kab": {"Tfng", "Arab"},
	"bm": {"Nkoo"}, "ku": {"Arab"}, "sr": {"Latn"}, "bs": {"Cyrl"}, "az": {"Arab", "Cyrl"}, "uz": {"Cyrl", "Arab"}, "pa": {"Arab"},
}

// checkScript complains about a word that is not written in the script of its
// language, and about parts that mix scripts: they look alike and are not found.
func checkScript(c *fault.Check, field, word, code string) {
	tag := language.Make(code)
	usual, _ := tag.Script()
	allowed := append([]string{usual.String()}, also[code]...)
	letters, own, odd := false, false, false
	for _, r := range word {
		if unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d' {
			odd = true
		}
	}
	mixed := false
	for _, part := range partsOf(word, "") {
		in := scriptsOf(word[part.from:part.to])
		letters = letters || len(in) > 0
		mixed = mixed || len(in) > 1
		own = own || len(in) > 0 && slices.Contains(allowed, in[0])
	}
	c.That(!odd, field, "word.invisible", "Please remove invisible characters from this word.")
	c.That(letters, field, "word.letters", "Please write a word: this has no letters.")
	c.That(!mixed, field, "word.mixed", "A part of this word mixes letters of two scripts. Please type it anew in one.")
	known := scripts[usual.String()] != nil
	c.That(!letters || mixed || own || !known, field, "word.script", "A word of this language is written in another script: %s.", scriptNames(allowed))
}

// scriptNames spells scripts for a reader.
func scriptNames(codes []string) string {
	names := make([]string, len(codes))
	for i, code := range codes {
		script, err := language.ParseScript(code)
		if names[i] = display.English.Scripts().Name(script); err != nil || names[i] == "" {
			names[i] = code
		}
	}
	return strings.Join(names, ", ")
}

// scriptsOf lists the scripts of the letters, each once.
func scriptsOf(text string) []string {
	var out []string
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		for _, name := range slices.Sorted(keysOf(scripts)) {
			if unicode.Is(scripts[name], r) && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
		if len(out) == 0 && !unicode.In(r, unicode.Common, unicode.Inherited) {
			out = append(out, "Zzzz") // a script that we have no table of
		}
	}
	return out
}

// meaning is a concept that a label names, and where the label comes from.
type meaning struct{ kind, concept, origin string }

// meaningKey finds the meanings of a word of a language.
func meaningKey(kind, language, folded string) string {
	return kind + "\n" + language + "\n" + folded
}

// meanings finds what the words name already, each in its language: the labels
// of the vocabulary and of ESCO, and the local words.
func (t *Taxonomy) meanings(words []NewWord) map[string][]meaning {
	wanted, languages := map[string]bool{}, map[string]bool{}
	for _, w := range words {
		wanted[meaningKey(w.Kind, w.Language, foldedWord(tidied(w.Word), w.Language))] = true
		languages[w.Language] = true
	}
	out := map[string][]meaning{}
	t.eachLabel(languages, func(kind, concept, language, label, origin string) {
		key := meaningKey(kind, language, foldedWord(label, language))
		if wanted[key] {
			out[key] = append(out[key], meaning{kind, concept, origin})
		}
	})
	return out
}

// checkMeaning complains about a word that the concept has already, and unless
// evenSo about one that names another concept, by its name in the reader's language.
func (t *Taxonomy) checkMeaning(c *fault.Check, at string, w LocalWord, known []meaning, evenSo bool, reader string) {
	if len(known) == 0 {
		return
	}
	var others []string
	groups := t.importedGroups()
	for _, m := range known {
		if w.Kind == OccupationKind {
			m.concept = groupOf(m.concept, groups)
		}
		if m.concept == w.Concept || w.Kind == OccupationKind && m.concept == w.group() {
			c.That(false, at+"word", "word.known", "The vocabulary knows this word for this concept already.")
			return
		}
		if label := "“" + t.conceptLabel(m.kind, m.concept, reader) + "”"; !slices.Contains(others, label) {
			others = append(others, label)
		}
	}
	c.That(len(others) == 0 || evenSo, at+"word", "word.other_concept",
		"In this language the word already names %s. Add it even so if it means both.", strings.Join(others[:min(3, len(others))], ", "))
}
