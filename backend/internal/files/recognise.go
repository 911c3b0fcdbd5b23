// SPDX-License-Identifier: AGPL-3.0-or-later

package files

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"sankofa/backend/internal/fault"
)

// MediaType says what a document is (RFC 6838), as its bytes tell.
type MediaType string

// The types that are recognised; everything else is refused.
const (
	PDF  MediaType = "application/pdf"
	DOCX MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	ODT  MediaType = "application/vnd.oasis.opendocument.text"
	XLSX MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	ODS  MediaType = "application/vnd.oasis.opendocument.spreadsheet"
	Text MediaType = "text/plain"
	CSV  MediaType = "text/csv" // text whose name ends in .csv or .tsv
	JSON MediaType = "application/json"
	XML  MediaType = "application/xml"
	JPEG MediaType = "image/jpeg"
	PNG  MediaType = "image/png"
)

// Papers are what a person may attach as a document.
var Papers = []MediaType{PDF, JPEG, PNG, DOCX, ODT}

// Curricula are what a CV may come as.
var Curricula = []MediaType{PDF, DOCX, ODT, Text, JSON, XML}

// Sheets are what a spreadsheet may come as.
var Sheets = []MediaType{XLSX, ODS, CSV, Text}

// known tells of each type what people call it and how its names end.
var known = []struct {
	of   MediaType
	word string
	ends []string
}{
	{PDF, "PDF", []string{"pdf"}},
	{DOCX, "Word (DOCX)", []string{"docx"}},
	{ODT, "OpenDocument text (ODT)", []string{"odt"}},
	{XLSX, "Excel (XLSX)", []string{"xlsx"}},
	{ODS, "OpenDocument spreadsheet (ODS)", []string{"ods"}},
	{Text, "plain text", []string{"txt", "text", "md"}},
	{CSV, "CSV", []string{"csv", "tsv"}},
	{JSON, "JSON", []string{"json"}},
	{XML, "XML", []string{"xml"}},
	{JPEG, "picture (JPEG)", []string{"jpg", "jpeg"}},
	{PNG, "picture (PNG)", []string{"png"}},
}

// word is what people call a type.
func (m MediaType) word() string {
	for _, k := range known {
		if k.of == m {
			return k.word
		}
	}
	return string(m)
}

// claimed returns the type that a name promises, or nothing.
func claimed(name string) MediaType {
	end := strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
	for _, k := range known {
		if slices.Contains(k.ends, end) {
			return k.of
		}
	}
	return ""
}

// refused complains about the file, as a field of the form that sent it.
func refused(code, message string, args ...any) error {
	var c fault.Check
	c.That(false, "file", code, message, args...)
	return c.Err()
}

// edge is how much of both ends of a file is looked at.
const edge = 64 << 10

// Recognise tells what a document is by its bytes. It refuses what it does not
// know, what is two things at once, what carries macros or a password that we
// could not know, and a name that promises something else.
func Recognise(content io.ReaderAt, size int64, name string, allowed []MediaType) (MediaType, error) {
	head, tail, err := edges(content, size)
	if err != nil {
		return "", err
	}
	found, err := byBytes(content, size, head, tail)
	if err != nil {
		return "", err
	}
	promised := claimed(name)
	if (promised == CSV || promised == Text) && (found == Text || found == JSON) {
		found = promised // a bracket at the start does not make it JSON
	}
	if promised != "" && promised != found {
		return "", refused("file.lies", "The name ends like %s, but the file is %s. Please send the right file, or rename it.", promised.word(), found.word())
	}
	if len(allowed) > 0 && !slices.Contains(allowed, found) {
		return "", refused("file.type", "A file of this type (%s) cannot be used here. Please send one of: %s.", found.word(), words(allowed))
	}
	return found, nil
}

// words lists types for people.
func words(types []MediaType) string {
	all := make([]string, 0, len(types))
	for _, t := range types {
		all = append(all, t.word())
	}
	return strings.Join(all, ", ")
}

func edges(content io.ReaderAt, size int64) (head, tail []byte, err error) {
	head = make([]byte, min(size, edge))
	tail = make([]byte, min(size, edge))
	if _, err = content.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, nil, err
	}
	if _, err = content.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return nil, nil, err
	}
	return head, tail, nil
}

