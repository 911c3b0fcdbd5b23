// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"math/rand/v2"
	"testing"
)

// TestMondaysNeverLoseAnybody compares the bits of weeks with the windows themselves:
// whoever is free for long enough is among those who may be.
func TestMondaysNeverLoseAnybody(t *testing.T) {
	dice := rand.New(rand.NewPCG(20270104, 1))
	day := func() int32 { return int32(firstMonday - 40 + dice.IntN(7*120)) }
	const people = 400
	var all weeks
	var members set
	windows := make([][]dayWindow, people)
	for slot := range windows {
		for range dice.IntN(4) {
			from := day()
			windows[slot] = append(windows[slot], dayWindow{from, from + int32(dice.IntN(120)) - 5})
		}
		all.free(uint32(slot), windows[slot])
		if dice.IntN(4) > 0 {
			members.add(uint64(slot))
		}
	}
	told, kept, spared := 0, 0, 0
	for range 2000 {
		from := day()
		period, days := dayWindow{from, from + int32(dice.IntN(200)) - 5}, int32(1+dice.IntN(90))
		maybe, sure := all.during(period, days, members, nil)
		if !sure {
			continue
		}
		told++
		for slot, some := range windows {
			free := false
			for _, w := range some {
				free = free || min(w.to, period.to)-max(w.from, period.from)+1 >= days
			}
			switch in := maybe.has(uint64(slot)); {
			case in && !members.has(uint64(slot)):
				t.Fatalf("%d is no member", slot)
			case free && members.has(uint64(slot)) && !in:
				t.Fatalf("%v is free for %d days in %v, and was lost", some, days, period)
			case free && in:
				kept++
			case !in:
				spared++
			}
		}
	}
	if told < 1000 || kept < 1000 || spared < 100_000 {
		t.Errorf("only %d periods, with %d people kept and %d spared", told, kept, spared)
	}
}

// TestDaysOutsideTheKeptYearsAreLookedAt says when Mondays cannot tell.
func TestDaysOutsideTheKeptYearsAreLookedAt(t *testing.T) {
	var all weeks
	all.free(3, []dayWindow{{0, 40 * 365 * 3}})
	if len(all) != mostMondays || !all.at(0).has(3) || !all.at(mostMondays-1).has(3) {
		t.Errorf("a long window fills %d Mondays", len(all))
	}
	members := set{1 << 3}
	for _, c := range []struct {
		period dayWindow
		days   int32
		told   bool
	}{
		{dayWindow{firstMonday, firstMonday + 30}, 14, true},
		{dayWindow{firstMonday, firstMonday + 30}, 6, false}, // six days may lie between two Mondays
		{dayWindow{firstMonday - 8, firstMonday + 30}, 14, false},
		{dayWindow{firstMonday + 7*mostMondays - 30, firstMonday + 7*mostMondays}, 14, false},
	} {
		if _, told := all.during(c.period, c.days, members, nil); told != c.told {
			t.Errorf("%d days in %v: told %t, want %t", c.days, c.period, told, c.told)
		}
	}
}
