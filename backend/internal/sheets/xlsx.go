// SPDX-License-Identifier: AGPL-3.0-or-later

package sheets

import (
	"archive/zip"
	"bytes"
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// readXLSX reads a workbook of Office Open XML (ECMA-376).
func readXLSX(ctx context.Context, data []byte, archive *zip.Reader, choose Choices) (*Table, error) {
	formulas, err := weigh(ctx, archive)
	if err != nil {
		return nil, err
	}
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: mostUnpacked, // in memory: personal data belongs into no temporary file
		ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd",
	})
	if err != nil {
		return nil, broken
	}
	defer book.Close()
	table := &Table{Format: XLSX}
	if err := pick(table, sheetsOf(book), choose); err != nil {
		return nil, err
	}
	table.note("formulas", formulas)
	if err := fillXLSX(ctx, book, table); err != nil {
		return nil, err
	}
	merged, err := book.GetMergeCells(table.Sheet)
	if err != nil {
		return nil, broken
	}
	spread(table, spans(merged))
	return table, nil
}

// sheetsOf lists the sheets that can be seen and have something in them.
func sheetsOf(book *excelize.File) []string {
	var names []string
	for _, name := range book.GetSheetList() {
		visible, err := book.GetSheetVisible(name)
		if err == nil && !visible {
			continue
		}
		rows, err := book.Rows(name)
		if err != nil {
			continue
		}
		for n := 0; n < 50 && rows.Next(); n++ {
			cells, err := rows.Columns()
			if err == nil && strings.TrimSpace(strings.Join(cells, "")) != "" {
				names = append(names, name)
				break
			}
		}
		_ = rows.Close()
	}
	return names
}

// pick chooses the sheet: the one that was asked for, or the first.
func pick(table *Table, names []string, choose Choices) error {
	table.Sheets = names
	if len(names) == 0 {
		return refuse("sheet.empty", "There is nothing in this file.")
	}
	table.Sheet = names[0]
	if choose.Sheet != "" {
		if !slices.Contains(names, choose.Sheet) {
			return refuse("sheet.unknown", "There is no sheet of this name with anything in it.")
		}
		table.Sheet = choose.Sheet
	} else if len(names) > 1 {
		table.Doubts = append(table.Doubts, Doubt{"sheet", names[0], names[1:]})
	}
	return nil
}

// fillXLSX reads the rows twice side by side: as they are stored, and as the
// program would show them. A date is told by its look, and taken from what is
// stored; a number is never rounded for its look.
func fillXLSX(ctx context.Context, book *excelize.File, table *Table) error {
	stored, err := book.Rows(table.Sheet)
	if err != nil {
		return broken
	}
	defer stored.Close()
	shown, err := book.Rows(table.Sheet)
	if err != nil {
		return broken
	}
	defer shown.Close()
	since1904 := false
	if props, err := book.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		since1904 = *props.Date1904
	}
	g, errors := &gatherer{table: table}, 0
	for number := 1; stored.Next() && shown.Next(); number++ {
		if number > mostBlank {
			return tooManyRows
		}
		if number%500 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		raw, err := stored.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return broken
		}
		look, err := shown.Columns()
		if err != nil {
			return broken
		}
		for i := range raw {
			if i < len(look) {
				raw[i] = valueOf(raw[i], look[i], since1904)
			}
			if failed[raw[i]] {
				raw[i], errors = "", errors+1
			}
		}
		if err := g.add(number, raw); err != nil {
			return err
		}
	}
	table.note("errors", errors)
	return nil
}

// failed are the results of formulas that went wrong.
var failed = map[string]bool{"#N/A": true, "#REF!": true, "#VALUE!": true, "#NAME?": true, "#DIV/0!": true, "#NULL!": true, "#NUM!": true}

var (
	looksDated  = regexp.MustCompile(`(?i)^\D*\d{1,4}[-/. ]+(\d{1,2}|\pL+\.?)[-/. ,]+\d{2,4}\b|^\pL+\.?,? \d{1,2},? \d{4}\b|^\pL{3,}[- ]\d{2,4}$`)
	looksDigits = regexp.MustCompile(`^[0-9 ()+./-]+$`)
)

// valueOf chooses between what is stored and what is shown.
func valueOf(stored, shown string, since1904 bool) string {
	if stored == shown {
		return stored
	}
	if shown == "TRUE" || shown == "FALSE" {
		return shown
	}
	serial, err := strconv.ParseFloat(stored, 64)
	if err != nil {
		return stored
	}
	if serial >= 1 && serial < 2958466 && looksDated.MatchString(shown) && !grouped.MatchString(shown) {
		if at, err := excelize.ExcelDateToTime(serial, since1904); err == nil {
			return at.Format(time.DateOnly)
		}
	}
	// 612345678 shown as 0612345678 is a telephone number.
	if digits := onlyDigits(shown); looksDigits.MatchString(shown) && strings.HasPrefix(shown, "0") && strings.TrimLeft(digits, "0") == stored {
		return shown
	}
	if whole := strconv.FormatFloat(serial, 'f', -1, 64); strings.ContainsAny(stored, "eE") {
		return whole
	}
	return stored
}

// grouped is a number with thousands set apart, which is no date.
var grouped = regexp.MustCompile(`^\d{1,3}([.,  ]\d{3})+$`)

func onlyDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
}

// span is a block of merged cells: rows counted from 1, columns from 0.
type span struct{ top, bottom, left, right int }

func spans(merged []excelize.MergeCell) []span {
	var out []span
	for _, m := range merged {
		left, top, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		right, bottom, err2 := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err == nil && err2 == nil {
			out = append(out, span{top, bottom, left - 1, right - 1})
		}
	}
	return out
}

// spread writes what stands in merged cells into each row that they cover: a
// country written once beside ten people is the country of all ten. Across, a
// block is a heading, and stays in its first column.
func spread(table *Table, blocks []span) {
	table.note("merged", len(blocks))
	at := map[int]int{}
	for i, r := range table.Rows {
		at[r.Number] = i
	}
	for _, b := range blocks {
		first, ok := at[b.top]
		if !ok || b.bottom-b.top > MostRows {
			continue
		}
		text := table.Rows[first].Cell(b.left)
		for number := b.top + 1; number <= b.bottom && text != ""; number++ {
			if i, ok := at[number]; ok {
				put(&table.Rows[i], b.left, text)
			}
		}
	}
}

func put(r *Row, column int, text string) {
	if column >= MostColumns {
		return
	}
	for len(r.Cells) <= column {
		r.Cells = append(r.Cells, "")
	}
	if r.Cells[column] == "" {
		r.Cells[column] = text
	}
}
