// SPDX-License-Identifier: AGPL-3.0-or-later

package placements_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/placements/placementstest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

func TestALetterOfGoodStandingMustBeFresh(t *testing.T) {
	for _, c := range []struct {
		issued, first day.Day
		age           int
		short         string
	}{
		{"2026-09-15", "2027-02-01", 139, "too_old"},
		{"2026-12-10", "2027-02-01", 53, ""},
		{"2026-11-03", "2027-02-01", 90, ""},
		{"2026-11-02", "2027-02-01", 91, "too_old"},
		{"2027-02-02", "2027-02-01", -1, "dated_later"},
		{"", "2027-02-01", 0, "no_date"},
	} {
		letter := placements.Clearance{Kind: placements.GoodStanding, IssuedOn: c.issued}
		if got := letter.Short(c.first, c.first.Add(83)); got != c.short {
			t.Errorf("a letter of %s for %s: got %q, want %q", c.issued, c.first, got, c.short)
		}
		if got := letter.Age(c.first); c.issued != "" && got != c.age {
			t.Errorf("a letter of %s is %d days old on %s, want %d", c.issued, got, c.first, c.age)
		}
	}
}

func TestPapersReachTheWholeStay(t *testing.T) {
	const from, to = day.Day("2027-02-01"), day.Day("2027-04-25")
	for _, c := range []struct {
		paper placements.Clearance
		short string
	}{
		{placements.Clearance{Kind: placements.Insurance, ValidFrom: from, ValidUntil: to}, ""},
		{placements.Clearance{Kind: placements.Insurance, ValidFrom: from.Add(1), ValidUntil: to}, "covers_not_all_days"},
		{placements.Clearance{Kind: placements.Insurance, ValidFrom: from, ValidUntil: to.Add(-1)}, "covers_not_all_days"},
		{placements.Clearance{Kind: placements.Insurance, ValidFrom: from}, "covers_not_all_days"},
		{placements.Clearance{Kind: placements.RightOfReturn, ValidUntil: to.Add(30)}, ""},
		{placements.Clearance{Kind: placements.RightOfReturn, ValidUntil: to.Add(29)}, "ends_too_soon"},
		{placements.Clearance{Kind: placements.RightOfReturn}, ""},
		{placements.Clearance{Kind: placements.Registration, ValidUntil: to.Add(-1)}, "ends_too_soon"},
		{placements.Clearance{Kind: placements.Entry, ValidFrom: from.Add(1)}, "begins_too_late"},
		{placements.Clearance{Kind: placements.Briefing}, ""},
	} {
		if got := c.paper.Short(from, to); got != c.short {
			t.Errorf("%s from %q to %q: got %q, want %q", c.paper.Kind, c.paper.ValidFrom, c.paper.ValidUntil, got, c.short)
		}
	}
}

func TestTheChecklistFollowsFromTheFacts(t *testing.T) {
	all := func(f placements.Facts) string {
		var kinds []string
		for _, c := range placements.Checklist(f) {
			kinds = append(kinds, string(c.Kind))
		}
		return strings.Join(kinds, " ")
	}
	for _, c := range []struct {
		facts placements.Facts
		want  string
	}{
		{placements.Facts{Modality: "virtual", Residence: "temporary"}, "agreement work_plan briefing safeguarding"},
		{placements.Facts{Modality: "onsite", OriginLink: "citizen", Residence: "citizen"}, "agreement work_plan insurance medical briefing safeguarding host_readiness"},
		{placements.Facts{Modality: "hybrid", OriginLink: "born", Residence: "permanent", Regulated: true, Employed: true},
			"agreement work_plan registration good_standing insurance medical entry right_of_return employer briefing safeguarding host_readiness"},
	} {
		if got := all(c.facts); got != c.want {
			t.Errorf("%+v:\n got %s\nwant %s", c.facts, got, c.want)
		}
	}
}

