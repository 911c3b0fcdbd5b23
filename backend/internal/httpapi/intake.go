// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/intake"
	"sankofa/backend/internal/sheets"
)

// importCounts are the rows by outcome.
type importCounts struct {
	New        int `json:"new"`
	Updated    int `json:"updated"`
	Same       int `json:"same"`
	Duplicates int `json:"duplicates" doc:"Who may be here already."`
	Invalid    int `json:"invalid"`
}

// ImportRow is an import in a list; exported, as IfMatch is, for huma to look into it.
type ImportRow struct {
	ID         string       `json:"id"`
	Version    int          `json:"version"`
	State      string       `json:"state" enum:"open,running,done,cancelled,undoing,undone,discarded"`
	FileName   string       `json:"fileName"`
	Format     string       `json:"format" enum:"csv,xlsx,ods"`
	Total      int          `json:"total" doc:"Rows that bring people."`
	Done       int          `json:"done" doc:"Of them, those with an outcome."`
	Counts     importCounts `json:"counts"`
	Removed    int          `json:"removed" doc:"People whom undoing removed."`
	Restored   int          `json:"restored" doc:"Profiles in which undoing put back what stood before."`
	Kept       int          `json:"kept" doc:"People whom undoing left alone: they had answered."`
	Problem    string       `json:"problem" doc:"Why it stopped by itself: a code; usually empty."`
	CreatedAt  time.Time    `json:"createdAt"`
	FinishedAt *time.Time   `json:"finishedAt"`
	UndoUntil  *time.Time   `json:"undoUntil" doc:"Until when it can be undone."`
}

func viewImportRow(i intake.Import) ImportRow {
	return ImportRow{ID: i.ID, Version: i.Version, State: string(i.State), FileName: i.FileName, Format: string(i.Format), Total: i.Total, Done: i.Done,
		Counts:  importCounts{i.Added, i.Updated, i.Same, i.Duplicates, i.Invalid},
		Removed: i.Removed, Restored: i.Restored, Kept: i.Kept, Problem: i.Problem, CreatedAt: i.CreatedAt, FinishedAt: i.FinishedAt, UndoUntil: i.UndoUntil}
}

type importColumn struct {
	Letter  string   `json:"letter" doc:"As the spreadsheet names it: C"`
	Name    string   `json:"name" doc:"What stands over it."`
	Field   string   `json:"field" doc:"What it is about; empty: it is left out."`
	Sure    int      `json:"sure" doc:"Of that, in thousandths; 1000 when a person chose."`
	Chosen  bool     `json:"chosen" doc:"A person chose, now or in an earlier import."`
	Order   string   `json:"order" doc:"Of its dates: dmy, mdy, ymd; empty where there are none."`
	Decimal string   `json:"decimal" doc:"The mark before a fraction; empty where there is none."`
	Filled  int      `json:"filled" doc:"Rows with something in it."`
	Twice   bool     `json:"twice" doc:"Another column has the same name."`
	Samples []string `json:"samples"`
}

type importDoubt struct {
	About  string   `json:"about" enum:"encoding,delimiter,sheet,order"`
	Column string   `json:"column" doc:"The letter, for the order of dates."`
	Taken  string   `json:"taken" doc:"What is taken until somebody answers."`
	Others []string `json:"others" doc:"What else is likely."`
}

type importNote struct {
	Code  string `json:"code" doc:"merged, formulas, errors, replaced, repaired"`
	Count int    `json:"count"`
}

