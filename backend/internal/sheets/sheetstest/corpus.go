// SPDX-License-Identifier: AGPL-3.0-or-later

// Package sheetstest makes awkward spreadsheets, each with what must come of it:
// encodings, delimiters, dates, merged cells, files that lie about their type,
// bombs. Everybody in them is made up.
package sheetstest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"sankofa/backend/internal/sheets"
)

// Case is an awkward file with its expected outcome.
type Case struct {
	Name      string
	Content   []byte
	Fault     string // the code of the refusal; empty: it is read
	Format    sheets.Format
	Encoding  string
	Delimiter string
	Rows      int               // with something in them
	Cells     map[string]string // by reference: "B2"
	Doubt     string            // a question that must be asked; empty: none may be
	Note      string            // something that must be told
}

// western is a list whose letters are those of the western encodings.
const western = "Prénom;Nom;Ville\r\nÉlodie;Lefèvre;Orléans\r\nJosé;Muñoz Peña;A Coruña\r\nFrançois;Noël;Besançon\r\n"

// arabic is a list in Arabic.
const arabic = "الاسم;المدينة;المهنة\r\nمحمد علي;القاهرة;مهندس\r\nفاطمة حسن;الرباط;ممرضة\r\n"

// Corpus makes all cases.
func Corpus() []Case {
	var all []Case
	all = append(all, encodings()...)
	all = append(all, shapes()...)
	all = append(all, workbooks()...)
	all = append(all, documents()...)
	return append(all, impostors()...)
}

func coded(code encoding.Encoding, text string) []byte {
	out, err := code.NewEncoder().Bytes([]byte(text))
	if err != nil {
		panic(err) // the texts are ours
	}
	return out
}

func encodings() []Case {
	read := func(name string, content []byte, called string, cells map[string]string) Case {
		return Case{Name: name, Content: content, Format: sheets.CSV, Encoding: called, Delimiter: ";", Rows: strings.Count(western, "\n"), Cells: cells}
	}
	two := map[string]string{"A2": "Élodie", "B2": "Lefèvre", "B3": "Muñoz Peña", "C4": "Besançon"}
	arab := map[string]string{"A2": "محمد علي", "C3": "ممرضة"}
	cases := []Case{
		read("UTF-8", []byte(western), "utf-8", two),
		read("UTF-8 with a mark", []byte("\xef\xbb\xbf"+western), "utf-8", two),
		read("UTF-16 little endian with a mark", coded(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), western), "utf-16le", two),
		read("UTF-16 big endian with a mark", coded(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), western), "utf-16be", two),
		read("UTF-16 little endian without a mark", coded(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), western), "utf-16le", two),
		read("UTF-16 big endian without a mark", coded(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), western), "utf-16be", two),
		read("Windows-1252", coded(charmap.Windows1252, western), "windows-1252", two),
		read("Macintosh", coded(charmap.Macintosh, western), "macintosh", two),
		read("the code page of DOS", coded(charmap.CodePage850, western), "ibm850", two),
		read("Windows-1256", coded(charmap.Windows1256, arabic), "windows-1256", arab),
		read("Arabic in UTF-8", []byte(arabic), "utf-8", arab),
	}
	cases[9].Rows, cases[10].Rows = 3, 3
	twice := read("UTF-8 that was encoded twice", []byte(mangled(western)), "utf-8", two)
	twice.Note = "repaired"
	return append(cases, twice)
}

// mangled is UTF-8 that somebody took for Windows-1252 and encoded again.
func mangled(text string) string {
	out, err := charmap.Windows1252.NewDecoder().String(strings.ReplaceAll(text, "É", "E"))
	if err != nil {
		panic(err)
	}
	return strings.ReplaceAll(out, "Elodie", "Ã‰lodie")
}

