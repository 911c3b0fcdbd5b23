// SPDX-License-Identifier: AGPL-3.0-or-later

// Package papers makes PDF documents for people to read, print and hand on: plain
// pages with headings, paragraphs and lists of fields, in every script that the
// typeface holds, Arabic joined and from the right. It knows nothing of what they say.
package papers

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// The typeface holds Latin, Greek, Cyrillic and Arabic; its licence lies beside it.
// Only the letters that a document uses are put into it.
var (
	//go:embed fonts/DejaVuSans.ttf
	regular []byte
	//go:embed fonts/DejaVuSans-Bold.ttf
	bold []byte
)

// Sizes in points, distances in millimetres, on A4.
const (
	margin   = 18.0
	body     = 10.0
	small    = 8.0
	large    = 18.0
	middle   = 12.5
	line     = 5.2
	labelled = 52.0 // the column of names of fields
)

// Paper is a document that is being written.
type Paper struct {
	pdf *fpdf.Fpdf
	rtl bool
}

// Options say what a document is.
type Options struct {
	Title    string
	Language string    // "ar" is set from the right
	At       time.Time // printed nowhere; kept as the date of the file
	Footer   string    // on every page, before the page's number
}

// New begins a document.
func New(o Options) *Paper {
	p := &Paper{pdf: fpdf.New("P", "mm", "A4", ""), rtl: o.Language == "ar"}
	p.pdf.AddUTF8FontFromBytes("text", "", regular)
	p.pdf.AddUTF8FontFromBytes("text", "B", bold)
	p.pdf.SetMargins(margin, margin, margin)
	p.pdf.SetAutoPageBreak(true, margin+6)
	p.pdf.SetCreationDate(o.At)
	p.pdf.SetModificationDate(o.At)
	p.pdf.SetCatalogSort(true)
	p.pdf.SetTitle(o.Title, true)
	p.pdf.SetLang(o.Language)
	p.pdf.SetCreator("Sankofa", true)
	p.pdf.SetFooterFunc(func() {
		p.pdf.SetY(-margin)
		p.font("", small)
		p.pdf.SetTextColor(90, 90, 90)
		p.draw(p.pdf.GetX(), p.width(), o.Footer+" · "+fmt.Sprint(p.pdf.PageNo()), p.rtl)
		p.pdf.SetTextColor(0, 0, 0)
	})
	p.pdf.AddPage()
	p.flow("B", large, 9, o.Title)
	p.pdf.Ln(2)
	return p
}

func (p *Paper) font(style string, size float64) { p.pdf.SetFont("text", style, size) }

// width is that of the text on a page.
func (p *Paper) width() float64 {
	full, _ := p.pdf.GetPageSize()
	return full - 2*margin
}

// Heading begins a section. It is not left alone at the end of a page.
func (p *Paper) Heading(text string) {
	_, height := p.pdf.GetPageSize()
	if p.pdf.GetY() > height-margin-30 {
		p.pdf.AddPage()
	}
	p.pdf.Ln(3)
	p.flow("B", middle, 6.5, text)
	y := p.pdf.GetY()
	p.pdf.SetDrawColor(160, 160, 160)
	p.pdf.Line(margin, y, margin+p.width(), y)
	p.pdf.Ln(1.5)
}

// Text is a paragraph; empty lines in it begin another.
func (p *Paper) Text(text string) {
	for _, part := range strings.Split(strings.TrimSpace(text), "\n") {
		if strings.TrimSpace(part) == "" {
			p.pdf.Ln(line / 2)
			continue
		}
		p.flow("", body, line, part)
	}
	p.pdf.Ln(1)
}

// Field is a name and a value; what is empty is left out.
func (p *Paper) Field(name, value string) {
	if strings.TrimSpace(value) == "" {
		return
	}
	p.font("", body)
	lines := p.wrapped(value, p.width()-labelled)
	names := p.wrapped(name, labelled-3)
	nameX, valueX := margin, margin+labelled
	if p.rtl {
		nameX, valueX = margin+p.width()-labelled, margin
	}
	for i := range max(len(lines), len(names)) {
		p.room()
		if i < len(names) {
			p.pdf.SetTextColor(80, 80, 80)
			p.draw(nameX, labelled, names[i], p.rtl)
			p.pdf.SetTextColor(0, 0, 0)
		}
		if i < len(lines) {
			p.font("", body) // a new page has set the footer's
			p.drawAt(valueX, p.width()-labelled, lines[i], p.rtl, rightToLeft(value))
		}
		p.pdf.Ln(line)
	}
}

// Item is one entry of a list.
func (p *Paper) Item(text string) {
	p.font("", body)
	for i, part := range p.wrapped(text, p.width()-5) {
		p.room()
		mark := ""
		if i == 0 {
			mark = "•"
		}
		at, from := margin, margin+5
		if p.rtl {
			at, from = margin+p.width()-5, margin
		}
		p.draw(at, 5, mark, p.rtl)
		p.drawAt(from, p.width()-5, part, p.rtl, rightToLeft(text))
		p.pdf.Ln(line)
	}
}

// room turns the page when there is no room for a line.
func (p *Paper) room() {
	_, height := p.pdf.GetPageSize()
	if p.pdf.GetY() > height-margin-6-line {
		p.pdf.AddPage()
	}
}

// flow writes a text over the whole width.
func (p *Paper) flow(style string, size, height float64, text string) {
	p.font(style, size)
	for _, part := range p.wrapped(text, p.width()) {
		p.room()
		p.font(style, size) // a new page has set the footer's
		p.drawAt(margin, p.width(), part, p.rtl, p.rtl || rightToLeft(text))
		p.pdf.Ln(height)
	}
}

// wrapped breaks a text into lines that fit, between words where it can.
func (p *Paper) wrapped(text string, width float64) []string {
	var lines []string
	current := ""
	for _, word := range strings.Fields(text) {
		for _, piece := range p.pieces(word, width) {
			longer := strings.TrimSpace(current + " " + piece)
			if current != "" && p.pdf.GetStringWidth(shaped(longer)) > width-1 {
				lines = append(lines, current)
				longer = piece
			}
			current = longer
		}
	}
	if current != "" {
		lines = append(lines, current)
	}
	return lines
}

// pieces cuts a word that is wider than the line.
func (p *Paper) pieces(word string, width float64) []string {
	if p.pdf.GetStringWidth(word) <= width-1 {
		return []string{word}
	}
	var out []string
	current := ""
	for _, r := range word {
		if current != "" && p.pdf.GetStringWidth(current+string(r)) > width-2 {
			out, current = append(out, current), ""
		}
		current += string(r)
	}
	return append(out, current)
}

// draw writes one line by its own direction.
func (p *Paper) draw(x, width float64, text string, right bool) {
	p.drawAt(x, width, text, right, right || rightToLeft(text))
}

// drawAt writes one line between x and x+width: aligned to the right of a page that
// is read from there, or where the text itself is.
func (p *Paper) drawAt(x, width float64, text string, right, rtl bool) {
	p.pdf.SetX(x)
	align := "L"
	if right || rtl {
		align = "R"
	}
	p.pdf.CellFormat(width, line, visual(shaped(text), rtl), "", 0, align, false, 0, "")
}

// Bytes ends the document and returns it.
func (p *Paper) Bytes() ([]byte, error) {
	var out bytes.Buffer
	err := p.pdf.Output(&out)
	return out.Bytes(), err
}
