// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/taxonomy"
)

// Do carries out a command of the command line: in its own process, or in the
// server that it asked.
func (a *App) Do(ctx context.Context, asked Command, progress Progress) (json.RawMessage, error) {
	switch asked.Name {
	case "migrate":
		return done(Migrated{Version: a.schema}, nil)
	case "demo":
		return with(asked, func(o DemoOptions) (DemoResult, error) { return a.demo(ctx, o, progress) })
	case "rank":
		return with(asked, func(o RankOptions) (RankResult, error) { return a.rank(ctx, o, progress) })
	case "replay":
		return with(asked, func(o ReplayOptions) (ReplayResult, error) { return a.replay(ctx, o) })
	case "assign":
		return with(asked, func(o AssignOptions) (AssignResult, error) { return a.assign(ctx, o, progress) })
	case "evaluate":
		return with(asked, func(o EvaluateOptions) (EvaluateResult, error) { return a.evaluate(ctx, o, progress) })
	case "reindex":
		return done(a.reindex(ctx, progress))
	case "import-esco":
		return with(asked, func(o ImportOptions) (ESCOResult, error) { return a.importESCO(ctx, o, progress) })
	case "import-people":
		return with(asked, func(o ImportOptions) (PeopleResult, error) { return a.importPeople(ctx, o, progress) })
	case "backup":
		return with(asked, func(o BackupOptions) (BackedUp, error) { return a.backup(ctx, o) })
	case "user":
		return with(asked, func(o UserOptions) (UserResult, error) { return a.user(ctx, o) })
	case "files-rotate":
		return done(a.rotateFiles(ctx))
	}
	return nil, fault.New(fault.Invalid, "command.unknown", "This Sankofa does not know the command %q.", asked.Name)
}

// with reads the options of a command, runs it and writes its result.
func with[O, R any](asked Command, run func(O) (R, error)) (json.RawMessage, error) {
	var options O
	if err := json.Unmarshal(asked.Options, &options); err != nil {
		return nil, fmt.Errorf("read options of %s: %w", asked.Name, err)
	}
	return done(run(options))
}

func done(result any, err error) (json.RawMessage, error) {
	if err != nil {
		return nil, err
	}
	return json.Marshal(result)
}

// Migrated is the answer of migrate.
type Migrated struct {
	Version int64 `json:"version"`
}

// RankOptions are what `sankofa rank` asks for.
type RankOptions struct {
	Need  string `json:"need"`
	Limit int    `json:"limit"`
}

// RankResult is what `sankofa rank` answers: the ranking as the API gives it.
type RankResult struct {
	Need       search.Subject     `json:"need"`
	Algorithm  string             `json:"algorithm"`
	Source     string             `json:"source"`
	Considered int                `json:"considered"`
	Passed     int                `json:"passed"`
	Excluded   []search.Excluded  `json:"excluded"`
	Candidates []search.Candidate `json:"candidates"`
}

// rank ranks people for a need as its programme's coordinator would; the ledger
// names the system as who saw it.
func (a *App) rank(ctx context.Context, o RankOptions, progress Progress) (RankResult, error) {
	if o.Limit < 1 || o.Limit > search.MostLimit {
		return RankResult{}, fault.New(fault.Invalid, "limit.range", "--limit must be between 1 and %d.", search.MostLimit)
	}
	who, err := a.coordinatorOf(ctx, o.Need)
	if err != nil {
		return RankResult{}, err
	}
	if err := a.catchUp(ctx, progress); err != nil {
		return RankResult{}, err
	}
	r, err := a.Search.Rank(ctx, who, o.Need, o.Limit)
	if err != nil {
		return RankResult{}, err
	}
	return RankResult{Need: r.Need, Algorithm: r.Algorithm, Source: r.Source, Considered: r.Considered, Passed: r.Passed,
		Excluded: r.Excluded, Candidates: r.Candidates}, nil
}

// coordinatorOf is an actor who may rank for the need: the operator of the
// installation, in the office of its programme's coordinator.
func (a *App) coordinatorOf(ctx context.Context, ref string) (identity.Actor, error) {
	who := identity.Actor{UserID: store.System.UserID, Role: identity.Coordinator, Locale: "en"}
	err := a.DB.View(ctx, func(tx *store.Tx) error {
		var n needs.Need
		if err := tx.Where("reference = ? OR id = ?", ref, ref).Take(&n).Error; err != nil {
			return fault.New(fault.Missing, "need.missing", "There is no need %s.", ref).Because(err)
		}
		who.ProgrammeID = n.ProgrammeID
		return nil
	})
	return who, err
}

