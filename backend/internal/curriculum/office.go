// SPDX-License-Identifier: AGPL-3.0-or-later

package curriculum

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"sankofa/backend/internal/fault"
)

// Limits on office files: their parts unpack to much more than they weigh.
const (
	mostPart  = 16 << 20 // bytes of one part, unpacked
	mostParts = 12       // that are read
	mostDepth = 200      // of elements in elements
)

// docxText reads the headers, which often hold how to reach the person, then the
// text of a Word file (ECMA-376, part 1, WordprocessingML).
func docxText(_ context.Context, doc Document) (string, error) {
	archive, err := zip.NewReader(doc.Content, doc.Size)
	if err != nil {
		return "", broken()
	}
	var names []string
	for _, f := range archive.File {
		if strings.HasPrefix(f.Name, "word/header") && strings.HasSuffix(f.Name, ".xml") {
			names = append(names, f.Name)
		}
	}
	slices.Sort(names)
	names = append(names[:min(len(names), mostParts)], "word/document.xml")
	return partsText(archive, names, word)
}

// odtText reads the text of an OpenDocument file (ISO/IEC 26300).
func odtText(_ context.Context, doc Document) (string, error) {
	archive, err := zip.NewReader(doc.Content, doc.Size)
	if err != nil {
		return "", broken()
	}
	return partsText(archive, []string{"content.xml"}, openDocument)
}

// grammar says what the elements of an office file mean for its text.
type grammar struct {
	text      map[string]bool // elements whose characters count; empty: all
	breaks    map[string]bool // a line ends when they end
	lineBreak map[string]bool // a line ends where they stand
	tab       map[string]bool
	skipped   map[string]bool // with everything in them: what was deleted, or is there twice
}

var (
	word = grammar{text: set("t"), breaks: set("p"), lineBreak: set("br cr"), tab: set("tab"),
		skipped: set("del moveFrom Fallback instrText footnoteReference")}
	openDocument = grammar{breaks: set("p h list-item"), lineBreak: set("line-break"), tab: set("tab"),
		skipped: set("tracked-changes annotation note forms scripts font-face-decls automatic-styles")}
)

func set(words string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(words) {
		all[w] = true
	}
	return all
}

func partsText(archive *zip.Reader, names []string, g grammar) (string, error) {
	var out strings.Builder
	for _, name := range names {
		part, err := archive.Open(name)
		if err != nil {
			return "", broken()
		}
		err = g.read(&out, part)
		_ = part.Close()
		if errors.Is(err, errTooMuch) {
			break // What was read is more than a CV has.
		}
		if err != nil {
			return "", err
		}
		out.WriteString("\n")
	}
	return out.String(), nil
}

// read writes the text of one part. It goes through the XML once, keeps no tree,
// and stops at the limits; a document type with entities is refused by ending in
// an error at the first of them.
func (g grammar) read(out *strings.Builder, part io.Reader) error {
	decoder := xml.NewDecoder(&io.LimitedReader{R: part, N: mostPart})
	var stack []string
	skipping := 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) && len(stack) == 0 {
			return nil
		}
		if err != nil {
			return broken()
		}
		if out.Len() > 4*mostText {
			return errTooMuch
		}
		switch t := token.(type) {
		case xml.StartElement:
			if stack = append(stack, t.Name.Local); len(stack) > mostDepth {
				return fault.Of(broken())
			}
			if skipping > 0 || g.skipped[t.Name.Local] {
				skipping++
				continue
			}
			g.start(out, t)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
			if skipping > 0 {
				skipping--
			} else if g.breaks[t.Name.Local] {
				out.WriteString("\n")
			}
		case xml.CharData:
			if skipping == 0 && len(stack) > 0 && (g.text == nil || g.text[stack[len(stack)-1]]) {
				out.WriteString(strings.NewReplacer("\r", "", "\n", " ").Replace(string(t)))
			}
		}
	}
}

func (g grammar) start(out *strings.Builder, t xml.StartElement) {
	switch name := t.Name.Local; {
	case g.lineBreak[name]:
		out.WriteString("\n")
	case g.tab[name]:
		out.WriteString("\t")
	case name == "s" && g.text == nil: // blanks of OpenDocument, with how many
		n := 1
		for _, a := range t.Attr {
			if a.Name.Local == "c" {
				n, _ = strconv.Atoi(a.Value)
			}
		}
		out.WriteString(strings.Repeat(" ", min(max(n, 1), 20)))
	}
}