// importSettings are what a person says of a file; what is empty is detected.
type importSettings struct {
	Encoding         string          `json:"encoding" maxLength:"20" doc:"Of CSV; empty: detected."`
	Delimiter        string          `json:"delimiter" maxLength:"1" doc:"Of CSV; empty: detected."`
	Sheet            string          `json:"sheet" maxLength:"200" doc:"Of a workbook; empty: the first with something in it."`
	HeaderRow        int             `json:"headerRow" minimum:"0" maximum:"1048576" doc:"The row with the names of the columns; 0: detected."`
	OriginCountry    string          `json:"originCountry" maxLength:"2" doc:"Of everybody whose row does not say."`
	OriginLink       string          `json:"originLink" maxLength:"20" doc:"Of everybody whose row does not say."`
	ResidenceCountry string          `json:"residenceCountry" maxLength:"2" doc:"Of everybody whose row does not say."`
	AddDuplicates    bool            `json:"addDuplicates" doc:"Bring people in although they may be here already."`
	Lenient          bool            `json:"lenient" doc:"Leave out single values that cannot be read, and bring the person in."`
	Columns          []importChoices `json:"columns" maxItems:"200" doc:"What a person chose; others are detected."`
	Rows             []rowDecision   `json:"rows" required:"false" maxItems:"2000" doc:"What a person decided of rows about somebody who may be here already."`
}

type rowDecision struct {
	Row      int    `json:"row" minimum:"1" maximum:"1048576" doc:"Its number in the file."`
	Decision string `json:"decision" enum:"add,update,skip" doc:"add: somebody else; update: the same person; skip: leave the row out."`
}

type importChoices struct {
	Letter  string `json:"letter" maxLength:"3" pattern:"^[A-Z]{1,3}$"`
	Field   string `json:"field" maxLength:"30" doc:"Empty: leave the column out."`
	Order   string `json:"order" maxLength:"3" doc:"dmy, mdy, ymd or empty."`
	Decimal string `json:"decimal" maxLength:"1"`
}

type importCan struct {
	Adjust bool `json:"adjust"`
	Start  bool `json:"start"`
	Cancel bool `json:"cancel"`
	Undo   bool `json:"undo"`
	Errors bool `json:"errors" doc:"There is a file of the rows to mend."`
}

type importView struct {
	ImportRow
	Officer   string         `json:"officer" doc:"Who uploaded it."`
	Settings  importSettings `json:"settings"`
	Encoding  string         `json:"encoding" doc:"As the file was read."`
	Delimiter string         `json:"delimiter"`
	Sheet     string         `json:"sheet"`
	Sheets    []string       `json:"sheets"`
	HeaderRow int            `json:"headerRow"`
	Rows      int            `json:"rows" doc:"Filled rows below the header; 0 once the file is deleted."`
	Columns   []importColumn `json:"columns"`
	Doubts    []importDoubt  `json:"doubts" doc:"Questions that must be answered before it can start."`
	Notes     []importNote   `json:"notes"`
	Lacks     []string       `json:"lacks" doc:"Fields that no column is about and nothing says for everybody."`
	Speaks    string         `json:"speaks" doc:"The language that titles and skills seem to be in."`
	Can       importCan      `json:"can"`
}

func (v importView) etag() int { return v.Version }

func viewImport(f intake.Found) importView {
	v := importView{ImportRow: viewImportRow(f.Import), Officer: f.Officer, Settings: viewSettings(f.Settings), Sheets: []string{},
		Columns: []importColumn{}, Doubts: []importDoubt{}, Notes: []importNote{}, Lacks: mapped(f.Lacks, func(x intake.Field) string { return string(x) })}
	if r := f.Reading; r != nil {
		v.Encoding, v.Delimiter, v.Sheet, v.HeaderRow, v.Rows, v.Speaks = r.Table.Encoding, r.Table.Delimiter, r.Table.Sheet, r.Header.Number, len(r.Body), r.Speaks
		v.Sheets = mapped(r.Table.Sheets, func(s string) string { return s })
		v.Columns = mapped(r.Columns, viewColumn)
		v.Doubts = mapped(r.Doubts, func(d intake.Doubt) importDoubt {
			return importDoubt{d.About, d.Column, d.Taken, append([]string{}, d.Others...)}
		})
		v.Notes = mapped(r.Notes, func(n sheets.Note) importNote { return importNote(n) })
	}
	v.Can = importCan{Adjust: f.State == intake.Opened, Start: f.Reading != nil && (f.State == intake.Opened || f.State == intake.Cancelled) && len(v.Doubts) == 0 && len(v.Lacks) == 0,
		Cancel: f.State == intake.Opened || f.State == intake.Running, Undo: f.CanUndo, Errors: f.Reading != nil}
	return v
}

