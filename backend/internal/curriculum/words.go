// SPDX-License-Identifier: AGPL-3.0-or-later

package curriculum

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// part is a section of a CV.
type part string

const (
	top        part = "" // before the first heading
	summary    part = "summary"
	experience part = "experience"
	education  part = "education"
	skills     part = "skills"
	languages  part = "languages"
	licences   part = "licences"
	other      part = "other" // interests, referees, publications: not for a profile
)

// headings are how CVs call their sections, in the languages that we read,
// folded. The words were collected from the Europass templates and from the
// usual advice on writing CVs in each language.
var headings = map[string]map[part]string{
	"en": {
		summary:    "profile|summary|professional summary|personal statement|about me|about|objective|career objective|personal profile|executive summary",
		experience: "experience|work experience|professional experience|employment|employment history|work history|career history|career|positions held|professional background|relevant experience",
		education:  "education|education and training|academic background|qualifications|academic qualifications|studies|training|education and qualifications",
		skills:     "skills|key skills|technical skills|core skills|competences|competencies|core competencies|areas of expertise|expertise|personal skills|professional skills|digital skills|job-related skills|it skills|computer skills",
		languages:  "languages|language skills|language|foreign languages|languages spoken",
		licences:   "licences|licenses|licence|registration|registrations|professional registration|certifications|certificates|licences and certifications|licenses and certifications|professional memberships|licensure",
		other:      "interests|hobbies|hobbies and interests|references|referees|publications|personal information|personal details|contact|contact details|additional information|declaration|volunteering|awards|honours and awards|projects",
	},
	"fr": {
		summary:    "profil|a propos|a propos de moi|resume|objectif|objectif professionnel|presentation|profil professionnel",
		experience: "experience|experiences|experience professionnelle|experiences professionnelles|parcours professionnel|emplois|carriere",
		education:  "formation|formations|education|education et formation|etudes|diplomes|parcours academique|formation academique|scolarite|diplomes et formations",
		skills:     "competences|competences cles|competences techniques|savoir-faire|competences informatiques|domaines de competence|aptitudes|competences professionnelles|informatique",
		languages:  "langues|competences linguistiques|langues parlees|langues etrangeres",
		licences:   "inscription a l'ordre|inscriptions|agrements|certifications|certificats|permis d'exercer|ordre professionnel|autorisations d'exercice",
		other:      "centres d'interet|loisirs|references|publications|informations personnelles|coordonnees|etat civil|divers|interets|contact|distinctions|benevolat",
	},
	"pt": {
		summary:    "perfil|resumo|sobre mim|objetivo|objectivo|resumo profissional|perfil profissional",
		experience: "experiencia|experiencia profissional|percurso profissional|historico profissional|experiencias profissionais|emprego",
		education:  "educacao|formacao|formacao academica|educacao e formacao|habilitacoes|habilitacoes literarias|estudos|escolaridade|habilitacoes academicas",
		skills:     "competencias|competencias tecnicas|aptidoes|competencias pessoais|habilidades|competencias informaticas|competencias digitais|conhecimentos",
		languages:  "linguas|idiomas|competencias linguisticas|linguas estrangeiras",
		licences:   "licencas|registos profissionais|inscricao na ordem|certificacoes|certificados|cedula profissional|ordem profissional",
		other:      "interesses|referencias|publicacoes|informacao pessoal|dados pessoais|contactos|passatempos|informacoes pessoais",
	},
	"es": {
		summary:    "perfil|resumen|sobre mi|objetivo|perfil profesional|resumen profesional",
		experience: "experiencia|experiencia laboral|experiencia profesional|trayectoria profesional|historial laboral",
		education:  "educacion|formacion|formacion academica|estudios|educacion y formacion|titulacion|titulos academicos",
		skills:     "competencias|habilidades|aptitudes|competencias tecnicas|habilidades tecnicas|conocimientos|competencias digitales|informatica",
		languages:  "idiomas|lenguas|competencias linguisticas",
		licences:   "licencias|colegiacion|registros profesionales|certificaciones|certificados|colegio profesional",
		other:      "intereses|aficiones|referencias|publicaciones|informacion personal|datos personales|contacto|otros datos",
	},
	"it": {
		summary:    "profilo|profilo professionale|chi sono|obiettivo|sintesi|profilo personale|obiettivo professionale",
		experience: "esperienza|esperienze|esperienza lavorativa|esperienza professionale|esperienze professionali|esperienze lavorative",
		education:  "istruzione|istruzione e formazione|formazione|titoli di studio|studi|formazione accademica",
		skills:     "competenze|capacita|competenze tecniche|competenze personali|abilita|competenze digitali|capacita e competenze|competenze professionali",
		languages:  "lingue|competenze linguistiche|lingue straniere|conoscenze linguistiche",
		licences:   "abilitazioni|iscrizione all'albo|albo professionale|certificazioni|certificati|abilitazione professionale",
		other:      "interessi|hobby|referenze|pubblicazioni|informazioni personali|dati personali|contatti|dati anagrafici",
	},
	"de": {
		summary:    "profil|kurzprofil|uber mich|zusammenfassung|zielsetzung",
		experience: "berufserfahrung|beruflicher werdegang|werdegang|berufliche erfahrung|berufspraxis|berufliche tatigkeiten|praxiserfahrung",
		education:  "ausbildung|bildungsweg|schulbildung|studium|bildung|schul- und berufsbildung|ausbildung und studium|akademische ausbildung|hochschulausbildung",
		skills:     "kenntnisse|fahigkeiten|kompetenzen|edv-kenntnisse|fachkenntnisse|kenntnisse und fahigkeiten|personliche fahigkeiten|besondere kenntnisse",
		languages:  "sprachen|sprachkenntnisse|fremdsprachen|sprachliche kompetenzen",
		licences:   "approbation|zulassungen|zertifikate|berufszulassung|lizenzen|zertifizierungen|berufserlaubnis",
		other:      "interessen|hobbys|referenzen|veroffentlichungen|publikationen|personliche daten|angaben zur person|kontakt|ehrenamt",
	},
	"ar": {
		summary:    "نبذة|نبذة شخصية|الملخص|ملخص|الهدف الوظيفي|نبذة عني|الملف الشخصي",
		experience: "الخبرات|الخبرة|الخبرة العملية|الخبرات العملية|الخبرة المهنية|الخبرات المهنية|الخبرات الوظيفية|المسيرة المهنية",
		education:  "التعليم|المؤهلات العلمية|المؤهلات|الدراسة|المؤهل العلمي|التعليم والتدريب|المؤهلات الاكاديمية",
		skills:     "المهارات|المهارات التقنية|الكفاءات|القدرات|المهارات الشخصية|المهارات المهنية",
		languages:  "اللغات|المهارات اللغوية|اللغة",
		licences:   "التراخيص|الشهادات المهنية|الترخيص المهني|تراخيص مهنية|الشهادات|القيد بالنقابة",
		other:      "الاهتمامات|الهوايات|المراجع|المعرفون|المنشورات|البيانات الشخصية|المعلومات الشخصية|معلومات الاتصال|بيانات التواصل",
	},
}

