// SPDX-License-Identifier: AGPL-3.0-or-later

// Package sheets reads the spreadsheets that people have – CSV in whatever
// encoding, XLSX, ODS – into rows of text, and writes such files. It goes by
// what is in a file and never by its name, runs no formula, and bounds what a
// file may cost, however it was made. It is pure: bytes in, rows out.
package sheets

import (
	"bytes"
	"context"
	"strings"
	"unicode/utf8"

	"sankofa/backend/internal/fault"
)

// Format is what a file is by its bytes.
type Format string

// The formats that are read.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
	ODS  Format = "ods"
)

// What a file may cost. An association's list has hundreds of people; these
// bounds leave room for a national federation's, and for no more.
const (
	MostBytes    = 20 << 20  // of the file as it is sent
	mostUnpacked = 160 << 20 // of what a packed file unpacks to
	mostEntries  = 2_000     // of files within a packed file
	MostRows     = 20_000    // with something in them
	MostColumns  = 200
	mostCell     = 32_767 // characters, as in a cell of a spreadsheet (ECMA-376, limits of the applications)
	mostText     = 64 << 20
	mostBlank    = 2_000_000 // rows looked at, filled or not: twice what a spreadsheet holds
)

// Choices say what the reader of a file knows better than its bytes do; empty
// ones are detected.
type Choices struct {
	Encoding  string // of CSV: a name of Encodings
	Delimiter string // of CSV: one character
	Sheet     string // the name of a sheet of a workbook
}

// Row is a line of the table with something in it.
type Row struct {
	Number int // as the spreadsheet counts, from 1
	Cells  []string
}

// Cell returns the text in a column, counted from 0; nothing where the row ends before.
func (r Row) Cell(column int) string {
	if column < 0 || column >= len(r.Cells) {
		return ""
	}
	return r.Cells[column]
}

// Doubt is a question that only a person can answer: what was taken, and what
// else it may be.
type Doubt struct {
	About  string   // "encoding", "delimiter", "sheet"
	Taken  string   // what the table was read with
	Others []string // what else is likely
}

// Note tells of something in the file that its owner should know.
type Note struct {
	Code  string // "merged", "formulas", "errors", "replaced", "repaired", "sheets"
	Count int
}

// Table is what a file says.
type Table struct {
	Format    Format
	Encoding  string // of CSV
	Delimiter string // of CSV
	Sheet     string // of a workbook
	Sheets    []string
	Rows      []Row // those with something in them
	Doubts    []Doubt
	Notes     []Note
}

// note records a note, unless there is nothing to tell.
func (t *Table) note(code string, count int) {
	if count > 0 {
		t.Notes = append(t.Notes, Note{code, count})
	}
}

// Width returns how many columns the widest row has.
func (t *Table) Width() int {
	width := 0
	for _, r := range t.Rows {
		width = max(width, len(r.Cells))
	}
	return width
}

// Read reads a file. What it cannot read is a fault that says what the file is
// and what to send instead.
func Read(ctx context.Context, data []byte, choose Choices) (*Table, error) {
	if len(data) > MostBytes {
		return nil, fault.New(fault.TooLarge, "sheet.large", "This file has more than %d MB. Please send fewer people at once.", MostBytes>>20)
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, refuse("sheet.empty", "This file is empty.")
	}
	table, err := read(ctx, data, choose)
	if err != nil {
		return nil, err
	}
	if len(table.Rows) == 0 {
		return nil, refuse("sheet.empty", "There is nothing in this file.")
	}
	return table, nil
}

func read(ctx context.Context, data []byte, choose Choices) (*Table, error) {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return readPacked(ctx, data, choose)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return nil, compound(data)
	}
	if err := foreign(data); err != nil {
		return nil, err
	}
	return readCSV(ctx, data, choose)
}

func refuse(code, message string, args ...any) error {
	return fault.New(fault.Invalid, code, message, args...)
}