func viewColumn(c intake.Column) importColumn {
	return importColumn{Letter: c.Letter, Name: c.Name, Field: string(c.Field), Sure: c.Sure, Chosen: c.Chosen, Order: string(c.Order), Decimal: c.Decimal,
		Filled: c.Filled, Twice: c.Twice, Samples: append([]string{}, c.Samples...)}
}

func viewSettings(s intake.Settings) importSettings {
	v := importSettings{Encoding: s.Encoding, Delimiter: s.Delimiter, Sheet: s.Sheet, HeaderRow: s.HeaderRow, OriginCountry: s.OriginCountry,
		OriginLink: s.OriginLink, ResidenceCountry: s.ResidenceCountry, AddDuplicates: s.AddDuplicates, Lenient: s.Lenient, Columns: []importChoices{}, Rows: []rowDecision{}}
	for _, row := range slices.Sorted(maps.Keys(s.Rows)) {
		v.Rows = append(v.Rows, rowDecision{row, string(s.Rows[row])})
	}
	for i := range sheets.MostColumns {
		if c, ok := s.Columns[i]; ok {
			v.Columns = append(v.Columns, importChoices{sheets.Column(i), string(c.Field), string(c.Order), c.Decimal})
		}
	}
	return v
}

func (s importSettings) settings() intake.Settings {
	out := intake.Settings{Encoding: s.Encoding, Delimiter: s.Delimiter, Sheet: s.Sheet, HeaderRow: s.HeaderRow, OriginCountry: s.OriginCountry,
		OriginLink: s.OriginLink, ResidenceCountry: s.ResidenceCountry, AddDuplicates: s.AddDuplicates, Lenient: s.Lenient, Columns: map[int]intake.Choice{}}
	if len(s.Rows) > 0 {
		out.Rows = map[int]intake.Decision{}
	}
	for _, r := range s.Rows {
		out.Rows[r.Row] = intake.Decision(r.Decision)
	}
	for _, c := range s.Columns {
		place := 0
		for _, letter := range c.Letter {
			place = place*26 + int(letter-'A') + 1
		}
		out.Columns[place-1] = intake.Choice{Field: intake.Field(c.Field), Order: sheets.Order(c.Order), Decimal: c.Decimal}
	}
	return out
}

type importLink struct {
	Field   string `json:"field"`
	Words   string `json:"words" doc:"As they stand in the file; kept for ever."`
	Concept string `json:"concept" doc:"An ISCO-08 unit group, a skill or a field of study; empty where none is known."`
	Label   string `json:"label"`
	Sure    int    `json:"sure" doc:"In thousandths."`
	Rows    int    `json:"rows" doc:"In how many rows the words stand."`
}

type importRemark struct {
	Field string `json:"field"`
	Code  string `json:"code"`
	Words string `json:"words"`
}

type importProblem struct {
	Row        int    `json:"row"`
	Column     string `json:"column" doc:"Its letter; empty for what no column is about."`
	Header     string `json:"header"`
	Field      string `json:"field"`
	Value      string `json:"value"`
	Code       string `json:"code"`
	Message    string `json:"message" doc:"What is wrong and how to mend it, in the reader's language where we have it."`
	Suggestion string `json:"suggestion" doc:"What may be meant."`
	Optional   bool   `json:"optional" doc:"The person can be brought in without it."`
}

type importPreview struct {
	Row      int            `json:"row"`
	Outcome  string         `json:"outcome" enum:"new,update,same,duplicate,invalid"`
	Reason   string         `json:"reason" doc:"A code; usually empty."`
	Twin     string         `json:"twin" doc:"The member who it is, or may be."`
	TwinRow  int            `json:"twinRow" doc:"Or the row of the file that it repeats; 0 for none."`
	Changes  []string       `json:"changes" doc:"Fields of that member that would change."`
	Profile  ProfileShown   `json:"profile"`
	Links    []importLink   `json:"links"`
	Remarks  []importRemark `json:"remarks"`
	Problems int            `json:"problems"`
}

