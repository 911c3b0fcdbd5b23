// SPDX-License-Identifier: AGPL-3.0-or-later

package notices_test

import (
	"strings"
	"testing"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/mail/mailtest"
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
		expect("a week after the end", "report_reminder", 1, 0)
		expect("a week after the end", "evaluation_reminder", 0, 1)
		on("2027-05-15")
		expect("not yet three weeks after the end", "evaluation_reminder", 0, 1)
		on("2027-05-16")
		expect("three weeks after the end", "evaluation_reminder", 0, 2)
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

// A mid-term note that is a week late is told to whoever owes it, and to the coordinator.
func TestALateMidtermNoteIsToldOnce(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, nil)
		ama := w.Joined("ama@example.org", privacy.Purposes...)
		_, p := w.Placed(w.Of.Published(), ama)
		w.told()
		err := db.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(`UPDATE placements SET state = 'ON_DUTY', from_on = '2027-01-11', to_on = '2027-07-09' WHERE id = ?`, p.ID).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		told := func(on day.Day, person, host, coordinator int) {
			t.Helper()
			clock.Advance(on.Time().Add(12 * time.Hour).Sub(clock.Now()))
			for range 2 {
				clock.Advance(2 * time.Hour)
				if err := w.Tick(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			for _, side := range []struct {
				who  identity.Actor
				kind string
				want int
			}{{ama, "midterm_reminder", person}, {w.Host, "midterm_reminder", host}, {w.Coordinator, "midterm_overdue", coordinator}} {
				if got := strings.Count(kinds(w.news(side.who)), side.kind); got != side.want {
					t.Errorf("on %s the %s was told %d times, want %d", on, side.who.Role, got, side.want)
				}
			}
		}
		told("2027-04-16", 0, 0, 0)
		v, err := w.Placements.Find(t.Context(), w.Host, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		note := map[string]string{"progress": "mostly", "done": "Half of it."}
		if _, err := w.Placements.Report(t.Context(), w.Host, p.ID, v.Version, placements.MidtermHost, note); err != nil {
			t.Fatal(err)
		}
		told("2027-04-17", 1, 0, 1)
		told("2027-05-17", 1, 0, 1)
	})
}

// When a stay has ended, the host gets a link that opens its evaluation, and the
// reminder none that is over.
func TestTheLinkToAnEvaluationIsMailed(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		server := mailtest.New(t)
		w := newWorld(t, db, server)
		ama := w.Joined("ama@example.org", privacy.Purposes...)
		_, p := w.Placed(w.Of.Published(), ama)
		w.sent()
		err := db.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(`UPDATE placements SET state = 'ON_DUTY' WHERE id = ?`, p.ID).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		clock.Advance(p.To.Add(1).Time().Add(12 * time.Hour).Sub(clock.Now()))
		if err := w.Placements.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.sent()
		link := func() string {
			t.Helper()
			found := ""
			for _, got := range server.Mails() {
				if _, text := body(t, got); strings.Contains(text, "https://sankofa.test/evaluate#") {
					found = secretIn(t, text)
				}
			}
			return found
		}
		first := link()
		e, err := w.Placements.OpenEvaluation(t.Context(), first)
		if err != nil || e.Placement.ID != p.ID || len(e.Answers) != 0 {
			t.Fatalf("the link opens %+v: %v", e.Placement, err)
		}
		clock.Advance(7 * 24 * time.Hour)
		if err := w.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.sent()
		second := link()
		if second == first {
			t.Error("the reminder holds the secret of another mail")
		}
		v, err := w.Placements.Find(t.Context(), w.Coordinator, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Placements.MailEvaluation(t.Context(), w.Coordinator, p.ID, v.Version); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Placements.MailEvaluation(t.Context(), w.Coordinator, p.ID, v.Version); !fault.Is(err, fault.Stale) {
			t.Errorf("asked twice at once: %v", err)
		}
		w.sent()
		if third := link(); third == second || third == first {
			t.Error("what the coordinator asked for was not mailed")
		}
		answers := map[string]string{"objective": "mostly", "passed_on": "fully", "working_together": "fully", "again": "yes"}
		for _, secret := range []string{second, first} {
			if err := w.Placements.AnswerEvaluation(t.Context(), secret, answers); err != nil {
				t.Fatal(err)
			}
		}
		if v, err = w.Placements.Find(t.Context(), w.Coordinator, p.ID); err != nil || len(v.File.Reports) != 1 || v.File.CanMail {
			t.Fatalf("sent twice there are %d evaluations: %v", len(v.File.Reports), err)
		}
		if _, err := w.Placements.MailEvaluation(t.Context(), w.Coordinator, p.ID, v.Version); !fault.HasCode(err, "evaluation.there") {
			t.Errorf("asked for what is there: %v", err)
		}
		clock.Advance(60 * 24 * time.Hour)
		if _, err := w.Placements.OpenEvaluation(t.Context(), second); err == nil {
			t.Error("the link still works after two months")
		}
	})
}

// Who has begun an application is told three days before the call closes, and when it is
// extended; who has sent it is not.
func TestWhoHasBegunAnApplicationIsToldBeforeTheCallCloses(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, nil)
		ama, kofi := w.Joined("ama@example.org", privacy.Purposes...), w.Joined("kofi@example.org", privacy.Purposes...)
		n := w.Of.Published()
		for range 2 {
			for _, who := range []identity.Actor{ama, kofi} {
				if err := w.Selection.BeginDraft(t.Context(), who, n.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
		if _, err := w.Selection.Apply(t.Context(), kofi, n.ID, "I have done this for years."); err != nil {
			t.Fatal(err)
		}
		if err := w.Selection.BeginDraft(t.Context(), kofi, n.ID); err != nil { // from another window
			t.Fatal(err)
		}
		told := func(about string, closes day.Day, before, kofis, amas int) {
			t.Helper()
			w.told()
			clock.Advance(closes.Add(-before).Time().Add(9 * time.Hour).Sub(clock.Now()))
			if err := w.Tick(t.Context()); err != nil {
				t.Fatal(err)
			}
			for who, want := range map[identity.Actor]int{ama: amas, kofi: kofis} {
				if got := strings.Count(kinds(w.news(who)), "call_closing"); got != want {
					t.Errorf("%s somebody is told %d times, want %d", about, got, want)
				}
			}
		}
		told("four days before", n.ClosesOn, 4, 0, 0)
		told("three days before", n.ClosesOn, 3, 0, 1)
		told("two days before", n.ClosesOn, 2, 0, 1)
		later := n.ClosesOn.Add(14)
		if _, err := w.Of.Needs.Extend(t.Context(), w.Coordinator, n.ID, w.Version(n.ID), later, "Few have applied"); err != nil {
			t.Fatal(err)
		}
		told("three days before the new end", later, 3, 0, 2)
		for who, want := range map[identity.Actor]int{ama: 1, kofi: 0, w.Host: 1} {
			if got := strings.Count(kinds(w.news(who)), "call_extended"); got != want {
				t.Errorf("of the extension the %s is told %d times, want %d", who.Role, got, want)
			}
		}
		if err := w.Selection.DropDraft(t.Context(), ama, n.ID); err != nil {
			t.Fatal(err)
		}
		var left int64
		if err := db.View(t.Context(), func(tx *store.Tx) error { return tx.Table("application_drafts").Count(&left).Error }); err != nil || left != 0 {
			t.Errorf("%d drafts are left: %v", left, err)
		}
	})
}
