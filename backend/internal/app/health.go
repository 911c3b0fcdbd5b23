// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"context"
	"syscall"

	"sankofa/backend/internal/httpapi"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/stats"
)

// leastSpace is how much must be free on the data directory's disk, in bytes.
const leastSpace = 64 << 20

// checks tells how the parts of the server are.
func (a *App) checks(ctx context.Context) []httpapi.HealthCheck {
	return []httpapi.HealthCheck{a.checkDatabase(ctx), a.checkSchema(ctx), a.checkIndex(ctx), a.checkScores(ctx), a.checkOutbox(ctx), a.checkDisk()}
}

func (a *App) checkDatabase(ctx context.Context) httpapi.HealthCheck {
	c := httpapi.HealthCheck{Name: "database", OK: true, State: "ok", Detail: map[string]any{"engine": string(a.DB.Engine())}}
	if err := a.DB.Ping(ctx); err != nil {
		c.OK, c.State = false, "unreachable"
	}
	return c
}

func (a *App) checkSchema(ctx context.Context) httpapi.HealthCheck {
	at, newest, err := a.DB.SchemaVersion(ctx)
	c := httpapi.HealthCheck{Name: "migrations", OK: err == nil && at == newest, State: "ok", Detail: map[string]any{"version": at, "known": newest}}
	switch {
	case err != nil:
		c.State, c.Detail = "unreadable", nil
	case at != newest:
		c.State = "different"
	}
	return c
}

// checkIndex reports the index. It never makes the server unready: while it is
// away the database answers.
func (a *App) checkIndex(ctx context.Context) httpapi.HealthCheck {
	h := a.Search.Health(ctx)
	c := httpapi.HealthCheck{Name: "index", OK: true, State: string(h.State),
		Detail: map[string]any{"position": h.Position, "ledger": h.Ledger, "documents": h.Documents}}
	if h.State != search.Well {
		c.Detail["answers"] = "from the database"
	}
	return c
}

// checkScores reports whether the scores that are shown have moved: an alarm for
// people, since no server is unwell because of it.
func (a *App) checkScores(ctx context.Context) httpapi.HealthCheck {
	c := httpapi.HealthCheck{Name: "scores", OK: true, State: "unreadable"}
	state, err := a.Stats.ScoreState(ctx)
	switch {
	case err != nil:
	case state == stats.Shifted || state == stats.Moved:
		c.State, c.Detail = string(state), map[string]any{"see": "/fairness"}
	default:
		c.State = "ok"
	}
	return c
}

func (a *App) checkDisk() httpapi.HealthCheck {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(a.conf.Data, &fs); err != nil {
		return httpapi.HealthCheck{Name: "disk", State: "unreadable"}
	}
	free := fs.Bavail * uint64(fs.Bsize)
	c := httpapi.HealthCheck{Name: "disk", OK: free >= leastSpace, State: "ok", Detail: map[string]any{"freeBytes": free}}
	if !c.OK {
		c.State = "full"
	}
	return c
}
