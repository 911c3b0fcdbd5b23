// SPDX-License-Identifier: AGPL-3.0-or-later

package sheets

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"sankofa/backend/internal/fault"
)

// readODS reads a spreadsheet of OpenDocument (ISO/IEC 26300), streaming: rows
// and cells that repeat are counted and not kept.
func readODS(ctx context.Context, archive *zip.Reader, choose Choices) (*Table, error) {
	manifest, err := small(archive, "META-INF/manifest.xml")
	if err != nil {
		return nil, broken
	}
	if bytes.Contains(manifest, []byte("encryption-data")) {
		return nil, refuse("sheet.encrypted", "This spreadsheet has a password. Please save it without a password and send it again.")
	}
	in, err := entry(archive, "content.xml").Open()
	if err != nil {
		return nil, broken
	}
	defer in.Close()
	left := int64(mostUnpacked)
	o := &opened{xml: xml.NewDecoder(budget{in, &left, ctx}), wanted: choose.Sheet}
	o.xml.Strict = true
	o.xml.Entity = map[string]string{}
	if err := o.document(); err != nil {
		return nil, known(err)
	}
	if err := pick(&o.table, o.names, choose); err != nil {
		return nil, err
	}
	o.table.Format = ODS
	o.table.note("formulas", o.formulas)
	o.table.note("errors", o.errors)
	spread(&o.table, o.blocks)
	return &o.table, nil
}

// known lets our own faults and the end of the context through; whatever the XML
// reader complains of means a damaged file.
func known(err error) error {
	var ours *fault.Fault
	if errors.As(err, &ours) {
		return ours
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return broken
}

// opened is a document that is being read.
type opened struct {
	xml      *xml.Decoder
	wanted   string
	table    Table
	names    []string
	blocks   []span
	formulas int
	errors   int
	tokens   int
}

func (o *opened) document() error {
	for {
		token, err := o.xml.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		start, ok := token.(xml.StartElement)
		if ok && start.Name.Local == "table" {
			if err := o.sheet(attribute(start, "name")); err != nil {
				return err
			}
		}
	}
}

// sheet reads one table; its rows are kept if it is the one that was asked for,
// or the first with anything in it.
func (o *opened) sheet(name string) error {
	one := Table{}
	g, number := &gatherer{table: &one}, 0
	var blocks []span
	formulas, failures := o.formulas, o.errors
	for {
		token, err := o.xml.Token()
		if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local != "table-row" {
				continue
			}
			times := repeated(e, "number-rows-repeated")
			cells, found, err := o.row(number + 1)
			if err != nil {
				return err
			}
			blocks = append(blocks, found...)
			if number += times; number > mostBlank {
				return tooManyRows
			}
			if strings.Join(cells, "") == "" {
				continue
			}
			for i := times - 1; i >= 0; i-- {
				if err := g.add(number-i, slices.Clone(cells)); err != nil {
					return err
				}
			}
		case xml.EndElement:
			if e.Name.Local != "table" {
				continue
			}
			if len(one.Rows) == 0 {
				return nil
			}
			o.names = append(o.names, name)
			if o.wanted == name || o.wanted == "" && len(o.names) == 1 {
				o.table.Rows, o.blocks = one.Rows, blocks
			} else {
				o.formulas, o.errors = formulas, failures
			}
			return nil
		}
	}
}

// row reads the cells of a row.
func (o *opened) row(number int) ([]string, []span, error) {
	var cells []string
	var blocks []span
	for {
		token, err := o.xml.Token()
		if err != nil {
			return nil, nil, err
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local != "table-cell" && e.Name.Local != "covered-table-cell" {
				continue
			}
			text, err := o.cell(e)
			if err != nil {
				return nil, nil, err
			}
			if rows, columns := repeated(e, "number-rows-spanned"), repeated(e, "number-columns-spanned"); rows > 1 || columns > 1 {
				blocks = append(blocks, span{number, number + rows - 1, len(cells), len(cells) + columns - 1})
			}
			times := repeated(e, "number-columns-repeated")
			if text == "" {
				times = min(times, 4*MostColumns) // up to the edge of the sheet
			}
			for range min(times, 4*MostColumns) {
				if len(cells) <= 4*MostColumns {
					cells = append(cells, text)
				}
			}
		case xml.EndElement:
			if e.Name.Local == "table-row" {
				return cells, blocks, nil
			}
		}
	}
}

// cell reads one cell: the stored value of a date or a number, the text of
// everything else. What a formula made last is its text; none is ever run.
func (o *opened) cell(start xml.StartElement) (string, error) {
	if attribute(start, "formula") != "" {
		o.formulas++
	}
	text, err := o.text()
	if err != nil {
		return "", err
	}
	switch attribute(start, "value-type") {
	case "date":
		day, _, _ := strings.Cut(attribute(start, "date-value"), "T")
		return day, nil
	case "float", "percentage", "currency":
		return valueOf(attribute(start, "value"), text, false), nil
	case "boolean":
		return strings.ToUpper(attribute(start, "boolean-value")), nil
	}
	if failed[strings.TrimSpace(text)] || strings.HasPrefix(text, "Err:") {
		o.errors++
		return "", nil
	}
	return text, nil
}

// text gathers the paragraphs of a cell, without the notes that hang on it.
func (o *opened) text() (string, error) {
	var out strings.Builder
	depth, note := 1, 0
	for depth > 0 {
		token, err := o.xml.Token()
		if err != nil {
			return "", err
		}
		switch e := token.(type) {
		case xml.StartElement:
			depth++
			if note > 0 || e.Name.Local == "annotation" {
				note++
				continue
			}
			space(&out, e)
		case xml.EndElement:
			depth--
			note = max(note-1, 0)
		case xml.CharData:
			if note == 0 && out.Len() < 4*mostCell {
				out.Write(e)
			}
		}
	}
	return out.String(), nil
}

// space writes the blanks that OpenDocument spells as elements.
func space(out *strings.Builder, e xml.StartElement) {
	switch e.Name.Local {
	case "p":
		if out.Len() > 0 {
			out.WriteByte('\n')
		}
	case "s":
		out.WriteString(strings.Repeat(" ", min(repeated(e, "c"), 100)))
	case "tab", "line-break":
		out.WriteByte(' ')
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// repeated reads how often something repeats: once, unless it says more.
func repeated(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(attribute(e, name))
	if err != nil || n < 1 {
		return 1
	}
	return n
}
