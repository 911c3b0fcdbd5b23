// SPDX-License-Identifier: AGPL-3.0-or-later

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"sankofa/backend/internal/fault"
)

// output writes what a command has to say: results on stdout, everything else
// on stderr, as text for people or JSON for programs.
type output struct {
	stdout, stderr io.Writer
	json           bool
	last           time.Time // when progress was shown last
	shown          bool
}

// result prints a result: as JSON, or by text.
func (o *output) result(value any, text func(io.Writer)) error {
	o.endProgress()
	if !o.json {
		text(o.stdout)
		return nil
	}
	encoder := json.NewEncoder(o.stdout)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// fail prints an error and returns the exit code.
func (o *output) fail(err error) int {
	o.endProgress()
	f := fault.Of(err)
	if o.json {
		text, _ := json.MarshalIndent(map[string]any{"error": map[string]any{"code": f.Code, "message": f.Message, "fields": f.Fields}}, "", "  ")
		fmt.Fprintln(o.stderr, string(text))
		return exitOf(err)
	}
	message := f.Message
	if f.Kind == fault.Internal { // the operator is the one who reads this
		message = f.Error()
	}
	fmt.Fprintf(o.stderr, "sankofa: %s\n", message)
	for _, field := range f.Fields {
		fmt.Fprintf(o.stderr, "  %s: %s\n", field.Field, field.Message)
	}
	return exitOf(err)
}

// progress shows how far a long command has come, at most ten times a second,
// and only to a person at a terminal.
func (o *output) progress(done, total int64) {
	file, ok := o.stderr.(*os.File)
	if !ok || o.json {
		return
	}
	if info, err := file.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return
	}
	now := time.Now()
	if done < total && now.Sub(o.last) < 100*time.Millisecond {
		return
	}
	o.last, o.shown = now, true
	if total <= 0 {
		fmt.Fprintf(o.stderr, "\r%d", done)
		return
	}
	const width = 30
	filled := int(min(done, total) * width / total)
	fmt.Fprintf(o.stderr, "\r[%s%s] %d of %d", strings.Repeat("#", filled), strings.Repeat(".", width-filled), done, total)
}

// endProgress leaves the line that progress stands on.
func (o *output) endProgress() {
	if o.shown {
		fmt.Fprintln(o.stderr)
		o.shown = false
	}
}