// unknown is said of what is none of the types.
func unknown() error {
	return refused("file.unknown", "We do not recognise this file. Please send a PDF, a Word or OpenDocument file, plain text, or a picture (JPEG or PNG).")
}

// double is said of a file that is two things at once: some program would open
// it as the other.
func double() error {
	return refused("file.double", "This file is two things at once, or something was added to it. Please save it anew and send that.")
}

func byBytes(content io.ReaderAt, size int64, head, tail []byte) (MediaType, error) {
	switch {
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return PDF, pdf(tail)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return zipped(content, size, tail)
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")):
		return JPEG, picture(head, tail, []byte("\xff\xd9"))
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return PNG, picture(head, tail, []byte("IEND\xaeB`\x82"))
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return "", old(head, tail)
	case bytes.HasPrefix(head, []byte("{\\rtf")):
		return "", refused("file.rtf", "This is an RTF file, which we do not read. Please save it as DOCX, ODT or PDF.")
	}
	return written(content, size, head, tail)
}

// pdf refuses a PDF that is an archive too: a ZIP is read from its end.
func pdf(tail []byte) error {
	if bytes.Contains(tail, []byte("PK\x05\x06")) {
		return double()
	}
	if !bytes.Contains(tail, []byte("%%EOF")) && !bytes.Contains(tail, []byte("startxref")) {
		return refused("file.cut", "This PDF is cut off or damaged. Please save it anew and send that.")
	}
	return nil
}

// picture refuses a picture with something behind its end.
func picture(head, tail, end []byte) error {
	for _, other := range []string{"PK\x05\x06", "%PDF-", "<script", "<?php", "<html"} {
		if bytes.Contains(tail, []byte(other)) || bytes.Contains(head, []byte(other)) {
			return double()
		}
	}
	if !bytes.HasSuffix(bytes.TrimRight(tail, "\x00\r\n "), end) {
		return refused("file.cut", "This picture is cut off, or something was added to it. Please save it anew and send that.")
	}
	return nil
}

// old tells what an OLE compound file is: DOC and XLS of before 2007, or a newer
// file under a password ([MS-OFFCRYPTO] keeps those in a compound file).
func old(head, tail []byte) error {
	for _, part := range [][]byte{head, tail} {
		if bytes.Contains(part, utf16le("EncryptedPackage")) || bytes.Contains(part, utf16le("EncryptionInfo")) {
			return refused("file.encrypted", "This file is protected by a password. Please save it without one and send that.")
		}
	}
	return refused("file.old_office", "This is a Word or Excel file of the old kind (DOC, XLS), which we do not read. Please save it as DOCX, XLSX or PDF.")
}

func utf16le(text string) []byte {
	out := make([]byte, 0, 2*len(text))
	for i := range len(text) {
		out = append(out, text[i], 0)
	}
	return out
}

// mostEntries is how many entries an archive may have; a document has some tens.
const mostEntries = 5000

// zipped tells which kind of document an archive is.
func zipped(content io.ReaderAt, size int64, tail []byte) (MediaType, error) {
	broken := refused("file.broken", "This file is damaged: it cannot be unpacked. Please save it anew and send that.")
	archive, err := zip.NewReader(content, size)
	if err != nil || len(archive.File) == 0 || len(archive.File) > mostEntries {
		return "", broken
	}
	if !endsWithDirectory(tail) {
		return "", double()
	}
	names := map[string]bool{}
	for _, f := range archive.File {
		lower := strings.ToLower(f.Name)
		if names[lower] {
			return "", broken // two entries of one name: each program reads another
		}
		names[lower] = true
		if f.Flags&1 != 0 {
			return "", refused("file.encrypted", "This file is protected by a password. Please save it without one and send that.")
		}
		if path.Base(lower) == "vbaproject.bin" || strings.HasPrefix(lower, "basic/") || strings.HasPrefix(lower, "scripts/") {
			return "", refused("file.macros", "This file contains macros (small programs), which we do not accept. Please save it without macros, as DOCX or PDF.")
		}
	}
	return office(archive, names)
}

