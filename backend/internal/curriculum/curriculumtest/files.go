// SPDX-License-Identifier: AGPL-3.0-or-later

// Package curriculumtest makes awkward curricula vitae of fictional people, each
// with what should be read in it.
package curriculumtest

import (
	"archive/zip"
	"bytes"
	"crypto/md5" //nolint:gosec // the standard security handler of PDF is made of it
	"crypto/rc4" //nolint:gosec // likewise
	"encoding/binary"
	"fmt"
	"html"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// archive makes a ZIP of names and contents. The contents are in memory, so it
// cannot fail but by a mistake here.
func archive(members ...string) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(members); i += 2 {
		w, err := z.Create(members[i])
		if err == nil {
			_, err = w.Write([]byte(members[i+1]))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8"?>`
	wordNS  = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
)

// wordParagraphs makes a paragraph of each line, in runs that break within words
// as Word makes them.
func wordParagraphs(text string) string {
	var out strings.Builder
	for l := range strings.SplitSeq(text, "\n") {
		runes := []rune(l)
		half := len(runes) / 2
		out.WriteString("<w:p>")
		for _, part := range []string{string(runes[:half]), string(runes[half:])} {
			fmt.Fprintf(&out, `<w:r><w:t xml:space="preserve">%s</w:t></w:r>`, html.EscapeString(part))
		}
		out.WriteString("</w:p>")
	}
	return out.String()
}

// docx makes a Word file; more are further members of the archive.
func docx(body string, more ...string) []byte {
	return archive(append([]string{"[Content_Types].xml", xmlHead + "<Types/>",
		"word/document.xml", xmlHead + "<w:document" + wordNS + "><w:body>" + body + "</w:body></w:document>"}, more...)...)
}

// odt makes an OpenDocument text.
func odt(text string) []byte {
	var out strings.Builder
	for l := range strings.SplitSeq(text, "\n") {
		fmt.Fprintf(&out, "<text:p>%s</text:p>", strings.ReplaceAll(html.EscapeString(l), "  ", `<text:s text:c="2"/>`))
	}
	return archive("mimetype", "application/vnd.oasis.opendocument.text", "content.xml", xmlHead+
		`<office:document-content xmlns:office="o" xmlns:text="t"><office:body><office:text><text:tracked-changes><text:p>Deleted long ago</text:p></text:tracked-changes>`+
		out.String()+`</office:text></office:body></office:document-content>`, "META-INF/manifest.xml", "<manifest/>")
}

// column is a piece of a page: lines from a point downwards, in points.
type column struct {
	x, y  int
	lines string
}

// pdf writes a page for each set of columns (ISO 32000-1), in Helvetica and
// WinAnsiEncoding.
func pdf(pages ...[]column) []byte {
	p := &pdfWriter{}
	var kids []string
	next := 4
	objects := map[int]string{3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"}
	for _, columns := range pages {
		objects[next] = fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents %d 0 R >>", next+1)
		stream := strokes(columns)
		objects[next+1] = fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(stream), stream)
		kids = append(kids, fmt.Sprintf("%d 0 R", next))
		next += 2
	}
	objects[1] = "<< /Type /Catalog /Pages 2 0 R >>"
	objects[2] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(kids))
	return p.write(objects, next, "")
}

// strokes draws lines of text.
func strokes(columns []column) string {
	var out strings.Builder
	for _, c := range columns {
		fmt.Fprintf(&out, "BT /F 10 Tf 13 TL %d %d Td\n", c.x, c.y)
		for l := range strings.SplitSeq(c.lines, "\n") {
			latin, err := charmap.Windows1252.NewEncoder().String(l)
			if err != nil {
				panic(fmt.Sprintf("%q is not Latin: %v", l, err))
			}
			fmt.Fprintf(&out, "(%s) Tj T*\n", strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(latin))
		}
		out.WriteString("ET\n")
	}
	return out.String()
}

type pdfWriter struct {
	out     bytes.Buffer
	offsets map[int]int
}

// write puts the objects and the table that finds them.
func (p *pdfWriter) write(objects map[int]string, next int, trailer string) []byte {
	p.offsets = map[int]int{}
	p.out.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	for n := 1; n < next; n++ {
		p.offsets[n] = p.out.Len()
		fmt.Fprintf(&p.out, "%d 0 obj\n%s\nendobj\n", n, objects[n])
	}
	at := p.out.Len()
	fmt.Fprintf(&p.out, "xref\n0 %d\n0000000000 65535 f \n", next)
	for n := 1; n < next; n++ {
		fmt.Fprintf(&p.out, "%010d 00000 n \n", p.offsets[n])
	}
	fmt.Fprintf(&p.out, "trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n", next, trailer, at)
	return p.out.Bytes()
}

// scanned makes a PDF whose only page is a picture.
func scanned() []byte {
	p := &pdfWriter{}
	return p.write(map[int]string{
		1: "<< /Type /Catalog /Pages 2 0 R >>",
		2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /I 4 0 R >> >> /Contents 5 0 R >>",
		4: "<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 4 >>\nstream\n\x00\xff\xff\x00\nendstream",
		5: "<< /Length 28 >>\nstream\n595 0 0 842 0 0 cm /I Do    \nendstream",
	}, 6, "")
}

// padding fills up passwords (ISO 32000-1, 7.6.3.3, algorithm 2).
const padding = "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"

// locked makes a PDF that asks for a password (revision 2 of the standard
// security handler, 40 bits).
func locked(password, text string) []byte {
	padded := func(word string) []byte { return []byte(word + padding)[:32] }
	encrypt := func(key, plain []byte) []byte {
		c, err := rc4.NewCipher(key) //nolint:gosec // see above
		if err != nil {
			panic(err)
		}
		out := make([]byte, len(plain))
		c.XORKeyStream(out, plain)
		return out
	}
	ownerKey := md5.Sum(padded(password)) //nolint:gosec // see above
	owner := encrypt(ownerKey[:5], padded(password))
	allow := int32(-4)
	sum := md5.New() //nolint:gosec // see above
	sum.Write(padded(password))
	sum.Write(owner)
	_ = binary.Write(sum, binary.LittleEndian, allow) // a hash takes everything
	sum.Write([]byte("0123456789abcdef"))
	key := sum.Sum(nil)[:5]
	user := encrypt(key, []byte(padding))
	streamKey := md5.Sum(append(append([]byte{}, key...), 5, 0, 0, 0, 0)) //nolint:gosec // see above
	stream := encrypt(streamKey[:10], []byte(strokes([]column{{50, 780, text}})))
	p := &pdfWriter{}
	return p.write(map[int]string{
		1: "<< /Type /Catalog /Pages 2 0 R >>",
		2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 4 0 R >> >> /Contents 5 0 R >>",
		4: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
		5: fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(stream), stream),
		6: fmt.Sprintf("<< /Filter /Standard /V 1 /R 2 /O <%x> /U <%x> /P %d >>", owner, user, allow),
	}, 7, fmt.Sprintf(" /Encrypt 6 0 R /ID [<%x> <%x>]", "0123456789abcdef", "0123456789abcdef"))
}
