// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/taxonomy"
)

// someNames are those that an English reader may use.
func someNames(t testing.TB) *names {
	t.Helper()
	v, err := taxonomy.Load()
	if err != nil {
		t.Fatal(err)
	}
	return newNames(v, "fr")
}

// spell writes a tree as text.
func (n *node) spell() string {
	if n == nil {
		return "nothing"
	}
	if n.kind == oneClause {
		text := n.text
		if n.phrase {
			text = `"` + text + `"`
		}
		if n.field != "" {
			text = n.field + ":" + text
		}
		return text
	}
	kids := make([]string, len(n.kids))
	for i, kid := range n.kids {
		kids[i] = kid.spell()
	}
	return map[nodeKind]string{allOf: "all", anyOf: "any", noneOf: "not"}[n.kind] + "(" + strings.Join(kids, " ") + ")"
}

func TestAQueryIsReadAsItIsMeant(t *testing.T) {
	known := someNames(t)
	for query, want := range map[string]string{
		"water plant":                        "all(water plant)",
		`"Treatment plant" pump`:             `all("treatment plant" pump)`,
		"water -pumps":                       "all(water not(pumps))",
		"hospital OR pumps water":            "all(any(hospital pumps) water)",
		"(water irrigation) OR nurse":        "all(any(all(water irrigation) nurse))",
		"-(water OR pumps) nurse":            "all(not(all(any(water pumps))) nurse)",
		"NOT water":                          "all(not(water))",
		"eau OU pompe SAUF usine":            "all(any(eau pompe) not(usine))",
		"água OU bomba EXCETO fábrica":       "all(any(água bomba) not(fábrica))",
		"ماء أو مضخة":                        "all(any(ماء مضخة))",
		"OR OR water AND AND":                "all(water)",
		"a OR":                               "all(a)",
		"()":                                 "nothing",
		"   ":                                "nothing",
		`"`:                                  "nothing",
		`"no end`:                            `all("no end")`,
		"«mots entre» guillemets":            `all("mots entre" guillemets)`,
		"residence:it":                       "all(residence:IT)",
		"residence:Italy origin:sénégal":     "all(residence:IT origin:SN)",
		"residence:italie":                   "all(residence:IT)",
		"language:fr-B2":                     "all(language:fr/spoken/4)",
		"language:french-writing-b1":         "all(language:fr/writing/3)",
		"langue:arabe":                       "all(language:ar/spoken/1)",
		"língua:pt-B2 nível:6":               "all(language:pt/spoken/4 level:6-8)",
		"years:5 years:5-10 years:5+":        "all(years:5-99 years:5-10 years:5-99)",
		"skill:\"drip irrigation\"":          "all(skill:drip irrigation)",
		"licence:2221 licence:no":            "all(licence:222 licence:no)",
		"license:yes country:NL":             "all(licence:yes residence:NL)",
		"12:30 C++ C# e-mail":                "all(12:30 c++ c# e-mail)",
		"\u200fwater\u202e \ufeffpump\u200b": "all(water pump)",
		"👩🏽‍⚕️":                              "all(👩🏽⚕️)",
		"-":                                  "all(-)",
		"--water":                            "all(--water)",
	} {
		tree, err := parseQuery(query, known)
		if err != nil {
			t.Errorf("%q: %v", query, err)
			continue
		}
		if got := tree.spell(); got != want {
			t.Errorf("%q is read as %s, want %s", query, got, want)
		}
	}
}

func TestAMistakeIsShownWhereItIsAndMended(t *testing.T) {
	known := someNames(t)
	for _, row := range []struct {
		query, code string
		at          int
		mend        string
	}{
		{"(water", "query.unclosed", 1, "(water)"},
		{"pump (water", "query.unclosed", 6, "pump (water)"},
		{"water) pump", "query.unopened", 6, "water pump"},
		{"eau é) x", "query.unopened", 6, "eau é x"},
		{"water residense:NL", "query.field", 7, "water residence:NL"},
		{"name:diop", "query.field", 1, `"name:diop"`},
		{"https://example.org pump", "query.field", 1, `"https://example.org" pump`},
		{"isco:nurse pump", "query.value", 1, "isco:2221 pump"},
		{"residence:itali", "query.value", 1, "residence:IT"},
		{"modality:virtul", "query.value", 1, "modality:virtual"},
		{"years:10-5", "query.value", 1, "years:5-10"},
		{"available:june", "query.value", 1, ""},
		{"isco:", "query.value", 1, ""},
		{strings.Repeat("(", 21) + "x" + strings.Repeat(")", 21), "query.deep", 21, ""},
		{strings.Repeat("x ", 31), "query.long", 0, ""},
		{strings.Repeat("x", longestQuery+1), "query.long", 0, ""},
	} {
		_, err := parseQuery(row.query, known)
		f := fault.Of(err)
		if f == nil || len(f.Fields) != 1 || f.Fields[0].Code != row.code || f.Fields[0].At != row.at || f.Fields[0].Mend != row.mend || f.Fields[0].Field != "q" {
			t.Errorf("%q: %+v, want %s at %d, mended %q", row.query, f, row.code, row.at, row.mend)
			continue
		}
		if row.mend == "" {
			continue
		}
		if _, err := parseQuery(row.mend, known); err != nil {
			t.Errorf("%q, the mend of %q, is refused too: %v", row.mend, row.query, err)
		}
	}
}

