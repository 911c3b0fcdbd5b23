// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// jobs links free job titles to ISCO-08 unit groups: a title is a bag of stems,
// and the rarer a stem is among the titles of its language, the more it tells.
type jobs struct {
	titles []jobTitle
	tables map[string]*jobTable // by language
}

// jobTitle is a title of a group, or of an occupation of it.
type jobTitle struct {
	code   string
	label  string
	rank   int     // 0 for the preferred title of an everyday occupation
	length float64 // of its vector
}

// jobTable finds the titles of one language by their stems.
type jobTable struct {
	language string
	stems    map[string]int // place in holders
	holders  [][]holder     // the titles that hold the stem, ascending
	weights  []float64      // of each stem, squared
	unknown  float64        // of a stem that stands in no title, squared
	titles   int
}

// holder is a title that holds a stem.
type holder struct {
	title uint32
	head  bool // the stem is the title's first
}

// headFirst are the languages in which the first word of a title says what
// somebody is, and the others say it more closely.
var headFirst = set("fr es pt it ar")

// headWeight is how much more than another the first word weighs there.
var headWeight = math.Sqrt2

// weight returns how much a word weighs for its place.
func (t *jobTable) weight(head bool) float64 {
	if head && headFirst[t.language] {
		return headWeight
	}
	return 1
}

func newJobs() *jobs { return &jobs{tables: map[string]*jobTable{}} }

// add keeps a title.
func (j *jobs) add(code, language, label string, rank int, stems func(word, language string) string) {
	table := j.tables[language]
	if table == nil {
		table = &jobTable{language: language, stems: map[string]int{}}
		j.tables[language] = table
	}
	at := uint32(len(j.titles))
	j.titles = append(j.titles, jobTitle{code: code, label: label, rank: rank})
	table.titles++
	for i, w := range meaningful(wordsOf(label), language) {
		s := stems(w.text, language)
		number, ok := table.stems[s]
		if !ok {
			number = len(table.holders)
			table.stems[s] = number
			table.holders = append(table.holders, nil)
		}
		if list := table.holders[number]; len(list) == 0 || list[len(list)-1].title != at {
			table.holders[number] = append(list, holder{at, i == 0})
		}
	}
}

// done weighs the stems.
func (j *jobs) done() {
	for _, table := range j.tables {
		table.weights = make([]float64, len(table.holders))
		for number, list := range table.holders {
			w := math.Log(1 + float64(table.titles)/float64(len(list)))
			table.weights[number] = w * w
			for _, h := range list {
				j.titles[h.title].length += w * w * table.weight(h.head) * table.weight(h.head)
			}
		}
		half := math.Log(1+float64(table.titles)) / 2
		table.unknown = half * half
	}
	for i := range j.titles {
		j.titles[i].length = math.Sqrt(j.titles[i].length)
	}
}

// How LinkOccupation judges.
const (
	mostGroups     = 5    // so many groups are named
	likelyEnough   = 0.45 // a title that fits less is not named
	fitsWell       = 0.8  // so well in the given language that no other is tried
	foreign        = 0.8  // what a fit in another language counts
	partOfCompound = 0.7  // what the end of a compound word counts
)

// LinkOccupation returns the ISCO-08 unit groups that a free job title probably
// means, best first: "Infirmière (H/F)", "Software-Entwickler/in".
func (t *Taxonomy) LinkOccupation(title, language string) []Suggestion {
	if len(title) > longestLabel {
		return nil
	}
	v := t.now.Load()
	best := map[string]judged{}
	for _, variant := range withoutPlace(variants(title)) {
		v.jobs.judge(best, variant, language)
	}
	var out []judged
	for _, one := range best {
		out = append(out, one)
	}
	slices.SortFunc(out, func(a, b judged) int {
		return cmp.Or(cmp.Compare(b.fit, a.fit), cmp.Compare(a.title.rank, b.title.rank), cmp.Compare(a.title.code, b.title.code))
	})
	var links []Suggestion
	for _, one := range out[:min(len(out), mostGroups)] {
		links = append(links, Suggestion{ID: one.title.code, Label: v.title(one.title.code, language), Matched: one.title.label,
			Weight: int(math.Round(one.fit * 1000))})
	}
	return t.localTitles(title, language, links)
}

// judged is a title with how well it fits, from 0 to 1.
type judged struct {
	title *jobTitle
	fit   float64
}

// judge notes the best title of each group for one variant of a title.
func (j *jobs) judge(best map[string]judged, variant, language string) {
	words := slices.DeleteFunc(wordsOf(variant), func(w word) bool { return standing[Fold(w.text)] })
	if own := j.tables[language]; own != nil && own.judge(j, best, words, 1) >= fitsWell {
		return
	}
	for _, other := range slices.Sorted(keysOf(j.tables)) {
		if other != language {
			j.tables[other].judge(j, best, words, foreign)
		}
	}
}

