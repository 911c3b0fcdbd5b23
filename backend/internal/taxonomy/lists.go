// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// CEFR are the levels of the Common European Framework of Reference; the index
// in this list is the number that is stored.
var CEFR = []string{"", "A1", "A2", "B1", "B2", "C1", "C2"}

// offered are the languages that forms offer: those of the residence and origin
// countries of such programmes. Any ISO 639 code is accepted.
var offered = strings.Fields("aa ak am ar bem ber bg bm bn cs da de dyu ee el en es et ewo fa ff fi fr ga gaa ha he hi hr ht hu " +
	"id ig is it ja ki kab kg km kn ko kr ku kg ln lg lo lt lua luo lv mg mk ml mn mr ms mt my nd ne nl no ny om pa pl ps pt " +
	"qu rn ro ru rw sg si sk sl sn so sq sr ss st su sv sw ta te tg th ti tl tn tr ts tw uk ur uz ve vi wo xh yo zh zu")

// Named is a code with its name in the reader's language.
type Named struct{ Code, Name string }

// ISCO tells whether the code is a unit group of ISCO-08.
func (t *Taxonomy) ISCO(code string) bool {
	_, ok := t.Group(code)
	return ok && len(code) == 4
}

// Skill tells whether the identifier names a skill. A heading of skills is none.
func (t *Taxonomy) Skill(id string) bool {
	s, ok := t.Find(id)
	return ok && s.Sector != escoGroup
}

// Country tells whether the code is a country of ISO 3166-1 alpha-2.
func (t *Taxonomy) Country(code string) bool { return isCountry(code) }

// reserved are codes that ISO 3166-1 keeps for uses other than countries, though
// lists of regions know them (ISO 3166-1, exceptional reservations).
var reserved = set("AC CP DG EA EU EZ IC SU TA UK UN")

func isCountry(code string) bool {
	if len(code) != 2 || code != strings.ToUpper(code) || reserved[code] {
		return false
	}
	region, err := language.ParseRegion(code)
	return err == nil && region.IsCountry() && region.String() == code && region.Canonicalize() == region
}

// Language tells whether the code is a language of ISO 639, in its shortest form.
func (t *Taxonomy) Language(code string) bool {
	if len(code) < 2 || len(code) > 3 || code != strings.ToLower(code) {
		return false
	}
	base, err := language.ParseBase(code)
	return err == nil && base.String() == code && code != "und"
}

// EducationField tells whether the code is a field of ISCED-F 2013.
func (t *Taxonomy) EducationField(code string) bool {
	return slices.ContainsFunc(t.now.Load().fields, func(c Code) bool { return c.Code == code })
}

// Sector tells whether the word is one of Sectors.
func (t *Taxonomy) Sector(code string) bool { return slices.Contains(Sectors, code) }

// namer names things in the reader's language, or in English where no names are
// known in it. Portuguese is that of Europe and Africa; "pt" alone is Brazil's.
func namer(in func(language.Tag) display.Namer, reader string) display.Namer {
	if reader == "pt" {
		reader = "pt-PT"
	}
	if names := in(language.Make(reader)); names != nil {
		return names
	}
	return in(language.English)
}

// Countries returns every country with its name, in the order of the names.
func (t *Taxonomy) Countries(reader string) []Named {
	names := namer(display.Regions, reader)
	var out []Named
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			if !isCountry(code) {
				continue
			}
			if name := names.Name(language.MustParseRegion(code)); name != "" {
				out = append(out, Named{code, name})
			}
		}
	}
	return byName(out)
}

// Languages returns the languages that forms offer with their names.
func (t *Taxonomy) Languages(reader string) []Named {
	names, english := namer(display.Languages, reader), display.Languages(language.English)
	var out []Named
	for _, code := range slices.Compact(slices.Sorted(slices.Values(offered))) {
		tag := language.Make(code)
		name := names.Name(tag)
		if name == "" {
			name = english.Name(tag)
		}
		if name != "" {
			out = append(out, Named{code, name})
		}
	}
	return byName(out)
}

