// SPDX-License-Identifier: AGPL-3.0-or-later

package curriculum

import (
	"bytes"
	"context"
	"errors"
	"io"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"sankofa/backend/internal/fault"
)

// Source says how a document is read.
type Source string

// The sources.
const (
	FromPDF        Source = "pdf"
	FromDOCX       Source = "docx"
	FromODT        Source = "odt"
	FromText       Source = "text"
	FromJSONResume Source = "jsonresume"
	FromEuropass   Source = "europass"
)

// Document is a CV as it was sent; its bytes have told what it is.
type Document struct {
	Content io.ReaderAt
	Size    int64
	Type    string // media type
}

// Read reads a CV in any of the forms that we know.
func Read(ctx context.Context, doc Document, linker Linker, now time.Time) (Reading, error) {
	read, source := reader(doc.Type)
	if read != nil {
		text, err := read(ctx, doc)
		if err != nil {
			return Reading{}, err
		}
		return told(source, ReadText(text, linker, now))
	}
	whole, err := all(doc, mostStructured)
	if err != nil {
		return Reading{}, err
	}
	if doc.Type == "application/json" {
		return readJSON(whole, linker, now)
	}
	return readXML(whole, linker, now)
}

// reader finds the function that gets the text out of a document.
func reader(mediaType string) (func(context.Context, Document) (string, error), Source) {
	switch mediaType {
	case "application/pdf":
		return pdfText, FromPDF
	case "application/vnd.openxmlformats-officedocument.wordprocessingml.document":
		return docxText, FromDOCX
	case "application/vnd.oasis.opendocument.text":
		return odtText, FromODT
	case "text/plain":
		return plainText, FromText
	}
	return nil, ""
}

// told marks a reading with its source, and complains about one without text.
func told(source Source, r Reading) (Reading, error) {
	r.Source = string(source)
	if letters(r.Text) < 20 {
		return r, refused("cv.empty", "There is hardly any text in this file. Please check that you sent the right one.")
	}
	return r, nil
}

// refused complains about the file, as a field of the form that sent it.
func refused(code, message string, args ...any) error {
	var c fault.Check
	c.That(false, "file", code, message, args...)
	return c.Err()
}

// broken is said of a file that cannot be read.
func broken() error {
	return refused("cv.broken", "This file is damaged and cannot be read. Please save it anew and send that.")
}

const (
	mostStructured = 4 << 20 // bytes of JSON or XML; pictures inside make them large
	mostPlain      = 1 << 20
)

// all reads a whole document that may have at most so many bytes.
func all(doc Document, most int64) ([]byte, error) {
	if doc.Size > most {
		return nil, fault.New(fault.TooLarge, "cv.too_large", "This CV is too large to be read. Please send one of at most %d MB.", most>>20)
	}
	text, err := io.ReadAll(io.NewSectionReader(doc.Content, 0, doc.Size))
	return text, err
}

// plainText decodes a text file: UTF-8, UTF-16 with its mark, or the 8-bit
// encodings of Windows for Latin or Arabic letters.
func plainText(_ context.Context, doc Document) (string, error) {
	raw, err := all(doc, mostPlain)
	if err != nil {
		return "", err
	}
	return decode(raw), nil
}

func decode(raw []byte) string {
	switch {
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return wide(raw)
	case utf8.Valid(raw):
		return string(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")))
	}
	page := charmap.Windows1252
	if arabicBytes(raw) {
		page = charmap.Windows1256
	}
	out, err := page.NewDecoder().Bytes(raw)
	if err != nil {
		return string(bytes.ToValidUTF8(raw, []byte("?")))
	}
	return string(out)
}

func wide(raw []byte) string {
	little := raw[0] == 0xff
	units := make([]uint16, 0, len(raw)/2)
	for i := 2; i+1 < len(raw); i += 2 {
		if little {
			units = append(units, uint16(raw[i])|uint16(raw[i+1])<<8)
		} else {
			units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
		}
	}
	return string(utf16.Decode(units))
}

// arabicBytes tells whether most words are of letters beyond ASCII, as only
// Arabic ones are among what is written in these two pages.
func arabicBytes(raw []byte) bool {
	high, low := 0, 0
	for _, b := range raw {
		switch {
		case b >= 0xc0:
			high++
		case b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z':
			low++
		}
	}
	return high > low
}

func letters(text string) int {
	n := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

var errTooMuch = errors.New("more text than a CV has")
