// SPDX-License-Identifier: AGPL-3.0-or-later

package mail

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// everything is a value for every name that any text uses.
func everything(t *testing.T, c *catalogue) Values {
	t.Helper()
	words := map[string]string{}
	for _, kind := range c.Kinds {
		for _, p := range append([]Phrase{kind.Subject}, kind.Body...) {
			for _, form := range p {
				for _, found := range hole.FindAllStringSubmatch(form, -1) {
					words[found[1]] = "«" + found[1] + "»"
				}
			}
		}
	}
	return Values{Words: words, Count: 3}
}

// holes lists the names in a phrase.
func holes(p Phrase) []string {
	names := map[string]bool{}
	for _, form := range p {
		for _, found := range hole.FindAllStringSubmatch(form, -1) {
			names[found[1]] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

func TestEveryKindIsWrittenInEveryLanguage(t *testing.T) {
	texts, err := LoadTexts()
	if err != nil {
		t.Fatal(err)
	}
	if got := texts.Languages(); !slices.Equal(got, []string{"ar", "en", "fr", "pt"}) {
		t.Fatalf("languages %v", got)
	}
	english := texts.in("en")
	for _, locale := range texts.Languages() {
		c := texts.in(locale)
		if got, want := texts.Kinds(locale), texts.Kinds("en"); !slices.Equal(got, want) {
			t.Errorf("%s has the kinds %v, want %v", locale, got, want)
		}
		if got, want := slices.Sorted(maps.Keys(c.Frame)), slices.Sorted(maps.Keys(english.Frame)); !slices.Equal(got, want) {
			t.Errorf("%s has the frame %v, want %v", locale, got, want)
		}
		for family, words := range english.Words {
			if got, want := slices.Sorted(maps.Keys(c.Words[family])), slices.Sorted(maps.Keys(words)); !slices.Equal(got, want) {
				t.Errorf("%s has words for %s: %v, want %v", locale, family, got, want)
			}
		}
		for name, kind := range c.Kinds {
			checkKind(t, locale+" "+name, c, kind, english.Kinds[name])
		}
	}
}

// checkKind holds a translation to the English text.
func checkKind(t *testing.T, at string, c *catalogue, got, want Texts) {
	t.Helper()
	if got.Label == "" || got.Action == "" || len(got.Subject) == 0 || len(got.Body) == 0 {
		t.Errorf("%s lacks a label, an action, a subject or a body", at)
	}
	if len(got.Body) != len(want.Body) {
		t.Errorf("%s has %d paragraphs, English has %d", at, len(got.Body), len(want.Body))
	}
	for i, p := range append([]Phrase{got.Subject}, got.Body...) {
		if len(p) > 1 {
			for n := range 120 { // every number finds its own form
				if _, ok := p[c.form(n)]; !ok {
					t.Errorf("%s: no form %q for %d", at, c.form(n), n)
				}
			}
		}
		english := append([]Phrase{want.Subject}, want.Body...)[i]
		missing := slices.DeleteFunc(holes(english), func(name string) bool { return slices.Contains(holes(p), name) })
		if i > 0 && len(missing) > 0 {
			t.Errorf("%s, paragraph %d does not say %v", at, i, missing)
		}
	}
}

// leftover finds what no person should read.
var leftover = regexp.MustCompile(`\{[a-zA-Z]*\}|<no value>|%!`)

func TestEveryLetterCanBeComposed(t *testing.T) {
	texts, err := LoadTexts()
	if err != nil {
		t.Fatal(err)
	}
	for _, locale := range texts.Languages() {
		values := everything(t, texts.in("en"))
		for _, kind := range texts.Kinds(locale) {
			m, err := texts.Compose(Letter{Kind: kind, Language: locale, Name: "Ama <b>Mensah</b>", Values: values, Link: "https://sankofa.test/x#y",
				Lines: []string{"a line & more"}, Stop: "https://sankofa.test/stop", Demo: true})
			if err != nil {
				t.Errorf("%s in %s: %v", kind, locale, err)
				continue
			}
			for part, text := range map[string]string{"subject": m.Subject, "text": m.Text, "HTML": m.HTML} {
				if text == "" || leftover.MatchString(text) {
					t.Errorf("%s in %s, %s: %q", kind, locale, part, text)
				}
			}
			if strings.Contains(m.HTML, "<b>") || !strings.Contains(m.HTML, "&lt;b&gt;") {
				t.Errorf("%s in %s: a name became markup", kind, locale)
			}
			if want := map[bool]string{true: `dir="rtl"`, false: `dir="ltr"`}[locale == "ar"]; !strings.Contains(m.HTML, want) {
				t.Errorf("%s in %s runs the wrong way", kind, locale)
			}
			if !strings.Contains(m.Text, "https://sankofa.test/x#y") || !strings.Contains(m.Text, "https://sankofa.test/stop") {
				t.Errorf("%s in %s lacks a link: %s", kind, locale, m.Text)
			}
		}
	}
}

func TestAMissingValueIsRefused(t *testing.T) {
	texts, err := LoadTexts()
	if err != nil {
		t.Fatal(err)
	}
	if m, err := texts.Compose(Letter{Kind: "offer", Language: "en", Values: Values{Words: map[string]string{"reference": "GH-1"}}}); err == nil {
		t.Errorf("composed %q", m.Text)
	}
	if _, err := texts.Compose(Letter{Kind: "unheard-of", Language: "en"}); err == nil {
		t.Error("composed a letter of no kind")
	}
}

func TestNumbersTakeTheirForm(t *testing.T) {
	texts, err := LoadTexts()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		locale string
		n      int
		want   string
	}{
		{"en", 1, "1 piece of news from Sankofa"}, {"en", 0, "0 pieces of news from Sankofa"},
		{"fr", 0, "0 nouvelle de Sankofa"}, {"fr", 2, "2 nouvelles de Sankofa"},
		{"pt", 1, "1 novidade da Sankofa"}, {"pt", 5, "5 novidades da Sankofa"},
		{"ar", 2, "خبران من سانكوفا"}, {"ar", 3, "3 أخبار من سانكوفا"}, {"ar", 11, "11 خبرًا من سانكوفا"}, {"ar", 100, "100 خبر من سانكوفا"},
	} {
		if got, err := texts.Line(row.locale, "digest", Values{Count: row.n}); err != nil || got != row.want {
			t.Errorf("%d in %s: got %q, want %q, %v", row.n, row.locale, got, row.want, err)
		}
	}
	day := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	for locale, want := range map[string]string{"en": "2 March 2026", "fr": "2 mars 2026", "pt": "2 de março de 2026", "ar": "2 مارس 2026"} {
		if got := texts.Date(locale, day); got != want {
			t.Errorf("%s: %q, want %q", locale, got, want)
		}
	}
}

func TestALineBreakInAValueStaysOutOfTheSubject(t *testing.T) {
	texts, err := LoadTexts()
	if err != nil {
		t.Fatal(err)
	}
	line, err := texts.Line("en", "need_rejected", Values{Words: map[string]string{"reference": "GH-1\r\nBcc: x@example.org"}})
	if err != nil || strings.ContainsAny(line, "\r\n") {
		t.Errorf("%q %v", line, err)
	}
}
