// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// entry is a label that may be found by typing.
type entry struct {
	id       uint32 // place in lookup.ids
	language uint16 // place in lookup.languages
	rank     uint16 // 0 for the preferred label
	label    string
	folded   string
}

// lookup finds labels by their beginning, by the beginnings of their words, and
// by parts of words, without looking at each label.
type lookup struct {
	ids       []string
	languages []string
	entries   []entry
	byLabel   [][]uint32 // by language: entries in the order of the folded label
	words     string     // every different word once, each after a zero byte, sorted
	starts    []uint32   // where each word begins
	holders   [][]uint32 // by word: the entries that hold it, ascending
}

// listing collects entries and makes a lookup of them.
type listing struct {
	lookup
	idAt       map[string]uint32
	languageAt map[string]uint16
}

func newListing() *listing {
	return &listing{idAt: map[string]uint32{}, languageAt: map[string]uint16{}}
}

func (l *listing) add(id, language, label string, rank int) {
	number, ok := l.idAt[id]
	if !ok {
		number = uint32(len(l.ids))
		l.idAt[id] = number
		l.ids = append(l.ids, id)
	}
	at, ok := l.languageAt[language]
	if !ok {
		at = uint16(len(l.languages))
		l.languageAt[language] = at
		l.languages = append(l.languages, language)
	}
	l.entries = append(l.entries, entry{id: number, language: at, rank: uint16(min(rank, 2*importedRank)), label: label, folded: typedForm(label)})
}

// done sorts what was added into its tables.
func (l *listing) done() *lookup {
	l.byLabel = make([][]uint32, len(l.languages))
	holders := map[string][]uint32{}
	for i, e := range l.entries {
		at := uint32(i)
		l.byLabel[e.language] = append(l.byLabel[e.language], at)
		for w := range strings.FieldsSeq(e.folded) {
			if list := holders[w]; len(list) == 0 || list[len(list)-1] != at {
				holders[w] = append(list, at)
			}
		}
	}
	for _, list := range l.byLabel {
		slices.SortFunc(list, func(a, b uint32) int { return strings.Compare(l.entries[a].folded, l.entries[b].folded) })
	}
	var all strings.Builder
	for _, w := range slices.Sorted(keysOf(holders)) {
		all.WriteByte(0)
		l.starts = append(l.starts, uint32(all.Len()))
		all.WriteString(w)
		l.holders = append(l.holders, slices.Clip(holders[w]))
	}
	l.words = all.String()
	return &l.lookup
}

// typedForm writes a label, or what was typed, as words with one blank between
// them: "Sage-femme" and "sage femme" are the same to type.
func typedForm(text string) string {
	folded := Fold(text)
	if strings.IndexFunc(folded, func(r rune) bool { return r != ' ' && betweenWords(r) }) < 0 {
		return folded
	}
	return strings.Join(strings.FieldsFunc(folded, betweenWords), " ")
}

// betweenWords tells whether a letter of a folded label stands between words. A
// plus and a number sign belong to names such as C++ and C#.
func betweenWords(r rune) bool { return !inWord(r) && r != '+' && r != '#' }

// hit is what a lookup finds: the best label of an identifier.
type hit struct{ id, label string }

// candidate is an entry with how well it fits; less is better.
type candidate struct {
	at    uint32
	order int
}

// longestTyped is how many bytes somebody may type; more names nothing.
const longestTyped = 200

// find returns the best identifiers for what was typed.
func (l *lookup) find(typed, language string, limit int) []hit {
	if len(typed) > longestTyped || limit < 1 {
		return nil
	}
	wanted := typedForm(typed)
	if wanted == "" {
		return nil
	}
	reader := slices.Index(l.languages, language)
	begin := l.beginning(wanted, reader)
	if hits := l.best(begin, limit); len(hits) == limit {
		return hits // nothing fits better than a label that begins so, in the reader's language
	}
	return l.best(append(begin, l.containing(wanted, reader)...), limit)
}

// beginning finds the labels in the reader's language that begin with the words.
func (l *lookup) beginning(wanted string, reader int) []candidate {
	if reader < 0 {
		return nil
	}
	list := l.byLabel[reader]
	from, _ := slices.BinarySearchFunc(list, wanted, func(at uint32, w string) int { return strings.Compare(l.entries[at].folded, w) })
	var out []candidate
	for _, at := range list[from:] {
		e := &l.entries[at]
		if !strings.HasPrefix(e.folded, wanted) {
			break
		}
		out = append(out, candidate{at, beginningOrder(e, wanted)})
	}
	return out
}

