// SPDX-License-Identifier: AGPL-3.0-or-later

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// allEngines are the peers, in the order of the report.
var allEngines = []string{"lucene", "xapian", "bleve", "bleve-documented", "postgresql", "sqlite"}

// errNotHere says that an engine cannot be had on this machine.
var errNotHere = errors.New("not here")

// engine ranks people for questions. Every engine of this program is one; Xapian
// and Lucene have programs of their own that speak as serve does.
type engine interface {
	// version names the engine and its version.
	version() string
	// build makes what is searched, below the directory.
	build(c *corpus, dir string) error
	// open opens what build made.
	open(c *corpus, dir string) error
	// search returns the numbers of the best people, at most so many, and how many
	// met the conditions, or -1.
	search(q question, most int) (best []int, passed int, err error)
}

// best is how many people a query asks for.
const best = 50

// contender is an engine in the comparison, and what was measured of it.
type contender struct {
	name    string
	absent  bool
	version string
	built   time.Duration
	bytes   int64
	memory  int64                            // resident after the race; 0 when it cannot be told
	times   map[[2]int][]time.Duration       // by row and scope
	medians map[[2]int]map[int]time.Duration // the same by need
}

// child is a contender's process.
type child struct {
	contender
	command *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
}

// built is what a child says when it has built.
type built struct {
	Seconds float64
	Bytes   int64
}

// command returns the program of an engine.
func command(ctx context.Context, name string, opt options, build bool) (*exec.Cmd, error) {
	mode := "serve"
	if build {
		mode = "build"
	}
	switch name {
	case "xapian":
		program := os.Getenv("BENCH_XAPIAN")
		if program == "" {
			return nil, fmt.Errorf("%w: BENCH_XAPIAN names no program", errNotHere)
		}
		return exec.CommandContext(ctx, program, mode, opt.dir), nil
	case "lucene":
		jar := os.Getenv("BENCH_LUCENE")
		if jar == "" {
			return nil, fmt.Errorf("%w: BENCH_LUCENE names no classes", errNotHere)
		}
		return exec.CommandContext(ctx, "java", "-Xmx2g", "-cp", jar, "Bench", mode, opt.dir), nil
	case "postgresql":
		if os.Getenv("TEST_POSTGRES") == "" {
			return nil, fmt.Errorf("%w: TEST_POSTGRES names no server", errNotHere)
		}
	}
	args := []string{"-serve", name, "-dir", opt.dir, "-people", strconv.Itoa(opt.people[0]), "-needs", strconv.Itoa(opt.needs), "-asked", strconv.Itoa(opt.asked)}
	if build {
		args = append(args, "-build")
	}
	return exec.CommandContext(ctx, os.Args[0], args...), nil
}

// start builds an engine's index unless it is there, and starts its process.
func start(ctx context.Context, name string, opt options) (*child, error) {
	c := &child{contender: contender{name: name, times: map[[2]int][]time.Duration{}}}
	if err := c.make(ctx, opt); err != nil {
		return nil, err
	}
	var err error
	if c.command, err = command(ctx, name, opt, false); err != nil {
		return nil, err
	}
	c.command.Stderr = os.Stderr
	if c.in, err = c.command.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := c.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.out = bufio.NewReaderSize(out, 1<<20)
	if err := c.command.Start(); err != nil {
		return nil, err
	}
	line, err := c.out.ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("it did not start: %w", err)
	}
	c.version = strings.TrimSpace(line)
	return c, nil
}