// endsWithDirectory tells whether the archive's end record is the end of the
// file: nothing was added behind it.
func endsWithDirectory(tail []byte) bool {
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || len(tail)-at < 22 {
		return false
	}
	comment := int(tail[at+20]) | int(tail[at+21])<<8
	return at+22+comment == len(tail)
}

func office(archive *zip.Reader, names map[string]bool) (MediaType, error) {
	switch {
	case names["[content_types].xml"] && names["word/document.xml"]:
		return DOCX, nil
	case names["[content_types].xml"] && names["xl/workbook.xml"]:
		return XLSX, nil
	case names["mimetype"] && names["content.xml"]:
		return openDocument(archive)
	}
	return "", refused("file.archive", "This is an archive (ZIP), not a document. Please unpack it and send the document itself.")
}

// openDocument reads the type that an OpenDocument file names, and refuses one
// whose parts are encrypted.
func openDocument(archive *zip.Reader) (MediaType, error) {
	kind, err := member(archive, "mimetype", 200)
	if err != nil {
		return "", err
	}
	manifest, err := member(archive, "META-INF/manifest.xml", 1<<20)
	if err == nil && bytes.Contains(manifest, []byte("encryption-data")) {
		return "", refused("file.encrypted", "This file is protected by a password. Please save it without one and send that.")
	}
	switch found := MediaType(strings.TrimSpace(string(kind))); found {
	case ODT, ODS:
		return found, nil
	}
	return "", unknown()
}

func member(archive *zip.Reader, name string, most int64) ([]byte, error) {
	file, err := archive.Open(name)
	if err != nil {
		return nil, refused("file.broken", "This file is damaged: it cannot be unpacked. Please save it anew and send that.")
	}
	defer func() { _ = file.Close() }()
	text, err := io.ReadAll(io.LimitReader(file, most))
	if err != nil {
		return nil, refused("file.broken", "This file is damaged: it cannot be unpacked. Please save it anew and send that.")
	}
	return text, nil
}

// written tells what kind of text the file is.
func written(content io.ReaderAt, size int64, head, tail []byte) (MediaType, error) {
	if bytes.Contains(tail, []byte("PK\x05\x06")) || bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")) {
		return "", double()
	}
	wide := bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff"))
	if !wide && !textual(content, size) {
		return "", unknown()
	}
	start := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n"))
	switch {
	case len(start) == 0 && !wide:
		return "", refused("file.empty", "This file is empty.")
	case bytes.HasPrefix(start, []byte("{")), bytes.HasPrefix(start, []byte("[")):
		return JSON, nil
	case bytes.HasPrefix(start, []byte("<")):
		return marked(head)
	}
	return Text, nil
}

// marked tells XML from pages that a browser would run.
func marked(head []byte) (MediaType, error) {
	decoder := xml.NewDecoder(bytes.NewReader(head))
	decoder.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for {
		token, err := decoder.RawToken()
		if err != nil {
			return "", unknown()
		}
		if start, ok := token.(xml.StartElement); ok {
			switch strings.ToLower(start.Name.Local) {
			case "html", "svg", "script", "body", "iframe":
				return "", refused("file.page", "This is a web page or a drawing, not a document. Please send a PDF, a Word or OpenDocument file, or plain text.")
			}
			return XML, nil
		}
	}
}

// textual tells whether the whole file is text: no NUL and hardly any other
// control characters, in UTF-8 or in an 8-bit encoding.
func textual(content io.ReaderAt, size int64) bool {
	buffer := make([]byte, edge)
	odd := int64(0)
	for at := int64(0); at < size; at += int64(len(buffer)) {
		n, err := content.ReadAt(buffer, at)
		if err != nil && !errors.Is(err, io.EOF) {
			return false
		}
		for _, b := range buffer[:n] {
			if b == 0 {
				return false
			}
			if b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' && b != 0x1b || b == 0x7f {
				odd++
			}
		}
	}
	return odd*100 <= size
}

// megabytes spells a size for people.
func megabytes(n int64) string {
	if n < 1<<20 {
		return strconv.FormatInt(n>>10, 10) + " kB"
	}
	return strconv.FormatInt(n>>20, 10) + " MB"
}
