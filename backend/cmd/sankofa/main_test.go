// SPDX-License-Identifier: AGPL-3.0-or-later

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sankofa/backend/internal/app"
)

// sankofa runs the command line as a person would.
func sankofa(args ...string) (stdout, stderr string, code int) {
	var out, complaints bytes.Buffer
	code = run(args, &out, &complaints)
	return out.String(), complaints.String(), code
}

func TestExitCodes(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"version", []string{"version"}, exitOK, ""},
		{"help", []string{"--help"}, exitOK, ""},
		{"nothing", nil, exitUsage, "expected one of"},
		{"an unknown command", []string{"dance"}, exitUsage, "dance"},
		{"a missing flag", []string{"rank"}, exitUsage, "--need"},
		{"a database that does not exist", []string{"migrate", "--data", dir + "/a", "--database", "mysql://x"}, exitUsage, "postgres://"},
		{"a database that does not answer", []string{"migrate", "--data", dir + "/b", "--database", "postgres://x@127.0.0.1:1/x?connect_timeout=2"}, exitUnavailable, "does not answer"},
		{"a need that does not exist", []string{"rank", "--need", "NO-1", "--data", dir + "/c"}, exitMissing, "NO-1"},
		{"a limit out of range", []string{"rank", "--need", "NO-1", "--limit", "0", "--data", dir + "/c"}, exitUsage, "--limit"},
		{"a directory that is a file", []string{"migrate", "--data", file}, exitUnavailable, "cannot be"},
		{"a file that does not exist", []string{"import", "people", dir + "/none.json", "--association", "a@b.c", "--data", dir + "/c"}, exitMissing, "none.json"},
	} {
		stdout, stderr, code := sankofa(row.args...)
		if code != row.code || !strings.Contains(stdout+stderr, row.says) {
			t.Errorf("%s: exit %d, want %d; %s%s", row.name, code, row.code, stdout, stderr)
		}
	}
}

func TestErrorsAsJSON(t *testing.T) {
	_, stderr, code := sankofa("rank", "--need", "NO-1", "--json", "--data", t.TempDir())
	var got struct {
		Error struct{ Code, Message string }
	}
	if err := json.Unmarshal([]byte(stderr), &got); err != nil || got.Error.Code != "need.missing" || code != exitMissing {
		t.Errorf("exit %d, %v, %s", code, err, stderr)
	}
}

func TestADirectoryInUseIsNamed(t *testing.T) {
	dir := t.TempDir()
	a, err := app.Open(t.Context(), app.Config{Data: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	_, stderr, code := sankofa("migrate", "--data", dir)
	if code != exitConflict || !strings.Contains(stderr, "cannot be asked") {
		t.Errorf("a command beside a process that cannot be asked: exit %d %s", code, stderr)
	}
	_, stderr, code = sankofa("serve", "--listen", "127.0.0.1:0", "--data", dir)
	if code != exitConflict || !strings.Contains(stderr, "in use by another Sankofa") {
		t.Errorf("a second server: exit %d %s", code, stderr)
	}
}

func TestTheDescriptionNeedsNoData(t *testing.T) {
	stdout, _, code := sankofa("openapi")
	var description struct {
		OpenAPI string
		Paths   map[string]any
	}
	if err := json.Unmarshal([]byte(stdout), &description); err != nil || code != exitOK || description.OpenAPI != "3.1.0" || len(description.Paths) < 20 {
		t.Errorf("exit %d, %v, OpenAPI %s, %d paths", code, err, description.OpenAPI, len(description.Paths))
	}
}

func TestARealInstallationIsSetUp(t *testing.T) {
	dir := t.TempDir()
	must := func(stdin string, args ...string) string {
		t.Helper()
		in := os.Stdin
		defer func() { os.Stdin = in }()
		name := filepath.Join(t.TempDir(), "stdin")
		if err := os.WriteFile(name, []byte(stdin), 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		os.Stdin = file
		stdout, stderr, code := sankofa(append(args, "--data", dir)...)
		if code != exitOK {
			t.Fatalf("%v: exit %d %s", args, code, stderr)
		}
		return stdout
	}
	must("", "user", "programme", "--code", "MIDA-GH", "--name", "MIDA Ghana", "--countries", "GH")
	must("", "user", "organisation", "--name", "Office", "--kind", "coordinator", "--country", "CH", "--programme", "MIDA-GH")
	must("a long enough password\n", "user", "add", "--email", "C@example.org", "--name", "C", "--role", "coordinator",
		"--organisation", "Office", "--programme", "MIDA-GH")
	if list := must("", "user", "list"); !strings.Contains(list, "c@example.org") || !strings.Contains(list, "coordinator") {
		t.Errorf("list: %s", list)
	}
	_, stderr, code := sankofa("user", "organisation", "--name", "X", "--kind", "circus", "--country", "CH", "--programme", "MIDA-GH", "--data", dir)
	if code != exitUsage || !strings.Contains(stderr, "kind") {
		t.Errorf("an unknown kind: exit %d %s", code, stderr)
	}
}