func FuzzParseQuery(f *testing.F) {
	for _, seed := range []string{"", "water", `"a b" OR -c`, "((a) OR b", "isco:22 -held:21", "x:y", "e\u0301\u0323", "\u202e)(", "NOT NOT -(", "أو ( ", "language:-b2", "años:5", `skill:"`,
		strings.Repeat("(", 100), strings.Repeat("-", 100), strings.Repeat("a OR ", 100), "\xff\xfe", "👩🏽‍⚕️ -\"", "a\x00b"} {
		f.Add(seed)
	}
	known := someNames(f)
	f.Fuzz(func(t *testing.T, text string) {
		begun := time.Now()
		tree, err := parseQuery(text, known)
		if took := time.Since(begun); took > 2*time.Second {
			t.Errorf("%q takes %s", text, took)
		}
		if err != nil {
			fl := fault.Of(err)
			if fl.Kind != fault.Invalid || len(fl.Fields) != 1 || fl.Fields[0].At > utf8.RuneCountInString(text)+1 {
				t.Errorf("%q: %+v", text, fl)
			}
			return
		}
		var check func(n *node)
		length := len([]rune(text))
		check = func(n *node) {
			if n.kind == oneClause && (n.text == "" || n.from < 0 || n.to > length || n.from >= n.to) {
				t.Errorf("%q has a clause %+v", text, n.clause)
			}
			for _, kid := range n.kids {
				check(kid)
			}
		}
		if tree != nil {
			check(tree)
		}
	})
}

func TestSlipsAreCounted(t *testing.T) {
	for _, row := range []struct {
		a, b string
		want int
	}{
		{"irigation", "irrigation", 1}, {"irrigaiton", "irrigation", 1}, {"irgation", "irrigation", 2}, {"nruse", "nurse", 1}, {"irrigation", "irrigation", 0},
		{"nurse", "purse", 0}, {"cat", "cut", 0}, {"comptable", "confortable", 0}, {"ممرض", "ممرضة", 1}, {"hopital", "hôpital", 1},
	} {
		if got := slips(row.a, row.b, edits(row.a)); got != row.want {
			t.Errorf("%s and %s are %d apart, want %d", row.a, row.b, got, row.want)
		}
	}
	words := []string{"", "a", "ab", "ba", "abc", "acb", "bca", "abcd", "badc", "xyz", "abxcd"}
	for _, a := range words {
		for _, b := range words {
			if got, want := distance(a, b, 9), slowly([]rune(a), []rune(b)); got != want {
				t.Errorf("%q and %q are %d apart, want %d", a, b, got, want)
			}
			for limit := range 5 {
				if got, want := distance(a, b, limit+1), min(limit+1, slowly([]rune(a), []rune(b))); got != want {
					t.Errorf("%q and %q are %d apart up to %d, want %d", a, b, got, limit+1, want)
				}
			}
		}
	}
}

// slowly counts slips by their definition.
func slowly(a, b []rune) int {
	if len(a) == 0 || len(b) == 0 {
		return len(a) + len(b)
	}
	cost := 1
	if a[len(a)-1] == b[len(b)-1] {
		cost = 0
	}
	d := min(slowly(a[:len(a)-1], b[:len(b)-1])+cost, slowly(a[:len(a)-1], b)+1, slowly(a, b[:len(b)-1])+1)
	if len(a) > 1 && len(b) > 1 && a[len(a)-1] == b[len(b)-2] && a[len(a)-2] == b[len(b)-1] {
		d = min(d, slowly(a[:len(a)-2], b[:len(b)-2])+1)
	}
	return d
}

func TestEveryFieldSaysWhatItTakes(t *testing.T) {
	for name, f := range queryFields {
		if f.help == "" || f.read == nil || f.holders == nil && name != "skill" {
			t.Errorf("%s lacks something", name)
		}
	}
	for alias, name := range fieldAliases {
		if _, ok := queryFields[name]; !ok {
			t.Errorf("%s stands for %s, which is no field", alias, name)
		}
	}
	for _, chosen := range []Choices{{"colour": {"red"}}, {"years": {"5"}}, {"group": {"222"}}, {"month": {"june"}}, {"licence": {"perhaps"}}} {
		if chosen.check() == nil {
			t.Errorf("%v may be chosen", chosen)
		}
	}
}

func TestWordsAreKnownByTheirSoundInTheOtherScript(t *testing.T) {
	v, err := taxonomy.Load()
	if err != nil {
		t.Fatal(err)
	}
	l := (&wordbook{}).fresh(v)
	for word, group := range map[string]string{"mumarrid": "2221", "mumarridah": "2221", "qabila": "2222"} {
		if got := l.sounding(word); !slices.Contains(got.groups, group) {
			t.Errorf("%s (%s) sounds like %+v, want %s", word, soundOf(word), got, group)
		}
	}
	for word, skill := range map[string]string{"druppelirigatie": "agriculture.drip-irrigation", "vacination": "health.vaccination"} {
		if got := l.nearest(word); !slices.Contains(got.skills, skill) {
			t.Errorf("%s is spelled like %+v, want %s", word, got, skill)
		}
	}
	for _, word := range []string{"", "x", "aeiou", "🦩", "the", strings.Repeat("z", 100)} {
		if got := l.sounding(word); got.size() > 0 {
			t.Errorf("%q sounds like %+v", word, got)
		}
		if got := l.nearest(word); got.size() > 0 {
			t.Errorf("%q is spelled like %+v", word, got)
		}
	}
}