func TestTheGuardCountsAbsences(t *testing.T) {
	type stay = placements.Absence
	for _, c := range []struct {
		what    string
		status  string
		from    day.Day
		to      day.Day
		earlier []stay
		want    placements.Guard
	}{
		{"a citizen", "citizen", "2027-01-11", "2027-07-09", nil, placements.Guard{Signal: placements.Green, Rule: "citizen"}},
		{"a refugee", "refugee", "2027-01-11", "2027-01-20", nil, placements.Guard{Signal: placements.Amber, Rule: "ask_the_authority"}},
		{"a long-term resident for a year", "permanent", "2027-01-01", "2027-12-31", nil,
			placements.Guard{Signal: placements.Green, Rule: "twelve_months_in_a_row", Limit: 365, Counted: 365, SafeUntil: "2027-12-31", Consecutive: true}},
		{"a day more", "permanent", "2027-01-01", "2028-01-01", nil,
			placements.Guard{Signal: placements.Red, Rule: "twelve_months_in_a_row", Limit: 365, Counted: 366, SafeUntil: "2027-12-31", Consecutive: true}},
		{"one stay after the other, without a night at home", "permanent", "2027-07-01", "2027-12-31", []stay{{"2027-01-01", "2027-06-30"}, {"2026-11-01", "2026-12-31"}},
			placements.Guard{Signal: placements.Red, Rule: "twelve_months_in_a_row", Limit: 365, Counted: 426, SafeUntil: "2027-10-31", Consecutive: true}},
		{"with a week at home between them", "permanent", "2027-07-08", "2027-12-31", []stay{{"2027-01-01", "2027-06-30"}},
			placements.Guard{Signal: placements.Green, Rule: "twelve_months_in_a_row", Limit: 365, Counted: 177, SafeUntil: "2028-07-06", Consecutive: true}},
		{"a permit for some years, and ten months away in all", "temporary", "2027-03-01", "2027-04-30", []stay{{"2023-01-01", "2023-05-31"}, {"2025-01-01", "2025-04-30"}},
			placements.Guard{Signal: placements.Red, Rule: "ten_months_in_five_years", Limit: 304, Counted: 332, SafeUntil: "2027-04-02"}},
		{"the first of them is longer ago than five years", "temporary", "2028-06-01", "2028-07-31", []stay{{"2023-01-01", "2023-05-31"}, {"2025-01-01", "2025-04-30"}},
			placements.Guard{Signal: placements.Green, Rule: "six_months_in_a_row", Limit: 180, Counted: 61, SafeUntil: "2028-11-27", Consecutive: true}},
	} {
		if got := placements.GuardOf(c.status, c.from, c.to, c.earlier); got != c.want {
			t.Errorf("%s:\n got %+v\nwant %+v", c.what, got, c.want)
		}
	}
}

func TestHalfTimeOfALongStay(t *testing.T) {
	if got := (placements.Placement{From: "2027-01-11", To: "2027-07-09"}).Midterm(); got != "2027-04-10" {
		t.Errorf("half of 180 days from 2027-01-11 is over on %s, want 2027-04-10", got)
	}
	if got := (placements.Placement{From: "2027-01-01", To: "2027-02-10"}).Midterm(); got != "" {
		t.Errorf("41 days have a mid-term on %s, want none", got)
	}
}

// stay is a placement on which its people take one step after the other.
type stay struct {
	*placementstest.World
	t      *testing.T
	person identity.Actor
	clock  *storetest.Clock
	now    placements.View
}

func newStay(t *testing.T, db *store.DB, clock *storetest.Clock) *stay {
	w := placementstest.New(t, db)
	s := &stay{World: w, t: t, person: w.People(1)[0], clock: clock}
	_, s.now = w.Placed(w.Of.Published(), s.person)
	return s
}

// must takes what a step returned, or ends the test.
func (s *stay) must(v placements.View, err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatalf("%s: %v", s.now.State, err)
	}
	s.now = v
}

func (s *stay) take(who identity.Actor, ask placements.Ask) {
	s.t.Helper()
	s.must(s.Placements.Take(s.t.Context(), who, s.now.ID, s.now.Version, ask))
}

// refused takes a step that must not happen, for the reason, and leaves nothing.
func (s *stay) refused(who identity.Actor, ask placements.Ask, code string) {
	s.t.Helper()
	_, err := s.Placements.Take(s.t.Context(), who, s.now.ID, s.now.Version, ask)
	if !fault.HasCode(err, code) {
		s.t.Errorf("%s by the %s while %s: got %v, want %s", ask.Move, who.Role, s.now.State, err, code)
	}
	after, err := s.Placements.Find(s.t.Context(), s.Coordinator, s.now.ID)
	if err != nil || after.Version != s.now.Version || after.State != s.now.State {
		s.t.Errorf("the refused %s left version %d %s (%v)", ask.Move, after.Version, after.State, err)
	}
}

