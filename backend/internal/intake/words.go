// SPDX-License-Identifier: AGPL-3.0-or-later

package intake

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"

	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/sheets"
	"sankofa/backend/internal/taxonomy"
)

// Vocabulary knows what the words in cells mean.
type Vocabulary interface {
	registry.Codes
	CountryNamed(words string) (code string, ok bool)
	CountryLike(words string) (code string)
	LanguageNamed(words string) (code string, ok bool)
	Occupation(title, language string) (Link, bool)
	SkillNamed(words, language string) (Link, bool)
	StudyField(words, language string) (Link, bool)
	Speaks(texts []string) (language string)
}

// Link is a concept that words were taken for.
type Link struct {
	Concept string // an ISCO-08 unit group, a skill, a field of ISCED-F
	Label   string // what the concept is called
	Sure    int    // in thousandths
}

// Words is the product's vocabulary with the names of countries and languages in
// the languages that spreadsheets come in.
type Words struct {
	*taxonomy.Taxonomy
	once      sync.Once
	countries map[string]string // folded name -> code; empty: it could be several
	languages map[string]string
	links     memory
}

// memory keeps what titles and phrases were linked to: in a list of people the
// same come up again and again.
type memory struct {
	mu    sync.Mutex
	known map[string]Link
}

// remembered is how many links are kept.
const remembered = 20_000

func (m *memory) link(key string, find func() Link) (Link, bool) {
	m.mu.Lock()
	found, ok := m.known[key]
	m.mu.Unlock()
	if !ok {
		found = find()
		m.mu.Lock()
		if m.known == nil || len(m.known) >= remembered {
			m.known = map[string]Link{}
		}
		m.known[key] = found
		m.mu.Unlock()
	}
	return found, found.Concept != ""
}

//go:embed demonyms.tsv
var demonyms string

func (w *Words) prepare() {
	w.countries, w.languages = map[string]string{}, map[string]string{}
	for _, reader := range append([]string{"de", "nl"}, HeadingLanguages...) {
		for _, c := range w.Countries(reader) {
			name(w.countries, c.Name, c.Code)
		}
		for _, l := range w.Taxonomy.Languages(reader) {
			name(w.languages, l.Name, l.Code)
		}
	}
	for _, l := range w.Taxonomy.Languages("en") {
		name(w.languages, w.LanguageName(l.Code, l.Code), l.Code) // as it calls itself
	}
	for words, code := range map[string]string{"mandarin": "zh", "farsi": "fa", "tagalog": "tl", "kiswahili": "sw", "castellano": "es", "castillan": "es", "creole haitien": "ht",
		"flamand": "nl", "flemish": "nl", "peul": "ff", "pular": "ff", "fula": "ff", "fulani": "ff", "pulaar": "ff", "twi": "tw", "ewe": "ee", "moore": "mos", "dioula": "dyu"} {
		name(w.languages, words, code)
	}
	for _, line := range strings.Split(strings.TrimSpace(demonyms), "\n") {
		code, words, _ := strings.Cut(line, "\t")
		for _, one := range strings.Fields(words) {
			name(w.countries, strings.ReplaceAll(one, "_", " "), code)
		}
	}
	w.countries["congo"] = "" // nobody can tell which of the two
}

// name notes what a name means; nothing where it means two things.
func name(into map[string]string, words, code string) {
	key := plainHeading(words)
	if key == "" {
		return
	}
	if before, taken := into[key]; taken && before != code {
		code = ""
	}
	into[key] = code
}

// CountryNamed finds a country by its name in any of our languages, by what its
// people are called, or by its code of ISO 3166-1.
func (w *Words) CountryNamed(words string) (string, bool) {
	w.once.Do(w.prepare)
	words = strings.TrimSpace(words)
	if len(words) == 2 || len(words) == 3 {
		if upper := strings.ToUpper(words); upper == words || len(words) == 2 {
			if region, err := language.ParseRegion(upper); err == nil && w.Country(region.String()) {
				return region.String(), true
			}
		}
	}
	code := w.countries[plainHeading(words)]
	return code, code != ""
}

// CountryLike returns the country whose name differs from the words by a slip or
// two, if there is one.
func (w *Words) CountryLike(words string) string {
	w.once.Do(w.prepare)
	key, best, least := plainHeading(words), "", 3
	if len(key) < 4 || len(key) > 60 {
		return ""
	}
	for name, code := range w.countries {
		if n := len(name) - len(key); code == "" || n > 2 || n < -2 {
			continue
		}
		if d := distance(name, key); d < least || d == least && best != "" && code < best {
			best, least = code, d
		}
	}
	return best
}

