// SPDX-License-Identifier: AGPL-3.0-or-later

package linking

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// village is a small vocabulary: occupations with labels in three languages, and
// the groups of ISCO-08 that they belong to.
var village = []struct {
	id, isco   string
	group      bool
	en, de, it string
}{
	{"group 2221", "2221", true, "Nursing professionals", "Akademische Krankenpflegefachkräfte", "Professioni infermieristiche"},
	{"group 2222", "2222", true, "Midwifery professionals", "Akademische Hebammen", "Professioni ostetriche"},
	{"group 2132", "2132", true, "Farming, forestry and fisheries advisers", "Agrarwissenschaftler", "Agronomi e specialisti"},
	{"group 2142", "2142", true, "Civil engineers", "Bauingenieure", "Ingegneri civili"},
	{"nurse", "2221", false, "nurse|registered nurse|staff nurse", "Krankenpfleger|Gesundheitspfleger", "infermiere"},
	{"paediatric nurse", "2221", false, "paediatric nurse|children's nurse", "Kinderkrankenpfleger", "infermiere pediatrico"},
	{"midwife", "2222", false, "midwife|obstetric nurse", "Hebamme|Entbindungspfleger", "ostetrica"},
	{"agronomist", "2132", false, "agronomist|crop adviser", "Agronom|Pflanzenbauberater", "agronomo"},
	{"irrigation engineer", "2142", false, "irrigation engineer", "Bewässerungsingenieur", "ingegnere di irrigazione"},
	{"civil engineer", "2142", false, "civil engineer|site engineer", "Bauingenieur", "ingegnere civile"},
	{"bridge engineer", "2142", false, "bridge engineer", "Brückeningenieur", "ingegnere di ponti"},
	{"school teacher", "2341", false, "school teacher|primary school teacher", "Grundschullehrer", "maestro elementare"},
	{"school head", "1345", false, "head teacher|school principal", "Schulleiter", "direttore scolastico"},
	{"software developer", "2512", false, "software developer|programmer", "Softwareentwickler", "sviluppatore di software"},
}

// villagers is a linker of that vocabulary; the Italian feminine is neutral.
func villagers(t testing.TB) *Linker {
	t.Helper()
	v := Vocabulary{Pivot: "en", Neutral: func(w, language string) string {
		if language == "it" {
			if cut, ok := strings.CutSuffix(w, "iera"); ok {
				return cut + "iere"
			}
		}
		return w
	}}
	for _, o := range village {
		v.Concepts = append(v.Concepts, Concept{ID: o.id, ISCO: o.isco, Group: o.group})
	}
	v.Labels = func(language string) []Label {
		var all []Label
		for i, o := range village {
			text := map[string]string{"en": o.en, "de": o.de, "it": o.it}[language]
			for rank, label := range strings.Split(text, "|") {
				if label != "" {
					all = append(all, Label{Concept: int32(i), Text: label, Rank: rank})
				}
			}
		}
		return all
	}
	return New(v, Trained())
}

// first returns the occupation that a title means most probably.
func first(l *Linker, title, language string) string {
	for _, link := range l.Link(title, language, 20, func(c int32) bool { return !l.v.Concepts[c].Group }) {
		return l.v.Concepts[link.Concept].ID
	}
	return ""
}

func TestTitlesLeadToTheirOccupations(t *testing.T) {
	l := villagers(t)
	for _, row := range []struct{ title, language, want string }{
		{"midwife", "en", "midwife"},
		{"Midwifes", "en", "midwife"},
		{"Registered Nurse (m/f/d)", "en", "nurse"},
		{"children's nurses", "en", "paediatric nurse"},
		{"sofware develloper", "en", "software developer"}, // as people write
		{"PROGRAMMER", "en", "software developer"},
		{"infermiera", "it", "nurse"},
		{"Infermiera pediatrica", "it", "paediatric nurse"},
		{"Software-Entwickler/in", "de", "software developer"},
		{"Ingenieur für Bewässerung", "de", "irrigation engineer"},
		{"Kinderkrankenpfleger*in", "de", "paediatric nurse"},
		{"ingegnere/a civile", "it", "civil engineer"},
	} {
		if got := first(l, row.title, row.language); got != row.want {
			t.Errorf("%q (%s) leads to %q, want %q", row.title, row.language, got, row.want)
		}
	}
}