// cleared brings and verifies everything that is asked for.
func (s *stay) cleared() {
	s.t.Helper()
	for _, c := range s.now.File.Clearances {
		if c.Done {
			continue
		}
		if c.Kind == placements.Agreement || c.Kind == placements.WorkPlan {
			for _, who := range []identity.Actor{s.person, s.Host, s.Coordinator} {
				s.must(s.Placements.Sign(s.t.Context(), who, s.now.ID, s.now.Version, c.Kind))
			}
			continue
		}
		s.must(s.Placements.Bring(s.t.Context(), s.Coordinator, s.now.ID, s.now.Version, c.Kind,
			placements.Paper{IssuedOn: s.now.From.Add(-53), ValidFrom: s.now.From, ValidUntil: s.now.To.Add(60)}))
		s.must(s.Placements.Decide(s.t.Context(), s.Coordinator, s.now.ID, s.now.Version, c.Kind, placements.Verified, ""))
	}
}

// until moves the clock to nine o'clock of a day.
func (s *stay) until(d day.Day) { s.clock.Advance(d.Time().Add(9 * time.Hour).Sub(s.clock.Now())) }

func (s *stay) need() needs.State {
	s.t.Helper()
	return s.Of.Must(s.Of.Needs.Find(s.t.Context(), s.Coordinator, s.now.NeedID)).State
}

var reports = []struct {
	kind    placements.ReportKind
	answers map[string]string
}{
	{placements.HandoverNote, map[string]string{"done": "Two midwives lead the ward.", "open": "A third is being trained."}},
	{placements.FinalReport, map[string]string{"objective": "mostly", "outputs": "Ten courses.", "passed_on": "Emergency care."}},
	{placements.NoFee, map[string]string{"declared": "yes"}},
}

func (s *stay) told(who identity.Actor, kind placements.ReportKind, answers map[string]string) {
	s.t.Helper()
	s.must(s.Placements.Report(s.t.Context(), who, s.now.ID, s.now.Version, kind, answers))
}

func TestAStayFromTheOfferToTheYearAfter(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		s := newStay(t, db, clock)
		s.refused(s.Coordinator, placements.Ask{Move: "clear"}, "placement.incomplete")
		s.refused(s.Host, placements.Ask{Move: "clear"}, "placement.denied")
		s.refused(s.Coordinator, placements.Ask{Move: "depart", On: "2027-01-31"}, "placement.no_step")
		s.cleared()
		s.take(s.Coordinator, placements.Ask{Move: "clear"})
		s.refused(s.person, placements.Ask{Move: "depart"}, "request.invalid")
		s.take(s.person, placements.Ask{Move: "depart", On: "2027-01-31"})
		s.until("2027-02-01")
		s.take(s.Host, placements.Ask{Move: "arrive", On: "2027-02-01"})
		if s.now.State != placements.Travelling {
			t.Fatalf("one side's word is enough to be %s", s.now.State)
		}
		s.refused(s.Host, placements.Ask{Move: "arrive", On: "2027-02-01"}, "placement.arrival_said")
		s.refused(s.Coordinator, placements.Ask{Move: "arrive", On: "2027-02-01"}, "placement.arrival_early")
		s.take(s.person, placements.Ask{Move: "arrive", On: "2027-02-01"})
		if s.now.State != placements.OnDuty || s.need() != needs.Underway {
			t.Fatalf("with both words the stay is %s and the need %s", s.now.State, s.need())
		}
		s.take(s.Coordinator, placements.Ask{Move: "suspend", Reason: "A storm."})
		s.take(s.Coordinator, placements.Ask{Move: "resume"})
		s.refused(s.Host, placements.Ask{Move: "end", On: s.now.To}, "placement.incomplete")
		s.until(s.now.To.Add(1))
		if err := s.Placements.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.must(s.Placements.Find(t.Context(), s.Coordinator, s.now.ID))
		if s.now.State != placements.Ended {
			t.Fatalf("the day after the last it is %s", s.now.State)
		}
		s.finished()
	})
}

