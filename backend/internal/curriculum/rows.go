// SPDX-License-Identifier: AGPL-3.0-or-later

package curriculum

import (
	"regexp"
	"strings"
)

// bullet stands before the lines of a list.
const bullet = "•▪■●○◦‣➢►✓✔*·–—-"

func isBullet(l string) bool {
	return l != "" && strings.ContainsAny(string([]rune(l)[:1]), bullet) && len([]rune(l)) > 1
}

func unbullet(l string) string { return strings.TrimSpace(strings.TrimLeft(l, bullet+" \t\u00a0")) }

// entry is a post or an education: its lines of heading, its time, and what is
// said about it.
type entry struct {
	heads []string
	when  span
	dated bool
	text  []string
	whole []string // as it stands, to be quoted
}

// entriesOf cuts a section at its times. A time stands on the line of the title,
// on a line of its own before it, or on a line of its own after it; which of
// these is told by how the section begins.
func entriesOf(lines []string) []entry {
	lines = trimmed(lines)
	first := ""
	if len(lines) > 0 {
		first = bare(lines[0])
	}
	_, begins := dated(lines)
	before := begins && first == "" // times stand before what they are about
	var all []entry
	for i, l := range lines {
		when, ok := spanOf(fold(l))
		if ok && !(isBullet(l) && len(all) > 0 && len([]rune(bare(l))) > 60) {
			e := entry{when: when, dated: true, whole: []string{l}}
			rest := bare(l)
			if !before && len(all) >= 0 {
				e.heads = headsBefore(&all, lines, i, rest == "")
			}
			if rest != "" {
				e.heads = append(e.heads, rest)
			}
			all = append(all, e)
			continue
		}
		if len(all) == 0 || l == "" {
			continue
		}
		at := &all[len(all)-1]
		at.whole = append(at.whole, l)
		if len(at.heads) < 2 && len(at.text) == 0 && !isBullet(l) && len([]rune(l)) <= 90 && !strings.HasSuffix(l, ".") {
			at.heads = append(at.heads, l)
			continue
		}
		at.text = append(at.text, unbullet(l))
	}
	return all
}

// dated tells whether a section has a time at all, and whether its first line does.
func dated(lines []string) (any, first bool) {
	for i, l := range lines {
		if _, ok := spanOf(fold(l)); ok {
			return true, i == 0
		}
	}
	return false, false
}

// headsBefore takes the lines right before a time that are its title, back from
// the entry before, to which they were given.
func headsBefore(all *[]entry, lines []string, at int, alone bool) []string {
	most := 1
	if alone {
		most = 2
	}
	var heads []string
	for i := at - 1; i >= 0 && len(heads) < most; i-- {
		l := lines[i]
		if l == "" {
			if len(heads) > 0 || !alone && i < at-1 {
				break
			}
			break
		}
		_, timed := spanOf(fold(l))
		if timed || isBullet(l) || len([]rune(l)) > 90 || strings.HasSuffix(l, ".") {
			break
		}
		heads = append([]string{l}, heads...)
	}
	if !alone && !startsBlock(lines, at-len(heads)) {
		return nil // the line before belongs to the entry before
	}
	if n := len(*all); n > 0 {
		giveBack(&(*all)[n-1], heads)
	}
	return heads
}

// startsBlock tells whether a blank line, or nothing, stands before the line.
func startsBlock(lines []string, at int) bool { return at <= 0 || lines[at-1] == "" }

// giveBack takes lines away from the end of an entry.
func giveBack(e *entry, heads []string) {
	drop := func(from []string) []string {
		for i := len(heads) - 1; i >= 0 && len(from) > 0; i-- {
			if last := from[len(from)-1]; last != heads[i] && last != unbullet(heads[i]) {
				break
			}
			from = from[:len(from)-1]
		}
		return from
	}
	e.whole = drop(e.whole)
	if len(e.text) > 0 {
		e.text = drop(e.text)
	} else if len(e.heads) > 1 {
		e.heads = drop(e.heads)
	}
}

