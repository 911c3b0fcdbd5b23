// SPDX-License-Identifier: AGPL-3.0-or-later

package app_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"sankofa/backend/internal/app"
)

// This file starts the real program as a child, as an operator does. The files
// beside it take things away from under it.

// outline is what tests of faults have in common: they take seconds, and need
// the program.
func outline(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("tests of faults take seconds each")
	}
	t.Parallel()
	path, err := app.Program()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// child is a server that runs as a process of its own.
type child struct {
	t       *testing.T
	cmd     *exec.Cmd
	address string
	errors  *record
	exited  chan struct{} // closed when it has ended
}

// record keeps what a child writes.
type record struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write appends.
func (r *record) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(p)
}

// String returns all of it.
func (r *record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.String()
}

// patience is how long a server may take to start or to end.
const patience = 2 * time.Minute

// serve starts a server with the arguments and waits until it says that it is ready.
func serve(t *testing.T, args ...string) *child {
	t.Helper()
	c := begin(t, args...)
	select {
	case <-c.exited:
		t.Fatalf("the server ended with %d: %s", c.code(), c.errors)
	default:
	}
	return c
}

// begin starts a server; it may end at once.
func begin(t *testing.T, args ...string) *child {
	t.Helper()
	path, err := app.Program()
	if err != nil {
		t.Fatal(err)
	}
	c := &child{t: t, errors: &record{}, exited: make(chan struct{})}
	c.cmd = exec.Command(path, append([]string{"serve", "--listen", "127.0.0.1:0", "--log-level", "warn"}, args...)...)
	c.cmd.Stderr = c.errors
	stdout, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	c.cmd.Stdout = out
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = out.Close()
	go func() { _ = c.cmd.Wait(); close(c.exited) }()
	t.Cleanup(c.kill)
	c.listen(stdout)
	return c
}

// listen reads where the server is, if it gets so far.
func (c *child) listen(stdout *os.File) {
	c.t.Helper()
	said := make(chan string, 1)
	go func() {
		defer stdout.Close()
		for lines := bufio.NewScanner(stdout); lines.Scan(); {
			if _, address, ok := strings.Cut(lines.Text(), "Sankofa is ready: "); ok {
				said <- address
			}
		}
	}()
	select {
	case c.address = <-said:
	case <-c.exited:
	case <-time.After(patience):
		c.kill()
		c.t.Fatalf("the server was not ready in %s: %s", patience, c.errors)
	}
}

// kill ends the process as a power cut does.
func (c *child) kill() {
	_ = c.cmd.Process.Signal(syscall.SIGKILL)
	<-c.exited
}

// stop asks the server to end and returns its exit code.
func (c *child) stop() int {
	c.t.Helper()
	_ = c.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-c.exited:
	case <-time.After(patience):
		c.t.Fatalf("the server did not end in %s", patience)
	}
	return c.code()
}

// code is what the process ended with.
func (c *child) code() int { return c.cmd.ProcessState.ExitCode() }

// command runs a command of the program and returns its output and exit code.
func command(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	path, err := app.Program()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*patience)
	defer cancel()
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// browser is a client that follows the server from address to address.
type browser struct {
	address atomic.Pointer[string]
	cookie  string
	web     http.Client
}

// browse returns a client of the server.
func browse(c *child) *browser {
	b := &browser{web: http.Client{Timeout: patience, Transport: &http.Transport{MaxIdleConnsPerHost: 16}}}
	b.follow(c)
	return b
}

// follow lets the client go to another server.
func (b *browser) follow(c *child) { b.address.Store(&c.address) }

// heard is an answer.
type heard struct {
	status int
	header http.Header
	body   []byte
}

// into reads the answer.
func (h heard) into(t *testing.T, out any) {
	t.Helper()
	if h.status >= 300 {
		t.Fatalf("%d: %s", h.status, h.body)
	}
	if err := json.Unmarshal(h.body, out); err != nil {
		t.Fatalf("%v in %.200s", err, h.body)
	}
}

// problem is the code of a refusal.
func (h heard) problem() string {
	var p struct{ Code string }
	_ = json.Unmarshal(h.body, &p)
	return p.Code
}

// ask sends a request; headers come in pairs.
func (b *browser) ask(method, path string, body any, headers ...string) (heard, error) {
	var reader io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return heard{}, err
		}
		reader = bytes.NewReader(text)
	}
	if !strings.HasSuffix(path, "z") {
		path = "/api/v1" + path
	}
	req, err := http.NewRequest(method, *b.address.Load()+path, reader)
	if err != nil {
		return heard{}, err
	}
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	if b.cookie != "" {
		req.AddCookie(&http.Cookie{Name: "sankofa", Value: b.cookie})
	}
	res, err := b.web.Do(req)
	if err != nil {
		return heard{}, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	for _, cookie := range res.Cookies() {
		b.cookie = cookie.Value
	}
	return heard{res.StatusCode, res.Header, text}, err
}

// must is ask for requests that have to come through.
func (b *browser) must(t *testing.T, method, path string, body any, headers ...string) heard {
	t.Helper()
	got, err := b.ask(method, path, body, headers...)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return got
}

// as signs in to the demonstration in the role.
func as(t *testing.T, c *child, role string) *browser {
	t.Helper()
	b := browse(c)
	got := b.must(t, "POST", "/session", map[string]any{"email": role + "@demo.sankofa.invalid", "password": "sankofa-demo-2027"})
	if got.status != http.StatusOK {
		t.Fatalf("sign in as %s: %d %s", role, got.status, got.body)
	}
	return b
}

// check is one line of /readyz.
type check struct {
	Name   string
	OK     bool
	State  string
	Detail map[string]any
}

// health asks /readyz.
func (b *browser) health() (ready bool, checks map[string]check) {
	got, err := b.ask("GET", "/readyz", nil)
	if err != nil {
		return false, nil
	}
	var all struct {
		Ready  bool
		Checks []check
	}
	_ = json.Unmarshal(got.body, &all)
	checks = map[string]check{}
	for _, one := range all.Checks {
		checks[one.Name] = one
	}
	return all.Ready && got.status == http.StatusOK, checks
}

// within waits until something holds and returns how long it took.
func within(t *testing.T, what string, holds func() bool) time.Duration {
	t.Helper()
	begun := time.Now()
	for !holds() {
		if time.Since(begun) > patience {
			t.Fatalf("not within %s: %s", patience, what)
		}
		time.Sleep(20 * time.Millisecond)
	}
	return time.Since(begun)
}

// complaints are the lines of the log that speak of a fault of ours.
func (c *child) complaints() []string {
	return slices.DeleteFunc(strings.Split(c.errors.String(), "\n"), func(line string) bool {
		return !strings.Contains(line, "internal fault") && !strings.Contains(line, `"panic"`) && !strings.Contains(line, "DATA RACE")
	})
}
