// SPDX-License-Identifier: AGPL-3.0-or-later

package curriculum

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"sankofa/backend/internal/fault"
)

// PDF is read by pdftotext (poppler) in a process of its own, because readers of
// PDF meet files that were made to break them. The process gets the file on its
// standard input, no environment, and limits of time and memory; what it writes
// is cut off. Where the program is not installed people are told so.
const (
	pdfTime   = 15 * time.Second
	pdfMemory = "1048576" // kB of address space
	pdfCPU    = "10"      // seconds
	mostPages = "40"
	mostBytes = 1 << 20 // of text
)

// pdfProgram is looked for in the usual places; tests take it away.
var pdfProgram = "pdftotext"

// CanReadPDF tells whether the program that reads PDF is installed.
func CanReadPDF() bool {
	_, err := exec.LookPath(pdfProgram)
	return err == nil
}

func pdfText(ctx context.Context, doc Document) (string, error) {
	program, err := exec.LookPath(pdfProgram)
	if err != nil {
		return "", refused("cv.pdf_unavailable",
			"This server cannot read PDF files. Please send your CV as a Word or OpenDocument file or as plain text, or fill in the form.")
	}
	ctx, cancel := context.WithTimeout(ctx, pdfTime)
	defer cancel()
	// The shell sets the limits and becomes the program; no word of the file or of
	// the person is in the command.
	shell := exec.CommandContext(ctx, "/bin/sh", "-c",
		"ulimit -v "+pdfMemory+"; ulimit -t "+pdfCPU+"; ulimit -c 0; exec \"$0\" -q -l "+mostPages+" -enc UTF-8 -eol unix -nopgbrk - -", program)
	shell.Env, shell.Dir = []string{"LC_ALL=C", "PATH=" + os.Getenv("PATH")}, os.TempDir()
	shell.Stdin = io.NewSectionReader(doc.Content, 0, doc.Size)
	out, complaints := &limited{most: mostBytes}, &limited{most: 4 << 10}
	shell.Stdout, shell.Stderr, shell.WaitDelay = out, complaints, time.Second
	err = shell.Run()
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return "", refused("cv.too_hard", "This PDF takes too long to read. Please send a simpler one, a Word file, or plain text.")
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		return "", pdfTrouble(doc, complaints.String(), err)
	}
	text := strings.ReplaceAll(strings.ToValidUTF8(out.String(), ""), "\f", "\n")
	if letters(text) < 20 {
		return "", refused("cv.scanned", "This PDF is a picture of a text, such as a scan: there are no letters in it to read. Please send the file that it was made from, or fill in the form.")
	}
	return text, nil
}

// pdfTrouble tells why a PDF could not be read. pdftotext says "Incorrect
// password" on a protected file; without words we look for the mark of encryption.
func pdfTrouble(doc Document, complaints string, err error) error {
	var left *exec.ExitError
	if !errors.As(err, &left) {
		return fault.New(fault.Unavailable, "cv.pdf_failed", "The PDF could not be read just now. Please try again, or send a Word file.").Because(err)
	}
	if strings.Contains(complaints, "assword") || encrypted(doc) {
		return refused("cv.encrypted", "This PDF is protected by a password. Please save it without one and send that.")
	}
	return broken()
}

// encrypted looks for an encryption dictionary in the last part of a PDF, where
// its trailer is.
func encrypted(doc Document) bool {
	tail := make([]byte, min(doc.Size, 64<<10))
	n, err := doc.Content.ReadAt(tail, doc.Size-int64(len(tail)))
	return (err == nil || errors.Is(err, io.EOF)) && bytes.Contains(tail[:n], []byte("/Encrypt"))
}

// limited keeps the first bytes of what is written and takes the rest without
// keeping it.
type limited struct {
	bytes.Buffer
	most int
}

func (l *limited) Write(p []byte) (int, error) {
	if room := l.most - l.Len(); room > 0 {
		l.Buffer.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}
