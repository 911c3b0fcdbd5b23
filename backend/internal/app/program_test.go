// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// programDir holds the program that the tests build.
var programDir string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "sankofa-faults-")
	if err != nil {
		panic(err)
	}
	programDir = dir
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// Program builds the program once and returns its path.
var Program = sync.OnceValues(func() (string, error) {
	path := filepath.Join(programDir, "sankofa")
	build := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-o", path, "sankofa/backend/cmd/sankofa") // as scripts/build does, whose packages are used again
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w: %s", err, out)
	}
	return path, nil
})

// demonstration is a data directory with the demonstration in it, made once.
var demonstration = sync.OnceValues(func() (string, error) {
	path, err := Program()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(programDir, "demonstration")
	if out, err := exec.Command(path, "demo", "--people", "300", "--data", dir).CombinedOutput(); err != nil {
		return "", fmt.Errorf("load the demonstration: %w: %s", err, out)
	}
	return dir, nil
})

// WithDemo fills a directory with a copy of the demonstration.
func WithDemo(t *testing.T, dir string) string {
	t.Helper()
	from, err := demonstration()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(dir, "files.key"), 0o600); err != nil { // a copy is open to others
		t.Fatal(err)
	}
	return dir
}
