// SPDX-License-Identifier: AGPL-3.0-or-later

package intake

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/files"
	"sankofa/backend/internal/sheets"
	"sankofa/backend/internal/store"
)

// Doubt is a question that must be answered before anything is written.
type Doubt struct {
	About  string   // "encoding", "delimiter", "sheet", "order"
	Column string   // the letter, for "order"
	Taken  string   // what is taken until somebody answers
	Others []string // what else is likely
}

// Reading is a file as it is understood.
type Reading struct {
	Table   *sheets.Table
	Header  sheets.Row
	Body    []sheets.Row
	Columns []Column
	Doubts  []Doubt
	Notes   []sheets.Note
	Speaks  string // the language of titles and skills
}

// packed is a file as it is kept: as it was sent, in an envelope that can be
// told by its bytes whatever the encoding of what is in it.
type packed struct {
	Content []byte `json:"content"`
}

// keepFile writes the file to the disk, encrypted; the row comes with the import.
func (s *Service) keepFile(ctx context.Context, content []byte) (files.Written, error) {
	text, err := json.Marshal(packed{content})
	if err != nil {
		return files.Written{}, err
	}
	return s.Files.Write(ctx, files.Upload{Name: "import.json", Body: bytes.NewReader(text), Most: 2 * sheets.MostBytes, Allowed: []files.MediaType{files.JSON}})
}

// gone is the answer to whoever needs a file that has been deleted.
var gone = fault.New(fault.Conflict, "import.file_gone", "The file of this import has been deleted. Please send it again.")

// content returns the file as it was sent.
func (s *Service) content(ctx context.Context, importID string) ([]byte, error) {
	var kept []files.File
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		kept, err = files.OfImportIn(tx, importID)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(kept) == 0 {
		return nil, gone
	}
	in, err := s.Files.Read(kept[0])
	if err != nil {
		return nil, err
	}
	defer in.Close()
	text, err := io.ReadAll(io.NewSectionReader(in, 0, kept[0].Size))
	if err != nil {
		return nil, err
	}
	var file packed
	if err := json.Unmarshal(text, &file); err != nil {
		return nil, fmt.Errorf("file of import %s: %w", importID, err)
	}
	return file.Content, nil
}

// shelf keeps the tables that were read last: a person who corrects a mapping
// asks for the same file again and again.
type shelf struct {
	mu    sync.Mutex
	kept  map[string]*sheets.Table
	order []string
	at    map[string]time.Time
}

// Of the shelf: a few tables, for a few minutes.
const (
	shelved   = 4
	shelfLife = 10 * time.Minute
)

func (s *shelf) take(key string, now time.Time) *sheets.Table {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clear(now)
	return s.kept[key]
}

func (s *shelf) put(key string, table *sheets.Table, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil {
		s.kept, s.at = map[string]*sheets.Table{}, map[string]time.Time{}
	}
	s.order = append(slices.DeleteFunc(s.order, func(k string) bool { return k == key }), key)
	s.kept[key], s.at[key] = table, now
	for len(s.order) > shelved {
		s.drop(s.order[0])
	}
}

func (s *shelf) clear(now time.Time) {
	for _, key := range slices.Clone(s.order) {
		if now.Sub(s.at[key]) > shelfLife {
			s.drop(key)
		}
	}
}

func (s *shelf) drop(key string) {
	s.order = slices.DeleteFunc(s.order, func(k string) bool { return k == key })
	delete(s.kept, key)
	delete(s.at, key)
}

// table reads the file of an import.
func (s *Service) table(ctx context.Context, importID string, set Settings) (*sheets.Table, error) {
	key := fmt.Sprintf("%s\x00%s\x00%s\x00%s", importID, set.Encoding, set.Delimiter, set.Sheet)
	if table := s.tables.take(key, s.DB.Now()); table != nil {
		return table, nil
	}
	content, err := s.content(ctx, importID)
	if err != nil {
		return nil, err
	}
	table, err := sheets.Read(ctx, content, sheets.Choices{Encoding: set.Encoding, Delimiter: set.Delimiter, Sheet: set.Sheet})
	if err != nil {
		return nil, err
	}
	s.tables.put(key, table, s.DB.Now())
	return table, nil
}

