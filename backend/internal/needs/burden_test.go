// SPDX-License-Identifier: AGPL-3.0-or-later

package needs

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sankofa/backend/internal/identity"
)

func TestBurdenAddsUpWhoHeldANeed(t *testing.T) {
	start := time.Date(2027, 1, 1, 9, 0, 0, 0, time.UTC)
	at := func(hours int) time.Time { return start.Add(time.Duration(hours) * time.Hour) }
	got := BurdenOf([]came{{Draft, at(0)}, {Submitted, at(5)}, {Returned, at(29)}, {Submitted, at(39)}, {Validated, at(40)}, {Rejected, at(50)}}, at(500))
	want := Burden{States: []Stretch{{Draft, 5, 1, false}, {Submitted, 25, 2, false}, {Returned, 10, 1, false}, {Validated, 10, 1, false}, {Rejected, 0, 1, true}},
		Partners: []Held{{identity.Host, 15}, {identity.Ministry, 25}, {identity.Coordinator, 10}}, Returned: 1, Hours: 50}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if open := BurdenOf([]came{{Draft, at(0)}}, at(3)); open.Hours != 3 || !open.States[0].Now {
		t.Errorf("a draft of three hours: %+v", open)
	}
}