func TestFormsOfOneTitleTie(t *testing.T) {
	l := villagers(t)
	for _, pair := range [][3]string{{"it", "infermiere", "infermiera"}, {"de", "Bauingenieur", "Bauingenieur/in"}, {"en", "nurse", "Nurse (H/F)"}} {
		one, other := l.Link(pair[1], pair[0], 10, nil), l.Link(pair[2], pair[0], 10, nil)
		if !slices.Equal(one, other) || len(one) == 0 {
			t.Errorf("%s gives %v, and %s gives %v", pair[1], one, pair[2], other)
		}
	}
}

func TestTheWordThatSaysWhatSomebodyIsIsFoundWithoutAList(t *testing.T) {
	// In the Italian labels the first words tell the group, in English the last.
	groups := []int32{}
	for range village {
		groups = append(groups, 0)
	}
	labels := map[string][]string{
		"x": {"teacher maths", "teacher sports", "teacher music", "teacher physics", "nurse maths", "nurse sports", "nurse music", "nurse physics"},
		"y": {"maths teacher", "sports teacher", "music teacher", "physics teacher", "maths nurse", "sports nurse", "music nurse", "physics nurse"},
	}
	for language, want := range map[string]bool{"x": false, "y": true} {
		v := Vocabulary{Labels: func(string) []Label {
			var all []Label
			for i, text := range labels[language] {
				all = append(all, Label{Concept: int32(i), Text: text})
			}
			return all
		}}
		for i := range groups {
			groups[i] = int32(min(i/4, 1))
		}
		if got := newSpace(&v, language, groups).lastHead; got != want {
			t.Errorf("%s: the last word is the head: %t, want %t", language, got, want)
		}
	}
}

func TestATranslationIsLearntFromLabels(t *testing.T) {
	l := villagers(t)
	tr := l.pivot("de")
	word, ok := tr.from.vocabulary["bauingenieur"]
	if !ok {
		t.Fatal("the German word is not known")
	}
	if len(tr.into[word]) == 0 || !slices.ContainsFunc(tr.into[word], func(f feature) bool { return f.id == tr.to.stemIDs[stem("engineer", "en")] }) {
		t.Errorf("Bauingenieur is translated into %v", tr.into[word])
	}
}

func TestSharesAddUpAndOrderIsTheSameEveryTime(t *testing.T) {
	l, again := villagers(t), villagers(t)
	for _, title := range []string{"nurse", "engineer", "teacher of irrigation", "zzz qqq"} {
		links := l.Link(title, "en", considered, nil)
		sum := 0.0
		for _, link := range links {
			sum += link.Share
		}
		if len(links) > 0 && math.Abs(sum-1) > 1e-9 {
			t.Errorf("%q: shares add up to %f", title, sum)
		}
		if other := again.Link(title, "en", considered, nil); !slices.Equal(links, other) {
			t.Errorf("%q: another linker says %v, not %v", title, other, links)
		}
	}
}

func TestOnlyAllowedConceptsAreReturned(t *testing.T) {
	l := villagers(t)
	for _, link := range l.Link("nurse", "en", 20, func(c int32) bool { return c == 6 }) {
		if link.Concept != 6 {
			t.Errorf("concept %d was not allowed", link.Concept)
		}
	}
}

func TestTheTrainedModelFitsTheFeatures(t *testing.T) {
	m := Trained()
	if len(m.Occupations) != width || len(m.Skills) != width || len(m.Pairs) != Likenesses || len(m.Data) == 0 {
		t.Errorf("the model has %d, %d and %d weights of %d sets; the code reads %d, %d and %d: run scripts/learn",
			len(m.Occupations), len(m.Skills), len(m.Pairs), len(m.Data), width, width, Likenesses)
	}
}

