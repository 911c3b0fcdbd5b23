// SPDX-License-Identifier: AGPL-3.0-or-later

package bulk_test

import (
	"slices"
	"testing"
	"time"

	"sankofa/backend/internal/board"
	"sankofa/backend/internal/bulk"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/placements/placementstest"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

type world struct {
	*placementstest.World
	bulk  *bulk.Service
	board *board.Service
	clock *storetest.Clock
	t     *testing.T
}

func newWorld(t *testing.T, db *store.DB, clock *storetest.Clock) world {
	w := placementstest.New(t, db)
	return world{w, &bulk.Service{DB: db, Selection: w.Selection}, &board.Service{DB: db, Views: w.Audit}, clock, t}
}

// applied are candidacies of people who applied by themselves.
func (w world) applied(needID string, people ...identity.Actor) []bulk.Target {
	w.t.Helper()
	all := make([]bulk.Target, len(people))
	for i, p := range people {
		c := w.Must(w.Selection.Apply(w.t.Context(), p, needID, "I know this work."))
		all[i] = bulk.Target{Record: "candidacy", ID: c.ID, Version: c.Version}
	}
	return all
}

func (w world) begin(asked bulk.Asked) bulk.Act {
	w.t.Helper()
	made, err := w.bulk.Begin(w.t.Context(), w.Coordinator, asked)
	if err != nil {
		w.t.Fatal(err)
	}
	return w.act(made)
}

func (w world) act(id string) bulk.Act {
	w.t.Helper()
	act, err := w.bulk.Find(w.t.Context(), w.Coordinator, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return act
}

func (w world) state(target bulk.Target) selection.State {
	w.t.Helper()
	c, err := w.Selection.Find(w.t.Context(), w.Coordinator, target.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return c.State
}

func TestARefusalWaitsAndCanBeUndone(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, clock)
		targets := w.applied(w.Of.Published().ID, w.People(3)...)
		asked := bulk.Asked{Kind: bulk.Decline, Reason: "The post needs another language.", Targets: targets}

		effect, err := w.bulk.Preview(t.Context(), w.Coordinator, asked)
		if err != nil || effect.Will != 3 || effect.Told != 3 || !effect.Delayed || len(effect.Cannot) != 0 {
			t.Fatalf("the effect is said to be %+v (%v)", effect, err)
		}
		act := w.begin(asked)
		if act.State != bulk.Waiting || w.state(targets[0]) != selection.Submitted {
			t.Fatalf("the refusal is %s and the candidacy %s; want both to wait", act.State, w.state(targets[0]))
		}
		if _, err := w.bulk.Undo(t.Context(), w.Coordinator, act.ID); err != nil {
			t.Fatal(err)
		}
		clock.Advance(time.Minute)
		if err := w.bulk.Tick(t.Context()); err != nil || w.state(targets[0]) != selection.Submitted {
			t.Fatalf("an act that was undone was carried out (%v)", err)
		}

		// One of them leaves meanwhile: it is listed, and the others are done.
		act = w.begin(asked)
		w.Must(w.Selection.Withdraw(t.Context(), w.owner(targets[2]), targets[2].ID, targets[2].Version, ""))
		clock.Advance(31 * time.Second)
		if err := w.bulk.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		act = w.act(act.ID)
		if act.State != bulk.Done || act.Items[0].Outcome != "done" || act.Items[2].Outcome != "failed" || act.Items[2].Message == "" {
			t.Errorf("became %+v", act)
		}
		if w.state(targets[0]) != selection.NotSelected || w.state(targets[2]) != selection.Withdrawn {
			t.Error("the records are not where the act says")
		}
		if _, err := w.bulk.Undo(t.Context(), w.Coordinator, act.ID); !fault.HasCode(err, "bulk.late") {
			t.Errorf("undoing late: %v", err)
		}
		if _, err := w.bulk.Find(t.Context(), w.Other.Coordinator, act.ID); !fault.HasCode(err, "bulk.missing") {
			t.Errorf("another programme finds it: %v", err)
		}
	})
}

// owner is the person of a candidacy.
func (w world) owner(target bulk.Target) identity.Actor {
	w.t.Helper()
	c, err := w.Selection.Find(w.t.Context(), w.Coordinator, target.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return identity.Actor{UserID: "user of " + c.ProfessionalID, Role: identity.Professional, ProfessionalID: c.ProfessionalID}
}

func TestKilledInBetweenItGoesOnAndDoesNothingTwice(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, clock)
		targets := w.applied(w.Of.Published().ID, w.People(2)...)
		act := w.begin(bulk.Asked{Kind: bulk.Decline, Reason: "Not this time.", Targets: targets})
		clock.Advance(31 * time.Second)
		// The first was refused, and the program ended before it could note that.
		if _, err := w.Selection.Dismiss(t.Context(), w.Coordinator, targets[0].ID, targets[0].Version, "Not this time."); err != nil {
			t.Fatal(err)
		}
		if err := w.bulk.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, item := range w.act(act.ID).Items {
			if item.Outcome != "done" {
				t.Errorf("record %d is %s: %s", item.Position, item.Outcome, item.Message)
			}
		}
	})
}

