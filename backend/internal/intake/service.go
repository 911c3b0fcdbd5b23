// SPDX-License-Identifier: AGPL-3.0-or-later

package intake

import (
	"context"
	"encoding/json"
	"log/slog"
	"path"
	"slices"
	"strings"
	"sync"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/files"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/sheets"
	"sankofa/backend/internal/store"
)

// Service keeps imports.
type Service struct {
	DB       *store.DB
	Files    *files.Service
	Registry *registry.Service
	Words    Vocabulary
	Log      *slog.Logger
	// Worker names this process among those that may work on imports.
	Worker string

	tables shelf
	trials trials
	wake   chan struct{}
	once   sync.Once
}

// missing is the answer for what is not there and for what is not the actor's.
var missing = fault.New(fault.Missing, "import.missing", "There is no such import here.")

// officer complains unless the actor is an association's officer in a programme.
func officer(who identity.Actor) error {
	if !who.Is(identity.Association) || who.ProgrammeID == "" || who.OrganisationID == "" {
		return missing
	}
	return nil
}

// Upload takes a spreadsheet. Nothing is written about anybody yet.
func (s *Service) Upload(ctx context.Context, who identity.Actor, name string, content []byte) (string, error) {
	if err := officer(who); err != nil {
		return "", err
	}
	table, err := sheets.Read(ctx, content, sheets.Choices{})
	if err != nil {
		return "", err
	}
	i := Import{ID: id.New(), OrganisationID: who.OrganisationID, ProgrammeID: who.ProgrammeID, CreatedBy: who.UserID,
		FileName: fileName(name), Format: table.Format, State: Opened, Version: 1}
	set, err := s.beginning(ctx, who, table)
	if err != nil {
		return "", err
	}
	written, err := s.keepFile(ctx, content)
	if err != nil {
		return "", err
	}
	err = s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		i.CreatedAt, i.Settings = tx.Now, set.encode()
		tx.Emit("import.uploaded", i.ID, store.Details{"format": string(i.Format)})
		if err := tx.Create(&i).Error; err != nil {
			return err
		}
		_, err = s.Files.KeepIn(tx, written, files.Owner{ImportID: i.ID}, files.Import, who.Author())
		return err
	})
	if err != nil {
		s.Files.Discard(written)
		return "", err
	}
	return i.ID, nil
}

// fileName keeps the last part of what the officer's computer calls the file.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/")))
	if r := []rune(name); len(r) > 200 {
		name = string(r[:200])
	}
	if name == "" || name == "." || name == "/" {
		return "spreadsheet"
	}
	return name
}

// beginning are the settings of a new import: the mapping that the organisation
// used for such headers before, and the countries that most of its people have.
func (s *Service) beginning(ctx context.Context, who identity.Actor, table *sheets.Table) (Settings, error) {
	var set Settings
	reading, err := understand(table, set, s.Words)
	if err != nil {
		return set, err
	}
	var known mapping
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		programme, err := identity.ProgrammeIn(tx, who.ProgrammeID)
		if err != nil {
			return err
		}
		organisation, err := identity.OrganisationIn(tx, who.OrganisationID)
		if err != nil {
			return err
		}
		if len(programme.Countries) == 1 {
			set.OriginCountry = programme.Countries[0]
		}
		set.ResidenceCountry = organisation.Country
		known, err = mappingIn(tx, who.OrganisationID, HeaderKey(reading.Columns))
		return err
	})
	if err != nil || known == nil {
		return set, err
	}
	set.Columns = map[int]Choice{}
	for _, c := range reading.Columns {
		if choice, ok := known[digestOf(c.Name)]; ok && !c.Twice {
			set.Columns[c.Index] = choice
		}
	}
	return set, nil
}

// Found is an import with how its file is understood; Reading is nil where the
// file is gone.
type Found struct {
	Import
	Settings Settings
	Reading  *Reading
	Lacks    []Field
	Officer  string // the name of who uploaded it
	CanUndo  bool
}