func shapes() []Case {
	csv := func(name, text, delimiter string, rows int, cells map[string]string) Case {
		return Case{Name: name, Content: []byte(text), Format: sheets.CSV, Encoding: "utf-8", Delimiter: delimiter, Rows: rows, Cells: cells}
	}
	return []Case{
		csv("commas", "name,town\nAma,Accra\n", ",", 2, map[string]string{"B2": "Accra"}),
		csv("tabs", "name\ttown\nAma\tAccra\n", "\t", 2, map[string]string{"B2": "Accra"}),
		csv("bars", "name|town\nAma|Accra\n", "|", 2, map[string]string{"B2": "Accra"}),
		csv("semicolons with decimal commas", "name;years\nAma;7,5\nKofi;8,5\n", ";", 3, map[string]string{"B2": "7,5"}),
		csv("the hint sep=", "sep=|\nname|town\nAma|Accra\n", "|", 2, map[string]string{"B3": "Accra"}),
		csv("old Macintosh line ends", "name,town\rAma,Accra\rKofi,Kumasi\r", ",", 3, map[string]string{"B3": "Kumasi"}),
		csv("line breaks and quotes within cells", "name,note\n\"Ama \"\"A\"\" Boateng\",\"two\nlines\"\nKofi,x\n", ",", 3, map[string]string{"A2": `Ama "A" Boateng`, "B2": "two\nlines", "B3": "x"}),
		csv("quotes where none are needed", "name,note\nAma,5\" pipe\nKofi,x\n", ",", 3, map[string]string{"B2": `5" pipe`}),
		csv("blank rows and rows of delimiters", "name,town\n\n,,\nAma,Accra\n\n\nKofi,Kumasi\n", ",", 3, map[string]string{"A4": "Ama", "A7": "Kofi"}),
		csv("ragged rows", "a,b,c\n1\n1,2,3,4\n1,2,3\n", ",", 4, map[string]string{"D3": "4"}),
		csv("what looks like formulas stays text", "name,note\n=1+1,@SUM(A1)\n+33612345678,-5\n", ",", 3, map[string]string{"A2": "=1+1", "B2": "@SUM(A1)", "A3": "+33612345678"}),
		csv("one column", "e-mail\nama@example.org\nkofi@example.org\n", ",", 3, map[string]string{"A3": "kofi@example.org"}),
		csv("invisible characters", "name,town\n\u200bAma\u00a0B\u200e,Accra\n", ",", 2, map[string]string{"A2": "Ama B"}),
		{Name: "two delimiters that cut alike", Content: []byte("a,b;c,d\n1,2;3,4\n5,6;7,8\n"), Format: sheets.CSV, Encoding: "utf-8", Delimiter: ",", Rows: 3, Doubt: "delimiter"},
		{Name: "a quote that never closes", Content: []byte("a,b\n\"Ama,Accra\nKofi,Kumasi\n"), Fault: "sheet.quote"},
		{Name: "more rows than can be read", Content: []byte(strings.Repeat("a,b\n", sheets.MostRows+1)), Fault: "sheet.rows"},
		{Name: "more columns than can be read", Content: []byte(strings.Repeat("a,", sheets.MostColumns+5) + "a\n"), Fault: "sheet.columns"},
		{Name: "nothing", Content: nil, Fault: "sheet.empty"},
		{Name: "nothing but delimiters", Content: []byte(",,,\n,,,\n"), Fault: "sheet.empty"},
	}
}

