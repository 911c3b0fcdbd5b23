// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"time"

	"sankofa/backend/internal/fault"
)

// While a server holds the data directory, the command line asks it to do the
// work, through a socket in that directory that only the same user may open.

// Command is something that the command line may ask for, by name, with options
// as JSON.
type Command struct {
	Name    string          `json:"name"`
	Options json.RawMessage `json:"options"`
}

// reply is one line of the answer: progress, and at the end a result or a fault.
type reply struct {
	Done   int64           `json:"done,omitempty"`
	Total  int64           `json:"total,omitempty"`
	Result json.RawMessage `json:"result,omitempty"`
	Fault  *wireFault      `json:"fault,omitempty"`
}

// wireFault is a fault on the socket.
type wireFault struct {
	Kind    fault.Kind    `json:"kind"`
	Code    string        `json:"code"`
	Message string        `json:"message"`
	Fields  []fault.Field `json:"fields"`
}

// Progress hears how far a long command has come; total is 0 when unknown.
type Progress func(done, total int64)

func controlPath(dir string) string { return filepath.Join(dir, "control.sock") }

// control answers commands until the context ends.
func (a *App) control(ctx context.Context) error {
	at := controlPath(a.conf.Data)
	_ = os.Remove(at) // We hold the lock: a socket that is still there is a dead server's.
	listener, err := net.Listen("unix", at)
	if err != nil {
		// A path longer than the system allows costs the command line its way in,
		// not the server its life.
		a.log.Warn("the command line cannot reach this server", "error", err)
		return nil
	}
	if err := os.Chmod(at, 0o600); err != nil {
		return errors.Join(err, listener.Close())
	}
	stop := context.AfterFunc(ctx, func() { _ = listener.Close() })
	defer stop()
	for {
		conn, err := listener.Accept()
		if err != nil {
			return nil // The context ended.
		}
		a.answer(ctx, conn)
	}
}

// answer does one command; they come one after the other.
func (a *App) answer(ctx context.Context, conn net.Conn) {
	defer conn.Close()
	out := json.NewEncoder(conn)
	var asked Command
	if err := json.NewDecoder(io.LimitReader(conn, 1<<20)).Decode(&asked); err != nil {
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	result, err := a.Do(ctx, asked, func(done, total int64) {
		if out.Encode(reply{Done: done, Total: total}) != nil {
			cancel() // Nobody listens any more: the person pressed Ctrl+C.
		}
	})
	if err != nil {
		f := fault.Of(err)
		if f.Kind == fault.Internal {
			a.log.Error("command failed", "command", asked.Name, "error", err)
		}
		_ = out.Encode(reply{Fault: &wireFault{f.Kind, f.Code, f.Message, f.Fields}})
		return
	}
	_ = out.Encode(reply{Result: result})
}

// A server that has just begun holds its data a moment before it listens.
const (
	reachTries = 20
	reachPause = 100 * time.Millisecond
)

// reach connects to a server, and waits a little for one that is only starting.
func reach(ctx context.Context, path string) (conn net.Conn, err error) {
	var dialer net.Dialer
	for range reachTries {
		if conn, err = dialer.DialContext(ctx, "unix", path); err == nil {
			return conn, nil
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(reachPause):
		}
	}
	return nil, err
}

// Ask sends a command to the server that holds the data directory.
func Ask(ctx context.Context, dir string, asked Command, progress Progress) (json.RawMessage, error) {
	unreachable := fault.New(fault.Conflict, Busy, "Another Sankofa uses %s and cannot be asked. Stop it first, or use its web address.", dir)
	conn, err := reach(ctx, controlPath(dir))
	if err != nil {
		return nil, unreachable.Because(err)
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	if err := json.NewEncoder(conn).Encode(asked); err != nil {
		return nil, unreachable.Because(err)
	}
	lines := json.NewDecoder(bufio.NewReader(conn))
	for {
		var r reply
		switch err := lines.Decode(&r); {
		case err != nil:
			return nil, unreachable.Because(err)
		case r.Fault != nil:
			f := fault.New(r.Fault.Kind, r.Fault.Code, "%s", r.Fault.Message)
			f.Fields = r.Fault.Fields
			return nil, f
		case r.Result != nil:
			return r.Result, nil
		}
		progress(r.Done, r.Total)
	}
}
