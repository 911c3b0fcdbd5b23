// SPDX-License-Identifier: AGPL-3.0-or-later

package sheets

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"io"
	"strings"
)

// readPacked reads a file that is a ZIP archive within: XLSX and ODS are.
func readPacked(ctx context.Context, data []byte, choose Choices) (table *Table, err error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, broken
	}
	if len(archive.File) > mostEntries {
		return nil, bomb
	}
	// A library that stumbles over a mutilated file must not take the server along.
	defer func() {
		if recover() != nil {
			table, err = nil, broken
		}
	}()
	switch {
	case has(archive, "xl/workbook.xml"):
		return readXLSX(ctx, data, archive, choose)
	case has(archive, "content.xml") && strings.Contains(kindOf(archive), "spreadsheet"):
		return readODS(ctx, archive, choose)
	case has(archive, "xl/workbook.bin"):
		return nil, refuse("sheet.old", "This is a binary workbook (.xlsb). Please open it, choose Save as, Excel workbook (.xlsx), and send that.")
	case has(archive, "word/document.xml"), has(archive, "content.xml"):
		return nil, refuse("sheet.document", "This is a text document, not a spreadsheet. Please copy the table into a spreadsheet and save that.")
	case has(archive, "Index/Document.iwa"), has(archive, "Index.zip"):
		return nil, refuse("sheet.numbers", "This is a Numbers document. Please choose File, Export to, Excel, and send that.")
	}
	return nil, refuse("sheet.archive", "This is a packed archive. Please unpack it and send the spreadsheet in it.")
}

var (
	broken = refuse("sheet.broken", "This file is damaged and cannot be read. Please open it in a spreadsheet program, save it again and send that.")
	bomb   = refuse("sheet.bomb", "This file unpacks to far more than a list of people can hold, and was not opened. Please copy the table into a new spreadsheet and send that.")
)

func has(archive *zip.Reader, name string) bool { return entry(archive, name) != nil }

func entry(archive *zip.Reader, name string) *zip.File {
	for _, f := range archive.File {
		if strings.EqualFold(strings.TrimPrefix(f.Name, "/"), name) {
			return f
		}
	}
	return nil
}

// kindOf returns what an OpenDocument says that it is.
func kindOf(archive *zip.Reader) string {
	for _, name := range []string{"mimetype", "META-INF/manifest.xml"} {
		if text, err := small(archive, name); err == nil && len(text) > 0 {
			return string(text)
		}
	}
	return ""
}

// small returns the beginning of an entry.
func small(archive *zip.Reader, name string) ([]byte, error) {
	f := entry(archive, name)
	if f == nil {
		return nil, nil
	}
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return io.ReadAll(io.LimitReader(in, 1<<20))
}

// budget lets so many bytes through and then fails: what an archive says about
// its own size proves nothing.
type budget struct {
	in   io.Reader
	left *int64
	ctx  context.Context
}

// Read implements io.Reader.
func (b budget) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := b.in.Read(p)
	if *b.left -= int64(n); *b.left < 0 {
		return n, bomb
	}
	return n, err
}

// weigh unpacks everything once, keeping nothing: it fails on what unpacks to
// too much, and on sheets with too many rows, before anything is built of it.
// It returns how many cells hold formulas.
func weigh(ctx context.Context, archive *zip.Reader) (formulas int, err error) {
	left := int64(mostUnpacked)
	for _, f := range archive.File {
		in, err := f.Open()
		if err != nil {
			return 0, broken
		}
		from := budget{in, &left, ctx}
		if strings.HasPrefix(f.Name, "xl/worksheets/") && strings.HasSuffix(f.Name, ".xml") {
			var n int
			n, err = tally(from)
			formulas += n
		} else {
			_, err = io.Copy(io.Discard, from)
		}
		in.Close()
		if err == bomb || err == tooManyRows || ctx.Err() != nil {
			return 0, err
		}
		if err != nil {
			return 0, broken
		}
	}
	return formulas, nil
}

// tally counts the filled rows and the formulas of a sheet of XLSX without
// building anything: it looks at the beginnings of tags only.
func tally(from io.Reader) (formulas int, err error) {
	in := bufio.NewReaderSize(from, 64<<10)
	rows, filled := 0, false
	for {
		if err := skipTo(in, '<'); err == io.EOF {
			return formulas, nil
		} else if err != nil {
			return 0, err
		}
		tag, err := in.Peek(4)
		switch {
		case err != nil && err != io.EOF:
			return 0, err
		case bytes.HasPrefix(tag, []byte("row")):
			filled = false
		case bytes.HasPrefix(tag, []byte("v>")), bytes.HasPrefix(tag, []byte("is>")):
			if !filled {
				filled, rows = true, rows+1
			}
			if rows > MostRows+1 {
				return 0, tooManyRows
			}
		case bytes.HasPrefix(tag, []byte("f>")), bytes.HasPrefix(tag, []byte("f ")):
			formulas++
		}
	}
}

// skipTo reads up to and over the byte.
func skipTo(in *bufio.Reader, end byte) error {
	for {
		_, err := in.ReadSlice(end)
		if err != bufio.ErrBufferFull {
			return err
		}
	}
}
