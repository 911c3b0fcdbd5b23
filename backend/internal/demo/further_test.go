// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"reflect"
	"testing"

	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

func TestDrawnNeedsDependOnTheSeedAndTheirNumberAlone(t *testing.T) {
	m, err := newMaker(tax(t), DefaultSeed)
	if err != nil {
		t.Fatal(err)
	}
	few, many := m.furtherNeeds(20), m.furtherNeeds(300)
	if !reflect.DeepEqual(few, many[:20]) {
		t.Error("the first 20 of 300 needs are not the same as 20 needs")
	}
	hosts, seen := map[string]bool{}, map[string]bool{}
	for _, n := range many {
		hosts[n.Host], seen[n.Reference] = true, true
		if _, err := n.form(m.tax, "GH"); err != nil {
			t.Error(err)
		}
		if len(n.Required) < 2 || n.From[8:] != "01" {
			t.Errorf("%s asks for %v from %s", n.Reference, n.Required, n.From)
		}
	}
	if len(hosts) < 15 || len(seen) != 300 {
		t.Errorf("%d hosts and %d references", len(hosts), len(seen))
	}
}

func TestDrawnNeedsAreWrittenOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		deps := Deps{DB: db, Taxonomy: tax(t)}
		for range 2 {
			report, err := Load(t.Context(), deps, Options{People: Fewest, Needs: 30})
			if err != nil {
				t.Fatal(err)
			}
			if written, err := readTerms(); err != nil || report.Needs != len(written)+30 {
				t.Errorf("%d needs, %v", report.Needs, err)
			}
		}
		var published int64
		err := db.View(t.Context(), func(tx *store.Tx) error {
			return tx.Model(&needs.Need{}).Where("reference LIKE ? AND state = ?", furtherReference+"%", needs.Published).Count(&published).Error
		})
		if err != nil || published != 30 {
			t.Errorf("%d drawn needs are published, %v", published, err)
		}
		if _, err := Load(t.Context(), deps, Options{People: Fewest, Needs: MostNeeds + 1}); err == nil {
			t.Error("more needs than there may be were not refused")
		}
	})
}
