// SPDX-License-Identifier: AGPL-3.0-or-later

package registry_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"gorm.io/gorm"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/registry/registrytest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// counted counts the queries that are asked from now on.
func counted(t *testing.T, db *store.DB) *atomic.Int64 {
	t.Helper()
	var n atomic.Int64
	err := db.View(t.Context(), func(tx *store.Tx) error {
		count := func(*gorm.DB) { n.Add(1) }
		if err := tx.Callback().Query().Before("gorm:query").Register("count queries", count); err != nil {
			return err
		}
		return tx.Callback().Row().Before("gorm:row").Register("count rows", count)
	})
	if err != nil {
		t.Fatal(err)
	}
	return &n
}

func TestALongListAsksNoMoreThanAShortOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		withdrawn := w.Joined("ama@example.org", privacy.RegistrySearch)
		if err := w.Privacy.Withdraw(t.Context(), withdrawn, privacy.RegistrySearch); err != nil {
			t.Fatal(err)
		}
		var more []registry.Profile
		for i := range 20 {
			more = append(more, registrytest.Midwife(fmt.Sprintf("p%d@example.org", i)))
		}
		w.Added(more...)
		asked := counted(t, db)
		list := func(who identity.Actor, limit int) ([]registry.Card, int64) {
			before := asked.Load()
			page, err := w.Registry.List(t.Context(), who, registry.Filter{Limit: limit})
			if err != nil || len(page.Items) != limit {
				t.Fatalf("%s lists %d of %d (%v)", who.Role, len(page.Items), limit, err)
			}
			return page.Items, asked.Load() - before
		}
		for _, who := range []identity.Actor{w.Association, w.Coordinator} {
			_, few := list(who, 2)
			if _, many := list(who, 20); many != few || few == 0 {
				t.Errorf("the %s's list of 20 asks %d queries, of 2 people %d", who.Role, many, few)
			}
		}
		all, _ := list(w.Association, 21)
		for _, card := range all {
			want := privacy.Active
			if card.ID == withdrawn.ProfessionalID {
				want = privacy.Withdrawn
			}
			if len(card.Consents) != len(privacy.Purposes) || card.Consents[0].Purpose != privacy.RegistrySearch || card.Consents[0].Status != want {
				t.Errorf("%s: consents %+v, want the first %s", card.Pseudonym, card.Consents, want)
			}
		}
	})
}
