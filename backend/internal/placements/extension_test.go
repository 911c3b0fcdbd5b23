// SPDX-License-Identifier: AGPL-3.0-or-later

package placements_test

import (
	"slices"
	"testing"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// begun brings the stay to its first day.
func (s *stay) begun() {
	s.t.Helper()
	s.cleared()
	s.take(s.Coordinator, placements.Ask{Move: "clear"})
	s.until(s.now.From)
	s.take(s.Host, placements.Ask{Move: "arrive", On: s.now.From})
	s.take(s.person, placements.Ask{Move: "arrive", On: s.now.From})
}

// renewed brings and verifies the papers that do not reach the last day asked for.
func (s *stay) renewed() []placements.ClearanceKind {
	s.t.Helper()
	s.must(s.Placements.Find(s.t.Context(), s.Coordinator, s.now.ID))
	var kinds []placements.ClearanceKind
	for _, c := range s.now.File.Clearances {
		if c.Done {
			continue
		}
		kinds = append(kinds, c.Kind)
		s.must(s.Placements.Bring(s.t.Context(), s.Coordinator, s.now.ID, s.now.Version, c.Kind,
			placements.Paper{IssuedOn: s.now.From.Add(-53), ValidFrom: s.now.From, ValidUntil: s.now.Until().Add(60)}))
		s.must(s.Placements.Decide(s.t.Context(), s.Coordinator, s.now.ID, s.now.Version, c.Kind, placements.Verified, ""))
	}
	return kinds
}

func TestAnExtensionWantsEverybodyAndEveryPaper(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		s := newStay(t, db, clock)
		s.begun()
		end, later := s.now.To, s.now.To.Add(61) // the papers reach sixty days beyond
		for _, wrong := range []day.Day{"", end, end.Add(366)} {
			s.refused(s.Host, placements.Ask{Move: "ask_extension", To: wrong, Reason: "x"}, "request.invalid")
		}
		s.refused(s.Coordinator, placements.Ask{Move: "ask_extension", To: later, Reason: "x"}, "placement.denied")
		s.take(s.Host, placements.Ask{Move: "ask_extension", To: later, Reason: "A third midwife is being trained."})
		if s.now.Stands() != placements.ExtensionAsked || s.now.To != end || s.now.Until() != later {
			t.Fatalf("asked: %s until %s, asked until %s", s.now.Stands(), s.now.To, s.now.Until())
		}
		s.refused(s.Host, placements.Ask{Move: "join_extension"}, "placement.extension_joined")
		s.refused(s.Ministry, placements.Ask{Move: "allow_extension"}, "placement.incomplete")
		s.take(s.person, placements.Ask{Move: "join_extension"})
		s.refused(s.Coordinator, placements.Ask{Move: "extend"}, "placement.incomplete")
		s.take(s.Ministry, placements.Ask{Move: "allow_extension"})
		s.refused(s.Coordinator, placements.Ask{Move: "extend"}, "placement.incomplete")
		want := []placements.ClearanceKind{placements.Insurance, placements.Medical, placements.Entry, placements.Employer}
		if got := s.renewed(); !slices.Equal(got, want) {
			t.Errorf("to be renewed are %v, want %v", got, want)
		}
		s.take(s.Coordinator, placements.Ask{Move: "extend"})
		if s.now.Stands() != placements.OnDuty || s.now.To != later || s.now.ExtensionTo != "" {
			t.Errorf("extended: %s until %s", s.now.Stands(), s.now.To)
		}
		for _, c := range s.now.File.Clearances {
			if c.State == placements.Verified && c.Short != "" {
				t.Errorf("%s is verified and does not reach: %s", c.Kind, c.Short)
			}
		}
	})
}

