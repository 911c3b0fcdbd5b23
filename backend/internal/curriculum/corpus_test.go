// SPDX-License-Identifier: AGPL-3.0-or-later

package curriculum_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sankofa/backend/internal/curriculum"
	"sankofa/backend/internal/curriculum/curriculumtest"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/files"
	"sankofa/backend/internal/taxonomy"
)

// linker is the real vocabulary.
type linker struct{ *taxonomy.Taxonomy }

func links(all []taxonomy.Suggestion) []curriculum.Link {
	out := make([]curriculum.Link, len(all))
	for i, s := range all {
		out[i] = curriculum.Link{ID: s.ID, Label: s.Label, Sure: s.Weight}
	}
	return out
}

func (l linker) Occupations(title, language string) []curriculum.Link {
	return links(l.LinkOccupation(title, language))
}
func (l linker) Skills(words, language string) []curriculum.Link {
	return links(l.LinkSkills(words, language))
}
func (l linker) Fields(words, language string) []curriculum.Link {
	return links(l.LinkFields(words, language))
}
func (l linker) Guess(texts []string) string { return l.GuessLanguage(texts) }

func vocabulary(t testing.TB) linker {
	t.Helper()
	tax, err := taxonomy.Load()
	if err != nil {
		t.Fatal(err)
	}
	return linker{tax}
}

var today = time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)

// spell writes a suggestion as the corpus does.
func spell(s curriculum.Suggestion) string {
	var v struct {
		Title, Employer, Country, From, To, Institution, Language, Label, Body, Number string
		Listening, Reading, Interaction, Production, Writing                           string
		ValidFrom, ValidUntil                                                          string
		Native                                                                         bool
		Level, Year                                                                    int
	}
	if err := json.Unmarshal(s.Value, &v); err != nil {
		var plain any
		_ = json.Unmarshal(s.Value, &plain)
		return fmt.Sprintf("%s: %v", s.Field, plain)
	}
	var parts []string
	switch s.Field {
	case "experience":
		parts = []string{v.Title, v.Employer, v.Country, v.From, v.To}
	case "education":
		parts = []string{fmt.Sprint(v.Level), v.Title, v.Institution, v.Country, fmt.Sprint(v.Year)}
	case "languages":
		levels := []string{v.Listening, v.Reading, v.Interaction, v.Production, v.Writing}
		if distinct := slices.Compact(slices.Clone(levels)); len(distinct) == 1 {
			levels = distinct
		}
		if v.Native {
			levels = []string{"native"}
		}
		return "languages: " + v.Language + " " + strings.Join(levels, " ")
	case "licences":
		parts = []string{v.Body, v.Number, v.Country, v.ValidFrom, v.ValidUntil}
	case "skills":
		parts = []string{v.Label}
	}
	return s.Field + ": " + strings.Join(parts, " | ")
}

func codeOf(err error) string {
	f := fault.Of(err)
	if f == nil {
		return ""
	}
	if len(f.Fields) > 0 {
		return f.Fields[0].Code
	}
	return f.Code
}

// readCase reads a CV as the server does: first its bytes tell what it is.
func readCase(t *testing.T, c curriculumtest.Case, by curriculum.Linker) (curriculum.Reading, error) {
	content := bytes.NewReader(c.Content)
	if len(c.Content) == 0 {
		return curriculum.Reading{}, fault.New(fault.Invalid, "file.empty", "empty") // Write says so before
	}
	kind, err := files.Recognise(content, content.Size(), c.File, files.Curricula)
	if err != nil {
		return curriculum.Reading{}, err
	}
	return curriculum.Read(t.Context(), curriculum.Document{Content: content, Size: content.Size(), Type: string(kind)}, by, today)
}

// TestTheCorpusIsReadAsItShould reads every awkward CV. WRITE_CORPUS=DIR writes
// them out, to be opened with other programs.
func TestTheCorpusIsReadAsItShould(t *testing.T) {
	by := vocabulary(t)
	corpus := curriculumtest.Corpus()
	if len(corpus) < 20 {
		t.Errorf("the corpus has %d CVs, want at least 20", len(corpus))
	}
	for i, c := range corpus {
		if dir := os.Getenv("WRITE_CORPUS"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%02d-%s", i, c.File)), c.Content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		t.Run(c.Name, func(t *testing.T) {
			got, err := readCase(t, c, by)
			if strings.HasSuffix(c.File, ".pdf") && !curriculum.CanReadPDF() && !strings.HasPrefix(c.Refused, "file.") {
				if codeOf(err) != "cv.pdf_unavailable" {
					t.Errorf("without the reader of PDF: %v", err)
				}
				return
			}
			if codeOf(err) != c.Refused {
				t.Fatalf("refused with %q (%v), want %q", codeOf(err), err, c.Refused)
			}
			if c.Refused != "" {
				return
			}
			compare(t, c, got)
		})
	}
}

func compare(t *testing.T, c curriculumtest.Case, got curriculum.Reading) {
	t.Helper()
	var spelt []string
	for _, s := range got.Suggestions {
		spelt = append(spelt, spell(s))
	}
	for _, want := range c.Want {
		if !slices.ContainsFunc(spelt, func(s string) bool { return strings.HasPrefix(s, want) }) {
			t.Errorf("lacks %q", want)
		}
	}
	if got.Language != c.Language {
		t.Errorf("language %q, want %q", got.Language, c.Language)
	}
	for _, never := range c.Never {
		if strings.Contains(got.Text, never) || slices.ContainsFunc(spelt, func(s string) bool { return strings.HasPrefix(s, never) }) {
			t.Errorf("has %q", never)
		}
	}
	if t.Failed() {
		t.Logf("suggested:\n%s\ntext:\n%.1500s", strings.Join(spelt, "\n"), got.Text)
	}
}
