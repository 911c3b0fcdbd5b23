// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

//go:embed data
var files embed.FS

// record is one line of a table, by the names of its columns.
type record map[string]string

// list returns the parts of a cell that holds several values.
func (r record) list(column string) []string {
	if r[column] == "" {
		return nil
	}
	return strings.Split(r[column], "|")
}

// number returns a cell that holds a number.
func (r record) number(column string) (int, error) {
	n, err := strconv.Atoi(r[column])
	if err != nil {
		return 0, fmt.Errorf("column %s: %w", column, err)
	}
	return n, nil
}

// readTable returns the lines of an embedded table: tabs between columns, the
// names of the columns in the first line.
func readTable(name string) ([]record, error) {
	text, err := files.ReadFile("data/" + name)
	if err != nil {
		return nil, fmt.Errorf("read demonstration data: %w", err)
	}
	lines := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
	columns := strings.Split(lines[0], "\t")
	var out []record
	for i, line := range lines[1:] {
		cells := strings.Split(line, "\t")
		if len(cells) != len(columns) {
			return nil, fmt.Errorf("%s:%d: %d columns, want %d", name, i+2, len(cells), len(columns))
		}
		row := record{}
		for at, column := range columns {
			row[column] = cells[at]
		}
		out = append(out, row)
	}
	return out, nil
}

// option is a value with how often it is drawn.
type option struct {
	value  string
	weight int
}

// readOptions reads a cell such as "NL:6,GB:5".
func readOptions(cell string) ([]option, error) {
	var out []option
	for _, part := range strings.Split(cell, ",") {
		value, weight, _ := strings.Cut(part, ":")
		n, err := strconv.Atoi(weight)
		if err != nil {
			return nil, fmt.Errorf("weights %q: %w", cell, err)
		}
		out = append(out, option{value: value, weight: n})
	}
	return out, nil
}

// languages are those that profiles are written in.
var languages = []string{"en", "fr", "it", "nl", "de", "es", "pt", "ar"}

// country is where people come from.
type country struct {
	code        string
	weight      int
	official    string
	mother      []option
	also        []option // a language that many learn at school, in per cent
	own         []option // languages of home that profiles may be written in, in per cent
	residences  []option
	occupations []option
	towns       []string
	arabic      []string // the towns in Arabic script, where people write so
	female      []string
	male        []string
	family      []string
}

// residence is where people live.
type residence struct {
	code     string
	local    string
	profiles []option
	phone    string // prefix and range of numbers kept free for fiction, or nothing
	towns    []string
	councils record // by kind of licence
}

// occupation is what people do.
type occupation struct {
	isco    string
	sector  string
	level   int // ISCED 2011
	field   string
	licence string
	weight  int
	focus   []string // concepts that the skills are drawn from or below, where the group is wide
	employs string   // sector of the employers, where it is another
	titles  record   // by language: masculine and feminine, where they differ
}

// tables are everything that people are made from.
type tables struct {
	countries   []country
	residences  map[string]residence
	occupations map[string]occupation
	general     []option // occupations that are drawn everywhere
	degrees     map[int]record
	studies     map[string]record
	employers   map[string]record
	schools     map[string][]string
	phrases     map[string][]string // by language, kind and sector
}

// load reads the tables once.
var load = sync.OnceValues(func() (*tables, error) {
	t := &tables{residences: map[string]residence{}, occupations: map[string]occupation{}, degrees: map[int]record{},
		studies: map[string]record{}, employers: map[string]record{}, schools: map[string][]string{}, phrases: map[string][]string{}}
	for _, read := range []func() error{t.readCountries, t.readNames, t.readResidences, t.readOccupations, t.readWords, t.readPhrases} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return t, nil
})
