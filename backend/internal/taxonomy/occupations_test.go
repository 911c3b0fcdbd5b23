// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"slices"
	"strings"
	"testing"
)

func TestTitlesComeApart(t *testing.T) {
	for title, want := range map[string]string{
		"midwife":                  "midwife",
		"Ingénieur agronome (H/F)": "Ingénieur agronome",
		"Pflegefachkraft (m/w/d)":  "Pflegefachkraft",
		"[M/W/X] Data engineer":    "Data engineer",
		"Nurse m/f":                "Nurse",
		"Entwickler/in":            "Entwickler",
		"Entwickler/-in":           "Entwickler",
		"Lehrer*in":                "Lehrer",
		"Lehrer:innen":             "Lehrer",
		"LehrerInnen":              "Lehrer",
		"infirmier·ère":            "infirmier",
		"infirmier(ère)":           "infirmier",
		"chargé(e) de projet":      "chargé de projet",
		"enfermeiro/a":             "enfermeiro",
		"directeur technique/directrice technique": "directeur technique|directrice technique",
		"médico/médica especialista":               "médico especialista|médica especialista",
		"software developer/analyst":               "software developer|software analyst",
		"مهندس / مهندسة":                           "مهندس|مهندسة",
		"Internist":                                "Internist",
		"a/b/c/d/e/f":                              "a|b|c|d",
		"/":                                        "",
	} {
		if got := strings.Join(variants(title), "|"); got != want {
			t.Errorf("%q comes apart into %q, want %q", title, got, want)
		}
	}
}

func TestGenderFormsTie(t *testing.T) {
	for language, pairs := range map[string]string{
		"fr": "directeur directrice, infirmier infirmière, chercheur chercheuse, technicien technicienne, professeur professeure, ouvrier ouvrière, infirmiers infirmières",
		"it": "direttore direttrice, infermiere infermiera, professore professoressa, dottore dottoressa, infermiere infermieri, studente studentessa",
		"es": "enfermero enfermera, director directora, ingeniero ingeniera, médico médicas, profesor profesores",
		"pt": "enfermeiro enfermeira, professor professora, engenheiro engenheiras, cirurgião cirurgiã",
		"de": "lehrer lehrerin, arzt ärztin, krankenpfleger krankenpflegerinnen, anwalt anwältin, ingenieur ingenieurin, hebamme hebammen",
		"nl": "directeur directrice, leraar lerares, verpleegkundige verpleegkundigen, docent docente",
		"en": "midwife midwives, nurse nurses, fireman firewoman",
		"ar": "مهندس مهندسة, طبيب طبيبة, معلم معلمة",
	} {
		for _, pair := range strings.Split(pairs, ", ") {
			one, other, _ := strings.Cut(pair, " ")
			if neutral(one, language) != neutral(other, language) {
				t.Errorf("%s: %s is %q and %s is %q", language, one, neutral(one, language), other, neutral(other, language))
			}
		}
	}
	if neutral("medizin", "de") == neutral("mediz", "de") {
		t.Error("Medizin is no feminine form")
	}
}

func TestFreeTitlesLeadToOccupations(t *testing.T) {
	tax := load(t)
	for _, row := range []struct{ title, language, want string }{
		{"midwife", "en", "2222"}, {"Senior Midwife at AMC Amsterdam", "en", "2222"}, {"Registered nurses", "en", "2221"},
		{"Infirmière (H/F)", "fr", "2221"}, {"infirmier·ère", "fr", "2221"}, {"Sage-femme, CHU de Bordeaux", "fr", "2222"},
		{"Agronoma", "it", "2132"}, {"infermiera", "it", "2221"}, {"enfermeiro/a", "pt", "2221"}, {"Enfermera (m/f)", "es", "2221"},
		{"Krankenschwester", "de", "2221"}, {"Software-Entwickler/in (m/w/d)", "de", "2512"}, {"Ärztin", "de", "2211"},
		{"verpleegkundige", "nl", "2221"}, {"مهندسة مدنية", "ar", "2142"},
		{"agronomo specializzato in irrigazione", "it", "2132"}, {"Infirmier en néonatologie", "fr", "2221"},
		{"Bauingenieurin", "de", "2142"}, {"Software Entwicklerin", "de", "2512"}, {"lecturer", "en", "2310"}, {"expert-comptable", "fr", "2411"},
		{"midwife", "fr", "2222"}, {"infermiera", "", "2221"}, // in another language than the form's
	} {
		got := tax.LinkOccupation(row.title, row.language)
		if len(got) == 0 || got[0].ID != row.want {
			t.Errorf("%q (%s) leads to %v, want %s first", row.title, row.language, got, row.want)
		}
	}
	for _, nothing := range []string{"", " ", "xyzzy", "(m/f/d)", strings.Repeat("nurse ", 200)} {
		if got := tax.LinkOccupation(nothing, "en"); got != nil {
			t.Errorf("%.20q leads to %v", nothing, got)
		}
	}
}

func TestMasculineAndFeminineTitlesLeadToTheSame(t *testing.T) {
	tax := load(t)
	groups := func(title, language string) string {
		var codes []string
		for _, s := range tax.LinkOccupation(title, language) {
			codes = append(codes, s.ID)
		}
		return strings.Join(codes, " ")
	}
	for language, pairs := range map[string]string{
		"fr": "directeur d'école|directrice d'école, infirmier|infirmière, technicien de laboratoire|technicienne de laboratoire",
		"it": "infermiere|infermiera, professore universitario|professoressa universitaria",
		"es": "ingeniero civil|ingeniera civil, enfermero|enfermeras",
		"de": "Lehrer|Lehrerin, Arzt|Ärztin, Krankenpfleger|Krankenpflegerinnen",
		"pt": "professor|professora, engenheiro agrónomo|engenheira agrónoma",
	} {
		for _, pair := range strings.Split(pairs, ", ") {
			one, other, _ := strings.Cut(pair, "|")
			if groups(one, language) != groups(other, language) || groups(one, language) == "" {
				t.Errorf("%s leads to %q, %s to %q", one, groups(one, language), other, groups(other, language))
			}
		}
	}
}

func TestTypingAFormThatNoTitleBeginsWithStillFinds(t *testing.T) {
	tax := load(t)
	for typed, language := range map[string]string{"infirmières": "fr", "infermiere/a": "it", "Krankenpflegerinnen": "de", "nurses": "en"} {
		got := tax.SuggestOccupations(typed, language, 8)
		if !slices.ContainsFunc(got, func(s Suggestion) bool { return s.ID == "2221" }) {
			t.Errorf("%q suggests %v", typed, got)
		}
	}
}
