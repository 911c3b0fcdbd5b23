// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// load reads the shipped vocabulary once for all tests.
func load(t *testing.T) *Taxonomy {
	t.Helper()
	tax, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return tax
}

func TestTheShippedVocabularyIsWhole(t *testing.T) {
	tax := load(t)
	v := tax.now.Load()
	counts := map[int]int{}
	for code := range v.groups {
		counts[len(code)]++
	}
	// ISCO-08: 10 major, 43 sub-major, 130 minor and 436 unit groups.
	if counts[1] != 10 || counts[2] != 43 || counts[3] != 130 || counts[4] != 436 {
		t.Errorf("groups of ISCO-08 by length: %v, want 10, 43, 130, 436", counts)
	}
	for code := range v.groups {
		if len(code) > 1 && v.groups[code[:len(code)-1]] == nil {
			t.Errorf("ISCO-08 %s has no parent", code)
		}
	}
	if n := len(tax.Skills("")); n < 700 {
		t.Errorf("%d skills, want at least 700", n)
	}
	for _, sector := range Sectors {
		if n := len(tax.Skills(sector)); n < 50 {
			t.Errorf("%d skills in %s", n, sector)
		}
	}
	if len(v.levels) != 9 || len(v.fields) < 100 || len(v.occupations) < 150 {
		t.Errorf("%d ISCED levels, %d fields, %d occupations", len(v.levels), len(v.fields), len(v.occupations))
	}
}

func TestEverySkillIsSound(t *testing.T) {
	tax := load(t)
	form := regexp.MustCompile(`^[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*$`)
	for _, s := range tax.Skills("") {
		if !form.MatchString(s.ID) || !strings.HasPrefix(s.ID, s.Sector+".") {
			t.Errorf("%s: the identifier has not the form sector.slug", s.ID)
		}
		if len(s.ISCO) == 0 {
			t.Errorf("%s: linked to no ISCO-08 group", s.ID)
		}
		for _, up := range s.Broader {
			if !tax.Skill(up) || up == s.ID {
				t.Errorf("%s: no broader skill %q", s.ID, up)
			}
		}
		for _, language := range LabelLanguages {
			if len(s.Labels[language]) == 0 {
				t.Errorf("%s: no label in %s", s.ID, language)
			}
		}
		if label := s.Labels["ar"]; len(label) > 0 && !strings.ContainsFunc(label[0], func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
			t.Errorf("%s: the Arabic label %q is not in Arabic script", s.ID, label[0])
		}
	}
}

func TestNoCircleOfBroaderSkills(t *testing.T) {
	tax := load(t)
	for _, s := range tax.Skills("") {
		if slices.Contains(tax.BroaderOf(s.ID), s.ID) {
			t.Errorf("%s is broader than itself", s.ID)
		}
	}
}

func TestPreferredLabelsAreNotShared(t *testing.T) {
	tax := load(t)
	for _, language := range LabelLanguages {
		seen := map[string]string{}
		for _, s := range tax.Skills("") {
			key := Fold(s.Labels[language][0])
			if other := seen[key]; other != "" {
				t.Errorf("%s: %q is the preferred label of %s and of %s", language, key, other, s.ID)
			}
			seen[key] = s.ID
		}
	}
}

func TestWordsOfEightLanguagesMeetOnOneConcept(t *testing.T) {
	tax := load(t)
	for language, text := range map[string]string{
		"en": "I designed drip irrigation for orchards.",
		"fr": "Installation de systèmes d'irrigation goutte à goutte dans le Sahel.",
		"it": "Ho progettato impianti di irrigazione a goccia per orticoltura.",
		"es": "Instalación de riego por goteo en parcelas pequeñas.",
		"pt": "Projetos de rega gota a gota no Alentejo.",
		"de": "Planung der Tropfbewässerung für Obstanlagen.",
		"nl": "Aanleg van druppelirrigatie in kassen.",
		"ar": "خبرة في الري بالتنقيط للمزارع الصغيرة",
	} {
		mentions := tax.Mentions(text, language)
		if !slices.ContainsFunc(mentions, func(m Mention) bool { return m.Concept == "agriculture.drip-irrigation" }) {
			t.Errorf("%s: %q names %v", language, text, mentions)
		}
		for _, m := range mentions {
			if text[m.From:m.To] != m.Words {
				t.Errorf("%s: mention %+v does not stand there", language, m)
			}
		}
	}
}

