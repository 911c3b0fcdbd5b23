// SPDX-License-Identifier: AGPL-3.0-or-later

package curriculum

import (
	"regexp"
	"strings"
)

var (
	cefr   = regexp.MustCompile(`(?i)\b([abc][12])\b`)
	native = words(`native|native speaker|mother tongue|first language|bilingual|langue maternelle|maternelle|natif|native|bilingue|lingua materna|materna|nativo|nativa|lengua materna|madrelingua|muttersprache|muttersprachlich|muttersprachler|اللغه الام|لغه ام|اللغه الاصليه`)
	fluent = words(`fluent|full professional|proficient|excellent|very good|courant|couramment|excellente?|tres bien|tres bon|fluente|excelente|avancado|avanzado|fluido|ottimo|ottima|fluente|avanzato|fliessend|verhandlungssicher|sehr gut|طلاقه|بطلاقه|ممتاز|ممتازه|advanced|avance`)
	middle = words(`good|intermediate|working knowledge|limited working|conversational|bon|bonne|bonnes notions|intermediaire|moyen|bom|intermedio|intermedia|medio|bueno|buono|discreto|gut|gute|mittel|جيد|جيده|متوسط|متوسطه|professional`)
	little = words(`basic|elementary|beginner|basics|notions|debutant|debutante|scolaire|basico|elementar|elemental|principiante|base|scolastico|grundkenntnisse|anfanger|مبتدئ|مبتدئه|اساسي|اساسيه`)
)

// languages suggests the languages of a section, a line each or all on one line.
func (f *found) languages(lines []string) {
	for _, l := range splitAtLanguages(lines) {
		code, _ := languageIn(l)
		if code == "" {
			continue
		}
		f.language1(code, l)
	}
}

// splitAtLanguages gives each language a text of its own: the words from its name
// to the next one's. A level may stand on the line after the name.
func splitAtLanguages(lines []string) []string {
	var all []string
	for _, l := range lines {
		for _, p := range regexp.MustCompile(`[;؛•|]|[,،]\s+|\s+/\s+`).Split(unbullet(l), -1) {
			if p = strings.TrimSpace(p); p == "" {
				continue
			}
			if code, _ := languageIn(p); code == "" && len(all) > 0 {
				all[len(all)-1] += " " + p
				continue
			}
			all = append(all, p)
		}
	}
	return all
}

// language1 suggests one language with the levels that stand beside it.
func (f *found) language1(code, text string) {
	row, folded, sure := languageRow{Language: code}, fold(text), 850
	all := cefr.FindAllString(text, -1)
	at := func(i int) string { return strings.ToUpper(all[i]) }
	switch {
	case native.MatchString(folded):
		row.Native = true
	case len(all) == 5: // the grid of Europass: listening, reading, interaction, production, writing
		row.Listening, row.Reading, row.Interaction, row.Production, row.Writing = at(0), at(1), at(2), at(3), at(4)
		sure = 900
	case len(all) > 0:
		row = level(row, at(0))
	case fluent.MatchString(folded):
		row, sure = level(row, "C1"), 600
	case middle.MatchString(folded):
		row, sure = level(row, "B1"), 550
	case little.MatchString(folded):
		row, sure = level(row, "A2"), 550
	default:
		row, sure = level(row, "B1"), 300
	}
	f.suggest("languages", row, text, sure)
}

// level sets all five abilities.
func level(row languageRow, to string) languageRow {
	row.Listening, row.Reading, row.Interaction, row.Production, row.Writing = to, to, to, to, to
	return row
}

var (
	between = regexp.MustCompile(`\s*[;؛•|·▪]\s*|[,،]\s+|\t+|\s+/\s+`)
	expert  = words(`expert|expertise in|experte|perito|experto|esperto|خبير`)
	good    = words(`advanced|proficient|avance|maitrise|avancado|avanzado|avanzato|fortgeschritten|sehr gut|متقدم`)
	basic   = words(`basic|beginner|notions|basico|elementare|base|grundkenntnisse|مبتدئ|اساسي`)
	opening = regexp.MustCompile(`^[^:：]{2,40}[:：]\s+`)
)

// skills suggests the skills of a section, each with the concept that the words
// mean, if one is known.
func (f *found) skills(lines []string) {
	for _, l := range lines {
		l = unbullet(l)
		if len([]rune(l)) > 120 && !between.MatchString(l) {
			continue // a sentence, not a list
		}
		for _, words := range between.Split(opening.ReplaceAllString(l, ""), -1) {
			words = strings.Trim(trimEdges(words), "…")
			if n := len([]rune(words)); n < 2 || n > 80 || cefr.MatchString(words) {
				continue
			}
			f.skill(words)
		}
	}
}

func (f *found) skill(words string) {
	row, sure := skillRow{Label: line(words), Level: 2}, 350
	switch folded := fold(words); {
	case expert.MatchString(folded):
		row.Level = 4
	case good.MatchString(folded):
		row.Level = 3
	case basic.MatchString(folded):
		row.Level = 1
	}
	if links := f.linker.Skills(words, f.language); len(links) > 0 && links[0].Sure >= 300 {
		row.Concept, sure = links[0].ID, links[0].Sure
		if f.seen["concept "+row.Concept] {
			return // a profile has each skill once
		}
		f.seen["concept "+row.Concept] = true
	}
	f.suggest("skills", row, words, sure)
}

var (
	number  = regexp.MustCompile(`(?i)(?:\b(?:no|nr|number|reg(?:istration)?(?: no)?|pin|n°|nº|numero|número|licen[cs]e|rpps|lic)\b\.?|رقم)\s*[:#：]?\s*((?:[A-Z]{1,5}[-/ ]?)?[0-9][A-Z0-9/.-]{2,20})`)
	council = words(`council|board|order|ordre|ordem|colegio|ordine|albo|kammer|chamber|authority|nmc|hpc|gmc|nmbi|big|registration|register|registre|licensed|نقابه|مجلس|هيئه|وزاره|ministry|ministere|ministerio|institute of|association of|conseil`)
)

// licences suggests registrations: lines that name a body, with their number and
// dates.
func (f *found) licences(lines []string) {
	for _, l := range lines {
		l = unbullet(l)
		folded := fold(l)
		m := number.FindStringSubmatch(l)
		if !council.MatchString(folded) && m == nil {
			continue
		}
		row := licenceRow{}
		if m != nil {
			row.Number = m[1]
		}
		if when, ok := spanOf(folded); ok {
			row.ValidFrom, row.ValidUntil = when.from, when.to
		}
		for _, p := range pieces([]string{number.ReplaceAllString(bare(l), "")}) {
			if row.Country == "" {
				row.Country = countryOf(p)
			}
			if row.Body == "" || council.MatchString(fold(p)) && !council.MatchString(fold(row.Body)) {
				row.Body = line(p)
			}
		}
		if row.Body != "" {
			f.suggest("licences", row, l, 600)
		}
	}
}
