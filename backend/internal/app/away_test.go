// SPDX-License-Identifier: AGPL-3.0-or-later

package app_test

import (
	"bytes"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"sankofa/backend/internal/app"
)

// cluster is a PostgreSQL of the test's own, which it may stop.
type cluster struct {
	t    *testing.T
	dsn  string
	home string
	run  []string // the command that the server was started with
}

// exported reads what scripts/postgres tells.
var exported = regexp.MustCompile(`export (\w+)='([^']*)'`)

// newCluster starts a PostgreSQL.
func newCluster(t *testing.T) *cluster {
	t.Helper()
	if os.Getenv("TEST_POSTGRES") == "" {
		t.Skip("TEST_POSTGRES is not set; scripts/test sets it")
	}
	script, err := filepath.Abs("../../../scripts/postgres")
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(script, "start").Output()
	if err != nil {
		t.Fatalf("start PostgreSQL: %v", err)
	}
	said := map[string]string{}
	for _, found := range exported.FindAllStringSubmatch(string(out), -1) {
		said[found[1]] = found[2]
	}
	k := &cluster{t: t, dsn: said["TEST_POSTGRES"], home: said["POSTGRES_HOME"]}
	t.Cleanup(func() {
		stop := exec.Command(script, "stop")
		stop.Env = append(os.Environ(), "POSTGRES_HOME="+k.home)
		_ = stop.Run()
	})
	options, err := os.ReadFile(filepath.Join(k.home, "data", "postmaster.opts"))
	if err != nil {
		t.Fatal(err)
	}
	for i, part := range strings.Split(strings.TrimSpace(string(options)), ` "`) {
		if i == 0 {
			k.run = append(k.run, part)
			continue
		}
		k.run = append(k.run, strings.TrimSuffix(part, `"`))
	}
	return k
}

// halt ends the server as a crash does.
func (k *cluster) halt() {
	k.t.Helper()
	text, err := os.ReadFile(filepath.Join(k.home, "data", "postmaster.pid"))
	if err != nil {
		k.t.Fatal(err)
	}
	first, _, _ := bytes.Cut(text, []byte("\n"))
	pid, err := strconv.Atoi(string(first))
	if err != nil {
		k.t.Fatal(err)
	}
	_ = syscall.Kill(pid, syscall.SIGQUIT) // its "immediate" shutdown
	within(k.t, "PostgreSQL has ended", func() bool { return syscall.Kill(pid, 0) != nil })
}

// resume starts the server again, where it was.
func (k *cluster) resume() {
	k.t.Helper()
	run := k.run
	if os.Getuid() == 0 {
		run = append([]string{"runuser", "-u", "postgres", "--"}, run...)
	}
	cmd := exec.Command(run[0], run[1:]...)
	if err := cmd.Start(); err != nil {
		k.t.Fatal(err)
	}
	go func() { _ = cmd.Wait() }()
}

func TestAPostgreSQLThatGoesAwayComesBack(t *testing.T) {
	outline(t)
	k := newCluster(t)
	c := serve(t, "--data", t.TempDir(), "--database", k.dsn, "--demo", "--people", "300")
	association := as(t, c, "association")
	w := write(t, association)
	reader := browse(c)
	reader.cookie = association.cookie
	const rounds = 3
	var slowest time.Duration
	for range rounds {
		before := w.count()
		within(t, "people are registered", func() bool { return w.count() > before+eight })
		k.halt()
		got := reader.must(t, "GET", "/professionals", nil)
		if got.status != http.StatusServiceUnavailable || got.header.Get("Retry-After") == "" || got.problem() != "database.unavailable" {
			t.Errorf("without its database: %d, Retry-After %q, %s", got.status, got.header.Get("Retry-After"), got.body)
		}
		if ready, checks := reader.health(); ready || checks["database"].OK {
			t.Errorf("it says that it is ready: %+v", checks)
		}
		if got := reader.must(t, "GET", "/healthz", nil); got.status != http.StatusOK {
			t.Errorf("it says that it is dead: %d", got.status)
		}
		time.Sleep(300 * time.Millisecond) // writers knock meanwhile
		k.resume()
		slowest = max(slowest, within(t, "it has healed", func() bool {
			ready, _ := reader.health()
			got, err := reader.ask("GET", "/professionals", nil)
			return ready && err == nil && got.status == http.StatusOK
		}))
	}
	before := w.count()
	within(t, "people are registered again", func() bool { return w.count() > before+eight })
	w.finish()
	within(t, "the index has read the ledger", func() bool { return settled(reader) })
	if code := c.stop(); code != 0 {
		t.Errorf("the server ended with %d: %s", code, c.errors)
	}
	if found := c.complaints(); len(found) > 0 {
		t.Errorf("faults of our own: %s", strings.Join(found, "\n"))
	}
	w.check(k.dsn)
	t.Logf("%d crashes of PostgreSQL, %d acknowledged in %d tries, answers %v, healed within %s", rounds, len(w.acked), w.tries, w.seen,
		slowest.Round(time.Millisecond))
}

func TestWithoutItsDatabaseTheServerDoesNotStartAndSaysWhy(t *testing.T) {
	outline(t)
	silent, err := net.Listen("tcp", "127.0.0.1:0") // takes connections and never answers
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close() // nobody listens there now
	for what, address := range map[string]string{"a closed port": closed.Addr().String(), "a server that says nothing": silent.Addr().String()} {
		args := []string{"--data", t.TempDir(), "--database", "postgres://sankofa:secret-of-mine@" + address + "/sankofa?sslmode=disable"}
		_, stderr, code := command(t, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
		if code != 5 || !strings.Contains(stderr, "The database does not answer") { // a server that says nothing is not waited for for ever
			t.Errorf("%s: it ended with %d: %s", what, code, stderr)
		}
		if strings.Contains(stderr, "secret-of-mine") {
			t.Errorf("%s: it tells the password: %s", what, stderr)
		}
		_, stderr, code = command(t, append([]string{"rank", "--need", "DEMO-01", "--json"}, args...)...)
		if code != 5 || !strings.Contains(stderr, `"code": "database.unavailable"`) {
			t.Errorf("%s: a command ended with %d: %s", what, code, stderr)
		}
	}
}

func TestADataDirectoryThatCannotBeUsedIsNamed(t *testing.T) {
	outline(t)
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, []byte("no directory"), 0o600); err != nil {
		t.Fatal(err)
	}
	damaged := t.TempDir()
	if err := os.WriteFile(filepath.Join(damaged, "sankofa.db"), bytes.Repeat([]byte("no database "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ what, dir, says string }{
		{"a file in the way", blocked, blocked}, {"a file that is no database", damaged, "The database file is damaged. Restore it from a backup."},
	} {
		_, stderr, code := command(t, "serve", "--listen", "127.0.0.1:0", "--data", row.dir)
		if code != 5 || !strings.Contains(stderr, row.says) || strings.Count(strings.TrimSpace(stderr), "\n") > 0 {
			t.Errorf("%s: it ended with %d: %s", row.what, code, stderr)
		}
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	_, stderr, code := command(t, "serve", "--listen", taken.Addr().String(), "--data", app.WithDemo(t, t.TempDir()))
	if code != 5 || !strings.Contains(stderr, taken.Addr().String()) || !slices.Contains(strings.Fields(stderr), "listen") {
		t.Errorf("a port that is taken: it ended with %d: %s", code, stderr)
	}
}
