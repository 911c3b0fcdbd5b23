// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"sync/atomic"

	"sankofa/backend/internal/accountability"
	"sankofa/backend/internal/audit"
	"sankofa/backend/internal/board"
	"sankofa/backend/internal/bulk"
	"sankofa/backend/internal/completeness"
	"sankofa/backend/internal/disclosure"
	"sankofa/backend/internal/documents"
	"sankofa/backend/internal/erasure"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/files"
	"sankofa/backend/internal/funding"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/intake"
	"sankofa/backend/internal/merging"
	"sankofa/backend/internal/messages"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/notices"
	"sankofa/backend/internal/partners"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/proposals"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/retention"
	"sankofa/backend/internal/savedsearches"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/stats"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/tasks"
	"sankofa/backend/internal/taxonomy"
)

// App is the whole program, built and not yet running.
type App struct {
	DB             *store.DB
	Taxonomy       *taxonomy.Taxonomy
	Words          *taxonomy.Words
	Identity       *identity.Service
	Privacy        *privacy.Service
	Audit          *audit.Service
	Registry       *registry.Service
	Needs          *needs.Service
	Search         *search.Service
	Selection      *selection.Service
	Placements     *placements.Service
	Funding        *funding.Service
	Stats          *stats.Service
	Proposals      *proposals.Service
	Erasure        *erasure.Service
	Disclosure     *disclosure.Service
	Retention      *retention.Service
	Documents      *documents.Service
	Partners       *partners.Service
	Accountability *accountability.Service

	Completeness *completeness.Service
	Merging      *merging.Service
	Tasks        *tasks.Service
	Board        *board.Service
	Bulk         *bulk.Service
	Messages     *messages.Service

	SavedSearches *savedsearches.Service
	Files         *files.Service
	Notices       *notices.Service
	Intake        *intake.Service

	conf   Config
	log    *slog.Logger
	lock   *lock
	schema int64
	// serving tells that the relay runs in this process.
	serving atomic.Bool
}

// Open takes the data directory, opens and migrates the database, and builds
// every service. The data directory is let go by Close.
func Open(ctx context.Context, conf Config) (*App, error) {
	if conf.Log == nil {
		conf.Log = slog.New(slog.DiscardHandler)
	}
	if err := conf.check(); err != nil {
		return nil, err
	}
	held, err := hold(conf.Data)
	if err != nil {
		return nil, err
	}
	a := &App{conf: conf, log: conf.Log, lock: held}
	if err := a.open(ctx); err != nil {
		return nil, errors.Join(a.explained(err), a.Close())
	}
	return a, nil
}

// explained names a full disk, for a database that cannot even make the files it works
// with does not tell why.
func (a *App) explained(err error) error {
	if fault.HasCode(err, "database.unavailable") && a.checkDisk().State == "full" {
		return fault.New(fault.Full, "disk.full", "There is hardly any space left in %s. Make room, then start again.", a.conf.Data).Because(err)
	}
	return err
}

// open is Open with the lock held.
func (a *App) open(ctx context.Context) (err error) {
	a.DB, err = store.Open(ctx, store.Options{Database: a.conf.database(), Now: a.conf.Now, Log: a.log})
	if err != nil {
		return err
	}
	if a.schema, err = a.DB.Migrate(ctx); err != nil {
		return err
	}
	if a.Taxonomy, err = taxonomy.Load(); err != nil {
		return err
	}
	if err := errors.Join(a.Taxonomy.Extend(ctx, a.DB), a.Taxonomy.ReadLocal(ctx, a.DB)); err != nil {
		return err
	}
	return a.build(ctx)
}

// build makes the services; where a lower one needs something of a higher one,
// this is where it is handed in.
func (a *App) build(ctx context.Context) (err error) {
	a.Words = &taxonomy.Words{DB: a.DB, Taxonomy: a.Taxonomy}
	a.Identity = identity.NewService(a.DB)
	a.Audit = audit.NewService(a.DB, a.log)
	a.Audit.References = needs.ReferencesIn
	a.Files, err = files.Open(ctx, files.Options{DB: a.DB, Directory: filepath.Join(a.conf.Data, "files"), KeyFile: a.conf.keyFile(), Log: a.log})
	if err != nil {
		return err
	}
	a.Privacy = &privacy.Service{DB: a.DB, Findable: registry.FindableIn}
	if err := a.Privacy.InstallNotices(ctx); err != nil {
		return err
	}
	a.Registry = &registry.Service{DB: a.DB, Codes: a.Taxonomy, Privacy: a.Privacy, Audit: a.Audit, NameKnown: selection.NameKnownIn}
	a.Documents = &documents.Service{DB: a.DB, Files: a.Files, Registry: a.Registry, Taxonomy: a.Taxonomy}
	a.Partners = &partners.Service{DB: a.DB, Codes: a.Taxonomy, Files: a.Files, Identity: a.Identity}
	a.Needs = &needs.Service{DB: a.DB, Codes: a.Taxonomy}
	a.Stats = &stats.Service{DB: a.DB}
	a.Search, err = search.New(search.Options{DB: a.DB, Directory: filepath.Join(a.conf.Data, "index"),
		Vocabulary: a.Taxonomy, Views: a.Audit, States: standings, Missions: served, Learn: a.learn, Shown: a.Stats.ShownIn, Log: a.log})
	if err != nil {
		return err
	}
	a.Privacy.Index = a.Search
	a.Placements = &placements.Service{DB: a.DB, Views: a.Audit, Site: strings.TrimSuffix(a.conf.PublicURL, "/")}
	a.Funding = &funding.Service{DB: a.DB, Codes: a.Taxonomy}
	a.Selection = &selection.Service{DB: a.DB, Ranker: ranker{a.Search}, Booker: a.Placements, Views: a.Audit, Replayer: replayer{}}
	a.SavedSearches = &savedsearches.Service{DB: a.DB, Search: a.Search, Views: a.Audit}
	a.Completeness = &completeness.Service{Registry: a.Registry, Search: a.Search}
	a.Merging = &merging.Service{DB: a.DB, Registry: a.Registry, Privacy: a.Privacy, Views: a.Audit}
	a.Proposals = &proposals.Service{DB: a.DB, Search: a.Search, Views: a.Audit}
	a.Erasure = a.eraser()
	a.Retention = &retention.Service{DB: a.DB, Erasure: a.Erasure}
	a.Tasks = &tasks.Service{DB: a.DB, Views: a.Audit}
	a.Board = &board.Service{DB: a.DB, Views: a.Audit}
	a.Bulk = &bulk.Service{DB: a.DB, Selection: a.Selection}
	a.Messages = &messages.Service{DB: a.DB}
	a.Disclosure = &disclosure.Service{DB: a.DB, Views: a.Audit}
	a.Accountability = &accountability.Service{DB: a.DB, Views: a.Audit, Countries: a.Taxonomy}
	if err := a.tell(); err != nil {
		return err
	}
	a.Intake = &intake.Service{DB: a.DB, Files: a.Files, Registry: a.Registry, Words: &intake.Words{Taxonomy: a.Taxonomy}, Log: a.log}
	return a.Search.Open(ctx)
}

// Close ends everything and lets the data directory go.
func (a *App) Close() error {
	var errs []error
	if a.Audit != nil {
		errs = append(errs, a.Audit.Close(context.WithoutCancel(context.Background())))
	}
	if a.Search != nil {
		errs = append(errs, a.Search.Close())
	}
	if a.DB != nil {
		errs = append(errs, a.DB.Close())
	}
	return errors.Join(append(errs, a.lock.release())...)
}
