// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"bufio"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"sankofa/backend/internal/fault"
)

// The kinds of concepts and relations, as the database names them.
const (
	kindSkill      = "skill"
	kindHeading    = "heading" // a group of skills
	kindOccupation = "occupation"
	kindGroup      = "group" // of ISCO-08

	relationBroader   = "broader"
	relationEssential = "essential"
	relationOptional  = "optional"
)

// escoKind is a kind of file in the download.
type escoKind struct {
	columns []string // that it must have
	ragged  bool     // its rows may end early
	comma   rune     // between columns; 0 is a comma
	read    func(b *escoBatch, cell func(column string) string)

	// Of files that are no CSV: check says what is wrong with a line, and read
	// gets the line as the cell of no name.
	check func(line string) error
}

// escoName tells a file by its name: what it holds, and in which language.
// Some editions add the language to the names of relations, others do not.
var escoName = regexp.MustCompile(`^([a-z]+?)(?:_([a-z]{2,3}))?\.csv$`)

// kindOf returns how to read the file; read is nil for a file that we do not use.
func kindOf(name string) escoKind {
	if kind, ok := consolidated[name]; ok {
		return kind
	}
	parts := escoName.FindStringSubmatch(name)
	if parts == nil {
		return escoKind{}
	}
	what, language := parts[1], parts[2]
	switch what {
	case "broaderrelationsskillpillar":
		return escoKind{columns: []string{"conceptUri", "broaderUri"}, read: readBroader}
	case "occupationskillrelations":
		return escoKind{columns: []string{"occupationUri", "relationType", "skillUri"}, read: readNeeded}
	}
	if language == "" {
		return escoKind{}
	}
	switch {
	case what == "skills" || strings.HasSuffix(what, "skillscollection"):
		return conceptFile(kindSkill, language, "")
	case what == "skillgroups":
		return conceptFile(kindHeading, language, "")
	case what == "occupations":
		return conceptFile(kindOccupation, language, "iscoGroup")
	case what == "iscogroups":
		return conceptFile(kindGroup, language, "code")
	case what == "skillshierarchy":
		return escoKind{columns: hierarchyColumns, ragged: true, read: readHierarchy}
	}
	return escoKind{}
}

// conceptFile reads concepts with their labels in one language.
func conceptFile(kind, language, isco string) escoKind {
	columns := []string{"conceptUri", "preferredLabel", "altLabels"}
	if isco != "" {
		columns = append(columns, isco)
	}
	return escoKind{columns: columns, read: func(b *escoBatch, cell func(string) string) {
		if status := cell("status"); status != "" && status != "released" {
			return
		}
		code := ""
		if isco != "" {
			code = cell(isco)
		}
		b.concept(cell("conceptUri"), kind, code)
		b.label(cell("conceptUri"), language, cell("preferredLabel"), synonyms(cell("altLabels")))
		// The collections name what is above a skill in the same row.
		for _, up := range strings.Split(cell("broaderConceptUri"), "|") {
			b.relation(relationBroader, cell("conceptUri"), strings.TrimSpace(up))
		}
	}}
}

// synonyms cuts a cell of alternative labels: one a line in the main files,
// with a bar between them in the collections.
func synonyms(cell string) []string {
	if !strings.Contains(cell, "\n") {
		return split(cell, " | ")
	}
	return split(cell, "\n")
}

func readBroader(b *escoBatch, cell func(string) string) {
	b.relation(relationBroader, cell("conceptUri"), cell("broaderUri"))
}

// readNeeded keeps what an occupation cannot do without, and what it may need.
func readNeeded(b *escoBatch, cell func(string) string) {
	switch kind := cell("relationType"); kind {
	case relationEssential, relationOptional:
		b.relation(kind, cell("skillUri"), cell("occupationUri"))
	}
}

var hierarchyColumns = []string{"Level 0 URI", "Level 1 URI", "Level 2 URI", "Level 3 URI"}

// readHierarchy reads a heading with those above it.
func readHierarchy(b *escoBatch, cell func(string) string) {
	for i := 1; i < len(hierarchyColumns); i++ {
		if cell(hierarchyColumns[i]) != "" {
			b.concept(cell(hierarchyColumns[i]), kindHeading, "")
			b.relation(relationBroader, cell(hierarchyColumns[i]), cell(hierarchyColumns[i-1]))
		}
	}
}

// largestRecord is how many bytes a record may have. A quotation mark that is
// never closed would otherwise make a record of the rest of the file.
const largestRecord = 1 << 20

// recordReader reads the records of a file.
type recordReader struct {
	source source
	kind   escoKind
	digest hash.Hash
	input  *countingReader
	csv    *csv.Reader
	lines  *bufio.Reader // of a file that is no CSV; csv is nil then
	column map[string]int
	width  int
	line   int // where the last whole record begins
	closer io.Closer
}

