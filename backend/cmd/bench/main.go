// SPDX-License-Identifier: AGPL-3.0-or-later

// Command bench compares the ranking of people with other search engines on the
// same people, the same conditions and the same weighted terms, and measures what
// the product does beyond. scripts/bench runs it and writes the half of
// docs/benchmarks.md that is about speed.
//
// Every engine is a process of its own that answers one query at a time, so that
// its memory is its own and nobody's garbage is collected on another's time. The
// engines take turns at each query: whatever else the machine does meets all of
// them alike.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// options are what the command line says.
type options struct {
	people  []int
	needs   int // published in the programme
	asked   int // of them, whose ranking is measured
	rounds  int
	dir     string
	engines []string
	serve   string
	build   bool
}

func main() {
	time.Local = time.UTC
	log.SetFlags(log.Ltime)
	opt, err := readOptions()
	if err != nil {
		log.Fatal(err)
	}
	if opt.serve != "" {
		err = serve(opt)
	} else {
		err = compare(context.Background(), opt)
	}
	if err != nil {
		log.Fatal(err)
	}
}

func readOptions() (options, error) {
	var opt options
	people := flag.String("people", "10000,100000", "how many people, separated by commas")
	engines := flag.String("engines", strings.Join(allEngines, ","), "which engines, separated by commas; the limit and sankofa always take part")
	flag.IntVar(&opt.needs, "needs", 1000, "needs that are open at once")
	flag.IntVar(&opt.asked, "asked", 40, "of them, how many are ranked in the comparison")
	flag.IntVar(&opt.rounds, "rounds", 5, "times that each engine is asked each query")
	flag.StringVar(&opt.dir, "dir", "", "where the databases and indexes are kept and used again; empty for a directory that is removed")
	flag.StringVar(&opt.serve, "serve", "", "be one of the engines, for the program itself")
	flag.BoolVar(&opt.build, "build", false, "with -serve: build and end")
	flag.Parse()
	opt.engines = strings.Split(*engines, ",")
	for _, text := range strings.Split(*people, ",") {
		n, err := strconv.Atoi(text)
		if err != nil {
			return opt, fmt.Errorf("-people: %w", err)
		}
		opt.people = append(opt.people, n)
	}
	return opt, nil
}

// compare measures every size and writes the report to standard output.
func compare(ctx context.Context, opt options) (err error) {
	dir := opt.dir
	if dir == "" {
		if dir, err = os.MkdirTemp("", "sankofa-bench"); err != nil {
			return err
		}
		defer os.RemoveAll(dir)
	}
	var sizes []size
	for _, n := range opt.people {
		at := opt
		at.people, at.dir = []int{n}, filepath.Join(dir, strconv.Itoa(n))
		if err := os.MkdirAll(at.dir, 0o700); err != nil {
			return err
		}
		one, err := measure(ctx, at)
		if err != nil {
			return fmt.Errorf("%d people: %w", n, err)
		}
		sizes = append(sizes, one)
	}
	report(os.Stdout, sizes)
	return nil
}

// size is what was measured at one number of people.
type size struct {
	people  int // registered
	found   int // of them, who can be found
	engines []contender
	own     *own
	agreed  agreement
}

// agreement says how far the engines were asked the same.
type agreement struct {
	queries  int
	passing  int // people who meet the conditions, of all queries
	mismatch int // queries in which sankofa lets other people pass than the limit does
	strays   map[string]int
}

// measure does one size.
func measure(ctx context.Context, opt options) (s size, err error) {
	s.people = opt.people[0]
	var running []*child
	defer func() {
		for _, c := range running {
			err = errors.Join(err, c.close())
		}
	}()
	for _, name := range append([]string{"sankofa", "limit"}, opt.engines...) {
		if name == "" || name == "sankofa" && len(running) > 0 {
			continue
		}
		c, err := start(ctx, name, opt)
		if errors.Is(err, errNotHere) {
			log.Printf("%d people: %s cannot be installed here: %v", s.people, name, err)
			s.engines = append(s.engines, contender{name: name, absent: true})
			continue
		}
		if err != nil {
			return s, fmt.Errorf("%s: %w", name, err)
		}
		running = append(running, c)
	}
	c, err := readCorpus(opt.dir, false)
	if err != nil {
		return s, err
	}
	s.found = len(c.people)
	if s.agreed, err = race(c, running, opt.asked, opt.rounds); err != nil {
		return s, err
	}
	for _, r := range running {
		if err := r.weigh(); err != nil {
			return s, err
		}
		s.engines = append(s.engines, r.contender)
	}
	s.own, err = running[0].own()
	return s, err
}