// distance counts the letters to insert, delete or replace (Levenshtein, 1966).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before := make([]int, len(y)+1)
	for j := range before {
		before[j] = j
	}
	for i, letter := range x {
		now := make([]int, len(y)+1)
		now[0] = i + 1
		for j := range y {
			now[j+1] = min(before[j+1]+1, now[j]+1, before[j]+1-oneIf(letter == y[j]))
		}
		before = now
	}
	return before[len(y)]
}

func oneIf(ok bool) int {
	if ok {
		return 1
	}
	return 0
}

// LanguageNamed finds a language by its name or its code of ISO 639.
func (w *Words) LanguageNamed(words string) (string, bool) {
	w.once.Do(w.prepare)
	key := plainHeading(words)
	if code := w.languages[key]; code != "" {
		return code, true
	}
	if (len(key) == 2 || len(key) == 3) && w.Language(key) && slices.ContainsFunc(w.Taxonomy.Languages("en"), func(n taxonomy.Named) bool { return n.Code == key }) {
		return key, true
	}
	return "", false
}

// Occupation finds the unit group that a title means.
func (w *Words) Occupation(title, speaks string) (Link, bool) {
	return w.links.link("o\x00"+speaks+"\x00"+title, func() Link {
		if w.ISCO(title) {
			return Link{title, w.Title(title, speaks), 1000}
		}
		return best(w.LinkOccupation(title, speaks))
	})
}

// SkillNamed finds the skill that a phrase means.
func (w *Words) SkillNamed(words, speaks string) (Link, bool) {
	return w.links.link("s\x00"+speaks+"\x00"+words, func() Link {
		if id, ok := w.LinkSkill(words, speaks); ok {
			return Link{id, w.Label(id, speaks), 1000}
		}
		return best(w.LinkSkills(words, speaks))
	})
}

// StudyField finds the field of ISCED-F that a subject means.
func (w *Words) StudyField(words, speaks string) (Link, bool) {
	return w.links.link("f\x00"+speaks+"\x00"+words, func() Link { return best(w.LinkFields(words, speaks)) })
}

// Speaks guesses the language of texts.
func (w *Words) Speaks(texts []string) string { return w.GuessLanguage(texts) }

// leastSure is how sure the linker must be for its first concept to be taken.
const leastSure = 300

func best(found []taxonomy.Suggestion) Link {
	if len(found) == 0 || found[0].Weight < leastSure {
		return Link{}
	}
	return Link{found[0].ID, found[0].Label, found[0].Weight}
}

// dictionary says what each of a few words means, by the plain form of the word.
type dictionary map[string]string

// defined makes a dictionary of the words for each value.
func defined(known map[string][]string) dictionary {
	d := dictionary{}
	for value, list := range known {
		for _, one := range list {
			d[plainHeading(one)] = value
		}
	}
	return d
}

// choice is what one of a few words means.
func choice(words string, known dictionary) (string, bool) {
	if len(words) > 80 {
		return "", false
	}
	value, ok := known[plainHeading(words)]
	return value, ok
}

var sexes = defined(map[string][]string{
	"female": {"f", "w", "female", "woman", "mrs", "ms", "miss", "femme", "féminin", "mme", "madame", "mlle", "feminino", "mulher", "femenino", "mujer", "femminile", "donna", "أنثى", "انثى", "امرأة", "femelle", "ž", "sra", "vrouw", "v"},
	"male":   {"m", "h", "male", "man", "mr", "homme", "masculin", "monsieur", "masculino", "homem", "hombre", "maschile", "uomo", "maschio", "ذكر", "رجل", "sr", "mâle"},
	"other":  {"other", "x", "autre", "outro", "otro", "altro", "آخر", "non-binary", "non binaire", "divers"},
})

func sexOf(words string) (string, bool) { return choice(words, sexes) }

var links = defined(map[string][]string{
	"born":        {"born", "born there", "né", "née", "né(e)", "nascido", "nascida", "nacido", "nacida", "nato", "nata", "مولود", "مولودة", "naissance", "birth"},
	"citizen":     {"citizen", "citizenship", "national", "nationality", "citoyen", "citoyenne", "nationalité", "cidadão", "cidadã", "ciudadano", "ciudadana", "cittadino", "cittadina", "مواطن", "مواطنة"},
	"parent":      {"parent", "parents", "father", "mother", "père", "mère", "pai", "mãe", "padre", "madre", "genitore", "genitori", "والد", "والدة", "أب", "أم"},
	"grandparent": {"grandparent", "grandparents", "grand-parent", "grands-parents", "avô", "avó", "avós", "abuelo", "abuela", "abuelos", "nonno", "nonna", "nonni", "جد", "جدة"},
	"spouse":      {"spouse", "husband", "wife", "married", "conjoint", "conjointe", "époux", "épouse", "cônjuge", "marido", "esposa", "cónyuge", "coniuge", "marito", "moglie", "زوج", "زوجة"},
})

