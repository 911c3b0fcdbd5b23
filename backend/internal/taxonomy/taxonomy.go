// SPDX-License-Identifier: AGPL-3.0-or-later

// Package taxonomy knows the words of the work and what they mean: occupations
// (ISCO-08), skills, education (ISCED), languages, levels (CEFR) and countries.
// It links words in any offered language to concepts, so that an Italian
// "irrigazione a goccia" meets a French "irrigation goutte à goutte" on a
// concept and not on a word.
//
// The vocabulary that ships is our own data (see the folder data); ESCO extends
// it when it is imported.
package taxonomy

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

//go:embed data
var shipped embed.FS

// LabelLanguages are the languages that every shipped skill has labels in.
var LabelLanguages = []string{"en", "fr", "es", "pt", "it", "de", "nl", "ar"}

// Sectors are the fields of work that the shipped vocabulary covers.
var Sectors = []string{"health", "education", "agriculture", "engineering", "ict", "finance", "administration", "environment"}

// Labels are the words for one concept, by language: the preferred one first.
type Labels map[string][]string

// In returns the preferred label in the language, in English, or in any other.
func (l Labels) In(language string) string {
	for _, try := range []string{language, "en"} {
		if words := l[try]; len(words) > 0 {
			return words[0]
		}
	}
	for _, try := range slices.Sorted(keysOf(l)) {
		if words := l[try]; len(words) > 0 {
			return words[0]
		}
	}
	return ""
}

// Skill is a concept: something that a person can do or know.
type Skill struct {
	ID      string   // "agriculture.drip-irrigation", or an ESCO URI
	Sector  string   // one of Sectors, or "esco"
	ISCO    []string // groups of ISCO-08 whose people use it
	Broader []string // concepts that include this one
	Labels  Labels
}

// Group is a group of ISCO-08: one digit for a major group, four for a unit group.
type Group struct {
	Code   string
	Labels Labels
}

// Occupation is an everyday occupation with the ISCO-08 unit group it belongs to.
type Occupation struct {
	ID     string // "2222.midwife"
	ISCO   string
	Labels Labels
}

// Taxonomy answers questions about the vocabulary. It may be used by many at
// once while an import extends it.
type Taxonomy struct {
	shipped *vocabulary
	now     atomic.Pointer[vocabulary]
	local   atomic.Pointer[overlay] // what staff added
	reading sync.Mutex              // of the overlay, one at a time
}

// vocabulary is one state of the taxonomy; it never changes once it is in use.
type vocabulary struct {
	skills      map[string]*Skill
	groups      map[string]*Group
	occupations []Occupation
	levels      []Code // ISCED 2011
	fields      []Code // ISCED-F 2013
	aliases     map[string]string

	imported []Occupation      // of ESCO
	added    map[string]Labels // of ESCO, to skills of our own
	crowded  map[string]bool   // headings of ESCO that make no siblings
	esco     ESCO

	usesOf    map[string][]string // unit group: skills of ours that its people use
	essential map[string][]string // occupation of ESCO: skills that it cannot do without
	optional  map[string][]string // occupation of ESCO: skills that it may need
	links     *linkers            // for titles and phrases of any kind

	phrases map[string]*phrases // by language: labels of skills, for texts
	labels  *lookup             // of skills, for typing
	titles  *lookup             // of groups and occupations, for typing
}

// Code is a code of a classification with its names.
type Code struct {
	Code   string
	Labels Labels
}

// Load reads the shipped vocabulary. Faulty data is an error that names the
// file and the line.
func Load() (*Taxonomy, error) {
	v := &vocabulary{skills: map[string]*Skill{}, groups: map[string]*Group{}, aliases: map[string]string{}}
	if err := v.readClassifications(); err != nil {
		return nil, err
	}
	names, err := fs.Glob(shipped, "data/skills/*.tsv")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if err := v.readSkills(name); err != nil {
			return nil, err
		}
	}
	v.index()
	t := &Taxonomy{shipped: v}
	t.now.Store(v)
	return t, nil
}

// Apart returns a taxonomy of the same vocabulary that learns local words by
// itself: two databases in one program do not share theirs.
func (t *Taxonomy) Apart() *Taxonomy {
	apart := &Taxonomy{shipped: t.shipped}
	apart.now.Store(t.now.Load())
	return apart
}