func TestTagsAndAssignmentsAreDoneAtOnceAndPutBack(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, clock)
		targets := w.applied(w.Of.Published().ID, w.People(2)...)
		count := func(f board.Filter) int {
			t.Helper()
			b, err := w.board.Show(t.Context(), w.Coordinator, f)
			if err != nil {
				t.Fatal(err)
			}
			return len(b.Cards)
		}
		act := w.begin(bulk.Asked{Kind: bulk.Tag, Value: "spring", Targets: targets[:1]})
		if act.State != bulk.Done || count(board.Filter{Tag: "spring"}) != 1 || count(board.Filter{}) != 2 {
			t.Fatalf("the tag is %s; the board shows %d of %d", act.State, count(board.Filter{Tag: "spring"}), count(board.Filter{}))
		}
		mine := w.begin(bulk.Asked{Kind: bulk.Assign, Value: w.Coordinator.UserID, Targets: targets})
		if count(board.Filter{Mine: true}) != 2 {
			t.Error("what was assigned is not on the board of the colleague")
		}
		for _, one := range []bulk.Act{act, mine} {
			if _, err := w.bulk.Undo(t.Context(), w.Coordinator, one.ID); err != nil {
				t.Fatal(err)
			}
		}
		if count(board.Filter{Tag: "spring"})+count(board.Filter{Mine: true}) != 0 {
			t.Error("undoing left marks behind")
		}
		if b, err := w.board.Show(t.Context(), w.Host, board.Filter{}); err != nil || len(b.Tags)+len(b.Members) != 0 {
			t.Errorf("the host reads the coordinators' marks: %v (%v)", b.Tags, err)
		}
		if _, err := w.bulk.Begin(t.Context(), w.Host, bulk.Asked{Kind: bulk.Tag, Value: "x", Targets: targets}); !fault.HasCode(err, "bulk.missing") {
			t.Errorf("a host acts on many: %v", err)
		}
	})
}

func TestRemindersReachWhoHasTheNextStep(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, clock)
		c := w.Shortlisted(w.Of.Published(), w.People(1)...)[0]
		asked := bulk.Asked{Kind: bulk.Remind, Targets: []bulk.Target{{Record: "candidacy", ID: c.ID, Version: c.Version}}}
		act := w.begin(asked)
		clock.Advance(31 * time.Second)
		if got := w.act(act.ID); got.State != bulk.Done || got.Items[0].Outcome != "done" { // looking carries out what is due
			t.Fatalf("the reminder became %+v", got)
		}
		var told []string
		err := db.View(t.Context(), func(tx *store.Tx) error {
			return tx.Raw(`SELECT details FROM ledger WHERE name = 'task.reminded'`).Scan(&told).Error
		})
		if err != nil || len(told) != 1 {
			t.Fatalf("reminded %v (%v)", told, err)
		}
	})
}

func TestTheBoardOffersWhatTheReaderMayDo(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, clock)
		people := w.People(2)
		_, placed := w.Placed(w.Of.Published(), people[0])
		w.Shortlisted(w.Of.Published(), people[1])
		b, err := w.board.Show(t.Context(), w.Coordinator, board.Filter{})
		if err != nil || len(b.Cards) != 2 {
			t.Fatalf("the board shows %+v (%v), want a candidacy and a placement", b.Cards, err)
		}
		for _, card := range b.Cards {
			if card.ID == placed.ID && (len(card.Moves) == 0 || card.Moves[0].Name != "clear") {
				t.Errorf("a placement that is prepared offers %v", card.Moves)
			}
			if card.Record == "candidacy" && len(card.Moves) != 0 {
				t.Errorf("what waits for the host offers the coordinator %v", card.Moves)
			}
		}
		host, err := w.board.Show(t.Context(), w.Host, board.Filter{Record: "candidacy"})
		if err != nil || len(host.Cards) != 1 || len(host.Cards[0].Moves) != 2 {
			t.Errorf("the host's board is %+v (%v)", host.Cards, err)
		}
		if now, err := w.board.Show(t.Context(), w.Coordinator, board.Filter{Now: true}); err != nil || len(now.Cards) != 0 {
			t.Errorf("nobody has left yet, and %d are said to be there (%v)", len(now.Cards), err)
		}
		if other, err := w.board.Show(t.Context(), w.Other.Coordinator, board.Filter{}); err != nil || len(other.Cards) != 0 {
			t.Errorf("another programme sees %d cards (%v)", len(other.Cards), err)
		}
	})
}

func TestTheBoardOffersTheStepsOfTheTable(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, clock)
		people := w.People(2)
		n := w.Of.Published()
		target := w.applied(n.ID, people[0])[0]
		offered := func(who identity.Actor, id string) (names []string) {
			b, err := w.board.Show(t.Context(), who, board.Filter{})
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range b.Cards {
				if c.ID == id {
					for _, m := range c.Moves {
						names = append(names, m.Name)
					}
				}
			}
			return names
		}
		if got := offered(w.Coordinator, target.ID); !slices.Equal(got, []string{"admit", "exclude", "dismiss"}) {
			t.Errorf("an application offers %v", got)
		}
		for i, step := range []string{"admit", "longlist"} {
			w.Must(w.Selection.Take(t.Context(), w.Coordinator, target.ID, target.Version+i, selection.Ask{Move: step}))
		}
		if got := offered(w.Coordinator, target.ID); !slices.Equal(got, []string{"shortlist", "dismiss"}) {
			t.Errorf("the longlist offers %v", got)
		}
		chosen := w.Shortlisted(n, people[1])[0]
		if got := offered(w.Host, chosen.ID); !slices.Equal(got, []string{"endorse", "refuse"}) {
			t.Errorf("the shortlist offers the host %v", got)
		}
		if got := offered(w.Coordinator, chosen.ID); len(got) != 0 {
			t.Errorf("who sits on no committee is offered %v", got)
		}
		seats := []selection.Seat{{UserID: w.Coordinator.UserID, Seat: "coordinator", Chair: true}}
		if _, err := w.Selection.Seat(t.Context(), w.Coordinator, n.ID, w.Version(n.ID), seats); err != nil {
			t.Fatal(err)
		}
		if got := offered(w.Coordinator, chosen.ID); !slices.Equal(got, []string{"assess"}) {
			t.Errorf("a member of the committee is offered %v", got)
		}
	})
}
