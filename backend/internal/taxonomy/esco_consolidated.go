// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// ESCO is published one release and one language at a time, and no release holds
// every language. What several of them say may be put together in five files,
// which are read as well: occupations.jsonl and skills.jsonl hold one concept a
// line with its labels in all languages (the preferred one first), occ_skill.tsv
// which occupation needs which skill, skill_broader.tsv what is above a skill,
// and isco08.tsv the titles of the groups, one language a column.
var consolidated = map[string]escoKind{
	"occupations.jsonl": conceptLines(kindOccupation),
	"skills.jsonl":      conceptLines(kindSkill),
	"occ_skill.tsv": tabbed(3, func(b *escoBatch, cells []string) {
		if cells[2] == relationEssential || cells[2] == relationOptional {
			b.relation(cells[2], cells[1], cells[0])
		}
	}),
	"skill_broader.tsv": tabbed(2, func(b *escoBatch, cells []string) { b.relation(relationBroader, cells[0], cells[1]) }),
	"isco08.tsv":        {columns: []string{"code", "en"}, comma: '\t', read: readGroups},
}

// conceptLine is a concept in a file of one concept a line.
type conceptLine struct {
	URI    string              `json:"uri"`
	ISCO   string              `json:"isco"`
	Type   string              `json:"type"`
	Labels map[string][]string `json:"labels"`
}

func conceptLines(kind string) escoKind {
	return escoKind{
		check: func(line string) error {
			var c conceptLine
			if err := json.Unmarshal([]byte(line), &c); err != nil {
				return err
			}
			if c.URI == "" {
				return errors.New("a concept without a uri")
			}
			return nil
		},
		read: func(b *escoBatch, cell func(string) string) {
			var c conceptLine
			if json.Unmarshal([]byte(cell("")), &c) != nil {
				return // check has read the line before
			}
			b.concept(c.URI, kind, c.ISCO)
			for language, labels := range c.Labels {
				if len(labels) > 0 && len(language) <= 3 {
					b.label(c.URI, language, labels[0], labels[1:])
				}
			}
		},
	}
}

// tabbed reads lines of cells with tabs between them.
func tabbed(least int, read func(b *escoBatch, cells []string)) escoKind {
	return escoKind{
		check: func(line string) error {
			if strings.Count(line, "\t")+1 < least {
				return errors.New("too few columns")
			}
			return nil
		},
		read: func(b *escoBatch, cell func(string) string) { read(b, strings.Split(cell(""), "\t")) },
	}
}

// groupPrefix is how ESCO begins the names of the groups of ISCO-08.
const groupPrefix = "http://data.europa.eu/esco/isco/C"

// escoLanguages are those that ESCO is published in.
var escoLanguages = strings.Fields("ar bg cs da de el en es et fi fr ga hr hu is it lt lv mt nl no pl pt ro sk sl sv uk")

// readGroups reads the titles of a group; the first line names the languages.
func readGroups(b *escoBatch, cell func(string) string) {
	b.concept(groupPrefix+cell("code"), kindGroup, cell("code"))
	for _, language := range escoLanguages {
		b.label(groupPrefix+cell("code"), language, cell(language), nil)
	}
}

// nextLine reads one line of a file that is no CSV.
func (r *recordReader) nextLine() (func(column string) string, error) {
	text, err := r.lines.ReadString('\n')
	if err == io.EOF && text == "" {
		return nil, io.EOF
	}
	if err != nil && err != io.EOF {
		return nil, r.broken(err)
	}
	r.line++
	text = strings.TrimRight(text, "\r\n")
	if err := r.checkText([]string{text}); err != nil {
		return nil, err
	}
	if err := r.kind.check(text); err != nil {
		return nil, r.truncated(err)
	}
	return func(string) string { return text }, nil
}
