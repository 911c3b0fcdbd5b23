// SPDX-License-Identifier: AGPL-3.0-or-later

package messages_test

import (
	"slices"
	"testing"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/messages"
	"sankofa/backend/internal/placements/placementstest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

func TestThePartiesWriteAndNobodyElseReads(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		s := &messages.Service{DB: db}
		people := w.People(2)
		person := people[0]
		n := w.Of.Published()
		applied := w.Must(w.Selection.Apply(t.Context(), person, n.ID, "I know this work."))
		write := func(who identity.Actor, audience, body string) error {
			_, err := s.Write(t.Context(), who, "candidacy", applied.ID, audience, body)
			return err
		}
		read := func(who identity.Actor) (bodies []string, thread messages.Thread) {
			t.Helper()
			thread, err := s.Read(t.Context(), who, "candidacy", applied.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range thread.Lines {
				if l.Body != "" {
					bodies = append(bodies, l.Body)
				}
			}
			return bodies, thread
		}

		// Before the shortlist the host takes no part, whatever the writer chose.
		if err := write(person, messages.Everybody, "May I come a week later?"); err != nil {
			t.Fatal(err)
		}
		if err := write(w.Host, "", "Hello"); !fault.HasCode(err, "thread.missing") {
			t.Errorf("the host writes before the shortlist: %v", err)
		}
		w.Shortlisted(n, person)
		for _, one := range []struct {
			who      identity.Actor
			audience string
			body     string
		}{{w.Coordinator, messages.Programme, "Between us: yes."}, {w.Host, "", "We look forward to it."}} {
			if err := write(one.who, one.audience, one.body); err != nil {
				t.Fatal(err)
			}
		}
		if got, want := first(read(w.Host)), []string{"We look forward to it."}; !slices.Equal(got, want) {
			t.Errorf("the host reads %q, want %q", got, want)
		}
		if got := first(read(person)); len(got) != 3 {
			t.Errorf("the person reads %q", got)
		}
		read(w.Coordinator)
		_, seen := read(w.Host)
		last := seen.Lines[len(seen.Lines)-1]
		if last.From != identity.Host || !slices.Contains(last.Seen, identity.Coordinator) {
			t.Errorf("the last line is %+v; want it seen by the coordinator", last)
		}
		// The person is told a status of what happened; the partners the state.
		_, own := read(person)
		if !slices.ContainsFunc(own.Lines, func(l messages.Line) bool { return l.Status == "interview" && l.State == "" }) {
			t.Errorf("the person is told %+v", own.Lines)
		}
		for name, who := range map[string]identity.Actor{"the ministry": w.Ministry, "the association": w.Association, "another person": people[1],
			"another host": w.Other.Host, "another coordinator": w.Other.Coordinator} {
			if _, err := s.Read(t.Context(), who, "candidacy", applied.ID); err == nil {
				t.Errorf("%s reads", name)
			}
		}
		for _, body := range []string{"Write to me: ama@example.org", "+233 24 123 4567", "see https://example.org", "0244 123 45 67"} {
			if err := write(person, "", body); !fault.Is(err, fault.Invalid) {
				t.Errorf("%q was taken: %v", body, err)
			}
		}
		if err := write(person, "", "From 2027-02-01 to 2027-04-25 I am free, 84 days."); err != nil {
			t.Errorf("dates are taken for a number: %v", err)
		}
	})
}

func first(bodies []string, _ messages.Thread) []string { return bodies }

func TestAPlacementHasAThreadOfItsOwn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		s := &messages.Service{DB: db}
		person := w.People(1)[0]
		_, p := w.Placed(w.Of.Published(), person)
		// They know each other now: a number is theirs to give.
		if _, err := s.Write(t.Context(), w.Host, "placement", p.Reference, "", "The driver waits at the airport: +233 24 123 4567."); err != nil {
			t.Fatal(err)
		}
		thread, err := s.Read(t.Context(), person, "placement", p.Reference)
		if err != nil || !thread.MayWrite || thread.Lines[len(thread.Lines)-1].From != identity.Host {
			t.Errorf("the person reads %+v (%v)", thread, err)
		}
		if _, err := s.Write(t.Context(), w.Association, "placement", p.Reference, "", "Hello"); !fault.HasCode(err, "thread.missing") {
			t.Errorf("the association writes: %v", err)
		}
	})
}