// finished tells what is asked for after a stay, and leads it to its end.
func (s *stay) finished() {
	s.t.Helper()
	s.refused(s.Coordinator, placements.Ask{Move: "complete"}, "placement.incomplete")
	for _, r := range reports {
		s.told(s.person, r.kind, r.answers)
	}
	s.refused(s.Coordinator, placements.Ask{Move: "complete"}, "placement.incomplete")
	s.told(s.Host, placements.HostEvaluation, map[string]string{"objective": "fully", "passed_on": "mostly", "working_together": "fully", "again": "yes"})
	s.take(s.Coordinator, placements.Ask{Move: "complete"})
	if s.need() != needs.Delivered {
		s.t.Errorf("the need is %s when its only stay is completed", s.need())
	}
	proof, err := s.Placements.Check(s.t.Context(), strings.ToLower(s.now.File.Certificate[:4]+"-"+s.now.File.Certificate[4:]))
	if err != nil || proof.Days != s.now.Days() || proof.From != s.now.From || proof.Organisation == "" {
		s.t.Errorf("the certificate says %+v (%v)", proof, err)
	}
	if _, err := s.Placements.Check(s.t.Context(), "0000"); !fault.HasCode(err, "certificate.missing") {
		s.t.Errorf("a code that nobody issued: %v", err)
	}
	if _, err := s.Placements.Report(s.t.Context(), s.person, s.now.ID, s.now.Version, placements.FinalReport, reports[1].answers); !fault.HasCode(err, "report.closed") {
		s.t.Errorf("a report after the file was closed: %v", err)
	}
	used := map[string]string{"still_in_use": "mostly", "evidence": "The ward works by the new plan."}
	s.told(s.person, placements.FollowUp3, used)
	s.refused(s.Coordinator, placements.Ask{Move: "follow_up"}, "placement.incomplete")
	s.told(s.Host, placements.FollowUp12, used)
	s.take(s.Coordinator, placements.Ask{Move: "follow_up"})
	s.told(s.Coordinator, placements.OutcomeNote, map[string]string{"level": "high", "outcome": "Fewer deaths.", "repeat": "yes"})
	s.take(s.Coordinator, placements.Ask{Move: "close"})
	if s.now.State != placements.Closed || len(s.now.File.Next) != 0 {
		s.t.Errorf("at the end it is %s, and next come %v", s.now.State, s.now.File.Next)
	}
}

func TestOtherDaysReopenWhatNoLongerCoversThem(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		s := newStay(t, db, clock)
		s.cleared()
		s.take(s.Coordinator, placements.Ask{Move: "clear"})
		s.refused(s.Coordinator, placements.Ask{Move: "postpone", From: "2027-05-01", To: "2027-07-23"}, "request.invalid")
		s.take(s.Coordinator, placements.Ask{Move: "postpone", From: "2027-05-01", To: "2027-07-23", Reason: "The ward is rebuilt."})
		s.take(s.Coordinator, placements.Ask{Move: "prepare"})
		var open []string
		for _, c := range s.now.File.Clearances {
			if c.Done {
				continue
			}
			open = append(open, string(c.Kind)+":"+c.Short)
			if c.State != placements.Provided || c.DecidedAt != nil {
				t.Errorf("%s no longer reaches and is still %s, decided at %v", c.Kind, c.State, c.DecidedAt)
			}
		}
		want := "insurance:covers_not_all_days medical:ends_too_soon entry:ends_too_soon employer:ends_too_soon"
		if got := strings.Join(open, " "); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		s.refused(s.Coordinator, placements.Ask{Move: "clear"}, "placement.incomplete")
	})
}