var statuses = defined(map[string][]string{
	"citizen":   {"citizen", "national", "citoyen", "citoyenne", "cidadão", "ciudadano", "cittadino", "cittadina", "مواطن", "naturalised", "naturalisé", "naturalisée"},
	"permanent": {"permanent", "permanent resident", "permanent residence", "résident permanent", "carte de résident", "residente permanente", "lungo periodo", "إقامة دائمة", "long-term", "settled", "ilr", "indefinite"},
	"temporary": {"temporary", "temporary permit", "temporary resident", "temporaire", "titre de séjour", "temporário", "temporal", "temporaneo", "إقامة مؤقتة", "visa", "student", "étudiant", "work permit"},
	"refugee":   {"refugee", "réfugié", "réfugiée", "refugiado", "refugiada", "rifugiato", "rifugiata", "لاجئ", "لاجئة", "asylum", "protected"},
	"other":     {"other", "autre", "outro", "otro", "altro", "آخر"},
})

// modes are the ways of working: onsite, virtual, hybrid.
var modes = defined(map[string][]string{
	"onsite":  {"onsite", "on site", "on-site", "in person", "sur place", "présentiel", "en présentiel", "presencial", "in loco", "in presenza", "in sede", "حضوري", "حضوريا", "sul posto"},
	"virtual": {"virtual", "remote", "online", "à distance", "distanciel", "en ligne", "télétravail", "virtuel", "à distância", "remoto", "a distancia", "a distanza", "عن بعد", "virtuale", "em linha", "en línea"},
	"hybrid":  {"hybrid", "hybride", "híbrido", "hibrido", "ibrido", "mixte", "mixed", "misto", "mixto", "هجين", "مختلط"},
	"both":    {"both", "any", "all", "les deux", "ambos", "entrambi", "either", "tous", "indifférent", "كلاهما"},
})

// degrees are what people write of their education, by ISCED 2011 level.
var degrees = defined(map[string][]string{
	"8": {"phd", "ph d", "doctorate", "doctor", "doctorat", "dphil", "doutoramento", "doutorado", "doctorado", "dottorato", "دكتوراه", "bac 8", "bac+8", "md phd"},
	"7": {"master", "masters", "master s", "master's degree", "msc", "m sc", "ma", "mba", "m eng", "mphil", "maîtrise", "mestrado", "mestre", "máster", "maestría", "laurea magistrale", "magistrale", "laurea specialistica", "ماجستير", "bac 5", "bac+5", "dea", "dess", "ingénieur", "diplôme d'ingénieur", "llm", "postgraduate", "pós-graduação", "posgrado", "md", "medicine", "m1", "m2", "bac+4"},
	"6": {"bachelor", "bachelors", "bachelor s", "bachelor's degree", "bsc", "b sc", "ba", "beng", "b eng", "licence", "licenciatura", "licenciado", "licenciada", "grado", "laurea", "laurea triennale", "triennale", "بكالوريوس", "ليسانس", "إجازة", "bac 3", "bac+3", "undergraduate degree", "degree", "llb", "hbo", "university", "universitaire", "université", "bacharelato", "diplomado", "جامعي"},
	"5": {"bts", "dut", "hnd", "associate", "associate degree", "bac 2", "bac+2", "deug", "higher national diploma", "foundation degree", "diploma superior", "técnico superior", "tecnico superior", "دبلوم", "دبلوم عالي", "higher diploma", "diploma", "ctesp", "fp grado superior", "its"},
	"4": {"post-secondary", "certificate", "certificat", "cet", "ifts"},
	"3": {"secondary", "high school", "secondary school", "baccalauréat", "bac", "lycée", "a level", "a levels", "wassce", "ensino secundário", "secundário", "bachillerato", "diploma di maturità", "maturità", "ثانوي", "ثانوية", "ثانوية عامة", "بكالوريا", "vocational", "cap", "bep", "diploma superiore", "12 ano", "diploma di scuola superiore"},
	"2": {"lower secondary", "middle school", "collège", "brevet", "ensino básico", "9 ano", "eso", "licenza media", "متوسط", "إعدادي", "bepc", "terza media"},
	"1": {"primary", "primary school", "primaire", "primário", "primaria", "licenza elementare", "ابتدائي", "école primaire"},
	"0": {"none", "aucun", "nenhum", "ninguno", "nessuno", "لا يوجد"},
})