// read understands the file of an import by its settings.
func (s *Service) read(ctx context.Context, i Import) (*Reading, Settings, error) {
	set, err := i.settings()
	if err != nil {
		return nil, set, err
	}
	table, err := s.table(ctx, i.ID, set)
	if err != nil {
		return nil, set, err
	}
	reading, err := understand(table, set, s.Words)
	return reading, set, err
}

// understand finds the header and what each column is about.
func understand(table *sheets.Table, set Settings, words Vocabulary) (*Reading, error) {
	at := headerOf(table.Rows, words)
	if set.HeaderRow > 0 {
		at = slices.IndexFunc(table.Rows, func(r sheets.Row) bool { return r.Number == set.HeaderRow })
		if at < 0 {
			var c fault.Check
			c.That(false, "headerRow", "import.header_empty", "Row %d is empty. Please choose the row with the names of the columns.", set.HeaderRow)
			return nil, c.Err()
		}
	}
	r := &Reading{Table: table, Header: table.Rows[at], Body: table.Rows[at+1:], Notes: table.Notes}
	r.Columns = mapped(r.Header, r.Body, words)
	for place, choice := range set.Columns {
		if place >= 0 && place < len(r.Columns) {
			choose(&r.Columns[place], choice)
		}
	}
	for _, d := range table.Doubts {
		if d.About == "encoding" && set.Encoding == "" || d.About == "delimiter" && set.Delimiter == "" || d.About == "sheet" && set.Sheet == "" {
			r.Doubts = append(r.Doubts, Doubt{About: d.About, Taken: d.Taken, Others: d.Others})
		}
	}
	for i := range r.Columns {
		c := &r.Columns[i]
		if c.Doubt = c.Doubt && dated[c.Field]; c.Doubt {
			r.Doubts = append(r.Doubts, Doubt{About: "order", Column: c.Letter, Taken: string(c.Order), Others: []string{string(sheets.MonthFirst)}})
		}
	}
	r.Speaks = r.language(words)
	return r, nil
}

func choose(c *Column, choice Choice) {
	c.Field, c.Sure, c.Chosen = choice.Field, 1000, true
	if choice.Order != "" {
		c.Order, c.Doubt = choice.Order, false
	}
	if choice.Decimal != "" {
		c.Decimal = choice.Decimal
	}
}

// language guesses in which language titles and skills are written.
func (r *Reading) language(words Vocabulary) string {
	var texts []string
	for _, c := range r.Columns {
		if c.Field != Occupation && c.Field != Skills {
			continue
		}
		for _, row := range r.Body[:min(len(r.Body), 200)] {
			if cell := row.Cell(c.Index); cell != "" {
				texts = append(texts, cell)
			}
		}
	}
	return words.Speaks(texts)
}

// column returns the one that is about the field.
func (r *Reading) column(f Field) *Column {
	for i := range r.Columns {
		if r.Columns[i].Field == f {
			return &r.Columns[i]
		}
	}
	return nil
}

// lacks names what a file must have before anything can be brought in.
func (r *Reading) lacks(set Settings) []Field {
	var out []Field
	if r.column(GivenName) == nil && r.column(FullName) == nil {
		out = append(out, FullName)
	}
	if r.column(Email) == nil {
		out = append(out, Email)
	}
	if r.column(OriginCountry) == nil && set.OriginCountry == "" {
		out = append(out, OriginCountry)
	}
	if r.column(ResidenceCountry) == nil && set.ResidenceCountry == "" {
		out = append(out, ResidenceCountry)
	}
	return out
}

// planner makes what turns the rows of the reading into profiles.
func (s *Service) planner(r *Reading, set Settings) *planner {
	return &planner{words: s.Words, check: s.Registry.Check, settings: set, columns: r.Columns, speaks: r.Speaks, today: day.Of(s.DB.Now())}
}
