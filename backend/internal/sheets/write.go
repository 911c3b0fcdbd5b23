// SPDX-License-Identifier: AGPL-3.0-or-later

package sheets

import (
	"bytes"
	"encoding/csv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Safe spells a cell of CSV so that no spreadsheet program takes it for a
// formula (OWASP, CSV injection): an apostrophe goes before what begins like
// one. A telephone number such as +31 20 123 is left alone: digits calculate
// nothing.
func Safe(text string) string {
	if text == "" || !strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return text
	}
	if text[0] == '+' && looksDigits.MatchString(text[1:]) && !strings.ContainsAny(text[1:], "+-/") {
		return text
	}
	return "'" + text
}

// Unsafe takes the apostrophe of Safe away again, so that a file that we wrote
// reads as what it was written from.
func Unsafe(text string) string {
	if rest, ok := strings.CutPrefix(text, "'"); ok && Safe(rest) == text {
		return rest
	}
	return text
}

// WriteCSV writes rows as CSV in UTF-8 with a byte order mark, without which some
// programs take it for another encoding.
func WriteCSV(rows [][]string) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("\xef\xbb\xbf")
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	for _, row := range rows {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = Safe(cell)
		}
		if err := w.Write(safe); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

// Page is a sheet to be written; the first row is its heading.
type Page struct {
	Name        string
	Rows        [][]string
	Widths      []float64 // of the columns, in characters; the last goes for the rest
	RightToLeft bool
}

// WriteXLSX writes sheets in which every cell is text: nothing in them can be
// taken for a formula, and no telephone number loses its zero.
func WriteXLSX(pages ...Page) ([]byte, error) {
	book := excelize.NewFile()
	defer book.Close()
	for i, page := range pages {
		if i == 0 {
			if err := book.SetSheetName("Sheet1", page.Name); err != nil {
				return nil, err
			}
		} else if _, err := book.NewSheet(page.Name); err != nil {
			return nil, err
		}
		if err := writePage(book, page); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	err := book.Write(&out)
	return out.Bytes(), err
}

func writePage(book *excelize.File, page Page) error {
	text, err := book.NewStyle(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}) // 49 is "@": text
	if err != nil {
		return err
	}
	head, err := book.NewStyle(&excelize.Style{NumFmt: 49, Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EEF4"}}})
	if err != nil {
		return err
	}
	if page.RightToLeft {
		if err := book.SetSheetView(page.Name, 0, &excelize.ViewOptions{RightToLeft: &page.RightToLeft}); err != nil {
			return err
		}
	}
	w, err := book.NewStreamWriter(page.Name)
	if err != nil {
		return err
	}
	for i, width := range page.Widths {
		last := i + 1
		if i == len(page.Widths)-1 {
			last = MostColumns
		}
		if err := w.SetColWidth(i+1, last, width); err != nil {
			return err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for n, row := range page.Rows {
		style := text
		if n == 0 {
			style = head
		}
		cells := make([]any, len(row))
		for i, cell := range row {
			cells[i] = excelize.Cell{StyleID: style, Value: cut(cell)}
		}
		at, err := excelize.CoordinatesToCellName(1, n+1)
		if err != nil {
			return err
		}
		if err := w.SetRow(at, cells); err != nil {
			return err
		}
	}
	return w.Flush()
}

// cut keeps a text to what a cell takes.
func cut(text string) string {
	if r := []rune(text); len(r) > mostCell {
		return string(r[:mostCell])
	}
	return text
}