// named says what a concept is called, in the reader's language: the words of a file
// are of the file's.
func (a *API) named(f intake.Field, l intake.Link, reader string) string {
	switch {
	case l.Concept == "":
		return l.Label
	case f == intake.Occupation:
		return a.Taxonomy.Title(l.Concept, reader)
	case f == intake.EducationField:
		return a.Taxonomy.FieldName(l.Concept, reader)
	}
	return a.Taxonomy.Label(l.Concept, reader)
}

func (a *API) viewPreview(p intake.Preview, reader string) importPreview {
	return importPreview{Row: p.Number, Outcome: string(p.Outcome), Reason: p.Reason, Twin: p.Twin, TwinRow: p.TwinRow, Changes: append([]string{}, p.Fields...),
		Profile: ProfileShown(profileTextOf(p.Profile)), Problems: len(p.Problems),
		Links: mapped(p.Links, func(l intake.Linked) importLink {
			return importLink{string(l.Field), l.Words, l.Concept, a.named(l.Field, l.Link, reader), l.Sure, 1}
		}),
		Remarks: mapped(p.Remarks, func(r intake.Remark) importRemark { return importRemark{string(r.Field), r.Code, r.Words} })}
}

type importCheck struct {
	Ready      bool            `json:"ready" doc:"False: ask again in a moment."`
	Looked     int             `json:"looked" doc:"Rows looked at so far."`
	Total      int             `json:"total"`
	Counts     importCounts    `json:"counts"`
	Rows       []importPreview `json:"rows" doc:"The first, as they will be."`
	Duplicates []importPreview `json:"duplicates" doc:"Who may be here already; at most 200."`
	Problems   []importProblem `json:"problems" doc:"At most 5,000; the file of errors has all."`
	Wrong      int             `json:"wrong" doc:"How many problems there are."`
	Links      []importLink    `json:"links" doc:"What titles, skills and fields of study were taken for, the least sure first; at most 500."`
	Assumed    map[string]int  `json:"assumed" doc:"What was taken for granted, and in how many rows."`
}

// problemsShown is how many problems one answer lists.
const problemsShown = 5_000

func (a *API) viewCheck(t intake.Trial, locale string) importCheck {
	preview := func(p intake.Preview) importPreview { return a.viewPreview(p, locale) }
	v := importCheck{Ready: t.Ready, Looked: t.Looked, Total: t.Total, Rows: mapped(t.Rows, preview), Duplicates: mapped(t.Duplicates, preview),
		Counts: importCounts{t.Counts[intake.New], t.Counts[intake.Update], t.Counts[intake.Same], t.Counts[intake.Duplicate], t.Counts[intake.Invalid]},
		Wrong:  len(t.Problems), Assumed: t.Assumed,
		Problems: mapped(t.Problems[:min(len(t.Problems), problemsShown)], func(p intake.Problem) importProblem {
			return importProblem{p.Row, p.Column, p.Header, string(p.Field), p.Value, p.Code, p.In(locale), p.Suggestion, p.Optional}
		}),
		Links: mapped(t.Meanings, func(m intake.Meaning) importLink {
			return importLink{string(m.Field), m.Words, m.Concept, a.named(m.Field, m.Link, locale), m.Sure, m.Rows}
		})}
	if v.Assumed == nil {
		v.Assumed = map[string]int{}
	}
	return v
}

// ImportPath names an import; exported for huma to look into it.
type ImportPath struct {
	ID string `path:"id" maxLength:"60" doc:"The identifier of the import."`
}

type importAdjust struct {
	ImportPath
	IfMatch
	Body importSettings
}

type importStep struct {
	ImportPath
	IfMatch
}