// LanguageName returns what a language is called in the reader's language, in
// English where no name is known, or the code.
func (t *Taxonomy) LanguageName(code, reader string) string {
	tag, err := language.Parse(code)
	if err != nil {
		return code
	}
	return cmp.Or(namer(display.Languages, reader).Name(tag), display.Languages(language.English).Name(tag), code)
}

// FieldName returns what a field of ISCED-F 2013 is called, or the code.
func (t *Taxonomy) FieldName(code, reader string) string {
	for _, c := range t.now.Load().fields {
		if c.Code == code {
			return c.Labels.In(reader)
		}
	}
	return code
}

// EducationLevels returns the levels of ISCED 2011.
func (t *Taxonomy) EducationLevels(reader string) []Named { return named(t.now.Load().levels, reader) }

// EducationFields returns the fields of ISCED-F 2013.
func (t *Taxonomy) EducationFields(reader string) []Named { return named(t.now.Load().fields, reader) }

func named(codes []Code, reader string) []Named {
	var out []Named
	for _, c := range codes {
		out = append(out, Named{c.Code, c.Labels.In(reader)})
	}
	return out
}

// sectorNames are the names of Sectors.
var sectorNames = map[string]Labels{
	"health": {"en": {"Health"}, "fr": {"Santé"}, "es": {"Salud"}, "pt": {"Saúde"}, "it": {"Sanità"},
		"de": {"Gesundheit"}, "nl": {"Gezondheidszorg"}, "ar": {"الصحة"}},
	"education": {"en": {"Education"}, "fr": {"Éducation"}, "es": {"Educación"}, "pt": {"Educação"}, "it": {"Istruzione"},
		"de": {"Bildung"}, "nl": {"Onderwijs"}, "ar": {"التعليم"}},
	"agriculture": {"en": {"Agriculture and water"}, "fr": {"Agriculture et eau"}, "es": {"Agricultura y agua"},
		"pt": {"Agricultura e água"}, "it": {"Agricoltura e acqua"}, "de": {"Landwirtschaft und Wasser"},
		"nl": {"Landbouw en water"}, "ar": {"الزراعة والمياه"}},
	"engineering": {"en": {"Engineering and energy"}, "fr": {"Ingénierie et énergie"}, "es": {"Ingeniería y energía"},
		"pt": {"Engenharia e energia"}, "it": {"Ingegneria ed energia"}, "de": {"Technik und Energie"},
		"nl": {"Techniek en energie"}, "ar": {"الهندسة والطاقة"}},
	"ict": {"en": {"Information technology"}, "fr": {"Informatique"}, "es": {"Informática"}, "pt": {"Informática"},
		"it": {"Informatica"}, "de": {"Informationstechnik"}, "nl": {"Informatietechnologie"}, "ar": {"تكنولوجيا المعلومات"}},
	"finance": {"en": {"Finance and enterprise"}, "fr": {"Finances et entreprise"}, "es": {"Finanzas y empresa"},
		"pt": {"Finanças e empresas"}, "it": {"Finanza e impresa"}, "de": {"Finanzen und Unternehmen"},
		"nl": {"Financiën en ondernemerschap"}, "ar": {"المالية والأعمال"}},
	"administration": {"en": {"Public administration and justice"}, "fr": {"Administration publique et justice"},
		"es": {"Administración pública y justicia"}, "pt": {"Administração pública e justiça"},
		"it": {"Pubblica amministrazione e giustizia"}, "de": {"Verwaltung und Justiz"},
		"nl": {"Openbaar bestuur en justitie"}, "ar": {"الإدارة العامة والعدالة"}},
	"environment": {"en": {"Environment"}, "fr": {"Environnement"}, "es": {"Medio ambiente"}, "pt": {"Ambiente"},
		"it": {"Ambiente"}, "de": {"Umwelt"}, "nl": {"Milieu"}, "ar": {"البيئة"}},
}

// SectorNames returns Sectors with their names.
func (t *Taxonomy) SectorNames(reader string) []Named {
	var out []Named
	for _, code := range Sectors {
		out = append(out, Named{code, sectorNames[code].In(reader)})
	}
	return out
}

// byName sorts for reading: by the folded name.
func byName(list []Named) []Named {
	slices.SortFunc(list, func(a, b Named) int { return strings.Compare(Fold(a.Name), Fold(b.Name)) })
	return list
}
