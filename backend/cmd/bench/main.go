// SPDX-License-Identifier: AGPL-3.0-or-later

// Command bench measures what the work takes on this machine: loading people,
// building the index, ranking a need, and the memory for it. scripts/bench runs
// it and writes docs/benchmarks.md.
package main

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"sankofa/backend/internal/app"
	"sankofa/backend/internal/demo"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/store"
)

func main() {
	time.Local = time.UTC
	people := flag.String("people", "10000,100000", "how many people, separated by commas")
	database := flag.String("database", "", "PostgreSQL URL; empty for SQLite")
	rounds := flag.Int("rounds", 30, "rankings of each need")
	flag.Parse()
	for _, text := range strings.Split(*people, ",") {
		n, err := strconv.Atoi(text)
		if err != nil {
			log.Fatalf("-people: %v", err)
		}
		if err := measure(context.Background(), n, *database, *rounds); err != nil {
			log.Fatal(err)
		}
	}
}

// measure does one size and prints its rows.
func measure(ctx context.Context, n int, database string, rounds int) (err error) {
	dir, err := os.MkdirTemp("", "sankofa-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	a, err := app.Open(ctx, app.Config{Data: dir, Database: database})
	if err != nil {
		return err
	}
	defer a.Close()
	loaded, err := timed(func() error {
		_, err := demo.Load(ctx, demo.Deps{DB: a.DB, Taxonomy: a.Taxonomy}, demo.Options{People: n})
		return err
	})
	if err != nil {
		return err
	}
	indexed, err := timed(func() error { return a.Search.Rebuild(ctx, nil) })
	if err != nil {
		return err
	}
	size, err := weigh(filepath.Join(dir, "index"))
	if err != nil {
		return err
	}
	debug.FreeOSMemory()
	before := resident()
	times, answers, err := rankings(ctx, a, rounds)
	if err != nil {
		return err
	}
	fmt.Printf("| %s | %d | %.1f | %.0f | %.1f | %.0f | %.2f | %d | %d | %.1f | %.1f | %.1f |\n", a.DB.Engine(), n,
		loaded.Seconds(), float64(n)/loaded.Seconds(), indexed.Seconds(), float64(n)/indexed.Seconds(), float64(size)/float64(n)/1000,
		before>>20, resident()>>20, millis(quantile(times, 50)), millis(quantile(times, 95)), float64(answers)/float64(len(times)))
	return nil
}

// rankings ranks every published need again and again, one after the other, and
// returns how long each took and how many people were shown in all.
func rankings(ctx context.Context, a *app.App, rounds int) (times []time.Duration, answers int, err error) {
	var open []needs.Need
	err = a.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Where("state = ?", needs.Published).Order("reference").Find(&open).Error
	})
	if err != nil {
		return nil, 0, err
	}
	for round := range rounds + 1 {
		for _, n := range open {
			who := identity.Actor{UserID: store.System.UserID, Role: identity.Coordinator, ProgrammeID: n.ProgrammeID, Locale: "en"}
			var shown int
			took, err := timed(func() error {
				r, err := a.Search.Rank(ctx, who, n.Reference, 50)
				shown = len(r.Candidates)
				return err
			})
			if err != nil {
				return nil, 0, err
			}
			if round > 0 { // the first round warms the caches up
				times, answers = append(times, took), answers+shown
			}
		}
	}
	return times, answers, nil
}

func timed(f func() error) (time.Duration, error) {
	runtime.GC()
	begin := time.Now()
	err := f()
	return time.Since(begin), err
}

func quantile(times []time.Duration, percent int) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	return sorted[(len(sorted)-1)*percent/100]
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// resident returns how much memory the process holds, in bytes (Linux).
func resident() int64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text))
	pages, _ := strconv.ParseInt(fields[1], 10, 64) // The kernel writes numbers.
	return pages * int64(os.Getpagesize())
}

// weigh returns the size of the files below a directory, in bytes.
func weigh(dir string) (total int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
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