// intakeRoutes bring people in by spreadsheet.
func (a *API) intakeRoutes() []Route {
	association := identity.Only(identity.Association)
	return []Route{
		uploads("/imports", association, "upload-import", "Send a spreadsheet of members; nothing is written about anybody yet", sheets.MostBytes, a.uploadImport, a.readImport),
		on("GET", "/imports", association, "list-imports", "My association's imports, newest first", a.listImports),
		workbook("/import-template", association, "show-import-template", "An empty spreadsheet with the headings that we know", a.importTemplate),
		workbook("/imports/{id}/errors", association, "export-import-errors", "The rows to mend, as they came, with what is wrong", a.importErrors),
		on("GET", "/imports/{id}", association, "show-import", "An import: how its file is read, and how far it is", a.showImport),
		on("PUT", "/imports/{id}", association, "adjust-import", "Say how the file is read and what its columns are about", a.adjustImport),
		on("GET", "/imports/{id}/check", association, "check-import", "The dry run: what would happen, and everything that is wrong", a.checkImport),
		on("POST", "/imports/{id}/start", association, "start-import", "Bring the people in, or go on with it", a.stepImport(func(s *intake.Service) importAct { return s.Start })),
		on("POST", "/imports/{id}/cancel", association, "cancel-import", "Stop where it is; before it is started, throw the file away", a.stepImport(func(s *intake.Service) importAct { return s.Cancel })),
		on("POST", "/imports/{id}/undo", association, "undo-import", "Take everything back, but for people who have answered", a.stepImport(func(s *intake.Service) importAct { return s.Undo })),
	}
}

// SpreadsheetFormat says in which format a spreadsheet is wanted; exported for
// huma to look into it.
type SpreadsheetFormat struct {
	Format string `query:"format" enum:"csv,xlsx" default:"xlsx" doc:"csv or xlsx."`
}

type importErrors struct {
	ImportPath
	SpreadsheetFormat
	Language string `query:"language" maxLength:"10" doc:"Of what is wrong: en, fr, ar or pt; empty: the reader's."`
}

type importTrial struct {
	ImportPath
	Language string `query:"language" maxLength:"10" doc:"Of what is wrong: en, fr, ar or pt; empty: the reader's."`
}

type importTemplate struct {
	SpreadsheetFormat
	Language string `query:"language" maxLength:"10" default:"en" doc:"Of the headings: en, fr, pt, es, it or ar."`
}

func (a *API) importErrors(ctx context.Context, who identity.Actor, in *importErrors) (string, string, [][]string, error) {
	name, rows, err := a.Intake.Errors(ctx, who, in.ID, cmp.Or(in.Language, who.Locale))
	return name, in.Format, rows, err
}

func (a *API) importTemplate(_ context.Context, _ identity.Actor, in *importTemplate) (string, string, [][]string, error) {
	return "members", in.Format, [][]string{intake.Template(in.Language)}, nil
}

// importAct is a step of an import.
type importAct func(context.Context, identity.Actor, string, int) (intake.Found, error)

func (a *API) stepImport(act func(*intake.Service) importAct) func(context.Context, identity.Actor, *importStep) (importView, error) {
	return func(ctx context.Context, who identity.Actor, in *importStep) (importView, error) {
		version, err := in.version()
		if err != nil {
			return importView{}, err
		}
		found, err := act(a.Intake)(ctx, who, in.ID, version)
		return viewImport(found), err
	}
}

func (a *API) uploadImport(ctx context.Context, who identity.Actor, file sent) (string, error) {
	return a.Intake.Upload(ctx, who, file.Name, file.Content)
}

func (a *API) readImport(ctx context.Context, who identity.Actor, id string) (importView, error) {
	found, err := a.Intake.Find(ctx, who, id)
	return viewImport(found), err
}

func (a *API) listImports(ctx context.Context, who identity.Actor, in *Page) (list[ImportRow], error) {
	found, next, err := a.Intake.List(ctx, who, in.After, in.Limit)
	return listOf(mapped(found, viewImportRow), next), err
}

func (a *API) showImport(ctx context.Context, who identity.Actor, in *ImportPath) (importView, error) {
	return a.readImport(ctx, who, in.ID)
}

func (a *API) adjustImport(ctx context.Context, who identity.Actor, in *importAdjust) (importView, error) {
	version, err := in.version()
	if err != nil {
		return importView{}, err
	}
	found, err := a.Intake.Adjust(ctx, who, in.ID, version, in.Body.settings())
	return viewImport(found), err
}

func (a *API) checkImport(ctx context.Context, who identity.Actor, in *importTrial) (importCheck, error) {
	trial, err := a.Intake.Check(ctx, who, in.ID)
	return a.viewCheck(trial, cmp.Or(in.Language, who.Locale)), err
}
