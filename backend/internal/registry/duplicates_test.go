// SPDX-License-Identifier: AGPL-3.0-or-later

package registry_test

import (
	"fmt"
	"testing"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/likeness"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/registry/registrytest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// rania is the woman of the story, as one association or another wrote her down.
func rania(given, family, phone, born, email string) registry.Profile {
	p := registrytest.Midwife(email)
	p.GivenName, p.FamilyName, p.Phone, p.BirthDate = given, family, phone, day.Day(born)
	p.ResidenceCountry = "LB"
	return p
}

// pairs returns what stands in the queue.
func pairs(t *testing.T, db *store.DB) []registry.Pair {
	t.Helper()
	var found []registry.Pair
	if err := db.View(t.Context(), func(tx *store.Tx) error { return tx.Order("found_at, id").Find(&found).Error }); err != nil {
		t.Fatal(err)
	}
	return found
}

func TestOneWomanOfTwoAssociationsIsFoundAndHerSisterIsNot(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		second := w.Officer("second@example.org", w.Second(t).ID, w.Programme.ID, identity.Association)
		register := func(who identity.Actor, p registry.Profile) string {
			t.Helper()
			made, err := w.Registry.Register(t.Context(), who, p)
			if err != nil {
				t.Fatal(err)
			}
			return made.ID
		}
		one := register(w.Association, rania("Rania", "Haddad", "0096178908941", "1988-03-14", "rania@example.org"))
		other := register(second, rania("Raniya", "Hadad", "+96178908941", "1988-03-14", "r.haddad@example.org"))
		third := register(w.Association, rania("رانيا", "حداد", "78908941", "1988-03-14", "rania3@example.org"))
		sister := register(second, rania("Rima", "Haddad", "78908941", "1990-07-02", "rima@example.org"))

		found := pairs(t, db)
		if len(found) != 3 {
			t.Fatalf("%d pairs, want the three of her: %+v", len(found), found)
		}
		for _, pair := range found {
			if pair.Strength != "likely" || pair.FirstID == sister || pair.SecondID == sister {
				t.Errorf("a pair is %+v", pair)
			}
		}
		err := db.View(t.Context(), func(tx *store.Tx) error {
			asked := []registry.Professional{rania("Rania", "Haddad", "78908941", "1988-03-14", "").Professional, {GivenName: "Nobody", Phone: "1"}}
			all, err := registry.DuplicatesIn(tx, asked)
			if err != nil {
				return err
			}
			if len(all) != 2 || len(all[0]) != 3 || len(all[1]) != 0 || all[0][0].Strength != likeness.Likely {
				t.Errorf("she is found as %+v", all)
			}
			mine, err := registry.DuplicatesFor(tx, second, asked)
			if err != nil {
				return err
			}
			if len(mine[0]) != 1 || mine[0][0].ProfessionalID != other {
				t.Errorf("the second association finds %+v, want %s only, not %s or %s", mine[0], other, one, third)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestAPairGoesWhenItDoesNotHoldAnyMore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		w.Registered("one@example.org")
		two := w.Registered("two@example.org")
		before := pairs(t, db)
		if len(before) != 1 {
			t.Fatalf("%d pairs", len(before))
		}
		p := registrytest.Midwife("two@example.org")
		p.Summary = "Written anew."
		if _, err := w.Registry.Update(t.Context(), w.Association, two.ID, 1, p); err != nil {
			t.Fatal(err)
		}
		if now := pairs(t, db); len(now) != 1 || now[0].ID != before[0].ID {
			t.Errorf("what has nothing to do with it changed the pair: %+v", now)
		}
		p.BirthDate = "1991-11-30"
		if _, err := w.Registry.Update(t.Context(), w.Association, two.ID, 2, p); err != nil {
			t.Fatal(err)
		}
		if now := pairs(t, db); len(now) != 0 {
			t.Errorf("another date of birth leaves %+v", now)
		}
	})
}

func TestANumberThatEverybodyHasSaysNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		people := make([]registry.Profile, 60)
		for i := range people {
			people[i] = registrytest.Midwife(fmt.Sprintf("p%d@example.org", i))
			people[i].BirthDate = ""
		}
		w.Added(people...)
		if found := pairs(t, db); len(found) != 0 {
			t.Errorf("%d pairs", len(found))
		}
	})
}

func BenchmarkDuplicatesOfThousands(b *testing.B) {
	db := storetest.SQLite(b)
	w := registrytest.New(b, db)
	names := []string{"Ama", "Kofi", "Hodan", "Moussa", "Rania", "Selam", "Blessing", "Youssef", "Amina", "Grace"}
	people := make([]registry.Profile, 10_000)
	for i := range people {
		people[i] = registrytest.Midwife(fmt.Sprintf("p%d@example.org", i))
		people[i].GivenName, people[i].FamilyName = names[i%10], names[i/10%10]+names[i/100%10]
		people[i].Phone = fmt.Sprintf("+3161%07d", i)
		people[i].BirthDate = day.Day("1960-01-01").Add(i)
	}
	w.Added(people...)
	asked := make([]registry.Professional, len(people))
	for i := range people {
		asked[i] = people[i].Professional
		asked[i].ID = ""
	}
	for b.Loop() {
		err := db.View(b.Context(), func(tx *store.Tx) error {
			_, err := registry.DuplicatesIn(tx, asked)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}
