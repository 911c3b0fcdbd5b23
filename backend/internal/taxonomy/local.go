// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sankofa/backend/internal/store"
)

// Staff teach the vocabulary words that no classification knows: a Twi word for
// a midwife, a title that one country uses. They lie over the shipped vocabulary
// and ESCO as small tables of their own, which are made anew in milliseconds
// whenever a word comes or goes, and put in place in one step.

// The kinds of concepts that a local word may name.
const (
	OccupationKind = "occupation" // an ISCO-08 unit group, or an everyday occupation
	SkillKind      = "skill"
)

// overlay is one state of the local words; it never changes once it is in use.
type overlay struct {
	byID  map[string]LocalWord
	trees map[string]*localTree // by language
	order []string              // the languages, sorted
}

// localTree finds the words of one language by the key of their first part.
type localTree struct {
	language string
	begin    map[string][]localEntry // the longest first
}

// localEntry is a local word, cut for comparison.
type localEntry struct {
	word    LocalWord
	parts   []localPart
	telling bool // it can hardly be an everyday word of another language
}

var noWords = newOverlay(nil)

// newOverlay makes the tables of the words that are in use.
func newOverlay(words []LocalWord) *overlay {
	o := &overlay{byID: map[string]LocalWord{}, trees: map[string]*localTree{}}
	for _, w := range words {
		parts := partsOf(w.Word, w.Language)
		if len(parts) == 0 {
			continue
		}
		o.byID[w.ID] = w
		tree := o.trees[w.Language]
		if tree == nil {
			tree = &localTree{language: w.Language, begin: map[string][]localEntry{}}
			o.trees[w.Language] = tree
		}
		entry := localEntry{word: w, parts: parts, telling: telling(parts)}
		tree.begin[parts[0].key] = append(tree.begin[parts[0].key], entry)
	}
	for _, tree := range o.trees {
		for _, list := range tree.begin {
			slices.SortFunc(list, func(a, b localEntry) int {
				return cmp.Or(cmp.Compare(len(b.parts), len(a.parts)), strings.Compare(a.word.ID, b.word.ID))
			})
		}
	}
	o.order = slices.Sorted(keysOf(o.trees))
	return o
}

// longEnough is how many letters a word must have to count in a text of another
// language: shorter ones are too often a word there too.
const longEnough = 5

// telling tells whether a word can hardly be an everyday word of another language.
func telling(parts []localPart) bool {
	letters := 0
	for _, p := range parts {
		if p.marked {
			return true
		}
		letters += len([]rune(p.key))
	}
	return len(parts) > 1 || letters >= longEnough
}

// Local returns the local words that are in use, in no order.
func (t *Taxonomy) Local() []LocalWord {
	o := t.words()
	all := make([]LocalWord, 0, len(o.byID))
	for _, w := range o.byID {
		all = append(all, w)
	}
	return all
}

// IsLocal tells whether the words are, letter for letter or as they are typed, a
// local word for the concept.
func (t *Taxonomy) IsLocal(kind, concept, words string) bool {
	for _, w := range t.words().byID {
		if w.Kind != kind || w.Concept != concept && w.group() != concept {
			continue
		}
		parts := partsOf(words, w.Language)
		if len(parts) == 0 {
			continue
		}
		for _, f := range t.words().trees[w.Language].at(parts, 0, kind) {
			if f.to == len(parts) && f.entry.word.ID == w.ID {
				return true
			}
		}
	}
	return false
}

func (t *Taxonomy) words() *overlay {
	if o := t.local.Load(); o != nil {
		return o
	}
	return noWords
}

// ReadLocal takes the local words of the database into use, all at once. It is
// called when a server starts, after a word was added or withdrawn here, and
// when the ledger tells of one that was elsewhere.
func (t *Taxonomy) ReadLocal(ctx context.Context, db *store.DB) error {
	// Of two that read, the one that began later must also be the one that counts.
	t.reading.Lock()
	defer t.reading.Unlock()
	var words []LocalWord
	err := db.View(ctx, func(tx *store.Tx) (err error) {
		words, err = wordsInUse(tx)
		return err
	})
	if err != nil {
		return err
	}
	t.local.Store(newOverlay(words))
	return nil
}