// judge compares the words with the titles of the language and returns the best fit.
func (t *jobTable) judge(j *jobs, best map[string]judged, words []word, factor float64) float64 {
	stems, length := t.read(words)
	shared := map[uint32]float64{}
	for number, share := range stems {
		for _, h := range t.holders[number] {
			shared[h.title] += t.weights[number] * share * t.weight(h.head)
		}
	}
	top := 0.0
	for at, sum := range shared {
		title := &j.titles[at]
		fit := math.Round(factor*sum/(title.length*length)*1000) / 1000
		if fit < likelyEnough {
			continue
		}
		top = max(top, fit)
		known, ok := best[title.code]
		if !ok || fit > known.fit || fit == known.fit && cmp.Or(cmp.Compare(title.rank, known.title.rank), strings.Compare(title.label, known.title.label)) < 0 {
			best[title.code] = judged{title, fit}
		}
	}
	return top
}

// read turns words into the stems of the table, each with how much it weighs
// for its place and for how much of it was meant, and returns the length of the
// vector.
func (t *jobTable) read(words []word) (map[int]float64, float64) {
	stems, sum := map[int]float64{}, 0.0
	for i, w := range meaningful(t.compounded(words), t.language) {
		place := t.weight(i == 0)
		number, share := t.find(w.text)
		if share == 0 {
			sum += t.unknown * place * place
			continue
		}
		if _, again := stems[number]; !again {
			stems[number] = share * place
			sum += t.weights[number] * place * place
		}
	}
	return stems, math.Sqrt(sum)
}

// find returns the stem of a word; in the languages that write compounds as one
// word also the stem of its end: "Bewässerungsingenieur" is an engineer.
func (t *jobTable) find(word string) (number int, share float64) {
	if number, ok := t.stems[neutral(word, t.language)]; ok {
		return number, 1
	}
	if !compounding[t.language] {
		return 0, 0
	}
	for at := range word {
		if at < 3 || len(word)-at < 5 {
			continue
		}
		if number, ok := t.stems[neutral(word[at:], t.language)]; ok {
			return number, partOfCompound
		}
	}
	return 0, 0
}

// standing are words that say how far somebody has come, not what they do.
var standing = set("senior junior sr jr experienced registered certified qualified licensed retired freelance trainee apprentice " +
	"confirme confirmee debutant debutante diplome diplomee retraite retraitee stagiaire esperto esperta qualificato qualificata " +
	"titulado titulada diplomado diplomada habilitado experimentado examinierte examinierter staatlich gepruft geprufte geprufter " +
	"erfahrene erfahrener ervaren gediplomeerd geregistreerd")

// compounding are the languages that write compounds as one word.
var compounding = set("de nl")

// compounded joins words that the titles write as one: "Software-Entwickler".
func (t *jobTable) compounded(words []word) []word {
	if !compounding[t.language] {
		return words
	}
	var out []word
	for i := 0; i < len(words); i++ {
		if i+1 < len(words) {
			both := words[i].text + words[i+1].text
			if _, ok := t.stems[neutral(both, t.language)]; ok {
				out = append(out, word{text: both, from: words[i].from, to: words[i+1].to})
				i++
				continue
			}
		}
		out = append(out, words[i])
	}
	return out
}

// place begins what people add behind a title: an employer or a place.
var place = []string{" at ", " @ ", " chez ", " bei ", " presso ", " – ", " — ", " - ", " | ", ", ", " ("}

// withoutPlace adds to the titles what stands before an employer or a place.
func withoutPlace(titles []string) []string {
	out := titles
	for _, title := range titles {
		short := title
		for _, mark := range place {
			short, _, _ = strings.Cut(short, mark)
		}
		if short = strings.TrimSpace(short); short != title && short != "" {
			out = append(out, short)
		}
	}
	return out
}

// SuggestOccupations returns ISCO-08 unit groups whose title, or an everyday
// occupation of them, begins with or contains what was typed; then those whose
// title means the same in another form. A code may be typed too.
func (t *Taxonomy) SuggestOccupations(typed, language string, limit int) []Suggestion {
	v := t.now.Load()
	if g := v.groups[strings.TrimSpace(typed)]; g != nil && len(g.Code) == 4 {
		return []Suggestion{{ID: g.Code, Label: g.Labels.In(language), Matched: g.Code}}
	}
	var out []Suggestion
	for _, h := range v.titles.find(typed, language, limit) {
		out = append(out, Suggestion{ID: h.id, Label: v.title(h.id, language), Matched: h.label})
	}
	out = withLocal(t.localTyped(typed, language, OccupationKind, limit), out, limit)
	if len(out) >= limit || len(typed) > longestTyped {
		return out
	}
	for _, link := range t.LinkOccupation(typed, language) {
		if len(out) < limit && !slices.ContainsFunc(out, func(s Suggestion) bool { return s.ID == link.ID }) {
			out = append(out, link)
		}
	}
	return out
}
