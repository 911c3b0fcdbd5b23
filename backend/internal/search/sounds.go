// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"sankofa/backend/internal/taxonomy"
)

// naming is what a label names.
type naming struct{ skills, groups []string }

func (n naming) size() int { return len(n.skills) + len(n.groups) }

func (n *naming) add(o naming) {
	for _, id := range o.skills {
		if !slices.Contains(n.skills, id) {
			n.skills = append(n.skills, id)
		}
	}
	for _, code := range o.groups {
		if !slices.Contains(n.groups, code) {
			n.groups = append(n.groups, code)
		}
	}
}

// wordbook finds labels of skills and occupations by a word that is spelled nearly
// like them, or that writes in Latin letters how an Arabic label sounds, or the
// other way round.
type wordbook struct {
	mu      sync.Mutex
	made    time.Time
	words   map[rune]map[string]*naming // labels of one word, by their first letter
	sounds  map[string]*naming          // by the consonants of labels in the other script
	arabics map[string]*naming
}

// wordbookAge is how long labels are kept: a word that staff add is known by its
// sound that much later.
const wordbookAge = 5 * time.Minute

// mostMeant is how many things a word may mean and still be taken for them.
const mostMeant = 4

// fresh returns the tables, made anew when they are old.
func (l *wordbook) fresh(v Vocabulary) *wordbook {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.words != nil && time.Since(l.made) < wordbookAge {
		return l
	}
	l.made, l.words, l.sounds, l.arabics = time.Now(), map[rune]map[string]*naming{}, map[string]*naming{}, map[string]*naming{}
	for _, s := range v.Skills("") {
		l.labels(s.Labels, naming{skills: []string{s.ID}})
	}
	for _, o := range v.Occupations() {
		l.labels(o.Labels, naming{groups: []string{o.ISCO}})
	}
	return l
}

func (l *wordbook) labels(labels taxonomy.Labels, named naming) {
	for _, list := range labels {
		for _, label := range list {
			folded := taxonomy.Fold(label)
			if n := len(strings.Fields(folded)); n > 3 || n == 0 {
				continue
			} else if n == 1 && edits(folded) > 0 {
				first, _ := utf8.DecodeRuneInString(folded)
				if l.words[first] == nil {
					l.words[first] = map[string]*naming{}
				}
				put(l.words[first], folded, named)
			}
			to := l.sounds
			if isArabic(folded) {
				to = l.arabics
			}
			if sound := soundOf(folded); utf8.RuneCountInString(sound) >= 3 {
				put(to, sound, named)
			}
		}
	}
}

func put(to map[string]*naming, key string, named naming) {
	if to[key] == nil {
		to[key] = &naming{}
	}
	to[key].add(named)
}

// nearest returns what the label of one word means that is spelled most nearly like
// the word; nothing when that may be too many things.
func (l *wordbook) nearest(word string) naming {
	l.mu.Lock()
	defer l.mu.Unlock()
	folded := taxonomy.Fold(word)
	first, _ := utf8.DecodeRuneInString(folded)
	var found naming
	best := edits(folded) + 1
	for label, named := range l.words[first] {
		switch d := slips(folded, label, min(best, edits(folded))); {
		case d == 0 || d > best:
		case d < best:
			best, found = d, naming{}
			found.add(*named)
		default:
			found.add(*named)
		}
	}
	return handful(found)
}

// sounding returns what a label in the other script means that sounds like the words.
func (l *wordbook) sounding(word string) naming {
	l.mu.Lock()
	defer l.mu.Unlock()
	folded := taxonomy.Fold(word)
	from := l.arabics
	if isArabic(folded) {
		from = l.sounds
	}
	sound := soundOf(folded)
	if utf8.RuneCountInString(sound) < 3 || from[sound] == nil {
		return naming{}
	}
	var found naming
	found.add(*from[sound])
	return handful(found)
}

// handful returns what was found in a fixed order, or nothing when it is too much.
func handful(found naming) naming {
	if found.size() > mostMeant {
		return naming{}
	}
	slices.Sort(found.skills)
	slices.Sort(found.groups)
	return found
}

func isArabic(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Arabic, r) })
}

// consonants gives each letter of both scripts its sound, as people write it who
// have no diacritics at hand; vowels and half-vowels are left out.
var consonants = map[rune]rune{
	'b': 'b', 'p': 'b', 'ب': 'b', 'پ': 'b', 't': 't', 'ت': 't', 'ط': 't', 'ث': 'θ', 'j': 'j', 'g': 'j', 'ج': 'j', 'گ': 'j', 'h': 'h', 'ح': 'h', 'ه': 'h', 'خ': 'x',
	'd': 'd', 'د': 'd', 'ض': 'd', 'ذ': 'z', 'ظ': 'z', 'z': 'z', 'ز': 'z', 'r': 'r', 'ر': 'r', 's': 's', 'س': 's', 'ص': 's', 'ش': 'š', 'غ': 'γ', 'f': 'f', 'v': 'f', 'ف': 'f', 'ڤ': 'f',
	'q': 'k', 'k': 'k', 'c': 'k', 'ق': 'k', 'ك': 'k', 'l': 'l', 'ل': 'l', 'm': 'm', 'م': 'm', 'n': 'n', 'ن': 'n', 'x': 'k',
}

// pairs are two Latin letters for one sound.
var pairs = strings.NewReplacer("kh", "خ", "sh", "ش", "ch", "ش", "gh", "غ", "th", "ث", "dh", "ذ", "ph", "f")

// soundOf writes the consonants of a text, without articles and the ending of the
// feminine; Latin letters that are doubled count once.
func soundOf(folded string) string {
	var out strings.Builder
	for w := range strings.FieldsSeq(folded) {
		w = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(w, "ال"), "al-"), "el-")
		if isArabic(w) { // Fold has made the ending of the feminine a ه
			w = strings.TrimSuffix(w, "ه")
		} else {
			w = strings.TrimSuffix(pairs.Replace(w), "ah")
		}
		last := rune(0)
		for _, r := range w {
			if c, ok := consonants[r]; ok && (r != last || isArabic(w)) {
				out.WriteRune(c)
			}
			last = r
		}
	}
	return out.String()
}
