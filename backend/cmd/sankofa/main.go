// SPDX-License-Identifier: AGPL-3.0-or-later

// Command sankofa is the whole of Sankofa in one binary: the server with its
// screens, and the command line that does the same without a browser.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"sankofa/backend/internal/fault"
)

// version is set by scripts/build.
var version = "development"

// Exit codes, also told by --help and in docs/operations.md.
const (
	exitOK          = 0
	exitFailed      = 1 // something went wrong that is not named below
	exitUsage       = 2 // the command line or its values are wrong
	exitMissing     = 3 // what was named is not there
	exitConflict    = 4 // the state does not allow it, or another process uses the data
	exitUnavailable = 5 // the database or the disk cannot be used just now
)

const description = `Sankofa: diasporas lend their skills back home.

Every flag is also an environment variable: SANKOFA_ and the flag's name in capitals, SANKOFA_LISTEN for --listen.
While a server runs on the same data, commands ask it to do the work.

Exit codes: 0 done, 1 failed, 2 wrong usage or values, 3 not found, 4 not possible now (in use, or the state forbids it), 5 database or disk not available.`

func main() {
	// PostgreSQL's driver gives times in the process's zone: there is one only.
	time.Local = time.UTC
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run is main with its surroundings as arguments, so that tests can call it.
func run(args []string, stdout, stderr io.Writer) (code int) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var line commandLine
	exited := -1
	parser, err := kong.New(&line, kong.Name("sankofa"), kong.Description(description), kong.DefaultEnvars("SANKOFA"),
		kong.Writers(stdout, stderr), kong.Exit(func(c int) { exited = c }), kong.UsageOnError(), kong.ShortUsageOnError())
	if err != nil {
		fmt.Fprintln(stderr, err)
		return exitFailed
	}
	parsed, err := parser.Parse(args)
	if exited >= 0 { // --help has printed and wants to leave
		return exited
	}
	if err != nil {
		fmt.Fprintf(stderr, "sankofa: %s\nTry sankofa --help.\n", err)
		return exitUsage
	}
	out := &output{stdout: stdout, stderr: stderr, json: line.JSON}
	parsed.BindTo(ctx, (*context.Context)(nil))
	if err := parsed.Run(&line.common, out); err != nil && !errors.Is(err, context.Canceled) {
		return out.fail(err)
	}
	return exitOK
}

// exitOf returns the exit code of an error.
func exitOf(err error) int {
	switch fault.Of(err).Kind {
	case fault.Invalid, fault.Required:
		return exitUsage
	case fault.Missing:
		return exitMissing
	case fault.Conflict, fault.Stale, fault.Denied, fault.Unknown, fault.Limited, fault.TooLarge:
		return exitConflict
	case fault.Unavailable, fault.Full:
		return exitUnavailable
	}
	return exitFailed
}
