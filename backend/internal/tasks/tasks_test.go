// SPDX-License-Identifier: AGPL-3.0-or-later

package tasks_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/lifecycle"
	"sankofa/backend/internal/placements/placementstest"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
	"sankofa/backend/internal/tasks"
)

// kinds lists what waits, by name.
func kinds(all []tasks.Task) []string {
	var out []string
	for _, t := range all {
		out = append(out, t.Kind)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

type world struct {
	*placementstest.World
	tasks *tasks.Service
	t     *testing.T
}

func (w world) box(who identity.Actor) tasks.Inbox {
	w.t.Helper()
	box, err := w.tasks.List(w.t.Context(), who, tasks.Filter{Others: true})
	if err != nil {
		w.t.Fatal(err)
	}
	count, overdue, err := w.tasks.Count(w.t.Context(), who)
	if err != nil || count != len(box.Mine) || overdue != box.Overdue {
		w.t.Fatalf("counted %d and %d overdue, listed %d and %d (%v)", count, overdue, len(box.Mine), box.Overdue, err)
	}
	return box
}

// events counts how often somebody was told.
func (w world) events() (n int64) {
	w.t.Helper()
	err := w.DB.View(w.t.Context(), func(tx *store.Tx) error {
		return tx.Raw(`SELECT count(*) FROM ledger WHERE name = 'task.overdue'`).Scan(&n).Error
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

func TestWhatWaitsIsWithWhoeverHasToAct(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := world{World: placementstest.New(t, db), tasks: &tasks.Service{DB: db}, t: t}
		people := w.People(2)
		n := w.Of.Published()
		listed := w.Shortlisted(n, people...)

		host := w.box(w.Host)
		if got, want := kinds(host.Mine), []string{"candidacy.endorse"}; !slices.Equal(got, want) || len(host.Mine) != 2 {
			t.Fatalf("the host has %v, want %v for two people", got, want)
		}
		first := host.Mine[0]
		if first.Person == "" || first.Title == "" || first.Reference != n.Reference {
			t.Errorf("the task does not say what it is about: %+v", first)
		}
		if limit := first.Due.Sub(first.Since); limit != 10*24*time.Hour {
			t.Errorf("the host has %s to endorse, want the ten days of the usual chain", limit)
		}
		if got := kinds(w.box(w.Ministry).Mine); slices.Contains(got, "candidacy.clear") {
			t.Errorf("the ministry has %v before the host has decided", got)
		}
		// The person is told a status and not on whom it waits.
		own := w.box(people[0])
		if len(own.Mine) != 0 || len(own.Others) != 1 || own.Others[0].Kind != "candidacy.status.interview" {
			t.Errorf("the person reads %+v", own)
		}
		if other := w.box(w.Other.Host); len(other.Mine)+len(other.Others) != 0 {
			t.Errorf("another programme's host has %v", kinds(other.Mine))
		}

		c, err := w.Selection.Endorse(t.Context(), w.Host, listed[0].ID, listed[0].Version, placementstest.Yes)
		if err != nil {
			t.Fatal(err)
		}
		if got := w.box(w.Ministry).Mine; !slices.Contains(kinds(got), "candidacy.clear") {
			t.Errorf("after the endorsement the ministry has %v", kinds(got))
		}
		one, err := w.tasks.List(t.Context(), w.Coordinator, tasks.Filter{Record: c.ID, Others: true})
		if err != nil || len(one.Others) != 1 || one.Others[0].On[0] != "ministry" || len(one.Mine) != 0 {
			t.Errorf("of one record the coordinator reads %+v (%v), want that it waits on the ministry", one, err)
		}
	})
}

func TestADecisionWaitsForWhoeverIsNamedAndTheirDeputy(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := world{World: placementstest.New(t, db), tasks: &tasks.Service{DB: db}, t: t}
		named := w.Officer("named@test.invalid", w.MinistryOrg.ID, w.Programme.ID, identity.Ministry)
		deputy := w.Officer("deputy@test.invalid", w.MinistryOrg.ID, w.Programme.ID, identity.Ministry)
		_, err := w.Selection.SetChain(t.Context(), w.Coordinator, 1, []selection.Link{
			{Step: selection.StepEndorsement, Days: 10, Silence: selection.SilenceEscalates},
			{Step: selection.StepNoObjection, Days: 21, Silence: selection.SilenceEscalates, People: []selection.Approver{{UserID: named.UserID}}},
			{Step: selection.StepApproval, Days: 10, Silence: selection.SilenceEscalates}})
		if err != nil {
			t.Fatal(err)
		}
		w.Endorsed(w.Of.Published(), w.People(1)[0])
		clears := func(who identity.Actor) (found []tasks.Task) {
			for _, one := range w.box(who).Mine {
				if one.Kind == "candidacy.clear" {
					found = append(found, one)
				}
			}
			return found
		}
		if got := clears(named); len(got) != 1 || got[0].For != "" || got[0].Due.Sub(got[0].Since) != 21*24*time.Hour {
			t.Errorf("the one who is named has %+v, want one task for three weeks", got)
		}
		for name, who := range map[string]identity.Actor{"a colleague": deputy, "another": w.Ministry} {
			if got := clears(who); len(got) != 0 {
				t.Errorf("%s who is not named has %+v", name, got)
			}
		}
		s, today := identity.NewService(db), day.Of(db.Now())
		d, err := s.Lend(t.Context(), named, identity.Lending{TakerID: deputy.UserID, From: today, Until: today.Add(9), Reason: "On leave"})
		if err == nil {
			_, err = s.Accept(t.Context(), deputy, d.ID, d.Version)
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := clears(deputy); len(got) != 1 || got[0].For == "" {
			t.Errorf("the deputy in their own office has %+v, want one task for the absent one", got)
		}
		acting := deputy
		acting.ForUserID = named.UserID
		if got := clears(acting); len(got) != 1 || got[0].For != "" {
			t.Errorf("the deputy in the other office has %+v", got)
		}
	})
}

func TestWhatIsOverdueIsToldOnce(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := world{World: placementstest.New(t, db), tasks: &tasks.Service{DB: db}, t: t}
		w.Shortlisted(w.Of.Published(), w.People(1)...)
		if err := w.tasks.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := w.events(); n != 0 {
			t.Fatalf("%d tasks are called overdue on their first day", n)
		}
		clock.Advance(11 * 24 * time.Hour)
		for range 2 {
			if err := w.tasks.Tick(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if n := w.events(); n != 1 {
			t.Errorf("%d were told, want one and once", n)
		}
		if box := w.box(w.Host); box.Overdue != 1 || box.Mine[0].Waited(box.Now) != 11 {
			t.Errorf("the host has %d overdue, waiting %d days; want one, for 11", box.Overdue, box.Mine[0].Waited(box.Now))
		}
		// An alarm that is weeks late helps nobody: the list shows it.
		clock.Advance(60 * 24 * time.Hour)
		if err := w.tasks.Tick(t.Context()); err != nil || w.events() != 1 {
			t.Errorf("after two months %d were told (%v)", w.events(), err)
		}
	})
}

func TestEveryLimitHasAReason(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range tasks.Rules {
		key := string(r.Record) + string(r.State)
		if r.Why == "" || len(r.On) == 0 || r.Kind == "" || seen[key] {
			t.Errorf("the rule %+v lacks something, or its state has two", r)
		}
		seen[key] = true
	}
}

// TestEveryLimitIsOfTheMachines holds the table to the machines: a step that ends the
// waiting exists, begins there, and is taken by whoever is waited for.
func TestEveryLimitIsOfTheMachines(t *testing.T) {
	machines := map[tasks.Record]lifecycle.Machine{tasks.Need: lifecycle.Need, tasks.Candidacy: lifecycle.Candidacy, tasks.Placement: lifecycle.Placement}
	held := map[string]bool{}
	for _, r := range tasks.Rules {
		m, has := machines[r.Record]
		if !has {
			continue
		}
		held[string(r.Record)+string(r.State)] = true
		if !slices.Contains(m.States(), r.State) {
			t.Errorf("%s waits in %s, which is no state of a %s", r.Kind, r.State, r.Record)
		}
		for _, who := range r.On {
			if move, ok := m.Find(r.Move, r.State, who); r.Move != "" && (!ok || !move.May(who)) {
				t.Errorf("%s: %s does not leave %s by the %s", r.Kind, r.Move, r.State, who)
			}
		}
	}
	// Where nobody has to act: the clock does, or it is read from another record, or
	// each side may and none has to.
	for _, quiet := range []string{"candidacyDRAFT", "candidacyRESERVE", "candidacyACCEPTED", "needFILLED", "needUNDERWAY", "placementON_DUTY"} {
		held[quiet] = true
	}
	for record, m := range machines {
		for _, s := range m.States() {
			over := m.Final(s) || slices.Contains(lifecycle.Reviewable, s) && record == tasks.Candidacy
			if !over && !held[string(record)+string(s)] {
				t.Errorf("nobody is reminded of a %s that is %s", record, s)
			}
		}
	}
}

// TestTheDocumentIsOfToday compares docs/tasks.md with the table. UPDATE_DOCS=1
// writes it anew.
func TestTheDocumentIsOfToday(t *testing.T) {
	const file = "../../../docs/tasks.md"
	var out strings.Builder
	out.WriteString(`# Tasks: what waits, on whom, and how long is long

Generated from ` + "`backend/internal/tasks/rules.go`" + `: UPDATE_DOCS=1 go test ./internal/tasks. A task is read from the state of a record each time somebody looks; nothing is stored by hand. Where no number of days stands, the record has a date of its own, which the reason names. Reports are asked for on their day: mid-term and handover notes within 7 days, everything else within 30.

When a need, a candidacy or a placement has waited too long, whoever has to act and the coordinators are told of it, once (` + "`task_escalations`" + `).

| task | record | state | on whom | days | why |
|---|---|---|---|---|---|
`)
	for _, r := range tasks.Rules {
		who := make([]string, len(r.On))
		for i, w := range r.On {
			who[i] = string(w)
		}
		days := "–"
		if r.Days > 0 {
			days = strconv.Itoa(r.Days)
		}
		fmt.Fprintf(&out, "| %s | %s | %s | %s | %s | %s |\n", r.Kind, r.Record, r.State, strings.Join(who, ", "), days, r.Why)
	}
	if os.Getenv("UPDATE_DOCS") != "" {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != out.String() {
		t.Errorf("docs/tasks.md is not what the table says (%v); UPDATE_DOCS=1 writes it", err)
	}
}