// beginningOrder says how well a label fits that begins with the words.
func beginningOrder(e *entry, wanted string) int {
	if e.folded == wanted {
		return 0
	}
	return 1 + min(int(e.rank), 1)
}

// What a fit costs: another language than the reader's, a label that does not
// begin with the words, and a word that is only a part of another.
const (
	otherLanguage = 10
	notBeginning  = 4
	partOfWord    = 2
)

// containing finds the labels in any language that contain every word.
func (l *lookup) containing(wanted string, reader int) []candidate {
	var lists [][]candidate
	for w := range strings.FieldsSeq(wanted) {
		lists = append(lists, l.holding(w))
	}
	found := lists[0]
	for _, list := range lists[1:] {
		found = intersect(found, list)
	}
	for i := range found {
		e := &l.entries[found[i].at]
		switch {
		case strings.HasPrefix(e.folded, wanted):
			found[i].order = beginningOrder(e, wanted)
		default:
			found[i].order += notBeginning
		}
		if int(e.language) != reader {
			found[i].order += otherLanguage
		}
	}
	return found
}

// shortest is how many letters a part of a word must have to be looked for
// inside of words: "irrigatie" finds "druppelirrigatie".
const shortest = 4

// holding finds the entries with a word that begins with w, or contains it when
// it is long enough, in the order of the entries.
func (l *lookup) holding(w string) []candidate {
	inside := utf8.RuneCountInString(w) >= shortest
	var found []candidate
	for at := 0; ; {
		next := strings.Index(l.words[at:], w)
		if !inside {
			next = strings.Index(l.words[at:], "\x00"+w)
		}
		if next < 0 {
			break
		}
		number, begins := l.wordAt(at + next)
		order := partOfWord
		if begins || !inside {
			order = 0
		}
		for _, e := range l.holders[number] {
			found = append(found, candidate{e, order})
		}
		at = l.end(number)
	}
	slices.SortFunc(found, func(a, b candidate) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.order, b.order)) })
	return slices.CompactFunc(found, func(a, b candidate) bool { return a.at == b.at })
}

// wordAt returns the word at a place of l.words, and whether it begins there.
func (l *lookup) wordAt(place int) (number int, begins bool) {
	number, exact := slices.BinarySearch(l.starts, uint32(place))
	if exact {
		return number, true
	}
	if l.words[place] == 0 { // the zero byte before the word
		return number, true
	}
	return number - 1, false
}

// end returns where the word ends.
func (l *lookup) end(number int) int {
	if number+1 < len(l.starts) {
		return int(l.starts[number+1]) - 1
	}
	return len(l.words)
}

// intersect keeps what is in both lists, which ascend, and adds up the orders.
func intersect(a, b []candidate) []candidate {
	var out []candidate
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].at < b[0].at:
			a = a[1:]
		case a[0].at > b[0].at:
			b = b[1:]
		default:
			out = append(out, candidate{a[0].at, a[0].order + b[0].order})
			a, b = a[1:], b[1:]
		}
	}
	return out
}

// best returns the identifiers of the best candidates, each with its best label.
func (l *lookup) best(candidates []candidate, limit int) []hit {
	better := func(a, b candidate) int {
		x, y := &l.entries[a.at], &l.entries[b.at]
		return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(len(x.folded), len(y.folded)),
			cmp.Compare(l.ids[x.id], l.ids[y.id]), cmp.Compare(x.rank, y.rank), strings.Compare(x.label, y.label))
	}
	top := map[uint32]candidate{}
	for _, c := range candidates {
		id := l.entries[c.at].id
		if known, ok := top[id]; !ok || better(c, known) < 0 {
			top[id] = c
		}
	}
	var kept []candidate
	for _, c := range top {
		kept = append(kept, c)
	}
	slices.SortFunc(kept, better)
	var out []hit
	for _, c := range kept[:min(limit, len(kept))] {
		e := &l.entries[c.at]
		out = append(out, hit{l.ids[e.id], e.label})
	}
	return out
}