// trimmed drops blank lines at both ends and doubled ones.
func trimmed(lines []string) []string {
	var out []string
	for _, l := range lines {
		if l == "" && (len(out) == 0 || out[len(out)-1] == "") {
			continue
		}
		out = append(out, l)
	}
	for len(out) > 0 && out[len(out)-1] == "" {
		out = out[:len(out)-1]
	}
	return out
}

// edges are what is left around a time that was taken out of a line.
const edges = " \t\u00a0,،;:|()[]–—-•·/"

// bare is a line without its time. Folding may change how many bytes a letter
// takes, so the time is looked for in the line word by word.
func bare(l string) string {
	words := strings.Fields(strings.ReplaceAll(l, "\t", " | "))
	when, ok := spanOf(fold(strings.Join(words, " ")))
	if !ok {
		return trimEdges(l)
	}
	folded, begin, end := "", -1, len(words)
	for i, w := range words {
		start := len(folded)
		folded += fold(w) + " "
		if begin < 0 && start+len(fold(w)) > when.begin {
			begin = i
		}
		if start >= when.at && end == len(words) {
			end = i
		}
	}
	if begin < 0 {
		return trimEdges(l)
	}
	head, tail := trimEdges(strings.Join(words[:begin], " ")), trimEdges(strings.Join(words[end:], " "))
	return trimEdges(head + " " + tail)
}

// trimEdges keeps a closing bracket that was opened: "Developer (m/w/d)".
func trimEdges(text string) string {
	out := strings.Trim(text, edges)
	if strings.Count(out, "(") > strings.Count(out, ")") && strings.HasPrefix(text[strings.Index(text, out)+len(out):], ")") {
		return out + ")"
	}
	return out
}

// parted are the signs and words between a title and an employer.
var parted = regexp.MustCompile(`\s+(?:[–—|•·@]|-)\s+|\s*[|;؛]\s*|[,،]\s+|\t+|\s+(?:at|chez|bei|presso|en el|na empresa|beim|auprès de|لدى)\s+`)

// pieces cuts the heading lines of an entry into title, employer, place …
func pieces(heads []string) []string {
	var out []string
	for _, h := range heads {
		for _, p := range parted.Split(h, -1) {
			if p = trimEdges(p); p != "" {
				out = append(out, p)
			}
		}
	}
	return out
}

// experience suggests posts. Which piece is the title is asked of the linker:
// "Ridge Hospital, Staff nurse" reads as well as the other way round.
func (f *found) experience(lines []string) {
	for _, e := range entriesOf(lines) {
		all := pieces(e.heads)
		if len(all) == 0 {
			continue
		}
		title, code, sure := f.title(all)
		row := experienceRow{Title: line(all[title]), ISCO: code, From: e.when.from, To: e.when.to, Description: cut(strings.Join(e.text, "\n"), 5000)}
		for i, p := range all {
			if i == title {
				continue
			}
			if country := countryOf(p); country != "" && row.Country == "" {
				row.Country = country
				if row.Employer != "" || len(all) > 2 {
					continue
				}
			}
			if row.Employer == "" {
				row.Employer = line(p)
			}
		}
		f.suggest("experience", row, strings.Join(e.whole, " / "), sure)
		if sure >= 400 {
			f.work(row.Title, e.heads[0])
		}
	}
}

// title returns which of the first three pieces is the title, and its occupation.
func (f *found) title(all []string) (at int, code string, sure int) {
	sure = 300
	for i, p := range all[:min(len(all), 3)] {
		links := f.linker.Occupations(p, f.language)
		if len(links) > 0 && links[0].Sure+20*(len(all)-i) > sure+20*(len(all)-at) && links[0].Sure >= 150 {
			at, code, sure = i, links[0].ID, max(300, min(links[0].Sure, 950))
		}
	}
	return at, code, sure
}

// work suggests what the person does, from the newest post or the line below the
// name: the title in their words and its unit group.
func (f *found) work(title, words string) {
	links := f.linker.Occupations(title, f.language)
	if len(links) == 0 || f.rows["occupationTitle"] > 0 {
		return
	}
	f.single("occupationTitle", line(title), words, min(links[0].Sure+200, 900))
	f.single("isco", links[0].ID, words, links[0].Sure)
}
