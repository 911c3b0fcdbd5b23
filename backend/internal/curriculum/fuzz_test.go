// SPDX-License-Identifier: AGPL-3.0-or-later

package curriculum_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"sankofa/backend/internal/curriculum"
	"sankofa/backend/internal/curriculum/curriculumtest"
)

// deaf is a linker that knows nothing.
type deaf struct{}

func (deaf) Occupations(string, string) []curriculum.Link { return nil }
func (deaf) Skills(string, string) []curriculum.Link      { return nil }
func (deaf) Fields(string, string) []curriculum.Link      { return nil }
func (deaf) Guess([]string) string                        { return "en" }

// sound fails the test where a reading is not what a form could take.
func sound(t *testing.T, r curriculum.Reading) {
	t.Helper()
	if len(r.Suggestions) > 120 {
		t.Errorf("%d suggestions", len(r.Suggestions))
	}
	for _, s := range r.Suggestions {
		if s.Field == "" || !json.Valid(s.Value) || !utf8.ValidString(s.Words) || utf8.RuneCountInString(s.Words) > 300 || s.Sure < 0 || s.Sure > 1000 {
			t.Errorf("%+v", s)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, c := range curriculumtest.Corpus() {
		if c.Refused == "" && utf8.Valid(c.Content) {
			f.Add(string(c.Content))
		}
	}
	f.Fuzz(func(t *testing.T, text string) { sound(t, curriculum.ReadText(text, deaf{}, today)) })
}

func FuzzDocument(f *testing.F) {
	kinds := []string{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/vnd.oasis.opendocument.text",
		"text/plain", "application/json", "application/xml"}
	for _, c := range curriculumtest.Corpus() {
		for i := range kinds {
			if len(c.Content) < 20_000 {
				f.Add(i, c.Content)
			}
		}
	}
	f.Fuzz(func(t *testing.T, kind int, content []byte) {
		r, err := curriculum.Read(t.Context(), curriculum.Document{Content: bytes.NewReader(content), Size: int64(len(content)),
			Type: kinds[(kind%len(kinds)+len(kinds))%len(kinds)]}, deaf{}, today)
		if err == nil {
			sound(t, r)
		}
	})
}

func TestWithoutTheReaderOfPDFPeopleAreToldWhatToDo(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := curriculum.Read(t.Context(), curriculum.Document{Content: strings.NewReader("%PDF-1.4"), Size: 8, Type: "application/pdf"}, deaf{}, today)
	if codeOf(err) != "cv.pdf_unavailable" {
		t.Errorf("got %v, want cv.pdf_unavailable", err)
	}
}

func TestAVeryLongTextIsReadInBoundedTime(t *testing.T) {
	begin := time.Now()
	sound(t, curriculum.ReadText(strings.Repeat("Skills\n"+strings.Repeat("a, ", 2000)+"\n2012 - 2014\n", 400), deaf{}, today))
	if took := time.Since(begin); took > 30*time.Second {
		t.Errorf("took %s", took)
	}
}