// localFound is a place in a text where a local word stands.
type localFound struct {
	entry    *localEntry
	from, to int  // parts of the text
	exact    bool // letter for letter, and not as people type it who lack the keys
}

// at returns the longest local word of a kind that begins at a part of the text;
// several when the same word names several concepts, the first that was added first.
func (t *localTree) at(parts []localPart, from int, kind string) []localFound {
	var out []localFound
	for _, first := range parts[from].beginnings(t.language) {
		list := t.begin[first.key]
		for i := range list {
			e := &list[i]
			if e.word.Kind != kind || len(out) > 0 && len(e.parts) < out[0].to-from {
				continue
			}
			if exact, ok := e.meets(first, parts[from+1:]); ok {
				out = append(out, localFound{entry: e, from: from, to: from + len(e.parts), exact: exact && first.key == parts[from].key})
			}
		}
		if len(out) > 0 {
			break
		}
	}
	return out
}

// meets compares a word with a first part, whose key has met already, and what
// follows it.
func (e *localEntry) meets(first localPart, rest []localPart) (exact, ok bool) {
	if len(rest)+1 < len(e.parts) {
		return false, false
	}
	exact = true
	for i, p := range e.parts {
		other := first
		if i > 0 {
			other = rest[i-1]
		}
		same := p.plain == other.plain
		if p.key != other.key || !same && other.marked { // written with letters that the word has not got
			return false, false
		}
		exact = exact && same
	}
	return exact, true
}

// all finds every place, the longest word at each.
func (t *localTree) all(parts []localPart, kind string) []localFound {
	var out []localFound
	for i := 0; i < len(parts); {
		here := t.at(parts, i, kind)
		if len(here) == 0 {
			i++
			continue
		}
		out = append(out, here...)
		i = here[0].to
	}
	return out
}

// localMentions puts the local words that a text holds beside the mentions of
// the vocabulary. Where two overlap the longer counts, and of two that are as
// long the staff's; a word of another language gives way.
func (t *Taxonomy) localMentions(text, language string, known []Mention) []Mention {
	o := t.words()
	if len(o.trees) == 0 {
		return known
	}
	if len(text) > scanned {
		text = text[:scanned]
	}
	_, offered := t.now.Load().phrases[language]
	out := known
	for _, try := range o.order {
		own := try == language
		parts := partsOf(text, try)
		for _, f := range o.trees[try].all(parts, SkillKind) {
			if !own && offered && !f.entry.telling {
				continue
			}
			m := Mention{Concept: f.entry.word.Concept, From: parts[f.from].from, To: parts[f.to-1].to}
			m.Words = text[m.From:m.To]
			out = placed(out, m, own)
		}
	}
	slices.SortStableFunc(out, func(a, b Mention) int { return cmp.Compare(a.From, b.From) })
	return out
}

// placed adds a mention unless it has to give way, and takes those away that
// have to give way to it.
func placed(all []Mention, m Mention, own bool) []Mention {
	overlaps := func(o Mention) bool { return o.From < m.To && m.From < o.To }
	longer := func(o Mention) bool { return o.To-o.From > m.To-m.From }
	if slices.ContainsFunc(all, func(o Mention) bool { return overlaps(o) && (!own || longer(o)) }) {
		return all
	}
	kept := make([]Mention, 0, len(all)+1)
	for _, o := range all {
		if !overlaps(o) {
			kept = append(kept, o)
		}
	}
	return append(kept, m)
}

// localSkill returns the skill that a local word of the language names as a
// whole; for the empty language, one of any language.
func (t *Taxonomy) localSkill(words, language string) (string, bool) {
	o := t.words()
	if len(o.trees) == 0 || len(words) > longestLabel {
		return "", false
	}
	for _, try := range o.order {
		if language != "" && try != language {
			continue
		}
		parts := partsOf(words, try)
		if len(parts) == 0 {
			continue
		}
		here := o.trees[try].at(parts, 0, SkillKind)
		if len(here) > 0 && here[0].to == len(parts) && (here[0].exact || language == "") {
			return here[0].entry.word.Concept, true
		}
	}
	return "", false
}

// What a local title weighs, in thousandths.
const (
	wholeTitle   = 1000 // the whole title, letter for letter, in its language
	typedTitle   = 950  // as people type it who lack the keys
	foreignTitle = 900  // the whole title, in another language than was said
	leastTitle   = 450  // it is a part of what was written
)