// Find returns an import of the actor's association.
func (s *Service) Find(ctx context.Context, who identity.Actor, importID string) (Found, error) {
	var f Found
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		if f.Import, err = findIn(tx, who, importID); err != nil {
			return err
		}
		names, err := identity.UserNamesIn(tx, []string{f.CreatedBy})
		f.Officer = names[f.CreatedBy]
		return err
	})
	if err != nil {
		return f, err
	}
	trial := f.Import
	f.CanUndo = trial.Undo(s.DB.Now()) == nil
	if f.Settings, err = f.settings(); err != nil {
		return f, err
	}
	if f.State == Discarded || f.State == Undone {
		return f, nil
	}
	f.Reading, _, err = s.read(ctx, f.Import)
	if fault.HasCode(err, gone.Code) {
		return f, nil
	}
	if err == nil {
		f.Lacks = f.Reading.lacks(f.Settings)
	}
	return f, err
}

// List returns the imports of the actor's association, newest first.
func (s *Service) List(ctx context.Context, who identity.Actor, after string, limit int) ([]Import, string, error) {
	if err := officer(who); err != nil {
		return nil, "", err
	}
	var c fault.Check
	c.That(after == "" || id.Valid(after), "after", "cursor.unknown", "Please start from the first page again.")
	if err := c.Err(); err != nil {
		return nil, "", err
	}
	limit = min(max(limit, 1), 100)
	var rows []Import
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		query := scope(tx, who).Where("state <> ?", Discarded).Order("id DESC").Limit(limit + 1)
		if after != "" {
			query = query.Where("id < ?", after)
		}
		return query.Find(&rows).Error
	})
	if err != nil || len(rows) <= limit {
		return rows, "", err
	}
	return rows[:limit], rows[limit-1].ID, nil
}

// Adjust changes how the file is read and what its columns are about. The
// mapping is remembered for the next file with such headers.
func (s *Service) Adjust(ctx context.Context, who identity.Actor, importID string, version int, set Settings) (Found, error) {
	before, err := s.Find(ctx, who, importID)
	if err != nil {
		return before, err
	}
	table, err := s.table(ctx, importID, set)
	if err != nil {
		return before, err
	}
	reading, err := understand(table, set, s.Words)
	if err != nil {
		return before, err
	}
	if err := s.checkSettings(set, reading); err != nil {
		return before, err
	}
	err = s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		i, err := lockIn(tx, who, importID)
		if err != nil {
			return err
		}
		if i.Version != version {
			return stale
		}
		if i.State != Opened {
			return fault.New(fault.Conflict, "import.not_open", "This import has been started already.")
		}
		i.Settings = set.encode()
		tx.Emit("import.adjusted", i.ID)
		if err := rememberIn(tx, who.OrganisationID, reading, set); err != nil {
			return err
		}
		return saveIn(tx, &i)
	})
	if err != nil {
		return before, err
	}
	return s.Find(ctx, who, importID)
}

// mostDecided is how many rows can be decided on one by one.
const mostDecided = 2_000

