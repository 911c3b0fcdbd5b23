// SPDX-License-Identifier: AGPL-3.0-or-later

package intake

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/sheets"
)

// Errors returns the rows of an import that cannot be brought in, as they came,
// with their number and everything that is wrong in two columns more. Mended, the
// file can be sent as it is: the two columns are about nobody.
func (s *Service) Errors(ctx context.Context, who identity.Actor, importID, language string) (string, [][]string, error) {
	f, err := s.Find(ctx, who, importID)
	if err != nil {
		return "", nil, err
	}
	if f.Reading == nil {
		return "", nil, gone
	}
	found, err := s.try(ctx, &trial{who: who, of: f.Import})
	if err != nil {
		return "", nil, err
	}
	said := map[int][]string{}
	for _, p := range found.Problems {
		said[p.Row] = append(said[p.Row], p.sentence(language))
	}
	width := 0
	for _, r := range append([]sheets.Row{f.Reading.Header}, f.Reading.Body...) {
		width = max(width, len(r.Cells))
	}
	out := [][]string{append(widened(f.Reading.Header, width), mark+" row", mark+" what to mend")}
	for _, r := range f.Reading.Body {
		if found.invalid[r.Number] {
			out = append(out, append(widened(r, width), fmt.Sprint(r.Number), strings.Join(said[r.Number], "\n")))
		}
	}
	base, _, _ := strings.Cut(f.FileName, ".")
	return base + "-errors", out, nil
}

func widened(r sheets.Row, width int) []string {
	cells := slices.Clone(r.Cells)
	for len(cells) < width {
		cells = append(cells, "")
	}
	return cells
}

// sentence says where, what and how to mend it in one line.
func (p Problem) sentence(language string) string {
	out := p.In(language)
	if p.Header != "" {
		out = p.Header + ": " + out
	}
	if p.Suggestion != "" && p.Code != "email.twice" {
		out += " → " + p.Suggestion
	}
	return out
}

// Template returns the headings of an empty spreadsheet in the language.
func Template(language string) []string {
	var out []string
	for _, f := range Fields {
		if f != FullName && f != LanguageLevel {
			out = append(out, Heading(f, language))
		}
	}
	return out
}
