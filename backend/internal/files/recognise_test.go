// SPDX-License-Identifier: AGPL-3.0-or-later

package files_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"

	"sankofa/backend/internal/files"
)

// archive makes a ZIP with the members, in order.
func archive(t testing.TB, members ...string) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(members); i += 2 {
		w, err := z.Create(members[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, members[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func pictures(t testing.TB) (asJPEG, asPNG string) {
	t.Helper()
	var j, p bytes.Buffer
	dot := image.NewGray(image.Rect(0, 0, 8, 8))
	if err := errors.Join(jpeg.Encode(&j, dot, nil), png.Encode(&p, dot)); err != nil {
		t.Fatal(err)
	}
	return j.String(), p.String()
}

const aPDF = "%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\nstartxref\n0\n%%EOF\n"

func TestDocumentsAreTypedByTheirBytes(t *testing.T) {
	docx := archive(t, "[Content_Types].xml", "<Types/>", "word/document.xml", "<d/>")
	xlsx := archive(t, "[Content_Types].xml", "<Types/>", "xl/workbook.xml", "<d/>")
	odt := archive(t, "mimetype", string(files.ODT), "content.xml", "<d/>", "META-INF/manifest.xml", "<m/>")
	ods := archive(t, "mimetype", string(files.ODS), "content.xml", "<d/>", "META-INF/manifest.xml", "<m/>")
	jpg, pic := pictures(t)
	for _, c := range []struct {
		what, name, content string
		want                files.MediaType // or
		refused             string          // the code of the refusal
	}{
		{"a PDF", "cv.pdf", aPDF, files.PDF, ""},
		{"a PDF without a name", "", aPDF, files.PDF, ""},
		{"a Word file", "cv.DOCX", docx, files.DOCX, ""},
		{"an OpenDocument text", "cv.odt", odt, files.ODT, ""},
		{"an Excel file", "list.xlsx", xlsx, files.XLSX, ""},
		{"an OpenDocument sheet", "list.ods", ods, files.ODS, ""},
		{"a JPEG", "a.jpeg", jpg, files.JPEG, ""},
		{"a PNG", "a.png", pic, files.PNG, ""},
		{"plain text", "cv.txt", "Ama\nNurse\n", files.Text, ""},
		{"text in Latin 1", "cv.txt", "n\xe9e \xe0 Dakar", files.Text, ""},
		{"text in UTF-16", "cv.txt", "\xff\xfeA\x00m\x00a\x00", files.Text, ""},
		{"text that begins with a bracket", "cv.txt", "[Ama], nurse", files.Text, ""},
		{"a CSV", "list.csv", "name;phone\n", files.CSV, ""},
		{"JSON", "cv.json", `{"basics":{}}`, files.JSON, ""},
		{"XML", "cv.xml", "\ufeff<?xml version=\"1.0\"?><!-- x --><Candidate/>", files.XML, ""},

		{"a PDF that is called a picture", "cv.png", aPDF, "", "file.lies"},
		{"a picture that is called a PDF", "cv.pdf", pic, "", "file.lies"},
		{"a Word file that is called Excel", "cv.xlsx", docx, "", "file.lies"},
		{"a PDF with an archive behind it", "cv.pdf", aPDF + docx, "", "file.double"},
		{"an archive with a PDF behind it", "cv.docx", docx + aPDF, "", "file.double"},
		{"a picture with an archive behind it", "a.png", pic + docx, "", "file.double"},
		{"a picture with a script in it", "a.jpg", jpg[:20] + "<script>" + jpg[20:], "", "file.double"},
		{"a picture with words behind it", "a.png", pic + "hello", "", "file.cut"},
		{"text with a PDF in it", "a.txt", "hello\n" + aPDF, "", "file.double"},
		{"a PDF that is cut off", "cv.pdf", aPDF[:30], "", "file.cut"},
		{"a Word file that is cut off", "cv.docx", docx[:len(docx)-30], "", "file.broken"},
		{"a Word file with macros", "cv.docm", archive(t, "[Content_Types].xml", "", "word/document.xml", "", "word/vbaProject.bin", ""), "", "file.macros"},
		{"an OpenDocument text with macros", "cv.odt", archive(t, "mimetype", string(files.ODT), "content.xml", "", "Basic/Standard/a.xml", ""), "", "file.macros"},
		{"an OpenDocument text with a password", "cv.odt", archive(t, "mimetype", string(files.ODT), "content.xml", "", "META-INF/manifest.xml", "<manifest:encryption-data/>"), "", "file.encrypted"},
		{"a Word file with a password", "cv.docx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600) + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00", "", "file.encrypted"},
		{"an old Word file", "cv.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600), "", "file.old_office"},
		{"an RTF", "cv.rtf", `{\rtf1 hello}`, "", "file.rtf"},
		{"any archive", "a.zip", archive(t, "cv.txt", "x"), "", "file.archive"},
		{"two members of one name", "cv.docx", archive(t, "[Content_Types].xml", "", "word/document.xml", "a", "word/document.xml", "b"), "", "file.broken"},
		{"a web page", "cv.xml", "<!DOCTYPE html><html><script>1</script></html>", "", "file.page"},
		{"a drawing", "a.xml", "<svg xmlns='x'><script/></svg>", "", "file.page"},
		{"a program", "cv", "\x7fELF\x02\x01\x01\x00\x00", "", "file.unknown"},
		{"blanks", "cv.txt", " \n\t", "", "file.empty"},
	} {
		got, err := files.Recognise(strings.NewReader(c.content), int64(len(c.content)), c.name, nil)
		if c.refused == "" && (err != nil || got != c.want) || c.refused != "" && !hasField(err, c.refused) {
			t.Errorf("%s: got %q, %v; want %q%s", c.what, got, err, c.want, c.refused)
		}
	}
}

func TestOnlyWhatIsAllowedIsTaken(t *testing.T) {
	_, err := files.Recognise(strings.NewReader(aPDF), int64(len(aPDF)), "a.pdf", files.Sheets)
	if !hasField(err, "file.type") {
		t.Errorf("a PDF where a spreadsheet is wanted: %v", err)
	}
}

func FuzzRecognise(f *testing.F) {
	f.Add([]byte(aPDF))
	f.Add([]byte(archive(f, "[Content_Types].xml", "<Types/>", "word/document.xml", "<d/>")))
	f.Add([]byte("\xff\xfeA\x00"))
	f.Add([]byte("<?xml version='1.0'?><a/>"))
	f.Fuzz(func(t *testing.T, content []byte) {
		found, err := files.Recognise(bytes.NewReader(content), int64(len(content)), "", nil)
		if found == "" && err == nil {
			t.Errorf("neither a type nor an error")
		}
	})
}