// heading is what a folded line means as a heading, and in which languages.
type heading struct {
	part      part
	languages []string
}

// byHeading finds headings by their folded words. Where two languages mean
// different sections by one word, the one that comes first in order wins: none
// of the words above is such a word but "formacion" and its like, which agree.
var byHeading = func() map[string]heading {
	all := map[string]heading{}
	for _, language := range Languages {
		for part, words := range headings[language] {
			for word := range strings.SplitSeq(words, "|") {
				key := fold(word)
				known := all[key]
				if known.part == "" {
					known.part = part
				}
				known.languages = append(known.languages, language)
				all[key] = known
			}
		}
	}
	return all
}()

// Languages are those whose headings are known.
var Languages = []string{"en", "fr", "pt", "es", "it", "ar", "de"}

// fold spells text for comparing: lower case, no accents, no vowel signs, one
// form of each Arabic letter, straight apostrophes.
func fold(text string) string {
	bare := transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	folded, _, err := transform.String(bare, strings.ToLower(text))
	if err != nil {
		folded = strings.ToLower(text)
	}
	return arabic.Replace(folded)
}

// arabic brings the letters that writers exchange to one form, and takes the
// stretching out ("الخبــرة").
var arabic = strings.NewReplacer("أ", "ا", "إ", "ا", "آ", "ا", "ى", "ي", "ة", "ه", "ـ", "", "’", "'", "‘", "'", "ß", "ss",
	"٠", "0", "١", "1", "٢", "2", "٣", "3", "٤", "4", "٥", "5", "٦", "6", "٧", "7", "٨", "8", "٩", "9")

// numbered is the number before a heading: "2. ", "IV) ".
var numbered = regexp.MustCompile(`^(?:[0-9]{1,2}|[IVX]{1,4})[.)]\s*`)

// headingOf tells whether a line is a heading; rest is what follows on the line:
// "Languages: French, Twi".
func headingOf(text string) (h heading, rest string) {
	if len([]rune(text)) > 400 {
		return heading{}, ""
	}
	name, after, colon := strings.Cut(text, ":")
	if !colon {
		name, after, colon = strings.Cut(text, "：")
	}
	name = joinSpaced(strings.Trim(name, " \t\u00a0-–—=_*#•|.·►▪■»«"))
	name = numbered.ReplaceAllString(name, "")
	known, ok := byHeading[oneLine(fold(name))]
	if !ok {
		known, ok = byHeading[oneLine(strings.NewReplacer("&", "and").Replace(fold(name)))]
	}
	if !ok || !colon && len([]rune(text)) > 60 {
		return heading{}, ""
	}
	return known, strings.TrimSpace(after)
}

// joinSpaced reads "E X P E R I E N C E" as a word; two blanks part words.
func joinSpaced(text string) string {
	words := strings.Fields(text)
	if len(words) < 4 {
		return text
	}
	for _, w := range words {
		if len([]rune(w)) != 1 {
			return text
		}
	}
	var out []string
	for group := range strings.SplitSeq(strings.NewReplacer("   ", "\t", "  ", "\t").Replace(text), "\t") {
		if joined := strings.ReplaceAll(group, " ", ""); joined != "" {
			out = append(out, joined)
		}
	}
	return strings.Join(out, " ")
}

// section is a part of a CV with its lines.
type section struct {
	part  part
	lines []string
}

// sectionsOf cuts a CV at its headings and tells which language they are in.
func sectionsOf(text string) (all []section, language string) {
	now := section{part: top}
	votes := map[string]int{}
	for raw := range strings.SplitSeq(text, "\n") {
		trimmed := strings.TrimSpace(raw)
		if h, rest := headingOf(trimmed); h.part != "" {
			all = append(all, now)
			now = section{part: h.part}
			for _, l := range h.languages {
				votes[l]++
			}
			if rest != "" {
				now.lines = append(now.lines, rest)
			}
			continue
		}
		now.lines = append(now.lines, trimmed)
	}
	all = append(all, now)
	for _, l := range Languages {
		if votes[l] > votes[language] {
			language = l
		}
	}
	return all, language
}