func TestLearningFindsWhatMakesCandidatesRight(t *testing.T) {
	var examples []Example
	chance := rand.New(rand.NewPCG(1, 2))
	for i := range 400 {
		e := Example{Set: "made up"}
		right := i % 5
		for c := range 5 {
			noise := chance.Float32()
			sign := float32(0)
			if c == right {
				sign = 1
			}
			e.Candidates, e.Right = append(e.Candidates, []float32{noise, sign}), append(e.Right, c == right)
		}
		examples = append(examples, e)
	}
	w := Learn(examples, 1)
	if len(w) != 2 || w[1] < 1 || w[1] < 3*math.Abs(w[0]) {
		t.Errorf("learnt %v: the second feature alone tells", w)
	}
	if again := Learn(examples, 1); !slices.Equal(w, again) {
		t.Errorf("learnt %v and then %v from the same", w, again)
	}
	if Learn(nil, 1) != nil || Learn([]Example{{Candidates: [][]float32{{1}}, Right: []bool{false}}}, 1) != nil {
		t.Error("something was learnt from nothing")
	}
}

func TestLikenessOfTitles(t *testing.T) {
	l := villagers(t)
	p := l.NewPairs([]string{"registered nurse", "bridge engineer", "primary school teacher", "", "Bauingenieur"}, "en")
	title := p.Read("staff nurse", "en")
	if got := p.Closest(title, 1); len(got) != 1 || got[0] != 0 {
		t.Errorf("the closest to a staff nurse is %v", got)
	}
	same := p.Likeness(p.Read("registered nurse", "en"), 0)
	for part, v := range same {
		if v > 1.0001 || v < 0 || part <= AlikeMinor && v < 0.99 {
			t.Errorf("a title is like itself by %v in part %d", v, part)
		}
	}
}

func TestLongTextsAreComparedByAllTheirWords(t *testing.T) {
	mentions := func(text, _ string) []string {
		if strings.Contains(text, "goutte") || strings.Contains(text, "drip") {
			return []string{"drip irrigation"}
		}
		return nil
	}
	texts := NewTexts([]string{"We grow rice and use drip irrigation on large fields", "Teacher of mathematics in a school", ""}, "en", mentions)
	if s := texts.Scores("school teacher", "en"); s[1] <= s[0] || s[2] != 0 {
		t.Errorf("a teacher fits by %v", s)
	}
	if s := texts.Scores("irrigation goutte à goutte", "fr"); s[0] <= s[1] {
		t.Errorf("across languages concepts must speak: %v", s)
	}
}

func TestPlainWaysRank(t *testing.T) {
	p := NewPlain([]string{"midwife", "nurse", "civil engineer"})
	for name, way := range map[string]func(string) []float32{"BM25": p.BM25, "words": p.Words, "letters": p.Letters, "edits": p.Edits} {
		if s := way("nurse"); best(s, 1)[0] != 1 {
			t.Errorf("%s ranks %v", name, s)
		}
	}
}

// hostile is what must neither bring the linker down nor keep it long.
var hostile = []string{"", " ", "a", "🙂", "👩‍⚕️ nurse", "مُمَرِّضة", "е́", "nurse\u202e esrun", "\"nurse AND (", "*?~^:/[]{}", strings.Repeat("nurse ", 200_000),
	strings.Repeat("x", 1<<20), "a\x00b", "1234567890", "(m/w/d)", "////", "́́́", strings.Repeat("(/", 5000)}

func TestHostileTitlesAreAnswered(t *testing.T) {
	l := villagers(t)
	for _, title := range hostile {
		for _, language := range []string{"en", "it", "", "zz"} {
			for _, link := range l.Link(title, language, 5, nil) {
				if math.IsNaN(link.Share) || link.Share < 0 || link.Share > 1 {
					t.Errorf("%.20q (%s): share %v", title, language, link.Share)
				}
			}
		}
	}
}

func FuzzLink(f *testing.F) {
	for _, title := range hostile {
		if len(title) < 1000 {
			f.Add(title, "en")
		}
	}
	l := villagers(f)
	f.Fuzz(func(t *testing.T, title, language string) {
		if !utf8.ValidString(language) || len(language) > 3 {
			language = "de" // every language makes a space of its own
		}
		for _, link := range l.Link(title, language, 3, nil) {
			if math.IsNaN(link.Score) || int(link.Concept) >= len(village) {
				t.Errorf("%q gives %v", title, link)
			}
		}
	})
}