// degreeOf finds the level of an education: by the whole of the words, or by the
// longest degree that stands within them.
func degreeOf(words string) (string, bool) {
	if n := strings.TrimSpace(words); len(n) == 1 && n >= "0" && n <= "8" {
		return n, true
	}
	if level, ok := choice(words, degrees); ok {
		return level, true
	}
	text, found, longest := " "+plainHeading(words)+" ", "", 3
	for key, level := range degrees {
		within := len(key) >= longest && strings.Contains(text, " "+key+" ")
		if within && (len(key) > longest || level > found) {
			found, longest = level, len(key)
		}
	}
	return found, found != ""
}

// fluency are words for how well somebody speaks, by level; 7 is a mother tongue.
var fluency = defined(map[string][]string{
	"7": {"native", "mother tongue", "first language", "native speaker", "maternelle", "langue maternelle", "materna", "língua materna", "lengua materna", "madrelingua", "nativo", "nativa", "اللغة الأم", "لغة أم", "الأم", "natif", "native language"},
	"6": {"c2", "bilingual", "bilingue", "mastery", "proficient", "ثنائي اللغة", "bilingüe"},
	"5": {"c1", "fluent", "courant", "couramment", "fluente", "fluido", "advanced", "avancé", "avançado", "avanzado", "avanzato", "excellent", "très bien", "very good", "muito bom", "muy bueno", "ottimo", "ممتاز", "بطلاقة", "طليق", "متقدم", "excelente", "fluentemente", "eccellente"},
	"4": {"b2", "good", "bien", "bon", "bom", "boa", "bueno", "buono", "buona", "upper intermediate", "جيد", "bonne"},
	"3": {"b1", "intermediate", "intermédiaire", "intermédio", "intermedio", "medium", "moyen", "médio", "medio", "متوسط", "fair", "assez bien"},
	"2": {"a2", "basic", "elementary", "notions", "débutant", "básico", "base", "scolastico", "elementare", "مبتدئ", "أساسي", "basique", "some", "un peu", "elementar", "limited"},
	"1": {"a1", "beginner", "principiante", "iniciante"},
})

// levelOf reads how well somebody speaks a language: 1 to 6 for A1 to C2, 7 for a
// mother tongue.
func levelOf(words string) (int, bool) {
	level, ok := choice(words, fluency)
	if !ok {
		return 0, false
	}
	return int(level[0] - '0'), true
}

// parts cuts a cell that lists several things.
func parts(cell string) []string {
	cut := func(r rune) bool { return strings.ContainsRune(",;\n|•·/،؛\t", r) }
	var out []string
	for _, part := range strings.FieldsFunc(cell, cut) {
		if part = strings.Trim(strings.TrimSpace(part), "-–*. "); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// conjunctions join the last of a list to the others.
var conjunctions = []string{" et ", " and ", " e ", " y ", " & ", " + ", " und "}

// listed are the parts of a cell; "and" cuts as well, where that makes sense of
// all parts.
func listed(cell string, sense func(string) bool) []string {
	var out []string
	for _, part := range parts(cell) {
		if sense(part) {
			out = append(out, part)
			continue
		}
		cut := []string{part}
		for _, word := range conjunctions {
			if halves := strings.Split(" "+part+" ", word); len(halves) > 1 {
				cut = nil
				for _, half := range halves {
					cut = append(cut, strings.TrimSpace(half))
				}
				break
			}
		}
		out = append(out, cut...)
	}
	return out
}

// yearsOf reads a number of years: "12", "12 ans", "5-10", "more than 10", "7,5".
func yearsOf(words, decimal string) (int, bool) {
	words = strings.TrimSpace(sheets.Latin(words))
	if n, ok := sheets.ParseNumber(words, decimal); ok {
		return int(n), n >= 0 && n < 1000
	}
	digits := ""
	for _, r := range words {
		if r >= '0' && r <= '9' {
			digits += string(r)
		} else if digits != "" {
			break
		}
	}
	if digits == "" || len(digits) > 2 {
		return 0, false
	}
	n := 0
	for _, r := range digits {
		n = 10*n + int(r-'0')
	}
	return n, true
}