func TestAMentionIsFoundWithoutKnowingTheLanguage(t *testing.T) {
	got := load(t).Mentions("Esperto di irrigazione a goccia", "")
	if !slices.ContainsFunc(got, func(m Mention) bool { return m.Concept == "agriculture.drip-irrigation" }) {
		t.Errorf("got %v", got)
	}
}

func TestASingleLetterNamesASkillOnlyAsAWhole(t *testing.T) {
	v := &vocabulary{skills: map[string]*Skill{
		"ict.r":    {ID: "ict.r", Sector: "ict", Labels: Labels{"en": {"R"}}},
		"ict.cpp":  {ID: "ict.cpp", Sector: "ict", Labels: Labels{"en": {"C++"}}},
		"ict.c":    {ID: "ict.c", Sector: "ict", Labels: Labels{"en": {"C"}}},
		"ict.c-sh": {ID: "ict.c-sh", Sector: "ict", Labels: Labels{"en": {"C#"}}},
	}}
	v.index()
	tax := &Taxonomy{shipped: v}
	tax.now.Store(v)
	for words, want := range map[string]string{"R": "ict.r", "c": "ict.c", "C++": "ict.cpp", "C#": "ict.c-sh", "D": ""} {
		if got, _ := tax.LinkSkill(words, "en"); got != want {
			t.Errorf("%q names %q, want %q", words, got, want)
		}
	}
	got := tax.Mentions("In class C, R. Mensah taught C++ and C#.", "en")
	if len(got) != 2 || got[0].Concept != "ict.cpp" || got[1].Concept != "ict.c-sh" {
		t.Errorf("the text names %v", got)
	}
}

func TestALongTextInAnUnknownLanguageIsRead(t *testing.T) {
	tax := load(t)
	text := strings.Repeat("Ho lavorato per una cooperativa della regione e con gli agricoltori del comune. ", 40) + "Irrigazione a goccia."
	got := tax.Mentions(text, "")
	if !slices.ContainsFunc(got, func(m Mention) bool { return m.Concept == "agriculture.drip-irrigation" }) {
		t.Errorf("got %v", got)
	}
	long := strings.Repeat("é", scanned) + " drip irrigation"
	if got := tax.Mentions(long, "en"); got != nil {
		t.Errorf("read beyond the end: %v", got)
	}
}

func TestRelations(t *testing.T) {
	tax := &Taxonomy{}
	v := &vocabulary{skills: map[string]*Skill{
		"water":  {ID: "water"},
		"irrig":  {ID: "irrig", Broader: []string{"water"}},
		"drip":   {ID: "drip", Broader: []string{"irrig"}},
		"canal":  {ID: "canal", Broader: []string{"irrig"}},
		"circle": {ID: "circle", Broader: []string{"circle"}},
	}, aliases: map[string]string{"uri:drip": "drip"}}
	tax.now.Store(v)
	for _, row := range []struct {
		need, person string
		want         Relation
	}{
		{"drip", "drip", Same}, {"drip", "uri:drip", Same}, {"irrig", "drip", Narrower}, {"water", "drip", Narrower},
		{"drip", "irrig", Broader}, {"drip", "canal", Sibling}, {"drip", "circle", Unrelated}, {"", "", Unrelated}, {"drip", "none", Unrelated},
	} {
		if got := tax.Relation(row.need, row.person); got != row.want {
			t.Errorf("Relation(%s, %s) = %d, want %d", row.need, row.person, got, row.want)
		}
	}
}

func TestTypingFindsOccupationsInTheReadersWords(t *testing.T) {
	tax := load(t)
	for _, row := range []struct{ typed, language, want string }{
		{"midwi", "en", "2222"}, {"sage-femme", "fr", "2222"}, {"infirmière", "fr", "2221"}, {"agronomo", "it", "2132"},
		{"ostetrica", "it", "2222"}, {"Krankenschwester", "de", "2221"}, {"verpleegkundige", "nl", "2221"}, {"2310", "en", "2310"},
	} {
		got := tax.SuggestOccupations(row.typed, row.language, 5)
		if !slices.ContainsFunc(got, func(s Suggestion) bool { return s.ID == row.want }) {
			t.Errorf("%q (%s) suggests %v, want %s among them", row.typed, row.language, got, row.want)
		}
	}
}

