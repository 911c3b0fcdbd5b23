// SPDX-License-Identifier: AGPL-3.0-or-later

package curriculum

import (
	"regexp"
	"strconv"
	"strings"
)

// degrees map the words for degrees, folded, to levels of ISCED 2011. The order
// matters: "postgraduate diploma" before "diploma", "laurea magistrale" before
// "laurea". The levels follow the ISCED mappings that UNESCO's Institute for
// Statistics publishes for each country's programmes.
var degrees = []struct {
	level int
	words *regexp.Regexp
}{
	{8, words(`ph\.? ?d|dphil|doctorate|doctor of|doctorat|these de doctorat|doutoramento|doutorado|doutor em|doctorado|dottorato|promotion zum|promotion|dr\. ?(?:rer|phil|med|ing)|الدكتوراه|دكتوراه`)},
	{7, words(`master(?:'s)?|maestria|msc|m\.sc\.?|mph|mba|m\.?a\.|meng|mphil|maitrise|mestrado|mestre em|maestro en|laurea magistrale|laurea specialistica|magister|diplom-?ingenieur|diplom-\pL+|dea|dess|ingenieur d'etat|diplome d'ingenieur|postgraduate|mbchb|mbbs|mb ?bs|doctor of medicine|docteur en medecine|diplome d'etat de docteur|staatsexamen|ماجستير|الماجستير`)},
	{6, words(`bachelor(?:'s)?|bsc|b\.sc\.?|b\.?a\.|beng|b\.?ed|llb|bcom|licence|license en|licenciatura|licenciado|licenciada|bacharelado|bacharel|laurea|grado en|grado|diplomatura|baccalaureato|fh-diplom|بكالوريوس|البكالوريوس|ليسانس|الاجازه`)},
	{5, words(`hnd|higher national diploma|foundation degree|associate(?:'s)? degree|bts|dut|deug|brevet de technicien superieur|tecnologo|tecnico superior|its|meister|diplome d'etat d'infirmier|دبلوم عالي`)},
	{4, words(`diploma|diplome|certificate in|post-secondary|دبلوم`)},
	{3, words(`a-?levels?|wassce|ssce|high school|secondary school|senior high|baccalaureat|bac|abitur|matura|bachillerato|maturita|ensino secundario|ensino medio|12\.? ano|cap|bep|gesellenbrief|berufsausbildung|ausbildung zum|ausbildung zur|الثانويه|ثانويه عامه|البكالوريا|باكالوريا`)},
	{2, words(`o-?levels?|bece|brevet|mittlere reife|realschulabschluss|gcse|igcse|الاعداديه`)},
}

func words(list string) *regexp.Regexp {
	return regexp.MustCompile(`(?:^|[^\pL\pN])(?:` + list + `)(?:$|[^\pL\pN])`)
}

// levelOf returns the level of ISCED 2011 that words name, or -1.
func levelOf(text string) int {
	folded := fold(text)
	for _, d := range degrees {
		if d.words.MatchString(folded) {
			return d.level
		}
	}
	return -1
}

// onlyYear is a line with nothing but a year.
var onlyYear = regexp.MustCompile(`^(?:19|20)\d\d:?$`)

var aYear = regexp.MustCompile(`(?:^|\D)((?:19|20)\d\d)(?:\D|$)`)

// school names places of learning, to tell them from what is learned there.
var school = regexp.MustCompile(`universi|college|institut|school|ecole|faculte|facult|polytech|academy|academi|hochschule|escuela|escola|scuola|instituto|lycee|liceo|gymnasium|جامعه|كليه|معهد|مدرسه|politecnico|politecnica`)

// education suggests what was learned: entries with a time, or lines that name a
// degree and a year.
func (f *found) education(lines []string) {
	entries := entriesOf(lines)
	if len(entries) == 0 {
		entries = byDegree(lines)
	}
	for _, e := range entries {
		all := pieces(append(append([]string{}, e.heads...), short(e.text)...))
		level, title := -1, ""
		for _, p := range all {
			if l := levelOf(p); l > level {
				level, title = l, p
			}
		}
		if level < 0 {
			continue
		}
		row := educationRow{Level: level, Title: line(withoutYear(title)), Year: f.year(e)}
		for _, p := range all {
			if p == title {
				continue
			}
			if row.Institution == "" && school.MatchString(fold(p)) {
				row.Institution = line(withoutYear(p))
			}
			if row.Country == "" {
				row.Country = countryOf(p)
			}
		}
		sure := 700
		if fields := f.linker.Fields(subject(row.Title), f.language); len(fields) > 0 && fields[0].Sure >= 400 {
			row.Field, sure = fields[0].ID, 750
		}
		f.suggest("education", row, strings.Join(e.whole, " / "), sure)
	}
}

// byDegree starts an entry at each line that names a degree.
func byDegree(lines []string) []entry {
	var all []entry
	year := ""
	for _, l := range lines {
		l = unbullet(l)
		switch {
		case l == "":
		case onlyYear.MatchString(fold(l)):
			year = l // stands before what it is about
		case levelOf(l) >= 0 && !(len(all) > 0 && len(all[len(all)-1].heads) == 0):
			all = append(all, entry{heads: []string{l}, whole: append(strings.Fields(year), l)})
			year = ""
		case len(all) > 0:
			at := &all[len(all)-1]
			at.heads, at.whole = append(at.heads, l), append(at.whole, l)
		}
	}
	return all
}

// short leaves out what is too long to be a degree or a school.
func short(lines []string) []string {
	var out []string
	for _, l := range lines {
		if len([]rune(l)) <= 90 {
			out = append(out, l)
		}
	}
	return out[:min(len(out), 3)]
}

// year is when an education was completed: the end of its time, or the last year
// that is named.
func (f *found) year(e entry) int {
	if e.dated && e.when.to != "" {
		y, _ := strconv.Atoi(e.when.to[:4])
		if y <= f.thisYear {
			return y
		}
		return 0
	}
	if e.dated {
		return 0 // goes on
	}
	last := 0
	for _, l := range e.whole {
		for _, m := range aYear.FindAllStringSubmatch(fold(l), -1) {
			if y, _ := strconv.Atoi(m[1]); y > last && y <= f.thisYear {
				last = y
			}
		}
	}
	return last
}

func withoutYear(text string) string {
	return strings.Trim(aYear.ReplaceAllString(text, " "), edges)
}

// subject is the field in the title of a degree: what follows "in", "of", "en".
var subjectOf = regexp.MustCompile(`(?i)\s(?:in|of|en|de|em|di|für|fur|des|du|في)\s+(.+)$`)

func subject(title string) string {
	if m := subjectOf.FindStringSubmatch(title); m != nil {
		return m[1]
	}
	return title
}
