// SPDX-License-Identifier: AGPL-3.0-or-later

package assigning

import (
	"fmt"
	"testing"

	"sankofa/backend/internal/fault"
)

// drawn reads a problem out of bytes: sound ones and broken ones, with indexes
// that point nowhere, days the wrong way round and amounts below nothing.
func drawn(data []byte) Problem {
	next := func() int {
		if len(data) == 0 {
			return 0
		}
		b := int(int8(data[0]))
		data = data[1:]
		return b
	}
	p := Problem{}
	for n := range max(next(), 0) % 5 {
		period := Span{next(), 0}
		period.To = period.From + next()
		need := Need{ID: fmt.Sprint("N", n), Headcount: next() % 6, Ways: []Way{{Stays: []Span{period}}}}
		switch next() % 4 {
		case 0:
			need.Ways = Relays(period, next(), next()%5, 4)
		case 1:
			need.Ways = nil
		case 2:
			need.Ways = append(need.Ways, Way{})
		}
		p.Needs = append(p.Needs, need)
	}
	for range max(next(), 0) % 14 {
		o := Option{Need: next() % 6, Way: next() % 3, Stay: next() % 3, Person: fmt.Sprint("P", next()%5), Value: int64(next()), Cost: int64(next())}
		o.Span = Span{next(), next()}
		if p.has(o.Need) && o.Way >= 0 && o.Way < len(p.Needs[o.Need].Ways) && o.Stay >= 0 && o.Stay < len(p.Needs[o.Need].Ways[o.Way].Stays) && next()%4 != 0 {
			o.Span = p.Needs[o.Need].Ways[o.Way].Stays[o.Stay]
		}
		p.Options = append(p.Options, o)
	}
	if budget := int64(next()); budget%3 != 0 {
		p.Budget = &budget
	}
	for range max(next(), 0) % 3 {
		p.Quotas = append(p.Quotas, Quota{ID: "Q", Most: next(), Needs: []int{next() % 6, next() % 6}})
	}
	for range max(next(), 0) % 4 {
		p.Pins = append(p.Pins, Pin{Need: next() % 6, Person: fmt.Sprint("P", next()%5), Here: next()%2 == 0})
	}
	return p
}

// FuzzSolve feeds the solver anything: it answers with a proposal that keeps every
// limit and is as good as brute force finds, or with a fault that says what is wrong.
func FuzzSolve(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{2, 10, 20, 1, 3, 5, 20, 2, 0, 5, 2, 6, 0, 0, 0, 1, 40, 7, 1, 9, 1, 1, 0, 0, 2, 50, 3, 2, 8, 1})
	f.Add([]byte{1, 0, 57, 1, 0, 21, 3, 9, 0, 1, 0, 0, 90, 5, 0, 0, 1, 0, 1, 1, 1, 80, 5, 0, 0, 1})
	f.Add([]byte{4, 255, 250, 3, 1, 128, 127, 5, 2, 13, 200, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2})
	f.Fuzz(func(t *testing.T, data []byte) {
		p := drawn(data)
		got, err := Solve(t.Context(), p, Limits{})
		if err != nil {
			if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Conflict) || fault.Of(err).Message == "" {
				t.Fatalf("%v: %+v", err, p)
			}
			return
		}
		mustHold(t, p, got)
		if want := brute(p); got.Total != want || !got.Optimal {
			t.Fatalf("total %d, want %d: %+v", got.Total, want, p)
		}
	})
}