func TestAnExtensionThatComesToNothing(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		s := newStay(t, db, clock)
		s.begun()
		end, later := s.now.To, s.now.To.Add(10)
		ask := placements.Ask{Move: "ask_extension", To: later, Reason: "More to do."}
		s.take(s.person, ask)
		s.take(s.Ministry, placements.Ask{Move: "refuse_extension", Reason: "The post is filled."})
		s.take(s.person, ask)
		s.take(s.Host, placements.Ask{Move: "join_extension"})
		s.take(s.Host, placements.Ask{Move: "withdraw_extension"})
		s.take(s.person, ask) // what was said of an earlier question does not count for this one
		s.refused(s.Ministry, placements.Ask{Move: "allow_extension"}, "placement.incomplete")
		s.take(s.Coordinator, placements.Ask{Move: "suspend", Reason: "A storm."})
		if s.now.Stands() != placements.Suspended || s.now.ExtensionTo != "" || s.now.To != end {
			t.Errorf("suspended: %s until %s, asked %q", s.now.Stands(), s.now.To, s.now.ExtensionTo)
		}
		s.take(s.Coordinator, placements.Ask{Move: "resume"})
		s.take(s.person, ask)
		s.until(end.Add(1))
		if err := s.Placements.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.must(s.Placements.Find(t.Context(), s.Coordinator, s.now.ID))
		if s.now.Stands() != placements.Ended || s.now.To != end {
			t.Errorf("nobody decided, and the stay is %s until %s", s.now.Stands(), s.now.To)
		}
	})
}

func TestAnExtensionIsNotAskedForOverAnotherStayOrThePermit(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		s := newStay(t, db, clock)
		s.begun()
		err := db.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(`UPDATE professionals SET residence_status = 'temporary' WHERE id = ?`, s.person.ProfessionalID).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		s.take(s.person, placements.Ask{Move: "ask_extension", To: s.now.From.Add(180), Reason: "More to do."})
		s.must(s.Placements.Find(t.Context(), s.Coordinator, s.now.ID))
		if g := s.now.File.Guard; g.Signal != placements.Red || g.Counted != 181 || g.Limit != 180 {
			t.Errorf("the guard says %+v of 181 days", g)
		}
		s.take(s.Host, placements.Ask{Move: "join_extension"})
		s.take(s.Ministry, placements.Ask{Move: "allow_extension"})
		s.renewed()
		s.refused(s.Coordinator, placements.Ask{Move: "extend"}, "placement.incomplete")
		page, err := s.Placements.List(t.Context(), s.Coordinator, placements.Filter{States: []placements.State{placements.ExtensionAsked}})
		if err != nil || len(page.Items) != 1 {
			t.Errorf("%d are listed as asking (%v)", len(page.Items), err)
		}
		s.take(s.Coordinator, placements.Ask{Move: "refuse_extension", Reason: "The permit."})
		if _, err := s.Placements.Take(t.Context(), s.Coordinator, s.now.ID, s.now.Version, placements.Ask{Move: "extend"}); !fault.HasCode(err, "placement.no_step") {
			t.Errorf("extended without a question: %v", err)
		}
	})
}

func TestTheCoordinatorSeesWhichNotesAreOwed(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		s := newStay(t, db, clock)
		s.begun()
		for _, c := range []struct {
			on            day.Day
			owed, overdue int
		}{{"2027-03-13", 0, 0}, {"2027-03-14", 2, 0}, {"2027-03-20", 2, 0}, {"2027-03-21", 2, 2}} { // half of 84 days is over on 03-14
			s.until(c.on)
			s.must(s.Placements.Find(t.Context(), s.Coordinator, s.now.ID))
			overdue := 0
			for _, o := range s.now.File.Owed {
				if o.Overdue {
					overdue++
				}
			}
			if len(s.now.File.Owed) != c.owed || overdue != c.overdue {
				t.Errorf("on %s %d are owed, %d overdue; want %d and %d", c.on, len(s.now.File.Owed), overdue, c.owed, c.overdue)
			}
		}
		s.told(s.person, placements.MidtermPerson, map[string]string{"progress": "mostly", "done": "Half of the courses."})
		s.must(s.Placements.Find(t.Context(), s.Coordinator, s.now.ID))
		if owed := s.now.File.Owed; len(owed) != 1 || owed[0].Kind != placements.MidtermHost {
			t.Errorf("owed are %+v", owed)
		}
	})
}