// workbook makes an XLSX.
func workbook(fill func(*excelize.File)) []byte {
	book := excelize.NewFile()
	defer book.Close()
	fill(book)
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func set(book *excelize.File, cells map[string]any) {
	for at, value := range cells {
		if err := book.SetCellValue("Sheet1", at, value); err != nil {
			panic(err)
		}
	}
}

func styled(book *excelize.File, at string, style *excelize.Style) {
	id, err := book.NewStyle(style)
	if err == nil {
		err = book.SetCellStyle("Sheet1", at, at, id)
	}
	if err != nil {
		panic(err)
	}
}

func workbooks() []Case {
	x := func(name string, rows int, cells map[string]string, fill func(*excelize.File)) Case {
		return Case{Name: name, Content: workbook(fill), Format: sheets.XLSX, Rows: rows, Cells: cells}
	}
	dayFirst := "dd/mm/yyyy"
	dates := x("dates, whatever they look like", 3, map[string]string{"B2": "1988-03-06", "B3": "1990-12-31"}, func(b *excelize.File) {
		set(b, map[string]any{"A1": "name", "B1": "born", "A2": "Ama", "B2": 32208, "A3": "Kofi", "B3": 33238})
		styled(b, "B2", &excelize.Style{NumFmt: 14})
		styled(b, "B3", &excelize.Style{CustomNumFmt: &dayFirst})
	})
	numbers := x("numbers that are none", 2, map[string]string{"A2": "31201234567", "B2": "0612345678"}, func(b *excelize.File) {
		zero := "0000000000"
		set(b, map[string]any{"A1": "phone", "B1": "mobile", "A2": 31201234567, "B2": 612345678})
		styled(b, "B2", &excelize.Style{CustomNumFmt: &zero})
	})
	merged := x("merged cells", 4, map[string]string{"B2": "Ghana", "B3": "Ghana", "B4": "Togo"}, func(b *excelize.File) {
		set(b, map[string]any{"A1": "name", "B1": "country", "A2": "Ama", "A3": "Kofi", "A4": "Yao", "B2": "Ghana", "B4": "Togo"})
		if err := b.MergeCell("Sheet1", "B2", "B3"); err != nil {
			panic(err)
		}
	})
	merged.Note = "merged"
	formula := x("formulas: the last result, and nothing is run", 2, map[string]string{"A2": "Ama", "B2": "7"}, func(b *excelize.File) {
		set(b, map[string]any{"A1": "name", "B1": "years", "A2": "Ama", "B2": 7})
		if err := b.SetCellFormula("Sheet1", "B2", "2026-2019"); err != nil {
			panic(err)
		}
	})
	formula.Note = "formulas"
	two := x("two sheets with something in them", 2, map[string]string{"A2": "Ama"}, func(b *excelize.File) {
		set(b, map[string]any{"A1": "name", "A2": "Ama"})
		if _, err := b.NewSheet("Other"); err != nil {
			panic(err)
		}
		if err := b.SetCellValue("Other", "A1", "something"); err != nil {
			panic(err)
		}
	})
	two.Doubt = "sheet"
	title := x("a title above the headers", 3, map[string]string{"A1": "Members 2026", "B4": "Accra"}, func(b *excelize.File) {
		set(b, map[string]any{"A1": "Members 2026", "A3": "name", "B3": "town", "A4": "Ama", "B4": "Accra"})
	})
	empty := Case{Name: "an empty workbook", Content: workbook(func(*excelize.File) {}), Fault: "sheet.empty"}
	return []Case{dates, numbers, merged, formula, two, title, empty}
}

// packed makes a ZIP archive of texts.
func packed(entries ...string) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i+1 < len(entries); i += 2 {
		f, err := w.Create(entries[i])
		if err == nil {
			_, err = f.Write([]byte(entries[i+1]))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// opened makes an ODS of the rows of its table.
func opened(rows string) []byte {
	return packed("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", `<?xml version="1.0"?><office:document-content `+
		`xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">`+
		`<office:body><office:spreadsheet><table:table table:name="People">`+rows+`</table:table></office:spreadsheet></office:body></office:document-content>`)
}

func cell(text string) string {
	return `<table:table-cell office:value-type="string"><text:p>` + text + `</text:p></table:table-cell>`
}

func documents() []Case {
	row := func(cells ...string) string {
		return "<table:table-row>" + strings.Join(cells, "") + "</table:table-row>"
	}
	ods := func(name string, rows int, cells map[string]string, content string) Case {
		return Case{Name: name, Content: opened(content), Format: sheets.ODS, Rows: rows, Cells: cells}
	}
	merged := ods("ODS: merged cells", 3, map[string]string{"B2": "Ghana", "B3": "Ghana"}, row(cell("name"), cell("country"))+
		row(cell("Ama"), `<table:table-cell table:number-rows-spanned="2"><text:p>Ghana</text:p></table:table-cell>`)+row(cell("Kofi"), `<table:covered-table-cell/>`))
	merged.Note = "merged"
	formula := ods("ODS: formulas", 2, map[string]string{"A2": "7"}, row(cell("years"))+row(`<table:table-cell table:formula="of:=5+2" office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell>`))
	formula.Note = "formulas"
	return []Case{
		ods("ODS: repeated cells and a million blank rows", 3, map[string]string{"C2": "x", "A1000004": "Kofi"}, row(cell("a"), cell("b"), cell("c"))+
			row(`<table:table-cell table:number-columns-repeated="2"/>`, cell("x"))+`<table:table-row table:number-rows-repeated="1000001"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>`+row(cell("Kofi"))),
		ods("ODS: dates and numbers as they are stored", 2, map[string]string{"A2": "1988-03-06", "B2": "31201234567"}, row(cell("born"), cell("phone"))+
			row(`<table:table-cell office:value-type="date" office:date-value="1988-03-06"><text:p>06/03/88</text:p></table:table-cell>`, `<table:table-cell office:value-type="float" office:value="31201234567"><text:p>3.12E10</text:p></table:table-cell>`)),
		merged, formula,
		{Name: "ODS: a filled row that repeats a million times", Content: opened(`<table:table-row table:number-rows-repeated="1000000">` + cell("x") + `</table:table-row>`), Fault: "sheet.rows"},
		{Name: "ODS: cut off", Content: opened("<table:table-row>" + cell("x")), Fault: "sheet.broken"},
		{Name: "ODS: with a password", Content: packed("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml", "<manifest:encryption-data/>", "content.xml", "noise"), Fault: "sheet.encrypted"},
		{Name: "ODS: entities that grow", Content: packed("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><table>&a;&a;</table>`), Fault: "sheet.broken"},
	}
}

func impostors() []Case {
	wide := func(text string) string {
		return string(coded(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), text))
	}
	old := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)
	rows := strings.Repeat("<row><c><v>1</v></c></row>", sheets.MostRows+10)
	return []Case{
		{Name: "a workbook with a password", Content: []byte(old + wide("EncryptedPackage")), Fault: "sheet.encrypted"},
		{Name: "a workbook of before 2007", Content: []byte(old + wide("Workbook")), Fault: "sheet.old"},
		{Name: "a web page that is called .xls", Content: []byte("<html><table><tr><td>Ama</td></tr></table></html>"), Fault: "sheet.web_page"},
		{Name: "a PDF", Content: []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3"), Fault: "sheet.pdf"},
		{Name: "a picture", Content: []byte("\xff\xd8\xff\xe0JFIF"), Fault: "sheet.picture"},
		{Name: "bytes", Content: bytes.Repeat([]byte{0, 1, 2, 3, 0xff}, 500), Fault: "sheet.binary"},
		{Name: "an archive of something else", Content: packed("readme.txt", "hello"), Fault: "sheet.archive"},
		{Name: "a text document", Content: packed("word/document.xml", "<w:document/>"), Fault: "sheet.document"},
		{Name: "a binary workbook", Content: packed("xl/workbook.bin", "noise"), Fault: "sheet.old"},
		{Name: "an archive that is cut off", Content: packed("xl/workbook.xml", strings.Repeat("<x/>", 500))[:100], Fault: "sheet.broken"},
		{Name: "a workbook of nonsense", Content: packed("xl/workbook.xml", "nonsense", "[Content_Types].xml", "nonsense"), Fault: "sheet.broken"},
		{Name: "a bomb", Content: packed("xl/workbook.xml", "<workbook/>", "xl/media/zeros", strings.Repeat("\x00", 170<<20)), Fault: "sheet.bomb"},
		{Name: "a million rows in a workbook", Content: packed("xl/workbook.xml", "<workbook/>", "xl/worksheets/sheet1.xml", "<worksheet>"+rows+"</worksheet>"), Fault: "sheet.rows"},
		{Name: "ten thousand entries", Content: manyEntries(), Fault: "sheet.bomb"},
	}
}

func manyEntries() []byte {
	entries := []string{"xl/workbook.xml", "<workbook/>"}
	for i := range 10_000 {
		entries = append(entries, fmt.Sprintf("xl/%d", i), "")
	}
	return packed(entries...)
}
