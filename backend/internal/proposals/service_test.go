// SPDX-License-Identifier: AGPL-3.0-or-later

package proposals_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sankofa/backend/internal/assigning"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/proposals"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/registry/registrytest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// must ends the test on an error of a step that the test is not about.
func must(t *testing.T) func(proposals.View, error) proposals.View {
	return func(v proposals.View, err error) proposals.View {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// spelled writes the lines of a proposal down: who goes where, and when.
func (w *world) spelled(v proposals.View, people []identity.Actor) string {
	names := map[string]string{}
	for i, p := range people {
		names[w.Pseudonym(p)] = string(rune('A' + i))
	}
	var all []string
	for _, l := range v.Result.Lines {
		all = append(all, fmt.Sprintf("%s %s %s…%s", names[l.Person], v.Titles[l.Need].Title, l.From, l.To))
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

func titled(title string) func(*needs.Form) { return func(f *needs.Form) { f.Title = title } }

func TestAProposalServesAllNeedsTogether(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		people := w.People(2)
		first, second := w.need("2027-02-01", "2027-03-15", titled("First")), w.need("2027-03-01", "2027-04-15", titled("Second"))
		// One after the other, A would take the first and nobody the second.
		w.suits(first, people, 900, 850)
		w.suits(second, people, 800, 0)
		v := must(t)(w.proposals.Propose(t.Context(), w.Coordinator, proposals.Usual()))
		want := "A Second 2027-03-01…2027-04-15\nB First 2027-02-01…2027-03-15"
		if got := w.spelled(v, people); got != want || !v.Result.Optimal || proposals.Points(v.Result.Total) != 1650 {
			t.Errorf("got\n%s\n%d points, optimal %v; want\n%s", got, proposals.Points(v.Result.Total), v.Result.Optimal, want)
		}
		for _, n := range v.Result.Needs {
			if n.Empty != 0 || n.Posts != 1 {
				t.Errorf("%s: %d posts, %d empty", n.Need, n.Posts, n.Empty)
			}
		}
	})
}

func TestARelayCoversANeedThatNobodyCanTakeAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		profiles := make([]registry.Profile, 3)
		for i := range profiles {
			profiles[i] = registrytest.Midwife(fmt.Sprintf("lecturer%d@test.invalid", i))
			profiles[i].LongestDays = 21
		}
		var people []identity.Actor
		for _, p := range w.Added(profiles...) {
			people = append(people, identity.Actor{Role: identity.Professional, ProfessionalID: p.ID})
		}
		n := w.need("2027-02-08", "2027-04-05", func(f *needs.Form) { f.Title, f.ShortestDays, f.Headcount = "Teaching", 21, 3 })
		w.suits(n, people, 700, 700, 700)
		in := proposals.Usual()
		in.Travel, in.Daily = 60_000, 4_500
		v := must(t)(w.proposals.Propose(t.Context(), w.Coordinator, in))
		var got []string
		for i, l := range v.Result.Lines {
			got = append(got, fmt.Sprintf("%s…%s", l.From, l.To))
			if l.Stay != i+1 || l.Stays != 3 || l.Cost != 60_000+21*4_500 {
				t.Errorf("stay %d of %d costs %d", l.Stay, l.Stays, l.Cost)
			}
		}
		want := []string{"2027-02-08…2027-02-28", "2027-02-26…2027-03-18", "2027-03-16…2027-04-05"}
		if !slices.Equal(got, want) || proposals.Points(v.Result.Total) != 700 || v.Result.Posts != 1 {
			t.Errorf("got %v, %d points and %d posts; want %v, the mean of 700 and one post", got, proposals.Points(v.Result.Total), v.Result.Posts, want)
		}
		in.Relays = []string{}
		v = must(t)(w.proposals.Revise(t.Context(), w.Coordinator, v.ID, v.Version, in))
		if len(v.Result.Lines) != 3 || v.Result.Lines[0].Stays != 1 || v.Result.Posts != 3 || len(v.Changes) == 0 || !v.Result.Needs[0].Divides {
			t.Errorf("without relays: got %+v", v.Result.Lines)
		}
	})
}

