// SPDX-License-Identifier: AGPL-3.0-or-later

package notices_test

import (
	"strings"
	"testing"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// The clock reminds of what is due around a stay, each side once.
func TestTheClockRemindsOfStays(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, nil)
		ama := w.Joined("ama@example.org", privacy.Purposes...)
		_, p := w.Placed(w.Of.Published(), ama)
		w.told()
		on := func(d day.Day) {
			t.Helper()
			clock.Advance(d.Time().Add(12 * time.Hour).Sub(clock.Now()))
			for range 2 {
				clock.Advance(2 * time.Hour)
				if err := w.Tick(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		}
		put := func(state placements.State) {
			t.Helper()
			err := db.Keep(t.Context(), func(tx *store.Tx) error {
				return tx.Exec(`UPDATE placements SET state = ? WHERE id = ?`, state, p.ID).Error
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		expect := func(about, kind string, person, host int) {
			t.Helper()
			for _, side := range []struct {
				who  identity.Actor
				want int
			}{{ama, person}, {w.Host, host}} {
				if got := strings.Count(kinds(w.news(side.who)), kind); got != side.want {
					t.Errorf("%s: the %s was told %d times of %s, want %d", about, side.who.Role, got, kind, side.want)
				}
			}
		}
		on("2027-01-10")
		expect("twenty-two days before", "readiness_reminder", 0, 0)
		on("2027-01-11")
		expect("three weeks before", "readiness_reminder", 0, 1)
		put(placements.Ended)
		on("2027-05-01")
		expect("six days after the end", "report_reminder", 0, 0)
		on("2027-05-02")
		expect("a week after the end", "report_reminder", 1, 1)
		put(placements.Completed)
		on("2027-07-24")
		expect("not yet three months after", "follow_up_reminder", 0, 0)
		on("2027-07-25")
		expect("three months after", "follow_up_reminder", 1, 1)
		on("2028-04-25")
		expect("a year after", "follow_up_reminder", 2, 2)
	})
}

// Both sides hear of what befalls a stay.
func TestBothSidesHearWhatBefallsAStay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db, nil)
		ama := w.Joined("ama@example.org", privacy.Purposes...)
		_, p := w.Placed(w.Of.Published(), ama)
		err := db.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(`UPDATE placements SET state = 'ON_DUTY' WHERE id = ?`, p.ID).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, move := range []string{"suspend", "resume", "evacuate"} {
			v, err := w.Placements.Find(t.Context(), w.Coordinator, p.ID)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Placements.Take(t.Context(), w.Coordinator, p.ID, v.Version, placements.Ask{Move: move, Reason: "Fighting in the town"}); err != nil {
				t.Fatal(err)
			}
		}
		w.told()
		for _, who := range []identity.Actor{ama, w.Host} {
			got := kinds(w.news(who))
			if !strings.Contains(got, "placement_suspended") || !strings.Contains(got, "placement_evacuated") {
				t.Errorf("the %s was told of %s", who.Role, got)
			}
		}
	})
}