// readClassifications reads ISCO-08, the everyday occupations and ISCED.
func (v *vocabulary) readClassifications() error {
	err := eachRow("data/isco08.tsv", 1, func(row row) error {
		code := row.cells[0]
		v.groups[code] = &Group{Code: code, Labels: row.labels}
		return nil
	})
	if err != nil {
		return err
	}
	err = eachRow("data/occupations.tsv", 2, func(row row) error {
		o := Occupation{ID: row.cells[0], ISCO: row.cells[1], Labels: row.labels}
		if v.groups[o.ISCO] == nil {
			return fmt.Errorf("%s: no ISCO-08 group %q", row.where, o.ISCO)
		}
		v.occupations = append(v.occupations, o)
		return nil
	})
	if err != nil {
		return err
	}
	keep := func(to *[]Code) func(row) error {
		return func(row row) error {
			*to = append(*to, Code{Code: row.cells[0], Labels: row.labels})
			return nil
		}
	}
	if err := eachRow("data/isced_levels.tsv", 1, keep(&v.levels)); err != nil {
		return err
	}
	return eachRow("data/isced_fields.tsv", 1, keep(&v.fields))
}

// readSkills reads one sector of the vocabulary.
func (v *vocabulary) readSkills(name string) error {
	sector := strings.TrimSuffix(name[strings.LastIndex(name, "/")+1:], ".tsv")
	return eachRow(name, 3, func(row row) error {
		s := &Skill{ID: row.cells[0], Sector: sector, ISCO: split(row.cells[1], ","), Broader: split(row.cells[2], ","), Labels: row.labels}
		if v.skills[s.ID] != nil {
			return fmt.Errorf("%s: %s stands there twice", row.where, s.ID)
		}
		for _, code := range s.ISCO {
			if v.groups[code] == nil {
				return fmt.Errorf("%s: no ISCO-08 group %q", row.where, code)
			}
		}
		v.skills[s.ID] = s
		return nil
	})
}

// row is one line of a data file.
type row struct {
	where  string // file and line, for errors
	cells  []string
	labels Labels
}

// eachRow calls f for every line of a file whose first columns are codes and
// whose others are labels, one language a column.
func eachRow(name string, codes int, f func(row) error) error {
	text, err := shipped.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	lines := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
	header := strings.Split(lines[0], "\t")
	for i, line := range lines[1:] {
		where := fmt.Sprintf("%s:%d", name, i+2)
		cells := strings.Split(line, "\t")
		if len(cells) != len(header) {
			return fmt.Errorf("%s: %d columns, want %d", where, len(cells), len(header))
		}
		labels := Labels{}
		for at := codes; at < len(header); at++ {
			labels[header[at]] = split(cells[at], "|")
		}
		if err := f(row{where: where, cells: cells, labels: labels}); err != nil {
			return err
		}
	}
	return nil
}

// split cuts a cell at the separator; an empty cell gives nothing.
func split(cell, separator string) []string {
	var out []string
	for _, part := range strings.Split(cell, separator) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// Find returns a skill by its identifier, following aliases.
func (t *Taxonomy) Find(id string) (Skill, bool) {
	v := t.now.Load()
	s := v.skills[v.known(id)]
	if s == nil {
		return Skill{}, false
	}
	return *s, true
}

// known follows an alias to the concept that stands for it.
func (v *vocabulary) known(id string) string {
	if to, ok := v.aliases[id]; ok {
		return to
	}
	return id
}

// Skills returns every skill of a sector, in the order of their identifiers;
// all of them for the empty sector.
func (t *Taxonomy) Skills(sector string) []Skill {
	v := t.now.Load()
	var out []Skill
	for _, id := range slices.Sorted(keysOf(v.skills)) {
		if s := v.skills[id]; s.Sector == sector || sector == "" && s.Sector != escoGroup {
			out = append(out, *s)
		}
	}
	return out
}

// Label returns the preferred label of a skill in the language, or the
// identifier itself when it is not known.
func (t *Taxonomy) Label(id, language string) string {
	if s, ok := t.Find(id); ok {
		return s.Labels.In(language)
	}
	return id
}

// Group returns a group of ISCO-08.
func (t *Taxonomy) Group(code string) (Group, bool) {
	g := t.now.Load().groups[code]
	if g == nil {
		return Group{}, false
	}
	return *g, true
}

// Title returns the title of an ISCO-08 group in the language, or the code.
func (t *Taxonomy) Title(code, language string) string { return t.now.Load().title(code, language) }

func (v *vocabulary) title(code, language string) string {
	if g := v.groups[code]; g != nil {
		return g.Labels.In(language)
	}
	return code
}

// Occupations returns the everyday occupations.
func (t *Taxonomy) Occupations() []Occupation { return t.now.Load().occupations }
