// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import "testing"

func TestValuesAreReadOnceAVersionAndAnewWhenWordsChange(t *testing.T) {
	t.Parallel()
	v := newValues[int](2)
	reads := 0
	ask := func(id string, version int) int {
		return v.of(id, version, func() int { reads++; return reads })
	}
	for _, c := range []struct {
		what    string
		id      string
		version int
		want    int
		before  func()
	}{
		{"the first time", "a", 1, 1, nil},
		{"the same version", "a", 1, 1, nil},
		{"another version", "a", 2, 2, nil},
		{"an older one", "a", 1, 3, nil},
		{"after it was dropped", "a", 1, 4, func() { v.drop("a") }},
		{"after words have changed", "a", 1, 5, v.forget},
		{"somebody else", "b", 1, 6, nil},
		{"the first, who is still kept", "a", 1, 5, nil},
		{"one too many", "c", 1, 7, nil},
		{"the first, who had to go", "a", 1, 8, nil},
	} {
		if c.before != nil {
			c.before()
		}
		if got := ask(c.id, c.version); got != c.want {
			t.Errorf("%s: got what was read as number %d, want %d", c.what, got, c.want)
		}
	}
	late := v.of("d", 1, func() int { v.forget(); return 100 })
	if again := ask("d", 1); late != 100 || again == 100 {
		t.Errorf("what was read before words changed is kept: %d, then %d", late, again)
	}
}