// farBehind is from how many events on building the index anew is faster than
// reading them one by one.
const farBehind = 2000

// catchUp brings the index up to date when no relay runs in this process.
func (a *App) catchUp(ctx context.Context, progress Progress) error {
	if a.serving.Load() {
		return nil
	}
	at, err := a.Search.Position(ctx)
	last, lastErr := a.DB.LastEvent(ctx)
	if lastErr != nil {
		return lastErr
	}
	if err != nil || last-at > farBehind {
		return a.Search.Rebuild(ctx, search.Progress(progress))
	}
	for {
		at, err := a.Search.Position(ctx)
		if err != nil {
			return err
		}
		events, err := a.DB.Events(ctx, at, 1000)
		if err != nil || len(events) == 0 {
			return err
		}
		if err := a.Search.Deliver(ctx, events); err != nil {
			return err
		}
	}
}

// Print writes the ranking for a person.
func (r RankResult) Print(w io.Writer) {
	fmt.Fprintf(w, "%s  %s\n%d enrolled, %d meet every condition (%s)\n", r.Need.Reference, r.Need.Title, r.Considered, r.Passed, r.Source)
	for _, e := range r.Excluded {
		fmt.Fprintf(w, "  -%-6d %s\n", e.Count, e.Condition)
	}
	for _, c := range r.Candidates {
		fmt.Fprintf(w, "\n%3d. %s  %d of %d  %s, %s\n", c.Rank, c.Person, c.Score, c.OutOf, c.Summary.OccupationTitle, c.Summary.ResidenceCountry)
		for _, k := range c.Criteria {
			if k.Points == 0 {
				continue
			}
			fmt.Fprintf(w, "       %-8s %3d/%-3d %-20s %s | %s %s\n", k.Status, k.Points, k.Of, k.Name, k.Evidence.Need, k.Evidence.Person, bracketed(k.Concept))
		}
	}
}

func bracketed(text string) string {
	if text == "" {
		return ""
	}
	return "[" + text + "]"
}

// Reindexed is the answer of reindex.
type Reindexed struct {
	Documents int   `json:"documents"`
	Position  int64 `json:"position"`
}

func (a *App) reindex(ctx context.Context, progress Progress) (Reindexed, error) {
	if err := a.Search.Rebuild(ctx, search.Progress(progress)); err != nil {
		return Reindexed{}, err
	}
	h := a.Search.Health(ctx)
	return Reindexed{Documents: h.Documents, Position: h.Position}, nil
}

// ImportOptions are what `sankofa import` asks for.
type ImportOptions struct {
	Path    string `json:"path"`
	Officer string `json:"officer"` // e-mail address of the association officer
	Check   bool   `json:"check"`
}

// ESCOResult is what `sankofa import esco` answers.
type ESCOResult struct {
	taxonomy.ESCOReport
	Notice string `json:"notice"`
}

// Print writes the result for a person.
func (r ESCOResult) Print(w io.Writer) {
	fmt.Fprintf(w, "Read %d files now, %d were known. The vocabulary has %d skills and %d occupations of ESCO with %d labels in %s.\n%s\n",
		r.Files, r.Known, r.Skills, r.Occupations, r.Labels, strings.Join(r.Languages, ", "), r.Notice)
}

// importESCO extends the vocabulary, and indexes people anew by it.
func (a *App) importESCO(ctx context.Context, o ImportOptions, progress Progress) (ESCOResult, error) {
	report, err := taxonomy.ImportESCO(ctx, a.DB, o.Path, progress)
	if err != nil {
		return ESCOResult{}, err
	}
	result := ESCOResult{ESCOReport: report, Notice: taxonomy.ESCONotice}
	if a.serving.Load() {
		return result, nil // the relay brings the news, to this server and to every other
	}
	if err := a.Taxonomy.Extend(ctx, a.DB); err != nil {
		return ESCOResult{}, err
	}
	return result, a.Search.Rebuild(ctx, nil)
}

// RotateResult says what a new master key of the documents did.
type RotateResult struct {
	Wrapped int `json:"wrapped"` // documents whose key was wrapped anew
}

// rotateFiles makes a new master key for the documents.
func (a *App) rotateFiles(ctx context.Context) (RotateResult, error) {
	n, err := a.Files.Rotate(ctx)
	return RotateResult{Wrapped: n}, err
}
