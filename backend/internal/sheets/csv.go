// SPDX-License-Identifier: AGPL-3.0-or-later

package sheets

import (
	"context"
	"strings"
)

// delimiters are the characters between fields that are tried.
var delimiters = []rune{',', ';', '\t', '|'}

// readCSV reads text with one row a line (RFC 4180, and what programs make of
// it: other delimiters, other line ends, quotes where none are needed).
func readCSV(ctx context.Context, data []byte, choose Choices) (*Table, error) {
	d, err := decode(data, choose.Encoding)
	if err != nil {
		return nil, err
	}
	table := &Table{Format: CSV, Encoding: d.encoding}
	table.note("replaced", d.replaced)
	table.note("repaired", oneIf(d.repaired))
	if len(d.others) > 0 {
		table.Doubts = append(table.Doubts, Doubt{"encoding", d.encoding, d.others})
	}
	text, told := hinted(d.text)
	delimiter, others := told, []string(nil)
	if choose.Delimiter != "" {
		delimiter = []rune(choose.Delimiter)[0]
	}
	if delimiter == 0 {
		delimiter, others = divide(text)
	}
	table.Delimiter = string(delimiter)
	if len(others) > 0 {
		table.Doubts = append(table.Doubts, Doubt{"delimiter", table.Delimiter, others})
	}
	g, number := &gatherer{table: table}, 0
	if told != 0 {
		number = 1 // the line with the hint is a row of the file too
	}
	p := parser{text: text, delimiter: delimiter}
	for !p.done() {
		if number%1000 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		number++
		cells, ok := p.record()
		if !ok {
			return nil, refuse("sheet.quote", "The quotation mark that opens in row %d never closes. Please mend that row, or save the table as XLSX.", number)
		}
		if err := g.add(number, cells); err != nil {
			return nil, err
		}
	}
	return table, nil
}

// hinted reads the line "sep=;" that some programs put first.
func hinted(text string) (string, rune) {
	line, rest, found := strings.Cut(text, "\n")
	line = strings.Trim(strings.TrimSpace(line), `"`)
	if mark, ok := strings.CutPrefix(strings.ToLower(line), "sep="); found && ok && len([]rune(mark)) <= 1 {
		if mark == "" {
			return rest, '\t' // a tab, which trimming took away
		}
		return rest, []rune(mark)[0]
	}
	return text, 0
}

// looked is how many rows are looked at to find the delimiter.
const looked = 200

// divide finds the delimiter that cuts most rows into the same number of fields,
// and the others that do so as well.
func divide(text string) (rune, []string) {
	best, evens := delimiters[0], map[rune]even{}
	for _, delimiter := range delimiters {
		evens[delimiter] = evenness(text, delimiter)
		if evens[delimiter].score() > evens[best].score() {
			best = delimiter
		}
	}
	var others []string
	for _, delimiter := range delimiters {
		one, top := evens[delimiter], evens[best]
		// A comma in every "Last, First" cuts evenly too, but not the headers.
		if delimiter != best && top.share > 0 && one.headed && one.share*10 >= top.share*9 && one.width*2 >= top.width {
			others = append(others, string(delimiter))
		}
	}
	return best, others
}

// even says how evenly a delimiter cuts.
type even struct {
	share  int  // of the filled rows that have about the usual number of fields, in thousandths
	width  int  // the usual number of fields
	headed bool // the first filled row has it too
}

// score prefers, among those that cut evenly, the one that cuts more.
func (e even) score() int { return e.share + min(e.width, 20)*5 }

func evenness(text string, delimiter rune) even {
	p := parser{text: text[:min(len(text), 1<<20)], delimiter: delimiter}
	counts := map[int]int{}
	var widths []int
	for !p.done() && len(widths) < looked {
		cells, ok := p.record()
		if !ok {
			break
		}
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		counts[len(cells)]++
		widths = append(widths, len(cells))
	}
	e := even{}
	for width, n := range counts {
		if width > 1 && (n > counts[e.width] || n == counts[e.width] && width > e.width) {
			e.width = width
		}
	}
	if e.width == 0 {
		return e
	}
	near := func(width int) bool { return width > 1 && abs(width-e.width) <= e.width/3 }
	for _, width := range widths {
		e.share += oneIf(near(width))
	}
	e.share = e.share * 1000 / len(widths)
	e.headed = near(widths[0]) || len(widths) > 1 && near(widths[1]) && widths[0] == 1
	return e
}

func abs(n int) int { return max(n, -n) }

// parser cuts text into records. Quotes count only where a field begins with one.
type parser struct {
	text      string
	at        int
	delimiter rune
}

func (p *parser) done() bool { return p.at >= len(p.text) }

// record reads one row; false when a quotation mark never closes.
func (p *parser) record() ([]string, bool) {
	var cells []string
	for {
		cell, ok := p.field()
		if !ok {
			return nil, false
		}
		cells = append(cells, cell)
		if p.done() || !strings.HasPrefix(p.text[p.at:], string(p.delimiter)) {
			p.lineEnd()
			return cells, true
		}
		p.at += len(string(p.delimiter))
		if p.done() {
			return append(cells, ""), true
		}
		if len(cells) > 4*MostColumns {
			return cells, true // the row is refused for its width; there is no need to go on
		}
	}
}

// lineEnd steps over the end of a line as any system writes it.
func (p *parser) lineEnd() {
	if strings.HasPrefix(p.text[p.at:], "\r\n") {
		p.at++
	}
	if !p.done() {
		p.at++
	}
}

func (p *parser) field() (string, bool) {
	begin := p.at
	for begin < len(p.text) && p.text[begin] == ' ' {
		begin++
	}
	if begin < len(p.text) && p.text[begin] == '"' {
		return p.quoted(begin + 1)
	}
	end := strings.IndexAny(p.text[p.at:], string(p.delimiter)+"\r\n")
	if end < 0 {
		end = len(p.text) - p.at
	}
	cell := p.text[p.at : p.at+end]
	p.at += end
	return cell, true
}

// quoted reads a field in quotation marks; two of them stand for one.
func (p *parser) quoted(at int) (string, bool) {
	var out strings.Builder
	for {
		end := strings.IndexByte(p.text[at:], '"')
		if end < 0 || out.Len() > 4*mostCell {
			return "", false
		}
		out.WriteString(p.text[at : at+end])
		at += end + 1
		if at < len(p.text) && p.text[at] == '"' {
			out.WriteByte('"')
			at++
			continue
		}
		if at >= len(p.text) || strings.ContainsRune(string(p.delimiter)+"\r\n ", rune(p.text[at])) {
			break
		}
		out.WriteByte('"') // a mark within the text that nobody doubled
	}
	rest := strings.IndexAny(p.text[at:], string(p.delimiter)+"\r\n")
	if rest < 0 {
		rest = len(p.text) - at
	}
	out.WriteString(strings.TrimRight(p.text[at:at+rest], " "))
	p.at = at + rest
	return strings.ReplaceAll(out.String(), "\r\n", "\n"), true
}