// countingReader counts what is read, and ends when a record takes too much.
type countingReader struct {
	io.Reader
	read, limit int64
}

var errLongRecord = errors.New("a record has no end")

func (c *countingReader) Read(p []byte) (int, error) {
	if c.read > c.limit {
		return 0, errLongRecord
	}
	n, err := c.Reader.Read(p)
	c.read += int64(n)
	return n, err
}

// records opens a file and checks its header.
func (s source) records() (*recordReader, error) {
	file, err := s.reader()
	if err != nil {
		return nil, err
	}
	r := &recordReader{source: s, kind: kindOf(s.name), closer: file, column: map[string]int{}, digest: sha256.New()}
	r.input = &countingReader{Reader: io.TeeReader(file, r.digest), limit: largestRecord}
	buffered := bufio.NewReaderSize(r.input, 64<<10)
	if mark, _ := buffered.Peek(3); string(mark) == "\xef\xbb\xbf" {
		_, _ = buffered.Discard(3)
	}
	if r.kind.check != nil {
		r.lines = buffered
		return r, nil
	}
	r.csv = csv.NewReader(buffered)
	r.csv.ReuseRecord = true
	if r.kind.comma != 0 {
		r.csv.Comma, r.csv.LazyQuotes = r.kind.comma, true
	}
	r.csv.FieldsPerRecord = -1
	if err := r.header(); err != nil {
		_ = file.Close()
		return nil, err
	}
	return r, nil
}

func (r *recordReader) header() error {
	cells, err := r.csv.Read()
	if err == io.EOF {
		return fault.New(fault.Invalid, "esco.truncated", "%s is empty. Please download it again.", r.source.shown)
	}
	if err != nil {
		return r.broken(err)
	}
	r.line = 1
	if err := r.checkText(cells); err != nil {
		return err
	}
	for at, name := range cells {
		r.column[strings.TrimSpace(name)] = at
	}
	r.width = len(cells)
	for _, name := range r.kind.columns {
		if _, ok := r.column[name]; !ok {
			return fault.New(fault.Invalid, "esco.wrong_header",
				"%s has no column %q. Please use ESCO's CSV files as they are, with commas between the columns.", r.source.shown, name)
		}
	}
	return nil
}

// next reads one record; the function returns a cell by the name of its column.
func (r *recordReader) next() (func(column string) string, error) {
	r.input.limit = r.input.read + largestRecord
	if r.lines != nil {
		return r.nextLine()
	}
	cells, err := r.csv.Read()
	if err == io.EOF {
		return nil, io.EOF
	}
	if err != nil {
		return nil, r.broken(err)
	}
	r.line, _ = r.csv.FieldPos(0)
	if len(cells) < r.width && !r.kind.ragged {
		return nil, r.truncated(nil)
	}
	if err := r.checkText(cells); err != nil {
		return nil, err
	}
	return func(column string) string {
		at, ok := r.column[column]
		if !ok || at >= len(cells) {
			return ""
		}
		return strings.TrimSpace(cells[at])
	}, nil
}

func (r *recordReader) checkText(cells []string) error {
	if slices.ContainsFunc(cells, func(cell string) bool { return !utf8.ValidString(cell) || strings.ContainsRune(cell, 0) }) {
		return fault.New(fault.Invalid, "esco.not_utf8", "%s is not written in UTF-8 (line %d). Please use the file as it was downloaded.",
			r.source.shown, r.line)
	}
	return nil
}

// broken says what is wrong with a file that is no CSV.
func (r *recordReader) broken(err error) error {
	var parse *csv.ParseError
	switch {
	case errors.Is(err, errLongRecord), errors.As(err, &parse):
		return r.truncated(err)
	}
	return r.source.unreadable(err)
}

func (r *recordReader) truncated(cause error) error {
	line := r.line
	var parse *csv.ParseError
	if errors.As(cause, &parse) {
		line = parse.StartLine
	}
	f := fault.New(fault.Invalid, "esco.truncated",
		"%s is damaged or ends too early (near line %d). Nothing was imported. Please download it again.", r.source.shown, line)
	if cause != nil {
		return f.Because(cause)
	}
	return f
}

// check reads the whole file, so that a damaged one is found before anything is
// written, and returns its SHA-256.
func (s source) check() (string, error) {
	r, err := s.records()
	if err != nil {
		return "", err
	}
	defer r.closer.Close()
	for {
		if _, err := r.next(); err == io.EOF {
			return hex.EncodeToString(r.digest.Sum(nil)), nil
		} else if err != nil {
			return "", err
		}
	}
}
