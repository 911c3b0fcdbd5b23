// SPDX-License-Identifier: AGPL-3.0-or-later

package needs

import (
	"slices"
	"testing"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/lifecycle"
)

// events are all that can happen to a need, with the states that it may happen in
// and where it leads.
var events = []struct {
	name string
	do   func(*Need) error
	from []State
	to   State
}{
	{"revise", (*Need).Revise, []State{Draft, Returned}, ""},
	{"submit", func(n *Need) error { return n.Submit("host") }, []State{Draft, Returned}, Submitted},
	{"validate", func(n *Need) error { return n.Validate("ministry") }, []State{Submitted}, Validated},
	{"return", func(n *Need) error { return n.Return("ministry") }, []State{Submitted}, Returned},
	{"reject", func(n *Need) error { return n.Reject("ministry") }, []State{Submitted, Validated}, Rejected},
	{"approve", func(n *Need) error { return n.Approve("coordinator") }, []State{Validated}, Approved},
	{"publish", func(n *Need) error { return n.Publish("2026-12-01", "2027-01-15") }, []State{Approved}, Published},
	{"extend", func(n *Need) error { return n.Extend("2027-01-20") }, []State{Published}, Published},
	{"close", (*Need).Close, []State{Published}, Closed},
	{"reopen", func(n *Need) error { return n.Reopen("2026-12-01", "2027-01-15") }, []State{Closed, PartlyFilled}, Published},
	{"begin selection", (*Need).BeginSelection, []State{Closed, InSelection}, InSelection},
	{"suspend", (*Need).Suspend, states(lifecycle.Suspendable), Suspended},
	{"resume", func(n *Need) error { return n.Resume(time.Time{}) }, []State{Suspended}, Published},
	{"stand down", func(n *Need) error { return n.StandDown("2026-12-01") }, append([]State{Draft, Suspended}, states(lifecycle.Suspendable)...), StoodDown},
	{"close out", (*Need).CloseOut, []State{Delivered}, ClosedOut},
	{"begin service", (*Need).BeginService, []State{Filled, PartlyFilled}, Underway},
	{"deliver", (*Need).Deliver, []State{Underway}, Delivered},
	{"expire", (*Need).Expire, []State{Draft}, Expired},
	{"cancel", (*Need).Cancel, []State{Draft, Submitted, Returned, Validated, Approved, Published, Closed, InSelection,
		PartlyFilled, Filled, Underway, Delivered, Suspended}, Cancelled},
}

func TestEveryEventInEveryState(t *testing.T) {
	for _, event := range events {
		for _, state := range States {
			if event.name == "begin selection" && state == PartlyFilled {
				continue // it goes on being filled
			}
			need := Need{State: state, CreatedBy: "host", SubmittedBy: "host", Headcount: 1}
			if state == Suspended {
				need.ResumesTo = Published
			}
			before := need
			err := event.do(&need)
			if !slices.Contains(event.from, state) {
				if !fault.Is(err, fault.Conflict) || need != before {
					t.Errorf("%s of a need that is %s: got %v and %s, want a conflict and no change", event.name, state, err, need.State)
				}
				continue
			}
			want := event.to
			if want == "" {
				want = state
			}
			if err != nil || need.State != want {
				t.Errorf("%s of a need that is %s: got %v and %s, want %s", event.name, state, err, need.State, want)
			}
		}
	}
}

func TestNobodyDecidesAboutTheirOwnText(t *testing.T) {
	for name, decide := range map[string]func(*Need, ...string) error{
		"validate": (*Need).Validate, "return": (*Need).Return, "reject": (*Need).Reject, "approve": (*Need).Approve,
	} {
		for _, author := range []string{"writer", "submitter"} {
			need := Need{State: Submitted, CreatedBy: "writer", SubmittedBy: "submitter"}
			if name == "approve" {
				need.State = Validated
			}
			if err := decide(&need, author); !fault.HasCode(err, "need.own_text") {
				t.Errorf("%s by the %s: got %v, want need.own_text", name, author, err)
			}
		}
	}
}

func TestPostsAreCounted(t *testing.T) {
	for _, row := range []struct {
		name      string
		do        func(*Need) error
		state     State
		filled    int
		headcount int
		want      State
		code      string
	}{
		{"the only post", (*Need).Fill, InSelection, 0, 1, Filled, ""},
		{"the first of twelve", (*Need).Fill, InSelection, 0, 12, PartlyFilled, ""},
		{"the eleventh of twelve", (*Need).Fill, PartlyFilled, 10, 12, PartlyFilled, ""},
		{"the last of twelve", (*Need).Fill, PartlyFilled, 11, 12, Filled, ""},
		{"one more while the call is open again", (*Need).Fill, Published, 1, 3, Published, ""},
		{"the last while the call is open again", (*Need).Fill, Published, 2, 3, Filled, ""},
		{"one too many", (*Need).Fill, PartlyFilled, 2, 2, PartlyFilled, "need.full"},
		{"one more when filled", (*Need).Fill, Filled, 1, 1, Filled, "need.not_in_selection"},
		{"a post of a draft", (*Need).Fill, Draft, 0, 1, Draft, "need.not_in_selection"},
		{"the only one leaves", (*Need).Release, Filled, 1, 1, InSelection, ""},
		{"one of two leaves", (*Need).Release, Filled, 2, 2, PartlyFilled, ""},
		{"the last of two leaves", (*Need).Release, PartlyFilled, 1, 2, InSelection, ""},
		{"nobody can leave", (*Need).Release, InSelection, 0, 1, InSelection, "need.empty"},
	} {
		need := Need{State: row.state, Filled: row.filled, Headcount: row.headcount}
		err := row.do(&need)
		if need.State != row.want || (row.code == "") != (err == nil) || (row.code != "" && !fault.HasCode(err, row.code)) {
			t.Errorf("%s: got %s and %v, want %s and %q", row.name, need.State, err, row.want, row.code)
		}
	}
}

func TestABookedNeedIsNotCancelled(t *testing.T) {
	need := Need{State: PartlyFilled, Filled: 1, Headcount: 2}
	if err := need.Cancel(); !fault.HasCode(err, "need.booked") {
		t.Errorf("got %v, want need.booked", err)
	}
}

func TestFieldsAreNamedAsRequestsSpellThem(t *testing.T) {
	for name, want := range map[string]string{"StartsOn": "startsOn", "ISCO": "isco", "Title": "title", "NonSubstitution": "nonSubstitution"} {
		if got := wire(name); got != want {
			t.Errorf("wire(%q) = %q, want %q", name, got, want)
		}
	}
}