// compound tells what a file in Microsoft's old container is: a workbook with a
// password, or one of before 2007.
func compound(data []byte) error {
	if bytes.Contains(data, wide("EncryptedPackage")) {
		return refuse("sheet.encrypted", "This workbook has a password. Please remove the password (File, Info, Protect), save it and send it again.")
	}
	if bytes.Contains(data, wide("WordDocument")) {
		return refuse("sheet.document", "This is a text document, not a spreadsheet. Please copy the table into a spreadsheet and save that.")
	}
	return refuse("sheet.old", "This is a workbook of an old kind (.xls). Please open it, choose Save as, Excel workbook (.xlsx), and send that.")
}

// wide spells text as UTF-16, as the names in such containers are.
func wide(text string) []byte {
	out := make([]byte, 0, 2*len(text))
	for i := range len(text) {
		out = append(out, text[i], 0)
	}
	return out
}

// foreign recognises files that are called spreadsheets and are something else.
func foreign(data []byte) error {
	head := data[:min(len(data), 2048)]
	start := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n"))
	switch {
	case bytes.HasPrefix(start, []byte("%pdf")):
		return refuse("sheet.pdf", "This is a PDF. Please send the spreadsheet that it was made from.")
	case bytes.HasPrefix(start, []byte("{\\rtf")):
		return refuse("sheet.document", "This is a text document, not a spreadsheet. Please copy the table into a spreadsheet and save that.")
	case bytes.HasPrefix(start, []byte("<html")), bytes.HasPrefix(start, []byte("<!doctype")), bytes.HasPrefix(start, []byte("<table")),
		bytes.HasPrefix(start, []byte("<meta")), bytes.HasPrefix(start, []byte("<?xml")):
		return refuse("sheet.web_page", "This is a web page or XML, though it may be called a spreadsheet. Please open it in a spreadsheet program, choose Save as, Excel workbook (.xlsx), and send that.")
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")), bytes.HasPrefix(head, []byte("\x89PNG")), bytes.HasPrefix(head, []byte("GIF8")):
		return refuse("sheet.picture", "This is a picture. Please send the spreadsheet itself.")
	case bytes.HasPrefix(head, []byte("\x1f\x8b")), bytes.HasPrefix(head, []byte("Rar!")), bytes.HasPrefix(head, []byte("7z\xbc\xaf")):
		return refuse("sheet.archive", "This is a packed archive. Please unpack it and send the spreadsheet in it.")
	}
	return nil
}

// Column spells the letters of a column, counted from 0: A, B … Z, AA.
func Column(n int) string {
	text := ""
	for n++; n > 0; n = (n - 1) / 26 {
		text = string(rune('A'+(n-1)%26)) + text
	}
	return text
}

// gatherer collects rows within the bounds.
type gatherer struct {
	table *Table
	text  int
}

// add keeps a row with something in it. The number is the spreadsheet's.
func (g *gatherer) add(number int, cells []string) error {
	last := -1
	for i, cell := range cells {
		cells[i] = tidy(cell)
		if cells[i] != "" {
			last = i
		}
		if g.text += len(cells[i]); g.text > mostText || utf8.RuneCountInString(cells[i]) > mostCell {
			return refuse("sheet.cell_long", "Cell %s%d, or the file as a whole, holds more text than a list of people can. Please shorten it.", Column(i), number)
		}
	}
	if last < 0 {
		return nil
	}
	if last >= MostColumns {
		return refuse("sheet.columns", "Row %d has %d columns; at most %d can be read. Please leave out what is not about people.", number, last+1, MostColumns)
	}
	if len(g.table.Rows) >= MostRows {
		return tooManyRows
	}
	g.table.Rows = append(g.table.Rows, Row{Number: number, Cells: cells[:last+1]})
	return nil
}

var tooManyRows = fault.New(fault.TooLarge, "sheet.rows", "This file has more than %d rows. Please split it into smaller files.", MostRows)

// tidy drops blanks around, and characters that no screen shows: spreadsheets are
// full of them, and two cells that look the same should be the same.
func tidy(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r', r < ' ', r >= 0x7f && r <= 0x9f, r == 0xfeff, r == 0x200b, r == 0x200e, r == 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == utf8.RuneError:
			return -1
		case r == 0xa0 || r == 0x202f || r == 0x2007:
			return ' '
		}
		return r
	}, text)
	return strings.TrimSpace(text)
}