// localTitles puts the groups first that a local title names as a whole, and
// those after the others of which a part of the title speaks.
func (t *Taxonomy) localTitles(title, language string, known []Suggestion) []Suggestion {
	o := t.words()
	if len(o.trees) == 0 || len(title) > longestLabel {
		return known
	}
	best := map[string]Suggestion{}
	for _, try := range o.order {
		parts := partsOf(title, try)
		for _, f := range o.trees[try].all(parts, OccupationKind) {
			code := f.entry.word.group()
			s := Suggestion{ID: code, Label: t.Title(code, language), Matched: f.entry.word.Word, Weight: f.weight(len(parts), try == language)}
			if s.Weight > best[code].Weight {
				best[code] = s
			}
		}
	}
	return joined(best, known)
}

// weight says how much a title that was found tells.
func (f localFound) weight(parts int, own bool) int {
	switch {
	case f.to-f.from < parts:
		if !own && !f.entry.telling {
			return 0
		}
		return max(leastTitle, wholeTitle*(f.to-f.from)/parts*8/10)
	case !own:
		return foreignTitle
	case !f.exact:
		return typedTitle
	}
	return wholeTitle
}

// joined puts local titles among those that the vocabulary knows, each group once.
func joined(local map[string]Suggestion, known []Suggestion) []Suggestion {
	if len(local) == 0 {
		return known
	}
	var whole, part []Suggestion
	for _, code := range slices.Sorted(keysOf(local)) {
		if s := local[code]; s.Weight >= foreignTitle {
			whole = append(whole, s)
		} else if s.Weight > 0 {
			part = append(part, s)
		}
	}
	out := whole
	for _, s := range slices.Concat(known, part) {
		if !slices.ContainsFunc(out, func(o Suggestion) bool { return o.ID == s.ID }) {
			out = append(out, s)
		}
	}
	if len(known) == 0 || known[0].Weight > 0 { // so every one is weighed
		slices.SortStableFunc(out, func(a, b Suggestion) int { return cmp.Compare(b.Weight, a.Weight) })
	}
	return out[:min(len(out), mostGroups)]
}

// localTyped returns the concepts of a kind whose local words begin with what
// was typed, or have a part that does: the reader's language and whole words first.
func (t *Taxonomy) localTyped(typed, language, kind string, limit int) []Suggestion {
	o := t.words()
	if len(o.trees) == 0 || len(typed) > longestTyped || limit < 1 {
		return nil
	}
	type hit struct {
		word  LocalWord
		order int
	}
	var hits []hit
	for _, w := range o.byID {
		if w.Kind != kind {
			continue
		}
		order := typedOrder(w, typed)
		if order < 0 {
			continue
		}
		if w.Language != language {
			order += otherLanguage
		}
		hits = append(hits, hit{w, order})
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(len(a.word.Word), len(b.word.Word)), strings.Compare(a.word.ID, b.word.ID))
	})
	var out []Suggestion
	for _, h := range hits {
		s := Suggestion{ID: h.word.Concept, Matched: h.word.Word}
		if kind == OccupationKind {
			s.ID = h.word.group()
			s.Label = t.Title(s.ID, language)
		} else {
			s.Label = t.Label(s.ID, language)
		}
		if len(out) < limit && !slices.ContainsFunc(out, func(o Suggestion) bool { return o.ID == s.ID }) {
			out = append(out, s)
		}
	}
	return out
}

// typedOrder says how well a word fits what was typed; -1: not at all.
func typedOrder(w LocalWord, typed string) int {
	asked, has := typedParts(typed, w.Language), typedParts(w.Word, w.Language)
	switch {
	case asked == "":
		return -1
	case has == asked:
		return 0
	case strings.HasPrefix(has, asked):
		return 1
	case strings.Contains(" "+has, " "+asked):
		return notBeginning
	}
	return -1
}

// withLocal puts what local words suggest before what the vocabulary does.
func withLocal(local, known []Suggestion, limit int) []Suggestion {
	if len(local) == 0 {
		return known
	}
	out := local
	for _, s := range known {
		if !slices.ContainsFunc(out, func(o Suggestion) bool { return o.ID == s.ID }) {
			out = append(out, s)
		}
	}
	return out[:min(len(out), limit)]
}
