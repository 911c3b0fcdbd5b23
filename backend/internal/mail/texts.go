// SPDX-License-Identifier: AGPL-3.0-or-later

package mail

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

//go:embed texts/*.json
var files embed.FS

// Phrase is a sentence, in as many forms as the language has for numbers
// (CLDR's plural categories). {braces} name the values that go in.
type Phrase map[string]string

// UnmarshalJSON reads a text, or an object of forms.
func (p *Phrase) UnmarshalJSON(text []byte) error {
	var one string
	if json.Unmarshal(text, &one) == nil {
		*p = Phrase{"other": one}
		return nil
	}
	var forms map[string]string
	if err := json.Unmarshal(text, &forms); err != nil {
		return err
	}
	*p = forms
	return nil
}

// Texts are the words of one kind of notice in one language.
type Texts struct {
	Label   string   `json:"label"`   // what the kind is called where people choose
	Subject Phrase   `json:"subject"` // of the mail, and the notice in the product
	Body    []Phrase `json:"body"`    // paragraphs
	Action  string   `json:"action"`  // what the link says
}

// catalogue is everything in one language.
type catalogue struct {
	Frame map[string]string            `json:"frame"` // what every mail has: greeting, footer
	Words map[string]map[string]string `json:"words"` // names of codes: purposes, states
	Kinds map[string]Texts             `json:"kinds"`
	tag   language.Tag
}

// Texter holds the texts of every language.
type Texter struct{ catalogues map[string]*catalogue }

// LoadTexts reads the texts; a mistake in them is a mistake in the program.
func LoadTexts() (*Texter, error) {
	names, err := files.ReadDir("texts")
	if err != nil {
		return nil, err
	}
	t := &Texter{catalogues: map[string]*catalogue{}}
	for _, entry := range names {
		locale := strings.TrimSuffix(entry.Name(), ".json")
		text, err := files.ReadFile(path.Join("texts", entry.Name()))
		if err != nil {
			return nil, err
		}
		c := &catalogue{}
		if err := json.Unmarshal(text, c); err != nil {
			return nil, fmt.Errorf("texts of %s: %w", locale, err)
		}
		if c.tag, err = language.Parse(locale); err != nil {
			return nil, err
		}
		t.catalogues[locale] = c
	}
	return t, nil
}

// Languages lists the languages that have texts.
func (t *Texter) Languages() []string { return slices.Sorted(maps.Keys(t.catalogues)) }

// Kinds lists the kinds that have texts in the language.
func (t *Texter) Kinds(locale string) []string { return slices.Sorted(maps.Keys(t.in(locale).Kinds)) }

// in returns the catalogue of a language, or the English one.
func (t *Texter) in(locale string) *catalogue {
	if c, ok := t.catalogues[locale]; ok {
		return c
	}
	return t.catalogues["en"]
}

// Values are what goes into the braces of a text.
type Values struct {
	Words map[string]string // by name
	Count int               // {count}, and which form is taken
}

// Label returns what a kind is called.
func (t *Texter) Label(locale, kind string) string { return t.in(locale).Kinds[kind].Label }

// Word returns the name of a code in the language, such as that of a purpose.
func (t *Texter) Word(locale, family, code string) string {
	if word, ok := t.in(locale).Words[family][code]; ok {
		return word
	}
	return code
}

// Line returns the one line that a notice is in the product, and a mail's subject.
func (t *Texter) Line(locale, kind string, v Values) (string, error) {
	texts, ok := t.in(locale).Kinds[kind]
	if !ok {
		return "", fmt.Errorf("mail: no texts for %q in %s", kind, locale)
	}
	line, err := t.in(locale).fill(texts.Subject, v, false)
	return oneLine(line), err
}

// oneLine takes line breaks and other control characters out of a value that
// stands in a header.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, unicode.IsControl), " ")
}

// hole is a place for a value.
var hole = regexp.MustCompile(`\{([a-zA-Z]+)\}`)

// Marks around a value of unknown direction, so that it does not turn the
// sentence around it (Unicode, UAX #9: first strong isolate).
const (
	isolate = "\u2068"
	release = "\u2069"
)

// fill puts the values into the form that the number asks for. A value that
// nobody gave is an error: no person reads "{name}".
func (c *catalogue) fill(p Phrase, v Values, isolated bool) (string, error) {
	form, ok := p[c.form(v.Count)]
	if !ok {
		form, ok = p["other"]
	}
	if !ok {
		return "", fmt.Errorf("mail: a phrase without a form for %d", v.Count)
	}
	var missing []string
	text := hole.ReplaceAllStringFunc(form, func(found string) string {
		name := found[1 : len(found)-1]
		value, ok := v.Words[name]
		if name == "count" {
			value, ok = fmt.Sprint(v.Count), true
		}
		if !ok || value == "" {
			missing = append(missing, name)
		}
		if isolated && name != "count" {
			value = isolate + value + release
		}
		return value
	})
	if len(missing) > 0 {
		return "", fmt.Errorf("mail: nothing for %s", strings.Join(missing, ", "))
	}
	return text, nil
}

// forms are the names of CLDR's plural categories.
var forms = map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other"}

// form returns the plural category of a whole number in the language.
func (c *catalogue) form(n int) string {
	return forms[plural.Cardinal.MatchPlural(c.tag, n, 0, 0, 0, 0)]
}

// right tells whether the language is written from right to left.
func right(locale string) bool { return locale == "ar" }

// Frame returns a word that every mail may need, such as what stands between the
// items of a list.
func (t *Texter) Frame(locale, name string) string { return t.in(locale).Frame[name] }

// Date spells a date in the language: "2 December 2026".
func (t *Texter) Date(locale string, at time.Time) string {
	c := t.in(locale)
	text := strings.NewReplacer("{day}", fmt.Sprint(at.Day()), "{year}", fmt.Sprint(at.Year()),
		"{month}", c.Words["month"][fmt.Sprint(int(at.Month()))])
	return text.Replace(c.Frame["date"])
}