func TestWhatAllThreeSignCountsWhenAllThreeHave(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		s := newStay(t, db, clock)
		plan := func() placements.ClearanceView {
			i := slices.IndexFunc(s.now.File.Clearances, func(c placements.ClearanceView) bool { return c.Kind == placements.WorkPlan })
			return s.now.File.Clearances[i]
		}
		for i, who := range []identity.Actor{s.person, s.Host, s.Coordinator} {
			s.must(s.Placements.Sign(t.Context(), who, s.now.ID, s.now.Version, placements.WorkPlan))
			if got := plan(); got.Done != (i == 2) || len(got.Signed) != i+1 {
				t.Errorf("with %d signatures it is %s, done %t, signed by %v", i+1, got.State, got.Done, got.Signed)
			}
			if _, err := s.Placements.Sign(t.Context(), who, s.now.ID, s.now.Version, placements.WorkPlan); !fault.HasCode(err, "clearance.signed_already") {
				t.Errorf("the %s signs twice: %v", who.Role, err)
			}
		}
		if _, err := s.Placements.Sign(t.Context(), s.Ministry, s.now.ID, s.now.Version, placements.Agreement); !fault.HasCode(err, "placement.denied") {
			t.Errorf("the ministry signs: %v", err)
		}
		if _, err := s.Placements.Decide(t.Context(), s.Coordinator, s.now.ID, s.now.Version, placements.Agreement, placements.Verified, ""); !fault.HasCode(err, "clearance.signed") {
			t.Errorf("the coordinator verifies what nobody signed: %v", err)
		}
	})
}

func TestAStayThatIsCutShort(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		s := newStay(t, db, clock)
		s.cleared()
		s.take(s.Coordinator, placements.Ask{Move: "clear"})
		s.until("2027-02-01")
		s.take(s.person, placements.Ask{Move: "arrive", On: "2027-02-01"})
		s.until("2027-02-06")
		s.take(s.Coordinator, placements.Ask{Move: "arrive", On: "2027-02-01"})
		s.take(s.Coordinator, placements.Ask{Move: "evacuate", Reason: "Fighting in the town."})
		s.refused(s.person, placements.Ask{Move: "curtail", On: "2027-03-09", Reason: "x"}, "placement.denied")
		s.refused(s.Coordinator, placements.Ask{Move: "curtail", On: "2027-05-09", Reason: "x"}, "request.invalid")
		s.take(s.Coordinator, placements.Ask{Move: "curtail", On: "2027-03-09", Reason: "It is not safe."})
		if s.now.Days() != 37 || s.need() != needs.Delivered {
			t.Errorf("got %d days served and a need %s, want 37 and delivered", s.now.Days(), s.need())
		}
	})
}

func TestWhoSeesWhatOfAFile(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		s := newStay(t, db, clock)
		s.must(s.Placements.Bring(t.Context(), s.person, s.now.ID, s.now.Version, placements.Employer, placements.Paper{Reference: "HR-77"}))
		s.must(s.Placements.Decide(t.Context(), s.Coordinator, s.now.ID, s.now.Version, placements.Medical, placements.Verified, ""))
		for _, c := range []struct {
			who                         identity.Actor
			medical, number, guard, any bool
		}{
			{s.person, true, true, true, true}, {s.Coordinator, true, true, true, true},
			{s.Host, false, false, false, true}, {s.Ministry, false, false, false, true}, {s.Association, false, false, false, false},
		} {
			v, err := s.Placements.Find(t.Context(), c.who, s.now.ID)
			if err != nil {
				t.Fatalf("the %s: %v", c.who.Role, err)
			}
			has := func(kind placements.ClearanceKind, number string) bool {
				return slices.ContainsFunc(v.File.Clearances, func(l placements.ClearanceView) bool { return l.Kind == kind && strings.Contains(l.Reference, number) })
			}
			if got := has(placements.Medical, ""); got != c.medical {
				t.Errorf("the %s sees medical fitness: %t", c.who.Role, got)
			}
			if got := has(placements.Employer, "HR-77"); got != c.number {
				t.Errorf("the %s sees the number of a letter: %t", c.who.Role, got)
			}
			if got := v.File.Guard != nil; got != c.guard {
				t.Errorf("the %s sees the guard: %t", c.who.Role, got)
			}
			if got := len(v.File.Clearances) > 0; got != c.any {
				t.Errorf("the %s sees a checklist: %t", c.who.Role, got)
			}
		}
		if _, err := s.Placements.Bring(t.Context(), s.Host, s.now.ID, s.now.Version, placements.Employer, placements.Paper{}); !fault.HasCode(err, "placement.denied") {
			t.Errorf("the host brings the employer's letter: %v", err)
		}
		if _, err := s.Placements.Bring(t.Context(), s.person, s.now.ID, s.now.Version, placements.Medical, placements.Paper{Reference: "diabetes"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("a diagnosis is kept: %v", err)
		}
	})
}