func TestDaysThatAreSpokenForAreNotProposed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		people := w.People(3)
		w.Placed(w.need("2027-02-01", "2027-03-01", titled("Booked")), people[0])
		w.Shortlisted(w.need("2027-02-01", "2027-03-01", titled("Listed")), people[1])
		same, later := w.need("2027-02-20", "2027-03-20", titled("Same days")), w.need("2027-03-21", "2027-04-20", titled("Later"))
		w.suits(same, people, 900, 900, 400)
		w.suits(later, people, 500, 0, 300)
		v := must(t)(w.proposals.Propose(t.Context(), w.Coordinator, proposals.Usual()))
		want := "A Later 2027-03-21…2027-04-20\nC Same days 2027-02-20…2027-03-20"
		if got := w.spelled(v, people); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	})
}

func TestAPinSaysWhatItCosts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		people := w.People(2)
		first, second := w.need("2027-02-01", "2027-03-15", titled("First")), w.need("2027-03-01", "2027-04-15", titled("Second"))
		w.suits(first, people, 900, 850)
		w.suits(second, people, 800, 0)
		v := must(t)(w.proposals.Propose(t.Context(), w.Coordinator, proposals.Usual()))
		in := v.Inputs
		in.Pins = []proposals.Pin{{Need: first.Reference, Person: w.Pseudonym(people[0]), Here: true}}
		v = must(t)(w.proposals.Revise(t.Context(), w.Coordinator, v.ID, v.Version, in))
		if c := v.Result.Pins[0]; proposals.Points(c.Cost) != 750 || !c.Exact {
			t.Errorf("the pin costs %d (exact %v), want the 750 points that get lost", proposals.Points(c.Cost), c.Exact)
		}
		if want := "A First 2027-02-01…2027-03-15"; w.spelled(v, people) != want || !v.Result.Lines[0].Pinned {
			t.Errorf("got\n%s\nwant\n%s, pinned", w.spelled(v, people), want)
		}
		if len(v.Changes) != 2 || v.Before == nil || proposals.Points(v.Before.Total) != 1650 {
			t.Errorf("got the changes %+v", v.Changes)
		}
		for _, n := range v.Result.Needs {
			if n.Need == second.Reference && (n.Empty != 1 || n.Reason != string(assigning.Taken)) {
				t.Errorf("%s is empty because of %q", n.Need, n.Reason)
			}
		}
	})
}

func TestPinsThatContradictEachOtherAreNamed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		people := w.People(2)
		first, second := w.need("2027-02-01", "2027-03-15", titled("First")), w.need("2027-03-01", "2027-04-15", titled("Second"))
		w.suits(first, people, 900, 850)
		w.suits(second, people, 800, 0)
		a, b := w.Pseudonym(people[0]), w.Pseudonym(people[1])
		less := int64(-1)
		for code, in := range map[string]proposals.Inputs{
			"pin.full":             {Pins: []proposals.Pin{{Need: first.Reference, Person: a, Here: true}, {Need: first.Reference, Person: b, Here: true}}},
			"pin.two_places":       {Pins: []proposals.Pin{{Need: first.Reference, Person: a, Here: true}, {Need: second.Reference, Person: a, Here: true}}},
			"pin.contradiction":    {Pins: []proposals.Pin{{Need: first.Reference, Person: a, Here: true}, {Need: first.Reference, Person: a}}},
			"pin.conditions":       {Pins: []proposals.Pin{{Need: second.Reference, Person: b, Here: true}}},
			"need.not_open":        {Pins: []proposals.Pin{{Need: "GH-2027-9999", Person: a, Here: true}}},
			"professional.missing": {Pins: []proposals.Pin{{Need: first.Reference, Person: "P-0000-0000", Here: true}}},
			"pseudonym.malformed":  {Pins: []proposals.Pin{{Need: first.Reference, Person: "Ama", Here: true}}},
			"budget.negative":      {Budget: &less},
			"quota.empty":          {Quotas: []proposals.Quota{{Name: "All", Most: 3}}},
		} {
			in.Currency = "EUR"
			_, err := w.proposals.Propose(t.Context(), w.Coordinator, in)
			f := fault.Of(err)
			if f == nil || f.Kind != fault.Invalid || len(f.Fields) == 0 || f.Fields[0].Code != code || f.Fields[0].Field == "" {
				t.Errorf("%s: got %v, %+v", code, err, f)
			}
		}
		if all, _, err := w.proposals.List(t.Context(), w.Coordinator, "", 0); err != nil || len(all) != 0 {
			t.Errorf("what was refused left %d proposals behind (%v)", len(all), err)
		}
	})
}

func TestABudgetAndAQuotaAreKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		people := w.People(3)
		one := w.need("2027-02-01", "2027-03-01", titled("One"))
		two := w.need("2027-02-01", "2027-03-01", titled("Two"))
		w.suits(one, people, 900, 0, 0)
		w.suits(two, people, 0, 600, 500)
		budget := int64(150_000)
		in := proposals.Usual()
		in.Budget, in.Travel = &budget, 100_000
		v := must(t)(w.proposals.Propose(t.Context(), w.Coordinator, in))
		if v.Result.Cost != 100_000 || v.Result.Posts != 1 || v.Result.Needs[1].Reason != string(assigning.Money) {
			t.Errorf("with money for one: %+v", v.Result)
		}
		in.Budget, in.Quotas = nil, []proposals.Quota{{Name: "Midwives", ISCO: []string{"222"}, Most: 1}}
		v = must(t)(w.proposals.Revise(t.Context(), w.Coordinator, v.ID, v.Version, in))
		if v.Result.Posts != 1 || proposals.Points(v.Result.Total) != 900 || v.Result.Needs[1].Reason != string(assigning.Quotas) {
			t.Errorf("with a quota of one: %+v", v.Result)
		}
	})
}

func TestOfTwoWhoAskAtOnceOneIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		v := must(t)(w.proposals.Propose(t.Context(), w.Coordinator, proposals.Usual()))
		storetest.Warm(t, db)
		outcomes := storetest.Race(t, 3, 8, func(int, int) error {
			_, err := w.proposals.Revise(t.Context(), w.Coordinator, v.ID, v.Version, proposals.Usual())
			return err
		})
		if won := storetest.Winners(outcomes[0]); len(won) != 1 {
			t.Errorf("%d of them had their way, want one", len(won))
		}
		for _, err := range slices.Concat(outcomes...) {
			if err != nil && !fault.Is(err, fault.Stale) {
				t.Errorf("a loser was told %v", err)
			}
		}
	})
}

func TestOnlyTheCoordinatorOfTheProgrammeSeesAProposal(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		v := must(t)(w.proposals.Propose(t.Context(), w.Coordinator, proposals.Usual()))
		for name, who := range w.Of.Everybody() {
			_, err := w.proposals.Find(t.Context(), who, v.ID)
			all, _, _ := w.proposals.List(t.Context(), who, "", 0)
			if mine := name == "coordinator"; mine != (err == nil) || mine != (len(all) == 1) {
				t.Errorf("%s: got %v and a list of %d", name, err, len(all))
			}
		}
	})
}