// checkSettings complains about choices that make no sense.
func (s *Service) checkSettings(set Settings, r *Reading) error {
	var c fault.Check
	c.That(set.OriginCountry == "" || s.Words.Country(set.OriginCountry), "originCountry", "country.unknown", "There is no country with this code; use ISO 3166, such as GH.")
	c.That(set.ResidenceCountry == "" || s.Words.Country(set.ResidenceCountry), "residenceCountry", "country.unknown", "There is no country with this code; use ISO 3166, such as GH.")
	c.That(set.OriginLink == "" || slices.Contains([]string{"born", "citizen", "parent", "grandparent", "spouse"}, set.OriginLink), "originLink", "field.unknown", "Please choose one of: born, citizen, parent, grandparent, spouse.")
	c.That(len(set.Rows) <= mostDecided, "rows", "list.long", "Please keep this to %d entries; it has %d.", mostDecided, len(set.Rows))
	for row, decision := range set.Rows {
		c.That(row > 0 && slices.Contains(Decisions, decision), "rows", "import.decision", "Please choose one of: add, update, skip.")
	}
	taken := map[Field]string{}
	for _, column := range r.Columns {
		f := column.Field
		if f == Ignored || many[f] {
			continue
		}
		at := "columns[" + column.Letter + "].field"
		c.That(headings[f] != nil, at, "import.field_unknown", "There is no such field.")
		c.That(taken[f] == "", at, "import.field_twice", "Columns %s and %s cannot both be this. Please choose for one of them.", taken[f], column.Letter)
		taken[f] = column.Letter
	}
	for place, one := range set.Columns {
		at := "columns[" + sheets.Column(max(place, 0)) + "]"
		c.That(place >= 0 && place < len(r.Columns), at, "import.column_unknown", "The file has no such column.")
		c.That(one.Field == Ignored || headings[one.Field] != nil, at+".field", "import.field_unknown", "There is no such field.")
		c.That(one.Order == "" || one.Order == sheets.DayFirst || one.Order == sheets.MonthFirst || one.Order == sheets.YearFirst, at+".order", "import.order_unknown", "Please choose dmy, mdy or ymd.")
		c.That(one.Decimal == "" || one.Decimal == "," || one.Decimal == ".", at+".decimal", "import.decimal_unknown", "Please choose a comma or a point.")
	}
	return c.Err()
}

// Start begins to write people, if every question is answered.
func (s *Service) Start(ctx context.Context, who identity.Actor, importID string, version int) (Found, error) {
	f, err := s.Find(ctx, who, importID)
	if err != nil {
		return f, err
	}
	if f.Reading == nil {
		return f, gone
	}
	var c fault.Check
	for _, doubt := range f.Reading.Doubts {
		c.That(false, doubt.About, "import.doubt", "Please answer this question first.")
	}
	for _, field := range f.Lacks {
		c.That(false, string(field), "import.lacks", "No column is about this. Please choose one, or say what holds for everybody.")
	}
	if err := c.Err(); err != nil {
		return f, err
	}
	return s.step(ctx, who, importID, version, func(tx *store.Tx, i *Import) error {
		tx.Emit("import.started", i.ID)
		return i.Start(len(f.Reading.Body), tx.Now)
	})
}

// Cancel stops an import where it is, or discards one that was not started.
func (s *Service) Cancel(ctx context.Context, who identity.Actor, importID string, version int) (Found, error) {
	return s.step(ctx, who, importID, version, func(tx *store.Tx, i *Import) error {
		tx.Emit("import.cancelled", i.ID)
		if err := i.Cancel(tx.Now); err != nil || i.State != Discarded {
			return err
		}
		return files.ForgetImportIn(tx, i.ID)
	})
}

// Undo takes back what an import wrote, but for people who have answered meanwhile.
func (s *Service) Undo(ctx context.Context, who identity.Actor, importID string, version int) (Found, error) {
	return s.step(ctx, who, importID, version, func(tx *store.Tx, i *Import) error {
		tx.Emit("import.undo_started", i.ID)
		return i.Undo(tx.Now)
	})
}

// step changes an import in one transaction. The version that people see does
// not rise with the rows that are written meanwhile: see progressIn.
func (s *Service) step(ctx context.Context, who identity.Actor, importID string, version int, act func(*store.Tx, *Import) error) (Found, error) {
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		i, err := lockIn(tx, who, importID)
		if err != nil {
			return err
		}
		if i.Version != version {
			return stale
		}
		if err := act(tx, &i); err != nil {
			return err
		}
		return saveIn(tx, &i)
	})
	if err != nil {
		return Found{}, err
	}
	s.Wake()
	return s.Find(ctx, who, importID)
}

// mapping spells what columns were about, by the digest of their headers.
type mapping map[string]Choice

func encodeMapping(m mapping) string {
	text, _ := json.Marshal(m) // plain texts always encode
	return string(text)
}
