// SPDX-License-Identifier: AGPL-3.0-or-later

package store

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"sankofa/backend/internal/fault"
)

// slow is from when on a statement is worth a line in the log.
const slow = 500 * time.Millisecond

// quiet is what GORM logs to: slow statements and engine errors that nobody
// expects, always without values, which are people's data.
type quiet struct{ log *slog.Logger }

// hideValues does the same for the recorder that GORM puts before our logger in
// Raw(…).Scan(…); it is one for the whole process.
var hideValues = sync.OnceFunc(func() {
	logger.RecorderParamsFilter = quiet{}.ParamsFilter
})

// LogMode changes nothing: there is one way to be quiet.
func (q quiet) LogMode(logger.LogLevel) logger.Interface { return q }

// Info, Warn and Error drop GORM's own remarks, which may hold values.
func (quiet) Info(context.Context, string, ...any)  {}
func (quiet) Warn(context.Context, string, ...any)  {}
func (quiet) Error(context.Context, string, ...any) {}

// ParamsFilter keeps the values out of whatever is logged.
func (quiet) ParamsFilter(_ context.Context, sql string, _ ...any) (string, []any) { return sql, nil }

// Trace logs a statement that was slow or that the engine refused for a reason
// that is neither a rule of ours nor a request that ended.
func (q quiet) Trace(ctx context.Context, begin time.Time, statement func() (string, int64), err error) {
	took := time.Since(begin)
	unexpected := err != nil && !errors.Is(err, gorm.ErrRecordNotFound) && fault.Of(translate(err)).Kind == fault.Internal &&
		ctx.Err() == nil
	if !unexpected && took < slow {
		return
	}
	sql, rows := statement()
	if unexpected {
		q.log.ErrorContext(ctx, "a statement failed", "sql", sql, "ms", took.Milliseconds())
		return
	}
	q.log.WarnContext(ctx, "a slow statement", "sql", sql, "rows", rows, "ms", took.Milliseconds())
}