func TestWishesOfBothSidesMakeAStableMatching(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		people := w.People(2)
		first, second := w.need("2027-02-01", "2027-03-15", titled("First")), w.need("2027-03-01", "2027-04-15", titled("Second"))
		// Everybody suits everywhere; each side would rather have what the other would not.
		w.suits(first, people, 900, 800)
		w.suits(second, people, 700, 600)
		a, b := w.Pseudonym(people[0]), w.Pseudonym(people[1])
		w.Shortlisted(first, people...)
		w.Shortlisted(second, people...)
		for i, order := range [][]string{{second.Reference, first.Reference}, {first.Reference, second.Reference}} {
			if got, err := w.proposals.OrderNeeds(t.Context(), people[i], 1, order); err != nil || got.Ordered != 2 {
				t.Fatalf("order of a person: %+v, %v", got, err)
			}
		}
		for ref, order := range map[string][]string{first.Reference: {a, b}, second.Reference: {b, a}} {
			f, err := w.proposals.OrderPeople(t.Context(), w.Host, ref, 1, order)
			if err != nil || f.Version != 2 || f.Ordered != 2 || f.Items[0].Person != order[0] {
				t.Fatalf("order of the host: %+v, %v", f, err)
			}
		}
		v := must(t)(w.proposals.Propose(t.Context(), w.Coordinator, proposals.Usual()))
		if v.Result.Stable == nil {
			t.Fatal("no stable matching where both sides have wishes")
		}
		for name, c := range map[string]struct {
			got  []proposals.Match
			want string
		}{
			"people": {v.Result.Stable.People, "A Second 1 2, B First 1 2"},
			"hosts":  {v.Result.Stable.Hosts, "A First 2 1, B Second 2 1"},
		} {
			var got []string
			for _, m := range c.got {
				got = append(got, fmt.Sprintf("%s %s %d %d", map[string]string{a: "A", b: "B"}[m.Person], v.Titles[m.Need].Title, m.ByPerson, m.ByHost))
			}
			slices.Sort(got)
			if strings.Join(got, ", ") != c.want {
				t.Errorf("best for %s: got %v, want %s", name, got, c.want)
			}
		}
		if _, err := w.proposals.OrderPeople(t.Context(), w.Host, first.Reference, 1, []string{b}); !fault.Is(err, fault.Stale) {
			t.Errorf("an older version was written over a newer: %v", err)
		}
		if _, err := w.proposals.OrderPeople(t.Context(), w.SecondHost, first.Reference, 2, []string{b}); !fault.Is(err, fault.Missing) {
			t.Errorf("another host ordered people: %v", err)
		}
	})
}

func TestAPersonOrdersTheNeedsThatSuitThem(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		people := w.People(1)
		first, second := w.need("2027-02-01", "2027-03-15", titled("First")), w.need("2027-03-01", "2027-04-15", titled("Second"))
		before, err := w.proposals.MyWishes(t.Context(), people[0])
		if err != nil || before.Ordered != 0 || len(before.Items) != 2 {
			t.Fatalf("before: %+v, %v", before, err)
		}
		after, err := w.proposals.OrderNeeds(t.Context(), people[0], before.Version, []string{second.Reference})
		if err != nil || after.Version != 2 || after.Ordered != 1 || after.Items[0].Reference != second.Reference || after.Items[1].Reference != first.Reference {
			t.Errorf("after: %+v, %v", after, err)
		}
		if _, err := w.proposals.OrderNeeds(t.Context(), people[0], 1, nil); !fault.Is(err, fault.Stale) {
			t.Errorf("an older version was written over a newer: %v", err)
		}
		if _, err := w.proposals.OrderNeeds(t.Context(), people[0], 2, []string{first.Reference, first.Reference}); !fault.Is(err, fault.Invalid) {
			t.Errorf("the same need twice: %v", err)
		}
	})
}

func TestRelaysAreAsEqualAsDaysAllow(t *testing.T) {
	for _, c := range []struct{ days, shortest, overlap, most, want int }{{57, 21, 3, 6, 3}, {57, 22, 3, 6, 2}, {20, 21, 3, 6, 1}, {90, 1, 3, 6, 6}, {10, 1, 8, 6, 2}} {
		period := assigning.Span{From: 100, To: 100 + c.days - 1}
		ways := assigning.Relays(period, c.shortest, c.overlap, c.most)
		if len(ways) != c.want {
			t.Errorf("%+v: %d ways", c, len(ways))
		}
		for _, way := range ways {
			last := way.Stays[len(way.Stays)-1]
			if way.Stays[0].From != period.From || last.To != period.To {
				t.Errorf("%+v: %v does not cover the period", c, way)
			}
			for i := 1; i < len(way.Stays); i++ {
				if way.Stays[i-1].To-way.Stays[i].From+1 != c.overlap || way.Stays[i].Days() < c.shortest {
					t.Errorf("%+v: %v has another handover", c, way)
				}
			}
		}
	}
}
