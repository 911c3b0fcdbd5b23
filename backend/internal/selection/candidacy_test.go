// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import (
	"slices"
	"testing"
	"time"

	"sankofa/backend/internal/fault"
)

var now = time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)

// events are all that can happen to a candidacy, with the states that it may
// happen in and where it leads.
var events = []struct {
	name string
	do   func(*Candidacy) error
	from []State
	to   State
}{
	{"submit", func(c *Candidacy) error { return c.Submit(now) }, []State{Nominated}, Submitted},
	{"refuse", (*Candidacy).Refuse, []State{Nominated}, Withdrawn},
	{"shortlist", func(c *Candidacy) error { return c.Shortlist("snapshot", now) }, early, Shortlisted},
	{"endorse", func(c *Candidacy) error { return c.Endorse(true) }, []State{Shortlisted, Recommended}, HostEndorsed},
	{"not endorse", func(c *Candidacy) error { return c.Endorse(false) }, []State{Shortlisted, Recommended}, NotSelected},
	{"clear", func(c *Candidacy) error { return c.Clear(true) }, []State{HostEndorsed}, NoObjection},
	{"object", func(c *Candidacy) error { return c.Clear(false) }, []State{HostEndorsed}, Objected},
	{"approve", func(c *Candidacy) error { return c.Approve(true) }, []State{NoObjection}, Approved},
	{"not approve", func(c *Candidacy) error { return c.Approve(false) }, []State{NoObjection}, NotSelected},
	{"offer", func(c *Candidacy) error { return c.Offer(now) }, []State{Approved}, Offered},
	{"accept", func(c *Candidacy) error { return c.Accept(now) }, []State{Offered}, Accepted},
	{"decline", (*Candidacy).Decline, []State{Offered}, Declined},
	{"expire", (*Candidacy).Expire, []State{Offered}, OfferExpired},
	{"withdraw", (*Candidacy).Withdraw, underway, Withdrawn},
	{"lapse", (*Candidacy).Lapse, append(slices.Clone(underway), UnderReview), Lapsed},
}

func TestEveryEventInEveryState(t *testing.T) {
	for _, event := range events {
		for _, state := range States {
			c := Candidacy{State: state}
			err := event.do(&c)
			if !slices.Contains(event.from, state) {
				if !fault.Is(err, fault.Conflict) || c.State != state || c.AnswerBy != nil || c.SnapshotID != nil {
					t.Errorf("%s of a candidacy that is %s: got %v and %s, want a conflict and no change", event.name, state, err, c.State)
				}
				continue
			}
			if err != nil || c.State != event.to {
				t.Errorf("%s of a candidacy that is %s: got %v and %s, want %s", event.name, state, err, c.State, event.to)
			}
		}
	}
}

func TestThePersonIsToldLessThanPartnersKnow(t *testing.T) {
	for _, state := range States {
		if state.Status() == "" {
			t.Errorf("%s has no status for the person", state)
		}
	}
	for _, pair := range [][2]State{{HostEndorsed, NoObjection}, {HostEndorsed, Objected}} {
		if pair[0].Status() != pair[1].Status() {
			t.Errorf("the person can tell %s from %s", pair[0], pair[1])
		}
	}
}

func TestWorkingDaysLeaveOutTheWeekend(t *testing.T) {
	for from, want := range map[string]string{
		"2026-12-01": "2026-12-15", // a Tuesday
		"2026-12-04": "2026-12-18", // a Friday
		"2026-12-05": "2026-12-18", // a Saturday
	} {
		start, _ := time.Parse(time.DateOnly, from)
		if got := workingDays(start, 10).Format(time.DateOnly); got != want {
			t.Errorf("ten working days after %s is %s, want %s", from, got, want)
		}
	}
}

func TestAChangedSnapshotIsNotIntact(t *testing.T) {
	s := Snapshot{Body: `{"candidates":[]}`, SHA256: digest(`{"candidates":[]}`)}
	if !s.Intact() {
		t.Error("an untouched ranking is not intact")
	}
	if s.Body += " "; s.Intact() {
		t.Error("a changed ranking is intact")
	}
}
