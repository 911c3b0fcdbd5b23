// SPDX-License-Identifier: AGPL-3.0-or-later

package search

// weeks say, for each Monday of some twenty years, who is free on it. Whoever is free
// for seven days or more within a period is free on a Monday of it, so that a few
// words of bits tell who need not be looked at day by day. Days beyond those years
// are looked at in the windows themselves.
type weeks []set

// The Mondays that are kept: 2026-01-05 is the first.
const (
	firstMonday = 20458 // days since 1970-01-01
	mostMondays = 1040
)

// mondays returns the numbers of the first and the last Monday in a window, and
// whether all of them are kept. Without a Monday the last is before the first.
func mondays(w dayWindow) (first, last int, kept bool) {
	first, last = floored(int(w.from)-firstMonday+6, 7), floored(int(w.to)-firstMonday, 7)
	return first, last, first >= 0 && last < mostMondays
}

// floored divides and rounds down, below zero too.
func floored(a, b int) int {
	if a < 0 {
		return -((-a + b - 1) / b)
	}
	return a / b
}

// free notes the windows of a slot.
func (all *weeks) free(slot uint32, windows []dayWindow) {
	for _, w := range windows {
		first, last, _ := mondays(w)
		for n := max(first, 0); n <= min(last, mostMondays-1); n++ {
			for len(*all) <= n {
				*all = append(*all, nil)
			}
			(*all)[n].add(uint64(slot))
		}
	}
}

// at returns who is free on a Monday.
func (all weeks) at(n int) set {
	if n < 0 || n >= len(all) {
		return nil
	}
	return all[n]
}

// during leaves, of some people, whoever may be free for so many days in a row within
// a period, and perhaps some who are not. It answers false where Mondays cannot tell.
func (all weeks) during(period dayWindow, days int32, members set, into set) (set, bool) {
	first, last, kept := mondays(period)
	inARow := int(days / 7) // so many Mondays lie in any so many days
	if inARow == 0 || !kept {
		return nil, false
	}
	into = into[:0]
	for range members {
		into = append(into, 0)
	}
	for from := first; from+inARow-1 <= last; from++ {
		// Whoever is free all along is free on the first of them and on the last.
		a, b := all.at(from), all.at(from+inARow-1)
		for i := range min(len(a), len(b), len(into)) {
			into[i] |= a[i] & b[i] & members[i]
		}
	}
	return into, true
}