// make builds an engine's index in a process that ends, and remembers what it took.
func (c *child) make(ctx context.Context, opt options) error {
	note := filepath.Join(opt.dir, c.name+".built")
	text, err := os.ReadFile(note)
	if errors.Is(err, fs.ErrNotExist) {
		command, err := command(ctx, c.name, opt, true)
		if err != nil {
			return err
		}
		command.Stderr = os.Stderr
		if text, err = command.Output(); err != nil {
			return fmt.Errorf("build: %w", err)
		}
		if err := os.WriteFile(note, text, 0o600); err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	var made built
	if err := json.Unmarshal(text, &made); err != nil {
		return fmt.Errorf("%s: %w", note, err)
	}
	c.built, c.bytes = time.Duration(made.Seconds*float64(time.Second)), made.Bytes
	return nil
}

// ask asks one question and returns what the engine measured and found.
func (c *child) ask(number int) (took time.Duration, passed int, found []int, err error) {
	if _, err := fmt.Fprintln(c.in, number); err != nil {
		return 0, 0, nil, err
	}
	line, err := c.out.ReadString('\n')
	if err != nil {
		return 0, 0, nil, fmt.Errorf("%s: %w", c.name, err)
	}
	parts := strings.Fields(line)
	numbers := make([]int, len(parts))
	for i, text := range parts {
		if numbers[i], err = strconv.Atoi(text); err != nil {
			return 0, 0, nil, fmt.Errorf("%s answers %q", c.name, line)
		}
	}
	if len(numbers) < 2 {
		return 0, 0, nil, fmt.Errorf("%s answers %q", c.name, line)
	}
	return time.Duration(numbers[0]), numbers[1], numbers[2:], nil
}

// weigh notes how much memory the process holds.
func (c *child) weigh() error {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", c.command.Process.Pid))
	if err != nil {
		return err
	}
	pages, err := strconv.ParseInt(strings.Fields(string(text))[1], 10, 64)
	c.memory = pages * int64(os.Getpagesize())
	if c.name == "postgresql" {
		c.memory = 0 // The server is another process, with a memory that it shares out.
	}
	return err
}

func (c *child) close() error {
	_ = c.in.Close() // The child ends when nobody asks any more.
	return c.command.Wait()
}

// made returns the engine of this program by its name.
func made(name string, opt options) (engine, error) {
	switch name {
	case "limit":
		return &limit{}, nil
	case "bleve":
		return &tunedBleve{}, nil
	case "bleve-documented":
		return &documentedBleve{}, nil
	case "postgresql":
		return &postgres{url: os.Getenv("TEST_POSTGRES")}, nil
	case "sqlite":
		return &sqlite{}, nil
	}
	return nil, fmt.Errorf("there is no engine %q", name)
}

// serve is the life of a child: it builds, or answers questions until there are
// no more.
func serve(opt options) error {
	if opt.serve == "sankofa" {
		return serveProduct(opt)
	}
	e, err := made(opt.serve, opt)
	if err != nil {
		return err
	}
	c, err := readCorpus(opt.dir, opt.build || opt.serve == "limit")
	if err != nil {
		return err
	}
	dir := filepath.Join(opt.dir, opt.serve)
	if opt.build {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
		begin := time.Now()
		if err := e.build(c, dir); err != nil {
			return err
		}
		took := time.Since(begin).Seconds()
		bytes, err := sizeOf(e, dir)
		if err != nil {
			return err
		}
		return json.NewEncoder(os.Stdout).Encode(built{Seconds: took, Bytes: bytes})
	}
	if err := e.open(c, dir); err != nil {
		return err
	}
	c.people = nil
	return answer(e.version(), func(number int) (time.Duration, int, []int, error) {
		begin := time.Now()
		found, passed, err := e.search(c.queries[number], best)
		return time.Since(begin), passed, found, err
	}, nil)
}

// answer speaks with the parent: a line with a number in, and out a line with the
// nanoseconds, how many passed, and who was found.
func answer(version string, search func(number int) (time.Duration, int, []int, error), other func(order string) (string, error)) error {
	fmt.Println(version)
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		number, err := strconv.Atoi(lines.Text())
		if err != nil && other != nil {
			reply, err := other(lines.Text())
			if err != nil {
				return err
			}
			fmt.Println(reply)
			continue
		}
		if err != nil {
			return err
		}
		took, passed, found, err := search(number)
		if err != nil {
			return err
		}
		var line strings.Builder
		fmt.Fprint(&line, took.Nanoseconds(), " ", passed)
		for _, n := range found {
			fmt.Fprint(&line, " ", n)
		}
		fmt.Println(line.String())
	}
	return lines.Err()
}

// sizeOf returns what an engine keeps on the disk.
func sizeOf(e engine, dir string) (int64, error) {
	if sized, ok := e.(interface{ size() (int64, error) }); ok {
		return sized.size()
	}
	var total int64
	err := filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			total += info.Size()
		}
		return err
	})
	return total, err
}

// quantile returns the value below which so many per cent lie.
func quantile(times []time.Duration, percent int) time.Duration {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(times))
	return sorted[(len(sorted)-1)*percent/100]
}
