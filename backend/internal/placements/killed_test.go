// SPDX-License-Identifier: AGPL-3.0-or-later

package placements_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// touched are the tables that the steps of a stay write to.
var touched = []string{"placements", "placement_steps", "placement_reports", "placement_links", "clearances", "clearance_signatures", "agreement_acceptances",
	"certificates", "needs", "skill_confirmations", "professional_skills", "emergency_contacts", "incidents", "ledger"}

// contents is everything that stands in the tables, in one text.
func (s *stay) contents() string {
	s.t.Helper()
	var out strings.Builder
	err := s.DB.View(s.t.Context(), func(tx *store.Tx) error {
		for _, table := range touched {
			var rows []map[string]any
			if err := tx.Raw(`SELECT * FROM ` + table).Scan(&rows).Error; err != nil {
				return err
			}
			lines := make([]string, len(rows))
			for i, row := range rows {
				lines[i] = fmt.Sprint(row)
			}
			slices.Sort(lines)
			fmt.Fprintln(&out, table, lines)
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return out.String()
}

// killed does something while the machine stops at the last moment: the ledger is
// written last, and cannot be. Then it is done again, for real.
func (s *stay) killed(what string, act func() error) {
	s.t.Helper()
	before := s.contents()
	on, off := `CREATE TRIGGER killed BEFORE INSERT ON ledger BEGIN SELECT RAISE(ABORT, 'rule:killed'); END`, `DROP TRIGGER killed`
	if s.DB.Engine() == store.Postgres {
		on, off = `CREATE TRIGGER killed BEFORE INSERT ON ledger FOR EACH ROW EXECUTE FUNCTION refuse('rule:killed')`, `DROP TRIGGER killed ON ledger`
	}
	run := func(statement string) {
		if err := s.DB.Keep(s.t.Context(), func(tx *store.Tx) error { return tx.Exec(statement).Error }); err != nil {
			s.t.Fatal(err)
		}
	}
	run(on)
	err := act()
	run(off)
	if err == nil {
		s.t.Errorf("%s is acknowledged although it was killed", what)
	}
	if after := s.contents(); after != before {
		s.t.Errorf("%s was killed and left something behind", what)
	}
	if err := act(); err != nil {
		s.t.Fatalf("%s, again: %v", what, err)
	}
	if after := s.contents(); after == before {
		s.t.Errorf("%s changes nothing", what)
	}
	s.must(s.Placements.Find(s.t.Context(), s.Coordinator, s.now.ID))
}

// does takes a step as something that can be killed.
func (s *stay) does(who identity.Actor, ask placements.Ask) {
	s.t.Helper()
	s.killed(ask.Move, func() error {
		_, err := s.Placements.Take(s.t.Context(), who, s.now.ID, s.now.Version, ask)
		return err
	})
}

func TestNothingIsHalfDoneWhenAStepIsKilled(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		s := newStay(t, db, clock)
		s.killed("the signature", func() error {
			_, err := s.Placements.Sign(t.Context(), s.Host, s.now.ID, s.now.Version, placements.Agreement)
			return err
		})
		s.killed("the contacts", func() error {
			_, err := s.Placements.SetContacts(t.Context(), s.person, []placements.Contact{{Name: "Awa", Phone: "+1", Relation: "Sister"}})
			return err
		})
		s.does(s.Coordinator, placements.Ask{Move: "postpone", From: "2027-02-08", To: "2027-05-01", Reason: "A strike."})
		s.does(s.Coordinator, placements.Ask{Move: "prepare"})
		for _, who := range []identity.Actor{s.person, s.Coordinator} {
			s.must(s.Placements.Sign(t.Context(), who, s.now.ID, s.now.Version, placements.Agreement))
		}
		for _, who := range []identity.Actor{s.person, s.Host, s.Coordinator} {
			s.must(s.Placements.Sign(t.Context(), who, s.now.ID, s.now.Version, placements.WorkPlan))
		}
		s.must(s.Placements.Find(t.Context(), s.Coordinator, s.now.ID))
		s.renewed()
		s.does(s.Coordinator, placements.Ask{Move: "clear"})
		s.until(s.now.From)
		s.take(s.Host, placements.Ask{Move: "arrive", On: s.now.From})
		s.does(s.person, placements.Ask{Move: "arrive", On: s.now.From})
		s.killed("the report in confidence", func() error {
			_, err := s.Placements.File(t.Context(), s.person, s.now.ID, placements.Incident{Kind: "fee", Body: "I was asked for money."})
			return err
		})
		s.does(s.person, placements.Ask{Move: "ask_extension", To: s.now.To.Add(10), Reason: "More to do."})
		s.take(s.Host, placements.Ask{Move: "join_extension"})
		s.take(s.Ministry, placements.Ask{Move: "allow_extension"})
		s.must(s.Placements.Find(t.Context(), s.Coordinator, s.now.ID))
		s.does(s.Coordinator, placements.Ask{Move: "extend"})
		s.ended()
	})
}

// ended leads the stay to its certificate, every act killed once.
func (s *stay) ended() {
	s.t.Helper()
	s.until(s.now.To.Add(1))
	s.killed("the end by the calendar", func() error { return s.Placements.Tick(s.t.Context()) })
	for _, r := range reports {
		s.told(s.person, r.kind, r.answers)
	}
	made, err := s.Placements.LinkEvaluation(s.t.Context(), s.Host, s.now.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	s.killed("the evaluation", func() error {
		return s.Placements.AnswerEvaluation(s.t.Context(), made.Secret, map[string]string{"objective": "fully", "passed_on": "mostly", "working_together": "fully", "again": "yes", "skills": "0"})
	})
	s.does(s.Coordinator, placements.Ask{Move: "complete"})
	if s.now.File.Certificate == "" {
		s.t.Error("there is no certificate in the end")
	}
}

func TestWhatIsToldInConfidenceStaysThere(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		s := newStay(t, db, clock)
		for _, wrong := range []placements.Incident{{Kind: "odd", Body: "x"}, {Kind: "fee", Body: " "}, {Kind: "fee", Body: "x", HappenedOn: "2050-01-01"}} {
			if _, err := s.Placements.File(t.Context(), s.person, s.now.ID, wrong); !fault.Is(err, fault.Invalid) {
				t.Errorf("%+v is taken: %v", wrong, err)
			}
		}
		id, err := s.Placements.File(t.Context(), s.person, s.now.ID, placements.Incident{Kind: "fee", Body: "I was asked for money."})
		if err != nil {
			t.Fatal(err)
		}
		for _, who := range []identity.Actor{s.Host, s.Ministry, s.Association, s.Administrator} {
			if _, err := s.Placements.FindIncident(t.Context(), who, id); !fault.HasCode(err, "incident.missing") {
				t.Errorf("the %s reads it: %v", who.Role, err)
			}
			if all, _, err := s.Placements.Incidents(t.Context(), who, "", 0); err != nil || len(all) != 0 {
				t.Errorf("the %s lists %d (%v)", who.Role, len(all), err)
			}
		}
		for _, who := range []identity.Actor{s.person, s.Coordinator} {
			if i, err := s.Placements.FindIncident(t.Context(), who, id); err != nil || i.Body == "" || i.Reference != s.now.Reference {
				t.Errorf("the %s reads %+v (%v)", who.Role, i, err)
			}
		}
		if _, err := s.Placements.Work(t.Context(), s.person, id, 1, "CLOSED", "x"); !fault.HasCode(err, "incident.denied") {
			t.Errorf("whoever told it closes it: %v", err)
		}
		if _, err := s.Placements.Work(t.Context(), s.Coordinator, id, 1, "CLOSED", " "); !fault.Is(err, fault.Invalid) {
			t.Errorf("closed without a word: %v", err)
		}
		i, err := s.Placements.Work(t.Context(), s.Coordinator, id, 1, "CLOSED", "The officer was dismissed.")
		if err != nil || i.State != "CLOSED" || i.Version != 2 {
			t.Errorf("closed: %+v (%v)", i, err)
		}
		if _, err := s.Placements.Work(t.Context(), s.Coordinator, id, 1, "WORKING", ""); !fault.Is(err, fault.Stale) {
			t.Errorf("an older version: %v", err)
		}
	})
}