func TestTypingFindsSkills(t *testing.T) {
	tax := load(t)
	for typed, language := range map[string]string{"goutte a g": "fr", "irrigation gou": "fr", "Drip irr": "en", "druppelirr": "nl", "بالتنقيط": "ar"} {
		got := tax.SuggestSkills(typed, language, 5)
		if len(got) == 0 || got[0].ID != "agriculture.drip-irrigation" || got[0].Label != tax.Label(got[0].ID, language) {
			t.Errorf("%q suggests %v", typed, got)
		}
	}
	if got := tax.SuggestSkills("  ", "fr", 5); got != nil {
		t.Errorf("nothing suggests %v", got)
	}
	if got := tax.SuggestSkills(strings.Repeat("x", 10_000), "fr", 5); got != nil {
		t.Errorf("noise suggests %v", got)
	}
}

func TestCodes(t *testing.T) {
	tax := load(t)
	for code, want := range map[string]bool{"GH": true, "SO": true, "gh": false, "XX": false, "ZZ": false, "UK": false, "EZ": false, "IC": false, "GHA": false, "": false, "EU": false} {
		if got := tax.Country(code); got != want {
			t.Errorf("Country(%q) = %v", code, got)
		}
	}
	for code, want := range map[string]bool{"fr": true, "so": true, "wo": true, "fra": false, "xx": false, "": false, "FR": false} {
		if got := tax.Language(code); got != want {
			t.Errorf("Language(%q) = %v", code, got)
		}
	}
	if tax.ISCO("222") || !tax.ISCO("2222") || tax.ISCO("9998") || !tax.EducationField("0913") || tax.EducationField("9") {
		t.Error("an ISCO-08 or ISCED-F code is taken wrongly")
	}
	if n := len(tax.Countries("fr")); n < 240 || n > 260 {
		t.Errorf("%d countries", n)
	}
	for _, reader := range []string{"en", "fr", "ar", "pt"} {
		for _, l := range tax.Languages(reader) {
			if l.Name == "" {
				t.Errorf("%s has no name for %s", reader, l.Code)
			}
		}
	}
	if !slices.Contains(tax.Countries("pt"), Named{"VN", "Vietname"}) {
		t.Error("countries are not named as in the Portuguese of Europe and Africa")
	}
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"  Irrigation  GOUTTE à goutte ": "irrigation goutte a goutte", "Bewässerung": "bewasserung", "Straße": "strasse",
		"أُستاذة": "استاذه", "cœur": "coeur", "ﬁne": "fine",
	} {
		if got := Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzMentions(f *testing.F) {
	tax, err := Load()
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{"", "a", "irrigation goutte à goutte", "الري بالتنقيط", "\xff\xfe", "🙂🙂", "e\u0301e\u0301", "Entwickler/in (m/w/d)", "C++ / C#", "ﷺ", "İstanbul"} {
		f.Add(seed, "fr")
	}
	f.Fuzz(func(t *testing.T, text, language string) {
		for _, m := range tax.Mentions(text, language) {
			if m.From < 0 || m.To > len(text) || m.From >= m.To || text[m.From:m.To] != m.Words {
				t.Errorf("mention %+v does not stand in a text of %d bytes", m, len(text))
			}
		}
		if got := tax.SuggestSkills(text, language, 3); len(got) > 3 {
			t.Errorf("%d suggestions, want at most 3", len(got))
		}
		if id, ok := tax.LinkSkill(text, language); ok && !tax.Skill(id) {
			t.Errorf("%q is linked to %q, which is no skill", text, id)
		}
		for _, s := range append(tax.SuggestOccupations(text, language, 3), tax.LinkOccupation(text, language)...) {
			if !tax.ISCO(s.ID) || s.Label == "" {
				t.Errorf("%q leads to %+v", text, s)
			}
		}
		if folded := Fold(text); Fold(folded) != folded {
			t.Errorf("Fold(%q) = %q, which folds to %q", text, folded, Fold(folded))
		}
	})
}
