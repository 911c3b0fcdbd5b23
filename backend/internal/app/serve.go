// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/files"
	"sankofa/backend/internal/httpapi"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/notices"
	"sankofa/backend/internal/relay"
	"sankofa/backend/internal/savedsearches"
	"sankofa/backend/internal/webui"
	"sankofa/frontend"
)

// Limits of a connection; a request's own are httpapi's.
const (
	headerTime  = 5 * time.Second
	readTime    = 30 * time.Second
	writeTime   = 60 * time.Second
	idleTime    = 2 * time.Minute
	drainTime   = 20 * time.Second
	headerBytes = 32 << 10
	housework   = time.Minute // between two rounds of what the clock brings
	keysKept    = 24 * time.Hour
)

// Ready is what a server tells when it can be used.
type Ready struct {
	Address string // "http://127.0.0.1:8080"
	SignIns []httpapi.DemoSignIn
}

// Announce hears how the start goes.
type Announce struct {
	Ready    func(Ready)
	Progress Progress // of loading the demonstration
}

// Serve runs the server until the context ends, then drains it: no request is
// cut, the relay and the index finish, and the database closes last.
func Serve(ctx context.Context, conf Config, tell Announce) (err error) {
	a, err := Open(ctx, conf)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	listener, err := net.Listen("tcp", conf.Listen)
	if err != nil {
		return fault.New(fault.Unavailable, "listen.failed", "Cannot listen on %s: it is in use, or not an address of this machine.", conf.Listen).Because(err)
	}
	if conf.Demo {
		if err := a.loadDemo(ctx, tell.Progress); err != nil {
			return errors.Join(err, listener.Close())
		}
	}
	server, err := a.web(ctx)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	return a.run(ctx, server, listener, tell)
}

// web builds the HTTP server.
func (a *App) web(ctx context.Context) (*http.Server, error) {
	door, err := httpapi.NewServer(a.api(ctx), httpapi.Settings{Secure: a.conf.secure(), Proxies: a.conf.Proxies, Version: a.conf.Version})
	if err != nil {
		return nil, err
	}
	if err := webui.Mount(door.Engine, frontend.Dist(), door.Missing); err != nil {
		return nil, err
	}
	return &http.Server{Handler: door.Engine, ReadHeaderTimeout: headerTime, ReadTimeout: readTime,
		WriteTimeout: writeTime, IdleTimeout: idleTime, MaxHeaderBytes: headerBytes}, nil
}

// run serves until the context ends or the listener breaks.
func (a *App) run(ctx context.Context, server *http.Server, listener net.Listener, tell Announce) error {
	// What runs beside the requests ends after the last of them.
	a.serving.Store(true)
	address := "http://" + listener.Addr().String()
	a.Notices.Reached(a.shown(address))
	a.log.Info("mail", "smtp", a.conf.Mail)
	beside, stop := context.WithCancel(context.WithoutCancel(ctx))
	var group sync.WaitGroup
	group.Go(func() {
		relay.New(a.DB, a.log, relay.Calm, a.Search, &words{app: a}, savedsearches.NewWatcher(a.SavedSearches), files.NewRemover(a.Files), notices.Reader{Service: a.Notices}).Run(beside)
	})
	group.Go(func() { a.Search.Run(beside) })
	group.Go(func() { a.Notices.Run(beside) })
	group.Go(func() { _ = a.Audit.Run(beside) })
	group.Go(func() { a.housework(beside) })
	group.Go(func() { a.Intake.Run(beside) })
	group.Go(func() { a.log.Debug("control ended", "error", a.control(beside)) })
	group.Go(func() { a.warm(beside) })
	defer group.Wait()
	defer stop()

	if err := a.lock.sign(address); err != nil {
		return errors.Join(err, listener.Close())
	}
	broken := make(chan error, 1)
	go func() { broken <- server.Serve(listener) }()
	if tell.Ready != nil {
		tell.Ready(Ready{Address: a.shown(address), SignIns: a.signIns(ctx)})
	}
	a.log.Info("ready", "address", address, "engine", string(a.DB.Engine()), "schema", a.schema)
	select {
	case err := <-broken:
		return err
	case <-ctx.Done():
	}
	a.log.Info("draining")
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	return server.Shutdown(late)
}

// warm prepares the linkers of the vocabulary for every language of the screens, so
// that the first who types a title does not wait for it: with all of ESCO it takes
// seconds.
func (a *App) warm(ctx context.Context) {
	for _, language := range identity.Locales {
		if ctx.Err() != nil {
			return
		}
		a.Taxonomy.Warm(language)
	}
}

// shown is the address that people type.
func (a *App) shown(address string) string {
	if a.conf.PublicURL != "" {
		return a.conf.PublicURL
	}
	return strings.Replace(address, "[::]", "127.0.0.1", 1)
}

// housework does what the clock brings: calls close, nominations and offers
// lapse, keys are forgotten.
func (a *App) housework(ctx context.Context) {
	tick := time.NewTicker(housework)
	defer tick.Stop()
	var swept time.Time
	if err := a.Merging.KeyEverybody(ctx); err != nil && ctx.Err() == nil {
		a.log.Warn("keys of possible duplicates will be made at the next start", "error", err)
	}
	for {
		if time.Since(swept) >= files.Grace {
			swept = time.Now()
			a.sweep(ctx)
		}
		err := errors.Join(a.Needs.Tick(ctx), a.Intake.Tidy(ctx), a.Selection.Lapse(ctx), a.Placements.Tick(ctx), a.DB.ForgetKeys(ctx, keysKept), a.Stats.Forget(ctx), a.Disclosure.Expire(ctx), a.Retention.Tick(ctx), a.Erasure.CarryOut(ctx),
			a.Tasks.Tick(ctx), a.Bulk.Tick(ctx), a.Notices.Tick(ctx), a.Registry.ForgetUnconfirmed(ctx), a.Registry.HideStale(ctx),
			a.Merging.Recheck(ctx, 3*housework), a.Merging.SettleDue(ctx), a.Registry.LapseCases(ctx), a.Partners.Tick(ctx))
		if err != nil && ctx.Err() == nil {
			a.log.Warn("housework will be tried again", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// sweep removes the files of documents that no row names.
func (a *App) sweep(ctx context.Context) {
	removed, err := a.Files.Sweep(ctx)
	if err != nil && ctx.Err() == nil {
		a.log.Warn("documents will be swept again", "error", err)
	}
	if removed > 0 {
		a.log.Info("swept files that no document owns", "count", removed)
	}
}
